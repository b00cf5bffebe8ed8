//! The protocols of signed gateway APIs: values, validation, signing, requests, envelopes and
//! received calls, as pure functions.
//!
//! [`record!`] describes the fields of a record and their rules; the constants [`Gateway`] and
//! [`MethodInfo`] describe everything else about a platform. From these, [`request::assemble`]
//! builds and signs an HTTP request, and [`envelope::read`] checks the envelope of an answer and
//! decodes its data. Neither of them does I/O or reads the clock. Clients that send requests over a
//! transport are in `gatespec-runtime`.
//!
//! ```
//! #[derive(Debug, Default)]
//! struct Receipt {
//!     msg_id: Option<String>,
//! }
//!
//! gatespec_protocol::record! {
//!     struct Receipt {
//!         msg_id: "msg_id" Text;
//!     }
//! }
//!
//! let mut receipt = Receipt::default();
//! gatespec_protocol::decode::from_text(r#"{"msg_id": 12}"#, &mut |value| {
//!     value.record(&mut receipt)
//! })?;
//! assert_eq!(receipt.msg_id.as_deref(), Some("12"));
//! # Ok::<(), gatespec_protocol::DecodeError>(())
//! ```

pub mod address;
mod blank;
pub mod check;
pub mod credentials;
pub mod datetime;
pub mod decode;
mod enumeration;
pub mod envelope;
pub mod error_code;
pub mod fact;
pub mod gateway;
pub mod incoming;
pub mod json;
pub mod layout;
pub mod mask;
pub mod meaning;
pub mod method;
mod money;
pub mod open;
pub mod operation;
pub mod parameter;
mod params;
pub mod percent;
pub mod private;
mod raw_json;
pub mod recipe;
pub mod record;
pub mod request;
pub mod rules;
mod seal;
mod setters;
pub mod shape;
pub mod sign;
pub mod spec;
pub mod split;
mod stored;
pub mod template;
pub mod text;
pub mod write;

pub use blank::Blank;
pub use check::{Checker, Pattern, Validate, Violation};
pub use credentials::CredentialSet;
pub use datetime::{DateTime, InvalidDate, TimeFormat, TimeUnit};
pub use decode::{Bend, BendKind, Decode, DecodeError, Decoded, Stop, Value};
pub use enumeration::UnknownValue;
pub use envelope::{Failure, Question, Refusal, Reply};
pub use error_code::{Class, ErrorCode, RetryAfter};
pub use gateway::{Gateway, Replay};
pub use json::ParamType;
pub use layout::{Escape, JsonStyle, Location, Nested, Placement, Spelling, Verb};
pub use meaning::Meaning;
pub use method::{MethodInfo, Repeat};
pub use money::Fen;
pub use open::{BySpec, DecryptError, Decryptor, Sealed};
pub use operation::{Operation, Platform};
pub use parameter::{Credential, NonceFormat, PublicParam, SendPolicy, Signature, Source};
pub use params::{Param, Params, Role};
pub use private::Private;
pub use raw_json::{InvalidJson, RawJson};
pub use recipe::{Function, Op, Pairs, Piece, Recipe, Select};
#[cfg(feature = "serde1")]
pub use record::serde1;
pub use record::{Enumeration, FromJson, Record, Schema};
pub use request::{Job, Overrides, Prepared, Stamp};
pub use rules::TimeSpan;
pub use rust_decimal::Decimal;
pub use serde_json::Value as Json;
pub use setters::{private_texts, texts};
pub use shape::{
    Algorithm, Cipher, Encoding, Envelope, Expected, FailureShape, Iv, OpenStep, Opening, Origin,
    Padding, Predicate,
};
pub use sign::{Explanation, SignError};
pub use spec::Spec;
pub use split::{Cursor, RangeEnd, RangeRule, Ranged};
pub use stored::DecodeAnswer;
pub use write::{Encode, ListStyle, Wire, Writer};
