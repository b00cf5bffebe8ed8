//! Remembering calls, so that one that comes again is known.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use sha2::{Digest as _, Sha256};

use super::Incoming;
use crate::datetime::DateTime;
use crate::parameter::Source;

impl Incoming<'_> {
    /// What identifies this very request, for [`Seen`]: its method and its signature; where nothing
    /// is signed, its method and parameters. Ask for it only when the signature has been checked.
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

/// The calls of the last while. Nothing here is shared or stored: give each process one behind a
/// lock of its own, or keep fingerprints where all processes see them.
///
/// It never holds more than its capacity; when that is reached, the oldest call is forgotten, and
/// would pass again. Make it larger than the calls of one while: 72 bytes each, about.
#[derive(Debug, Clone)]
pub struct Seen {
    capacity: usize,
    /// Until when each one counts.
    known: HashMap<[u8; 32], DateTime>,
    /// The oldest first.
    order: VecDeque<([u8; 32], DateTime)>,
}

impl Seen {
    /// Room for so many calls.
    pub fn new(capacity: usize) -> Seen {
        Seen { capacity: capacity.max(1), known: HashMap::new(), order: VecDeque::new() }
    }

    /// Says whether this is the first call with this [fingerprint](Incoming::fingerprint), and
    /// remembers it for so long.
    pub fn is_first(&mut self, fingerprint: [u8; 32], now: DateTime, keep: Duration) -> bool {
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

    /// Forgets a call, such as one that could not be taken and may come again.
    pub fn forget(&mut self, fingerprint: [u8; 32]) {
        self.known.remove(&fingerprint);
    }

    fn forget_oldest(&mut self) {
        let Some((oldest, until)) = self.order.pop_front() else { return };
        // Unless it has been remembered anew.
        if self.known.get(&oldest) == Some(&until) {
            self.known.remove(&oldest);
        }
    }

    /// How many calls are remembered.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// No call is remembered.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime {
        DateTime::from_unix_seconds(seconds).unwrap()
    }

    fn is_first(seen: &mut Seen, call: u8, second: i64) -> bool {
        seen.is_first([call; 32], at(second), Duration::from_secs(90))
    }

    #[test]
    fn a_call_counts_once_in_its_while() {
        let mut seen = Seen::new(100);
        assert!(is_first(&mut seen, 1, 0));
        assert!(!is_first(&mut seen, 1, 89));
        assert!(is_first(&mut seen, 2, 89));
        assert!(is_first(&mut seen, 1, 90));
        assert!(!is_first(&mut seen, 2, 178));
        assert!(!is_first(&mut seen, 1, 179));
    }

    #[test]
    fn it_never_holds_more_than_its_capacity() {
        let mut seen = Seen::new(3);
        for call in 0..100 {
            assert!(is_first(&mut seen, call, 0));
            assert!(seen.len() <= 3);
        }
        assert!(!is_first(&mut seen, 99, 1));
        assert!(is_first(&mut seen, 0, 1));
        assert!(is_first(&mut seen, 7, 1_000));
        assert_eq!(seen.len(), 1);
    }
}
