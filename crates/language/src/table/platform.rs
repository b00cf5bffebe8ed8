//! The keys of platform.yaml, but for its requests.

use super::field::{FIELDS, TYPES};
use super::map::Shape::{
    Count, Either, Flag, Keys, List, Literal, Named, Null, Pattern, Text, Two,
};
use super::map::{
    DATA, DURATION, Map, Names, OFFSET, PATH, Page, Row, Shape, TIME_FORMAT, row, word,
};
use super::request::{CREDENTIAL_TEXTS, REQUEST, SIGNATURE};
use super::words::{
    GIVES, JSON_TEXT, KEY_ORDER, NUMBER_IN_MESSAGE, PER, PREFIX, UNDISCLOSED, UNSIGNED,
};
use crate::diagnostic::Edition;
use gatespec_protocol::{Algorithm, Class, Encoding, Escape, Meaning, Nested, Origin, Padding};

pub(crate) static PLATFORM: Map = Map {
    what: "a platform",
    place: "at the top of platform.yaml",
    example: Some("begin with `platform: NAME`, and go on with one key a line"),
    page: Page::Group("platform"),
    own: &[
        row("platform", Text("name"), "the folder's name").required(),
        row(
            "language",
            word!(&Edition::ALL),
            "the edition of the language; `1` unless said otherwise",
        )
        .see("editions"),
        row(
            "title",
            Text("text"),
            "the platform's name for people; `doc`, `term` and the rest of `about` go beside it",
        ),
        row("time_zone", OFFSET, "the zone of every time that names none"),
        row(
            "types",
            Named(&TYPES),
            "types that several methods share; they can have a file of their own, types.yaml",
        ),
        row(
            "gateways",
            Named(&GATEWAYS),
            "another protocol of the same platform. It can have the keys from `environments` to `errors`; those it gives replace the platform's whole",
        ),
    ],
    shared: PARTS,
    needed: &NEEDED,
    written: &[
        "platform",
        "language",
        "title",
        "term",
        "about",
        "time_zone",
        "environments",
        "credentials",
        "labels",
        "values",
        "request",
        "signature",
        "replay",
        "envelope",
        "errors",
        "gateways",
        "types",
    ],
    ..Map::BARE
};

/// The keys that every platform has.
pub(crate) const NEEDED: [&str; 4] = ["environments", "request", "signature", "envelope"];

const OPTIONAL_SIGNATURE: Shape = Either(&[Literal(UNSIGNED), Keys(&SIGNATURE)]);

/// The keys that a further gateway can replace.
pub(crate) const PARTS: &[Row] = &[
    row(
        "environments",
        Named(&ENVIRONMENTS),
        "the gateway's addresses; the first one with a URL is the default. A signed path is not part of it",
    ),
    row("credentials", Named(&CREDENTIALS), "what a caller must have"),
    row("labels", Named(&LABELS), "facts that each method supplies, such as a version"),
    row("values", Keys(&VALUES), "how values are written"),
    row("request", Keys(&REQUEST), "what every request carries"),
    row("signature", OPTIONAL_SIGNATURE, "how requests are signed").see("the-signature-formula"),
    row("replay", Keys(&REPLAY), "how old a request may be, and for how long a repeat is refused"),
    row("envelope", Keys(&ENVELOPE), "what tells a success, and where data, code and message are"),
    row(
        "errors",
        Named(&ERRORS),
        "what each code means to a caller; `isp.*` is every code that begins so",
    ),
];

pub(crate) static GATEWAY: Map = Map {
    what: "a gateway",
    page: Page::Group("platform"),
    shared: PARTS,
    about: false,
    ..Map::BARE
};

pub(crate) static GATEWAYS: Names =
    Names { what: "`gateways`", value: Keys(&GATEWAY), ..Names::BARE };

pub(crate) static ENVIRONMENTS: Names = Names {
    what: "`environments`",
    example: Some("write each as `name: https://…`"),
    value: Either(&[Literal(UNDISCLOSED), ADDRESS, Keys(&ENVIRONMENT)]),
    ..Names::BARE
};

const ADDRESS: Shape = Pattern("URL", r"^https?://[!-~]+$");

const URL: Shape = Either(&[Literal(UNDISCLOSED), ADDRESS]);

pub(crate) static ENVIRONMENT: Map = Map {
    what: "an environment",
    own: &[row("url", URL, "the address; `undisclosed` if it exists and is not public")
        .required()
        .example("write `url: https://…`, or `undisclosed`")],
    ..Map::BARE
};

pub(crate) static CREDENTIALS: Names = Names {
    what: "`credentials`",
    example: Some("write each as `name: { doc: … }`, the secret one with `sensitive: true`"),
    value: Keys(&CREDENTIAL),
    ..Names::BARE
};

pub(crate) static CREDENTIAL: Map = Map {
    what: "a credential",
    place: "in a credential",
    own: &[
        row("per", word!(&PER), "whose it is; `app` unless said otherwise"),
        row("sensitive", Flag, "never in `Debug`, errors or logs"),
        row("optional", Flag, "a caller may have none"),
    ],
    ..Map::BARE
};

pub(crate) static LABELS: Names = Names {
    what: "`labels`",
    example: Some("write each as `name: value`"),
    value: Keys(&LABEL),
    ..Names::BARE
};

pub(crate) static LABEL: Map = Map {
    what: "a label",
    place: "in a label",
    own: &[row("default", Text("template"), "its text for methods that give none")],
    ..Map::BARE
};

pub(crate) static VALUES: Map = Map {
    what: "`values`",
    place: "under `values`",
    page: Page::Group("`values`"),
    own: &[
        row(
            "boolean",
            Two(&Text("text")),
            "the platform's two words, such as `[Y, N]`; `[true, false]` unless said otherwise",
        ),
        row(
            "datetime",
            TIME_FORMAT,
            "the format of times; `yyyy-MM-dd HH:mm:ss` unless said otherwise",
        )
        .see("types"),
        row("never", Text("text"), "a time that means \"not yet\""),
        row("json", Keys(&JSON), "how JSON is written"),
        row(
            "nested",
            word!(Nested::WORDS),
            "records and lists in forms and queries; `json` unless said otherwise",
        )
        .see("types"),
    ],
    ..Map::BARE
};

pub(crate) static JSON: Map = Map {
    what: "`json`",
    place: "under `values.json`",
    own: &[
        row("keys", word!(&KEY_ORDER), "the order of keys; `declared` unless said otherwise"),
        row(
            "escape",
            word!(Escape::WORDS),
            "which characters are escaped; `minimal` unless said otherwise",
        ),
    ],
    about: false,
    ..Map::BARE
};

pub(crate) static REPLAY: Map = Map {
    what: "`replay`",
    place: "under `replay`",
    own: &[
        row("window", DURATION, "how far a request's clock may be off"),
        row("duplicates", DURATION, "for how long a repeated request is refused"),
    ],
    ..Map::BARE
};

/// A path, or a list of paths.
const PATHS: Shape = Either(&[PATH, List(&PATH)]);

/// A path that must exist, or a condition.
const PREDICATE: Shape = Either(&[PATH, Named(&CONDITION)]);

pub(crate) static CONDITION: Names = Names {
    what: "a condition",
    example: Some("write `{ code: 0 }`: a path, and the text that it has"),
    name: "path",
    filled: true,
    link: Some(("predicate", "describe-an-answer")),
    value: Either(&[Null, Text("text"), List(&Text("text"))]),
    ..Names::BARE
};

pub(crate) static ENVELOPE: Map = Map {
    what: "`envelope`",
    place: "under `envelope`",
    page: Page::Group("`envelope`"),
    own: &[
        row(
            "open",
            List(&Keys(&OPENING)),
            "texts that are opened before the answer is read, in this order. Only a text is opened; an object is taken as it is",
        ),
        row("success", PREDICATE, "what holds for a success"),
        row("data", DATA, "where the data is; it must be there if the method returns something"),
        row("code", PATH, "where a success has its code"),
        row("message", PATH, "where a success has its message"),
        row(
            "failures",
            List(&Keys(&FAILURE)),
            "the shapes of a refusal; the first one that fits counts",
        ),
        row("fields", Named(&FIELDS), "members of the envelope that no other key names"),
        row("examples", List(&Keys(&RESPONSE_EXAMPLE)), "answers that belong to no method"),
    ],
    written: &["open", "success", "data", "code", "message", "about"],
    ..Map::BARE
};

const STEP: Shape = Either(&[Literal(JSON_TEXT), Keys(&CIPHER)]);

pub(crate) static OPENING: Map = Map {
    what: "an opening",
    place: "in a step of `envelope.open`",
    own: &[
        row("at", PATH, "the text to open").required(),
        row("when", PREDICATE, "what holds for an answer with this step"),
        row("as", STEP, "what the text is: JSON, or a cipher's text").required(),
    ],
    ..Map::BARE
};

const IV: Shape = Either(&[Literal(PREFIX), Text("formula")]);

pub(crate) static CIPHER: Map = Map {
    what: "a cipher",
    place: "in `as` of a step of `envelope.open`",
    example: Some("write `{ cipher: aes-128-ecb, key: \"first(secret, 16)\" }`"),
    own: &[
        row(
            "encoding",
            word!(Encoding::WORDS),
            "how the bytes are written; `base64` unless said otherwise",
        ),
        row("cipher", word!(Algorithm::WORDS), "the cipher and its mode").required(),
        row("padding", word!(Padding::WORDS), "`pkcs7` unless said otherwise"),
        row("key", Text("formula"), "the key").required(),
        row("iv", IV, "the initialisation vector; `prefix`: the opened bytes begin with it"),
    ],
    about: false,
    ..Map::BARE
};

pub(crate) static FAILURE: Map = Map {
    what: "a failure",
    place: "in an item of `envelope.failures`",
    example: Some("write `- { code: code, message: msg }`"),
    page: Page::Group("failure"),
    own: &[
        row(
            "kind",
            word!(Origin::WORDS),
            "who refuses: `business` unless said otherwise; where signatures and tokens are refused it is `gateway`",
        ),
        row("when", PREDICATE, "what holds for this shape"),
        row("code", PATHS, "where the code is")
            .required()
            .example("say where the code is: `code: code`"),
        row("message", PATHS, "where the message is"),
        row(
            "sub_code",
            PATHS,
            "where the finer code is; error tables are searched for it before `code`",
        ),
        row("sub_message", PATHS, "where the finer message is"),
        row("request_id", PATHS, "where the platform's id of the request is"),
    ],
    ..Map::BARE
};

pub(crate) static RESPONSE_EXAMPLE: Map = Map {
    what: "a sample answer",
    own: &[
        row("name", Text("text"), "what it shows"),
        row("body", Text("text"), "the answer, with every key and JSON type of the page")
            .required(),
        row("gives", word!(&GIVES), "`success` unless said otherwise"),
        row(
            "credentials",
            Named(&CREDENTIAL_TEXTS),
            "texts of credentials with which the answer is opened",
        ),
    ],
    written: &["name", "about", "credentials"],
    ..Map::BARE
};

pub(crate) static ERRORS: Names = Names {
    what: "`errors`",
    example: Some("write each as `code: { class: caller, doc: … }`"),
    name: "code",
    value: Keys(&ERROR_CODE),
    ..Names::BARE
};

const RETRY_AFTER: Shape = Either(&[DURATION, Literal(NUMBER_IN_MESSAGE)]);

pub(crate) static ERROR_CODE: Map = Map {
    what: "an error code",
    place: "in a row of `errors`",
    example: Some("write each as `code: { class: caller, doc: … }`"),
    page: Page::Group("error code"),
    own: &[
        row("class", word!(Class::WORDS), "what a caller does about it").required().example(
            "write `class: caller`, `authentication`, `quota`, `duplicate`, `retry` or `fatal`",
        ),
        row("refresh", Text("credential"), "the credential that must be renewed"),
        row("retry_after", RETRY_AFTER, "how long a caller waits before the next attempt"),
        row("http", Count, "the HTTP status of the answer"),
        row("means", word!(Meaning::WORDS), "what a receiver answers with this code")
            .see("codes-that-a-receiver-answers-with"),
        row("parameter", Text("parameter"), "the only parameter of which `means` says this"),
    ],
    written: &["class", "http", "means", "parameter", "refresh", "retry_after"],
    ..Map::BARE
};
