//! Matches a received path against a method's template.

use std::borrow::Cow;
use std::ops::Range;

use super::flat::decode;
use crate::address::is_dots;
use crate::method::MethodInfo;

/// Whether the path fits the template of this method.
pub fn fits(method: &MethodInfo<'_>, path: &str) -> bool {
    fit(method, path).is_some()
}

/// A path that fits a method's template.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fit {
    /// The path as it is signed: the template's own characters, with its placeholders filled.
    pub(super) signed: String,
    /// The names of the fields in the path, and the byte ranges of their values in `signed`.
    pub(super) fields: Vec<(String, Range<usize>)>,
}

/// A method's path template in which all placeholders except fields are filled.
pub(super) struct Template<'t> {
    text: Cow<'t, str>,
    /// The names of the fields, and the positions of their values in the text.
    pub(super) fields: Vec<(String, usize)>,
}

impl<'t> Template<'t> {
    /// The template of a method; `None` if a label has no value.
    pub(super) fn of(method: &MethodInfo<'t>) -> Option<Template<'t>> {
        let holes = method.holes();
        let mut fields = Vec::new();
        let mut field = |name: &str, out: &mut String| {
            let known = name == "method" || method.labels.iter().any(|(label, _)| *label == name);
            if !known {
                fields.push((name.to_owned(), out.len()));
            }
            !known
        };
        let text = holes.fill_with(method.path(), &mut field).ok()?;
        Some(Template { text, fields })
    }

    /// The texts before, between and after the fields.
    pub(super) fn literals(&self) -> Vec<&str> {
        let ends = self.fields.iter().map(|(_, at)| *at).chain([self.text.len()]);
        let mut start = 0;
        ends.map(|end| &self.text[std::mem::replace(&mut start, end)..end]).collect()
    }
}

/// Matches a path against a method's template. Returns `None` if the path does not fit. The values
/// of fields are as short as possible and do not contain a literal `/`, which senders encode. If a
/// method has no template, every path fits, and the path is not signed.
pub(super) fn fit(method: &MethodInfo<'_>, path: &str) -> Option<Fit> {
    if method.path().is_empty() {
        return Some(Fit::default());
    }
    let Template { text: template, fields } = Template::of(method)?;
    let mut fields = fields.into_iter().peekable();
    let mut fit = Fit { signed: String::with_capacity(path.len()), fields: Vec::new() };
    let (mut start, mut found) = (0, path.split('/'));
    for wanted in template.split('/') {
        let end = start + wanted.len();
        let mut names = Vec::new();
        // The literals of a segment. The fields are between them.
        let mut literals = Vec::new();
        let mut from = start;
        while let Some((name, at)) = fields.next_if(|(_, at)| *at <= end) {
            literals.push(&template[from..at]);
            names.push(name);
            from = at;
        }
        literals.push(&template[from..end]);
        segment(&literals, names, found.next()?, &mut fit)?;
        fit.signed.push('/');
        start = end + 1;
    }
    fit.signed.pop();
    found.next().is_none().then_some(fit)
}

/// Matches the text between two slashes: literals, with a field after each literal except the last.
fn segment(literals: &[&str], names: Vec<String>, found: &str, fit: &mut Fit) -> Option<()> {
    if !names.is_empty() && is_dots(found) {
        return None;
    }
    let found = decode(found.as_bytes(), false).ok()?;
    // The literals of a template may be escaped, so they are decoded like the path.
    let plain = literals.iter().map(|literal| decode(literal.as_bytes(), false).ok());
    let plain: Vec<_> = plain.collect::<Option<_>>()?;
    let mut rest = found.strip_prefix(&**plain.first()?)?;
    fit.signed.push_str(literals.first()?);
    for (at, name) in (1..).zip(names) {
        let end = match at + 1 == plain.len() {
            true => rest.strip_suffix(&*plain[at])?.len(),
            false => rest.find(&*plain[at])?,
        };
        let start = fit.signed.len();
        fit.signed.extend([&rest[..end], literals[at]]);
        fit.fields.push((name, start..start + end));
        rest = &rest[end + plain[at].len()..];
    }
    rest.is_empty().then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::Gateway;
    use crate::layout::{Placement, Verb};

    const GATEWAY: Gateway<'static> =
        Gateway { verb: Verb::Get, business: Placement::Query, ..Gateway::BARE };

    fn fitted(template: &str, path: &str) -> Option<(String, Vec<String>)> {
        let labels = [("version", "3")];
        let method = MethodInfo {
            path: Some(template),
            labels: &labels,
            ..MethodInfo::new("order.list", &GATEWAY)
        };
        let fit = fit(&method, path)?;
        let fields = fit.fields.into_iter().map(|(name, at)| name + "=" + &fit.signed[at]);
        let fields = fields.collect();
        Some((fit.signed, fields))
    }

    fn fits(template: &str, path: &str, signed: &str, fields: &[&str]) {
        let fields = fields.iter().map(|field| (*field).to_owned()).collect();
        assert_eq!(fitted(template, path), Some((signed.to_owned(), fields)), "{template} {path}");
    }

    #[test]
    fn labels_and_the_method_are_literal_and_fields_are_read() {
        fits("/v{version}/{method:slashes}", "/v3/order/list", "/v3/order/list", &[]);
        fits("/p/{id}/events", "/p/P-7%2F%E7%9F%AD/events", "/p/P-7/短/events", &["id=P-7/短"]);
        fits("/{a}-{b}.x", "/1-2-3.x", "/1-2-3.x", &["a=1", "b=2-3"]);
        fits("/a%20b/{c}", "/a%20b/+", "/a%20b/+", &["c=+"]);
        fits("/a b", "/a%20b", "/a b", &[]);
        fits("/{a}", "/", "/", &["a="]);
        fits("", "/anywhere/%zz", "", &[]);
    }

    #[test]
    fn other_paths_do_not_fit() {
        for (template, path) in [
            ("/v{version}/{method:slashes}", "/v4/order/list"),
            ("/v{version}/{method:slashes}", "/v3/order/list/"),
            ("/router", "/router/x"),
            ("/router", ""),
            ("/p/{id}", "/p/a/b"),
            ("/{a}/{b}", "/a%2Fb"),
            ("/p/{id}", "/p/.."),
            ("/p/{id}/x", "/p/%2E%2e/x"),
            ("/p/{id}", "/p/%zz"),
            ("/{a}-{b}", "/ab"),
            ("/a{b}a", "/a"),
        ] {
            assert_eq!(fitted(template, path), None, "{template} {path}");
        }
    }
}
