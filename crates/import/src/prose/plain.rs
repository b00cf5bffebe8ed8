//! Maps Chinese punctuation to ASCII.

/// The characters of a text, with Chinese punctuation replaced by ASCII. Each character keeps its
/// index.
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
