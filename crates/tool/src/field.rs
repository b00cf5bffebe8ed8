//! The inputs of a form, made from the spec.

use crate::draft::Problem;
use crate::form::Form;
use crate::state::Asked;
use gatespec_inspect::request::expected;
use gatespec_language::model::{
    About, Enumeration, Field, ListStyle, PublicParam, Required, Type, TypeKind, Variant,
};
use gatespec_runtime::Source;
use gatespec_site::parts::{WORDS, prose, sentence, term};
use maud::{Markup, html};

/// An input of the form.
struct Input<'f> {
    /// The name of the form's field.
    name: String,
    /// The name on the wire, or a title.
    label: &'f str,
    about: Option<&'f About>,
    required: Option<String>,
    /// What can be typed.
    hints: Vec<String>,
    kind: Kind<'f>,
}

enum Kind<'f> {
    Line {
        mode: &'static str,
    },
    Area,
    /// Values, each with its meaning.
    Choice(Vec<(&'f str, Option<&'f str>)>),
}

/// The inputs for all parameters that a person gives.
pub(crate) fn parameters(asked: Asked, form: &Form, problems: &[&Problem]) -> Markup {
    let fields = asked.method.request.sent().map(|field| of_field(asked, field));
    let silenced = asked.method.silenced;
    let arguments = asked
        .gateway
        .public
        .iter()
        .filter(|param| param.source == Source::Argument && !silenced.contains(&param.name));
    let body = asked.gateway.raw_body.then(|| Input {
        name: Form::name("body"),
        label: "body",
        about: None,
        required: None,
        hints: vec!["the document that is sent as the body".to_owned()],
        kind: Kind::Area,
    });
    let others = asked.method.request.others.is_some().then(|| Input {
        name: "more".to_owned(),
        label: "other parameters",
        about: None,
        required: None,
        hints: vec!["a JSON object of parameters that the spec does not list".to_owned()],
        kind: Kind::Area,
    });
    let all: Vec<_> = fields.chain(arguments.map(of_argument)).chain(body).chain(others).collect();
    html! {
        @if all.is_empty() { p { "This method takes no parameters." } }
        @for input in &all { (input.show(form, problems)) }
    }
}

/// The inputs for what a program adds by itself: the time, the nonce and the signature method.
pub(crate) fn stamp(asked: Asked, form: &Form, problems: &[&Problem]) -> Markup {
    let line = |name: &str, label, hint: &str| Input {
        name: name.to_owned(),
        label,
        about: None,
        required: None,
        hints: vec![hint.to_owned()],
        kind: Kind::Line { mode: "text" },
    };
    let sends = |wanted: fn(&Source<'_>) -> bool| {
        asked.gateway.public.iter().any(|param| wanted(&param.source))
    };
    let clock = sends(|source| matches!(source, Source::Clock(_))).then(|| Input {
        kind: Kind::Line { mode: "decimal" },
        ..line("clock", "clock", "Unix seconds, with up to three decimals; by default, now")
    });
    let nonce = sends(|source| matches!(source, Source::Nonce(_)))
        .then(|| line("nonce", "nonce", "by default, a random text"));
    let cases: Vec<_> =
        asked.gateway.signatures.iter().map(|one| (one.name, one.about.doc.as_deref())).collect();
    let case = (cases.len() > 1).then(|| Input {
        kind: Kind::Choice(cases),
        ..line("case", "signature method", "by default, the first one")
    });
    let all: Vec<_> = clock.into_iter().chain(nonce).chain(case).collect();
    html! { @for input in &all { (input.show(form, problems)) } }
}

fn of_field(asked: Asked, field: &'static Field) -> Input<'static> {
    let limits = field.constraints.iter().filter_map(|(limit, _)| WORDS.limit(limit, field));
    let example = field.example.as_deref().map(|text| format!("such as `{text}`"));
    let kind = kind(asked, field);
    // A choice lists what can be chosen by itself.
    let typed = !matches!(kind, Kind::Choice(_));
    let expected = typed.then(|| expected(asked.platform, field));
    Input {
        name: Form::name(&field.name),
        label: &field.name,
        about: Some(&field.about),
        required: WORDS.required(&field.required),
        hints: expected.into_iter().chain(limits).chain(example).collect(),
        kind,
    }
}

fn kind(asked: Asked, field: &'static Field) -> Kind<'static> {
    match (&field.list, &field.ty) {
        (Some(ListStyle::Delimited(_)), _) => Kind::Line { mode: "text" },
        (Some(_), _) | (None, Type::Json | Type::Map(_) | Type::Record(_)) => Kind::Area,
        (None, Type::Integer { .. } | Type::Fen { .. }) => Kind::Line { mode: "numeric" },
        (None, Type::Decimal { .. }) => Kind::Line { mode: "decimal" },
        (None, Type::Boolean { yes, no }) => {
            Kind::Choice(vec![("true", Some(yes.as_str())), ("false", Some(no.as_str()))])
        }
        (None, Type::Enumeration(id)) => match &asked.platform.type_def(*id).kind {
            TypeKind::Enumeration(values) => Kind::Choice(choices(values)),
            TypeKind::Record(_) => Kind::Area,
        },
        (None, Type::Text | Type::DateTime(_) | Type::Invalid) => Kind::Line { mode: "text" },
    }
}

fn choices(values: &'static Enumeration) -> Vec<(&'static str, Option<&'static str>)> {
    let choice = |one: &'static Variant| {
        let meaning = one.about.doc.as_deref().or(one.about.term.as_deref());
        (one.value.as_str(), meaning)
    };
    values.variants.iter().map(choice).collect()
}

fn of_argument(param: &'static PublicParam) -> Input<'static> {
    let required = if param.required == Some(true) { Required::Yes } else { Required::No };
    Input {
        name: Form::name(param.name),
        label: param.name,
        about: Some(&param.about),
        required: WORDS.required(&required),
        hints: param.example.iter().map(|text| format!("such as `{text}`")).collect(),
        kind: Kind::Line { mode: "text" },
    }
}

impl Input<'_> {
    fn show(&self, form: &Form, problems: &[&Problem]) -> Markup {
        let id = id(&self.name);
        let (hint, wrong) = (format!("{id}-hint"), format!("{id}-problem"));
        let own = problems.iter().filter(|problem| problem.fields.contains(&self.name));
        let own: Vec<_> = own.collect();
        html! {
            div.tool-field {
                label for=(id) {
                    code { (self.label) }
                    @if let Some(about) = self.about { " " (term(about)) }
                    @if let Some(required) = &self.required { " " span.need { (prose(required)) } }
                }
                (self.control(form, &id, &format!("{hint} {wrong}"), !own.is_empty()))
                p.tool-hint id=(hint) {
                    @if let Some(doc) = self.about.and_then(|about| about.doc.as_deref()) { (sentence(doc)) " " }
                    span.tool-limits { (sentence(&self.hints.join("; "))) }
                }
                (said(&wrong, &own))
            }
        }
    }

    fn control(&self, form: &Form, id: &str, described: &str, is_wrong: bool) -> Markup {
        let text = form.text(&self.name);
        let invalid = is_wrong.then_some("true");
        html! {
            @match &self.kind {
                Kind::Line { mode } => {
                    input id=(id) name=(self.name) type="text" inputmode=(mode) value=(text)
                        aria-describedby=(described) aria-invalid=[invalid] autocomplete="off" spellcheck="false";
                }
                Kind::Area => {
                    textarea id=(id) name=(self.name) rows=(rows(text))
                        aria-describedby=(described) aria-invalid=[invalid] autocomplete="off" spellcheck="false" {
                        // Browsers drop one line break at the beginning.
                        "\n" (text)
                    }
                }
                Kind::Choice(values) => {
                    select id=(id) name=(self.name) aria-describedby=(described) aria-invalid=[invalid] autocomplete="off" {
                        option value="" selected[text.is_empty()] { "—" }
                        @for (value, meaning) in values {
                            option value=(value) selected[*value == text] {
                                (value) @if let Some(meaning) = meaning { " – " (meaning) }
                            }
                        }
                        @if !text.is_empty() && values.iter().all(|(value, _)| *value != text) {
                            option value=(text) selected { (text) " – not in the spec" }
                        }
                    }
                }
            }
        }
    }
}

/// The lines of a textarea: those of its text and one more, within limits.
fn rows(text: &str) -> usize {
    (text.lines().count() + 1).clamp(3, 16)
}

/// The problems of an input, in an element that is there even if there are none.
fn said(id: &str, problems: &[&&Problem]) -> Markup {
    html! {
        p.tool-problem id=(id) data-part {
            @for (at, problem) in problems.iter().enumerate() {
                @if at > 0 { br; }
                (problem.text)
            }
        }
    }
}

/// The id of the input with this name.
pub(crate) fn id(name: &str) -> String {
    format!("field-{name}")
}
