//! Credentials, and clients whose every setting has a value to hide.

use std::sync::Arc;
use std::time::Duration;

use gatespec_clients::gome;
use gatespec_clients::mogujie::{
    self, OauthToken, OpenApiOrderDetailReqDto, XiaodianTradeGet, oauth_token::GrantType,
};
use gatespec_clients::shopex::{self, FillType, MatrixFillMultiple};
use gatespec_runtime::client::blocking::ClientBuilder as BlockingClientBuilder;
use gatespec_runtime::client::{
    BlockingTokenProvider, RetryPolicy, SystemTimer, Token, TokenError, TokenProvider,
};
use gatespec_runtime::split::RangeEnd;
use gatespec_runtime::{
    BoxFuture, BySpec, CredentialSet, DateTime, Operation, Overrides, Platform as _, Private,
    RateLimit,
};

use crate::recorder::{Recorder, block_on};
use crate::shown::{self, PERSON, SECRET, TOKEN, silent};

pub(crate) fn shopex() -> shopex::Credentials {
    shopex::Credentials::new("10011", SECRET)
}

pub(crate) fn mogujie() -> mogujie::Credentials {
    mogujie::Credentials::new("10011", SECRET, TOKEN)
}

pub(crate) fn gome() -> gome::Credentials {
    gome::Credentials::new(SECRET, TOKEN).app_key("10011")
}

pub(crate) fn show() {
    shown::debug(&shopex());
    shown::debug(&mogujie());
    shown::debug(&gome());
    shown::debug(&CredentialSet::from(mogujie()));
    shown::debug(&Private::new(PERSON.to_owned()));
    shown::debug(&Token::new(TOKEN).expires_at(DateTime::now()));
    builders();
    calls();
    back_fills();
}

/// Calls every setter that both builders have.
macro_rules! all_set {
    ($builder:expr) => {
        $builder
            .base_url("https://127.0.0.1/SENTINEL-path")
            .clock(Arc::new(DateTime::now()))
            .entropy(Arc::new(*b"SENTINEL-entropy"))
            .correct_clock(Duration::from_secs(1))
            .connect_timeout(Duration::from_secs(1))
            .idle_timeout(Duration::from_secs(1))
            .attempt_timeout(Duration::from_secs(1))
            .timeout(Duration::from_secs(1))
            .retry(RetryPolicy::new())
            .rate_limit(RateLimit::per_second(1))
            .rate_limit_per_shop(RateLimit::per_second(1))
            .rate_limit_per_method(RateLimit::per_second(1))
            .validate(false)
            .without_rule("required")
            .decryptor(Arc::new(BySpec))
            .credential_provider(Arc::new(|| CredentialSet::new().with("secret", SECRET)))
            .method_name("xiaodian.trade.get", "renamed")
            .parameter("note", SECRET)
            .signed_path("/signed")
            .max_response_bytes(1)
            .timer(Arc::new(SystemTimer::new()))
            .transport(Recorder::answering("{}"))
    };
}

fn builders() {
    macro_rules! both {
        ($($platform:ident($credentials:expr)),+) => {$(
            let builder = all_set!($platform::Client::builder($credentials));
            shown::debug(&builder);
            shown::debug(&builder.build().unwrap());
            let builder = all_set!($platform::blocking::Client::builder($credentials));
            shown::debug(&builder);
            shown::debug(&builder.build().unwrap());
        )+};
    }
    both!(shopex(shopex()), mogujie(mogujie()), gome(gome()));

    let set = || CredentialSet::from(mogujie());
    let client: gatespec_runtime::client::Client =
        all_set!(gatespec_runtime::client::ClientBuilder::new::<mogujie::Platform>(set()))
            .gateway_url("oauth", "https://127.0.0.1/SENTINEL")
            .token_provider("access_token", Arc::new(Provider))
            .layer(tower_layer::layer_fn(|service| {
                shown::debug(&service);
                service
            }))
            .build()
            .unwrap();
    shown::debug(&client);
    shown::debug(&client.with_credential("access_token", TOKEN));
    shown::debug(&client.with_credentials(set()));
    shown::debug(&client.with_token_provider("access_token", Arc::new(Provider)).unwrap());
    let client: gatespec_runtime::client::blocking::Client =
        all_set!(BlockingClientBuilder::new::<mogujie::Platform>(set()))
            .gateway_url("oauth", "https://127.0.0.1/SENTINEL")
            .token_provider("access_token", Arc::new(Provider))
            .build()
            .unwrap();
    shown::debug(&client);
    shown::debug(&client.with_credential("access_token", TOKEN));
    shown::debug(&client.with_credentials(set()));
    shown::debug(&client.with_token_provider("access_token", Arc::new(Provider)).unwrap());
}

/// A provider of a single token.
#[derive(Debug)]
struct Provider;

impl TokenProvider for Provider {
    fn token<'a>(&'a self, _: Option<&'a Token>) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(async { Ok(Token::new(TOKEN)) })
    }
}

impl BlockingTokenProvider for Provider {
    fn token(&self, _: Option<&Token>) -> Result<Token, TokenError> {
        Ok(Token::new(TOKEN))
    }
}

fn calls() {
    macro_rules! all_changed {
        ($call:expr) => {
            $call
                .validate(false)
                .without_rule("required")
                .retry(RetryPolicy::new())
                .attempt_timeout(Duration::from_secs(1))
                .timeout(Duration::from_secs(1))
                .method_name("renamed")
                .parameter("access_token", TOKEN)
                .without_parameter("note")
                .carrier("carrier")
                .signed_path("/signed")
                .signature_method("other")
                .argument("lang", SECRET)
                .raw_body(SECRET)
        };
    }
    let trade = XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(1));
    let client = mogujie::Client::builder(mogujie()).transport(Recorder::answering("{}"));
    let client = client.build().unwrap();
    shown::debug(&all_changed!(client.call(&trade)));
    let blocking =
        mogujie::blocking::Client::builder(mogujie()).transport(Recorder::answering("{}"));
    let blocking = blocking.build().unwrap();
    shown::debug(&all_changed!(blocking.call(&trade)));
    untyped(&trade);
    // A parameter that is declared sensitive is still hidden when a caller replaces its value.
    shown::prepared(&client.call(&trade).parameter("access_token", TOKEN).prepare().unwrap());

    // The secret is sent as a parameter.
    let renewal = OauthToken::new(GrantType::RefreshToken).refresh_token(TOKEN).code(TOKEN);
    let prepared = blocking.call(&renewal).prepare().unwrap();
    assert!(str::from_utf8(prepared.body()).unwrap().contains("app_secret=SENTINEL"));
    shown::prepared(&prepared);
}

/// The same call without generated types, which has the same signed text.
fn untyped(trade: &XiaodianTradeGet) {
    type Builder = BlockingClientBuilder<gatespec_runtime::client::blocking::Client>;
    let (stamp, entropy) = (DateTime::default(), *b"SENTINEL-entropy");
    let typed = mogujie::blocking::Client::builder(mogujie());
    let typed = typed.clock(Arc::new(stamp)).entropy(Arc::new(entropy));
    let typed = typed.transport(Recorder::answering("{}")).build().unwrap();
    let client = Builder::of(mogujie::Platform::ID, mogujie::Platform::GATEWAYS, mogujie().into());
    let client = client.clock(Arc::new(stamp)).entropy(Arc::new(entropy));
    let client = client.transport(Recorder::answering("{}")).build().unwrap();
    let call = || client.call_untyped(XiaodianTradeGet::METHOD, trade);
    shown::debug(&call());
    let mut overrides = Overrides::default();
    overrides.set_parameter("access_token", TOKEN);
    shown::debug(&call().overrides(overrides));
    let prepared = call().prepare().unwrap();
    shown::prepared(&prepared);
    assert_eq!(prepared.body(), typed.call(trade).prepare().unwrap().body());
}

fn back_fills() {
    let day = |day| shopex::datetime(2023, 1, day, 0, 0, 0).unwrap();
    let mut request = MatrixFillMultiple::new("15000000", FillType::Order, day(1), day(20));
    let filled = r#"{"status":"succ","code":"1000","data":{"msg_id":"1"}}"#;
    for (body, good) in [(filled, true), ("<html>", false)] {
        let client = shopex::Client::builder(shopex()).transport(Recorder::answering(body));
        let back_fill = client.build().unwrap().back_fill(&request).end(RangeEnd::Excluded);
        shown::debug(&back_fill);
        let mut run = back_fill.start().unwrap();
        shown::debug(&run);
        match block_on(run.next()).unwrap() {
            Ok(step) => {
                shown::debug(&step);
                shown::answer(&step.answer);
                assert!(good);
            }
            Err(failed) => {
                shown::cause(&failed);
                shown::error(&failed.error);
                assert!(!good);
            }
        }
    }
    request.node_id = "1".to_owned();
    let client = shopex::blocking::Client::builder(shopex()).transport(Recorder::answering(filled));
    let back_fill = client.build().unwrap().back_fill(&request);
    shown::debug(&back_fill);
    let run = back_fill.start().unwrap();
    shown::debug(&run);
    shown::both(run.cursor());
    silent!(dyn TokenProvider, dyn BlockingTokenProvider);
}
