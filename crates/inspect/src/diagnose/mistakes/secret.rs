//! Mistakes with the secret: a wrong secret, or a wrong position.

use crate::diagnose::mistake::Mistakes;
use crate::diagnose::recipe;
use crate::diagnose::signing::Signing;
use base64::Engine as _;
use gatespec_protocol::{Function, Op};

const GROUP: &str = "secret";

/// Characters that files and forms leave at the end of a text, with descriptions.
const ENDINGS: [(&str, &str); 5] = [
    ("\n", "a newline"),
    (" ", "a space"),
    ("\r\n", "a carriage return and a newline"),
    ("\r", "a carriage return"),
    ("\t", "a tab"),
];

pub(super) fn add(mistakes: &mut Mistakes<'_>) {
    let secrets = secrets(&mistakes.base);
    for name in &secrets {
        let Some(text) = mistakes.base.credentials.get(name).map(str::to_owned) else { continue };
        blanks(mistakes, name, &text);
        spellings(mistakes, name, &text);
    }
    others(mistakes, &secrets);
    places(mistakes);
    carried(mistakes);
}

/// Returns the sensitive credentials that the formula uses.
pub(super) fn secrets<'a>(signing: &Signing<'a>) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for op in &signing.recipe {
        if let Op::Credential(name) = op
            && is_secret(signing, name)
            && !names.contains(name)
        {
            names.push(name);
        }
    }
    names
}

pub(super) fn is_secret(signing: &Signing<'_>, name: &str) -> bool {
    let declared = signing.gateway.credentials.iter().find(|known| known.name == name);
    declared.is_none_or(|known| known.sensitive)
}

fn replace(
    mistakes: &mut Mistakes<'_>,
    name: &str,
    cause: (&'static str, String, &str),
    text: String,
) {
    let name = name.to_owned();
    mistakes.add(GROUP, cause, move |signing| {
        signing.credentials = signing.credentials.with(&name, text.clone());
    });
}

fn blanks(mistakes: &mut Mistakes<'_>, name: &str, text: &str) {
    let fix = "trim the secret when it is read from a file, the environment or a configuration (`trim`, `strip`)";
    for (ending, what) in ENDINGS {
        let what = format!("`{name}` had {what} at its end");
        replace(mistakes, name, ("secret_blank", what, fix), format!("{text}{ending}"));
    }
    for (start, what) in [(" ", "a space"), ("\u{feff}", "a byte order mark")] {
        let what = format!("`{name}` had {what} at its beginning");
        replace(mistakes, name, ("secret_blank", what, fix), format!("{start}{text}"));
    }
    if text.trim() != text {
        let what = format!(
            "`{name}` was used without the leading or trailing white space that it has here"
        );
        let fix = "check whether the white space belongs to the secret: most likely the value given here is wrong";
        replace(mistakes, name, ("secret_trimmed", what, fix), text.trim().to_owned());
    }
}

fn spellings(mistakes: &mut Mistakes<'_>, name: &str, text: &str) {
    let fix = "use the secret exactly as the platform issued it";
    let mut add = |what: &str, text: String| {
        let what = format!("`{name}` was used {what}");
        replace(mistakes, name, ("secret_changed", what, fix), text);
    };
    add("in lowercase", text.to_lowercase());
    add("in uppercase", text.to_uppercase());
    add("with double quotes around it", format!("\"{text}\""));
    add("with single quotes around it", format!("'{text}'"));
    add("with `&` after it, as in OAuth 1", format!("{text}&"));
    add("encoded as base64", base64::engine::general_purpose::STANDARD.encode(text));
    let decoded = base64::engine::general_purpose::STANDARD.decode(text).ok();
    if let Some(decoded) = decoded.and_then(|bytes| String::from_utf8(bytes).ok()) {
        add("decoded from base64", decoded);
    }
    add("percent-encoded", gatespec_protocol::percent::Percent::Form.encode(text));
    if text.contains('+') {
        add("with `+` read as a space", text.replace('+', " "));
    }
    let what = format!("`{name}` was empty");
    let fix = "check whether the secret was loaded at all: in many languages, an unset variable is an empty text";
    replace(mistakes, name, ("secret_empty", what, fix), String::new());
    for (spelling, case) in [(Function::Hex, "lowercase"), (Function::UpperHex, "uppercase")] {
        let what = format!("the MD5 of `{name}` in {case} was used instead");
        let name = name.to_owned();
        let fix = "use the secret itself";
        mistakes.add(GROUP, ("secret_changed", what, fix), move |signing| {
            signing.expand(&|_, op| {
                let (md5, spelled) = (Op::Close(Function::Md5), Op::Close(spelling));
                (op == Op::Credential(&name)).then(|| vec![Op::Open, Op::Open, op, md5, spelled])
            });
        });
    }
}

/// Adds the mistakes of using another credential in place of a secret.
fn others(mistakes: &mut Mistakes<'_>, secrets: &[&str]) {
    let all: Vec<String> = mistakes.base.credentials.names().map(str::to_owned).collect();
    for name in secrets {
        for other in all.iter().filter(|other| other != name) {
            let what = format!("`{other}` was used instead of `{name}`");
            let fix = format!("sign with `{name}`");
            let (name, other) = ((*name).to_owned(), other.clone());
            mistakes.add(GROUP, ("other_credential", what, fix), move |signing| {
                if let Some(text) = signing.credentials.get(&other).map(str::to_owned) {
                    signing.credentials = signing.credentials.with(&name, text);
                }
            });
        }
    }
}

/// Adds the mistakes of leaving the secret out at some of its positions, or of adding it at another
/// position.
fn places(mistakes: &mut Mistakes<'_>) {
    let Some(call) = recipe::outermost(&mistakes.base.recipe) else { return };
    let Some(name) = secrets(&mistakes.base).first().copied() else { return };
    let count = found(&mistakes.base).len();
    let each = (0..count).map(|index| match index {
        _ if count == 1 => (index..index + 1, ""),
        0 => (0..1, " at the front"),
        index if index + 1 == count => (index..count, " at the end"),
        _ => (index..index + 1, " in the middle"),
    });
    let all = (count > 1).then_some((0..count, " at all places"));
    for (range, which) in each.chain(all) {
        let fix = format!("put `{name}`{which} into the signed text, as the formula says");
        let what = format!("`{name}`{which} was missing from the signed text");
        leave_out(mistakes, ("secret_missing", &what, &fix), range);
    }
    for (front, place) in [(true, "before"), (false, "after")] {
        let what = match call.key {
            Some(_) => format!("`{name}` was {place} the message as well, not only in the key"),
            None => format!("`{name}` was also {place} the signed text"),
        };
        let fix = format!("put `{name}` where the formula has it, and nowhere else");
        mistakes.add(PLACE, ("secret_added", what, fix), move |signing| {
            let Some(call) = recipe::outermost(&signing.recipe) else { return };
            let at = if front { call.open + 1 } else { call.close };
            signing.recipe.insert(at, Op::Credential(name));
        });
    }
    if count == 1 {
        moved(mistakes, name);
        with_key(mistakes, name);
    }
}

const PLACE: &str = "secret place";

/// Returns the positions of secrets in the outermost digest.
fn found(signing: &Signing<'_>) -> Vec<usize> {
    let Some(call) = recipe::outermost(&signing.recipe) else { return Vec::new() };
    let is_it = |at: &usize| match signing.recipe[*at] {
        Op::Credential(name) => is_secret(signing, name),
        _ => false,
    };
    (call.open..call.close).filter(is_it).collect()
}

/// Adds the mistake of putting the secret at the other end of the text.
fn moved(mistakes: &mut Mistakes<'_>, name: &str) {
    let what = format!("`{name}` was at the other end of the signed text");
    let fix = format!("put `{name}` where the formula has it");
    mistakes.add(PLACE, ("secret_moved", what, fix), move |signing| {
        let Some(call) = recipe::outermost(&signing.recipe) else { return };
        let [at] = found(signing)[..] else { return };
        let front = at == call.open + 1;
        let op = signing.recipe.remove(at);
        signing.recipe.insert(if front { call.close - 1 } else { call.open + 1 }, op);
    });
}

/// Adds the mistakes of appending `&key=` or a similar literal and the secret, where the formula
/// has only the secret.
fn with_key(mistakes: &mut Mistakes<'_>, name: &str) {
    let alone = |signing: &Signing<'_>| match found(signing)[..] {
        [at] if !matches!(signing.recipe[at - 1], Op::Text(_)) => Some(at),
        _ => None,
    };
    for literal in ["&key=", "&app_secret=", "&secret="] {
        let what = format!(
            "`{literal}` and `{name}` were appended to the text, but the formula has only `{name}`"
        );
        let fix = format!("put `{name}` where the formula has it, without `{literal}`");
        mistakes.add(PLACE, ("secret_with_key", what, fix), move |signing| {
            let Some(call) = recipe::outermost(&signing.recipe) else { return };
            let Some(at) = alone(signing) else { return };
            let secret = signing.recipe.remove(at);
            let end = call.close - 1;
            signing.recipe.splice(end..end, [Op::Text(literal), secret]);
        });
    }
}

/// Adds the mistakes of leaving out some of the secrets, with and without the literal next to each.
fn leave_out(
    mistakes: &mut Mistakes<'_>,
    cause: (&'static str, &str, &str),
    which: std::ops::Range<usize>,
) {
    for separator in [false, true] {
        let which = which.clone();
        mistakes.add(PLACE, cause, move |signing| {
            let found = found(signing);
            for at in found.get(which.clone()).unwrap_or_default().iter().rev() {
                match separator {
                    true => remove_with_separator(signing, *at..at + 1),
                    false => drop(signing.recipe.remove(*at)),
                }
            }
        });
    }
}

/// Removes a range of operations, together with one literal next to the range.
pub(super) fn remove_with_separator(signing: &mut Signing<'_>, range: std::ops::Range<usize>) {
    let literal = |at: usize| matches!(signing.recipe.get(at), Some(Op::Text(_)));
    let before = range.start.checked_sub(1).filter(|at| literal(*at));
    let range = match before {
        Some(before) => before..range.end,
        None if literal(range.end) => range.start..range.end + 1,
        None => range,
    };
    signing.recipe.drain(range);
}

/// Adds the mistakes of signing white space after a credential that is sent as a parameter.
fn carried(mistakes: &mut Mistakes<'_>) {
    let public = mistakes.base.gateway.public;
    for param in public.iter().filter(|param| param.source.credential().is_some()) {
        let name = param.name;
        for (ending, what) in ENDINGS.into_iter().take(4) {
            let what = format!("`{name}` had {what} at its end");
            let fix = "remove white space around it when it is read";
            mistakes.add("carried", ("token_blank", what, fix), move |signing| {
                if let Some(text) = signing.param(name).map(|own| format!("{}{ending}", own.value))
                {
                    signing.set(name, &text);
                }
            });
        }
    }
}
