//! The text that `gatespec sign --from` is given: a request, or what is in the way.

use crate::world::MODEL;
use bumpalo::Bump;
use gatespec_inspect::pasted;
use gatespec_inspect::request::recognise;

/// The text as it was pasted.
pub fn run(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let Ok(sent) = pasted::read(text) else { return };
    let arena = Bump::new();
    let mut decode = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    // With the platform that its address tells, and with each one that may have been named.
    let named = MODEL.platforms.iter().map(Some);
    for platform in named.chain([None]) {
        if let Ok(found) = recognise(&MODEL, (platform, None), &sent, &mut decode, &arena) {
            let _ = found.credentials();
            assert!(found.call.method().name.len() <= text.len().max(200));
        }
    }
}
