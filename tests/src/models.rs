//! The specs of this repository that compile.

use crate::corpus::cases;
use crate::harness::{corpus, workspace};
use gatespec_language::diagnostic::Sink;
use gatespec_language::model::Platform;
use gatespec_language::sound;
use gatespec_language::source::load;
use std::io;

/// The shipped platforms, the invented ones, and the platform of every accepted case, each with the
/// name of its specs.
///
/// # Errors
///
/// When the corpus cannot be read.
pub fn platforms() -> io::Result<Vec<(String, Platform)>> {
    let folders = ["specs", "tests/platforms"]
        .map(|folder| Ok((folder.to_owned(), load(&workspace(folder), &mut Sink::default()))));
    let accepted = cases(&corpus("accept"))?
        .into_iter()
        .map(|case| Ok((case.name.clone(), case.sources(&corpus("base/platform.yaml"))?)));
    let all: Vec<_> = folders.into_iter().chain(accepted).collect::<io::Result<_>>()?;
    let named = all.into_iter().flat_map(|(name, sources)| {
        let platforms = sound(&sources, &mut Sink::default()).platforms.into_iter();
        platforms.map(move |platform| (format!("{name}/{}", platform.id), platform))
    });
    Ok(named.collect())
}
