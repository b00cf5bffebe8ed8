//! axe-core, a checker of accessibility, and the width of pages.

use crate::session::{Browser, absent};
use gatespec_tests::harness::workspace;
use std::fs;

const NARROW: u32 = 375;
const WIDE: u32 = 1280;

/// The rules of WCAG 2 whose breach is serious: each breach as a line.
const FINDINGS: &str = r#"
    const tell = arguments[0];
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    axe.run(document, { runOnly: tags, resultTypes: ["violations"], preload: false }).then(({ violations }) => {
        const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
        tell(serious.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}: ${node.failureSummary}`)));
    }, (error) => tell([String(error)]));"#;

/// The elements that are wider than the window, if the page can be scrolled to the side.
const OVERFLOW: &str = r"
    const page = document.scrollingElement;
    if (page.scrollWidth <= innerWidth) return [];
    const wide = [...document.querySelectorAll('main *, .tool *, header *')].filter((element) => element.getBoundingClientRect().right > innerWidth);
    return [`the page is ${page.scrollWidth} wide`, ...wide.slice(0, 5).map((element) => element.outerHTML.slice(0, 120))];";

/// The text of axe-core, which `.ci/run` installs.
pub(crate) fn axe() -> Option<String> {
    let found = fs::read_to_string(workspace("target/axe/node_modules/axe-core/axe.min.js"));
    if found.is_err() {
        absent("axe-core");
    }
    found.ok()
}

/// Checks the page that is open, narrow and wide, light and dark. Returns what is wrong.
pub(crate) async fn audit(browser: &Browser, axe: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    browser.run(axe).await;
    for width in [NARROW, WIDE] {
        for scheme in ["light", "dark"] {
            browser.view(width, scheme).await;
            let found = browser.client.execute_async(FINDINGS, Vec::new()).await.unwrap();
            let overflow = browser.run(OVERFLOW).await;
            let all = [found, overflow].into_iter();
            let all = all.flat_map(|found| found.as_array().unwrap().clone());
            wrong.extend(all.map(|text| format!("{width} {scheme}: {}", text.as_str().unwrap())));
        }
    }
    wrong.extend(browser.console().await);
    wrong
}
