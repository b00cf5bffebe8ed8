//! Texts that were signed in another charset, or decoded in a wrong one.

use super::json::add_both;
use crate::diagnose::mistake::Mistakes;
use crate::diagnose::signing::Signing;

const GROUP: &str = "charset";

/// A function that encodes a text, and appends the bytes.
type Encode = fn(&str, &mut Vec<u8>);

/// Adds the mistakes of digesting UTF-16, in both byte orders.
fn utf16(mistakes: &mut Mistakes<'_>) {
    let bytes: [(&str, Encode); 2] = [
        ("little", |text, out| out.extend(text.encode_utf16().flat_map(u16::to_le_bytes))),
        ("big", |text, out| out.extend(text.encode_utf16().flat_map(u16::to_be_bytes))),
    ];
    for (end, encode) in bytes {
        let what = format!(
            "texts were digested as {end}-endian UTF-16 (`Encoding.Unicode` in .NET, `UTF-16` in Java)"
        );
        let fix = "use the UTF-8 bytes of every text";
        mistakes.add(GROUP, ("utf16_digested", what, fix), move |signing| {
            signing.manner.charset = encode;
        });
    }
}

pub(super) fn add(mistakes: &mut Mistakes<'_>) {
    utf16(mistakes);
    let plain = str::is_ascii;
    let signing = &mistakes.base;
    if signing.params.iter().all(|sent| plain(sent.value)) && plain(signing.body) {
        return;
    }
    let fix = "use the UTF-8 bytes of every text: `getBytes(StandardCharsets.UTF_8)` in Java, \
                `Encoding.UTF8.GetBytes` in .NET, and save PHP sources as UTF-8";
    for charset in mistakes.charsets.clone() {
        let (name, encode, decode) = (charset.name, charset.encode, charset.decode);
        let what = format!("texts were signed in {name}, but the platform takes UTF-8");
        add_both(mistakes, (GROUP, "other_charset", &what, fix), "digest", move |signing| {
            signing.manner.charset = encode;
        });
        let what = format!(
            "UTF-8 was read as {name} before signing, so that Chinese became other characters"
        );
        read_as(mistakes, what, fix, move |text| decode(text.as_bytes()));
    }
    let what = "UTF-8 was read as Latin-1 before signing, with each byte as a separate character";
    read_as(mistakes, what.to_owned(), fix, |text| Some(text.bytes().map(char::from).collect()));
    let what = "texts were digested as the low bytes of their UTF-16 units (`update(text, 'binary')` or \
                'latin1' in Node, `charCodeAt(i) & 255`)";
    mistakes.add(GROUP, ("low_bytes", what, fix), |signing| {
        signing.manner.charset =
            |text, out| out.extend(text.encode_utf16().map(|unit| unit.to_le_bytes()[0]));
    });
    let missing = "in a charset without Chinese, so that every";
    for (what, replaced, by_bytes) in [
        (format!("texts were signed {missing} character became `?`"), "?", false),
        (format!("texts were read {missing} byte became `?`"), "?", true),
        (format!("texts were read {missing} byte became `\u{fffd}`"), "\u{fffd}", true),
    ] {
        read_as(mistakes, what, fix, move |text| {
            let count = |c: char| if by_bytes { c.len_utf8() } else { 1 };
            let each = text.chars().map(|c| match c.is_ascii() {
                true => c.to_string(),
                false => replaced.repeat(count(c)),
            });
            Some(each.collect())
        });
    }
    let fix = "sign the characters themselves, not their escapes";
    let what = "Chinese was written as `\\uXXXX` before signing";
    mistakes.add(GROUP, ("escaped_text", what, fix), |signing| {
        change(signing, &|text| Some(text.chars().map(escaped).collect()));
    });
}

fn escaped(c: char) -> String {
    let mut units = [0; 2];
    match c.is_ascii() {
        true => c.to_string(),
        false => c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
    }
}

fn read_as<'a>(
    mistakes: &mut Mistakes<'a>,
    what: String,
    fix: &str,
    read: impl Fn(&str) -> Option<String> + 'a,
) {
    mistakes.add(GROUP, ("misread_text", what, fix), move |signing| change(signing, &read));
}

/// Changes every text of the request.
fn change(signing: &mut Signing<'_>, change: &dyn Fn(&str) -> Option<String>) {
    signing.change_values(&|sent| change(sent.value));
    signing.change_body(&change);
}
