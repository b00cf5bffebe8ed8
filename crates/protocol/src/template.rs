//! Texts with holes: paths of requests and of answers.
//!
//! `{method}`, `{label}` and, in the path of a request, `{field}`. Filters follow a colon and can
//! be chained: `{method:tail:slashes}`.

use std::borrow::Cow;
use std::fmt;

/// A piece of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'t> {
    /// Stands for itself.
    Text(&'t str),
    /// Is filled.
    Hole {
        /// `method`, a label or a field.
        name: &'t str,
        /// Names of filters, joined by colons; empty if there is none.
        filters: &'t str,
    },
}

/// Splits a template. A brace without its partner is part of the text.
pub fn parts(template: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let hole = rest.find('{').and_then(|open| Some((open, open + rest[open..].find('}')?)));
        match hole {
            Some((0, close)) => {
                let inside = &rest[1..close];
                rest = &rest[close + 1..];
                let (name, filters) = inside.split_once(':').unwrap_or((inside, ""));
                Some(Part::Hole { name, filters })
            }
            found => {
                let (text, tail) = rest.split_at(found.map_or(rest.len(), |(open, _)| open));
                rest = tail;
                Some(Part::Text(text))
            }
        }
    })
}

/// Applies one filter: `slashes`, `underscores` (instead of dots), `tail` (after the first dot),
/// `head` (before it), `last` (after the last). `None` if there is no such filter.
pub fn filter<'t>(name: &str, text: &'t str) -> Option<Cow<'t, str>> {
    Some(match name {
        "slashes" => Cow::Owned(text.replace('.', "/")),
        "underscores" => Cow::Owned(text.replace('.', "_")),
        "tail" => Cow::Borrowed(text.split_once('.').map_or("", |(_, tail)| tail)),
        "head" => Cow::Borrowed(text.split_once('.').map_or(text, |(head, _)| head)),
        "last" => Cow::Borrowed(text.rsplit_once('.').map_or(text, |(_, last)| last)),
        _ => return None,
    })
}

/// What fills holes.
#[derive(Debug, Clone, Copy)]
pub struct Holes<'a> {
    /// The method's name, as sent.
    pub method: &'a str,
    /// Name and value of each label; a value may be a template.
    pub labels: &'a [(&'a str, &'a str)],
}

/// A hole that nothing fills, or an unknown filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfilled(pub String);

impl fmt::Display for Unfilled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "nothing fills the hole `{{{}}}`", self.0)
    }
}

impl std::error::Error for Unfilled {}

/// Labels may name labels; this deep, and no deeper, so that a cycle ends.
const DEPTH: usize = 8;

impl<'a> Holes<'a> {
    /// Fills a template.
    pub fn fill<'t>(&self, template: &'t str) -> Result<Cow<'t, str>, Unfilled> {
        self.fill_with(template, &mut |_, _| false)
    }

    /// The value of a label, its own holes filled.
    pub fn label(&self, name: &str) -> Option<Result<Cow<'a, str>, Unfilled>> {
        Some(self.fill(self.find(name)?))
    }

    /// Fills a template; `field` is asked first, and says whether it has written the value.
    pub(crate) fn fill_with<'t>(
        &self,
        template: &'t str,
        field: &mut dyn FnMut(&str, &mut String) -> bool,
    ) -> Result<Cow<'t, str>, Unfilled> {
        if !template.contains('{') {
            return Ok(Cow::Borrowed(template));
        }
        let mut out = String::with_capacity(template.len() + 32);
        self.write(template, field, DEPTH, &mut out)?;
        Ok(Cow::Owned(out))
    }

    fn find(&self, name: &str) -> Option<&'a str> {
        self.labels.iter().find(|(label, _)| *label == name).map(|(_, value)| *value)
    }

    fn write(
        &self,
        template: &str,
        field: &mut dyn FnMut(&str, &mut String) -> bool,
        depth: usize,
        out: &mut String,
    ) -> Result<(), Unfilled> {
        for part in parts(template) {
            let (name, filters) = match part {
                Part::Text(text) => {
                    out.push_str(text);
                    continue;
                }
                Part::Hole { name, filters } => (name, filters),
            };
            let mut value = String::new();
            if !field(name, &mut value) {
                match self.find(name) {
                    Some(label) if depth > 0 => self.write(label, field, depth - 1, &mut value)?,
                    None if name == "method" => value.push_str(self.method),
                    _ => return Err(Unfilled(name.to_owned())),
                }
            }
            for name in filters.split(':').filter(|name| !name.is_empty()) {
                value =
                    filter(name, &value).ok_or_else(|| Unfilled(format!("…:{name}")))?.into_owned();
            }
            out.push_str(&value);
        }
        Ok(())
    }
}

/// Splits a path of an answer at its dots, outside of holes, and fills the segments then, so that
/// a label with a dot stays one segment.
pub fn segments<'p>(path: &'p str, holes: &Holes<'_>) -> Result<Vec<Cow<'p, str>>, Unfilled> {
    let mut inside = false;
    path.split(|c: char| {
        inside = (inside || c == '{') && c != '}';
        c == '.' && !inside
    })
    .filter(|segment| !segment.is_empty())
    .map(|segment| holes.fill(segment))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOLES: Holes<'_> = Holes {
        method: "order.list.page",
        labels: &[("version", "3"), ("reply", "{method:underscores}_reply"), ("dotted", "a.b")],
    };

    #[test]
    fn holes_are_filled_and_filtered() {
        for (template, filled) in [
            ("/router", "/router"),
            ("/v{version}/{method:slashes}", "/v3/order/list/page"),
            ("{method:underscores}_response.result", "order_list_page_response.result"),
            ("{method:tail:slashes}", "list/page"),
            ("{method:head}-{method:last}", "order-page"),
            ("{reply}.ret", "order_list_page_reply.ret"),
            ("open { brace", "open { brace"),
        ] {
            assert_eq!(HOLES.fill(template).unwrap(), filled);
        }
    }

    #[test]
    fn unknown_holes_and_filters_are_named() {
        assert_eq!(HOLES.fill("{shop}").unwrap_err(), Unfilled("shop".into()));
        let error = HOLES.fill("{method:loud}").unwrap_err();
        assert_eq!(error.to_string(), "nothing fills the hole `{…:loud}`");
    }

    #[test]
    fn labels_that_name_each_other_end() {
        let holes = Holes { method: "m", labels: &[("a", "{b}"), ("b", "{a}")] };
        assert!(holes.fill("{a}").is_err());
    }

    #[test]
    fn a_path_is_split_before_it_is_filled() {
        let path = segments("{dotted}.{method:underscores}.data", &HOLES).unwrap();
        assert_eq!(path, ["a.b", "order_list_page", "data"]);
        assert_eq!(segments("", &HOLES).unwrap(), Vec::<Cow<'_, str>>::new());
    }
}
