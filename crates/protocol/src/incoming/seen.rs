//! Remembers calls to detect duplicates.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sha2::{Digest as _, Sha256};

use super::Incoming;
use crate::datetime::DateTime;
use crate::parameter::Source;

impl Incoming<'_> {
    /// Returns a digest that identifies this request, for [`Seen`]. It is computed from the method
    /// and the signature. If calls are not signed, it is computed from the method, the parameters,
    /// the path and the body. Use it only after the signature has been checked.
    pub fn fingerprint(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        let mut add = |text: &str| {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text);
        };
        add(self.method.name);
        let signature = self.taken().find(|param| param.source == Source::Signature);
        match signature.and_then(|param| self.public(param)) {
            Some(signature) => add(signature),
            None => {
                for param in self.params.iter() {
                    add(param.name);
                    add(param.value);
                }
                add(&self.path);
                add(&self.body);
            }
        }
        hash.finalize().into()
    }
}

/// Remembers calls to detect duplicates. [`SeenInMemory`] is for one process. Several processes
/// need a common store, such as Redis or a database; the guide (`docs/src/receiving.md`) has an
/// example. The functions are synchronous. With an asynchronous store, use
/// [`fingerprint`](Incoming::fingerprint) after a call has been verified.
pub trait Seen: Send + Sync {
    /// Returns whether this is the first call with this [fingerprint](Incoming::fingerprint), and
    /// remembers the fingerprint for the duration `keep`. This must be atomic: if two processes ask
    /// at the same time, only one gets `true`.
    ///
    /// # Errors
    /// The store fails. The call must then not be accepted.
    fn is_first(
        &self,
        fingerprint: &[u8; 32],
        now: DateTime,
        keep: Duration,
    ) -> Result<bool, SeenError>;

    /// Forgets a call, for example one that could not be processed and may be sent again.
    ///
    /// # Errors
    /// The store fails.
    fn forget(&self, fingerprint: &[u8; 32]) -> Result<(), SeenError>;
}

/// The error of a store.
pub type SeenError = Box<dyn std::error::Error + Send + Sync>;

/// Remembers calls in the memory of this process.
///
/// When the capacity is reached, the oldest call is forgotten, and a duplicate of it would be
/// accepted. Choose a capacity that is larger than the number of calls in the time for which they
/// are remembered. Each call takes about 72 bytes.
pub struct SeenInMemory(Mutex<Known>);

struct Known {
    capacity: usize,
    /// The times until which calls are remembered.
    known: HashMap<[u8; 32], DateTime>,
    /// The remembered calls, oldest first.
    order: VecDeque<([u8; 32], DateTime)>,
}

impl SeenInMemory {
    /// Creates a memory for `capacity` calls.
    pub fn new(capacity: usize) -> SeenInMemory {
        let (known, order) = (HashMap::new(), VecDeque::new());
        SeenInMemory(Mutex::new(Known { capacity: capacity.max(1), known, order }))
    }

    /// The number of remembered calls.
    pub fn len(&self) -> usize {
        self.lock().known.len()
    }

    /// Whether no call is remembered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Forgets all calls.
    pub fn clear(&self) {
        let mut known = self.lock();
        known.known.clear();
        known.order.clear();
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen for SeenInMemory {
    fn is_first(
        &self,
        fingerprint: &[u8; 32],
        now: DateTime,
        keep: Duration,
    ) -> Result<bool, SeenError> {
        Ok(self.lock().is_first(*fingerprint, now, keep))
    }

    fn forget(&self, fingerprint: &[u8; 32]) -> Result<(), SeenError> {
        self.lock().known.remove(fingerprint);
        Ok(())
    }
}

impl fmt::Debug for SeenInMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SeenInMemory").field("calls", &self.len()).finish_non_exhaustive()
    }
}

impl Known {
    fn is_first(&mut self, fingerprint: [u8; 32], now: DateTime, keep: Duration) -> bool {
        while self.order.front().is_some_and(|(_, until)| *until <= now) {
            self.forget_oldest();
        }
        if self.known.get(&fingerprint).is_some_and(|until| *until > now) {
            return false;
        }
        while self.order.len() >= self.capacity {
            self.forget_oldest();
        }
        let until = now + keep;
        self.known.insert(fingerprint, until);
        self.order.push_back((fingerprint, until));
        true
    }

    fn forget_oldest(&mut self) {
        let Some((oldest, until)) = self.order.pop_front() else { return };
        // If the same call was remembered again later, `known` has the later time, and the call is
        // kept.
        if self.known.get(&oldest) == Some(&until) {
            self.known.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime {
        DateTime::from_unix_seconds(seconds).unwrap()
    }

    fn is_first(seen: &SeenInMemory, call: u8, second: i64) -> bool {
        seen.is_first(&[call; 32], at(second), Duration::from_secs(90)).unwrap()
    }

    #[test]
    fn a_call_counts_once_in_its_while() {
        let seen = SeenInMemory::new(100);
        assert!(is_first(&seen, 1, 0));
        assert!(!is_first(&seen, 1, 89));
        assert!(is_first(&seen, 2, 89));
        assert!(is_first(&seen, 1, 90));
        assert!(!is_first(&seen, 2, 178));
        assert!(!is_first(&seen, 1, 179));
        seen.forget(&[1; 32]).unwrap();
        assert!(is_first(&seen, 1, 179));
        seen.clear();
        assert!(seen.is_empty());
    }

    #[test]
    fn it_never_holds_more_than_its_capacity() {
        let seen = SeenInMemory::new(3);
        for call in 0..100 {
            assert!(is_first(&seen, call, 0));
            assert!(seen.len() <= 3);
        }
        assert!(!is_first(&seen, 99, 1));
        assert!(is_first(&seen, 0, 1));
        assert!(is_first(&seen, 7, 1_000));
        assert_eq!(seen.len(), 1);
    }
}
