//! Answers to browsers.

use axum::body::Body;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{Response, StatusCode};

/// An answer without its fixed headers.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) content_type: &'static str,
    pub(crate) text: String,
    /// The verbs that the address accepts, if the verb was wrong.
    pub(crate) allow: Option<&'static str>,
}

impl Reply {
    pub(crate) fn html(text: String) -> Self {
        Self { status: StatusCode::OK, content_type: HTML, text, allow: None }
    }

    /// An answer that refuses the request in one line of plain text.
    pub(crate) fn refusal(status: StatusCode, reason: impl Into<String>) -> Self {
        let text = reason.into() + "\n";
        Self { status, content_type: "text/plain; charset=utf-8", text, allow: None }
    }
}

pub(crate) const HTML: &str = "text/html; charset=utf-8";

/// The headers of every answer. With `referrer-policy: no-referrer`, browsers would send the origin
/// of a form as `null`.
const HEADERS: [(HeaderName, &str); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
];

impl From<Reply> for Response<Body> {
    fn from(reply: Reply) -> Self {
        let mut response = Response::new(Body::from(reply.text));
        *response.status_mut() = reply.status;
        let headers = response.headers_mut();
        for (name, text) in HEADERS {
            headers.insert(name, HeaderValue::from_static(text));
        }
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(reply.content_type));
        if let Some(verbs) = reply.allow {
            headers.insert(header::ALLOW, HeaderValue::from_static(verbs));
        }
        response
    }
}
