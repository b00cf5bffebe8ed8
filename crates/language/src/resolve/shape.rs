//! Examples of what to write, for values of a wrong kind and for missing keys.

/// An example of a map.
pub(super) fn of(what: &str) -> Option<&'static str> {
    Some(match what {
        "a platform" => "begin with `platform: NAME`, and go on with one key a line",
        "a method" => {
            "begin with `title: …`, and go on with one key a line: `request:`, `response:`"
        }
        "types.yaml" | "`types`" => {
            "write `types:`, and below it `NAME: { doc: …, fields: { … } }`"
        }
        "a table of fields" | "a field" => {
            "write each field as `name: { type: text, doc: … }`, without `-`"
        }
        "a requirement" => {
            "write `required: true`, or `required: { when: other_field, is: value }`"
        }
        "a condition" => "write `{ code: 0 }`: a path, and the text that it has",
        "a limit" => "write `{ max: 32 }` or `{ min: 1, max: 32 }`",
        "`credentials`" => {
            "write each as `name: { doc: … }`, the secret one with `sensitive: true`"
        }
        "`labels`" => "write each as `name: value`",
        "`environments`" => "write each as `name: https://…`",
        "`public`" => "write each as `name: { is: clock, format: unix_seconds, doc: … }`",
        "a public parameter" => "write `{ is: clock, format: unix_seconds, doc: … }`",
        "`errors`" | "an error code" => "write each as `code: { class: caller, doc: … }`",
        "an enumeration" => "write each value as `value: What it means.`",
        "a type" => "write `{ doc: …, fields: { … } }` or `{ doc: …, enum: { … } }`",
        "a rule" => "write `- not_after: [from, to]`",
        "a failure" => "write `- { code: code, message: msg }`",
        "a cipher" => "write `{ cipher: aes-128-ecb, key: \"first(secret, 16)\" }`",
        "`pages`" => "write `{ by: page, page: page_no, size: page_size, total: total }`",
        "`request`" => "write `public: { … }` and what else holds for every request below it",
        "`examples`" => "write `request: [{ name: …, values: { … } }]` below it",
        _ => return None,
    })
}

/// An example of a required key.
pub(super) fn of_key(what: &str, key: &str) -> Option<&'static str> {
    Some(match (what, key) {
        ("a type", "fields") => {
            "write `fields: { name: { doc: … } }`, or `enum: { value: What it means. }`"
        }
        ("a method", "title") => "say in one line what the call does: `title: Search orders`",
        ("an error code", "class") => {
            "write `class: caller`, `authentication`, `quota`, `duplicate`, `retry` or `fatal`"
        }
        ("an environment", "url") => "write `url: https://…`, or `undisclosed`",
        ("a failure", "code") => "say where the code is: `code: code`",
        ("a sample request", "values") => "write `values: { field: value }`",
        ("a public parameter", "is") => {
            "say what fills it: `is: clock`, `is: constant`, a credential's name"
        }
        ("a list's style", "inside") => "write `list: { inside: item }`",
        ("a vector", "sign") => "write the signature as published: `sign: …`",
        ("`pages`", "by") => "write `by: page` or `by: cursor`",
        _ => return None,
    })
}
