//! Turns rows of tables into fields.

use crate::facts::{Conflict, Field, Kind, Required};
use crate::names::{Base, NO_VALUES, WHETHER, YES_VALUES};
use crate::page::{Row, Table, is_blank};
use crate::private;
use crate::prose::{self, Choice, Condition};
use crate::spelling::{Spelled, spelled};
use crate::words::{NO, Role, SOMETIMES, YES, is_one_of};
use gatespec_language::model::Grade;

/// Whose fields a table lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Request,
    Response,
}

/// Reads a row of a table as a field.
pub(crate) fn field(table: &Table, row: &Row, side: Side) -> Field {
    let cell = table
        .column(Role::Name)
        .and_then(|column| row.cells.get(column))
        .cloned()
        .unwrap_or_default();
    let mut field = Field::new(cell.text.trim_matches(['`', '*', '"']), row.line);
    field.indent = cell.indent;
    field.guessed = table.guessed;
    field.written = table.text(row, Role::Type);
    field.prose = table.text(row, Role::Doc);
    field.term = prose::term(analysed(&field.prose));
    let spelled = spelled(&field.written);
    field.record.clone_from(&spelled.record);
    let example = table.text(row, Role::Example);
    let default = table.text(row, Role::Default);
    field.example = Some(example).filter(|text| !is_blank(text) && text.chars().count() <= 200);
    if !is_blank(&default) {
        field.reasons.push(format!("the default is {default}"));
    }
    let length = table.text(row, Role::Length);
    requirement(&mut field, table, row, side);
    kind(&mut field, &spelled);
    if matches!(field.kind, Kind::Text) {
        let size = spelled.size.or_else(|| length.trim().parse().ok());
        field.longest = size.filter(|size| (1..=100_000).contains(size));
        if field.longest.is_none()
            && let Some(longest) = prose::longest(analysed(&field.prose))
        {
            field.longest = Some(longest);
            field.doubt(Grade::Inferred, "the length is taken from the description");
        }
    }
    if side == Side::Response {
        (field.longest, field.most, field.span) = (None, None, None);
    }
    let is_empty = |role| table.column(role).is_some() && is_blank(&table.text(row, role));
    if [Role::Type, Role::Required].into_iter().any(is_empty) {
        field.doubt(Grade::Inferred, "the row has an empty cell");
    }
    field.sensitive = private::is_private(&field.name, &field.term);
    field
}

/// The part of a description that is searched for facts.
fn analysed(prose: &str) -> &str {
    const LONGEST: usize = 4000;
    prose.char_indices().nth(LONGEST).map_or(prose, |(end, _)| &prose[..end])
}

/// Sets whether the field is required, according to the column and the description.
fn requirement(field: &mut Field, table: &Table, row: &Row, side: Side) {
    let column = table.text(row, Role::Required);
    let optional = table.text(row, Role::Optional);
    let stated = if is_one_of(&column, YES) || is_one_of(&optional, NO) {
        Some(true)
    } else if is_one_of(&column, NO) || is_one_of(&optional, YES) {
        Some(false)
    } else {
        None
    };
    if side == Side::Response {
        return;
    }
    let sometimes = is_one_of(&column, SOMETIMES);
    field.required = if stated == Some(true) { Required::Yes } else { Required::No };
    let word = if stated == Some(true) { "required" } else { "optional" };
    match prose::condition(analysed(&field.prose)) {
        Some(Condition::Is { field: other, value }) => {
            let text = format!("required when {other} is {value}");
            if stated == Some(true) {
                field.contradict(Conflict::new(("column", word), ("text", &text), "text"));
            }
            field.doubt(Grade::Inferred, "the condition is taken from the description");
            field.required = Required::When { field: other, value };
        }
        Some(Condition::Other) if stated == Some(true) => {
            let conflict =
                Conflict::new(("column", word), ("text", "required under a condition"), "column");
            field.contradict(conflict);
        }
        Some(Condition::Other) => {
            field.reasons.push("the description states a condition".to_owned());
        }
        None if sometimes => field.reasons.push("the column says: under a condition".to_owned()),
        None => match (stated, prose::said(analysed(&field.prose))) {
            (Some(stated), Some(said)) if stated != said => {
                let text = if said { "required" } else { "optional" };
                field.contradict(Conflict::new(("column", word), ("text", text), "column"));
            }
            (None, Some(true)) => {
                field.required = Required::Yes;
                field.doubt(Grade::Inferred, "`required` is taken from the description");
            }
            _ => {}
        },
    }
    if let Some(phrase) = prose::never(analysed(&field.prose)) {
        field.never = true;
        if stated == Some(true) {
            field.contradict(Conflict::new(
                ("column", word),
                ("text", "need not be filled in"),
                "text",
            ));
        }
        field.doubt(Grade::Inferred, format!("not sent, according to the words {phrase}"));
    }
}

/// Sets the type, according to the column, the description and the example.
fn kind(field: &mut Field, spelled: &Spelled) {
    let prose = analysed(&field.prose).to_owned();
    field.list = spelled.list.then(|| "json".to_owned());
    field.kind = match spelled.base {
        Some(Base::Integer) => Kind::Integer,
        Some(Base::Decimal) => decimal(field, spelled, &prose),
        Some(Base::Boolean) => Kind::Boolean,
        Some(Base::Time) => Kind::Time(None),
        Some(Base::Object) => Kind::Json,
        Some(Base::Map) => Kind::Map,
        None if spelled.record.is_some() => Kind::Record,
        Some(Base::Text | Base::Choice | Base::List) | None => Kind::Text,
    };
    match field.kind {
        Kind::Json | Kind::Map | Kind::Record => object(field, &prose),
        Kind::Boolean => {}
        _ => stated(field, &prose),
    }
}

/// Sets the type that the description or the example states. If they state no type, the column's
/// type stays, and its limits are set.
fn stated(field: &mut Field, prose: &str) {
    if let Some((yuan, phrase)) = prose::unit(prose) {
        field.doubt(Grade::Inferred, format!("the unit is taken from the words {phrase}"));
        field.kind = Kind::Money(yuan);
        return;
    }
    if let Some(scale) = prose::decimals(prose) {
        field.doubt(Grade::Inferred, "the number of decimals is taken from the description");
        field.as_number = field.kind == Kind::Integer;
        field.kind = Kind::Decimal { scale };
        return;
    }
    if let Some(format) = prose::format(prose) {
        field.doubt(Grade::Inferred, "the format is taken from the description");
        field.kind = Kind::Time(Some(format));
        return;
    }
    let example = field.example.clone().unwrap_or_default();
    if let Some(format) = prose::time_format(&example) {
        if field.kind != Kind::Time(None) {
            field.doubt(Grade::Inferred, "the type is taken from the example");
        }
        field.kind = Kind::Time(Some(format.to_owned()));
        return;
    }
    if let Kind::Time(None) = field.kind {
        field.kind = Kind::Time(prose::unix(prose).map(str::to_owned));
        return;
    }
    if let Some(found) = prose::choices(prose) {
        let numbers = found.values.iter().all(|one| one.value.parse::<i64>().is_ok());
        let integer = field.kind == Kind::Integer;
        if !matches!(field.kind, Kind::Decimal { .. }) && (!integer || numbers) {
            field.doubt(Grade::Inferred, "the values are taken from the description");
            field.spelling = spelling(prose, &found.values).filter(|_| !integer);
            field.kind = match field.spelling {
                Some(_) => Kind::Boolean,
                None => Kind::Choice { values: found.values, integer },
            };
            outside(field, "text");
            return;
        }
    }
    limits(field, prose);
}

/// Notes a contradiction if the example of an enumeration is not among the values that `place` lists.
pub(crate) fn outside(field: &mut Field, place: &str) {
    let Kind::Choice { values, .. } = &field.kind else { return };
    let is_one = |text: &&String| !text.contains([',', '，', '|', ';', '/', ' ']);
    let Some(example) = field.example.clone().filter(|text| is_one(&text)) else { return };
    if values.iter().all(|known| known.value != example) {
        let listed: Vec<_> = values.iter().map(|known| known.value.as_str()).collect();
        field.contradict(Conflict::new((place, &listed.join(", ")), ("example", &example), place));
    }
}

/// The values for yes and no, if the description is that of a boolean: `Whether …, Y: yes, N: no`.
fn spelling(prose: &str, values: &[Choice]) -> Option<(String, String)> {
    let [one, other] = values else { return None };
    let is_boolean = WHETHER.iter().any(|word| prose.starts_with(word));
    let mut pairs = YES_VALUES.iter().zip(NO_VALUES).map(|(yes, no)| (*yes, *no));
    let named = (one.value.as_str(), other.value.as_str());
    let (yes, no) = pairs.find(|(yes, no)| named == (*yes, *no) || named == (*no, *yes))?;
    is_boolean.then(|| (yes.to_owned(), no.to_owned()))
}

/// The decimal type of a field. Its scale is from the column or the example, or else two.
fn decimal(field: &mut Field, spelled: &Spelled, prose: &str) -> Kind {
    let stated = prose::unit(prose).is_some() || spelled.scale.is_some();
    let decimals = field
        .example
        .as_deref()
        .and_then(|example| example.split_once('.'))
        .map(|(_, digits)| digits.len());
    let scale = spelled
        .scale
        .or_else(|| decimals.and_then(|digits| u8::try_from(digits).ok()))
        .unwrap_or(2);
    if !stated {
        field.doubt(Grade::Inferred, format!("the scale of {scale} is a guess"));
    }
    Kind::Decimal { scale: scale.min(18) }
}

/// Gives an object the members that its description lists.
fn object(field: &mut Field, prose: &str) {
    let members = prose::members(prose);
    if members.len() < 2 {
        return;
    }
    field.others = members.iter().all(|(_, written, _)| written.is_none());
    field.closed = true;
    field.members = members
        .into_iter()
        .map(|(name, written, meaning)| {
            let mut member = Field::new(&name, field.line);
            member.written = written.unwrap_or_default();
            member.term = prose::term(&meaning);
            member.prose = meaning;
            member.doubt(Grade::Inferred, format!("taken from the description of {}", field.name));
            let spelled = spelled(&member.written);
            kind(&mut member, &spelled);
            member.sensitive = private::is_private(&member.name, &member.term);
            member
        })
        .collect();
    field.kind = Kind::Record;
}

/// Sets the delimiter or limit that the description states.
fn limits(field: &mut Field, prose: &str) {
    if field.kind == Kind::Text
        && field.list.is_none()
        && let Some(delimiter) = prose::delimiter(prose)
    {
        field.doubt(Grade::Inferred, "the delimiter is taken from the description");
        field.list = Some(delimiter);
        return;
    }
    let Some((most, unit)) = prose::most(prose) else { return };
    if field.kind == Kind::Integer
        && !["个字", "字符", "位", "天", "小时"].iter().any(|word| unit.starts_with(word))
    {
        field.doubt(Grade::Inferred, "the limit is taken from the description");
        field.most = Some(most);
    }
}

/// The longest time range that a description allows, in spec syntax, such as `7 days`.
pub(crate) fn span(prose: &str) -> Option<String> {
    const LENGTHS: &[(&str, &str)] = &[
        ("天", "days"),
        ("日", "days"),
        ("小时", "hours"),
        ("分钟", "minutes"),
        ("day", "days"),
        ("hour", "hours"),
        ("minute", "minutes"),
    ];
    let (most, unit) = prose::most(prose)?;
    let (_, word) = LENGTHS.iter().find(|(start, _)| unit.starts_with(start))?;
    Some(format!("{most} {word}"))
}
