//! Fields that were not sent, and signed as if they were there without a text.

use super::super::mistake::Mistakes;
use super::super::recipe;
use super::super::signing::{Sent, Signing};
use super::missing::place;
use gatespec_protocol::{Pairs, ParamType, Role};

/// How many fields are tried, at most: each costs a signature.
const MOST: usize = 64;

pub(super) fn add(mistakes: &mut Mistakes<'_>) {
    let base = mistakes.base.clone();
    let is_sent = |name: &str| {
        let member = format!("{name}[");
        base.params.iter().any(|sent| sent.name == name || sent.name.starts_with(&member))
    };
    let absent: Vec<&str> =
        base.fields.iter().copied().filter(|name| !is_sent(name)).take(MOST).collect();
    let mend = "leave what is not sent out of what is signed as well";
    for &name in &absent {
        let what = format!("`{name}` was signed as `{name}` without a value, and not sent");
        mistakes
            .add("absent", ("absent_as_empty", what, mend), move |signing| {
                push_empty(signing, &[name]);
            })
            .alone = true;
    }
    if absent.len() > 1 {
        let what = "every field that was not sent was signed without a value";
        mistakes
            .add("absent", ("absent_as_empty", what, mend), move |signing| {
                push_empty(signing, &absent);
            })
            .alone = true;
    }
}

fn push_empty<'a>(signing: &mut Signing<'a>, names: &[&'a str]) {
    let (place, role, kind) = (place(signing), Role::Business, ParamType::Text);
    let empty = |name: &&'a str| Sent { name, value: "", hidden: &[], place, role, kind };
    signing.params.extend(names.iter().map(empty));
    recipe::change_sets(signing, |_, pairs| Pairs { nonempty: false, ..pairs });
}
