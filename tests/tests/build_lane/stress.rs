//! Specs at the limits of names and sizes. Functions generate them, because they would be
//! unreadable as YAML.

use std::fmt::Write as _;

/// Every lowercase keyword of any edition, weak keywords, and names that editions reserve.
const KEYWORDS: &str = "abstract as async await auto become box break const continue crate default \
    do dyn else enum extern false final fn for gen if impl in let loop macro macro_rules match mod \
    move mut override priv pub raw ref return safe self static struct super trait true try type \
    typeof union unsafe unsized use virtual where while yield";

/// Names of the prelude, of the standard library, and of generated code.
const PRELUDE: &str = "AsMut AsRef Clone Copy Debug DoubleEndedIterator Drop Eq Err \
    ExactSizeIterator Extend FnMut FnOnce From FromIterator Hash Into IntoIterator Iterator None \
    Ok Option Ord PartialEq PartialOrd Result Send Sized Some String Sync ToOwned ToString TryFrom \
    TryInto Unpin Vec alloc bool char cmp core decode encode f32 f64 fmt i8 i16 i32 i64 i128 isize \
    it iter len map out gatespec_runtime std str test u8 u16 u32 u64 u128 usize validate value cx \
    is_empty to_text as_text into_text from_text Error Answer Operation";

/// Further names that methods get.
const METHODS: &str = "answer_of attempts with_timeout names";

/// Types of fields, with long attributes.
const KINDS: [&str; 16] = [
    "length: { min: 1, max: 40 }, pattern: \"[a-z]+\"",
    "type: integer, range: { min: 1, max: 99 }",
    "type: decimal, scale: 4",
    "type: money, unit: yuan",
    "type: money, unit: fen",
    "type: boolean",
    "type: datetime",
    "type: datetime, format: unix_millis, never: 0",
    "type: json",
    "type: map",
    "type: map, of: integer",
    "list: \",\", items: { max: 3 }",
    "list: json, type: integer",
    "sensitive: true",
    "type: RECORD, list: json",
    "type: CHOICE",
];

/// The platforms' files, by path.
pub(crate) fn specs() -> Vec<(String, String)> {
    let mut files = Vec::new();
    long(&mut files);
    words(&mut files);
    shared(&mut files);
    files
}

/// A chain of nested records; the outermost is in a request and in a response.
pub(crate) fn nested(depth: usize) -> Vec<(String, String)> {
    let mut text = "title: Nest\ntypes:\n".to_owned();
    for level in 1..=depth {
        let inner = format!("inner: {{ type: Level{}, list: json, doc: More. }}", level + 1);
        let inner = if level < depth { inner.as_str() } else { "end: { type: Word, doc: It. }" };
        let _ = writeln!(text, "  Level{level}: {{ doc: A level., fields: {{ {inner} }} }}");
    }
    text.push_str("  Word: { doc: A word., enum: { a: The first. } }\n");
    text.push_str("request: { top: { type: Level1, list: json, doc: The first. } }\n");
    text.push_str("response: { top: { type: Level1, list: json, doc: The first. } }\n");
    vec![("deep/platform.yaml".to_owned(), platform("deep")), ("deep/nest.yaml".to_owned(), text)]
}

/// A name that begins with `stem` and has this number of letters.
fn name(stem: &str, letters: usize) -> String {
    format!("{stem}_{}", "x".repeat(letters - stem.len() - 1))
}

fn platform(id: &str) -> String {
    format!(
        "platform: {id}\ntitle: Stress\ntime_zone: \"+08:00\"\n\
         environments: {{ live: {{ url: https://stress.example, doc: The gateway. }} }}\n\
         credentials:\n  key: {{ doc: The key. }}\n  secret: {{ sensitive: true, doc: Signs. }}\n\
         values: {{ boolean: [Y, N], datetime: yyyy-MM-dd HH:mm:ss, nested: json }}\n\
         request:\n  public_in: query\n  business: form\n  public:\n    \
         app: {{ is: key, doc: The key. }}\n    method: {{ is: method, doc: The method. }}\n    \
         sign: {{ is: signature, doc: The signature. }}\n\
         signature:\n  formula: hex(md5(pairs(all) + secret))\n  vectors:\n    \
         - {{ name: none, credentials: {{ key: k, secret: s }}, params: {{ app: k, e: \"\", method: m }}, \
         sign: 9471edffc38547c2f7bfaf36428bcb3d }}\n\
         envelope:\n  success: {{ code: 0 }}\n  data: data\n  \
         failures: [{{ code: code, message: msg }}]\n"
    )
}

/// Names of 27 to 128 letters, 90 fields, 3,000 values, and a second gateway.
fn long(files: &mut Vec<(String, String)>) {
    let record = name("Row", 60);
    let choice = name("Choice", 60);
    let gateway = name("rest", 60);
    let mut main = platform("long");
    let _ = writeln!(
        main,
        "gateways:\n  {gateway}:\n    environments: {{ live: {{ url: https://rest.example, doc: \
         The other. }} }}\n    request: {{ verb: GET, path: /rest, public_in: query, business: \
         query, public: {{ method: {{ is: method, doc: The method. }}, sign: {{ is: signature, doc: The \
         signature. }} }} }}"
    );
    files.push(("long/platform.yaml".to_owned(), main));
    let mut types = format!("types:\n  {record}:\n    doc: A record.\n    fields:\n");
    let plain: Vec<&str> = KINDS.into_iter().filter(|kind| !kind.contains("RECORD")).collect();
    types.push_str(&fields(90, &plain, "      ", "", [&record, &choice]));
    let _ = writeln!(types, "  {choice}:\n    doc: A choice.\n    enum:");
    for value in 0..3000 {
        let _ = writeln!(types, "      {}: A value.", name(&format!("v{value}z"), 60));
    }
    files.push(("long/types.yaml".to_owned(), types));
    let answers = [
        ("record", "response: { answer: { type: integer, doc: It. } }\n".to_owned()),
        ("list", format!("returns: {{ type: {record}, list: json, doc: All. }}\n")),
        ("map", "returns: { type: map, doc: All. }\n".to_owned()),
        ("nothing", String::new()),
    ];
    for (kind, answer) in &answers {
        for letters in [27, 60, 128] {
            let text = format!("title: Ask\ngateway: {gateway}\n{answer}");
            files.push((format!("long/{}.yaml", name(kind, letters)), text));
        }
    }
    let names = [record.as_str(), choice.as_str()];
    for (method, required) in [("ninety", ""), ("needed", ", required: true")] {
        let mut text = "title: Ask\nrequest:\n".to_owned();
        text.push_str(&fields(90, &KINDS, "  ", required, names));
        text.push_str("response:\n");
        text.push_str(&fields(90, &KINDS, "  ", "", names));
        files.push((format!("long/{method}.yaml"), text));
    }
}

/// `count` fields with names of 60 letters, whose types cycle through `kinds`.
fn fields(count: usize, kinds: &[&str], margin: &str, more: &str, types: [&str; 2]) -> String {
    let mut text = String::new();
    for (index, kind) in kinds.iter().cycle().take(count).enumerate() {
        let kind = kind.replace("RECORD", types[0]).replace("CHOICE", types[1]);
        let name = name(&format!("field{index}z"), 60);
        let _ = writeln!(text, "{margin}{name}: {{ {kind}{more}, doc: A field. }}");
    }
    text
}

fn hostile() -> impl Iterator<Item = &'static str> {
    KEYWORDS.split_whitespace().chain(PRELUDE.split_whitespace())
}

/// A method for each name, and one method with all names as types, fields and values.
fn words(files: &mut Vec<(String, String)>) {
    files.push(("names/platform.yaml".to_owned(), platform("names")));
    for name in hostile().chain(METHODS.split_whitespace()) {
        let text =
            "title: Ask\nrequest: { id: { required: true, doc: It. } }\nreturns: { doc: It. }\n";
        let method = name.to_ascii_lowercase();
        // These are names of the client's own functions, which the compiler rejects.
        if matches!(method.as_str(), "clone" | "send") {
            continue;
        }
        files.push((format!("names/{method}.yaml"), text.to_owned()));
    }
    let text = format!("title: All of them\n{}{}", types(), uses());
    files.push(("names/zoo.yaml".to_owned(), text));
}

/// The same names as shared types.
fn shared(files: &mut Vec<(String, String)>) {
    files.push(("shared/platform.yaml".to_owned(), platform("shared")));
    files.push(("shared/types.yaml".to_owned(), types()));
    files.push(("shared/zoo.yaml".to_owned(), format!("title: All of them\n{}", uses())));
}

/// Converts a name to CamelCase.
fn camel(name: &str) -> String {
    let parts = name.split('_').map(|part| {
        let (first, rest) = part.split_at(1);
        first.to_ascii_uppercase() + rest
    });
    parts.collect()
}

/// A record for each name, and all names as fields and as values.
fn types() -> String {
    let mut text = "types:\n".to_owned();
    for name in hostile() {
        let name = camel(name);
        let _ = writeln!(text, "  {name}: {{ doc: A type., fields: {{ id: {{ doc: It. }} }} }}");
    }
    text.push_str("  Word:\n    doc: A word.\n    enum:\n");
    for name in hostile() {
        let _ = writeln!(text, "      {name:?}: A value.");
    }
    text.push_str("  Every:\n    doc: Every field.\n    fields:\n");
    for name in hostile() {
        let _ = writeln!(text, "      {name:?}: {{ doc: A field. }}");
    }
    text
}

fn uses() -> String {
    let mut text = String::new();
    for part in ["request", "response"] {
        let _ = writeln!(text, "{part}:");
        for (index, name) in hostile().enumerate() {
            let ty = camel(name);
            let list = if index % 2 == 0 { ", list: json" } else { "" };
            let _ = writeln!(text, "  {name:?}: {{ type: {ty}{list}, doc: A field. }}");
        }
        let word = "word: { type: Word, doc: A word. }";
        let _ = writeln!(text, "  {word}\n  every: {{ type: Every, doc: All. }}");
    }
    text
}
