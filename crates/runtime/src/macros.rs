//! Macros that declare the types of a platform module.

/// Declares the types that every platform module has in addition to its facts: `Platform`,
/// `Receiver`, `Client` and `blocking::Client`. `$credentials` is a struct that wraps a
/// [`CredentialSet`](crate::CredentialSet). A final `blocking: false` leaves out the blocking
/// client.
#[doc(hidden)]
#[macro_export]
macro_rules! platform {
    (
        id: $id:literal,
        gateways: [$($gateway:ident),* $(,)?],
        credentials: $credentials:ident,
        methods: [$($function:ident: $method:ident),* $(,)?]
        $($blocking:tt)*
    ) => {
        /// Identifies this platform in the types of clients and receivers.
        #[derive(Debug, Clone, Copy)]
        pub struct Platform;

        impl $crate::generated::Platform for Platform {
            const ID: &'static str = $id;
            const GATEWAYS: &'static [&'static $crate::generated::Gateway<'static>] = &[$(&$gateway),*];
        }

        /// Verifies and answers calls from the platform. Assumes that the platform signs its calls
        /// by the same rules that it sets for ours. That is a guess: no document says so.
        pub type Receiver = $crate::generated::Receiver<Platform>;

        impl $crate::generated::Receives for Platform {
            type Credentials = $credentials;
            fn methods() -> &'static [$crate::generated::MethodInfo<'static>] {
                &[$(<$method as $crate::generated::Operation>::METHOD),*]
            }
        }

        impl ::core::convert::From<$credentials> for $crate::generated::CredentialSet {
            fn from(credentials: $credentials) -> Self {
                credentials.0
            }
        }

        $crate::clients! { platform: Platform, credentials: $credentials $($blocking)* }
        $crate::__api! { [$($function: $method),*] $($blocking)* }
    };
}

/// Declares the traits `Api` and `BlockingApi`, which have a function for each method of the
/// platform. Clients and test doubles implement them.
#[doc(hidden)]
#[macro_export]
macro_rules! __api {
    ([$($function:ident: $method:ident),*] $(,)?) => {
        $crate::__api! { [$($function: $method),*], blocking: false }

        /// The blocking version of [`Api`].
        pub trait BlockingApi: ::core::marker::Send + ::core::marker::Sync {
            $(
                #[doc = ::core::concat!("As `blocking::Client::", ::core::stringify!($function), "`.")]
                fn $function(&self, request: &$method) -> $crate::client::Outcome<$method> {
                    let _ = request;
                    ::core::result::Result::Err($crate::client::left_out::<$method>())
                }
            )*
        }

        impl BlockingApi for blocking::Client {
            $(
                fn $function(&self, request: &$method) -> $crate::client::Outcome<$method> {
                    self.data(request)
                }
            )*
        }
    };
    ([$($function:ident: $method:ident),*], blocking: false $(,)?) => {
        /// The platform's methods as a trait, for programs whose tests replace [`Client`] by a test
        /// double: functions that take `&dyn Api` accept both. A method that a double does not
        /// implement fails with `Config`, so a double still compiles when the platform gains a
        /// method.
        pub trait Api: ::core::marker::Send + ::core::marker::Sync {
            $(
                #[doc = ::core::concat!("As `Client::", ::core::stringify!($function), "`.")]
                fn $function<'a>(
                    &'a self,
                    request: &'a $method,
                ) -> $crate::client::BoxFuture<'a, $crate::client::Outcome<$method>> {
                    let _ = request;
                    let left_out = ::core::result::Result::Err($crate::client::left_out::<$method>());
                    ::std::boxed::Box::pin(::core::future::ready(left_out))
                }
            )*
        }

        impl Api for Client {
            $(
                fn $function<'a>(
                    &'a self,
                    request: &'a $method,
                ) -> $crate::client::BoxFuture<'a, $crate::client::Outcome<$method>> {
                    ::std::boxed::Box::pin(self.data(request))
                }
            )*
        }
    };
}

/// Declares `Client` and `blocking::Client` of a platform, given its [`Platform`](crate::Platform)
/// type and a credentials type that converts into a [`CredentialSet`](crate::CredentialSet). With a
/// final `blocking: false`, declares only the async client.
#[doc(hidden)]
#[macro_export]
macro_rules! clients {
    (platform: $platform:ident, credentials: $credentials:ident $(,)?) => {
        $crate::clients! { platform: $platform, credentials: $credentials, blocking: false }

        /// The blocking client.
        pub mod blocking {
            $crate::__client! {
                /// A blocking client of the platform. Cheap to clone; clones share their
                /// connections.
                [$crate::client::blocking] [] [] super::$platform, super::$credentials
            }
        }
    };
    (platform: $platform:ident, credentials: $credentials:ident, blocking: false $(,)?) => {
        $crate::__client! {
            /// An async client of the platform. Cheap to clone; clones share their connections.
            [$crate::client] [async] [.await] $platform, $credentials
        }
    };
}

/// Declares one client type. The arguments are the module of the type to wrap, the tokens `async`
/// and `.await` (empty for a blocking client), the platform and its credentials.
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

        /// Builds a [`Client`]: transport, limits, retries, tokens.
        pub type ClientBuilder = $($lane)+::ClientBuilder<Client>;

        impl Client {
            /// Builds a client with credentials from environment variables, and default settings.
            /// The variables are named after the platform and the credential, such as
            /// `PLATFORM_APP_KEY`; `PLATFORM_BASE_URL` may set the base URL.
            ///
            /// # Errors
            /// `Config` if variables are missing, listing all of them, and for every reason for
            /// which [`new`](Self::new) fails.
            pub fn from_env() -> ::core::result::Result<Self, $crate::Error> {
                Self::builder_from_env()?.build()
            }

            /// Starts building a client with credentials from environment variables; see
            /// [`from_env`](Self::from_env).
            ///
            /// # Errors
            /// `Config`, listing all missing variables.
            pub fn builder_from_env() -> ::core::result::Result<ClientBuilder, $crate::Error> {
                ClientBuilder::from_env::<$platform>()
            }

            /// Starts building a client.
            pub fn builder(credentials: $credentials) -> ClientBuilder {
                Self::builder_with(::core::convert::From::from(credentials))
            }

            /// Starts building a client whose credentials are named as in the spec, for example
            /// from a vault or a mock gateway. `build` fails if a credential is missing.
            pub fn builder_with(
                credentials: $crate::generated::CredentialSet,
            ) -> ClientBuilder {
                $($lane)+::ClientBuilder::new::<$platform>(credentials)
            }

            /// Builds a client with the default transport and settings.
            ///
            /// # Errors
            /// `Config` if a credential is missing or too short, the URL is not public, or the
            /// feature of the default transport is off.
            pub fn new(
                credentials: $credentials,
            ) -> ::core::result::Result<Self, $crate::generated::Error> {
                Self::builder(credentials).build()
            }

            /// Sends a request and returns the whole answer.
            ///
            /// # Errors
            /// Fails with any [`ErrorKind`]($crate::ErrorKind).
            pub $($async)? fn send<O>(
                &self,
                request: &O,
            ) -> ::core::result::Result<$crate::generated::Answer<O::Response>, $crate::generated::Error>
            where
                O: $crate::generated::Operation<Platform = $platform>,
            {
                self.0.send(request)$($await)*
            }

            /// Sends a request and returns the answer's data.
            ///
            /// # Errors
            /// Fails with any [`ErrorKind`]($crate::ErrorKind).
            pub $($async)? fn data<O>(
                &self,
                request: &O,
            ) -> ::core::result::Result<O::Response, $crate::generated::Error>
            where
                O: $crate::generated::Operation<Platform = $platform>,
            {
                self.0.data(request)$($await)*
            }

            /// Prepares a call, which can be changed before it is sent.
            pub fn call<'c, O>(&'c self, request: &'c O) -> $($lane)+::Call<'c, O>
            where
                O: $crate::generated::Operation<Platform = $platform>,
            {
                self.0.call(request)
            }

            /// Prepares a back-fill. If the request's range is longer than its rule allows, the
            /// back-fill splits it into windows of permitted length and sends a call for each. It
            /// reports its progress, with a cursor to resume from.
            pub fn back_fill<O>(&self, request: &O) -> $($lane)+::BackFill<O>
            where
                O: $crate::generated::Operation<Platform = $platform> + $crate::generated::Ranged + 'static,
            {
                self.0.back_fill(request)
            }

            /// Returns a client with one credential added or replaced, for example another shop's
            /// token. The new client shares the connections of this one.
            #[must_use]
            pub fn with_credential(
                &self,
                name: &str,
                value: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                Self(self.0.with_credential(name, value))
            }

            /// Returns a client with another token provider, for example another shop's. The new
            /// client shares the connections of this one.
            ///
            /// # Errors
            /// `Config` if the platform has no credential of this name.
            pub fn with_token_provider(
                &self,
                credential: &str,
                provider: ::std::sync::Arc<dyn $($lane)+::TokenProvider>,
            ) -> ::core::result::Result<Self, $crate::generated::Error> {
                self.0.with_token_provider(credential, provider).map(Self)
            }

            /// Returns a client with other credentials. The new client shares the connections of
            /// this one.
            #[must_use]
            pub fn with_credentials(&self, credentials: $credentials) -> Self {
                Self(self.0.with_credentials(::core::convert::From::from(credentials)))
            }
        }
    };
}
