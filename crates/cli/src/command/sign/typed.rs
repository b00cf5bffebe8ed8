//! Builds a request from values on the command line.

use super::arguments::Sign;
use super::made::{Made, Origin};
use crate::command::given::{Wanted, ask};
use crate::command::listing;
use crate::command::specs::Specs;
use crate::command::stop::Stop;
use bumpalo::Bump;
use gatespec_inspect::diagnose::Signing;

pub(super) fn made<'a>(
    arguments: &Sign,
    specs: &'a Specs,
    arena: &'a Bump,
) -> Result<Made<'a>, Stop> {
    let Some(platform) = &arguments.platform else {
        return Err(Stop::usage("give a platform and a method, or a request with --from"));
    };
    let Some(method) = arguments.method.as_deref().filter(|name| !name.contains('=')) else {
        return Err(listing::no_method(specs, platform));
    };
    let wanted = Wanted {
        platform,
        method,
        json: None,
        raw: Some(arguments.raw),
        unsigned: arguments.curl,
        caller: &arguments.caller,
        input_is_taken: false,
    };
    let (ask, _) = ask(&wanted, specs, arena)?;
    let (signing, prepared) = Signing::of(&ask, arena)?;
    let case = ask.overrides.signature_method.clone();
    let whose = (ask.platform, ask.gateway);
    let origin = Origin::Typed(Box::new(ask), Box::new(prepared));
    Ok(Made::new(whose, (method.to_owned(), case), signing, origin)?)
}
