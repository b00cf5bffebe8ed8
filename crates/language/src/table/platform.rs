//! The keys of platform.yaml, except the keys of requests and answers.

use super::answer::{ENVELOPE, ERRORS};
use super::field::TYPES;
use super::map::Shape::{Either, Flag, Keys, Literal, Named, Pattern, Text, Two};
use super::map::{DURATION, Map, Names, OFFSET, Page, Row, Shape, TIME_FORMAT, row, word};
use super::request::{REQUEST, SIGNATURE};
use super::words::{KEY_ORDER, PER, UNDISCLOSED, UNSIGNED};
use crate::diagnostic::Edition;
use gatespec_protocol::{Escape, Nested};

pub(crate) static PLATFORM: Map = Map {
    what: "a platform",
    place: "at the top of platform.yaml",
    example: Some("begin with `platform: NAME`, and continue with one key per line"),
    page: Page::Group("platform"),
    own: &[
        row("platform", Text("name"), "the folder's name").required(),
        row("language", word!(&Edition::ALL), "the edition of the language; `1` by default")
            .see("editions"),
        row(
            "title",
            Text("text"),
            "the platform's name for people; `doc`, `term` and the rest of `about` go beside it",
        ),
        row("time_zone", OFFSET, "the zone of every time that states none"),
        row(
            "types",
            Named(&TYPES),
            "types that several methods share; they can be in a file of their own, types.yaml",
        ),
        row(
            "gateways",
            Named(&GATEWAYS),
            "another protocol of the same platform. It can have the keys from `environments` to `errors`; each of them replaces the platform's key as a whole",
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

/// The keys that a further gateway can override.
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
    row(
        "envelope",
        Keys(&ENVELOPE),
        "what identifies a success, and where data, code and message are",
    ),
    row(
        "errors",
        Named(&ERRORS),
        "what each code means to a caller; `isp.*` stands for every code with this prefix",
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
        row("per", word!(&PER), "whose it is; `app` by default"),
        row("sensitive", Flag, "never shown in `Debug`, errors or logs"),
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
            "the platform's two words, such as `[Y, N]`; `[true, false]` by default",
        ),
        row("datetime", TIME_FORMAT, "the format of times; `yyyy-MM-dd HH:mm:ss` by default")
            .see("types"),
        row("never", Text("text"), "a time that means \"not yet\""),
        row("json", Keys(&JSON), "how JSON is written"),
        row(
            "nested",
            word!(Nested::WORDS),
            "records and lists in forms and queries; `json` by default",
        )
        .see("types"),
    ],
    ..Map::BARE
};

pub(crate) static JSON: Map = Map {
    what: "`json`",
    place: "under `values.json`",
    own: &[
        row("keys", word!(&KEY_ORDER), "the order of keys; `declared` by default"),
        row("escape", word!(Escape::WORDS), "which characters are escaped; `minimal` by default"),
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
