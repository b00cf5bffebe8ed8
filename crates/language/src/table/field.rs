//! The keys of types and fields.

use super::map::Shape::{Count, Either, Flag, Keys, List, Named, Null, Number, Pattern, Text, Two};
use super::map::{DURATION, Map, Names, OFFSET, Page, Shape, TEXTS, TIME_FORMAT, row, word};
use super::words::{
    BUILT_IN, DELIVERY, FROM, IN_PATH, LIST_STYLES, MAP_OF, PARAM_TYPE, TRAVELS_AS, UNIT,
};
use gatespec_protocol::RangeEnd;

pub(crate) static TYPES: Names = Names {
    what: "`types`",
    example: Some("write `types:`, and below it `NAME: { doc: …, fields: { … } }`"),
    value: Keys(&TYPE),
    ..Names::BARE
};

pub(crate) static TYPE: Map = Map {
    what: "a type",
    place: "in a type",
    example: Some("write `{ doc: …, fields: { … } }` or `{ doc: …, enum: { … } }`"),
    page: Page::Group("type"),
    own: &[
        row("fields", Named(&FIELDS), "the fields of a record")
            .unless("enum")
            .example("write `fields: { name: { doc: … } }`, or `enum: { value: What it means. }`"),
        row("rules", List(&Keys(&RULE)), "rules over several fields of a record"),
        row("others", word!(&MAP_OF), "keeps members of a record that are not listed"),
        row(
            "enum",
            Named(&ENUMERATION),
            "the values of an enumeration on the wire, each with its `doc`",
        ),
        row("type", word!(&PARAM_TYPE), "`integer` where the values of an enumeration are numbers"),
    ],
    written: &["type", "about", "others"],
    ..Map::BARE
};

pub(crate) static ENUMERATION: Names = Names {
    what: "an enumeration",
    example: Some("write each value as `value: What it means.`"),
    name: "value",
    filled: true,
    value: Either(&[Null, Text("doc"), Keys(&VARIANT)]),
    ..Names::BARE
};

pub(crate) static VARIANT: Map = Map {
    what: "a value of an enumeration",
    own: &[row(
        "rust",
        Text("name"),
        "the Rust name, where the automatic one collides or the value is a number",
    )],
    ..Map::BARE
};

pub(crate) static FIELDS: Names = Names {
    what: "a table of fields",
    example: Some("write each field as `name: { type: text, doc: … }`, without `-`"),
    value: Keys(&FIELD),
    ..Names::BARE
};

const TYPE_NAME: Shape = Either(&[Shape::Word(|| BUILT_IN.to_vec()), Text("type")]);

const REQUIRED: Shape = Either(&[Flag, Keys(&REQUIREMENT)]);

const LIST: Shape =
    Either(&[word!(&LIST_STYLES), Pattern("delimiter", "[^A-Za-z0-9]"), Keys(&LIST_STYLE)]);

const COUNTS: Shape = Either(&[Count, Keys(&LIMIT)]);

const NUMBERS: Shape = Either(&[Number, Keys(&LIMIT)]);

pub(crate) static FIELD: Map = Map {
    what: "a field",
    place: "in a field",
    example: Some("write each field as `name: { type: text, doc: … }`, without `-`"),
    page: Page::Group("field"),
    own: &[
        row("type", TYPE_NAME, "`text` by default").see("types"),
        row(
            "required",
            REQUIRED,
            "whether it must be present, or under which condition; a boolean's value is `true` or `false`",
        ),
        row(
            "list",
            LIST,
            "the value is a list, and how it is written; a delimiter is quoted, such as `\",\"`",
        ),
        row("as", word!(&TRAVELS_AS), "a JSON form other than the default"),
        row("length", COUNTS, "how many characters; a single number means exactly that many")
            .see("state-a-rule"),
        row("range", NUMBERS, "the smallest and the largest number allowed").see("state-a-rule"),
        row("pattern", Text("regular expression"), "what the whole text must match")
            .see("state-a-rule"),
        row("items", COUNTS, "how many items the list has").see("state-a-rule"),
        row("single", Flag, "an answer may contain a bare item instead of a list"),
        row("in", word!(&IN_PATH), "fills the hole with this name in the path"),
        row(
            "nullable",
            Flag,
            "absent is sent as null. In JSON an optional list or map that is empty is sent as `[]` or `{}`; in a query or form it is not sent",
        ),
        row("always", Flag, "an answer without it is an error"),
        row("sensitive", Flag, "never shown in `Debug`, errors or logs"),
        row("from", word!(&FROM), "the row repeats a public parameter"),
        row("send", word!(&DELIVERY), "the row is recorded and never sent"),
        row("example", Text("text"), "one value, as on the wire"),
        row("rust", Text("name"), "the Rust name, where the automatic one collides"),
        row("scale", Count, "how many decimals are written")
            .only("type", &["decimal", "money"])
            .needed("type", &["decimal"]),
        row("unit", word!(&UNIT), "whole hundredths, or exact decimals")
            .only("type", &["money"])
            .needed("type", &["money"]),
        row("spelling", Two(&Text("text")), "the platform's two words").only("type", &["boolean"]),
        row("format", TIME_FORMAT, "the format, where it is not `values.datetime`")
            .only("type", &["datetime"]),
        row("zone", OFFSET, "the zone, where it is not the platform's").only("type", &["datetime"]),
        row("never", Text("text"), "a time that means \"not yet\"").only("type", &["datetime"]),
        row("of", word!(&MAP_OF), "the values of the map; `text` by default")
            .only("type", &["map"]),
    ],
    written: &[
        "from",
        "in",
        "send",
        "type",
        "unit",
        "scale",
        "spelling",
        "format",
        "zone",
        "never",
        "of",
        "list",
        "single",
        "as",
        "required",
        "nullable",
        "always",
        "sensitive",
        "length",
        "range",
        "pattern",
        "items",
        "rust",
        "doc",
        "term",
        "example",
        "about",
    ],
    ..Map::BARE
};

pub(crate) static REQUIREMENT: Map = Map {
    what: "a requirement",
    example: Some("write `required: true`, or `required: { when: other_field, is: value }`"),
    own: &[
        row("when", Text("field"), "required if this field is present, or has the value"),
        row("unless", Text("field"), "required unless this field is present, or has the value"),
        row("is", TEXTS, "the value, or one of several; a boolean is `true` or `false`"),
    ],
    about: false,
    one_of: &["when", "unless"],
    ..Map::BARE
};

pub(crate) static LIST_STYLE: Map = Map {
    what: "a list's style",
    own: &[row("inside", Text("name"), "the member of an object that holds the list")
        .required()
        .example("write `list: { inside: item }`")],
    about: false,
    ..Map::BARE
};

pub(crate) static LIMIT: Map = Map {
    what: "a limit",
    place: "in `length`, `range` or `items`",
    example: Some("write `{ max: 32 }` or `{ min: 1, max: 32 }`"),
    own: &[row("min", Number, "the smallest allowed"), row("max", Number, "the largest allowed")],
    about: false,
    ..Map::BARE
};

/// A list of names of fields.
const NAMES: Shape = List(&Text("field"));

const TWO_NAMES: Shape = Two(&Text("field"));

pub(crate) static RULE: Map = Map {
    what: "a rule",
    place: "in an item of `rules`",
    example: Some("write `- not_after: [from, to]`"),
    page: Page::Chapter("state-a-rule"),
    own: &[
        row("not_after", TWO_NAMES, "the first time is not after the second"),
        row("span", TWO_NAMES, "the two times are at most `at_most` apart").with("at_most"),
        row("at_least_one", NAMES, "one of them is present and not empty"),
        row("at_most", DURATION, "how far apart the times of `span` may be").with("span"),
        row(
            "end",
            word!(RangeEnd::WORDS),
            "whether the second time belongs to the range; `excluded` by default",
        )
        .with("span")
        .see("ranges"),
    ],
    one_of: &["not_after", "span", "at_least_one"],
    ..Map::BARE
};
