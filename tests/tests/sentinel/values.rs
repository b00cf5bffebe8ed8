//! The values between a request and its answer: those of signing, verifying, decrypting and
//! judging.

use std::error::Error as _;
use std::sync::Arc;

use gatespec_clients::gome::{
    GomePusherOrderSynchronize, OrderDeliveryVo, OrderGoodsVo, OrderSyncRequest,
};
use gatespec_clients::mogujie::{self, OpenApiOrderDetailReqDto, XiaodianTradeGet};
use gatespec_runtime::envelope::write::{Refused, Success, WriteError};
use gatespec_runtime::envelope::{self, Failure};
use gatespec_runtime::mask::Secrets;
use gatespec_runtime::record::{Filling, View};
use gatespec_runtime::request::SignedAtoms;
use gatespec_runtime::sign::{Known, Manner};
use gatespec_runtime::{BlockingTransport, TransportError};
use gatespec_runtime::{
    BySpec, Checker, CredentialSet, DecryptError, Decryptor, Job, Operation, Origin, Overrides,
    Private, Question, Sealed, SignError, Stamp, Validate, Value, Wire, Writer, decode,
};
use serde_json::json;

use crate::clients;
use crate::recorder::{Recorder, file};
use crate::shown::{self, NUMBER, PERSON, SECRET, TOKEN, silent};

pub(crate) fn show() {
    order();
    signing();
    answers();
    failures();
    written();
    checks();
    silent!(Wire<'static>, Writer<'static>, Value<'static>);
    silent!(View<'static>, Filling<'static>, Secrets<'static>);
}

/// An order in which all sensitive fields have values.
fn filled() -> GomePusherOrderSynchronize {
    let goods = OrderGoodsVo::new().retail_id(PERSON);
    let delivery = OrderDeliveryVo::new().goods_lists(vec![goods]);
    GomePusherOrderSynchronize::new().request(
        OrderSyncRequest::new()
            .order_id("visible-order")
            .buyer_id(PERSON)
            .buyer_name(PERSON)
            .delivery_list(vec![delivery]),
    )
}

fn order() {
    let order = filled();
    shown::debug(&order);
    assert!(format!("{order:?}").contains("visible-order"), "the rest shows");
    let client = gatespec_clients::gome::blocking::Client::builder(clients::gome());
    let client = client.transport(Recorder::answering("{}")).build().unwrap();
    let prepared = client.call(&order).parameter("$token", TOKEN).prepare().unwrap();
    let sent = str::from_utf8(prepared.body()).unwrap();
    assert!(sent.contains("SENTINEL-t0ken") && sent.contains(PERSON), "what is sent holds them");
    shown::prepared(&prepared);

    // The error of the transport is a part of the client's error.
    let broken = gatespec_clients::gome::blocking::Client::builder(clients::gome());
    let broken = broken.transport(Arc::new(Broken)).build().unwrap();
    let error = broken.gome_pusher_order_synchronize(&order).unwrap_err();
    assert_eq!(error.source().unwrap().to_string(), "the cable is cut");
    shown::error(&error);
    shown::cause(&TransportError::new("the cable is cut"));

    // A violation does not show the value that violates the rule.
    let mut wrong = order;
    let inner = wrong.request.as_mut().unwrap();
    inner.order_price = Some("1.234".parse().unwrap());
    inner.order_type = Some("unheard-of".into());
    let error = client.gome_pusher_order_synchronize(&wrong).unwrap_err();
    assert_eq!(error.violations(), wrong.violations());
    assert_eq!(error.violations().len(), 2);
    shown::error(&error);
}

fn signing() {
    let mut overrides = Overrides::default();
    overrides.set_parameter("access_token", TOKEN);
    overrides.set_argument("lang", SECRET);
    overrides.raw_body = Some(Private::new(SECRET.to_owned()));
    shown::debug(&overrides);
    let stamp = Stamp { clock: gatespec_runtime::DateTime::now(), entropy: *b"SENTINEL-entropy" };
    shown::debug(&stamp);
    silent!(Job<'static, 'static>, Known<'static>, Question<'static>, SignedAtoms<'static>);
    shown::debug(&Manner::default());

    // The error about a secret that is too short does not show the secret.
    let credentials = mogujie::Credentials::new("10011", "SENTINEL", TOKEN);
    let client = mogujie::blocking::Client::builder(credentials)
        .transport(Recorder::answering(file("mogujie/answers/encrypted.json")))
        .build()
        .unwrap();
    let error = client.xiaodian_trade_get(&trade()).unwrap_err();
    assert!(error.to_string().contains("16"), "{error}");
    shown::error(&error);
    shown::cause(&SignError::TooShort { needed: 16, found: SECRET.len() });
    let error = client.call(&trade()).signature_method("other").send().unwrap_err();
    shown::error(&error);

    // The error about a missing credential does not show the other credentials.
    let credentials = mogujie::Credentials::new("", SECRET, TOKEN);
    let client = mogujie::Client::builder(credentials).transport(Recorder::answering("{}"));
    shown::error(&client.build().unwrap_err());
    let client = mogujie::Client::builder(clients::mogujie()).base_url("SENTINEL base url");
    shown::error(&client.build().unwrap_err());
}

fn trade() -> XiaodianTradeGet {
    XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(1))
}

fn question<'q>(credentials: &'q CredentialSet) -> Question<'q> {
    const METHOD: &gatespec_runtime::MethodInfo<'static> = &XiaodianTradeGet::METHOD;
    Question { method: METHOD, name: METHOD.name, credentials, decryptor: &BySpec, sent: None }
}

/// A decryptor whose error shows its input.
struct Curious;

impl Decryptor for Curious {
    fn decrypt(&self, sealed: &Sealed<'_>) -> Result<Vec<u8>, DecryptError> {
        assert_eq!(sealed.credentials.get("secret"), Some(SECRET));
        shown::debug(sealed);
        Err(DecryptError::Other(format!("no key but {SECRET}")))
    }
}

fn answers() {
    let token = serde_json::to_string(TOKEN).unwrap();
    let body = file("mogujie/answers/plain.json").replace("\"请求成功\"", &token);
    let echoed = format!("\"data\": {{{token}: 1,");
    let body = body.replace("测试人", PERSON).replacen("\"data\": {", &echoed, 1);
    let client = mogujie::blocking::Client::builder(clients::mogujie());
    let client = client.transport(Recorder::answering(body)).build().unwrap();
    let answer = client.send(&trade()).unwrap();
    assert!(answer.body().contains(PERSON));
    shown::answer(&answer);
    assert!(answer.signed_text().starts_with("<secret>access_token<secret>app_key10011"));
    shown::debug(&answer.into_data());

    let client = mogujie::blocking::Client::builder(clients::mogujie())
        .transport(Recorder::answering(file("mogujie/answers/encrypted.json")))
        .decryptor(Arc::new(Curious));
    shown::error(&client.build().unwrap().xiaodian_trade_get(&trade()).unwrap_err());
}

/// Reads an answer as a success or a failure, without a client.
fn judged(status: u16, body: &str) -> Result<envelope::Reply, Failure> {
    let credentials = CredentialSet::from(clients::mogujie());
    let mut order = mogujie::XiaodianTradeGetResponse::default();
    envelope::read(&question(&credentials), status, body.as_bytes(), &mut |value| {
        XiaodianTradeGet::read(value, &mut order)
    })
}

fn failures() {
    let said = serde_json::to_string(&format!("{SECRET} {TOKEN}")).unwrap();
    let data = |data: &str| {
        format!(
            r#"{{"status":{{"code":"0","msg":{said}}},"success":true,"result":{{"data":{data}}}}}"#
        )
    };
    shown::debug(&judged(200, &data("{}")).unwrap());
    for body in [
        format!(r#"{{"status":{{"code":{said},"msg":{said}}},"success":false}}"#),
        data(&format!(r#"{{"number":{said}}}"#)),
        data(&format!(r#"{{"receiverName":{{"{PERSON}{NUMBER}":"{PERSON}"}}}}"#)),
        data(&format!(r#"{{"buyerUserId":"{PERSON}"}}"#)),
        data(&format!(r#"{{"buyerUserId":{NUMBER}.5}}"#)),
        data(&format!(r#"{{"cardInfo":{{"cardId":["{PERSON}"]}}}}"#)),
        format!("<html>{SECRET} {TOKEN}"),
        format!(r#"{{{said}:{said}}}"#),
        format!(r#"{{"success":true,"{PERSON}{NUMBER}"#),
    ] {
        let failure = judged(200, &body).unwrap_err();
        match &failure {
            Failure::Refused(refusal) => shown::both(&**refusal),
            Failure::Decode(error) => shown::cause(error),
            _ => {}
        }
        shown::cause(&failure);
    }
    shown::cause(&DecryptError::Key(SignError::MissingCredential { name: "secret".to_owned() }));
    shown::debug(&BySpec);
}

fn written() {
    let data = json!({"receiverName": PERSON});
    shown::debug(&Success { data: Some(&data), message: Some("done"), ..Success::default() });
    let refused = Refused {
        origin: Origin::Business,
        code: "1",
        message: "no",
        sub_code: None,
        sub_message: None,
        request_id: None,
    };
    shown::debug(&refused);
    let credentials = CredentialSet::from(clients::mogujie());
    let missing = Success { data: None, ..Success::default() };
    let error = envelope::write::success(&question(&credentials), &missing).unwrap_err();
    shown::cause::<WriteError>(&error);
}

fn checks() {
    struct Person;
    impl Validate for Person {
        fn check(&self, cx: &mut Checker<'_>) {
            shown::debug(&*cx);
        }
    }
    assert!(Person.violations().is_empty());
    let mut found = Vec::new();
    for text in [r#"{"#, r#"{"a":1}"#] {
        found.extend(decode::from_text(text, &mut |value| value.skip()).err());
    }
    for error in &found {
        shown::cause(error);
    }
}

/// A transport that fails with an error without secrets.
struct Broken;

impl BlockingTransport for Broken {
    fn send(
        &self,
        _: http::Request<bytes::Bytes>,
    ) -> Result<http::Response<bytes::Bytes>, TransportError> {
        Err(TransportError::new("the cable is cut"))
    }
}
