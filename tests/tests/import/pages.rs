//! Pages of our own in five layouts, in `corpus/pages/NAME`: the page, and a spec of the platform
//! NAME that a person wrote by it.

use gatespec_language::model::Platform;
use gatespec_language::{analyse, diagnostic::Sink, report, source};
use gatespec_tests::corpus::{cases, name};
use gatespec_tests::harness::corpus;
use gatespec_tests::recovery::{Page, Recovery};
use std::fs;
use std::path::{Path, PathBuf};

/// A page with the spec of its platform.
struct Case {
    platform: Platform,
    page: Page,
}

fn all() -> Vec<Case> {
    let folders = cases(&corpus("pages")).unwrap().into_iter().map(|case| case.path);
    let found: Vec<_> = folders.map(|folder| case(&folder)).collect();
    assert!(found.len() >= 5);
    found
}

fn case(folder: &Path) -> Case {
    let mut sink = Sink::default();
    let sources = source::load(folder, &mut sink);
    let model = analyse(&sources, &mut sink);
    let model =
        model.unwrap_or_else(|| panic!("{}", report::report(&sources, &sink.into_sorted(), false)));
    let page = Page::new(&fs::read(page(folder)).unwrap());
    Case { platform: model.platforms.into_iter().next().unwrap(), page }
}

/// The file of the page.
fn page(folder: &Path) -> PathBuf {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.into_iter().find(|path| name(path).starts_with("page.")).unwrap()
}

#[test]
fn a_page_has_every_fact_that_its_spec_calls_documented() {
    for Case { platform, page } in all() {
        let whole = Page::new(format!("{}\n{}", page.text(), spec(&platform)).as_bytes());
        let [own, all] = [&page, &whole].map(|page| Recovery::new(page, &platform, &platform));
        assert_eq!(own.counts, all.counts, "{}: a fact is not on the page", platform.id);
        assert!(own.total().hand_made > 60, "{}: {:?}", platform.id, own.total());
    }
}

/// All text of a spec.
fn spec(platform: &Platform) -> String {
    platform.files.iter().map(|(_, text)| text.as_str()).collect()
}
