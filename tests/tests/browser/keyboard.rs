//! Pages without a mouse.

use crate::files::Files;
use crate::served::{FILL, server};
use crate::session::{Browser, browser};
use fantoccini::key::Key;

/// Numbers what Tab should reach, in the order of the page, and returns the number of elements.
const NUMBERED: &str = r"
    const all = document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex=\'0\']');
    const reached = (element) => element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })
        && !element.disabled && !(element.type === 'radio' && !element.checked);
    const wanted = [...all].filter(reached);
    wanted.forEach((element, at) => element.setAttribute('data-at', at));
    return wanted.length;";

/// What has the focus: its number, its tag, and whether the focus is visible.
const FOCUSED: &str = r"
    const { activeElement: element } = document;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return [element.dataset.at ?? '', element.outerHTML.slice(0, 80), outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2];";

/// Presses Tab through the page. Every element is reached in order, and shows that it is.
async fn tab_through(browser: &Browser) -> u64 {
    let count = browser.run(NUMBERED).await.as_u64().unwrap();
    for at in 0..count {
        browser.press(Key::Tab).await;
        let focused = browser.run(FOCUSED).await;
        assert_eq!(focused[0], at.to_string(), "Tab {at} of {count}: {focused}");
        assert_eq!(focused[2], true, "the focus is not visible: {focused}");
    }
    count
}

#[tokio::test]
async fn tab_reaches_everything_in_order_and_shows_where_it_is() {
    let Some(browser) = browser().await else { return };
    let files = Files::write();
    browser.open(&files.url("shopex/matrix.fill.multiple.html")).await;
    assert!(tab_through(&browser).await > 20);
    let server = server();
    browser.open(&format!("{}{FILL}", server.url())).await;
    assert!(tab_through(&browser).await > 40);
    browser.open(&files.url("index.html")).await;
    browser.press(Key::Tab).await;
    browser.press(Key::Enter).await;
    browser.until("location.hash === '#main' && document.activeElement.id === 'main'").await;
    browser.close().await;
}
