//! The error for a request that has no program.

use crate::request::Wrong;

pub(super) fn unsupported(reason: &str) -> Wrong {
    Wrong { message: format!("there is no Python program for this request: {reason}"), help: None }
}
