//! One value of a list with the separator after it.

use crate::decode::is_chinese;

/// What is between a value and its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    Colon,
    Equals,
    Dash,
    /// `(meaning)`.
    Parentheses,
    /// Words such as `means`.
    Word,
    /// `1、`, `1.`, `1)`.
    Number,
    /// A blank, after a code in capitals or digits.
    Blank,
    /// Nothing, between digits and Chinese.
    Nothing,
}

/// English words between a value and its meaning.
const WORDS: &[&str] = &[" means ", " for ", " stands for ", " is ", "表示", "代表"];

/// Characters after digits that make them a quantity.
const UNITS: &str = "个天位年月日小时分秒元次条种岁级倍折件周号层期类点以至到或和者";

/// An item of a list: its value, and the indexes at which the item and its meaning begin.
pub(super) struct Item {
    pub(super) start: usize,
    pub(super) value: String,
    pub(super) meaning: usize,
}

/// The value at a place, if a separator and a meaning follow it.
pub(super) fn item(text: &[char], start: usize, separator: Separator) -> Option<Item> {
    let before = start.checked_sub(1).map(|at| text[at]);
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')) {
        return None;
    }
    // After `/`, an item begins only if a Chinese character is before the `/`, as in `0-灭/1-亮`:
    // otherwise it is part of an address or a date.
    let joined = start.checked_sub(2).is_some_and(|at| !is_chinese_letter(text[at]));
    if before == Some('/') && joined {
        return None;
    }
    let (value, mut at) = value(text, start)?;
    if text.get(at) == Some(&'"') {
        at += 1;
    }
    let rest = &text[at..];
    let spaces = rest.iter().take_while(|c| **c == ' ').count();
    let is_number = value.trim_start_matches('-').chars().all(|c| c.is_ascii_digit());
    let next = rest.get(spaces).copied();
    let after = |count: usize| rest.get(spaces + count).copied();
    let taken = match separator {
        Separator::Colon => (next == Some(':') && after(1) != Some('/')).then_some(spaces + 1),
        Separator::Equals => {
            let double = usize::from(after(1) == Some('='));
            (next == Some('=')).then_some(spaces + 1 + double)
        }
        Separator::Dash => {
            let dashes = rest[spaces..].iter().take_while(|c| matches!(c, '-' | '>')).count();
            let text = rest[spaces + dashes..].iter().find(|c| **c != ' ');
            let is_range = text.is_some_and(char::is_ascii_digit);
            (dashes > 0 && !is_range).then_some(spaces + dashes)
        }
        Separator::Parentheses => (next == Some('(') && spaces < 2).then_some(spaces + 1),
        Separator::Word => {
            let rest: String = rest.iter().take(16).collect();
            let word = WORDS.iter().find(|word| rest.starts_with(**word));
            word.filter(|_| is_number || value.len() < 3).map(|word| word.chars().count())
        }
        Separator::Number => {
            let mark = matches!(next, Some('、' | ')'))
                || (next == Some('.') && !after(1).is_some_and(|c| c.is_ascii_digit()));
            (is_number && mark && value.len() < 4).then_some(spaces + 1)
        }
        Separator::Blank => {
            let is_code =
                value.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
            (is_code && spaces > 0 && next.is_some_and(is_chinese_letter)).then_some(spaces)
        }
        Separator::Nothing => {
            let is_quantity = next.is_some_and(|c| UNITS.contains(c));
            (is_number
                && value.len() < 4
                && spaces == 0
                && next.is_some_and(is_chinese_letter)
                && !is_quantity)
                .then_some(0)
        }
    }?;
    Some(Item { start, value, meaning: at + taken })
}

pub(super) fn is_chinese_letter(c: char) -> bool {
    is_chinese(c) && c > '\u{3400}' && c < '\u{ff00}'
}

/// Reads a value: digits, perhaps negative, or an identifier; either may be quoted. Returns the
/// index after it, too.
fn value(text: &[char], start: usize) -> Option<(String, usize)> {
    let mut at = start;
    if text.get(at) == Some(&'"') {
        at += 1;
    }
    let from = at;
    let first = *text.get(at)?;
    if first == '-' {
        at += 1;
    }
    let digits = text[at..].iter().take_while(|c| c.is_ascii_digit()).count();
    let follows = text.get(at + digits).copied();
    if digits > 0 && !follows.is_some_and(|c| c.is_ascii_alphabetic() || c == '_') {
        return Some((text[from..at + digits].iter().collect(), at + digits));
    }
    if first == '-' || !first.is_ascii_alphanumeric() {
        return None;
    }
    while let Some(c) = text.get(at) {
        // `in-transit` and `a.b` are one word, `CO-done` is not.
        let joins = matches!(c, '-' | '.')
            && text[at - 1].is_ascii_lowercase()
            && text.get(at + 1).is_some_and(char::is_ascii_lowercase);
        if !(c.is_ascii_alphanumeric() || *c == '_' || joins) {
            break;
        }
        at += 1;
    }
    let value: String = text[from..at].iter().collect();
    (value.len() <= 64).then_some((value, at))
}
