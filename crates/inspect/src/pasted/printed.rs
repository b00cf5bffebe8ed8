//! Reads the parameters of a request without its URL, as programs log them.

use gatespec_protocol::json::{members, scalar};
use gatespec_protocol::percent::Percent;

/// Returns the parameters as a form if the text is a form, a JSON object, or the output of PHP's
/// `print_r`.
pub(super) fn form(text: &str) -> Option<String> {
    is_form(text).then(|| text.to_owned()).or_else(|| json(text)).or_else(|| print_r(text))
}

/// Whether the text is one line that begins with `name=`. Values may contain unencoded spaces.
fn is_form(text: &str) -> bool {
    let name = text.split_once('=').map(|(name, _)| name);
    let plain = |name: &str| {
        let other = |c: char| c.is_whitespace() || "/?:{\"'[".contains(c);
        !name.is_empty() && !name.contains(other)
    };
    name.is_some_and(plain) && !text.contains('\n')
}

fn joined(pairs: impl Iterator<Item = (String, String)>) -> String {
    let encode = |text: &str| Percent::Form.encode(text);
    let pairs = pairs.map(|(name, value)| format!("{}={}", encode(&name), encode(&value)));
    pairs.collect::<Vec<_>>().join("&")
}

fn json(text: &str) -> Option<String> {
    let members = members(text, usize::MAX).ok()?.into_iter();
    Some(joined(members.map(|(name, raw)| (name, scalar(raw.get()).0.into_owned()))))
}

/// Reads lines such as `[name] => value`; a value may continue on further lines.
fn print_r(text: &str) -> Option<String> {
    let inside = text.strip_prefix("Array")?.trim_start().strip_prefix('(')?;
    let inside = inside.trim_end().strip_suffix(')')?;
    let mut pairs: Vec<(String, String)> = Vec::new();
    for line in inside.lines() {
        let pair = line.trim_start().strip_prefix('[').and_then(|rest| rest.split_once("] => "));
        match (pair, pairs.last_mut()) {
            (Some((name, value)), _) => pairs.push((name.to_owned(), value.to_owned())),
            (None, Some((_, value))) if !line.is_empty() => value.extend(["\n", line]),
            (None, _) => {}
        }
    }
    (!pairs.is_empty()).then(|| joined(pairs.into_iter()))
}
