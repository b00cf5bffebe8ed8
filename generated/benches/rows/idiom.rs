//! How a client is usually written by hand: with a map, `format!` and `form_urlencoded`.

use std::collections::BTreeMap;

use md5::{Digest as _, Md5};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::SECRET;

const RFC3986: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Prepares a request to ShopEx.
pub(crate) fn shopex(business: &[(&str, String)], method: &str, clock: i64) -> String {
    let params =
        params(&[("app_key", "testkey"), ("method", method)], ("sign_time", clock), business);
    let form: Vec<String> = params.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let [path, form] =
        ["/router", &form.join("&")].map(|text| utf8_percent_encode(text, RFC3986).to_string());
    finish(params, &format!("{SECRET}&POST&{path}&&&{form}&{SECRET}"))
}

/// Prepares a request to Mogujie.
pub(crate) fn mogujie(business: &[(&str, String)], method: &str, clock: i64) -> String {
    let public = [
        ("access_token", "testtoken"),
        ("app_key", "10011"),
        ("format", "json"),
        ("method", method),
        ("sign_method", "md5"),
        ("version", "1.0"),
    ];
    let params = params(&public, ("timestamp", clock), business);
    let mut canonical = SECRET.to_string();
    for (name, value) in &params {
        canonical.push_str(&format!("{name}{value}"));
    }
    canonical.push_str(SECRET);
    finish(params, &canonical)
}

fn params(
    public: &[(&str, &str)],
    (name, clock): (&str, i64),
    business: &[(&str, String)],
) -> BTreeMap<String, String> {
    let mut params = BTreeMap::new();
    for (name, value) in public {
        params.insert(name.to_string(), value.to_string());
    }
    params.insert(name.to_string(), clock.to_string());
    for (name, value) in business {
        params.insert(name.to_string(), value.clone());
    }
    params
}

fn finish(mut params: BTreeMap<String, String>, canonical: &str) -> String {
    let digest = Md5::digest(canonical);
    params.insert("sign".to_string(), digest.iter().map(|byte| format!("{byte:02X}")).collect());
    form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish()
}
