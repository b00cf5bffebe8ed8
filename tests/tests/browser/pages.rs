//! Every page of the site.

use crate::audit::{audit, axe};
use crate::files::{Files, shipped};
use crate::served::server;
use crate::session::{browser, browser_without_scripts};
use std::collections::BTreeMap;

/// Checks pages, each with its address.
async fn check(pages: impl IntoIterator<Item = (String, String)>) {
    let (Some(axe), Some(browser)) = (axe(), browser().await) else { return };
    let mut wrong = BTreeMap::new();
    for (path, url) in pages {
        browser.open(&url).await;
        let found = audit(&browser, &axe).await;
        if !found.is_empty() {
            wrong.insert(path, found);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    browser.close().await;
}

#[tokio::test]
async fn every_page_is_accessible_and_fits_a_phone() {
    let files = Files::write();
    check(files.pages.iter().map(|path| (path.clone(), files.url(path)))).await;
}

#[tokio::test]
async fn every_form_is_accessible_and_fits_a_phone() {
    let server = server();
    let model = shipped();
    let methods = model.platforms.iter().flat_map(|platform| {
        platform.methods.iter().map(|method| format!("{}/{}.html", platform.id, method.name))
    });
    let paths = methods.chain(["explain.html".to_owned()]);
    check(paths.map(|path| (path.clone(), format!("{}{path}", server.url())))).await;
}

/// The texts of what a reader must be able to see, without those that are not visible.
const VISIBLE: &str = r"
    const all = [...document.querySelectorAll(arguments[0])];
    const seen = (element) => {
        for (let open = element.closest('details'); open; open = open.parentElement.closest('details')) open.open = true;
        const { width, height } = element.getBoundingClientRect();
        return element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && width > 0 && height > 0;
    };
    return all.filter(seen).map((element) => element.textContent.trim());";

#[tokio::test]
async fn every_page_can_be_read_without_scripts() {
    let Some(browser) = browser_without_scripts().await else { return };
    let files = Files::write();
    let mut steps = 0;
    for path in &files.pages {
        browser.open(&files.url(path)).await;
        assert_eq!(browser.run("return document.querySelector('.search').hidden").await, true);
        for selector in
            ["main h1, main h2, main h3", "main tbody th", "main figure.code", ".steps > li"]
        {
            let seen = browser.client.execute(VISIBLE, vec![selector.into()]).await.unwrap();
            let count = format!("return document.querySelectorAll('{selector}').length");
            let seen = seen.as_array().unwrap();
            assert_eq!(browser.run(&count).await, seen.len(), "{path}: {selector}: {seen:?}");
            assert!(seen.iter().all(|text| text != ""), "{path}: {selector}: {seen:?}");
            steps += if selector.starts_with(".steps") { seen.len() } else { 0 };
        }
    }
    assert!(steps > 30, "the pages explain signatures in {steps} steps");
    browser.close().await;
}

#[tokio::test]
async fn links_lead_to_their_pages_and_sections_without_scripts() {
    let Some(browser) = browser_without_scripts().await else { return };
    let files = Files::write();
    browser.open(&files.url("index.html")).await;
    for (selector, path) in [
        ("main a[href='shopex/matrix.fill.multiple.html']", "/shopex/matrix.fill.multiple.html"),
        ("nav.contents a[href='#signature']", "/shopex/matrix.fill.multiple.html#signature"),
        ("nav.above a[href='index.html']", "/shopex/index.html"),
        ("nav.above a[href='../index.html']", "/index.html"),
    ] {
        browser.click(selector).await;
        browser.until(&format!("location.href.endsWith('{path}')")).await;
        if let Some((_, id)) = path.split_once('#') {
            assert_eq!(browser.text("return document.querySelector(':target').id").await, id);
        }
    }
    browser.close().await;
}
