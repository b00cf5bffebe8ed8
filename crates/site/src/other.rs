//! Pages that are not about a platform.

use crate::frame::Frame;
use maud::Markup;

/// Renders a page at the root of the site.
pub fn other_page(title: &str, main: Markup) -> String {
    let frame = Frame {
        title,
        root: "",
        above: &[("Platforms", "index.html")],
        contents: &[],
        main,
        beside: None,
    };
    frame.render()
}
