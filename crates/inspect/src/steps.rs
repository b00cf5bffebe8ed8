//! The steps from the parameters of a request to its signature. Secrets are masked.

use crate::diagnose::{Signing, digest_bytes};
use gatespec_protocol as rt;
use rt::mask::SECRET;
use rt::sign::{Explanation, Selection};
use rt::text::shortened;
use rt::{Role, SignError};
use std::collections::{HashMap, VecDeque};

/// The number of characters shown of a function's input.
const CLIPPED: usize = 40;

/// One step of a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// `parameters`, `selected`, `encoded`, `sorted`, `joined`, `wrapped`, `digest` or `signature`.
    pub name: &'static str,
    /// The subject: a set of parameters, or a function. Empty for `parameters`.
    pub of: String,
    /// The output of the step.
    pub shows: Shows,
}

/// The output of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shows {
    /// A text.
    Text(String),
    /// Names in order.
    Names(Vec<String>),
    /// A text for each name.
    Pairs(Vec<(String, String)>),
    /// Bytes that are not text.
    Bytes(Vec<u8>),
}

impl Step {
    /// Whether the step has nothing to show to people. Empty sets are shown only in the steps
    /// `parameters` and `selected`.
    pub fn is_empty(&self) -> bool {
        match &self.shows {
            Shows::Text(text) => text.is_empty(),
            Shows::Names(names) => names.is_empty() && self.name != "selected",
            Shows::Pairs(pairs) => pairs.is_empty() && self.name != "parameters",
            Shows::Bytes(_) => false,
        }
    }
}

/// The size of a masked text in words: `12 bytes and the secret`.
pub fn size(text: &str) -> String {
    let (bytes, secrets) = measure(text);
    match secrets {
        0 => format!("{bytes} bytes"),
        1 => format!("{bytes} bytes and the secret"),
        more => format!("{bytes} bytes and {more} secrets"),
    }
}

/// Counts the bytes of a masked text that are not secret, and the secrets.
pub fn measure(text: &str) -> (usize, usize) {
    let secrets = text.matches(SECRET).count();
    (text.len() - secrets * SECRET.len(), secrets)
}

/// Returns all steps of `sign`, which is the signature of `signing`, and the signed text.
///
/// # Errors
///
/// When a signed value is missing.
pub fn steps(signing: &Signing<'_>, sign: &str) -> Result<(Vec<Step>, String), SignError> {
    let explanation = signing.explain()?;
    let mut steps = vec![parameters(signing)];
    let mut sets = signing.sets().into_iter();
    let last = explanation.steps.iter().rposition(|step| step.input == explanation.canonical);
    let last = last.unwrap_or(explanation.steps.len());
    for at in 0..=explanation.steps.len() {
        for selection in explanation.selections.iter().filter(|one| one.before == at) {
            select(signing, &sets.next().unwrap_or_default(), selection, &mut steps);
        }
        if at < last {
            function(&explanation, at, &mut steps);
        }
    }
    let text = |name, of: &str, text: &str| Step {
        name,
        of: of.to_owned(),
        shows: Shows::Text(text.to_owned()),
    };
    steps.push(text("wrapped", "what is digested", &explanation.canonical));
    if let Some(bytes) = digest_bytes(sign) {
        let of = signing.digest().unwrap_or_default();
        steps.push(Step { name: "digest", of, shows: Shows::Bytes(bytes) });
    }
    let spelling = explanation.steps.last().map_or("", |step| step.function);
    steps.push(text("signature", spelling, sign));
    Ok((steps, explanation.canonical))
}

fn parameters(signing: &Signing<'_>) -> Step {
    let sent = signing.params.iter().filter(|sent| sent.role != Role::Signature);
    let pairs =
        sent.map(|sent| (format!("{} {}", sent.place, sent.name), sent.masked().into_owned()));
    Step { name: "parameters", of: String::new(), shows: Shows::Pairs(pairs.collect()) }
}

fn select(signing: &Signing<'_>, set: &str, selection: &Selection, steps: &mut Vec<Step>) {
    let mut push = |name, shows| steps.push(Step { name, of: set.to_owned(), shows });
    let sorted: Vec<String> = selection.pairs.iter().map(|(name, _)| name.clone()).collect();
    // Restores the order in which the parameters were given: the selection is sorted.
    let mut places: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (at, param) in signing.params.iter().enumerate() {
        places.entry(param.name).or_default().push_back(at);
    }
    let place = |(name, _): &(String, String)| {
        places.get_mut(name.as_str()).and_then(VecDeque::pop_front).unwrap_or(usize::MAX)
    };
    let mut given: Vec<_> = selection.pairs.iter().map(place).zip(&selection.pairs).collect();
    given.sort_by_key(|(place, _)| *place);
    let given: Vec<_> = given.into_iter().map(|(_, pair)| pair.clone()).collect();
    push("selected", Shows::Names(given.iter().map(|(name, _)| name.clone()).collect()));
    push("encoded", Shows::Pairs(given));
    push("sorted", Shows::Names(sorted));
    push("joined", Shows::Text(selection.text.clone()));
}

/// Adds the step of a function that is applied before the outermost digest.
fn function(explanation: &Explanation, at: usize, steps: &mut Vec<Step>) {
    let step = &explanation.steps[at];
    let (name, of, shows) = match step.function {
        // The input of these functions is the digest of the previous step.
        "hex" | "HEX" | "base64" => {
            ("encoded", "the digest".to_owned(), Shows::Text(step.output.clone()))
        }
        "rfc3986" | "form" | "lower" | "upper" => (
            "encoded",
            shortened(&step.input, CLIPPED).into_owned(),
            Shows::Text(step.output.clone()),
        ),
        // The digest of a secret is masked, so there are no bytes to show.
        _ => {
            let shows = digest_bytes(&step.output)
                .map_or_else(|| Shows::Text(step.output.clone()), Shows::Bytes);
            ("digest", shortened(&step.input, CLIPPED).into_owned(), shows)
        }
    };
    steps.push(Step { name, of: format!("{} of {of}", step.function), shows });
}
