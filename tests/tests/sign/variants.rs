//! One mistake in all its variants.

use crate::causes::{Row, explained};
use crate::foreign::*;
use crate::pairs::Signer;
use crate::tool::Asked;

const OWN: [(&str, &str); 3] = [("flag", "x y"), ("item", "95i27"), ("note", "短")];

fn asked(secret: &str) -> Asked {
    Asked::shipped(&["mogujie", "xiaodian.item.get", "--raw", "--clock", "1367819523"])
        .with(&["--app-key", "10011", "--token", "TT"])
        .with(&OWN.map(|(name, value)| format!("{name}={value}")).each_ref().map(String::as_str))
        .secret(secret)
}

fn signer(secret: &str) -> Signer {
    let gateway = [
        ("access_token", "TT"),
        ("app_key", "10011"),
        ("format", "json"),
        ("method", "xiaodian.item.get"),
        ("sign_method", "md5"),
        ("timestamp", "1367819523"),
        ("version", "1.0"),
    ];
    Signer::new(pairs(&[&gateway[..], &OWN].concat()), secret)
}

fn by(change: impl FnOnce(&mut Signer)) -> String {
    let mut signer = signer("TESTAPPSECRET");
    change(&mut signer);
    signer.sign()
}

#[test]
fn of_the_secret() {
    let with = |secret: &str| by(|signer| signer.secret = secret.to_owned());
    let changed = |secret: String| ("secret_changed", with(&secret));
    explained(
        &asked("TESTAPPSECRET"),
        vec![
            ("secret_blank", with("TESTAPPSECRET\t")),
            ("secret_blank", with(" TESTAPPSECRET")),
            changed("testappsecret".to_owned()),
            changed("'TESTAPPSECRET'".to_owned()),
            changed("TESTAPPSECRET&".to_owned()),
            changed(base64("TESTAPPSECRET")),
            changed(upper(md5("TESTAPPSECRET"))),
        ],
    );
    // The signer changed the secret with `base64 -d`, `urlencode`, or the inverse of `urlencode`.
    for (given, used) in [("VEVTVA==", "TEST"), ("a+/b", "a%2B%2Fb"), ("a+b", "a b")] {
        assert_eq!(asked(given).causes(&signer(used).sign()), ["secret_changed"], "{used}");
    }
}

#[test]
fn of_what_stands_between_names_and_values() {
    let joined = |join: fn(&Pairs) -> String| ("separator", by(|signer| signer.join = join));
    let values = |pairs: &Pairs| pairs.iter().map(|(_, value)| value.clone()).collect::<Vec<_>>();
    let only = |separator: &str| {
        let text = values(&sorted(signer("").pairs)).join(separator);
        ("separator", upper(md5(format!("TESTAPPSECRET{text}TESTAPPSECRET"))))
    };
    explained(
        &asked("TESTAPPSECRET"),
        vec![
            joined(|pairs| join(pairs, "=", "&")),
            joined(|pairs| join(pairs, "=", "")),
            joined(|pairs| join(pairs, "", "&")),
            joined(|pairs| join(pairs, ":", "")),
            joined(|pairs| join(pairs, ":", "&")),
            joined(|pairs| join(pairs, "", ",")),
            joined(|pairs| join(pairs, "", ";")),
            joined(|pairs| join(pairs, "", "|")),
            joined(|pairs| join(pairs, "", "\n")),
            joined(|pairs| join(pairs, "", " ")),
            only(""),
            only("&"),
        ],
    );
}

#[test]
fn of_the_digest() {
    let text = {
        let pairs = sorted(signer("").pairs);
        join(&pairs, "", "")
    };
    let around = format!("TESTAPPSECRET{text}TESTAPPSECRET");
    let other = |digest: Vec<u8>| ("other_digest", upper(digest));
    explained(
        &asked("TESTAPPSECRET"),
        vec![
            other(sha1(&around)),
            other(sha256(&around)),
            other(hmac_md5("TESTAPPSECRET", &text)),
            other(hmac_sha256("TESTAPPSECRET", &text)),
            other(hmac_md5("TESTAPPSECRET", &around)),
            ("digest_twice", upper(md5(lower(md5(&around))))),
            ("digest_twice", upper(md5(upper(md5(&around))))),
        ],
    );
}

#[test]
fn of_parameters_that_were_not_sent() {
    let extra = [
        ("charset", "utf-8"),
        ("charset", "UTF-8"),
        ("charset", "gbk"),
        ("partner_id", ""),
        ("sign_type", "MD5"),
        ("t", "1367819523"),
        ("time", "1367819523"),
        ("type", "json"),
        ("v", "1.0"),
        ("v", "2.0"),
    ];
    let push = |(name, value): (&str, &str)| -> Row {
        ("parameter_extra", by(|signer| signer.pairs.push((name.to_owned(), value.to_owned()))))
    };
    let mut rows: Vec<Row> = extra.into_iter().map(push).collect();
    for name in ["app_secret", "appSecret", "client_secret", "key", "secret"] {
        let pair = (name.to_owned(), "TESTAPPSECRET".to_owned());
        rows.push(("secret_as_parameter", by(|signer| signer.pairs.push(pair))));
    }
    explained(&asked("TESTAPPSECRET"), rows);
}

/// According to `date -u -d @1367819523`, this time is 2013-05-06 05:52:03 UTC.
#[test]
fn of_the_clock() {
    let at = |id: &'static str, text: &str| -> Row {
        (id, by(|signer| signer.change("timestamp", |_| text.to_owned())))
    };
    explained(
        &asked("TESTAPPSECRET"),
        vec![
            at("clock_unit", "1367819523000"),
            at("clock_zone", "1367848323"),
            at("clock_zone", "1367790723"),
            at("clock_read_twice", "1367819522"),
            at("clock_read_twice", "1367819526"),
            at("clock_format", "2013-05-06 13:52:03"),
            at("clock_format", "20130506135203"),
            at("clock_format", "2013-05-06T13:52:03"),
            at("clock_format", "2013-05-06T13:52:03+08:00"),
            at("clock_format", "2013-05-06T05:52:03Z"),
            at("clock_format", "2013/05/06 13:52:03"),
            at("clock_format", "20130506135203000"),
            at("clock_format", "2013-05-06 05:52:03"),
        ],
    );
}

#[test]
fn of_texts_that_were_read_wrong() {
    let note = |id: &'static str, text: &str| -> Row {
        (id, by(|signer| signer.change("note", |_| text.to_owned())))
    };
    explained(
        &asked("TESTAPPSECRET"),
        vec![
            // The first two texts come from Python: `"短".encode().decode("gbk", "replace")`, and
            // the same with `"latin-1"`.
            note("misread_text", "鐭\u{fffd}"),
            note("misread_text", "ç\u{9f}\u{ad}"),
            note("misread_text", "?"),
            note("misread_text", "???"),
            note("misread_text", "\u{fffd}\u{fffd}\u{fffd}"),
            note("escaped_text", "\\u77ed"),
        ],
    );
}
