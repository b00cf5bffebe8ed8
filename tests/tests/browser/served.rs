//! The site as `gatespec docs --serve` serves it, with the API tool.

use crate::files::shipped;
use crate::session::Browser;
use fantoccini::Locator;
use gatespec_tool::{Builder, Server};

/// The page of a method with two rules over its times.
pub(crate) const FILL: &str = "shopex/matrix.fill.multiple.html";

/// A server without credentials of its own.
pub(crate) fn server() -> Server {
    Builder::new(shipped()).start().unwrap()
}

/// Replaces the text of a field by what a person types.
pub(crate) async fn fill(browser: &Browser, name: &str, text: &str) {
    let selector = format!("[name='{name}']");
    let field = browser.client.find(Locator::Css(&selector)).await.unwrap();
    field.clear().await.unwrap();
    field.send_keys(text).await.unwrap();
}

/// Waits until the element with this id contains a text.
pub(crate) async fn said(browser: &Browser, id: &str, text: &str) {
    browser
        .until(&format!("document.getElementById('{id}')?.textContent.includes('{text}') === true"))
        .await;
}

/// Waits until the element with this id is empty.
pub(crate) async fn silent(browser: &Browser, id: &str) {
    browser.until(&format!("document.getElementById('{id}')?.textContent === ''")).await;
}
