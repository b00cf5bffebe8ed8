//! Parameters that were not signed, or signed and not sent.

use super::super::habits::Habit;
use super::super::mistake::Mistakes;
use super::super::recipe;
use super::super::signing::{Sent, Signing};
use super::secret::secrets;
use gatespec_protocol::{Location, Nested, ParamType, Role, SendPolicy, Source};

/// Parameters of the family's gateways that clients add by habit.
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
    let base = mistakes.base.clone();
    let mut names: Vec<&str> = Vec::new();
    for sent in &base.params {
        if names.contains(&sent.name) || !recipe::is_signed(&base, sent) {
            continue;
        }
        names.push(sent.name);
        let name = sent.name;
        let what = format!("parameter `{name}` was not signed");
        let mend = format!("put `{name}` among the signed parameters, since it is sent");
        mistakes.add(
            format!("parameter {name}"),
            ("parameter_missing", what, mend),
            move |signing| {
                signing.params.retain(|sent| sent.name != name);
            },
        );
    }
}

/// The gateway's own parameters that this request does not send.
fn declared(mistakes: &mut Mistakes<'_>) {
    let base = mistakes.base.clone();
    for param in base.gateway.public {
        let known = base.params.iter().any(|sent| sent.name == param.name);
        if known || param.source == Source::Signature {
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
        extra(
            mistakes,
            Sent {
                name: param.name,
                value,
                hidden,
                place: param.place,
                role: Role::Public,
                kind: ParamType::Text,
            },
        );
    }
}

fn usual(mistakes: &mut Mistakes<'_>) {
    let base = mistakes.base.clone();
    let place = place(&base);
    let role = Role::Extra;
    let fits = |name: &str| {
        let declared = base
            .gateway
            .public
            .iter()
            .any(|param| param.name == name && param.send != SendPolicy::Never);
        !declared && base.params.iter().all(|sent| sent.name != name)
    };
    let (kind, clocks) = (ParamType::Text, ["timestamp", "time", "t"]);
    for name in clocks.into_iter().filter(|name| fits(name) && !base.clock.is_empty()) {
        extra(mistakes, Sent { name, value: base.clock, hidden: &[], place, role, kind });
    }
    for (name, texts) in USUAL.into_iter().filter(|(name, _)| fits(name)) {
        for text in texts {
            extra(mistakes, Sent { name, value: text, hidden: &[], place, role, kind });
        }
    }
    if fits("method") && !base.method.is_empty() {
        let (name, value) = ("method", base.method);
        extra(mistakes, Sent { name, value, hidden: &[], place, role, kind });
    }
}

/// Where most parameters travel.
pub(super) fn place<'a>(signing: &Signing<'a>) -> Location<'a> {
    let own = signing.params.iter().find(|sent| sent.role == Role::Business);
    own.or(signing.params.first()).map_or(Location::Form, |sent| sent.place)
}

fn extra<'a>(mistakes: &mut Mistakes<'a>, sent: Sent<'a>) {
    let (name, shown) = (sent.name, sent.masked());
    let what = format!("a parameter `{name}` with the value `{shown}` was signed and not sent");
    let mend = format!("leave `{name}` out of what is signed, or send it as well");
    mistakes.add(format!("parameter {name}"), ("parameter_extra", what, mend), move |signing| {
        signing.params.push(sent);
    });
}

/// The signature's own parameter, before it has a value.
fn signature(mistakes: &mut Mistakes<'_>) {
    let base = &mistakes.base;
    let own = base.gateway.public.iter().find(|param| param.source == Source::Signature);
    let Some(param) = own else { return };
    let (name, place) = (param.name, param.place);
    let what =
        format!("the signature's own parameter `{name}` was signed while it was still empty");
    let mend = format!("add `{name}` after signing, or leave it out of what is signed");
    // A gateway that declares the name as its own signs no other parameter of that name.
    mistakes.add(format!("parameter {name}"), ("signature_signed", what, mend), move |signing| {
        let (role, kind) = (Role::Extra, ParamType::Text);
        signing.params.push(Sent { name, value: "", hidden: &[], place, role, kind });
    });
}

/// The secret as a parameter among the others.
fn secret(mistakes: &mut Mistakes<'_>) {
    let base = mistakes.base.clone();
    for credential in secrets(&base) {
        let Some(text) = base.credentials.get(credential) else { continue };
        let value = base.keep(text);
        let mut names =
            vec!["app_secret", "secret", "client_secret", "appSecret", "key", "app_key"];
        if !names.contains(&credential) {
            names.insert(0, base.keep(credential));
        }
        for name in names {
            if base.params.iter().any(|sent| sent.name == name) {
                continue;
            }
            let what = format!(
                "`{credential}` was signed as a parameter `{name}`, sorted among the others"
            );
            let mend =
                "the secret is no parameter: put it where the formula has it, and nowhere else";
            let place = place(&base);
            let sent = Sent {
                name,
                value,
                hidden: base.whole(value),
                place,
                role: Role::Extra,
                kind: ParamType::Text,
            };
            mistakes.add(
                format!("parameter {name}"),
                ("secret_as_parameter", what, mend),
                move |signing| signing.params.push(sent),
            );
        }
    }
}

/// A name that is sent several times.
fn repeated(mistakes: &mut Mistakes<'_>) {
    let params = &mistakes.base.params;
    let again = |at: usize| params[..at].iter().any(|sent| sent.name == params[at].name);
    if !(0..params.len()).any(again) {
        return;
    }
    let mend = "sign a name as often as it is sent, in the order sent";
    for (which, first) in [("first", true), ("last", false)] {
        let what =
            format!("of a name that is sent several times only the {which} value was signed");
        mistakes.add("repeated", ("repeated_name", what, mend), move |signing| {
            let all = signing.params.clone();
            let mut at = 0;
            signing.params.retain(|sent| {
                let others = if first { &all[..at] } else { &all[at + 1..] };
                at += 1;
                others.iter().all(|other| other.name != sent.name)
            });
        });
    }
    let what = "the values of a name that is sent several times were joined by `,`";
    mistakes.add("repeated", ("repeated_name", what, mend), |signing| {
        let mut joined: Vec<Sent<'_>> = Vec::new();
        for sent in std::mem::take(&mut signing.params) {
            match joined.iter_mut().find(|known| known.name == sent.name) {
                Some(known) => {
                    let open = known.hidden.is_empty() && sent.hidden.is_empty();
                    known.value = signing.keep(&format!("{},{}", known.value, sent.value));
                    known.hidden = if open { &[] } else { signing.whole(known.value) };
                }
                None => joined.push(sent),
            }
        }
        signing.params = joined;
    });
}

/// Records and lists in another form.
fn nested(mistakes: &mut Mistakes<'_>) {
    let mend = "write records and lists in the signed text as in the request";
    for (form, how) in [
        (Nested::Json, "JSON in one parameter"),
        (Nested::Brackets, "one parameter a member, `name[member]=…`"),
        (Nested::Repeat, "one parameter an item, the name repeated"),
    ] {
        let what = format!("records and lists were signed as {how}");
        mistakes
            .add("nested", ("nested_form", what, mend), move |signing| {
                signing.adopt(Habit::Nests(form));
            })
            .rebuilds = true;
    }
}
