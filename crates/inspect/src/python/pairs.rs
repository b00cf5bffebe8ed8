//! Sorted parameters, as a signature takes them.

use super::code::{Code, Kind, apply};
use super::literal::{self, WIDTH};
use super::params::{Group, Request};
use super::script::{Helper, Script};
use super::unsupported::unsupported;
use crate::diagnose::Parameter;
use crate::request::Wrong;
use gatespec_protocol as rt;
use rt::{Function, Location, Pairs, ParamType, Piece, Role, Select};
use std::collections::HashSet;

/// Defines a variable that contains the selected parameters, and returns it.
pub(super) fn pairs(
    request: &Request<'_, '_>,
    pairs: &Pairs<'_>,
    script: &mut Script,
) -> Result<Code, Wrong> {
    let selection = Selection::new(request, pairs)?;
    if selection.groups.is_empty() {
        return Ok(Code::literal(""));
    }
    let template = Template::new(pairs.template, &selection, script)?;
    let source = selection.source(pairs, &template, script);
    let source = format!("for name, value in {source}");
    let condition = match &*selection.condition(pairs) {
        "" => String::new(),
        condition => format!("if {condition}"),
    };
    let variable = script.unused(wish(pairs.select));
    let before = format!("{variable} = {}.join(", literal::text(pairs.separator));
    let parts = [template.code.as_str(), &source, &condition].into_iter();
    let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
    let line = format!("{before}{})", parts.join(" "));
    script.lines.push(match line.chars().count() <= WIDTH {
        true => line,
        false => format!("{before}\n    {}\n)", parts.join("\n    ")),
    });
    Ok(Code::new(variable, Kind::Text))
}

fn wish(select: &[Select<'_>]) -> &'static str {
    match select {
        [Select::Query] => "signed_query",
        [Select::Form] => "signed_form",
        [Select::Header] => "signed_headers",
        [Select::Public] => "signed_public",
        [Select::Business] => "signed_business",
        _ => "signed",
    }
}

/// The parameters that are selected.
struct Selection<'g, 'a> {
    groups: Vec<&'g Group<'a>>,
    chosen: Vec<Parameter<'a>>,
    /// The names in these locations that are not selected.
    others: Vec<&'a str>,
    /// Whether a member of the body is null, and therefore not signed.
    has_null: bool,
    repeats: bool,
}

impl<'g, 'a> Selection<'g, 'a> {
    fn new(request: &'g Request<'_, 'a>, pairs: &Pairs<'_>) -> Result<Self, Wrong> {
        let takes = |param: &Parameter<'_>| {
            pairs.takes(param.name, param.place, param.role == Role::Public)
        };
        let groups = request.groups.iter().filter(|group| group.params.iter().any(takes));
        let groups: Vec<_> = groups.collect();
        let all: Vec<_> = groups.iter().flat_map(|group| group.params.iter().copied()).collect();
        let is_null = |param: &Parameter<'_>| param.kind == ParamType::Null;
        let chosen: Vec<_> = all.iter().copied().filter(takes).collect();
        let mut others: Vec<_> =
            all.iter().filter(|param| !takes(param)).map(|param| param.name).collect();
        others.extend(groups.iter().flat_map(|group| beside(request, group)));
        let repeats = groups.iter().any(|group| group.repeats);
        let mut names = HashSet::new();
        let groups_differ = groups.iter().any(|group| {
            let own: HashSet<_> = group.params.iter().map(|param| param.name).collect();
            own.into_iter().any(|name| !names.insert(name))
        });
        if groups_differ || chosen.iter().any(|param| others.contains(&param.name)) {
            return Err(unsupported("two parameters in different locations have the same name"));
        }
        let has_null = chosen.iter().any(is_null);
        Ok(Self { groups, chosen, others, has_null, repeats })
    }

    /// The type of the names.
    fn names(&self) -> Kind {
        let is_ascii = self.chosen.iter().all(|param| param.name.is_ascii());
        if is_ascii { Kind::Ascii } else { Kind::Text }
    }

    /// Whether each value has in Python the type that it has in JSON.
    fn is_typed(&self) -> bool {
        let mut chosen = self.chosen.iter();
        chosen.all(|param| param.place.in_body() || param.kind == ParamType::Text)
    }

    fn in_body(&self) -> bool {
        self.groups.iter().any(|group| group.place.in_body())
    }

    /// Returns the selected pairs in the order of the signature.
    fn source(&self, pairs: &Pairs<'_>, template: &Template, script: &mut Script) -> String {
        if let [Select::Names(names)] = pairs.select {
            return self.listed(names);
        }
        let key = match &template.names[..] {
            [] => String::new(),
            encoders => {
                let changed = self.chosen.iter().any(|param| is_changed(param.name, encoders));
                let first = Code::new("pair[0]", self.names());
                let key = encoders.iter().fold(first, |code, one| apply(*one, &code, script));
                if changed { format!(", key=lambda pair: {}", key.text) } else { String::new() }
            }
        };
        let items = |group: &Group<'_>| match group.repeats {
            true => group.code.clone(),
            false => format!("{}.items()", group.code),
        };
        let all = match &self.groups[..] {
            [group] => items(group),
            groups if self.repeats => {
                let all: Vec<_> = groups.iter().map(|group| format!("*{}", items(group))).collect();
                format!("[{}]", all.join(", "))
            }
            groups => {
                let all: Vec<_> = groups.iter().map(|group| format!("**{}", group.code)).collect();
                format!("{{{}}}.items()", all.join(", "))
            }
        };
        let key = match key.is_empty() && self.repeats {
            true => ", key=lambda pair: pair[0]".to_owned(),
            false => key,
        };
        format!("sorted({all}{key})")
    }

    /// Returns the parameters that a formula lists, in its order.
    fn listed(&self, names: &[&str]) -> String {
        let pair = |group: &Group<'_>, name: &str| {
            let quoted = literal::text(name);
            match group.repeats {
                true => format!("*(pair for pair in {} if pair[0] == {quoted})", group.code),
                false => format!("({quoted}, {}[{quoted}])", group.code),
            }
        };
        let groups = |name: &&str| {
            let name = *name;
            let groups = self.groups.iter();
            let own = groups.filter(move |group| group.params.iter().any(|one| one.name == name));
            own.map(|group| pair(group, name)).collect::<Vec<_>>()
        };
        let all: Vec<_> = names.iter().flat_map(groups).collect();
        format!("[{}]", all.join(", "))
    }

    /// Returns the condition under which a pair is signed; empty if all are.
    fn condition(&self, pairs: &Pairs<'_>) -> String {
        let mut all = Vec::new();
        if self.has_null {
            all.push("value is not None".to_owned());
        }
        if pairs.nonempty {
            all.push(if self.in_body() { "value != \"\"" } else { "value" }.to_owned());
        }
        if !matches!(pairs.select, [Select::Names(_)]) && !self.others.is_empty() {
            let quoted = |names: &mut dyn Iterator<Item = &'a str>| {
                let mut names: Vec<_> = names.map(literal::text).collect();
                names.dedup();
                names
            };
            let others = quoted(&mut self.others.iter().copied());
            let is_public = self.chosen.iter().all(|param| param.role == Role::Public);
            all.push(match (is_public && others.len() > 1, &others[..]) {
                (true, _) => {
                    let own = quoted(&mut self.chosen.iter().map(|param| param.name));
                    format!("name in {{{}}}", own.join(", "))
                }
                (false, [one]) => format!("name != {one}"),
                (false, others) => format!("name not in {{{}}}", others.join(", ")),
            });
        }
        all.join(" and ")
    }
}

/// Returns the names in the dictionary of a group that are not names of its parameters: the
/// signature, and the objects that contain the parameters of other groups.
fn beside<'a>(request: &Request<'_, 'a>, group: &Group<'a>) -> Vec<&'a str> {
    if !group.place.in_body() {
        return Vec::new();
    }
    let sign = request.signing.params.iter();
    let sign = sign.filter(|param| param.role == Role::Signature && param.place == group.place);
    let objects = request.groups.iter().filter_map(|other| match other.place {
        Location::BodyMember(name) if group.place == Location::Body => Some(name),
        _ => None,
    });
    sign.map(|param| param.name).chain(objects).collect()
}

/// Whether encoding changes a name, and so may change its place in the order.
fn is_changed(name: &str, encoders: &[Function]) -> bool {
    let encoded = encoders.iter().fold(name.to_owned(), |name, function| match function {
        Function::Rfc3986 => rt::percent::Percent::Rfc3986.encode(&name),
        Function::Form => rt::percent::Percent::Form.encode(&name),
        Function::Lower => name.to_ascii_lowercase(),
        _ => name.to_ascii_uppercase(),
    });
    encoded != name
}

/// How one pair is written.
struct Template {
    code: String,
    /// The functions that encode names.
    names: Vec<Function>,
}

impl Template {
    fn new(
        pieces: &[Piece<'_>],
        selection: &Selection<'_, '_>,
        script: &mut Script,
    ) -> Result<Self, Wrong> {
        let in_body = selection.in_body();
        let mut names = None;
        let mut parts = Vec::new();
        for piece in pieces {
            let (first, encoders) = match *piece {
                Piece::Text(text) => {
                    parts.push(Err(text));
                    continue;
                }
                Piece::Name(encoders) => {
                    names.get_or_insert(encoders.to_vec());
                    (Code::new("name", selection.names()), encoders)
                }
                Piece::Value(encoders) => {
                    let value = match in_body {
                        true => format!("{}(value)", script.helper(Helper::AsText)),
                        false => "value".to_owned(),
                    };
                    (Code::new(value, Kind::Text), encoders)
                }
                Piece::Json(encoders) if selection.is_typed() => {
                    let value = format!("{}(value)", script.helper(Helper::ToJson));
                    (Code::new(value, Kind::Text), encoders)
                }
                Piece::Json(_) => {
                    return Err(unsupported("its signature writes parts of a form as JSON"));
                }
                Piece::Fold => {
                    return Err(unsupported("its signature takes records and lists apart"));
                }
            };
            let code = encoders.iter().fold(first, |code, one| apply(*one, &code, script));
            parts.push(Ok(code.text));
        }
        let code = match &parts[..] {
            [Ok(code)] => code.clone(),
            parts => {
                let inside = parts.iter().map(|part| match part {
                    Ok(code) => format!("{{{code}}}"),
                    Err(text) => literal::escaped(text).replace('{', "{{").replace('}', "}}"),
                });
                format!("f\"{}\"", inside.collect::<String>())
            }
        };
        Ok(Self { code, names: names.unwrap_or_default() })
    }
}
