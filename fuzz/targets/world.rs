//! The platforms that the targets use: those that ship, and invented ones.

use gatespec_language::model::{Method, Model, Platform};
use gatespec_language::{analyse, diagnostic::Sink, source};
use gatespec_protocol::CredentialSet;
use std::path::Path;
use std::sync::LazyLock;

/// A text that must never be shown.
pub(crate) const SECRET: &str = "Zq7-secret-of-the-fuzzer-0123456";

/// All platforms.
pub(crate) static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut all = Model::default();
    for folder in ["specs", "tests/platforms"] {
        let mut sink = Sink::default();
        let sources = source::load(&root.join(folder), &mut sink);
        let model = analyse(&sources, &mut sink).unwrap_or_default();
        assert!(!model.platforms.is_empty(), "{folder} does not compile");
        all.platforms.extend(model.platforms);
    }
    all
});

/// The platform and method that a byte selects.
pub(crate) fn method(choice: u8) -> (&'static Platform, &'static Method) {
    let all: Vec<_> = MODEL
        .platforms
        .iter()
        .flat_map(|platform| platform.methods.iter().map(move |method| (platform, method)))
        .collect();
    all[usize::from(choice) % all.len()]
}

/// All credentials of a platform, each with the value [`SECRET`].
pub(crate) fn credentials(platform: &Platform) -> CredentialSet {
    let all = platform.gateways.iter().flat_map(|gateway| &gateway.credentials);
    all.map(|credential| (credential.name, SECRET)).collect()
}
