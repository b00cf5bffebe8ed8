//! Turns the plan into tokens, one function per item. Decisions are made in `plan`.

mod facts;
mod file;
mod names;
mod operation;
mod platform;
mod range;
mod record;
mod root;
mod schema;
mod types;

pub(crate) use file::{File, Lazy, MARK};

use crate::plan::{Docs, Plan, Platform, Root};
use quote::quote;

/// Passes each file to `take`, one at a time.
pub(crate) fn emit(plan: &Plan<'_>, take: &mut dyn FnMut(File<'_>)) {
    take(root_file(plan));
    for platform in &plan.platforms {
        files(plan, platform, take);
    }
}

fn root_file<'a>(plan: &'a Plan<'_>) -> File<'a> {
    let (path, docs) = match plan.options.root {
        Root::Crate => ("lib.rs", plan.docs.lines().to_vec()),
        // An included file cannot carry inner documentation (`//!`) for the module that includes
        // it.
        Root::Module => ("mod.rs", Vec::new()),
    };
    let items = root::root(plan);
    File { docs, items, ..file(plan, path.to_owned(), "", &Docs::default(), Vec::new()) }
}

fn files(plan: &Plan<'_>, platform: &Platform<'_>, take: &mut dyn FnMut(File<'_>)) {
    let runtime = &plan.runtime;
    let folder = &platform.module;
    let id = &platform.spec.id;
    let blocking = plan.options.blocking;
    let uses = || vec![Lazy::new(|| quote!(use #runtime::generated as rt;))];
    let mut items = uses();
    items.extend(platform::platform(platform, blocking));
    let source = format!("{id}/platform.yaml");
    take(file(plan, format!("{folder}/mod.rs"), &source, &platform.docs, items));
    if let Some(first) = platform.shared.first() {
        let shared = platform.shared.iter().filter_map(|&index| platform.types.get(index));
        let mut items = uses();
        items.extend(shared.flat_map(|item| record::item(item, platform.types_std)));
        let source = &platform.spec.types[*first].file;
        take(file(plan, format!("{folder}/types.rs"), source, &platform.types_docs, items));
    }
    let mut items = uses();
    items.push(Lazy::new(|| platform::spec(platform)));
    let source = format!("{id}/");
    take(file(plan, format!("{folder}/spec.rs"), &source, &Docs::default(), items));
    for method in &platform.methods {
        let mut items = uses();
        items.extend(operation::operation(platform, method, blocking));
        let path = format!("{folder}/{}.rs", method.module);
        take(file(plan, path, &method.spec.file, &method.docs, items));
    }
}

fn file<'a>(
    plan: &Plan<'_>,
    path: String,
    source: &str,
    docs: &Docs,
    items: Vec<Lazy<'a>>,
) -> File<'a> {
    let header = format!("{MARK}{source}. {}", plan.options.command);
    File { path, source: source.to_owned(), header, docs: docs.lines().to_vec(), items }
}
