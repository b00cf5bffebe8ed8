//! A path as received against the template of a method.

use super::flat::{Broken, decode};
use crate::method::MethodInfo;
use crate::template::Holes;

/// Stands for a field in a filled template. A private-use character: no template holds it.
const FIELD: char = '\u{e000}';

/// A path that fits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fit {
    /// The path as signed: the template's own characters, its holes filled.
    pub(super) signed: String,
    /// Name and value of each field in it.
    pub(super) fields: Vec<(String, String)>,
}

/// Fits a path into a method's template; `None` if it does not. A value is as short as it can be
/// and never crosses a `/`, which a sender encodes. A method without a template signs no path, and
/// takes any.
pub(super) fn fit(method: &MethodInfo<'_>, path: &str) -> Option<Fit> {
    if method.path().is_empty() {
        return Some(Fit::default());
    }
    let holes = Holes { method: method.name, labels: method.labels };
    let mut names = Vec::new();
    let mut field = |name: &str, out: &mut String| {
        let known = name == "method" || method.labels.iter().any(|(label, _)| *label == name);
        if !known {
            names.push(name.to_owned());
            out.push(FIELD);
        }
        !known
    };
    let template = holes.fill_with(method.path(), &mut field).ok()?;
    let mut values = Vec::new();
    let (mut wanted, mut found) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), found.next()) {
            (None, None) => break,
            (Some(wanted), Some(found)) => segment(wanted, found, &mut values)?,
            _ => return None,
        }
    }
    let mut signed = String::with_capacity(template.len() + 16);
    for (index, literal) in template.split(FIELD).enumerate() {
        if index > 0 {
            signed.push_str(values.get(index - 1)?);
        }
        signed.push_str(literal);
    }
    Some(Fit { signed, fields: names.into_iter().zip(values).collect() })
}

/// Fits what stands between two slashes: literals one after the other, values between them.
fn segment(wanted: &str, found: &str, values: &mut Vec<String>) -> Option<()> {
    let mut buffer = Vec::new();
    let found = decode(found.as_bytes(), false, &mut buffer).ok()?;
    let mut literals = wanted.split(FIELD).map(|literal| unescaped(literal).ok());
    let first = literals.next()??;
    let mut rest = found.strip_prefix(first.as_str())?;
    let literals: Vec<String> = literals.collect::<Option<_>>()?;
    let Some((last, middle)) = literals.split_last() else { return rest.is_empty().then_some(()) };
    for literal in middle {
        let at = rest.find(literal.as_str())?;
        values.push(rest[..at].to_owned());
        rest = &rest[at + literal.len()..];
    }
    values.push(rest.strip_suffix(last.as_str())?.to_owned());
    Some(())
}

/// A literal of a template may be escaped already.
fn unescaped(literal: &str) -> Result<String, Broken> {
    decode(literal.as_bytes(), false, &mut Vec::new()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::{Gateway, Placement, Verb};

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
        Some((
            fit.signed,
            fit.fields.into_iter().map(|(name, value)| name + "=" + &value).collect(),
        ))
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
            ("/p/{id}", "/p/%zz"),
            ("/{a}-{b}", "/ab"),
            ("/a{b}a", "/a"),
        ] {
            assert_eq!(fitted(template, path), None, "{template} {path}");
        }
    }
}
