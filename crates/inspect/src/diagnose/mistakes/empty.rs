//! Mistakes with parameters whose text is empty.

use crate::diagnose::mistake::Mistakes;
use crate::diagnose::signing::{Habit, Signing};
use gatespec_protocol::Pairs;

const GROUP: &str = "empty";

pub(super) fn add(mistakes: &mut Mistakes<'_>) {
    let kept = "parameters with an empty value were signed";
    for (id, what, fix, nonempty) in [
        (
            "empty_dropped",
            "parameters with an empty value were not signed",
            "sign parameters with an empty value as well, if they are sent",
            true,
        ),
        ("empty_kept", kept, "do not sign parameters with an empty value", false),
    ] {
        mistakes.add(GROUP, (id, what, fix), move |signing| {
            signing.change_sets(|_, pairs| Pairs { nonempty, ..pairs });
        });
    }
    let fix = "neither send nor sign parameters with an empty value";
    let adopt = |signing: &mut Signing<'_>| signing.adopt(Habit::SendsEmpty);
    mistakes.add(GROUP, ("empty_kept", kept, fix), adopt).rebuilds = true;
    for text in ["null", "None", "undefined"] {
        let what = format!("an absent value was signed as the text `{text}`");
        let fix = "remove absent values before the parameters are converted to texts";
        mistakes
            .add(GROUP, ("null_as_text", what, fix), move |signing| {
                signing.adopt(Habit::SendsEmpty);
                signing.change_values(&|param| param.value.is_empty().then(|| text.to_owned()));
            })
            .rebuilds = true;
    }
}
