//! The URLs at which the mock takes calls: clients append the signed path themselves, other callers
//! use the full URL.

use gatespec_mock::Outcome;

use crate::wire::{exchange, form, request};
use crate::{invented, last, shipped};

#[test]
fn it_says_where_calls_go_unless_they_go_to_the_address_itself() {
    let mock = shipped();
    let port = mock.port();
    let router = format!("POST http://127.0.0.1:{port}/shopex/router");
    assert_eq!(mock.call_urls("shopex", "main"), [&*router]);
    assert_eq!(mock.call_urls("gome", "main"), Vec::<String>::new());
    let page = exchange(&mock, &request("GET", "/", &[], b"")).unwrap().body;
    assert!(page.contains(&format!("calls go to {router}")), "{page}");
    let nowhere = form(&mock, "/nowhere", "").body;
    let shown = "/gome/router, /mogujie/invoke, /mogujie/oauth (calls go to POST \
                 /mogujie/oauth/token), /shopex (calls go to POST /shopex/router)";
    assert!(nowhere.contains(shown), "{nowhere}");
}

#[test]
fn a_path_that_depends_on_the_call_is_shown_as_its_template() {
    let mock = invented();
    let calls = mock.call_urls("acme", "main");
    assert!(calls.iter().any(|call| call.ends_with("/v{version}/{method:slashes}")), "{calls:?}");
}

#[test]
fn a_call_to_the_bare_address_is_told_where_calls_go() {
    let mock = shipped();
    for (path, body) in [
        ("/shopex", "method=matrix.unbind&app_key=10011"),
        ("/shopex", ""),
        ("/shopex/", "method=matrix.nowhere"),
        ("/shopex/routr", "method=matrix.unbind&app_key=10011"),
    ] {
        let got = form(&mock, path, body);
        let wanted = format!("no method at `{path}`; calls go to POST /shopex/router");
        assert_eq!(got.header("x-gatespec-reason"), wanted);
        assert_eq!(got.header("x-gatespec-refused"), "unknown_method");
        let Outcome::Refused { reason, .. } = last(&mock).outcome else { panic!("{got:?}") };
        assert_eq!(reason, wanted);
    }
    let got = form(&mock, "/gome/router/more", "$method=gome.pusher.order.synchronize");
    assert!(got.header("x-gatespec-reason").ends_with("; calls go to /gome/router"), "{got:?}");
}
