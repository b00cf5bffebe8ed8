//! One way to read answers: what the generated client reads, bends and refuses, the compiler does
//! by the model alone, and neither panics on anything.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use gatespec_clients::{gome, mogujie, shopex};
use gatespec_language::diagnostic::Sink;
use gatespec_language::model::Model;
use gatespec_language::{analyse, bends, export, source};
use gatespec_runtime::decode::from_text;
use gatespec_runtime::envelope::{Question, excerpt, read};
use gatespec_runtime::{Bend, BySpec, CredentialSet, DecodeError, MethodInfo, Operation};
use gatespec_tests::accept::{
    booleans, enumerations, hostile_names, json_in_text, lists, maps, money_and_numbers, records,
    recursion, returns, sensitive, single_items, times,
};
use gatespec_tests::corpus::cases;
use gatespec_tests::harness::{corpus, workspace};
use gatespec_tests::platforms::invented::{acme, quay};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

type Outcome = Result<Vec<Bend>, DecodeError>;

/// A method whose answers are read.
struct Reader {
    /// Where its spec stands: a folder of the workspace, or a case of the corpus.
    home: &'static str,
    platform: &'static str,
    method: MethodInfo<'static>,
    read: fn(&str) -> Outcome,
    judge: fn(&str),
}

fn reader<O: Operation>(home: &'static str, platform: &'static str) -> Reader {
    Reader { home, platform, method: O::METHOD, read: generated::<O>, judge: judged::<O> }
}

fn generated<O: Operation>(data: &str) -> Outcome {
    let mut into = O::Response::default();
    from_text(data, &mut |value| {
        into = O::Response::default();
        O::read(value, &mut into)
    })
}

/// As a whole answer: it is a success or a failure that can be shown.
fn judged<O: Operation>(body: &str) {
    let credentials = CredentialSet::from_iter([("secret", "0123456789abcdef")]);
    let (method, name, decryptor) = (&O::METHOD, O::METHOD.name, &BySpec);
    let question = Question { method, name, credentials: &credentials, decryptor, sent: None };
    for status in [200, 500] {
        let mut into = O::Response::default();
        let outcome = read(&question, status, body.as_bytes(), &mut |value| {
            into = O::Response::default();
            O::read(value, &mut into)
        });
        if let Err(failure) = outcome {
            assert!(!failure.to_string().is_empty());
        }
    }
    assert!(excerpt(body.as_bytes(), &question).chars().count() < 600);
}

fn readers() -> Vec<Reader> {
    macro_rules! shop {
        ($($case:ident),*) => {
            [$(reader::<$case::shop::ShopDemo>(stringify!($case), "shop")),*]
        };
    }
    let (shipped, invented) = ("specs", "tests/platforms");
    let mut all = vec![
        reader::<mogujie::XiaodianTradeGet>(shipped, "mogujie"),
        reader::<mogujie::OauthToken>(shipped, "mogujie"),
        reader::<gome::GomePusherOrderSynchronize>(shipped, "gome"),
        reader::<shopex::MatrixBindurl>(shipped, "shopex"),
        reader::<shopex::MatrixUnbind>(shipped, "shopex"),
        reader::<shopex::MatrixAuthstatus>(shipped, "shopex"),
        reader::<shopex::MatrixFillSingle>(shipped, "shopex"),
        reader::<shopex::MatrixFillMultiple>(shipped, "shopex"),
        reader::<acme::OrderList>(invented, "acme"),
        reader::<acme::OrderRemark>(invented, "acme"),
        reader::<quay::ParcelFind>(invented, "quay"),
        reader::<quay::ParcelEvents>(invented, "quay"),
        reader::<quay::ParcelBook>(invented, "quay"),
        reader::<returns::shop::ShopAny>("returns", "shop"),
        reader::<returns::shop::ShopOne>("returns", "shop"),
        reader::<returns::shop::ShopText>("returns", "shop"),
        reader::<returns::shop::ShopNothing>("returns", "shop"),
    ];
    all.extend(shop![
        booleans,
        enumerations,
        hostile_names,
        json_in_text,
        lists,
        maps,
        money_and_numbers,
        records,
        recursion,
        returns,
        sensitive,
        single_items,
        times
    ]);
    all
}

/// The model of each home, and the names of its fields.
fn models() -> &'static BTreeMap<String, (Model, Vec<String>)> {
    static MODELS: OnceLock<BTreeMap<String, (Model, Vec<String>)>> = OnceLock::new();
    MODELS.get_or_init(|| {
        let mut sources: BTreeMap<String, source::SourceMap> = BTreeMap::new();
        for folder in ["specs", "tests/platforms"] {
            let found = source::load(&workspace(folder), &mut Sink::default());
            sources.insert(folder.to_owned(), found);
        }
        for case in cases(&corpus("accept")).unwrap() {
            let found = case.sources(&corpus("base/platform.yaml")).unwrap();
            sources.insert(case.name, found);
        }
        let model = |sources| analyse(&sources, &mut Sink::default()).unwrap();
        let named = |(home, sources)| {
            let model = model(sources);
            let mut names = BTreeSet::from(["unheard-of".to_owned()]);
            collect(&export::model(&model), &mut names);
            (home, (model, names.into_iter().collect()))
        };
        sources.into_iter().map(named).collect()
    })
}

/// The names of fields, and those that lists stand in.
fn collect(json: &Value, names: &mut BTreeSet<String>) {
    match json {
        Value::Object(members) => {
            for key in ["name", "inside"] {
                names.extend(members.get(key).and_then(Value::as_str).map(str::to_owned));
            }
            members.values().for_each(|value| collect(value, names));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
        _ => {}
    }
}

/// What stands in answers for anything.
const LEAVES: [&str; 44] = [
    "null",
    "true",
    "false",
    "0",
    "1",
    "2",
    "7",
    "12",
    "-1",
    "1.0",
    "12.5",
    "12.345",
    "1e3",
    "1e30",
    "9223372036854775808",
    "[]",
    "{}",
    r#""""#,
    r#"" ""#,
    r#""x""#,
    r#""12""#,
    r#""12.5""#,
    r#""12.345""#,
    r#""1e30""#,
    r#""Y""#,
    r#""no""#,
    r#""TRUE""#,
    r#""1""#,
    r#""0""#,
    r#""paid""#,
    r#""1,2""#,
    r#""2023-01-01 00:00:00""#,
    r#""1970-01-01 08:00:00""#,
    r#""1672502400""#,
    "1672502400000",
    r#""[1]""#,
    r#""[\"a\",\"b\"]""#,
    r#""{\"id\":\"1\"}""#,
    r#""[{\"id\":2}]""#,
    r#""{a}""#,
    r#""\"[]\"""#,
    r#"[null,"",1]"#,
    r#"{"id":1}"#,
    r#"{"order":{"id":"1"}}"#,
];

/// JSON of these names and leaves.
fn json(names: Vec<String>) -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(&LEAVES[..]).prop_map(str::to_owned);
    leaf.prop_recursive(4, 24, 3, move |inner| {
        let name = prop::sample::select(names.clone());
        let member = (name, inner.clone());
        prop_oneof![
            prop::collection::vec(member, 0..4).prop_map(|members| {
                let one = |(name, value)| format!("{}:{value}", Value::String(name));
                format!("{{{}}}", members.into_iter().map(one).collect::<Vec<_>>().join(","))
            }),
            prop::collection::vec(inner.clone(), 0..3)
                .prop_map(|items| format!("[{}]", items.join(","))),
            inner.prop_map(|text| Value::String(text).to_string()),
        ]
    })
}

/// Both outcomes. A private value shows in the diagnostic of a sample, which is invented, but never
/// in an error of the client.
fn agree(reader: &Reader, data: &str) -> Result<bool, TestCaseError> {
    let (model, _) = &models()[reader.home];
    let generated = (reader.read)(data);
    let by_model = bends(model, reader.platform, reader.method.name, data);
    let masked = |error: &DecodeError| error.found() == "a private value";
    match (&generated, by_model) {
        (Err(client), Some(Err(compiler))) if masked(client) => {
            prop_assert_eq!(client.path(), compiler.path(), "{}", data);
            prop_assert_eq!(client.expected(), compiler.expected(), "{}", data);
        }
        (_, by_model) => prop_assert_eq!(Some(&generated), by_model.as_ref(), "{}", data),
    }
    Ok(generated.is_ok_and(|bends| !bends.is_empty()))
}

#[test]
fn every_method_that_ships_is_read_here() {
    let all = readers();
    let read: BTreeSet<_> = all.iter().filter(|one| one.home == "specs").map(name_of).collect();
    let platforms = models()["specs"].0.platforms.iter();
    let shipped = platforms.flat_map(|platform| {
        platform.methods.iter().map(|method| (platform.id.as_str(), method.name))
    });
    assert_eq!(read, shipped.collect());
}

fn name_of(reader: &Reader) -> (&str, &str) {
    (reader.platform, reader.method.name)
}

/// Every field with every leaf.
#[test]
fn about_every_field_of_an_answer() {
    let mut bent = 0;
    for reader in readers() {
        for name in &models()[reader.home].1 {
            for leaf in LEAVES {
                let data = format!("{{{}:{leaf}}}", Value::String(name.clone()));
                bent += usize::from(agree(&reader, &data).unwrap());
            }
        }
    }
    assert!(bent > 1000, "{bent} answers bend");
}

/// A method and answers that hold its names.
fn asked() -> impl Strategy<Value = (usize, Vec<String>)> {
    let readers = readers();
    (0..readers.len()).prop_flat_map(move |index| {
        let names = models()[readers[index].home].1.clone();
        (Just(index), prop::collection::vec(json(names), 1..8))
    })
}

proptest! {
    #[test]
    fn about_answers_of_any_shape((index, answers) in asked()) {
        let reader = &readers()[index];
        for answer in answers {
            agree(reader, &answer)?;
            (reader.judge)(&answer);
        }
    }
}
