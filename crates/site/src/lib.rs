//! A documentation site of platforms: static HTML with a page for each method.
//!
//! [`Site::pages`] returns all files of the site. The pages are readable without JavaScript and refer
//! to each other by relative links, so that they can be opened from a folder. [`Site::method_page`]
//! renders one page together with a fragment of the caller, such as a form that calls the method.

mod assets;
mod book;
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

pub use other::other_page;
pub use page::{MARK, Page};

use book::Book;
use gatespec_language::model::Model;
use maud::Markup;

/// The media type of pages.
pub const HTML: &str = "text/html; charset=utf-8";

/// The site of all platforms of a model.
#[derive(Debug)]
pub struct Site<'m> {
    model: &'m Model,
    books: Vec<Book<'m>>,
}

impl<'m> Site<'m> {
    /// Prepares the site.
    pub fn new(model: &'m Model) -> Self {
        Self { model, books: model.platforms.iter().map(Book::new).collect() }
    }

    /// Returns all files: the start page, the pages of each platform and its methods, the style
    /// sheet, the script and the index of the search.
    pub fn pages(&self) -> Vec<Page> {
        let page = |path: String, text: String| Page { path, content_type: HTML, text };
        let mut pages = vec![page("index.html".to_owned(), home::page(self.model))];
        for book in &self.books {
            let platform = book.platform;
            pages.push(page(path::platform(platform), platform::page(platform)));
            if let Some(text) = types::page(book) {
                pages.push(page(path::types(platform), text));
            }
            for (index, method) in platform.methods.iter().enumerate() {
                let text = method::page(book, index, None);
                pages.push(page(path::method(platform, method), text));
            }
        }
        pages.extend(assets::files());
        pages.push(search::index(self.model));
        pages
    }

    /// Renders the page of a method with `tool` beside the description. The platform and the method
    /// are given by their indices in the model.
    pub fn method_page(&self, (platform, method): (usize, usize), tool: Markup) -> String {
        method::page(&self.books[platform], method, Some(tool))
    }
}
