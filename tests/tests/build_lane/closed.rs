//! What nobody may write, because the next version of the platform would break it.

use gatespec_consumer::gateways::harbor::boat_hire::Flag;
use gatespec_consumer::gateways::harbor::{BoatHire, BoatHireResponse};

fn main() {
    let BoatHire { boat, days, deposit, crew, from } = BoatHire::new("海鸥");
    let mut read = BoatHireResponse::default();
    read = BoatHireResponse { hire_id: boat, ..read };
    match Flag::from("red") {
        Flag::Red | Flag::Blue | Flag::Unknown(_) => drop((days, deposit, crew, from, read)),
    }
}
