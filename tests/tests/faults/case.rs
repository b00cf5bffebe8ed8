//! One line of the table: what the server does, what the client is set to, what must come of it.

use std::sync::Arc;
use std::time::Duration;

use gatespec_runtime::client::RetryPolicy;

use crate::ask::Ask;
use crate::expected::{Expected, gives};
use crate::server::{Received, Reply};
use crate::time::Time;

/// Enough for any machine: limits that are not what a case is about.
const PATIENT: Duration = Duration::from_secs(50);
/// A limit that a case runs into.
pub(crate) const SHORT: Duration = Duration::from_millis(300);

pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) ask: Ask,
    pub(crate) place: Place,
    pub(crate) play: Play,
    pub(crate) limits: Limits,
    pub(crate) expected: Expected,
}

/// Where the client thinks that the gateway is.
pub(crate) enum Place {
    /// The server.
    Server,
    /// The server, by an address that ends in a slash.
    ServerSlash,
    /// The server, over TLS.
    Secure,
    /// Somewhere else.
    At(&'static str),
}

/// What the server does.
pub(crate) enum Play {
    /// The acts of each connection; those of the last one stay.
    Acts(Vec<Vec<Act>>),
    /// It is a gateway.
    Gateway(Box<dyn FnOnce(Arc<Time>) -> Handler + Send>),
}

pub(crate) type Handler = Box<dyn Fn(&Received) -> Reply + Send + Sync>;

/// What the server does with a connection; after the last act it closes it.
#[derive(Clone)]
pub(crate) enum Act {
    /// Receives a request.
    Hear,
    /// Reads the beginning of what comes, such as the greeting of TLS.
    Sniff,
    /// Sends bytes.
    Say(Vec<u8>),
    /// Sends the same bytes over and over, until the client goes away.
    Drip(Vec<u8>),
    /// The same without a pause.
    Flood(Vec<u8>),
    /// Does nothing, until the client goes away.
    Wait,
    /// Throws the connection away.
    Reset,
    /// Speaks TLS, with a certificate that nobody knows.
    Handshake,
}

/// What the client is set to.
pub(crate) struct Limits {
    pub(crate) connect: Duration,
    pub(crate) attempt: Duration,
    pub(crate) call: Option<Duration>,
    pub(crate) bytes: usize,
    pub(crate) retry: Option<RetryPolicy>,
    /// The default timer instead of virtual time.
    pub(crate) real_time: bool,
    /// One call goes before on the same client, and it goes well.
    pub(crate) before: bool,
    /// The server has closed its connection before the call that counts.
    pub(crate) closed: bool,
}

/// A case of ShopEx' simplest method, that ends as its gateway's documents say.
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

    /// Plays this with every connection.
    pub(crate) fn acts(self, acts: impl IntoIterator<Item = Act>) -> Case {
        self.connections([acts.into_iter().collect()])
    }

    /// Plays one of these with each connection.
    pub(crate) fn connections(self, all: impl IntoIterator<Item = Vec<Act>>) -> Case {
        Case { play: Play::Acts(all.into_iter().collect()), ..self }
    }

    /// Hears a request and answers it.
    pub(crate) fn answers(self, reply: &Reply) -> Case {
        self.acts([Act::Hear, Act::Say(reply.bytes())])
    }

    /// Answers one request with each of these.
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

    /// So many attempts, a second or two apart where the platform asks for nothing else.
    pub(crate) fn retries(self, attempts: u32) -> Case {
        let second = Duration::from_secs(1);
        let policy = RetryPolicy::new().attempts(attempts).backoff(second, second);
        self.limits(|limits| limits.retry = Some(policy))
    }

    pub(crate) fn ends(self, expected: Expected) -> Case {
        Case { expected, ..self }
    }
}
