//! `pairs(set, "template", "separator")`: which parameters, and how each is written.

use super::parse::{Raw, RawKind};
use super::resolve::Resolver;
use super::template::template;
use crate::diagnostic::{Diagnostic, rules};
use crate::keep;
use crate::model::ExprKind;
use crate::source::SourceSpan;
use crate::suggest::list;
use gatespec_protocol::{Pairs, Select};

pub(super) const SETS: [(&str, Select<'static>); 6] = [
    ("all", Select::All),
    ("public", Select::Public),
    ("business", Select::Business),
    ("query", Select::Query),
    ("form", Select::Form),
    ("header", Select::Header),
];

/// What a set is made of, with the places of names.
#[derive(Default)]
struct PairSet {
    parts: Vec<Select<'static>>,
    nonempty: bool,
    names: Vec<(&'static str, SourceSpan)>,
    except: Vec<(&'static str, SourceSpan)>,
}

impl Resolver<'_> {
    pub(super) fn pairs(&mut self, set: &Raw, rest: &[Raw]) -> Option<ExprKind> {
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
            None => Ok(Pairs::BARE.template),
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
            [] => "&",
            [_] => "",
            [_, (separator, _), ..] => keep::text(separator),
        };
        let PairSet { parts, nonempty, mut names, except } = pairs;
        let select = keep::list(parts);
        let except_names = keep::list(except.iter().map(|(name, _)| *name));
        let pairs = Pairs { select, nonempty, except: except_names, template, separator };
        names.extend(except);
        Some(ExprKind::Pairs(pairs, names))
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
                            into.except.push((keep::text(name), argument.span));
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
            RawKind::Names(names) => {
                let names: Vec<_> =
                    names.iter().map(|(name, at)| (keep::text(name), *at)).collect();
                into.parts.push(Select::Names(keep::list(names.iter().map(|(name, _)| *name))));
                into.names.extend(names);
            }
            RawKind::Name(name) => match SETS.iter().find(|(known, _)| *known == name) {
                Some((_, part)) => into.parts.push(*part),
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

pub(super) fn set_outside_pairs(span: SourceSpan) -> Diagnostic {
    Diagnostic::at(rules::FORMULA_TYPE, span, "a set of parameters stands only in `pairs(…)`")
        .help("write `pairs(…)` around it")
}
