//! Where calls of a gateway go: its address, followed by the path that is signed.

use gatespec_language::model::{Gateway, Platform};

/// The number of URLs to list; a gateway may have one a method.
const NAMED: usize = 3;

/// The verbs and URLs of a gateway's calls, with placeholders; `address` is the gateway's. Empty if
/// all calls go to the address itself.
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

/// The same as a sentence; empty if calls go to the address itself.
pub(crate) fn in_words(calls: &[String]) -> String {
    let rest = calls.len().saturating_sub(NAMED);
    let named = calls[..calls.len() - rest].join(", ");
    match (calls.is_empty(), rest) {
        (true, _) => String::new(),
        (_, 0) => format!("calls go to {named}"),
        (..) => format!("calls go to {named} and {rest} more"),
    }
}
