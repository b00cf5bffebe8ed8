//! What a gateway wants: the facts of a platform's protocol, as borrowed data.
//!
//! Generated code holds them as constants; the compiler builds the same types from its model.

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
        /// `main`, or the name of a further gateway.
        pub name: &'a str = "main",
        /// URL of the first disclosed environment; empty if none is: then the caller must set one.
        pub base_url: &'a str = "",
        /// The HTTP verb, unless a method says otherwise.
        pub verb: Verb = Verb::Post,
        /// Template of the signed path, appended to the base URL; empty if the gateway has none.
        pub path: &'a str = "",
        /// Constant headers, never signed.
        pub headers: &'a [(&'a str, &'a str)] = &[],
        /// Parameters whose text is empty are not sent.
        pub omit_empty: bool = false,
        /// The body is a document of the caller's.
        pub raw_body: bool = false,
        /// Where business parameters travel.
        pub business: Placement<'a> = Placement::Form,
        /// How records and lists travel in a query or form.
        pub nested: Nested = Nested::Json,
        /// How JSON is written.
        pub json: JsonStyle = JsonStyle::BARE,
        /// The public parameters, sorted by the bytes of their names.
        pub public: &'a [PublicParam<'a>] = &[],
        /// What the caller must know to sign.
        pub credentials: &'a [Credential<'a>] = &[],
        /// The signature methods, the default first; empty if requests are not signed.
        pub signatures: &'a [Signature<'a>] = &[],
        /// How an answer is wrapped.
        pub envelope: Envelope<'a> = Envelope::BARE,
        /// The known error codes.
        pub errors: &'a [ErrorCode<'a>] = &[],
        /// What the platform does about late and repeated calls, as far as it says.
        pub replay: Option<Replay> = None,
    }
}

fact! {
    /// What a platform does about late and repeated calls.
    pub struct Replay {
        /// Seconds that the clock of a request may lag.
        pub window_seconds: Option<u32>,
        /// Seconds during which the same request is refused.
        pub duplicate_seconds: Option<u32>,
    }
}
