//! What a mistake is.

use super::signing::Signing;

/// A mistake as people know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// A short name that stays the same: `space_as_plus`.
    pub id: &'static str,
    /// What the other side did, as a sentence without its full stop.
    pub what: String,
    /// What to change there, as a sentence without its full stop.
    pub mend: String,
}

/// The short name of every cause, for programs that tell them apart.
pub const CAUSES: [&str; 86] = [
    "absent_as_empty",
    "amount_format",
    "base64_changed",
    "base64_for_hex",
    "base64_of_hex",
    "block_encoded",
    "block_not_encoded",
    "boolean_spelling",
    "case_changed",
    "case_kept",
    "clock_format",
    "clock_hours",
    "clock_read_twice",
    "clock_unit",
    "clock_zone",
    "digest_twice",
    "dotnet_urlencode",
    "empty_dropped",
    "empty_kept",
    "empty_parts_dropped",
    "encode_uri",
    "encode_uri_component",
    "encoded_before_signing",
    "escaped_text",
    "hex_case",
    "hex_for_base64",
    "hmac_swapped",
    "html_entities",
    "inner_digest",
    "json_ascii",
    "json_compact",
    "json_empties_dropped",
    "json_html",
    "json_not_sorted",
    "json_nulls_dropped",
    "json_pretty",
    "json_slashes",
    "json_sorted",
    "json_spaced",
    "leading_zeros",
    "lower_case_escapes",
    "misread_text",
    "nested_form",
    "not_encoded",
    "not_sorted",
    "null_as_text",
    "number_bare",
    "number_quoted",
    "other_charset",
    "other_credential",
    "other_digest",
    "other_place",
    "pairs_between_secrets",
    "parameter_extra",
    "parameter_missing",
    "part_missing",
    "path",
    "php_urlencode",
    "python_quote_plus",
    "repeated_name",
    "rfc3986",
    "secret_added",
    "secret_as_parameter",
    "secret_blank",
    "secret_changed",
    "secret_empty",
    "secret_missing",
    "secret_moved",
    "secret_trimmed",
    "secret_with_key",
    "separator",
    "separator_at_end",
    "signature_signed",
    "sixteen_digits",
    "slash_kept",
    "sorted_backwards",
    "sorted_by_locale",
    "sorted_by_number",
    "sorted_by_pair",
    "sorted_by_value",
    "sorted_ignoring_case",
    "space_as_plus",
    "token_blank",
    "value_trimmed",
    "values_encoded_for_block",
    "verb",
];

/// A charset that texts may have been signed in, besides UTF-8.
#[derive(Debug, Clone, Copy)]
pub struct Charset {
    /// Its usual name.
    pub name: &'static str,
    /// Appends the bytes of a text.
    pub encode: fn(&str, &mut Vec<u8>),
    /// The text that someone sees who reads bytes in it, if they can be read.
    pub decode: fn(&[u8]) -> Option<String>,
}

/// Changes everything that goes into a signature.
pub(super) type Make<'a> = Box<dyn Fn(&mut Signing<'a>) + 'a>;

/// A mistake that can be made.
pub(super) struct Mistake<'a> {
    pub(super) cause: Cause,
    /// Two mistakes of one group do not come together.
    pub(super) group: String,
    /// It builds the request anew, so it is made before another one.
    pub(super) rebuilds: bool,
    /// It is tried without others only, since there may be very many of its kind.
    pub(super) alone: bool,
    pub(super) make: Make<'a>,
}

/// Collects mistakes, the likeliest first.
pub(super) struct Mistakes<'a> {
    pub(super) base: Signing<'a>,
    pub(super) all: Vec<Mistake<'a>>,
}

impl<'a> Mistakes<'a> {
    /// Adds a mistake.
    pub(super) fn add(
        &mut self,
        group: impl Into<String>,
        cause: (&'static str, impl Into<String>, impl Into<String>),
        make: impl Fn(&mut Signing<'a>) + 'a,
    ) {
        self.push(group.into(), cause, false, Box::new(make));
    }

    /// Adds a mistake that does not come together with others.
    pub(super) fn add_alone(
        &mut self,
        group: impl Into<String>,
        cause: (&'static str, impl Into<String>, impl Into<String>),
        make: impl Fn(&mut Signing<'a>) + 'a,
    ) {
        self.add(group, cause, make);
        if let Some(last) = self.all.last_mut() {
            last.alone = true;
        }
    }

    /// Adds a mistake that builds the request anew.
    pub(super) fn add_rebuilding(
        &mut self,
        group: impl Into<String>,
        cause: (&'static str, impl Into<String>, impl Into<String>),
        make: impl Fn(&mut Signing<'a>) + 'a,
    ) {
        self.push(group.into(), cause, true, Box::new(make));
    }

    fn push(
        &mut self,
        group: String,
        (id, what, mend): (&'static str, impl Into<String>, impl Into<String>),
        rebuilds: bool,
        make: Make<'a>,
    ) {
        let cause = Cause { id, what: what.into(), mend: mend.into() };
        self.all.push(Mistake { cause, group, rebuilds, alone: false, make });
    }
}
