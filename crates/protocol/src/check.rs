//! Validation of requests: every violation at once, each with its rule, path and name.

mod field;
mod pattern;
mod violation;

use rust_decimal::Decimal;

use crate::datetime::DateTime;
use crate::enumeration::Enumeration;
use crate::money::Fen;
use crate::private::Private;
use crate::rules::{self, Span};

pub use field::{Field, When};
pub use pattern::Pattern;
pub use violation::Violation;

use field::Content;
use violation::Path;

/// Something that can be checked by the rules of its spec.
pub trait Validate {
    /// Reports every violation.
    fn check(&self, cx: &mut Checker<'_>);

    /// Every violation; none if the request may be sent.
    fn violations(&self) -> Vec<Violation> {
        let mut found = Vec::new();
        self.check(&mut Checker { path: Path::Root, found: &mut found });
        found
    }
}

impl Validate for () {
    fn check(&self, _: &mut Checker<'_>) {}
}

impl<T: Validate + ?Sized> Validate for &T {
    fn check(&self, cx: &mut Checker<'_>) {
        (**self).check(cx);
    }
}

impl<T: Validate + ?Sized> Validate for Box<T> {
    fn check(&self, cx: &mut Checker<'_>) {
        (**self).check(cx);
    }
}

impl<T: Validate> Validate for Private<T> {
    fn check(&self, cx: &mut Checker<'_>) {
        (**self).check(cx);
    }
}

/// Collects violations. Each field is stated once, with its wire name; rules are chained to it.
#[derive(Debug)]
pub struct Checker<'c> {
    path: Path<'c>,
    found: &'c mut Vec<Violation>,
}

impl Checker<'_> {
    /// A text.
    pub fn text<'f>(&'f mut self, name: &'f str, value: Option<&'f str>) -> Field<'f> {
        self.field(name, value.map_or(Content::Absent, Content::Text))
    }

    /// An integer.
    pub fn integer<'f>(&'f mut self, name: &'f str, value: Option<i64>) -> Field<'f> {
        self.field(name, value.map_or(Content::Absent, |number| Content::Number(number.into())))
    }

    /// An amount in fen.
    pub fn fen<'f>(&'f mut self, name: &'f str, value: Option<Fen>) -> Field<'f> {
        self.integer(name, value.map(|fen| fen.0))
    }

    /// A decimal. More decimals than `scale` are a violation.
    pub fn decimal<'f>(
        &'f mut self,
        name: &'f str,
        value: Option<Decimal>,
        scale: u32,
    ) -> Field<'f> {
        if value.is_some_and(|number| !rules::scale_fits(number, scale)) {
            let message = match scale {
                0 => "must be a whole number".to_owned(),
                scale => format!("must have at most {scale} decimals"),
            };
            self.report("scale", name, message);
        }
        self.field(name, value.map_or(Content::Absent, Content::Number))
    }

    /// A boolean.
    pub fn flag<'f>(&'f mut self, name: &'f str, value: Option<bool>) -> Field<'f> {
        self.value(name, value.is_some())
    }

    /// An instant.
    pub fn time<'f>(&'f mut self, name: &'f str, value: Option<DateTime>) -> Field<'f> {
        self.value(name, value.is_some())
    }

    /// JSON of the caller's. Null counts as absent.
    pub fn json<'f>(&'f mut self, name: &'f str, value: Option<&serde_json::Value>) -> Field<'f> {
        self.value(name, value.is_some_and(|json| !json.is_null()))
    }

    /// A value of an open enumeration. One that the documents do not list is a violation.
    pub fn choice<'f>(
        &'f mut self,
        name: &'f str,
        value: Option<&'f dyn Enumeration>,
    ) -> Field<'f> {
        if let Some(value) = value {
            self.known(name, None, value);
        }
        let text = value.map(|value| Content::Text(value.as_str()));
        self.field(name, text.unwrap_or(Content::Absent))
    }

    /// A record, checked by its own rules.
    pub fn record<'f>(&'f mut self, name: &'f str, value: Option<&dyn Validate>) -> Field<'f> {
        if let Some(value) = value {
            let path = Path::Member { outer: &self.path, name };
            value.check(&mut Checker { path, found: &mut *self.found });
        }
        self.value(name, value.is_some())
    }

    /// A list of records, each checked by its own rules.
    pub fn each<'f, T: Validate>(&'f mut self, name: &'f str, items: &[T]) -> Field<'f> {
        for (index, item) in items.iter().enumerate() {
            let path = Path::Item { outer: &self.path, name, index };
            item.check(&mut Checker { path, found: &mut *self.found });
        }
        self.items(name, items.len())
    }

    /// A list of values of an open enumeration.
    pub fn choices<'f, T: Enumeration>(&'f mut self, name: &'f str, items: &[T]) -> Field<'f> {
        for (index, item) in items.iter().enumerate() {
            self.known(name, Some(index), item);
        }
        self.items(name, items.len())
    }

    /// A list that travels as one text. An item that holds the delimiter, or is empty, is a
    /// violation.
    pub fn joined<'f, T: AsRef<str>>(
        &'f mut self,
        name: &'f str,
        items: &[T],
        delimiter: &str,
    ) -> Field<'f> {
        for (index, item) in items.iter().enumerate() {
            if !rules::joins(item.as_ref(), delimiter) {
                let message = format!("must not be empty or hold the delimiter {delimiter:?}");
                self.report_at("delimiter", name, Some(index), message);
            }
        }
        self.items(name, items.len())
    }

    /// A list of so many items.
    pub fn items<'f>(&'f mut self, name: &'f str, count: usize) -> Field<'f> {
        self.field(name, Content::Items(count))
    }

    /// A map of so many members.
    pub fn map<'f>(&'f mut self, name: &'f str, count: usize) -> Field<'f> {
        self.items(name, count)
    }

    /// Any other value.
    pub fn value<'f>(&'f mut self, name: &'f str, given: bool) -> Field<'f> {
        self.field(name, if given { Content::Value } else { Content::Absent })
    }

    /// The first must not be later than the second. Absent ones are not compared.
    pub fn not_after(&mut self, first: (&str, Option<DateTime>), second: (&str, Option<DateTime>)) {
        if let (Some(a), Some(b)) = (first.1, second.1)
            && !rules::not_after(a, b)
        {
            let message = format!("`{}` must not be after `{}`", first.0, second.0);
            self.report("not_after", &format!("{},{}", first.0, second.0), message);
        }
    }

    /// The two must be at most so far apart. Which of them is first is another rule's business.
    pub fn span(
        &mut self,
        first: (&str, Option<DateTime>),
        second: (&str, Option<DateTime>),
        limit: Span,
    ) {
        if let (Some(a), Some(b)) = (first.1, second.1)
            && !rules::within(a, b, limit)
        {
            let message = format!("`{}` and `{}` must be at most {limit} apart", first.0, second.0);
            self.report("span", &format!("{},{}", first.0, second.0), message);
        }
    }

    /// At least one must be given.
    pub fn at_least_one(&mut self, fields: &[(&str, bool)]) {
        if !fields.iter().any(|(_, given)| *given) {
            let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
            let message = format!("at least one of `{}` must be given", names.join("`, `"));
            self.report("at_least_one", &names.join(","), message);
        }
    }

    fn field<'f>(&'f mut self, name: &'f str, content: Content<'f>) -> Field<'f> {
        Field::new(&self.path, self.found, name, content)
    }

    fn known(&mut self, name: &str, index: Option<usize>, value: &dyn Enumeration) {
        if !rules::known(value) {
            let all = value.all().join(", ");
            let message = match value.is_private() {
                true => format!("must be one of {all}"),
                false => format!("must be one of {all}, and {:?} is not", value.as_str()),
            };
            self.report_at("enumeration", name, index, message);
        }
    }

    fn report(&mut self, kind: &'static str, name: &str, message: String) {
        self.report_at(kind, name, None, message);
    }

    fn report_at(&mut self, kind: &'static str, name: &str, index: Option<usize>, message: String) {
        self.found.push(Violation::new(kind, self.path.render(name, index), name, message));
    }
}
