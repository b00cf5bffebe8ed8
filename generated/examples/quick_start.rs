//! The whole product on one screen, without a network: starts the mock gateway on this machine and
//! calls every method of every platform through the generated clients. Then it shows a violated
//! rule, a wrong secret, and a gateway that fails once.
//!
//! `cargo run -p gatespec-clients --example quick_start`
//!
//! For the real gateways, build the clients in the same way, but with your own credentials and
//! without `base_url` and `gateway_url`.

#![expect(clippy::print_stdout, reason = "an example shows what happens")]

use std::error::Error;
use std::fmt::Display;
use std::path::Path;

use gatespec_clients::RetryPolicy;
use gatespec_clients::gome::{self, GomePusherOrderSynchronize, OrderSyncRequest};
use gatespec_clients::mogujie::oauth_token::GrantType;
use gatespec_clients::mogujie::{self, OauthToken, OpenApiOrderDetailReqDto, XiaodianTradeGet};
use gatespec_clients::shopex::{
    self, FillType, MatrixAuthstatus, MatrixBindurl, MatrixFillMultiple, MatrixFillSingle,
    MatrixUnbind, RefundStatus,
};
use gatespec_mock::{Fault, Mock, Outcome, Step};
use serde_json::json;

type Done = Result<(), Box<dyn Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Done {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let mock = Mock::builder(specs).start()?;
    println!("The mock gateway serves specs/ on {}", mock.page());

    println!("\nEVERY METHOD: what the gateway received, and what the client made of its answer");
    let client = shopex_client(&mock)?;
    methods_of_shopex(&mock, &client).await?;
    methods_of_mogujie(&mock).await?;
    methods_of_gome(&mock).await?;

    println!("\nA BROKEN RULE: not sent, unless the rule is switched off");
    broken_rules(&client).await?;
    println!("\nA WRONG SECRET: who signed what?");
    wrong_secret(&mock).await?;
    println!("\nA GATEWAY THAT FAILS ONCE");
    failing_gateway(&mock, &client).await?;

    let counts = mock.counts();
    println!(
        "\nThe gateway received {} calls: {} accepted, {} refused, {} answered with a fault",
        counts.received, counts.accepted, counts.refused, counts.misbehaved
    );
    mock.shutdown();
    Ok(())
}

// One client per platform, with the mock's address and credentials.

fn shopex_client(mock: &Mock) -> Result<shopex::Client, Box<dyn Error>> {
    let url = mock.url("shopex").ok_or("ShopEx is not served")?;
    let credentials = mock.credentials("shopex").ok_or("ShopEx is not served")?;
    Ok(shopex::Client::builder_with(credentials).base_url(url).build()?)
}

fn mogujie_client(mock: &Mock) -> Result<mogujie::Client, Box<dyn Error>> {
    let url = mock.url("mogujie").ok_or("Mogujie is not served")?;
    // Tokens come from a separate gateway.
    let tokens = mock.gateway_url("mogujie", "oauth").ok_or("Mogujie's tokens are not served")?;
    let credentials = mock.credentials("mogujie").ok_or("Mogujie is not served")?;
    let builder = mogujie::Client::builder_with(credentials);
    Ok(builder.base_url(url).gateway_url("oauth", tokens).build()?)
}

fn gome_client(mock: &Mock) -> Result<gome::Client, Box<dyn Error>> {
    let url = mock.url("gome").ok_or("Gome is not served")?;
    let credentials = mock.credentials("gome").ok_or("Gome is not served")?;
    Ok(gome::Client::builder_with(credentials).base_url(url).build()?)
}

// Every method. Sensitive values print as `Private(…)`, secrets as `<secret>`.

async fn methods_of_shopex(mock: &Mock, client: &shopex::Client) -> Done {
    // The mock answers with the documented example, unless a script gives other data.
    let data = json!({ "url": "https://shop.example/grant?id=7" });
    mock.script("shopex", "matrix.bindurl", [Step::data(data)])?;
    let request = MatrixBindurl::new("shop 7", "https://erp.example/bound");
    let bound = client.matrix_bindurl(&request).await?;
    show(mock, format_args!("the merchant goes to {}", bound.url.unwrap_or_default()))?;

    let status = client.matrix_authstatus(&MatrixAuthstatus::new("15000000")).await?;
    let (expired, end) =
        (status.is_expired.unwrap_or_default(), status.expire_in.unwrap_or_default());
    show(mock, format_args!("expired: {expired}, at {end}"))?;

    let request = MatrixFillSingle::new("15000000", FillType::Order).tids(["A-1", "A-2"]);
    let queued = client.matrix_fill_single(&request).await?;
    show(mock, format_args!("queued as {}", queued.msg_id.unwrap_or_default()))?;

    let (start, end) =
        (shopex::datetime(2023, 1, 1, 0, 0, 0)?, shopex::datetime(2023, 1, 7, 23, 59, 59)?);
    let request = MatrixFillMultiple::new("15000000", FillType::Refund, start, end)
        .refund_status(RefundStatus::Aftersale);
    let queued = client.matrix_fill_multiple(&request).await?;
    show(mock, format_args!("queued as {}", queued.msg_id.unwrap_or_default()))?;

    // This method returns no data; `send` returns the rest of the answer.
    let answer = client.send(&MatrixUnbind::new("15000000")).await?;
    let (code, message) = (answer.code().unwrap_or_default(), answer.message().unwrap_or_default());
    show(mock, format_args!("code {code}, {message}"))
}

async fn methods_of_mogujie(mock: &Mock) -> Done {
    let client = mogujie_client(mock)?;
    let request = OauthToken::new(GrantType::RefreshToken).refresh_token("TESTREFRESHTOKEN");
    let tokens = client.oauth_token(&request).await?;
    let end = tokens.access_expires_in.unwrap_or_default();
    show(mock, format_args!("{:?} lives until {end}", tokens.access_token))?;

    let client = client.with_access_token(tokens.access_token.as_str());
    let request = XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(91_341_793_022_324));
    let order = client.xiaodian_trade_get(&request).await?;
    show(
        mock,
        format_args!(
            "order {}, {}, {} yuan, receiver {:?}",
            order.shop_order_id.unwrap_or_default(),
            order.order_status.unwrap_or_default(),
            order.shop_order_price.unwrap_or_default(),
            order.receiver_name.unwrap_or_default()
        ),
    )
}

async fn methods_of_gome(mock: &Mock) -> Done {
    let client = gome_client(mock)?;
    let order = OrderSyncRequest::new()
        .order_id("10000000001")
        .buyer_name("张三")
        .order_price("99.90".parse()?)
        .submitted_date(gome::datetime(2023, 1, 1, 10, 0, 0)?);
    let request = GomePusherOrderSynchronize::new().request(order);
    let taken = client.gome_pusher_order_synchronize(&request).await?;
    show(mock, taken)
}

/// Prints two lines per call: the request from the mock's journal, and a few words about the
/// answer.
fn show(mock: &Mock, answer: impl Display) -> Done {
    let call = mock.received().pop().ok_or("the mock has received nothing")?;
    let request = call.request.to_string();
    let mut short: String = request.chars().take(71).collect();
    if short.len() < request.len() {
        short.push('…');
    }
    println!("{:<7} {:<29} {short}", call.platform, call.method.unwrap_or_default());
    println!("        -> {answer}");
    Ok(())
}

// Failures.

async fn broken_rules(client: &shopex::Client) -> Done {
    let start = shopex::datetime(2023, 1, 1, 0, 0, 0)?;
    let (next_day, day_ten) =
        (shopex::datetime(2023, 1, 2, 0, 0, 0)?, shopex::datetime(2023, 1, 10, 0, 0, 0)?);
    let without_kind = MatrixFillMultiple::new("15000000", FillType::Refund, start, next_day);
    let too_long = MatrixFillMultiple::new("15000000", FillType::Order, start, day_ten);
    for (request, rule) in
        [(without_kind, "required:refund_status"), (too_long, "span:start_time,end_time")]
    {
        let error = client.matrix_fill_multiple(&request).await.err().ok_or("it was sent")?;
        for violation in error.violations() {
            println!("{:?}: {violation}", error.kind());
        }
        // With the rule switched off for one call, the request is sent, and the gateway refuses it.
        let error = client.call(&request).without_rule(rule).send().await;
        let error = error.err().ok_or("the gateway took it")?;
        println!(
            "        -> sent without the rule: code {}, HTTP {}, class {:?}",
            error.code().unwrap_or("none"),
            error.status().unwrap_or_default(),
            error.class()
        );
    }
    Ok(())
}

async fn wrong_secret(mock: &Mock) -> Done {
    let client = gome_client(mock)?.with_credential("secret", "test-secret-with-a-typo");
    let request = GomePusherOrderSynchronize::new();
    let error = client.gome_pusher_order_synchronize(&request).await.err().ok_or("it was taken")?;
    let (code, message) = (error.code().unwrap_or("none"), error.message().unwrap_or_default());
    println!("refused with code {code}: {message}");

    let ours = error.signed_text().ok_or("nothing was signed")?;
    let call = mock.received().pop().ok_or("the mock has received nothing")?;
    let Outcome::Refused { signed: Some(theirs), .. } = call.outcome else {
        return Err("it was refused for another reason".into());
    };
    println!("the client signed {ours}");
    println!("the mock signed   {}", theirs.canonical);
    if let Some(difference) = theirs.difference {
        println!("the signatures part at {difference}");
    }
    match ours == theirs.canonical {
        true => println!("Both signed the same text, so it is the secrets that differ."),
        false => println!("They signed different texts."),
    }
    Ok(())
}

async fn failing_gateway(mock: &Mock, client: &shopex::Client) -> Done {
    let before = mock.received().len();
    mock.script("shopex", "matrix.authstatus", [Fault::Status(503)])?;
    // Retries need a policy, which is set for one call or on the client's builder.
    let request = MatrixAuthstatus::new("15000000");
    let answer = client.call(&request).retry(RetryPolicy::new()).send().await?;
    for call in mock.received().iter().skip(before) {
        println!("{call}");
    }
    println!("answered at attempt {}", answer.attempts());
    Ok(())
}
