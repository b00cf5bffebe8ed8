//! Code that must not compile, because the next version of the platform would break it.

use gatespec_consumer::gateways::harbor::{BoatHire, BoatHireResponse};

fn main() {
    let BoatHire { boat, days, deposit, crew, from } = BoatHire::new("海鸥");
    let read = BoatHireResponse { hire_id: boat, ..BoatHireResponse::default() };
    drop((days, deposit, crew, from, read));
}
