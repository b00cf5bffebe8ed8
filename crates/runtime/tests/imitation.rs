//! Explanations of signatures and variants of signing: the selected pairs, other charsets, signed
//! bodies.

#![allow(clippy::unwrap_used, reason = "tests")]

mod platforms;

use gatespec_runtime::sign::{
    Hidden, Known, Manner, explain_in_manner, sign_in_manner, sign_pairs,
};
use gatespec_runtime::template::Holes;
use gatespec_runtime::{
    Credential, CredentialSet, Function, Gateway, Location, Op, Pairs, Param, ParamType, Placement,
    Role, Select, Signature, Source,
};

use platforms::{EMPTY, EQUALS, PLAIN, Texts, acme, assemble, method, public, signed_by};

const SECRET: &[Credential<'_>] = &[platforms::credential("secret", true)];

const PLAIN_MD5: &[Op<'_>] = &[
    Op::Open,
    Op::Open,
    Op::Credential("secret"),
    Op::Pairs(all(PLAIN)),
    Op::Close(Function::Md5),
    Op::Close(Function::Hex),
];

const ENCODED_MD5: &[Op<'_>] = &[
    Op::Open,
    Op::Open,
    Op::Open,
    Op::Pairs(all(EQUALS)),
    Op::Close(Function::Rfc3986),
    Op::Credential("secret"),
    Op::Close(Function::Md5),
    Op::Close(Function::Hex),
];

const fn all<'a>(template: &'a [gatespec_runtime::Piece<'a>]) -> Pairs<'a> {
    Pairs { select: &[Select::All], nonempty: false, except: &[], template, separator: "" }
}

/// Encodes the two Chinese characters of this test in GBK. All other characters must be ASCII.
fn gbk(text: &str, out: &mut Vec<u8>) {
    for character in text.chars() {
        match character {
            '短' => out.extend([0xb6, 0xcc]),
            '袖' => out.extend([0xd0, 0xe4]),
            other => out.push(u8::try_from(other).unwrap()),
        }
    }
}

fn signed(ops: &'static [Op<'static>], manner: Manner) -> (String, String) {
    let gateway = Gateway { credentials: SECRET, signatures: &signed_by(ops), ..EMPTY };
    let credentials = CredentialSet::from_iter([("secret", "s")]);
    let params = [Param {
        name: "name",
        value: "短袖 a",
        place: Location::Form,
        role: Role::Business,
        kind: ParamType::Text,
        sensitive: false,
    }];
    let known = Known {
        gateway: &gateway,
        params: &params,
        verb: "POST",
        path: "",
        body: "",
        clock: "",
        nonce: "",
        holes: Holes { method: "m", labels: &[] },
        credentials: &credentials,
    };
    let sign = sign_in_manner(&known, None, manner).unwrap();
    (sign, explain_in_manner(&known, None, manner, Hidden::default()).unwrap().canonical)
}

/// The expected values were computed with Python: `md5(b"s" + "name短袖 a".encode("gbk"))` and
/// `md5(quote("name=短袖 a", safe="", encoding="gbk") + "s")`.
#[test]
fn another_charset_counts_in_digests_and_in_percent_encoding() {
    let manner = Manner { charset: gbk, ..Manner::default() };
    let (sign, canonical) = signed(PLAIN_MD5, manner);
    assert_eq!(sign, "9b811b7f7f20485271b92dbe51cbbe8e");
    assert_eq!(canonical, "<secret>name短袖 a");
    let (sign, canonical) = signed(ENCODED_MD5, manner);
    assert_eq!(sign, "62d560f5ffe5801189462dd18584f293");
    assert_eq!(canonical, "name%3D%B6%CC%D0%E4%20a<secret>");
}

#[test]
fn another_encoding_takes_the_place_of_the_formulas_own() {
    let manner = Manner { rfc3986: Manner::default().form, ..Manner::default() };
    let (_, canonical) = signed(ENCODED_MD5, manner);
    assert_eq!(canonical, "name%3D%E7%9F%AD%E8%A2%96+a<secret>");
    let usual = signed(ENCODED_MD5, Manner::default());
    assert_eq!(usual.1, "name%3D%E7%9F%AD%E8%A2%96%20a<secret>");
}

#[test]
fn an_explanation_says_which_pairs_were_written_and_how() {
    let prepared = assemble(acme::LIST, &acme::List, acme::CREDENTIALS, acme::CLOCK).unwrap();
    let explanation = prepared.explain();
    let [header, query] = &explanation.selections[..] else {
        unreachable!("the formula has two sets")
    };
    let names: Vec<_> = header.pairs.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Acme-Digest", "Acme-Key", "Acme-Nonce", "Acme-Time"]);
    assert_eq!(header.pairs[1].1, "acme-key:k1");
    assert!(header.text.ends_with("\nacme-time:2023-01-01T00:00:00.007+0800"));
    assert_eq!((query.text.as_str(), query.before), ("alg=A2&token=<secret>", 0));
    let encoded = &explanation.steps[0];
    assert_eq!((encoded.function, encoded.input.as_str()), ("rfc3986", "alg=A2&token=<secret>"));
    assert_eq!(encoded.output, "alg%3DA2%26token%3D<secret>");
}

/// The expected value was computed with Python: `md5('{"sign":"","k":"v"}s')`.
#[test]
fn a_body_that_holds_the_signature_is_explained_as_it_was_signed() {
    const OPS: &[Op<'_>] = &[
        Op::Open,
        Op::Open,
        Op::Body,
        Op::Credential("secret"),
        Op::Close(Function::Md5),
        Op::Close(Function::Hex),
    ];
    let sign = [public("sign", Location::Body, Source::Signature)];
    let signatures: [Signature<'_>; 1] = signed_by(OPS);
    let gateway = Gateway {
        business: Placement::Body,
        public: &sign,
        credentials: SECRET,
        signatures: &signatures,
        ..EMPTY
    };
    let prepared =
        assemble(method("m", &gateway), &Texts(&[("k", "v")]), &[("secret", "s")], 0).unwrap();
    let expected = "17b9e650fea2fcd55291316ccf82f682";
    assert_eq!(prepared.signature(), Some(expected));
    let atoms = prepared.atoms();
    let signed_body = format!("{}<secret>", atoms.body);
    assert_eq!(prepared.explain().canonical, signed_body);
    let credentials = CredentialSet::from_iter([("secret", "s")]);
    let params: Vec<_> = prepared.params().iter().collect();
    let known = Known {
        gateway: &gateway,
        params: &params,
        verb: "POST",
        path: atoms.path,
        body: &atoms.body,
        clock: atoms.clock,
        nonce: atoms.nonce,
        holes: Holes { method: "m", labels: &[] },
        credentials: &credentials,
    };
    assert_eq!(sign_pairs(&known, None).unwrap(), expected);
}
