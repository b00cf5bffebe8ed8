//! Splits a shell command into words. Nothing is run, and no variable is expanded.

use std::iter::Peekable;
use std::str::Chars;

/// Returns the words of the first command, with quotes, escapes and continued lines resolved.
/// Everything after a pipe, a redirection or `;` is ignored.
///
/// # Errors
///
/// When a quote is never closed.
pub(super) fn words(line: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                // A continued line.
                Some('\n') => {}
                Some('\r') if chars.next_if_eq(&'\n').is_some() => {}
                Some(c) => word.get_or_insert_default().push(c),
                None => {}
            },
            '\'' => single(&mut chars, word.get_or_insert_default())?,
            '"' => double(&mut chars, word.get_or_insert_default())?,
            '$' if chars.next_if_eq(&'\'').is_some() => {
                ansi(&mut chars, word.get_or_insert_default())?;
            }
            // In PowerShell a backtick continues the line.
            '`' if chars.next_if(|next| matches!(next, '\n' | '\r')).is_some() => {}
            c if c.is_whitespace() => words.extend(word.take()),
            '|' | ';' | '<' | '>' => {
                // The digits of an operator such as `2>` are not a word.
                word = word.filter(|word| c != '>' || !word.bytes().all(|c| c.is_ascii_digit()));
                break;
            }
            // An `&` inside an unquoted URL belongs to the URL.
            '&' if chars.peek().is_none_or(|next| *next == '&' || next.is_whitespace()) => break,
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    Ok(words)
}

type Rest<'t> = Peekable<Chars<'t>>;

fn open(quote: &str) -> String {
    format!("the quote {quote} is not closed")
}

fn single(chars: &mut Rest<'_>, word: &mut String) -> Result<(), String> {
    loop {
        match chars.next().ok_or_else(|| open("'"))? {
            '\'' => return Ok(()),
            c => word.push(c),
        }
    }
}

fn double(chars: &mut Rest<'_>, word: &mut String) -> Result<(), String> {
    loop {
        match chars.next().ok_or_else(|| open("\""))? {
            '"' => return Ok(()),
            '\\' => match chars.next().ok_or_else(|| open("\""))? {
                '\n' => {}
                c if "\"\\$`".contains(c) => word.push(c),
                c => word.extend(['\\', c]),
            },
            c => word.push(c),
        }
    }
}

/// Reads `$'…'`, which browsers write if a body contains line breaks or quotes.
fn ansi(chars: &mut Rest<'_>, word: &mut String) -> Result<(), String> {
    // Consecutive byte escapes can form one character.
    let mut bytes: Vec<u8> = Vec::new();
    loop {
        let c = chars.next().ok_or_else(|| open("$'"))?;
        let c = match c {
            '\'' => {
                word.push_str(&String::from_utf8_lossy(&bytes));
                return Ok(());
            }
            '\\' => match chars.next().ok_or_else(|| open("$'"))? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'a' => '\u{7}',
                'b' => '\u{8}',
                'e' | 'E' => '\u{1b}',
                'f' => '\u{c}',
                'v' => '\u{b}',
                'u' => code(chars, "", 16, 4),
                'U' => code(chars, "", 16, 8),
                'x' => {
                    bytes.push(byte(chars, "", 16, 2));
                    continue;
                }
                c @ '0'..='7' => {
                    bytes.push(byte(chars, &c.to_string(), 8, 3));
                    continue;
                }
                c => c,
            },
            c => c,
        };
        bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

fn number(chars: &mut Rest<'_>, begun: &str, radix: u32, most: usize) -> u32 {
    let mut digits = begun.to_owned();
    while digits.len() < most
        && let Some(c) = chars.next_if(|c| c.is_digit(radix))
    {
        digits.push(c);
    }
    u32::from_str_radix(&digits, radix).unwrap_or(0)
}

fn code(chars: &mut Rest<'_>, begun: &str, radix: u32, most: usize) -> char {
    char::from_u32(number(chars, begun, radix, most)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn byte(chars: &mut Rest<'_>, begun: &str, radix: u32, most: usize) -> u8 {
    u8::try_from(number(chars, begun, radix, most) & 0xff).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    // The expected words are the output of `bash -c 'printf "%s\n" …'`.
    #[test]
    fn words_as_a_shell_cuts_them() {
        for (line, expected) in [
            ("curl  -d 'a b' x", &["curl", "-d", "a b", "x"][..]),
            ("-d \"a \\\"b\\\" \\n\" '' c\\ d", &["-d", "a \"b\" \\n", "", "c d"]),
            ("curl \\\n  -H 'it'\\''s' \\\r\n -v", &["curl", "-H", "it's", "-v"]),
            ("$'a\\nb\\'c' $'\\xe7\\x9f\\xad' $'\\u77ed\\101\\\\'", &["a\nb'c", "短", "短A\\"]),
            ("a'b'\"c\"$'d'", &["abcd"]),
            ("curl 'a|b' 2>&1 | jq .", &["curl", "a|b"]),
            ("curl a?b=1&c=2 > x", &["curl", "a?b=1&c=2"]),
            ("curl a && b", &["curl", "a"]),
            ("curl a & b", &["curl", "a"]),
            ("curl a; b", &["curl", "a"]),
            ("", &[]),
        ] {
            assert_eq!(words(line).unwrap(), expected, "{line}");
        }
    }

    #[test]
    fn quotes_that_are_never_closed_are_said() {
        for line in ["curl 'a", "curl \"a", "curl $'a", "curl \"a\\", "curl $'a\\"] {
            assert!(words(line).unwrap_err().contains("not closed"), "{line}");
        }
    }
}
