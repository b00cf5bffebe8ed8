//! The mistakes that signers make, the most likely of each kind first.

mod absent;
mod charset;
mod clock;
mod digest;
mod empty;
mod encoding;
mod formats;
mod json;
mod missing;
mod order;
mod parts;
mod path;
mod secret;
mod separator;
mod style;
mod texts;

use super::mistake::{Charset, Mistake, Mistakes};
use super::signing::Signing;
use super::spelling;

/// Adds the mistakes of one kind that are possible for a request.
type Add = for<'a> fn(&mut Mistakes<'a>);

/// The kinds of mistakes, with the ids of their causes. General kinds precede those that concern a
/// single parameter, since a general mistake explains more.
const KINDS: [(Add, &str); 16] = [
    (
        secret::add,
        "secret_blank secret_trimmed secret_changed secret_empty other_credential secret_missing \
     secret_added secret_moved secret_with_key token_blank",
    ),
    (
        encoding::add,
        "space_as_plus php_urlencode python_quote_plus slash_kept encode_uri_component \
     encode_uri lower_case_escapes dotnet_urlencode rfc3986 not_encoded block_not_encoded \
     values_encoded_for_block encoded_before_signing block_encoded",
    ),
    (empty::add, "empty_dropped empty_kept null_as_text"),
    (
        order::add,
        "sorted_ignoring_case sorted_by_locale not_sorted sorted_by_pair sorted_by_value \
     sorted_backwards sorted_by_number json_not_sorted",
    ),
    (digest::add, "other_digest hmac_swapped digest_twice inner_digest"),
    (
        json::add,
        "json_compact json_spaced json_sorted json_ascii json_slashes json_html json_pretty \
     json_nulls_dropped json_empties_dropped",
    ),
    (charset::add, "other_charset low_bytes utf16_digested escaped_text misread_text"),
    (clock::add, "clock_zone clock_unit clock_read_twice clock_hours clock_format"),
    (
        formats::add,
        "boolean_spelling amount_format number_as_float number_quoted number_bare value_trimmed html_entities \
     plus_as_space decoded_before_signing",
    ),
    (texts::add, "record_as_text"),
    (path::add, "path verb"),
    (separator::add, "separator separator_at_end"),
    (
        missing::add,
        "parameter_missing parameter_extra signature_signed secret_as_parameter repeated_name \
     nested_form",
    ),
    (parts::add, "case_kept case_changed part_missing empty_parts_dropped other_place"),
    (style::add, "pairs_between_secrets"),
    (absent::add, "absent_as_empty"),
];

/// Returns the id of every cause, sorted.
pub fn causes() -> Vec<&'static str> {
    let names = KINDS.iter().map(|(_, names)| *names).chain([spelling::CAUSES]);
    let mut all: Vec<_> = names.flat_map(str::split_ascii_whitespace).collect();
    all.sort_unstable();
    all
}

/// Returns every mistake that is possible for this request, the most likely ones first.
pub(super) fn all<'a>(signing: &Signing<'a>, charsets: &[Charset]) -> Vec<Mistake<'a>> {
    let (base, charsets) = (signing.clone(), charsets.to_vec());
    let mut mistakes = Mistakes { base, charsets, all: Vec::new() };
    KINDS.iter().for_each(|(add, _)| add(&mut mistakes));
    mistakes.all
}
