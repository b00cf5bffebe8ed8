//! The types of a platform module.

/// Declares what every platform module has around its facts: `Platform`, `Receiver`, `Client` and
/// `blocking::Client`. The credentials are a struct around a [`CredentialSet`](crate::CredentialSet).
/// With `blocking: false` at the end, there is no blocking client.
#[macro_export]
macro_rules! platform {
    (
        id: $id:literal,
        gateways: [$($gateway:ident),* $(,)?],
        credentials: $credentials:ident,
        methods: [$($method:ident),* $(,)?]
        $($blocking:tt)*
    ) => {
        /// Marks the types of this platform.
        #[derive(Debug, Clone, Copy)]
        pub struct Platform;

        impl $crate::Platform for Platform {
            const ID: &'static str = $id;
            const GATEWAYS: &'static [&'static $crate::Gateway<'static>] = &[$(&$gateway),*];
        }

        /// Verifies and answers calls from the platform, signed by the same rules as calls to it.
        /// That the platform signs its calls this way is inferred: no document says so.
        pub type Receiver = $crate::Receiver<Platform>;

        impl $crate::Receives for Platform {
            type Credentials = $credentials;
            fn methods() -> &'static [$crate::MethodInfo<'static>] {
                &[$(<$method as $crate::Operation>::METHOD),*]
            }
        }

        impl ::core::convert::From<$credentials> for $crate::CredentialSet {
            fn from(credentials: $credentials) -> Self {
                credentials.0
            }
        }

        $crate::clients! { platform: Platform, credentials: $credentials $($blocking)* }
    };
}

/// Declares `Client` and `blocking::Client` of a platform, given its [`Platform`](crate::Platform)
/// type and its credentials, which turn into a [`CredentialSet`](crate::CredentialSet). With
/// `blocking: false` at the end, only the async one.
#[macro_export]
macro_rules! clients {
    (platform: $platform:ident, credentials: $credentials:ident $(,)?) => {
        $crate::clients! { platform: $platform, credentials: $credentials, blocking: false }

        /// The blocking client.
        pub mod blocking {
            $crate::__client! {
                /// Calls the platform's methods, blocking. Cheap to clone; clones share their
                /// connections.
                [$crate::client::blocking] [] [] super::$platform, super::$credentials
            }
        }
    };
    (platform: $platform:ident, credentials: $credentials:ident, blocking: false $(,)?) => {
        $crate::__client! {
            /// Calls the platform's methods. Cheap to clone; clones share their connections.
            [$crate::client] [async] [.await] $platform, $credentials
        }
    };
}

/// A client of a platform: the module of its types, what makes a function async, what waits for
/// one, the platform and its credentials.
#[doc(hidden)]
#[macro_export]
macro_rules! __client {
    (
        $(#[$meta:meta])* [$($lane:tt)+] [$($async:tt)?] [$($await:tt)*]
        $platform:path, $credentials:path
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        pub struct Client($($lane)+::Client);

        impl ::core::convert::From<$($lane)+::Client> for Client {
            fn from(client: $($lane)+::Client) -> Self {
                Self(client)
            }
        }

        impl Client {
            /// Sets up a client.
            pub fn builder(credentials: $credentials) -> $($lane)+::ClientBuilder<Self> {
                Self::builder_with(::core::convert::From::from(credentials))
            }

            /// Sets up a client whose credentials come by their names in the spec, as from a vault
            /// or a mock gateway. What is missing is an error of `build`.
            pub fn builder_with(
                credentials: $crate::CredentialSet,
            ) -> $($lane)+::ClientBuilder<Self> {
                $($lane)+::ClientBuilder::new::<$platform>(credentials)
            }

            /// A client with the default transport and settings.
            ///
            /// # Errors
            /// `Config` if a credential is missing or too short, the URL is not public, or the
            /// default transport is not turned on.
            pub fn new(
                credentials: $credentials,
            ) -> ::core::result::Result<Self, $crate::Error> {
                Self::builder(credentials).build()
            }

            /// Sends a request and gives the whole answer.
            ///
            /// # Errors
            /// Everything that [`ErrorKind`]($crate::ErrorKind) lists.
            pub $($async)? fn send<O>(
                &self,
                request: &O,
            ) -> ::core::result::Result<$crate::Answer<O::Response>, $crate::Error>
            where
                O: $crate::Operation<Platform = $platform>,
            {
                self.0.send(request)$($await)*
            }

            /// Sends a request and gives the data of the answer.
            ///
            /// # Errors
            /// Everything that [`ErrorKind`]($crate::ErrorKind) lists.
            pub $($async)? fn data<O>(
                &self,
                request: &O,
            ) -> ::core::result::Result<O::Response, $crate::Error>
            where
                O: $crate::Operation<Platform = $platform>,
            {
                self.0.data(request)$($await)*
            }

            /// A call that can be changed before it is sent.
            pub fn call<'c, O>(&'c self, request: &'c O) -> $($lane)+::Call<'c, O>
            where
                O: $crate::Operation<Platform = $platform>,
            {
                self.0.call(request)
            }

            /// Sends a request whose range is longer than its rule allows, in windows that obey
            /// it: any number of them, with progress and a cursor to go on from.
            pub fn back_fill<O>(&self, request: &O) -> $($lane)+::BackFill<O>
            where
                O: $crate::Operation<Platform = $platform> + $crate::Ranged + 'static,
            {
                self.0.back_fill(request)
            }

            /// This client with one credential added or replaced, as another shop's token; it
            /// shares the connections.
            #[must_use]
            pub fn with_credential(
                &self,
                name: &str,
                value: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                Self(self.0.with_credential(name, value))
            }

            /// This client with another provider of a token, as for another shop; it shares the
            /// connections.
            ///
            /// # Errors
            /// `Config` if the platform has no credential of this name.
            pub fn with_token_provider(
                &self,
                credential: &str,
                provider: ::std::sync::Arc<dyn $($lane)+::TokenProvider>,
            ) -> ::core::result::Result<Self, $crate::Error> {
                self.0.with_token_provider(credential, provider).map(Self)
            }

            /// This client with other credentials; it shares the connections.
            #[must_use]
            pub fn with_credentials(&self, credentials: $credentials) -> Self {
                Self(self.0.with_credentials(::core::convert::From::from(credentials)))
            }
        }
    };
}
