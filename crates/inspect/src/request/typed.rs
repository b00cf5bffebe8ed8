//! Converts texts to typed values, according to the types of the fields.

use super::expected::expected;
use super::given::{Argument, Written, Wrong};
use crate::dynamic::{Object, exact, object};
use crate::model::{Field, Gateway, ListStyle, Method, Platform, Record, Type, Value};
use crate::source::SourceSpan;
use crate::tree::Tree;
use bumpalo::Bump;

/// Typed values, as a record that can be sent and as a value in the notation of a spec.
pub(super) struct Values<'m> {
    pub(super) object: Object<'m>,
    pub(super) value: Value,
}

/// Returns an empty map, the values of a method without a spec.
pub(super) fn none(gateway: &Gateway) -> Value {
    Value::Map(Vec::new(), gateway.span)
}

/// Converts every value to the type of its field, and reports all errors at once.
pub(super) fn values<'m>(
    platform: &'m Platform,
    method: &'m Method,
    given: &[Argument],
    arena: &'m Bump,
) -> Result<Values<'m>, Vec<Wrong>> {
    let mut places = Places { any: method.span, paths: Vec::new() };
    let (mut entries, mut trees, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    for argument in given {
        let name = &argument.name;
        match tree(platform, method.request.field(name), argument) {
            Ok(tree) => {
                let span = places.span(name.clone());
                entries.push((name.clone(), span, places.value(&tree, name)));
                trees.push((name.clone(), tree));
            }
            Err(found) => wrong.push(found),
        }
    }
    let value = Value::Map(entries, method.span);
    let mut problems = Vec::new();
    let mut object = object(platform, &method.request, &value, arena, &mut problems);
    for problem in problems {
        let path = places.paths.get(problem.span.start as usize).cloned().unwrap_or_default();
        wrong.push(explain(platform, &method.request, &path, &problem.message, problem.help));
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    exact(&mut object, &trees);
    Ok(Values { object, value })
}

/// Returns an error that names the path of the value and the values that its field accepts. A
/// sensitive value is not repeated.
fn explain(
    platform: &Platform,
    record: &Record,
    path: &str,
    message: &str,
    help: Option<String>,
) -> Wrong {
    let steps = path.split(['.', '[']).filter(|step| !step.ends_with(']'));
    let (mut record, mut field, mut sensitive) = (Some(record), None, false);
    for step in steps {
        let found = record.and_then(|record| record.field(step));
        sensitive |= found.is_some_and(|field| field.sensitive);
        record = found.and_then(|field| platform.record(&field.ty));
        field = found;
    }
    let Some(field) = field else { return Wrong { message: format!("`{path}`: {message}"), help } };
    let takes = expected(platform, field);
    let message = match sensitive {
        true => format!("invalid value of `{path}`: expected {takes}"),
        false => format!("`{path}`: {message}; expected {takes}"),
    };
    Wrong { message, help }
}

/// Parses the value of a parameter.
fn tree(platform: &Platform, field: Option<&Field>, given: &Argument) -> Result<Tree, Wrong> {
    let Argument { text, written, .. } = given;
    match (field, written) {
        (Some(field), Written::Plain) => plain(platform, field, text),
        (None, Written::Plain) => {
            // Without a field, the value is JSON if it is an object or a list, otherwise a text.
            Ok(Tree::compound(text).unwrap_or_else(|| Tree::Text(text.clone())))
        }
        (field, Written::Json) => {
            let tree = Tree::parse(text).unwrap_or(Tree::Null);
            match (field, &tree) {
                // A delimited list, or JSON inside a JSON string: platforms' documentation shows
                // both.
                (Some(field), Tree::Text(text)) if is_compound(field) => {
                    plain(platform, field, text)
                }
                (Some(field), Tree::Bare(word)) if field.ty == Type::Text && is_boolean(word) => {
                    let message =
                        format!("`{}`: `{word}` is a boolean; expected a text", field.name);
                    Err(Wrong {
                        message,
                        help: Some(format!("if you mean the text, write \"{word}\"")),
                    })
                }
                _ => Ok(tree),
            }
        }
    }
}

fn is_boolean(word: &str) -> bool {
    matches!(word, "true" | "false")
}

/// Whether a field is a list, a record or a map, so that a single text cannot be its value.
fn is_compound(field: &Field) -> bool {
    field.list.is_some() || matches!(field.ty, Type::Record(_) | Type::Map(_))
}

/// Parses a text as a delimited list or as JSON, if the type of the field requires this.
fn plain(platform: &Platform, field: &Field, text: &str) -> Result<Tree, Wrong> {
    let json = |text: &str| {
        Tree::parse(text).map_err(|reason| Wrong {
            message: format!(
                "`{}` is not JSON ({reason}); expected {}",
                field.name,
                expected(platform, field)
            ),
            help: Some(format!("to read JSON from a file, write `{}=@FILE`", field.name)),
        })
    };
    let looks_like_list = text.trim_start().starts_with('[');
    match (&field.list, &field.ty) {
        (Some(ListStyle::Delimited(delimiter)), _) if !looks_like_list => {
            let items = text.split(delimiter.as_str()).filter(|item| !item.is_empty());
            Ok(Tree::List(items.map(|item| Tree::Text(item.to_owned())).collect()))
        }
        (Some(_), _) | (None, Type::Record(_) | Type::Map(_) | Type::Json) => json(text),
        (None, _) => Ok(Tree::Text(text.to_owned())),
    }
}

/// Gives every value a span of its own, by which the path of a wrong value is found.
struct Places {
    any: SourceSpan,
    paths: Vec<String>,
}

impl Places {
    fn span(&mut self, path: String) -> SourceSpan {
        let number = u32::try_from(self.paths.len()).unwrap_or(u32::MAX);
        self.paths.push(path);
        SourceSpan { start: number, end: number, ..self.any }
    }

    fn value(&mut self, tree: &Tree, path: &str) -> Value {
        let span = self.span(path.to_owned());
        match tree {
            Tree::Null => Value::Null(span),
            Tree::Bare(text) | Tree::Text(text) => Value::Text(text.clone(), span),
            Tree::List(items) => {
                let items = items.iter().enumerate();
                Value::List(
                    items.map(|(at, item)| self.value(item, &format!("{path}[{at}]"))).collect(),
                    span,
                )
            }
            Tree::Object(members) => {
                let members = members.iter().map(|(name, member)| {
                    let path = format!("{path}.{name}");
                    let span = self.span(path.clone());
                    (name.clone(), span, self.value(member, &path))
                });
                Value::Map(members.collect(), span)
            }
        }
    }
}
