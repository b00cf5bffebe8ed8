//! Every fault, requested by the control header, for every method of every platform.

use gatespec_language::model::{Method, Platform};
use gatespec_mock::{Fault, Mock};
use gatespec_tests::harness::workspace;
use gatespec_tests::requests::right;

use crate::asked::{model, send};
use crate::last;
use crate::wire::Got;

#[test]
fn every_fault_can_be_asked_for_of_every_method() {
    for folder in ["specs", "tests/platforms"] {
        let (mock, model) = (Mock::builder(workspace(folder)).start().unwrap(), model(folder));
        for platform in &model.platforms {
            for method in &platform.methods {
                Fault::ALL.into_iter().for_each(|fault| ask(&mock, platform, method, fault));
            }
        }
    }
}

fn ask(mock: &Mock, platform: &Platform, method: &Method, fault: Fault) {
    // The fault delays by one millisecond instead of one second.
    let name = fault.to_string().replace("delay=1000", "delay=1");
    let values = right(platform, &method.request);
    let call = |more: &[(&str, &str)]| {
        // Without this, the call would be a duplicate of the previous one.
        mock.clear();
        send(mock, platform, method, &values, more)
    };
    let plain = call(&[]).unwrap();
    let got = call(&[("x-gatespec-misbehave", &name)]);
    let what = format!("{} of {}: {got:?}", name, method.name);
    let entry = last(mock);
    assert!(entry.is_accepted(), "{what}");
    if fault == Fault::Reset {
        assert!(got.is_none() && entry.faults == [fault], "{what}");
        return;
    }
    let got = got.unwrap();
    let happened = entry.faults.iter().map(Fault::to_string).collect::<Vec<_>>().join(", ");
    assert_eq!(got.header("x-gatespec-misbehaved"), happened, "{what}");
    if happened.is_empty() {
        assert!(is_of_data(fault) && got.status == 200, "{what}");
        assert_eq!(got.header("x-gatespec-answer"), "example", "{what}");
    } else {
        assert_eq!(happened, name, "{what}");
        changed(fault, &plain, &got, &what);
    }
}

fn is_of_data(fault: Fault) -> bool {
    let late = [Fault::Flip, Fault::Null, Fault::EmptyText, Fault::EmptyList, Fault::EmptyObject];
    late.contains(&fault) || [Fault::UnknownValue, Fault::Encrypted].contains(&fault)
}

fn changed(fault: Fault, plain: &Got, got: &Got, what: &str) {
    let length = |got: &Got| got.header("content-length").parse::<usize>().unwrap();
    let says = |meaning: &str| assert_eq!(got.header("x-gatespec-refused"), meaning, "{what}");
    match fault {
        Fault::Delay(_) => assert_eq!(got.status, 200, "{what}"),
        Fault::Truncate => assert!(got.body.len() < length(got), "{what}"),
        Fault::Status(status) => assert_eq!(got.status, status, "{what}"),
        Fault::Html => {
            assert_eq!((got.status, got.header("content-type")), (200, "text/html; charset=UTF-8"));
        }
        Fault::Throttled => says("throttled"),
        Fault::ExpiredToken => says("expired_token"),
        Fault::Duplicate => says("duplicate"),
        Fault::Unavailable => says("unavailable"),
        _ => {
            assert_eq!(got.status, 200, "{what}");
            assert_ne!(got.body, plain.body, "{what}");
        }
    }
}
