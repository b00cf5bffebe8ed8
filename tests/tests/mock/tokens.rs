//! A token that expires, and a client that gets the next one from the mock.

use std::sync::Arc;

use gatespec_clients::mogujie::{
    self, OauthToken, OpenApiOrderDetailReqDto, XiaodianTradeGet, oauth_token::GrantType,
};
use gatespec_mock::Fault;
use gatespec_runtime::client::{BlockingTokenProvider, Token, TokenError};

use crate::clients::credentials;
use crate::shipped;

struct Provider(mogujie::blocking::Client);

impl BlockingTokenProvider for Provider {
    fn token(&self, _: Option<&Token>) -> Result<Token, TokenError> {
        let request = OauthToken::new(GrantType::RefreshToken).refresh_token("TESTREFRESHTOKEN");
        let tokens = self.0.oauth_token(&request)?;
        Ok(Token::new(tokens.access_token.as_str()))
    }
}

#[test]
fn an_expired_token_is_renewed_and_the_call_goes_through() {
    let mock = shipped();
    let builder = || {
        mogujie::blocking::Client::builder(credentials::mogujie(&mock))
            .base_url(mock.url("mogujie").unwrap())
            .gateway_url("oauth", mock.gateway_url("mogujie", "oauth").unwrap())
    };
    let provider = Arc::new(Provider(builder().build().unwrap()));
    let client = builder().token_provider("access_token", provider).build().unwrap();
    mock.script("mogujie", "xiaodian.trade.get", [Fault::ExpiredToken]).unwrap();
    let order = XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(7));
    assert_eq!(client.xiaodian_trade_get(&order).unwrap().shop_order_id, Some(7));
    let methods: Vec<_> = mock.received().into_iter().filter_map(|entry| entry.method).collect();
    assert_eq!(methods, ["xiaodian.trade.get", "oauth.token", "xiaodian.trade.get"]);
}
