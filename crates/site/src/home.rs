//! The start page.

use crate::frame::Frame;
use crate::{parts, path};
use gatespec_language::model::Model;
use maud::html;

pub(crate) fn page(model: &Model) -> String {
    let frame = Frame {
        title: "Platforms",
        root: "",
        above: &[],
        contents: &[],
        main: html! {
            h1 { "Platforms" }
            @if model.platforms.is_empty() { p { "The specs contain no platform." } }
            div.cards {
                @for platform in &model.platforms {
                    article {
                        h2 { a href=(path::platform(platform)) { (platform.title) } }
                        p { (parts::term(&platform.about)) }
                        @if let Some(doc) = &platform.about.doc { p { (parts::sentence(doc)) } }
                        ul.methods {
                            @for method in platform.methods.iter().take(5) {
                                li {
                                    a href=(path::method(platform, method)) { code { (method.name) } }
                                    " " (method.title)
                                }
                            }
                        }
                        @if platform.methods.len() > 5 {
                            p { a href=(path::platform(platform)) { "All " (platform.methods.len()) " methods" } }
                        }
                    }
                }
            }
        },
        beside: None,
    };
    frame.render()
}
