//! Credentials that change while the client lives.

use std::sync::Arc;

use gatespec_protocol::credentials::CredentialSet;

/// Gives credentials that change while a client lives, as a secret that is rotated. Asked before each
/// attempt, so it answers at once, from memory. What comes from elsewhere and takes time, such as a
/// token, is given by a [`TokenProvider`](super::TokenProvider).
///
/// Any function is one:
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
    /// The credentials to use from now on; the client's own hold where this one gives none.
    fn credentials(&self) -> CredentialSet;
}

impl<F: Fn() -> CredentialSet + Send + Sync> CredentialProvider for F {
    fn credentials(&self) -> CredentialSet {
        self()
    }
}

/// A provider that leaves one credential to the client.
pub(super) fn without(
    provider: Arc<dyn CredentialProvider>,
    name: &str,
) -> Arc<dyn CredentialProvider> {
    let name = name.to_owned();
    Arc::new(move || provider.credentials().without(&name))
}
