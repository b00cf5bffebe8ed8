//! Resolves `pairs(set, "template", "separator")`: which parameters it selects, and how each is
//! written.

use super::parse::{Raw, RawKind};
use super::template::{WrongTemplate, template};
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

/// An error in the arguments. It is boxed because it is large and rare.
type Wrong = Box<Diagnostic>;

/// A set of parameters, with the span of each name in it.
#[derive(Default)]
struct PairSet {
    parts: Vec<Select<'static>>,
    nonempty: bool,
    names: Vec<(&'static str, SourceSpan)>,
    except: Vec<(&'static str, SourceSpan)>,
}

/// Resolves the arguments of `pairs`.
pub(super) fn pairs(set: &Raw, rest: &[Raw]) -> Result<ExprKind, Wrong> {
    let mut found = PairSet::default();
    found.whole(set)?;
    let texts = rest.iter().map(|raw| match &raw.kind {
        RawKind::Text(text) => Ok((text, raw.span)),
        RawKind::Name(name) if SETS.iter().any(|(known, _)| known == name) => {
            let wrong = type_error(raw.span, "expected a template or a separator in quotes");
            Err(Box::new(wrong.help("join sets with `|`: `pairs(public | business)`")))
        }
        _ => Err(type_error(raw.span, "expected a template or a separator in quotes")),
    });
    let texts = texts.collect::<Result<Vec<_>, _>>()?;
    let template = match texts.first() {
        None => Pairs::BARE.template,
        Some((text, span)) => {
            template(text).map_err(|wrong| template_error(&wrong, text, *span))?
        }
    };
    let separator = match texts.as_slice() {
        [] => "&",
        [_] => "",
        [_, (separator, _), ..] => keep::text(separator),
    };
    let PairSet { parts, nonempty, mut names, except } = found;
    let select = keep::list(parts);
    let except_names = keep::list(except.iter().map(|(name, _)| *name));
    let pairs = Pairs { select, nonempty, except: except_names, template, separator };
    names.extend(except);
    Ok(ExprKind::Pairs(pairs, names))
}

impl PairSet {
    /// Applies `nonempty` or `except`, which must contain the whole set: no known protocol filters
    /// only a part of it.
    fn whole(&mut self, raw: &Raw) -> Result<(), Wrong> {
        match &raw.kind {
            RawKind::Call(name, arguments) if name == "nonempty" && arguments.len() == 1 => {
                self.nonempty = true;
                self.whole(&arguments[0])
            }
            RawKind::Call(name, arguments) if name == "except" && arguments.len() > 1 => {
                for argument in &arguments[1..] {
                    let (RawKind::Name(name) | RawKind::Text(name)) = &argument.kind else {
                        return Err(type_error(argument.span, "`except` takes a set, then names"));
                    };
                    self.except.push((keep::text(name), argument.span));
                }
                self.whole(&arguments[0])
            }
            RawKind::Union(parts) => parts.iter().try_for_each(|part| self.part(part)),
            _ => self.part(raw),
        }
    }

    fn part(&mut self, raw: &Raw) -> Result<(), Wrong> {
        match &raw.kind {
            RawKind::Names(names) => {
                let names = names.iter().map(|(name, at)| (keep::text(name), *at));
                let names: Vec<_> = names.collect();
                self.parts.push(Select::Names(keep::list(names.iter().map(|(name, _)| *name))));
                self.names.extend(names);
                Ok(())
            }
            RawKind::Name(name) => match SETS.iter().find(|(known, _)| *known == name) {
                Some((_, part)) => {
                    self.parts.push(*part);
                    Ok(())
                }
                None => Err(unknown_set(name, raw.span)),
            },
            RawKind::Call(name, _) if name == "nonempty" || name == "except" => {
                Err(type_error(raw.span, format!("`{name}` must enclose the whole set")))
            }
            _ => Err(type_error(raw.span, "expected a set of parameters")),
        }
    }
}

/// The diagnostic for a wrong template, at the placeholder that is wrong.
fn template_error(wrong: &WrongTemplate, text: &str, span: SourceSpan) -> Wrong {
    // Positions in the text are exact only if the text has no escapes.
    let is_plain = (span.end - span.start) as usize == text.len() + 2;
    let at = if is_plain { span.part(1 + wrong.at.start, 1 + wrong.at.end) } else { span };
    Box::new(Diagnostic::at(rules::FORMULA_SYNTAX, at, wrong.message.clone()))
}

fn type_error(span: SourceSpan, message: impl Into<String>) -> Wrong {
    Box::new(Diagnostic::at(rules::FORMULA_TYPE, span, message))
}

fn unknown_set(name: &str, span: SourceSpan) -> Wrong {
    let known = list(&SETS.map(|(known, _)| known));
    let message = format!("`{name}` is not a set of parameters");
    let help = format!("the sets are {known}; for the parameter of this name, write `[{name}]`");
    Box::new(Diagnostic::at(rules::UNKNOWN_NAME, span, message).help(help))
}

pub(super) fn set_outside_pairs(span: SourceSpan) -> Diagnostic {
    let message = "a set of parameters is allowed only in `pairs(…)`";
    Diagnostic::at(rules::FORMULA_TYPE, span, message).help("enclose it in `pairs(…)`")
}
