//! Bytes that are not a page give a clear message, and nothing is invented.

use gatespec_import::{Draft, MAX_PAGE_BYTES, Options, Unread, import};
use gatespec_language::analyse_each;
use gatespec_language::diagnostic::rules::Stage;
use gatespec_language::model::Grade;
use gatespec_tests::corpus::{cases, name};
use gatespec_tests::harness::{corpus, run};
use gatespec_tests::recovery::{Fact, Kind, facts};
use proptest::prelude::*;
use std::fs;

/// The draft of a page. The page need not name its method.
fn draft(bytes: &[u8]) -> Result<Draft, String> {
    let options = Options { platform: "shop", method: None, page: "page" };
    let named = Options { method: Some("shop.get"), ..options };
    let draft = import(bytes, &options).or_else(|_| import(bytes, &named));
    draft.map_err(|refused| refused.to_string())
}

/// The pages of the corpus, with their names.
fn pages() -> Vec<(String, Vec<u8>)> {
    let folders = cases(&corpus("pages")).unwrap().into_iter();
    let page = |folder: &std::path::Path| {
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let page = files.into_iter().find(|path| name(path).starts_with("page.")).unwrap();
        fs::read(page).unwrap()
    };
    folders.map(|case| (case.name.clone(), page(&case.path))).collect()
}

#[test]
fn what_is_no_page_is_refused_with_a_reason() {
    let news = "今日要闻\n\n某市举办灯会，吸引了 3 万名游客。\n主办方表示：明年将继续举办。\n\n天气：晴，12 度。\n";
    let json = "{\"openapi\": \"3.0.0\", \"paths\": {\"/a\": {\"get\": {\"type\": \"string\"}}}}";
    let code =
        "fn main() {\n    let name: String = required(true);\n    println!(\"{name}\");\n}\n";
    let image = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";
    let cases: [(&str, &[u8], &str); 7] = [
        ("an empty page", b"", "empty"),
        ("blanks", b" \n\t\n\xe3\x80\x80\n", ""),
        ("a news article", news.as_bytes(), "table"),
        ("JSON", json.as_bytes(), "table"),
        ("source code", code.as_bytes(), "table"),
        ("an image", image, ""),
        ("zeros", &[0; 5000], ""),
    ];
    for (what, bytes, word) in cases {
        let said = draft(bytes).err().unwrap_or_else(|| panic!("{what} gives a draft"));
        assert!(said.contains(word) && said.len() > 10, "{what}: {said}");
    }
}

#[test]
fn a_hundred_megabytes_are_refused_before_they_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.txt");
    fs::File::create(&page).unwrap().set_len(100 << 20).unwrap();
    let said = run(folder.path(), &["import", "page.txt", "--platform", "shop"]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
    assert!(said.err.contains("page.txt") && said.err.len() < 500, "{}", said.err);
    let large = vec![b'a'; MAX_PAGE_BYTES + 1];
    assert_eq!(draft(&large).err().map(|said| said.contains("MiB")), Some(true));
}

#[test]
fn mixed_encodings_are_read_or_refused_and_said() {
    let (_, utf8) = pages().into_iter().find(|(name, _)| name == "ferry").unwrap();
    let (_, gbk) = pages().into_iter().find(|(name, _)| name == "willow").unwrap();
    for mixed in [[&utf8[..], &gbk[..]].concat(), [&gbk[..], &utf8[..]].concat()] {
        if let Ok(draft) = draft(&mixed) {
            assert!(draft.summary.encoding.is_some(), "nothing says that letters may be wrong");
        }
    }
}

/// A page with one table, followed by more text.
fn page(rows: impl Iterator<Item = String>, more: &str) -> String {
    let rows: String = rows.collect();
    format!("## shop.get(查询)\n\n请求参数\n\n|名称|类型|必填|描述|\n|--|--|--|--|\n{rows}\n{more}")
}

#[test]
fn of_many_samples_the_first_hundred_are_read_and_the_others_listed() {
    let sample = |count| format!("{{\"code\": 0, \"data\": {{\"a{count}\": 1}}}}\n\n");
    let samples: String = (0..130).map(sample).collect();
    let row = "|id|int|是|编号|\n".to_owned();
    let draft =
        draft(page([row].into_iter(), &format!("返回示例\n\n{samples}")).as_bytes()).unwrap();
    let many = |one: &&Unread| one.why == "there are too many samples";
    assert_eq!(draft.summary.unread.iter().filter(many).count(), 30);
    let text = &draft.files[1].text;
    assert!(text.contains(" a99: {") && !text.contains(" a100: {"), "{text}");
}

#[test]
fn rows_and_codes_that_stand_twice_count_once() {
    let rows = (0..300).map(|row| format!("|f{}|int|否|字段|\n", row % 100));
    let codes: String = (0..300).map(|row| format!("|E{}|错误|\n", row % 100)).collect();
    let draft = draft(page(rows, &format!("错误码\n\n|错误码|描述|\n|--|--|\n{codes}")).as_bytes());
    let draft = draft.unwrap();
    assert_eq!((draft.errors.len(), draft.summary.rows), (0, 600));
    let count = |start: &str| {
        let lines = draft.files.iter().flat_map(|file| file.text.lines());
        lines.filter(|line| line.starts_with(start) && line.contains(": {")).count()
    };
    assert_eq!((count("  f"), count("  E")), (100, 100));
}

#[test]
fn an_example_outside_its_enumeration_is_a_contradiction() {
    let page = "## shop.get(查询)\n\n请求参数\n\n|名称|类型|必填|示例|描述|\n|--|--|--|--|--|\n\
        |state|int|否|9|状态 0:关;1:开|\n|kind|String|否|big|种类，见种类表|\n\n种类表\n\n|值|说明|\n|--|--|\n|S|小|\n|M|中|\n";
    let text = &draft(page.as_bytes()).unwrap().files[1].text;
    assert!(text.contains("conflict: { text: \"0, 1\", example: 9, chosen: text }"), "{text}");
    assert!(text.contains("conflict: { table: \"S, M\", example: big, chosen: table }"), "{text}");
}

/// The names of the rows, codes and values in a draft, from the lines that state where on the page
/// they come from.
fn rows(draft: &Draft) -> Vec<String> {
    let lines = draft.files.iter().flat_map(|file| file.text.lines());
    let names = lines.filter(|line| line.contains("source: line ") && line.contains(": {"));
    names.filter_map(|line| Some(line.trim().split(':').next()?.to_owned())).collect()
}

#[test]
fn a_page_that_is_cut_gives_no_name_that_it_does_not_have() {
    for (name, page) in pages() {
        for end in (0..page.len()).step_by(397) {
            let Ok(draft) = draft(&page[..end]) else { continue };
            let text = gatespec_tests::recovery::Page::new(&page[..end]);
            for row in rows(&draft) {
                // Names that the draft invents for addresses and for the secret.
                let is_ours = ["production", "test", "sandbox", "secret"]
                    .iter()
                    .any(|name| row.starts_with(name));
                let is_there = text.text().contains(row.trim_matches('"'));
                assert!(is_there || is_ours, "{name} cut at {end}: {row}");
            }
        }
    }
}

/// The facts about requests and codes that a draft is certain of.
fn sure(draft: &Draft) -> Vec<Fact> {
    let platforms = analyse_each(&draft.sources).model.platforms;
    let all = platforms.iter().flat_map(|platform| facts(platform).all.into_values());
    let kinds = [Kind::Public, Kind::Request, Kind::Required, Kind::Code];
    all.filter(|fact| kinds.contains(&fact.kind) && fact.grade != Grade::Inferred).collect()
}

#[test]
fn tables_that_are_cut_give_no_fact_that_the_page_contradicts() {
    for (name, page) in pages() {
        let whole = draft(&page).unwrap();
        let platforms = analyse_each(&whole.sources).model.platforms;
        let known = facts(&platforms[0]).all;
        let lines: Vec<_> = page.split_inclusive(|byte| *byte == b'\n').collect();
        for count in (1..lines.len()).step_by(5) {
            let Ok(cut) = draft(&lines[..count].concat()) else { continue };
            for fact in sure(&cut) {
                let of_page = known.get(&fact.key());
                let is_known = of_page
                    .is_some_and(|one| one.says == fact.says || one.grade == Grade::Inferred);
                assert!(is_known, "{name}, {count} lines: {fact:?}, on the page {of_page:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 64, failure_persistence: None, ..Default::default() })]

    /// Pieces of pages, cut and joined at random, give a draft in valid YAML or a reason for
    /// failing.
    #[test]
    fn random_edits_never_panic(
        which in 0..pages().len(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..200usize), 1..8),
    ) {
        let pages = pages();
        let mut page = pages[which].1.clone();
        for (at, from, length) in edits {
            let at = at.index(page.len() + 1);
            let other = &pages[(which + length) % pages.len()].1;
            let from = from.index(other.len());
            let piece = other[from..(from + length).min(other.len())].to_vec();
            let end = if length % 2 == 0 { at } else { (at + length).min(page.len()) };
            page.splice(at..end, piece);
        }
        if let Ok(draft) = draft(&page) {
            let is_broken = draft.errors.iter().any(|one| one.rule.stage == Stage::Syntax);
            prop_assert!(!is_broken, "the draft is not YAML");
        }
    }
}
