//! Lines at which a table or a cell ends.

use crate::page::{Line, is_blank};
use crate::words;

/// The name of a method and its title in a heading: `shop.order.get(Get an order)`.
pub(crate) fn method(line: &Line) -> Option<(String, String)> {
    let text = line.text.trim().trim_start_matches('#').trim();
    let marked = line.heading || line.text.trim_start().starts_with('#');
    if text.len() > 200 || text.ends_with([';', '{', ',']) {
        return None;
    }
    if let Some((label, name)) = text.split_once([':', '：'])
        && words::is_label(label, words::METHOD_LABELS)
    {
        let name = name.trim();
        let found =
            titled(name, 0).unwrap_or_else(|| (name.trim_matches('`').to_owned(), String::new()));
        return Some(found).filter(|(name, _)| is_method(name, 0));
    }
    if let Some(found) = titled(text, 1) {
        return Some(found);
    }
    let parts: Vec<_> = text
        .split_whitespace()
        .map(|part| part.trim_matches(['`', '(', ')', '（', '）', '-', '—', ':', '：']))
        .collect();
    let place = parts.iter().position(|part| is_method(part, if marked { 1 } else { 2 }))?;
    // Outside headings, the name must begin the line, and the line must be short.
    if !marked && (place != 0 || parts.len() > 6) {
        return None;
    }
    let title: Vec<_> = parts
        .iter()
        .enumerate()
        .filter(|(at, part)| *at != place && !part.is_empty())
        .map(|(_, part)| *part)
        .collect();
    Some((parts[place].to_owned(), title.join(" ")))
}

/// Reads `name(title)`; the name has at least `dots` dots.
fn titled(text: &str, dots: usize) -> Option<(String, String)> {
    let (name, title) = text.split_once(['(', '（'])?;
    let (name, title) = (name.trim().trim_matches('`'), title.strip_suffix([')', '）'])?.trim());
    (is_method(name, dots) && !title.is_empty()).then(|| (name.to_owned(), title.to_owned()))
}

/// Whether a text can be the name of a method: words joined by at least `dots` dots.
pub(crate) fn is_method(text: &str, dots: usize) -> bool {
    const DOMAINS: &[&str] =
        &["com", "cn", "net", "org", "io", "html", "htm", "php", "md", "json", "js", "java"];
    let words: Vec<_> = text.split('.').collect();
    let is_word = |word: &&str| {
        word.starts_with(|c: char| c.is_ascii_alphabetic())
            && word.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c))
    };
    text.len() <= 128
        && words.len() > dots
        && words.iter().all(is_word)
        && words[0].starts_with(|c: char| c.is_ascii_lowercase())
        && !words.last().is_some_and(|last| DOMAINS.contains(last))
}

/// Whether a line ends the table or cell before it, as a heading, a sample or a fence does.
pub(crate) fn is_break(line: &Line) -> bool {
    let text = line.text.trim();
    line.heading
        || (!text.is_empty() && is_blank(text))
        || text.starts_with(['{', '[', '#'])
        || text.starts_with("```")
        || words::section(text).is_some()
        || method(line).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_methods() {
        let line = |text: &str, heading| Line { number: 1, text: text.to_owned(), heading };
        for (text, heading, expected) in [
            ("stock.level.get(查询库存)", false, Some(("stock.level.get", "查询库存"))),
            ("stock.get（查询库存）", false, Some(("stock.get", "查询库存"))),
            ("## `stock.get` - Read the stock", false, Some(("stock.get", "Read the stock"))),
            ("Read the stock stock.get", true, Some(("stock.get", "Read the stock"))),
            ("接口名称：stock.get", false, Some(("stock.get", ""))),
            ("接口：stock.get(查询库存)", false, Some(("stock.get", "查询库存"))),
            ("API: getStock", false, Some(("getStock", ""))),
            ("Method: POST", false, None),
            ("System.out.println(x)", false, None),
            ("client.execute(request);", false, None),
            ("see www.example.com", true, None),
            ("The value is 1.5", false, None),
        ] {
            let found = method(&line(text, heading));
            let found = found.as_ref().map(|(name, title)| (name.as_str(), title.as_str()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
