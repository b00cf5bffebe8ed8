//! Building requests: all types of values in all locations, overrides, and masking in explanations.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod platforms;

use std::collections::BTreeMap;

use gatespec_runtime::{
    DateTime, Encode, Escape, Function, Gateway, JsonStyle, ListStyle, Location, MethodInfo,
    Nested, Op, Overrides, Pairs, Piece, Placement, PublicParam, RawJson, Recipe, Select,
    SendPolicy, SignError, Signature, Source, Spelling, TimeFormat, Verb, Wire, Writer,
};

use platforms::{
    EMPTY, EQUALS, Texts, acme, assemble, assemble_with, body, gome, method, mogujie, public,
    shopex, signed_by,
};

/// A request with a field of each type.
struct Zoo;

struct Pet {
    name: &'static str,
    age: Option<i64>,
}

impl Encode for Pet {
    fn encode(&self, out: &mut Writer<'_>) {
        out.put("name", Wire::Text(self.name));
        match self.age {
            Some(age) => out.put("age", Wire::Integer(age)),
            None => out.null("age"),
        }
    }
}

const PETS: [Pet; 2] = [Pet { name: "喵/\"", age: Some(3) }, Pet { name: "b", age: None }];

impl Encode for Zoo {
    fn encode(&self, out: &mut Writer<'_>) {
        let at = DateTime::from_unix_seconds(1_672_502_400).unwrap();
        let day = TimeFormat::Pattern { pattern: "yyyyMMdd", offset: 8 * 3600 };
        let [pet, other] = &PETS;
        let pets = || PETS.iter().map(|pet| Wire::Record(pet));
        let ids = || [1, 2].into_iter().map(Wire::Integer);
        let map = BTreeMap::from([("k".to_owned(), RawJson::from(serde_json::json!([1, "x"])))]);
        out.put("amount", Wire::Decimal { value: "1.5".parse().unwrap(), scale: 2 });
        out.put("bare", Wire::BareDecimal { value: "1.5".parse().unwrap(), scale: 2 });
        out.put("count", Wire::Integer(-7));
        out.put("day", Wire::Time(at, day));
        out.put("empty", Wire::Text(""));
        out.put("flag", Wire::Flag(true, Spelling::WORDS));
        out.list("ids", &mut ids(), ListStyle::Repeat);
        out.list("inside", &mut ids(), ListStyle::Inside("id"));
        out.list("joined", &mut ids(), ListStyle::Delimited(","));
        out.put("map", Wire::Map(&map));
        out.list("none", &mut std::iter::empty(), ListStyle::Json);
        out.null("null");
        out.put("pet", Wire::Record(pet));
        out.list("pets", &mut pets(), ListStyle::Json);
        out.put("quoted", Wire::QuotedInteger(5));
        out.put("seconds", Wire::Time(at, TimeFormat::UnixSeconds));
        out.put("text", Wire::JsonText(other));
        out.put("yes", Wire::Flag(true, Spelling { yes: "Y", no: "N" }));
    }
}

fn sent(gateway: &Gateway<'_>) -> Vec<(String, String)> {
    let prepared = assemble(method("m", gateway), &Zoo, &[], 0).unwrap();
    let pairs = prepared.params().iter().map(|param| (param.name.into(), param.value.into()));
    pairs.collect()
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn a_form_holds_json_for_what_is_nested() {
    let pet = r#"{"name":"喵/\"","age":3}"#;
    let other = r#"{"name":"b","age":null}"#;
    let expected = [
        ("amount", "1.50"),
        ("bare", "1.50"),
        ("count", "-7"),
        ("day", "20230101"),
        ("empty", ""),
        ("flag", "true"),
        ("ids", "1"),
        ("ids", "2"),
        ("inside", r#"{"id":[1,2]}"#),
        ("joined", "1,2"),
        ("map", r#"{"k":[1,"x"]}"#),
        ("pet", pet),
        ("pets", &format!("[{pet},{other}]")),
        ("quoted", "5"),
        ("seconds", "1672502400"),
        ("text", other),
        ("yes", "Y"),
    ];
    assert_eq!(sent(&EMPTY), owned(&expected));
}

#[test]
fn brackets_and_repetition() {
    let brackets = sent(&Gateway { nested: Nested::Brackets, ..EMPTY });
    let nested: Vec<_> = brackets.into_iter().filter(|(name, _)| name.contains('[')).collect();
    let expected = [
        ("map[k]", r#"[1,"x"]"#),
        ("pet[age]", "3"),
        ("pet[name]", "喵/\""),
        ("pets[0][age]", "3"),
        ("pets[0][name]", "喵/\""),
        ("pets[1][name]", "b"),
    ];
    assert_eq!(nested, owned(&expected));
    let repeated = sent(&Gateway { nested: Nested::Repeat, ..EMPTY });
    let pets: Vec<_> = repeated.into_iter().filter(|(name, _)| name == "pets").collect();
    let expected =
        [("pets", r#"{"name":"喵/\"","age":3}"#), ("pets", r#"{"name":"b","age":null}"#)];
    assert_eq!(pets, owned(&expected));
}

#[test]
fn a_json_body_has_types_and_the_order_of_declaration() {
    let gateway = Gateway { business: Placement::Body, omit_empty: true, ..EMPTY };
    let prepared = assemble(method("m", &gateway), &Zoo, &[], 0).unwrap();
    assert_eq!(
        body(&prepared),
        concat!(
            r#"{"amount":"1.50","bare":1.50,"count":-7,"day":"20230101","flag":true,"ids":[1,2],"#,
            r#""inside":{"id":[1,2]},"joined":"1,2","map":{"k":[1,"x"]},"none":[],"null":null,"#,
            r#""pet":{"name":"喵/\"","age":3},"pets":[{"name":"喵/\"","age":3},{"name":"b","age":null}],"#,
            r#""quoted":"5","seconds":1672502400,"text":"{\"name\":\"b\",\"age\":null}","yes":"Y"}"#
        )
    );
}

#[test]
fn json_styles() {
    let style = |sort_keys, escape| {
        let json = JsonStyle { sort_keys, escape };
        let carrier = Placement::FormCarrier("biz");
        let gateway = Gateway { json, business: carrier, ..EMPTY };
        let request = Texts(&[("b", "短/\u{1F600}"), ("a", "\"\\\n\u{1}\u{7f}")]);
        let prepared = assemble(method("m", &gateway), &request, &[], 0).unwrap();
        prepared.params().get("biz").unwrap().to_owned()
    };
    let a = "\"a\":\"\\\"\\\\\\n\\u0001\u{7f}\"";
    assert_eq!(style(false, Escape::Minimal), format!("{{\"b\":\"短/😀\",{a}}}"));
    assert_eq!(style(true, Escape::Slash), format!("{{{a},\"b\":\"短\\/😀\"}}"));
    assert_eq!(style(true, Escape::Ascii), format!("{{{a},\"b\":\"\\u77ed/\\ud83d\\ude00\"}}"));
}

#[test]
fn keys_are_sorted_at_every_depth() {
    struct Deep;
    impl Encode for Deep {
        fn encode(&self, out: &mut Writer<'_>) {
            out.put("z", Wire::Json(r#"{"b": {"y": 1, "x": [{"q": 1, "p": 2}]}, "a": 0}"#));
            out.put("短", Wire::Integer(2));
            out.put("t", Wire::JsonText(&PETS[1]));
            out.put("m", Wire::Record(&PETS[1]));
        }
    }
    let json = JsonStyle { sort_keys: true, escape: Escape::Ascii };
    let gateway = Gateway { json, business: Placement::FormCarrier("biz"), ..EMPTY };
    let prepared = assemble(method("m", &gateway), &Deep, &[], 0).unwrap();
    assert_eq!(
        prepared.params().get("biz").unwrap(),
        concat!(
            r#"{"m":{"age":null,"name":"b"},"t":"{\"age\":null,\"name\":\"b\"}","#,
            r#""z":{"a":0,"b":{"x":[{"p":2,"q":1}],"y":1}},"\u77ed":2}"#
        )
    );
}

#[test]
fn path_fields_fill_the_path_and_are_no_parameters() {
    struct Ship;
    impl Encode for Ship {
        fn encode(&self, out: &mut Writer<'_>) {
            out.in_path("shop", Wire::Text("a b/短"));
            out.put("x", Wire::Integer(1));
        }
    }
    let gateway = Gateway { business: Placement::Query, verb: Verb::Get, ..EMPTY };
    let get =
        MethodInfo { path: Some("/shops/{shop}/{method:tail}"), ..method("s.list", &gateway) };
    let prepared = assemble(get, &Ship, &[], 0).unwrap();
    assert_eq!(prepared.path(), "/shops/a b/短/list");
    assert_eq!(
        prepared.url("https://g.example"),
        "https://g.example/shops/a%20b%2F%E7%9F%AD/list?x=1"
    );
    assert_eq!(
        (prepared.verb(), prepared.body(), prepared.headers().count()),
        (Verb::Get, &[][..], 0)
    );
    let unfilled = assemble(get, &(), &[], 0).unwrap_err();
    assert_eq!(unfilled.to_string(), "nothing fills the hole `{shop}`");
}

/// Clients and servers resolve `.` and `..`, so the request would reach another path.
#[test]
fn a_segment_of_dots_is_not_sent() {
    struct Ship(&'static str, &'static str);
    impl Encode for Ship {
        fn encode(&self, out: &mut Writer<'_>) {
            out.in_path("shop", Wire::Text(self.0));
            out.in_path("part", Wire::Text(self.1));
        }
    }
    let gateway = Gateway { business: Placement::Query, verb: Verb::Get, ..EMPTY };
    let made = |name, path, request: &Ship| {
        let info = MethodInfo { path: Some(path), ..method(name, &gateway) };
        assemble(info, request, &[], 0).map(|prepared| prepared.url("https://g.example"))
    };
    let refused = |name: &str| Err(SignError::DotSegment { name: name.to_owned() });
    assert_eq!(made("m", "/a/{shop}/{part}", &Ship("..", "x")), refused("shop"));
    assert_eq!(made("m", "/a/{shop}/{part}", &Ship("x", ".")), refused("part"));
    assert_eq!(made("m", "/a/{shop}{part}/b", &Ship(".", ".")), refused("shop"));
    assert_eq!(made("m", "/a/%2e{shop}/{part}", &Ship(".", "x")), refused("shop"));
    assert_eq!(made("..", "/a/{method}/b", &Ship("x", "x")), refused("method"));
    for (shop, part, url) in [
        ("%2e%2e", "...", "https://g.example/a/%252e%252e/..."),
        ("..a", "/../", "https://g.example/a/..a/%2F..%2F"),
    ] {
        assert_eq!(made("m", "/a/{shop}/{part}", &Ship(shop, part)), Ok(url.to_owned()));
    }
}

#[test]
fn a_name_public_and_business_in_one_place_is_sent_once() {
    let request = Texts(&[("app_key", "other"), ("node_id", "1")]);
    let one = assemble(method("m", &shopex::GATEWAY), &request, shopex::CREDENTIALS, 0).unwrap();
    assert_eq!(body(&one).matches("app_key").count(), 1);
    assert_eq!(one.params().get("app_key"), Some("testkey"));
    let two =
        assemble(method("m", &shopex::QUERY_GATEWAY), &request, shopex::CREDENTIALS, 0).unwrap();
    assert_eq!(two.params().iter().filter(|param| param.name == "app_key").count(), 2);
    // If a method does not send the public parameter, its own field of that name is sent.
    let silenced = MethodInfo { silenced: &["app_key"], ..method("m", &shopex::GATEWAY) };
    let own = assemble(silenced, &request, shopex::CREDENTIALS, 0).unwrap();
    assert_eq!(own.params().get("app_key"), Some("other"));
}

fn overridden(change: impl FnOnce(&mut Overrides)) -> String {
    let mut overrides = Overrides::default();
    change(&mut overrides);
    let request = Texts(&[("itemId", "95i27")]);
    let item = method("xiaodian.item.get", &mogujie::GATEWAY);
    let prepared =
        assemble_with(item, &request, mogujie::CREDENTIALS, 1_367_819_523_000, &overrides).unwrap();
    prepared.explain().canonical
}

#[test]
fn overrides_are_sent_and_signed() {
    let plain = overridden(|_| {});
    assert_eq!(
        plain,
        "<secret>access_token<secret>app_key10011formatjsonitemId95i27methodxiaodian.item.get\
         sign_methodmd5timestamp1367819523version1.0<secret>"
    );
    let changed = overridden(|with| {
        with.method_name = Some("other".into());
        with.set_parameter("Extra", "1");
        with.set_parameter("itemId", "x");
        with.set_parameter("version", "2.0");
        with.without.push("format".into());
    });
    assert_eq!(
        changed,
        "<secret>Extra1access_token<secret>app_key10011itemIdxmethodother\
         sign_methodmd5timestamp1367819523version2.0<secret>"
    );
    // A token that was replaced with an override is masked too.
    let token = overridden(|with| with.set_parameter("access_token", "SENTINEL"));
    assert_eq!(token, plain);
}

#[test]
fn the_signed_path_can_differ_from_the_url() {
    let mut overrides = Overrides::default();
    overrides.signed_path = Some("/other".into());
    let unbind = method("matrix.unbind", &shopex::GATEWAY);
    let prepared =
        assemble_with(unbind, &(), shopex::CREDENTIALS, shopex::CLOCK, &overrides).unwrap();
    assert_eq!(prepared.url("https://g.example"), "https://g.example/router");
    assert!(prepared.explain().canonical.starts_with("<secret>&POST&%2Fother&"));
}

#[test]
fn what_is_missing_is_named() {
    let missing = assemble(method("m", &gome::GATEWAY), &(), &[("secret", "s")], 0).unwrap_err();
    assert_eq!(missing, SignError::MissingCredential { name: "token".into() });
    let no_secret = [("app_key", "k"), ("access_token", "t")];
    let missing = assemble(method("m", &mogujie::GATEWAY), &(), &no_secret, 0).unwrap_err();
    assert_eq!(missing.to_string(), "credential `secret` is not set; give it to the client");
    // An optional credential is left out.
    let optional = [("secret", "s"), ("token", "t")];
    assert!(assemble(method("m", &gome::GATEWAY), &(), &optional, 0).is_ok());
    let argument = Gateway { public: &[public("shop", Location::Form, Source::Argument)], ..EMPTY };
    let missing = assemble(method("m", &argument), &(), &[], 0).unwrap_err();
    assert_eq!(
        missing.to_string(),
        "parameter `shop` has no value; give one with `.argument(\"shop\", …)`"
    );
    let mut overrides = Overrides::default();
    overrides.set_argument("shop", "7");
    overrides.signature_method = Some("A3".into());
    let prepared = assemble_with(method("m", &argument), &(), &[], 0, &overrides).unwrap();
    assert_eq!((body(&prepared).as_str(), prepared.signature()), ("shop=7", None));
    let unknown =
        assemble_with(acme::LIST, &acme::List, acme::CREDENTIALS, 0, &overrides).unwrap_err();
    assert_eq!(
        unknown.to_string(),
        "there is no signature method `A3`; the signature methods are A2, A1"
    );
}

#[test]
fn selections() {
    const REQUEST: Texts<'static> = Texts(&[("b", ""), ("B", "2"), ("a", "x y"), ("v", "own")]);
    const PUBLIC: &[PublicParam<'static>] = &[
        public("sign", Location::Query, Source::Signature),
        public("v", Location::Header, Source::Constant("1")),
        PublicParam {
            send: SendPolicy::Never,
            ..public("z", Location::Form, Source::Constant("9"))
        },
    ];
    fn canonical(pairs: Pairs<'static>) -> String {
        let ops: &'static [Op<'static>] = Box::leak(Box::new([
            Op::Open,
            Op::Open,
            Op::Pairs(pairs),
            Op::Close(Function::Md5),
            Op::Close(Function::Hex),
        ]));
        let signatures = Box::leak(Box::new(signed_by(ops)));
        let gateway = Gateway { public: PUBLIC, signatures, ..EMPTY };
        assemble(method("m", &gateway), &REQUEST, &[], 0).unwrap().explain().canonical
    }
    let base = Pairs {
        select: &[Select::All],
        nonempty: false,
        except: &[],
        template: EQUALS,
        separator: "&",
    };
    assert_eq!(canonical(base), "B=2&a=x y&b=&v=1&v=own");
    assert_eq!(canonical(Pairs { nonempty: true, ..base }), "B=2&a=x y&v=1&v=own");
    assert_eq!(canonical(Pairs { except: &["v", "B"], ..base }), "a=x y&b=");
    assert_eq!(canonical(Pairs { select: &[Select::Public], ..base }), "v=1");
    assert_eq!(canonical(Pairs { select: &[Select::Header, Select::Public], ..base }), "v=1");
    assert_eq!(canonical(Pairs { select: &[Select::Query], ..base }), "");
    // A name refers to the public parameter if the gateway declares one of that name. Listed names
    // keep their order.
    let names = &[Select::Names(&["v", "missing", "a", "B"])];
    assert_eq!(canonical(Pairs { select: names, ..base }), "v=1&a=x y&B=2");
    let union = &[Select::Names(&["v", "a"]), Select::Public];
    assert_eq!(canonical(Pairs { select: union, ..base }), "a=x y&v=1");
    // Pairs are sorted by their names as the template writes them.
    let lower =
        &[Piece::Name(&[Function::Lower]), Piece::Text(":"), Piece::Value(&[Function::Rfc3986])];
    assert_eq!(canonical(Pairs { template: lower, ..base }), "a:x%20y&b:2&b:&v:1&v:own");
    let json = &[Piece::Name(&[]), Piece::Json(&[])];
    assert_eq!(canonical(Pairs { template: json, select: &[Select::Public], ..base }), "v\"1\"");
    let values = &[Piece::Value(&[])];
    assert_eq!(canonical(Pairs { template: values, separator: "", ..base }), "2x y1own");
}

#[test]
fn wrong_recipes_are_errors() {
    for (recipe, reason) in [
        (&[Op::Close(Function::Md5)][..], "a function has no argument"),
        (&[Op::Open][..], "a segment is not closed"),
        (&[Op::Open; 40][..], "it nests too deep"),
        (&[Op::Open, Op::Close(Function::Md5)][..], "the signature is bytes, not text"),
    ] {
        let signatures = [Signature { name: "x", recipe: Recipe(recipe) }];
        let gateway = Gateway {
            public: &[public("sign", Location::Form, Source::Signature)],
            signatures: &signatures,
            ..EMPTY
        };
        let error = assemble(method("m", &gateway), &(), &[], 0).unwrap_err();
        assert_eq!(error.to_string(), format!("the formula is wrong: {reason}"));
    }
    let short = [Op::Open, Op::Text("ab"), Op::Close(Function::First(3))];
    let signatures = [Signature { name: "x", recipe: Recipe(&short) }];
    let public = [public("sign", Location::Form, Source::Signature)];
    let gateway = Gateway { public: &public, signatures: &signatures, ..EMPTY };
    let error = assemble(method("m", &gateway), &(), &[], 0).unwrap_err();
    assert_eq!(error, SignError::TooShort { needed: 3, found: 2 });
}
