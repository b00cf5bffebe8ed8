//! Describes a platform or a method as text.

use crate::command::given::options;
use crate::command::paint::{BOLD, DIM, GREEN, PLAIN, YELLOW};
use gatespec_language::model::{Delivery, Field, Grade, Method, Platform, Returns, Type, TypeKind};
use gatespec_language::words::{self, Words};
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
    fields(&mut out, platform, &method.request.fields, true);
    for rule in &method.request.rules {
        let (said, doc) = (WORDS.rule(rule), rule.about.doc.as_deref().unwrap_or_default());
        let grade = graded(rule.about.grade);
        line(&mut out, &format!("  {said}  {DIM}{}{grade}{PLAIN}", visible(doc)));
    }
    heading(&mut out, "Answer");
    match &method.returns {
        Returns::Nothing => fields(&mut out, platform, &[], false),
        Returns::Record(record) => fields(&mut out, platform, &record.fields, false),
        Returns::Value(field) => fields(&mut out, platform, std::slice::from_ref(field), false),
    }
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

/// Words whose names and values are safe to show on a terminal.
const WORDS: Words<'_> = Words {
    field: &|name| visible(name).into_owned(),
    value: &|value| visible(value).into_owned(),
};

fn fields(out: &mut String, platform: &Platform, fields: &[Field], is_request: bool) {
    let shown: Vec<_> = fields.iter().filter(|field| field.send != Delivery::FromPublic).collect();
    if shown.is_empty() {
        return line(out, &format!("  {DIM}none{PLAIN}"));
    }
    for field in shown {
        let required = match field.send {
            Delivery::Never => Some("not sent".to_owned()),
            _ if is_request => WORDS.required(&field.required),
            _ => None,
        };
        let (name, kind) = (visible(&field.name), words::kind(platform, field));
        let (kind, required) = (visible(&kind), required.unwrap_or_default());
        let first = format!("  {name:<16} {YELLOW}{kind:<12}{PLAIN} {required:<9}");
        let about = &field.about;
        let (doc, grade) = (visible(about.doc.as_deref().unwrap_or_default()), graded(about.grade));
        line(out, &format!("{} {DIM}{doc}{grade}{PLAIN}", first.trim_end()));
        let values = values(platform, field).map(|values| format!("one of {}", visible(&values)));
        let limits = field.constraints.iter().filter_map(|(limit, _)| WORDS.limit(limit, field));
        for limit in values.into_iter().chain(limits) {
            line(out, &format!("  {:16} {limit}", ""));
        }
    }
}

/// Returns the known values of an enumeration.
fn values(platform: &Platform, field: &Field) -> Option<String> {
    let Type::Enumeration(id) = field.ty else { return None };
    let TypeKind::Enumeration(values) = &platform.type_def(id).kind else { return None };
    let values: Vec<_> = values.variants.iter().map(|variant| variant.value.as_str()).collect();
    Some(values.join(", "))
}

/// Returns the grade of a fact in parentheses, or an empty text if the fact is documented.
fn grade(fact: &Json) -> String {
    let key = fact["provenance"]["grade"].as_str().unwrap_or_default();
    let found = Grade::ALL.into_iter().find(|(known, _)| *known == key);
    graded(found.map_or(Grade::Documented, |(_, grade)| grade))
}

fn graded(grade: Grade) -> String {
    match grade {
        Grade::Documented => String::new(),
        grade => format!(" ({})", grade.key()),
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
