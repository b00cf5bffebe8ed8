//! Tokens that are renewed during the life of a client.

mod keeper;
mod need;
mod state;
#[cfg(test)]
mod tests;

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use gatespec_protocol::datetime::DateTime;
use gatespec_protocol::private::Secret;

use super::transport::BoxFuture;

pub(super) use keeper::Keeper;
pub(super) use keeper::Provider;
pub(super) use state::TokenFailure;

/// A source of tokens. The client caches the token and asks again only when it must. Only one
/// caller asks at a time; other callers wait meanwhile, and share the outcome.
///
/// ```
/// use gatespec_runtime::client::{BoxFuture, Token, TokenError, TokenProvider};
///
/// /// Reads the token of each shop from another service of ours.
/// struct Vault {
///     shop: String,
/// }
///
/// impl Vault {
///     async fn read(&self) -> Result<String, TokenError> {
///         Ok(format!("token of {}", self.shop))
///     }
/// }
///
/// impl TokenProvider for Vault {
///     fn token<'a>(&'a self, _: Option<&'a Token>) -> BoxFuture<'a, Result<Token, TokenError>> {
///         Box::pin(async { Ok(Token::new(self.read().await?)) })
///     }
/// }
/// ```
pub trait TokenProvider: Send + Sync {
    /// Returns a token to use from now on. The client asks for a token before the first call unless
    /// the credentials contain one, when the current token is about to expire, and when the gateway
    /// has refused the current token. In the last case, `refused` is that token.
    ///
    /// A provider that calls the platform must use a client without this provider, because such a
    /// call would wait for itself.
    ///
    /// The call fails if the provider returns the refused token again, or an empty one. If the
    /// future is dropped before it completes, the next caller asks again.
    ///
    /// # Errors
    /// Any error of the provider. It becomes the source of the call's error, so its text must
    /// contain no secret.
    fn token<'a>(&'a self, refused: Option<&'a Token>) -> BoxFuture<'a, Result<Token, TokenError>>;
}

/// The blocking version of [`TokenProvider`].
pub trait BlockingTokenProvider: Send + Sync {
    /// Returns a token to use from now on; see [`TokenProvider::token`]. The provider must limit
    /// its own time, because the call's timeout cannot interrupt it.
    ///
    /// # Errors
    /// Any error of the provider. Its text must contain no secret.
    fn token(&self, refused: Option<&Token>) -> Result<Token, TokenError>;
}

/// The error of a token provider.
pub type TokenError = Box<dyn Error + Send + Sync>;

/// A token. Cheap to clone. `Debug` does not show its text, which is overwritten when the last
/// clone is dropped.
#[derive(Clone)]
pub struct Token {
    text: Arc<Secret>,
    expiry: Option<DateTime>,
}

impl Token {
    /// Creates a token that is used until the gateway refuses it.
    pub fn new(text: impl Into<String>) -> Token {
        Token { text: Arc::new(Secret::new(text.into())), expiry: None }
    }

    /// Sets when the token expires. The client renews it a minute earlier, or after half of its
    /// lifetime if that is shorter than two minutes.
    #[must_use]
    pub fn expires_at(mut self, expiry: DateTime) -> Token {
        self.expiry = Some(expiry);
        self
    }

    /// The token's text.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn secret(&self) -> Arc<Secret> {
        self.text.clone()
    }

    /// When the token expires, if known.
    pub fn expiry(&self) -> Option<DateTime> {
        self.expiry
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").field("expiry", &self.expiry).finish_non_exhaustive()
    }
}
