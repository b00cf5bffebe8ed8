//! A `reqwest-middleware` client as a transport.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use reqwest_middleware::{ClientWithMiddleware, Error as Reported};

use super::base::Client;
use super::builder::ClientBuilder;
use super::classify::{phase, unanswered};
use super::over_reqwest::{Execute, OverReqwest};
use super::transport::TransportError;

impl<C: From<Client>> ClientBuilder<C> {
    /// Uses your own `reqwest-middleware` client in place of the default transport. Its `reqwest`
    /// client must not follow redirects. Its middleware receives each attempt after signing. Leave
    /// retries to this client: a middleware would repeat the same signature, which gateways may
    /// refuse.
    ///
    /// Errors of `reqwest` keep their kinds. URLs are removed from all errors.
    #[must_use]
    pub fn reqwest_middleware(self, client: ClientWithMiddleware) -> Self {
        let limit = self.settings.max_response_bytes;
        self.transport(Arc::new(OverReqwest::new(client, limit)))
    }
}

impl Execute for ClientWithMiddleware {
    async fn execute(
        &self,
        request: reqwest::Request,
    ) -> Result<reqwest::Response, TransportError> {
        self.execute(request).await.map_err(told_apart)
    }
}

fn told_apart(error: Reported) -> TransportError {
    let error = match error {
        Reported::Reqwest(error) => return unanswered(error),
        Reported::Middleware(error) => error,
    };
    let error = match error.downcast::<reqwest::Error>() {
        Ok(error) => return unanswered(error),
        Err(error) => error,
    };
    let error = match error.downcast::<Reported>() {
        Ok(error) => return told_apart(error),
        Err(error) => error,
    };
    // A middleware's own error, such as "gave up after 3 attempts", may wrap an error of `reqwest`.
    let text = WithoutUrls(error.chain().map(|cause| without_urls(&cause.to_string())).collect());
    match error.chain().find_map(of_reqwest) {
        Some(inner) => phase(inner)(text.into()),
        None => TransportError::new(text),
    }
}

fn of_reqwest<'e>(cause: &'e (dyn Error + 'static)) -> Option<&'e reqwest::Error> {
    match cause.downcast_ref() {
        Some(Reported::Reqwest(error)) => Some(error),
        // `source()` of this error skips the error that it wraps, so search the wrapped error too.
        Some(Reported::Middleware(error)) => error.chain().find_map(of_reqwest),
        None => cause.downcast_ref(),
    }
}

/// The messages of an error and its sources, without URLs.
#[derive(Debug)]
struct WithoutUrls(Vec<String>);

impl fmt::Display for WithoutUrls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(": "))
    }
}

impl Error for WithoutUrls {}

/// Replaces every URL in a text by `…`, because a URL can contain a token.
fn without_urls(text: &str) -> String {
    let is_edge = |c: char| c.is_whitespace() || "()<>\"'`".contains(c);
    let pieces = text.split_inclusive(is_edge).map(|piece| {
        let (word, edge) = match piece.chars().next_back().filter(|last| is_edge(*last)) {
            Some(edge) => piece.split_at(piece.len() - edge.len_utf8()),
            None => (piece, ""),
        };
        let shown = if word.contains("://") { "…" } else { word };
        format!("{shown}{edge}")
    });
    pieces.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_url_is_left() {
        for (text, shown) in [
            (
                "sending to url (https://a.example/p?token=T&x=1) failed",
                "sending to url (…) failed",
            ),
            ("\"http://u:p@a.example\" 短 https://b.example/", "\"…\" 短 …"),
            ("gave up after 3 attempts", "gave up after 3 attempts"),
            ("", ""),
        ] {
            assert_eq!(without_urls(text), shown);
        }
    }
}
