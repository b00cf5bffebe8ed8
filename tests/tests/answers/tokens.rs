//! Answers of the token gateway.

use gatespec_clients::mogujie::{OauthToken, OauthTokenResponse, oauth_token::GrantType};
use gatespec_runtime::{Class, DateTime, Error, ErrorKind};

use crate::recorder::Recorder;
use crate::{clients, sample, trade};

fn renewed(body: &str) -> Result<OauthTokenResponse, Error> {
    let client = clients::mogujie_clients(&Recorder::answering(body.to_owned())).1;
    client.oauth_token(&OauthToken::new(GrantType::RefreshToken).refresh_token("TESTREFRESHTOKEN"))
}

#[test]
fn tokens_come_with_the_instants_at_which_they_expire() {
    let tokens = renewed(&sample("mogujie/answers/token.json")).unwrap();
    assert_eq!(*tokens.access_token, "TESTACCESSTOKEN2");
    assert_eq!(tokens.refresh_token.unwrap().as_str(), "TESTREFRESHTOKEN2");
    // The expected times are the output of `date -u -d @1672502400` and `date -u -d @1673884800`.
    let at = |day, hour| DateTime::civil(0, 2022, 12, day, hour, 0, 0).unwrap();
    assert_eq!(tokens.access_expires_in, Some(at(31, 16)));
    let later = DateTime::civil(0, 2023, 1, 16, 16, 0, 0).unwrap();
    assert_eq!(tokens.refresh_expires_in, Some(later));
    assert_eq!(tokens.user_id.unwrap().as_str(), "1test00");
}

#[test]
fn expiry_may_come_as_text() {
    let body = sample("mogujie/answers/token.json").replace("1672502400", "\"1672502400\"");
    let tokens = renewed(&body).unwrap();
    assert_eq!(tokens.access_expires_in.unwrap().unix_seconds(), 1_672_502_400);
}

#[test]
fn a_success_without_a_token_is_no_success() {
    let error = renewed(r#"{"statusCode":"0000000","errorMsg":"成功！"}"#).unwrap_err();
    assert_eq!((error.kind(), error.field_path()), (ErrorKind::Decode, Some("access_token")));
}

#[test]
fn a_refused_renewal_has_its_code_and_words() {
    for code in ["0000010", "0000011"] {
        let body = format!(r#"{{"statusCode":"{code}","errorMsg":"授权已过期"}}"#);
        let error = renewed(&body).unwrap_err();
        assert_eq!((error.kind(), error.class()), (ErrorKind::Business, Class::Authentication));
        assert_eq!((error.code(), error.message()), (Some(code), Some("授权已过期")));
        // The failed call is the renewal itself, so the error names no token to renew.
        assert_eq!((error.refresh(), error.method()), (None, "oauth.token"));
    }
}

#[test]
fn only_the_invalid_token_of_a_call_asks_for_a_renewal() {
    for (code, refresh) in [("0000001", Some("access_token")), ("0000011", None)] {
        let body = sample("mogujie/answers/error.json").replace("1010001", code);
        assert_eq!(trade(&body).unwrap_err().refresh(), refresh);
    }
}
