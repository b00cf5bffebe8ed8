//! One protocol: a platform's own keys, or those of a further gateway over them.

use super::about::about;
use super::envelope::{envelope, error_codes};
use super::kind::spelling;
use super::read::{Keys, duration, map};
use super::request::request;
use super::signature::signature;
use super::time::time_format;
use super::types::{Scope, short_text};
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::formula::{ATOMS, Names};
use crate::keep;
use crate::model::{About, Credential, Environment, Gateway, Label, Values};
use crate::source::SourceSpan;
use crate::suggest::list;
use crate::syntax::{Entry, Node};
use gatespec_protocol as rt;
use rt::{Escape, JsonStyle, Nested, Replay};

/// The keys of a protocol, as nodes: a further gateway's own, else the platform's.
#[derive(Clone, Default)]
pub(super) struct Parts<'n> {
    environments: Option<&'n Node>,
    credentials: Option<&'n Node>,
    labels: Option<&'n Node>,
    values: Option<&'n Node>,
    request: Option<&'n Node>,
    signature: Option<&'n Node>,
    replay: Option<&'n Node>,
    envelope: Option<&'n Node>,
    errors: Option<&'n Node>,
}

impl<'n> Parts<'n> {
    pub(super) fn take(keys: &mut Keys<'n>) -> Self {
        Self {
            environments: keys.node("environments"),
            credentials: keys.node("credentials"),
            labels: keys.node("labels"),
            values: keys.node("values"),
            request: keys.node("request"),
            signature: keys.node("signature"),
            replay: keys.node("replay"),
            envelope: keys.node("envelope"),
            errors: keys.node("errors"),
        }
    }

    /// Keys given replace those of the platform whole.
    pub(super) fn over(self, base: &Self) -> Self {
        Self {
            environments: self.environments.or(base.environments),
            credentials: self.credentials.or(base.credentials),
            labels: self.labels.or(base.labels),
            values: self.values.or(base.values),
            request: self.request.or(base.request),
            signature: self.signature.or(base.signature),
            replay: self.replay.or(base.replay),
            envelope: self.envelope.or(base.envelope),
            errors: self.errors.or(base.errors),
        }
    }

    pub(super) fn values(&self, sink: &mut Sink) -> Written {
        self.values.and_then(|node| values(node, sink)).unwrap_or_default()
    }
}

/// How values are written: what fields take over, and what is a fact of the gateway.
pub(super) struct Written {
    pub(super) values: Values,
    json: JsonStyle,
    nested: Nested,
}

impl Default for Written {
    fn default() -> Self {
        Self { values: Values::default(), json: JsonStyle::BARE, nested: Nested::Json }
    }
}

/// Reads one protocol of a platform.
pub(super) fn gateway(
    platform: &str,
    (name, span): (&str, SourceSpan),
    parts: &Parts<'_>,
    written: &Written,
    scope: &Scope<'_>,
    sink: &mut Sink,
) -> Gateway {
    require(parts, span, sink);
    let credentials = parts.credentials.map(|node| credentials(node, sink)).unwrap_or_default();
    let labels = parts.labels.map(|node| labels(node, sink)).unwrap_or_default();
    let mut names = Names {
        credentials: credentials.iter().map(|credential| credential.name).collect(),
        labels: labels.iter().map(|label| label.name).collect(),
        public: Vec::new(),
    };
    refuse_taken_names(&credentials, &labels, sink);
    let environments = parts.environments.map(|node| environments(node, sink)).unwrap_or_default();
    let mut base = rt::Gateway {
        platform: keep::text(platform),
        name: keep::text(name),
        base_url: environments.iter().find_map(|one| one.url).unwrap_or_default(),
        json: written.json,
        nested: written.nested,
        ..rt::Gateway::BARE
    };
    let request = parts
        .request
        .map(|node| request(node, &mut base, &mut names, scope.time_zone, sink))
        .unwrap_or_default();
    let signed = parts.signature.map(|node| signature(node, &names, sink)).unwrap_or_default();
    let envelope =
        parts.envelope.and_then(|node| envelope(node, &names, scope, sink)).unwrap_or_default();
    let replay = parts.replay.and_then(|node| replay(node, sink));
    let (replay, replay_about) = replay.unzip();
    let errors = parts.errors.map(|node| error_codes(node, &names.credentials, sink));
    let errors = errors.unwrap_or_default();
    let facts = keep::one(rt::Gateway {
        public: keep::list(request.public.iter().map(|param| param.facts)),
        credentials: keep::list(credentials.iter().map(|credential| credential.facts)),
        signatures: keep::list(signed.methods.iter().map(|method| method.facts)),
        envelope: envelope.facts,
        errors: keep::list(errors.iter().map(|code| code.facts)),
        replay,
        ..base
    });
    Gateway {
        facts,
        span,
        environments,
        credentials,
        labels,
        values: written.values.clone(),
        about: request.about,
        transport: request.transport.unwrap_or(span),
        public: request.public,
        signatures: signed.methods,
        vectors: signed.vectors,
        replay_about: replay_about.unwrap_or_default(),
        envelope,
        errors,
    }
}

/// What no protocol can do without; all that is missing is one message.
fn require(parts: &Parts<'_>, span: SourceSpan, sink: &mut Sink) {
    let needed = [
        ("environments", parts.environments),
        ("request", parts.request),
        ("signature", parts.signature),
        ("envelope", parts.envelope),
    ];
    let missing: Vec<_> =
        needed.iter().filter(|(_, node)| node.is_none()).map(|(key, _)| *key).collect();
    if !missing.is_empty() {
        let message = format!("the platform has no {}", list(&missing));
        sink.report(Diagnostic::at(rules::MISSING_KEY, span, message));
    }
}

fn environments(node: &Node, sink: &mut Sink) -> Vec<Environment> {
    let entries = map(node, "`environments`", sink).unwrap_or_default();
    entries.iter().filter_map(|entry| environment(entry, sink)).collect()
}

fn environment(entry: &Entry, sink: &mut Sink) -> Option<Environment> {
    let (address, about) = match short_text(&entry.value, sink) {
        Some(address) => ((address.to_owned(), entry.value.span), About::default()),
        None => {
            let mut keys = Keys::of(&entry.value, "an environment", sink)?;
            keys.require("url", sink);
            let address = keys.spanned("url", sink);
            let about = about(&mut keys, sink);
            keys.finish(sink);
            (address?, about)
        }
    };
    let (url, span) = address;
    let whole = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let sound = whole.is_some_and(|rest| {
        !rest.is_empty() && !rest.starts_with('/') && !rest.contains(['?', '#', ' ', '@'])
    });
    if url != "undisclosed" && !sound {
        let message = format!("`{url}` is not the address of a gateway");
        sink.report(
            Diagnostic::at(rules::BAD_VALUE, span, message)
                .help("write the address with http:// or https://, or `undisclosed`; the signed path stands under `request.path`"),
        );
    }
    let url = (url != "undisclosed").then(|| keep::text(url.trim_end_matches('/')));
    Some(Environment { name: entry.key.clone(), span: entry.key_span, url, about })
}

fn credentials(node: &Node, sink: &mut Sink) -> Vec<Credential> {
    let entries = map(node, "`credentials`", sink).unwrap_or_default();
    entries.iter().filter_map(|entry| credential(entry, sink)).collect()
}

fn credential(entry: &Entry, sink: &mut Sink) -> Option<Credential> {
    let mut keys = Keys::of(&entry.value, "a credential", sink)?;
    let facts = rt::Credential {
        name: keep::text(&entry.key),
        per_shop: keys.word("per", &[("app", false), ("shop", true)], sink).unwrap_or(false),
        sensitive: keys.flag("sensitive", sink),
        optional: keys.flag("optional", sink),
    };
    let about = about(&mut keys, sink);
    keys.finish(sink);
    Some(Credential { facts, span: entry.key_span, about })
}

fn labels(node: &Node, sink: &mut Sink) -> Vec<Label> {
    let entries = map(node, "`labels`", sink).unwrap_or_default();
    entries
        .iter()
        .filter_map(|entry| {
            let mut keys = Keys::of(&entry.value, "a label", sink)?;
            let label = Label {
                name: keep::text(&entry.key),
                span: entry.key_span,
                default: keys.fact("default", sink),
                about: about(&mut keys, sink),
            };
            keys.finish(sink);
            Some(label)
        })
        .collect()
}

/// Atoms, credentials and labels share one name space in formulas.
fn refuse_taken_names(credentials: &[Credential], labels: &[Label], sink: &mut Sink) {
    let names = credentials
        .iter()
        .map(|credential| (credential.name, credential.span))
        .chain(labels.iter().map(|label| (label.name, label.span)));
    let mut seen: Vec<(&str, SourceSpan)> = Vec::new();
    for (name, span) in names {
        let earlier = seen.iter().find(|(other, _)| *other == name);
        if ATOMS.iter().any(|(atom, _)| *atom == name) || earlier.is_some() {
            let message = format!("`{name}` means something in formulas already");
            let mut diagnostic = Diagnostic::at(rules::DUPLICATE_NAME, span, message).help(
                "choose another name: credentials and labels are names of ours, not of the wire",
            );
            if let Some((_, first)) = earlier {
                diagnostic = diagnostic.also(*first, "declared here first");
            }
            sink.report(diagnostic);
        }
        seen.push((name, span));
    }
}

impl Default for Values {
    fn default() -> Self {
        Self {
            boolean: ("true".to_owned(), "false".to_owned()),
            datetime: "yyyy-MM-dd HH:mm:ss",
            never: None,
            about: About::default(),
        }
    }
}

fn values(node: &Node, sink: &mut Sink) -> Option<Written> {
    let mut keys = Keys::of(node, "`values`", sink)?;
    let mut written = Written::default();
    let values = &mut written.values;
    if let Some(boolean) = keys.node("boolean").and_then(|node| spelling(node, sink)) {
        values.boolean = boolean;
    }
    if let Some(datetime) = keys.node("datetime").and_then(|node| time_format(node, sink)) {
        values.datetime = datetime;
    }
    values.never = keys.text("never", sink);
    written.nested = keys.word("nested", Nested::WORDS, sink).unwrap_or(Nested::Json);
    if let Some(mut json) = keys.node("json").and_then(|node| Keys::of(node, "`json`", sink)) {
        written.json = JsonStyle {
            sort_keys: json
                .word("keys", &[("declared", false), ("sorted", true)], sink)
                .unwrap_or(false),
            escape: json.word("escape", Escape::WORDS, sink).unwrap_or(Escape::Minimal),
        };
        json.finish(sink);
    }
    written.values.about = about(&mut keys, sink);
    keys.finish(sink);
    Some(written)
}

fn replay(node: &Node, sink: &mut Sink) -> Option<(Replay, About)> {
    let mut keys = Keys::of(node, "`replay`", sink)?;
    let mut seconds = |key, sink: &mut Sink| {
        let seconds = keys.node(key).and_then(|node| duration(node, sink));
        seconds.map(|seconds| u32::try_from(seconds).unwrap_or(u32::MAX))
    };
    let replay = Replay {
        window_seconds: seconds("window", sink),
        duplicate_seconds: seconds("duplicates", sink),
    };
    let about = about(&mut keys, sink);
    keys.finish(sink);
    Some((replay, about))
}
