//! Which step of a call failed.

/// Which step of a call failed, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client is not set up for this; nothing was sent.
    Config,
    /// The request violates rules; nothing was sent.
    Validation,
    /// The request cannot be signed; nothing was sent.
    Signing,
    /// The token provider gave no token; nothing was sent with it.
    Token,
    /// The gateway's host has no address; nothing was sent.
    Dns,
    /// No connection to the gateway; nothing was sent.
    Connect,
    /// No trusted connection to the gateway; nothing was sent.
    Tls,
    /// No connection within the time for connecting; nothing was sent.
    ConnectTimeout,
    /// No answer within the time for one attempt. Whether the platform has acted is unknown.
    AttemptTimeout,
    /// No answer within the time for the whole call. If there was an attempt, it is unknown whether
    /// the platform has acted.
    Deadline,
    /// The connection closed before an answer began. Whether the platform has acted is unknown.
    Closed,
    /// What came is not HTTP. Whether the platform has acted is unknown.
    NotHttp,
    /// The request or its answer was lost in another way. Whether the platform has acted is unknown.
    Transport,
    /// The answer broke off. Whether the platform has acted is unknown.
    Truncated,
    /// The answer is larger than allowed.
    TooLarge,
    /// An HTTP status other than 2xx, with a body that is not JSON: from a proxy or a web server
    /// in front of the gateway. Of a redirect, which is not followed, the error says where to.
    Http,
    /// An HTTP status of 2xx, with a body that is not JSON.
    NotJson,
    /// The answer is JSON, but neither a success nor a known failure.
    Envelope,
    /// The gateway refused the call.
    Gateway,
    /// The service behind the gateway refused the call.
    Business,
    /// The call succeeded, but its data is not what the spec says.
    Decode,
    /// The call succeeded, but its data cannot be opened.
    Decrypt,
}
