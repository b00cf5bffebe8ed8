//! Writes the description of a record: one line per field and per rule.

use super::facts::fact;
use super::names::{Part, part};
use crate::plan::{Field, Record, RustType, Value};
use gatespec_protocol::record::{self, FieldType, Form, Limit, MapOf, Required, Rule};
use gatespec_protocol::{Decimal, Spelling, TimeFormat, TimeSpan};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Returns the `record!` call.
pub(super) fn record(record: &Record<'_>) -> TokenStream {
    let ident = &record.ident;
    let fields = record.fields.iter().map(|one| field(one, &record.fields));
    let others = record.others.map(|_| quote!(..others;));
    // The order of the names is omitted if it is the order of the fields.
    let order = (!record.order.is_sorted()).then(|| {
        let order = record.order.iter().map(|&index| count(index));
        quote!(in [#(#order),*])
    });
    let rules = (!record.rules.is_empty()).then(|| {
        let rules = record.rules.iter().map(|one| rule(one, &record.fields));
        quote!(impl { #(#rules)* })
    });
    quote! {
        rt::record! {
            struct #ident #order { #(#fields)* #others }
            #rules
        }
    }
}

fn field(field: &Field<'_>, fields: &[Field<'_>]) -> Part {
    let Field { ident, facts, ty, .. } = field;
    let (wire, kind) = (facts.name, kind(&ty.value, facts));
    let options = options(facts);
    let options = (!options.is_empty()).then(|| part!({ #(#options),* }));
    let limits = (!facts.limits.is_empty()).then(|| {
        let limits = facts.limits.iter().map(limit);
        part!(where [#(#limits),*])
    });
    let required = required(facts.required, fields);
    let always = facts.always.then(|| part!(always));
    part!(#ident: #wire #kind #options #limits #required #always;)
}

/// Returns the field type, in the notation of `record!`.
fn kind(value: &Value, facts: &record::Field<'_>) -> Part {
    match facts.kind {
        FieldType::Text => part!(Text),
        FieldType::Integer => part!(Integer),
        FieldType::Decimal(scale) => {
            let scale = number(scale.into());
            part!(Decimal(#scale))
        }
        FieldType::Amount(scale) => {
            let scale = number(scale.into());
            part!(Amount(#scale))
        }
        FieldType::Flag(spelling) => {
            let spelling = self::spelling(spelling);
            part!(Flag(#spelling))
        }
        FieldType::Time(known, never) => {
            let (format, never) = (format(value, &known), fact(&never));
            part!(Time(#format, #never))
        }
        FieldType::Json => part!(Json),
        FieldType::Map(of) => {
            let of = map_of(of);
            part!(Map(#of))
        }
        FieldType::Record(_) => named(value, &part!(Record)),
        FieldType::Choice(_) => named(value, &part!(Choice)),
    }
}

fn named(value: &Value, kind: &Part) -> Part {
    match value {
        Value::Record(path) | Value::Choice(path) => part!(#kind(#path)),
        _ => part!(#kind),
    }
}

fn map_of(of: MapOf) -> Part {
    match of {
        MapOf::Text => part!(Text),
        MapOf::Integer => part!(Integer),
        MapOf::Json => part!(Json),
    }
}

fn spelling(spelling: Spelling<'_>) -> Part {
    let Spelling { yes, no } = spelling;
    match spelling == Spelling::WORDS {
        true => part!(rt::Spelling::WORDS),
        false => part!(rt::Spelling { yes: #yes, no: #no }),
    }
}

/// Returns a time format: the platform's constant if there is one, otherwise a literal.
pub(super) fn format(value: &Value, format: &TimeFormat<'_>) -> Part {
    match value {
        Value::Time(Some(constant)) => part!(super::#constant),
        _ => Part::from(fact(format)),
    }
}

/// Returns the options of a field that differ from the usual ones.
fn options(facts: &record::Field<'_>) -> Vec<Part> {
    let form = match facts.form {
        Form::Usual => None,
        Form::Quoted => Some(part!(form: rt::record::Form::Quoted)),
        Form::Bare => Some(part!(form: rt::record::Form::Bare)),
    };
    let list = facts.list.map(|style| {
        let style = fact(&style);
        part!(list: Some(#style))
    });
    let flags = [
        (facts.single, part!(single: true)),
        (facts.json_text, part!(json_text: true)),
        (facts.sensitive, part!(sensitive: true)),
        (facts.in_path, part!(in_path: true)),
        (facts.nullable, part!(nullable: true)),
    ];
    let flags = flags.into_iter().filter_map(|(said, flag)| said.then_some(flag));
    form.into_iter().chain(list).chain(flags).collect()
}

/// Returns the description of a value outside any record, as a literal.
pub(super) fn value(ty: &RustType, facts: &record::Field<'_>) -> Part {
    let kind = match &ty.value {
        Value::Map(of) => {
            let of = map_of(*of);
            part!(Map(rt::record::MapOf::#of))
        }
        Value::Record(path) => part!(Record(rt::record::schema_of::<#path>())),
        Value::Choice(path) => part!(Choice(#path::ALL)),
        other => kind(other, facts),
    };
    let options = options(facts);
    part!(rt::record::Field {
        kind: rt::record::FieldType::#kind, #(#options,)* ..rt::record::Field::BARE
    })
}

fn required(required: Required<'_>, fields: &[Field<'_>]) -> Option<Part> {
    let (word, condition) = match required {
        Required::No => return None,
        Required::Yes => return Some(part!(required)),
        Required::When(condition) => (part!(when), condition),
        Required::Unless(condition) => (part!(unless), condition),
    };
    let (other, any_of) = (&fields[condition.field].ident, condition.any_of);
    let is = (!any_of.is_empty()).then(|| part!(in [#(#any_of),*]));
    Some(part!(required #word #other #is))
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

/// Returns a time span in the unit of the spec, so that messages say 7 days and not 168 hours.
pub(super) fn span(span: &TimeSpan) -> Part {
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

/// A number without a type suffix.
fn number(number: u64) -> Literal {
    Literal::u64_unsuffixed(number)
}
