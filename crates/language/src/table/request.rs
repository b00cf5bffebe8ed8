//! The keys of requests and signatures.

use super::map::Shape::{Any, Either, Flag, Keys, List, Named, Pattern, Text};
use super::map::{Map, Names, OFFSET, Page, Shape, names, row, word};
use super::words::{BODY, EMPTY, PARAM_AS, PARAM_TYPE, PLACES, ROLES, SENT_IN};
use gatespec_protocol::{SendPolicy, Verb};

const MEMBER: Shape = Pattern("`body.NAME`", r"^body\.[^.{} ]+$");

/// The location of a public parameter.
const PLACE: Shape = Either(&[word!(&PLACES), MEMBER]);

/// The location of the business parameters.
pub(super) const BUSINESS: Shape =
    Either(&[word!(&PLACES), MEMBER, Pattern("`form.NAME`", r"^form\.[^.{} ]+$")]);

pub(crate) static REQUEST: Map = Map {
    what: "`request`",
    place: "under `request`",
    example: Some("write `public: { … }` and what else holds for every request below it"),
    page: Page::Group("`request`"),
    own: &[
        row("verb", word!(Verb::WORDS), "`POST` by default"),
        row("path", Text("template"), "the path that is requested, and what gets signed"),
        row("headers", Named(&HEADERS), "constant headers, never signed; not those that the transport sets, such as `Host` or `Accept-Encoding`"),
        row("public_in", PLACE, "the **place** of public parameters; `body.meta` is an object in the JSON body. A member is one plain name"),
        row("business", BUSINESS, "the **place** of business parameters; `form.biz` is one form parameter that carries all of them as JSON").see("carriers"),
        row("empty", word!(&EMPTY), "what happens to a parameter with an empty text; `send` by default"),
        row("body", word!(&BODY), "the caller hands in the body"),
        row("public", Named(&PUBLIC), "the public parameters"),
    ],
    written: &["verb", "path", "public_in", "business", "empty", "body", "headers", "about"],
    ..Map::BARE
};

pub(crate) static HEADERS: Names = Names { what: "`headers`", ..Names::BARE };

pub(crate) static PUBLIC: Names = Names {
    what: "`public`",
    example: Some("write each as `name: { is: clock, format: unix_seconds, doc: … }`"),
    value: Keys(&PARAMETER),
    ..Names::BARE
};

const SOURCE: Shape = Either(&[Shape::Word(|| ROLES.to_vec()), Text("credential or label")]);

const FORMAT: Shape = Text("format");

pub(crate) static PARAMETER: Map = Map {
    what: "a public parameter",
    place: "in a public parameter",
    example: Some("write `{ is: clock, format: unix_seconds, doc: … }`"),
    page: Page::Group("public parameter"),
    own: &[
        row("is", SOURCE, "what fills it: a role, or the name of a credential or label. `argument`: the caller gives it")
            .required()
            .example("say what fills it: `is: clock`, `is: constant`, a credential's name"),
        row("value", Text("text"), "the text of a constant").needed("is", &["constant"]),
        row("format", FORMAT, "of a clock, a [format of times](#types); of a nonce `hex 16`, `digits 8` or `uuid`").needed("is", &["clock", "nonce"]),
        row("formula", Text("formula"), "what computes the text").needed("is", &["formula"]).see("the-signature-formula"),
        row("in", PLACE, "its place, where it is not `public_in`"),
        row("send", word!(SendPolicy::WORDS), "`always` by default; `optional`: the caller turns it on; `never`: it is signed and not sent"),
        row("required", Flag, "what the page says; documentation only"),
        row("type", word!(&PARAM_TYPE), "`text` by default"),
        row("as", word!(&PARAM_AS), "`text` quotes a number in JSON, `number` does not quote it"),
        row("zone", OFFSET, "the zone of a clock, where it is not the platform's"),
        row("example", Text("text"), "one value, as on the wire"),
    ],
    written: &["is", "value", "format", "zone", "formula", "in", "send", "type", "as", "required"],
    ..Map::BARE
};

pub(crate) static SIGNATURE: Map = Map {
    what: "`signature`",
    place: "under `signature`",
    example: Some(
        "write `formula: …` below it; where calls are not signed, write `signature: none`",
    ),
    page: Page::Group("`signature`"),
    own: &[
        row("formula", Text("formula"), "how the signature is computed"),
        row("vectors", List(&Keys(&VECTOR)), "requests with known signatures"),
        row("methods", Named(&SIGNATURE_METHODS), "several ways to sign, instead of `formula`")
            .with("default"),
        row("default", Text("name"), "the method that a client uses by default").with("methods"),
    ],
    one_of: &["formula", "methods"],
    written: &["about", "default", "methods"],
    ..Map::BARE
};

pub(crate) static SIGNATURE_METHODS: Names =
    Names { what: "`methods`", value: Keys(&SIGNATURE_METHOD), ..Names::BARE };

pub(crate) static SIGNATURE_METHOD: Map = Map {
    what: "a signature method",
    own: &[row("formula", Text("formula"), "how the signature is computed").required()],
    written: &["about"],
    ..Map::BARE
};

pub(crate) static VECTOR: Map = Map {
    what: "a vector",
    place: "in a vector",
    page: Page::Chapter("prove-it"),
    own: &[
        row("name", Text("text"), "what the vector shows"),
        row("case", Text("name"), "which of several signature methods; the default otherwise"),
        row(
            "credentials",
            Named(&CREDENTIAL_TEXTS),
            "the credentials; one that is left out is absent",
        ),
        row("clock", Text("Unix seconds"), "the time of the request; `.007` for milliseconds"),
        row("nonce", Text("text"), "the nonce's text"),
        row("labels", Named(&LABEL_TEXTS), "labels that are not the method's own or the defaults"),
        row("method", Text("name"), "a method of the spec"),
        row(
            "request",
            Any,
            "its typed values, as in its examples, with the texts of `is: argument` parameters",
        )
        .with("method"),
        row("params", Named(&PARAMS), "a published request, also of a method that no spec has"),
        row("sent", Named(&SENT), "a published request with the place of each parameter"),
        row(
            "verb",
            word!(Verb::WORDS),
            "with `params` and `sent`: the verb, if it is signed and not the platform's",
        ),
        row(
            "path",
            Text("text"),
            "with `params` and `sent`: the path, if it is signed and not the platform's",
        ),
        row("body", Text("text"), "with `params` and `sent`: the body, if it is signed"),
        row("canonical", Text("text"), "the signed text, with the secret as `<secret>`"),
        row("sign", Text("text"), "the signature")
            .required()
            .example("write the signature as published: `sign: …`"),
    ],
    at_most_one: &["request", "params", "sent"],
    written: &[
        "name",
        "about",
        "case",
        "credentials",
        "clock",
        "nonce",
        "labels",
        "method",
        "request",
        "verb",
        "path",
        "body",
        "params",
        "sent",
    ],
    ..Map::BARE
};

pub(crate) static CREDENTIAL_TEXTS: Names =
    Names { what: "`credentials`", example: Some("write each as `name: text`"), ..Names::BARE };

pub(crate) static LABEL_TEXTS: Names =
    Names { what: "`labels`", example: Some("write each as `name: value`"), ..Names::BARE };

pub(crate) static PARAMS: Names = Names { what: "`params`", ..Names::BARE };

pub(crate) static SENT_TEXTS: Names = Names { what: "a place of texts", ..Names::BARE };

pub(crate) static SENT: Names = Names {
    what: "`sent`",
    name: "place",
    words: Some(|| names(&SENT_IN)),
    value: Named(&SENT_TEXTS),
    ..Names::BARE
};
