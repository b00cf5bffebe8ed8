//! Runs a target under libFuzzer. The environment variable `FUZZ_TARGET` selects the target.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

fuzz_target!(|data: &[u8]| {
    static TARGET: OnceLock<gatespec_fuzz::Target> = OnceLock::new();
    let target = TARGET.get_or_init(|| {
        let name = std::env::var("FUZZ_TARGET").expect("FUZZ_TARGET is the name of a target");
        gatespec_fuzz::target(&name).expect("FUZZ_TARGET is not the name of a target")
    });
    (target.run)(data);
});
