//! A client of the runtime that is built from the model.

use bumpalo::Bump;
use gatespec_language::dynamic;
use gatespec_language::model::{Method, Platform};
use gatespec_runtime::client::blocking::{Client, ClientBuilder, UntypedCall};
use gatespec_runtime::{CredentialSet, Encode, Error, Gateway, MethodInfo, Overrides, Validate};

/// A method that a client can call. The facts are `'static`, as those of generated code are.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    platform: &'static str,
    gateways: &'static [&'static Gateway<'static>],
    /// The method.
    pub method: MethodInfo<'static>,
}

impl Target {
    /// Creates the target of a method.
    pub fn new(platform: &'static Platform, method: &'static Method, arena: &'static Bump) -> Self {
        let method = dynamic::method(platform, method, arena);
        Self { platform: &platform.id, gateways: arena.alloc([method.gateway]), method }
    }
}

/// A client of one method's gateway.
pub struct Caller {
    client: Client,
    /// The method.
    pub method: MethodInfo<'static>,
    /// The base URL.
    pub url: String,
}

impl Caller {
    /// Builds the client. `settings` changes the settings of its builder.
    ///
    /// # Errors
    ///
    /// When the URL, a credential or a setting is not acceptable.
    pub fn new(
        target: Target,
        url: &str,
        credentials: CredentialSet,
        settings: impl FnOnce(ClientBuilder<Client>) -> ClientBuilder<Client>,
    ) -> Result<Self, Error> {
        let builder = ClientBuilder::<Client>::of(target.platform, target.gateways, credentials)
            .base_url(url);
        let client = settings(builder).build()?;
        Ok(Self { client, method: target.method, url: url.to_owned() })
    }

    /// Prepares a call without sending it.
    pub fn call<'c>(
        &'c self,
        overrides: Overrides,
        request: &'c (impl Encode + Validate + Sync),
    ) -> UntypedCall<'c> {
        self.client.call_untyped(self.method, request).overrides(overrides)
    }
}
