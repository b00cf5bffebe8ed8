//! The call that gets tokens: unsigned, with the secret in the form and never in the URL.

use gatespec_clients::mogujie::{self, OauthToken, oauth_token::GrantType};
use gatespec_runtime::{Credential, ErrorKind, Platform as _, Violation};

use crate::recorder::{Recorder, file};
use crate::{clients, sends};

#[test]
fn a_grant_is_exchanged_for_tokens() {
    let request = OauthToken::new(GrantType::AuthorizationCode)
        .code("TESTCODE")
        .redirect_uri("https://shop.example/mogujie/granted")
        .state("shop 7");
    sends!("mogujie/token-grant.http", mogujie_clients, "mogujie/answers/token.json", |client| {
        client.oauth_token(&request)
    });
}

#[test]
fn a_refresh_token_is_exchanged_for_tokens() {
    let request = OauthToken::new(GrantType::RefreshToken).refresh_token("TESTREFRESHTOKEN");
    sends!("mogujie/token-renewal.http", mogujie_clients, "mogujie/answers/token.json", |client| {
        client.oauth_token(&request)
    });
}

#[test]
fn the_secret_is_in_the_body_alone() {
    let client =
        clients::mogujie_clients(&Recorder::answering(file("mogujie/answers/token.json"))).1;
    let request = OauthToken::new(GrantType::RefreshToken).refresh_token("TESTREFRESHTOKEN");
    let prepared = client.call(&request).prepare().unwrap();
    let url = prepared.url("https://oauth.mogujie.com");
    assert_eq!(url, "https://oauth.mogujie.com/token");
    let headers: Vec<_> = prepared.headers().collect();
    assert_eq!(headers.len(), 1, "the content type: {headers:?}");
    assert_eq!(prepared.signature(), None);
}

#[test]
fn a_token_can_be_fetched_before_there_is_one() {
    let recorder = Recorder::answering(file("mogujie/answers/token.json"));
    let credentials = mogujie::Credentials::new("10011", "TESTAPPSECRET", "");
    let client =
        mogujie::blocking::Client::builder(credentials).transport(recorder.clone()).build();
    let request = OauthToken::new(GrantType::RefreshToken).refresh_token("TESTREFRESHTOKEN");
    let tokens = client.unwrap().oauth_token(&request).unwrap();
    assert_eq!(*tokens.access_token, "TESTACCESSTOKEN2");
    assert_eq!(recorder.only(), file("mogujie/token-renewal.http"));
}

#[test]
fn a_grant_without_a_code_is_not_sent() {
    let recorder = Recorder::answering("{}");
    let client = clients::mogujie_clients(&recorder).1;
    for (grant, rule) in [
        (GrantType::AuthorizationCode, "required:code"),
        (GrantType::RefreshToken, "required:refresh_token"),
    ] {
        let error = client.oauth_token(&OauthToken::new(grant)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Validation);
        let rules: Vec<_> = error.violations().iter().map(Violation::rule).collect();
        assert_eq!(rules, [rule]);
    }
    assert!(recorder.sent().is_empty());
}

#[test]
fn the_gateway_of_tokens_wants_no_token() {
    let [_, oauth] = mogujie::Platform::GATEWAYS else { panic!("there are two gateways") };
    let names: Vec<_> = oauth.credentials.iter().map(|Credential { name, .. }| *name).collect();
    assert_eq!((oauth.name, &*names), ("oauth", &["app_key", "secret"][..]));
}
