//! The first page of a platform: quick start, table of methods, credentials.

use super::about::{add_provenance, joined, note, sentence, summary};
use crate::model;
use crate::plan::names::Ident;
use crate::plan::options::Options;
use crate::plan::prose::{Docs, code, escaped};
use crate::plan::tree::{Credential, Named, Platform};
use gatespec_protocol::credentials::variable;

/// Adds the quick start, from credentials to the first answer, with one method as example.
pub(crate) fn quick_start(
    docs: &mut Docs,
    credentials: &[Credential<'_>],
    shown: Option<&Named>,
    (platform, module): (&str, &Ident),
    options: &Options,
) {
    let needed = credentials.iter().filter(|credential| !credential.optional);
    let arguments: Vec<_> = needed.map(|credential| format!("{:?}", credential.wire)).collect();
    let build = format!("Client::builder(Credentials::new({})).build()?;", arguments.join(", "));
    let fallible = "-> Result<(), Box<dyn std::error::Error>> {";
    let mut lines = match &options.doc_path {
        Some(path) => vec![
            format!("use {path}::{module}::{{Client, Credentials}};"),
            String::new(),
            format!("# fn example() {fallible}"),
        ],
        None => Vec::new(),
    };
    lines.push(format!("let client = {build}"));
    lines.extend(options.doc_path.is_some().then(|| "# Ok(()) }".to_owned()));
    docs.heading(1, "Quick start");
    docs.code(if options.doc_path.is_some() { "no_run" } else { "text" }, &lines);
    let mut text = Vec::new();
    if let Some(shown) = shown {
        text.push(format!(
            "Each method is a function of [`Client`], such as [`Client::{}`]. It validates the request \
             ([`{}`]), signs and sends it, and returns the data; `Client::send` returns the whole answer.",
            shown.module, shown.request,
        ));
    }
    text.extend(
        options.blocking.then(|| "[`blocking::Client`] does the same without `async`.".to_owned()),
    );
    text.push("[`Receiver`] verifies and answers calls from the platform.".to_owned());
    docs.paragraph(&joined(text));
    let variables: Vec<_> =
        credentials.iter().map(|one| code(&variable(platform, one.wire))).collect();
    let mut text = Vec::new();
    if !variables.is_empty() {
        text.push(format!(
            "[`Client::from_env`] takes the [`Credentials`] from the environment: {}.",
            variables.join(", ")
        ));
    }
    text.push(
        "[`ClientBuilder`] sets the address, limits, [retries](rt::client::RetryPolicy) and \
         [tokens](rt::client::TokenProvider). What can go wrong is an [`Error`](rt::Error)."
            .to_owned(),
    );
    docs.paragraph(&joined(text));
}

/// Adds the table of methods and their functions.
pub(crate) fn methods(docs: &mut Docs, platform: &model::Platform, methods: &[Named]) {
    let rows: Vec<Vec<String>> = platform
        .methods
        .iter()
        .zip(methods)
        .map(|(method, named)| {
            let function = format!("[`{0}`](Client::{0})", named.module);
            vec![code(method.name), function, sentence(&escaped(&method.title))]
        })
        .collect();
    if !rows.is_empty() {
        docs.heading(1, "Methods");
        docs.table(&["Gateway method", "Function", "What it does"], &rows);
    }
}

/// Describes one credential.
pub(crate) fn credential(credential: &model::Credential) -> String {
    let otherwise = format!("The credential {}", code(credential.name));
    let mut text = vec![summary(&credential.about, &[], &otherwise)];
    text.extend(note(&credential.about));
    joined(text)
}

/// Returns one item for each credential: what it is, how to get it, and which calls need it.
pub(crate) fn credential_items(credentials: &[Credential<'_>]) -> Vec<String> {
    let item = |one: &Credential<'_>| {
        let needed_by: Vec<_> = one.needed_by.iter().map(|name| code(name)).collect();
        let optional = match (one.optional, needed_by.as_slice()) {
            (false, _) => String::new(),
            (true, []) => " Optional.".to_owned(),
            (true, names) => format!(" Only for calls of {}.", names.join(", ")),
        };
        format!("{}: {}{optional}", code(one.ident.as_str()), one.docs)
    };
    credentials.iter().map(item).collect()
}

/// Documentation of the credentials' type.
pub(crate) fn credentials(credentials: &[Credential<'_>]) -> Docs {
    let mut docs = Docs::of(0, "Identifies the caller. `Debug` shows names only.");
    docs.list(&credential_items(credentials));
    let parts = credentials.iter().map(|one| (one.ident.as_str(), one.provenance.clone()));
    add_provenance(&mut docs, &[], parts);
    docs
}

/// Documentation of the crate: every platform, every method with its path.
pub(crate) fn root(platforms: &[Platform<'_>], options: &Options) -> Docs {
    let mut docs = Docs::of(0, "Typed, validating, signing clients of signed gateway APIs.");
    docs.paragraph(
        "Each platform has a module and a Cargo feature. Its module documents the gateway's protocol, and how \
         certain each fact is.",
    );
    let path = options.doc_path.as_deref().unwrap_or("crate");
    let rows = platforms.iter().map(|platform| {
        vec![
            code(&platform.spec.id),
            code(&format!("{path}::{}", platform.module)),
            platform.title.trim_end_matches('.').to_owned(),
        ]
    });
    docs.heading(1, "Platforms");
    docs.table(&["Feature", "Module", "Platform"], &rows.collect::<Vec<_>>());
    let rows = platforms.iter().flat_map(|platform| {
        platform.methods.iter().map(move |method| {
            let function = format!("{}::Client::{}", platform.module, method.module);
            let request = format!("{}::{}", platform.module, method.request.ident);
            vec![code(method.spec.name), code(&function), code(&request)]
        })
    });
    docs.heading(1, "Methods");
    docs.table(&["Gateway method", "Function", "Request"], &rows.collect::<Vec<_>>());
    docs
}
