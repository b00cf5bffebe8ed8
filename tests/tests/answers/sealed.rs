//! Mogujie's encrypted data. The sample was encrypted with OpenSSL: `openssl enc -aes-128-ecb -K
//! 544553544150505345435245542d3136`, the hexadecimal digits of `KEY`.

use std::sync::Arc;

use gatespec_clients::mogujie;
use gatespec_runtime::{DecryptError, Decryptor, Error, ErrorKind, Sealed};

use crate::recorder::{Recorder, clock};
use crate::{sample, trade, trade_request};

/// The part of the secret that is used as the key.
const KEY: &str = "TESTAPPSECRET-16";
const ENCRYPTED: &str = "mogujie/answers/encrypted.json";

fn builder(
    secret: &str,
    body: String,
) -> gatespec_runtime::client::blocking::ClientBuilder<mogujie::blocking::Client> {
    let credentials = mogujie::Credentials::new("10011", secret, "TESTACCESSTOKEN");
    mogujie::blocking::Client::builder(credentials)
        .transport(Recorder::answering(body))
        .clock(clock(1_367_819_523))
}

fn opened(secret: &str, body: String) -> Result<mogujie::XiaodianTradeGetResponse, Error> {
    builder(secret, body).build().unwrap().xiaodian_trade_get(&trade_request())
}

#[test]
fn encrypted_data_opens_to_the_plain_order() {
    let plain = trade(&sample("mogujie/answers/plain.json")).unwrap();
    assert_eq!(plain.shop_order_id, Some(100_000_000_000_012));
    // The key is the first sixteen characters of a longer secret.
    for secret in [KEY.to_owned(), format!("{KEY}-and-more")] {
        assert_eq!(opened(&secret, sample(ENCRYPTED)).unwrap(), plain);
    }
}

#[test]
fn a_short_secret_signs_and_is_a_clear_error_when_data_must_be_opened() {
    let error = opened("TESTAPPSECRET", sample(ENCRYPTED)).unwrap_err();
    assert_eq!((error.kind(), error.field_path()), (ErrorKind::Decrypt, Some("result.data")));
    let text = error.to_string();
    assert!(text.contains("16") && text.contains("13") && text.contains("secret"), "{text}");
    assert!(!text.contains("TESTAPPSECRET"));
}

#[test]
fn another_apps_secret_is_told_from_a_decoding_error() {
    let error = opened("0123456789abcdef0123456789abcdef", sample(ENCRYPTED)).unwrap_err();
    assert_eq!((error.kind(), error.field_path()), (ErrorKind::Decrypt, Some("result.data")));
    assert!(!format!("{error} {error:?}").contains("0123456789abcdef"));
}

#[test]
fn damaged_data_is_an_error_and_no_panic() {
    let plain = sample(ENCRYPTED);
    let start = plain.find("\"data\": \"").unwrap() + 9;
    let end = start + plain[start..].find('"').unwrap();
    for damaged in ["AAAA", "*", "=", "测试", &plain[start..end - 4], &plain[start + 24..end]] {
        let body = format!("{}{damaged}{}", &plain[..start], &plain[end..]);
        let error = opened(KEY, body).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decrypt, "{damaged}: {error}");
    }
}

/// The flag is also true in the document's sample, which is not encrypted. So data is decrypted
/// only if it is a text and the flag is true.
#[test]
fn only_a_text_under_the_flag_is_opened() {
    let unflagged =
        sample(ENCRYPTED).replace("\"dataEncrypted\": true", "\"dataEncrypted\": false");
    assert_eq!(opened(KEY, unflagged).unwrap_err().kind(), ErrorKind::Decode);
    let plain = sample("mogujie/answers/plain.json");
    assert!(plain.contains("\"dataEncrypted\": true"));
    assert_eq!(opened("TESTAPPSECRET", plain).unwrap().number, Some(1));
}

/// A decryptor that returns this text.
struct Known(&'static str);

impl Decryptor for Known {
    fn decrypt(&self, sealed: &Sealed<'_>) -> Result<Vec<u8>, DecryptError> {
        match self.0 {
            "" => Err(DecryptError::Other(format!("no key for {}", sealed.path))),
            text => Ok(text.as_bytes().to_vec()),
        }
    }
}

#[test]
fn a_decryptor_of_the_callers_takes_the_place_of_the_inferred_cipher() {
    let with = |known| {
        let builder = builder("TESTAPPSECRET", sample(ENCRYPTED)).decryptor(Arc::new(Known(known)));
        builder.build().unwrap().xiaodian_trade_get(&trade_request())
    };
    assert_eq!(with("{\"shopOrderId\":\"7\"}").unwrap().shop_order_id, Some(7));
    let error = with("").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decrypt);
    assert!(error.to_string().contains("no key for result.data"));
    assert_eq!(with("not JSON").unwrap_err().kind(), ErrorKind::Decrypt);
}
