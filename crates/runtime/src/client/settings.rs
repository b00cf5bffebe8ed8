//! The settings that all clones of a client share.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use gatespec_protocol::address;
use gatespec_protocol::credentials::CredentialSet;
use gatespec_protocol::datetime::DateTime;
use gatespec_protocol::gateway::Gateway;
use gatespec_protocol::open::{BySpec, Decryptor};
use gatespec_protocol::private::Private;

use super::bent::Bent;
use super::clock::{Clock, Entropy, SystemClock, SystemEntropy};
use super::error::Error;
use super::quotas::Quotas;
use super::retry::RetryPolicy;

/// The settings that all clones of a client share.
pub struct Settings {
    pub(super) platform: &'static str,
    pub(super) gateways: &'static [&'static Gateway<'static>],
    /// Names of gateways, with URLs that replace the spec's; the last entry for a name counts.
    pub(super) urls: Vec<(String, String)>,
    pub(super) clock: Arc<dyn Clock>,
    /// The largest correction of the clock that a gateway may cause; `None` forbids it.
    pub(super) longest_correction: Option<Duration>,
    /// The current correction of the clock in seconds.
    correction: AtomicI64,
    pub(super) entropy: Arc<dyn Entropy>,
    pub(super) decryptor: Arc<dyn Decryptor>,
    pub(super) connect_timeout: Duration,
    /// How long an idle connection is kept.
    pub(super) idle_timeout: Duration,
    /// The timeout of one attempt.
    pub(super) attempt_timeout: Duration,
    /// The timeout of the whole call.
    pub(super) timeout: Option<Duration>,
    pub(super) retry: Option<RetryPolicy>,
    pub(super) quotas: Quotas,
    pub(super) bent: Bent,
    pub(super) max_response_bytes: usize,
    pub(super) validate: bool,
    pub(super) without_rules: Vec<String>,
    /// Names of methods in the spec, each with the name that is sent instead.
    pub(super) method_names: Vec<(String, String)>,
    pub(super) parameters: Vec<(String, Private<String>)>,
    pub(super) signed_path: Option<String>,
}

impl Settings {
    pub(super) fn new(
        platform: &'static str,
        gateways: &'static [&'static Gateway<'static>],
    ) -> Settings {
        Settings {
            platform,
            gateways,
            urls: Vec::new(),
            clock: Arc::new(SystemClock),
            longest_correction: None,
            correction: AtomicI64::new(0),
            entropy: Arc::new(SystemEntropy),
            decryptor: Arc::new(BySpec),
            connect_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(30),
            attempt_timeout: Duration::from_secs(30),
            timeout: None,
            retry: None,
            quotas: Quotas::default(),
            bent: Bent::default(),
            max_response_bytes: 10 * 1024 * 1024,
            validate: true,
            without_rules: Vec::new(),
            method_names: Vec::new(),
            parameters: Vec::new(),
            signed_path: None,
        }
    }

    /// The current time, with the correction applied.
    pub(super) fn now(&self) -> DateTime {
        let seconds = self.correction.load(Ordering::Relaxed);
        let (now, by) = (self.clock.now(), Duration::from_secs(seconds.unsigned_abs()));
        if seconds < 0 { now - by } else { now + by }
    }

    /// Sets the clock's correction, unless it exceeds the limit. Returns whether it was set.
    pub(super) fn correct(&self, seconds: i64) -> bool {
        let by = Duration::from_secs(seconds.unsigned_abs());
        let may = self.longest_correction.is_some_and(|longest| by <= longest);
        if may {
            self.correction.store(seconds, Ordering::Relaxed);
        }
        may
    }

    /// The base URL of a gateway. Fails if the URL is not public and was not set.
    pub(super) fn url(&self, gateway: &Gateway<'static>) -> Result<&str, String> {
        let given = self.urls.iter().rev().find(|(name, _)| name == gateway.name);
        match given {
            Some((_, url)) => Ok(url),
            None if !gateway.base_url.is_empty() => Ok(gateway.base_url),
            None => Err(format!(
                "the URL of gateway `{0}` is not public; set it with `gateway_url({0:?}, …)`",
                gateway.name
            )),
        }
    }

    /// Checks that the platform has a credential of this name.
    pub(super) fn check_credential(&self, name: &str) -> Result<(), Error> {
        let known = || self.gateways.iter().flat_map(|gateway| gateway.credentials);
        if known().any(|credential| credential.name == name) {
            return Ok(());
        }
        let mut names: Vec<_> = known().map(|credential| credential.name).collect();
        names.sort_unstable();
        names.dedup();
        let reason = format!(
            "there is no credential `{name}` to provide; the credentials are {}",
            names.join(", ")
        );
        Err(Error::config(self.platform, reason))
    }

    /// Finds the mistakes that would make every call fail. `provided` is the credential that comes
    /// from a token provider, and may be missing from `credentials`.
    pub(super) fn check(
        &self,
        credentials: &CredentialSet,
        provided: Option<&str>,
    ) -> Result<(), Error> {
        if let Some(name) = provided {
            self.check_credential(name)?;
        }
        let fail = |reason| Err(Error::config(self.platform, reason));
        for (name, url) in &self.urls {
            if !self.gateways.iter().any(|gateway| gateway.name == name) {
                return fail(format!("there is no gateway `{name}`"));
            }
            if let Some(problem) = address::problem(url) {
                return fail(format!("the URL of gateway `{name}` {problem}"));
            }
        }
        let Some(main) = self.gateways.first() else {
            return fail("the platform has no gateway".to_owned());
        };
        if let Err(reason) = self.url(main) {
            return fail(reason);
        }
        match credentials.problem(self.gateways, provided) {
            Some(reason) => fail(reason),
            None => Ok(()),
        }
    }
}
