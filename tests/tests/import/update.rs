//! `gatespec import PAGE --update DIR`: a changed page gives a diff against the spec that people
//! wrote.

use gatespec_tests::harness::{Run, corpus, run, tree, write_tree};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A spec of one of our pages, with everything that a person added, and the page after edits.
struct Case {
    folder: TempDir,
    platform: &'static str,
    page: &'static str,
}

impl Case {
    fn new(platform: &'static str, page: &'static str, edits: &[(&str, &str)]) -> Case {
        let folder = tempfile::tempdir().unwrap();
        let files = tree(&corpus("pages").join(platform).join(platform)).into_iter();
        let below = PathBuf::from("specs").join(platform);
        write_tree(folder.path(), files.map(|(name, bytes)| (below.join(name), bytes)));
        let text = fs::read_to_string(corpus("pages").join(platform).join(page)).unwrap();
        let text = edits.iter().fold(text, |text, (from, to)| {
            assert!(text.contains(from), "the page does not have {from}");
            text.replacen(from, to, 1)
        });
        fs::write(folder.path().join(page), text).unwrap();
        Case { folder, platform, page }
    }

    fn update(&self, more: &[&str]) -> Run {
        let arguments = ["import", self.page, "--platform", self.platform, "--update", "specs"];
        run(self.folder.path(), &[&arguments, more].concat())
    }

    fn spec(&self, file: &str) -> String {
        let path = self.folder.path().join("specs").join(self.platform).join(file);
        fs::read_to_string(path).unwrap()
    }

    fn patch(&self, diff: &str) {
        let specs = self.folder.path().join("specs");
        let mut patch = Command::new("patch")
            .args(["-p1", "--no-backup-if-mismatch"])
            .current_dir(specs)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut patch.stdin.take().unwrap(), diff.as_bytes()).unwrap();
        assert!(patch.wait().unwrap().success(), "{diff}");
    }
}

/// The lines of a diff that are added or removed.
fn changed(diff: &str) -> Vec<&str> {
    let is_change = |line: &&str| line.starts_with(['+', '-']);
    diff.lines().filter(is_change).filter(|line| !line[1..].starts_with(['+', '-'])).collect()
}

#[test]
fn a_page_that_did_not_change_proposes_nothing() {
    for (platform, page) in
        [("quay", "page.html"), ("cedar", "page.md"), ("tram", "page.txt"), ("ferry", "page.txt")]
    {
        let run = Case::new(platform, page, &[]).update(&[]);
        assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{platform}: {}", run.err);
    }
}

const SHIP: &str = "ferry.trade.ship.yaml";

#[test]
fn new_rows_and_values_come_with_their_lines_of_the_draft() {
    let case = Case::new(
        "ferry",
        "page.txt",
        &[
            ("item_ids |\n", "weigh |\n否 |\ninteger |\n35 |\n重量 |\nitem_ids |\n"),
            ("virtual=虚拟发货", "virtual=虚拟发货 city=同城配送"),
            ("E99 |\n", "E04 |\n包裹不存在 |\nE99 |\n"),
        ],
    );
    let run = case.update(&[]);
    let lines = changed(&run.out);
    assert_eq!(lines.len(), 3, "{}\n{}", run.out, run.err);
    assert!(lines.iter().all(|line| line.starts_with('+')), "{}", run.out);
    for line in ["+  weigh: {", "+      city: {", "+  E04: {"] {
        assert!(run.out.contains(line), "{line}\n{}", run.out);
    }
    let before = case.spec(SHIP);
    case.patch(&run.out);
    let after = case.spec(SHIP);
    let order = ["express_no:", "weigh:", "item_ids:"].map(|key| after.find(key).unwrap());
    assert!(order.is_sorted(), "{after}");
    // What people wrote is unchanged.
    assert!(before.lines().all(|line| after.lines().any(|other| other == line)));
    let again = case.update(&[]);
    assert_eq!(again.out, "", "the diff brings the spec to the page");
    checks(case.folder.path());
}

fn checks(folder: &Path) {
    let run = run(folder, &["check", "specs"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
}

#[test]
fn rows_that_are_gone_are_removed_and_others_stay() {
    let row = ("note |\n买家留言 |\nString |\n", "");
    let case = Case::new("ferry", "page.txt", &[row, ("\"note\": \"请尽快\",\n", "")]);
    let run = case.update(&["--write"]);
    assert_eq!(run.out, "");
    assert!(
        run.err.contains("no row `note` of ferry.trade.detail response any more"),
        "{}",
        run.err
    );
    let spec = case.spec("ferry.trade.detail.yaml");
    assert!(!spec.contains("  note: {"), "{spec}");
    // The member occurs only in the sample, and was never a row of the page.
    assert!(spec.contains("weight_g:"), "{spec}");
    checks(case.folder.path());
}

#[test]
fn columns_change_types_and_requiredness_and_keep_what_people_wrote() {
    let case = Case::new(
        "ferry",
        "page.txt",
        &[
            ("item_ids |\n否 |\n", "item_ids |\n是 |\n"),
            ("package_id |\n包裹编号 |\nString |", "package_id |\n包裹编号 |\nLong |"),
            ("\"package_id\": \"K3001\"", "\"package_id\": 3001"),
        ],
    );
    let run = case.update(&[]);
    let lines = changed(&run.out);
    assert_eq!(lines.len(), 4, "{}\n{}", run.out, run.err);
    assert!(lines.contains(&"-  package_id: { doc: The parcel., term: 包裹编号 }"));
    assert!(lines.contains(&"+  package_id: { type: integer, doc: The parcel., term: 包裹编号 }"));
    let required = "+  item_ids: { required: true, list: \"|\", doc: The articles.";
    assert!(lines.iter().any(|line| line.starts_with(required)), "{lines:?}");
    case.patch(&run.out);
    assert_eq!(case.update(&[]).out, "");
}

/// Texts, each with the one that replaces it.
type Pairs<'t> = &'t [(&'t str, &'t str)];

#[test]
fn units_formats_limits_and_conditions_follow_the_description() {
    let quay = [
        ("最大100", "最大50"),
        ("成本价，单位：分", "成本价，单位：元"),
        ("更新时间，格式 yyyy-MM-dd HH:mm:ss", "更新时间，格式 yyyy/MM/dd"),
    ];
    let cedar = [("At most 7 days", "At most 3 days")];
    let kite = [("queryMode=CODE时必输", "queryMode=TIME时必输")];
    let cases: [(&str, &str, Pairs<'_>, Pairs<'_>); 3] = [
        (
            "quay",
            "page.html",
            &quay,
            &[
                ("unit: fen", "unit: yuan, as: number"),
                ("updated: { type: datetime,", "updated: { type: datetime, format: yyyy/MM/dd,"),
                ("range: { max: 100 }", "range: { max: 50 }"),
            ],
        ),
        ("cedar", "page.md", &cedar, &[("at_most: 7 days", "at_most: 3 days")]),
        (
            "kite",
            "page.txt",
            &kite,
            &[(
                "required: { when: queryMode, is: CODE }",
                "required: { when: queryMode, is: TIME }",
            )],
        ),
    ];
    for (platform, page, edits, expected) in cases {
        let case = Case::new(platform, page, edits);
        let run = case.update(&[]);
        let lines = changed(&run.out);
        assert_eq!(lines.len(), 2 * expected.len(), "{platform}: {}\n{}", run.out, run.err);
        for (from, to) in expected {
            let gone = lines.iter().find(|line| line.starts_with('-') && line.contains(from));
            let gone = gone.unwrap_or_else(|| panic!("{platform}, {from}: {}", run.out));
            let new = format!("+{}", gone[1..].replacen(from, to, 1));
            assert!(lines.contains(&new.as_str()), "{platform}: {new}\n{}", run.out);
        }
        case.patch(&run.out);
        assert_eq!(case.update(&[]).out, "", "{platform}");
    }
}

#[test]
fn what_a_person_decided_stays_until_the_description_changes() {
    let case = Case::new("quay", "page.html", &[]);
    fs::remove_dir_all(case.folder.path().join("specs")).unwrap();
    let arguments = ["import", "page.html", "--platform", "quay", "--out", "specs"];
    assert_eq!(run(case.folder.path(), &arguments).code, Some(0));
    let spec = "specs/quay/quay.stock.query.yaml";
    let file = case.folder.path().join(spec);
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(text.matches("range: { max: 100 }").count(), 1, "{text}");
    let decided = text.replace("range: { max: 100 }", "range: { min: 1, max: 40 }");
    fs::write(&file, decided.replace("unit: fen", "unit: yuan")).unwrap();
    assert_eq!(case.update(&[]).out, "");
    let page = case.folder.path().join("page.html");
    let edited = fs::read_to_string(&page).unwrap().replace("最大100", "最大60");
    fs::write(&page, edited).unwrap();
    let said = case.update(&["--write"]).err;
    assert!(said.contains("request.page_size: range and note"), "{said}");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("range: { min: 1, max: 60 }") && text.contains("unit: yuan"), "{text}");
    assert!(text.contains("最大60\"") && !text.contains("最大100"), "{text}");
}

#[test]
fn what_the_draft_has_wrong_is_said_and_other_methods_are_compared() {
    let case = Case::new(
        "ferry",
        "page.txt",
        &[
            ("ship_type=express时必须", "parcel_kind=express时必须"),
            ("E99 |\n", "E04 |\n包裹不存在 |\nE99 |\n"),
        ],
    );
    let run = case.update(&["--write"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    for said in ["new error code `E04`", "part of the page was not compared", "parcel_kind"] {
        assert!(run.err.contains(said), "{said}: {}", run.err);
    }
    checks(case.folder.path());
}

#[test]
fn a_record_that_is_new_brings_its_type() {
    let row = "<tr><td>&nbsp;&nbsp;&nbsp;&nbsp;depot</td><td>Object</td><td>仓库</td></tr>\n\
               <tr><td>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;depot_name</td><td>String</td><td>仓库名称</td></tr>\n\
               <tr><td>&nbsp;&nbsp;&nbsp;&nbsp;updated</td>";
    let case =
        Case::new("quay", "page.html", &[("<tr><td>&nbsp;&nbsp;&nbsp;&nbsp;updated</td>", row)]);
    let run = case.update(&["--write"]);
    assert!(run.err.contains("new type `Depot`"), "{}", run.err);
    let spec = case.spec("quay.stock.query.yaml");
    assert!(spec.contains("\n      depot: {") || spec.contains("\n      depot:\n"), "{spec}");
    checks(case.folder.path());
    assert_eq!(case.update(&[]).out, "");
}

#[test]
fn a_method_that_is_new_is_a_new_file() {
    let case = Case::new("ferry", "page.txt", &[]);
    fs::remove_file(case.folder.path().join("specs/ferry/ferry.trade.close.yaml")).unwrap();
    let run = case.update(&[]);
    assert!(
        run.out.starts_with("--- /dev/null\n+++ b/ferry/ferry.trade.close.yaml\n"),
        "{}",
        run.out
    );
    case.patch(&run.out);
    assert_eq!(case.update(&[]).out, "");
}

#[test]
fn a_method_with_errors_is_left_to_people() {
    let case = Case::new("ferry", "page.txt", &[]);
    let file = case.folder.path().join("specs/ferry/ferry.trade.close.yaml");
    let broken = case.spec("ferry.trade.close.yaml").replace("type: Reason", "type: Reasons");
    fs::write(&file, &broken).unwrap();
    let run = case.update(&["--write"]);
    assert!(run.err.contains("by hand: new method `ferry.trade.close`"), "{}", run.err);
    assert_eq!(fs::read_to_string(&file).unwrap(), broken);
}

#[test]
fn without_the_platform_it_says_what_is_missing() {
    let case = Case::new("ferry", "page.txt", &[]);
    let run = run(
        case.folder.path(),
        &["import", "page.txt", "--platform", "barge", "--update", "specs"],
    );
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("there is no such platform"), "{}", run.err);
}
