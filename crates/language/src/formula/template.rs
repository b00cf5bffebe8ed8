//! How one pair is written: `{name:lower}:{value}`.

use crate::keep;
use gatespec_protocol::{Function, Piece};

/// Parses a template; the error says what is wrong with it.
pub(super) fn template(text: &str) -> Result<&'static [Piece<'static>], String> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        literal.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            literal.push_str(brace);
            rest = after;
        } else if brace == "}" {
            return Err("a lone `}` in the template; write `}}` for a brace".to_owned());
        } else {
            let Some((hole, after)) = rest.split_once('}') else {
                return Err(
                    "a `{` is never closed in the template; write `{{` for a brace".to_owned()
                );
            };
            if !literal.is_empty() {
                pieces.push(Piece::Text(keep::text(&std::mem::take(&mut literal))));
            }
            pieces.push(piece(hole)?);
            rest = after;
        }
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        pieces.push(Piece::Text(keep::text(&literal)));
    }
    check(&pieces)?;
    Ok(keep::list(pieces))
}

fn piece(hole: &str) -> Result<Piece<'static>, String> {
    let mut parts = hole.split(':');
    let what = parts.next().unwrap_or_default();
    let encoders = keep::list(parts.map(encoder).collect::<Result<Vec<_>, _>>()?);
    match what {
        "name" => Ok(Piece::Name(encoders)),
        "value" => Ok(Piece::Value(encoders)),
        "json" => Ok(Piece::Json(encoders)),
        "fold" if encoders.is_empty() => Ok(Piece::Fold),
        "fold" => Err("`{fold}` takes no encoder".to_owned()),
        _ => Err(format!(
            "`{{{hole}}}` is not one of `{{name}}`, `{{value}}`, `{{json}}` and `{{fold}}`"
        )),
    }
}

fn encoder(name: &str) -> Result<Function, String> {
    Function::named(name).filter(|function| function.is_encoder()).ok_or_else(|| {
        format!("`{name}` is not one of the encoders `rfc3986`, `form`, `lower` and `upper`")
    })
}

/// The name at most once, one form of the value exactly once.
fn check(pieces: &[Piece<'_>]) -> Result<(), String> {
    let names = pieces.iter().filter(|piece| matches!(piece, Piece::Name(_))).count();
    let values = pieces
        .iter()
        .filter(|piece| matches!(piece, Piece::Value(_) | Piece::Json(_) | Piece::Fold))
        .count();
    match (names, values) {
        (0 | 1, 1) => Ok(()),
        (0 | 1, _) => {
            Err("a template has one of `{value}`, `{json}` and `{fold}`, once".to_owned())
        }
        _ => Err("a template has `{name}` once at most".to_owned()),
    }
}
