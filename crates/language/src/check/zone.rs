//! Reports time formats that end in a literal offset, if their time zone has a different offset.

use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Field, Platform, Returns, Type, TypeKind, offset};
use crate::source::SourceSpan;
use gatespec_protocol::Source;

pub(super) fn check(platform: &Platform, sink: &mut Sink) {
    for def in &platform.types {
        if let TypeKind::Record(record) = &def.kind {
            fields(&record.fields, sink);
        }
    }
    for method in &platform.methods {
        fields(&method.request.fields, sink);
        match &method.returns {
            Returns::Nothing => {}
            Returns::Record(record) => fields(&record.fields, sink),
            Returns::Value(field) => fields(std::slice::from_ref(&**field), sink),
        }
    }
    for gateway in &platform.gateways {
        fields(&gateway.envelope.fields, sink);
        for param in &gateway.public {
            if let Source::Clock(format) = param.source {
                time(format.name(), param.zone, param.span, sink);
            }
        }
    }
}

fn fields(fields: &[Field], sink: &mut Sink) {
    for field in fields {
        if let Type::DateTime(codec) = &field.ty {
            time(&codec.format, codec.offset, field.span, sink);
        }
    }
}

fn time(format: &str, zone: i32, span: SourceSpan, sink: &mut Sink) {
    let Some((literal, said)) = literal_offset(format) else { return };
    if said == zone {
        return;
    }
    let (zone, said) = (offset(zone), offset(said));
    let message = format!("the literal `{literal}` means {said}, but this time is in {zone}");
    sink.report(Diagnostic::at(rules::LITERAL_ZONE, span, message).help(format!(
        "write `XXX` without quotes for the actual offset (`Z` in UTC), or write `zone: \"{said}\"`"
    )));
}

/// The literal offset at the end of a format, such as `'Z'`, `'UTC'` or `'+08:00'`, and its value
/// in seconds.
fn literal_offset(format: &str) -> Option<(String, i32)> {
    let mut literal = String::new();
    for (index, piece) in format.split('\'').enumerate() {
        let is_quoted = index % 2 == 1;
        let is_literal = |c: &char| is_quoted || "+-:0123456789".contains(*c);
        let tail: String = piece.chars().rev().take_while(is_literal).collect();
        if tail.len() < piece.len() {
            literal.clear();
        }
        literal.extend(tail.chars().rev());
    }
    let text = literal.trim_start_matches(['T', 't']).trim();
    if ["Z", "UTC", "GMT"].iter().any(|utc| text.eq_ignore_ascii_case(utc)) {
        return Some((text.to_owned(), 0));
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits = text[1..].replacen(':', "", 1);
    if digits.len() != 4 {
        return None;
    }
    let digits: i32 = digits.parse().ok()?;
    Some((text.to_owned(), sign * (digits / 100 * 3600 + digits % 100 * 60)))
}

#[cfg(test)]
mod tests {
    use super::literal_offset;

    #[test]
    fn offsets_in_quotes_are_found_at_the_end() {
        let said = |format| literal_offset(format).map(|(_, seconds)| seconds);
        assert_eq!(said("yyyy-MM-dd'T'HH:mm:ss'Z'"), Some(0));
        assert_eq!(said("yyyy-MM-dd HH:mm:ss 'GMT'"), Some(0));
        assert_eq!(said("yyyy-MM-dd'T'HH:mm:ss'+08:00'"), Some(28_800));
        assert_eq!(said("yyyy-MM-dd'T'HH:mm:ss-0330"), Some(-12_600));
        for free in ["yyyy-MM-dd'T'HH:mm:ssXXX", "yyyyMMddHHmmssZ", "'Z'yyyy", "unix_seconds"] {
            assert_eq!(said(free), None, "{free}");
        }
    }
}
