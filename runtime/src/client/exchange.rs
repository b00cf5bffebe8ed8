//! The steps of a call besides the carrying itself: the same for both clients, and free of I/O.

use bytes::Bytes;
use http::{HeaderName, HeaderValue};

use super::answer::Answer;
use super::error::{Error, Trouble};
use super::settings::Settings;
use super::transport::TransportError;
use crate::check::Validate;
use crate::credentials::CredentialSet;
use crate::envelope::{self, Question};
use crate::method::MethodInfo;
use crate::operation::Operation;
use crate::request::{Job, Overrides, Prepared, Stamp, assemble};
use crate::write::Encode;

/// What one call changes.
pub(super) struct Plan {
    pub(super) validate: bool,
    pub(super) without_rules: Vec<String>,
    pub(super) overrides: Overrides,
}

impl Plan {
    pub(super) fn new(settings: &Settings) -> Plan {
        let overrides = Overrides {
            parameters: settings.parameters.clone(),
            signed_path: settings.signed_path.clone(),
            ..Overrides::default()
        };
        Plan { validate: settings.validate, without_rules: Vec::new(), overrides }
    }
}

/// Checks and signs a request.
pub(super) fn prepare<O: Operation>(
    settings: &Settings,
    credentials: &CredentialSet,
    plan: Plan,
    request: &O,
) -> Result<Prepared<'static>, Error> {
    if plan.validate {
        validate(settings, &plan, &O::METHOD, request)?;
    }
    sign(settings, credentials, plan, O::METHOD, request)
}

fn validate(
    settings: &Settings,
    plan: &Plan,
    method: &MethodInfo<'static>,
    request: &dyn Validate,
) -> Result<(), Error> {
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

fn sign(
    settings: &Settings,
    credentials: &CredentialSet,
    mut plan: Plan,
    method: MethodInfo<'static>,
    request: &dyn Encode,
) -> Result<Prepared<'static>, Error> {
    if plan.overrides.method_name.is_none() {
        let mut renamed = settings.method_names.iter().rev();
        let other = renamed.find(|(from, _)| from == method.name);
        plan.overrides.method_name = other.map(|(_, to)| to.clone());
    }
    let fail = |trouble| Error::new(settings.platform, method.name, trouble);
    let entropy = settings.entropy.draw();
    let entropy = entropy
        .ok_or_else(|| fail(Trouble::Config("the system gives no random bytes".to_owned())))?;
    let stamp = Stamp { clock: settings.clock.now(), entropy };
    let overrides = &plan.overrides;
    assemble(&Job { method, request, overrides, credentials, stamp })
        .map_err(|error| fail(Trouble::Signing(error)))
}

/// The request as a transport takes it.
pub(super) fn http_request(
    settings: &Settings,
    prepared: &mut Prepared<'static>,
) -> Result<http::Request<Bytes>, Error> {
    match build(settings, prepared) {
        Ok(request) => Ok(request),
        Err(reason) => {
            let name = prepared.method_name().to_owned();
            Err(Error::new(settings.platform, &name, Trouble::Config(reason)))
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
    // What is wrong is not shown: the URL can hold a token, the header a signature.
    *request.uri_mut() = url.parse().map_err(|_| "the URL is not valid".to_owned())?;
    let verb = prepared.verb().as_str();
    *request.method_mut() = verb.parse().map_err(|_| format!("`{verb}` is no HTTP verb"))?;
    for (name, value) in prepared.headers() {
        let wrong = |_| format!("header `{name}` cannot be sent: its name or text is not allowed");
        let key =
            HeaderName::from_bytes(name.as_bytes()).map_err(|error| wrong(error.to_string()))?;
        let text = HeaderValue::from_bytes(value.as_bytes());
        request.headers_mut().append(key, text.map_err(|error| wrong(error.to_string()))?);
    }
    Ok(request)
}

/// An answer that has arrived, and the request that it answers.
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
            let name = prepared.method_name().to_owned();
            let error = Error::new(settings.platform, &name, Trouble::Transport(error));
            Err(error.signed(prepared))
        }
    }
}

impl Arrived {
    /// Judges the answer and decodes its data.
    pub(super) fn read<O: Operation>(
        self,
        settings: &Settings,
        credentials: &CredentialSet,
    ) -> Result<Answer<O::Response>, Error> {
        let mut data = O::Response::default();
        let reply = self.judge(settings, credentials, &mut |value| {
            data = O::Response::default();
            O::read(value, &mut data)
        });
        match reply {
            Ok(reply) => Ok(Answer::new(data, reply, self.prepared, self.response)),
            Err(trouble) => Err(self.into_error(settings, trouble)),
        }
    }

    fn judge(
        &self,
        settings: &Settings,
        credentials: &CredentialSet,
        decode: &mut dyn FnMut(crate::Value<'_>) -> crate::Decoded,
    ) -> Result<envelope::Reply, envelope::Failure> {
        let question = Question {
            method: self.prepared.method(),
            name: self.prepared.method_name(),
            credentials,
            decryptor: &*settings.decryptor,
        };
        envelope::read(&question, self.response.status().as_u16(), self.response.body(), decode)
    }

    fn into_error(self, settings: &Settings, failure: envelope::Failure) -> Error {
        let name = self.prepared.method_name().to_owned();
        let Arrived { prepared, response } = self;
        Error::new(settings.platform, &name, Trouble::Answer(failure))
            .answered(&response)
            .signed(prepared)
    }
}
