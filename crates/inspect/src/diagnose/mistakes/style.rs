//! The formula of other gateways in place of this one's.

use super::secret::secrets;
use crate::diagnose::mistake::Mistakes;
use crate::diagnose::recipe;
use gatespec_protocol::{Op, Pairs, Piece, Select};

/// The secret, every name with its value, the secret: the formula of most shop gateways.
pub(super) fn add(mistakes: &mut Mistakes<'_>) {
    let base = &mistakes.base;
    let Some(name) = secrets(base).first().copied() else { return };
    let Some(pairs) = recipe::sets(&base.recipe).next().copied() else { return };
    let what = format!(
        "`{name}`, then each name and its value with nothing between them, then `{name}` again were \
         signed, as many other gateways have it"
    );
    let mend = "sign what the formula of this gateway says; the steps above show its text";
    mistakes.add("style", ("pairs_between_secrets", what, mend), move |signing| {
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
