//! The keys of a method's file, and of types.yaml.

use super::answer::{ERRORS, RESPONSE_EXAMPLE};
use super::field::{FIELD, FIELDS, RULE, TYPES};
use super::map::Shape::{Any, Either, Keys, List, Named, Text};
use super::map::{DATA, Map, Names, Page, Shape, row, word};
use super::request::BUSINESS;
use super::words::{DELIVERY, PAGING};
use gatespec_protocol::{Repeat, Verb};

const NAME: Shape = Either(&[Text("name"), Keys(&METHOD_NAME)]);

pub(crate) static METHOD: Map = Map {
    what: "a method",
    place: "at the top of a method's file",
    example: Some(
        "begin with `title: …`, and continue with one key per line: `request:`, `response:`",
    ),
    page: Page::Group("method"),
    own: &[
        row(
            "title",
            Text("text"),
            "what the call does; `doc`, `term` and the rest of `about` go beside it",
        )
        .required()
        .example("say in one line what the call does: `title: Search orders`"),
        row(
            "method",
            NAME,
            "the name on the wire where it is uncertain or cannot be a file's name",
        ),
        row(
            "repeat",
            word!(Repeat::WORDS),
            "whether repeating the call does harm. Without it, a failed call is tried again only if it was not sent, or was refused because of too many calls",
        ),
        row("gateway", Text("name"), "the gateway, where it is not the platform's own"),
        row("labels", Named(&METHOD_LABELS), "the method's own text of a label; a template"),
        row("verb", word!(Verb::WORDS), "the verb, where it is not the platform's"),
        row("path", Text("template"), "the path, where it is not the platform's"),
        row(
            "business",
            BUSINESS,
            "the place of business parameters, where it is not the platform's",
        ),
        row(
            "data",
            DATA,
            "where the data is, where it is not the envelope's; `.` is the whole answer",
        ),
        row("public", Named(&SILENCED), "public parameters that this method does not send"),
        row(
            "request",
            Named(&FIELDS),
            "the parameters, in the page's order; required ones become arguments of `new` in this order",
        ),
        row(
            "response",
            Named(&FIELDS),
            "the fields of the data; without `response` and `returns` the method returns nothing",
        ),
        row("returns", Keys(&FIELD), "the data as a value of one type, instead of `response`"),
        row("rules", List(&Keys(&RULE)), "rules over several fields"),
        row("types", Named(&TYPES), "types of this method"),
        row("errors", Named(&ERRORS), "codes of this method"),
        row("pages", Keys(&PAGES), "how a long answer comes in pages"),
        row("examples", Keys(&EXAMPLES), "sample requests and answers"),
        row("rust", Text("name"), "the Rust name, where the automatic one collides"),
    ],
    at_most_one: &["response", "returns"],
    written: &[
        "title", "term", "about", "method", "gateway", "repeat", "labels", "verb", "path",
        "business", "data", "public", "types", "request", "rules", "pages", "response", "returns",
        "errors", "examples", "rust",
    ],
    ..Map::BARE
};

pub(crate) static METHOD_NAME: Map = Map {
    what: "`method`",
    own: &[row("name", Text("name"), "the name on the wire").required()],
    ..Map::BARE
};

pub(crate) static METHOD_LABELS: Names = Names {
    what: "`labels`",
    example: Some("write each as `name: value`"),
    value: Text("template"),
    ..Names::BARE
};

pub(crate) static SILENCED: Names = Names {
    what: "`public`",
    example: Some("write each as `name: never`"),
    value: word!(&DELIVERY),
    ..Names::BARE
};

const IN_DATA: Shape =
    Text("path from the data, or with a leading `/` from the root of the answer");

pub(crate) static PAGES: Map = Map {
    what: "`pages`",
    place: "under `pages`",
    example: Some("write `{ by: page, page: page_no, size: page_size, total: total }`"),
    page: Page::Group("`pages`"),
    own: &[
        row("by", word!(&PAGING), "what selects the page")
            .required()
            .example("write `by: page` or `by: cursor`"),
        row("page", Text("field"), "the field of the request with the number of the page")
            .needed("by", &["page"]),
        row("size", Text("field"), "the field of the request with the size of a page"),
        row("cursor", Text("field"), "the field of the request with the cursor")
            .needed("by", &["cursor"]),
        row("next", IN_DATA, "the next cursor"),
        row("total", IN_DATA, "how many items there are"),
        row("has_more", IN_DATA, "whether there are further pages"),
        row("items", IN_DATA, "the items"),
    ],
    about: false,
    ..Map::BARE
};

pub(crate) static EXAMPLES: Map = Map {
    what: "`examples`",
    example: Some("write `request: [{ name: …, values: { … } }]` below it"),
    own: &[
        row("request", List(&Keys(&REQUEST_EXAMPLE)), "requests, which must pass the rules"),
        row("response", List(&Keys(&RESPONSE_EXAMPLE)), "answers, which must decode"),
    ],
    about: false,
    ..Map::BARE
};

pub(crate) static REQUEST_EXAMPLE: Map = Map {
    what: "a sample request",
    own: &[
        row("name", Text("text"), "what it shows"),
        row("values", Named(&SAMPLE_VALUES), "the typed value of each field")
            .required()
            .example("write `values: { field: value }`"),
    ],
    written: &["name", "about"],
    ..Map::BARE
};

static SAMPLE_VALUES: Names =
    Names { what: "the values of a sample request", name: "field", value: Any, ..Names::BARE };

pub(crate) static TYPES_FILE: Map = Map {
    what: "types.yaml",
    example: Some("write `types:`, and below it `NAME: { doc: …, fields: { … } }`"),
    page: Page::Group("types.yaml"),
    own: &[row("types", Named(&TYPES), "types that several methods share").required()],
    about: false,
    ..Map::BARE
};
