//! Tests of the measure itself: a spec recovers everything of itself, and each change to the spec
//! is noticed.

use gatespec_language::model::Platform;
use gatespec_language::{analyse_each, source};
use gatespec_tests::harness::{tree, workspace, write_tree};
use gatespec_tests::recovery::{Count, Kind, Page, Recovery};
use std::fs;
use std::path::PathBuf;

/// A shipped platform after edits of one of its files.
fn edited(platform: &str, file: &str, edits: &[(&str, &str)]) -> Platform {
    let folder = tempfile::tempdir().unwrap();
    let files = tree(&workspace("specs").join(platform)).into_iter();
    write_tree(
        folder.path(),
        files.map(|(name, bytes)| (PathBuf::from(platform).join(name), bytes)),
    );
    let path = folder.path().join(platform).join(file);
    let mut text = fs::read_to_string(&path).unwrap();
    for (from, to) in edits {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text = text.replace(from, to);
    }
    fs::write(&path, text).unwrap();
    let sources = source::load(folder.path(), &mut Default::default());
    let usable = analyse_each(&sources);
    usable.model.platforms.into_iter().next().unwrap()
}

/// A page that contains every word of a spec.
fn page(platform: &str) -> Page {
    let files = tree(&workspace("specs").join(platform));
    Page::new(&files.into_values().flatten().collect::<Vec<_>>())
}

fn judged(platform: &str, file: &str, edits: &[(&str, &str)]) -> Recovery {
    Recovery::new(&page(platform), &edited(platform, file, &[]), &edited(platform, file, edits))
}

#[test]
fn a_spec_recovers_all_of_itself() {
    for platform in ["gome", "mogujie", "shopex"] {
        let found = judged(platform, "platform.yaml", &[]);
        let total = found.total();
        assert!(total.hand_made > 100, "{platform}: {total:?}");
        assert_eq!(total, Count { recovered: total.hand_made, ..total }, "{:#?}", found.losses);
        assert!(found.losses.is_empty());
        assert_eq!(total.percent(), "100.0 %");
    }
}

/// The losses after edits of a method's spec, without their lines on the page, and the counts of
/// all kinds together.
fn losses(edits: &[(&str, &str)]) -> (Vec<String>, Count) {
    let found = judged("shopex", "matrix.fill.single.yaml", edits);
    let lines = found.losses.iter().map(|line| line.split("; page").next().unwrap().to_owned());
    (lines.collect(), found.total())
}

#[test]
fn what_a_draft_lacks_is_missing() {
    let (lines, total) =
        losses(&[("  tids:\n    type: text\n    list: \"|\"", "  tids2:\n    grade: inferred")]);
    let row = "matrix.fill.single tids";
    let missing = [
        format!("missing row of a request: {row}"),
        format!("missing type: {row} is list of text, joined by \"|\""),
        format!("missing required: {row} is optional"),
    ];
    assert_eq!(lines[..3], missing);
    assert_eq!((total.missing, total.wrong, total.wrong_inferred), (3, 0, 3));
}

#[test]
fn a_looser_type_is_missing_and_another_one_wrong() {
    let (lines, total) = losses(&[("type: FillType, required", "type: text, required")]);
    let row = "matrix.fill.single fill_type";
    assert!(
        lines
            .contains(&format!("missing type: {row} is enumeration of texts, the draft says text"))
    );
    assert_eq!((total.missing, total.wrong), (5, 0), "its four values are missing too: {lines:?}");
    let (lines, total) = losses(&[("node_id:\n    type: text", "node_id:\n    type: integer")]);
    let wrong = "wrong type: matrix.fill.single node_id is text, the draft says integer";
    assert_eq!(lines, [wrong]);
    assert_eq!((total.missing, total.wrong), (0, 1));
}

#[test]
fn a_condition_is_part_of_required() {
    let (lines, total) = losses(&[("required: { when: fill_type, is: refund }", "required: true")]);
    let wrong = "wrong required: matrix.fill.single refund_status is required when fill_type is [refund], \
                 the draft says required";
    assert_eq!(lines, [wrong]);
    assert_eq!(total.wrong, 1);
}

#[test]
fn what_is_wrong_and_inferred_is_counted_apart() {
    let edits =
        [("required: { when: fill_type, is: refund }", "required: true\n    grade: inferred")];
    let (lines, total) = losses(&edits);
    assert!(lines[0].ends_with("(inferred)"), "{lines:?}");
    assert_eq!((total.wrong, total.wrong_inferred), (0, 1));
}

#[test]
fn what_nobody_found_on_the_page_is_invented() {
    let (lines, total) =
        losses(&[("response:\n  msg_id", "response:\n  weight: { type: integer }\n  msg_id")]);
    let row = "matrix.fill.single answer data.weight";
    assert_eq!(
        lines,
        [format!("invented row of an answer: {row}"), format!("invented type: {row} is integer")]
    );
    assert_eq!((total.wrong, total.missing), (2, 0));
}

#[test]
fn a_member_of_a_sample_is_its_path_and_type() {
    let (lines, total) = losses(&[("\"code\": \"1000\"", "\"code\": 1000")]);
    let (was, is) =
        ("matrix.fill.single answer code: text", "matrix.fill.single answer code: number");
    assert_eq!(
        lines,
        [
            format!("missing member of a sample: {was}"),
            format!("invented member of a sample: {is}")
        ]
    );
    assert_eq!((total.missing, total.wrong), (1, 1));
}

#[test]
fn what_the_page_does_not_have_does_not_count() {
    let spec = edited("shopex", "platform.yaml", &[]);
    let found = Recovery::new(&Page::new("tids: 订单号\n\"msg_id\"".as_bytes()), &spec, &spec);
    let of = |kind| found.counts.get(&kind).copied().unwrap_or_default().hand_made;
    assert_eq!((of(Kind::Request), of(Kind::Method), of(Kind::Code)), (1, 0, 0));
    assert_eq!(of(Kind::Sample), 2, "msg_id of two methods: {:?}", found.counts);
    // Only whole words count: `code` does not occur in `codes`, nor `order` in `orders`.
    let found = Recovery::new(&Page::new(b"codes, orders, tids2"), &spec, &spec);
    assert_eq!(found.total(), Count::default());
}
