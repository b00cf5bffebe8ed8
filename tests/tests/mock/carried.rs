//! A mock of the spec that is built into the client, without a folder of specs; and test doubles of
//! the client itself.

use gatespec_clients::shopex::{self, BlockingApi, MatrixAuthstatus, MatrixUnbind};
use gatespec_clients::{Answer, BoxFuture, Error, ErrorKind, gome, mogujie};
use gatespec_mock::{Mock, Step};
use gatespec_tests::harness::{tree, workspace};
use gatespec_tests::recorder::block_on;
use serde_json::json;

#[test]
fn the_client_carries_its_spec_to_the_letter() {
    let generated = [gome::SPEC, mogujie::SPEC, shopex::SPEC];
    // The same specs are built into the command.
    assert_eq!(gatespec_specs::ALL, generated);
    for (spec, platform) in generated.into_iter().zip(["gome", "mogujie", "shopex"]) {
        let files = tree(&workspace("specs").join(platform)).into_iter();
        let files: Vec<_> = files
            .map(|(path, text)| (path.display().to_string(), String::from_utf8(text).unwrap()))
            .collect();
        let carried = spec.files.iter().map(|(name, text)| (name.to_string(), text.to_string()));
        assert_eq!(carried.collect::<Vec<_>>(), files);
        assert_eq!(spec.platform, platform);
    }
}

fn shopex_of(mock: &Mock) -> shopex::blocking::Client {
    let builder = shopex::blocking::Client::builder_with(mock.credentials("shopex").unwrap());
    builder.base_url(mock.url("shopex").unwrap()).build().unwrap()
}

#[test]
fn a_mock_of_the_carried_spec_answers_the_client() {
    let mock = Mock::of_all([shopex::SPEC, gome::SPEC]).start().unwrap();
    assert_eq!(mock.urls().len(), 2);
    assert_eq!(mock.reload(), Ok(false));
    let answer = shopex_of(&mock).matrix_authstatus(&MatrixAuthstatus::new("15000000")).unwrap();
    assert_eq!(answer.is_expired, Some(true), "as the documents' sample says");
}

#[test]
fn one_line_sets_what_a_method_answers() {
    let mock = Mock::of(shopex::SPEC).start().unwrap();
    let ask = || {
        let answer =
            shopex_of(&mock).matrix_authstatus(&MatrixAuthstatus::new("15000000")).unwrap();
        (answer.is_expired, answer.expire_in.is_some())
    };
    mock.answer("shopex", "matrix.authstatus", json!({ "is_expired": false })).unwrap();
    assert_eq!((ask(), ask()), ((Some(false), true), (Some(false), true)));
    // A scripted answer takes precedence.
    let step = Step::data(json!({ "is_expired": true }));
    mock.script("shopex", "matrix.authstatus", [step]).unwrap();
    assert_eq!((ask(), ask()), ((Some(true), false), (Some(false), true)));
    assert!(mock.answer("shopex", "matrix.nothing", json!({})).is_err());
}

/// A test double that implements one method.
struct Double;

impl shopex::Api for Double {
    fn matrix_authstatus<'a>(
        &'a self,
        _: &'a MatrixAuthstatus,
    ) -> BoxFuture<'a, Result<shopex::MatrixAuthstatusResponse, Error>> {
        let mut answer = shopex::MatrixAuthstatusResponse::default();
        answer.is_expired = Some(false);
        Box::pin(async { Ok(Answer::fake(answer).into_data()) })
    }
}

impl BlockingApi for Double {}

/// A function as a program would write it: it accepts the client or a double of it.
async fn is_expired(shop: &dyn shopex::Api) -> Result<bool, Error> {
    let answer = shop.matrix_authstatus(&MatrixAuthstatus::new("15000000")).await?;
    Ok(answer.is_expired.unwrap_or_default())
}

#[test]
fn a_double_stands_in_for_the_client() {
    assert!(!block_on(is_expired(&Double)).unwrap());
    // A method that the double does not implement fails, and the error says so.
    let request = MatrixUnbind::new("15000000");
    for error in [
        block_on(shopex::Api::matrix_unbind(&Double, &request)).unwrap_err(),
        BlockingApi::matrix_unbind(&Double, &request).unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Config);
        let expected = "shopex matrix.unbind: this test double does not implement the method";
        assert_eq!(error.to_string(), expected);
    }
    let mock = Mock::of(shopex::SPEC).start().unwrap();
    let client: &dyn BlockingApi = &shopex_of(&mock);
    assert!(client.matrix_unbind(&request).is_ok());
}
