//! Reads an order from Mogujie with an expired token: the client has the token renewed and repeats
//! the call. Needs no network: a stand-in on this machine answers.
//!
//! `cargo run -p gatespec-clients --example token`

#![expect(clippy::print_stdout, reason = "an example shows what happens")]

mod loopback;

use std::sync::{Arc, Mutex, PoisonError};

use gatespec_clients::mogujie::{
    Client, Credentials, OauthToken, OpenApiOrderDetailReqDto, XiaodianTradeGet,
    oauth_token::GrantType,
};
use gatespec_clients::{BoxFuture, Token, TokenError, TokenProvider};

use loopback::{Loopback, Request};

/// Renews the token of one shop with the latest refresh token.
struct ShopTokens {
    client: Client,
    refresh_token: Mutex<String>,
}

impl ShopTokens {
    async fn renew(&self) -> Result<Token, TokenError> {
        let last = self.refresh_token.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let request = OauthToken::new(GrantType::RefreshToken).refresh_token(last);
        let tokens = self.client.oauth_token(&request).await?;
        println!("renewed until {:?}", tokens.access_expires_in);
        if let Some(next) = tokens.refresh_token {
            // A real application stores the new refresh token first, because the old one may be
            // invalid now.
            *self.refresh_token.lock().unwrap_or_else(PoisonError::into_inner) = next.into_inner();
        }
        let token = Token::new(tokens.access_token.into_inner());
        Ok(match tokens.access_expires_in {
            Some(expiry) => token.expires_at(expiry),
            None => token,
        })
    }
}

impl TokenProvider for ShopTokens {
    fn token<'a>(&'a self, refused: Option<&'a Token>) -> BoxFuture<'a, Result<Token, TokenError>> {
        println!(
            "asked for a token, because {}",
            match refused {
                Some(_) => "the gateway refused the last one",
                None => "there is none that lives on",
            }
        );
        Box::pin(self.renew())
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let gateway = Loopback::start(answer)?;
    let url = gateway.url();
    let credentials = Credentials::new("10011", "TESTAPPSECRET", "an old token");
    let builder = || {
        Client::builder(credentials.clone())
            .base_url(format!("{url}/invoke"))
            .gateway_url("oauth", url)
    };
    let provider = ShopTokens {
        client: builder().build()?,
        refresh_token: Mutex::new("TESTREFRESHTOKEN".to_owned()),
    };
    let client = builder().token_provider("access_token", Arc::new(provider)).build()?;

    for call in 1..=2 {
        let request = XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(91_341_793_022_324));
        let order = client.xiaodian_trade_get(&request).await?;
        println!("call {call}: {} items", order.number.unwrap_or_default());
    }
    Ok(())
}

/// Answers as two gateways: one that accepts a single token, and one that renews tokens.
fn answer(request: &Request) -> (u16, String) {
    let body = match request.path.as_str() {
        "/token" if request.param("refresh_token") == "TESTREFRESHTOKEN" => {
            r#"{"statusCode":"0000000","errorMsg":"成功！","access_token":"TESTACCESSTOKEN",
                "refresh_token":"TESTREFRESHTOKEN2","access_expires_in":4102444800}"#
        }
        "/token" => r#"{"statusCode":"0000011","errorMsg":"授权已过期"}"#,
        _ if request.param("access_token") == "TESTACCESSTOKEN" => {
            r#"{"status":{"code":"0000000","msg":"请求成功"},"result":{"data":{"number":1}},
                "dataEncrypted":false,"success":true}"#
        }
        _ => {
            r#"{"status":{"code":"0000001","msg":"token无效"},"result":{"data":{}},
                "dataEncrypted":false,"success":false}"#
        }
    };
    (200, body.to_owned())
}
