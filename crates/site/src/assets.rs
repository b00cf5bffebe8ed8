//! The style sheet and the script.

use crate::page::Page;

/// The path of the style sheet.
pub(crate) const STYLE: &str = "style.css";
/// The path of the script.
pub(crate) const SCRIPT: &str = "site.js";

pub(crate) fn files() -> [Page; 2] {
    let css = include_str!("../assets/style.css");
    let js = include_str!("../assets/site.js");
    [
        Page { path: STYLE.into(), content_type: "text/css; charset=utf-8", text: css.into() },
        Page {
            path: SCRIPT.into(),
            content_type: "text/javascript; charset=utf-8",
            text: js.into(),
        },
    ]
}
