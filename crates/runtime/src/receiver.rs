//! Receives calls from a platform: verifies and decodes them, and answers in the platform's
//! envelope.
//!
//! It is independent of web frameworks: requests and answers have the types of the crate `http`,
//! with the whole body in memory. The part without I/O is [`incoming`](crate::incoming).
//!
//! **No document says how a pushed call is signed.** This module assumes that a platform signs the
//! calls that it pushes by the formula of its gateway, with the app's secret.
//!
//! ```
//! use gatespec_runtime::{Blank, Operation, Platform, Received, Receiver, Receives, Record, Refused};
//! use serde_json::json;
//!
//! fn answer<P: Receives, Order>(
//!     gate: &Receiver<P>,
//!     request: &http::Request<bytes::Bytes>,
//! ) -> http::Response<bytes::Bytes>
//! where
//!     Order: Operation<Platform = P> + Record + Blank,
//! {
//!     let outcome = gate.verify(request).and_then(|call: Received| {
//!         let order: Order = call.decode()?;
//!         // … store it under its own number: without an answer, a platform sends it again …
//!         # let _ = order;
//!         call.succeed(json!({ "taken": true }))
//!     });
//!     outcome.unwrap_or_else(|refused: Refused| refused.into_response())
//! }
//! ```

mod answer;
mod call;
mod refused;
mod settings;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use gatespec_protocol::credentials::CredentialSet;
use gatespec_protocol::gateway::Gateway;
use gatespec_protocol::incoming::{Incoming, IncomingError, Limits, Raw, Seen};
use gatespec_protocol::method::MethodInfo;
use gatespec_protocol::operation::Platform;

use crate::client::{Clock, Error, SystemClock};

pub use call::Received;
pub use refused::Refused;

use settings::{CallContext, Settings};

/// A platform whose calls can be received.
pub trait Receives: Platform {
    /// The credentials that the receiver and the platform share.
    type Credentials: Into<CredentialSet>;
    /// Returns all methods. A constant would be evaluated by `cargo check`, but a function is not.
    fn methods() -> &'static [MethodInfo<'static>];
}

/// Verifies calls from a platform. Cheap to clone. Each set of credentials needs its own receiver.
pub struct Receiver<P> {
    settings: Arc<Settings>,
    platform: PhantomData<fn() -> P>,
}

impl<P: Receives> Receiver<P> {
    /// Creates a receiver of calls that are signed with these credentials.
    ///
    /// # Errors
    /// `Config` if a credential is missing or too short: with an empty secret, anybody could sign.
    pub fn new(credentials: P::Credentials) -> Result<Receiver<P>, Error> {
        let ours = usable::<P>(credentials.into())?;
        let settings = Settings {
            ours,
            also: Vec::new(),
            clock: Arc::new(SystemClock),
            mounted_at: String::new(),
            signed_path: None,
            limits: Limits::default(),
            any_token: false,
            any_cut: false,
            only_listed: false,
            own_verb: false,
            sign_method: None,
            seen: None,
            without_rules: Vec::new(),
        };
        Ok(Receiver { settings: Arc::new(settings), platform: PhantomData })
    }

    fn set(mut self, change: impl FnOnce(&mut Settings)) -> Receiver<P> {
        change(Arc::make_mut(&mut self.settings));
        self
    }

    /// Sets the source of the time. A [`DateTime`](crate::DateTime) acts as a fixed clock.
    #[must_use]
    pub fn clock(self, clock: Arc<dyn Clock>) -> Receiver<P> {
        self.set(|settings| settings.clock = clock)
    }

    /// Also accepts calls that are signed with these credentials, for example while a secret is
    /// being replaced. The answer uses the credentials that the call was signed with.
    ///
    /// # Errors
    /// The same errors as [`new`](Self::new).
    pub fn also_accept(self, credentials: P::Credentials) -> Result<Receiver<P>, Error> {
        let others = usable::<P>(credentials.into())?;
        Ok(self.set(|settings| settings.also.push(others)))
    }

    /// Sets the path prefix at which the endpoint is mounted. The rest of a request's path is taken
    /// as the path that the platform signs.
    #[must_use]
    pub fn mounted_at(self, path: impl Into<String>) -> Receiver<P> {
        self.set(|settings| settings.mounted_at = path.into().trim_end_matches('/').to_owned())
    }

    /// Sets the path that the platform signs, in place of the path of the request.
    #[must_use]
    pub fn signed_path(self, path: impl Into<String>) -> Receiver<P> {
        self.set(|settings| settings.signed_path = Some(path.into()))
    }

    /// Limits the size of query and body together, in bytes; 2 MiB by default.
    #[must_use]
    pub fn max_request_bytes(self, limit: usize) -> Receiver<P> {
        self.set(|settings| settings.limits.bytes = limit)
    }

    /// Limits the number of parameters; 1,000 by default.
    #[must_use]
    pub fn max_parameters(self, limit: usize) -> Receiver<P> {
        self.set(|settings| settings.limits.parameters = limit)
    }

    /// Accepts calls of all shops: credentials that differ from shop to shop, such as tokens, are
    /// not compared. To find out which shop a call is for, read its token with
    /// [`Received::credential`].
    #[must_use]
    pub fn any_shop(self) -> Receiver<P> {
        self.set(|settings| settings.any_token = true)
    }

    /// Accepts a call whose signed text could also be that of another valid call. If a formula
    /// joins names and values without encoding them, two different calls can have the same
    /// signature, so anyone who sees one of them can send the other. By default such calls are
    /// refused ([`IncomingError::Cut`]).
    #[must_use]
    pub fn any_cut(self) -> Receiver<P> {
        self.set(|settings| settings.any_cut = true)
    }

    /// Refuses calls with a parameter that the spec does not list. Off by default, because
    /// platforms sometimes add parameters.
    #[must_use]
    pub fn only_listed(self) -> Receiver<P> {
        self.set(|settings| settings.only_listed = true)
    }

    /// Refuses calls whose HTTP verb differs from the method's. Off by default. Few formulas sign
    /// the verb.
    #[must_use]
    pub fn own_verb(self) -> Receiver<P> {
        self.set(|settings| settings.own_verb = true)
    }

    /// Accepts only one signature method, by its name on the wire. By default the sender may choose
    /// any signature method of the gateway, so all calls are only as safe as the weakest one.
    #[must_use]
    pub fn sign_method(self, name: impl Into<String>) -> Receiver<P> {
        self.set(|settings| settings.sign_method = Some(name.into()))
    }

    /// Refuses duplicates ([`IncomingError::Duplicate`]) with the help of a store of accepted
    /// calls: [`SeenInMemory`](crate::incoming::SeenInMemory), or a store that several processes
    /// share. A call is remembered for `keep`, or for as long as its timestamp is fresh if that is
    /// longer. If the platform sends no timestamp, a duplicate is accepted after `keep`.
    ///
    /// The store remembers signatures, so of two calls that differ only in unsigned parts, the
    /// second is refused. Call [`forget`](Received::forget) for a call that could not be processed
    /// and may be sent again.
    #[must_use]
    pub fn refuse_repeats(self, store: Arc<dyn Seen>, keep: Duration) -> Receiver<P> {
        self.set(|settings| settings.seen = Some((store, keep)))
    }

    /// Skips a rule, given by id (`span:start_time,end_time`) or kind (`span`), in requests that
    /// have it. Use this if the spec is wrong.
    #[must_use]
    pub fn without_rule(self, rule: impl Into<String>) -> Receiver<P> {
        self.set(|settings| settings.without_rules.push(rule.into()))
    }

    /// Verifies a call: its parameters, application, clock, signature and token, in this order, and
    /// then whether it is a duplicate.
    ///
    /// Without [`refuse_repeats`](Self::refuse_repeats), a duplicate is accepted while its
    /// timestamp is fresh, or forever if the platform sends no timestamp. With an asynchronous
    /// store, look up [`Received::fingerprint`] after this function has returned. Methods whose
    /// calls are not signed count as unknown.
    ///
    /// A field is read only from a location that the platform's formula signs; [`Received::origin`]
    /// returns that location. A field that the formula does not sign at all is read from its
    /// documented location. An intermediary may have changed such a field, and likewise a verb or a
    /// path that is not signed.
    ///
    /// # Errors
    /// Returns the reason for the refusal. [`Refused::into_response`] makes the answer from it.
    pub fn verify<B: AsRef<[u8]>>(&self, request: &http::Request<B>) -> Result<Received, Refused> {
        let headers: Vec<(&str, &[u8])> = request
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_bytes()))
            .collect();
        let uri = request.uri();
        let raw = Raw {
            verb: request.method().as_str(),
            path: self.path(uri.path()),
            query: uri.query().unwrap_or_default(),
            headers: &headers,
            body: request.body().as_ref(),
        };
        let incoming = self.read(&raw)?;
        let settings = Arc::clone(&self.settings);
        let mut ours = settings.ours.clone();
        let mut outcome = self.check(&incoming, &ours);
        if outcome.is_err()
            && let Some(other) =
                settings.also.iter().find(|other| self.check(&incoming, other).is_ok())
        {
            (outcome, ours) = (Ok(()), other.clone());
        }
        let call = CallContext { incoming: Arc::new(incoming), settings, ours };
        match outcome {
            Ok(()) => self.remember(Received(call)),
            Err(error) => Err(Refused::of(call, error)),
        }
    }

    /// Adds the call to the store of accepted calls, and refuses a duplicate.
    fn remember(&self, call: Received) -> Result<Received, Refused> {
        let Some((store, keep)) = &self.settings.seen else { return Ok(call) };
        let now = self.settings.clock.now();
        // When a call arrives, its timestamp may be ahead of our clock by as much as the window.
        // Such a timestamp stays fresh for twice the window.
        let window = call.0.incoming.method().gateway.replay.and_then(|one| one.window_seconds);
        let fresh = window.map(|window| Duration::from_secs(u64::from(window) * 2 + 1));
        let keep = fresh.map_or(*keep, |fresh| fresh.max(*keep));
        match store.is_first(&call.fingerprint(), now, keep) {
            Ok(true) => Ok(call),
            Ok(false) => Err(Refused::of(call.0, IncomingError::Duplicate)),
            Err(error) => Err(Refused::unsure(call.0, error)),
        }
    }

    /// Returns `signed_path` if it is set, and otherwise the path without the prefix at which the
    /// endpoint is mounted.
    fn path<'p>(&'p self, path: &'p str) -> &'p str {
        let settings = &*self.settings;
        match &settings.signed_path {
            Some(signed) => signed,
            None => path.strip_prefix(settings.mounted_at.as_str()).unwrap_or(path),
        }
    }

    fn read(&self, raw: &Raw<'_>) -> Result<Incoming<'static>, Refused> {
        let signing = |gateway: &&&'static Gateway<'static>| !gateway.signatures.is_empty();
        let mut problem = IncomingError::UnknownMethod { name: String::new() };
        for (index, gateway) in P::GATEWAYS.iter().filter(signing).enumerate() {
            match Incoming::read(gateway, P::methods(), raw, &self.settings.limits) {
                Ok(call) => return Ok(call),
                // Keep the first gateway's error, in case no other gateway can read the request.
                Err(error) if index == 0 => problem = error,
                Err(_) => {}
            }
        }
        // The refusal needs an envelope, so use the envelope of a method of the main gateway.
        let main = P::GATEWAYS.first();
        let of_main =
            |method: &&MethodInfo<'_>| main.is_some_and(|main| method.gateway.name == main.name);
        Err(Refused::unread(P::ID, P::methods().iter().find(of_main).copied(), problem))
    }

    fn check(&self, call: &Incoming<'static>, ours: &CredentialSet) -> Result<(), IncomingError> {
        if !call.is_signed() {
            let name = call.method().name.to_owned();
            return Err(IncomingError::UnknownMethod { name });
        }
        call.check_required()?;
        call.check_constants()?;
        call.check_app(ours)?;
        call.check_clock(self.settings.clock.now())?;
        if self.settings.own_verb {
            call.check_verb()?;
        }
        if let Some(name) = &self.settings.sign_method {
            call.check_sign_method(name)?;
        }
        call.check_signature(ours)?;
        if !self.settings.any_cut {
            call.check_cut(ours)?;
        }
        if self.settings.only_listed {
            call.check_listed()?;
        }
        if self.settings.any_token { Ok(()) } else { call.check_token(ours) }
    }
}

/// Checks that credentials can verify calls: with an empty secret, anybody could sign.
fn usable<P: Platform>(credentials: CredentialSet) -> Result<CredentialSet, Error> {
    match credentials.problem(P::GATEWAYS, None) {
        Some(problem) => Err(Error::config(P::ID, problem)),
        None => Ok(credentials),
    }
}

impl<P> Clone for Receiver<P> {
    fn clone(&self) -> Receiver<P> {
        Receiver { settings: Arc::clone(&self.settings), platform: PhantomData }
    }
}

impl<P: Platform> fmt::Debug for Receiver<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver")
            .field("platform", &P::ID)
            .field("credentials", &self.settings.ours)
            .finish_non_exhaustive()
    }
}
