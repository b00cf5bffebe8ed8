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
use crate::model::Model;

/// Judges the whole model.
pub fn check(model: &Model, sink: &mut Sink) {
    for platform in &model.platforms {
        protocol::check(platform, sink);
        headers::check(platform, sink);
        formula::check(platform, sink);
        envelope::check(platform, sink);
        meaning::check(platform, sink);
        template::check(platform, sink);
        pages::check(platform, sink);
        record::check(platform, sink);
        recursion::check(platform, sink);
        nesting::check(platform, sink);
        range::check(platform, sink);
        zone::check(platform, sink);
        apart::check(platform, sink);
    }
    // Vectors and examples are run, which only a sound model allows.
    if sink.has_errors() {
        return;
    }
    for platform in &model.platforms {
        vectors::check(platform, sink);
        examples::check(platform, sink);
        docs::check(platform, sink);
    }
}
