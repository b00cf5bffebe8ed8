//! Repairs requests copied from a web page, a mail or a document, where `&` and the beginning of
//! the next name were read as an HTML entity.

use crate::model::Model;
use crate::request::Received;
use gatespec_protocol::percent::Percent;
use std::collections::HashSet;

/// Entities that HTML accepts without `;`, each with its character. A parameter in a query can
/// begin like an entity: `&timestamp`, `&notify_url`, `&currency`.
const ENTITIES: &str = "times × not ¬ para ¶ sect § copy © reg ® curren ¤ lt < gt > quot \" yen ¥ cent ¢ pound £ \
    deg ° micro µ uml ¨ ordf ª ordm º shy \u{ad} macr ¯ divide ÷ middot · cedil ¸ laquo « raquo » brvbar ¦ iexcl ¡ \
    iquest ¿ plusmn ± acute ´ eth ð thorn þ szlig ß aelig æ oslash ø AMP & amp &";

/// Repairs the request, and notes each repair.
pub(super) fn undone(mut sent: Received, model: &Model, notes: &mut Vec<String>) -> Received {
    let gateways = model.platforms.iter().flat_map(|platform| &platform.gateways);
    let public = gateways.flat_map(|gateway| &gateway.public).map(|param| param.name);
    let methods = model.platforms.iter().flat_map(|platform| &platform.methods);
    let fields = methods.flat_map(|method| &method.request.fields).map(|field| field.name.as_str());
    let known: HashSet<&str> = public.chain(fields).collect();
    let words: Vec<_> = ENTITIES.split(' ').collect();
    for pair in words.chunks_exact(2) {
        let (name, character) = (pair[0], pair[1]);
        for shown in [character.to_owned(), Percent::Form.encode(character)] {
            for text in [&mut sent.url, &mut sent.body] {
                *text = put_back(text, (name, &shown), &known, notes);
            }
        }
    }
    sent
}

/// Replaces the character of an entity with the entity, such as `×` with `&times`, where this
/// results in `&` and the name of a known parameter.
fn put_back(
    text: &str,
    (entity, shown): (&str, &str),
    known: &HashSet<&str>,
    notes: &mut Vec<String>,
) -> String {
    // A plain `&` is a separator. Only the whole entity `&amp;` is replaced, and none of its
    // letters belong to the name that follows.
    let (shown, prefix) = match shown {
        "&" => (format!("&{entity};"), ""),
        shown => (shown.to_owned(), entity),
    };
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, after)) = rest.split_once(shown.as_str()) {
        out.push_str(before);
        let tail = after.split(['=', '&', '#']).next().unwrap_or_default();
        let name = format!("{prefix}{tail}");
        if after[tail.len()..].starts_with('=') && known.contains(name.as_str()) {
            out.push_str(&format!("&{prefix}"));
            notes.push(format!(
                "`{shown}{tail}` in the request was `&{name}` before HTML read `&{entity}` as an entity: it is \
                 taken as `&{name}`"
            ));
        } else {
            out.push_str(&shown);
        }
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    // The texts that browsers show after `x.innerHTML = '?a=1&timestamp=2'` and the like, according
    // to HTML's table of entities.
    #[test]
    fn names_that_became_entities_are_put_back() {
        let known = HashSet::from(["timestamp", "notify_url", "b"]);
        for (text, entity, shown, whole) in [
            ("?a=1×tamp=2", "times", "×", "?a=1&timestamp=2"),
            ("?a=1%C3%97tamp=2&b=3", "times", "%C3%97", "?a=1&timestamp=2&b=3"),
            ("?a=2×3&b=4", "times", "×", "?a=2×3&b=4"),
            ("¬ify_url=x", "not", "¬", "&notify_url=x"),
            ("a=1&amp;b=2&amp;c=3", "amp", "&", "a=1&b=2&amp;c=3"),
        ] {
            let mut notes = Vec::new();
            assert_eq!(put_back(text, (entity, shown), &known, &mut notes), whole);
            assert_eq!(notes.len(), usize::from(text != whole), "{text}");
        }
    }
}
