//! What stands between names, values, pairs and parts.

use super::super::mistake::Mistakes;
use super::super::recipe;
use super::super::signing::Signing;
use gatespec_protocol::text::visible;
use gatespec_protocol::{Op, Pairs, Piece};

const GROUP: &str = "separator";

/// What stands between name and value, and between pairs; how it is called.
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
    let mend = format!("join them as the formula does: {}", described(pairs));
    for (between, separator, what) in FORMS {
        mistakes.add(GROUP, ("separator", what, mend.clone()), move |signing| {
            rewrite(signing, between, separator);
        });
    }
    for separator in [",", ";", "|", "\n", " "] {
        let what = format!("`{}` stood between pairs", visible(separator));
        mistakes.add(GROUP, ("separator", what, mend.clone()), move |signing| {
            recipe::change_sets(signing, |_, pairs| Pairs { separator, ..pairs });
        });
    }
    let what = "a separator stood behind the last pair as well";
    mistakes.add(GROUP, ("separator_at_end", what, mend.clone()), |signing| ends(signing, false));
    let what = "a separator stood before the first pair as well";
    mistakes.add(GROUP, ("separator_at_end", what, mend), |signing| ends(signing, true));
}

/// The pairs of a formula by example.
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

/// The formula's own name and value, joined in another way.
fn rewrite<'a>(signing: &mut Signing<'a>, between: Option<&'static str>, separator: &'a str) {
    let arena = signing.arena;
    recipe::change_sets(signing, |_, pairs| {
        let is_name = |piece: &&Piece<'_>| matches!(piece, Piece::Name(_));
        let name = pairs.template.iter().find(is_name).copied();
        let value = pairs
            .template
            .iter()
            .find(|piece| matches!(piece, Piece::Value(_) | Piece::Json(_) | Piece::Fold));
        let mut template = Vec::new();
        if let (Some(between), Some(name)) = (between, name) {
            template.push(name);
            if !between.is_empty() {
                template.push(Piece::Text(between));
            }
        }
        template.extend(value);
        Pairs { template: arena.alloc_slice_copy(&template), separator, ..pairs }
    });
}

fn ends(signing: &mut Signing<'_>, front: bool) {
    let ops = std::mem::take(&mut signing.recipe);
    for op in ops {
        match op {
            Op::Pairs(pairs)
                if !pairs.separator.is_empty()
                    && recipe::selected(signing, &pairs).next().is_some() =>
            {
                let text = Op::Text(pairs.separator);
                let both = if front { [text, op] } else { [op, text] };
                signing.recipe.extend(both);
            }
            op => signing.recipe.push(op),
        }
    }
}
