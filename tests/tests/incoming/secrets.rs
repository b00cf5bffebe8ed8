//! Nothing that is printed about a call shows a secret, a token or a private field.

use gatespec_clients::gome::{self, GomePusherOrderSynchronize};
use gatespec_clients::shopex;
use gatespec_runtime::incoming::{Incoming, IncomingError, Limits, Raw, SeenInMemory};
use gatespec_runtime::record::Field;
use gatespec_runtime::{CredentialSet, Meaning, MethodInfo, Operation, Receives, Schema};
use gatespec_tests::platforms::invented::{acme, quay};
use http::Request;

use crate::gates::form;
use crate::signing::{self, Pairs};

const SENTINEL: &str = "SENTINEL";

/// The fields of a method, and further sensitive fields with these names.
pub(crate) fn marked<'a>(names: &[&'a str], method: &MethodInfo<'a>) -> Vec<Field<'a>> {
    let sensitive = |name: &&'a str| Field { name, sensitive: true, ..Field::BARE };
    let fields = method.request.schema().fields.iter().copied();
    fields.chain(names.iter().map(sensitive)).collect()
}

fn hides(what: &str, said: impl AsRef<str>) {
    let said = said.as_ref();
    assert!(!said.contains(SENTINEL), "{what} shows a secret: {said}");
}

fn push(order: &str) -> Request<Vec<u8>> {
    let mut pairs: Pairs = [
        ("$app", "testapp"),
        ("$method", "gome.pusher.order.synchronize"),
        ("$token", "token-SENTINEL"),
        ("$v", "1.0.0"),
        ("request", order),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    pairs.push(("$sign".to_owned(), signing::gome("secret-SENTINEL", &pairs)));
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (&**name, &**value)).collect();
    form("http://shop.example/push", &pairs)
}

fn gate() -> gome::Receiver {
    let credentials = gome::Credentials::new("secret-SENTINEL", "token-SENTINEL");
    gome::Receiver::new(credentials).unwrap()
}

const ORDER: &str = r#"{"orderId":"7","buyerName":"SENTINEL","deliveryList":[{"goodsLists":[{"retailId":{"a":"SENTINEL"}}]}]}"#;

#[test]
fn of_a_call_that_is_taken() {
    let gate = gate();
    hides("a receiver", format!("{gate:?}"));
    let order = ORDER.replace(r#"{"a":"SENTINEL"}"#, r#""SENTINEL""#);
    let call = gate.verify(&push(&order)).unwrap();
    hides("a call", format!("{call:?}"));
    let explained = call.explain().unwrap();
    assert_eq!(
        explained.canonical,
        "<secret>$apptestapp$methodgome.pusher.order.synchronize$token<secret>$v1.0.0request\
         {\"orderId\":\"7\",\"buyerName\":\"<secret>\",\"deliveryList\":[{\"goodsLists\":\
         [{\"retailId\":\"<secret>\"}]}]}<secret>"
    );
    hides("an explanation", format!("{explained:?}"));
    let push: GomePusherOrderSynchronize = call.decode().unwrap();
    hides("a request", format!("{push:?}"));
    hides("a fingerprint", format!("{:?} {:?}", call.fingerprint(), SeenInMemory::new(1)));
}

#[test]
fn of_a_call_that_is_refused() {
    let mut forged = push(ORDER);
    forged.body_mut().push(b'0');
    let refused = gate().verify(&forged).unwrap_err();
    assert_eq!(refused.meaning(), Meaning::BadSignature);
    hides("the explanation", format!("{:?}", refused.explain().unwrap()));
    hides("a refusal", format!("{refused} {refused:?}"));
    hides("its answer", format!("{:?}", refused.into_response()));
    // A private field of a wrong type, then a wrong token, then a wrong method.
    let refused = gate().verify(&push(ORDER)).unwrap();
    let refused = refused.decode::<GomePusherOrderSynchronize>().unwrap_err();
    hides("a wrong field", format!("{refused} {refused:?} {:?}", refused.error()));
    hides("its answer", format!("{:?}", refused.into_response()));
    let other = gome::Credentials::new("secret-SENTINEL", "another-SENTINEL");
    let other = gome::Receiver::new(other).unwrap();
    let refused = other.verify(&push("{}")).unwrap_err();
    assert_eq!(refused.meaning(), Meaning::BadToken);
    hides("a wrong token", format!("{refused} {refused:?}"));
}

#[test]
fn of_a_receiver_that_lacks_a_credential() {
    let raw = Raw {
        verb: "POST",
        path: "/router",
        query: "method=matrix.unbind&sign=SENTINEL&app_key=SENTINEL&sign_time=1&node_id=1",
        headers: &[],
        body: b"",
    };
    hides("what came", format!("{raw:?}"));
    let methods = shopex::Platform::methods();
    let call = Incoming::read(&shopex::MAIN, methods, &raw, &Limits::default()).unwrap();
    hides("a call", format!("{call:?} {:?}", call.params()));
    let error = call.check_signature(&CredentialSet::new()).unwrap_err();
    assert_eq!(error.meaning(), Meaning::Unavailable);
    hides("an error", format!("{error} {error:?}"));
    let ours = CredentialSet::from_iter([("secret", "SENTINEL"), ("app_key", "another")]);
    for error in [
        call.check_signature(&ours).unwrap_err(),
        call.check_app(&ours).unwrap_err(),
        call.check_clock(gatespec_runtime::DateTime::now()).unwrap_err(),
    ] {
        hides("an error", format!("{error} {error:?}"));
    }
    // Only this function returns the expected signature. It exists for test gateways.
    assert_eq!(call.expected_signature(&ours).unwrap().len(), 32);
}

/// Secrets in a JSON body, the query and headers are hidden like those in a form.
#[test]
fn of_every_place() {
    let sensitive = ["sku", "owner", "Parcel-Id"];
    let secrets = [("app_secret", "0123456789abcdef"), ("sign_secret", "SENTINEL")];
    let ours: CredentialSet = secrets.into_iter().chain([("secret", "SENTINEL")]).collect();
    let fields = marked(&sensitive, &acme::OrderList::METHOD);
    let request = &Schema { fields: &fields, order: &[], places: &[], rules: &[] };
    let list = MethodInfo { request, ..acme::OrderList::METHOD };
    let body =
        br#"{"data":{"lines":[{"sku":"SENTINEL","x":"{\"sku\":\"SENTINEL\"}"}],"sku":"SENTINEL"}}"#;
    for query in ["alg=A1&token=SENTINEL", "alg=A2&token=SENTINEL", "alg=A3&token=SENTINEL"] {
        let raw = Raw { verb: "POST", path: "/v3/order/list", query, headers: &[], body };
        let call = Incoming::read(&acme::MAIN, &[list], &raw, &Limits::default()).unwrap();
        let explained = call.explain(&ours).unwrap();
        assert!(explained.steps.len() > 2);
        hides("an explanation of a body", format!("{explained:?}"));
        let error = call.check_signature(&ours).unwrap_err();
        hides("an error", format!("{error} {error:?}"));
    }
    let headers = [("quay-action", &b"parcel.find"[..])];
    let query = "owner=SENTINEL&owner=x&box[owner]=SENTINEL&box[a][owner][b]=SENTINEL";
    let raw = Raw { verb: "GET", path: "/parcel", query, headers: &headers, body: b"" };
    let fields = marked(&sensitive, &quay::ParcelFind::METHOD);
    let request = &Schema { fields: &fields, order: &[], places: &[], rules: &[] };
    let find = MethodInfo { request, ..quay::ParcelFind::METHOD };
    let call = Incoming::read(&quay::MAIN, &[find], &raw, &Limits::default()).unwrap();
    hides("an explanation of a query", format!("{:?}", call.explain(&ours).unwrap()));
    let path = "/parcels/SENTINEL/events";
    let sensitive = ["parcel_id"];
    let fields = marked(&sensitive, &quay::ParcelEvents::METHOD);
    let request = &Schema { fields: &fields, order: &[], places: &[], rules: &[] };
    let events = MethodInfo { request, ..quay::ParcelEvents::METHOD };
    let headers = [("quay-action", &b"parcel.events"[..])];
    let raw = Raw { verb: "GET", path, query: "", headers: &headers, body: b"" };
    let call = Incoming::read(&quay::MAIN, &[events], &raw, &Limits::default()).unwrap();
    assert!(call.path().contains(SENTINEL));
    hides("an explanation of a path", format!("{:?}", call.explain(&ours).unwrap()));
    hides("an error", format!("{:?}", IncomingError::BadSignature));
}
