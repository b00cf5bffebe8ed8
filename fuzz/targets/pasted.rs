//! The input of `gatespec sign --from`: it is read as a request, or refused with a reason.

use crate::world::MODEL;
use bumpalo::Bump;
use gatespec_inspect::pasted;
use gatespec_inspect::request::recognise;

/// The input is the pasted text.
pub(crate) fn run(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let Ok(sent) = pasted::read(text, &pasted::no_files) else { return };
    let arena = Bump::new();
    let mut decode = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    // Try each platform that the user may name, and then the platform that the address suggests.
    let named = MODEL.platforms.iter().map(Some);
    for platform in named.chain([None]) {
        if let Ok(found) = recognise(&MODEL, (platform, None), &sent, &mut decode, &arena) {
            let _ = found.credentials();
            assert!(found.call.method().name.len() <= text.len().max(200));
        }
    }
}
