//! The keys that describe answers: the envelope, samples and error codes.

use super::field::FIELDS;
use super::map::Shape::{Count, Either, Keys, List, Literal, Named, Null, Text};
use super::map::{DATA, DURATION, Map, Names, PATH, Page, Shape, row, word};
use super::request::CREDENTIAL_TEXTS;
use super::words::{GIVES, JSON_TEXT, NUMBER_IN_MESSAGE, PREFIX};
use gatespec_protocol::{Algorithm, Class, Encoding, Meaning, Origin, Padding};

/// A path, or a list of paths.
const PATHS: Shape = Either(&[PATH, List(&PATH)]);

/// A path that must exist, or a condition.
const PREDICATE: Shape = Either(&[PATH, Named(&CONDITION)]);

pub(crate) static CONDITION: Names = Names {
    what: "a condition",
    example: Some("write a path and its expected text: `{ code: 0 }`"),
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
        row("success", PREDICATE, "the condition for a success"),
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
        row("when", PREDICATE, "the condition for answers with this step"),
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
        row("encoding", word!(Encoding::WORDS), "how the bytes are written; `base64` by default"),
        row("cipher", word!(Algorithm::WORDS), "the cipher and its mode").required(),
        row("padding", word!(Padding::WORDS), "`pkcs7` by default"),
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
            "who refuses: `business` by default; `gateway` for the shape that refuses signatures and tokens",
        ),
        row("when", PREDICATE, "the condition for this shape"),
        row("code", PATHS, "where the code is")
            .required()
            .example("say where the code is: `code: code`"),
        row("message", PATHS, "where the message is"),
        row(
            "sub_code",
            PATHS,
            "where the more specific code is; error tables are searched for it before `code`",
        ),
        row("sub_message", PATHS, "where the more specific message is"),
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
        row("gives", word!(&GIVES), "`success` by default"),
        row(
            "credentials",
            Named(&CREDENTIAL_TEXTS),
            "the credentials with which the answer is opened",
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
