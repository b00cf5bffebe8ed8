//! Tables of error codes.

use crate::parts;
use gatespec_language::model::ErrorCode;
use gatespec_language::words::{advice, duration};
use gatespec_protocol::RetryAfter;
use maud::{Markup, html};
use std::collections::HashSet;

/// Renders error codes, each with what to do about it. `of` is the gateway or method that has them.
pub(crate) fn table(codes: &[ErrorCode], label: &str, of: &str) -> Markup {
    // A code may occur twice, with different statuses of HTTP.
    let mut known = HashSet::new();
    parts::table(
        label,
        &["Code", "Meaning", "What to do"],
        &html! {
            @for code in codes {
                tr id=[known.insert(code.code).then(|| id(of, code))] {
                    th scope="row" {
                        code { (code.code) } " " (parts::term(&code.about))
                        @if let Some(status) = code.http { br; span.http { "HTTP " (status) } }
                    }
                    td {
                        @if let Some(doc) = &code.about.doc { (parts::sentence(doc)) }
                        (parts::evidence(&code.about))
                    }
                    td { (parts::sentence(&to_do(code))) br; span.class { (code.class.as_str()) } }
                }
            }
        },
    )
}

/// The id of a code's row.
pub(crate) fn id(of: &str, code: &ErrorCode) -> String {
    format!("code-{of}-{}", code.code)
}

fn to_do(code: &ErrorCode) -> String {
    if let Some(credential) = code.refresh {
        return format!("renew `{credential}`, and call again");
    }
    let advice = advice(code.class);
    match code.retry_after {
        RetryAfter::None => advice.to_owned(),
        RetryAfter::Seconds(seconds) => format!("{advice}; wait {}", duration(seconds)),
        RetryAfter::NumberInMessage => format!("{advice}; the message says how many seconds"),
    }
}
