//! Recognises the notation of a pasted request.

mod curl;
mod files;
mod message;
mod printed;
mod shell;
mod windows;

pub use files::{Files, no_files};

use crate::request::Received;

/// Reads a `curl` command of any shell, a URL, an HTTP message, or parameters alone.
///
/// # Errors
///
/// When the text cannot be read. The message says why, and what to paste instead.
pub fn read(text: &str, files: Files<'_>) -> Result<Received, String> {
    if let Some(sent) = message::read(text) {
        return sent;
    }
    let text = text.trim();
    if text.is_empty() {
        return Err(format!("the request is empty: give {FORMS}"));
    }
    if let Some(command) = command(text) {
        return curl::read(command?, files);
    }
    if let Some(data) = printed::form(text) {
        return Ok(Received { body: data, ..Received::default() });
    }
    let url = text.trim_matches(['"', '\'', '<', '>', '`']);
    match url.contains(char::is_whitespace) {
        true => Err(other(text)),
        false => {
            Ok(Received { verb: "GET".to_owned(), url: url.to_owned(), ..Received::default() })
        }
    }
}

const FORMS: &str = "a curl command, a URL, an HTTP message with its headers, or the parameters as \
                     `name=value&…`";

/// Returns the words after `curl`, or `None` if the text is not a `curl` command.
fn command(text: &str) -> Option<Result<Vec<String>, String>> {
    // The text may begin with a shell prompt.
    let text = text.trim_start_matches(['$', '#', '%', '>']).trim_start();
    let before = text.split_whitespace().position(curl::is_curl)?;
    let passed = |word: &str| matches!(word, "time" | "sudo") || is_assignment(word);
    if !text.split_whitespace().take(before).all(passed) {
        return None;
    }
    let words = if windows::is_meant(text) { windows::words(text) } else { shell::words(text) };
    Some(words.map(|words| words.into_iter().skip(before + 1).collect()))
}

/// Whether a word sets a variable for one command.
fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

/// Returns the message for a text that cannot be read. If the text is a command of another known
/// tool, the message says what to paste in its place.
fn other(text: &str) -> String {
    let first = text.split([' ', '(', '\n']).next().unwrap_or_default();
    let instead = match first.to_ascii_lowercase().as_str() {
        "fetch" | "await" | "invoke-webrequest" | "invoke-restmethod" | "$session" => {
            "in the browser choose \"Copy as cURL\""
        }
        "http" | "https" | "xh" => {
            "run it with `--offline --print=HB`, and paste the message that it prints"
        }
        "wget" => "write it for curl: `--post-data` is `-d` there",
        _ => return format!("cannot read this request: give {FORMS}"),
    };
    format!("`{first}` commands are not supported: {instead}, or give {FORMS}")
}
