//! Answers to received calls, as HTTP.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Response, StatusCode};

use gatespec_protocol::credentials::CredentialSet;
use gatespec_protocol::envelope::Question;
use gatespec_protocol::envelope::write::{self, Refused, Success, WriteError};
use gatespec_protocol::method::MethodInfo;
use gatespec_protocol::open::BySpec;
use gatespec_protocol::shape::Origin;

/// The call that is answered.
pub(super) struct Asked<'a> {
    pub(super) method: MethodInfo<'static>,
    /// The method's name as it was sent.
    pub(super) name: &'a str,
    pub(super) ours: &'a CredentialSet,
}

impl Asked<'_> {
    fn question(&self) -> Question<'_> {
        let Asked { method, name, ours } = self;
        Question { method, name, credentials: ours, decryptor: &BySpec, sent: None }
    }
}

pub(super) fn success(
    asked: &Asked<'_>,
    success: &Success<'_>,
) -> Result<Response<Bytes>, WriteError> {
    Ok(response(StatusCode::OK, write::success(&asked.question(), success)?))
}

/// Writes a failure, with the HTTP status that the spec gives for its code.
pub(super) fn failure(
    asked: &Asked<'_>,
    origin: Origin,
    code: &str,
    message: &str,
) -> Result<Response<Bytes>, WriteError> {
    let (sub_code, sub_message, request_id) = (None, None, None);
    let refused = Refused { origin, code, message, sub_code, sub_message, request_id };
    let text = write::failure(&asked.question(), &refused)?;
    let method = &asked.method;
    let row = method.errors.iter().chain(method.gateway.errors).find(|row| row.code == code);
    let status = row.and_then(|row| StatusCode::from_u16(row.http?).ok());
    Ok(response(status.unwrap_or(StatusCode::OK), text))
}

/// Makes the answer if the spec does not define one: HTTP 400 with a plain text.
pub(super) fn plain(message: &str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(message.to_owned()));
    *response.status_mut() = StatusCode::BAD_REQUEST;
    let text = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, text);
    response
}

fn response(status: StatusCode, text: String) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(text));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json; charset=UTF-8");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}
