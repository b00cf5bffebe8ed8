//! Tokens to text: header, line breaks, blank lines. It moves white space, and nothing else.
//!
//! Items are laid out one at a time by a small printer of the subset of Rust that `emit` writes:
//! parsing the tokens again for a general pretty printer would cost several times what all other
//! stages cost together.

mod flat;
mod layout;

use crate::emit::File;
use crate::write::OutputFile;
use flat::Flat;

/// Prints one file.
pub fn render(file: File<'_>) -> OutputFile {
    let mut text = format!("{}\n\n", file.header);
    for line in &file.docs {
        text.push_str("//!");
        if !line.is_empty() {
            text.push(' ');
            text.push_str(line);
        }
        text.push('\n');
    }
    let mut flat = Flat::default();
    for item in file.items {
        flat.fill(item.tokens());
        if !text.ends_with("\n\n") {
            text.push('\n');
        }
        layout::print(&flat, &mut text);
    }
    OutputFile { path: file.path, text, source: file.source }
}
