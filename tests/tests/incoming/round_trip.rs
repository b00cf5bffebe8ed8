//! A receiver decodes what a client sent, for random requests of every method.

use gatespec_clients::gome::{
    Channel, GomePusherOrderSynchronize, GomeState, GoodsType, OrderDeliveryVo, OrderGoodsVo,
    OrderSource, OrderSyncRequest, OrderType,
};
use gatespec_clients::mogujie::{OpenApiOrderDetailReqDto, XiaodianTradeGet};
use gatespec_clients::shopex::{
    FillType, MatrixAuthstatus, MatrixBindurl, MatrixFillMultiple, MatrixFillSingle, MatrixUnbind,
    RefundStatus,
};
use gatespec_runtime::request::assemble;
use gatespec_runtime::{
    Blank, CredentialSet, DateTime, Decimal, FromJson as _, Job, Operation, Overrides, Receiver,
    Receives, Record, Revealed, Stamp,
};
use gatespec_tests::platforms::invented::acme::order_list::Line;
use gatespec_tests::platforms::invented::acme::{OrderList, OrderRemark};
use gatespec_tests::platforms::invented::quay::{Box, ParcelBook, ParcelEvents, ParcelFind, State};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use crate::gates;

/// Signs a request without validating it, and verifies and decodes it as a receiver.
fn comes_back<P: Receives, O>(
    gate: &Receiver<P>,
    credentials: &[(&str, &str)],
    millis: i64,
    request: &O,
) -> Result<(), TestCaseError>
where
    O: Operation<Platform = P> + Record + Blank + PartialEq + std::fmt::Debug,
    O: serde::Serialize + serde::de::DeserializeOwned,
{
    let credentials: CredentialSet = credentials.iter().copied().collect();
    let clock = DateTime::from_unix_millis(millis).unwrap();
    let job = Job {
        method: O::METHOD,
        request,
        overrides: &Overrides::default(),
        credentials: &credentials,
        stamp: Stamp { clock, entropy: [7; 16] },
    };
    let prepared = assemble(&job).unwrap();
    let received = gate.verify(&gates::sent(&prepared, O::METHOD.gateway.base_url));
    let call = received.map_err(|refused| TestCaseError::fail(refused.to_string()))?;
    let decoded: Result<O, _> = call.decode();
    match (decoded, request.violations().is_empty()) {
        (Ok(decoded), true) => {
            prop_assert_eq!(&decoded, request);
            stored(request)?;
        }
        // A request that violates a rule is refused because of that rule.
        (Err(_), false) => {}
        (decoded, sound) => prop_assert!(false, "sound: {sound}, decoded: {decoded:?}"),
    }
    Ok(())
}

/// Asserts that a request is unchanged after it is serialised and read again.
fn stored<O>(request: &O) -> Result<(), TestCaseError>
where
    O: Record + Blank + PartialEq + std::fmt::Debug,
    O: serde::Serialize + serde::de::DeserializeOwned,
{
    let failed = |error: String| TestCaseError::fail(error);
    let text = serde_json::to_string(&Revealed(request)).map_err(|e| failed(e.to_string()))?;
    let back: O = serde_json::from_str(&text).map_err(|e| failed(e.to_string()))?;
    prop_assert_eq!(&back, request);
    prop_assert_eq!(&O::from_json(&text).map_err(|e| failed(e.to_string()))?, request);
    // Without the wrapper, only fields that are not private are serialised.
    let open = request.schema().sensitive().is_empty();
    prop_assert_eq!(serde_json::to_string(request).is_ok(), open);
    Ok(())
}

fn shopex<O>(request: &O) -> Result<(), TestCaseError>
where
    O: serde::Serialize + serde::de::DeserializeOwned,
    O: Operation<Platform = gatespec_clients::shopex::Platform>
        + Record
        + Blank
        + PartialEq
        + std::fmt::Debug,
{
    let credentials = [("app_key", "testkey"), ("secret", crate::clients::SHOPEX_SECRET)];
    comes_back(&gates::shopex(), &credentials, 1_672_502_400_000, request)
}

fn acme<O>(request: &O) -> Result<(), TestCaseError>
where
    O: serde::Serialize + serde::de::DeserializeOwned,
    O: Operation<Platform = gatespec_tests::platforms::invented::acme::Platform>
        + Record
        + Blank
        + PartialEq
        + std::fmt::Debug,
{
    let secrets = [("app_secret", "0123456789abcdef"), ("sign_secret", "s1gn")];
    let credentials = [("app_key", "k1"), secrets[0], secrets[1], ("token", "t0k")];
    comes_back(&gates::acme(), &credentials, 1_672_502_400_007, request)
}

fn quay<O>(request: &O) -> Result<(), TestCaseError>
where
    O: serde::Serialize + serde::de::DeserializeOwned,
    O: Operation<Platform = gatespec_tests::platforms::invented::quay::Platform>
        + Record
        + Blank
        + PartialEq
        + std::fmt::Debug,
{
    let credentials = [("key", "k9"), ("secret", "quay-secret")];
    comes_back(&gates::quay(), &credentials, 1_672_502_400_007, request)
}

/// A text that can be a segment of a path.
fn segment() -> impl Strategy<Value = String> {
    text().prop_filter("a dot segment", |text| text != "." && text != "..")
}

/// A text that is not empty. Characters that encoders often get wrong are frequent.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![".{1,12}", "[ -~]{1,12}", "[短袖é~*'()!+ %&=|$\\[\\]{}\"\\\\/]{1,8}"]
}

/// A text that is not empty and does not contain the delimiter of a list.
fn item() -> impl Strategy<Value = String> {
    text().prop_map(|text| text.replace('|', "-"))
}

fn time() -> impl Strategy<Value = DateTime> {
    (0_i64..4_000_000_000).prop_map(|seconds| DateTime::from_unix_seconds(seconds).unwrap())
}

fn amount() -> impl Strategy<Value = Decimal> {
    (-1_000_000_i64..1_000_000, 0_u32..3).prop_map(|(digits, scale)| Decimal::new(digits, scale))
}

/// A known value of an enumeration, or an undocumented one.
fn choice<T: From<&'static str> + std::fmt::Debug + Clone + 'static>(
    known: &'static [&'static str],
) -> impl Strategy<Value = T> {
    select([known, &["unheard-of"]].concat()).prop_map(T::from)
}

prop_compose! {
    fn goods()(
        texts in prop::collection::vec(of(text()), 4),
        quantity in of(any::<i64>()),
        amounts in prop::collection::vec(of(amount()), 3),
        kind in of(choice::<GoodsType>(GoodsType::ALL)),
    ) -> OrderGoodsVo {
        let mut goods = OrderGoodsVo::new();
        let mut texts = texts.into_iter();
        goods.out_id = texts.next().flatten();
        goods.sku_name = texts.next().flatten();
        goods.service_date = texts.next().flatten();
        goods.retail_id = texts.next().flatten().map(Into::into);
        goods.quantity = quantity;
        (goods.sale_price, goods.price) = (amounts[0], amounts[1]);
        goods.receivable_amount = amounts[2];
        goods.goods_type = kind;
        goods
    }
}

prop_compose! {
    fn delivery()(
        number in of(text()),
        state in of(choice::<GomeState>(GomeState::ALL)),
        channel in of(choice::<Channel>(Channel::ALL)),
        times in prop::collection::vec(of(time()), 4),
        goods in prop::collection::vec(goods(), 0..3),
    ) -> OrderDeliveryVo {
        let mut delivery = OrderDeliveryVo::new().goods_lists(goods);
        (delivery.sub_order_id, delivery.gome_state) = (number, state);
        delivery.channel_no = channel;
        (delivery.reject_date, delivery.order_effect_time) = (times[0], times[1]);
        (delivery.return_date, delivery.cancel_date) = (times[2], times[3]);
        delivery
    }
}

prop_compose! {
    fn order()(
        numbers in prop::collection::vec(of(text()), 2),
        buyer in of(text()),
        amounts in prop::collection::vec(of(amount()), 2),
        times in prop::collection::vec(of(time()), 2),
        kind in of(choice::<OrderType>(OrderType::ALL)),
        source in of(choice::<OrderSource>(OrderSource::ALL)),
        deliveries in prop::collection::vec(delivery(), 0..3),
    ) -> OrderSyncRequest {
        let mut order = OrderSyncRequest::new().delivery_list(deliveries);
        (order.order_id, order.return_order_id) = (numbers[0].clone(), numbers[1].clone());
        order.buyer_name = buyer.map(Into::into);
        (order.order_price, order.order_sale_price) = (amounts[0], amounts[1]);
        (order.submitted_date, order.pay_date) = (times[0], times[1]);
        (order.order_type, order.source) = (kind, source);
        order
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_gome(order in of(order())) {
        let mut push = GomePusherOrderSynchronize::new();
        push.request = order;
        let credentials = [("secret", "testsecret"), ("token", "testtoken")];
        comes_back(&gates::gome(), &credentials, 0, &push)?;
    }

    #[test]
    fn of_mogujie(order in any::<i64>()) {
        let request = XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(order));
        let app = [("app_key", "10011"), ("secret", "TESTAPPSECRET")];
        let credentials = [app[0], app[1], ("access_token", "TESTACCESSTOKEN")];
        comes_back(&gates::mogujie(), &credentials, 1_367_819_523_000, &request)?;
    }

    #[test]
    fn of_shopex(
        texts in prop::collection::vec(text(), 2),
        lists in prop::collection::vec(prop::collection::vec(item(), 0..3), 2),
        fill in choice::<FillType>(FillType::ALL),
        refund in of(choice::<RefundStatus>(RefundStatus::ALL)),
        start in time(),
        length in -10_i64..700_000,
    ) {
        let [one, other] = [&texts[0], &texts[1]];
        shopex(&MatrixUnbind::new(one))?;
        shopex(&MatrixAuthstatus::new(one))?;
        shopex(&MatrixBindurl::new(one, other))?;
        let mut single = MatrixFillSingle::new(one, fill.clone());
        single.refund_status = refund.clone();
        (single.tids, single.service_ids) = (lists[0].clone(), lists[1].clone());
        shopex(&single)?;
        let end = DateTime::from_unix_seconds(start.unix_seconds() + length).unwrap();
        let mut multiple = MatrixFillMultiple::new(one, fill, start, end);
        multiple.refund_status = refund;
        shopex(&multiple)?;
    }

    #[test]
    fn of_acme(
        (since, length) in (time(), -10_i64..700_000),
        states in prop::collection::vec(item(), 0..3),
        at_least in of(amount()),
        lines in prop::collection::vec((of(text()), of(any::<i64>())), 0..3),
        (cursor, remark) in (of(prop_oneof![text(), Just(String::new())]), of(text())),
        (order_no, urgent) in ("AC-[0-9]{4,6}", of(any::<bool>())),
        (score, tags) in (of(0_i64..7), prop::collection::vec(text(), 0..5)),
    ) {
        let until = DateTime::from_unix_seconds(since.unix_seconds() + length).unwrap();
        let mut list = OrderList::new(since, until).states(states);
        (list.at_least, list.cursor) = (at_least, cursor);
        let line = |(sku, qty)| {
            let mut line = Line::new();
            (line.sku, line.qty) = (sku, qty);
            line
        };
        list.lines = Some(lines.into_iter().map(line).collect());
        acme(&list)?;
        let mut wanted = OrderRemark::new(order_no).tags(tags);
        (wanted.text, wanted.urgent, wanted.score) = (remark, urgent, score);
        acme(&wanted)?;
    }

    #[test]
    fn of_quay(
        // A client refuses to send `.` and `..` as a segment of the path.
        (id, page) in (segment(), of(-2_i64..1_000)),
        (depot, owner) in (of(text()), of(text())),
        states in prop::collection::vec(choice::<State>(State::ALL), 0..4),
        (open, worth, since) in (of(any::<bool>()), of(amount()), of(time())),
        size in of((of(any::<i64>()), of(1_i64..9))),
        (goods, pieces, pickup) in (text(), of(-2_i64..120), of(time())),
    ) {
        let mut events = ParcelEvents::new(&id);
        events.page = page;
        quay(&events)?;
        let mut find = ParcelFind::new().state(states);
        (find.depot, find.open, find.since) = (depot, open, since);
        find.owner = owner.map(Into::into);
        find.worth_at_least = worth;
        // In the notation with brackets, an empty record cannot be sent.
        find.box_ = size.filter(|(width, depth)| width.is_some() || depth.is_some()).map(
            |(width, depth)| {
                let mut size = Box::new();
                (size.width, size.depth) = (width, depth);
                size
            },
        );
        quay(&find)?;
        let mut book = ParcelBook::new(&id, goods);
        (book.worth, book.fragile) = (worth, open);
        (book.pieces, book.pickup_at) = (pieces, pickup);
        quay(&book)?;
    }
}
