//! Ranges that exceed a rule: the arithmetic of their windows, the cursor, and the back-fill of the
//! generated clients over a gateway with random failures.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod arithmetic;
mod cursors;
mod gateway;
mod resuming;
mod running;
mod threads;
mod wire;

use std::time::Duration;

use gatespec_clients::shopex::{self, FillType, MatrixFillMultiple};
use gatespec_runtime::DateTime;

const DAY: Duration = Duration::from_secs(86_400);

fn at(seconds: i64) -> DateTime {
    DateTime::from_unix_seconds(seconds).unwrap()
}

/// 2023-01-01 00:00:00 in the platform's time zone.
fn new_year() -> DateTime {
    shopex::datetime(2023, 1, 1, 0, 0, 0).unwrap()
}

fn orders(from: DateTime, to: DateTime) -> MatrixFillMultiple {
    MatrixFillMultiple::new("15000000", FillType::Order, from, to)
}

/// A request for a range of `count` days that begins at the new year.
fn days(count: u32) -> MatrixFillMultiple {
    orders(new_year(), new_year() + count * DAY)
}
