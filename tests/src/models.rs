//! The specs of this repository that compile.

use crate::corpus::cases;
use crate::harness::{corpus, workspace};
use gatespec_language::diagnostic::Sink;
use gatespec_language::model::Platform;
use gatespec_language::sound;
use gatespec_language::source::{SourceMap, load};
use std::io;

/// The shipped platforms, the invented ones, and the platform of every accepted case, each with the
/// name of its specs.
///
/// # Errors
///
/// When the corpus cannot be read.
pub fn platforms() -> io::Result<Vec<(String, Platform)>> {
    let mut all: Vec<_> = ["specs", "tests/platforms"].into_iter().flat_map(in_folder).collect();
    for case in cases(&corpus("accept"))? {
        let sources = case.sources(&corpus("base/platform.yaml"))?;
        all.extend(named(&case.name, &sources));
    }
    Ok(all)
}

/// The platforms of a folder of the workspace, each with the name of its specs.
pub fn in_folder(folder: &str) -> impl Iterator<Item = (String, Platform)> + use<> {
    named(folder, &load(&workspace(folder), &mut Sink::default()))
}

fn named(name: &str, sources: &SourceMap) -> impl Iterator<Item = (String, Platform)> + use<> {
    let (name, platforms) = (name.to_owned(), sound(sources, &mut Sink::default()).platforms);
    platforms.into_iter().map(move |platform| (format!("{name}/{}", platform.id), platform))
}
