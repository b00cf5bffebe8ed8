//! Reasons why a file is not accepted as a spec.

use crate::diagnostic::{Diagnostic, rules};
use std::io::ErrorKind;

/// The maximum size of a spec in bytes. The largest known spec has a few hundred kilobytes.
pub const MAX_FILE_BYTES: u64 = 4 << 20;

const FILES_ARE_SPECS: &str =
    "every .yaml file in a platform's folder is a spec; move other files out of the folder";

pub(super) enum Problem {
    /// The path is a pipe, a socket or a device, which could block forever.
    NotAFile,
    TooLarge,
    NotUtf8 {
        line: usize,
        column: usize,
        byte: usize,
        /// The text, in which invalid bytes are replaced.
        text: String,
    },
    Io(std::io::Error),
}

impl Problem {
    /// The message about the file, whose path in messages is `shown`.
    pub(super) fn in_words(&self, shown: &str) -> String {
        let message = self.diagnostic(shown).message;
        match self {
            Problem::NotUtf8 { .. } => {
                format!("{message}; if it is GBK, convert it: iconv -f GBK -t UTF-8 {shown}")
            }
            _ => message,
        }
    }

    pub(super) fn not_utf8(message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(rules::NOT_UTF8, message).help(
            "specs are UTF-8; pages in GBK need to be converted, e.g. with iconv -f GBK -t UTF-8",
        )
    }

    pub(super) fn diagnostic(&self, shown: &str) -> Diagnostic {
        match self {
            Problem::NotAFile => {
                Diagnostic::new(rules::UNREADABLE, format!("{shown} is not a regular file"))
                    .help(FILES_ARE_SPECS)
            }
            Problem::TooLarge => Diagnostic::new(
                rules::TOO_LARGE,
                format!("{shown} is larger than {} MiB", MAX_FILE_BYTES >> 20),
            )
            .help("a spec is one method or one platform; is this the right file?"),
            Problem::NotUtf8 { line, column, byte, .. } => Problem::not_utf8(format!(
                "{shown} is not UTF-8: line {line}, column {column} (byte {byte}) does not begin a character"
            )),
            Problem::Io(error) => {
                let what = match error.kind() {
                    ErrorKind::NotFound => "there is no such file; is it a broken link?".to_owned(),
                    _ => error.to_string(),
                };
                Diagnostic::new(rules::UNREADABLE, format!("cannot read {shown}: {what}"))
                    .help(FILES_ARE_SPECS)
            }
        }
    }
}
