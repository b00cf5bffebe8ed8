//! The calls of the cases, and the clients that make them.

use std::sync::{Arc, Mutex};

use gatespec_clients::gome::{self, GomePusherOrderSynchronize, OrderSyncRequest};
use gatespec_clients::mogujie::{
    self, OpenApiOrderDetailReqDto, XiaodianTradeGet, XiaodianTradeGetResponse,
};
use gatespec_clients::shopex::{self, FillType, MatrixAuthstatus, MatrixFillSingle, MatrixUnbind};
use gatespec_runtime::client::{BlockingTokenProvider, Token, TokenError, TokenProvider};
use gatespec_runtime::{BoxFuture, Error};

use crate::case::Limits;
use crate::gateways::{APP_KEY, SECRET, TOKEN};
use crate::server::Server;
use crate::time::Time;

/// The client that makes the call.
#[derive(Clone, Copy)]
pub(crate) enum Lane {
    Async,
    Blocking,
}

/// The call that is made.
#[derive(Clone, Copy)]
pub(crate) enum Ask {
    /// A ShopEx call that returns nothing. No document says whether it can be repeated.
    Unbind,
    /// The same call without its only required field.
    UnbindNothing,
    /// The same call with this signature method.
    UnbindSigned(&'static str),
    /// A ShopEx call that can be repeated.
    Authstatus,
    /// Another ShopEx call that can be repeated.
    Fill,
    /// A Mogujie call that can be repeated.
    Trade,
    /// The same call, with a provider that returns these tokens one after another.
    TradeWith(&'static [&'static str]),
    /// A Gome call. No document says whether it can be repeated.
    Order,
}

/// The environment in which a client is built.
pub(crate) struct Site<'s> {
    pub(crate) url: String,
    pub(crate) time: Arc<Time>,
    pub(crate) limits: &'s Limits,
    pub(crate) server: &'s Server,
}

impl Ask {
    /// The path in the base address that the client is given.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Ask::Trade | Ask::TradeWith(_) => "/invoke",
            Ask::Order => "/router",
            // The spec states the path.
            _ => "",
        }
    }
}

/// Builds a client. The async and the blocking builder have the same setters.
macro_rules! builder {
    ($client:ty, $credentials:expr, $site:expr) => {{
        let site: &Site<'_> = $site;
        let mut builder = <$client>::builder($credentials)
            .base_url(&*site.url)
            .connect_timeout(site.limits.connect)
            .attempt_timeout(site.limits.attempt)
            .max_response_bytes(site.limits.bytes)
            .clock(site.time.clone())
            .entropy(Arc::new([7; 16]));
        if let Some(limit) = site.limits.call {
            builder = builder.timeout(limit);
        }
        if let Some(policy) = &site.limits.retry {
            builder = builder.retry(policy.clone());
        }
        if !site.limits.real_time {
            builder = builder.timer(site.time.clone());
        }
        builder
    }};
}

/// Makes the call of a case, after a preliminary call if the case has one.
macro_rules! calls {
    ($site:expr, $call:expr) => {{
        if $site.limits.before {
            $call?;
        }
        if $site.limits.closed {
            $site.server.wait_until_closed(1);
        }
        $call?
    }};
}

/// Makes a call with either client. The arguments are the platform with its credentials, optional
/// further setters, and the call.
macro_rules! ask {
    ($lane:expr, $site:expr, $platform:ident($credentials:expr), |$client:ident| $call:expr) => {
        ask!($lane, $site, $platform($credentials), |builder| builder, |$client| $call)
    };
    (
        $lane:expr, $site:expr, $platform:ident($credentials:expr),
        |$builder:ident| $built:expr, |$client:ident| $call:expr
    ) => {
        match $lane {
            Lane::Async => block_on(async {
                let $builder = builder!($platform::Client, $credentials, $site);
                let $client = $built.build()?;
                Ok::<_, Error>(calls!($site, $call.await))
            }),
            Lane::Blocking => (|| {
                let $builder = builder!($platform::blocking::Client, $credentials, $site);
                let $client = $built.build()?;
                Ok(calls!($site, $call))
            })(),
        }
    };
}

/// The result of a call as text.
pub(crate) fn ask(ask: Ask, lane: Lane, site: &Site<'_>) -> Result<String, Error> {
    let credentials = || shopex::Credentials::new(APP_KEY, SECRET);
    let shop = |token| mogujie::Credentials::new(APP_KEY, SECRET, token);
    let unbind = MatrixUnbind::new("15000000");
    let trade = XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(1_111_111_111));
    match ask {
        Ask::Unbind => {
            let answer = ask!(lane, site, shopex(credentials()), |client| client.send(&unbind))?;
            Ok(answer.message().unwrap_or("done").to_owned())
        }
        Ask::UnbindNothing => {
            let unbind = MatrixUnbind::new("");
            ask!(lane, site, shopex(credentials()), |client| client.matrix_unbind(&unbind))?;
            Ok("done".to_owned())
        }
        Ask::UnbindSigned(way) => {
            ask!(lane, site, shopex(credentials()), |client| client
                .call(&unbind)
                .signature_method(way)
                .send())?;
            Ok("done".to_owned())
        }
        Ask::Authstatus => {
            let request = MatrixAuthstatus::new("15000000");
            let given = ask!(lane, site, shopex(credentials()), |client| client
                .matrix_authstatus(&request))?;
            Ok(format!("expired: {:?}", given.is_expired))
        }
        Ask::Fill => {
            let request = MatrixFillSingle::new("15000000", FillType::Order).tids(["A1"]);
            let given = ask!(lane, site, shopex(credentials()), |client| client
                .matrix_fill_single(&request))?;
            Ok(format!("message {}", given.msg_id.unwrap_or_default()))
        }
        Ask::Trade => {
            Ok(order(&ask!(lane, site, mogujie(shop(TOKEN)), |client| client
                .xiaodian_trade_get(&trade))?))
        }
        Ask::TradeWith(tokens) => {
            let provider = Arc::new(Provider { tokens, asked: Mutex::new(0) });
            Ok(order(&ask!(
                lane,
                site,
                mogujie(shop("")),
                |builder| builder.token_provider("access_token", provider),
                |client| client.xiaodian_trade_get(&trade)
            )?))
        }
        Ask::Order => {
            let credentials = gome::Credentials::new(SECRET, TOKEN).app_key(APP_KEY);
            let request = OrderSyncRequest::new().order_id("1");
            let request = GomePusherOrderSynchronize::new().request(request);
            let given = ask!(lane, site, gome(credentials), |client| client
                .gome_pusher_order_synchronize(&request))?;
            Ok(given.to_string())
        }
    }
}

/// The parts of an order that the cases check.
fn order(order: &XiaodianTradeGetResponse) -> String {
    let status = order.order_status.as_ref().map_or("none", |status| status.as_str());
    let number = order.number.unwrap_or_default();
    format!("status {status}, number {number}, items {}", order.item_order_infos.len())
}

fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// A provider that returns these tokens one after another, and then repeats the last one. An empty
/// token makes the provider fail.
struct Provider {
    tokens: &'static [&'static str],
    asked: Mutex<usize>,
}

impl BlockingTokenProvider for Provider {
    fn token(&self, _: Option<&Token>) -> Result<Token, TokenError> {
        let mut asked = self.asked.lock().unwrap();
        let token = self.tokens[(*asked).min(self.tokens.len() - 1)];
        *asked += 1;
        match token {
            "" => Err("the token endpoint is down".into()),
            token => Ok(Token::new(token)),
        }
    }
}

impl TokenProvider for Provider {
    fn token<'a>(&'a self, refused: Option<&'a Token>) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(async move { BlockingTokenProvider::token(self, refused) })
    }
}
