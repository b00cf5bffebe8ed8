//! `pairs(set, "template", "separator")`: which parameters, and how each is written.

use super::parse::{Raw, RawKind};
use super::resolve::Resolver;
use super::template::template;
use crate::diagnostic::{Diagnostic, rules};
use crate::model::{PairSet, Pairs, Part, Piece};
use crate::source::Span;
use crate::suggest::list;

pub(super) const SETS: [(&str, Part); 6] = [
    ("all", Part::All),
    ("public", Part::Public),
    ("business", Part::Business),
    ("query", Part::Query),
    ("form", Part::Form),
    ("header", Part::Header),
];

impl Resolver<'_> {
    pub(super) fn pairs(&mut self, set: &Raw, rest: &[Raw]) -> Option<Pairs> {
        let mut pairs = PairSet::default();
        self.set(set, &mut pairs)?;
        let mut texts = Vec::new();
        for raw in rest {
            match &raw.kind {
                RawKind::Text(text) => texts.push((text, raw.span)),
                _ => {
                    return self
                        .type_error(raw.span, "a template and a separator are texts in quotes");
                }
            }
        }
        let parsed = match texts.first() {
            None => {
                Ok(vec![Piece::Name(vec![]), Piece::Text("=".to_owned()), Piece::Value(vec![])])
            }
            Some((text, _)) => template(text),
        };
        let template = match (parsed, texts.first()) {
            (Ok(template), _) => template,
            (Err(message), place) => {
                let span = place.map_or(self.node.span, |(_, span)| *span);
                return self.fail(Diagnostic::at(rules::FORMULA_SYNTAX, span, message));
            }
        };
        let separator = match texts.as_slice() {
            [] => "&".to_owned(),
            [_] => String::new(),
            [_, (separator, _), ..] => (*separator).clone(),
        };
        Some(Pairs { set: pairs, template, separator })
    }

    /// `nonempty` and `except` filter the whole set: no protocol of the family filters a part.
    fn set(&mut self, raw: &Raw, into: &mut PairSet) -> Option<()> {
        match &raw.kind {
            RawKind::Call(name, arguments) if name == "nonempty" && arguments.len() == 1 => {
                into.nonempty = true;
                self.set(&arguments[0], into)
            }
            RawKind::Call(name, arguments) if name == "except" && arguments.len() > 1 => {
                for argument in &arguments[1..] {
                    match &argument.kind {
                        RawKind::Name(name) | RawKind::Text(name) => {
                            into.except.push((name.clone(), argument.span));
                        }
                        _ => {
                            return self
                                .type_error(argument.span, "`except` takes a set, then names");
                        }
                    }
                }
                self.set(&arguments[0], into)
            }
            RawKind::Union(parts) => parts.iter().try_for_each(|part| self.part(part, into)),
            _ => self.part(raw, into),
        }
    }

    fn part(&mut self, raw: &Raw, into: &mut PairSet) -> Option<()> {
        match &raw.kind {
            RawKind::Names(names) => into.parts.push(Part::Names(names.clone())),
            RawKind::Name(name) => match SETS.iter().find(|(known, _)| *known == name) {
                Some((_, part)) => into.parts.push(part.clone()),
                None => {
                    let advice = format!("the sets are {}", list(&SETS.map(|(known, _)| known)));
                    let message = format!("`{name}` is not a set of parameters");
                    return self.fail(
                        Diagnostic::at(rules::UNKNOWN_NAME, raw.span, message).help(format!(
                            "{advice}, and `[{name}]` for the parameter of that name"
                        )),
                    );
                }
            },
            RawKind::Call(name, _) if name == "nonempty" || name == "except" => {
                return self.type_error(raw.span, format!("`{name}` goes around the whole set"));
            }
            _ => return self.type_error(raw.span, "a set of parameters is expected here"),
        }
        Some(())
    }
}

pub(super) fn set_outside_pairs(span: Span) -> Diagnostic {
    Diagnostic::at(rules::FORMULA_TYPE, span, "a set of parameters stands only in `pairs(…)`")
        .help("write `pairs(…)` around it")
}
