//! Tracks the parts of a platform that have errors, and the parts that depend on them. Neither is
//! checked further, since they may be correct once the errors are fixed.

use crate::diagnostic::Sink;
use crate::model::{Field, Gateway, Method, Platform, Record, Returns, Type, TypeId, TypeKind};
use crate::resolve::{Areas, Layout};
use crate::source::SourceSpan;
use std::collections::HashSet;

/// The spans of the errors, and the types that depend on the parts at these spans.
pub(super) struct Doubt<'a> {
    layout: &'a Layout,
    /// The spans of all errors, sorted.
    wrong: Vec<SourceSpan>,
    /// For each type, whether the type itself or a type inside it has an error.
    types: Vec<bool>,
}

impl<'a> Doubt<'a> {
    /// Collects the errors that have been reported so far.
    pub(super) fn of(platform: &Platform, layout: &'a Layout, sink: &Sink) -> Self {
        let mut wrong: Vec<_> = sink.errors().collect();
        wrong.sort_unstable();
        let mut doubt = Self { layout, wrong, types: Vec::new() };
        let is_wrong = layout.types.iter().map(|area| doubt.is_wrong(*area));
        doubt.types = spread(platform, is_wrong.collect());
        doubt
    }

    /// Whether there are no errors.
    pub(super) fn is_none(&self) -> bool {
        self.wrong.is_empty() && !self.layout.partial
    }

    /// Whether an error is inside this part of a file.
    pub(super) fn is_wrong(&self, area: SourceSpan) -> bool {
        let first = self
            .wrong
            .partition_point(|span| (span.source, span.start) < (area.source, area.start));
        let next = self.wrong.get(first);
        next.is_some_and(|span| {
            span.source == area.source && span.start < area.end.max(area.start + 1)
        })
    }

    fn any(&self, areas: Option<&Areas>, keys: &[&str]) -> bool {
        let areas = areas.into_iter().flatten().filter(|(key, _)| keys.contains(key));
        areas.into_iter().any(|(_, area)| self.is_wrong(*area))
    }

    /// Whether one of these keys of a gateway has an error, or is required but missing.
    pub(super) fn of_gateway(&self, index: usize, keys: &[&str]) -> bool {
        let areas = self.layout.gateways.get(index);
        let missing = |key: &&str| {
            let optional = ["labels", "values", "replay", "errors", "credentials"];
            !optional.contains(key) && areas.is_none_or(|areas| !areas.contains_key(key))
        };
        keys.iter().any(missing) || self.any(areas, keys)
    }

    /// Whether one of these keys of a method has an error.
    pub(super) fn of_method(&self, method: &Method, keys: &[&str]) -> bool {
        self.any(self.layout.methods.get(method.name), keys)
    }

    /// Whether the table of a request could not be read.
    pub(super) fn of_table(&self, method: &Method) -> bool {
        method.request.fields.is_empty() && self.in_file_of(method)
    }

    /// Whether the file of a method has an error.
    pub(super) fn in_file_of(&self, method: &Method) -> bool {
        self.is_wrong(SourceSpan { source: method.span.source, start: 0, end: u32::MAX })
    }

    /// Whether methods may be missing, or fields of one of `methods`.
    pub(super) fn of_methods(&self, methods: &[&Method]) -> bool {
        self.layout.partial || methods.iter().any(|method| self.of_method(method, &["request"]))
    }

    /// Whether methods may be missing.
    pub(super) fn is_partial(&self) -> bool {
        self.layout.partial
    }

    /// Whether a field of a record has a type with an error.
    pub(super) fn of_record(&self, record: &Record) -> bool {
        record.fields.iter().any(|field| self.of_field(field))
    }

    fn of_field(&self, field: &Field) -> bool {
        match field.ty {
            Type::Record(id) | Type::Enumeration(id) => self.of_type(id),
            Type::Invalid => true,
            _ => false,
        }
    }

    /// Whether a type has an error or contains one that has.
    pub(super) fn of_type(&self, id: TypeId) -> bool {
        self.types.get(id.0).copied().unwrap_or(true)
    }

    /// Whether the data that a method returns contains a type with an error.
    pub(super) fn of_returns(&self, returns: &Returns) -> bool {
        match returns {
            Returns::Nothing => false,
            Returns::Record(record) => self.of_record(record),
            Returns::Value(field) => self.of_field(field),
        }
    }

    /// Whether a part that all methods of a gateway share has an error, so that no request can be
    /// built.
    pub(super) fn of_calls(&self, index: usize) -> bool {
        self.of_gateway(index, &["request", "credentials", "labels", "values"])
    }

    /// Whether an error prevents requests of a method from being built.
    pub(super) fn of_requests(&self, method: &Method) -> bool {
        const PARTS: [&str; 8] =
            ["gateway", "verb", "path", "business", "labels", "public", "request", "rules"];
        self.of_method(method, &PARTS) || self.of_record(&method.request)
    }
}

/// A copy of the platform without the parts that have errors, for further checks. `None` if a
/// gateway has an error.
pub(super) fn sound(platform: &Platform, doubt: &Doubt<'_>) -> Option<Platform> {
    let is_wrong = |area: &SourceSpan| doubt.is_wrong(*area);
    let of_gateway = |gateway: &Gateway| {
        let credentials = doubt.layout.gateways.iter().filter_map(|areas| areas.get("credentials"));
        credentials.into_iter().any(is_wrong) || doubt.is_wrong(gateway.span)
    };
    if platform.gateways.iter().any(of_gateway) {
        return None;
    }
    let mut rest = platform.clone();
    rest.methods.retain(|method| {
        let returned = doubt.of_method(method, &["response", "returns"]);
        !doubt.of_requests(method) && !returned && !doubt.of_returns(&method.returns)
    });
    let wrong: HashSet<usize> =
        (0..rest.types.len()).filter(|at| doubt.of_type(TypeId(*at))).collect();
    for (index, def) in rest.types.iter_mut().enumerate() {
        if let (true, TypeKind::Record(record)) = (wrong.contains(&index), &mut def.kind) {
            *record = Record::default();
        }
    }
    Some(rest)
}

/// Extends `wrong` to the types that contain wrong ones.
fn spread(platform: &Platform, mut wrong: Vec<bool>) -> Vec<bool> {
    let mut holders = vec![Vec::new(); platform.types.len()];
    for (index, def) in platform.types.iter().enumerate() {
        let TypeKind::Record(record) = &def.kind else { continue };
        for field in &record.fields {
            if let Type::Record(id) | Type::Enumeration(id) = field.ty
                && let Some(holders) = holders.get_mut(id.0)
            {
                holders.push(index);
            }
        }
    }
    let mut open: Vec<usize> = (0..wrong.len()).filter(|index| wrong[*index]).collect();
    while let Some(index) = open.pop() {
        for &holder in holders.get(index).into_iter().flatten() {
            if !wrong[holder] {
                wrong[holder] = true;
                open.push(holder);
            }
        }
    }
    wrong
}
