//! The input of `gatespec import`: the import either makes a draft that is YAML, or refuses the
//! page with a reason.

use gatespec_import::{Options, import};
use gatespec_language::diagnostic::rules::Stage;

/// The input is the bytes of the page.
pub(crate) fn run(data: &[u8]) {
    let options = Options { platform: "shop", method: Some("shop.get"), page: "page" };
    match import(data, &options) {
        Ok(draft) => {
            let is_broken = draft.errors.iter().any(|error| error.rule.stage == Stage::Syntax);
            assert!(!is_broken, "the draft is not YAML: {:?}", draft.errors);
        }
        Err(refused) => assert!(!refused.to_string().is_empty()),
    }
}
