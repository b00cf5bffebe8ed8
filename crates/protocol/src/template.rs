//! Templates: paths of requests and answers with placeholders.
//!
//! A placeholder is `{method}`, the name of a label in braces or, in the path of a request, the
//! name of a field in braces. Filters follow the name, each after a colon: `{method:tail:slashes}`.

use std::borrow::Cow;
use std::fmt;

/// A piece of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'t> {
    /// Literal text.
    Text(&'t str),
    /// A placeholder.
    Hole {
        /// The text between the braces.
        inside: &'t str,
        /// `method`, or the name of a label or field.
        name: &'t str,
        /// The names of the filters, joined by colons; may be empty.
        filters: &'t str,
    },
}

/// Splits a template. An unmatched brace is part of the text.
pub fn parts(template: &str) -> impl Iterator<Item = Part<'_>> {
    scan(template).map(|part| part.unwrap_or_else(|at| Part::Text(&template[at..])))
}

/// Splits a template. If a `{` is not closed, the last item is an error: the byte position of the
/// brace.
pub fn scan(template: &str) -> impl Iterator<Item = Result<Part<'_>, usize>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (text, tail) = rest.split_at(rest.find('{').unwrap_or(rest.len()));
        if !text.is_empty() {
            rest = tail;
            return Some(Ok(Part::Text(text)));
        }
        let at = template.len() - rest.len();
        rest = "";
        let Some((inside, behind)) = tail[1..].split_once('}') else { return Some(Err(at)) };
        rest = behind;
        let (name, filters) = inside.split_once(':').unwrap_or((inside, ""));
        Some(Ok(Part::Hole { inside, name, filters }))
    })
}

/// The names of all [`filter`]s.
pub const FILTERS: [&str; 5] = ["slashes", "underscores", "tail", "head", "last"];

/// Applies a filter: `slashes` or `underscores` (replaces the dots), `tail` (the text after the
/// first dot), `head` (the text before the first dot), `last` (the text after the last dot).
/// Returns `None` if the filter is unknown.
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

/// The values that fill placeholders.
#[derive(Debug, Clone, Copy)]
pub struct Holes<'a> {
    /// The method's name as it is sent.
    pub method: &'a str,
    /// The names and values of the labels; a value may be a template.
    pub labels: &'a [(&'a str, &'a str)],
}

/// The error for a placeholder that has no value, or for an unknown filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfilled(pub String);

impl fmt::Display for Unfilled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "nothing fills the hole `{{{}}}`", self.0)
    }
}

impl std::error::Error for Unfilled {}

/// The maximum nesting depth of labels whose values contain other labels. The limit ends cycles.
const DEPTH: usize = 8;

impl<'a> Holes<'a> {
    /// Fills in a template.
    ///
    /// # Errors
    /// A placeholder has no value, or a filter is unknown.
    pub fn fill<'t>(&self, template: &'t str) -> Result<Cow<'t, str>, Unfilled> {
        self.fill_with(template, &mut |_, _| false)
    }

    /// Returns the value of a label, with the placeholders in the value filled in. Returns `None`
    /// if there is no such label.
    pub fn label(&self, name: &str) -> Option<Result<Cow<'a, str>, Unfilled>> {
        Some(self.fill(self.find(name)?))
    }

    /// Fills in a template. For each placeholder, calls `field` first, which returns whether it has
    /// appended a value.
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
                Part::Hole { name, filters, .. } => (name, filters),
            };
            let start = out.len();
            if !field(name, out) {
                match self.find(name) {
                    Some(label) if depth > 0 => self.write(label, field, depth - 1, out)?,
                    None if name == "method" => out.push_str(self.method),
                    _ => return Err(Unfilled(name.to_owned())),
                }
            }
            for name in filters.split(':').filter(|name| !name.is_empty()) {
                let filtered = filter(name, &out[start..]);
                let filtered = filtered.ok_or_else(|| Unfilled(format!("…:{name}")))?.into_owned();
                out.truncate(start);
                out.push_str(&filtered);
            }
        }
        Ok(())
    }
}

/// Splits a path of an answer at the dots outside of placeholders, and then fills in the segments,
/// so that a label with a dot stays one segment.
///
/// # Errors
/// A placeholder has no value, or a filter is unknown.
pub fn segments<'p>(path: &'p str, holes: &Holes<'_>) -> Result<Vec<Cow<'p, str>>, Unfilled> {
    filled_segments(path, holes).collect()
}

/// Like [`segments`], but returns an iterator.
pub(crate) fn filled_segments<'p>(
    path: &'p str,
    holes: &Holes<'_>,
) -> impl Iterator<Item = Result<Cow<'p, str>, Unfilled>> {
    let mut rest = Some(path);
    let split = std::iter::from_fn(move || {
        let path = rest?;
        let mut inside = false;
        // Dots and braces are ASCII, so no byte of a longer character equals one of them.
        let dot = path.bytes().position(|byte| {
            inside = (inside || byte == b'{') && byte != b'}';
            byte == b'.' && !inside
        });
        rest = dot.map(|at| &path[at + 1..]);
        Some(dot.map_or(path, |at| &path[..at]))
    });
    split.filter(|segment| !segment.is_empty()).map(|segment| holes.fill(segment))
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
    fn a_brace_that_is_never_closed_has_its_place() {
        assert_eq!(scan("a{b}{c").last(), Some(Err(4)));
        assert_eq!(scan("{a:tail}}").count(), 2);
        for name in FILTERS {
            assert!(filter(name, "").is_some(), "{name}");
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
