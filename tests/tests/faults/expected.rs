//! What must come of a case: a value, or an error to the letter.

use std::time::Duration;

use gatespec_runtime::{Class, Error, ErrorKind};

/// What comes of a call.
pub(crate) struct Expected {
    pub(crate) outcome: Result<String, Told>,
    /// Is in the error's text.
    pub(crate) says: Vec<&'static str>,
    /// Is neither in the error's text nor in its causes.
    pub(crate) hides: Vec<&'static str>,
    pub(crate) excerpt: Option<&'static str>,
    /// How many requests arrive; one that arrives in pieces or not at all does not count.
    pub(crate) heard: Option<usize>,
    pub(crate) waits: Waits,
}

/// What a client waits for between attempts.
pub(crate) enum Waits {
    /// So many seconds, as the platform asks.
    Seconds(Vec<u64>),
    /// So often, as its own policy says.
    Times(usize),
    /// Perhaps.
    Any,
}

/// What an error tells.
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

/// A call that gives this.
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

/// A call that fails like this; what is not said is absent, and there was one attempt.
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
    /// The kind of the error, as it is called in the code.
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
