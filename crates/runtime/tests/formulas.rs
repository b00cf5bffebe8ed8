//! Inputs of formulas other than pairs.

#![allow(clippy::unwrap_used, reason = "tests")]

mod platforms;

use gatespec_runtime::{
    CredentialSet, Encode, Function, Gateway, Location, MethodInfo, NonceFormat, Op, Pairs, Piece,
    Placement, PublicParam, Recipe, Select, SendPolicy, SignError, Signature, Source, TimeFormat,
    Wire, Writer,
};

use platforms::{EMPTY, Texts, assemble, credential, method, mogujie, public};

/// Returns the text of the signature that a formula without a digest makes.
fn made(ops: &[Op<'_>], public_params: &[PublicParam<'_>], request: &dyn Encode) -> String {
    let signatures = [Signature { name: "none", recipe: Recipe(ops) }];
    let mut all = public_params.to_vec();
    all.push(public("sign", Location::Query, Source::Signature));
    all.sort_by_key(|param| param.name);
    let gateway =
        Gateway { public: &all, signatures: &signatures, path: "/p/{method:tail}", ..EMPTY };
    let labelled = MethodInfo {
        labels: &[("version", "3"), ("reply", "{method:head}-{version}")],
        ..method("order.list", &gateway)
    };
    assemble(labelled, request, &[], 1_672_502_400_007).unwrap().signature().unwrap().to_owned()
}

#[test]
fn atoms() {
    let clock = public("t", Location::Form, Source::Clock(TimeFormat::UnixMillis));
    let nonce = public("n", Location::Form, Source::Nonce(NonceFormat::Hex(4)));
    let ops = [
        Op::Verb,
        Op::Text("|"),
        Op::Method,
        Op::Text("|"),
        Op::Path,
        Op::Text("|"),
        Op::Label("reply"),
        Op::Text("|"),
        Op::Clock,
        Op::Text("|"),
        Op::Nonce,
        Op::Text("|"),
        Op::Value("a"),
    ];
    let request = Texts(&[("a", "1 2")]);
    assert_eq!(
        made(&ops, &[clock, nonce], &request),
        "POST|order.list|/p/list|order-3|1672502400007|00ff|1 2"
    );
    // This clock is signed but not sent.
    let silent = PublicParam { send: SendPolicy::Never, ..clock };
    assert_eq!(made(&[Op::Clock], &[silent], &()), "1672502400007");
}

#[test]
fn text_functions_and_first() {
    let ops = [
        Op::Open,
        Op::Text("aB 短*"),
        Op::Close(Function::Upper),
        Op::Open,
        Op::Text("aB 短*~"),
        Op::Close(Function::Form),
        Op::Open,
        Op::Open,
        Op::Text("secret"),
        Op::Close(Function::First(3)),
        Op::Close(Function::Hex),
    ];
    assert_eq!(made(&ops, &[], &()), "AB 短*aB+%E7%9F%AD*%7E736563");
}

/// Items are sorted by their indexes as text, so 10 comes before 2. Nulls are left out.
#[test]
fn folding() {
    struct Nested;
    impl Encode for Nested {
        fn encode(&self, out: &mut Writer<'_>) {
            let list: Vec<_> = (0..12).collect();
            let json = serde_json::json!({
                "b": list, "a": null, "C": {"y": "q\"", "x": true}, "e": [], "短": 1.5
            });
            out.put("r", Wire::Json(&json.to_string()));
            out.put("s", Wire::Text("[not folded]"));
        }
    }
    let pairs = Pairs {
        select: &[Select::Business],
        nonempty: false,
        except: &[],
        template: &[Piece::Name(&[]), Piece::Text("="), Piece::Fold],
        separator: ";",
    };
    assert_eq!(
        made(&[Op::Pairs(pairs)], &[], &Nested),
        "r=C=x=true;y=q\";b=0=0;1=1;10=10;11=11;2=2;3=3;4=4;5=5;6=6;7=7;8=8;9=9;e=;短=1.5;\
         s=[not folded]"
    );
}

#[test]
fn formulas_fill_parameters_before_the_signature() {
    const DIGEST: Recipe<'static> = Recipe(&[Op::Open, Op::Text("x"), Op::Close(Function::Base64)]);
    let gateway = Gateway {
        business: Placement::Body,
        public: &[
            public(
                "body_md5",
                Location::Header,
                Source::Formula(Recipe(&[
                    Op::Open,
                    Op::Open,
                    Op::Body,
                    Op::Close(Function::Md5),
                    Op::Close(Function::Hex),
                ])),
            ),
            public("in_body", Location::Body, Source::Formula(DIGEST)),
            public("sign", Location::Header, Source::Signature),
        ],
        signatures: &[Signature { name: "x", recipe: Recipe(&[Op::Value("body_md5")]) }],
        ..EMPTY
    };
    let prepared = assemble(method("m", &gateway), &Texts(&[("a", "1")]), &[], 0).unwrap();
    assert_eq!(platforms::body(&prepared), r#"{"in_body":"eA==","a":"1"}"#);
    // The expected value is an MD5 computed with Python.
    assert_eq!(prepared.signature(), Some("66877daa6e74e0c30652340190fd0cdd"));
}

#[test]
fn what_a_formula_misses_is_named() {
    let fail = |ops: &'static [Op<'static>]| {
        let signatures = [Signature { name: "x", recipe: Recipe(ops) }];
        let sign = [public("sign", Location::Form, Source::Signature)];
        let gateway = Gateway { public: &sign, signatures: &signatures, ..EMPTY };
        assemble(method("m", &gateway), &(), &[], 0).unwrap_err().to_string()
    };
    assert_eq!(fail(&[Op::Value("a")]), "parameter `a` is part of the signature, but is not sent");
    assert_eq!(fail(&[Op::Label("a")]), "label `a` is not stated for this method");
    assert_eq!(fail(&[Op::Credential("a")]), "credential `a` is not set; give it to the client");
    let override_json = |value: &str| {
        let pairs = Pairs {
            select: &[Select::All],
            nonempty: false,
            except: &[],
            template: &[Piece::Fold],
            separator: "",
        };
        let ops = [Op::Pairs(pairs)];
        let signatures = [Signature { name: "x", recipe: Recipe(&ops) }];
        let sign = [public("sign", Location::Form, Source::Signature)];
        let gateway = Gateway { public: &sign, signatures: &signatures, ..EMPTY };
        struct Raw<'r>(&'r str);
        impl Encode for Raw<'_> {
            fn encode(&self, out: &mut Writer<'_>) {
                out.put("r", Wire::Raw(self.0));
            }
        }
        assemble(method("m", &gateway), &Raw(value), &[], 0)
            .map(|prepared| platforms::body(&prepared))
    };
    assert_eq!(override_json(r#" {"a":[1]}"#).unwrap(), "r=+%7B%22a%22%3A%5B1%5D%7D&sign=1");
    assert_eq!(override_json("{"), Err(SignError::NotJson { name: "r".into() }));
    let deep = "[".repeat(1000) + &"]".repeat(1000);
    assert_eq!(override_json(&deep), Err(SignError::NotJson { name: "r".into() }));
}

#[test]
fn credentials_are_checked_before_the_first_call() {
    let problem = |credentials: &[(&str, &str)], gateway: &Gateway<'_>| {
        CredentialSet::from_iter(credentials.iter().copied()).problem(&[gateway], None)
    };
    let missing = problem(&[("app_key", "k")], &mogujie::GATEWAY).unwrap();
    assert_eq!(missing, "credential `secret` is missing or empty");
    // The cipher needs 16 bytes of the secret, but answers need not be encrypted.
    assert_eq!(problem(mogujie::CREDENTIALS, &mogujie::GATEWAY), None);
    let first = [Op::Open, Op::Credential("secret"), Op::Close(Function::First(16))];
    let gateway = Gateway {
        credentials: &[credential("secret", true)],
        signatures: &[Signature { name: "x", recipe: Recipe(&first) }],
        ..EMPTY
    };
    assert_eq!(
        problem(&[("secret", "short")], &gateway).unwrap(),
        "credential `secret` has 5 bytes, but 16 are needed; is it complete?"
    );
    assert_eq!(problem(&[("secret", "0123456789abcdef")], &gateway), None);
}
