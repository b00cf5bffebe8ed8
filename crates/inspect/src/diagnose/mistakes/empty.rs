//! Parameters without a text.

use super::super::habits::Habit;
use super::super::mistake::Mistakes;
use super::super::recipe;
use gatespec_protocol::Pairs;

const GROUP: &str = "empty";

pub(super) fn add(mistakes: &mut Mistakes<'_>) {
    let what = "parameters with an empty value were left out of what is signed";
    let mend = "sign a parameter whose value is empty as well, as long as it is sent";
    mistakes.add(GROUP, ("empty_dropped", what, mend), |signing| {
        recipe::change_sets(signing, |_, pairs| Pairs { nonempty: true, ..pairs });
    });
    let what = "parameters with an empty value were signed";
    let mend = "leave out of the signature every parameter whose value is empty";
    mistakes.add(GROUP, ("empty_kept", what, mend), |signing| {
        recipe::change_sets(signing, |_, pairs| Pairs { nonempty: false, ..pairs });
    });
    let mend = "neither send nor sign a parameter whose value is empty";
    mistakes
        .add(GROUP, ("empty_kept", what, mend), |signing| {
            signing.adopt(Habit::SendsEmpty);
        })
        .rebuilds = true;
    for text in ["null", "None", "undefined"] {
        let what = format!("an absent value was signed as the text `{text}`");
        let mend = "leave out what has no value before the parameters become texts";
        mistakes
            .add(GROUP, ("null_as_text", what, mend), move |signing| {
                signing.adopt(Habit::SendsEmpty);
                signing.change_values(&|sent| sent.value.is_empty().then(|| text.to_owned()));
            })
            .rebuilds = true;
    }
}
