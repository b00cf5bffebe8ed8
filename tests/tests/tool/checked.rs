//! A form is filled, a rule is broken and mended, and the request is signed.

use crate::http::{get, invented, post, server};
use gatespec_tests::harness::{gatespec, workspace};
use gatespec_tool::Builder;

const FILL: &str = "/shopex/matrix.fill.multiple.html";

/// The values of a request that obeys every rule, with a fixed clock.
fn filled<'v>(changed: &[(&'static str, &'v str)]) -> Vec<(&'static str, &'v str)> {
    let mut fields = vec![
        ("do", "check"),
        ("p.node_id", "15000000"),
        ("p.fill_type", "refund"),
        ("p.refund_status", "aftersale"),
        ("p.start_time", "2023-01-01 00:00:00"),
        ("p.end_time", "2023-01-02 00:00:00"),
        ("clock", "1672502400"),
    ];
    for (name, text) in changed {
        fields.retain(|(known, _)| known != name);
        fields.push((name, text));
    }
    fields
}

#[test]
fn a_page_shows_the_form_filled_with_the_first_example() {
    let page = get(server(), FILL);
    assert_eq!(page.status, 200);
    assert!(page.tag_of("field-p.node_id").contains("value=\"15000000\""));
    assert!(page.tag_of("field-p.start_time").contains("value=\"2023-01-01 00:00:00\""));
    assert!(page.body.contains("<option value=\"refund\" selected>"));
    assert!(page.text_of("result").contains("obeys every rule"));
    let other = get(server(), &format!("{FILL}?example=the%20example%20column"));
    assert!(other.body.contains("<option value=\"order\" selected>"));
}

#[test]
fn every_form_shows_its_examples_without_a_problem() {
    for model in [crate::http::shipped(), invented()] {
        let pages = model.platforms.iter().flat_map(|platform| {
            let methods = platform.methods.iter();
            let with_example = methods.filter(|method| !method.request_examples.is_empty());
            with_example.map(|method| format!("/{}/{}.html", platform.id, method.name))
        });
        let pages: Vec<_> = pages.collect();
        let server = Builder::new(model).start().unwrap();
        for path in pages {
            let page = get(&server, &path);
            assert_eq!(page.status, 200, "{path}");
            let result = page.text_of("result");
            assert!(result.contains("obeys every rule"), "{path}: {result}");
        }
    }
}

#[test]
fn a_broken_rule_is_said_at_its_field_and_goes_when_it_is_mended() {
    let broken = post(server(), FILL, &filled(&[("p.end_time", "2022-12-31 00:00:00")]));
    assert_eq!(broken.status, 200);
    for field in ["p.start_time", "p.end_time"] {
        assert!(broken.tag_of(&format!("field-{field}")).contains("aria-invalid=\"true\""));
        let said = broken.text_of(&format!("field-{field}-problem"));
        assert!(said.contains("not_after:start_time,end_time"), "{said}");
    }
    assert!(!broken.tag_of("field-p.node_id").contains("aria-invalid"));
    assert!(broken.text_of("result").contains("1 problem"));
    let mended = post(server(), FILL, &filled(&[]));
    assert_eq!(mended.text_of("field-p.end_time-problem"), "");
    assert!(!mended.body.contains("aria-invalid"));
    assert!(mended.text_of("result").contains("obeys every rule"));
}

#[test]
fn a_value_of_the_wrong_type_is_said_once_and_what_is_missing_too() {
    let wrong = post(server(), FILL, &filled(&[("p.start_time", "yesterday"), ("p.node_id", "")]));
    let said = wrong.text_of("field-p.start_time-problem");
    assert!(said.contains("yyyy-MM-dd HH:mm:ss") && !said.contains("required"), "{said}");
    assert!(wrong.text_of("field-p.node_id-problem").contains("required"));
    assert!(wrong.text_of("result").contains("2 problems"), "{}", wrong.text_of("result"));
    let typed = wrong.tag_of("field-p.start_time");
    assert!(typed.contains("value=\"yesterday\""), "the text stays in the form: {typed}");
}

#[test]
fn the_signature_is_that_of_the_command() {
    let page = post(server(), FILL, &filled(&[]));
    let values = filled(&[])
        .into_iter()
        .filter_map(|(name, text)| Some(format!("{}={text}", name.strip_prefix("p.")?)));
    let run = gatespec()
        .current_dir(workspace("."))
        .args(["sign", "shopex", "matrix.fill.multiple", "--clock", "1672502400"])
        .args(["--app-key", "10011", "--format", "json"])
        .args(values)
        .env("GATESPEC_SECRET", "test-secret-0123456789abcdef")
        .output()
        .unwrap();
    let json: serde_json::Value =
        serde_json::from_slice(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"));
    let sign = json["sign"].as_str().unwrap();
    assert!(page.text_of("result").contains(sign), "{sign}: {}", page.text_of("result"));
    let steps = page.text_of("result");
    for name in ["parameters", "selected", "sorted", "joined", "wrapped", "signature"] {
        assert!(steps.contains(name), "{name}: {steps}");
    }
    assert!(steps.contains("<secret>"), "{steps}");
}

#[test]
fn the_script_gets_the_form_without_its_page() {
    let server = server();
    let head = format!("{}\r\nx-gatespec-part: result", crate::http::post_head(server, FILL));
    let part = crate::http::raw(server, &head, crate::http::encoded(&filled(&[])).as_bytes());
    assert!(!part.body.contains("<html"), "{}", part.body);
    let page = post(server, FILL, &filled(&[]));
    assert_eq!(part.text_of("result"), page.text_of("result"));
}
