//! Mistakes with percent-encoding: the wrong kind, the wrong place, or no encoding.

use crate::diagnose::change::Half;
use crate::diagnose::mistake::Mistakes;
use crate::diagnose::recipe;
use crate::diagnose::signing::Signing;
use gatespec_protocol::sign::Escapes;
use gatespec_protocol::{Function, Op};

/// A way to percent-encode: the id of the cause, the description, and the encoder.
type Way = (&'static str, &'static str, Escapes);

const WAYS: [Way; 9] = [
    (
        "space_as_plus",
        "the form encoding, which writes a space as `+` (`URLEncoder` in Java, `URLSearchParams`)",
        plus(b"-._*"),
    ),
    ("php_urlencode", "PHP's `urlencode` (a space as `+`, `*` and `~` encoded)", plus(b"-._")),
    ("python_quote_plus", "Python's `quote_plus` (a space as `+`)", plus(b"-._~")),
    ("slash_kept", "Python's `quote` without `safe=''` (`/` kept)", plain(b"-._~/")),
    (
        "encode_uri_component",
        "JavaScript's `encodeURIComponent` (`!'()*` kept)",
        plain(b"-._~!'()*"),
    ),
    ("encode_uri", "JavaScript's `encodeURI` (`;/?:@&=+$,#` kept)", plain(b"-._~!'()*;/?:@&=+$,#")),
    (
        "lower_case_escapes",
        "lowercase escapes (`%2f` instead of `%2F`)",
        Escapes { lower: true, ..plain(b"-._~") },
    ),
    (
        "dotnet_urlencode",
        ".NET's `HttpUtility.UrlEncode` (a space as `+`, lowercase escapes, `!()*` kept)",
        Escapes { lower: true, ..plus(b"-._!()*") },
    ),
    (
        "rfc3986",
        "RFC 3986, which writes a space as `%20` (`rawurlencode` in PHP, `quote` in Python)",
        plain(b"-._~"),
    ),
];

const fn plain(kept: &'static [u8]) -> Escapes {
    Escapes { kept, plus: false, lower: false }
}

const fn plus(kept: &'static [u8]) -> Escapes {
    Escapes { kept, plus: true, lower: false }
}

const GROUP: &str = "encoding";

pub(super) fn add(mistakes: &mut Mistakes<'_>) {
    if recipe::encodes(&mistakes.base.recipe) {
        not_everywhere(mistakes);
        values_too(mistakes);
    } else {
        // If only values contain characters to encode, both mistakes have the same effect. The
        // first one is more likely: the signer encoded each value.
        values_too(mistakes);
        blocks_too(mistakes);
    }
}

/// Returns the encoding that the formula prescribes, and advice on how to produce it.
fn own(mistakes: &Mistakes<'_>) -> (&'static str, &'static str) {
    let form = mistakes.base.recipe.iter().any(|op| matches!(op, Op::Close(Function::Form)));
    if form {
        return ("form encoding", "use form encoding there, which writes a space as `+`");
    }
    (
        "RFC 3986",
        "encode as RFC 3986 says, which keeps letters, digits and `-._~` and writes a space as `%20`: \
         `rawurlencode` in PHP, `quote(text, safe='')` in Python; in Java replace `+` by `%20`, `*` by \
         `%2A` and `%7E` by `~` after `URLEncoder`; in JavaScript encode `!'()*` too",
    )
}

fn other_ways(mistakes: &mut Mistakes<'_>) {
    let (formula, fix) = own(mistakes);
    for (id, how, escapes) in WAYS {
        let what = format!("it was percent-encoded with {how}, but the formula says {formula}");
        mistakes.add(GROUP, (id, what, fix), move |signing| {
            (signing.manner.rfc3986, signing.manner.form) = (escapes, escapes);
        });
    }
}

/// Adds three kinds of mistakes: nothing is encoded; everything except the joined parameters is
/// encoded; values, or names and values, are encoded instead of the joined parameters.
fn not_everywhere(mistakes: &mut Mistakes<'_>) {
    // Mistakes are tried in the order in which they are added. Several may have the same effect, so
    // the simplest comes first.
    let fix = "percent-encode where the formula says so, before the digest";
    let what = "nothing was percent-encoded before signing, but the formula encodes";
    mistakes.add(GROUP, ("not_encoded", what, fix), unwrap_all);
    other_ways(mistakes);
    let what = "only the joined parameters were not percent-encoded";
    mistakes.add(GROUP, ("block_not_encoded", what, fix), unwrap_blocks);
    let fix = "join the parameters first, and encode the joined text as a whole, `=` and `&` too";
    for (_, how, escapes) in WAYS {
        for (names, whose, rest) in [
            (false, "each value was", "instead of the joined text"),
            (true, "names and values were", "instead of the joined text and the parts beside it"),
        ] {
            let what = format!("{whose} percent-encoded with {how}, {rest}");
            mistakes.add(GROUP, ("values_encoded_for_block", what, fix), move |signing| {
                if names {
                    unwrap_all(signing);
                } else {
                    unwrap_blocks(signing);
                }
                encode_values(signing, escapes, names);
            });
        }
    }
}

fn unwrap_all(signing: &mut Signing<'_>) {
    recipe::unwrap(&mut signing.recipe, |call, _| recipe::is_encoder(call.function));
    signing.change_encoders(&|_, all| {
        all.iter().copied().filter(|encoder| !recipe::is_encoder(*encoder)).collect()
    });
}

fn unwrap_blocks(signing: &mut Signing<'_>) {
    recipe::unwrap(&mut signing.recipe, |call, argument| {
        let block = argument.iter().any(|op| matches!(op, Op::Pairs(_)));
        block && recipe::is_encoder(call.function)
    });
}

fn values_too(mistakes: &mut Mistakes<'_>) {
    let fix = "sign the values as they are, and percent-encode only what is sent";
    for names in [false, true] {
        let whose = if names { "names and values" } else { "each value" };
        for (_, how, escapes) in WAYS {
            let what = format!(
                "{whose} had been percent-encoded before signing, with {how}, but the formula takes the texts themselves"
            );
            // The group is not `GROUP`, because texts that were encoded already may be encoded once
            // more in another way.
            mistakes.add("values", ("encoded_before_signing", what, fix), move |signing| {
                encode_values(signing, escapes, names);
            });
        }
    }
}

/// Encodes values, and with `names` also names. Uses a function that does not occur in the formula,
/// so that the formula's own encoding stays unchanged.
fn encode_values(signing: &mut Signing<'_>, escapes: Escapes, names: bool) {
    let used = signing.recipe.contains(&Op::Close(Function::Form));
    let function = if used { Function::Rfc3986 } else { Function::Form };
    match function {
        Function::Form => signing.manner.form = escapes,
        _ => signing.manner.rfc3986 = escapes,
    }
    signing.change_encoders(&|kind, all| {
        let mut all = all.to_vec();
        if names || kind == Half::Value {
            all.push(function);
        }
        all
    });
}

fn blocks_too(mistakes: &mut Mistakes<'_>) {
    let fix = "sign the joined text as it is, and percent-encode only what is sent";
    for (_, how, escapes) in WAYS {
        let what = format!(
            "the joined parameters were percent-encoded as a whole, with {how}, but the formula does not encode them"
        );
        mistakes.add(GROUP, ("block_encoded", what, fix), move |signing| {
            signing.manner.rfc3986 = escapes;
            signing.expand(&|_, op| match op {
                Op::Pairs(_) => Some(vec![Op::Open, op, Op::Close(Function::Rfc3986)]),
                _ => None,
            });
        });
    }
}
