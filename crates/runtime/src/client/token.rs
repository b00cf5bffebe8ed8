//! Tokens that are renewed while the client lives.

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
pub use keeper::Provider;
pub(super) use state::TokenFailure;

/// Gives tokens. The client remembers the one that it was given and asks again only when it has
/// to, one caller at a time: callers that come meanwhile wait, and share what the first one gets.
///
/// ```
/// use gatespec_runtime::client::{BoxFuture, Token, TokenError, TokenProvider};
///
/// /// Another service of ours knows the token of each shop.
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
    /// A token to use from now on. Asked before the first call unless the credentials hold a token,
    /// when the token given last is about to expire, and when the gateway has refused it: then
    /// `refused` is that token.
    ///
    /// A provider that calls the platform does so with a client that has no provider: one with
    /// this provider would wait for itself.
    ///
    /// To give the refused token again, or an empty one, is an error: the call would be refused
    /// again. A future that is dropped before it ends counts as never asked.
    ///
    /// # Errors
    /// Whatever keeps the provider from giving a token; it becomes the source of the call's
    /// error, so what it shows must hold no secret.
    fn token<'a>(&'a self, refused: Option<&'a Token>) -> BoxFuture<'a, Result<Token, TokenError>>;
}

/// Gives tokens, blocking. Otherwise like [`TokenProvider`].
pub trait BlockingTokenProvider: Send + Sync {
    /// A token to use from now on; see [`TokenProvider::token`]. It limits its own time: that of a
    /// blocking call cannot interrupt it.
    ///
    /// # Errors
    /// Whatever keeps the provider from giving a token; what it shows must hold no secret.
    fn token(&self, refused: Option<&Token>) -> Result<Token, TokenError>;
}

/// Why a provider gives no token: any error.
pub type TokenError = Box<dyn Error + Send + Sync>;

/// A token. Cheap to clone; its text is overwritten when the last clone is dropped, and `Debug`
/// does not show it.
#[derive(Clone)]
pub struct Token {
    text: Arc<Secret>,
    expiry: Option<DateTime>,
}

impl Token {
    /// A token that lives until the gateway refuses it.
    pub fn new(text: impl Into<String>) -> Token {
        Token { text: Arc::new(Secret::new(text.into())), expiry: None }
    }

    /// This token, known to expire at an instant. It is renewed a minute earlier; one that lives
    /// for less than two minutes, halfway.
    #[must_use]
    pub fn expires_at(mut self, expiry: DateTime) -> Token {
        self.expiry = Some(expiry);
        self
    }

    /// The text, as the gateway takes it.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn secret(&self) -> Arc<Secret> {
        self.text.clone()
    }

    /// When it expires, if that is known.
    pub fn expiry(&self) -> Option<DateTime> {
        self.expiry
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").field("expiry", &self.expiry).finish_non_exhaustive()
    }
}
