//! Reads signature formulas and their vectors.

use super::about::about;
use super::keys::{Keys, keyed};
use super::read::{entries, items, pairs, spanned, text};
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::formula::{Names, Want, formula};
use crate::keep;
use crate::model::{About, Formula, Gateway, Grade, SignatureMethod, Value, Vector, VectorInput};
use crate::source::{Source, SourceMap, SourceSpan};
use crate::syntax::{self, Node, NodeKind};
use crate::table::{
    self, CREDENTIAL_TEXTS, LABEL_TEXTS, PARAMS, SENT, SENT_IN, SENT_TEXTS, SIGNATURE,
    SIGNATURE_METHOD, SIGNATURE_METHODS, UNSIGNED, VECTOR,
};
use gatespec_protocol as rt;
use rt::{Location, Verb};

#[derive(Default)]
pub(super) struct Signature {
    /// The signature methods, beginning with the default.
    pub(super) methods: Vec<SignatureMethod>,
    pub(super) vectors: Vec<Vector>,
}

/// Reads signatures. `own` is false for inherited ones, whose vectors may name credentials and
/// labels that only the main gateway has.
pub(super) fn signature(
    (node, end): (&Node, u32),
    names: &Names,
    own: bool,
    sink: &mut Sink,
) -> Signature {
    if matches!(&node.kind, NodeKind::Text { text, .. } if text == UNSIGNED) {
        return Signature::default();
    }
    let signature = keyed(node, &SIGNATURE, sink, |keys, sink| {
        let about = about(keys, sink);
        let default = keys.spanned("default", sink);
        let methods = match (keys.node("formula"), keys.node("methods")) {
            (Some(node), None) => formula(node, names, Want::Text, sink)
                .map(|formula| signature_method("", formula, about))
                .into_iter()
                .collect(),
            (None, Some(node)) => self::methods(node, default, about.grade, names, sink),
            _ => Vec::new(),
        };
        let mut vectors =
            items(keys.node("vectors"), sink, |node, sink| vector(node, names, own, sink));
        let starts: Vec<_> = vectors.iter().skip(1).map(|next| next.span.start).collect();
        for (vector, end) in vectors.iter_mut().zip(starts.into_iter().chain([end])) {
            vector.area.end = end.max(vector.area.start);
        }
        Signature { methods, vectors }
    });
    signature.unwrap_or_default()
}

fn methods(
    node: &Node,
    default: Option<(String, SourceSpan)>,
    grade: Grade,
    names: &Names,
    sink: &mut Sink,
) -> Vec<SignatureMethod> {
    let mut methods = entries(Some(node), &SIGNATURE_METHODS, sink, |entry, sink| {
        keyed(&entry.value, &SIGNATURE_METHOD, sink, |keys, sink| {
            let node = keys.node("formula");
            let mut about = about(keys, sink);
            if about.grade == Grade::default() {
                about.grade = grade;
            }
            let formula = formula(node?, names, Want::Text, sink)?;
            Some(signature_method(&entry.key, formula, about))
        })?
    });
    match default {
        None => {
            let message = "several signature methods need a `default`";
            sink.report(Diagnostic::at(rules::MISSING_KEY, node.span, message));
        }
        Some((name, span)) => match methods.iter().position(|method| method.name == name) {
            Some(position) => methods[..=position].rotate_right(1),
            None => {
                let known = methods.iter().map(|method| method.name);
                sink.unknown_name("signature method", &name, span, known);
            }
        },
    }
    methods
}

fn signature_method(name: &str, formula: Formula, about: About) -> SignatureMethod {
    let facts = rt::Signature { name: keep::text(name), recipe: formula.recipe };
    SignatureMethod { facts, formula, about }
}

/// Reads a single vector, which is written as in the `vectors` of a gateway.
///
/// # Errors
///
/// Returns the messages of all diagnostics if the text is not a vector.
pub fn read_vector(gateway: &Gateway, text: &str) -> Result<Vector, Vec<String>> {
    let (mut sources, mut sink) = (SourceMap::default(), Sink::default());
    let shown = "the vector".to_owned();
    let id = sources.add(Source { path: shown.clone(), shown, text: text.to_owned() });
    let credentials = gateway.credentials.iter().map(|known| known.name).collect();
    let names = Names { credentials, ..Names::default() };
    let node = syntax::parse(&sources, id, &mut sink);
    let mut read = items(node.as_ref(), &mut sink, |node, sink| vector(node, &names, true, sink));
    let sound = !sink.has_errors() && read.len() == 1;
    read.pop()
        .filter(|_| sound)
        .ok_or_else(|| sink.into_sorted().into_iter().map(|one| one.message).collect())
}

fn vector(node: &Node, names: &Names, own: bool, sink: &mut Sink) -> Option<Vector> {
    let own = own && !names.unread;
    keyed(node, &VECTOR, sink, |keys, sink| {
        let input = input(keys, sink);
        let sign = keys.node("sign").and_then(|node| spanned(node, sink));
        let (sign, sign_span) = sign.unwrap_or((String::new(), node.span));
        Some(Vector {
            name: keys.text("name", sink),
            span: node.span,
            area: node.span,
            credentials_at: keys.entry("credentials").map_or(node.span, |entry| entry.key_span),
            case: keys.spanned("case", sink),
            credentials: known(
                keys,
                "credentials",
                &CREDENTIAL_TEXTS,
                own.then_some(&names.credentials),
                sink,
            ),
            clock: keys.spanned("clock", sink),
            nonce: keys.text("nonce", sink),
            labels: known(keys, "labels", &LABEL_TEXTS, own.then_some(&names.labels), sink),
            input: input?,
            verb: keys.word("verb", Verb::WORDS, sink),
            path: keys.text("path", sink),
            body: keys.text("body", sink),
            canonical: keys.spanned("canonical", sink),
            sign,
            sign_span,
            about: about(keys, sink),
        })
    })?
}

/// Reads a map of texts. If there is a list `known`, only the names in it are allowed.
fn known(
    keys: &mut Keys<'_>,
    key: &'static str,
    texts: &table::Names,
    known: Option<&Vec<&'static str>>,
    sink: &mut Sink,
) -> Vec<(String, String)> {
    entries(keys.node(key), texts, sink, |entry, sink| {
        if let Some(known) = known.filter(|known| !known.contains(&&*entry.key)) {
            let what = key.trim_end_matches('s');
            sink.unknown_name(what, &entry.key, entry.key_span, known.iter().copied());
        }
        Some((entry.key.clone(), text(&entry.value, sink)?.to_owned()))
    })
}

fn input(keys: &mut Keys<'_>, sink: &mut Sink) -> Option<VectorInput> {
    let method = keys.spanned("method", sink);
    match ["request", "params", "sent"].map(|key| keys.node(key)) {
        [request, None, None] if method.is_some() => {
            let empty = Value::Map(Vec::new(), keys.span());
            let values = request.map_or(empty, value);
            method.map(|method| VectorInput::Request { method, values })
        }
        // Published vectors without locations list all parameters together. They are signed as a
        // form.
        [None, params @ Some(_), None] => Some(VectorInput::Sent(
            pairs(params, &PARAMS, sink)
                .into_iter()
                .map(|(name, value)| (Location::Form, name, value))
                .collect(),
        )),
        [None, None, sent @ Some(_)] => Some(VectorInput::Sent(sent_texts(sent, sink))),
        _ => {
            let at = ["params", "sent", "request"].into_iter().find_map(|key| keys.entry(key));
            let at = at.map_or(keys.span(), |entry| entry.key_span);
            sink.report(
                Diagnostic::at(rules::MISSING_KEY, at, "a vector must give its request in exactly one form: `method` with `request`, or `params`, or `sent`")
                    .help("use `method` and `request`, whose values are typed, if the method has a spec; use `params` or `sent` for texts as they were published"),
            );
            None
        }
    }
}

fn sent_texts(node: Option<&Node>, sink: &mut Sink) -> Vec<(Location<'static>, String, String)> {
    let places = entries(node, &SENT, sink, |entry, sink| {
        let Some((_, place)) = SENT_IN.into_iter().find(|(place, _)| *place == entry.key) else {
            let message = format!("`sent` has `query`, `form` and `header`, not `{}`", entry.key);
            sink.report(Diagnostic::at(rules::UNKNOWN_KEY, entry.key_span, message));
            return None;
        };
        let texts = pairs(Some(&entry.value), &SENT_TEXTS, sink);
        Some(texts.into_iter().map(move |(name, value)| (place, name, value)))
    });
    places.into_iter().flatten().collect()
}

/// Reads a value of an example, whose type is not known here.
pub(super) fn value(node: &Node) -> Value {
    match &node.kind {
        NodeKind::Null | NodeKind::Broken => Value::Null(node.span),
        NodeKind::Text { text, .. } => Value::Text(text.clone(), node.span),
        NodeKind::List(items) => Value::List(items.iter().map(value).collect(), node.span),
        NodeKind::Map(entries) => Value::Map(
            entries
                .iter()
                .map(|entry| (entry.key.clone(), entry.key_span, value(&entry.value)))
                .collect(),
            node.span,
        ),
    }
}
