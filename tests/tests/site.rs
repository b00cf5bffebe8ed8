//! `gatespec docs`: pages that are valid HTML, whose links lead somewhere, and that say all that the
//! spec says.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use gatespec_codegen::{Options, generate};
use gatespec_language::diagnostic::Sink;
use gatespec_language::model::Model;
use gatespec_language::{export, sound, source};
use gatespec_site::{HTML, Page, Site};
use gatespec_tests::harness::{run, workspace};
use gatespec_tests::models::platforms;
use scraper::{Html, Selector};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

fn pages(model: &Model) -> Vec<Page> {
    Site::new(model).pages()
}

fn shipped() -> Model {
    sound(&source::load(&workspace("specs"), &mut Sink::default()), &mut Sink::default())
}

/// The pages of a site, parsed.
fn parsed(pages: &[Page]) -> BTreeMap<&str, Html> {
    let pages = pages.iter().filter(|page| page.content_type == HTML);
    pages.map(|page| (page.path.as_str(), Html::parse_document(&page.text))).collect()
}

/// The values of an attribute in a page.
fn attributes<'p>(page: &'p Html, selector: &str, name: &str) -> Vec<&'p str> {
    let selector = Selector::parse(selector).unwrap();
    page.select(&selector).filter_map(|element| element.attr(name)).collect()
}

/// The path that a relative link in `page` leads to.
fn joined(page: &str, link: &str) -> String {
    let mut parts: Vec<_> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn every_page_is_valid_html_with_unique_ids_and_links_that_lead_somewhere() {
    let all = platforms().unwrap();
    assert!(all.len() > 24, "{} platforms", all.len());
    for (name, platform) in all {
        let pages = pages(&Model { platforms: vec![platform] });
        let files: BTreeSet<_> = pages.iter().map(|page| page.path.as_str()).collect();
        assert_eq!(files.len(), pages.len(), "{name}: two pages have one path");
        let parsed = parsed(&pages);
        let ids: BTreeMap<_, _> =
            parsed.iter().map(|(path, page)| (*path, attributes(page, "[id]", "id"))).collect();
        for (path, page) in &parsed {
            assert_eq!(page.errors, Vec::<String>::new(), "{name}/{path}");
            let unique: BTreeSet<_> = ids[path].iter().collect();
            assert_eq!(unique.len(), ids[path].len(), "{name}/{path}: {:?}", ids[path]);
            let links = attributes(page, "a", "href").into_iter();
            let others = attributes(page, "link", "href").into_iter();
            let scripts = attributes(page, "script", "src").into_iter();
            for link in links.chain(others).chain(scripts) {
                if link.starts_with("http") || link == "data:," {
                    continue;
                }
                let (file, id) = link.split_once('#').unwrap_or((link, ""));
                let file = if file.is_empty() { (*path).to_owned() } else { joined(path, file) };
                assert!(files.contains(file.as_str()), "{name}/{path}: {link}");
                let has = |id: &str| ids[file.as_str()].contains(&id);
                assert!(id.is_empty() || has(id), "{name}/{path}: {link}");
            }
        }
    }
}

#[test]
fn the_search_leads_to_ids_that_exist() {
    let pages = pages(&shipped());
    let parsed = parsed(&pages);
    let index = pages.iter().find(|page| page.path == "search.js").unwrap();
    let index = index.text.trim().split_once("gatespecIndex(").unwrap().1;
    let index: Value = serde_json::from_str(index.strip_suffix(");").unwrap()).unwrap();
    let entries = index.as_array().unwrap();
    assert!(entries.len() > 100, "{}", entries.len());
    for entry in entries {
        let (file, id) =
            entry[4].as_str().unwrap().split_once('#').unwrap_or((entry[4].as_str().unwrap(), ""));
        let page = parsed.get(file).unwrap_or_else(|| panic!("{entry}"));
        assert!(id.is_empty() || attributes(page, "[id]", "id").contains(&id), "{entry}");
    }
    let found = |name: &str| entries.iter().any(|entry| entry[1] == name);
    assert!(found("matrix.fill.multiple") && found("refund_status") && found("0000001"));
}

/// The text of a page, with white space as single spaces.
fn text(page: &Html) -> String {
    let all = page.root_element().text().collect::<String>();
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_site_contains_every_description_term_name_and_sample_of_the_specs() {
    let model = shipped();
    let pages = pages(&model);
    let parsed = parsed(&pages);
    for platform in &model.platforms {
        let of_platform = parsed.iter().filter(|(path, _)| path.starts_with(&platform.id));
        let all: String = of_platform.map(|(_, page)| text(page) + "\n").collect();
        let shown: String = all.chars().filter(|c| !c.is_whitespace()).collect();
        let mut missing = Vec::new();
        said(&export::platform(platform), &mut |key, value| {
            let value: String = value.replace('`', "").split_whitespace().collect();
            if !shown.contains(value.trim_end_matches(['.', '。'])) {
                missing.push(format!("{key}: {value}"));
            }
        });
        assert_eq!(missing, Vec::<String>::new(), "{}", platform.id);
    }
}

/// Calls `check` with every text of the specs that is meant for readers.
fn said(value: &Value, check: &mut impl FnMut(&str, &str)) {
    match value {
        Value::Object(members) => {
            for (key, value) in members.iter().filter(|(key, _)| *key != "vectors") {
                let wanted = ["doc", "term", "note", "source", "code", "url", "title", "body"];
                match value {
                    // The page writes sentences, with a capital letter at the beginning.
                    Value::String(text) if wanted.contains(&key.as_str()) => {
                        let mut characters = text.trim().chars();
                        characters.next();
                        check(key, characters.as_str());
                    }
                    value => said(value, check),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| said(item, check)),
        _ => {}
    }
}

#[test]
fn text_of_a_spec_is_text_of_the_page() {
    let mut platform = shipped().platforms.remove(0);
    let hostile = "<script>alert(1)</script> \" onload=x ' `<b>` https://x.example/\"><i>";
    platform.title = hostile.to_owned();
    platform.about.doc = Some(hostile.to_owned());
    for method in &mut platform.methods {
        method.title = hostile.to_owned();
        method.about.note = Some(hostile.to_owned());
        method.request.fields.iter_mut().for_each(|field| {
            field.about.term = Some(hostile.to_owned());
            field.example = Some(hostile.to_owned());
        });
    }
    let plain = parsed_scripts(&pages(&Model { platforms: vec![shipped().platforms.remove(0)] }));
    let pages = pages(&Model { platforms: vec![platform] });
    assert_eq!(parsed_scripts(&pages), plain);
    let index = pages.iter().find(|page| page.path == "search.js").unwrap();
    assert!(!index.text.contains('<'));
}

/// The elements of all pages by which text could do harm, counted.
fn parsed_scripts(pages: &[Page]) -> usize {
    let wanted = Selector::parse("script, b, i, [onload], iframe, object").unwrap();
    parsed(pages).values().map(|page| page.select(&wanted).count()).sum()
}

#[test]
fn a_type_that_many_methods_share_is_described_once() {
    let mut platform = shipped().platforms.into_iter().find(|one| one.id == "mogujie").unwrap();
    let method = platform.methods.iter().find(|one| one.name != "oauth.token").unwrap().clone();
    let types = |page: &str, pages: &[Page]| {
        let page = pages.iter().find(|one| one.path.ends_with(page)).unwrap();
        page.text.matches("<section class=\"type\"").count()
    };
    let few = pages(&Model { platforms: vec![platform.clone()] });
    let own = types("xiaodian.trade.get.html", &few);
    for number in 0..8 {
        let mut more = method.clone();
        more.facts.name = Box::leak(format!("copy.{number}").into_boxed_str());
        platform.methods.push(more);
    }
    let many = pages(&Model { platforms: vec![platform] });
    assert!(own > 3, "{own}");
    assert_eq!(types("copy.7.html", &many), 0);
    assert_eq!(types("/~types.html", &many), own);
}

/// The number of allocations stands for the work: it is the same on every machine.
#[test]
fn a_site_is_no_more_work_than_the_clients() {
    let mut model = shipped();
    let platform = model.platforms.iter_mut().find(|one| one.id == "shopex").unwrap();
    let method = platform.methods.iter().find(|one| one.title.contains("every order")).unwrap();
    let method = method.clone();
    for number in 0..60 {
        let mut more = method.clone();
        more.facts.name = Box::leak(format!("copy.{number}").into_boxed_str());
        platform.methods.push(more);
    }
    platform.methods.sort_by_key(|method| method.name);
    let site = allocation_counter::measure(|| drop(pages(&model)));
    let clients = allocation_counter::measure(|| {
        assert!(generate(&model, &Options::default(), &mut Sink::default()).is_some());
    });
    assert!(site.count_total < clients.count_total, "{site:?} for a site, {clients:?} for clients");
}

#[test]
fn the_command_writes_the_site_of_the_shipped_platforms_into_an_empty_folder() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(folder.path(), &["docs", "--out", "site"]).code, Some(0));
    let page = folder.path().join("site/shopex/matrix.fill.multiple.html");
    let text = std::fs::read_to_string(&page).unwrap();
    assert!(text.contains("批量补单"));
    assert!(folder.path().join("site/search.js").is_file());
    // A page of an earlier site is deleted, and a file of somebody else is kept.
    let (old, notes) = (page.with_file_name("old.html"), page.with_file_name("notes.html"));
    std::fs::rename(&page, &old).unwrap();
    std::fs::write(&notes, "mine").unwrap();
    assert_eq!(run(folder.path(), &["docs", "--out", "site"]).code, Some(0));
    assert!(page.is_file() && !old.exists() && notes.is_file());
    std::fs::write(&page, "mine").unwrap();
    let refused = run(folder.path(), &["docs", "--out", "site"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.err.contains("was not written by gatespec"), "{}", refused.err);
}

#[test]
fn a_site_is_written_only_if_all_specs_are_correct() {
    let folder = tempfile::tempdir().unwrap();
    let specs = folder.path().join("specs/lamp");
    std::fs::create_dir_all(&specs).unwrap();
    std::fs::write(specs.join("platform.yaml"), "platform: lamp\n").unwrap();
    let refused = run(folder.path(), &["docs"]);
    assert_eq!(refused.code, Some(1));
    assert!(!folder.path().join("site").exists());
}
