//! Pictures of the pages, to look at: `GATESPEC_SCREENSHOTS=DIR` keeps them.

use crate::files::Files;
use crate::served::{FILL, said, server};
use crate::session::{Browser, browser};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Writes what windows of several sizes and colours show after a script has scrolled to it.
async fn take(browser: &Browser, folder: &Path, name: &str, scroll: &str) {
    for (width, size) in [(375_u32, "narrow"), (1480, "wide")] {
        for scheme in ["light", "dark"] {
            browser.view(width, scheme).await;
            browser.devtools("Emulation.setScrollbarsHidden", json!({ "hidden": true })).await;
            browser.run(scroll).await;
            let png = browser.client.screenshot().await.unwrap();
            assert!(png.starts_with(b"\x89PNG"));
            assert_eq!(png[16..20], width.to_be_bytes(), "{name}");
            fs::write(folder.join(format!("{name}-{size}-{scheme}.png")), png).unwrap();
        }
    }
}

/// Scrolls to the result of the form, which may have a scroll bar of its own.
const RESULT: &str = "
    const [tool, result] = [document.querySelector('.tool'), document.getElementById('result')];
    const isColumn = getComputedStyle(tool).position === 'sticky';
    if (isColumn) tool.scrollTop = result.offsetTop - 80;
    const top = isColumn ? 0 : result.getBoundingClientRect().top + scrollY - 170;
    scrollTo({ top, behavior: 'instant' });";

#[tokio::test]
async fn pictures_of_the_pages_can_be_taken() {
    let Some(browser) = browser().await else { return };
    let own = tempfile::tempdir().unwrap();
    let folder = env::var_os("GATESPEC_SCREENSHOTS").map_or(own.path().to_owned(), PathBuf::from);
    fs::create_dir_all(&folder).unwrap();
    let files = Files::write();
    browser.open(&files.url(FILL)).await;
    take(&browser, &folder, "method", "scrollTo({ top: 0, behavior: 'instant' })").await;
    let server = server();
    browser.open(&format!("{}{FILL}", server.url())).await;
    said(&browser, "result", "obeys every rule").await;
    take(&browser, &folder, "tool", RESULT).await;
    browser.close().await;
}
