//! Writes a request as a `curl` command.

use crate::request::Received;

/// Returns the command, ready to be run in a shell. [`crate::pasted::read`] reads it again.
pub fn command(request: &Received) -> String {
    let mut lines = vec![format!("curl -X {} {}", request.verb, quoted(&request.url))];
    lines.extend(
        request
            .headers
            .iter()
            // curl drops a header without a value unless its name ends with `;`.
            .map(|(name, value)| match value.as_str() {
                "" => format!("-H {}", quoted(&format!("{name};"))),
                value => format!("-H {}", quoted(&format!("{name}: {value}"))),
            }),
    );
    if !request.body.is_empty() {
        lines.push(format!("--data-raw {}", quoted(&request.body)));
    }
    lines.join(" \\\n  ")
}

/// Quotes a word for the shell. Single quotes work in every shell; `$'…'` is used for control
/// characters other than line breaks and tabs, which a terminal would interpret.
fn quoted(text: &str) -> String {
    if text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\t')) {
        return format!("'{}'", text.replace('\'', "'\\''"));
    }
    let escaped = text.chars().map(|c| match c {
        '\\' => "\\\\".to_owned(),
        '\'' => "\\'".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    });
    format!("$'{}'", escaped.collect::<String>())
}
