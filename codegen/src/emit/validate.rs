//! How a record is checked: one line a field, one line a rule.

use super::encode::{copied, is_copy};
use super::names::{Part, part};
use super::types::number;
use crate::plan::{
    Build, Check, Condition, Field, Holds, Limit, ListStyle, Record, Rule, Std, Value,
};
use gatespec_protocol::{Decimal, Span};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// `impl Validate`.
pub fn validate(record: &Record<'_>, build: &Build<'_>, std: Std) -> TokenStream {
    let ident = &record.ident;
    let patterns = build.checks.iter().flat_map(|check| &check.limits).filter_map(pattern);
    let patterns: Vec<Part> = patterns.collect();
    let fields = &record.fields;
    let checks = build.checks.iter().map(|one| check(one, fields, std));
    let checks: Vec<Part> = checks.collect();
    let rules: Vec<Part> = build.rules.iter().map(|one| rule(one, fields)).collect();
    let cx = if checks.is_empty() && rules.is_empty() { quote!(_) } else { quote!(cx) };
    quote! {
        impl rt::Validate for #ident {
            fn check(&self, #cx: &mut rt::Checker<'_>) {
                #(#patterns)*
                #(#checks)*
                #(#rules)*
            }
        }
    }
}

/// A pattern is compiled once.
fn pattern(limit: &Limit<'_>) -> Option<Part> {
    let Limit::Pattern(ident, pattern) = limit else { return None };
    Some(part!(static #ident: rt::Pattern = rt::Pattern::new(#pattern);))
}

fn check(check: &Check<'_>, fields: &[Field<'_>], std: Std) -> Part {
    let subject = subject(&fields[check.field], std);
    let limits: Vec<Part> = check.limits.iter().map(|one| limit(one, fields, std)).collect();
    part!(#subject #(#limits)*;)
}

fn subject(field: &Field<'_>, std: Std) -> Part {
    let (ident, wire) = (&field.ident, field.wire);
    match (&field.place.value, field.place.holds) {
        (Value::Record(_), Holds::List(_)) => part!(cx.each(#wire, &self.#ident)),
        (Value::Choice(..), Holds::List(_)) => part!(cx.choices(#wire, &self.#ident)),
        (Value::Text, Holds::List(ListStyle::Delimited(delimiter))) => {
            part!(cx.joined(#wire, &self.#ident, #delimiter))
        }
        (_, Holds::List(_)) => part!(cx.items(#wire, self.#ident.len())),
        (Value::Map(_), _) => part!(cx.map(#wire, self.#ident.len())),
        (value, _) => {
            let given = given(field, std);
            match value {
                Value::Text => part!(cx.text(#wire, #given)),
                Value::Integer(_) => part!(cx.integer(#wire, #given)),
                Value::Fen(_) => part!(cx.fen(#wire, #given)),
                Value::Decimal { scale, .. } => {
                    let scale = number((*scale).into());
                    part!(cx.decimal(#wire, #given, #scale))
                }
                Value::Flag(..) => part!(cx.flag(#wire, #given)),
                Value::Time(_) => part!(cx.time(#wire, #given)),
                Value::Json | Value::Map(_) => part!(cx.json(#wire, #given)),
                Value::Record(_) => part!(cx.record(#wire, #given)),
                Value::Choice(..) => part!(cx.choice(#wire, #given)),
            }
        }
    }
}

/// The value of a field as an option of what the checker takes.
fn given(field: &Field<'_>, std: Std) -> Part {
    let (ident, private) = (&field.ident, field.place.private);
    let value = &field.place.value;
    match (field.place.holds, value) {
        (Holds::Option, value) if is_copy(value) => copied(ident, private),
        (Holds::Option, Value::Text) if private => {
            let string = std.string();
            part!(self.#ident.as_deref().map(#string::as_str))
        }
        (Holds::Option, Value::Text) => part!(self.#ident.as_deref()),
        (Holds::Option, Value::Json) if private => part!(self.#ident.as_deref()),
        (Holds::Option, Value::Json) => part!(self.#ident.as_ref()),
        (Holds::Option, _) => part!(self.#ident.as_ref().map(|it| it as _)),
        (_, value) if is_copy(value) && private => part!(Some(*self.#ident)),
        (_, value) if is_copy(value) => part!(Some(self.#ident)),
        _ => part!(Some(&self.#ident)),
    }
}

fn limit(limit: &Limit<'_>, fields: &[Field<'_>], std: Std) -> Part {
    match limit {
        Limit::Required => part!(.required()),
        Limit::RequiredWhen(when) => {
            let when = condition(when, fields, std);
            part!(.required_when(#when))
        }
        Limit::RequiredUnless(unless) => {
            let unless = condition(unless, fields, std);
            part!(.required_unless(#unless))
        }
        Limit::Length(min, max) => bounds(&part!(length), min.map(number), max.map(number)),
        Limit::Items(min, max) => bounds(&part!(items), min.map(number), max.map(number)),
        Limit::Range(min, max) => bounds(&part!(range), min.map(decimal), max.map(decimal)),
        Limit::Pattern(ident, _) => part!(.pattern(&#ident)),
    }
}

fn bounds<T: quote::ToTokens>(rule: &Part, min: Option<T>, max: Option<T>) -> Part {
    let bound = |bound: Option<T>| bound.map_or(part!(None), |bound| part!(Some(#bound)));
    let (min, max) = (bound(min), bound(max));
    part!(.#rule(#min, #max))
}

fn decimal(value: Decimal) -> Part {
    let digits = Literal::i128_unsuffixed(value.mantissa());
    let scale = number(value.scale().into());
    match i64::try_from(value.mantissa()) {
        Ok(_) => part!(rt::Decimal::new(#digits, #scale)),
        Err(_) => part!(rt::Decimal::from_i128_with_scale(#digits, #scale)),
    }
}

fn condition(condition: &Condition<'_>, fields: &[Field<'_>], std: Std) -> Part {
    let field = &fields[condition.field];
    let (wire, any_of) = (field.wire, condition.any_of);
    if any_of.is_empty() {
        let present = present(field);
        return part!(rt::When::present(#wire, #present));
    }
    let text = text(field, std);
    part!(rt::When::is(#wire, #text, &[#(#any_of),*]))
}

/// The value of a field as an optional text, in the words of the spec.
fn text(field: &Field<'_>, std: Std) -> Part {
    let (ident, place) = (&field.ident, &field.place);
    let optional = place.holds == Holds::Option;
    let copied = copied(ident, place.private);
    match &place.value {
        Value::Choice(path, _) if optional && place.private => {
            part!(self.#ident.as_deref().map(#path::as_str))
        }
        Value::Choice(path, _) if optional => part!(self.#ident.as_ref().map(#path::as_str)),
        Value::Choice(..) => part!(Some(self.#ident.as_str())),
        Value::Flag(..) if optional => part!(#copied.map(|it| rt::Spelling::WORDS.of(it))),
        Value::Flag(..) if place.private => part!(Some(rt::Spelling::WORDS.of(*self.#ident))),
        Value::Flag(..) => part!(Some(rt::Spelling::WORDS.of(self.#ident))),
        Value::Text => given(field, std),
        _ if optional => part!(#copied.map(|it| it.to_string()).as_deref()),
        _ => part!(Some(&self.#ident.to_string())),
    }
}

/// Whether a field is there and not empty.
fn present(field: &Field<'_>) -> Part {
    let (ident, place) = (&field.ident, &field.place);
    match (&place.value, place.holds) {
        (_, Holds::List(_)) | (Value::Map(_) | Value::Text, Holds::One) => {
            part!(!self.#ident.is_empty())
        }
        (Value::Choice(..), Holds::One) => part!(!self.#ident.as_str().is_empty()),
        (Value::Text, _) => part!(self.#ident.as_ref().is_some_and(|it| !it.is_empty())),
        (Value::Choice(..), _) => {
            part!(self.#ident.as_ref().is_some_and(|it| !it.as_str().is_empty()))
        }
        (Value::Json, Holds::One) => part!(!self.#ident.is_null()),
        (Value::Json, _) => part!(self.#ident.as_ref().is_some_and(|it| !it.is_null())),
        (_, Holds::Option) => part!(self.#ident.is_some()),
        (_, Holds::One) => part!(true),
    }
}

fn rule(rule: &Rule<'_>, fields: &[Field<'_>]) -> Part {
    match rule {
        Rule::NotAfter(first, second) => {
            let (first, second) = (time(&fields[*first]), time(&fields[*second]));
            part!(cx.not_after(#first, #second);)
        }
        Rule::Span(first, second, limit) => {
            let (first, second) = (time(&fields[*first]), time(&fields[*second]));
            let limit = span(limit);
            part!(cx.span(#first, #second, #limit);)
        }
        Rule::AtLeastOne(names) => {
            let names = names.iter().map(|&index| {
                let (wire, present) = (fields[index].wire, present(&fields[index]));
                part!((#wire, #present))
            });
            part!(cx.at_least_one(&[#(#names),*]);)
        }
    }
}

/// The span as the spec states it: 7 days are not 168 hours in a message.
pub fn span(span: &Span) -> Part {
    let text = span.to_string();
    let (count, unit) = text.split_once(' ').unwrap_or((&text, "seconds"));
    let count = number(count.parse().unwrap_or_else(|_| span.duration().as_secs()));
    match unit.trim_end_matches('s') {
        "day" => part!(rt::Span::days(#count)),
        "hour" => part!(rt::Span::hours(#count)),
        "minute" => part!(rt::Span::minutes(#count)),
        _ => part!(rt::Span::seconds(#count)),
    }
}

fn time(field: &Field<'_>) -> Part {
    let (wire, given) = (field.wire, instant(field));
    part!((#wire, #given))
}

/// A time as an optional one.
pub fn instant(field: &Field<'_>) -> Part {
    let ident = &field.ident;
    match (field.place.holds, field.place.private) {
        (Holds::Option, private) => copied(ident, private),
        (_, true) => part!(Some(*self.#ident)),
        (_, false) => part!(Some(self.#ident)),
    }
}
