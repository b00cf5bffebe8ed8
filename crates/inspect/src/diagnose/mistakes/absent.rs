//! Parameters that were not sent, but were signed as empty texts or as a word for null.

use super::missing::place;
use crate::diagnose::mistake::Mistakes;
use crate::diagnose::parameter::Parameter;
use crate::diagnose::signing::Signing;
use gatespec_protocol::{Pairs, Role, Source};

/// The maximum number of parameters tried, since each costs one signature.
const MOST: usize = 64;

const TEXTS: [(&str, &str); 7] = [
    ("absent_as_empty", ""),
    ("null_as_text", "null"),
    ("null_as_text", "None"),
    ("null_as_text", "undefined"),
    ("null_as_text", "nil"),
    ("null_as_text", "NULL"),
    ("null_as_text", "(null)"),
];

pub(super) fn add(mistakes: &mut Mistakes<'_>) {
    let base = mistakes.base.clone();
    let is_sent = |name: &str| {
        let member = format!("{name}[");
        base.params.iter().any(|param| param.name == name || param.name.starts_with(&member))
    };
    let (place, fields) = (place(&base), base.fields.iter());
    let fields = fields.map(|name| Parameter::text(name, "", place, Role::Business));
    let public = base.gateway.public.iter().filter(|param| param.source != Source::Signature);
    let public = public.map(|param| Parameter::text(param.name, "", param.place, Role::Public));
    let absent: Vec<_> =
        fields.chain(public).filter(|param| !is_sent(param.name)).take(MOST).collect();
    let fix = "do not sign parameters that are not sent";
    for (id, text) in TEXTS {
        let how = match text {
            "" => "without a value".to_owned(),
            text => format!("with the value `{text}`"),
        };
        let one = absent.iter().map(|param| (format!("`{}`", param.name), vec![*param]));
        let all = "every parameter that the spec knows".to_owned();
        let all = (absent.len() > 1).then(|| (all, absent.clone()));
        for (which, params) in one.chain(all) {
            let what = format!("{which} was signed {how}, but not sent");
            let cause = (id, what, fix);
            mistakes.add("absent", cause, move |signing| push(signing, &params, text)).alone = true;
        }
    }
}

fn push<'a>(signing: &mut Signing<'a>, params: &[Parameter<'a>], value: &'a str) {
    signing.params.extend(params.iter().map(|param| Parameter { value, ..*param }));
    if value.is_empty() {
        signing.change_sets(|_, pairs| Pairs { nonempty: false, ..pairs });
    }
}
