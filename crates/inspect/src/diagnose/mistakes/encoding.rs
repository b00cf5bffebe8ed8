//! Percent-encoding: another kind of it, in another place, or none.

use super::super::mistake::Mistakes;
use super::super::recipe::{self, PieceKind};
use super::super::signing::Signing;
use gatespec_protocol::percent::Percent;
use gatespec_protocol::{Function, Op};

/// A way to percent-encode.
struct Way {
    id: &'static str,
    /// How it differs, with the functions that do so.
    how: &'static str,
    encode: fn(&[u8], &mut Vec<u8>),
}

const WAYS: [Way; 9] = [
    Way {
        id: "space_as_plus",
        how: "the form encoding, which writes a space as `+` (`URLEncoder` in Java, `URLSearchParams`)",
        encode: |bytes, out| encode(bytes, b"-._*", true, false, out),
    },
    Way {
        id: "php_urlencode",
        how: "`urlencode` of PHP, a space as `+`, `*` and `~` encoded",
        encode: |bytes, out| encode(bytes, b"-._", true, false, out),
    },
    Way {
        id: "python_quote_plus",
        how: "`quote_plus` of Python, a space as `+`",
        encode: |bytes, out| encode(bytes, b"-._~", true, false, out),
    },
    Way {
        id: "slash_kept",
        how: "`quote` of Python without `safe=''`, `/` kept",
        encode: |bytes, out| encode(bytes, b"-._~/", false, false, out),
    },
    Way {
        id: "encode_uri_component",
        how: "`encodeURIComponent` of JavaScript, `!'()*` kept",
        encode: |bytes, out| encode(bytes, b"-._~!'()*", false, false, out),
    },
    Way {
        id: "encode_uri",
        how: "`encodeURI` of JavaScript, `;/?:@&=+$,#` kept",
        encode: |bytes, out| encode(bytes, b"-._~!'()*;/?:@&=+$,#", false, false, out),
    },
    Way {
        id: "lower_case_escapes",
        how: "escapes in small letters, `%2f` in place of `%2F`",
        encode: |bytes, out| encode(bytes, b"-._~", false, true, out),
    },
    Way {
        id: "dotnet_urlencode",
        how: "`HttpUtility.UrlEncode` of .NET, a space as `+`, escapes in small letters, `!()*` kept",
        encode: |bytes, out| encode(bytes, b"-._!()*", true, true, out),
    },
    Way {
        id: "rfc3986",
        how: "RFC 3986, a space as `%20` (`rawurlencode` in PHP, `quote` in Python)",
        encode: |bytes, out| Percent::Rfc3986.push(bytes, out),
    },
];

fn encode(bytes: &[u8], kept: &[u8], plus: bool, lower: bool, out: &mut Vec<u8>) {
    let digits = if lower { b"0123456789abcdef" } else { b"0123456789ABCDEF" };
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            out.push(byte);
        } else if byte == b' ' && plus {
            out.push(b'+');
        } else {
            let (high, low) = (usize::from(byte >> 4), usize::from(byte & 15));
            out.extend_from_slice(&[b'%', digits[high], digits[low]]);
        }
    }
}

const GROUP: &str = "encoding";

pub(super) fn add(mistakes: &mut Mistakes<'_>) {
    if recipe::encodes(&mistakes.base.recipe) {
        // Where both come to the same the simplest explains more than a way that keeps a lot.
        not_at_all(mistakes);
        other_ways(mistakes);
        not_everywhere(mistakes);
        values_too(mistakes);
    } else {
        // Where only values hold what is to be encoded both come to the same, and this is likelier.
        values_too(mistakes);
        blocks_too(mistakes);
    }
}

/// What the formula itself says.
fn own(mistakes: &Mistakes<'_>) -> (&'static str, &'static str) {
    let form = mistakes.base.recipe.iter().any(|op| matches!(op, Op::Close(Function::Form)));
    if form {
        return ("form encoding", "use form encoding there, a space as `+`");
    }
    (
        "RFC 3986",
        "encode by RFC 3986, where letters, digits and `-._~` stay and a space is `%20`: \
         `rawurlencode` in PHP, `quote(text, safe='')` in Python; in Java replace `+` by `%20`, `*` by \
         `%2A` and `%7E` by `~` behind `URLEncoder`; in JavaScript encode `!'()*` too",
    )
}

fn other_ways(mistakes: &mut Mistakes<'_>) {
    let (formula, mend) = own(mistakes);
    for way in &WAYS {
        let what = format!("it was percent-encoded by {}; the formula says {formula}", way.how);
        mistakes.add(GROUP, (way.id, what, mend), |signing| {
            (signing.manner.rfc3986, signing.manner.form) = (way.encode, way.encode);
        });
    }
}

fn not_at_all(mistakes: &mut Mistakes<'_>) {
    let mend = "percent-encode where the formula says so, before the digest";
    let what = "nothing was percent-encoded before signing; the formula encodes";
    mistakes.add(GROUP, ("not_encoded", what, mend), |signing| unwrap_all(signing));
}

/// What surrounds the joined parameters was encoded, or only what they are joined of.
fn not_everywhere(mistakes: &mut Mistakes<'_>) {
    let mend = "percent-encode where the formula says so, before the digest";
    let what = "the joined parameters were not percent-encoded, only the rest was";
    mistakes.add(GROUP, ("block_not_encoded", what, mend), |signing| unwrap_blocks(signing));
    let mend = "join the parameters first, and encode the joined text as a whole, `=` and `&` too";
    for way in &WAYS {
        let what = format!(
            "each value was percent-encoded by {} and the joined text was not; the formula encodes \
             the joined text",
            way.how
        );
        mistakes.add(GROUP, ("values_encoded_for_block", what, mend), |signing| {
            unwrap_blocks(signing);
            encode_values(signing, way, false);
        });
        let what = format!(
            "names and values were percent-encoded by {} and nothing else was; the formula encodes the \
             joined text, and the parts beside it",
            way.how
        );
        mistakes.add(GROUP, ("values_encoded_for_block", what, mend), |signing| {
            unwrap_all(signing);
            encode_values(signing, way, true);
        });
    }
}

fn unwrap_all(signing: &mut Signing<'_>) {
    recipe::unwrap(&mut signing.recipe, |call, _| recipe::is_encoder(call.function));
    recipe::change_encoders(signing, &|_, all| {
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
    let mend = "sign the values as they are, and percent-encode only what is sent";
    for names in [false, true] {
        let whose = if names { "names and values" } else { "each value" };
        for way in &WAYS {
            let what = format!(
                "{whose} had been percent-encoded before signing, by {}; the formula takes the texts \
                 themselves",
                way.how
            );
            // What was encoded before can be encoded in another way once more.
            mistakes.add("values", ("encoded_before_signing", what, mend), move |signing| {
                encode_values(signing, way, names);
            });
        }
    }
}

/// Encodes with the function that the formula has no use for, so that its own stays as it is.
fn encode_values(signing: &mut Signing<'_>, way: &Way, names: bool) {
    let used = signing.recipe.contains(&Op::Close(Function::Form));
    let function = if used { Function::Rfc3986 } else { Function::Form };
    match function {
        Function::Form => signing.manner.form = way.encode,
        _ => signing.manner.rfc3986 = way.encode,
    }
    recipe::change_encoders(signing, &|kind, all| {
        let mut all = all.to_vec();
        if names || kind == PieceKind::Value {
            all.push(function);
        }
        all
    });
}

fn blocks_too(mistakes: &mut Mistakes<'_>) {
    let mend = "sign the joined text as it is, and percent-encode only what is sent";
    for way in &WAYS {
        let what = format!(
            "the joined parameters were percent-encoded as a whole, by {}; the formula does not encode",
            way.how
        );
        mistakes.add(GROUP, ("block_encoded", what, mend), |signing| {
            signing.manner.rfc3986 = way.encode;
            let ops = std::mem::take(&mut signing.recipe);
            for op in ops {
                match op {
                    Op::Pairs(_) => {
                        signing.recipe.extend([Op::Open, op, Op::Close(Function::Rfc3986)]);
                    }
                    op => signing.recipe.push(op),
                }
            }
        });
    }
}
