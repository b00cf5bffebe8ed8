//! The steps of an attempt before and after the transport, without I/O.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use gatespec_protocol::check::Validate;
use gatespec_protocol::credentials::CredentialSet;
use gatespec_protocol::decode::{Decoded, Value};
use gatespec_protocol::envelope::{self, Question, Reply};
use gatespec_protocol::method::MethodInfo;
use gatespec_protocol::request::{Job, Overrides, Prepared, Stamp, assemble};
use gatespec_protocol::write::Encode;
use http::header::{DATE, LOCATION, RETRY_AFTER};
use http::{HeaderName, HeaderValue};

use super::charset;
use super::error::{Answered, Error, Trouble};
use super::retry::RetryPolicy;
use super::settings::Settings;
use super::transport::{TimeLimit, TransportError};

/// The options of one call.
pub(super) struct Plan {
    pub(super) validate: bool,
    pub(super) without_rules: Vec<String>,
    pub(super) overrides: Overrides,
    pub(super) retry: Option<RetryPolicy>,
    pub(super) attempt_timeout: Duration,
    pub(super) timeout: Option<Duration>,
}

impl Plan {
    pub(super) fn new(settings: &Settings, method: &str) -> Plan {
        let renamed = settings.method_names.iter().rev().find(|(from, _)| from == method);
        let mut overrides = Overrides::default();
        overrides.method_name = renamed.map(|(_, to)| to.clone());
        overrides.parameters.clone_from(&settings.parameters);
        overrides.signed_path.clone_from(&settings.signed_path);
        Plan {
            validate: settings.validate,
            without_rules: Vec::new(),
            overrides,
            retry: settings.retry.clone(),
            attempt_timeout: settings.attempt_timeout,
            timeout: settings.timeout,
        }
    }

    /// Whether the call needs a timer.
    pub(super) fn waits(&self) -> bool {
        self.retry.is_some() || self.timeout.is_some()
    }
}

/// A call without its types, so that the loop is compiled once for all methods.
pub(super) struct Asked<'r> {
    pub(super) method: MethodInfo<'static>,
    pub(super) request: &'r dyn Request,
    /// Decodes the data of an answer. May run more than once, each time from the start.
    pub(super) read: &'r mut (dyn FnMut(Value<'_>) -> Decoded + Send),
}

/// A request of any method.
pub(super) trait Request: Encode + Validate + Sync {}

impl<T: Encode + Validate + Sync> Request for T {}

/// Validates a request against its rules.
pub(super) fn validate(
    settings: &Settings,
    plan: &Plan,
    method: &MethodInfo<'static>,
    request: &dyn Request,
) -> Result<(), Error> {
    if !plan.validate {
        return Ok(());
    }
    let waived = |rule: &str| {
        settings.without_rules.iter().chain(&plan.without_rules).any(|known| known == rule)
    };
    let mut violations = request.violations();
    violations.retain(|violation| !waived(violation.kind()) && !waived(&violation.rule()));
    if violations.is_empty() {
        return Ok(());
    }
    Err(Error::new(settings.platform, method.name, Trouble::Validation(violations)))
}

/// Signs a request with the current time, so that no two attempts are the same.
pub(super) fn sign(
    settings: &Settings,
    credentials: &CredentialSet,
    plan: &Plan,
    method: MethodInfo<'static>,
    request: &dyn Request,
) -> Result<Prepared<'static>, Error> {
    let fail = |trouble| Error::new(settings.platform, method.name, trouble);
    let none = || fail(Trouble::Config("the operating system returned no random bytes".to_owned()));
    let entropy = match method.needs_entropy() {
        true => settings.entropy.draw().ok_or_else(none)?,
        false => [0; 16],
    };
    let stamp = Stamp { clock: settings.now(), entropy };
    let overrides = &plan.overrides;
    assemble(&Job { method, request, overrides, credentials, stamp })
        .map_err(|error| fail(Trouble::Signing(error)))
}

/// Converts a signed request for a transport.
pub(super) fn http_request(
    settings: &Settings,
    prepared: &mut Prepared<'static>,
    limit: Duration,
) -> Result<http::Request<Bytes>, Error> {
    match build(settings, prepared) {
        Ok(mut request) => {
            request.extensions_mut().insert(TimeLimit(limit));
            Ok(request)
        }
        Err(reason) => {
            let method = prepared.method_name();
            Err(Error::new(settings.platform, method, Trouble::Config(reason)))
        }
    }
}

fn build(
    settings: &Settings,
    prepared: &mut Prepared<'static>,
) -> Result<http::Request<Bytes>, String> {
    let url = prepared.url(settings.url(prepared.method().gateway)?);
    let body = Bytes::from(prepared.take_body());
    let mut request = http::Request::new(body);
    // The messages do not quote the values, because the URL can contain a token, and a header the
    // signature.
    *request.uri_mut() = url.try_into().map_err(|_| "the URL is not valid".to_owned())?;
    let verb = prepared.verb().as_str();
    *request.method_mut() = verb.parse().map_err(|_| format!("`{verb}` is not an HTTP verb"))?;
    for (name, value) in prepared.headers() {
        let wrong = |_| format!("invalid name or value of header `{name}`");
        let key =
            HeaderName::from_bytes(name.as_bytes()).map_err(|error| wrong(error.to_string()))?;
        let text = HeaderValue::from_bytes(value.as_bytes());
        request.headers_mut().append(key, text.map_err(|error| wrong(error.to_string()))?);
    }
    Ok(request)
}

/// The result of a successful call: everything in an [`Answer`](super::Answer) except its data.
pub(super) struct Delivered {
    pub(super) reply: Reply,
    pub(super) prepared: Prepared<'static>,
    pub(super) response: http::Response<Bytes>,
    pub(super) attempts: u32,
}

impl Delivered {
    pub(super) fn after(self, attempts: u32) -> Delivered {
        Delivered { attempts, ..self }
    }

    pub(super) fn code(&self) -> Option<&str> {
        self.reply.code.as_deref()
    }

    pub(super) fn status(&self) -> u16 {
        self.response.status().as_u16()
    }
}

/// An answer that has arrived, with its request.
pub(super) struct Arrived {
    prepared: Prepared<'static>,
    response: http::Response<Bytes>,
}

pub(super) fn arrived(
    settings: &Settings,
    prepared: Prepared<'static>,
    response: Result<http::Response<Bytes>, TransportError>,
) -> Result<Arrived, Error> {
    let limit = settings.max_response_bytes;
    let response = response.and_then(|response| match response.body().len() {
        length if length > limit => Err(TransportError::too_large(limit)),
        _ => Ok(response),
    });
    match response {
        Ok(response) => Ok(Arrived { prepared, response }),
        Err(error) => {
            let (method, trouble) = (prepared.method_name(), Trouble::Transport(error));
            Err(Error::new(settings.platform, method, trouble).signed(prepared))
        }
    }
}

impl Arrived {
    /// Judges the envelope and decodes the data with `read`.
    pub(super) fn read(
        self,
        settings: &Settings,
        credentials: &CredentialSet,
        read: &mut dyn FnMut(Value<'_>) -> Decoded,
    ) -> Result<Delivered, Error> {
        let Arrived { prepared, mut response } = self;
        let (mut body, headers) = (std::mem::take(response.body_mut()), response.headers());
        let text = charset::to_utf8(headers, &mut body);
        *response.body_mut() = body;
        let question = Question {
            method: prepared.method(),
            name: prepared.method_name(),
            credentials,
            decryptor: &*settings.decryptor,
            sent: Some(prepared.params()),
        };
        let status = response.status().as_u16();
        let outcome = match &text {
            Ok(_) => envelope::read(&question, status, response.body(), read),
            // A compressed body has nothing that can be shown.
            Err(reason) => {
                Err(envelope::Failure::NotJson { reason: reason.clone(), excerpt: String::new() })
            }
        };
        match outcome {
            Ok(mut reply) => {
                reply.bends.splice(..0, text.ok().flatten());
                settings.bent.tell(settings.platform, prepared.method().name, &reply.bends);
                reply.request_id = reply.request_id.or_else(|| request_id(&response, &question));
                Ok(Delivered { reply, prepared, response, attempts: 1 })
            }
            Err(failure) => {
                let now = settings.clock.now().unix_millis().div_euclid(1000);
                let answered = Answered {
                    status,
                    request_id: request_id(&response, &question),
                    retry_after: retry_after(&response, now),
                    location: location(&response, &question),
                    ahead: date(&response, &DATE).map(|date| date - now),
                    excerpt: match text {
                        Ok(_) => envelope::excerpt(response.body(), &question),
                        Err(_) => String::new(),
                    },
                };
                let (method, trouble) = (prepared.method_name(), Trouble::Answer(failure));
                let error = Error::new(settings.platform, method, trouble);
                Err(error.answered(answered).signed(prepared))
            }
        }
    }
}

/// The request id from a header. Secrets in the header's value are masked.
fn request_id(response: &http::Response<Bytes>, question: &Question<'_>) -> Option<String> {
    let header = response.headers().get("x-request-id")?;
    Some(envelope::line(header.as_bytes(), question))
}

/// The target of a redirect, with secrets masked.
fn location(response: &http::Response<Bytes>, question: &Question<'_>) -> Option<String> {
    let location = response.headers().get(LOCATION)?;
    response.status().is_redirection().then(|| envelope::line(location.as_bytes(), question))
}

/// The delay that the `Retry-After` header asks for, as seconds or as a date. A date is compared
/// with the answer's `Date` if there is one, else with `now` (Unix seconds).
fn retry_after(response: &http::Response<Bytes>, now: i64) -> Option<Duration> {
    let number = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok();
    let until = || {
        let left = date(response, &RETRY_AFTER)? - date(response, &DATE).unwrap_or(now);
        u64::try_from(left.max(0)).ok()
    };
    number.or_else(until).map(Duration::from_secs)
}

/// A header's date in Unix seconds.
fn date(response: &http::Response<Bytes>, name: &HeaderName) -> Option<i64> {
    let text = response.headers().get(name)?.to_str().ok()?;
    let time = httpdate::parse_http_date(text.trim()).ok()?;
    let since = time.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_secs()).ok()
}
