//! An answer and how it is sent.

use std::time::Duration;

use bytes::Bytes;

pub(crate) const JSON: &str = "application/json; charset=UTF-8";
pub(crate) const HTML: &str = "text/html; charset=UTF-8";
pub(crate) const TEXT: &str = "text/plain; charset=UTF-8";

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    /// Lowercase names, and values escaped by [`escape::header`](crate::escape::header).
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Bytes,
    pub(crate) end: End,
    pub(crate) delay: Duration,
}

/// How the answer ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Normally.
    Whole,
    /// The connection closes in the middle of the body.
    Cut,
    /// The connection is reset, and no answer is sent.
    Reset,
}

impl Reply {
    pub(crate) fn new(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> Reply {
        let (headers, body) = (Vec::new(), body.into());
        let (end, delay) = (End::Whole, Duration::ZERO);
        Reply { status, content_type, headers, body, end, delay }
    }

    /// Makes a plain text answer, for cases in which the platform has no shape for the answer.
    pub(crate) fn text(status: u16, text: impl Into<String>) -> Reply {
        let mut text = text.into();
        text.push('\n');
        Reply::new(status, TEXT, text)
    }

    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Reply {
        self.headers.push((name, crate::escape::header(value)));
        self
    }
}
