//! The mistake of using the formula of other gateways.

use super::secret::secrets;
use crate::diagnose::mistake::Mistakes;
use crate::diagnose::recipe;
use gatespec_protocol::{Op, Pairs, Piece, Select};

/// Adds the mistake of signing the secret, then every name with its value, then the secret again:
/// the formula of most shop gateways.
pub(super) fn add(mistakes: &mut Mistakes<'_>) {
    let base = &mistakes.base;
    let Some(name) = secrets(base).first().copied() else { return };
    let Some(pairs) = recipe::sets(&base.recipe).next().copied() else { return };
    let what = format!(
        "the signed text was `{name}`, then every parameter's name and value without separators, then `{name}` again, as on many other gateways"
    );
    let fix = "sign what this gateway's formula says; the steps above show the text";
    mistakes.add("style", ("pairs_between_secrets", what, fix), move |signing| {
        let Some(call) = recipe::outermost(&signing.recipe) else { return };
        if call.key.is_some() {
            return;
        }
        let all = Pairs {
            select: &[Select::All],
            template: &[Piece::Name(&[]), Piece::Value(&[])],
            separator: "",
            ..pairs
        };
        let text = [Op::Credential(name), Op::Pairs(all), Op::Credential(name)];
        signing.recipe.splice(call.open + 1..call.close, text);
    });
}
