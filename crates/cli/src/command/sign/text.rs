//! Steps and diagnosis as text for people.

use super::Extra;
use super::made::Made;
use crate::command::paint::{BOLD, GREEN, PLAIN, RED};
use crate::command::stop::Stop;
use gatespec_inspect::diagnose::{Diagnosis, Difference, Found};
use gatespec_inspect::steps::{Shows, Step, size, steps};
use gatespec_runtime::text::visible;

/// The maximum length of a text that is shown in full, in characters. The JSON output shows every
/// text in full.
const LONGEST: usize = 2000;

/// Returns the steps and the diagnosis as text. The output stream removes the colours if it is not
/// a terminal.
pub(super) fn print(made: &Made<'_>, extra: &Extra<'_>) -> Result<String, Stop> {
    let mut out = String::new();
    for step in steps(&made.signing, &made.sign)?.0.iter().filter(|step| !step.is_empty()) {
        push_step(step, &mut out);
    }
    if let Some(diagnosis) = extra.diagnosis {
        out.push('\n');
        push_diagnosis(made, extra, diagnosis, &mut out);
    }
    Ok(out)
}

fn push_step(step: &Step, out: &mut String) {
    let of = if step.of.is_empty() { String::new() } else { format!("  {}", step.of) };
    let of = visible(&of);
    let (size, lines) = match &step.shows {
        Shows::Text(text) if step.name == "signature" => {
            (size(text), vec![format!("{BOLD}{}{PLAIN}", visible(text))])
        }
        Shows::Text(text) => (size(text), vec![cut(text)]),
        Shows::Names(names) => {
            let shown: Vec<_> = names.iter().map(|name| visible(name)).collect();
            let shown = if names.is_empty() { "none".to_owned() } else { shown.join(" ") };
            (names.len().to_string(), vec![shown])
        }
        Shows::Pairs(pairs) => {
            let width = pairs.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
            let line = |(name, text): &(String, String)| {
                format!("{:<width$}  {}  ({})", visible(name), cut(text), size(text))
            };
            (pairs.len().to_string(), pairs.iter().map(line).collect())
        }
        Shows::Bytes(bytes) => {
            let digits: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            (format!("{} bytes", bytes.len()), vec![digits.join(" ")])
        }
    };
    out.push_str(&format!("{BOLD}{:<11}{PLAIN}{of}  {size}\n", step.name));
    out.extend(lines.iter().map(|line| format!("  {line}\n")));
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => {
            format!("{}… ({} bytes in all)", visible(&text[..at]), text.len())
        }
        None => visible(text).into_owned(),
    }
}

fn push_diagnosis(made: &Made<'_>, extra: &Extra<'_>, diagnosis: &Diagnosis, out: &mut String) {
    let what = if extra.claim.sign.is_some() { "signature" } else { "signed text" };
    if diagnosis.same {
        out.push_str(&format!(
            "{GREEN}{BOLD}the {what} is correct{PLAIN}: it matches the formula\n"
        ));
        return;
    }
    out.push_str(&format!("{RED}{BOLD}the {what} is different{PLAIN}\n"));
    if let Some(sign) = &extra.claim.sign {
        out.push_str(&format!("  the formula  {}\n", visible(&made.sign)));
        out.push_str(&format!("  the other    {}\n", visible(sign.trim())));
    }
    match &diagnosis.found {
        Some(found) => {
            push_found(found, what, out);
            if let Some(hint) = &diagnosis.hint {
                out.push_str(&format!("and   {hint}\n"));
            }
        }
        None => push_nothing(extra, diagnosis, out),
    }
    if let Some(difference) = &diagnosis.difference {
        push_difference(difference, out);
    } else if diagnosis.found.is_some() && extra.claim.sign.is_some() {
        out.push_str("\nthe signed texts look the same: they differ in a masked value, or only in the digest\n");
    }
}

fn push_found(found: &Found, what: &str, out: &mut String) {
    let gives =
        if found.causes.len() > 1 { "these mistakes together give" } else { "this mistake gives" };
    out.push_str(&format!("\n{BOLD}why{PLAIN}   {gives} exactly the other side's {what}\n"));
    for cause in &found.causes {
        out.push_str(&format!("  - {} [{}]\n", visible(&cause.what), cause.id));
    }
    out.push_str(&format!("{BOLD}fix{PLAIN}   on the other side\n"));
    for cause in &found.causes {
        out.push_str(&format!("  - {}\n", visible(&cause.fix)));
    }
    out.push_str(
        "  If the other side is the platform itself, the spec or a value that you gave is wrong.\n",
    );
    if !found.also.is_empty() {
        out.push_str("other mistakes that would have the same effect on this request\n");
        for cause in &found.also {
            out.push_str(&format!("  - {} [{}]\n", visible(&cause.what), cause.id));
        }
    }
}

fn push_nothing(extra: &Extra<'_>, diagnosis: &Diagnosis, out: &mut String) {
    let how = if diagnosis.complete { ", each mistake alone and two at a time" } else { "" };
    let tried = diagnosis.tried;
    out.push_str(&format!("\nno known mistake explains it: {tried} signatures were tried{how}\n"));
    if let Some(hint) = &diagnosis.hint {
        out.push_str(&format!("  - {hint}\n"));
    }
    out.push_str("  - does the secret belong to this application and environment?\n");
    out.push_str("  - were the parameters, the clock and the nonce the same on both sides?\n");
    if extra.claim.text.is_none() {
        out.push_str(
            "  - give --against-string TEXT, the text that the other side signed, to see where the two differ\n",
        );
    }
}

fn push_difference(difference: &Difference, out: &mut String) {
    let Difference { at, ours, theirs, column } = difference;
    out.push_str(&format!(
        "\nthe signed texts differ from byte {at} onwards (secrets are masked)\n"
    ));
    out.push_str(&format!("  the formula  {ours}\n  the other    {theirs}\n"));
    out.push_str(&format!("               {}{RED}^{PLAIN}\n", " ".repeat(*column)));
}
