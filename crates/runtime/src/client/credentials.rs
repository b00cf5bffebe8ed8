//! Credentials that change during the life of a client.

use std::sync::Arc;

use gatespec_protocol::credentials::CredentialSet;

/// Provides credentials that change during the life of a client, such as a rotated secret. The
/// client calls the provider before each attempt, so the provider must return at once, from memory.
/// For credentials that take time to fetch, such as tokens, use a
/// [`TokenProvider`](super::TokenProvider).
///
/// Functions without arguments that return a `CredentialSet` are providers:
///
/// ```
/// use std::sync::{Arc, RwLock};
/// use gatespec_runtime::{CredentialProvider, CredentialSet};
///
/// let secret = Arc::new(RwLock::new("old".to_owned()));
/// let shared = secret.clone();
/// let provider = move || CredentialSet::new().with("secret", shared.read().unwrap().as_str());
/// # fn takes(_: Arc<dyn CredentialProvider>) {}
/// takes(Arc::new(provider)); // as `ClientBuilder::credential_provider` does
/// *secret.write().unwrap() = "new".to_owned();
/// ```
pub trait CredentialProvider: Send + Sync {
    /// Returns the current credentials. If a credential is missing from them, the client uses its
    /// own.
    fn credentials(&self) -> CredentialSet;
}

impl<F: Fn() -> CredentialSet + Send + Sync> CredentialProvider for F {
    fn credentials(&self) -> CredentialSet {
        self()
    }
}

/// Wraps a provider so that it no longer returns the credential `name`.
pub(super) fn without(
    provider: Arc<dyn CredentialProvider>,
    name: &str,
) -> Arc<dyn CredentialProvider> {
    let name = name.to_owned();
    Arc::new(move || provider.credentials().without(&name))
}
