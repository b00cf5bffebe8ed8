//! Requests that pages show as addresses: `https://shop.example/gate?method=…&app_key=…`.

use crate::facts::{Field, Kind};
use crate::page::Line;
use crate::sample;
use gatespec_language::tree::Tree;

/// The address with parameters that begins at the first line, and the number of its lines. Long
/// addresses are broken before `&`.
pub(crate) fn query(lines: &[Line]) -> Option<(String, usize)> {
    let text = lines.first()?.text.as_str();
    let start = text.find("http://").or_else(|| text.find("https://"))?;
    let is_end = |c: char| c.is_whitespace() || matches!(c, '\'' | '<' | '>' | '）');
    let mut url = text[start..].split(is_end).next()?.to_owned();
    if !url.contains('?') {
        return None;
    }
    let more = lines[1..].iter().map(|line| line.text.trim());
    let more: Vec<_> = more.take_while(|text| text.starts_with(['&', '?'])).collect();
    url.push_str(&more.concat());
    let url = url.replace("&amp;", "&");
    let (_, parameters) = url.split_once('?')?;
    // A single parameter, as in `?wsdl` or `?id=7`, does not make a request.
    let count = parameters.split('&').filter(|one| one.contains('=')).count();
    (count > 1).then_some((url, 1 + more.len()))
}

/// Whether a sample is such an address.
pub(crate) fn is_query(sample: &str) -> bool {
    sample.starts_with("http")
}

/// The parameters of an address as an object. Values are texts, except those of numeric fields,
/// which become numbers.
pub(crate) fn tree(url: &str, fields: &[Field]) -> Tree {
    let parameters = url.split_once('?').map_or("", |(_, parameters)| parameters);
    let pairs = form_urlencoded::parse(parameters.as_bytes());
    let member = |(name, value): (std::borrow::Cow<'_, str>, std::borrow::Cow<'_, str>)| {
        let field = fields.iter().find(|field| field.name == name);
        let value = value.trim_matches('"').to_owned();
        (name.into_owned(), typed(field, value))
    };
    Tree::Object(pairs.map(member).collect())
}

fn typed(field: Option<&Field>, value: String) -> Tree {
    let is_number = value.parse::<f64>().is_ok();
    match field.map(|field| (&field.kind, field.list.is_some())) {
        Some((Kind::Integer | Kind::Choice { integer: true, .. }, false)) if is_number => {
            Tree::Bare(value)
        }
        Some((Kind::Boolean, false)) if matches!(value.as_str(), "true" | "false") => {
            Tree::Bare(value)
        }
        Some((Kind::Json | Kind::Map | Kind::Record, _) | (_, true)) => {
            sample::parse(&value).unwrap_or(Tree::Text(value))
        }
        _ => Tree::Text(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_with_parameters_are_requests() {
        let lines = |text: &str| -> Vec<Line> {
            let line = |(at, text): (usize, &str)| Line {
                number: at + 1,
                text: text.to_owned(),
                heading: false,
            };
            text.lines().enumerate().map(line).collect()
        };
        let found =
            query(&lines("GET https://lamp.example/a?x=1\n&n=%E7%81%AF\n&amp;l=2 HTTP/1.1\nend"));
        let (url, used) = found.unwrap_or_default();
        assert_eq!(used, 3);
        let mut number = Field::new("x", 1);
        number.kind = Kind::Integer;
        assert!(tree(&url, &[number]).to_string().starts_with(r#"{"x":1,"n":"灯","#));
        assert_eq!(query(&lines("see https://lamp.example/a?id=7")), None);
        assert_eq!(query(&lines("https://lamp.example/a")), None);
    }
}
