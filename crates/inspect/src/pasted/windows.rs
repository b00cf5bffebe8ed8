//! Splits a command for the Windows command prompt into words, first by the rules of `cmd.exe`,
//! then by those of the C runtime.

use std::iter::Peekable;
use std::str::Chars;

/// Whether a command is for `cmd.exe`: whether `^` continues lines or escapes quotes in it.
pub(super) fn is_meant(line: &str) -> bool {
    line.contains("^\"") || line.lines().any(|line| line.trim_end().ends_with('^'))
}

/// Splits a command into words.
///
/// # Errors
///
/// When a quote is never closed.
pub(super) fn words(line: &str) -> Result<Vec<String>, String> {
    let line = unescaped(&line.replace("\r\n", "\n"));
    let (mut words, mut word, mut quoted) = (Vec::new(), None::<String>, false);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => backslashes(&mut chars, word.get_or_insert_default()),
            // Two quotes inside quotes are one literal quote.
            '"' if quoted && chars.next_if_eq(&'"').is_some() => {
                word.get_or_insert_default().push('"');
            }
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            c if c.is_whitespace() && !quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    if quoted {
        return Err("the quote \" is not closed".to_owned());
    }
    words.extend(word);
    Ok(words)
}

/// Reads backslashes, which are literal unless a quote follows.
fn backslashes(chars: &mut Peekable<Chars<'_>>, word: &mut String) {
    let mut count = 1;
    while chars.next_if_eq(&'\\').is_some() {
        count += 1;
    }
    let before_quote = chars.peek() == Some(&'"');
    let kept = if before_quote { count / 2 } else { count };
    word.extend(std::iter::repeat_n('\\', kept));
    if before_quote && count % 2 == 1 {
        word.extend(chars.next());
    }
}

/// Resolves each `^` outside quotes.
fn unescaped(line: &str) -> String {
    let (mut out, mut quoted) = (String::with_capacity(line.len()), false);
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            '^' if !quoted => match chars.next() {
                // A continued line: the character after the break is literal.
                Some('\n') => out.extend(chars.next()),
                c => out.extend(c),
            },
            '"' => {
                quoted = !quoted;
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    // The commands are written as by the browser's "Copy as cURL (cmd)". The expected words follow
    // the rules of the Microsoft C runtime.
    #[test]
    fn words_as_windows_cuts_them() {
        for (line, expected) in [
            (
                "curl ^\"http://a/?b=1^&c=^%^E7^\" ^\n  -H ^\"x: y^\"",
                &["curl", "http://a/?b=1&c=%E7", "-H", "x: y"][..],
            ),
            ("curl \"a=1&b=^2\" ^\r\n -d \"x\"", &["curl", "a=1&b=^2", "-d", "x"]),
            ("curl -d ^\"^{^\\^\"a^\\^\":1^}^\"", &["curl", "-d", "{\"a\":1}"]),
            ("curl -d \"{\"\"a\"\":1}\" C:\\b", &["curl", "-d", "{\"a\":1}", "C:\\b"]),
            ("curl ^\"a^\n\nb^\"", &["curl", "a\nb"]),
        ] {
            assert_eq!(words(line).unwrap(), expected, "{line}");
        }
        assert!(words("curl \"a").unwrap_err().contains("not closed"));
    }
}
