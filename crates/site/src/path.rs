//! The paths of pages below the root of the site.

use gatespec_language::model::{Method, Platform};
use std::fmt::Write as _;

/// The maximum length of a file's name without its extension, in bytes. Most file systems allow 255.
const LONGEST: usize = 200;

/// The path of a platform's page.
pub fn platform(platform: &Platform) -> String {
    format!("{}/index.html", platform.id)
}

/// The path of the page with the types that many methods of a platform share.
pub fn types(platform: &Platform) -> String {
    format!("{}/~types.html", platform.id)
}

/// The path of a method's page.
pub fn method(platform: &Platform, method: &Method) -> String {
    format!("{}/{}", platform.id, file(platform, method))
}

/// The name of a method's page within the folder of its platform.
pub fn file(platform: &Platform, method: &Method) -> String {
    let mut name = plain(method.name);
    if name.len() > LONGEST {
        let same = |other: &Method| std::ptr::eq(other, method);
        let index = platform.methods.iter().position(same).unwrap_or_default();
        name.truncate(LONGEST);
        // Writing to a `String` does not fail.
        let _ = write!(name, "~{index}~");
    } else if name == "index" {
        name.push('~');
    }
    name + ".html"
}

/// Writes a name with the characters that are safe in URLs and in the names of files. Different
/// names stay different, even where the case of letters does not count: `_x` stands for `X`, `__`
/// for `_`, and `~` precedes the two hexadecimal digits of any other byte.
fn plain(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' => out.push(byte.into()),
            b'A'..=b'Z' => {
                out.push('_');
                out.push(byte.to_ascii_lowercase().into());
            }
            b'_' => out.push_str("__"),
            byte => {
                let _ = write!(out, "~{byte:02x}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn names_stay_different_and_are_safe_in_urls_and_files() {
        for (name, expected) in [
            ("matrix.fill.multiple", "matrix.fill.multiple"),
            ("getOrder", "get_order"),
            ("get_order", "get__order"),
            ("../a b", "..~2fa~20b"),
            ("订单", "~e8~ae~a2~e5~8d~95"),
        ] {
            assert_eq!(plain(name), expected);
        }
    }
}
