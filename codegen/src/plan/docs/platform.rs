//! Documentation of a platform: its protocol, and how certain the facts are.

use super::about::{grade, joined, provenance, sentence, summary};
use super::{certainty, item, overview};
use crate::model::{Environment, ErrorCode, Gateway, Grade, Platform};
use crate::plan::options::Options;
use crate::plan::prose::{Docs, INDENT, code, escaped, plain};
use crate::plan::tree::{Credential, Named};
use crate::plan::types::Names;
use gatespec_language::gaps::{colliding, gaps};
use gatespec_language::words::{self, Words};
use gatespec_protocol::RetryAfter;

/// Returns the platform's title as a sentence, with the platform's term in parentheses.
pub(crate) fn title(platform: &Platform) -> String {
    let mut about = platform.about.clone();
    about.doc = Some(platform.title.clone());
    summary(&about, &[], "")
}

/// Documentation of the platform's module.
pub(crate) fn module(
    names: &Names<'_>,
    credentials: &[Credential<'_>],
    methods: &[Named],
    options: &Options,
) -> Docs {
    let platform = names.spec;
    let mut docs = Docs::of(0, &title(platform));
    let mut text: Vec<String> = Vec::new();
    text.extend(platform.about.doc.as_deref().map(|doc| sentence(&escaped(doc))));
    text.extend(provenance(&platform.about));
    docs.paragraph(&joined(text));
    // A method of the main gateway is the most useful example.
    let served = platform.methods.iter().zip(methods);
    let main = served.clone().find(|(method, _)| method.gateway == 0);
    let shown = main.or_else(|| served.clone().next()).map(|(_, named)| named);
    let module = (platform.id.as_str(), &names.module);
    overview::quick_start(&mut docs, credentials, shown, module, options);
    docs.section("Credentials", &overview::credential_items(credentials));
    overview::methods(&mut docs, platform, methods);
    protocols(names, &mut docs);
    certainty::section(&mut docs, platform);
    docs
}

/// Adds addresses, signature, answers and error codes of every gateway.
fn protocols(names: &Names<'_>, docs: &mut Docs) {
    let gateways = &names.spec.gateways;
    for (index, gateway) in gateways.iter().enumerate() {
        let of =
            if gateways.len() > 1 { format!(" of {}", code(gateway.name)) } else { String::new() };
        docs.heading(1, &format!("Environments{of}"));
        docs.list(&gateway.environments.iter().map(environment).collect::<Vec<_>>());
        docs.heading(1, &format!("Requests{of}"));
        docs.paragraph(&joined(provenance(&gateway.about)));
        docs.paragraph(&values(gateway));
        signatures(names, index, docs);
        docs.paragraph(&replay(gateway));
        docs.heading(1, &format!("Answers{of}"));
        answers(gateway, docs);
        if !gateway.errors.is_empty() {
            docs.heading(1, &format!("Error codes{of}"));
            error_table(docs, &gateway.errors);
        }
    }
}

fn environment(environment: &Environment) -> String {
    let name = code(&environment.name);
    let url = match &environment.url {
        Some(url) => escaped(url),
        None => "not disclosed".to_owned(),
    };
    let mut text = vec![format!("{name}: {url}.")];
    if environment.about.doc.is_some() || environment.about.term.is_some() {
        text.push(summary(&environment.about, &[], ""));
    }
    text.extend(provenance(&environment.about));
    joined(text)
}

fn values(gateway: &Gateway) -> String {
    let mut text = vec![format!("Times are written as {}.", code(gateway.values.datetime))];
    text.extend(provenance(&gateway.values.about));
    joined(text)
}

fn signatures(names: &Names<'_>, gateway: usize, docs: &mut Docs) {
    let served: Vec<_> =
        names.spec.methods.iter().filter(|method| method.gateway == gateway).collect();
    let gateway = &names.spec.gateways[gateway];
    if gateway.signatures.is_empty() {
        docs.paragraph("Requests are not signed.");
    }
    for (index, method) in gateway.signatures.iter().enumerate() {
        docs.paragraph(&match (method.name, index) {
            ("", _) => "Every request is signed:".to_owned(),
            (name, 0) => format!("The default signature, {}:", code(name)),
            (name, _) => format!("The signature {}:", code(name)),
        });
        docs.code("text", &[plain(&method.formula.text).replace("```", "'''")]);
        let mut text = provenance(&method.about);
        let open = gaps(gateway.facts, method.recipe);
        text.extend(open.iter().map(|gap| escaped(&gap.to_string())));
        docs.paragraph(&joined(text));
        let collide = served.iter().filter_map(|one| {
            let fields = colliding(method.recipe, names.schemas.record(&one.request));
            let fields: Vec<_> = fields.into_iter().map(code).collect();
            (!fields.is_empty()).then(|| format!("{}: {}", code(one.name), fields.join(", ")))
        });
        let collide: Vec<_> = collide.collect();
        if !collide.is_empty() {
            docs.paragraph("Fields that such a request can change, by method:");
            docs.list(&collide);
        }
    }
    let signed = !gateway.signatures.is_empty();
    match gateway.vectors.len() {
        0 if signed => docs.paragraph("No known-answer vector verifies this."),
        0 => {}
        1 => docs.paragraph("The compiler verified this with one known-answer vector."),
        count => {
            docs.paragraph(&format!(
                "The compiler verified this with {count} known-answer vectors."
            ));
        }
    }
}

fn replay(gateway: &Gateway) -> String {
    let Some(replay) = gateway.replay else { return String::new() };
    let mut text = words::replay(&replay);
    text.extend(provenance(&gateway.replay_about));
    joined(text)
}

/// Words with names and values as code spans.
const WORDS: Words<'_> = Words { field: &code, value: &code };

fn answers(gateway: &Gateway, docs: &mut Docs) {
    let envelope = &gateway.envelope;
    let mut text = WORDS.success(envelope);
    text.extend(provenance(&envelope.about));
    docs.paragraph(&joined(text));
    for step in &envelope.open {
        let mut text = vec![format!("The text at {} is decoded first.", code(step.at))];
        text.extend(provenance(&step.about));
        docs.paragraph(&joined(text));
    }
    let shapes: Vec<String> = envelope
        .failures
        .iter()
        .filter_map(|shape| {
            let text = provenance(&shape.about);
            (!text.is_empty()).then(|| {
                format!(
                    "A failure with its code at {}. {}",
                    WORDS.paths(shape.code),
                    text.join(" ")
                )
            })
        })
        .collect();
    docs.list(&shapes);
}

/// Adds the table of error codes with their classes and meanings.
pub(crate) fn error_table(docs: &mut Docs, errors: &[ErrorCode]) {
    let shared = shared_provenance(errors);
    let rows: Vec<Vec<String>> = errors
        .iter()
        .map(|error| {
            vec![
                code(error.code),
                error.http.map(|status| status.to_string()).unwrap_or_default(),
                advice(error),
                meaning(error, shared.is_some()),
            ]
        })
        .collect();
    docs.table(&["Code", "HTTP", "Class", "Meaning"], &rows);
    docs.paragraph(&shared.iter().map(|text| format!("For all codes: {text}")).collect::<String>());
}

/// Returns the provenance that all error codes share, which is stated once below the table.
fn shared_provenance(errors: &[ErrorCode]) -> Option<String> {
    let first = &errors.first()?.about;
    let same =
        |error: &ErrorCode| error.about.grade == first.grade && error.about.source == first.source;
    (errors.len() > 1 && errors.iter().all(same)).then(|| grade(first)).flatten()
}

fn advice(error: &ErrorCode) -> String {
    let class = error.class.as_str();
    let wait = match error.retry_after {
        RetryAfter::None => String::new(),
        RetryAfter::Seconds(seconds) => format!(", retry after {}", words::duration(seconds)),
        RetryAfter::NumberInMessage => ", the message says when to retry".to_owned(),
    };
    let refresh = error.refresh.map(|name| format!(", renew {}", code(name)));
    format!("{class}{wait}{}", refresh.unwrap_or_default())
}

fn meaning(error: &ErrorCode, graded: bool) -> String {
    let mut about = error.about.clone();
    if graded {
        (about.grade, about.source) = (Grade::Documented, None);
    }
    let said = about.doc.is_some() || about.term.is_some();
    let mut text = if said { vec![summary(&about, &[], "")] } else { Vec::new() };
    text.extend(provenance(&about));
    joined(text)
}

/// Documentation of an environment's constant.
pub(crate) fn environment_constant(environment: &Environment) -> Docs {
    item::plain_item(&environment.about, "An address of the gateway", INDENT)
}
