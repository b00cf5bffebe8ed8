//! Logs the differences between answers and the spec. Each is logged once per client, method, field
//! and kind, so that a gateway that changes a type does not fill the log.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use gatespec_protocol::decode::Bend;

/// The maximum number of logged differences, which bounds the memory. No platform has so many
/// fields.
const MOST: usize = 4096;

/// The differences that have been logged, by method, field and kind.
#[derive(Default)]
pub(super) struct Bent(Mutex<HashSet<(&'static str, Bend)>>);

impl Bent {
    pub(super) fn tell(&self, platform: &str, method: &'static str, bends: &[Bend]) {
        for bend in bends {
            if self.is_new(method, bend) {
                tracing::info!(
                    target: "gatespec",
                    platform,
                    method,
                    field = bend.field,
                    kind = bend.kind.name(),
                    "an answer differs from the spec and was accepted"
                );
            }
        }
    }

    fn is_new(&self, method: &'static str, bend: &Bend) -> bool {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        told.len() < MOST && told.insert((method, bend.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gatespec_protocol::decode::BendKind;

    #[test]
    fn a_field_is_told_once_for_each_method_and_kind() {
        let bent = Bent::default();
        let number = Bend::new("a[].b", BendKind::NumberForText);
        assert!(bent.is_new("shop.demo", &number));
        assert!(!bent.is_new("shop.demo", &number));
        assert!(bent.is_new("shop.other", &number));
        assert!(bent.is_new("shop.demo", &Bend::new("a[].b", BendKind::UnknownValue)));
    }

    #[test]
    fn a_gateway_that_invents_fields_fills_no_memory() {
        let bent = Bent::default();
        for index in 0..2 * MOST {
            bent.is_new("m", &Bend::new(index.to_string(), BendKind::UnknownField));
        }
        assert_eq!(bent.0.lock().unwrap().len(), MOST);
    }
}
