//! The site as files.

use gatespec_language::diagnostic::Sink;
use gatespec_language::model::Model;
use gatespec_language::{sound, source};
use gatespec_site::{HTML, Site};
use gatespec_tests::harness::workspace;
use std::fs;
use tempfile::TempDir;
use url::Url;

/// The site of the shipped platforms in a folder.
pub(crate) struct Files {
    folder: TempDir,
    /// The paths of the pages.
    pub(crate) pages: Vec<String>,
}

/// The shipped platforms.
pub(crate) fn shipped() -> Model {
    sound(&source::load(&workspace("specs"), &mut Sink::default()), &mut Sink::default())
}

impl Files {
    pub(crate) fn write() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut paths = Vec::new();
        for page in Site::new(&shipped()).pages() {
            let file = folder.path().join(&page.path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, page.text).unwrap();
            if page.content_type == HTML {
                paths.push(page.path);
            }
        }
        assert!(paths.len() > 10, "{paths:?}");
        Self { folder, pages: paths }
    }

    /// The address of a page.
    pub(crate) fn url(&self, path: &str) -> String {
        Url::from_file_path(self.folder.path().join(path)).unwrap().into()
    }
}
