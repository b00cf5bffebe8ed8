//! The files that a pasted command names.

/// Returns the content of the file that a `curl` command names, or a message.
pub type Files<'f> = &'f dyn Fn(&str) -> Result<String, String>;

/// Reads no files, because the text may come from somebody who must not see them.
///
/// # Errors
///
/// Always. The message says what to paste instead.
pub fn no_files(path: &str) -> Result<String, String> {
    Err(format!("the file `{path}` is not read: write its content in place of `@{path}`"))
}
