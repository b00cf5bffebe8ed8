//! Builds the model from the trees of files: names become ids, and defaults are filled in.
//!
//! Each platform is read in two passes, because a method may use a type that a later file declares.
//! The first pass declares all names, and the second defines everything.

mod about;
mod define;
mod envelope;
mod field;
mod gateway;
mod keys;
mod kind;
mod layout;
mod levels;
mod method;
mod read;
mod request;
mod rule;
mod signature;
mod time;
mod types;
mod words;

pub(crate) use layout::{Areas, Layout};
pub use signature::read_vector;

use crate::diagnostic::{Diagnostic, Edition, Sink, rules};
use crate::model::{Gateway, Method, Model, Platform};
use crate::source::{SourceId, SourceMap, SourceSpan};
use crate::syntax::{Node, NodeKind};
use crate::table::{GATEWAY, GATEWAYS, METHOD, PLATFORM, TYPES_FILE};
use define::define;
use gateway::{Parts, gateway};
use keys::{Keys, keyed, peek};
use method::{Around, MethodFile, method, wire_name};
use read::{areas, declared, few_entries, is_unread, offset, spanned};
use std::collections::{BTreeMap, HashMap};
use time::TimeZone;
use types::{Types, beginning};

/// The model, and the positions of its parts.
pub(crate) struct Resolved {
    /// The model of everything that can be read.
    pub model: Model,
    /// The layout of each platform.
    pub layouts: Vec<Layout>,
}

/// Builds the model of all files. Files that could not be parsed have no tree.
pub(crate) fn resolve(
    sources: &SourceMap,
    trees: &[(SourceId, Option<Node>)],
    sink: &mut Sink,
) -> Resolved {
    let mut folders: BTreeMap<&str, Folder<'_>> = BTreeMap::new();
    for (id, node) in trees {
        let path = sources.get(*id).path.as_str();
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let folder = folders.entry(folder).or_default();
        folder.files.push(*id);
        let spec = Spec { path, source: *id, node: node.as_ref() };
        folder.texts.push((file, sources.get(*id).text.as_str()));
        match file.strip_suffix(".yaml").or_else(|| file.strip_suffix(".yml")) {
            Some("platform") => only(&mut folder.platform, spec, sink),
            Some("types") => only(&mut folder.types, spec, sink),
            _ => folder.methods.push(spec),
        }
    }
    for path in sources.unread() {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let folder = folders.entry(folder).or_default();
        match file.split('.').next() {
            Some("platform") => folder.unread_platform = true,
            Some("types") => folder.unread_types = true,
            _ => folder.unread_method = true,
        }
    }
    let platforms = folders.iter().filter_map(|(name, folder)| platform(name, folder, sink));
    let (platforms, layouts) = platforms.unzip();
    let files = folders.values().filter_map(|folder| {
        let node = folder.platform?.node?;
        Some((node.span, folder.files.clone()))
    });
    levels::settle(trees, &files.collect(), sink);
    Resolved { model: Model { platforms }, layouts }
}

/// A file; `node` is `None` if the file could not be parsed.
#[derive(Clone, Copy)]
struct Spec<'n> {
    path: &'n str,
    source: SourceId,
    node: Option<&'n Node>,
}

/// The files of one platform.
#[derive(Default)]
struct Folder<'n> {
    /// The text of each file, with the name of the file.
    texts: Vec<(&'n str, &'n str)>,
    platform: Option<Spec<'n>>,
    types: Option<Spec<'n>>,
    methods: Vec<Spec<'n>>,
    unread_platform: bool,
    unread_types: bool,
    unread_method: bool,
    files: Vec<SourceId>,
}

/// Stores a file of which a platform can have only one. Reports a second file of this kind,
/// which may have another extension.
fn only<'n>(file: &mut Option<Spec<'n>>, spec: Spec<'n>, sink: &mut Sink) {
    let Some(first) = file else {
        *file = Some(spec);
        return;
    };
    let beginning = |source| SourceSpan { source, start: 0, end: 0 };
    let message = format!("there is already {}, and only one of the two is read", first.path);
    sink.report(
        Diagnostic::at(rules::DUPLICATE_NAME, beginning(spec.source), message)
            .also(beginning(first.source), "this one")
            .help("merge the two files, or delete one"),
    );
}

fn platform(folder: &str, files: &Folder<'_>, sink: &mut Sink) -> Option<(Platform, Layout)> {
    let Some(Spec { path, node, .. }) = files.platform else {
        if !files.unread_platform {
            missing_platform(folder, files, sink);
        }
        return None;
    };
    let mut keys = Keys::of(node?, &PLATFORM, sink)?;
    let (id, span) = platform_id(&mut keys, folder, sink);
    let edition = keys.word("language", &Edition::ALL, sink).unwrap_or_default();
    sink.state_edition(&files.files, edition);
    let title = keys.text("title", sink).unwrap_or_else(|| id.clone());
    let about = about::about(&mut keys, sink);
    let zone_read = keys.entry("time_zone").is_some() || keys.is_partial();
    let time_zone = TimeZone::new(keys.read("time_zone", sink, offset));
    let parts = Parts::take(&mut keys, u32::MAX);
    let further = keys.node("gateways");
    let gateways_end = keys.area("gateways", u32::MAX).map_or(u32::MAX, |area| area.end);
    let own_types = keys
        .node("types")
        .map(|node| (node, keys.area("types", u32::MAX).map_or(u32::MAX, |area| area.end)));
    let partial = keys.is_partial();
    keys.finish(sink);

    let mut types = Types::default();
    types.unread = files.unread_types || partial;
    let methods = method_files(&files.methods, sink);
    declare(&mut types, own_types, path, files.types, &methods, sink);

    let mut layout = Layout {
        partial: partial
            || files.unread_method
            || files.methods.iter().any(|spec| spec.node.is_none()),
        ..Layout::default()
    };
    let written = parts.values(sink);
    let scope = types.scope(None, &written.values, &time_zone);
    let main = gateway(&id, ("main", span), &parts, &written, &scope, sink);
    layout.gateways.push(parts.areas.clone());
    let table = (further, gateways_end);
    let others = further_gateways(&id, table, &parts, (&types, &time_zone), &mut layout, sink);
    let gateways: Vec<_> = std::iter::once(main).chain(others).collect();
    let around = Around {
        gateways: &gateways,
        unread_gateways: partial || is_unread(further),
        types: &types,
        time_zone: &time_zone,
    };
    let methods = read_methods(&methods, &around, &mut layout, sink);
    layout.types = types.declared.iter().map(|declared| declared.area).collect();
    let types = define(&types, &written.values, &time_zone, sink);
    if let Some(time) = time_zone.missing().filter(|_| !zone_read) {
        missing_zone(span, time, sink);
    }
    let time_zone = time_zone.given.unwrap_or(0);
    let texts = files.texts.iter().map(|&(name, text)| (name.to_owned(), text.to_owned()));
    let files = texts.collect();
    Some((Platform { id, span, title, about, time_zone, files, gateways, types, methods }, layout))
}

/// Reads the gateways in a table that ends at `end`. Each gateway inherits from `base` the keys
/// that it does not have itself.
fn further_gateways<'n>(
    id: &str,
    (table, end): (Option<&'n Node>, u32),
    base: &Parts<'n>,
    (types, time_zone): (&Types<'_>, &TimeZone),
    layout: &mut Layout,
    sink: &mut Sink,
) -> Vec<Gateway> {
    let ends: BTreeMap<_, _> =
        areas(declared(table), end).map(|(entry, area)| (entry.key.as_str(), area.end)).collect();
    few_entries(table, &GATEWAYS, sink, |entry, sink| {
        let end = ends.get(&*entry.key).copied().unwrap_or(end);
        let own = keyed(&entry.value, &GATEWAY, sink, |keys, _| Parts::take(keys, end))?;
        let parts = own.over(base);
        let written = parts.values(sink);
        let scope = types.scope(None, &written.values, time_zone);
        let gateway = gateway(id, (&entry.key, entry.key_span), &parts, &written, &scope, sink);
        layout.gateways.push(parts.areas);
        Some(gateway)
    })
}

/// Reads the files of methods, and sorts the methods by name.
fn read_methods(
    files: &[MethodFile<'_>],
    around: &Around<'_>,
    layout: &mut Layout,
    sink: &mut Sink,
) -> Vec<Method> {
    let mut methods = Vec::new();
    for file in files {
        if let Some((method, areas)) = method(file, around, sink) {
            layout.methods.insert(method.name, areas);
            methods.push(method);
        } else {
            layout.partial = true;
        }
    }
    methods.sort_by_key(|method| method.name);
    methods
}

/// Reports that a time needs the platform's time zone, which is missing.
fn missing_zone(platform: SourceSpan, time: SourceSpan, sink: &mut Sink) {
    let message =
        "the platform has no `time_zone`, which applies to every time without a zone of its own";
    let help = "write `time_zone: \"+08:00\"` for China; otherwise the times would be in UTC";
    let diagnostic = Diagnostic::at(rules::MISSING_KEY, platform, message);
    sink.report(diagnostic.also(time, "this time has no zone").help(help));
}

fn missing_platform(folder: &str, files: &Folder<'_>, sink: &mut Sink) {
    let Some(first) = files.types.or(files.methods.first().copied()) else { return };
    let path = first.path;
    let message = if folder.is_empty() {
        format!("{path} is not in a platform's folder")
    } else {
        format!("the folder {folder} has no platform.yaml")
    };
    let beginning = SourceSpan { source: first.source, start: 0, end: 0 };
    let beginning = first.node.map_or(beginning, |node| self::beginning(node.span));
    sink.report(Diagnostic::at(rules::MISSING_PLATFORM, beginning, message).help(
        "a platform is a folder: <platform>/platform.yaml, and one <method>.yaml per method",
    ));
}

/// The platform's id: the value of the key `platform`, which must be the name of the folder. If the
/// key cannot be read, the name of the folder.
fn platform_id(keys: &mut Keys<'_>, folder: &str, sink: &mut Sink) -> (String, SourceSpan) {
    let beginning = SourceSpan { end: keys.span().start, ..keys.span() };
    let written = keys.node("platform");
    let Some((id, span)) = written.and_then(|node| spanned(node, sink)) else {
        return (folder.to_owned(), beginning);
    };
    if id != folder {
        let message = format!("`platform: {id}` does not match the folder `{folder}`");
        sink.report(
            Diagnostic::at(rules::PLATFORM_ID, span, message)
                .help(format!("rename the folder to `{id}`, or write `platform: {folder}`")),
        );
    }
    (id, span)
}

fn method_files<'n>(files: &[Spec<'n>], sink: &mut Sink) -> Vec<MethodFile<'n>> {
    let mut methods: Vec<MethodFile<'n>> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for &Spec { path, node, .. } in files {
        let Some(node) = node else { continue };
        let name = wire_name(path, node, sink);
        if let Some(earlier) = seen.get(&name.0).and_then(|at| methods.get(*at)) {
            let message = format!("duplicate method `{}`", name.0);
            sink.report(
                Diagnostic::at(rules::DUPLICATE_NAME, name.1, message)
                    .also(earlier.name.1, format!("first defined in {}", earlier.path)),
            );
            continue;
        }
        seen.insert(name.0.clone(), methods.len());
        methods.push(MethodFile { path: path.to_owned(), node, name });
    }
    methods
}

fn declare<'n>(
    types: &mut Types<'n>,
    own: Option<(&'n Node, u32)>,
    path: &str,
    file: Option<Spec<'n>>,
    methods: &[MethodFile<'n>],
    sink: &mut Sink,
) {
    if let Some(node) = own {
        types.declare(node, path, None, sink);
    }
    if let Some(Spec { path, node, .. }) = file {
        let keys = node.and_then(|node| Keys::of(node, &TYPES_FILE, sink));
        types.unread |= keys.as_ref().is_none_or(Keys::is_partial);
        if let Some(mut keys) = keys {
            if let Some(node) = keys.node("types") {
                types.declare((node, u32::MAX), path, None, sink);
            }
            keys.finish(sink);
        }
    }
    for method in methods {
        if let Some(entry) = peek(method.node, &METHOD, "types") {
            let end = match &method.node.kind {
                NodeKind::Map(entries) => areas(entries, u32::MAX)
                    .find(|(other, _)| std::ptr::eq(*other, entry))
                    .map_or(u32::MAX, |(_, area)| area.end),
                _ => u32::MAX,
            };
            types.declare((&entry.value, end), &method.path, Some(&method.name.0), sink);
        }
    }
}
