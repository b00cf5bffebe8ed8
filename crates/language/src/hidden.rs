//! Adds help to diagnostics about names that contain hidden characters or look-alikes.

use crate::diagnostic::{Diagnostic, rules};
use crate::letters::{ascii, hidden_name, is_hidden, look_alike, mended};

/// The rules about unknown names. A look-alike may be the reason why a name is unknown.
const OF_NAMES: [&rules::Rule; 7] = [
    rules::UNKNOWN_KEY,
    rules::UNKNOWN_NAME,
    rules::UNKNOWN_TYPE,
    rules::UNKNOWN_FIELD,
    rules::BAD_VALUE,
    rules::WRONG_KIND,
    rules::CONDITION_VALUE,
];

/// Adds a help if the text that a diagnostic points at contains a hidden character or a look-alike.
/// `text` is the file's content.
pub(crate) fn explain(text: &str, diagnostic: &mut Diagnostic) {
    const LONGEST: usize = 200;
    let Some(span) = diagnostic.span.filter(|_| OF_NAMES.contains(&diagnostic.rule)) else {
        return;
    };
    let Some(written) = text.get(span.start as usize..span.end as usize) else { return };
    if written.len() > LONGEST || written.contains('\n') {
        return;
    }
    if let Some(letter) = written.chars().find(|letter| is_hidden(*letter)) {
        diagnostic.help.insert(
            0,
            format!("delete {}, which is invisible or looks like a space", hidden_name(letter)),
        );
        return;
    }
    let found = written.char_indices().find_map(|(at, letter)| Some((at, letter, ascii(letter)?)));
    if let Some((at, letter, ascii)) = found {
        diagnostic.span = Some(span.part(at, at + letter.len_utf8()));
        let mended = mended(written);
        diagnostic.help.insert(0, format!("{}: write `{mended}`", look_alike(letter, ascii)));
    }
}
