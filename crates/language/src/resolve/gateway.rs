//! Reads a gateway: the platform's own keys, which the keys of a further gateway override.

use super::about::about;
use super::envelope::{envelope, error_codes};
use super::keys::{Keys, keyed};
use super::kind::spelling;
use super::layout::Areas;
use super::read::{declared, duration, entries, few_entries, is_unread, spanned};
use super::request::request;
use super::signature::signature;
use super::time::time_format;
use super::types::Scope;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::formula::{ATOMS, Names};
use crate::keep;
use crate::model::{About, Credential, Environment, Gateway, Label, Values};
use crate::source::SourceSpan;
use crate::suggest::list;
use crate::syntax::{Entry, Node, NodeKind};
use crate::table::{
    CREDENTIAL, CREDENTIALS, ENVIRONMENT, ENVIRONMENTS, JSON, KEY_ORDER, LABEL, LABELS, NEEDED,
    PARTS, PER, REPLAY, UNDISCLOSED, VALUES,
};
use gatespec_protocol as rt;
use rt::{Escape, JsonStyle, Nested, Replay};
use std::collections::{BTreeMap, BTreeSet};

/// The nodes of a gateway's keys. A further gateway inherits the platform's keys that it does not
/// have itself.
#[derive(Clone, Default)]
pub(super) struct Parts<'n> {
    nodes: BTreeMap<&'static str, &'n Node>,
    pub(super) areas: Areas,
    inherited: BTreeSet<&'static str>,
    /// Whether a part could not be read. If so, a missing key may be in that part.
    partial: bool,
}

impl<'n> Parts<'n> {
    /// Reads the keys from their map, which ends at `end`.
    pub(super) fn take(keys: &mut Keys<'n>, end: u32) -> Self {
        let parts = PARTS.iter().map(|row| row.key);
        let nodes = parts.clone().filter_map(|key| Some((key, keys.node(key)?))).collect();
        let areas = keys.areas(parts, end);
        Self { nodes, areas, inherited: BTreeSet::new(), partial: keys.is_partial() }
    }

    /// Adds the keys that are inherited from the platform. A key that the gateway has itself
    /// replaces the platform's key as a whole.
    pub(super) fn over(self, base: &Self) -> Self {
        let mut nodes = base.nodes.clone();
        let inherited = nodes.keys().copied().filter(|key| !self.nodes.contains_key(key)).collect();
        nodes.extend(self.nodes);
        let mut areas = base.areas.clone();
        areas.extend(self.areas);
        Self { nodes, areas, inherited, partial: self.partial || base.partial }
    }

    fn node(&self, key: &str) -> Option<&'n Node> {
        self.nodes.get(key).copied()
    }

    fn read<T: Default>(
        &self,
        key: &str,
        sink: &mut Sink,
        read: impl FnOnce(&'n Node, &mut Sink) -> Option<T>,
    ) -> T {
        self.node(key).and_then(|node| read(node, sink)).unwrap_or_default()
    }

    pub(super) fn values(&self, sink: &mut Sink) -> Written {
        self.read("values", sink, values)
    }
}

/// How values are written: the defaults of fields, the style of JSON, and nested values in forms.
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

/// The facts of a gateway that are known before its request and its envelope are read.
fn named(
    platform: &str,
    name: &str,
    written: &Written,
    credentials: &[Credential],
) -> rt::Gateway<'static> {
    rt::Gateway {
        platform: keep::text(platform),
        name: keep::text(name),
        credentials: keep::list(credentials.iter().map(|credential| credential.facts)),
        json: written.json,
        nested: written.nested,
        ..rt::Gateway::BARE
    }
}

/// Reads one gateway of a platform.
pub(super) fn gateway(
    platform: &str,
    (name, span): (&str, SourceSpan),
    parts: &Parts<'_>,
    written: &Written,
    scope: &Scope<'_>,
    sink: &mut Sink,
) -> Gateway {
    require(parts, span, sink);
    let credentials = entries(parts.node("credentials"), &CREDENTIALS, sink, credential);
    let labels = few_entries(parts.node("labels"), &LABELS, sink, label);
    refuse_taken_names(&credentials, &labels, sink);
    let environments = entries(parts.node("environments"), &ENVIRONMENTS, sink, environment);
    let base_url = environments.iter().find_map(|one| one.url).unwrap_or_default();
    let mut base = rt::Gateway { base_url, ..named(platform, name, written, &credentials) };
    let mut names = declared_names(parts);
    let request = parts.read("request", sink, |node, sink| {
        request(node, &mut base, &mut names, scope.time_zone, sink)
    });
    // Inherited keys may name credentials that only the main gateway has.
    let own = |key: &str| !parts.inherited.contains(key);
    let signed = parts.read("signature", sink, |node, sink| {
        let end = parts.areas.get("signature").map_or(u32::MAX, |area| area.end);
        Some(signature((node, end), &names, own("signature"), sink))
    });
    let envelope = parts.read("envelope", sink, |node, sink| envelope(node, &names, scope, sink));
    let (replay, replay_about) = parts.node("replay").and_then(|node| replay(node, sink)).unzip();
    let known = own("errors") && !names.unread;
    let errors = error_codes(parts.node("errors"), &names.credentials, known, sink);
    let facts = keep::one(rt::Gateway {
        public: keep::list(request.public.iter().map(|param| param.facts)),
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
        path_at: request.path_at,
        header_spans: request.header_spans,
        public: request.public,
        signatures: signed.methods,
        vectors: signed.vectors,
        replay_about: replay_about.unwrap_or_default(),
        envelope,
        errors,
    }
}

/// The names that formulas can use, except the names of public parameters, which are read later.
fn declared_names(parts: &Parts<'_>) -> Names {
    let [credentials, labels] = ["credentials", "labels"].map(|key| parts.node(key));
    Names {
        credentials: names_of(credentials),
        labels: names_of(labels),
        public: Vec::new(),
        unread: parts.partial || is_unread(credentials) || is_unread(labels),
        unread_public: parts.partial || is_unread(parts.node("request")),
    }
}

fn names_of(table: Option<&Node>) -> Vec<&'static str> {
    declared(table).iter().map(|entry| keep::text(&entry.key)).collect()
}

/// Reports all required keys that are missing, in one message.
fn require(parts: &Parts<'_>, span: SourceSpan, sink: &mut Sink) {
    let missing: Vec<_> = NEEDED.into_iter().filter(|key| parts.node(key).is_none()).collect();
    if !missing.is_empty() && !parts.partial {
        let message = format!("the platform has no {}", list(&missing));
        let help = "every platform states four facts: its addresses (`environments`), what a request carries (`request`), how it is signed (`signature`, or `signature: none`), and what answers look like (`envelope`)";
        sink.report(Diagnostic::at(rules::MISSING_KEY, span, message).help(help));
    }
}

fn environment(entry: &Entry, sink: &mut Sink) -> Option<Environment> {
    let ((url, span), about) = match entry.value.kind {
        NodeKind::Text { .. } => (spanned(&entry.value, sink)?, About::default()),
        _ => keyed(&entry.value, &ENVIRONMENT, sink, |keys, sink| {
            Some((keys.spanned("url", sink)?, about(keys, sink)))
        })??,
    };
    if let Some(problem) = rt::address::problem(&url).filter(|_| url != UNDISCLOSED) {
        let message = format!("`{url}` {problem}");
        sink.report(Diagnostic::at(rules::BAD_VALUE, span, message).help(
            "write the address of the gateway, such as `https://api.example.com`, or `undisclosed` if it is not public",
        ));
    }
    let url = (url != UNDISCLOSED).then(|| keep::text(url.trim_end_matches('/')));
    Some(Environment { name: entry.key.clone(), span: entry.key_span, url, about })
}

fn credential(entry: &Entry, sink: &mut Sink) -> Option<Credential> {
    keyed(&entry.value, &CREDENTIAL, sink, |keys, sink| Credential {
        facts: rt::Credential {
            name: keep::text(&entry.key),
            per_shop: keys.word("per", &PER, sink).unwrap_or(false),
            sensitive: keys.flag("sensitive", sink),
            optional: keys.flag("optional", sink),
        },
        span: entry.key_span,
        about: about(keys, sink),
    })
}

fn label(entry: &Entry, sink: &mut Sink) -> Option<Label> {
    keyed(&entry.value, &LABEL, sink, |keys, sink| Label {
        name: keep::text(&entry.key),
        span: entry.key_span,
        default_at: keys.node("default").map(Node::places).unwrap_or_default(),
        default: keys.fact("default", sink),
        about: about(keys, sink),
    })
}

/// Reports names that are used twice: in formulas, credentials, labels and built-in values share
/// one namespace.
fn refuse_taken_names(credentials: &[Credential], labels: &[Label], sink: &mut Sink) {
    let names = credentials
        .iter()
        .map(|credential| (credential.name, credential.span))
        .chain(labels.iter().map(|label| (label.name, label.span)));
    let mut seen: Vec<(&str, SourceSpan)> = Vec::new();
    for (name, span) in names {
        let earlier = seen.iter().find(|(other, _)| *other == name);
        if ATOMS.iter().any(|(atom, _)| *atom == name) || earlier.is_some() {
            let message = format!("`{name}` is a reserved word in formulas");
            let mut diagnostic = Diagnostic::at(rules::DUPLICATE_NAME, span, message).help(
                "choose another name: the spec names its credentials and labels freely, because the names are never sent",
            );
            if let Some((_, first)) = earlier {
                diagnostic = diagnostic.also(*first, "first declared here");
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
    keyed(node, &VALUES, sink, |keys, sink| {
        let usual = Written::default();
        Written {
            values: Values {
                boolean: keys.read("boolean", sink, spelling).unwrap_or(usual.values.boolean),
                datetime: keys.read("datetime", sink, time_format).unwrap_or(usual.values.datetime),
                never: keys.text("never", sink),
                about: about(keys, sink),
            },
            nested: keys.word("nested", Nested::WORDS, sink).unwrap_or(usual.nested),
            json: keys.read("json", sink, json).unwrap_or(usual.json),
        }
    })
}

fn json(node: &Node, sink: &mut Sink) -> Option<JsonStyle> {
    keyed(node, &JSON, sink, |keys, sink| JsonStyle {
        sort_keys: keys.word("keys", &KEY_ORDER, sink).unwrap_or(false),
        escape: keys.word("escape", Escape::WORDS, sink).unwrap_or(Escape::Minimal),
    })
}

fn replay(node: &Node, sink: &mut Sink) -> Option<(Replay, About)> {
    let seconds = |keys: &mut Keys<'_>, key, sink: &mut Sink| {
        let seconds = keys.node(key).and_then(|node| duration(node, sink));
        seconds.map(|seconds| u32::try_from(seconds).unwrap_or(u32::MAX))
    };
    keyed(node, &REPLAY, sink, |keys, sink| {
        let window_seconds = seconds(keys, "window", sink);
        let duplicate_seconds = seconds(keys, "duplicates", sink);
        (Replay { window_seconds, duplicate_seconds }, about(keys, sink))
    })
}
