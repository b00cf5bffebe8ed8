//! Formats of times.

use super::plain::plain;
use crate::words::holds;

/// The format of a time that a description or an example states, as a pattern of a spec.
pub(crate) fn format(text: &str) -> Option<String> {
    let chars = plain(text);
    let (start, end) = format_range(&chars)?;
    let pattern = mended(&chars[start..end].iter().collect::<String>())?;
    Some(pattern)
}

/// The range of a pattern such as `yyyy-MM-dd HH:mm:ss`.
pub(super) fn format_range(text: &[char]) -> Option<(usize, usize)> {
    let start = text.windows(4).position(|four| four.iter().all(|c| matches!(c, 'y' | 'Y')))?;
    let inside = |c: &char| "yYmMdDhHsSTZX-/:. ".contains(*c);
    let length = text[start..].iter().take_while(|c| inside(c)).count();
    let end = text[start..start + length].iter().rposition(char::is_ascii_alphabetic)?;
    Some((start, start + end + 1))
}

/// Converts a pattern to the notation of specs: pages write `mm` for months and `DD` for days.
fn mended(pattern: &str) -> Option<String> {
    let mut out = String::new();
    let mut hours = false;
    let letters: Vec<char> = pattern.chars().collect();
    let mut at = 0;
    while at < letters.len() {
        let run = letters[at..].iter().take_while(|c| c.eq_ignore_ascii_case(&letters[at])).count();
        hours |= matches!(letters[at], 'h' | 'H');
        match letters[at] {
            'y' | 'Y' => out.push_str("yyyy"),
            'm' | 'M' => out.push_str(if hours { "mm" } else { "MM" }),
            'd' | 'D' => out.push_str("dd"),
            'h' | 'H' => out.push_str("HH"),
            's' | 'S' => out.push_str(if run == 3 { "SSS" } else { "ss" }),
            'T' => out.push_str("'T'"),
            'Z' => out.push('Z'),
            'X' => out.push_str("XXX"),
            mark => out.extend(std::iter::repeat_n(mark, run)),
        }
        at += run;
    }
    (out.contains("MM") && out.contains("dd") && out.matches("yyyy").count() == 1).then_some(out)
}

/// The format of an example of a time.
pub(crate) fn time_format(example: &str) -> Option<&'static str> {
    const FORMATS: &[(&str, &str)] = &[
        ("9999-99-99 99:99:99", "yyyy-MM-dd HH:mm:ss"),
        ("9999-99-99 99:99:99.999", "yyyy-MM-dd HH:mm:ss.SSS"),
        ("9999-99-99T99:99:99", "yyyy-MM-dd'T'HH:mm:ss"),
        ("9999-99-99T99:99:99+99:99", "yyyy-MM-dd'T'HH:mm:ssXXX"),
        ("9999-99-99 99:99", "yyyy-MM-dd HH:mm"),
        ("9999-99-99", "yyyy-MM-dd"),
        ("9999/99/99 99:99:99", "yyyy/MM/dd HH:mm:ss"),
        ("9999/99/99", "yyyy/MM/dd"),
    ];
    let shape: String =
        example.trim().chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    FORMATS.iter().find(|(known, _)| *known == shape).map(|(_, format)| *format)
}

/// The unit of a Unix timestamp, seconds or milliseconds, if the description states it.
pub(crate) fn unix(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    if holds(&lower, "毫秒 millis 13位") {
        return Some("unix_millis");
    }
    holds(&lower, "unix 时间戳 秒 timestamp epoch 10位").then_some("unix_seconds")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_read_in_every_spelling() {
        for (text, expected) in [
            ("格式:yyyy-MM-dd HH:mm:ss", Some("yyyy-MM-dd HH:mm:ss")),
            ("格式 YYYY-MM-DD hh:mm:ss 。", Some("yyyy-MM-dd HH:mm:ss")),
            ("yyyymmddhhmmss", Some("yyyyMMddHHmmss")),
            ("yyyy年", None),
        ] {
            assert_eq!(format(text).as_deref(), expected, "{text}");
        }
        assert_eq!(time_format("2023-01-01 00:00:00"), Some("yyyy-MM-dd HH:mm:ss"));
        assert_eq!(time_format("20230101"), None);
        assert_eq!(unix("当前时间,Unix时间戳"), Some("unix_seconds"));
        assert_eq!(unix("毫秒时间戳"), Some("unix_millis"));
    }
}
