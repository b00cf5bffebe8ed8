//! Mistakes with the digest: another function, a missing or superfluous key, or a digest that was
//! applied too often or not at all.

use super::secret::{is_secret, remove_with_separator, secrets};
use crate::diagnose::mistake::Mistakes;
use crate::diagnose::recipe::{self, Call};
use crate::diagnose::signing::Signing;
use gatespec_protocol::{Function, Op};

const PLAIN: [Function; 3] = [Function::Md5, Function::Sha1, Function::Sha256];
const KEYED: [Function; 3] = [Function::HmacMd5, Function::HmacSha1, Function::HmacSha256];
const GROUP: &str = "digest";

pub(super) fn add(mistakes: &mut Mistakes<'_>) {
    let Some(call) = recipe::outermost(&mistakes.base.recipe) else { return };
    let own = called(call.function);
    for other in PLAIN.into_iter().chain(KEYED) {
        if other == call.function {
            continue;
        }
        let what = format!("the digest was {}, not {own}", called(other));
        let fix = format!("use {own}");
        let cause = ("other_digest", what, fix);
        match (call.key.is_some(), other.is_hmac()) {
            (false, false) | (true, true) => {
                add_to_digest(mistakes, cause, move |signing, call| {
                    signing.recipe[call.close] = Op::Close(other);
                });
            }
            (false, true) => to_keyed(mistakes, other, &cause),
            (true, false) => to_plain(mistakes, other, &cause),
        }
    }
    if call.key.is_some() {
        let what = "key and message of the HMAC were swapped";
        let fix = "the secret is the key, the text is the message";
        add_to_digest(mistakes, ("hmac_swapped", what, fix), swap);
    }
    again(mistakes, call);
    inner(mistakes, call);
}

/// Adds a mistake with the outermost digest. The position of the digest is looked up when the
/// mistake is applied, because another mistake may have changed the formula.
fn add_to_digest<'a>(
    mistakes: &mut Mistakes<'a>,
    cause: (&'static str, impl Into<String>, impl Into<String>),
    make: impl Fn(&mut Signing<'a>, Call) + 'a,
) {
    mistakes.add(GROUP, cause, move |signing| {
        if let Some(call) = recipe::outermost(&signing.recipe) {
            make(signing, call);
        }
    });
}

fn called(function: Function) -> &'static str {
    match function {
        Function::Md5 => "MD5",
        Function::Sha1 => "SHA-1",
        Function::Sha256 => "SHA-256",
        Function::HmacMd5 => "HMAC-MD5",
        Function::HmacSha1 => "HMAC-SHA1",
        Function::HmacSha256 => "HMAC-SHA256",
        other => other.name(),
    }
}

type Text<'t> = (&'static str, String, String);

/// Adds the mistakes of using an HMAC in place of a plain digest, with or without the secret in the
/// text.
fn to_keyed(mistakes: &mut Mistakes<'_>, other: Function, cause: &Text<'_>) {
    let Some(name) = secrets(&mistakes.base).first().copied() else { return };
    for (stripped, separator) in [(true, true), (true, false), (false, false)] {
        let (id, what, fix) = cause.clone();
        let what = match stripped {
            true => format!("{what}, with `{name}` as its key"),
            false => format!("{what}, with `{name}` as its key and in the text"),
        };
        add_to_digest(mistakes, (id, what, fix), move |signing, call| {
            signing.recipe[call.close] = Op::Close(other);
            if stripped {
                strip(signing, call.open..call.close, separator);
            }
            let key = [Op::Open, Op::Credential(name)];
            signing.recipe.splice(call.open..call.open, key);
        });
    }
}

/// Removes the secrets in a range of the formula. With `separator`, also removes a literal next to
/// each.
fn strip(signing: &mut Signing<'_>, range: std::ops::Range<usize>, separator: bool) {
    for at in range.rev() {
        let Op::Credential(name) = signing.recipe[at] else { continue };
        match (is_secret(signing, name), separator) {
            (true, true) => remove_with_separator(signing, at..at + 1),
            (true, false) => drop(signing.recipe.remove(at)),
            (false, _) => {}
        }
    }
}

/// Adds the mistakes of using a plain digest in place of an HMAC, with or without the secret in the
/// text.
fn to_plain(mistakes: &mut Mistakes<'_>, other: Function, cause: &Text<'_>) {
    let places = [
        (true, false, "in front of"),
        (false, true, "after"),
        (true, true, "around"),
        (false, false, ""),
    ];
    for (front, back, place) in places {
        let (id, what, fix) = cause.clone();
        let what = match place {
            "" => format!("{what}, without the secret"),
            place => format!("{what}, with the secret {place} the text"),
        };
        add_to_digest(mistakes, (id, what, fix), move |signing, call| {
            let Some(key) = call.key else { return };
            let secret: Vec<_> = signing.recipe[key + 1..call.open].to_vec();
            signing.recipe[call.close] = Op::Close(other);
            if back {
                signing.recipe.splice(call.close..call.close, secret.clone());
            }
            signing.recipe.drain(key..call.open);
            if front {
                signing.recipe.splice(key + 1..key + 1, secret);
            }
        });
    }
}

fn swap(signing: &mut Signing<'_>, call: Call) {
    let Some(key) = call.key else { return };
    let secret = signing.recipe[key..call.open].to_vec();
    let message = signing.recipe[call.open..call.close].to_vec();
    signing.recipe.splice(key..call.close, message.into_iter().chain(secret));
}

/// Adds the mistakes of applying the digest to the digest.
fn again(mistakes: &mut Mistakes<'_>, call: Call) {
    for (spelling, case) in [(Function::Hex, "lowercase"), (Function::UpperHex, "uppercase")] {
        let plain = match call.function {
            Function::HmacMd5 => Function::Md5,
            Function::HmacSha1 => Function::Sha1,
            Function::HmacSha256 => Function::Sha256,
            plain => plain,
        };
        let what = format!(
            "the digest was digested again ({} of its hexadecimal text in {case})",
            called(plain)
        );
        let fix = "apply the digest only once";
        add_to_digest(mistakes, ("digest_twice", what, fix), move |signing, call| {
            let more = [Op::Close(spelling), Op::Close(plain)];
            signing.recipe.splice(call.close + 1..call.close + 1, more);
            signing.recipe.splice(call.start()..call.start(), [Op::Open, Op::Open]);
        });
    }
}

/// Adds the mistakes with digests inside the signed text.
fn inner(mistakes: &mut Mistakes<'_>, outer: Call) {
    let calls = recipe::calls(&mistakes.base.recipe);
    let inside = |call: &&Call| outer.start() < call.open && call.close < outer.close;
    let mut seen: Vec<Function> = Vec::new();
    for call in calls.iter().filter(inside) {
        let function = call.function;
        let n = seen.iter().filter(|known| **known == function).count();
        seen.push(function);
        let (what, fix, others) = match function {
            Function::Hex => ("written in uppercase", "lowercase", vec![Function::UpperHex]),
            Function::UpperHex => ("written in lowercase", "uppercase", vec![Function::Hex]),
            digest if PLAIN.contains(&digest) => {
                without(mistakes, digest, n);
                ("", called(digest), PLAIN.into_iter().filter(|one| *one != digest).collect())
            }
            _ => continue,
        };
        for other in others {
            let digest = format!("{} and not {}", called(other), called(function));
            let how = if what.is_empty() { &digest } else { what };
            let what = format!("the inner digest was {how}");
            let fix = format!("compute the inner digest in {fix}");
            mistakes.add(GROUP, ("inner_digest", what, fix), move |signing| {
                if let Some(call) = nth_inner(signing, function, n) {
                    signing.recipe[call.close] = Op::Close(other);
                }
            });
        }
    }
}

/// Returns the nth application of a function inside the outermost digest, counted from 0.
fn nth_inner(signing: &Signing<'_>, function: Function, n: usize) -> Option<Call> {
    let outer = recipe::outermost(&signing.recipe)?;
    let mut calls = recipe::calls(&signing.recipe).into_iter().filter(|call| {
        call.function == function && outer.start() < call.open && call.close < outer.close
    });
    calls.nth(n)
}

/// Adds the mistake of leaving out an inner digest, together with the function that writes the
/// digest as text.
fn without(mistakes: &mut Mistakes<'_>, digest: Function, n: usize) {
    let what = format!("the inner {} was left out", called(digest));
    let fix = "compute the digest there too, as the formula says";
    mistakes.add(GROUP, ("inner_digest", what, fix), move |signing| {
        let Some(call) = nth_inner(signing, digest, n) else { return };
        let around = signing.recipe.get(call.close + 1);
        let spelled = matches!(
            around,
            Some(Op::Close(Function::Hex | Function::UpperHex | Function::Base64))
        );
        let spelling = usize::from(spelled);
        signing.recipe.drain(call.close..=call.close + spelling);
        signing.recipe.drain(call.open - spelling..=call.open);
    });
}
