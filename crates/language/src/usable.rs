//! What can be used of specs of which some are wrong.

use crate::diagnostic::{Diagnostic, Sink};
use crate::model::Model;
use crate::source::{SourceId, SourceMap};
use crate::{check, resolve, syntax};
use std::collections::BTreeMap;

/// What can be used of specs of which some are wrong.
pub struct Usable {
    /// The platforms that mean something, in the order of their folders.
    pub model: Model,
    /// The platforms with mistakes, in the same order.
    pub wrong: Vec<Wrong>,
}

/// A platform with mistakes. The model has it if only its vectors or examples fail.
pub struct Wrong {
    /// The name of its folder.
    pub platform: String,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Source to model, each platform by itself: a mistake in one leaves the others as they are.
pub fn analyse_each(sources: &SourceMap) -> Usable {
    let mut folders: BTreeMap<&str, Vec<SourceId>> = BTreeMap::new();
    for (id, source) in sources.iter() {
        let folder = source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        folders.entry(folder).or_default().push(id);
    }
    let (mut model, mut wrong) = (Model { platforms: Vec::new() }, Vec::new());
    for (folder, files) in folders {
        let mut sink = Sink::default();
        model
            .platforms
            .extend(platform(sources, &files, &mut sink).into_iter().flat_map(|own| own.platforms));
        if sink.has_errors() {
            wrong.push(Wrong { platform: folder.to_owned(), diagnostics: sink.into_sorted() });
        }
    }
    Usable { model, wrong }
}

/// The platform of a folder, if it means something.
fn platform(sources: &SourceMap, files: &[SourceId], sink: &mut Sink) -> Option<Model> {
    let parsed = files.iter().filter_map(|id| Some((*id, syntax::parse(sources, *id, sink)?)));
    let trees: Vec<_> = parsed.collect();
    if sink.has_errors() {
        return None;
    }
    let model = resolve::resolve(sources, &trees, sink);
    model.platforms.iter().for_each(|platform| check::soundness(platform, sink));
    if sink.has_errors() {
        return None;
    }
    model.platforms.iter().for_each(|platform| check::proofs(platform, sink));
    Some(model)
}
