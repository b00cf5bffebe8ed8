//! Writes the file of a method.

use super::about::{Context, Examples, described, guess, line, shortened};
use super::field;
use super::types::Types;
use super::yaml::{Map, Yaml};
use crate::facts::{Facts, Field, Kind, Method, Required, Sample};
use crate::names::{is_code, is_flag, is_message};
use crate::private;
use crate::sample;
use std::collections::HashSet;

/// The parts of a method's file. Its types are added once all methods are written.
pub(super) struct Parts {
    /// The keys after `types`.
    top: Map,
    /// The keys after them.
    rest: Map,
    comments: Vec<String>,
}

impl Parts {
    pub(super) fn document(mut self, types: Map) -> String {
        self.top.map("types", types);
        self.top.append(self.rest);
        for comment in self.comments {
            self.top.comment(comment);
        }
        self.top.document()
    }
}

pub(super) fn map(
    method: &Method,
    facts: &Facts,
    types: &mut Types,
    context: &Context<'_>,
) -> Parts {
    let mut top = Map::open();
    top.text("title", "TODO");
    if !method.title.is_empty() {
        top.text("term", shortened(&method.title));
    }
    if method.line > 0 {
        line(&mut top, method.line);
    }
    if let Some(from) = &method.guessed {
        let mut named = Map::new();
        named.text("name", &method.name);
        named.text("grade", "inferred");
        named.text("source", from);
        top.map("method", named);
    }
    if let Some(path) = &method.path {
        top.text("path", path);
    }
    let mut rest = Map::open();
    rest.map("request", fields(&method.request, types, &method.name));
    rest.list("rules", rules(&method.request));
    response(method, types, &mut rest);
    let file = format!("{}/{}.yaml", context.platform, method.name);
    let mut requests = Examples::new(&file, context);
    request_examples(method, &mut requests);
    let mut answers = Examples::new(&file, context);
    let kept = kept(facts, method);
    for sample in &method.successes {
        answer(sample, "success", &kept, &mut answers);
    }
    for sample in &method.failures {
        answer(sample, "failure", &kept, &mut answers);
    }
    let mut examples = Map::open();
    examples.list("request", requests.items);
    examples.list("response", answers.items);
    rest.map("examples", examples);
    Parts { top, rest, comments: [requests.comments, answers.comments].concat() }
}

fn fields(all: &[Field], types: &mut Types, method: &str) -> Map {
    let mut map = Map::open();
    for one in all {
        let name = types.of(one, method);
        map.put(&one.name, Yaml::Map(field::map(one, name.as_deref())));
    }
    map
}

fn response(method: &Method, types: &mut Types, top: &mut Map) {
    if method.response.is_empty() {
        // A page with a sample of an answer without data describes a method that returns nothing,
        // which needs no key. A page without any answer needs a guess.
        if method.successes.is_empty() {
            let mut returns = Map::new();
            returns.text("type", "json");
            guess(&mut returns, "The page does not show the answer.");
            top.map("returns", returns);
        }
        return;
    }
    if !method.many {
        let response = fields(&method.response, types, &method.name);
        return top.map("response", response);
    }
    let last = method.name.rsplit(['.', '_']).next().unwrap_or("item");
    let mut record = Field::new(&format!("{last}_item"), method.line);
    record.kind = Kind::Record;
    record.members.clone_from(&method.response);
    if let Some(name) = types.of(&record, &method.name) {
        let mut returns = Map::new();
        returns.text("type", name);
        returns.text("list", "json");
        described(&mut returns, "");
        top.map("returns", returns);
    }
}

/// The rules for ranges of time.
fn rules(request: &[Field]) -> Vec<Yaml> {
    let mut rules = Vec::new();
    for pair in request.windows(2) {
        let Some(span) = &pair[1].span else { continue };
        let names =
            || Yaml::List(vec![Yaml::Text(pair[0].name.clone()), Yaml::Text(pair[1].name.clone())]);
        let mut order = Map::new();
        order.put("not_after", names());
        order.text("grade", "inferred");
        rules.push(Yaml::Map(order));
        let mut longest = Map::new();
        longest.put("span", names());
        longest.text("at_most", span);
        longest.text("grade", "inferred");
        line(&mut longest, pair[1].line);
        rules.push(Yaml::Map(longest));
    }
    rules
}

/// Adds sample requests: from the example column, if it has all required values, and the page's.
fn request_examples(method: &Method, examples: &mut Examples<'_>) {
    if let Some(values) = column(&method.request).filter(|values| !values.is_empty()) {
        examples.push("the example column", |item| item.map("values", values));
    }
    let listed = listed(&method.request);
    for sample in &method.request_samples {
        let tree = private::replaced(&sample.tree, &|_, text| listed.contains(text));
        let shows = |field: &Field| sample::member(&sample.tree, &field.name).is_some();
        let values = match method.request.first() {
            Some(first) if !first.members.is_empty() && !method.request.iter().any(shows) => {
                let mut whole = Map::new();
                if let Some(inner) = field::value(&first.members, &tree) {
                    whole.put(&first.name, inner);
                }
                Some(Yaml::Map(whole))
            }
            _ => field::value(&method.request, &tree),
        };
        if let Some(Yaml::Map(values)) = values
            && !values.is_empty()
        {
            examples.push(&format!("the sample at line {}", sample.line), |item| {
                item.map("values", values);
            });
        }
    }
}

/// The values of the example column; `None` if a required one is missing.
fn column(fields: &[Field]) -> Option<Map> {
    let mut map = Map::new();
    for own in fields.iter().filter(|field| !field.from_public && !field.never) {
        if own.kind == Kind::Record && !own.members.is_empty() && own.list.is_none() {
            let inner = column(&own.members).filter(|inner| !inner.is_empty());
            match inner {
                Some(inner) => map.map(&own.name, inner),
                None if own.required == Required::No => {}
                None => return None,
            }
            continue;
        }
        match field::example_value(own) {
            Some(value) => map.put(&own.name, value),
            None if own.required == Required::Yes => return None,
            None => {}
        }
    }
    Some(map)
}

/// Returns a function that says whether a value of a sample is kept, given its name and text.
/// Codes, messages, and values that the page lists are kept.
fn kept<'f>(facts: &'f Facts, method: &'f Method) -> impl Fn(&str, &str) -> bool + 'f {
    let listed = listed(&method.response);
    move |name, text| {
        let is_known = is_code(name) || is_message(name) || is_flag(name);
        let is_success = facts.envelope.success.as_ref().is_some_and(|(_, value)| value == text);
        (is_known && text.chars().count() <= 60) || is_success || listed.contains(text)
    }
}

/// The values that the enumerations of `fields` and their members list.
fn listed(fields: &[Field]) -> HashSet<&str> {
    let mut all = HashSet::new();
    for field in fields {
        match &field.kind {
            Kind::Choice { values, .. } => all.extend(values.iter().map(|one| one.value.as_str())),
            _ => all.extend(listed(&field.members)),
        }
    }
    all
}

fn answer(
    sample: &Sample,
    gives: &str,
    kept: &dyn Fn(&str, &str) -> bool,
    examples: &mut Examples<'_>,
) {
    examples.push(&format!("the sample at line {}", sample.line), |item| {
        let mut body = String::new();
        sample::pretty(&private::replaced(&sample.tree, kept), 0, &mut body);
        line(item, sample.line);
        item.put("body", Yaml::Block(body));
        item.text("gives", gives);
    });
}
