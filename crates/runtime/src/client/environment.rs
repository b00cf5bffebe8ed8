//! Credentials from environment variables.

use std::ffi::OsString;

use gatespec_protocol::credentials::{CredentialSet, variable};
use gatespec_protocol::gateway::Gateway;
use gatespec_protocol::operation::Platform;

use super::base::Client;
use super::builder::Builder;
use super::error::Error;
use super::mode::Mode;

impl<C: From<Client<M>>, M: Mode> Builder<C, M> {
    /// Starts a builder with credentials from environment variables: for the platform `shop`,
    /// `SHOP_APP_KEY` holds the credential `app_key`, and `SHOP_BASE_URL` may hold the base URL.
    /// Variables of optional credentials, and of credentials that differ from shop to shop, may be
    /// missing.
    ///
    /// # Errors
    /// [`Config`](super::ErrorKind::Config), listing all variables that are missing, empty or not
    /// UTF-8.
    pub fn from_env<P: Platform>() -> Result<Builder<C, M>, Error> {
        let found = read(P::ID, P::GATEWAYS, |name| std::env::var_os(name));
        let found = found.map_err(|reason| Error::config(P::ID, reason))?;
        let builder = Builder::new::<P>(found.credentials);
        Ok(match found.base_url {
            Some(url) => builder.base_url(url),
            None => builder,
        })
    }
}

/// The values of the environment variables.
struct Found {
    credentials: CredentialSet,
    base_url: Option<String>,
}

fn read(
    platform: &str,
    gateways: &[&Gateway<'_>],
    look: impl Fn(&str) -> Option<OsString>,
) -> Result<Found, String> {
    let mut problems = Vec::new();
    let mut text = |name: &str, needed: bool| match look(name).map(OsString::into_string) {
        Some(Ok(text)) if !text.is_empty() => Some(text),
        Some(Err(_)) => {
            problems.push(format!("{name} is not UTF-8"));
            None
        }
        _ => {
            problems.extend(needed.then(|| format!("{name} is not set")));
            None
        }
    };
    let mut credentials = CredentialSet::new();
    for (index, gateway) in gateways.iter().enumerate() {
        for credential in gateway.credentials {
            if credentials.get(credential.name).is_some() {
                continue;
            }
            // Credentials that only other gateways use may never be needed.
            let needed = index == 0 && !credential.optional && !credential.per_shop;
            if let Some(text) = text(&variable(platform, credential.name), needed) {
                credentials = credentials.with(credential.name, text);
            }
        }
    }
    let base_url = text(&variable(platform, "base_url"), false);
    match problems.is_empty() {
        true => Ok(Found { credentials, base_url }),
        false => Err(format!("the environment has no credentials: {}", problems.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gatespec_protocol::parameter::Credential;

    const GATEWAY: Gateway<'static> = Gateway {
        credentials: &[
            Credential { name: "app_key", ..Credential::BARE },
            Credential { name: "secret", sensitive: true, ..Credential::BARE },
            Credential { name: "token", per_shop: true, ..Credential::BARE },
        ],
        ..Gateway::BARE
    };

    fn of(variables: &[(&str, &str)]) -> Result<Found, String> {
        read("my-shop", &[&GATEWAY], |name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, text)| OsString::from(text))
        })
    }

    #[test]
    fn each_credential_has_its_variable() {
        let found = of(&[
            ("MY_SHOP_APP_KEY", "k"),
            ("MY_SHOP_SECRET", "s"),
            ("MY_SHOP_BASE_URL", "http://127.0.0.1:1"),
        ]);
        let Ok(Found { credentials, base_url }) = found else { panic!("it was not read") };
        assert_eq!(credentials.get("app_key"), Some("k"));
        assert_eq!((credentials.get("secret"), credentials.get("token")), (Some("s"), None));
        assert_eq!(base_url.as_deref(), Some("http://127.0.0.1:1"));
    }

    #[test]
    fn every_missing_variable_is_named() {
        let problem = of(&[("MY_SHOP_SECRET", "")]).err().unwrap();
        let expected = "the environment has no credentials: MY_SHOP_APP_KEY is not set, \
                        MY_SHOP_SECRET is not set";
        assert_eq!(problem, expected);
    }
}
