//! Values written in another way: booleans, amounts, numbers, white space.

use crate::diagnose::mistake::Mistakes;
use crate::diagnose::restyle::retype;
use crate::diagnose::signing::Signing;
use gatespec_protocol::ParamType;

const SPELLINGS: [(&str, &str); 7] = [
    ("true", "false"),
    ("True", "False"),
    ("1", "0"),
    ("Y", "N"),
    ("TRUE", "FALSE"),
    ("yes", "no"),
    ("1", ""),
];

pub(super) fn add(mistakes: &mut Mistakes<'_>) {
    booleans(mistakes);
    amounts(mistakes);
    floats(mistakes);
    numbers(mistakes);
    blanks(mistakes);
}

fn booleans(mistakes: &mut Mistakes<'_>) {
    let known = mistakes.base.booleans.clone();
    let own = known
        .first()
        .map_or("`true` and `false`".to_owned(), |(_, yes, no)| format!("`{yes}` and `{no}`"));
    for (yes, no) in SPELLINGS {
        for quoted in [false, true] {
            let bare = matches!(yes, "true" | "1");
            if !quoted && !bare {
                continue;
            }
            let quotes = if quoted { "" } else { ", without quotes in JSON" };
            let what = format!("booleans were written as `{yes}` and `{no}`{quotes}");
            let fix =
                format!("write booleans as {own}, both in the signed text and in the request");
            let known = known.clone();
            mistakes.add("boolean", ("boolean_spelling", what, fix), move |signing| {
                retype(signing, &|name, text, _| {
                    let flag = flag(&known, name, text)?;
                    Some((if flag { yes } else { no }.to_owned(), quoted))
                });
            });
        }
    }
}

/// Returns the truth value of a boolean, or `None` if the text is not a boolean.
fn flag(known: &[(&str, &str, &str)], name: &str, text: &str) -> Option<bool> {
    if let Some((_, yes, no)) = known.iter().find(|(known, ..)| *known == name) {
        return if text == *yes { Some(true) } else { (text == *no).then_some(false) };
    }
    text.parse().ok()
}

type Amount = fn(&str, &str) -> String;

fn amounts(mistakes: &mut Mistakes<'_>) {
    let ways: [(&str, Amount); 4] = [
        ("without trailing zeros, `12.5` for `12.50`", |whole, rest| {
            match rest.trim_end_matches('0') {
                "" => whole.to_owned(),
                rest => format!("{whole}.{rest}"),
            }
        }),
        ("with at least one decimal, `12.0` for `12.00`", |whole, rest| {
            match rest.trim_end_matches('0') {
                "" => format!("{whole}.0"),
                rest => format!("{whole}.{rest}"),
            }
        }),
        ("with two decimals, `12.50` for `12.5`", |whole, rest| format!("{whole}.{rest:0<2}")),
        ("in hundredths, `1250` for `12.50`", |whole, rest| {
            let digits = format!("{whole}{rest:0<2}");
            digits.trim_start_matches('0').to_owned()
        }),
    ];
    for (how, write) in ways {
        let what = format!("amounts were signed {how}");
        let fix = "format amounts once, with as many decimals as the platform asks for, and sign and send that text; do not store them in floating-point numbers";
        mistakes.add("amount", ("amount_format", what, fix), move |signing| {
            let own: Vec<_> = public_names(signing);
            retype(signing, &|name, text, quoted| {
                let (whole, rest) = text.split_once('.').filter(|_| !own.contains(&name))?;
                let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
                let number = !whole.is_empty() && digits(whole) && !rest.is_empty() && digits(rest);
                number.then(|| (write(whole, rest), quoted))
            });
        });
    }
}

/// Returns the names of the public parameters. These are left unchanged, because a version looks
/// like an amount.
fn public_names<'a>(signing: &Signing<'a>) -> Vec<&'a str> {
    signing.gateway.public.iter().map(|param| param.name).collect()
}

/// A function that writes a whole number as some language writes it after a conversion to a float.
/// Returns `None` if the language writes the same digits.
type Float = fn(&str) -> Option<String>;

/// Adds the mistakes of writing whole numbers as floating-point numbers.
fn floats(mistakes: &mut Mistakes<'_>) {
    let ways: [(&str, Float); 3] = [
        ("with a decimal, `12.0` for `12`", |digits| Some(format!("{digits}.0"))),
        ("as Go prints a float, `1.7e+09` for `1700000000`", |digits| {
            let (mantissa, exponent) = scientific(digits, 6)?;
            Some(format!("{}e+{exponent:02}", mantissa.trim_end_matches(".0")))
        }),
        ("as Java prints a double, `1.7E9` for `1700000000`", |digits| {
            let (mantissa, exponent) = scientific(digits, 7)?;
            Some(format!("{mantissa}E{exponent}"))
        }),
    ];
    for (how, write) in ways {
        let what = format!("whole numbers were signed {how}");
        let fix = "do not store whole numbers in floating-point types: sign and send their digits";
        mistakes.add("numbers", ("number_as_float", what, fix), move |signing| {
            let own = public_names(signing);
            retype(signing, &|name, text, quoted| {
                let whole = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty();
                let text = write(text).filter(|_| whole && !own.contains(&name))?;
                Some((text, quoted))
            });
        });
    }
}

/// Returns the mantissa and the exponent of a whole number, such as `1.7` and 9 for 1700000000.
/// Returns `None` if the exponent is less than `from`.
fn scientific(digits: &str, from: usize) -> Option<(String, usize)> {
    let exponent = digits.len().checked_sub(1).filter(|exponent| *exponent >= from)?;
    let rest = match digits.get(1..)?.trim_end_matches('0') {
        "" => "0",
        rest => rest,
    };
    Some((format!("{}.{rest}", digits.get(..1)?), exponent))
}

fn numbers(mistakes: &mut Mistakes<'_>) {
    let fix = "write numbers in the same way in the signed JSON and in the sent JSON";
    let is_number =
        |text: &str| text.parse::<f64>().is_ok() && !text.starts_with(['+', 'i', 'n', 'N']);
    mistakes.add(
        "numbers",
        ("number_quoted", "numbers in JSON were written in quotes", fix),
        move |signing| {
            retype(signing, &|_, text, quoted| {
                (!quoted && is_number(text)).then(|| (text.to_owned(), true))
            });
            change_kinds(signing, ParamType::Number, ParamType::Text);
        },
    );
    mistakes.add(
        "numbers",
        ("number_bare", "numeric texts in JSON were written as numbers, without quotes", fix),
        move |signing| {
            retype(signing, &|_, text, quoted| {
                (quoted && is_number(text)).then(|| (text.to_owned(), false))
            });
            change_kinds(signing, ParamType::Text, ParamType::Number);
        },
    );
}

/// Changes the JSON type of parameters, for formulas that write values as JSON.
fn change_kinds(signing: &mut Signing<'_>, from: ParamType, to: ParamType) {
    for sent in &mut signing.params {
        let number = from != ParamType::Text || sent.value.parse::<f64>().is_ok();
        if sent.kind == from && number && !sent.is_secret() {
            sent.kind = to;
        }
    }
}

/// Percent-decodes a text. Returns `None` if the result is not UTF-8.
fn unescaped(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut out = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let byte = part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match byte {
            Some(byte) => {
                out.push(byte);
                out.extend_from_slice(&part.as_bytes()[2..]);
            }
            None => out.extend([b"%", part.as_bytes()].concat()),
        }
    }
    String::from_utf8(out).ok()
}

fn blanks(mistakes: &mut Mistakes<'_>) {
    let what = "leading and trailing white space of values was removed before signing";
    let fix = "remove white space before both signing and sending, or not at all";
    mistakes.add("blanks", ("value_trimmed", what, fix), |signing| {
        signing.change_values(&|sent| {
            let cut = sent.value.trim();
            (cut != sent.value).then(|| cut.to_owned())
        });
    });
    let fix = "sign the values as they are, before they are encoded for sending";
    let decoded = "values were percent-decoded before signing, although they were not encoded";
    let plus = "each `+` in a value was decoded to a space before signing";
    for (id, what, escapes) in
        [("plus_as_space", plus, false), ("decoded_before_signing", decoded, true)]
    {
        let encoded = mistakes.base.params.iter().any(|param| param.value.contains('%'));
        if escapes && !encoded {
            continue;
        }
        mistakes.add("decoded", (id, what, fix), move |signing| {
            signing.change_values(&|param| {
                let text = param.value.replace('+', " ");
                let text = if escapes { unescaped(&text)? } else { text };
                (text != param.value).then_some(text)
            });
        });
    }
    let what = "`&`, `<`, `>` and quotes in values were written as HTML entities before signing";
    let fix = "sign the values themselves, without HTML entities";
    mistakes.add("blanks", ("html_entities", what, fix), |signing| {
        signing.change_values(&|sent| {
            let mut text = sent.value.replace('&', "&amp;").replace('<', "&lt;");
            text = text.replace('>', "&gt;").replace('"', "&quot;");
            (text != sent.value).then_some(text)
        });
    });
}
