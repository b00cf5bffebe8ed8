//! Static information about a gateway's protocol.
//!
//! Generated code contains this information as constants; the compiler builds values of the same
//! types from its model.

use crate::error_code::ErrorCode;
use crate::fact::fact;
pub use crate::layout::{Escape, JsonStyle, Location, Nested, Placement, Spelling, Verb};
use crate::parameter::{Credential, PublicParam, Signature};
use crate::shape::Envelope;

fact! {
    /// The protocol of one gateway of a platform.
    pub struct Gateway<'a> {
        /// The platform's id, for messages.
        pub platform: &'a str = "",
        /// The gateway's name; `main` for the main gateway.
        pub name: &'a str = "main",
        /// The base URL of the first public environment. If it is empty, the caller must set a base
        /// URL.
        pub base_url: &'a str = "",
        /// The HTTP verb of all methods that do not state their own.
        pub verb: Verb = Verb::Post,
        /// The template of the signed path, which is appended to the base URL; may be empty.
        pub path: &'a str = "",
        /// Constant headers, which are not signed.
        pub headers: &'a [(&'a str, &'a str)] = &[],
        /// Whether parameters whose value is empty are left out of requests.
        pub omit_empty: bool = false,
        /// Whether the body is a document that the caller supplies, instead of parameters.
        pub raw_body: bool = false,
        /// Where business parameters are sent.
        pub business: Placement<'a> = Placement::Form,
        /// How records and lists are written in a query or form.
        pub nested: Nested = Nested::Json,
        /// How JSON is written.
        pub json: JsonStyle = JsonStyle::BARE,
        /// The public parameters, sorted by the bytes of their names.
        pub public: &'a [PublicParam<'a>] = &[],
        /// The credentials that the gateway uses.
        pub credentials: &'a [Credential<'a>] = &[],
        /// The signature methods, the default first; empty if requests are not signed.
        pub signatures: &'a [Signature<'a>] = &[],
        /// How the data of an answer is wrapped, and how an answer reports failure.
        pub envelope: Envelope<'a> = Envelope::BARE,
        /// The known error codes.
        pub errors: &'a [ErrorCode<'a>] = &[],
        /// How the platform handles late and repeated calls, if the documents say so.
        pub replay: Option<Replay> = None,
    }
}

fact! {
    /// How a platform handles late and repeated calls.
    pub struct Replay {
        /// How old the timestamp of a request may be, in seconds.
        pub window_seconds: Option<u32>,
        /// How long the gateway refuses a duplicate of a request, in seconds.
        pub duplicate_seconds: Option<u32>,
    }
}
