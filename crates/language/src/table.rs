//! The keys of the spec language: each map with its keys, and each key with the shape of its value
//! and a description in one line.
//!
//! The reader of specs, the JSON Schemas and the manual's table of keys are derived from these
//! tables.

mod answer;
mod field;
mod map;
mod method;
mod platform;
mod request;
mod words;

pub(crate) use answer::{
    CIPHER, CONDITION, ENVELOPE, ERROR_CODE, ERRORS, FAILURE, OPENING, RESPONSE_EXAMPLE,
};
pub(crate) use field::{
    ENUMERATION, FIELD, FIELDS, LIMIT, LIST_STYLE, REQUIREMENT, RULE, TYPE, TYPES, VARIANT,
};
pub(crate) use map::{ABOUT, CONFLICT, LEVELS, Map, Names, Need, Of, Page, Row, Shape, names};
pub(crate) use method::{
    EXAMPLES, METHOD, METHOD_LABELS, METHOD_NAME, PAGES, REQUEST_EXAMPLE, SILENCED, TYPES_FILE,
};
pub(crate) use platform::{
    CREDENTIAL, CREDENTIALS, ENVIRONMENT, ENVIRONMENTS, GATEWAY, GATEWAYS, JSON, LABEL, LABELS,
    NEEDED, PARTS, PLATFORM, REPLAY, VALUES,
};
pub(crate) use request::{
    CREDENTIAL_TEXTS, HEADERS, LABEL_TEXTS, PARAMETER, PARAMS, PUBLIC, REQUEST, SENT, SENT_TEXTS,
    SIGNATURE, SIGNATURE_METHOD, SIGNATURE_METHODS, VECTOR,
};
pub(crate) use words::{
    As, BODY, BUILT_IN, DELIVERY, EMPTY, FROM, GIVES, IN_PATH, JSON_TEXT, KEY_ORDER, LIST_STYLES,
    MAP_OF, NUMBER_IN_MESSAGE, PAGING, PARAM_AS, PARAM_TYPE, PER, PLACES, PREFIX, ROLES, SENT_IN,
    TRAVELS_AS, UNDISCLOSED, UNIT, UNSIGNED, WHOLE,
};

/// Every kind of map, in the order of the manual.
pub(crate) static MAPS: [&Map; 32] = [
    &PLATFORM,
    &GATEWAY,
    &ENVIRONMENT,
    &CREDENTIAL,
    &LABEL,
    &VALUES,
    &JSON,
    &REQUEST,
    &PARAMETER,
    &SIGNATURE,
    &SIGNATURE_METHOD,
    &VECTOR,
    &REPLAY,
    &ENVELOPE,
    &OPENING,
    &CIPHER,
    &FAILURE,
    &RESPONSE_EXAMPLE,
    &ERROR_CODE,
    &METHOD,
    &METHOD_NAME,
    &PAGES,
    &EXAMPLES,
    &REQUEST_EXAMPLE,
    &TYPES_FILE,
    &TYPE,
    &VARIANT,
    &FIELD,
    &REQUIREMENT,
    &LIST_STYLE,
    &LIMIT,
    &RULE,
];

#[cfg(test)]
mod tests {
    use super::FIELD;

    /// A key that is not listed would be written last, after the prose.
    #[test]
    fn the_order_of_keys_in_a_field_names_every_key() {
        let keys = FIELD.own.iter().chain(FIELD.shared).map(|row| row.key);
        let missing: Vec<_> = keys.filter(|key| !FIELD.written.contains(key)).collect();
        assert_eq!(missing, Vec::<&str>::new());
    }
}
