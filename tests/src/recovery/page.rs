//! The text of a page, searched by whole words.

/// The text of a page.
#[derive(Debug, Clone)]
pub struct Page(String);

/// The maximum number of lines that a message names.
const MOST_LINES: usize = 3;

impl Page {
    /// Decodes the bytes of a page, which are UTF-8 or GBK.
    pub fn new(bytes: &[u8]) -> Page {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::GBK.decode(bytes).0.into_owned(),
        };
        Page(text)
    }

    /// The decoded text.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether at least one of these names occurs as a whole word.
    pub fn has(&self, names: &[String]) -> bool {
        names.iter().any(|name| has_word(&self.0, name))
    }

    /// Whether a name occurs in quotation marks, as in JSON. In HTML they may be `&quot;`.
    pub fn quotes(&self, name: &str) -> bool {
        [format!("\"{name}\""), format!("&quot;{name}&quot;")].iter().any(|it| self.0.contains(it))
    }

    /// The numbers of the first lines in which one of these names occurs as a whole word.
    pub fn lines_with(&self, names: &[String]) -> Vec<String> {
        let lines = self.0.lines().enumerate();
        let found = lines.filter(|(_, line)| names.iter().any(|name| has_word(line, name)));
        found.map(|(at, _)| (at + 1).to_string()).take(MOST_LINES).collect()
    }
}

fn has_word(text: &str, word: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    // Whether a letter of the word is followed by another letter in the text.
    let goes_on = |end: Option<char>, beyond: Option<char>| {
        end.is_some_and(is_letter) && beyond.is_some_and(is_letter)
    };
    let (head, tail) = (word.chars().next(), word.chars().next_back());
    head.is_some()
        && text.match_indices(word).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + word.len()..].chars().next();
            !goes_on(head, before) && !goes_on(tail, after)
        })
}
