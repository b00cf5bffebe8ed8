//! Mistakes with the separators between names, values and pairs.

use crate::diagnose::mistake::Mistakes;
use crate::diagnose::recipe;
use crate::diagnose::signing::Signing;
use gatespec_protocol::text::visible;
use gatespec_protocol::{Op, Pairs, Piece};

const GROUP: &str = "separator";

/// The text between name and value (`None` leaves names out), the text between pairs, and a
/// description.
const FORMS: [(Option<&str>, &str, &str); 8] = [
    (Some(""), "", "names and values were joined without `=` and `&`"),
    (Some("="), "&", "names and values were joined as `name=value` with `&` between pairs"),
    (Some("="), "", "names and values were joined as `name=value` without `&` between pairs"),
    (Some(""), "&", "names and values were joined without `=`, with `&` between pairs"),
    (Some(":"), "", "names and values were joined as `name:value`"),
    (Some(":"), "&", "names and values were joined as `name:value` with `&` between pairs"),
    (None, "", "only the values were joined, without their names"),
    (None, "&", "only the values were joined with `&`, without their names"),
];

pub(super) fn add(mistakes: &mut Mistakes<'_>) {
    let Some(pairs) = recipe::sets(&mistakes.base.recipe).next() else { return };
    let fix = format!("join them as the formula does: {}", described(pairs));
    for (between, separator, what) in FORMS {
        mistakes.add(GROUP, ("separator", what, fix.clone()), move |signing| {
            rewrite(signing, between, separator);
        });
    }
    for separator in [",", ";", "|", "\n", " "] {
        let what = format!("`{}` was between pairs", visible(separator));
        mistakes.add(GROUP, ("separator", what, fix.clone()), move |signing| {
            signing.change_sets(|_, pairs| Pairs { separator, ..pairs });
        });
    }
    for (front, place) in [(false, "after the last"), (true, "before the first")] {
        let what = format!("there was also a separator {place} pair");
        mistakes.add(GROUP, ("separator_at_end", what, &*fix), move |signing| ends(signing, front));
    }
}

/// Shows how a formula writes pairs, by an example with two pairs.
fn described(pairs: &Pairs<'_>) -> String {
    let write = |number: u8| -> String {
        pairs
            .template
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => (*text).to_owned(),
                Piece::Name(_) => format!("name{number}"),
                Piece::Value(_) | Piece::Json(_) | Piece::Fold => format!("value{number}"),
            })
            .collect()
    };
    format!("`{}{}{}`", write(1), visible(pairs.separator), write(2))
}

/// Joins names and values with `between`, and pairs with `separator`. If `between` is `None`,
/// leaves the names out.
fn rewrite<'a>(signing: &mut Signing<'a>, between: Option<&'static str>, separator: &'a str) {
    signing.change_sets(|signing, pairs| {
        let is_name = |piece: &&Piece<'_>| matches!(piece, Piece::Name(_));
        let is_value =
            |piece: &&Piece<'_>| matches!(piece, Piece::Value(_) | Piece::Json(_) | Piece::Fold);
        let find = |wanted: fn(&&Piece<'_>) -> bool| pairs.template.iter().find(wanted).copied();
        let name = between.and_then(|between| Some((find(is_name)?, Piece::Text(between))));
        let name = name.into_iter().flat_map(|(name, between)| [name, between]);
        let template: Vec<_> = name.chain(find(is_value)).collect();
        Pairs { template: signing.keep_all(&template), separator, ..pairs }
    });
}

fn ends(signing: &mut Signing<'_>, front: bool) {
    signing.expand(&|signing, op| match op {
        Op::Pairs(pairs)
            if !pairs.separator.is_empty() && signing.selected(&pairs).next().is_some() =>
        {
            let text = Op::Text(pairs.separator);
            Some(if front { vec![text, op] } else { vec![op, text] })
        }
        _ => None,
    });
}
