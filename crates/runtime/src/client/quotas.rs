//! The rate limits of a client: for the application, each shop and each method.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use gatespec_protocol::credentials::CredentialSet;
use gatespec_protocol::method::MethodInfo;

use super::limit::RateLimit;

/// Which calls a quota counts together: all calls of the application, those of one shop, or those
/// of one method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Per {
    App,
    Shop,
    Method,
}

/// The quotas that all clones of a client share.
#[derive(Debug, Default)]
pub(super) struct Quotas {
    limits: Vec<(Per, RateLimit)>,
    /// The time at which the next attempt would be due if all attempts were evenly spaced. The key
    /// is the kind of quota, and a hash of the shop or method.
    next: Mutex<HashMap<(Per, u64), Duration>>,
}

/// If `next` has more entries than this, those that are in the past are removed.
const KEPT: usize = 1024;

impl Quotas {
    pub(super) fn set(&mut self, per: Per, limit: RateLimit) {
        self.limits.retain(|(known, _)| *known != per);
        self.limits.push((per, limit));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.limits.is_empty()
    }

    /// Takes a slot in each quota, and returns how long to wait before sending. Takes nothing if
    /// that would be longer than `longest`.
    ///
    /// The strictest quota sets the time of sending, and the slots in all quotas are taken at that
    /// time. So no quota is ever exceeded, but an attempt may wait for one quota although others
    /// have room.
    ///
    /// # Errors
    /// Returns the wait that would have been necessary.
    pub(super) fn reserve(
        &self,
        method: &MethodInfo<'_>,
        credentials: &dyn Fn() -> CredentialSet,
        now: Duration,
        longest: Duration,
    ) -> Result<Duration, Duration> {
        let lines: Vec<_> = self
            .limits
            .iter()
            .map(|&(per, limit)| ((per, key(per, method, credentials)), limit))
            .collect();
        let mut next = self.next();
        let place = |line| next.get(line).copied().unwrap_or_default().max(now);
        let waits = lines.iter().map(|(line, limit)| limit.wait(place(line), now));
        let wait = waits.max().unwrap_or_default();
        if wait > longest {
            return Err(wait);
        }
        let sent = now.saturating_add(wait);
        let places: Vec<_> =
            lines.iter().map(|(line, limit)| (*line, limit.next(place(line), sent))).collect();
        if next.len() > KEPT {
            next.retain(|_, at| *at > now);
        }
        next.extend(places);
        Ok(wait)
    }

    fn next(&self) -> MutexGuard<'_, HashMap<(Per, u64), Duration>> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key(per: Per, method: &MethodInfo<'_>, credentials: &dyn Fn() -> CredentialSet) -> u64 {
    let mut hasher = DefaultHasher::new();
    match per {
        Per::App => {}
        Per::Method => method.name.hash(&mut hasher),
        Per::Shop => {
            let known = credentials();
            let of_shop = method.gateway.credentials.iter().filter(|one| one.per_shop);
            of_shop.for_each(|one| known.get(one.name).hash(&mut hasher));
        }
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gatespec_protocol::gateway::Gateway;
    use gatespec_protocol::parameter::Credential;
    use proptest::prelude::*;

    static GATEWAY: Gateway<'static> = Gateway {
        credentials: &[Credential { name: "token", per_shop: true, ..Credential::BARE }],
        ..Gateway::BARE
    };

    /// Returns the wait of each attempt in milliseconds. An attempt is given as its time in
    /// milliseconds, its method and its shop.
    fn waits(quotas: &Quotas, attempts: &[(u64, &'static str, &str)]) -> Vec<u128> {
        let wait = |(at, method, shop): &(u64, &'static str, &str)| {
            let method = MethodInfo::new(method, &GATEWAY);
            let credentials = || CredentialSet::new().with("token", *shop);
            let now = Duration::from_millis(*at);
            quotas.reserve(&method, &credentials, now, Duration::MAX).unwrap().as_millis()
        };
        attempts.iter().map(wait).collect()
    }

    fn quotas<const N: usize>(limits: [(Per, RateLimit); N]) -> Quotas {
        let mut quotas = Quotas::default();
        limits.into_iter().for_each(|(per, limit)| quotas.set(per, limit));
        quotas
    }

    #[test]
    fn each_shop_and_each_method_has_a_line_of_its_own() {
        let ten = RateLimit::per_second(10);
        let calls = [(0, "get", "a"), (0, "get", "b"), (0, "put", "a"), (0, "get", "a")];
        assert_eq!(waits(&quotas([(Per::App, ten)]), &calls), [0, 100, 200, 300]);
        assert_eq!(waits(&quotas([(Per::Shop, ten)]), &calls), [0, 0, 100, 200]);
        assert_eq!(waits(&quotas([(Per::Method, ten)]), &calls), [0, 100, 0, 200]);
    }

    #[test]
    fn the_strictest_quota_sets_the_wait_and_none_is_exceeded() {
        let quotas = quotas([
            (Per::App, RateLimit::per_second(10)),
            (Per::Method, RateLimit::per_second(1)),
        ]);
        let calls = [(0, "get", ""), (0, "get", ""), (1000, "put", ""), (1100, "find", "")];
        // The second call waits one second for the quota of its method. The third call waits for
        // the quota of the application, until 100 ms after the second call.
        assert_eq!(waits(&quotas, &calls), [0, 1000, 100, 100]);
    }

    #[test]
    fn lines_that_are_idle_are_forgotten() {
        let quotas = quotas([(Per::Shop, RateLimit::per_second(1))]);
        let reserve = |shop: &str, now| {
            let credentials = || CredentialSet::new().with("token", shop);
            let method = MethodInfo::new("get", &GATEWAY);
            quotas.reserve(&method, &credentials, now, Duration::MAX).unwrap();
        };
        for shop in 0..3000 {
            reserve(&shop.to_string(), Duration::from_millis(10) * shop);
        }
        assert!(quotas.next().len() <= KEPT + 2, "{}", quotas.next().len());
    }

    /// A quota for the application only.
    struct Limiter(Quotas);

    impl Limiter {
        fn new(limit: RateLimit) -> Limiter {
            Limiter(quotas([(Per::App, limit)]))
        }

        fn reserve(&self, now: Duration, longest: Duration) -> Result<Duration, Duration> {
            let method = MethodInfo::new("get", &GATEWAY);
            self.0.reserve(&method, &CredentialSet::new, now, longest)
        }
    }

    fn millis(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    fn spaced(limit: RateLimit, arrivals: &[u64]) -> Vec<u128> {
        let limiter = Limiter::new(limit);
        let wait = |at: &u64| limiter.reserve(millis(*at), Duration::MAX).unwrap().as_millis();
        arrivals.iter().map(wait).collect()
    }

    #[test]
    fn attempts_are_spaced_evenly() {
        let ten = RateLimit::per_second(10);
        assert_eq!(spaced(ten, &[0, 0, 0, 250, 1000]), [0, 100, 200, 50, 0]);
        assert_eq!(spaced(RateLimit::per_minute(2), &[0, 0, 1000]), [0, 30_000, 59_000]);
    }

    #[test]
    fn a_burst_comes_at_once_and_is_saved_up_again() {
        let limit = RateLimit::per_second(10).burst(3);
        assert_eq!(spaced(limit, &[0, 0, 0, 0, 0]), [0, 0, 0, 100, 200]);
        // After 200 ms, two of the three slots are free again.
        assert_eq!(spaced(limit, &[0, 0, 0, 200, 200, 200]), [0, 0, 0, 0, 0, 100]);
    }

    #[test]
    fn an_attempt_that_would_wait_too_long_takes_no_place() {
        let limiter = Limiter::new(RateLimit::per_second(10));
        let reserve = |longest| limiter.reserve(Duration::ZERO, millis(longest));
        assert_eq!(reserve(0), Ok(millis(0)));
        assert_eq!((reserve(99), reserve(99)), (Err(millis(100)), Err(millis(100))));
        assert_eq!((reserve(100), reserve(100)), (Ok(millis(100)), Err(millis(200))));
    }

    #[test]
    fn nonsense_is_the_slowest_rate_and_no_burst() {
        assert_eq!(RateLimit::per_second(0), RateLimit::per_second(1));
        assert_eq!(RateLimit::per_minute(5).burst(0), RateLimit::per_minute(5));
        let limiter = Limiter::new(RateLimit::per_minute(1).burst(u32::MAX));
        assert_eq!(limiter.reserve(Duration::MAX, Duration::ZERO), Ok(Duration::ZERO));
    }

    proptest! {
        /// No sequence of attempts is faster than the limit, whenever the attempts arrive.
        #[test]
        fn no_window_holds_more_than_is_allowed(
            count in 1_u32..2000,
            burst in 1_u32..20,
            gaps in prop::collection::vec(prop_oneof![Just(0), 0_u64..3_000_000, 0_u64..3_000_000_000], 1..200),
            longest in prop_oneof![Just(u64::MAX), 0_u64..2_000_000_000],
        ) {
            let limiter = Limiter::new(RateLimit::per_second(count).burst(burst));
            let mut now = Duration::ZERO;
            let mut sent = Vec::new();
            for gap in gaps {
                now += Duration::from_nanos(gap);
                if let Ok(wait) = limiter.reserve(now, Duration::from_nanos(longest)) {
                    prop_assert!(wait <= Duration::from_nanos(longest));
                    sent.push((now + wait).as_nanos());
                }
            }
            prop_assert!(sent.is_sorted());
            for (first, from) in sent.iter().enumerate() {
                for (last, to) in sent.iter().enumerate().skip(first) {
                    // Each attempt beyond the burst takes 1/count seconds of the window.
                    let beyond = (last - first + 1).saturating_sub(burst as usize) as u128;
                    prop_assert!((to - from) * u128::from(count) >= beyond * 1_000_000_000);
                }
            }
        }

        /// No attempt waits longer than the rate requires.
        #[test]
        fn nobody_waits_longer_than_the_line_is(
            count in 1_u32..2000,
            burst in 1_u32..20,
            attempts in 1_u32..200,
        ) {
            let limiter = Limiter::new(RateLimit::per_second(count).burst(burst));
            let mut last = Duration::ZERO;
            for _ in 0..attempts {
                last = limiter.reserve(Duration::ZERO, Duration::MAX).unwrap();
            }
            let spacing = 1_000_000_000_u64.div_ceil(u64::from(count));
            let beyond = u64::from(attempts.saturating_sub(burst));
            prop_assert_eq!(last, Duration::from_nanos(spacing * beyond));
        }
    }
}
