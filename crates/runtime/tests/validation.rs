//! Validation of requests, through the checker.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use gatespec_runtime::{
    Checker, DateTime, Decimal, Enumeration, Fen, Pattern, Private, Span, Validate, Violation, When,
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

/// A check as a request.
struct Check<F>(F);

impl<F: Fn(&mut Checker<'_>)> Validate for Check<F> {
    fn check(&self, cx: &mut Checker<'_>) {
        self.0(cx);
    }
}

fn found(check: impl Fn(&mut Checker<'_>)) -> Vec<Violation> {
    Check(check).violations()
}

fn rules(check: impl Fn(&mut Checker<'_>)) -> Vec<String> {
    found(check).iter().map(Violation::rule).collect()
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

impl Validate for Sync {
    fn check(&self, cx: &mut Checker<'_>) {
        cx.each("deliveryList", &self.delivery_list);
    }
}

impl Validate for Delivery {
    fn check(&self, cx: &mut Checker<'_>) {
        cx.each("goodsLists", &self.goods).required();
    }
}

impl Validate for Goods {
    fn check(&self, cx: &mut Checker<'_>) {
        cx.choice("goodsType", Some(&self.goods_type)).required();
    }
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
            "`deliveryList[1].goodsLists` must be given and not be empty (rule required:goodsLists)",
            "`deliveryList[2].goodsLists[0].goodsType` must be one of 1, 2, and \"9\" is not (rule \
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
    let check = |end: i64| {
        move |cx: &mut Checker<'_>| {
            cx.not_after(("start_time", at(0)), ("end_time", at(end)));
            cx.span(("start_time", at(0)), ("end_time", at(end)), Span::days(7));
        }
    };
    assert_eq!(rules(check(0)), [""; 0]);
    assert_eq!(rules(check(WEEK)), [""; 0]);
    assert_eq!(rules(check(WEEK + 1)), ["span:start_time,end_time"]);
    assert_eq!(rules(check(-1)), ["not_after:start_time,end_time"]);
    assert_eq!(rules(check(-WEEK - 1)).len(), 2);
    let message = found(check(WEEK + 1))[0].message().to_owned();
    assert_eq!(message, "`start_time` and `end_time` must be at most 7 days apart");
    let shown = found(check(WEEK + 1))[0].to_string();
    assert_eq!(
        shown,
        "`start_time` and `end_time` must be at most 7 days apart (rule span:start_time,end_time)"
    );
    let absent = |cx: &mut Checker<'_>| {
        cx.span(("a", None), ("b", at(WEEK * 2)), Span::days(7));
        cx.not_after(("a", at(5)), ("b", None));
    };
    assert_eq!(rules(absent), [""; 0]);
}

#[test]
fn one_absent_field_is_one_violation() {
    static DIGITS: Pattern = Pattern::new("[0-9]+");
    for text in [None, Some("")] {
        let check = |cx: &mut Checker<'_>| {
            cx.text("node_id", text).required().length(Some(3), None).pattern(&DIGITS);
        };
        assert_eq!(rules(check), ["required:node_id"]);
        let optional = |cx: &mut Checker<'_>| {
            cx.text("node_id", text).length(3, 5).pattern(&DIGITS);
        };
        assert_eq!(rules(optional), [""; 0]);
    }
    let unknown = GoodsType::default();
    let empty = |cx: &mut Checker<'_>| {
        cx.choice("goodsType", Some(&unknown)).required();
    };
    assert_eq!(rules(empty), ["required:goodsType"]);
}

#[test]
fn what_counts_as_given() {
    let json = serde_json::Value::Null;
    let check = |cx: &mut Checker<'_>| {
        cx.integer("integer", Some(0)).required();
        cx.fen("fen", Some(Fen(0))).required();
        cx.flag("flag", Some(false)).required();
        cx.time("time", at(0)).required();
        cx.decimal("decimal", decimal("0"), 2).required();
        cx.value("value", true).required();
        cx.json("json", Some(&json)).required();
        cx.items("items", 0).required();
        cx.map("map", 0).required();
        cx.record("record", None).required();
    };
    assert_eq!(
        rules(check),
        ["required:json", "required:items", "required:map", "required:record"]
    );
}

#[test]
fn conditions() {
    let refund = |kind: Option<&'static str>, status: Option<&'static str>| {
        move |cx: &mut Checker<'_>| {
            cx.text("refund_status", status).required_when(When::is(
                "fill_type",
                kind,
                &["refund", "back"],
            ));
        }
    };
    assert_eq!(rules(refund(Some("order"), None)), [""; 0]);
    assert_eq!(rules(refund(None, None)), [""; 0]);
    assert_eq!(rules(refund(Some("back"), Some("x"))), [""; 0]);
    let violation = &found(refund(Some("refund"), None))[0];
    assert_eq!(violation.rule(), "required:refund_status");
    assert_eq!(violation.message(), "must be given when `fill_type` is refund or back");
    let unless = |given| {
        move |cx: &mut Checker<'_>| {
            cx.text("tids", None).required_unless(When::present("service_ids", given));
        }
    };
    assert_eq!(rules(unless(true)), [""; 0]);
    assert_eq!(found(unless(false))[0].message(), "must be given unless `service_ids` is given");
    let either = |cx: &mut Checker<'_>| cx.at_least_one(&[("tids", false), ("service_ids", false)]);
    assert_eq!(rules(either), ["at_least_one:tids,service_ids"]);
}

#[test]
fn limits() {
    static DIGITS: Pattern = Pattern::new("[0-9]+");
    let check = |cx: &mut Checker<'_>| {
        cx.text("length", Some("短袖子")).length(1, 2);
        cx.text("pattern", Some("12x")).pattern(&DIGITS);
        cx.integer("range", Some(11)).range(Some(Decimal::ONE), Some(Decimal::TEN));
        cx.decimal("scale", decimal("1.005"), 2).range(None, Some(Decimal::TEN));
        cx.decimal("whole", decimal("1.5"), 0);
        cx.items("items", 3).items(None, Some(2));
        cx.joined("tids", &["A1", "A|2", ""], "|").required();
        cx.choices("kinds", &[GoodsType::Given, "x".into()]);
    };
    let violations = found(check);
    let said: Vec<_> = violations.iter().map(|one| (one.rule(), one.message())).collect();
    assert_eq!(
        said,
        [
            ("length:length".into(), "must have 1 to 2 characters"),
            ("pattern:pattern".into(), "must match `[0-9]+`"),
            ("range:range".into(), "must be 1 to 10"),
            ("scale:scale".into(), "must have at most 2 decimals"),
            ("scale:whole".into(), "must be a whole number"),
            ("items:items".into(), "must have at most 2 items"),
            ("delimiter:tids".into(), "must not be empty or hold the delimiter \"|\""),
            ("delimiter:tids".into(), "must not be empty or hold the delimiter \"|\""),
            ("enumeration:kinds".into(), "must be one of 1, 2, and \"x\" is not"),
        ]
    );
    assert_eq!(violations[7].path(), "tids[2]");
    assert_eq!(violations[8].path(), "kinds[1]");
}

#[test]
fn private_values_never_show() {
    let kinds = [Private::new(GoodsType::from("SENTINEL"))];
    let check = |cx: &mut Checker<'_>| {
        cx.text("card", Some("SENTINEL")).length(1, 2);
        cx.choices("kinds", &kinds);
        cx.joined("cards", &[Private::new("SENT|INEL".to_owned())], "|");
        let kind: &dyn Enumeration = &kinds[0];
        cx.choice("kind", Some(kind));
    };
    let violations = found(check);
    assert_eq!(violations.len(), 4);
    assert!(!format!("{violations:?}").contains("SENT"));
}

#[test]
fn names_can_be_known_at_run_time() {
    struct Dynamic(Vec<(String, Option<String>)>);
    impl Validate for Dynamic {
        fn check(&self, cx: &mut Checker<'_>) {
            for (name, value) in &self.0 {
                let made = format!("{name}_made");
                cx.text(&made, value.as_deref()).required();
                cx.record(&made, Some(&() as &dyn Validate));
            }
        }
    }
    let dynamic = Dynamic(vec![("a".into(), None), ("b".into(), Some("x".into()))]);
    assert_eq!(dynamic.violations()[0].path(), "a_made");
}
