//! Writes the `platform.yaml` of a draft.

use super::about::{Context, about, described, guess, line, shortened, word};
use super::yaml::{Map, Yaml};
use crate::facts::{ErrorCode, Facts, Public, Required};
use crate::page::Unread;
use crate::public::{is_credential, is_token, type_of};
use gatespec_language::model::Grade;

pub(super) fn map(facts: &Facts, context: &Context<'_>) -> Map {
    let mut map = Map::open();
    map.comment(format!(
        "A draft, read from {}: `source: line 12` is a line of it.\nWrite a `doc` where it says TODO, the addresses, and the signature; \
         then look at each `inferred`.",
        context.page
    ));
    map.text("platform", context.platform);
    map.text("language", "2");
    map.text("title", "TODO");
    map.text("source", format!("the page {}", context.page));
    map.text("time_zone", "+08:00");
    map.map("environments", environments(facts));
    map.map("credentials", credentials(facts));
    map.map("request", request(facts));
    map.comment("TODO: no page states a signature exactly. Find the formula, prove it with a vector, and write `is: signature` above.");
    map.text("signature", "none");
    map.map("envelope", envelope(facts));
    if !facts.errors.is_empty() {
        map.comment("The classes are inferred from the messages: check each of them.");
        map.map("errors", errors(&facts.errors));
    }
    if !facts.unread.is_empty() {
        map.comment("");
        map.comment("Not read:");
        unread(&facts.unread, &mut map);
    }
    map
}

/// Lists the parts that were not understood. Of many consecutive lines, lists only the first ones.
fn unread(all: &[Unread], map: &mut Map) {
    const SHOWN: usize = 12;
    let follows = |one: &Unread, next: &Unread| one.why == next.why && next.line <= one.line + 1;
    for run in all.chunk_by(follows).take(MOST_UNREAD) {
        for one in run.iter().take(SHOWN) {
            map.comment(format!("  line {}: {} ({})", one.line, shortened(&one.text), one.why));
        }
        if let (Some(next), Some(last)) = (run.get(SHOWN), run.last()) {
            map.comment(format!("  lines {} to {}: more of this", next.line, last.line));
        }
    }
    let runs = all.chunk_by(follows).count();
    if runs > MOST_UNREAD {
        map.comment(format!("  and {} parts more", runs - MOST_UNREAD));
    }
}

/// The maximum number of parts of a page that are listed as not understood.
const MOST_UNREAD: usize = 1000;

fn environments(facts: &Facts) -> Map {
    let mut all = Map::open();
    for environment in &facts.environments {
        let mut one = Map::new();
        one.text("url", environment.url.as_deref().unwrap_or("undisclosed"));
        described(&mut one, &environment.term);
        line(&mut one, environment.line);
        all.map(&environment.name, one);
    }
    if all.is_empty() {
        let mut one = Map::new();
        one.text("url", "undisclosed");
        guess(&mut one, "The page states no address.");
        all.map("production", one);
    }
    all
}

fn credentials(facts: &Facts) -> Map {
    let mut all = Map::open();
    for param in facts.public.iter().filter(|param| is_credential(&param.field.name)) {
        let mut one = Map::new();
        if is_token(&param.field.name) {
            one.text("per", "shop");
            one.text("sensitive", "true");
        }
        if param.field.required == Required::No {
            one.text("optional", "true");
        }
        described(&mut one, &param.field.term);
        line(&mut one, param.field.line);
        all.map(&param.is, one);
    }
    let mut secret = Map::new();
    secret.text("sensitive", "true");
    guess(&mut secret, "The signature needs a secret; the page does not name it.");
    all.map("secret", secret);
    all
}

fn request(facts: &Facts) -> Map {
    let mut map = Map::open();
    map.text("verb", facts.verb.as_deref().unwrap_or("POST"));
    if let Some(path) = &facts.path {
        map.text("path", path);
    }
    map.text("public_in", "form");
    map.text("business", "form");
    map.text("grade", "inferred");
    map.text("note", "The page does not say where the parameters are sent.");
    let mut all = Map::open();
    for param in facts.public.iter() {
        all.map(&param.field.name, public(param));
    }
    map.map("public", all);
    map
}

fn public(param: &Public) -> Map {
    let field = &param.field;
    let mut map = Map::new();
    map.text("is", &param.is);
    if let Some(value) = &param.value {
        map.text("value", value);
    }
    if let Some(format) = &param.format {
        map.text("format", format);
    }
    let required = field.required != Required::No;
    if !required && param.is != "constant" {
        map.text("send", "optional");
    }
    map.text("type", type_of(&field.kind));
    map.text("required", if required { "true" } else { "false" });
    described(&mut map, &field.term);
    about(field, &field.reasons, &mut map);
    map
}

fn envelope(facts: &Facts) -> Map {
    let envelope = &facts.envelope;
    let mut map = Map::open();
    let mut success = Map::new();
    match &envelope.success {
        Some((path, value)) => success.text(path, value),
        None => success.text(envelope.code.as_deref().unwrap_or("code"), "0"),
    }
    map.map("success", success);
    map.text("data", envelope.data.as_deref().unwrap_or("data"));
    let mut failure = Map::new();
    for (key, path) in [("code", &envelope.code), ("message", &envelope.message)] {
        if let Some(path) = path {
            map.text(key, path);
            failure.text(key, path);
        }
    }
    let (grade, note) = match (envelope.fields.is_empty(), envelope.success.is_some()) {
        (true, _) => {
            ("inferred", Some("TODO: the page shows no answer, so all of this is a guess."))
        }
        (false, false) => ("inferred", Some("TODO: no sample shows what a success is.")),
        (false, true) => ("observed", None),
    };
    map.text("grade", grade);
    if let Some(note) = note {
        map.text("note", note);
    }
    if envelope.code.is_some() {
        failure.text("grade", if envelope.has_failure { "observed" } else { "inferred" });
        map.list("failures", vec![Yaml::Map(failure)]);
    }
    let mut fields = Map::open();
    for (path, kind) in &envelope.fields {
        let mut one = Map::new();
        one.text("type", *kind);
        described(&mut one, "");
        one.text("grade", "observed");
        fields.map(path, one);
    }
    map.map("fields", fields);
    map
}

fn errors(errors: &[ErrorCode]) -> Map {
    let mut all = Map::open();
    for error in errors {
        let mut one = Map::new();
        one.text("class", error.class);
        described(&mut one, &error.message);
        if let Some(word) = word(if error.observed { Grade::Observed } else { Grade::Documented }) {
            one.text("grade", word);
        }
        line(&mut one, error.line);
        all.map(&error.code, one);
    }
    all
}
