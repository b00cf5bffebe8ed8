//! The table of all rules: id, stage, severity, meaning, general advice.

use super::edition::Edition;

/// The severity of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// An error: nothing is written.
    Error,
    /// A warning: the output is written.
    Warning,
    /// A note: the spec is correct. Only `gatespec check` reports it.
    Note,
}

/// A rule that a spec can violate.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The name in messages and in the corpus.
    pub id: &'static str,
    /// The stage that checks the rule. A stage relies on the rules of the stages before it.
    pub stage: Stage,
    /// The severity, unless a level is set.
    pub severity: Severity,
    /// The edition in which the rule became an error; it is a warning in earlier editions. `None`
    /// if its severity is the same in all editions.
    pub since: Option<Edition>,
    /// The requirement, in one sentence.
    pub meaning: &'static str,
    /// Advice that always applies.
    pub help: Option<&'static str>,
    /// The reason, with a wrong and a right example, in Markdown.
    pub explanation: &'static str,
}

/// A stage of the compiler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reads files.
    Source,
    /// Parses YAML.
    Syntax,
    /// Builds the model: keys, names, formulas.
    Resolve,
    /// Checks the model.
    Check,
    /// Chooses Rust names.
    Plan,
    /// Writes files.
    Write,
}

impl Stage {
    /// The name of the stage's folder in the corpus of wrong specs.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Source => "source",
            Stage::Syntax => "syntax",
            Stage::Resolve => "resolve",
            Stage::Check => "check",
            Stage::Plan => "plan",
            Stage::Write => "write",
        }
    }
}

/// The rule with this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.id == id)
}

impl Rule {
    /// Whether the rule's level can be set. Rules that are errors in all editions have no level.
    pub fn has_level(&self) -> bool {
        self.severity != Severity::Error || self.since.is_some()
    }

    /// The severity in an edition, unless a level is set.
    pub fn severity_in(&self, edition: Edition) -> Severity {
        match self.since {
            Some(since) if edition < since => Severity::Warning,
            _ => self.severity,
        }
    }
}

macro_rules! rules {
    ($( $name:ident = $id:literal, $stage:ident, $severity:ident $(since $edition:ident)?, $meaning:literal
        $(, $help:literal)?; )*) => {
        $(
            #[doc = $meaning]
            pub const $name: &Rule = &Rule {
                id: $id,
                stage: Stage::$stage,
                severity: Severity::$severity,
                since: rules!(@since $($edition)?),
                meaning: $meaning,
                help: rules!(@help $($help)?),
                explanation: include_str!(concat!("../../rules/", $id, ".md")),
            };
        )*
        /// Every rule, in the order of the stages.
        pub const ALL: &[&Rule] = &[$($name),*];
    };
    (@since) => { None };
    (@since $edition:ident) => { Some(Edition::$edition) };
    (@help) => { None };
    (@help $help:literal) => { Some($help) };
}

rules! {
    NO_SPECS = "no_specs", Source, Error, "A specs folder holds at least one platform.";
    UNREADABLE = "unreadable", Source, Error, "Every spec can be read.";
    TOO_LARGE = "too_large", Source, Error, "A spec is at most 4 MiB.";
    NOT_UTF8 = "not_utf8", Source, Error, "A spec is UTF-8.";
    MISPLACED_FILE = "misplaced_file", Source, Error, "A spec is in the folder of its platform.",
        "specs are <platform>/platform.yaml, <platform>/types.yaml and <platform>/<method>.yaml; move the file there, or out of the folder";

    YAML = "yaml", Syntax, Error, "A spec is well-formed YAML.";
    TOO_DEEP = "too_deep", Syntax, Error, "Collections are nested at most 64 levels deep.";
    ANCHOR = "anchor", Syntax, Error, "Anchors and aliases are not used.",
        "write the value in full wherever it applies";
    TAG = "tag", Syntax, Error, "Tags are not used.", "remove the tag: the key determines the type of the value";
    DUPLICATE_KEY = "duplicate_key", Syntax, Error, "A map has each key once.";
    SEVERAL_DOCUMENTS = "several_documents", Syntax, Error, "A file holds one YAML document.";
    KEY_NOT_TEXT = "key_not_text", Syntax, Error, "A key is a text.";

    MISSING_PLATFORM = "missing_platform", Resolve, Error, "A platform's folder has a platform.yaml.";
    PLATFORM_ID = "platform_id", Resolve, Error, "`platform:` repeats the folder's name.";
    UNKNOWN_KEY = "unknown_key", Resolve, Error, "A map has only the keys that the language knows.";
    MISSING_KEY = "missing_key", Resolve, Error, "A map has its required keys.";
    WRONG_KIND = "wrong_kind", Resolve, Error, "A value has the kind that its key expects.";
    BAD_VALUE = "bad_value", Resolve, Error, "A value is one of those that its key allows.";
    BAD_CONFLICT = "bad_conflict", Resolve, Error, "A conflict names its readings and the chosen one.";
    DUPLICATE_NAME = "duplicate_name", Resolve, Error, "A name is given once.";
    BUILT_IN_NAME = "built_in_name", Resolve, Error since Two, "A type does not have the name of a built-in one.",
        "choose another name: type names look like `OrderState`";
    UNKNOWN_TYPE = "unknown_type", Resolve, Error, "A type is built in or declared under `types`.";
    UNKNOWN_NAME = "unknown_name", Resolve, Error, "A name that is used is declared.";
    UNKNOWN_FIELD = "unknown_field", Check, Error, "A rule names fields of its own record.";
    FORMULA_SYNTAX = "formula_syntax", Resolve, Error, "A formula follows the grammar.",
        "the grammar is in specs/README.md, under \"The signature formula\"";
    FORMULA_TYPE = "formula_type", Resolve, Error, "The arguments in a formula have the types that its functions take.";

    FORMULA_SECRET = "formula_secret", Check, Error, "A signature depends on a sensitive credential.";
    FORMULA_CYCLE = "formula_cycle", Check, Error, "A formula does not depend on its own result.";
    FORMULA_OPTIONAL = "formula_optional", Check, Error, "A value that may be absent is signed through `pairs` only.";
    FORMULA_CLOCK = "formula_clock", Check, Error, "`clock` needs exactly one clock parameter.";
    VECTOR_INVALID = "vector_invalid", Check, Error, "A vector describes a request that can be made.";
    VECTOR_MISMATCH = "vector_mismatch", Check, Error, "A vector reproduces its signature.";
    VECTOR_MISSING = "vector_missing", Check, Warning, "A formula has a vector.",
        "add a known request with its signature under `signature.vectors`";
    VECTOR_UNPROVED = "vector_unproved", Check, Warning, "The vectors prove every part of a formula without a grade.";
    RULE_TYPE = "rule_type", Check, Error, "A rule names fields of a type that it can compare.";
    PAGES = "pages", Check, Error since Two, "`pages` names fields of the request and members of the answer.";
    NO_EFFECT = "no_effect", Check, Error since Two, "A key has an effect where it is.";
    RANGE_END = "range_end", Check, Error, "`end` belongs to the span that splits a request's range.",
        "remove `end`; `at_most` limits the request without it";
    CONDITION_TYPE = "condition_type", Check, Error, "A condition tests a text, an enumeration, a number or a boolean.";
    CONDITION_VALUE = "condition_value", Check, Error, "A condition names values that the field can have.";
    CONSTRAINT_TYPE = "constraint_type", Check, Error, "A limit fits the field's type.";
    BAD_PATTERN = "bad_pattern", Check, Error, "A pattern is a regular expression.";
    TIME_FORMAT = "time_format", Resolve, Error, "A time format consists of letters that the language knows.",
        "write `unix_seconds`, `unix_millis`, or a pattern made of yyyy MM dd HH mm ss SSS Z XXX; put literal letters in single quotes";
    LITERAL_ZONE = "literal_zone", Check, Error, "A quoted offset in a time format is the actual offset of the time.";
    LIST_STYLE = "list_style", Check, Error, "A list is written in a way that its items and its place allow.";
    RECURSIVE_RECORD = "recursive_record", Check, Error, "A record contains itself only through a list or a map.";
    METHODS_ALIKE = "methods_alike", Check, Error, "A request identifies its method among those of its gateway.",
        "send the method's name (`is: method`) or a label (`is: LABEL`) as a parameter, or give the methods paths or verbs of their own";
    HEADER = "header", Check, Error, "A spec sets no header that the transport sets, and none twice.";
    DEEP_RECORD = "deep_record", Check, Error, "Records are nested at most 20 levels deep.";
    PATH_HOLE = "path_hole", Check, Error, "Every hole of a template is closed, filled by a label, the method's name or a field with `in: path`, and filtered by filters that exist.";
    CARRIER = "carrier", Check, Error, "Parameters are combined only in ways that HTTP allows.";
    ENVELOPE = "envelope", Check, Error, "An envelope's keys fit together.";
    MEANING = "meaning", Check, Error, "Each `means` belongs to one code, which can be sent and names an existing parameter.";
    EXAMPLE_VALUE = "example_value", Check, Error since Two, "The `example` of a field is a value that the field can have.";
    EXAMPLE_REQUEST = "example_request", Check, Error, "A sample request passes the method's own rules.";
    EXAMPLE_RESPONSE = "example_response", Check, Error, "A sample answer decodes into the method's own types.";
    MISSING_DOC = "missing_doc", Check, Warning, "A fact that developers see has one line of prose.",
        "say in one line of English what a developer needs to know";
    UNSIGNED = "unsigned", Check, Note, "A receiver can trust what the signature covers.",
        "a receiver must not act on values that anyone can change";
    SEVERAL_CUTS = "several_cuts", Check, Note, "A signed text can be cut into parameters in one way only.",
        "a receiver should refuse requests that can be cut in another way, and parameters that no spec lists";
    LENGTH_EXTENSION = "length_extension", Check, Note, "A digest over a secret ends with the secret, or is an HMAC.",
        "anyone who sees a request can append to its signed text and sign the result without the secret; a receiver should refuse parameters that no spec lists";
    UNVERIFIABLE = "unverifiable", Check, Note, "What is signed is sent, or known to the receiver.";
    UNUSED_LEVEL = "unused_level", Check, Warning, "An `allow` in a spec suppresses something.", "delete it";
    EMPTY_DOC = "empty_doc", Check, Warning, "A `doc` says more than the name does.",
        "say in one line of English what a developer needs to know, or leave `doc` out";
    UNLISTED_MEMBER = "unlisted_member", Check, Warning, "Every member of a sample answer has a row.",
        "add rows for them, graded `observed` if only the sample has them";
    WIDE_INTEGER = "wide_integer", Check, Warning, "Integers beyond 2^53 are declared as text.",
        "write `type: text`, so that programs that pass it on keep its digits";
    UNMARKED_SENSITIVE = "unmarked_sensitive", Check, Warning, "Personal data and secrets are marked `sensitive`.",
        "write `sensitive: true`, so that it is never shown in `Debug`, errors or logs";
    LIVE_SECRET = "live_secret", Check, Warning, "A sample holds no secret that may be live.",
        "invent one, such as `test-secret`; if it was live, have the platform revoke it";
    PHONE_NUMBER = "phone_number", Check, Warning, "A sample holds no phone number that may be somebody's.",
        "invent one, such as 13800000000";
    PLAIN_HTTP = "plain_http", Check, Warning, "Secrets are sent over https.",
        "use the https address if the platform has one";
    AMOUNT_UNIT = "amount_unit", Check, Warning, "An amount states its unit.",
        "write `type: money` with `unit: fen` or `unit: yuan`; if the page does not state the unit, add `grade: inferred`";
    SUCCESS_IN_ERRORS = "success_in_errors", Check, Warning, "The error table does not list the code of a success.",
        "delete the row: `envelope.success` identifies a success";
    RULE_WITHOUT_EFFECT = "rule_without_effect", Check, Warning, "A rule can hold, and it can fail.";
    UNUSED = "unused", Check, Warning, "Types, labels and credentials are used.", "delete it, or use it";
    UNSAMPLED_ROW = "unsampled_row", Check, Note, "Every row of an answer is in a sample.",
        "no sample proves the types of these rows";
    REPEAT_UNSTATED = "repeat_unstated", Check, Note, "A method says whether a repeat is safe.",
        "write `repeat: safe` or `repeat: unsafe`; the client repeats a call that failed after it was sent only if a repeat is safe";

    NAME_COLLISION = "name_collision", Plan, Error, "No two wire names are converted to the same Rust name.";
    NOT_AN_IDENTIFIER = "not_an_identifier", Plan, Error, "Every wire name can be converted to a Rust name.";
    RESERVED_NAME = "reserved_name", Plan, Error, "A Rust name is not one that the generated client reserves.";

    WRITE_FAILED = "write_failed", Write, Error, "The output can be written.";
    OUTPUT_NOT_OURS = "output_not_ours", Write, Error, "Files that the compiler did not write stay as they are.";
}
