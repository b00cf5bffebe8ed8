//! Words from API documents and programming languages, with the words that specs use instead.

/// Advice for a word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Advice {
    pub(crate) text: &'static str,
    /// The key with the same meaning and the same values, if there is one.
    pub(crate) key: Option<&'static str>,
}

/// Words, the maps in which they may occur (any map if empty), the key with the same meaning and
/// the same values, and advice.
type Row = (&'static [&'static str], &'static [&'static str], Option<&'static str>, &'static str);

const FIELD: &[&str] = &["a field"];

const KEYS: [Row; 18] = [
    (
        &[
            "description",
            "desc",
            "comment",
            "remark",
            "remarks",
            "summary",
            "explain",
            "说明",
            "描述",
            "备注",
        ],
        &[],
        Some("doc"),
        "write prose in `doc`",
    ),
    (
        &["optional", "nullable?"],
        FIELD,
        None,
        "a field is optional unless it has `required: true`: remove this key",
    ),
    (
        &["mandatory", "must", "is_required", "isrequired", "need", "necessary", "必填"],
        FIELD,
        Some("required"),
        "write `required: true`",
    ),
    (
        &["maxlength", "max_length", "maxlen", "minlength", "min_length", "len", "size"],
        FIELD,
        None,
        "write `length: { max: 32 }`, or `{ min, max }`",
    ),
    (
        &["maximum", "minimum", "max", "min", "between", "exclusiveminimum", "exclusivemaximum"],
        FIELD,
        None,
        "write `range: { min: 1, max: 100 }` for a number, `length` for a text, `items` for a list",
    ),
    (
        &["maxitems", "minitems", "max_items", "min_items", "maxsize", "max_size"],
        FIELD,
        None,
        "write `items: { max: 20 }`",
    ),
    (
        &["enum", "values", "options", "choices", "allowed", "oneof", "枚举"],
        FIELD,
        None,
        "declare the values under `types:` as `NAME: { enum: { a: What a means. } }`, then write `type: NAME` here",
    ),
    (
        &["default", "default_value", "defaultvalue", "默认值"],
        FIELD,
        None,
        "a client sends only what its caller gives: say in `doc` what the platform does without a value",
    ),
    (&["regex", "regexp", "match", "matches"], FIELD, Some("pattern"), "write `pattern`"),
    (
        &["array", "repeated", "islist", "is_list", "multiple"],
        FIELD,
        None,
        "say how the list is written: `list: json`, `list: \",\"`",
    ),
    (&["datatype", "data_type", "类型"], FIELD, Some("type"), "write `type`"),
    (&["sample", "demo", "examples", "示例"], FIELD, Some("example"), "write `example`"),
    (
        &["private", "confidential", "secret", "mask", "masked"],
        &["a field", "a credential"],
        Some("sensitive"),
        "write `sensitive: true`",
    ),
    (
        &["msg", "errmsg", "err_msg", "error_msg", "error_message", "desc"],
        &["a failure", "`envelope`"],
        Some("message"),
        "write `message`",
    ),
    (
        &["errcode", "err_code", "error_code", "errno"],
        &["a failure", "`envelope`"],
        Some("code"),
        "write `code`",
    ),
    (
        &["max", "maximum", "within", "limit", "atmost"],
        &["a rule"],
        Some("at_most"),
        "write `at_most: 7 days`",
    ),
    (&["http_method", "httpmethod"], &["`request`", "a method"], Some("verb"), "write `verb`"),
    (
        &["params", "parameters", "args", "fields"],
        &["a method"],
        Some("request"),
        "the fields of a request are under `request`",
    ),
];

/// Advice for an unknown key of a map; `None` if its intent is not known.
pub(crate) fn key(what: &str, written: &str) -> Option<Advice> {
    let written = written.to_lowercase();
    let row = KEYS.iter().find(|(words, maps, ..)| {
        words.contains(&&*written) && (maps.is_empty() || maps.contains(&what))
    })?;
    Some(Advice { text: row.3, key: row.2 })
}

/// Names of types in other languages, regardless of case.
const TYPES: [(&[&str], &str); 8] = [
    (
        &["string", "str", "varchar", "char", "字符串"],
        "write `type: text`, or omit `type`: text is the default",
    ),
    (
        &[
            "int", "integer", "long", "short", "byte", "int32", "int64", "uint64", "bigint",
            "整数", "整型",
        ],
        "write `type: integer`",
    ),
    (
        &[
            "float",
            "double",
            "number",
            "numeric",
            "bigdecimal",
            "decimal",
            "real",
            "price",
            "amount",
        ],
        "write `type: integer` for whole numbers, `type: decimal, scale: 2` for others, `type: money, unit: yuan` for amounts",
    ),
    (&["bool", "boolean", "布尔"], "write `type: boolean`"),
    (
        &["date", "time", "timestamp", "datetime", "calendar", "instant", "日期"],
        "write `type: datetime`, with `format: yyyy-MM-dd` or `format: unix_seconds` if the platform uses a different format",
    ),
    (
        &["list", "array", "set", "collection", "数组"],
        "`type` gives the type of one item, and `list` says how the list is written: `type: text, list: json`",
    ),
    (
        &["object", "struct", "dict", "any", "record", "hash", "hashmap", "对象"],
        "declare a record under `types:`, or write `type: json` for any JSON, or `type: map` for arbitrary keys",
    ),
    (
        &["enum", "enumeration"],
        "declare the values under `types:` as `NAME: { enum: { a: What a means. } }`, then write `type: NAME` here",
    ),
];

/// Advice for an unknown type; `None` if its intent is not known.
pub(crate) fn of_type(written: &str) -> Option<String> {
    let lower = written.to_lowercase();
    let item = lower.strip_suffix("[]").or_else(|| {
        let (outer, rest) = lower.split_once('<')?;
        ["list", "array", "set"].contains(&outer).then_some(rest.strip_suffix('>')?)
    });
    if let Some(item) = item.filter(|item| !item.is_empty()) {
        // The name of the item as the author wrote it.
        let at = lower.find(item).unwrap_or(0);
        let item = written.get(at..at + item.len()).unwrap_or(item);
        let item = if plain(item).is_some() { "text" } else { item };
        return Some(format!("write `type: {item}, list: json`"));
    }
    TYPES.iter().find(|(words, _)| words.contains(&&*lower)).map(|(_, text)| (*text).to_owned())
}

/// Whether a word is another name for `text`.
fn plain(item: &str) -> Option<()> {
    TYPES[0].0.contains(&&*item.to_lowercase()).then_some(())
}

/// Wrong values of keys that have a fixed vocabulary, with the value that is meant.
const WORDS: [(&str, &[&str], &str); 12] = [
    ("class", &["auth", "sign", "signature", "token", "permission"], "authentication"),
    ("class", &["limit", "throttle", "throttled", "rate_limit", "frequency"], "quota"),
    ("class", &["param", "parameter", "invalid", "client", "user"], "caller"),
    ("class", &["retryable", "temporary", "transient", "system", "server"], "retry"),
    ("class", &["repeat", "repeated", "exists"], "duplicate"),
    ("class", &["permanent", "unknown", "business"], "fatal"),
    ("repeat", &["idempotent", "yes", "true", "retry"], "safe"),
    ("repeat", &["no", "false", "never", "not_idempotent"], "unsafe"),
    ("unit", &["cent", "cents", "分"], "fen"),
    ("unit", &["元", "rmb", "cny"], "yuan"),
    ("send", &["no", "false", "omit"], "never"),
    ("gives", &["ok", "yes", "true"], "success"),
];

/// The value of `key` that an unknown value means; `None` if its intent is not known.
pub(crate) fn word(key: &str, written: &str) -> Option<&'static str> {
    let lower = written.to_lowercase();
    let row = WORDS.iter().find(|(of, words, _)| *of == key && words.contains(&&*lower));
    row.map(|(_, _, meant)| *meant)
}

/// Functions and operators of programming languages, with their equivalents in a formula.
const FUNCTIONS: [(&[&str], &str); 9] = [
    (&["MD5"], "a digest in uppercase is `HEX(md5(…))`, in lowercase `hex(md5(…))`"),
    (
        &["SHA1", "SHA256", "HMAC_MD5", "HMAC_SHA1", "HMAC_SHA256"],
        "write the digest's name in lowercase, and enclose it in `HEX(…)` or `hex(…)`",
    ),
    (
        &["strtoupper", "toUpperCase", "uppercase", "touppercase", "ucase"],
        "write `upper(…)`, or `HEX(…)` for a digest",
    ),
    (
        &["strtolower", "toLowerCase", "lowercase", "tolowercase", "lcase"],
        "write `lower(…)`, or `hex(…)` for a digest",
    ),
    (
        &["urlencode", "urlEncode", "encodeURIComponent", "rawurlencode", "quote", "escape"],
        "`rfc3986(…)` writes a space as `%20`, `form(…)` as `+`",
    ),
    (&["concat", "implode", "append"], "join texts with `+`, or with `join(\"&\", …)`"),
    (
        &["if", "ifelse", "isset", "empty", "coalesce"],
        "formulas have no conditions: an absent parameter is in no set, and `nonempty(…)` leaves out empty ones",
    ),
    (
        &["substr", "substring", "left", "slice"],
        "`first(text, 16)` takes bytes from the beginning of a text",
    ),
    (&["ksort", "sortkeys"], "`pairs(…)` sorts by name"),
];

/// Advice for an unknown function; `None` if its intent is not known.
pub(crate) fn function(written: &str) -> Option<&'static str> {
    if written.contains('.') {
        return Some(
            "write a function before its argument, as in `md5(secret)`, and join texts with `+`",
        );
    }
    FUNCTIONS.iter().find(|(words, _)| words.contains(&written)).map(|(_, text)| *text)
}
