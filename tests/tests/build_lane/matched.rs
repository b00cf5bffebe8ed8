//! Code that must not compile, because the next version of the platform would break it.

use gatespec_consumer::gateways::harbor::boat_hire::Flag;

fn main() {
    match Flag::from("red") {
        Flag::Red | Flag::Blue | Flag::Unknown(_) => {}
    }
}
