//! Mistakes with the path, the verb and the host.

use crate::diagnose::mistake::Mistakes;
use gatespec_protocol::Op;

pub(super) fn add(mistakes: &mut Mistakes<'_>) {
    if mistakes.base.recipe.contains(&Op::Path) {
        paths(mistakes);
    }
    if mistakes.base.recipe.contains(&Op::Verb) {
        verbs(mistakes);
    }
}

fn paths(mistakes: &mut Mistakes<'_>) {
    let path = mistakes.base.path;
    let base = mistakes.base.base.trim_end_matches('/');
    let after_scheme = base.split_once("://").map_or(base, |(_, rest)| rest);
    let (host, prefix) = match after_scheme.find('/') {
        Some(at) => after_scheme.split_at(at),
        None => (after_scheme, ""),
    };
    let slashless = path.trim_start_matches('/');
    let absolute = |text: String| (!base.is_empty()).then_some(text);
    for (what, text) in [
        ("was signed without its leading `/`", Some(slashless.to_owned())),
        ("was signed with a `/` in front", Some(format!("/{slashless}"))),
        ("was signed with a `/` at its end", Some(format!("{path}/"))),
        ("was signed without the `/` at its end", Some(path.trim_end_matches('/').to_owned())),
        ("was signed with the host in front", absolute(format!("{host}{prefix}{path}"))),
        ("was signed with the host alone in front", absolute(format!("{host}{path}"))),
        ("was signed as the whole address", absolute(format!("{base}{path}"))),
        (
            "was signed with the address's own path in front",
            (!prefix.is_empty()).then(|| format!("{prefix}{path}")),
        ),
        ("was signed as `/`", Some("/".to_owned())),
        ("was signed in lowercase", Some(path.to_lowercase())),
        ("was empty in the signed text", Some(String::new())),
    ] {
        let Some(text) = text else { continue };
        let fix = format!("sign the path as `{path}`, without scheme, host and query");
        mistakes.add("path", ("path", format!("the path {what}"), fix), move |signing| {
            let before = (signing.path, signing.hidden_path);
            signing.path = signing.keep(&text);
            signing.hidden_path = signing.hidden_in(signing.path, before);
        });
    }
}

fn verbs(mistakes: &mut Mistakes<'_>) {
    let verb = mistakes.base.verb;
    let fix = format!("sign `{verb}`, in uppercase, and send with it");
    let lower = ("the verb was signed in lowercase".to_owned(), verb.to_lowercase());
    let others = ["GET", "POST", "PUT", "DELETE"].into_iter().filter(|other| *other != verb);
    let others =
        others.map(|other| (format!("the verb was signed as `{other}`"), other.to_owned()));
    for (what, text) in std::iter::once(lower).chain(others) {
        mistakes.add("verb", ("verb", what, &*fix), move |signing| {
            signing.verb = signing.keep(&text);
        });
    }
}
