//! How a record is described: one line a field, one line a rule.

use super::names::{Part, part};
use super::types::{format, list_style, number, spelling};
use crate::model::MapOf;
use crate::plan::{Field, Holds, Place, Record, Requirement, Rule, Value};
use gatespec_protocol::record::Limit;
use gatespec_protocol::{Decimal, TimeSpan};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// `record!`.
pub fn record(record: &Record<'_>) -> TokenStream {
    let ident = &record.ident;
    let fields: Vec<Part> = record.fields.iter().map(|one| field(one, &record.fields)).collect();
    let others = record.others.map(|_| quote!(..others;));
    let order = order(&record.order);
    let rules = record.build.as_ref().and_then(|build| rules(&build.rules, &record.fields));
    quote! {
        rt::record! {
            struct #ident #order { #(#fields)* #others }
            #rules
        }
    }
}

/// The order of the names' bytes, where it is not that of the document.
fn order(order: &[usize]) -> Option<TokenStream> {
    let order = Some(order).filter(|order| !order.is_sorted())?;
    let order = order.iter().map(|&index| count(index));
    Some(quote!(in [#(#order),*]))
}

fn rules(rules: &[Rule<'_>], fields: &[Field<'_>]) -> Option<TokenStream> {
    let rules: Vec<Part> = rules.iter().map(|one| rule(one, fields)).collect();
    (!rules.is_empty()).then(|| quote!(impl { #(#rules)* }))
}

fn field(field: &Field<'_>, fields: &[Field<'_>]) -> Part {
    let (ident, wire, kind) = (&field.ident, field.wire, kind(&field.place.value));
    let options = options(field);
    let options = (!options.is_empty()).then(|| part!({ #(#options),* }));
    let limits = (!field.limits.is_empty()).then(|| {
        let limits = field.limits.iter().map(limit);
        part!(where [#(#limits),*])
    });
    let required = field.required.as_ref().map(|one| required(one, fields));
    let always = field.always.then(|| part!(always));
    part!(#ident: #wire #kind #options #limits #required #always;)
}

/// What the field holds, as the macro says it.
fn kind(value: &Value<'_>) -> Part {
    match value {
        Value::Text => part!(Text),
        Value::Integer(_) | Value::Fen(_) => part!(Integer),
        Value::Decimal { scale, amount, .. } => {
            let scale = number((*scale).into());
            if *amount { part!(Amount(#scale)) } else { part!(Decimal(#scale)) }
        }
        Value::Flag(yes, no) => {
            let spelling = spelling(yes, no);
            part!(Flag(#spelling))
        }
        Value::Time(time) => {
            let format = format(&time.format);
            let never = time.never.map_or(part!(None), |never| part!(Some(#never)));
            part!(Time(#format, #never))
        }
        Value::Json => part!(Json),
        Value::Map(of) => {
            let of = map_of(*of);
            part!(Map(#of))
        }
        Value::Record(path) => part!(Record(#path)),
        Value::Choice(path, _) => part!(Choice(#path)),
    }
}

fn map_of(of: MapOf) -> Part {
    match of {
        MapOf::Text => part!(Text),
        MapOf::Integer => part!(Integer),
        MapOf::Json => part!(Json),
    }
}

/// What is unusual about the field.
fn options(field: &Field<'_>) -> Vec<Part> {
    let mut options = of_place(&field.place);
    options.extend(field.in_path.then(|| part!(in_path: true)));
    options.extend(field.nullable.then(|| part!(nullable: true)));
    options
}

fn of_place(place: &Place<'_>) -> Vec<Part> {
    let form = match place.value {
        Value::Integer(true) | Value::Fen(true) => Some(part!(form: rt::record::Form::Quoted)),
        Value::Time(ref time) if time.quoted => Some(part!(form: rt::record::Form::Quoted)),
        Value::Decimal { bare: true, .. } | Value::Choice(_, true) => {
            Some(part!(form: rt::record::Form::Bare))
        }
        _ => None,
    };
    let list = match place.holds {
        Holds::List(style) => {
            let style = list_style(style);
            Some(part!(list: Some(#style)))
        }
        Holds::One | Holds::Option => None,
    };
    let text = place.json_text && list.is_none();
    let mut options: Vec<Part> = form.into_iter().chain(list).collect();
    options.extend(place.single.then(|| part!(single: true)));
    options.extend(text.then(|| part!(json_text: true)));
    options.extend(place.private.then(|| part!(sensitive: true)));
    options
}

/// A value that is in no record, as a literal.
pub fn value(place: &Place<'_>) -> Part {
    let kind = match &place.value {
        Value::Map(of) => {
            let of = map_of(*of);
            part!(Map(rt::record::MapOf::#of))
        }
        Value::Record(path) => part!(Record(rt::record::schema_of::<#path>())),
        Value::Choice(path, _) => part!(Choice(#path::ALL)),
        other => kind(other),
    };
    let options = of_place(place);
    part!(rt::record::Field {
        kind: rt::record::FieldType::#kind, #(#options,)* ..rt::record::Field::BARE
    })
}

fn required(required: &Requirement<'_>, fields: &[Field<'_>]) -> Part {
    let (word, condition) = match required {
        Requirement::Always => return part!(required),
        Requirement::When(condition) => (part!(when), condition),
        Requirement::Unless(condition) => (part!(unless), condition),
    };
    let (other, any_of) = (&fields[condition.field].ident, condition.any_of);
    let is = (!any_of.is_empty()).then(|| part!(in [#(#any_of),*]));
    part!(required #word #other #is)
}

fn limit(limit: &Limit<'_>) -> Part {
    match limit {
        Limit::Length(min, max) => bounds(&part!(Length), min.map(count), max.map(count)),
        Limit::Items(min, max) => bounds(&part!(Items), min.map(count), max.map(count)),
        Limit::Range(min, max) => bounds(&part!(Range), min.map(decimal), max.map(decimal)),
        Limit::Pattern(pattern) => {
            let text = pattern.as_str();
            part!(Pattern(#text))
        }
    }
}

fn count(count: usize) -> Literal {
    Literal::usize_unsuffixed(count)
}

fn bounds<T: quote::ToTokens>(limit: &Part, min: Option<T>, max: Option<T>) -> Part {
    let bound = |bound: Option<T>| bound.map_or(part!(_), |bound| part!(#bound));
    let (min, max) = (bound(min), bound(max));
    part!(#limit(#min, #max))
}

fn decimal(value: Decimal) -> Part {
    let (digits, scale) = (value.mantissa(), number(value.scale().into()));
    let [low, middle, high] = [0, 32, 64].map(|shift| {
        let word = digits.unsigned_abs() >> shift & u128::from(u32::MAX);
        number(u64::try_from(word).unwrap_or_default())
    });
    let negative = digits.is_negative();
    part!(rt::Decimal::from_parts(#low, #middle, #high, #negative, #scale))
}

fn rule(rule: &Rule<'_>, fields: &[Field<'_>]) -> Part {
    let name = |index: usize| &fields[index].ident;
    match rule {
        Rule::NotAfter(first, second) => {
            let (first, second) = (name(*first), name(*second));
            part!(NotAfter(#first, #second);)
        }
        Rule::Span(first, second, limit) => {
            let (first, second, limit) = (name(*first), name(*second), span(limit));
            part!(Span(#first, #second, #limit);)
        }
        Rule::AtLeastOne(names) => {
            let names = names.iter().map(|&index| name(index));
            part!(AtLeastOne(#(#names),*);)
        }
    }
}

/// The span as the spec states it: 7 days are not 168 hours in a message.
pub fn span(span: &TimeSpan) -> Part {
    let text = span.to_string();
    let (count, unit) = text.split_once(' ').unwrap_or((&text, "seconds"));
    let count = number(count.parse().unwrap_or_else(|_| span.duration().as_secs()));
    match unit.trim_end_matches('s') {
        "day" => part!(rt::TimeSpan::days(#count)),
        "hour" => part!(rt::TimeSpan::hours(#count)),
        "minute" => part!(rt::TimeSpan::minutes(#count)),
        _ => part!(rt::TimeSpan::seconds(#count)),
    }
}
