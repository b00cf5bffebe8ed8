//! The kinds of a call's errors.

/// The step of a call that failed, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client is not configured for this call; nothing was sent.
    Config,
    /// The request violates rules; nothing was sent.
    Validation,
    /// The request cannot be signed; nothing was sent.
    Signing,
    /// The token provider failed; nothing was sent with its token.
    Token,
    /// The host name of the gateway could not be resolved; nothing was sent.
    Dns,
    /// Connecting to the gateway failed; nothing was sent.
    Connect,
    /// The TLS handshake with the gateway failed; nothing was sent.
    Tls,
    /// Connecting took longer than its timeout; nothing was sent.
    ConnectTimeout,
    /// No answer within the attempt's timeout. Whether the platform has acted is unknown.
    AttemptTimeout,
    /// No answer within the whole call's timeout. Whether the platform has acted is unknown, unless
    /// there was no attempt.
    Deadline,
    /// The connection closed before an answer began. Whether the platform has acted is unknown.
    Closed,
    /// The answer is not HTTP. Whether the platform has acted is unknown.
    NotHttp,
    /// Another failure of the transport. Whether the platform has acted is unknown.
    Transport,
    /// The answer was cut off. Whether the platform has acted is unknown.
    Truncated,
    /// The answer is larger than allowed.
    TooLarge,
    /// An HTTP status other than 2xx with a body that is not JSON, from a proxy or web server in
    /// front of the gateway. Also a redirect, which clients do not follow:
    /// [`Error::location`](super::Error::location) returns its target.
    Http,
    /// An HTTP status of 2xx, with a body that is not JSON.
    NotJson,
    /// The answer is JSON, but neither a success nor a known failure.
    Envelope,
    /// The gateway refused the call.
    Gateway,
    /// The service that the gateway forwards to refused the call.
    Business,
    /// The call succeeded, but its data does not match the spec.
    Decode,
    /// The call succeeded, but its data cannot be decrypted.
    Decrypt,
}
