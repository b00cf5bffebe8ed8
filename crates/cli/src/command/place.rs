//! What the command calls the places of parameters.

use gatespec_runtime::Place;

/// Where a parameter travels.
pub(super) fn place(place: Place<'_>) -> String {
    match place {
        Place::Query => "query".to_owned(),
        Place::Form => "form".to_owned(),
        Place::Header => "header".to_owned(),
        Place::Body => "body".to_owned(),
        Place::BodyMember(name) => format!("body.{name}"),
    }
}
