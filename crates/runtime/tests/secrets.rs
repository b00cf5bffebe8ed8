//! Explanations and `Debug` hide all sensitive values, wherever these are.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod platforms;

use std::collections::BTreeMap;

use gatespec_runtime::{
    Credential, Encode, Function, Gateway, JsonStyle, ListStyle, Location, Nested, Op, Overrides,
    Pairs, Piece, Placement, Private, Recipe, Select, Signature, Source, Wire, Writer,
};

use platforms::{EMPTY, PLAIN, assemble, assemble_with, body, method, public, signed_by};

#[test]
fn secrets_never_show() {
    struct Card;
    impl Encode for Card {
        fn encode(&self, out: &mut Writer<'_>) {
            let card: Private<String> = "SENTINEL".into();
            let inner = BTreeMap::from([("pin".to_owned(), card.clone())]);
            out.private().put("card", Wire::Text(&card));
            out.put("inner", Wire::Map(&inner));
            out.put("plain", Wire::Text("seen"));
        }
    }
    const KEY: &[Op<'static>] = &[
        Op::Open,
        Op::Open,
        Op::Open,
        Op::Open,
        Op::Credential("secret"),
        Op::Close(Function::Md5),
        Op::Close(Function::Hex),
        Op::Open,
        Op::Pairs(Pairs {
            select: &[Select::All],
            nonempty: false,
            except: &[],
            template: PLAIN,
            separator: "",
        }),
        Op::Body,
        Op::Close(Function::HmacSha256),
        Op::Close(Function::Base64),
    ];
    const GATEWAY: Gateway<'static> = Gateway {
        business: Placement::Body,
        public: &[public("sign", Location::Query, Source::Signature)],
        credentials: &[Credential {
            name: "secret",
            sensitive: true,
            optional: false,
            per_shop: false,
        }],
        signatures: &signed_by(KEY),
        ..EMPTY
    };
    for nested in [Nested::Json, Nested::Brackets] {
        let gateway = Gateway { nested, ..GATEWAY };
        let prepared =
            assemble(method("m", &gateway), &Card, &[("secret", "SENTINEL")], 0).unwrap();
        assert!(body(&prepared).contains("SENTINEL"), "it is sent");
        let explanation = prepared.explain();
        assert_eq!(
            explanation.canonical,
            "card<secret>inner{\"pin\":\"<secret>\"}plainseen\
             {\"card\":\"<secret>\",\"inner\":{\"pin\":\"<secret>\"},\"plain\":\"seen\"}"
        );
        let shown = format!("{explanation:?} {prepared:?} {:?}", prepared.params());
        assert!(!shown.contains("SENTINEL") && !shown.contains("seen{}"), "{shown}");
        // The digest of a secret alone is masked too, because it is as sensitive as the secret.
        assert_eq!(explanation.steps[1].input, "<secret>");
    }
    let form = Gateway { business: Placement::Form, nested: Nested::Brackets, ..GATEWAY };
    let prepared = assemble(method("m", &form), &Card, &[("secret", "s")], 0).unwrap();
    assert_eq!(prepared.explain().canonical, "card<secret>inner[pin]<secret>plainseen");
}

/// Only the sensitive values within a record are masked, however the record is written.
#[test]
fn secrets_within_records_are_marked_where_they_stand() {
    struct Person(&'static str);
    impl Encode for Person {
        fn encode(&self, out: &mut Writer<'_>) {
            out.put("z", Wire::Integer(1));
            out.private().put("name", Wire::Text("SENTINEL短"));
            let texts = |of: &'static [&'static str]| of.iter().copied().map(Wire::Text);
            out.private().list("tags", &mut texts(&["SENTINEL"]), ListStyle::Json);
            out.private().list("none", &mut texts(&[]), ListStyle::Json);
            out.put("a", Wire::Text(self.0));
        }
    }
    struct Order;
    impl Encode for Order {
        fn encode(&self, out: &mut Writer<'_>) {
            let people = [Person("x"), Person("y")];
            let mut records = people.iter().map(|person| Wire::Record(person));
            out.list("people", &mut records, ListStyle::Json);
            out.put("text", Wire::JsonText(&people[0]));
            out.put("id", Wire::Integer(7));
        }
    }
    let canonical = |sort_keys, template: &[Piece<'_>]| {
        let pairs = Pairs {
            select: &[Select::All],
            nonempty: false,
            except: &[],
            template,
            separator: "&",
        };
        let ops = [
            Op::Open,
            Op::Open,
            Op::Pairs(pairs),
            Op::Close(Function::Md5),
            Op::Close(Function::Hex),
        ];
        let signatures = [Signature { name: "x", recipe: Recipe(&ops) }];
        let public = [public("sign", Location::Query, Source::Signature)];
        let json = JsonStyle { sort_keys, ..JsonStyle::BARE };
        let business = Placement::FormCarrier("biz");
        let gateway = Gateway { json, business, public: &public, signatures: &signatures, ..EMPTY };
        let prepared = assemble(method("m", &gateway), &Order, &[], 0).unwrap();
        prepared.explain().canonical
    };
    let value = &[Piece::Value(&[])];
    let person =
        |a| format!(r#"{{"z":1,"name":"<secret>","tags":"<secret>","none":"<secret>","a":"{a}"}}"#);
    let (x, y) = (person("x"), person("y"));
    assert_eq!(
        canonical(false, value),
        format!(r#"{{"people":[{x},{y}],"text":"<secret>","id":7}}"#)
    );
    let person =
        |a| format!(r#"{{"a":"{a}","name":"<secret>","none":"<secret>","tags":"<secret>","z":1}}"#);
    let (x, y) = (person("x"), person("y"));
    assert_eq!(
        canonical(true, value),
        format!(r#"{{"id":7,"people":[{x},{y}],"text":"<secret>"}}"#)
    );
    let fold = &[Piece::Name(&[]), Piece::Text("="), Piece::Fold];
    let person = |a| format!("a={a}&name=<secret>&none=<secret>&tags=<secret>&z=1");
    assert_eq!(
        canonical(false, fold),
        format!("biz=id=7&people=0={}&1={}&text=<secret>", person("x"), person("y"))
    );
}

#[test]
fn a_raw_body_is_signed_to_the_letter_and_not_shown() {
    const GATEWAY: Gateway<'static> = Gateway {
        raw_body: true,
        business: Placement::Query,
        headers: &[("Content-Type", "text/xml")],
        public: &[public("sign", Location::Header, Source::Signature)],
        signatures: &signed_by(&[
            Op::Open,
            Op::Open,
            Op::Body,
            Op::Close(Function::Md5),
            Op::Close(Function::Hex),
        ]),
        ..EMPTY
    };
    let mut overrides = Overrides::default();
    overrides.raw_body = Some("<a>短</a>".into());
    let prepared = assemble_with(method("m", &GATEWAY), &(), &[], 0, &overrides).unwrap();
    assert_eq!(body(&prepared), "<a>短</a>");
    // The expected value is an MD5 computed with Python.
    assert_eq!(prepared.signature(), Some("53f0ccbcfae674c02de93866fb5f7955"));
    assert_eq!(prepared.explain().canonical, "<secret>");
    let headers: Vec<_> = prepared.headers().map(|(name, _)| name).collect();
    assert_eq!(headers, ["Content-Type", "sign"]);
}
