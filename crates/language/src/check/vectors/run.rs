//! Runs one vector through the runtime's signing engine.

use crate::dynamic::object;
use crate::model::{Gateway, Method, Platform, SignatureMethod, Value, Vector, VectorInput};
use crate::source::SourceSpan;
use crate::suggest::{closest, list};
use bumpalo::Bump;
use gatespec_protocol as rt;
use rt::request::assemble;
use rt::sign::{Known, explain_pairs, sign_pairs};
use rt::template::Holes;
use rt::{
    CredentialSet, DateTime, Job, Location, MethodInfo, Op, Overrides, Param, ParamType, Prepared,
    Private, Role, SignError, Source, Stamp, Validate, Violation,
};

/// The result of signing a vector.
pub(super) struct Outcome {
    pub(super) sign: String,
    /// The signed text, with secrets masked.
    pub(super) canonical: String,
    /// The span of the formula.
    pub(super) formula: SourceSpan,
    /// The rules of the method that the request violates.
    pub(super) violations: Vec<Violation>,
    /// Whether the formula signs the body.
    pub(super) signs_body: bool,
    /// Whether there is a JSON or raw body.
    pub(super) has_body: bool,
}

/// The reason why a vector cannot be run.
pub(super) struct Failure {
    pub(super) span: SourceSpan,
    pub(super) message: String,
    pub(super) help: Vec<String>,
}

impl Failure {
    fn new(span: SourceSpan, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: Vec::new() }
    }

    fn alone(self) -> Vec<Self> {
        vec![self]
    }
}

/// Describes an error of the signing engine in terms of the spec.
fn refused(vector: &Vector, error: &SignError) -> Vec<Failure> {
    let failure = match error {
        SignError::MissingCredential { name } => Failure {
            span: vector.credentials_at,
            message: format!("the vector has no credential `{name}`"),
            help: vec!["add it under the vector's `credentials`".to_owned()],
        },
        SignError::MissingArgument { name } => Failure {
            span: match &vector.input {
                VectorInput::Request { values, .. } => values.span(),
                VectorInput::Sent(_) => vector.span,
            },
            message: format!("the vector has no value of the parameter `{name}`"),
            help: vec!["add it under the vector's `request`, beside the fields".to_owned()],
        },
        SignError::MissingLabel { name } => Failure {
            span: vector.span,
            message: format!("the vector has no label `{name}`"),
            help: vec!["add it under the vector's `labels`".to_owned()],
        },
        other => Failure::new(vector.span, other.to_string()),
    };
    failure.alone()
}

/// Signs the vector. `facts` describe the gateway, possibly with a changed formula.
pub(super) fn run(
    platform: &Platform,
    gateway: &Gateway,
    facts: &rt::Gateway<'_>,
    vector: &Vector,
) -> Result<Outcome, Vec<Failure>> {
    let (formula, signs_body) = formula(gateway, vector)?;
    let (sign, canonical, violations) = match &vector.input {
        VectorInput::Request { method, values } => {
            let take = |prepared: &Prepared<'_>, violations| {
                let sign = prepared.signature().unwrap_or_default().to_owned();
                (sign, prepared.explain().canonical, violations)
            };
            request((platform, gateway), facts, vector, (method, values), take)?
        }
        VectorInput::Sent(sent) => {
            let case = vector.case.as_ref().map(|(case, _)| case.as_str());
            let take = |known: &Known<'_>| -> Result<_, SignError> {
                let canonical = explain_pairs(known, case)?.canonical;
                Ok((sign_pairs(known, case)?, canonical, Vec::new()))
            };
            texts(gateway, facts, vector, sent, take).map_err(|error| refused(vector, &error))?
        }
    };
    let in_json = |place: Location<'_>| matches!(place, Location::Body | Location::BodyMember(_));
    let has_body = gateway.raw_body
        || vector.body.is_some()
        || in_json(gateway.business.place())
        || gateway.public.iter().any(|param| in_json(param.place));
    Ok(Outcome { sign, canonical, formula, violations, signs_body, has_body })
}

/// The span of the formula, and whether it signs the body.
fn formula(gateway: &Gateway, vector: &Vector) -> Result<(SourceSpan, bool), Vec<Failure>> {
    let found = match &vector.case {
        None => gateway.signatures.first(),
        Some((case, _)) => gateway.signatures.iter().find(|method| method.name == *case),
    };
    let signs_body = |method: &SignatureMethod| method.recipe.0.contains(&Op::Body);
    found.map(|method| (method.formula.span, signs_body(method))).ok_or_else(|| {
        let span = vector.case.as_ref().map_or(vector.span, |(_, span)| *span);
        let case = vector.case.as_ref().map_or("", |(case, _)| case);
        let known: Vec<_> = gateway.signatures.iter().map(|method| method.name).collect();
        let help = match closest(case, known.iter().copied()) {
            _ if known == [""] => {
                "the gateway has only one signature method: remove `case`".to_owned()
            }
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the signature methods are {}", list(&known)),
        };
        let message = format!("there is no signature method `{case}`");
        Failure { span, message, help: vec![help] }.alone()
    })
}

fn credentials(vector: &Vector) -> CredentialSet {
    vector.credentials.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// Signs a whole request of a method, which also proves how clock, carrier and JSON are written.
/// Passes it to `take`, with the rules of the method that it violates.
pub(super) fn request<T>(
    (platform, gateway): (&Platform, &Gateway),
    facts: &rt::Gateway<'_>,
    vector: &Vector,
    ((name, span), values): (&(String, SourceSpan), &Value),
    take: impl FnOnce(&Prepared<'_>, Vec<Violation>) -> T,
) -> Result<T, Vec<Failure>> {
    let speaks = |index: usize| platform.gateways[index].name == gateway.name;
    let method = platform.methods.iter().find(|one| one.name == *name && speaks(one.gateway));
    let Some(method) = method else {
        let known = platform.methods.iter().filter(|one| speaks(one.gateway));
        let near = closest(name, known.map(|one| one.name));
        let near = near.map(|near| format!("did you mean `{near}`?"));
        let texts = "if the method has no spec, write the vector's parameters as texts, under `params` or `sent`";
        let help = near.into_iter().chain([texts.to_owned()]).collect();
        let message = format!("this gateway has no method `{name}`");
        return Err(Failure { span: *span, message, help }.alone());
    };
    let mut overrides = Overrides::default();
    let values = without_arguments(gateway, method, values, &mut overrides);
    let (arena, mut problems) = (Bump::new(), Vec::new());
    let request = object(platform, &method.request, &values, &arena, &mut problems);
    if !problems.is_empty() {
        let failures = problems.into_iter().map(|problem| Failure {
            span: problem.span,
            message: problem.message,
            help: problem.help.into_iter().collect(),
        });
        return Err(failures.collect());
    }
    overrides.nonce.clone_from(&vector.nonce);
    overrides.signature_method = vector.case.as_ref().map(|(case, _)| case.clone());
    overrides.raw_body = vector.body.clone().filter(|_| gateway.raw_body).map(Private::new);
    let labels = labels(method.labels, vector);
    let job = Job {
        method: MethodInfo { gateway: facts, labels: &labels, ..method.facts },
        request: &request,
        overrides: &overrides,
        credentials: &credentials(vector),
        stamp: Stamp { clock: clock(gateway, method, vector)?, entropy: [0; 16] },
    };
    let prepared = assemble(&job).map_err(|error| refused(vector, &error))?;
    Ok(take(&prepared, request.violations()))
}

/// The values of a request except public parameters, which are added to `overrides`.
fn without_arguments(
    gateway: &Gateway,
    method: &Method,
    values: &Value,
    overrides: &mut Overrides,
) -> Value {
    let Value::Map(entries, span) = values else { return values.clone() };
    let mut fields = Vec::new();
    for entry in entries {
        let (name, _, value) = entry;
        let argument = gateway.public_param(name).filter(|param| param.source == Source::Argument);
        match value {
            Value::Text(text, _) if argument.is_some() && method.request.field(name).is_none() => {
                overrides.set_argument(name, text);
            }
            _ => fields.push(entry.clone()),
        }
    }
    Value::Map(fields, *span)
}

/// All labels of a vector: its own, and the known labels that it does not replace.
fn labels<'v>(known: &[(&'v str, &'v str)], vector: &'v Vector) -> Vec<(&'v str, &'v str)> {
    let own = vector.labels.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    let others = known.iter().copied();
    let others = others.filter(|(name, _)| vector.labels.iter().all(|(own, _)| own != name));
    own.chain(others).collect()
}

/// The time in the vector, which is in Unix seconds with up to three decimals.
fn clock(gateway: &Gateway, method: &Method, vector: &Vector) -> Result<DateTime, Vec<Failure>> {
    let Some((written, span)) = &vector.clock else {
        let needed = gateway.public.iter().find(|param| {
            let is_sent = method.sends(param);
            matches!(param.source, Source::Clock(..)) && (is_sent || signs_clock(gateway))
        });
        return match needed {
            None => Ok(DateTime::default()),
            Some(param) => {
                let message = format!(
                    "the vector has no `clock`, but the request sends one as `{}`",
                    param.name
                );
                Err(Failure::new(vector.span, message).alone())
            }
        };
    };
    let (seconds, millis) = written.split_once('.').unwrap_or((written, ""));
    let millis = format!("{millis:0<3}");
    let millis = if millis.len() == 3 { millis.parse::<i64>().ok() } else { None };
    let total = seconds
        .parse::<i64>()
        .ok()
        .zip(millis)
        .and_then(|(seconds, millis)| seconds.checked_mul(1000)?.checked_add(millis));
    total.and_then(|millis| DateTime::from_unix_millis(millis).ok()).ok_or_else(|| {
        let digits = written.len() == 13 && written.bytes().all(|digit| digit.is_ascii_digit());
        let help = if digits {
            let (seconds, millis) = written.split_at(10);
            format!("13 digits are milliseconds: write `{seconds}.{millis}`")
        } else {
            "write Unix seconds, with up to three decimals: 1672502400.007".to_owned()
        };
        Failure { span: *span, message: format!("`{written}` is not a time"), help: vec![help] }
            .alone()
    })
}

/// Whether the formula signs a clock. Such a clock need not be sent.
fn signs_clock(gateway: &Gateway) -> bool {
    gateway.facts.signatures.iter().any(|way| way.recipe.0.contains(&Op::Clock))
}

/// Passes the parameters of a vector to `take` as they were published, for methods without a spec.
pub(super) fn texts<T>(
    gateway: &Gateway,
    facts: &rt::Gateway<'_>,
    vector: &Vector,
    sent: &[(Location<'static>, String, String)],
    take: impl FnOnce(&Known<'_>) -> T,
) -> T {
    let text_of = |role: fn(&Source<'_>) -> bool| -> &str {
        let param = gateway.public.iter().find(|param| role(&param.source));
        let text = param.and_then(|param| sent.iter().find(|(_, name, _)| *name == param.name));
        text.map_or("", |(_, _, text)| text)
    };
    let params: Vec<_> =
        sent.iter().map(|(at, name, text)| param(gateway, *at, name, text)).collect();
    let method = text_of(|source| matches!(source, Source::Method));
    let nonce = vector
        .nonce
        .as_deref()
        .unwrap_or_else(|| text_of(|source| matches!(source, Source::Nonce(_))));
    let labels = labels(gateway.default_labels(), vector);
    let holes = Holes { method, labels: &labels };
    // A path with a placeholder for a field stays as it is: such a path is not signed, or the
    // vector states the path.
    let path = holes.fill(gateway.path).unwrap_or(gateway.path.into());
    take(&Known {
        gateway: facts,
        params: &params,
        verb: vector.verb.unwrap_or(gateway.verb).as_str(),
        path: vector.path.as_deref().unwrap_or(&path),
        body: vector.body.as_deref().unwrap_or_default(),
        clock: text_of(|source| matches!(source, Source::Clock(..))),
        nonce,
        holes,
        credentials: &credentials(vector),
    })
}

fn param<'p>(gateway: &Gateway, at: Location<'p>, name: &'p str, value: &'p str) -> Param<'p> {
    let public = gateway.public_param(name);
    let credential = |source: &Source<'_>| match source {
        Source::Credential(name) => {
            gateway.credentials.iter().any(|one| one.name == *name && one.sensitive)
        }
        _ => false,
    };
    Param {
        name,
        value,
        place: at,
        role: match public.map(|param| &param.source) {
            None => Role::Business,
            Some(Source::Signature) => Role::Signature,
            Some(_) => Role::Public,
        },
        kind: ParamType::Text,
        sensitive: public.is_some_and(|param| credential(&param.source)),
    }
}
