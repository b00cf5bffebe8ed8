//! Limits how deeply records are nested, because rustc can follow only a limited depth.

use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Field, Platform, Record, Type, TypeId, TypeKind};

/// The maximum nesting depth of records. To decide whether a request is `Send`, rustc follows at
/// most 128 nested types, and a list of records takes four of them per level. The rest is left for
/// the futures of the caller.
const MAX_NESTED: usize = 20;

pub(super) fn check(platform: &Platform, sink: &mut Sink) {
    let graph = Graph::of(platform);
    let groups = graph.groups();
    let depths = graph.depths(&groups);
    for (index, def) in platform.types.iter().enumerate() {
        // If a record is nested too deeply, so are all records around it. Only the innermost of
        // them is reported.
        let held = || fields(platform, index);
        let depth_of = |field: &Field| record_of(field).map_or(0, |id| depths[id.0]);
        let apart =
            |field: &Field| record_of(field).is_some_and(|id| groups[id.0] != groups[index]);
        let deeper = held().any(|field| apart(field) && depth_of(field) > MAX_NESTED);
        if depths[index] <= MAX_NESTED || deeper {
            continue;
        }
        let deepest = held().max_by_key(|field| depth_of(field));
        let span = deepest.map_or(def.span, |field| field.span);
        let message = format!("`{}` nests records {} levels deep", def.name, depths[index]);
        sink.report(
            Diagnostic::at(rules::DEEP_RECORD, span, message)
                .label(format!("the maximum is {MAX_NESTED} levels"))
                .help("give an inner record `type: json`, or merge levels"),
        );
    }
}

fn fields(platform: &Platform, index: usize) -> impl Iterator<Item = &Field> {
    let record = match &platform.type_def(TypeId(index)).kind {
        TypeKind::Record(record) => Some(record),
        TypeKind::Enumeration(_) => None,
    };
    record.into_iter().flat_map(Record::sent).filter(|field| record_of(field).is_some())
}

fn record_of(field: &Field) -> Option<TypeId> {
    match field.ty {
        Type::Record(id) => Some(id),
        _ => None,
    }
}

/// For each type, by index: the records inside it, and the records that contain it.
struct Graph {
    holds: Vec<Vec<usize>>,
    held_by: Vec<Vec<usize>>,
}

impl Graph {
    fn of(platform: &Platform) -> Self {
        let count = platform.types.len();
        let mut graph = Self { holds: vec![Vec::new(); count], held_by: vec![Vec::new(); count] };
        for outer in 0..count {
            for inner in fields(platform, outer).filter_map(record_of) {
                graph.holds[outer].push(inner.0);
                graph.held_by[inner.0].push(outer);
            }
        }
        graph
    }

    /// The group of each type. Types that contain each other (through lists) are in one group. The
    /// group of a type has a smaller number than the groups of the types inside it (Kosaraju's
    /// algorithm).
    fn groups(&self) -> Vec<usize> {
        let mut seen = vec![false; self.holds.len()];
        let mut order = Vec::new();
        for index in 0..self.holds.len() {
            visit(&self.holds, index, &mut seen, &mut order);
        }
        let mut groups = vec![0; self.holds.len()];
        let mut grouped = vec![false; self.holds.len()];
        for (number, &index) in order.iter().rev().enumerate() {
            let mut group = Vec::new();
            visit(&self.held_by, index, &mut grouped, &mut group);
            for member in group {
                groups[member] = number;
            }
        }
        groups
    }

    /// For each type, the nesting depth of records, including the type itself. A group adds at most
    /// as many levels as it has types.
    fn depths(&self, groups: &[usize]) -> Vec<usize> {
        let mut members = vec![Vec::new(); groups.len()];
        for (index, &group) in groups.iter().enumerate() {
            members[group].push(index);
        }
        let mut depths = vec![0; groups.len()];
        for group in members.iter().rev() {
            let held = group.iter().flat_map(|&index| &self.holds[index]);
            let below = held.map(|&inner| depths[inner]).max().unwrap_or(0);
            for &index in group {
                depths[index] = group.len() + below;
            }
        }
        depths
    }
}

/// Appends all unseen types that can be reached from `start`, each one after the types that it
/// leads to. The stack is explicit, since a spec may have thousands of types.
fn visit(edges: &[Vec<usize>], start: usize, seen: &mut [bool], order: &mut Vec<usize>) {
    if std::mem::replace(&mut seen[start], true) {
        return;
    }
    let mut stack = vec![(start, 0)];
    while let Some((index, next)) = stack.pop() {
        let Some(&inner) = edges[index].get(next) else {
            order.push(index);
            continue;
        };
        stack.push((index, next + 1));
        if !std::mem::replace(&mut seen[inner], true) {
            stack.push((inner, 0));
        }
    }
}
