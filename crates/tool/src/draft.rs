//! The request that a form describes.

use crate::call;
use crate::credentials::Receiver;
use crate::form::Form;
use crate::state::{Asked, State};
use bumpalo::Bump;
use gatespec_inspect::request::{Argument, Ask, Meaning, TypedRequest, Written, members};
use gatespec_runtime as rt;
use rt::{CredentialSet, DateTime, Overrides, Source, Stamp};
use std::collections::{BTreeSet, HashSet};

/// A problem of a form.
pub(crate) struct Problem {
    /// The names of the fields to change; empty if the problem concerns the whole form.
    pub(crate) fields: Vec<String>,
    pub(crate) text: String,
}

impl Problem {
    pub(crate) fn general(text: impl Into<String>) -> Self {
        Self { fields: Vec::new(), text: text.into() }
    }

    fn of(field: &str, text: impl Into<String>) -> Self {
        Self { fields: vec![field.to_owned()], text: text.into() }
    }
}

/// The request that a form describes. It contains the values that have the types of their fields.
pub(crate) struct Draft<'a> {
    pub(crate) ask: Ask<'a>,
    pub(crate) to: Receiver<'static>,
    /// The time of the request, if the form states it.
    pub(crate) clock: Option<DateTime>,
    /// Values that cannot be sent.
    pub(crate) wrong: Vec<Problem>,
    /// Rules that the request breaks.
    pub(crate) broken: Vec<Problem>,
    pub(crate) request: Option<TypedRequest<'a>>,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(state: &State, asked: Asked, form: &Form, arena: &'a Bump) -> Self {
        let mut wrong = Vec::new();
        let to = receiver(state, asked, form, &mut wrong);
        let clock = form.get("clock").and_then(|written| {
            let clock = call::clock(written.trim());
            if clock.is_none() {
                wrong.push(Problem::of("clock", "the clock takes Unix seconds such as 1672502400"));
            }
            clock
        });
        let mut ask = Ask {
            platform: asked.platform,
            gateway: asked.gateway,
            method: Some(asked.method),
            name: asked.method.name,
            raw: false,
            values: Vec::new(),
            overrides: Overrides::default(),
            credentials: CredentialSet::new(),
            stamp: Stamp {
                clock: clock.unwrap_or_else(DateTime::now),
                entropy: entropy(&mut wrong),
            },
        };
        ask.overrides.nonce = form.get("nonce").map(str::to_owned);
        ask.overrides.signature_method = case(asked, form, &mut wrong);
        for argument in arguments(form, &mut wrong) {
            give(&mut ask, argument, &mut wrong);
        }
        ask.credentials = state.credentials((asked.platform, asked.gateway), to);
        let request = ask.typed_request(arena).ok();
        let mut draft = Self { ask, to, clock, wrong, broken: Vec::new(), request };
        draft.broken = draft.violations();
        draft
    }

    /// Returns the violated rules. Rules about values that are wrong in themselves are left out.
    fn violations(&self) -> Vec<Problem> {
        let wrong: HashSet<_> = self.wrong.iter().flat_map(|problem| &problem.fields).collect();
        let Some(request) = &self.request else { return Vec::new() };
        let all = rt::Validate::violations(request).into_iter().map(|violation| {
            // The path of a rule about several fields ends with all their names.
            let first = violation.path().split(['.', '[']).next().unwrap_or_default();
            let fields = first.split(',').map(Form::name).collect();
            Problem { fields, text: violation.to_string() }
        });
        all.filter(|problem| !problem.fields.iter().any(|name| wrong.contains(name))).collect()
    }

    pub(crate) fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.wrong.iter().chain(&self.broken)
    }
}

fn receiver(
    state: &State,
    asked: Asked,
    form: &Form,
    wrong: &mut Vec<Problem>,
) -> Receiver<'static> {
    let Some(name) = form.get("to") else { return Receiver::Mock };
    let known = state.receivers(asked.platform, asked.gateway);
    known.into_iter().find(|receiver| receiver.name() == name).unwrap_or_else(|| {
        wrong.push(Problem::of("to", "requests cannot be sent there"));
        Receiver::Mock
    })
}

fn entropy(wrong: &mut Vec<Problem>) -> [u8; 16] {
    let mut bytes = [0; 16];
    if let Err(error) = getrandom::fill(&mut bytes) {
        wrong.push(Problem::general(format!("no random bytes: {error}")));
    }
    bytes
}

fn case(asked: Asked, form: &Form, wrong: &mut Vec<Problem>) -> Option<String> {
    let name = form.get("case")?;
    let is_known = asked.gateway.signatures.iter().any(|known| known.name == name);
    if !is_known {
        wrong.push(Problem::of("case", "there is no such signature method"));
    }
    is_known.then(|| name.to_owned())
}

/// The parameters in the form: first those with a field of their own, then the others.
fn arguments(form: &Form, wrong: &mut Vec<Problem>) -> Vec<(String, Argument)> {
    let own = form.parameters().map(|(name, text)| {
        let (name, text) = (name.to_owned(), text.to_owned());
        (Form::name(&name), Argument { name, text, written: Written::Plain })
    });
    let mut all: Vec<_> = own.collect();
    match form.get("more").map(members).transpose() {
        Ok(more) => all.extend(more.into_iter().flatten().map(|one| ("more".to_owned(), one))),
        Err(problems) => {
            wrong.extend(problems.iter().map(|one| Problem::of("more", one.to_string())));
        }
    }
    let mut seen = BTreeSet::new();
    all.retain(|(field, argument)| {
        let is_new = seen.insert(argument.name.clone());
        if !is_new {
            wrong.push(Problem::of(field, format!("`{}` is given twice", argument.name)));
        }
        is_new
    });
    all
}

/// Adds a parameter to the request, unless it is wrong.
fn give(ask: &mut Ask<'_>, (field, argument): (String, Argument), wrong: &mut Vec<Problem>) {
    let name = argument.name.clone();
    match ask.meaning(&name) {
        Ok(Meaning::Field(_) | Meaning::Text) => {
            let alone = Ask { values: vec![argument.clone()], ..ask.clone() };
            match alone.typed() {
                Ok(_) => ask.values.push(argument),
                // The help is about the command line.
                Err(all) => wrong.extend(all.iter().map(|one| Problem::of(&field, &one.message))),
            }
        }
        Ok(Meaning::Body) => ask.overrides.raw_body = Some(argument.plain().into()),
        Ok(Meaning::Public(param)) if param.source == Source::Argument => {
            ask.overrides.set_argument(&name, argument.plain());
        }
        Ok(Meaning::Public(_)) => {
            wrong.push(Problem::of(&field, format!("`{name}` is computed: leave it out")));
        }
        Err(problem) => wrong.push(Problem::of(&field, problem.to_string())),
    }
}

/// The examples of a method, each with its name and a form that contains its values. Without an
/// example, the only form contains the examples of the fields.
pub(crate) fn examples(asked: Asked) -> Vec<(String, Form)> {
    let named = |at: usize| {
        let named = asked.method.request_examples.get(at).and_then(|example| example.name.clone());
        let ask = Ask::example(asked.platform, asked.method, at);
        let values = ask.values.iter().map(|one| (one.name.as_str(), one.plain()));
        let arguments = ask.overrides.arguments.iter();
        let arguments = arguments.map(|(name, text)| (name.as_str(), text.to_string()));
        let form = Form::of(values.chain(arguments));
        (named.unwrap_or_else(|| format!("example {}", at + 1)), form)
    };
    (0..asked.method.request_examples.len().max(1)).map(named).collect()
}
