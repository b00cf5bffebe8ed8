//! Decodes booleans that are written in the spec's words or in other unambiguous words.

use std::borrow::Cow;

use super::form::Form;
use super::scalar::Scalar;
use super::{BendKind, Stop, Value};
use crate::layout::Spelling;

impl Value<'_> {
    /// Decodes a boolean: `true`, `false` or a word of the spelling. Other words are accepted if
    /// they are unambiguous: `1` and `0`, `Y` and `N`, `yes` and `no`, `true` and `false` in any
    /// case, unless the spelling gives one of them another meaning. Returns `None` for null and for
    /// an empty text.
    ///
    /// # Errors
    /// [`Stop`] for anything else.
    pub fn flag(self, spelling: Spelling<'_>) -> Result<Option<bool>, Stop> {
        // Whether a JSON boolean is the usual form: the spec's words are `true` and `false`, and
        // the value is not a piece of a delimited text.
        let is_bare = spelling == Spelling::WORDS && self.form != Form::Piece;
        self.scalar("a boolean", |scalar, cx| {
            let (text, quoted) = match scalar {
                Scalar::Flag(flag) => {
                    if !is_bare {
                        cx.bend(BendKind::Spelling);
                    }
                    return Ok(Some(flag));
                }
                Scalar::Text("") => {
                    cx.bend(BendKind::StandIn);
                    return Ok(None);
                }
                Scalar::Number(number) => (Cow::Owned(number.to_string()), false),
                Scalar::Text(text) => (Cow::Borrowed(text), true),
            };
            let Spelling { yes, no } = spelling;
            let own = if text == yes { Some(true) } else { (text == no).then_some(false) };
            if own.is_none() || quoted == is_bare {
                cx.bend(BendKind::Spelling);
            }
            let found = own.or_else(|| unmistakable(text.trim(), spelling));
            let expected = || format!("a boolean ({yes:?} or {no:?})");
            found.map(Some).ok_or_else(|| cx.mismatch(&expected(), scalar.to_string()))
        })
    }
}

/// Common pairs of words for true and false.
const PAIRS: [(&str, &str); 4] = [("1", "0"), ("true", "false"), ("y", "n"), ("yes", "no")];

/// Interprets a word of a common pair. Returns `None` for other words. Also returns `None` if the
/// spec's spelling uses one word of the pair with another meaning, because both words are then
/// ambiguous.
fn unmistakable(text: &str, spelling: Spelling<'_>) -> Option<bool> {
    let same = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
    let (yes, no) = PAIRS.into_iter().find(|(yes, no)| same(text, yes) || same(text, no))?;
    let own = same(spelling.yes, yes) && same(spelling.no, no);
    let used = |word| same(spelling.yes, word) || same(spelling.no, word);
    // If a word of the spelling is a number, such as 10, the platform may use more numbers, so
    // 1 and 0 are ambiguous.
    let counted = yes == "1" && [spelling.yes, spelling.no].iter().any(|word| is_number(word));
    (own || !(used(yes) || used(no) || counted)).then(|| same(text, yes))
}

fn is_number(word: &str) -> bool {
    word.parse::<i64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_the_spelling_uses_for_something_else_are_not_guessed_at() {
        let read = |text, yes, no| unmistakable(text, Spelling { yes, no });
        for (yes, no) in [("true", "false"), ("Y", "N"), ("T", "F"), ("是", "否")] {
            for word in ["1", "true", "TRUE", "y", "Y", "Yes", "YES"] {
                assert_eq!(read(word, yes, no), Some(true), "{word} of {yes}");
            }
            for word in ["0", "false", "False", "n", "N", "no", "NO"] {
                assert_eq!(read(word, yes, no), Some(false), "{word} of {yes}");
            }
            for word in ["", "2", "01", "yess", "on", "t", "-1", "１"] {
                assert_eq!(read(word, yes, no), None, "{word} of {yes}");
            }
        }
        for (yes, no) in [("1", "2"), ("0", "1"), ("2", "0"), ("10", "20"), ("-1", "none")] {
            assert_eq!((read("1", yes, no), read("0", yes, no)), (None, None), "{yes}");
            assert_eq!(read("y", yes, no), Some(true), "{yes}");
        }
        for (yes, no) in [("no", "yes"), ("yes", "N"), ("N", "yes"), ("none", "NO")] {
            assert_eq!((read("yes", yes, no), read("no", yes, no)), (None, None), "{yes}");
            assert_eq!(read("true", yes, no), Some(true), "{yes}");
        }
        assert_eq!((read("y", "N", "x"), read("n", "N", "x")), (None, None));
        assert_eq!(
            (read("false", "true", "none"), read("TRUE", "true", "false")),
            (None, Some(true))
        );
    }
}
