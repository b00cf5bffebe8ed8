//! Splits Rust code into tokens with their lines, as precisely as is needed to find modules, items,
//! `use` declarations and paths.

/// A token: a word, `::`, or any other single character. Comments and literals are skipped.
#[derive(Debug, Clone, Copy)]
pub struct Token<'a> {
    /// The text as written.
    pub text: &'a str,
    /// The line, from 1.
    pub line: usize,
}

/// The tokens of a file, except those of its unit tests.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut line = 1;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = length(rest, first);
        let (token, after) = rest.split_at(length);
        if is_word(first) || !(first.is_whitespace() || first == '/' || "\"'".contains(first)) {
            tokens.push(Token { text: token, line });
        }
        line += token.matches('\n').count();
        rest = after;
    }
    without_tests(&tokens)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The length in bytes of the token, white space, comment or literal at the start of `rest`.
fn length(rest: &str, first: char) -> usize {
    let one = first.len_utf8();
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if is_word(first) {
        let word = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(word);
        return word.len() + prefixed(word, after);
    }
    match first {
        '"' => string(rest),
        // A character literal, or a lifetime; no caller uses either.
        '\'' => match rest.strip_prefix("'\\") {
            Some(escaped) => 3 + escaped.get(1..).and_then(|rest| rest.find('\'')).unwrap_or(0) + 1,
            None => {
                let mut chars = rest.char_indices().skip(2);
                match chars.next() {
                    Some((at, '\'')) => at + 1,
                    _ => 1 + rest[1..].find(|c| !is_word(c)).unwrap_or(rest.len() - 1),
                }
            }
        },
        ':' if rest.starts_with("::") => 2,
        _ => one,
    }
}

/// The length of the rest of a literal whose prefix is `word`, as in `b"…"` and `r#"…"#`; 0 if
/// `after` does not continue a literal.
fn prefixed(word: &str, after: &str) -> usize {
    let hashes = after.bytes().take_while(|byte| *byte == b'#').count();
    let quoted = after[hashes..].starts_with('"');
    match word {
        "r" | "br" | "cr" if quoted => {
            let end = format!("\"{}", "#".repeat(hashes));
            let body = hashes + 1;
            body + after[body..].find(&end).map_or(after.len() - body, |at| at + end.len())
        }
        "b" | "c" if after.starts_with('"') => string(after),
        "b" if after.starts_with('\'') => length(after, '\''),
        _ => 0,
    }
}

fn string(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Removes items after `#[cfg(test)]`, and the arguments of `quote!`, whose code belongs to other
/// crates.
fn without_tests<'a>(tokens: &[Token<'a>]) -> Vec<Token<'a>> {
    const TEST: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let is = |at: usize, words: &[&str]| {
        words
            .iter()
            .enumerate()
            .all(|(i, word)| tokens.get(at + i).is_some_and(|t| t.text == *word))
    };
    let mut kept = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        if is(at, &TEST) {
            at = end_of_item(tokens, at + TEST.len());
        } else if is(at, &["quote", "!"]) {
            at = end_of_group(tokens, at + 2);
        } else {
            kept.push(tokens[at]);
            at += 1;
        }
    }
    kept
}

/// The position after the `;` or the closing brace of an item.
fn end_of_item(tokens: &[Token<'_>], mut at: usize) -> usize {
    while let Some(token) = tokens.get(at) {
        match token.text {
            ";" => return at + 1,
            "{" => return end_of_group(tokens, at),
            "(" | "[" => at = end_of_group(tokens, at),
            _ => at += 1,
        }
    }
    at
}

/// The position after the bracket that matches the one at `at`.
pub fn end_of_group(tokens: &[Token<'_>], mut at: usize) -> usize {
    let mut depth = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    at
}
