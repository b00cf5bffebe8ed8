//! Pages that we wrote in several layouts. `corpus/pages/NAME` contains the page, and a spec of the
//! platform NAME that a person wrote from it.

use gatespec_import::{Options, import};
use gatespec_language::format::format;
use gatespec_language::model::Platform;
use gatespec_language::{analyse, diagnostic::Sink, report, schema, source};
use gatespec_tests::corpus::{cases, name};
use gatespec_tests::harness::{corpus, snapshot, workspace};
use gatespec_tests::recovery::{Page, Recovery, measure};
use std::fs;
use std::path::{Path, PathBuf};

/// A page, and the spec of its platform.
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

/// The path of the page.
fn page(folder: &Path) -> PathBuf {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.into_iter().find(|path| name(path).starts_with("page.")).unwrap()
}

#[test]
fn drafts_have_the_layout_of_fmt_and_name_their_schemas() {
    let path = workspace("tests/corpus/pages");
    for case in cases(&path).unwrap() {
        let method = METHODS.iter().find(|(name, _)| *name == case.name).map(|(_, method)| *method);
        let options = Options { platform: &case.name, method, page: "page" };
        let draft = import(&fs::read(page(&case.path)).unwrap(), &options).unwrap();
        for file in &draft.files {
            assert_eq!(
                format(&file.path, &file.text).as_deref(),
                Some(&*file.text),
                "{}",
                file.path
            );
            let name = file.path.rsplit('/').next().unwrap();
            assert!(file.text.starts_with(&schema::modeline(name)), "{}", file.path);
        }
        assert!(draft.files[0].text.contains("\nlanguage: 2\n"), "{}", case.name);
    }
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

/// The methods of pages that do not state the name of the method where the importer looks for it.
const METHODS: &[(&str, &str)] = &[("otter", "otter.rate.list")];

#[test]
fn a_draft_recovers_what_a_person_found() {
    let (mut rows, mut losses) = (String::new(), String::new());
    for case in cases(&corpus("pages")).unwrap() {
        let method = METHODS.iter().find(|(name, _)| *name == case.name).map(|(_, method)| *method);
        let found = measure(&page(&case.path), &case.path, &case.name, method).unwrap();
        let total = found.total();
        assert_eq!(total.wrong, 0, "{}: {:#?}", case.name, found.losses);
        assert!(total.thousandths() >= 950, "{}: {:#?}", case.name, found.losses);
        rows += &format!("| `{}` | {} | {} |\n", case.name, total.cells(), total.percent());
        losses += &format!("\n{}\n{}{}\n", case.name, found.table(), found.losses.join("\n"));
    }
    let guide = fs::read_to_string(workspace("docs/src/importing.md")).unwrap();
    assert!(guide.contains(&rows), "the figures in docs/src/importing.md are not:\n{rows}");
    snapshot(&workspace("tests/tests/import"), "recovered", &losses);
}

/// The texts of all files of a spec.
fn spec(platform: &Platform) -> String {
    platform.files.iter().map(|(_, text)| text.as_str()).collect()
}
