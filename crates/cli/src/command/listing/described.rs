//! Describes a platform or a method as text.

use crate::command::given::options;
use crate::command::paint::{BOLD, DIM, GREEN, PLAIN, YELLOW};
use gatespec_language::model::{Method, Platform};
use gatespec_runtime::Json;
use gatespec_runtime::text::visible;
use std::fmt::Write as _;

/// Describes a platform: its addresses, its credentials, its signature, its methods and its error
/// codes.
pub(super) fn platform(platform: &Platform, tree: &Json) -> String {
    let mut out = String::new();
    let title = visible(&platform.title).into_owned();
    line(&mut out, &format!("{BOLD}{}{PLAIN}  {title}", platform.id));
    prose(&mut out, tree);
    heading(&mut out, "Addresses");
    for environment in items(&tree["environments"]) {
        let url = text(&environment["url"]);
        let url = if url.is_empty() { "not published".to_owned() } else { url };
        let name = text(&environment["name"]);
        line(&mut out, &format!("  {name:<16} {url}{DIM}{}{PLAIN}", grade(environment)));
    }
    heading(&mut out, "Credentials");
    for credential in items(&tree["credentials"]) {
        let name = text(&credential["name"]);
        let doc = text(&credential["doc"]);
        line(&mut out, &format!("  {name:<16} {DIM}{doc}{}{PLAIN}", grade(credential)));
    }
    signatures(&mut out, &tree["signature"]);
    heading(&mut out, "Methods");
    out.push_str(&methods(platform, (DIM, PLAIN)));
    codes(&mut out, &tree["errors"]);
    out
}

/// Describes a method: its parameters, its answer, its error codes, and a command that calls it.
pub(super) fn method(platform: &Platform, method: &Method, tree: &Json) -> String {
    let mut out = String::new();
    let title = visible(&method.title).into_owned();
    line(&mut out, &format!("{BOLD}{} {}{PLAIN}  {title}", platform.id, method.name));
    prose(&mut out, tree);
    heading(&mut out, "Parameters");
    fields(&mut out, &tree["request"]["fields"], true);
    for rule in items(&tree["request"]["rules"]) {
        let over: Vec<_> = items(&rule["fields"]).map(text).collect();
        let (name, doc) = (text(&rule["rule"]), text(&rule["doc"]));
        let rule = format!("{name}({})", over.join(", "));
        line(&mut out, &format!("  {rule:<24} {DIM}{doc}{}{PLAIN}", grade(rule_of(tree, &name))));
    }
    heading(&mut out, "Answer");
    fields(&mut out, &tree["response"]["fields"], false);
    codes(&mut out, &tree["errors"]);
    heading(&mut out, "Call");
    line(&mut out, &format!("  {GREEN}{}{PLAIN}", command(platform, method, tree)));
    out
}

/// Adds the formula of each signature method. The first one is the default.
fn signatures(out: &mut String, signature: &Json) {
    heading(out, "Signature");
    for way in items(&signature["methods"]) {
        let formula = way["formula"].as_str().unwrap_or_default();
        let formula = formula.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = text(&way["name"]);
        let name = if name.is_empty() { name } else { format!("{name:<16} ") };
        line(out, &format!("  {name}{}{DIM}{}{PLAIN}", visible(&formula), grade(way)));
    }
    if items(&signature["methods"]).next().is_none() {
        line(out, &format!("  {DIM}none{PLAIN}"));
    }
}

/// Returns one line for each method. `style` precedes the title, and `plain` follows it.
pub(super) fn methods(platform: &Platform, (style, plain): (&str, &str)) -> String {
    let width = platform.methods.iter().map(|method| method.name.chars().count()).max();
    let width = width.unwrap_or_default();
    let mut text = String::new();
    for method in &platform.methods {
        let title = visible(&method.title);
        // Writing to a `String` does not fail.
        let _ = writeln!(text, "  {:width$}  {style}{title}{plain}", method.name);
    }
    text
}

fn rule_of<'t>(tree: &'t Json, name: &str) -> &'t Json {
    items(&tree["request"]["rules"]).find(|rule| rule["rule"] == name).unwrap_or(&Json::Null)
}

fn fields(out: &mut String, fields: &Json, is_request: bool) {
    if items(fields).next().is_none() {
        return line(out, &format!("  {DIM}none{PLAIN}"));
    }
    for field in items(fields).filter(|field| field["send"] != "public") {
        let (name, doc) = (text(&field["name"]), text(&field["doc"]));
        let required = match &field["required"] {
            _ if field["send"] == "never" => "not sent".to_owned(),
            Json::Bool(true) if is_request => "required".to_owned(),
            Json::Object(_) if is_request => condition(&field["required"]),
            _ => String::new(),
        };
        let kind = kind(field);
        let first = format!("  {name:<16} {YELLOW}{kind:<12}{PLAIN} {required:<9}");
        line(out, &format!("{} {DIM}{doc}{}{PLAIN}", first.trim_end(), grade(field)));
        let values: Vec<_> = items(&field["values"]).map(text).collect();
        let values = (!values.is_empty()).then(|| format!("one of {}", values.join(", ")));
        for limit in values.into_iter().chain(items(&field["rules"]).map(limit)) {
            line(out, &format!("  {:16} {limit}", ""));
        }
    }
}

/// A limit of a value, such as `length 1 to 20`.
fn limit(rule: &Json) -> String {
    let name = text(&rule["rule"]);
    match (text(&rule["min"]), text(&rule["max"])) {
        (min, max) if min.is_empty() && max.is_empty() => {
            format!("{name} {}", text(&rule["pattern"]))
        }
        (min, max) if min == max => format!("{name} {min}"),
        (min, max) if max.is_empty() => format!("{name} at least {min}"),
        (min, max) if min.is_empty() => format!("{name} at most {max}"),
        (min, max) => format!("{name} {min} to {max}"),
    }
}

fn kind(field: &Json) -> String {
    let kind = text(&field["type"]);
    match text(&field["format"]) {
        format if format.is_empty() => kind,
        format => format!("{kind} {format}"),
    }
}

fn condition(required: &Json) -> String {
    let word = if required.get("unless").is_some() { "unless" } else { "when" };
    let values: Vec<_> = items(&required["is"]).map(text).collect();
    let is = if values.is_empty() { String::new() } else { format!(" is {}", values.join(" or ")) };
    format!("required {word} {}{is}", text(&required[word]))
}

/// Returns the grade of a fact in parentheses, or an empty text if the fact is documented.
fn grade(fact: &Json) -> String {
    match text(&fact["provenance"]["grade"]) {
        grade if grade.is_empty() || grade == "documented" => String::new(),
        grade => format!(" ({grade})"),
    }
}

fn codes(out: &mut String, codes: &Json) {
    if items(codes).next().is_some() {
        heading(out, "Codes");
    }
    for code in items(codes) {
        let (name, class, doc) = (text(&code["code"]), text(&code["class"]), text(&code["doc"]));
        let grade = grade(code);
        line(out, &format!("  {name:<16} {YELLOW}{class:<14}{PLAIN} {DIM}{doc}{grade}{PLAIN}"));
    }
}

/// Returns a command that calls the method with the values of its first example and placeholders of
/// the credentials. If the method has no example, the command contains the required fields with the
/// fields' own examples.
fn command(platform: &Platform, method: &Method, tree: &Json) -> String {
    let mut words = format!("gatespec call {} {}", platform.id, method.name);
    let example = items(&tree["examples"]["request"]).next();
    let fields = items(&tree["request"]["fields"]).filter(|field| field["send"] == "business");
    for field in fields.filter(|field| field["required"] == true || example.is_some()) {
        let name = text(&field["name"]);
        let value = match example.map(|example| &example["values"][&name]) {
            Some(Json::Null) => continue,
            Some(value) => text(value),
            None => text(&field["example"]),
        };
        let value = if value.is_empty() { "…".to_owned() } else { value };
        let bare = value.chars().all(|c| c.is_ascii_alphanumeric() || "-_.:".contains(c));
        let value = if bare { value } else { format!("'{}'", value.replace('\'', "'\\''")) };
        // Writing to a `String` does not fail.
        let _ = write!(words, " {name}={value}");
    }
    for option in options(platform.gateway_of(method)) {
        let _ = write!(words, " {option}");
    }
    words
}

fn prose(out: &mut String, tree: &Json) {
    let doc = text(&tree["doc"]);
    if !doc.is_empty() {
        line(out, &doc);
    }
}

fn heading(out: &mut String, title: &str) {
    line(out, &format!("\n{BOLD}{title}{PLAIN}"));
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn items(list: &Json) -> impl Iterator<Item = &Json> {
    list.as_array().into_iter().flatten()
}

/// Returns a value as people read it: nothing for null, a JSON string without its quotes.
fn text(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => visible(text).into_owned(),
        other => visible(&other.to_string()).into_owned(),
    }
}
