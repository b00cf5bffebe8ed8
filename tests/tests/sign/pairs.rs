//! Every pair of the mistakes that are usual for a platform.

use crate::foreign::*;
use crate::tool::Asked;
use gatespec_tests::harness::each;

/// A signer in steps. Each step can have a mistake.
#[derive(Clone)]
pub(crate) struct Signer {
    pub(crate) pairs: Pairs,
    pub(crate) secret: String,
    text: fn(&str) -> String,
    order: fn(&mut Pairs),
    pub(crate) join: fn(&Pairs) -> String,
    pub(crate) wrap: fn(&str, &str) -> String,
    charset: fn(&str) -> Vec<u8>,
    pub(crate) digest: fn(&[u8]) -> Vec<u8>,
    spell: fn(Vec<u8>) -> String,
}

impl Signer {
    pub(crate) fn new(pairs: Pairs, secret: &str) -> Self {
        Self {
            pairs,
            secret: secret.to_owned(),
            text: as_is,
            order: |pairs| *pairs = sorted(std::mem::take(pairs)),
            join: |pairs| join(pairs, "", ""),
            wrap: |text, secret| format!("{secret}{text}{secret}"),
            charset: |text| text.as_bytes().to_vec(),
            digest: |bytes| md5(bytes),
            spell: |digest| upper(digest),
        }
    }

    pub(crate) fn sign(mut self) -> String {
        (self.order)(&mut self.pairs);
        for (_, value) in &mut self.pairs {
            *value = (self.text)(value);
        }
        let signed = (self.wrap)(&(self.join)(&self.pairs), &self.secret);
        (self.spell)((self.digest)(&(self.charset)(&signed)))
    }

    pub(crate) fn change(&mut self, name: &str, change: impl Fn(&str) -> String) {
        let own = self.pairs.iter_mut().filter(|(known, _)| known == name);
        own.for_each(|(_, value)| *value = change(value));
    }
}

type Mistake = (&'static str, fn(&mut Signer));

/// The mistakes that are possible for every platform.
const COMMON: [Mistake; 7] = [
    ("secret_blank", |signer| signer.secret.push('\n')),
    ("secret_missing", |signer| signer.wrap = |text, secret| format!("{secret}{text}")),
    ("sorted_backwards", |signer| signer.order = |pairs| pairs.sort_by(|a, b| b.0.cmp(&a.0))),
    ("parameter_extra", |signer| signer.pairs.push(("charset".to_owned(), "utf-8".to_owned()))),
    ("separator", |signer| signer.join = |pairs| join(pairs, "=", "&")),
    ("other_digest", |signer| signer.digest = |bytes| sha256(bytes)),
    ("hex_case", |signer| signer.spell = |digest| lower(digest)),
];

/// Asserts that each mistake alone, and each pair of mistakes, is named exactly.
fn explained(asked: &Asked, signer: &Signer, mistakes: &[Mistake]) {
    let right = signer.clone().sign();
    assert_eq!(asked.clone().with(&["--against", &right]).run().code, Some(0));
    let alone = mistakes.iter().map(|mistake| vec![*mistake]);
    let pairs = (0..mistakes.len())
        .flat_map(|second| (0..second).map(move |first| vec![mistakes[first], mistakes[second]]));
    let cases = alone.chain(pairs).map(|made| {
        let ids: Vec<_> = made.iter().map(|(id, _)| *id).collect();
        (ids.join(" and "), made)
    });
    each(cases, |_, made| {
        let mut other = signer.clone();
        made.iter().for_each(|(_, make)| make(&mut other));
        let mut named = asked.causes(&other.sign());
        let mut expected: Vec<_> = made.iter().map(|(id, _)| (*id).to_owned()).collect();
        named.sort();
        expected.sort();
        assert_eq!(named, expected);
    });
}

/// The request has twelve parameters.
#[test]
fn of_texts_between_secrets() {
    let own = ["Zeta=a b", "a_c=x/y", "aB=短袖", "alpha=v&w=", "a1=-"];
    let asked = Asked::shipped(&["mogujie", "xiaodian.item.get", "--raw", "--clock", "1367819523"])
        .with(&["--app-key", "10011", "--token", "TT", "owner="])
        .with(&own)
        .secret("TESTAPPSECRET");
    let gateway = [
        ("access_token", "TT"),
        ("app_key", "10011"),
        ("format", "json"),
        ("method", "xiaodian.item.get"),
        ("sign_method", "md5"),
        ("timestamp", "1367819523"),
        ("version", "1.0"),
    ];
    let own = own.map(|pair| pair.split_once('=').unwrap());
    let signer = Signer::new(pairs(&[&gateway[..], &own].concat()), "TESTAPPSECRET");
    let mistakes: [Mistake; 5] = [
        ("encoded_before_signing", |signer| signer.text = form),
        ("empty_kept", |signer| signer.pairs.push(("owner".to_owned(), String::new()))),
        ("clock_unit", |signer| signer.change("timestamp", |text| format!("{text}000"))),
        ("token_blank", |signer| signer.change("access_token", |text| format!("{text}\n"))),
        ("parameter_missing", |signer| signer.pairs.retain(|(name, _)| name != "app_key")),
    ];
    explained(&asked, &signer, &[&COMMON[..], &mistakes].concat());
}

#[test]
fn of_json_in_a_parameter() {
    let order = r#"{"orderId":"1","buyerName":"短袖/<b>","submittedDate":"2023-01-01 10:00:00"}"#;
    let request = format!("request={order}");
    let asked = Asked::shipped(&["gome", "gome.pusher.order.synchronize", &request])
        .with(&["--app-key", "testapp", "--token", "testtoken"])
        .secret("testsecret");
    let all = pairs(&[
        ("$app", "testapp"),
        ("$method", "gome.pusher.order.synchronize"),
        ("$token", "testtoken"),
        ("$v", "1.0.0"),
        ("request", order),
    ]);
    let signer = Signer { digest: |bytes| sha1(bytes), ..Signer::new(all, "testsecret") };
    let mistakes: [Mistake; 3] = [
        ("json_spaced", |signer| {
            signer.change("request", |text| text.replace("\":", "\": ").replace(",\"", ", \""));
        }),
        ("other_charset", |signer| {
            signer.charset = |text| {
                let (before, after) = text.split_once("短袖").unwrap();
                [before.as_bytes(), b"\xb6\xcc\xd0\xe4", after.as_bytes()].concat()
            };
        }),
        ("parameter_missing", |signer| signer.pairs.retain(|(name, _)| name != "$app")),
    ];
    explained(&asked, &signer, &[&COMMON[..], &mistakes].concat());
}

#[test]
fn of_an_encoded_block_between_secrets() {
    let asked = Asked::shipped(&["shopex", "matrix.bindurl", "--app-key", "testkey"])
        .with(&["--clock", "1672502400", "code=c d", "callback_url=http://a.cn/~x y?"])
        .secret("0123456789abcdef");
    let all = pairs(&[
        ("app_key", "testkey"),
        ("method", "matrix.bindurl"),
        ("sign_time", "1672502400"),
        ("callback_url", "http://a.cn/~x y?"),
        ("code", "c d"),
    ]);
    let signer = Signer {
        join: |pairs| rfc3986(&join(pairs, "=", "&")),
        wrap: |text, secret| format!("{secret}&POST&%2Frouter&&&{text}&{secret}"),
        ..Signer::new(all, "0123456789abcdef")
    };
    let mistakes: [Mistake; 9] = [
        COMMON[0],
        COMMON[2],
        COMMON[3],
        COMMON[5],
        COMMON[6],
        ("space_as_plus", |signer| signer.join = |pairs| form(&join(pairs, "=", "&"))),
        ("path", |signer| {
            signer.wrap = |text, secret| format!("{secret}&POST&router&&&{text}&{secret}");
        }),
        ("clock_zone", |signer| signer.change("sign_time", |_| "1672531200".to_owned())),
        ("encoded_before_signing", |signer| signer.text = rfc3986),
    ];
    explained(&asked, &signer, &mistakes);
}
