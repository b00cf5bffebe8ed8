//! Path, verb and host.

use super::super::mistake::Mistakes;
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
    let mut add = |what: String, text: String| {
        let mend = format!("sign the path as `{path}`, without scheme, host and query");
        mistakes.add("path", ("path", what, mend), move |signing| {
            let before = (signing.path, signing.hidden_path);
            signing.path = signing.keep(&text);
            signing.hidden_path = signing.hidden_in(signing.path, before);
        });
    };
    add("the path was signed without its leading `/`".to_owned(), slashless.to_owned());
    add("the path was signed with a `/` in front".to_owned(), format!("/{slashless}"));
    add("the path was signed with a `/` at its end".to_owned(), format!("{path}/"));
    add(
        "the path was signed without the `/` at its end".to_owned(),
        path.trim_end_matches('/').to_owned(),
    );
    if !base.is_empty() {
        let host_path = format!("{host}{prefix}{path}");
        add("the host was signed with the path".to_owned(), host_path);
        add("the host was signed with the path".to_owned(), format!("{host}{path}"));
        add(
            "the whole address was signed in the place of the path".to_owned(),
            format!("{base}{path}"),
        );
    }
    if !prefix.is_empty() {
        let what = format!("the path was signed with the address's own part `{prefix}` in front");
        add(what, format!("{prefix}{path}"));
    }
    add("the path was signed as `/`".to_owned(), "/".to_owned());
    add("the path was signed in small letters".to_owned(), path.to_lowercase());
    let what = "the path was empty in the signed text";
    add(what.to_owned(), String::new());
}

fn verbs(mistakes: &mut Mistakes<'_>) {
    let verb = mistakes.base.verb;
    let mut add = |what: String, text: String| {
        let mend = format!("sign `{verb}`, in capitals, and send with it");
        mistakes
            .add("verb", ("verb", what, mend), move |signing| signing.verb = signing.keep(&text));
    };
    add("the verb was signed in small letters".to_owned(), verb.to_lowercase());
    for other in ["GET", "POST", "PUT", "DELETE"] {
        if other != verb {
            add(format!("the verb was signed as `{other}`"), other.to_owned());
        }
    }
}
