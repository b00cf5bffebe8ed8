//! Punctuation of Chinese and English text, made one.

/// A text with ASCII punctuation, character by character.
pub(crate) fn plain(text: &str) -> Vec<char> {
    let mapped = text.chars().map(|c| match c {
        '：' => ':',
        '；' => ';',
        '（' => '(',
        '）' => ')',
        '，' => ',',
        '＝' => '=',
        '－' | '—' | '–' => '-',
        '“' | '”' | '‘' | '’' | '「' | '」' | '\'' | '`' => '"',
        '\u{3000}' | '\u{a0}' | '\t' | '\n' => ' ',
        '｜' => '|',
        other => other,
    });
    mapped.collect()
}

/// The text without blanks and in lower case.
pub(super) fn dense(text: &str) -> String {
    plain(text).into_iter().filter(|c| *c != ' ').flat_map(char::to_lowercase).collect()
}
