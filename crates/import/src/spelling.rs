//! The spellings of types.

use crate::names::{Base, TYPES};

/// A type as a page writes it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Spelled {
    /// The type. For a list, the type of its elements.
    pub(crate) base: Option<Base>,
    /// The record that the type names. For a list, the record that the type of its elements names.
    pub(crate) record: Option<String>,
    pub(crate) list: bool,
    /// A number in parentheses, such as a length.
    pub(crate) size: Option<u64>,
    /// The second number in parentheses, such as decimals.
    pub(crate) scale: Option<u8>,
}

/// Whether a text can be a type: a known one, or an identifier.
pub(crate) fn is_type(text: &str) -> bool {
    let spelled = spelled(text);
    spelled.base.is_some() || spelled.record.is_some()
}

/// Reads a type: `List<Order>`, `Order[]`, `string(32)`, `array of string`, `decimal(10,2)`.
pub(crate) fn spelled(text: &str) -> Spelled {
    let mut out = Spelled::default();
    if text.len() > LONGEST {
        return out;
    }
    let mut text: String = text.trim().trim_matches(['`', '*']).chars().map(ascii).collect();
    if let Some((before, numbers)) = text.split_once('(').filter(|(before, _)| !before.is_empty()) {
        let numbers = numbers.trim_end_matches(')');
        let mut numbers = numbers.split([',', '，']).map(str::trim);
        out.size = numbers.next().and_then(|number| number.parse().ok());
        out.scale = numbers.next().and_then(|number| number.parse().ok());
        text = before.trim().to_owned();
    }
    let mut rest = text.trim();
    while let Some(inner) = element(rest) {
        out.list = true;
        rest = inner.trim();
    }
    let lower = rest.to_lowercase();
    let is_map = lower.starts_with("map<") || lower.starts_with("hashmap<");
    // The plural in `array of objects`.
    let single = lower.strip_suffix('s').filter(|_| out.list).and_then(base);
    match base(if is_map { "map" } else { &lower }).or(single) {
        Some(Base::List) => out.list = true,
        Some(base) => out.base = Some(base),
        None => out.record = record(rest),
    }
    if out.list && out.base.is_none() && out.record.is_none() {
        out.base = Some(Base::Object);
    }
    out
}

/// The longest text that is read as a type, in bytes.
const LONGEST: usize = 200;

fn ascii(c: char) -> char {
    match c {
        '＜' => '<',
        '＞' => '>',
        '（' => '(',
        '）' => ')',
        other => other,
    }
}

/// The type of the elements, if a type is written as a list.
fn element(text: &str) -> Option<&str> {
    let lower = text.to_lowercase();
    let after = |open: &str| lower.starts_with(open).then(|| text.get(open.len()..)).flatten();
    let mut brackets = ["list<", "array<", "set<", "collection<", "array[", "list["].into_iter();
    let inner = brackets.find_map(after).and_then(|inner| inner.trim().strip_suffix(['>', ']']));
    let suffix = || text.strip_suffix("[]").or_else(|| text.strip_suffix("[ ]"));
    let words = || ["array of ", "list of ", "a list of ", "[]"].into_iter().find_map(after);
    let named = || text.strip_suffix("数组").or_else(|| text.strip_suffix("列表"));
    inner.or_else(suffix).or_else(words).or_else(named).filter(|element| !element.is_empty())
}

/// The base type of a name in lower case.
fn base(name: &str) -> Option<Base> {
    let has = |names: &str| names.split_whitespace().any(|one| one == name);
    TYPES.iter().find(|(_, names)| has(names)).map(|(base, _)| *base)
}

/// The name of a record, without its package: a name that begins with a capital letter.
fn record(text: &str) -> Option<String> {
    let name = text.rsplit('.').next().unwrap_or(text);
    let is_name = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.len() <= 80
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    // Types such as `String` have already been recognised. A word in capitals is not a record.
    (is_name && name.chars().any(|c| c.is_ascii_lowercase())).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_read_in_every_spelling() {
        let of = |base| Spelled { base: Some(base), ..Spelled::default() };
        let record = |name: &str, list| Spelled {
            record: Some(name.to_owned()),
            list,
            ..Spelled::default()
        };
        for (text, expected) in [
            ("String", of(Base::Text)),
            ("Long", of(Base::Integer)),
            ("varchar(32)", Spelled { size: Some(32), ..of(Base::Text) }),
            ("decimal（10，2）", Spelled { size: Some(10), scale: Some(2), ..of(Base::Decimal) }),
            ("List<Parcel>", record("Parcel", true)),
            ("com.shop.Parcel[]", record("Parcel", true)),
            ("Parcel", record("Parcel", false)),
            ("string[]", Spelled { list: true, ..of(Base::Text) }),
            ("array of strings", Spelled { list: true, ..of(Base::Text) }),
            ("字符串数组", Spelled { list: true, ..of(Base::Text) }),
            ("Object[]", Spelled { list: true, ..of(Base::Object) }),
            ("array", Spelled { list: true, ..of(Base::Object) }),
            ("Map<String,String>", of(Base::Map)),
            ("枚举", of(Base::Choice)),
        ] {
            assert_eq!(spelled(text), expected, "{text}");
        }
        for text in ["是", "see below", "编号", "1", "否"] {
            assert!(!is_type(text), "{text}");
        }
    }
}
