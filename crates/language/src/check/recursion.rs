//! Reports records that contain themselves without a list or a map in between, since a value of
//! such a type would be infinite.

use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Field, Platform, Type, TypeId, TypeKind};
use crate::source::SourceSpan;

/// The maximum number of cycles reported. A hostile spec may have millions.
const MOST_SHOWN: usize = 20;

#[derive(Clone, Copy, PartialEq)]
enum Visit {
    New,
    /// The record is on the current path.
    Open,
    Done,
}

/// Reports cycles by a depth-first search, which follows each field that contains a single record
/// once. The stack is explicit, since a spec may have thousands of types.
pub(super) fn check(platform: &Platform, sink: &mut Sink) {
    let mut visits = vec![Visit::New; platform.types.len()];
    let mut said: Vec<SourceSpan> = Vec::new();
    let mut shown = 0;
    for start in 0..platform.types.len() {
        if visits[start] != Visit::New {
            continue;
        }
        visits[start] = Visit::Open;
        let mut way = vec![Step::into(platform, TypeId(start))];
        while let Some(step) = way.last_mut() {
            let Some((field, inner)) = step.follow() else {
                visits[step.of.0] = Visit::Done;
                way.pop();
                continue;
            };
            sink.step();
            match visits[inner.0] {
                Visit::Done => {}
                Visit::New => {
                    visits[inner.0] = Visit::Open;
                    way.push(Step::into(platform, inner));
                }
                Visit::Open if shown == MOST_SHOWN || said.contains(&field.span) => {}
                Visit::Open => {
                    let from = way.iter().position(|step| step.of == inner).unwrap_or(0);
                    let fields: Vec<_> = way[from..].iter().filter_map(Step::current).collect();
                    if !fields.iter().any(|field| said.contains(&field.span)) {
                        said.extend(fields.iter().map(|field| field.span));
                        shown += 1;
                        report(&platform.type_def(inner).name, &fields, sink);
                    }
                }
            }
        }
    }
}

fn report(name: &str, fields: &[&Field], sink: &mut Sink) {
    let Some((first, rest)) = fields.split_first() else { return };
    let message = format!("`{name}` contains itself through `{}`", first.name);
    let diagnostic = Diagnostic::at(rules::RECURSIVE_RECORD, first.span, message).help(
        "if the field is a list, write `list: json`; otherwise write `type: json`, which leaves the value as JSON: a record cannot contain itself",
    );
    sink.report(rest.iter().fold(diagnostic, |diagnostic, field| {
        diagnostic.also(field.span, format!("and `{}`", field.name))
    }));
}

/// A record on the current path, and the index of its next field.
struct Step<'m> {
    of: TypeId,
    fields: &'m [Field],
    next: usize,
}

impl<'m> Step<'m> {
    fn into(platform: &'m Platform, of: TypeId) -> Self {
        let fields = match &platform.type_def(of).kind {
            TypeKind::Record(record) => record.fields.as_slice(),
            TypeKind::Enumeration(_) => &[],
        };
        Self { of, fields, next: 0 }
    }

    /// The next field that contains a single record, and the id of that record.
    fn follow(&mut self) -> Option<(&'m Field, TypeId)> {
        loop {
            let field = self.fields.get(self.next)?;
            self.next += 1;
            if let (Type::Record(inner), None) = (&field.ty, &field.list) {
                return Some((field, *inner));
            }
        }
    }

    /// The field that is being followed.
    fn current(&self) -> Option<&'m Field> {
        self.fields.get(self.next.checked_sub(1)?)
    }
}
