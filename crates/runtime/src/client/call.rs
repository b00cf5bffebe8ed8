//! One call, and what a caller changes about it.

use std::time::Duration;

use super::answer::Answer;
use super::error::Error;
use super::exchange::{self, Asked, Plan, Request};
use super::retry::RetryPolicy;
use super::{Client, blocking, run};
use crate::decode::{Decoded, Value};
use crate::method::MethodInfo;
use crate::operation::Operation;
use crate::private::Private;
use crate::request::{Overrides, Prepared};

/// One async call.
#[must_use = "a call does nothing until it is sent"]
pub struct Call<'c, O> {
    client: &'c Client,
    request: &'c O,
    plan: Plan,
}

impl<'c, O: Operation> Call<'c, O> {
    pub(super) fn new(client: &'c Client, request: &'c O) -> Call<'c, O> {
        Call { client, request, plan: Plan::new(&client.settings, O::METHOD.name) }
    }

    /// Checks and signs the request; sends nothing.
    ///
    /// # Errors
    /// `Validation`, `Signing` or `Config`.
    pub fn prepare(self) -> Result<Prepared<'static>, Error> {
        let Call { client, request, plan } = self;
        exchange::validate(&client.settings, &plan, &O::METHOD, request)?;
        exchange::sign(&client.settings, &client.credentials, &plan, O::METHOD, request)
    }

    /// Sends the request.
    ///
    /// # Errors
    /// Everything that [`ErrorKind`](super::ErrorKind) lists.
    pub async fn send(self) -> Result<Answer<O::Response>, Error> {
        let mut data = O::Response::default();
        let mut read = |value: Value<'_>| {
            data = O::Response::default();
            O::read(value, &mut data)
        };
        let asked = Asked { method: O::METHOD, request: self.request, read: &mut read };
        let delivered = run::run(self.client, &self.plan, asked).await?;
        Ok(Answer::new(data, delivered))
    }
}

/// One blocking call.
#[must_use = "a call does nothing until it is sent"]
pub struct BlockingCall<'c, O> {
    client: &'c blocking::Client,
    request: &'c O,
    plan: Plan,
}

impl<'c, O: Operation> BlockingCall<'c, O> {
    pub(super) fn new(client: &'c blocking::Client, request: &'c O) -> BlockingCall<'c, O> {
        BlockingCall { client, request, plan: Plan::new(&client.settings, O::METHOD.name) }
    }

    /// Checks and signs the request; sends nothing.
    ///
    /// # Errors
    /// `Validation`, `Signing` or `Config`.
    pub fn prepare(self) -> Result<Prepared<'static>, Error> {
        let BlockingCall { client, request, plan } = self;
        exchange::validate(&client.settings, &plan, &O::METHOD, request)?;
        exchange::sign(&client.settings, &client.credentials, &plan, O::METHOD, request)
    }

    /// Sends the request.
    ///
    /// # Errors
    /// Everything that [`ErrorKind`](super::ErrorKind) lists.
    pub fn send(self) -> Result<Answer<O::Response>, Error> {
        let mut data = O::Response::default();
        let mut read = |value: Value<'_>| {
            data = O::Response::default();
            O::read(value, &mut data)
        };
        let asked = Asked { method: O::METHOD, request: self.request, read: &mut read };
        let delivered = run::run_blocking(self.client, &self.plan, asked)?;
        Ok(Answer::new(data, delivered))
    }
}

/// One blocking call of a method that no type stands for.
#[must_use = "a call does nothing until it is sent"]
pub struct UntypedCall<'c> {
    client: &'c blocking::Client,
    method: MethodInfo<'static>,
    request: &'c dyn Request,
    plan: Plan,
}

impl<'c> UntypedCall<'c> {
    pub(super) fn new(
        client: &'c blocking::Client,
        method: MethodInfo<'static>,
        request: &'c dyn Request,
    ) -> UntypedCall<'c> {
        UntypedCall { client, method, request, plan: Plan::new(&client.settings, method.name) }
    }

    /// What the request changes, in place of everything that was set before.
    pub fn overrides(mut self, overrides: Overrides) -> Self {
        self.plan.overrides = overrides;
        self
    }

    /// Checks and signs the request; sends nothing.
    ///
    /// # Errors
    /// `Validation`, `Signing` or `Config`.
    pub fn prepare(self) -> Result<Prepared<'static>, Error> {
        let UntypedCall { client, method, request, plan } = self;
        exchange::validate(&client.settings, &plan, &method, request)?;
        exchange::sign(&client.settings, &client.credentials, &plan, method, request)
    }

    /// Sends the request, and lets `read` take the data of the answer. `read` can run more than
    /// once, each time from the start.
    ///
    /// # Errors
    /// Everything that [`ErrorKind`](super::ErrorKind) lists.
    pub fn send<T: Default + Send>(
        self,
        mut read: impl FnMut(Value<'_>, &mut T) -> Decoded + Send,
    ) -> Result<Answer<T>, Error> {
        let mut data = T::default();
        let mut read = |value: Value<'_>| {
            data = T::default();
            read(value, &mut data)
        };
        let asked = Asked { method: self.method, request: self.request, read: &mut read };
        let delivered = run::run_blocking(self.client, &self.plan, asked)?;
        Ok(Answer::new(data, delivered))
    }
}

/// What all calls can change.
macro_rules! changes {
    ([$($parameter:ident: $bound:path)?] $call:ty, $name:literal, |$own:ident| $method:expr) => {
        impl<$($parameter: $bound)?> $call {
            /// Whether the request is checked before it is sent.
            pub fn validate(mut self, validate: bool) -> Self {
                self.plan.validate = validate;
                self
            }

            /// Leaves out a rule, given by id (`span:start_time,end_time`) or kind (`span`). One that the
            /// request does not have changes nothing.
            pub fn without_rule(mut self, rule: impl Into<String>) -> Self {
                self.plan.without_rules.push(rule.into());
                self
            }

            /// Whether and how this call is tried again if it fails.
            pub fn retry(mut self, policy: RetryPolicy) -> Self {
                self.plan.retry = Some(policy);
                self
            }

            /// How long one attempt may take.
            pub fn attempt_timeout(mut self, limit: Duration) -> Self {
                self.plan.attempt_timeout = limit;
                self
            }

            /// How long the whole call may take, with all its attempts and waits.
            pub fn timeout(mut self, limit: Duration) -> Self {
                self.plan.timeout = Some(limit);
                self
            }

            /// Another name of the method on the wire.
            pub fn method_name(mut self, name: impl Into<String>) -> Self {
                self.plan.overrides.method_name = Some(name.into());
                self
            }

            /// A parameter, added or given another text.
            pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.plan.overrides.set_parameter(name, value);
                self
            }

            /// Leaves out a parameter.
            pub fn without_parameter(mut self, name: impl Into<String>) -> Self {
                self.plan.overrides.without.push(name.into());
                self
            }

            /// Another name of the parameter that carries the business JSON.
            pub fn carrier(mut self, name: impl Into<String>) -> Self {
                self.plan.overrides.carrier = Some(name.into());
                self
            }

            /// Another path in the signature. The URL keeps its own.
            pub fn signed_path(mut self, path: impl Into<String>) -> Self {
                self.plan.overrides.signed_path = Some(path.into());
                self
            }

            /// The signature method.
            pub fn signature_method(mut self, name: impl Into<String>) -> Self {
                self.plan.overrides.signature_method = Some(name.into());
                self
            }

            /// The value of a public parameter that the caller fills.
            pub fn argument(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.plan.overrides.set_argument(name, value);
                self
            }

            /// The body, for a gateway that takes a document of the caller's.
            pub fn raw_body(mut self, body: impl Into<String>) -> Self {
                self.plan.overrides.raw_body = Some(Private::new(body.into()));
                self
            }
        }

        impl<$($parameter: $bound)?> std::fmt::Debug for $call {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let $own = self;
                f.debug_struct($name)
                    .field("method", &$method)
                    .field("overrides", &self.plan.overrides)
                    .finish_non_exhaustive()
            }
        }
    };
}

changes!([O: Operation] Call<'_, O>, "Call", |_call| O::METHOD.name);
changes!([O: Operation] BlockingCall<'_, O>, "BlockingCall", |_call| O::METHOD.name);
changes!([] UntypedCall<'_>, "UntypedCall", |call| call.method.name);
