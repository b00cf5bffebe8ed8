//! Parameters that were sent but not signed, or signed but not sent.

use super::secret::secrets;
use crate::diagnose::mistake::Mistakes;
use crate::diagnose::parameter::Parameter;
use crate::diagnose::signing::{Habit, Signing};
use gatespec_protocol::{Location, Nested, Role, SendPolicy, Source};
use std::collections::{HashMap, HashSet};

/// The maximum number of parameters that are left out one by one, since each costs one signature.
const MOST: usize = 64;

/// Parameters that clients of such gateways often add.
const USUAL: [(&str, &[&str]); 9] = [
    (
        "sign_method",
        &["md5", "MD5", "hmac", "HMAC", "sha1", "SHA1", "sha256", "hmac-sha256", "HmacSHA256"],
    ),
    ("signMethod", &["md5", "hmac", "sha256"]),
    ("sign_type", &["MD5", "md5", "RSA2", "HMAC-SHA256"]),
    ("format", &["json", "JSON", "xml"]),
    ("version", &["1.0", "2.0", "1", "2", "1.0.0"]),
    ("v", &["1.0", "2.0", "1", "2", "1.0.0"]),
    ("charset", &["utf-8", "UTF-8", "utf8", "gbk", "GBK"]),
    ("partner_id", &[""]),
    ("type", &["json"]),
];

pub(super) fn add(mistakes: &mut Mistakes<'_>) {
    nested(mistakes);
    repeated(mistakes);
    missing(mistakes);
    declared(mistakes);
    usual(mistakes);
    signature(mistakes);
    secret(mistakes);
}

fn missing(mistakes: &mut Mistakes<'_>) {
    for name in mistakes.base.signed_names().into_iter().take(MOST) {
        let what = format!("parameter `{name}` was not signed");
        let fix = format!("sign `{name}`, because it is sent");
        let cause = ("parameter_missing", what, fix);
        mistakes.add(format!("parameter {name}"), cause, move |signing| {
            signing.params.retain(|param| param.name != name);
        });
    }
}

/// Adds the mistake of signing a public parameter that this request does not send, for each such
/// parameter of the gateway.
fn declared(mistakes: &mut Mistakes<'_>) {
    let base = mistakes.base.clone();
    for param in base.gateway.public {
        if base.param(param.name).is_some() {
            continue;
        }
        let (value, hidden) = match param.source {
            Source::Constant(text) => (text, &[][..]),
            Source::Method => (base.method, &[][..]),
            Source::Credential(name) => match base.credentials.get(name) {
                Some(text) => (base.keep(text), base.whole(text)),
                None => continue,
            },
            _ => continue,
        };
        let extra = Parameter::text(param.name, value, param.place, Role::Public);
        add_unsent(mistakes, Parameter { hidden, ..extra });
    }
}

fn usual(mistakes: &mut Mistakes<'_>) {
    let base = mistakes.base.clone();
    let is_own = |name: &str| {
        let mut public = base.gateway.public.iter();
        public.any(|param| param.name == name && param.send != SendPolicy::Never)
    };
    let clocks = ["timestamp", "time", "t"].map(|name| (name, base.clock));
    let clocks = clocks.into_iter().filter(|(_, clock)| !clock.is_empty());
    let texts = USUAL.iter().flat_map(|(name, texts)| texts.iter().map(|text| (*name, *text)));
    let method = Some(("method", base.method)).filter(|(_, method)| !method.is_empty());
    for (name, value) in clocks.chain(texts).chain(method) {
        if !is_own(name) && base.param(name).is_none() {
            add_unsent(mistakes, Parameter::text(name, value, place(&base), Role::Extra));
        }
    }
}

/// Returns the location of the business parameters.
pub(super) fn place<'a>(signing: &Signing<'a>) -> Location<'a> {
    let own = signing.params.iter().find(|param| param.role == Role::Business);
    own.or(signing.params.first()).map_or(Location::Form, |param| param.place)
}

fn add_unsent<'a>(mistakes: &mut Mistakes<'a>, param: Parameter<'a>) {
    let (name, shown) = (param.name, param.masked());
    let what = format!("a parameter `{name}` with the value `{shown}` was signed, but not sent");
    let fix = format!("do not sign `{name}`, or send it as well");
    mistakes.add_extra(("parameter_extra", what, fix), param);
}

/// Adds the mistake of signing the signature's own parameter while the parameter was empty.
fn signature(mistakes: &mut Mistakes<'_>) {
    let public = mistakes.base.gateway.public;
    let own = public.iter().find(|param| param.source == Source::Signature);
    let Some(param) = own else { return };
    let name = param.name;
    let what =
        format!("the signature's own parameter `{name}` was signed while it was still empty");
    let fix = format!("add `{name}` after signing, or exclude it from the signed text");
    // The role is `Extra`, because parameters with the role `Signature` are never signed.
    let extra = Parameter::text(name, "", param.place, Role::Extra);
    mistakes.add_extra(("signature_signed", what, fix), extra);
}

/// Adds the mistakes of signing the secret as one of the parameters.
fn secret(mistakes: &mut Mistakes<'_>) {
    let base = mistakes.base.clone();
    for credential in secrets(&base) {
        let Some(text) = base.credentials.get(credential) else { continue };
        let value = base.keep(text);
        let usual = ["app_secret", "secret", "client_secret", "appSecret", "key", "app_key"];
        let own = Some(credential).filter(|name| !usual.contains(name));
        for name in own.into_iter().chain(usual).filter(|name| base.param(name).is_none()) {
            let what = format!(
                "`{credential}` was signed as a parameter `{name}`, sorted among the others"
            );
            let fix =
                "the secret is not a parameter: put it where the formula has it, and nowhere else";
            let extra = Parameter::text(name, value, place(&base), Role::Extra);
            let extra = Parameter { hidden: base.whole(value), ..extra };
            mistakes.add_extra(("secret_as_parameter", what, fix), extra);
        }
    }
}

/// Adds the mistakes with a name that is sent several times.
fn repeated(mistakes: &mut Mistakes<'_>) {
    let params = &mistakes.base.params;
    if params.iter().map(|param| param.name).collect::<HashSet<_>>().len() == params.len() {
        return;
    }
    let fix = "sign every value of a repeated name, in the order in which the values are sent";
    for (which, first) in [("first", true), ("last", false)] {
        let what = format!("only the {which} value of a repeated name was signed");
        mistakes.add("repeated", ("repeated_name", what, fix), move |signing| {
            let (mut seen, mut last) = (HashSet::new(), HashMap::new());
            last.extend(signing.params.iter().enumerate().map(|(at, param)| (param.name, at)));
            let mut at = 0..;
            signing.params.retain(|param| {
                let at = at.next();
                if first { seen.insert(param.name) } else { last.get(param.name).copied() == at }
            });
        });
    }
    let what = "the values of a repeated name were joined by `,`";
    mistakes.add("repeated", ("repeated_name", what, fix), |signing| {
        let mut joined: Vec<(Parameter<'_>, String)> = Vec::new();
        let mut known = HashMap::new();
        for param in std::mem::take(&mut signing.params) {
            let at = *known.entry(param.name).or_insert(joined.len());
            match joined.get_mut(at) {
                Some((first, text)) => {
                    text.extend([",", param.value]);
                    // If a value contains a secret, the whole joined text is hidden below.
                    first.hidden =
                        if first.hidden.is_empty() { param.hidden } else { first.hidden };
                }
                None => joined.push((param, param.value.to_owned())),
            }
        }
        let joined = joined.into_iter().map(|(param, text)| match text == param.value {
            true => param,
            false => {
                let value = signing.keep(&text);
                let hidden = if param.hidden.is_empty() { &[] } else { signing.whole(value) };
                Parameter { value, hidden, ..param }
            }
        });
        signing.params = joined.collect();
    });
}

/// Adds the mistakes of writing records and lists in another form.
fn nested(mistakes: &mut Mistakes<'_>) {
    let fix = "write records and lists in the signed text exactly as in the request";
    for (form, how) in [
        (Nested::Json, "JSON in one parameter"),
        (Nested::Brackets, "one parameter per member, `name[member]=…`"),
        (Nested::Repeat, "one parameter per item, with the same name"),
    ] {
        let cause = ("nested_form", format!("records and lists were signed as {how}"), fix);
        let adopt = move |signing: &mut Signing<'_>| signing.adopt(Habit::Nests(form));
        mistakes.add("nested", cause, adopt).rebuilds = true;
    }
}
