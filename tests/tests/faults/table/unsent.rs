//! Calls that fail before anything is sent.

use gatespec_runtime::Class::{Authentication, Caller, Retry};
use gatespec_runtime::ErrorKind::{Config, Connect, Dns, Signing, Token, Validation};

use crate::ask::Ask;
use crate::case::{Act, Case, case};
use crate::expected::fails;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("a port where nobody listens")
            // Another case could be given a free port, but this port stays unused.
            .at("http://127.0.0.1:1")
            .ends(fails(Connect, Retry).says("refused the connection")),
        case("a host that does not exist")
            .at("http://gatespec.invalid")
            .ends(fails(Dns, Retry).says("has no address")),
        case("a host whose name is too long for any resolver")
            .at(concat!(
                "http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                ".invalid"
            ))
            .ends(fails(Dns, Retry)),
        case("an address without a scheme")
            .at("apigateway.shopex.cn")
            .ends(fails(Config, Caller).attempts(0).says("has no scheme")),
        case("an address of another scheme")
            .at("ftp://apigateway.shopex.cn")
            .ends(fails(Config, Caller).attempts(0)),
        case("an address without a host").at("http://").ends(fails(Config, Caller).attempts(0)),
        case("an address that is a path").at("/router").ends(fails(Config, Caller).attempts(0)),
        case("an address that is no URL").at("测试 1").ends(fails(Config, Caller).attempts(0)),
        case("an empty address").at("").ends(fails(Config, Caller).attempts(0)),
        case("a request that breaks a rule")
            .ask(Ask::UnbindNothing)
            .acts([Act::Wait])
            .ends(fails(Validation, Caller).attempts(0).heard(0).says("`node_id`")),
        case("a way to sign that the platform does not know")
            .ask(Ask::UnbindSigned("sha3"))
            .acts([Act::Wait])
            .ends(
                fails(Signing, Caller)
                    .attempts(0)
                    .heard(0)
                    .says("`sha3`; the only method has no name"),
            ),
        case("a provider that has no token")
            .ask(Ask::TradeWith(&[""]))
            .acts([Act::Wait])
            .ends(fails(Token, Authentication).attempts(0).heard(0).says("`access_token`")),
    ]
}
