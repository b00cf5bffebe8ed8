//! The judges of the model: each looks at one thing, adds diagnostics, and changes nothing.

mod apart;
mod constraint;
mod docs;
mod envelope;
mod examples;
mod formula;
mod headers;
mod meaning;
mod nesting;
mod notes;
mod pages;
mod protocol;
mod range;
mod record;
mod recursion;
mod template;
mod vectors;
mod zone;

pub use notes::notes;
pub use vectors::holds as vector_holds;

use crate::diagnostic::Sink;
use crate::model::{Model, Platform};

/// Judges the whole model.
pub fn check(model: &Model, sink: &mut Sink) {
    model.platforms.iter().for_each(|platform| soundness(platform, sink));
    // Vectors and examples are run, which only a sound model allows.
    if !sink.has_errors() {
        model.platforms.iter().for_each(|platform| proofs(platform, sink));
    }
}

/// Judges whether a platform means something.
pub fn soundness(platform: &Platform, sink: &mut Sink) {
    protocol::check(platform, sink);
    headers::check(platform, sink);
    formula::check(platform, sink);
    envelope::check(platform, sink);
    meaning::check(platform, sink);
    let can_be_filled = template::check(platform, sink);
    pages::check(platform, sink);
    record::check(platform, sink);
    recursion::check(platform, sink);
    nesting::check(platform, sink);
    range::check(platform, sink);
    zone::check(platform, sink);
    if can_be_filled {
        apart::check(platform, sink);
    }
}

/// Judges whether a sound platform is right: by its vectors and examples.
pub fn proofs(platform: &Platform, sink: &mut Sink) {
    vectors::check(platform, sink);
    examples::check(platform, sink);
    docs::check(platform, sink);
}
