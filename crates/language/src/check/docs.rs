//! Documentation in specs: facts that developers see need prose. Reports one warning per table,
//! since one per row would be too many.

use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{About, Delivery, Platform, Record, Returns, TypeKind};
use crate::source::SourceSpan;
use crate::suggest::list;

pub(super) fn check(platform: &Platform, sink: &mut Sink) {
    for def in &platform.types {
        match &def.kind {
            TypeKind::Record(record) => fields(record, &def.name, sink),
            TypeKind::Enumeration(values) => {
                let rows = values.variants.iter();
                let rows = rows.map(|row| (row.value.as_str(), row.span, &row.about));
                table(rows, &format!("values of `{}`", def.name), sink);
            }
        }
    }
    for method in &platform.methods {
        fields(&method.request, method.name, sink);
        if let Returns::Record(record) = &method.returns {
            fields(record, method.name, sink);
        }
        let rows = method.errors.iter().map(|row| (row.code, row.span, &row.about));
        table(rows, &format!("error codes of `{}`", method.name), sink);
    }
    for gateway in &platform.gateways {
        let rows = gateway.errors.iter().map(|row| (row.code, row.span, &row.about));
        table(rows, "error codes", sink);
        let rows = gateway.public.iter().map(|row| (row.name, row.span, &row.about));
        table(rows, "public parameters", sink);
    }
}

fn fields(record: &Record, name: &str, sink: &mut Sink) {
    // A row that repeats a public parameter is documented there.
    let own = record.fields.iter().filter(|row| row.send != Delivery::FromPublic);
    let rows = own.map(|row| (row.name.as_str(), row.span, &row.about));
    table(rows, &format!("fields of `{name}`"), sink);
}

fn table<'m>(
    rows: impl Iterator<Item = (&'m str, SourceSpan, &'m About)>,
    what: &str,
    sink: &mut Sink,
) {
    let bare: Vec<_> = rows.filter(|(_, _, about)| about.doc.is_none()).collect();
    let Some((_, first, _)) = bare.first() else { return };
    let names: Vec<_> = bare.iter().map(|(name, _, _)| *name).collect();
    let message = format!("{what} without `doc`: {}", list(&names));
    sink.report(Diagnostic::at(rules::MISSING_DOC, *first, message).label("the first one"));
}
