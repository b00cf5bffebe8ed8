//! Foreign texts without secrets.

use super::restyle::{Style, write};
use super::signing::Signing;
use crate::tree::Tree;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use gatespec_protocol::percent::Percent;
use gatespec_protocol::sign::MARK;

/// What stands for a secret.
pub(super) const HIDDEN: &str = "<secret>";

/// A foreign text without our secrets, in whatever way they are written.
pub(super) fn mask(signing: &Signing<'_>, text: &str) -> String {
    let of_credentials = signing.gateway.credentials.iter().filter(|known| known.sensitive);
    let of_credentials = of_credentials.filter_map(|known| signing.credentials.get(known.name));
    let of_params = signing.params.iter().filter(|sent| sent.is_secret()).map(|sent| sent.value);
    hide(text, of_credentials.chain(of_params))
}

/// A text with `<secret>` in place of these secrets, in whatever way they are written.
pub fn hide<'s>(text: &str, secrets: impl IntoIterator<Item = &'s str>) -> String {
    let mut secrets: Vec<String> = secrets.into_iter().flat_map(spellings).collect();
    secrets.retain(|secret| !secret.is_empty());
    secrets.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    secrets.dedup();
    let mut text = text.to_owned();
    for secret in secrets {
        if text.contains(&secret) {
            text = text.replace(&secret, MARK);
        }
    }
    text.replace(MARK, HIDDEN)
}

/// The ways in which programs write a text.
fn spellings(secret: &str) -> Vec<String> {
    let encoded = [Percent::Rfc3986.encode(secret), Percent::Form.encode(secret)];
    let twice = encoded.iter().map(|text| Percent::Rfc3986.encode(text));
    let mut all: Vec<String> = encoded.iter().cloned().chain(twice).collect();
    let small: Vec<_> = all.iter().map(|text| small_escapes(text)).collect();
    all.extend(small);
    for (slash, ascii) in [(false, false), (true, false), (false, true), (true, true)] {
        let quoted =
            write(&Tree::Text(secret.to_owned()), Style { slash, ascii, ..Style::COMPACT });
        all.push(quoted.trim_matches('"').to_owned());
    }
    let html = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let digits: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    all.extend([
        html.replace('"', "&quot;"),
        STANDARD.encode(secret),
        digits.to_uppercase(),
        digits,
    ]);
    // Without the padding of base64, which is easily lost.
    all.push(secret.trim_end_matches('=').to_owned());
    all.extend([secret.to_owned(), secret.chars().rev().collect()]);
    let cases = all.iter().flat_map(|text| [text.to_lowercase(), text.to_uppercase()]);
    let cases: Vec<_> = cases.collect();
    all.extend(cases);
    all
}

/// `%2f` in place of `%2F`.
fn small_escapes(text: &str) -> String {
    let mut pieces = text.split('%');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| match piece.split_at_checked(2) {
        Some((digits, rest)) => format!("{text}%{}{rest}", digits.to_lowercase()),
        None => format!("{text}%{piece}"),
    })
}

/// How much of what stands beside a secret tells its place.
const BESIDE: usize = 8;

/// Hides what stands in a foreign text where ours has a secret at an end: a secret as well, and not ours.
pub(super) fn edges(theirs: &str, ours: &str) -> String {
    let mut theirs = theirs.to_owned();
    if let Some(rest) = ours.strip_prefix(HIDDEN) {
        let beside = head(rest.split(HIDDEN).next().unwrap_or_default());
        let at = theirs.find(beside).filter(|at| !beside.is_empty() && *at > 0);
        if let Some(at) = at.filter(|at| !theirs[..*at].contains(HIDDEN)) {
            theirs.replace_range(..at, HIDDEN);
        }
    }
    if let Some(rest) = ours.strip_suffix(HIDDEN) {
        let beside = tail(rest.rsplit(HIDDEN).next().unwrap_or_default());
        let at = theirs.rfind(beside).map(|at| at + beside.len());
        let at = at.filter(|at| !beside.is_empty() && *at < theirs.len());
        if let Some(at) = at.filter(|at| !theirs[*at..].contains(HIDDEN)) {
            theirs.replace_range(at.., HIDDEN);
        }
    }
    theirs
}

fn head(text: &str) -> &str {
    text.char_indices().nth(BESIDE).map_or(text, |(at, _)| &text[..at])
}

fn tail(text: &str) -> &str {
    text.char_indices().rev().nth(BESIDE - 1).map_or(text, |(at, _)| &text[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_secrets_at_the_ends_are_hidden() {
        let ours = "<secret>&POST&%2Frouter&&a=1&<secret>";
        for (theirs, shown) in [
            ("other&POST&%2Frouter&&a=1&other", ours),
            ("other&POST&%2Frouter&&a=+&other", "<secret>&POST&%2Frouter&&a=+&other"),
            ("POST&%2Frouter&&a=1&other", "POST&%2Frouter&&a=1&<secret>"),
            (
                "<secret>\n&POST&%2Frouter&&a=1&<secret>\n",
                "<secret>\n&POST&%2Frouter&&a=1&<secret>\n",
            ),
            ("something else", "something else"),
            ("", ""),
        ] {
            assert_eq!(edges(theirs, ours), shown, "{theirs}");
        }
        assert_eq!(edges("a=1other", "a=1<secret>"), "a=1<secret>");
        assert_eq!(edges("短a=1", "短a=1"), "短a=1");
    }

    #[test]
    fn a_secret_is_known_in_every_spelling() {
        // By PHP: rawurlencode, json_encode, htmlspecialchars, base64_encode, bin2hex, strrev.
        let all = spellings("a/+\"é");
        for one in [
            "a/+\"é",
            "A/+\"É",
            "a%2F%2B%22%C3%A9",
            "a%2f%2b%22%c3%a9",
            "a%252F%252B%2522%25C3%25A9",
            "a\\/+\\\"\\u00e9",
            "a/+&quot;é",
            "YS8rIsOp",
            "612f2b22c3a9",
            "612F2B22C3A9",
            "é\"+/a",
        ] {
            assert!(all.iter().any(|known| known == one), "{one} is not in {all:?}");
        }
    }
}
