//! The types of a draft: named records and enumerations, each declared once.

use super::about::{described, line};
use super::field;
use super::yaml::{Map, Yaml};
use crate::facts::{Field, Kind};
use crate::prose::Choice;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Rust names that a type should not have.
const RESERVED: &[&str] = &[
    "Option", "Vec", "String", "Box", "Result", "Self", "Some", "None", "Ok", "Err", "Client",
    "Error",
];

/// The types, in the order in which they were first used.
#[derive(Default)]
pub(crate) struct Types {
    all: Vec<Type>,
    /// Indexes into `all`. The key is the name that a type asks for, and the type's text.
    known: HashMap<(String, String), usize>,
    names: HashSet<String>,
    /// The number of types that asked for each name.
    counts: HashMap<String, usize>,
}

struct Type {
    name: String,
    map: Map,
    /// The types that this type refers to.
    uses: BTreeSet<String>,
    /// The methods that use this type directly.
    methods: BTreeSet<String>,
}

impl Types {
    /// Returns the name of a field's record or enumeration, which is declared if it is new.
    pub(crate) fn of(&mut self, field: &Field, method: &str) -> Option<String> {
        let (map, uses) = match &field.kind {
            Kind::Record if !field.members.is_empty() => self.record(field, method),
            Kind::Choice { values, integer } => (choice(field, values, *integer), BTreeSet::new()),
            _ => return None,
        };
        let singular = if field.list.is_some() { singular(&field.name) } else { &field.name };
        let first = field.record.clone().unwrap_or_else(|| camel(singular));
        let mut wanted = camel(&first);
        if wanted.is_empty() || RESERVED.contains(&wanted.as_str()) {
            wanted.push_str("Value");
        }
        // Types that differ only in their lines on the page are the same type.
        let key = (wanted.clone(), map.without("source").document());
        if let Some(known) = self.known.get(&key) {
            let known = &mut self.all[*known];
            known.methods.insert(method.to_owned());
            return Some(known.name.clone());
        }
        let count = self.counts.entry(wanted.clone()).or_insert(0);
        let name = loop {
            *count += 1;
            let name = if *count == 1 { wanted.clone() } else { format!("{wanted}{count}") };
            if self.names.insert(name.clone()) {
                break name;
            }
        };
        self.known.insert(key, self.all.len());
        let methods = BTreeSet::from([method.to_owned()]);
        self.all.push(Type { name: name.clone(), map, uses, methods });
        Some(name)
    }

    fn record(&mut self, record: &Field, method: &str) -> (Map, BTreeSet<String>) {
        let (mut fields, mut uses) = (Map::open(), BTreeSet::new());
        for member in &record.members {
            let name = self.of(member, method);
            fields.put(&member.name, Yaml::Map(field::map(member, name.as_deref())));
            uses.extend(name);
        }
        let mut map = Map::open();
        described(&mut map, &record.term);
        if record.others {
            map.text("others", "text");
        }
        map.map("fields", fields);
        (map, uses)
    }

    /// The types that only one method uses, by the name of the method. The types that several
    /// methods use are under `None`.
    pub(crate) fn declared(self) -> HashMap<Option<String>, Map> {
        let users = self.users();
        let mut maps = HashMap::new();
        for one in self.all {
            let own = users
                .get(&one.name)
                .filter(|methods| methods.len() == 1)
                .and_then(|methods| methods.first().cloned());
            let map = maps.entry(own).or_insert_with(Map::open);
            map.put(&one.name, Yaml::Map(one.map));
        }
        maps
    }

    /// The methods that use each type, directly or through another type.
    fn users(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut users: BTreeMap<String, BTreeSet<String>> =
            self.all.iter().map(|one| (one.name.clone(), one.methods.clone())).collect();
        // A type comes after the types that it names, so the loop goes backwards.
        for one in self.all.iter().rev() {
            let methods = users.get(&one.name).cloned().unwrap_or_default();
            for used in &one.uses {
                users.entry(used.clone()).or_default().extend(methods.clone());
            }
        }
        users
    }
}

fn choice(field: &Field, values: &[Choice], integer: bool) -> Map {
    let mut all = Map::open();
    for Choice { value, meaning } in values {
        let mut one = Map::new();
        if let Some(name) = rust_name(value, meaning) {
            one.text("rust", name);
        }
        described(&mut one, meaning);
        all.map(value, one);
    }
    let mut map = Map::open();
    if integer {
        map.text("type", "integer");
    }
    described(&mut map, &field.term);
    map.text("grade", "inferred");
    line(&mut map, field.line);
    map.map("enum", all);
    map
}

/// A Rust name for a value that cannot be a name itself.
fn rust_name(value: &str, meaning: &str) -> Option<String> {
    if value.starts_with(|c: char| c.is_ascii_alphabetic())
        && value.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
    {
        return None;
    }
    let words = camel(meaning);
    let is_name = meaning.is_ascii()
        && words.len() <= 24
        && words.starts_with(|c: char| c.is_ascii_alphabetic());
    if is_name {
        return Some(words);
    }
    let value = value.replace('-', "Minus");
    Some(format!("Value{}", value.chars().filter(char::is_ascii_alphanumeric).collect::<String>()))
}

/// The name without the ending of a plural or list.
fn singular(name: &str) -> &str {
    if name.ends_with("ss") {
        return name;
    }
    let with_es = ["ches", "shes", "sses", "xes"].iter().any(|end| name.ends_with(end));
    let plural = if with_es { "es" } else { "s" };
    ["List", "_list", "Lists", plural]
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .filter(|rest| rest.len() > 1)
        .unwrap_or(name)
}

/// A name in CamelCase.
pub(crate) fn camel(name: &str) -> String {
    let mut out = String::new();
    for word in name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let (first, rest) = word.split_at(1);
        out.push_str(&first.to_uppercase());
        // Turns `ORDER_STATE` into `OrderState`.
        let shouted = rest.chars().all(|c| !c.is_ascii_lowercase()) && rest.len() > 1;
        out.push_str(&if shouted { rest.to_lowercase() } else { rest.to_owned() });
    }
    if out.starts_with(|c: char| c.is_ascii_digit()) { format!("N{out}") } else { out }
}
