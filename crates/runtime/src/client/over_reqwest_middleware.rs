//! A client of `reqwest-middleware` as a transport.

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
    /// Your own client of `reqwest-middleware`, in place of the default transport. Each attempt
    /// goes through its middleware, signed: one that sends a request again sends the same
    /// signature, which gateways may refuse; let the retries of this client do that. The redirects
    /// of its `reqwest` client must be off.
    ///
    /// Errors of `reqwest` keep their kinds, and none shows a URL.
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
    // A middleware has wrapped it in an error of its own, such as "gave up after 3 attempts".
    let text = WithoutUrls(error.chain().map(|cause| without_urls(&cause.to_string())).collect());
    match error.chain().find_map(of_reqwest) {
        Some(inner) => phase(inner)(text.into()),
        None => TransportError::new(text),
    }
}

fn of_reqwest<'e>(cause: &'e (dyn Error + 'static)) -> Option<&'e reqwest::Error> {
    match cause.downcast_ref() {
        Some(Reported::Reqwest(error)) => Some(error),
        // It shows what is in it as itself, so that is not the next cause.
        Some(Reported::Middleware(error)) => error.chain().find_map(of_reqwest),
        None => cause.downcast_ref(),
    }
}

/// What a middleware reports and what it was caused by.
#[derive(Debug)]
struct WithoutUrls(Vec<String>);

impl fmt::Display for WithoutUrls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(": "))
    }
}

impl Error for WithoutUrls {}

/// A text with `…` in place of every URL: they can hold a token.
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
