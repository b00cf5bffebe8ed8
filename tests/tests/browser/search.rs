//! The search of the site.

use crate::files::Files;
use crate::session::{Browser, browser};
use fantoccini::key::Key;

/// The result that is chosen.
const CHOSEN: &str = "document.querySelector('#found [aria-selected=true]')";

/// Types a query, and waits until a result has the text.
async fn find(browser: &Browser, query: &str, result: &str) {
    browser.keys("/").await;
    browser.until("document.activeElement.id === 'search'").await;
    assert_eq!(browser.text("return document.activeElement.value").await, "");
    browser.keys(query).await;
    browser.until(&format!("{CHOSEN}?.textContent.includes('{result}') === true")).await;
    browser.until("document.activeElement.getAttribute('aria-expanded') === 'true'").await;
}

#[tokio::test]
async fn the_search_is_used_with_keys_alone_and_leads_to_the_row() {
    let Some(browser) = browser().await else { return };
    let files = Files::write();
    browser.open(&files.url("index.html")).await;

    find(&browser, "node_id", "matrix.authstatus").await;
    browser.press(Key::Down).await;
    browser.until(&format!("{CHOSEN}.textContent.includes('matrix.fill.multiple')")).await;
    let active =
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))";
    browser.until(&format!("{active} === {CHOSEN}")).await;
    browser.press(Key::Up).await;
    browser.until(&format!("{CHOSEN}.textContent.includes('matrix.authstatus')")).await;
    browser.press(Key::Down).await;
    browser.press(Key::Enter).await;
    let row = "/shopex/matrix.fill.multiple.html#in-node_id";
    browser.until(&format!("location.href.endsWith('{row}')")).await;
    browser
        .until("document.querySelector(':target th')?.textContent.includes('node_id') === true")
        .await;

    find(&browser, "开始时间", "start_time").await;
    browser.press(Key::Escape).await;
    browser.until("document.getElementById('found').hidden").await;
    browser.until("document.activeElement.getAttribute('aria-expanded') === 'false'").await;
    assert!(browser.text("return location.href").await.ends_with(row), "Escape opens nothing");
    assert_eq!(browser.console().await, Vec::<String>::new());
    browser.close().await;
}

#[tokio::test]
async fn a_result_is_opened_by_a_click_and_nothing_found_is_said() {
    let Some(browser) = browser().await else { return };
    let files = Files::write();
    browser.open(&files.url("mogujie/index.html")).await;
    find(&browser, "签名无效", "8225").await;
    browser.click("#found [aria-selected=true]").await;
    browser.until("location.href.endsWith('/gome/index.html#code-main-8225')").await;
    browser.keys("/").await;
    browser.keys("no such thing").await;
    browser.until("document.getElementById('found').textContent === 'Nothing found'").await;
    browser.press(Key::Enter).await;
    browser.until("location.href.endsWith('/gome/index.html#code-main-8225')").await;
    browser.close().await;
}
