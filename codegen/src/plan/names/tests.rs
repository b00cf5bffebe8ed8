//! Names that are accepted and names that are rejected.

use super::*;
use crate::source::{Source, SourceMap};

fn span() -> SourceSpan {
    let file = Source { path: String::new(), shown: String::new(), text: String::new() };
    SourceSpan { source: SourceMap::default().add(file), start: 0, end: 0 }
}

/// Returns the identifier for a wire name, or the id of the violated rule.
fn name(wire: &str, rust: Option<&str>, case: Case) -> String {
    let rust = rust.map(|name| (name.to_owned(), span()));
    let mut sink = Sink::default();
    let wish = Wish::new(wire, span(), rust.as_ref());
    let ident = Scope::new("test", RECORD_NAMES).name(wish, case, &mut sink);
    let wrong = sink.into_sorted().first().map(|diagnostic| diagnostic.rule.id.to_owned());
    wrong.unwrap_or_else(|| ident.to_string())
}

#[test]
fn wire_names_fall_into_words() {
    for (wire, expected) in [
        ("matrix.fill.multiple", "matrix_fill_multiple"),
        ("processResponseDTO", "process_response_dto"),
        ("TBCode", "tb_code"),
        ("UN_PRE_PAY", "un_pre_pay"),
        ("$app", "app"),
        ("item2id", "item2id"),
        ("a-b/c d", "a_b_c_d"),
    ] {
        assert_eq!(name(wire, None, Case::Snake), expected);
    }
    assert_eq!(name("matrix.fill", None, Case::Camel), "MatrixFill");
    assert_eq!(name("UN_PRE_PAY", None, Case::Camel), "UnPrePay");
    assert_eq!(name("CashOnDelivery", None, Case::Camel), "CashOnDelivery");
    assert_eq!(name("production-http", None, Case::Screaming), "PRODUCTION_HTTP");
}

#[test]
fn keywords_get_an_underscore() {
    for keyword in ["type", "self", "crate", "async", "gen", "try", "continue", "abstract"] {
        assert_eq!(name(keyword, None, Case::Snake), format!("{keyword}_"));
    }
    assert_eq!(name("self", None, Case::Camel), "Self_");
    assert_eq!(name("union", None, Case::Snake), "union");
}

#[test]
fn what_has_no_name_says_so() {
    for wire in ["名称", "1st", "$", "", "_"] {
        assert_eq!(name(wire, None, Case::Snake), "not_an_identifier");
    }
    assert_eq!(name("new", None, Case::Snake), "reserved_name");
}

#[test]
fn a_chosen_name_is_taken_to_the_letter_or_refused() {
    assert_eq!(name("名称", Some("title"), Case::Snake), "title");
    assert_eq!(name("CO", Some("CO"), Case::Camel), "CO");
    for (rust, case) in [
        ("type", Case::Snake),
        ("Title", Case::Snake),
        ("a title", Case::Snake),
        ("title", Case::Camel),
    ] {
        assert_eq!(name("x", Some(rust), case), "not_an_identifier");
    }
}

#[test]
fn two_names_that_become_one_are_shown_together() {
    let mut scope = Scope::new("test", &[]);
    let mut sink = Sink::default();
    scope.name(Wish::new("orderId", span(), None), Case::Snake, &mut sink);
    scope.name(Wish::new("order_id", span(), None), Case::Snake, &mut sink);
    let found = sink.into_sorted();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].rule.id, found[0].also.len()), ("name_collision", 1));
    assert_eq!(found[0].message, "`orderId` and `order_id` both become the test name `order_id`");
}

#[test]
fn the_runtime_may_be_anywhere() {
    let mut sink = Sink::default();
    assert!(RuntimePath::parse("my_crate::runtime", &mut sink).external);
    assert!(!RuntimePath::parse("crate::runtime", &mut sink).external);
    assert!(!sink.has_errors());
    RuntimePath::parse("my-crate", &mut sink);
    assert!(sink.has_errors());
}

#[test]
fn imports_are_sorted_as_rustfmt_sorts_them() {
    let mut names = ["ab", "a10", "abc_d", "a_b", "abcd", "a2", "abc", "a1b", "a_1", "a1"];
    names.sort_by_key(|name| order(name));
    assert_eq!(names, ["a_1", "a_b", "a1", "a1b", "a2", "a10", "ab", "abc", "abc_d", "abcd"]);
}
