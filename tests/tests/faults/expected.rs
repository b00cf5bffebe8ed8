//! The expected outcome of a case: a value, or an exact error.

use std::time::Duration;

use gatespec_runtime::{Class, Error, ErrorKind};

/// The expected outcome of a call.
pub(crate) struct Expected {
    pub(crate) outcome: Result<String, Told>,
    /// Texts that the error's message contains.
    pub(crate) says: Vec<&'static str>,
    /// Texts that neither the error's message nor its causes contain.
    pub(crate) hides: Vec<&'static str>,
    pub(crate) excerpt: Option<&'static str>,
    /// The number of complete requests that the server receives.
    pub(crate) heard: Option<usize>,
    pub(crate) waits: Waits,
}

/// The expected waits between attempts.
pub(crate) enum Waits {
    /// These numbers of seconds, as the platform asks.
    Seconds(Vec<u64>),
    /// This many waits of the client's own policy.
    Times(usize),
    /// Any waits.
    Any,
}

/// The fields of an error.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Told {
    kind: ErrorKind,
    class: Class,
    code: Option<String>,
    status: Option<u16>,
    attempts: u32,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    refresh: Option<String>,
    field: Option<String>,
}

impl From<&Error> for Told {
    fn from(error: &Error) -> Told {
        let text = |text: Option<&str>| text.map(str::to_owned);
        Told {
            kind: error.kind(),
            class: error.class(),
            code: text(error.code()),
            status: error.status(),
            attempts: error.attempts(),
            request_id: text(error.request_id()),
            retry_after: error.retry_after(),
            refresh: text(error.refresh()),
            field: text(error.field_path()),
        }
    }
}

/// Expects a call that returns this value.
pub(crate) fn gives(value: &str) -> Expected {
    Expected {
        outcome: Ok(value.to_owned()),
        says: Vec::new(),
        hides: Vec::new(),
        excerpt: None,
        heard: None,
        waits: Waits::Times(0),
    }
}

/// Expects a call that fails with this error after one attempt. Other fields of the error are
/// absent.
pub(crate) fn fails(kind: ErrorKind, class: Class) -> Expected {
    let told = Told {
        kind,
        class,
        code: None,
        status: None,
        attempts: 1,
        request_id: None,
        retry_after: None,
        refresh: None,
        field: None,
    };
    Expected { outcome: Err(told), ..gives("") }
}

impl Expected {
    /// The name of the error's kind in Rust.
    pub(crate) fn kind(&self) -> Option<String> {
        self.outcome.as_ref().err().map(|told| format!("{:?}", told.kind))
    }

    fn told(mut self, change: impl FnOnce(&mut Told)) -> Expected {
        if let Err(told) = &mut self.outcome {
            change(told);
        }
        self
    }

    pub(crate) fn code(self, code: &str) -> Expected {
        self.told(|told| told.code = Some(code.to_owned()))
    }

    pub(crate) fn status(self, status: u16) -> Expected {
        self.told(|told| told.status = Some(status))
    }

    pub(crate) fn attempts(self, attempts: u32) -> Expected {
        self.told(|told| told.attempts = attempts)
    }

    pub(crate) fn request_id(self, id: &str) -> Expected {
        self.told(|told| told.request_id = Some(id.to_owned()))
    }

    pub(crate) fn retry_after(self, seconds: u64) -> Expected {
        self.told(|told| told.retry_after = Some(Duration::from_secs(seconds)))
    }

    pub(crate) fn refresh(self, credential: &str) -> Expected {
        self.told(|told| told.refresh = Some(credential.to_owned()))
    }

    pub(crate) fn field(self, path: &str) -> Expected {
        self.told(|told| told.field = Some(path.to_owned()))
    }

    pub(crate) fn says(mut self, text: &'static str) -> Expected {
        self.says.push(text);
        self
    }

    pub(crate) fn hides(mut self, text: &'static str) -> Expected {
        self.hides.push(text);
        self
    }

    pub(crate) fn excerpt(mut self, text: &'static str) -> Expected {
        self.excerpt = Some(text);
        self
    }

    pub(crate) fn heard(mut self, requests: usize) -> Expected {
        self.heard = Some(requests);
        self
    }

    pub(crate) fn waits(mut self, seconds: &[u64]) -> Expected {
        self.waits = Waits::Seconds(seconds.to_vec());
        self
    }

    pub(crate) fn waits_any(mut self) -> Expected {
        self.waits = Waits::Any;
        self
    }

    pub(crate) fn waits_times(mut self, times: usize) -> Expected {
        self.waits = Waits::Times(times);
        self
    }
}
