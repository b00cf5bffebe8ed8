//! The frame that all pages share: head, header, contents, footer.

use crate::assets::{SCRIPT, STYLE};
use crate::page::MARK;
use crate::parts;
use gatespec_language::model::Grade;
use gatespec_protocol::text::visible_but;
use maud::{DOCTYPE, Markup, html};

/// A page before it is put into the frame.
pub(crate) struct Frame<'a> {
    /// The title of the window.
    pub(crate) title: &'a str,
    /// The relative path to the root of the site: empty, or `../`.
    pub(crate) root: &'a str,
    /// The pages above this one, each with its address.
    pub(crate) above: &'a [(&'a str, &'a str)],
    /// The sections of the page, each with its id.
    pub(crate) contents: &'a [(&'a str, &'a str)],
    /// The page.
    pub(crate) main: Markup,
    /// A part beside the page.
    pub(crate) beside: Option<Markup>,
}

impl Frame<'_> {
    pub(crate) fn render(self) -> String {
        let root = self.root;
        let markup = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="generator" content=(MARK);
                    title { (self.title) }
                    link rel="icon" href="data:,";
                    link rel="stylesheet" href={ (root) (STYLE) };
                    script src={ (root) (SCRIPT) } data-root=(root) defer {}
                }
                body class=[self.beside.is_some().then_some("tooled")] {
                    a.skip href="#main" { "Skip to the content" }
                    (self.header())
                    div.columns {
                        (self.contents())
                        main #main tabindex="-1" { (self.main) (legend()) }
                        @if let Some(beside) = &self.beside { (beside) }
                    }
                }
            }
        };
        // The texts of a spec may contain characters that are invalid in HTML, or that hide others.
        visible_but(&markup.into_string(), |c| c == '\n' || c == '\t').into_owned()
    }

    fn header(&self) -> Markup {
        html! {
            header.top {
                nav.above aria-label="Breadcrumbs" {
                    ol {
                        @for (name, address) in self.above {
                            li { a href=(address) { (name) } }
                        }
                    }
                }
                div.search hidden {
                    label.aside for="search" { "Search" }
                    input #search type="search" placeholder="Search methods, parameters, codes  /"
                        autocomplete="off" spellcheck="false" role="combobox" aria-expanded="false"
                        aria-controls="found" aria-autocomplete="list";
                    ul #found role="listbox" aria-label="Results" hidden {}
                }
            }
        }
    }

    fn contents(&self) -> Markup {
        html! {
            nav.contents aria-label="On this page" {
                @if !self.contents.is_empty() {
                    p { "On this page" }
                    ul {
                        @for (name, id) in self.contents {
                            li { a href={ "#" (id) } { (name) } }
                        }
                    }
                }
            }
        }
    }
}

/// Explains the grades.
fn legend() -> Markup {
    html! {
        footer {
            p { "How certain a fact is:" }
            dl.grades {
                @for (_, grade) in Grade::ALL {
                    div { dt { (parts::badge(grade)) } dd { (parts::meaning(grade)) } }
                }
            }
            p { "Facts without a mark are documented. The descriptions are those of the spec, not of the platform." }
        }
    }
}
