//! The pages of the site, with the forms of the tool.

use crate::state::Asked;
use gatespec_site::{Page, Site, other_page};
use maud::{Markup, html};

const STYLE: &str = "tool.css";
const SCRIPT: &str = "tool.js";

/// The pages and files that are the same for everyone.
pub(crate) fn all(site: &Site<'_>) -> Vec<Page> {
    let file = |path: &str, content_type, text: &str| Page {
        path: path.to_owned(),
        content_type,
        text: text.to_owned(),
    };
    let mut pages = site.pages();
    pages.push(file(STYLE, "text/css; charset=utf-8", include_str!("../assets/tool.css")));
    pages.push(file(SCRIPT, "text/javascript; charset=utf-8", include_str!("../assets/tool.js")));
    pages
}

/// The page of a method with its forms beside the description.
pub(crate) fn of_method(site: &Site<'_>, asked: Asked, tool: &Markup) -> String {
    let beside = html! { (assets()) h2 { "Try it" } (tool) };
    site.method_page(asked.at, beside)
}

/// The page on which requests of any platform are explained.
pub(crate) fn of_explainer(form: &Markup) -> String {
    let main = html! {
        (assets())
        h1 { "Why was a request refused?" }
        p.lead { "Paste a request of any platform here. Its address says which platform it is for." }
        div.tool { (form) }
    };
    other_page("Why was a request refused?", main)
}

fn assets() -> Markup {
    html! {
        link rel="stylesheet" href={ "/" (STYLE) };
        script src={ "/" (SCRIPT) } defer {}
    }
}
