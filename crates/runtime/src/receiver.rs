//! Receiving calls that a platform makes: verified, decoded, and answered in its own envelope.
//!
//! Neutral to frameworks: requests and answers are those of the crate `http`, with the whole body in
//! memory. The pure half is [`incoming`](crate::incoming).
//!
//! **No document says how a pushed call is signed.** That a platform signs what it pushes as it
//! wants to be called, by the formula of its gateway and the app's secret, is inferred.
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
//!         // … keep it, by a number of its own: a platform sends again what it saw no answer to …
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
    /// What the receiver and the platform both know.
    type Credentials: Into<CredentialSet>;
    /// Every method. A function, because checking a crate evaluates constants and no functions.
    fn methods() -> &'static [MethodInfo<'static>];
}

/// Verifies calls that a platform makes. Cheap to clone; keep one for each set of credentials.
pub struct Receiver<P> {
    settings: Arc<Settings>,
    platform: PhantomData<fn() -> P>,
}

impl<P: Receives> Receiver<P> {
    /// A receiver of what is signed with these credentials.
    ///
    /// # Errors
    /// `Config` if a credential is missing or too short: an empty secret would let anybody sign.
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

    /// Where the time comes from; a [`DateTime`](crate::DateTime) stands still.
    #[must_use]
    pub fn clock(self, clock: Arc<dyn Clock>) -> Receiver<P> {
        self.set(|settings| settings.clock = clock)
    }

    /// Accepts what is signed with these credentials too, while a secret is replaced by another. The
    /// call is answered by the credentials that it was signed with.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn also_accept(self, credentials: P::Credentials) -> Result<Receiver<P>, Error> {
        let others = usable::<P>(credentials.into())?;
        Ok(self.set(|settings| settings.also.push(others)))
    }

    /// The path under which the endpoint stands. What is behind it is the path of the platform.
    #[must_use]
    pub fn mounted_at(self, path: impl Into<String>) -> Receiver<P> {
        self.set(|settings| settings.mounted_at = path.into().trim_end_matches('/').to_owned())
    }

    /// The path that the platform signs, whatever the path of the endpoint is.
    #[must_use]
    pub fn signed_path(self, path: impl Into<String>) -> Receiver<P> {
        self.set(|settings| settings.signed_path = Some(path.into()))
    }

    /// The largest query and body that are accepted, together, in bytes; 2 MiB if not set.
    #[must_use]
    pub fn max_request_bytes(self, limit: usize) -> Receiver<P> {
        self.set(|settings| settings.limits.bytes = limit)
    }

    /// How many parameters are accepted; 1,000 if not set.
    #[must_use]
    pub fn max_parameters(self, limit: usize) -> Receiver<P> {
        self.set(|settings| settings.limits.parameters = limit)
    }

    /// Accepts the calls of every shop: what differs from shop to shop, such as a token, is not
    /// compared. Look at [`Received::credential`] for whose call it is.
    #[must_use]
    pub fn any_shop(self) -> Receiver<P> {
        self.set(|settings| settings.any_token = true)
    }

    /// Accepts a call whose signed text also reads as another valid call. Formulas that join names and
    /// values without encoding them sign both alike, so that whoever sees one can send the other;
    /// such calls are refused unless this is set ([`IncomingError::Cut`]).
    #[must_use]
    pub fn any_cut(self) -> Receiver<P> {
        self.set(|settings| settings.any_cut = true)
    }

    /// Refuses a call with a parameter that the documents do not list. Platforms do add some, now and
    /// then.
    #[must_use]
    pub fn only_listed(self) -> Receiver<P> {
        self.set(|settings| settings.only_listed = true)
    }

    /// Refuses a call by another verb than the method's. Few formulas sign the verb.
    #[must_use]
    pub fn own_verb(self) -> Receiver<P> {
        self.set(|settings| settings.own_verb = true)
    }

    /// Accepts one signature method only, by its name on the wire: a sender chooses among those that
    /// the platform has, and the weakest is as strong as all.
    #[must_use]
    pub fn sign_method(self, name: impl Into<String>) -> Receiver<P> {
        self.set(|settings| settings.sign_method = Some(name.into()))
    }

    /// Refuses a call that came before ([`IncomingError::Duplicate`]), by a store that remembers what
    /// was accepted: [`SeenInMemory`](crate::incoming::SeenInMemory), or one that several processes
    /// share. A call is remembered for `keep`, and for longer if its clock would let it pass again
    /// after that. Where the platform has no clock, a call passes again when `keep` is over.
    ///
    /// Remembered is the signature: of two calls that differ only in what the formula leaves out, the
    /// second one is refused. A call that you cannot take, and that may come again, you
    /// [`forget`](Received::forget).
    #[must_use]
    pub fn refuse_repeats(self, store: Arc<dyn Seen>, keep: Duration) -> Receiver<P> {
        self.set(|settings| settings.seen = Some((store, keep)))
    }

    /// Leaves out a rule when requests are checked, given by id (`span:start_time,end_time`) or kind
    /// (`span`), because a document can be wrong. One that no request has changes nothing.
    #[must_use]
    pub fn without_rule(self, rule: impl Into<String>) -> Receiver<P> {
        self.set(|settings| settings.without_rules.push(rule.into()))
    }

    /// Verifies a call: its parameters, application, clock, signature and token, in this order, and
    /// then whether it came before.
    ///
    /// Without [`refuse_repeats`](Self::refuse_repeats) nothing is remembered: a call that came before
    /// passes again as long as its clock is fresh, and for ever where the platform has no clock. An
    /// asynchronous store can be asked afterwards, by [`Received::fingerprint`]. Methods whose calls are
    /// not signed are not known here.
    ///
    /// A field counts only where the platform's formula signs it; [`Received::origin`] says where it
    /// came from. A field that the formula signs nowhere is taken from where the documents put it, and
    /// could be changed on the way, as could the verb and the path if the formula leaves them out.
    ///
    /// # Errors
    /// What is wrong with the request, ready to be answered with.
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

    /// Refuses a call that came before.
    fn remember(&self, call: Received) -> Result<Received, Refused> {
        let Some((store, keep)) = &self.settings.seen else { return Ok(call) };
        let now = self.settings.clock.now();
        // A clock may be ahead by the window, and is good until it is late by the window.
        let window = call.0.incoming.method().gateway.replay.and_then(|one| one.window_seconds);
        let fresh = window.map(|window| Duration::from_secs(u64::from(window) * 2 + 1));
        let keep = fresh.map_or(*keep, |fresh| fresh.max(*keep));
        match store.is_first(&call.fingerprint(), now, keep) {
            Ok(true) => Ok(call),
            Ok(false) => Err(Refused::of(call.0, IncomingError::Duplicate)),
            Err(error) => Err(Refused::unsure(call.0, error)),
        }
    }

    /// The path behind the one that the endpoint is mounted under.
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
                // What the first gateway says is said, unless another one knows the method.
                Err(error) if index == 0 => problem = error,
                Err(_) => {}
            }
        }
        // A method of the main gateway lends its envelope to the refusal.
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

/// Credentials that can verify: an empty secret would let anybody sign.
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
