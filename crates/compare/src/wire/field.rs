//! Fields, records, enumerations and rules.

use super::pairs::{Pair, pairs};
use super::types::{list_verdict, list_words, verdict, words};
use super::{Role, Walk, fact};
use crate::change::Wire;
use gatespec_language::model::{
    Constraint, Delivery, Enumeration, Field, Record, Required, Rule, RuleKind, Type, TypeId,
    TypeKind,
};
use gatespec_language::source::SourceSpan;

const TIGHTER: &str = "the gateway refuses values that old clients allow";
const LOOSER: &str = "old clients refuse values that the gateway accepts";

impl Walk<'_> {
    /// Compares two versions of a record that is sent in this role. `subject` is the start of the
    /// subject of each change.
    pub(super) fn record(&mut self, role: Role, subject: &str, old: &Record, new: &Record) {
        for pair in pairs(&old.fields, &new.fields, |one| &one.name) {
            let name = format!("{subject}.{}", pair.newest().name);
            match pair {
                Pair::Both(before, after) => self.field(role, &name, before, after),
                Pair::Gone(before) => self.removed(role, &name, before),
                Pair::New(after) => self.added(role, &name, after),
            }
        }
        if role != Role::Answer {
            self.rules(subject, &old.rules, &new.rules);
        }
    }

    fn added(&mut self, role: Role, subject: &str, field: &Field) {
        let (wire, effect) = match (role, &field.required) {
            _ if field.send != Delivery::Yes => (Wire::Works, ""),
            (Role::Answer, _) => (Wire::Works, "old clients ignore it"),
            (_, _) if field.in_path => (Wire::Fails, "old clients call another path"),
            (_, Required::Yes) => (Wire::Fails, "old clients do not send it"),
            (_, Required::When(_) | Required::Unless(_)) => {
                (Wire::MayFail, "old clients do not send it where it is required")
            }
            (_, Required::No) => (Wire::Works, ""),
        };
        self.changed(field.span, subject, fact("is new", wire, effect));
    }

    fn removed(&mut self, role: Role, subject: &str, field: &Field) {
        let (wire, effect) = match role {
            _ if field.send != Delivery::Yes => (Wire::Works, ""),
            Role::Answer if field.always => (Wire::Fails, "old clients refuse answers without it"),
            Role::Answer => (Wire::Works, "old clients see it as missing"),
            _ if field.in_path => (Wire::Fails, "old clients call another path"),
            _ => (Wire::MayFail, "old clients send it, and the gateway may ignore or refuse it"),
        };
        self.gone(field.span, subject, fact("is gone", wire, effect));
    }

    pub(super) fn field(&mut self, role: Role, subject: &str, old: &Field, new: &Field) {
        self.prose(new.span, subject, &old.about, &new.about);
        if (old.send == Delivery::Yes) != (new.send == Delivery::Yes) {
            match new.send {
                Delivery::Yes => self.added(role, subject, new),
                _ => self.changed(
                    new.span,
                    subject,
                    fact("is no longer sent", Wire::MayFail, "old clients send it"),
                ),
            }
            return;
        }
        if new.send != Delivery::Yes {
            return;
        }
        self.types(role, subject, old, new);
        if role == Role::Answer {
            self.presence(subject, old, new);
        } else {
            self.requirement(subject, old, new);
            self.limits(subject, old, new);
            let nullable = (Wire::MayFail, "an absent value is written differently");
            let show = |null: &bool| if *null { "`null`" } else { "left out" }.to_owned();
            let values = (&old.nullable, &new.nullable);
            self.differs(new.span, subject, "an absent value", values, show, nullable);
        }
        if old.sensitive != new.sensitive {
            let what = if new.sensitive { "is sensitive now" } else { "is no longer sensitive" };
            self.changed(new.span, subject, fact(what, Wire::Works, ""));
        }
    }

    fn types(&mut self, role: Role, subject: &str, old: &Field, new: &Field) {
        match (&old.ty, &new.ty) {
            (Type::Record(before), Type::Record(after)) => self.named(role, *before, *after),
            (Type::Enumeration(before), Type::Enumeration(after)) => {
                self.named(role, *before, *after);
            }
            (before, after) if words(before) != words(after) => {
                let what = format!("changes from {} to {}", words(before), words(after));
                let (wire, effect) = verdict(role, before, after);
                self.changed(new.span, subject, fact(what, wire, effect));
            }
            _ => {}
        }
        let (before, after) = (old.list.as_ref(), new.list.as_ref());
        if before != after {
            let what =
                format!("is sent as {} instead of {}", list_words(after), list_words(before));
            let (wire, effect) = list_verdict(role, before, after, old.single);
            self.changed(new.span, subject, fact(what, wire, effect));
        }
        if old.single != new.single {
            let (what, verdict) = match (new.single, role) {
                (true, Role::Answer) => (
                    "may be a bare item instead of a list",
                    (Wire::MayFail, "old clients do not decode a bare item"),
                ),
                (true, _) => ("may be a bare item instead of a list", (Wire::Works, "")),
                (false, _) => ("is always a list", (Wire::Works, "")),
            };
            self.changed(new.span, subject, fact(what, verdict.0, verdict.1));
        }
        if old.json_text != new.json_text {
            let what = if new.json_text { "is JSON in a text now" } else { "is plain JSON now" };
            let (wire, effect) = match role {
                // Decoders accept JSON in a text as well as plain JSON.
                Role::Answer | Role::Form => (Wire::Works, ""),
                Role::Json => {
                    (Wire::Fails, "old clients write it in a form that the gateway refuses")
                }
            };
            self.changed(new.span, subject, fact(what, wire, effect));
        }
    }

    fn presence(&mut self, subject: &str, old: &Field, new: &Field) {
        match (old.always, new.always) {
            (true, false) => self.changed(
                new.span,
                subject,
                fact("may be absent now", Wire::MayFail, "old clients refuse answers without it"),
            ),
            (false, true) => {
                self.changed(new.span, subject, fact("is always present now", Wire::Works, ""));
            }
            _ => {}
        }
    }

    fn requirement(&mut self, subject: &str, old: &Field, new: &Field) {
        let words = |required: &Required| match required {
            Required::No => "optional".to_owned(),
            Required::Yes => "required".to_owned(),
            Required::When(on) => format!("required when `{}` {}", on.field, values(&on.any_of)),
            Required::Unless(on) => {
                format!("required unless `{}` {}", on.field, values(&on.any_of))
            }
        };
        let (before, after) = (words(&old.required), words(&new.required));
        if before != after {
            let (wire, effect) = match (&old.required, &new.required) {
                (Required::Yes, _) => (Wire::Works, "old clients refuse calls without it"),
                (_, Required::No) => (Wire::Works, ""),
                _ => (Wire::MayFail, "the gateway refuses calls without it"),
            };
            let what = format!("changes from {before} to {after}");
            self.changed(new.span, subject, fact(what, wire, effect));
        }
        if old.in_path != new.in_path {
            let what = if new.in_path { "is in the path now" } else { "is no longer in the path" };
            self.changed(
                new.span,
                subject,
                fact(what, Wire::Fails, "old clients call another path"),
            );
        }
    }

    /// Compares the limits of a value, which may be new, tighter, looser or removed.
    fn limits(&mut self, subject: &str, old: &Field, new: &Field) {
        for (after, span) in &new.constraints {
            let before =
                old.constraints.iter().map(|(one, _)| one).find(|one| is_alike(one, after));
            let what = |verb| format!("{verb} {}", limit(after));
            let fact = match before {
                Some(before) if limit(before) == limit(after) => continue,
                None => fact(what("must have"), Wire::MayFail, TIGHTER),
                Some(before) if is_looser(before, after) => {
                    fact(what("may have"), Wire::Works, LOOSER)
                }
                Some(_) => fact(what("must have"), Wire::MayFail, TIGHTER),
            };
            self.changed(*span, subject, fact);
        }
        let gone =
            |one: &Constraint| !new.constraints.iter().any(|(after, _)| is_alike(one, after));
        for (before, span) in old.constraints.iter().filter(|(one, _)| gone(one)) {
            let what = format!("need not have {}", limit(before));
            self.gone(*span, subject, fact(what, Wire::Works, LOOSER));
        }
    }

    /// Compares two versions of a named type, once in each role.
    fn named(&mut self, role: Role, old: TypeId, new: TypeId) {
        if !self.seen.insert((role, old.0, new.0)) {
            return;
        }
        let (before, after) = (&self.old.types[old.0], &self.new.types[new.0]);
        let subject = format!("{} {}", self.new.id, after.name);
        self.prose(after.span, &subject, &before.about, &after.about);
        match (&before.kind, &after.kind) {
            (TypeKind::Record(before), TypeKind::Record(after)) => {
                self.record(role, &subject, before, after);
            }
            (TypeKind::Enumeration(before), TypeKind::Enumeration(kind)) => {
                self.enumeration(role, &subject, after.span, before, kind);
            }
            _ => {}
        }
    }

    fn enumeration(
        &mut self,
        role: Role,
        subject: &str,
        span: SourceSpan,
        old: &Enumeration,
        new: &Enumeration,
    ) {
        for pair in pairs(&old.variants, &new.variants, |one| &one.value) {
            let name = format!("{subject} `{}`", pair.newest().value);
            match pair {
                Pair::Both(before, after) => {
                    self.prose(after.span, &name, &before.about, &after.about);
                }
                Pair::New(after) => {
                    let effect = match role {
                        Role::Answer => "old clients keep it as an unknown value",
                        _ => "old clients refuse to send it",
                    };
                    self.changed(after.span, &name, fact("is new", Wire::Works, effect));
                }
                Pair::Gone(before) => {
                    let (wire, effect) = match role {
                        Role::Answer => (Wire::Works, ""),
                        _ => (Wire::MayFail, "the gateway refuses calls with this value"),
                    };
                    self.gone(before.span, &name, fact("is gone", wire, effect));
                }
            }
        }
        if old.numeric != new.numeric {
            let what = if new.numeric { "its values are numbers" } else { "its values are texts" };
            let (wire, effect) = match role {
                Role::Answer | Role::Form => (Wire::Works, ""),
                Role::Json => {
                    (Wire::Fails, "old clients write the values in a form that the gateway refuses")
                }
            };
            self.changed(span, subject, fact(what, wire, effect));
        }
    }

    fn rules(&mut self, subject: &str, old: &[Rule], new: &[Rule]) {
        for pair in pairs(old, new, |one| (one.kind.key(), one.kind.fields())) {
            let name = format!("{subject} {}", rule(&pair.newest().kind));
            match pair {
                Pair::New(after) => {
                    self.changed(after.span, &name, fact("is new", Wire::MayFail, TIGHTER));
                }
                Pair::Gone(before) => {
                    self.gone(before.span, &name, fact("is gone", Wire::Works, LOOSER));
                }
                Pair::Both(before, after) => self.rule(&name, before, after),
            }
        }
    }

    fn rule(&mut self, subject: &str, old: &Rule, new: &Rule) {
        self.prose(new.span, subject, &old.about, &new.about);
        if let (RuleKind::Span(_, _, before), RuleKind::Span(_, _, limit)) = (&old.kind, &new.kind)
            && (before.at_most, before.end) != (limit.at_most, limit.end)
        {
            let looser = before.at_most.duration() <= limit.at_most.duration();
            let (wire, effect) =
                if looser { (Wire::Works, LOOSER) } else { (Wire::MayFail, TIGHTER) };
            self.changed(new.span, subject, fact("its limit changes", wire, effect));
        }
    }
}

fn rule(kind: &RuleKind) -> String {
    format!("{}:{}", kind.key(), kind.fields().join(","))
}

fn values(any_of: &[String]) -> String {
    if any_of.is_empty() { "is given".to_owned() } else { format!("is {}", any_of.join(" or ")) }
}

/// Whether two limits are of the same kind.
fn is_alike(a: &Constraint, b: &Constraint) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b)
}

/// Whether `new` allows all values that `old` allows.
fn is_looser(old: &Constraint, new: &Constraint) -> bool {
    fn wider<T: PartialOrd>(old: (Option<T>, Option<T>), new: (Option<T>, Option<T>)) -> bool {
        let least = new.0.is_none_or(|new| old.0.is_some_and(|old| new <= old));
        least && new.1.is_none_or(|new| old.1.is_some_and(|old| new >= old))
    }
    let number = |text: &Option<String>| text.as_deref()?.parse::<f64>().ok();
    match (old, new) {
        (Constraint::Length { min, max }, Constraint::Length { min: least, max: most })
        | (Constraint::Items { min, max }, Constraint::Items { min: least, max: most }) => {
            wider((*min, *max), (*least, *most))
        }
        (Constraint::Range { min, max }, Constraint::Range { min: least, max: most }) => {
            wider((number(min), number(max)), (number(least), number(most)))
        }
        _ => false,
    }
}

fn limit(one: &Constraint) -> String {
    fn ends<T: ToString>(min: Option<&T>, max: Option<&T>) -> String {
        match (min, max) {
            (Some(min), Some(max)) => format!("{} to {}", min.to_string(), max.to_string()),
            (Some(min), None) => format!("at least {}", min.to_string()),
            (None, Some(max)) => format!("at most {}", max.to_string()),
            (None, None) => "any".to_owned(),
        }
    }
    match one {
        Constraint::Length { min, max } => {
            format!("a length of {}", ends(min.as_ref(), max.as_ref()))
        }
        Constraint::Range { min, max } => {
            format!("a value of {}", ends(min.as_ref(), max.as_ref()))
        }
        Constraint::Items { min, max } => format!("{} items", ends(min.as_ref(), max.as_ref())),
        Constraint::Pattern(pattern) => format!("the pattern {:?}", pattern.as_str()),
    }
}
