//! The public types of the protocol and the runtime. Each one was shown by a test, or contains
//! nothing that must be hidden.

use std::collections::BTreeSet;

use gatespec_tests::corpus::{entries, stem};
use gatespec_tests::harness::{tree, workspace};

use crate::shown;

/// The crates whose types can contain a secret: their folders, and how the paths of their types
/// begin.
const CRATES: [(&str, &str); 2] =
    [("crates/protocol/src", "gatespec_protocol::"), ("crates/runtime/src", "gatespec_runtime::")];

/// Types that cannot contain a secret: the reason why, and the types by module.
const HOLD_NONE: &[(&str, &[(&str, &str)])] = &[
    (
        "facts of a spec, which everybody may read",
        &[
            ("fact", "Term"),
            ("error_code", "Class ErrorCode RetryAfter"),
            ("gateway", "Gateway Replay"),
            ("layout", "Escape JsonStyle Location Nested Placement Spelling Verb"),
            ("method", "MethodInfo Repeat"),
            ("parameter", "Credential NonceFormat PublicParam SendPolicy Signature Source"),
            ("record::limit", "Limit"),
            ("record::schema", "Condition Field FieldType Form MapOf Required Rule Schema"),
            ("recipe", "Function Op Pairs Piece Recipe Select"),
            ("shape", "Algorithm Cipher Encoding Envelope Expected FailureShape Iv OpenStep"),
            ("shape", "Opening Origin Padding Predicate"),
            ("check::pattern", "Pattern"),
            ("datetime::pattern", "TimeFormat"),
            ("datetime::unit", "TimeUnit"),
            ("percent", "Percent"),
            ("rules", "TimeSpan"),
            ("spec", "Spec"),
            ("split::rule", "RangeEnd RangeRule"),
            ("template", "Holes Part Unfilled"),
            ("write::style", "ListStyle"),
        ],
    ),
    (
        "names of kinds, without a value",
        &[
            ("client::mode", "Async Blocking"),
            ("client::call", "Untyped"),
            ("client::kind", "ErrorKind"),
            ("decode::bend", "BendKind"),
            ("decode::context", "Stop"),
            ("incoming::signed", "Origin"),
            ("meaning", "Meaning"),
            ("json", "ParamType"),
            ("params", "Role"),
        ],
    ),
    ("what a test has made up", &[("client::fake", "Fake")]),
    (
        "a wrapper without `Debug`, which is there to show what is in it",
        &[("record::serde1", "Revealed")],
    ),
    (
        "settings and decisions: numbers and durations",
        &[
            ("client::limit", "RateLimit"),
            ("client::retry", "Decision Fault Reached RetryPolicy"),
            ("client::transport", "TimeLimit"),
            ("incoming", "Limits"),
            ("sign::manner", "Escapes Order"),
        ],
    ),
    (
        "instants and ranges, of which no platform makes a secret",
        &[
            ("client::clock", "SystemClock SystemEntropy"),
            ("client::timer", "SystemTimer"),
            ("datetime", "DateTime InvalidDate"),
            ("split::error", "InvalidCursor SplitError"),
            ("split::windows", "Iter Window Windows"),
        ],
    ),
    (
        "a value of a field: it stands within `Private` if the field is sensitive",
        &[("enumeration", "UnknownValue"), ("money", "Fen"), ("raw_json", "InvalidJson")],
    ),
    (
        "ranges of a text that are masked, and a text in which they are masked already",
        &[("mask", "Masked"), ("sign::facts", "Hidden")],
    ),
    (
        "parts of a client that no other crate can name, and that show nothing",
        &[("client::settings", "Settings"), ("client::token::keeper", "Provider")],
    ),
    (
        "a macro that declares the client of each platform, and those are shown",
        &[("macros", "Client Platform")],
    ),
];

/// Asserts that every type was shown or is listed, that all listed types exist, and that none of
/// them was shown.
pub(crate) fn complete() {
    let all = public_types();
    let shown = shown::types();
    let shown: BTreeSet<&str> = shown
        .iter()
        .filter_map(|name| CRATES.iter().find_map(|(_, root)| name.strip_prefix(root)))
        .collect();
    let listed: BTreeSet<String> =
        HOLD_NONE.iter().flat_map(|(_, modules)| *modules).flat_map(names).collect();
    for name in &all {
        let (shown, listed) = (shown.contains(name.as_str()), listed.contains(name));
        assert!(shown || listed, "show a value of `{name}`, or say why it holds no secret");
        assert!(!(shown && listed), "`{name}` is shown: take it off the list");
    }
    let all_shown = shown::types();
    for platform in entries(&workspace("specs")).unwrap().iter().filter(|path| path.is_dir()) {
        for name in ["Credentials", "Client", "blocking::Client"] {
            let name = format!("gatespec_clients::{}::{name}", stem(platform));
            assert!(all_shown.contains(&name), "show a value of `{name}`");
        }
    }
    let gone: Vec<_> = listed.difference(&all).collect();
    assert!(gone.is_empty(), "there is no {gone:?} any more");
}

fn names<'n>((module, names): &'n (&str, &str)) -> impl Iterator<Item = String> + 'n {
    names.split(' ').map(move |name| format!("{module}::{name}"))
}

/// The paths of all public types of the two crates, in the compiler's spelling.
fn public_types() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for (path, bytes) in CRATES.iter().flat_map(|(folder, _)| tree(&workspace(folder))) {
        let path = path.to_string_lossy().into_owned();
        let Some(module) = path.strip_suffix(".rs").filter(|path| !path.ends_with("tests")) else {
            continue;
        };
        let module = if module == "lib" { String::new() } else { module.replace('/', "::") + "::" };
        let text = String::from_utf8(bytes).unwrap();
        for line in text.lines().take_while(|line| *line != "mod tests {") {
            let line = line.trim_start();
            let declared =
                line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "));
            let Some(rest) = declared else { continue };
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            if end > 0 {
                all.insert(format!("{module}{}", &rest[..end]));
            }
        }
    }
    assert!(all.len() > 100, "{all:?}");
    all
}
