//! Every method of the shipped platforms is called with both clients, and the clients can decode
//! the answers that the mock invents.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fs;

use gatespec_clients::gome::{self, GomePusherOrderSynchronize, OrderSyncRequest};
use gatespec_clients::mogujie::{
    self, OauthToken, OpenApiOrderDetailReqDto, XiaodianTradeGet, oauth_token::GrantType,
};
use gatespec_clients::shopex::{
    self, FillType, MatrixAuthstatus, MatrixBindurl, MatrixFillMultiple, MatrixFillSingle,
    MatrixUnbind,
};
use gatespec_mock::Mock;

use crate::asked::model;
use crate::clients::{both, credentials, further};
use crate::specs::copy;
use crate::{block_on, shipped};

/// Calls every method with the async and with the blocking client.
fn call_all(mock: &Mock) {
    let day = |day| shopex::datetime(2023, 1, day, 0, 0, 0).unwrap();
    let bindurl = MatrixBindurl::new("7", "http://a.example/");
    both!(mock, shopex, |client| client.send(&bindurl), |answer| drop(answer.unwrap()));
    let unbind = MatrixUnbind::new("1");
    both!(mock, shopex, |client| client.send(&unbind), |answer| drop(answer.unwrap()));
    let single = MatrixFillSingle::new("1", FillType::Order).tids(["A1"]);
    both!(mock, shopex, |client| client.send(&single), |answer| drop(answer.unwrap()));
    let multiple = MatrixFillMultiple::new("1", FillType::Order, day(1), day(2));
    both!(mock, shopex, |client| client.send(&multiple), |answer| drop(answer.unwrap()));
    let status = MatrixAuthstatus::new("1");
    both!(mock, shopex, |client| client.send(&status), |answer| drop(answer.unwrap()));
    let order = XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(7));
    both!(mock, mogujie, |client| client.send(&order), |answer| drop(answer.unwrap()));
    let tokens = OauthToken::new(GrantType::RefreshToken).refresh_token("TESTREFRESHTOKEN");
    both!(mock, mogujie, |client| client.send(&tokens), |answer| drop(answer.unwrap()));
    let orders = ["1", "2"]
        .map(|id| GomePusherOrderSynchronize::new().request(OrderSyncRequest::new().order_id(id)));
    // If the same request were sent twice, the second one would be a duplicate.
    let number = Cell::new(0);
    let next = || &orders[number.replace(number.get() + 1)];
    both!(mock, gome, |client| client.send(next()), |answer| drop(answer.unwrap()));
}

#[test]
fn every_method_is_called_by_both_clients() {
    let mock = shipped();
    call_all(&mock);
    let model = model("specs");
    let methods = model.platforms.iter().flat_map(|platform| &platform.methods);
    let methods: BTreeSet<_> = methods.map(|method| method.name.to_owned()).collect();
    let received = mock.received();
    assert!(received.iter().all(gatespec_mock::Entry::is_accepted));
    assert_eq!(received.len(), 2 * methods.len());
    let called: BTreeSet<_> = received.into_iter().filter_map(|entry| entry.method).collect();
    assert_eq!(called, methods);
}

#[test]
fn what_is_made_up_is_what_the_clients_read() {
    let specs = copy("specs");
    for entry in model("specs").platforms.iter().flat_map(|platform| &platform.methods) {
        let file = specs.path().join(&entry.file);
        let text = fs::read_to_string(&file).unwrap();
        let end = text.find("\nexamples:\n").unwrap();
        fs::write(&file, &text[..=end]).unwrap();
    }
    for seed in 0..8 {
        let mock = Mock::builder(specs.path()).seed(seed).start().unwrap();
        call_all(&mock);
        assert!(mock.received().iter().all(gatespec_mock::Entry::is_accepted));
    }
}
