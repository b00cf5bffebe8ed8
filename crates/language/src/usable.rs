//! The usable part of specs with errors.

use crate::diagnostic::{Diagnostic, Severity, Sink};
use crate::model::Model;
use crate::resolve::Resolved;
use crate::source::{SourceId, SourceMap};
use crate::{check, explain, resolve, trees};
use std::collections::{BTreeMap, HashSet};

/// The usable part of specs with errors.
pub struct Usable {
    /// The platforms that can be used, in the order of their folders.
    pub model: Model,
    /// The platforms with errors, in the same order.
    pub wrong: Vec<Wrong>,
}

/// A platform with errors. The model contains it if the errors are only in vectors, in examples or
/// in single methods. Methods with errors are left out.
pub struct Wrong {
    /// The name of the folder.
    pub platform: String,
    /// Its errors and warnings.
    pub diagnostics: Vec<Diagnostic>,
}

/// Analyses each platform separately, so that errors in one do not affect the others.
pub fn analyse_each(sources: &SourceMap) -> Usable {
    let mut folders: BTreeMap<&str, Vec<SourceId>> = BTreeMap::new();
    for (id, source) in sources.iter() {
        let folder = source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        folders.entry(folder).or_default().push(id);
    }
    let (mut model, mut wrong) = (Model { platforms: Vec::new() }, Vec::new());
    for (folder, mut files) in folders {
        let mut sink = Sink::default();
        let mut found = platform(sources, &files, &mut sink);
        let failed = sink.has_errors();
        let diagnostics = sink.into_sorted();
        if found.is_none() && leave_out(sources, &mut files, &diagnostics) {
            found = platform(sources, &files, &mut Sink::default());
        }
        model.platforms.extend(found.into_iter().flat_map(|own| own.platforms));
        if failed {
            wrong.push(Wrong { platform: folder.to_owned(), diagnostics });
        }
    }
    Usable { model, wrong }
}

/// Removes the files of methods with errors. Returns `false` if there are other errors.
fn leave_out(sources: &SourceMap, files: &mut Vec<SourceId>, diagnostics: &[Diagnostic]) -> bool {
    let errors = diagnostics.iter().filter(|one| one.severity == Severity::Error);
    let wrong: Option<HashSet<_>> = errors.map(|one| Some(one.span?.source)).collect();
    let shared = |id: &SourceId| {
        let name = sources.get(*id).path.rsplit('/').next().unwrap_or_default();
        matches!(name.split('.').next(), Some("platform" | "types"))
    };
    let Some(wrong) = wrong.filter(|wrong| !wrong.iter().any(shared)) else { return false };
    files.retain(|id| !wrong.contains(id));
    true
}

/// The platform in a folder, if it has no errors outside vectors and examples.
fn platform(sources: &SourceMap, files: &[SourceId], sink: &mut Sink) -> Option<Model> {
    let trees = trees(sources, files, sink);
    let Resolved { model, layouts } = resolve::resolve(sources, &trees, sink);
    let mut is_sound = true;
    for (platform, layout) in model.platforms.iter().zip(&layouts) {
        let can_be_filled = check::soundness(platform, layout, sink);
        is_sound &= !sink.has_errors();
        if can_be_filled {
            check::proofs(platform, layout, sink);
        }
    }
    is_sound &= !model.platforms.is_empty() || !sink.has_errors();
    explain(sources, sink);
    is_sound.then_some(model)
}
