//! One call, and its options.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use gatespec_protocol::check::Validate;
use gatespec_protocol::decode::{Decoded, Value};
use gatespec_protocol::method::MethodInfo;
use gatespec_protocol::operation::Operation;
use gatespec_protocol::private::Private;
use gatespec_protocol::request::{Overrides, Prepared};
use gatespec_protocol::write::Encode;

use super::answer::Answer;
use super::base::{Client, Core};
use super::error::Error;
use super::exchange::{self, Asked, Plan, Request};
use super::mode::{Async, Blocking};
use super::retry::RetryPolicy;
use super::run::{run, run_blocking};

/// One call of the operation `O`.
#[must_use = "a call does nothing until it is sent"]
pub struct Call<'c, O, M = Async> {
    core: &'c Core,
    method: MethodInfo<'static>,
    request: &'c dyn Request,
    plan: Plan,
    marker: PhantomData<fn() -> (O, M)>,
}

/// Stands for the operation in a call whose method has no Rust type.
#[derive(Debug)]
pub enum Untyped {}

/// The result of a call of the operation `O`: its data or an error.
#[doc(hidden)]
pub type Outcome<O> = Result<<O as Operation>::Response, Error>;

impl<M> Client<M> {
    /// Prepares a call, which can be changed before it is sent.
    pub fn call<'c, O: Operation>(&'c self, request: &'c O) -> Call<'c, O, M> {
        Call::new(&self.core, O::METHOD, request)
    }
}

impl Client {
    /// Sends a request and returns the whole answer.
    ///
    /// # Errors
    /// Fails with any [`ErrorKind`](super::ErrorKind).
    pub async fn send<O: Operation>(&self, request: &O) -> Result<Answer<O::Response>, Error> {
        self.call(request).send().await
    }

    /// Sends a request and returns the answer's data.
    ///
    /// # Errors
    /// Fails with any [`ErrorKind`](super::ErrorKind).
    pub async fn data<O: Operation>(&self, request: &O) -> Result<O::Response, Error> {
        Ok(self.send(request).await?.into_data())
    }
}

impl Client<Blocking> {
    /// Sends a request and returns the whole answer.
    ///
    /// # Errors
    /// Fails with any [`ErrorKind`](super::ErrorKind).
    pub fn send<O: Operation>(&self, request: &O) -> Result<Answer<O::Response>, Error> {
        self.call(request).send()
    }

    /// Sends a request and returns the answer's data.
    ///
    /// # Errors
    /// Fails with any [`ErrorKind`](super::ErrorKind).
    pub fn data<O: Operation>(&self, request: &O) -> Result<O::Response, Error> {
        Ok(self.send(request)?.into_data())
    }

    /// Prepares a call of a method without a type, from a spec that is read at run time. The
    /// method's gateway must belong to this client's platform.
    pub fn call_untyped<'c>(
        &'c self,
        method: MethodInfo<'static>,
        request: &'c (impl Encode + Validate + Sync),
    ) -> Call<'c, Untyped, Blocking> {
        Call::new(&self.core, method, request)
    }
}

impl<O: Operation> Call<'_, O> {
    /// Sends the request.
    ///
    /// # Errors
    /// Fails with any [`ErrorKind`](super::ErrorKind).
    pub async fn send(self) -> Result<Answer<O::Response>, Error> {
        self.deliver().await
    }
}

impl<O: Operation> Call<'_, O, Blocking> {
    /// Sends the request.
    ///
    /// # Errors
    /// Fails with any [`ErrorKind`](super::ErrorKind).
    pub fn send(self) -> Result<Answer<O::Response>, Error> {
        self.send_and(O::read)
    }
}

impl Call<'_, Untyped, Blocking> {
    /// Replaces all overrides that were set so far, including those of the client.
    pub fn overrides(mut self, overrides: Overrides) -> Self {
        self.plan.overrides = overrides;
        self
    }

    /// Sends the request and decodes the answer's data with `read`, which may run more than once,
    /// each time into a default `T`.
    ///
    /// # Errors
    /// Fails with any [`ErrorKind`](super::ErrorKind).
    pub fn send<T: Default + Send>(
        self,
        read: impl FnMut(Value<'_>, &mut T) -> Decoded + Send,
    ) -> Result<Answer<T>, Error> {
        self.send_and(read)
    }
}

impl<O: Operation, M> Call<'_, O, M> {
    /// Sends the request. A blocking client's future is ready at its first poll.
    pub(super) async fn deliver(self) -> Result<Answer<O::Response>, Error> {
        let mut data = O::Response::default();
        let mut read = afresh(&mut data, O::read);
        let asked = Asked { method: self.method, request: self.request, read: &mut read };
        let delivered = run(self.core, &self.plan, asked).await?;
        drop(read);
        Ok(Answer::new(data, delivered))
    }
}

impl<O> Call<'_, O, Blocking> {
    fn send_and<T: Default + Send>(
        self,
        read: impl FnMut(Value<'_>, &mut T) -> Decoded + Send,
    ) -> Result<Answer<T>, Error> {
        let mut data = T::default();
        let mut read = afresh(&mut data, read);
        let asked = Asked { method: self.method, request: self.request, read: &mut read };
        let delivered = run_blocking(self.core, &self.plan, asked)?;
        drop(read);
        Ok(Answer::new(data, delivered))
    }
}

/// Makes a reader that can run more than once: it resets `data` each time.
fn afresh<T: Default>(
    data: &mut T,
    mut read: impl FnMut(Value<'_>, &mut T) -> Decoded,
) -> impl FnMut(Value<'_>) -> Decoded {
    move |value| {
        *data = T::default();
        read(value, data)
    }
}

impl<'c, O, M> Call<'c, O, M> {
    fn new(core: &'c Core, method: MethodInfo<'static>, request: &'c dyn Request) -> Self {
        let plan = Plan::new(&core.settings, method.name);
        Call { core, method, request, plan, marker: PhantomData }
    }

    /// Validates and signs the request without sending it.
    ///
    /// # Errors
    /// Fails with `Validation`, `Signing` or `Config`.
    pub fn prepare(self) -> Result<Prepared<'static>, Error> {
        let Call { core, method, request, plan, .. } = self;
        exchange::validate(&core.settings, &plan, &method, request)?;
        exchange::sign(&core.settings, &core.credentials(), &plan, method, request)
    }

    /// Sets whether the request is validated before it is sent.
    pub fn validate(mut self, validate: bool) -> Self {
        self.plan.validate = validate;
        self
    }

    /// Skips a rule, given by id (`span:start_time,end_time`) or kind (`span`), if the request has
    /// it.
    pub fn without_rule(mut self, rule: impl Into<String>) -> Self {
        self.plan.without_rules.push(rule.into());
        self
    }

    /// Sets whether and how this call is retried.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.plan.retry = Some(policy);
        self
    }

    /// Sets the timeout of one attempt.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.plan.attempt_timeout = limit;
        self
    }

    /// Sets the timeout of the whole call, including all attempts and waits.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.plan.timeout = Some(limit);
        self
    }

    /// Sets the method name to send, in place of the spec's.
    pub fn method_name(mut self, name: impl Into<String>) -> Self {
        self.plan.overrides.method_name = Some(name.into());
        self
    }

    /// Sets the text of a parameter, and adds the parameter if it is missing.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.plan.overrides.set_parameter(name, value);
        self
    }

    /// Removes a parameter.
    pub fn without_parameter(mut self, name: impl Into<String>) -> Self {
        self.plan.overrides.without.push(name.into());
        self
    }

    /// Renames the parameter that carries the business parameters as JSON.
    pub fn carrier(mut self, name: impl Into<String>) -> Self {
        self.plan.overrides.carrier = Some(name.into());
        self
    }

    /// Sets the path that the signature contains. The URL does not change.
    pub fn signed_path(mut self, path: impl Into<String>) -> Self {
        self.plan.overrides.signed_path = Some(path.into());
        self
    }

    /// Selects one of the gateway's signature methods by name.
    pub fn signature_method(mut self, name: impl Into<String>) -> Self {
        self.plan.overrides.signature_method = Some(name.into());
        self
    }

    /// Sets the value of a public parameter whose source is the caller.
    pub fn argument(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.plan.overrides.set_argument(name, value);
        self
    }

    /// Sets the body, for a gateway that takes the caller's document as it is.
    pub fn raw_body(mut self, body: impl Into<String>) -> Self {
        self.plan.overrides.raw_body = Some(Private::new(body.into()));
        self
    }
}

impl<O, M> fmt::Debug for Call<'_, O, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("method", &self.method.name)
            .field("overrides", &self.plan.overrides)
            .finish_non_exhaustive()
    }
}
