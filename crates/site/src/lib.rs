//! A documentation site of platforms: static HTML with a page for each method.
//!
//! [`pages`] returns all files of the site. The pages are readable without JavaScript and refer to
//! each other by relative links, so that they can be opened from a folder. [`method_page`] renders
//! one page together with a fragment of the caller, such as a form that calls the method.

mod assets;
mod codes;
mod frame;
mod home;
mod method;
mod other;
mod page;
pub mod parts;
pub mod path;
mod platform;
mod record;
mod search;
mod shared;
mod signature;
mod types;

pub use method::method_page;
pub use other::other_page;
pub use page::{MARK, Page};

use gatespec_language::model::Model;
use shared::Shared;

/// The media type of pages.
pub const HTML: &str = "text/html; charset=utf-8";

/// Returns all files of the site: the start page, the pages of each platform and its methods, the
/// style sheet, the script and the index of the search.
pub fn pages(model: &Model) -> Vec<Page> {
    let page = |path: String, text: String| Page { path, content_type: HTML, text };
    let mut pages = vec![page("index.html".to_owned(), home::page(model))];
    for platform in &model.platforms {
        let shared = Shared::of(platform);
        pages.push(page(path::platform(platform), platform::page(platform)));
        if let Some(text) = types::page(platform, &shared) {
            pages.push(page(path::types(platform), text));
        }
        let rust = method::rust(platform);
        for (index, method) in platform.methods.iter().enumerate() {
            let rust = rust.get(index).map_or(&[][..], Vec::as_slice);
            let text = method::page((platform, index), &shared, rust, None);
            pages.push(page(path::method(platform, method), text));
        }
    }
    pages.extend(assets::files());
    pages.push(search::index(model));
    pages
}
