//! Values that can be read from files.

use crate::command::stop::Stop;
use gatespec_language::source;
use gatespec_runtime::DateTime;
use std::path::Path;

/// Reads `NAME=VALUE`; the value may come from a file.
pub(super) fn pair(text: &str) -> Result<(String, String), Stop> {
    let Some((name, value)) = text.split_once('=') else {
        return Err(Stop::usage(format!("`{text}` is not a parameter: write NAME=VALUE")));
    };
    Ok((name.to_owned(), value_of(name, value)?))
}

pub(super) fn value_of(name: &str, value: &str) -> Result<String, Stop> {
    match value.strip_prefix('@') {
        None => Ok(value.to_owned()),
        Some(rest) if rest.starts_with('@') => Ok(rest.to_owned()),
        Some(file) => {
            let text = read(Path::new(file));
            text.map_err(|reason| Stop::usage(format!("the value of `{name}`: {reason}")))
        }
    }
}

/// Reads a file without its final line break.
pub(super) fn read(file: &Path) -> Result<String, String> {
    let mut text = source::text(file)?;
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    Ok(text)
}

/// Returns a text that is given on the command line, in a file (`@FILE`) or on the standard input
/// (`-`).
pub(in crate::command) fn text(what: &str, given: &str) -> Result<String, Stop> {
    match given.strip_prefix('@') {
        Some(file) if !file.starts_with('@') => {
            source::text(Path::new(file)).map_err(|reason| Stop::usage(format!("{what}: {reason}")))
        }
        Some(rest) => Ok(rest.to_owned()),
        None if given == "-" => input(what),
        None => Ok(given.to_owned()),
    }
}

/// Returns the content of a file. `-` stands for the standard input.
pub(in crate::command) fn file(what: &str, file: &Path) -> Result<String, Stop> {
    if is_input(file) {
        return input(what);
    }
    source::text(file).map_err(|reason| Stop::usage(format!("{what}: {reason}")))
}

/// Whether a path means the standard input.
pub(in crate::command) fn is_input(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// Reads the standard input.
fn input(what: &str) -> Result<String, Stop> {
    let text = source::text_from(std::io::stdin(), "the standard input");
    text.map_err(|reason| Stop::usage(format!("{what}: {reason}")))
}

/// Parses Unix seconds with up to three decimals.
pub(super) fn clock(written: &str) -> Result<DateTime, Stop> {
    gatespec_tool::call::clock(written).ok_or_else(|| {
        Stop::usage(format!("--clock takes Unix seconds such as 1672502400, not `{written}`"))
    })
}
