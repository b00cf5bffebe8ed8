//! The URLs to which calls of a gateway are sent: the gateway's address, followed by the signed
//! path.

use gatespec_language::model::{Gateway, Platform};

/// The maximum number of URLs to list. A gateway may have a URL for each method.
const NAMED: usize = 3;

/// Returns the verbs and URLs of a gateway's calls, with placeholders. `address` is the address of
/// the gateway. The list is empty if all calls go to the address itself.
pub(crate) fn of(platform: &Platform, gateway: &Gateway, address: &str) -> Vec<String> {
    let index = platform.gateways.iter().position(|one| one.name == gateway.name);
    let methods = platform.methods.iter().filter(|method| Some(method.gateway) == index);
    let mut found: Vec<String> = Vec::new();
    let mut differs = false;
    for method in methods {
        let path = method.path();
        let verb = method.verb().as_str();
        differs |= !path.is_empty();
        let call = format!("{verb} {address}{path}");
        if !found.contains(&call) {
            found.push(call);
        }
    }
    if differs { found } else { Vec::new() }
}

/// Writes the result of [`of`] as a sentence; empty if the list is empty.
pub(crate) fn in_words(calls: &[String]) -> String {
    let rest = calls.len().saturating_sub(NAMED);
    let named = calls[..calls.len() - rest].join(", ");
    match (calls.is_empty(), rest) {
        (true, _) => String::new(),
        (_, 0) => format!("calls go to {named}"),
        (..) => format!("calls go to {named} and {rest} more"),
    }
}
