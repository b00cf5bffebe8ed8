//! The protocols of signed gateway APIs: values, validation, signing, requests, envelopes and
//! received calls, as pure functions.
//!
//! A generated request puts its fields ([`Encode`]) and checks them ([`Validate`]); facts of the
//! platform ([`Gateway`], [`MethodInfo`]) say the rest. From them, [`request::assemble`] builds
//! and signs an HTTP request, [`envelope::read`] judges an answer and decodes its data
//! ([`Decode`]), all without I/O and without a clock. The clients that talk over a
//! transport are in `gatespec-runtime`.
//!
//! ```
//! use gatespec_protocol::{Checker, Decode, Decoded, Encode, Validate, Value, Wire, Writer};
//!
//! #[derive(Debug, Default)]
//! struct Receipt {
//!     msg_id: Option<String>,
//! }
//!
//! // A record names the place of each member; the walk is in here.
//! impl Decode for Receipt {
//!     fn field(&mut self, name: &str, value: Value<'_>) -> Decoded {
//!         match name {
//!             "msg_id" => value.text(&mut self.msg_id),
//!             _ => value.unknown(),
//!         }
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

pub mod check;
pub mod credentials;
pub mod datetime;
pub mod decode;
mod enumeration;
pub mod envelope;
pub mod fact;
pub mod gateway;
pub mod incoming;
pub mod meaning;
pub mod method;
mod money;
pub mod open;
pub mod operation;
pub mod parameter;
mod params;
pub mod percent;
pub mod private;
pub mod recipe;
pub mod request;
pub mod rules;
mod seal;
mod setters;
pub mod shape;
pub mod sign;
pub mod split;
pub mod template;
pub mod write;

pub use check::{Checker, Field, Pattern, Validate, Violation, When};
pub use credentials::CredentialSet;
pub use datetime::{DateTime, InvalidDate, TimeFormat, TimeUnit};
pub use decode::{Bend, BendKind, Blank, Decode, DecodeError, Decoded, Slot, Stop, Value};
pub use enumeration::{Enumeration, OpenEnumeration, UnknownValue};
pub use envelope::{Failure, Question, Refusal, Reply};
pub use gateway::{Escape, Gateway, JsonStyle, Nested, Place, Placement, Replay, Spelling, Verb};
pub use meaning::Meaning;
pub use method::{Class, ErrorCode, MethodInfo, Repeat, RetryAfter};
pub use money::Fen;
pub use open::{BySpec, DecryptError, Decryptor, Sealed};
pub use operation::{Operation, Platform};
pub use parameter::{Credential, NonceFormat, PublicParam, Send, Signature, Source};
pub use params::{Kind, Param, Params, Role};
pub use private::Private;
pub use recipe::{Function, Op, Pairs, Piece, Recipe, Select};
pub use request::{Job, Overrides, Prepared, Stamp};
pub use rules::Span;
pub use rust_decimal::Decimal;
pub use serde_json::Value as Json;
pub use setters::{private_texts, texts};
pub use shape::{
    Algorithm, Cipher, Encoding, Envelope, Expected, FailureShape, Iv, OpenStep, Opening, Origin,
    Padding, Predicate,
};
pub use sign::{Explanation, SignError};
pub use split::{Cursor, RangeEnd, RangeRule, Ranged};
pub use write::{Encode, ListStyle, ToWire, Wire, Writer};
