//! Trees to model: names become ids, defaults are filled in.
//!
//! Keys are read in two passes a platform, because a method may use a type that a later file
//! declares: first every name is declared, then everything is defined.

mod about;
mod define;
mod envelope;
mod field;
mod gateway;
mod kind;
mod method;
mod read;
mod request;
mod rule;
mod signature;
mod time;
mod types;

pub use signature::read_vector;

use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Model, Platform};
use crate::source::{SourceId, SourceMap, SourceSpan};
use crate::syntax::Node;
use define::define;
use gateway::{Parts, gateway};
use method::{MethodFile, method, wire_name};
use read::{Keys, few_entries, keyed, offset};
use std::collections::BTreeMap;
use types::{Types, beginning};

/// Makes the model of all parsed files.
pub fn resolve(sources: &SourceMap, trees: &[(SourceId, Node)], sink: &mut Sink) -> Model {
    let mut folders: BTreeMap<&str, Folder<'_>> = BTreeMap::new();
    for (id, node) in trees {
        let path = sources.get(*id).path.as_str();
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let folder = folders.entry(folder).or_default();
        match file.strip_suffix(".yaml").or_else(|| file.strip_suffix(".yml")) {
            Some("platform") => folder.platform = Some((path, node)),
            Some("types") => folder.types = Some((path, node)),
            _ => folder.methods.push((path, node)),
        }
    }
    let platforms =
        folders.iter().filter_map(|(name, folder)| platform(name, folder, sink)).collect();
    Model { platforms }
}

/// The files of one platform.
#[derive(Default)]
struct Folder<'n> {
    platform: Option<(&'n str, &'n Node)>,
    types: Option<(&'n str, &'n Node)>,
    methods: Vec<(&'n str, &'n Node)>,
}

fn platform(folder: &str, files: &Folder<'_>, sink: &mut Sink) -> Option<Platform> {
    let Some((path, node)) = files.platform else {
        missing_platform(folder, files, sink);
        return None;
    };
    let mut keys = Keys::of(node, "a platform", sink)?;
    let (id, span) = platform_id(&mut keys, folder, sink)?;
    let title = keys.text("title", sink).unwrap_or_else(|| id.clone());
    let about = about::about(&mut keys, sink);
    let time_zone = keys.read("time_zone", sink, offset).unwrap_or(0);
    let parts = Parts::take(&mut keys);
    let further = keys.node("gateways");
    let own_types = keys.node("types");
    keys.finish(sink);

    let mut types = Types::default();
    let methods = method_files(&files.methods, sink);
    declare(&mut types, own_types, path, files.types, &methods, sink);

    let written = parts.values(sink);
    let scope = types.scope(None, &written.values, time_zone);
    let mut gateways = vec![gateway(&id, ("main", span), &parts, &written, &scope, sink)];
    gateways.extend(few_entries(further, "`gateways`", sink, |entry, sink| {
        let own = keyed(&entry.value, "a gateway", sink, |keys, _| Parts::take(keys))?;
        let parts = own.over(&parts);
        let written = parts.values(sink);
        let scope = types.scope(None, &written.values, time_zone);
        Some(gateway(&id, (&entry.key, entry.key_span), &parts, &written, &scope, sink))
    }));
    let mut methods: Vec<_> = methods
        .iter()
        .filter_map(|file| method(file, &gateways, &types, time_zone, sink))
        .collect();
    methods.sort_by_key(|method| method.name);
    let types = define(&types, &written.values, time_zone, sink);
    Some(Platform { id, span, title, about, time_zone, gateways, types, methods })
}

fn missing_platform(folder: &str, files: &Folder<'_>, sink: &mut Sink) {
    let first = files.types.or(files.methods.first().copied());
    if let Some((path, node)) = first {
        let message = if folder.is_empty() {
            format!("{path} does not lie in a platform's folder")
        } else {
            format!("the folder {folder} has no platform.yaml")
        };
        sink.report(Diagnostic::at(rules::MISSING_PLATFORM, beginning(node.span), message).help(
            "a platform is a folder: <platform>/platform.yaml, and one <method>.yaml a method",
        ));
    }
}

fn platform_id(keys: &mut Keys<'_>, folder: &str, sink: &mut Sink) -> Option<(String, SourceSpan)> {
    keys.require("platform", sink)?;
    let (id, span) = keys.spanned("platform", sink)?;
    if id != folder {
        let message = format!("`platform: {id}` lies in the folder `{folder}`");
        sink.report(
            Diagnostic::at(rules::PLATFORM_ID, span, message)
                .help(format!("rename the folder to `{id}`, or write `platform: {folder}`")),
        );
    }
    Some((id, span))
}

fn method_files<'n>(files: &[(&'n str, &'n Node)], sink: &mut Sink) -> Vec<MethodFile<'n>> {
    let mut methods: Vec<MethodFile<'n>> = Vec::new();
    for &(path, node) in files {
        let name = wire_name(path, node, sink);
        if let Some(earlier) = methods.iter().find(|method| method.name.0 == name.0) {
            let message = format!("there is a method `{}` already", name.0);
            sink.report(
                Diagnostic::at(rules::DUPLICATE_NAME, name.1, message)
                    .also(earlier.name.1, format!("its first spec is {}", earlier.path)),
            );
            continue;
        }
        methods.push(MethodFile { path: path.to_owned(), node, name });
    }
    methods
}

fn declare<'n>(
    types: &mut Types<'n>,
    own: Option<&'n Node>,
    path: &str,
    file: Option<(&'n str, &'n Node)>,
    methods: &[MethodFile<'n>],
    sink: &mut Sink,
) {
    if let Some(node) = own {
        types.declare(node, path, None, sink);
    }
    if let Some((path, node)) = file
        && let Some(mut keys) = Keys::of(node, "types.yaml", sink)
    {
        if let Some(node) = keys.require("types", sink) {
            types.declare(node, path, None, sink);
        }
        keys.finish(sink);
    }
    for method in methods {
        if let crate::syntax::NodeKind::Map(entries) = &method.node.kind
            && let Some(entry) = entries.iter().find(|entry| entry.key == "types")
        {
            types.declare(&entry.value, &method.path, Some(&method.name.0), sink);
        }
    }
}
