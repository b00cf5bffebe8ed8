//! The API tool: a form is filled, a rule is broken and mended, the request is signed and sent.

use crate::served::{FILL, fill, said, server, silent};
use crate::session::{Browser, browser, browser_without_scripts};
use md5::{Digest, Md5};
use std::fmt::Write as _;

/// The secret with which examples are signed.
const SECRET: &str = "test-secret-0123456789abcdef";

/// The signature that is shown, after a comparison with MD5 of the text that is shown.
async fn signature(browser: &Browser) -> String {
    let step = "[...document.querySelectorAll('#result .steps li')].find((step) => step.textContent.startsWith('wrapped'))";
    let wrapped = browser.text(&format!("return {step}.querySelector('pre').textContent")).await;
    let digest = Md5::digest(wrapped.replace("<secret>", SECRET));
    let digits = digest.iter().fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02X}");
        digits
    });
    let sign =
        browser.text("return document.querySelector('#result .tool-sign').textContent").await;
    assert_eq!(sign, digits, "{wrapped}");
    sign
}

/// Breaks a rule, mends it, and sends the request. `check` checks the form, if it must be asked.
async fn breaks_mends_and_sends(browser: &Browser, check: impl AsyncFn()) {
    fill(browser, "clock", "1672502400").await;
    check().await;
    said(browser, "result", "sign_time=1672502400").await;
    let first = signature(browser).await;

    fill(browser, "p.end_time", "2023-01-08 00:00:01").await;
    check().await;
    said(browser, "field-p.end_time-problem", "7 days").await;
    said(browser, "result", "1 problem").await;
    let invalid = "return document.getElementById('field-p.end_time').ariaInvalid";
    assert_eq!(browser.text(invalid).await, "true");

    fill(browser, "p.end_time", "2023-01-08 00:00:00").await;
    check().await;
    silent(browser, "field-p.end_time-problem").await;
    said(browser, "result", "end_time=2023-01-08 00:00:00").await;
    said(browser, "result", "obeys every rule").await;
    assert_ne!(signature(browser).await, first);

    // The mock refuses a time of the past.
    fill(browser, "clock", "").await;
    browser.click("button[value=send]").await;
    said(browser, "result", "Answered").await;
    said(browser, "result", "补单成功").await;
    said(browser, "result", "msg_id").await;
}

#[tokio::test]
async fn a_form_is_checked_and_signed_as_one_types_and_sent_to_the_mock() {
    let Some(browser) = browser().await else { return };
    let server = server();
    let url = format!("{}{FILL}", server.url());
    browser.open(&url).await;
    breaks_mends_and_sends(&browser, async || ()).await;
    assert_eq!(browser.text("return location.href").await, url, "the page was not loaded again");
    assert_eq!(browser.console().await, Vec::<String>::new());
    browser.close().await;
}

#[tokio::test]
async fn the_form_works_without_scripts() {
    let Some(browser) = browser_without_scripts().await else { return };
    let server = server();
    browser.open(&format!("{}{FILL}", server.url())).await;
    let check = async || {
        browser.run("document.title = 'old'").await;
        browser.click("button[value=check]").await;
        browser.until("document.title !== 'old' && document.readyState === 'complete'").await;
    };
    breaks_mends_and_sends(&browser, check).await;
    browser.close().await;
}

/// Pastes the request that the page shows, with its signature in lower case.
async fn explains_a_wrong_signature(browser: &Browser) {
    let curl = "[...document.querySelectorAll('#result code')].find((code) => code.textContent.startsWith('curl'))";
    let curl = browser.text(&format!("return {curl}.textContent")).await;
    let (before, sign) = curl.trim_end().rsplit_once("sign=").unwrap();
    let lower = sign.to_lowercase();
    assert_ne!(lower, sign);
    browser.click(".tool-more > summary").await;
    fill(browser, "pasted", &format!("{before}sign={lower}")).await;
    browser.click("button[value=explain]").await;
    said(browser, "diagnosis", "The signature is different").await;
    said(browser, "diagnosis", lower.trim_end_matches('\'')).await;
    said(browser, "diagnosis", "lower").await;
    said(browser, "diagnosis", "Fix").await;
}

#[tokio::test]
async fn a_pasted_request_with_a_wrong_signature_is_explained() {
    let Some(browser) = browser().await else { return };
    let server = server();
    browser.open(&format!("{}{FILL}", server.url())).await;
    explains_a_wrong_signature(&browser).await;
    assert_eq!(browser.console().await, Vec::<String>::new());
    browser.close().await;
}

#[tokio::test]
async fn a_pasted_request_is_explained_without_scripts() {
    let Some(browser) = browser_without_scripts().await else { return };
    let server = server();
    browser.open(&format!("{}{FILL}", server.url())).await;
    explains_a_wrong_signature(&browser).await;
    browser.close().await;
}
