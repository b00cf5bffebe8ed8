//! The types that programs use. The root of a generated crate re-exports them, so that programs
//! import all of them from one module.

pub use gatespec_protocol::check::Violation;
pub use gatespec_protocol::credentials::CredentialSet;
pub use gatespec_protocol::datetime::{DateTime, InvalidDate, TimeFormat};
pub use gatespec_protocol::decode::{Bend, BendKind, DecodeError};
pub use gatespec_protocol::envelope::Failure;
pub use gatespec_protocol::error_code::Class;
pub use gatespec_protocol::method::Repeat;
pub use gatespec_protocol::open::{DecryptError, Decryptor, Sealed};
pub use gatespec_protocol::operation::{Operation, Platform};
pub use gatespec_protocol::private::Private;
pub use gatespec_protocol::rules::TimeSpan;
#[cfg(feature = "serde1")]
pub use gatespec_protocol::serde1::Revealed;
pub use gatespec_protocol::spec::Spec;
pub use gatespec_protocol::split::{Cursor, InvalidCursor, RangeEnd, Ranged, Window};
pub use gatespec_protocol::{
    Decimal, DecodeAnswer, Fen, FromJson, InvalidJson, Json, RawJson, UnknownValue,
};

#[cfg(feature = "client")]
pub use crate::client::{
    Answer, BackFill, BackFillRun, BlockingTimer, BlockingTokenProvider, BlockingTransport,
    BoxFuture, Call, Clock, CredentialProvider, Entropy, Error, ErrorKind, FailedWindow, Fake,
    RateLimit, RetryPolicy, Step, TimeLimit, Timer, Token, TokenError, TokenProvider, Transport,
    TransportError,
};
#[cfg(feature = "client")]
pub use crate::receiver::{Received, Receiver, Receives, Refused};
#[cfg(feature = "client")]
pub use gatespec_protocol::incoming::{IncomingError, Seen, SeenError, SeenInMemory};
#[cfg(feature = "client")]
pub use gatespec_protocol::meaning::Meaning;
