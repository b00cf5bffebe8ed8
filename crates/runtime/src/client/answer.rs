//! A successful answer: its data, and information about the call.

use std::fmt;

use bytes::Bytes;
use gatespec_protocol::decode::Bend;
use gatespec_protocol::envelope::Reply;
use gatespec_protocol::request::Prepared;

use super::exchange::Delivered;

/// A successful answer.
#[derive(Clone)]
#[non_exhaustive]
pub struct Answer<T> {
    /// The decoded data.
    pub data: T,
    reply: Reply,
    /// `None` in a fake answer.
    prepared: Option<Prepared<'static>>,
    status: u16,
    attempts: u32,
    body: Bytes,
}

impl<T> Answer<T> {
    pub(super) fn new(data: T, delivered: Delivered) -> Answer<T> {
        let Delivered { reply, prepared, response, attempts } = delivered;
        let status = response.status().as_u16();
        let (prepared, body) = (Some(prepared), response.into_body());
        Answer { data, reply, prepared, status, attempts, body }
    }

    /// Makes an answer for a test, with this data, HTTP status 200, one attempt and nothing else.
    pub fn fake(data: T) -> Answer<T> {
        let (reply, prepared, body) = (Reply::default(), None, Bytes::new());
        Answer { data, reply, prepared, status: 200, attempts: 1, body }
    }

    /// Returns the data and drops the rest.
    pub fn into_data(self) -> T {
        self.data
    }

    /// The platform's success code, if the answer has one.
    pub fn code(&self) -> Option<&str> {
        self.reply.code.as_deref()
    }

    /// The platform's success message, if the answer has one.
    pub fn message(&self) -> Option<&str> {
        self.reply.message.as_deref()
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The number of attempts, including the one that was answered.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The platform's request id, from the answer or its `X-Request-Id` header.
    pub fn request_id(&self) -> Option<&str> {
        self.reply.request_id.as_deref()
    }

    /// The body of the answer as UTF-8. It may hold personal data.
    pub fn body(&self) -> &str {
        // A body whose data was decoded is always UTF-8.
        std::str::from_utf8(&self.body).unwrap_or_default()
    }

    /// The harmless differences between the answer and its spec, one for each field and kind.
    pub fn bends(&self) -> &[Bend] {
        &self.reply.bends
    }

    /// The text that was signed, with `<secret>` in place of everything sensitive; empty for a fake
    /// answer.
    pub fn signed_text(&self) -> String {
        self.prepared.as_ref().map_or_else(String::new, |prepared| prepared.explain().canonical)
    }
}

/// Leaves out the body and the signed text, which may hold personal data.
impl<T: fmt::Debug> fmt::Debug for Answer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("data", &self.data)
            .field("code", &self.reply.code)
            .field("message", &self.reply.message)
            .field("status", &self.status)
            .field("request_id", &self.reply.request_id)
            .field("bends", &self.reply.bends)
            .finish_non_exhaustive()
    }
}
