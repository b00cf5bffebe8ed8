//! Values in examples and vectors.

use crate::source::SourceSpan;

/// A value in an example or a vector, as it is written. It has a span at each level.
#[derive(Debug, Clone)]
pub enum Value {
    /// A value that is explicitly absent (`~`).
    Null(SourceSpan),
    /// A scalar as it is written.
    Text(String, SourceSpan),
    /// A list.
    List(Vec<Value>, SourceSpan),
    /// A record or map.
    Map(Vec<(String, SourceSpan, Value)>, SourceSpan),
}

impl Value {
    /// The value at a path such as `deliveryList[2].goodsType`.
    pub fn at(&self, path: &str) -> Option<&Value> {
        let mut here = self;
        for step in path.split(['.', '[']).filter(|step| !step.is_empty()) {
            here = match (here, step.strip_suffix(']')) {
                (Value::List(items, _), Some(index)) => items.get(index.parse::<usize>().ok()?)?,
                (Value::Map(entries, _), None) => {
                    entries.iter().find(|(name, _, _)| name == step).map(|(_, _, value)| value)?
                }
                _ => return None,
            };
        }
        Some(here)
    }

    /// The span of the value.
    pub fn span(&self) -> SourceSpan {
        match self {
            Value::Null(span)
            | Value::Text(_, span)
            | Value::List(_, span)
            | Value::Map(_, span) => *span,
        }
    }
}
