//! A fast path for the pattern that nearly all platforms use.

use jiff::civil;

/// The pattern that this module can write and parse.
pub(super) const PATTERN: &str = "yyyy-MM-dd HH:mm:ss";

const BLANK: &[u8; 19] = b"0000-00-00 00:00:00";

/// The byte positions of the two digits of the century, the year in the century, the month, day,
/// hour, minute and second.
const PLACES: [usize; 7] = [0, 2, 5, 8, 11, 14, 17];

/// Appends a time, which must not be before the year 0.
pub(super) fn write(civil: civil::DateTime, out: &mut String) {
    let mut text = *BLANK;
    let [century, year] = [civil.year() / 100, civil.year() % 100].map(|part| part as i8);
    let parts =
        [century, year, civil.month(), civil.day(), civil.hour(), civil.minute(), civil.second()];
    for (part, at) in parts.into_iter().zip(PLACES) {
        text[at] += (part / 10) as u8;
        text[at + 1] += (part % 10) as u8;
    }
    // Digits are ASCII, so the conversion cannot fail.
    out.push_str(std::str::from_utf8(&text).unwrap_or_default());
}

/// Parses year, month, day, hour, minute and second. Returns `None` if the text does not match the
/// pattern.
pub(super) fn read(text: &str) -> Option<[i16; 6]> {
    let text: &[u8; 19] = text.as_bytes().try_into().ok()?;
    let marks = [4, 7, 10, 13, 16].into_iter().all(|at| text[at] == BLANK[at]);
    let mut digits = PLACES.into_iter().flat_map(|at| [text[at], text[at + 1]]);
    if !marks || !digits.all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let two = |at: usize| i16::from(text[at] - b'0') * 10 + i16::from(text[at + 1] - b'0');
    let [century, year, rest @ ..] = PLACES.map(two);
    let [month, day, hour, minute, second] = rest;
    Some([century * 100 + year, month, day, hour, minute, second])
}
