//! The checks of the model. Each examines one aspect and reports diagnostics. The checks do not
//! change the model.

mod answers;
mod apart;
mod constraint;
mod docs;
mod doubt;
mod effect;
mod envelope;
mod examples;
mod formula;
mod headers;
mod lints;
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
mod words;
mod zone;

pub use lints::is_private;
pub use notes::notes;
pub use vectors::{VectorRequest, holds as vector_holds, vector_request, vectors};

use crate::diagnostic::Sink;
use crate::model::{Model, Platform};
use crate::resolve::{Layout, Resolved};
use doubt::Doubt;

/// Runs all checks. Returns the model without the parts that have errors.
pub(crate) fn check(resolved: Resolved, sink: &mut Sink) -> Model {
    let Resolved { model, layouts } = resolved;
    let platforms = model.platforms.into_iter().zip(&layouts);
    let platforms = platforms.filter_map(|(platform, layout)| {
        let can_be_filled = soundness(&platform, layout, sink);
        // Checking vectors and examples fills templates.
        if can_be_filled {
            proofs(&platform, layout, sink);
        }
        let doubt = Doubt::of(&platform, layout, sink);
        if doubt.is_none() {
            lints::check(&platform, sink);
            return Some(platform);
        }
        doubt::sound(&platform, &doubt)
    });
    Model { platforms: platforms.collect() }
}

/// Checks that a platform is meaningful. Returns `false` if its templates cannot be filled.
pub(crate) fn soundness(platform: &Platform, layout: &Layout, sink: &mut Sink) -> bool {
    let doubt = Doubt::of(platform, layout, sink);
    protocol::check(platform, &doubt, sink);
    headers::check(platform, sink);
    formula::check(platform, &doubt, sink);
    envelope::check(platform, &doubt, sink);
    meaning::check(platform, &doubt, sink);
    let can_be_filled = template::check(platform, &doubt, sink);
    pages::check(platform, &doubt, sink);
    record::check(platform, &doubt, sink);
    effect::check(platform, sink);
    recursion::check(platform, sink);
    nesting::check(platform, sink);
    range::check(platform, &doubt, sink);
    zone::check(platform, sink);
    if can_be_filled && !doubt.is_partial() {
        apart::check(platform, &doubt, sink);
    }
    can_be_filled
}

/// Checks the vectors and examples of a platform whose templates can be filled.
pub(crate) fn proofs(platform: &Platform, layout: &Layout, sink: &mut Sink) {
    let doubt = Doubt::of(platform, layout, sink);
    vectors::check(platform, &doubt, sink);
    examples::check(platform, &doubt, sink);
    answers::check(platform, &doubt, sink);
    if doubt.is_none() {
        docs::check(platform, sink);
    }
}
