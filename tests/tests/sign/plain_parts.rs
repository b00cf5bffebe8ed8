//! The formula in `plain.rs`, with mistakes in the path, the verb, separators, order, parameters,
//! clocks and empty texts, and with two mistakes at once.

use crate::causes::explained;
use crate::foreign::*;
use crate::plain::{Other, SECRET, SPACES, asked, by};
use crate::tool::Asked;

#[test]
fn path_verb_and_parts() {
    let path = |text: &str| {
        let path = format!("{}&", rfc3986(text));
        by(|other| other.path = path)
    };
    explained(
        &asked(),
        vec![
            ("path", path("router")),
            ("path", path("/router/")),
            ("path", path("apigateway.shopex.cn/router")),
            ("path", path("https://apigateway.shopex.cn/router")),
            ("path", path("")),
            ("part_missing", by(|other| other.path.clear())),
            ("verb", by(|other| other.verb = "post&".to_owned())),
            ("verb", by(|other| other.verb = "GET&".to_owned())),
            ("part_missing", by(|other| other.verb.clear())),
            ("empty_parts_dropped", by(|other| other.empty = "")),
        ],
    );
}

#[test]
fn places() {
    let block = |names: &[&str], own: bool| {
        let chosen = pairs(&SPACES).into_iter().filter(|(name, _)| names.contains(&&**name) == own);
        rfc3986(&join(&chosen.collect(), "=", "&"))
    };
    let own = ["app_key", "method", "sign_time"];
    let sign = |query: &str, form: &str| {
        upper(md5(format!("{SECRET}&POST&%2Frouter&&{query}&{form}&{SECRET}")))
    };
    explained(
        &asked(),
        vec![
            ("other_place", sign(&block(&own, true), &block(&own, false))),
            ("other_place", sign(&block(&[], false), "")),
        ],
    );
}

#[test]
fn separators_and_order() {
    let order = |pairs: Pairs| by(|other| other.pairs = pairs);
    let mut backwards = pairs(&SPACES);
    backwards.reverse();
    let mut by_value = pairs(&SPACES);
    by_value.sort_by(|a, b| a.1.cmp(&b.1));
    explained(
        &asked(),
        vec![
            ("separator", by(|other| (other.between, other.separator) = ("", ""))),
            ("separator", by(|other| other.separator = "")),
            ("separator", by(|other| other.separator = ",")),
            (
                "separator_at_end",
                by(|other| {
                    other.encode = |text| rfc3986(&format!("{text}&"));
                }),
            ),
            ("sorted_backwards", order(backwards)),
            ("sorted_by_value", order(by_value)),
            // The order is as typed: public parameters first, and then those of the command line.
            ("not_sorted", order(given(&["app_key", "method", "sign_time"], true))),
            ("not_sorted", order(given(&["app_key", "method", "sign_time"], false))),
        ],
    );
}

/// Public parameters before or after the others, which are in the order of the command line.
fn given(own: &[&str], first: bool) -> Pairs {
    let typed = ["node_id", "fill_type", "refund_status", "start_time", "end_time"];
    let names = if first { [own, &typed].concat() } else { [&typed, own].concat() };
    let all = pairs(&SPACES);
    names.iter().map(|name| all.iter().find(|(known, _)| known == name).unwrap().clone()).collect()
}

#[test]
fn missing_and_extra_parameters() {
    let signed = |pairs: Pairs| by(|other| other.pairs = sorted(pairs));
    let all = || pairs(&SPACES);
    let mut rows: Vec<_> = SPACES
        .iter()
        .map(|(name, _)| ("parameter_missing", signed(without(all(), name))))
        .collect();
    for (name, value) in [
        ("sign_method", "md5"),
        ("format", "json"),
        ("version", "1.0"),
        ("v", "2.0"),
        ("charset", "utf-8"),
        ("timestamp", "1672502400"),
    ] {
        rows.push(("parameter_extra", signed(with(all(), name, value))));
    }
    rows.push(("signature_signed", signed(with(all(), "sign", ""))));
    explained(&asked(), rows);
}

#[test]
fn clocks() {
    let at = |text: &str| by(|other| other.pairs = sorted(with(pairs(&SPACES), "sign_time", text)));
    explained(
        &asked(),
        vec![
            ("clock_unit", at("1672502400000")),
            ("clock_zone", at("1672531200")),
            ("clock_zone", at("1672473600")),
            ("clock_read_twice", at("1672502401")),
            ("clock_read_twice", at("1672502398")),
            ("clock_format", at("2023-01-01 00:00:00")),
            ("clock_format", at("20230101000000")),
        ],
    );
}

/// The text comes from Python's `quote("callback_url=短袖", safe="", encoding="gbk")`.
#[test]
fn percent_encoding_of_another_charset() {
    let asked = Asked::shipped(&["shopex", "matrix.bindurl", "--app-key", "testkey"])
        .with(&["--clock", "1672502400", "code=code", "callback_url=短袖"])
        .secret(SECRET);
    let sign = |text: &str| {
        let block = format!(
            "app_key%3Dtestkey%26callback_url%3D{text}%26code%3Dcode%26method%3Dmatrix.bindurl\
             %26sign_time%3D1672502400"
        );
        upper(md5(format!("{SECRET}&POST&%2Frouter&&&{block}&{SECRET}")))
    };
    let gbk = sign("%B6%CC%D0%E4");
    explained(&asked, vec![("other_charset", gbk.clone())]);
    let utf8 = sign("%E7%9F%AD%E8%A2%96");
    assert_eq!(asked.clone().with(&["--against", &utf8]).run().code, Some(0));
    let found = asked.with(&["--against", &gbk]).json();
    let difference = &found["diagnosis"]["difference"];
    assert!(difference["ours"].as_str().unwrap().contains("%E7%9F%AD"), "{difference}");
    assert!(difference["theirs"].as_str().unwrap().contains("%B6%CC"), "{difference}");
    assert!(found["diagnosis"]["causes"][0]["what"].as_str().unwrap().contains("GBK"));
}

#[test]
fn empty_texts() {
    let asked = Asked::shipped(&["shopex", "matrix.bindurl", "--app-key", "testkey"])
        .with(&["--clock", "1672502400", "code=code", "callback_url="])
        .secret(SECRET);
    let all = [("app_key", "testkey"), ("callback_url", ""), ("code", "code")];
    let all = [&all[..], &[("method", "matrix.bindurl"), ("sign_time", "1672502400")]].concat();
    let sign = |pairs: Pairs| by(|other| other.pairs = pairs);
    assert_eq!(asked.causes(&sign(pairs(&all))), [""; 0]);
    explained(
        &asked,
        vec![
            ("empty_dropped", sign(without(pairs(&all), "callback_url"))),
            ("null_as_text", sign(sorted(with(pairs(&all), "callback_url", "null")))),
        ],
    );
}

#[test]
fn two_mistakes_at_once() {
    let newline = |other: &mut Other| {
        (other.front, other.back) = (format!("{SECRET}\n&"), format!("&{SECRET}\n"));
    };
    explained(
        &asked(),
        vec![
            (
                "secret_blank+space_as_plus",
                by(|other| {
                    newline(other);
                    other.encode = form;
                }),
            ),
            (
                "secret_blank+parameter_missing",
                by(|other| {
                    newline(other);
                    other.pairs = without(pairs(&SPACES), "node_id");
                }),
            ),
            (
                "parameter_missing+parameter_missing",
                by(|other| {
                    other.pairs = without(without(pairs(&SPACES), "node_id"), "end_time");
                }),
            ),
            (
                "space_as_plus+clock_unit",
                by(|other| {
                    other.encode = form;
                    other.pairs = sorted(with(pairs(&SPACES), "sign_time", "1672502400000"));
                }),
            ),
            ("space_as_plus+other_digest+hex_case", {
                let other = Other { encode: form, ..Other::default() };
                lower(sha1(other.text()))
            }),
        ],
    );
}
