//! Characters that look like others or are invisible. Input methods, web pages and office programs
//! insert them.

/// Characters, each with the ASCII character that it resembles. Full-width forms are not listed but
/// computed.
const LOOK_ALIKES: [(&str, char); 22] = [
    ("“”„‟″「」『』", '"'),
    ("‘’‚‛′", '\''),
    ("【〔", '['),
    ("】〕", ']'),
    ("、", ','),
    ("。", '.'),
    ("‐‑‒–—―−", '-'),
    ("∶", ':'),
    ("аɑα", 'a'),
    ("сϲ", 'c'),
    ("е", 'e'),
    ("һ", 'h'),
    ("іι", 'i'),
    ("ј", 'j'),
    ("оο", 'o'),
    ("рρ", 'p'),
    ("ѕ", 's'),
    ("υ", 'u'),
    ("ν", 'v'),
    ("х", 'x'),
    ("у", 'y'),
    ("∣", '|'),
];

/// The ASCII character that `letter` resembles, if it is a look-alike.
pub(crate) fn ascii(letter: char) -> Option<char> {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0),
        _ => LOOK_ALIKES.iter().find(|(all, _)| all.contains(letter)).map(|(_, ascii)| *ascii),
    }
}

/// Whether a character has no width, or is white space that YAML and formulas do not accept.
pub(crate) fn is_hidden(letter: char) -> bool {
    let blank = letter.is_whitespace() && !letter.is_ascii();
    blank
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
}

/// The name of a hidden character: `U+3000 (ideographic space)`.
pub(crate) fn hidden_name(letter: char) -> String {
    let name = match letter {
        '\u{a0}' | '\u{202f}' => " (no-break space)",
        '\u{3000}' => " (ideographic space)",
        '\u{200b}' => " (zero width space)",
        '\u{feff}' => " (byte order mark)",
        _ => "",
    };
    format!("U+{:04X}{name}", u32::from(letter))
}

/// Describes a look-alike: "`：` is the full-width colon, not `:`".
pub(crate) fn look_alike(letter: char, ascii: char) -> String {
    let name = match ascii {
        ':' => "colon",
        ',' => "comma",
        '(' | ')' => "parenthesis",
        '[' | ']' => "bracket",
        '{' | '}' => "brace",
        '"' | '\'' => "quote",
        '+' => "plus sign",
        '|' => "bar",
        _ => "form",
    };
    let is_wide = ('\u{ff01}'..='\u{ff5e}').contains(&letter);
    if letter.is_alphabetic() && !is_wide {
        let code = u32::from(letter);
        return format!("`{letter}` is U+{code:04X}, which only looks like `{ascii}`");
    }
    match (is_wide, ascii) {
        (true, _) => format!("`{letter}` is the full-width {name}, not `{ascii}`"),
        (false, '"' | '\'') => format!("`{letter}` is a typographic quote, not `{ascii}`"),
        (false, _) => format!("`{letter}` is not the ASCII `{ascii}`"),
    }
}

/// The text that was probably meant: look-alikes are replaced, and hidden characters removed.
pub(crate) fn mended(text: &str) -> String {
    let seen = text.chars().filter(|letter| !is_hidden(*letter));
    seen.map(|letter| ascii(letter).unwrap_or(letter)).collect()
}

/// The text with hidden characters escaped.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_hidden(letter) { shown.extend(letter.escape_unicode()) } else { shown.push(letter) }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_forms_and_typographic_signs_have_their_ascii() {
        let pairs = [
            ('：', ':'),
            ('（', '('),
            ('｛', '{'),
            ('“', '"'),
            ('【', '['),
            ('–', '-'),
            ('о', 'o'),
        ];
        for (letter, meant) in pairs {
            assert_eq!(ascii(letter), Some(meant), "{letter}");
        }
        for letter in "a:{名é".chars() {
            assert_eq!(ascii(letter), None, "{letter}");
        }
        assert_eq!(mended("ty\u{200b}pe：\u{a0}State"), "type:State");
        assert_eq!(visible("safe\u{a0}"), "safe\\u{a0}");
    }
}
