//! The request of `gatespec sign --curl`.

use super::arguments::Sign;
use super::made::{Made, Origin};
use crate::command::stop::Stop;
use gatespec_inspect::curl;
use gatespec_inspect::request::Received;
use gatespec_language::model::PublicParam;
use gatespec_runtime::address;
use gatespec_runtime::percent::Percent;
use gatespec_runtime::{Json, Location, Role, Source};

/// Returns the command, ready to be run. The command contains none of the application's secrets,
/// because they are not sent.
pub(super) fn command(arguments: &Sign, made: &Made<'_>) -> Result<String, Stop> {
    let base = arguments.url.as_deref().unwrap_or(made.signing.base);
    if base.is_empty() {
        return Err(Stop::usage("the spec states no address: give one with --url URL"));
    }
    if let Some(problem) = address::problem(base) {
        return Err(Stop::usage(format!("the address `{base}` {problem}")));
    }
    let request = match &made.origin {
        Origin::Typed(_, prepared) => Received::of(prepared, base),
        Origin::Received => signed_again(base, made),
    };
    Ok(curl::command(&request))
}

/// Builds a received request again, with the correct signature.
fn signed_again(base: &str, made: &Made<'_>) -> Received {
    let signing = &made.signing;
    let (mut query, mut form, mut headers) = (Vec::new(), Vec::new(), Vec::new());
    for sent in &signing.params {
        let value = if sent.role == Role::Signature { made.sign.as_str() } else { sent.value };
        let pair =
            || format!("{}={}", Percent::Form.encode(sent.name), Percent::Form.encode(value));
        match sent.place {
            Location::Query => query.push(pair()),
            Location::Form => form.push(pair()),
            Location::Header => headers.push((sent.name.to_owned(), value.to_owned())),
            Location::Body | Location::BodyMember(_) => {}
        }
    }
    let (kind, body) = match signing.body {
        "" if form.is_empty() => (None, String::new()),
        "" => (Some("application/x-www-form-urlencoded"), form.join("&")),
        body => (Some("application/json"), with_signature(made, body)),
    };
    headers.extend(kind.map(|kind| ("Content-Type".to_owned(), format!("{kind}; charset=UTF-8"))));
    let mark = if query.is_empty() { "" } else { "?" };
    let url = format!("{base}{}{mark}{}", signing.path, query.join("&"));
    Received { verb: signing.verb.to_owned(), url, headers, body }
}

/// Returns a received JSON body. If the gateway expects the signature as a member of the body, that
/// member has the correct signature.
fn with_signature(made: &Made<'_>, body: &str) -> String {
    let is_member = |param: &&PublicParam| {
        let inside = matches!(param.place, Location::Body | Location::BodyMember(_));
        inside && param.source == Source::Signature
    };
    let Some(param) = made.gateway.public.iter().find(is_member) else { return body.to_owned() };
    let quoted = |text: &str| Json::String(text.to_owned()).to_string();
    let own = quoted(&made.sign);
    match (&made.sent_sign, body.trim_end().strip_suffix('}')) {
        (Some(sent), _) => body.replacen(&quoted(sent), &own, 1),
        (None, Some(members)) if param.place == Location::Body => {
            let comma = if members.trim_end().ends_with('{') { "" } else { "," };
            format!("{members}{comma}{}:{own}}}", quoted(param.name))
        }
        _ => body.to_owned(),
    }
}
