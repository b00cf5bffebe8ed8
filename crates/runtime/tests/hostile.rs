//! No answer and no recipe causes a panic.

#![allow(clippy::unwrap_used, reason = "tests")]

mod platforms;

use gatespec_runtime::envelope::read;
use gatespec_runtime::{
    BySpec, CredentialSet, DecryptError, Decryptor, Function, Gateway, ListStyle, MethodInfo, Op,
    Question, Recipe, Signature, TimeFormat,
};

use platforms::{EMPTY, acme, assemble, gome, method, mogujie, public, shopex};

#[derive(Debug, Default)]
struct Data {
    texts: Vec<String>,
    number: Option<i64>,
    time: Option<gatespec_runtime::DateTime>,
    json: Option<gatespec_runtime::RawJson>,
    inner: Option<Box<Data>>,
}

gatespec_runtime::record! {
    struct Data {
        texts: "texts" Text { list: Some(ListStyle::Inside("t")) };
        number: "number" Integer;
        time: "time" Time(acme::DATETIME, None);
        json: "json" Json;
        inner: "inner" Record(Data) { json_text: true };
    }
}

fn judge(method: &MethodInfo<'_>, body: &[u8], decryptor: &dyn Decryptor) {
    let credentials = CredentialSet::from_iter([
        ("secret", "0123456789abcdef"),
        ("app_secret", "0123456789abcdef"),
    ]);
    let question =
        Question { method, name: method.name, credentials: &credentials, decryptor, sent: None };
    for status in [200, 500] {
        let mut data = Data::default();
        let outcome = read(&question, status, body, &mut |value| {
            data = Data::default();
            value.record(&mut data)
        });
        // Every failure can be displayed.
        let _ = outcome.map_err(|failure| failure.to_string());
    }
}

#[test]
fn damaged_answers_never_panic() {
    let data = r#"{"texts":{"t":["a",null,1.50]},"number":12.0,"time":"2023-01-01 00:00:00","json":[1],"inner":"{\"number\":\"7\"}"}"#;
    let sealed = "QByDe/3+TI6vxrygDu34OcJQckQXJAHqBBUQoZxHGDo=";
    let samples = [
        (
            method("m", &shopex::GATEWAY),
            format!(r#"{{"status":"succ","code":"1000","data":{data}}}"#),
        ),
        (
            method("m", &mogujie::GATEWAY),
            format!(r#"{{"success":true,"dataEncrypted":true,"result":{{"data":"{sealed}"}}}}"#),
        ),
        (
            method("a.b", &gome::GATEWAY),
            format!(r#"{{"a_b_response":{{"result":{data}}},"error_response":null}}"#),
        ),
        (
            acme::LIST,
            format!(
                r#"{{"order_list_reply":"{{\"ret\":0.0,\"enc\":\"Y\",\"sealed\":\"{sealed}\"}}"}}"#
            ),
        ),
    ];
    for (method, sample) in &samples {
        judge(method, sample.as_bytes(), &BySpec);
        for at in 0..sample.len() {
            judge(method, &sample.as_bytes()[..at], &BySpec);
            for byte in [b'"', b'{', b']', b'0', b'\\', b'.', 0xe7, 0] {
                let mut damaged = sample.as_bytes().to_vec();
                damaged[at] = byte;
                judge(method, &damaged, &BySpec);
            }
        }
    }
}

#[test]
fn a_decryptor_may_give_anything() {
    struct Odd(Vec<u8>);
    impl Decryptor for Odd {
        fn decrypt(&self, _: &gatespec_runtime::Sealed<'_>) -> Result<Vec<u8>, DecryptError> {
            Ok(self.0.clone())
        }
    }
    let body = r#"{"success":true,"dataEncrypted":true,"result":{"data":"x"}}"#;
    for opened in [&b""[..], b"\xff", b"{}", b"{} {}", b"}", b"\"", b"1e999", b"null", b"\"x\""] {
        judge(&method("m", &mogujie::GATEWAY), body.as_bytes(), &Odd(opened.to_vec()));
    }
}

#[test]
fn wild_recipes_never_panic() {
    let functions = [
        Function::Md5,
        Function::HmacSha256,
        Function::Hex,
        Function::Base64,
        Function::Rfc3986,
        Function::Form,
        Function::Lower,
        Function::First(3),
    ];
    let pieces = [Op::Open, Op::Text("短 *"), Op::Credential("secret"), Op::Body, Op::Path];
    let all: Vec<Op<'static>> =
        pieces.into_iter().chain(functions.into_iter().map(Op::Close)).collect();
    let mut seed = 7_usize;
    for _ in 0..20_000 {
        let ops: Vec<Op<'static>> = (0..10)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040);
                all[(seed >> 33) % all.len()]
            })
            .collect();
        let signatures = [Signature { name: "x", recipe: Recipe(&ops) }];
        let public =
            [public("sign", gatespec_runtime::Location::Form, gatespec_runtime::Source::Signature)];
        let gateway = Gateway { signatures: &signatures, public: &public, ..EMPTY };
        if let Ok(prepared) = assemble(method("m", &gateway), &(), &[("secret", "s3cr3t")], 0) {
            let shown = format!("{:?}", prepared.explain());
            assert!(!shown.contains("s3cr3t"), "{shown}");
        }
    }
}

#[test]
fn patterns_of_any_kind_never_panic() {
    for pattern in ["'", "''", "'a", "短", "yyyy'短'MM", "XXXZ", "SSSS", "y", ""] {
        let format = TimeFormat::Pattern { pattern, offset: i32::MAX };
        let _ = format.problem();
        let _ = format.format(gatespec_runtime::DateTime::default());
        for text in ["", "2023", "短", "+08:0", "-99:99", "'", "2023短12"] {
            let _ = format.parse(text);
        }
    }
}
