//! Validation of requests, through their schemas.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeMap;

use gatespec_runtime::record::{
    Condition, Field, FieldType, Limit, Record, Required, Rule, Schema, Slot, View,
};
use gatespec_runtime::{
    DateTime, Decimal, Fen, ListStyle, Pattern, Private, RawJson, TimeSpan, Validate, Violation,
};

gatespec_runtime::open_enum! {
    /// Types of goods.
    pub(crate) enum GoodsType {
        /// Bought.
        Bought = "1",
        /// Given.
        Given = "2",
    }
}

const KINDS: FieldType<'static> = FieldType::Choice(GoodsType::ALL);

/// A record that is built at run time.
struct Made<'a> {
    schema: &'a Schema<'a>,
    values: Vec<Box<dyn Slot>>,
}

impl Record for Made<'_> {
    fn schema(&self) -> &Schema<'_> {
        self.schema
    }

    fn view(&self, field: usize) -> View<'_> {
        self.values[field].view()
    }

    fn slot(&mut self, field: usize) -> (&Field<'_>, &mut dyn Slot) {
        (&self.schema.fields[field], &mut *self.values[field])
    }
}

type Given<'a> = (Field<'a>, Box<dyn Slot>);

fn given<'a>(name: &'a str, value: impl Slot + 'static, field: Field<'a>) -> Given<'a> {
    (Field { name, ..field }, Box::new(value))
}

fn required<'a>(name: &'a str, value: impl Slot + 'static) -> Given<'a> {
    given(name, value, Field { required: Required::Yes, ..Field::BARE })
}

fn limited<'a>(name: &'a str, value: impl Slot + 'static, limits: &'a [Limit<'a>]) -> Given<'a> {
    given(name, value, Field { limits, ..Field::BARE })
}

fn optional<'a>(name: &'a str, value: impl Slot + 'static) -> Given<'a> {
    given(name, value, Field::BARE)
}

fn found(given: Vec<Given<'_>>, rules: &[Rule<'_>]) -> Vec<Violation> {
    let (fields, values): (Vec<_>, Vec<_>) = given.into_iter().unzip();
    let schema = Schema { fields: &fields, order: &[], places: &[], rules };
    Made { schema: &schema, values }.violations()
}

fn ids(found: &[Violation]) -> Vec<String> {
    found.iter().map(Violation::rule).collect()
}

fn at(seconds: i64) -> Option<DateTime> {
    Some(DateTime::from_unix_seconds(seconds).unwrap())
}

fn decimal(text: &str) -> Option<Decimal> {
    Some(text.parse().unwrap())
}

struct Sync {
    delivery_list: Vec<Delivery>,
}

struct Delivery {
    goods: Vec<Goods>,
}

struct Goods {
    goods_type: GoodsType,
}

gatespec_runtime::record! {
    struct Sync {
        delivery_list: "deliveryList" Record(Delivery) { list: Some(ListStyle::Json) };
    }
}

gatespec_runtime::record! {
    struct Delivery {
        goods: "goodsLists" Record(Goods) { list: Some(ListStyle::Json) } required;
    }
}

gatespec_runtime::record! {
    struct Goods {
        goods_type: "goodsType" Choice(GoodsType) required always;
    }
}

#[derive(Default)]
struct Tags {
    plain: Vec<String>,
    given: Option<Vec<String>>,
}

gatespec_runtime::record! {
    struct Tags {
        plain: "plain" Text { list: Some(ListStyle::Json) } where [Items(1, 2)];
        given: "given" Text { list: Some(ListStyle::Json) } where [Items(1, 2)];
    }
}

#[test]
fn an_empty_list_that_is_given_has_too_few_items() {
    assert_eq!(Tags::default().violations(), []);
    let violations = Tags { given: Some(Vec::new()), ..Tags::default() }.violations();
    let shown: Vec<String> = violations.iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["`given` must have 1 to 2 items (rule items:given)"]);
}

#[test]
fn paths_lead_through_lists() {
    let good = || Goods { goods_type: GoodsType::Bought };
    let sync = Sync {
        delivery_list: vec![
            Delivery { goods: vec![good()] },
            Delivery { goods: vec![] },
            Delivery { goods: vec![Goods { goods_type: "9".into() }, good()] },
        ],
    };
    let violations = sync.violations();
    let shown: Vec<String> = violations.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "`deliveryList[1].goodsLists` must be given and must not be empty (rule required:goodsLists)",
            "`deliveryList[2].goodsLists[0].goodsType` must be one of 1, 2, not \"9\" (rule \
             enumeration:goodsType)",
        ]
    );
    assert_eq!(violations[1].path(), "deliveryList[2].goodsLists[0].goodsType");
    assert!(violations[1].is_of("enumeration") && violations[1].is_of("enumeration:goodsType"));
    assert!(!violations[1].is_of("enumeration:other") && !violations[1].is_of("required"));
}

#[test]
fn seven_days_pass_and_a_second_more_does_not() {
    const WEEK: i64 = 7 * 86_400;
    let rules = &[Rule::NotAfter(0, 1), Rule::Span(0, 1, TimeSpan::days(7))];
    let judge = |start: Option<DateTime>, end: Option<DateTime>| {
        found(vec![optional("start_time", start), optional("end_time", end)], rules)
    };
    let check = |end: i64| judge(at(0), at(end));
    assert_eq!(ids(&check(0)), [""; 0]);
    assert_eq!(ids(&check(WEEK)), [""; 0]);
    assert_eq!(ids(&check(WEEK + 1)), ["span:start_time,end_time"]);
    assert_eq!(ids(&check(-1)), ["not_after:start_time,end_time"]);
    assert_eq!(check(-WEEK - 1).len(), 2);
    let violation = &check(WEEK + 1)[0];
    assert_eq!(violation.message(), "`start_time` and `end_time` must be at most 7 days apart");
    assert_eq!(
        violation.to_string(),
        "`start_time` and `end_time` must be at most 7 days apart (rule span:start_time,end_time)"
    );
    assert_eq!(ids(&judge(None, at(WEEK * 2))), [""; 0]);
    assert_eq!(ids(&judge(at(5), None)), [""; 0]);
}

#[test]
fn one_absent_field_is_one_violation() {
    static DIGITS: Pattern = Pattern::new("[0-9]+");
    for text in [None, Some(String::new())] {
        let limits = &[Limit::Length(Some(3), None), Limit::Pattern(&DIGITS)];
        let field = Field { limits, required: Required::Yes, ..Field::BARE };
        assert_eq!(
            ids(&found(vec![given("node_id", text.clone(), field)], &[])),
            ["required:node_id"]
        );
        let limits = &[Limit::Length(Some(3), Some(5)), Limit::Pattern(&DIGITS)];
        assert_eq!(ids(&found(vec![limited("node_id", text, limits)], &[])), [""; 0]);
    }
    let empty = found(vec![required("goodsType", GoodsType::default())], &[]);
    assert_eq!(ids(&empty), ["required:goodsType"]);
}

#[test]
fn what_counts_as_given() {
    let all = vec![
        required("integer", 0_i64),
        required("fen", Fen(0)),
        required("flag", false),
        required("time", at(0)),
        required("decimal", decimal("0")),
        required("json", RawJson::default()),
        required("items", Vec::<String>::new()),
        required("map", BTreeMap::<String, i64>::new()),
        required("record", None::<Goods>),
    ];
    assert_eq!(
        ids(&found(all, &[])),
        ["required:json", "required:items", "required:map", "required:record"]
    );
}

#[test]
fn conditions() {
    let any_of = &["refund", "back"];
    let refund = |kind: Option<&str>, status: Option<&str>| {
        let required = Required::When(Condition { field: 0, any_of });
        let field = Field { required, ..Field::BARE };
        let [kind, status] = [kind, status].map(|text| text.map(str::to_owned));
        found(vec![optional("fill_type", kind), given("refund_status", status, field)], &[])
    };
    assert_eq!(ids(&refund(Some("order"), None)), [""; 0]);
    assert_eq!(ids(&refund(None, None)), [""; 0]);
    assert_eq!(ids(&refund(Some("back"), Some("x"))), [""; 0]);
    let violation = &refund(Some("refund"), None)[0];
    assert_eq!(violation.rule(), "required:refund_status");
    assert_eq!(violation.message(), "must be given when `fill_type` is refund or back");
    let unless = |service_ids: Option<&str>| {
        let required = Required::Unless(Condition { field: 1, any_of: &[] });
        let field = Field { required, ..Field::BARE };
        let service_ids = service_ids.map(str::to_owned);
        found(vec![given("tids", None::<String>, field), optional("service_ids", service_ids)], &[])
    };
    assert_eq!(ids(&unless(Some("1"))), [""; 0]);
    assert_eq!(unless(None)[0].message(), "must be given unless `service_ids` is given");
    let neither = vec![optional("tids", None::<String>), optional("service_ids", String::new())];
    assert_eq!(
        ids(&found(neither, &[Rule::AtLeastOne(&[0, 1])])),
        ["at_least_one:tids,service_ids"]
    );
}

/// Conditions compare numbers and booleans with the texts that specs use for them.
#[test]
fn conditions_on_numbers_and_booleans() {
    let asked = |other: Given<'static>, any_of: &[&str]| {
        let required = Required::When(Condition { field: 0, any_of });
        let field = Field { required, ..Field::BARE };
        !found(vec![other, given("x", None::<String>, field)], &[]).is_empty()
    };
    assert!(asked(optional("kind", 7_i64), &["7"]) && !asked(optional("kind", 70_i64), &["7"]));
    assert!(asked(optional("paid", true), &["true"]) && !asked(optional("paid", false), &["true"]));
    let spelled = Field {
        kind: FieldType::Flag(gatespec_runtime::Spelling { yes: "Y", no: "N" }),
        ..Field::BARE
    };
    assert!(asked(given("paid", false, spelled), &["false"]));
}

#[test]
fn limits() {
    static DIGITS: Pattern = Pattern::new("[0-9]+");
    let ten = Some(Decimal::TEN);
    let texts = |of: &[&str]| of.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let list = |style| Field { list: Some(style), ..Field::BARE };
    let scaled = |scale| Field { kind: FieldType::Decimal(scale), ..Field::BARE };
    let violations = found(
        vec![
            limited("length", "短袖子".to_owned(), &[Limit::Length(Some(1), Some(2))]),
            limited("pattern", "12x".to_owned(), &[Limit::Pattern(&DIGITS)]),
            limited("range", 11_i64, &[Limit::Range(Some(Decimal::ONE), ten)]),
            given(
                "scale",
                decimal("1.005"),
                Field { limits: &[Limit::Range(None, ten)], ..scaled(2) },
            ),
            given("whole", decimal("1.5"), scaled(0)),
            limited("items", texts(&["a", "b", "c"]), &[Limit::Items(None, Some(2))]),
            given("tids", texts(&["A1", "A|2", ""]), list(ListStyle::Delimited("|"))),
            given(
                "kinds",
                vec![GoodsType::Given, "x".into()],
                Field { kind: KINDS, ..list(ListStyle::Json) },
            ),
        ],
        &[],
    );
    let said: Vec<_> = violations.iter().map(|one| (one.rule(), one.message())).collect();
    assert_eq!(
        said,
        [
            ("length:length".into(), "must have 1 to 2 characters"),
            ("pattern:pattern".into(), "must match `[0-9]+`"),
            ("range:range".into(), "must be 1 to 10"),
            ("scale:scale".into(), "must have at most 2 decimals"),
            ("scale:whole".into(), "must be an integer"),
            ("items:items".into(), "must have at most 2 items"),
            ("delimiter:tids".into(), "must not be empty or contain the delimiter \"|\""),
            ("delimiter:tids".into(), "must not be empty or contain the delimiter \"|\""),
            ("enumeration:kinds".into(), "must be one of 1, 2, not \"x\""),
        ]
    );
    assert_eq!(violations[7].path(), "tids[2]");
    assert_eq!(violations[8].path(), "kinds[1]");
}

#[test]
fn private_values_never_show() {
    let kind = || Private::new(GoodsType::from("SENTINEL"));
    let field = Field { sensitive: true, ..Field::BARE };
    let delimited = Field { list: Some(ListStyle::Delimited("|")), ..field };
    let list = Some(ListStyle::Json);
    let limits = &[Limit::Length(Some(1), Some(2))];
    let violations = found(
        vec![
            given("card", Private::new("SENTINEL".to_owned()), Field { limits, ..field }),
            given("kinds", vec![kind()], Field { list, kind: KINDS, ..field }),
            given("cards", vec![Private::new("SENT|INEL".to_owned())], delimited),
            given("kind", kind(), Field { kind: KINDS, ..field }),
        ],
        &[],
    );
    assert_eq!(violations.len(), 4);
    assert!(!format!("{violations:?}").contains("SENT"));
}

#[test]
fn names_can_be_known_at_run_time() {
    let name = format!("{}_made", "a");
    let violations = found(vec![required(&name, None::<String>), required("b", 1_i64)], &[]);
    assert_eq!(violations[0].path(), "a_made");
    assert_eq!(violations.len(), 1);
}
