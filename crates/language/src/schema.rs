//! JSON Schemas of spec files, for editors. The compiler also checks what a schema cannot express.

use crate::table::{ABOUT, METHOD, Map, Names, Need, Of, PLATFORM, Row, Shape, TYPES_FILE};
use serde_json::{Map as Object, Value, json};

/// A schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    /// The name of the schema's file.
    pub name: &'static str,
    /// The schema as JSON, according to draft-07.
    pub text: String,
}

/// The text by which a file is known to be one of these schemas.
pub const MARK: &str = "of a gatespec platform";

/// The first line of a spec with this file name. It tells editors which schema the spec has.
pub fn modeline(file: &str) -> String {
    let schema = match file.rsplit_once('.').map_or(file, |(stem, _)| stem) {
        "platform" => "platform",
        "types" => "types",
        _ => "method",
    };
    format!("# yaml-language-server: $schema=../{schema}.schema.json")
}

/// The schemas of platform.yaml, types.yaml and the files of methods.
pub fn all() -> [Schema; 3] {
    let roots = [
        ("platform.schema.json", "platform.yaml", &PLATFORM),
        ("types.schema.json", "types.yaml", &TYPES_FILE),
        ("method.schema.json", "A method", &METHOD),
    ];
    roots.map(|(name, title, map)| Schema { name, text: in_lines(&root(title, map), 0) + "\n" })
}

/// Writes JSON in lines of at most about 100 columns. The usual layout needs three times as many
/// lines.
fn in_lines(value: &Value, depth: usize) -> String {
    let flat = value.to_string();
    if depth + flat.len() <= 100 {
        return flat;
    }
    let (open, close, lines): (_, _, Vec<_>) = match value {
        Value::Object(members) => {
            let line = |(key, value): (&String, _)| {
                format!("{}:{}", json!(key), in_lines(value, depth + 1))
            };
            ('{', '}', members.iter().map(line).collect())
        }
        Value::Array(items) => {
            ('[', ']', items.iter().map(|item| in_lines(item, depth + 1)).collect())
        }
        _ => return flat,
    };
    let (inner, outer) = (" ".repeat(depth + 1), " ".repeat(depth));
    let lines: Vec<_> = lines.iter().map(|line| format!("\n{inner}{line}")).collect();
    format!("{open}{}\n{outer}{close}", lines.join(","))
}

/// The schema of a file, with the definitions of all maps in it.
fn root(title: &str, map: &'static Map) -> Value {
    let mut found = Definitions::default();
    let mut schema = found.keys(map);
    while let Some(map) = found.open.pop() {
        let schema = found.keys(map);
        found.done.insert(name(map), Value::Object(schema));
    }
    for row in &ABOUT {
        let schema = found.described(row);
        found.done.insert(row.key.to_owned(), schema);
    }
    schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    schema.insert("title".to_owned(), json!(format!("{title} {MARK}")));
    schema.insert("definitions".to_owned(), Value::Object(found.done));
    Value::Object(schema)
}

/// The name of a map's definition. It ends in `-map`, so it differs from the definitions of the
/// keys in [`ABOUT`], whose names are single words.
fn name(map: &Map) -> String {
    format!("{} map", map.what.replace('`', "")).replace(' ', "-")
}

/// The definitions that a schema refers to.
#[derive(Default)]
struct Definitions {
    done: Object<String, Value>,
    open: Vec<&'static Map>,
    known: Vec<&'static str>,
}

impl Definitions {
    /// The schema of a map whose keys belong to the language.
    fn keys(&mut self, map: &'static Map) -> Object<String, Value> {
        let mut schema = Object::new();
        let own = map.own.iter().chain(map.shared);
        let mut properties: Object<_, _> =
            own.map(|row| (row.key.to_owned(), self.described(row))).collect();
        if map.about {
            let about = ABOUT.iter().map(|row| row.key.to_owned());
            properties.extend(about.map(|key| {
                let path = format!("#/definitions/{key}");
                (key, json!({ "$ref": path }))
            }));
        }
        let needed = map.rows().filter(|row| row.need == Need::Yes).map(|row| row.key);
        let needed: Vec<_> = needed.chain(map.needed.iter().copied()).collect();
        schema.insert("type".to_owned(), json!("object"));
        schema.insert("properties".to_owned(), Value::Object(properties));
        schema.insert("additionalProperties".to_owned(), json!(false));
        if !needed.is_empty() {
            schema.insert("required".to_owned(), json!(needed));
        }
        let together = together(map);
        if !together.is_empty() {
            schema.insert("dependencies".to_owned(), Value::Object(together));
        }
        let one: Vec<_> = map.one_of.iter().map(|key| json!({ "required": [key] })).collect();
        if !one.is_empty() {
            schema.insert("oneOf".to_owned(), json!(one));
        }
        let pairs = map.at_most_one.iter().enumerate();
        let pairs = pairs.flat_map(|(at, key)| {
            map.at_most_one.iter().skip(at + 1).map(move |other| (key, other))
        });
        let apart = pairs.map(|(a, b)| json!({ "not": { "required": [a, b] } }));
        let all: Vec<_> = map.rows().filter_map(condition).chain(apart).collect();
        if !all.is_empty() {
            schema.insert("allOf".to_owned(), json!(all));
        }
        schema
    }

    /// The schema of a key's value, with the description of the key.
    fn described(&mut self, row: &Row) -> Value {
        let mut schema = self.value(&row.shape);
        schema["description"] = json!(plain(row.line));
        schema
    }

    fn value(&mut self, shape: &Shape) -> Value {
        match shape {
            Shape::Text(_) => json!({ "type": ["string", "number", "boolean"] }),
            Shape::Pattern(_, pattern) => json!({ "type": "string", "pattern": pattern }),
            // Booleans and numbers may be in quotes.
            Shape::Flag => json!({ "enum": [true, false, "true", "false"] }),
            Shape::Count => {
                json!({ "type": ["integer", "string"], "minimum": 0, "pattern": "^[0-9]+$" })
            }
            Shape::Number => {
                json!({ "type": ["number", "string"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$" })
            }
            Shape::Word(words) => {
                let words = words();
                // A word of digits without quotes is a number in YAML.
                let numbers = words.iter().filter_map(|word| word.parse::<u32>().ok());
                let all = words.iter().map(|word| json!(word)).chain(numbers.map(|n| json!(n)));
                json!({ "enum": all.collect::<Vec<_>>() })
            }
            Shape::Literal(word) => json!({ "const": word }),
            Shape::Null => json!({ "type": "null" }),
            Shape::List(item) => json!({ "type": "array", "items": self.value(item) }),
            Shape::Two(item) => {
                json!({
                    "type": "array", "items": self.value(item), "minItems": 2, "maxItems": 2,
                })
            }
            Shape::Either(shapes) => {
                json!({ "anyOf": shapes.iter().map(|shape| self.value(shape)).collect::<Vec<_>>() })
            }
            Shape::Keys(map) => {
                if !self.known.contains(&map.what) {
                    self.known.push(map.what);
                    self.open.push(map);
                }
                json!({ "$ref": format!("#/definitions/{}", name(map)) })
            }
            Shape::Named(names) => self.named(names),
            Shape::Any => json!({}),
        }
    }

    fn named(&mut self, names: &Names) -> Value {
        let mut schema = json!({
            "type": "object",
            "additionalProperties": self.value(&names.value),
        });
        if names.filled {
            schema["minProperties"] = json!(1);
        }
        if let Some(words) = names.words {
            schema["propertyNames"] = json!({ "enum": words() });
        }
        schema
    }
}

/// The keys that require another key, or a specific value of that key.
fn together(map: &Map) -> Object<String, Value> {
    let with = map.rows().filter_map(|row| Some((row.key.to_owned(), json!([row.with?]))));
    let only = map.rows().filter_map(|row| match row.of {
        Some(Of { key, values, .. }) if !values.is_empty() => {
            Some((row.key.to_owned(), has(key, values)))
        }
        _ => None,
    });
    with.chain(only).collect()
}

/// The condition under which a key is required, if it depends on another key.
fn condition(row: &Row) -> Option<Value> {
    let required = json!({ "required": [row.key] });
    match (row.need, row.of) {
        (Need::Unless(other), _) => Some(json!({ "anyOf": [required, { "required": [other] }] })),
        (_, Some(of)) if !of.needed.is_empty() => {
            Some(json!({ "if": has(of.key, of.needed), "then": required }))
        }
        _ => None,
    }
}

/// The schema of maps in which `key` has one of these values.
fn has(key: &str, values: &[&str]) -> Value {
    json!({ "required": [key], "properties": { key: { "enum": values } } })
}

/// The line without Markdown syntax that editors do not render.
fn plain(line: &str) -> String {
    let line = line.replace("**", "");
    let Some((before, rest)) = line.split_once('[') else { return line };
    match rest.split_once("](").and_then(|(text, rest)| Some((text, rest.split_once(')')?))) {
        Some((text, (_, after))) => format!("{before}{text}{after}"),
        None => line,
    }
}
