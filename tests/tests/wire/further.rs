//! A credential that only one of the further gateways needs.

use gatespec_runtime::ErrorKind;
use gatespec_tests::accept::further_credentials::shop::{self, ShopDemo, ShopPushed};

use crate::recorder::Recorder;

#[test]
fn what_only_a_further_gateway_needs_is_asked_for_by_its_calls_alone() {
    let recorder = Recorder::answering(r#"{"code":0,"data":{}}"#);
    let client = |credentials| {
        let builder = shop::blocking::Client::builder(credentials).transport(recorder.clone());
        builder.build().unwrap()
    };
    let callers = client(shop::Credentials::new("c1", "k1"));
    callers.shop_demo(&ShopDemo::new("n1")).unwrap();
    let error = callers.shop_pushed(&ShopPushed::new("n1")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Signing, "{error}");
    assert!(error.to_string().contains("`salt`"), "{error}");
    assert_eq!(recorder.sent().len(), 1, "only the first call is sent");

    client(shop::Credentials::new("c1", "k1").salt("s1"))
        .shop_pushed(&ShopPushed::new("n1"))
        .unwrap();
    let sent = recorder.sent();
    // The signatures were computed with Python's hashlib.
    assert!(sent[0].contains("sign=392CB77EAA22C508DDB4CBA587AA78F3"), "{}", sent[0]);
    assert!(sent[1].contains("sign=79ECCFB25FF44A45F3D46F8D92D56223"), "{}", sent[1]);
}
