//! The mistakes that signers make, the likeliest of their kind first.

mod absent;
mod charset;
mod clock;
mod digest;
mod empty;
mod encoding;
mod formats;
mod json;
mod missing;
mod order;
mod parts;
mod path;
mod secret;
mod separator;
mod style;

use super::mistake::{Charset, Mistake, Mistakes};
use super::signing::Signing;

/// Every mistake that could have been made with this request. What is general comes before what
/// concerns a single parameter, since a general rule that went wrong explains more.
pub(super) fn all<'a>(signing: &Signing<'a>, charsets: &[Charset]) -> Vec<Mistake<'a>> {
    let mut mistakes = Mistakes { base: signing.clone(), all: Vec::new() };
    secret::add(&mut mistakes);
    encoding::add(&mut mistakes);
    empty::add(&mut mistakes);
    order::add(&mut mistakes);
    digest::collect(&mut mistakes);
    json::add(&mut mistakes);
    charset::add(&mut mistakes, charsets);
    clock::add(&mut mistakes);
    formats::add(&mut mistakes);
    path::add(&mut mistakes);
    separator::add(&mut mistakes);
    missing::add(&mut mistakes);
    parts::add(&mut mistakes);
    style::add(&mut mistakes);
    absent::add(&mut mistakes);
    mistakes.all
}
