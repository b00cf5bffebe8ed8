//! Masks the secrets in the other side's texts.

use super::signing::Signing;
use gatespec_protocol::mask::{SECRET, Secrets};

/// Masks our secrets in the other side's text, even if they are short or encoded.
pub(super) fn mask(signing: &Signing<'_>, text: &str) -> String {
    let of_credentials = signing.gateway.credentials.iter().filter(|known| known.sensitive);
    let of_credentials = of_credentials.filter_map(|known| signing.credentials.get(known.name));
    let of_params = signing.params.iter().filter(|sent| sent.is_secret()).map(|sent| sent.value);
    let secrets = of_credentials.chain(of_params).map(Into::into);
    Secrets::of_any_length(secrets).in_any_form().mask(text).into_owned()
}

/// To find the position of the other side's secret, this number of characters next to our secret is
/// searched for in the other side's text.
const BESIDE: usize = 8;

/// Masks the beginning and the end of the other side's text if our text has a secret there: the
/// other side then has a secret at the same position, even if it is not ours.
pub(super) fn edges(theirs: &str, ours: &str) -> String {
    let mut theirs = theirs.to_owned();
    if let Some(rest) = ours.strip_prefix(SECRET) {
        let beside = head(rest.split(SECRET).next().unwrap_or_default());
        let at = theirs.find(beside).filter(|at| !beside.is_empty() && *at > 0);
        if let Some(at) = at.filter(|at| !theirs[..*at].contains(SECRET)) {
            theirs.replace_range(..at, SECRET);
        }
    }
    if let Some(rest) = ours.strip_suffix(SECRET) {
        let beside = tail(rest.rsplit(SECRET).next().unwrap_or_default());
        let at = theirs.rfind(beside).map(|at| at + beside.len());
        let at = at.filter(|at| !beside.is_empty() && *at < theirs.len());
        if let Some(at) = at.filter(|at| !theirs[*at..].contains(SECRET)) {
            theirs.replace_range(at.., SECRET);
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
}
