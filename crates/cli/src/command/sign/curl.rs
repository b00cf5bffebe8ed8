//! Writes a request as a `curl` command.

use super::arguments::Sign;
use super::made::{Made, Origin};
use crate::command::stop::Stop;
use gatespec_language::model::PublicParam;
use gatespec_runtime::address;
use gatespec_runtime::percent::Percent;
use gatespec_runtime::{Json, Location, Role, Source};

/// Returns the command, ready to be run. The command contains none of the application's secrets,
/// because they are not sent.
pub(super) fn command(arguments: &Sign, made: &Made<'_>) -> Result<String, Stop> {
    let request = match &made.origin {
        Origin::Typed(_, prepared) => {
            let base = arguments.url.as_deref().unwrap_or(made.signing.base);
            Request {
                url: prepared.url(base),
                headers: prepared
                    .headers()
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .collect(),
                body: String::from_utf8_lossy(prepared.body()).into_owned(),
                base: base.to_owned(),
            }
        }
        Origin::Received => signed_again(arguments, made),
    };
    if request.base.is_empty() {
        return Err(Stop::usage("the spec states no address: give one with --url URL"));
    }
    if let Some(problem) = address::problem(&request.base) {
        return Err(Stop::usage(format!("the address `{}` {problem}", request.base)));
    }
    Ok(request.text(made.signing.verb))
}

struct Request {
    url: String,
    headers: Vec<(String, String)>,
    body: String,
    base: String,
}

impl Request {
    fn text(&self, verb: &str) -> String {
        let mut lines = vec![format!("curl -X {verb} {}", quoted(&self.url))];
        lines.extend(
            self.headers
                .iter()
                // curl drops a header without a value unless its name ends with `;`.
                .map(|(name, value)| match value.as_str() {
                    "" => format!("-H {}", quoted(&format!("{name};"))),
                    value => format!("-H {}", quoted(&format!("{name}: {value}"))),
                }),
        );
        if !self.body.is_empty() {
            lines.push(format!("--data-raw {}", quoted(&self.body)));
        }
        lines.join(" \\\n  ")
    }
}

/// Builds a received request again, with the correct signature.
fn signed_again(arguments: &Sign, made: &Made<'_>) -> Request {
    let signing = &made.signing;
    let base = arguments.url.as_deref().unwrap_or(signing.base);
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
    Request { url, headers, body, base: base.to_owned() }
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

/// Quotes a word for the shell. Single quotes work in every shell; `$'…'` is used for control
/// characters other than line breaks and tabs, which a terminal would interpret.
fn quoted(text: &str) -> String {
    if text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\t')) {
        return format!("'{}'", text.replace('\'', "'\\''"));
    }
    let escaped = text.chars().map(|c| match c {
        '\\' => "\\\\".to_owned(),
        '\'' => "\\'".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    });
    format!("$'{}'", escaped.collect::<String>())
}
