//! Reports types, labels and credentials that are declared but not used.

use crate::check::template;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Field, Gateway, Method, Platform, Returns, Type, TypeId, TypeKind};
use crate::source::SourceSpan;
use crate::table::BUILT_IN;
use gatespec_protocol::template::{Part, scan};
use gatespec_protocol::{Op, Recipe, Source};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(platform: &Platform, sink: &mut Sink) {
    types(platform, sink);
    // Gateways inherit declarations, so a declaration is used if any gateway uses it.
    let mut idle: BTreeMap<SourceSpan, (&str, &str)> = BTreeMap::new();
    let mut used: BTreeSet<SourceSpan> = BTreeSet::new();
    for (index, gateway) in platform.gateways.iter().enumerate() {
        let methods: Vec<_> =
            platform.methods.iter().filter(|method| method.gateway == index).collect();
        let names = names(gateway, &methods);
        let credentials = gateway.credentials.iter().map(|one| ("credential", one.name, one.span));
        let labels = gateway.labels.iter().map(|one| ("label", one.name, one.span));
        for (what, name, span) in credentials.chain(labels) {
            if names.contains(name) {
                used.insert(span);
            } else {
                idle.insert(span, (what, name));
            }
        }
    }
    for (span, (what, name)) in idle.into_iter().filter(|(span, _)| !used.contains(span)) {
        report(what, name, span, sink);
    }
}

fn report(what: &str, name: &str, span: SourceSpan, sink: &mut Sink) {
    let message = format!("unused {what} `{name}`");
    sink.report(Diagnostic::at(rules::UNUSED, span, message));
}

fn types(platform: &Platform, sink: &mut Sink) {
    let mut used = BTreeSet::new();
    let mut open: Vec<&Field> = Vec::new();
    for method in &platform.methods {
        open.extend(&method.request.fields);
        match &method.returns {
            Returns::Nothing => {}
            Returns::Record(record) => open.extend(&record.fields),
            Returns::Value(field) => open.push(field),
        }
    }
    open.extend(platform.gateways.iter().flat_map(|gateway| &gateway.envelope.fields));
    while let Some(field) = open.pop() {
        let (Type::Record(id) | Type::Enumeration(id)) = field.ty else { continue };
        if used.insert(id)
            && let TypeKind::Record(record) = &platform.type_def(id).kind
        {
            open.extend(&record.fields);
        }
    }
    for (index, def) in platform.types.iter().enumerate() {
        // A type with a built-in name cannot be used; another check reports the name.
        let can_be_used = !BUILT_IN.contains(&&*def.name);
        if can_be_used && !used.contains(&TypeId(index)) {
            report("type", &def.name, def.span, sink);
        }
    }
}

/// The credentials and labels that a gateway uses.
fn names<'g>(gateway: &'g Gateway, methods: &[&'g Method]) -> BTreeSet<&'g str> {
    let mut names = BTreeSet::new();
    let mut recipes: Vec<Recipe<'static>> =
        gateway.signatures.iter().map(|signature| signature.recipe).collect();
    for param in &gateway.public {
        match param.source {
            Source::Credential(name) | Source::Label(name) => {
                names.insert(name);
            }
            Source::Formula(recipe) => recipes.push(recipe),
            _ => {}
        }
    }
    for step in &gateway.envelope.open {
        recipes.extend([&step.key, &step.iv].into_iter().flatten().map(|one| one.recipe));
    }
    for op in recipes.iter().flat_map(|recipe| recipe.0) {
        if let Op::Credential(name) | Op::Label(name) = op {
            names.insert(name);
        }
    }
    names.extend(gateway.errors.iter().filter_map(|row| row.refresh));
    let mut templates: Vec<&'g str> = template::paths(gateway).collect();
    templates.extend(gateway.labels.iter().filter_map(|label| label.default));
    for method in methods {
        names.extend(method.errors.iter().filter_map(|row| row.refresh));
        templates.push(method.path.unwrap_or(gateway.path));
        templates.extend(method.data);
        templates.extend(method.labels.iter().map(|(_, text)| *text));
    }
    templates.push(gateway.path);
    for part in templates.into_iter().flat_map(scan) {
        if let Ok(Part::Hole { name, .. }) = part {
            names.insert(name);
        }
    }
    names
}
