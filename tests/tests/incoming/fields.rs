//! A field of every type is read back from every location in which a gateway may expect it.

use gatespec_runtime::incoming::{Incoming, Limits, Raw};
use gatespec_runtime::request::assemble;
use gatespec_runtime::{
    Blank, CredentialSet, DateTime, Decimal, Fen, Gateway, Job, JsonStyle, Location, MethodInfo,
    Nested, Operation, Overrides, ParamType, Placement, Prepared, PublicParam, Record, Stamp,
};
use gatespec_tests::accept as cases;
use serde_json::json;

const NOW: i64 = 1_700_000_000;

fn ours() -> CredentialSet {
    CredentialSet::from_iter([("key", "k"), ("secret", "s")])
}

fn prepare<'a>(method: MethodInfo<'a>, request: &dyn gatespec_runtime::Encode) -> Prepared<'a> {
    let clock = DateTime::from_unix_seconds(NOW).unwrap();
    let credentials = &ours();
    let (overrides, stamp) = (&Overrides::default(), Stamp { clock, entropy: [7; 16] });
    assemble(&Job { method, request, overrides, credentials, stamp }).unwrap()
}

/// Reads back what a client would send for a prepared request, and checks its signature.
fn received<'a>(method: MethodInfo<'a>, prepared: &Prepared<'_>) -> Incoming<'a> {
    let url = prepared.url("http://shop.example");
    let target = url.strip_prefix("http://shop.example").unwrap();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers: Vec<(&str, &[u8])> =
        prepared.headers().map(|(name, value)| (name, value.as_bytes())).collect();
    let verb = prepared.verb().as_str();
    let raw = Raw { verb, path, query, headers: &headers, body: prepared.body() };
    let call = Incoming::read(method.gateway, &[method], &raw, &Limits::default()).unwrap();
    call.check_required().unwrap();
    call.check_constants().unwrap();
    call.check_signature(&ours()).unwrap();
    call
}

/// Tests a request in every location and with every notation of nested values.
fn from_everywhere<O>(request: &O)
where
    O: Operation + Record + Blank + PartialEq + std::fmt::Debug,
{
    let mut tried = 0;
    for business in [
        Placement::Query,
        Placement::Form,
        Placement::Header,
        Placement::Body,
        Placement::BodyMember("data"),
        Placement::FormCarrier("biz"),
    ] {
        for nested in [Nested::Json, Nested::Brackets, Nested::Repeat] {
            let json = JsonStyle { sort_keys: nested == Nested::Repeat, ..JsonStyle::BARE };
            let public = O::METHOD.gateway.public.iter();
            // A JSON body and a form exclude each other.
            let public: Vec<_> =
                public.map(|param| PublicParam { place: Location::Query, ..*param }).collect();
            let gateway = Gateway { nested, json, business, public: &public, ..*O::METHOD.gateway };
            let plain = MethodInfo { gateway: &gateway, business: None, ..O::METHOD };
            let prepared = prepare(plain, request);
            let names: Vec<(&str, ParamType)> =
                prepared.params().iter().map(|sent| (sent.name, sent.kind)).collect();
            let public = |name: &str| gateway.public.iter().any(|param| param.name == name);
            let mut own: Vec<_> = names.into_iter().filter(|(name, _)| !public(name)).collect();
            own.dedup_by_key(|(name, _)| *name);
            let in_header = business == Placement::Header;
            // Names with brackets are not valid headers.
            if in_header
                && (nested == Nested::Brackets || own.iter().any(|(name, _)| !name.is_ascii()))
            {
                continue;
            }
            let call = received(plain, &prepared);
            let decoded: O =
                call.request().unwrap_or_else(|error| panic!("{business:?} {nested:?}: {error}"));
            assert_eq!(&decoded, request, "{business:?} {nested:?}");
            tried += 1;
        }
    }
    assert!(tried >= 15);
}

fn at(seconds: i64) -> DateTime {
    DateTime::from_unix_seconds(seconds).unwrap()
}

#[test]
fn scalars_do() {
    use cases::{booleans, money_and_numbers, times};
    from_everywhere(&booleans::shop::ShopDemo::new(true).vip(false));
    from_everywhere(&booleans::shop::ShopDemo::new(false));
    from_everywhere(
        &money_and_numbers::shop::ShopDemo::new(Fen(-5), Decimal::new(125, 1))
            .fen_as_text(Fen(i64::MAX))
            .weight(Decimal::new(1, 3))
            .count(i64::MIN)
            .count_as_text(0),
    );
    let day = DateTime::civil(8 * 3600, 2024, 2, 29, 0, 0, 0).unwrap();
    from_everywhere(&times::shop::ShopDemo::new(at(NOW)).day(day).utc(at(1)));
}

#[test]
fn lists_and_maps_do() {
    use cases::{lists, maps};
    from_everywhere(
        &lists::shop::ShopDemo::new(["a", "短", "[c]"])
            .json([7, -1])
            .repeated(["x", "{y}"])
            .inside(["p", ""]),
    );
    from_everywhere(&lists::shop::ShopDemo::new(["a"]).json([7]).repeated(["[1]"]));
    let texts = [("颜色", "red"), ("a b", ""), ("x", "{}")];
    let attributes = texts.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let counts = [("one".to_owned(), 1), ("two".to_owned(), -2)];
    let maps = maps::shop::ShopDemo::new(attributes.into()).counts(counts.into());
    from_everywhere(&maps);
}

#[test]
fn records_do() {
    use cases::{json_in_text, records, recursion};
    let line = |sku: &str| records::shop::shop_demo::Line::new(sku);
    let order =
        records::shop::shop_demo::Order::new("7", vec![line("a").quantity(2), line("短 [b]")])
            .address(records::shop::shop_demo::Address::new().city("上海"));
    from_everywhere(&records::shop::ShopDemo::new(order));
    let leaf = |name: &str| {
        let mut leaf = recursion::shop::shop_demo::Category::new();
        leaf.name = Some(name.to_owned());
        leaf
    };
    let root = leaf("all").children(vec![leaf("a").children(vec![leaf("b")]), leaf("c")]);
    from_everywhere(&recursion::shop::ShopDemo::new().root(root));
    for any in [json!({"a": [1, 2.5, null]}), json!(["x"]), json!("plain text")] {
        let extra = json_in_text::shop::shop_demo::Extra::new().color("red");
        from_everywhere(&json_in_text::shop::ShopDemo::new(any.into()).extra(extra));
    }
}

#[test]
fn private_fields_do() {
    let request = cases::sensitive::shop::ShopDemo::new("张三").phone("1").cards(["a", "b"]);
    from_everywhere(&request);
}

/// In a form all values are texts. `{json}` writes them as JSON of their types, which only the
/// description of the method states.
#[test]
fn a_formula_that_writes_json_knows_numbers_and_lists_of_a_form() {
    use cases::received::shop::shop_demo::Parcel;
    use cases::received::shop::{ShopDemo, ShopHead};
    let demo = ShopDemo::new("张三", vec![Parcel::new("a").tags(["x", "y"]), Parcel::new("b")])
        .note("12")
        .pieces(-3);
    let call = received(ShopDemo::METHOD, &prepare(ShopDemo::METHOD, &demo));
    assert_eq!(call.request::<ShopDemo>().unwrap(), demo);
    let head = ShopHead::new("P-1").lines(4);
    let call = received(ShopHead::METHOD, &prepare(ShopHead::METHOD, &head));
    assert_eq!(call.request::<ShopHead>().unwrap(), head);
}

#[test]
fn a_raw_body_and_a_chosen_signature_do() {
    use cases::{hmac_and_nonce, path_holes, raw_body, signature_methods};
    let raw = raw_body::shop::ShopDemo::new("短 &");
    let call = received(
        raw_body::shop::ShopDemo::METHOD,
        &prepare(raw_body::shop::ShopDemo::METHOD, &raw),
    );
    assert_eq!(call.request::<raw_body::shop::ShopDemo>().unwrap(), raw);
    let method = signature_methods::shop::ShopDemo::METHOD;
    received(method, &prepare(method, &signature_methods::shop::ShopDemo::new()));
    let method = hmac_and_nonce::shop::ShopDemo::METHOD;
    received(method, &prepare(method, &hmac_and_nonce::shop::ShopDemo::new()));
    let holes = path_holes::shop::ShopDemo::new("短/1", 7).full(true);
    let method = path_holes::shop::ShopDemo::METHOD;
    let call = received(method, &prepare(method, &holes));
    assert_eq!(call.path(), "/v3/orders/短/1/7");
    assert_eq!(call.request::<path_holes::shop::ShopDemo>().unwrap(), holes);
}
