//! Templates that write a pair, such as `{name:lower}:{value}`.

use crate::keep;
use gatespec_protocol::{Function, Piece};
use std::ops::Range;

/// An error in a template, with the range of bytes that is wrong.
pub(super) struct WrongTemplate {
    pub(super) message: String,
    pub(super) at: Range<usize>,
}

pub(super) fn template(text: &str) -> Result<&'static [Piece<'static>], WrongTemplate> {
    let wrong = |message: String, at: Range<usize>| WrongTemplate { message, at };
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        literal.push_str(&rest[..at]);
        let start = text.len() - rest.len() + at;
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            literal.push_str(brace);
            rest = after;
        } else if brace == "}" {
            let message =
                "unmatched `}` in the template; for a literal brace, write `}}`".to_owned();
            return Err(wrong(message, start..start + 1));
        } else {
            let Some((hole, after)) = rest.split_once('}') else {
                let message = "unclosed `{` in the template; for a literal brace, write `{{`";
                return Err(wrong(message.to_owned(), start..start + 1));
            };
            if !literal.is_empty() {
                pieces.push(Piece::Text(keep::text(&std::mem::take(&mut literal))));
            }
            let inside = start + 1..start + 1 + hole.len();
            pieces.push(piece(hole, inside.start)?);
            rest = after;
        }
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        pieces.push(Piece::Text(keep::text(&literal)));
    }
    check(&pieces).map_err(|message| wrong(message, 0..text.len()))?;
    Ok(keep::list(pieces))
}

/// Parses the content of a placeholder. `start` is the offset of the content in the template.
fn piece(hole: &str, start: usize) -> Result<Piece<'static>, WrongTemplate> {
    let whole = |message| WrongTemplate { message, at: start..start + hole.len() };
    let mut parts = hole.split(':');
    let what = parts.next().unwrap_or_default();
    let mut at = start + what.len();
    let encoders = parts.map(|name| {
        let here = at + 1..at + 1 + name.len();
        at = here.end;
        encoder(name).map_err(|message| WrongTemplate { message, at: here })
    });
    let encoders = keep::list(encoders.collect::<Result<Vec<_>, _>>()?);
    match what {
        "name" => Ok(Piece::Name(encoders)),
        "value" => Ok(Piece::Value(encoders)),
        "json" => Ok(Piece::Json(encoders)),
        "fold" if encoders.is_empty() => Ok(Piece::Fold),
        "fold" => Err(whole("`{fold}` takes no encoder".to_owned())),
        _ => Err(whole(format!(
            "`{{{hole}}}` is not one of `{{name}}`, `{{value}}`, `{{json}}` and `{{fold}}`"
        ))),
    }
}

fn encoder(name: &str) -> Result<Function, String> {
    Function::named(name).filter(|function| function.is_encoder()).ok_or_else(|| {
        format!("unknown encoder `{name}`: the encoders are `rfc3986`, `form`, `lower` and `upper`")
    })
}

/// Checks that the name occurs at most once, and the value exactly once in whatever form.
fn check(pieces: &[Piece<'_>]) -> Result<(), String> {
    let names = pieces.iter().filter(|piece| matches!(piece, Piece::Name(_))).count();
    let values = pieces
        .iter()
        .filter(|piece| matches!(piece, Piece::Value(_) | Piece::Json(_) | Piece::Fold))
        .count();
    match (names, values) {
        (0 | 1, 1) => Ok(()),
        (0 | 1, _) => {
            Err("a template must contain exactly one of `{value}`, `{json}` and `{fold}`"
                .to_owned())
        }
        _ => Err("a template can contain `{name}` only once".to_owned()),
    }
}
