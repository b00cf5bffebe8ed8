//! One row of the table: what the server does, the settings of the client, and the expected
//! outcome.

use std::sync::Arc;
use std::time::Duration;

use gatespec_runtime::client::RetryPolicy;

use crate::ask::Ask;
use crate::expected::{Expected, gives};
use crate::server::{Received, Reply};
use crate::time::Time;

/// A limit that no machine exceeds, for the limits that a case does not test.
const PATIENT: Duration = Duration::from_secs(50);
/// A limit that the case is meant to exceed.
pub(crate) const SHORT: Duration = Duration::from_millis(300);

pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) ask: Ask,
    pub(crate) place: Place,
    pub(crate) play: Play,
    pub(crate) limits: Limits,
    pub(crate) expected: Expected,
}

/// The address that the client uses.
pub(crate) enum Place {
    /// The address of the server.
    Server,
    /// The address of the server, with a slash at the end.
    ServerSlash,
    /// The address of the server, with `https`.
    Secure,
    /// Another address.
    At(&'static str),
}

/// The behaviour of the server.
pub(crate) enum Play {
    /// The acts on each connection. Connections beyond the list repeat its last acts.
    Acts(Vec<Vec<Act>>),
    /// The server is a gateway, which may read the virtual time.
    Gateway(Box<dyn FnOnce(Arc<Time>) -> Handler + Send>),
}

pub(crate) type Handler = Box<dyn Fn(&Received) -> Reply + Send + Sync>;

/// One act of the server on a connection, which is closed after the last act.
#[derive(Clone)]
pub(crate) enum Act {
    /// Receives a request.
    Hear,
    /// Reads the first bytes only, such as those of a TLS handshake.
    Sniff,
    /// Sends bytes.
    Say(Vec<u8>),
    /// Sends the same bytes repeatedly, with pauses, until the client disconnects.
    Drip(Vec<u8>),
    /// Sends the same bytes repeatedly, without pauses.
    Flood(Vec<u8>),
    /// Does nothing until the client disconnects.
    Wait,
    /// Resets the connection.
    Reset,
    /// Speaks TLS with an untrusted certificate.
    Handshake,
}

/// The settings of the client.
pub(crate) struct Limits {
    pub(crate) connect: Duration,
    pub(crate) attempt: Duration,
    pub(crate) call: Option<Duration>,
    pub(crate) bytes: usize,
    pub(crate) retry: Option<RetryPolicy>,
    /// Whether the default timer is used instead of virtual time.
    pub(crate) real_time: bool,
    /// Whether the same client makes a successful call first.
    pub(crate) before: bool,
    /// Whether the server has closed the kept connection before the call of the case.
    pub(crate) closed: bool,
}

/// A case that calls ShopEx's simplest method and expects the documented success.
pub(crate) fn case(name: &'static str) -> Case {
    Case {
        name,
        ask: Ask::Unbind,
        place: Place::Server,
        play: Play::Acts(Vec::new()),
        limits: Limits {
            connect: PATIENT,
            attempt: PATIENT,
            call: None,
            bytes: 1 << 20,
            retry: None,
            real_time: false,
            before: false,
            closed: false,
        },
        expected: gives(""),
    }
}

impl Case {
    pub(crate) fn ask(self, ask: Ask) -> Case {
        Case { ask, ..self }
    }

    pub(crate) fn at(self, address: &'static str) -> Case {
        Case { place: Place::At(address), ..self }
    }

    pub(crate) fn place(self, place: Place) -> Case {
        Case { place, ..self }
    }

    /// Performs these acts on every connection.
    pub(crate) fn acts(self, acts: impl IntoIterator<Item = Act>) -> Case {
        self.connections([acts.into_iter().collect()])
    }

    /// Performs the n-th of these lists of acts on the n-th connection.
    pub(crate) fn connections(self, all: impl IntoIterator<Item = Vec<Act>>) -> Case {
        Case { play: Play::Acts(all.into_iter().collect()), ..self }
    }

    /// Receives a request and answers it.
    pub(crate) fn answers(self, reply: &Reply) -> Case {
        self.acts([Act::Hear, Act::Say(reply.bytes())])
    }

    /// Answers the n-th request with the n-th of these replies.
    pub(crate) fn answers_each(self, replies: impl IntoIterator<Item = Reply>) -> Case {
        let heard = |reply: Reply| vec![Act::Hear, Act::Say(reply.bytes())];
        self.connections(replies.into_iter().map(heard).collect::<Vec<_>>())
    }

    pub(crate) fn json(self, body: impl Into<Vec<u8>>) -> Case {
        self.answers(&Reply::json(200, body))
    }

    pub(crate) fn gateway(self, make: impl FnOnce(Arc<Time>) -> Handler + Send + 'static) -> Case {
        Case { play: Play::Gateway(Box::new(make)), ..self }
    }

    pub(crate) fn limits(mut self, change: impl FnOnce(&mut Limits)) -> Case {
        change(&mut self.limits);
        self
    }

    /// Allows this many attempts, one second apart unless the platform asks for another wait.
    pub(crate) fn retries(self, attempts: u32) -> Case {
        let second = Duration::from_secs(1);
        let policy = RetryPolicy::new().attempts(attempts).backoff(second, second);
        self.limits(|limits| limits.retry = Some(policy))
    }

    pub(crate) fn ends(self, expected: Expected) -> Case {
        Case { expected, ..self }
    }
}
