//! Bends: each field is reported once, and their number is limited.

#![allow(clippy::unwrap_used, reason = "tests")]

mod reading;

use gatespec_runtime::decode::from_text;
use gatespec_runtime::{Decimal, ListStyle};

use reading::{Item, Read, read};

/// A placeholder for a record with required fields is an error, because required fields are never
/// invented.
#[test]
fn nothing_in_place_of_the_data_is_no_record_that_has_fields() {
    let item = |text: &str| {
        let mut item = Item::default();
        from_text(text, &mut |value| value.record(&mut item)).map_err(|error| error.to_string())
    };
    for nothing in ["{}", "[]", r#""""#] {
        assert_eq!(item(nothing), Err("sku: expected a value, found nothing".into()), "{nothing}");
    }
}

#[test]
fn what_stands_before_an_answer_is_no_part_of_it() {
    let bends = from_text("\u{feff}\r\n {\"x\":1} \n", &mut |value| {
        value.members(&mut Read { kind: "integer", shown: String::new() })
    });
    let bends: Vec<_> = bends.unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(bends, ["a byte order mark before the answer", "white space before the answer"]);
}

/// Both passes of the decoder find bends. Only those of the last pass are reported.
#[test]
fn the_exact_pass_tells_its_bends_once() {
    let text = r#"{"x":[{"sku":1},{"sku":"b","price":2.0,"n":1}]}"#;
    let mut target = Read { kind: "items list", shown: String::new() };
    let bends = from_text(text, &mut |value| value.members(&mut target)).unwrap();
    let bends: Vec<_> = bends.iter().map(|bend| bend.field.as_str()).collect();
    assert_eq!(bends, ["x[].sku", "x[].n"]);
}

#[test]
fn a_hostile_answer_bends_64_times_at_most() {
    let names: Vec<_> =
        (0..5000).map(|index| format!(r#""{index}{}":1"#, "n".repeat(90))).collect();
    let items = r#"{"sku":"a","price":"1"}"#;
    let text = format!(r#"{{{},"x":[{items},{items}]}}"#, names.join(","));
    let mut target = Read { kind: "items list", shown: String::new() };
    let bends = from_text(&text, &mut |value| value.members(&mut target)).unwrap();
    assert!(bends.len() <= 64 && bends.iter().all(|bend| bend.field.chars().count() < 50));
    // Unknown fields leave room for other bends.
    assert_eq!(bends.last().unwrap().field, "x[].price");
    let keys: Vec<_> = (0..5000).map(|index| format!(r#""{index}":"1""#)).collect();
    assert_eq!(read("map", &format!("{{{}}}", keys.join(","))).unwrap().1, "x.* text_for_number");
}

/// The exact pass parses lists and objects again at each level, so the nesting depth is limited.
#[test]
fn depth_is_limited_in_the_exact_pass_too() {
    #[derive(Debug, Default)]
    struct Tree {
        of: Vec<Tree>,
        n: Option<Decimal>,
    }
    gatespec_runtime::record! {
        struct Tree {
            of: "of" Record(Tree) { list: Some(ListStyle::Json), single: true };
            n: "n" Decimal(2);
        }
    }
    let read = |depth: usize, open: &str, close: &str| {
        let text = format!("{{\"n\":1.5,{}{}}}", open.repeat(depth), close.repeat(depth));
        let mut tree = Tree::default();
        from_text(&text, &mut |value| {
            tree = Tree::default();
            value.record(&mut tree)
        })
    };
    assert!(read(100, "\"of\":{", "}").is_ok());
    for depth in [200, 5_000] {
        let error = read(depth, "\"of\":{", "}").unwrap_err();
        assert!(error.found().contains("recursion limit"), "{error}");
        assert!(read(depth, "\"of\":[{", "}]").unwrap_err().found().contains("recursion limit"));
    }
}
