//! Prints a request as a vector for the spec.
//!
//! Real credentials do not belong in a spec, so a vector is signed with invented ones. Such a
//! vector detects later changes to the formula. Only a comparison with a signature of the other
//! side can confirm that the formula is right.

use super::made::{Made, Origin};
use crate::command::stop::Stop;
use bumpalo::Bump;
use gatespec_inspect::diagnose::Disguise;
use gatespec_inspect::request::Ask;
use gatespec_language::model::{About, Credential, Grade, Value, Vector, VectorInput};
use gatespec_language::source::SourceSpan;
use gatespec_language::{read_vector, vector_holds};
use gatespec_runtime as rt;
use rt::{CredentialSet, Location, Role, Source, Verb};
use serde_yaml::{Mapping, Value as Yaml};

/// Returns the vector in YAML, as an item of the list `vectors:`. `confirmed` says whether a
/// signature of the other side confirmed the formula.
pub(super) fn yaml(made: &Made<'_>, confirmed: bool) -> Result<String, Stop> {
    let own = &made.signing.credentials;
    let known = made.gateway.credentials.iter().filter(|known| own.get(known.name).is_some());
    let invented: Vec<_> = known.map(|known| (known.name.to_owned(), invent(known, own))).collect();
    let disguise = Disguise::new(&made.signing, &invented.iter().cloned().collect());
    let vector = match &made.origin {
        Origin::Typed(ask, _) if is_plain(ask) => typed(made, ask, &disguise, invented)?,
        _ => sent(made, &disguise, invented)?,
    };
    let text = written(&vector, confirmed);
    if disguise.is_seen_in(&text) {
        let reason = "the request contains a credential in a form that cannot be replaced: a vector would reveal it";
        return Err(Stop::Failed(vec![reason.to_owned()]));
    }
    // Checks the vector as the compiler will when the vector is in the spec.
    let read = read_vector(made.gateway, &text).map_err(Stop::Failed)?;
    match vector_holds(made.platform, made.gateway, &read).map_err(Stop::Failed)? {
        true => Ok(indented(&text)),
        false => {
            let reason =
                "a vector cannot describe this request: it would have a different signature";
            Err(Stop::Failed(vec![reason.to_owned()]))
        }
    }
}

/// Returns a warning if the vector contains sensitive values that the caller gave. Only credentials
/// are replaced with invented ones.
pub(super) fn doubts(made: &Made<'_>) -> Option<String> {
    let own = made.signing.params.iter().filter(|sent| sent.role == Role::Business);
    let names: Vec<_> =
        own.filter(|sent| !sent.hidden.is_empty()).map(|sent| format!("`{}`", sent.name)).collect();
    (!names.is_empty()).then(|| {
        format!(
            "{} in the vector is sensitive: replace it with an invented value before you paste the vector",
            names.join(", ")
        )
    })
}

/// Whether the values of fields describe the whole request, without overrides.
fn is_plain(ask: &Ask<'_>) -> bool {
    let overrides = &ask.overrides;
    ask.method.is_some()
        && !ask.raw
        && overrides.parameters.is_empty()
        && overrides.arguments.is_empty()
}

/// Invents a credential.
fn invent(credential: &Credential, known: &CredentialSet) -> String {
    let own = known.get(credential.name).unwrap_or_default();
    let digits = !own.is_empty() && own.bytes().all(|byte| byte.is_ascii_digit());
    match (credential.sensitive, credential.per_shop) {
        (false, _) if digits => "10001".to_owned(),
        (false, _) => format!("test-{}", credential.name),
        (true, true) => format!("test-{}", credential.name),
        // Long enough for formulas that use only a part of the secret.
        (true, false) => format!("test-{}-invented-for-a-vector", credential.name),
    }
}

fn typed(
    made: &Made<'_>,
    ask: &Ask<'_>,
    disguise: &Disguise,
    credentials: Vec<(String, String)>,
) -> Result<Vector, Stop> {
    let mut again = ask.clone();
    again.credentials = credentials.iter().cloned().collect();
    again.values.iter_mut().for_each(|value| value.text = disguise.text(&value.text));
    again.overrides.nonce = again.overrides.nonce.map(|nonce| disguise.text(&nonce));
    let arena = Bump::new();
    let prepared = again.prepare(&arena)?;
    let nonce = prepared.atoms().nonce.to_owned();
    let sign = prepared.signature().unwrap_or_default().to_owned();
    let values = again.typed()?;
    let span = values.span();
    let clock = made.gateway.public.iter().any(|param| matches!(param.source, Source::Clock(..)));
    let millis = ask.stamp.clock.unix_millis();
    let decimals =
        if millis % 1000 == 0 { String::new() } else { format!(".{:03}", millis.rem_euclid(1000)) };
    Ok(Vector {
        clock: clock.then(|| (format!("{}{decimals}", millis.div_euclid(1000)), span)),
        nonce: (!nonce.is_empty()).then_some(nonce),
        input: VectorInput::Request { method: (made.method.clone(), span), values },
        ..empty(made, credentials, sign, span)
    })
}

fn sent(
    made: &Made<'_>,
    disguise: &Disguise,
    credentials: Vec<(String, String)>,
) -> Result<Vector, Stop> {
    let invented = credentials.iter().cloned().collect();
    let again = made.signing.disguised(disguise, invented);
    let params = again.params.iter().filter(|sent| sent.role != Role::Signature);
    let texts = params
        .filter_map(|sent| Some((place(sent.place)?, sent.name.to_owned(), sent.value.to_owned())));
    let texts: Vec<_> = texts.collect();
    let (sign, span) = (again.sign()?, made.platform.span);
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Ok(Vector {
        input: VectorInput::Sent(texts),
        verb: Verb::WORDS.iter().find(|(word, _)| *word == again.verb).map(|(_, verb)| *verb),
        path: text(again.path),
        body: text(again.body),
        nonce: text(again.nonce),
        labels: own_labels(made),
        ..empty(made, credentials, sign, span)
    })
}

fn empty(
    made: &Made<'_>,
    credentials: Vec<(String, String)>,
    sign: String,
    span: SourceSpan,
) -> Vector {
    Vector {
        name: None,
        span,
        area: span,
        credentials_at: span,
        case: made.case.clone().map(|case| (case, span)),
        credentials,
        clock: None,
        nonce: None,
        labels: Vec::new(),
        input: VectorInput::Sent(Vec::new()),
        verb: None,
        path: None,
        body: None,
        canonical: None,
        sign,
        sign_span: span,
        about: About { grade: Grade::Inferred, ..About::default() },
    }
}

/// Returns the labels that differ from the gateway's defaults.
fn own_labels(made: &Made<'_>) -> Vec<(String, String)> {
    let defaults = made.gateway.default_labels();
    let own = made.signing.labels.iter().filter(|label| !defaults.contains(label));
    own.map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// Returns the location under which a vector lists a parameter, or `None` if vectors do not have
/// this location.
fn place(place: Location<'_>) -> Option<Location<'static>> {
    match place {
        Location::Query => Some(Location::Query),
        Location::Form => Some(Location::Form),
        Location::Header => Some(Location::Header),
        Location::Body | Location::BodyMember(_) => None,
    }
}

/// Returns a vector in the notation of a spec.
fn written(vector: &Vector, confirmed: bool) -> String {
    let mut all = Mapping::new();
    let mut put = |key: &str, value: Yaml| drop(all.insert(key.into(), value));
    put("name", "derived, with invented credentials".into());
    put("grade", "inferred".into());
    let note = match confirmed {
        true => "Computed from the formula, which the other side's signature confirmed.",
        false => "Computed from the formula, which no other side's signature has confirmed.",
    };
    put("note", note.into());
    put("credentials", texts(&vector.credentials));
    if let Some((case, _)) = &vector.case {
        put("case", case.as_str().into());
    }
    if let Some((clock, _)) = &vector.clock {
        put("clock", clock.as_str().into());
    }
    if let Some(nonce) = &vector.nonce {
        put("nonce", nonce.as_str().into());
    }
    if !vector.labels.is_empty() {
        put("labels", texts(&vector.labels));
    }
    match &vector.input {
        VectorInput::Request { method, values } => {
            put("method", method.0.as_str().into());
            put("request", value(values).unwrap_or(Yaml::Mapping(Mapping::new())));
        }
        VectorInput::Sent(sent) => {
            if let Some(verb) = vector.verb {
                put("verb", verb.as_str().into());
            }
            for (key, text) in [("path", &vector.path), ("body", &vector.body)] {
                if let Some(text) = text {
                    put(key, text.as_str().into());
                }
            }
            put("sent", by_place(sent));
        }
    }
    put("sign", vector.sign.as_str().into());
    serde_yaml::to_string(&[all]).unwrap_or_default()
}

/// Indents a vector as deep as vectors are indented in a spec.
fn indented(text: &str) -> String {
    text.split_terminator('\n').map(|line| format!("    {line}\n")).collect()
}

fn texts(pairs: &[(String, String)]) -> Yaml {
    Yaml::Mapping(
        pairs.iter().map(|(name, text)| (name.as_str().into(), text.as_str().into())).collect(),
    )
}

fn by_place(sent: &[(Location<'_>, String, String)]) -> Yaml {
    let mut places = Mapping::new();
    for (name, wanted) in
        [("query", Location::Query), ("form", Location::Form), ("header", Location::Header)]
    {
        let own = sent.iter().filter(|(place, ..)| *place == wanted);
        let own: Vec<_> = own.map(|(_, name, text)| (name.clone(), text.clone())).collect();
        if !own.is_empty() {
            places.insert(name.into(), texts(&own));
        }
    }
    Yaml::Mapping(places)
}

/// Returns a value in the notation of a spec, without null values.
fn value(given: &Value) -> Option<Yaml> {
    Some(match given {
        Value::Null(_) => return None,
        Value::Text(text, _) => text.as_str().into(),
        Value::List(items, _) => items.iter().filter_map(value).collect(),
        Value::Map(entries, _) => {
            let entries = entries.iter();
            let entries =
                entries.filter_map(|(name, _, one)| Some((name.as_str().into(), value(one)?)));
            Yaml::Mapping(entries.collect())
        }
    })
}
