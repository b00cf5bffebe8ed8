//! Requests that are sent to the mock gateway of the server.

use crate::http::{invented, post, server, shipped};
use gatespec_mock::Mock;
use gatespec_runtime::CredentialSet;
use gatespec_tool::{Builder, Live};

#[test]
fn a_request_is_sent_to_the_mock_and_the_answer_is_shown() {
    let fields = [("do", "send"), ("p.node_id", "15000000")];
    let page = post(server(), "/shopex/matrix.unbind.html", &fields);
    let result = page.text_of("result");
    assert!(result.contains("Answered"), "{result}");
    assert!(result.contains("accepted"), "{result}");
}

#[test]
fn a_request_that_breaks_a_rule_is_not_sent() {
    let page = post(server(), "/shopex/matrix.fill.multiple.html", &[("do", "send")]);
    let result = page.text_of("result");
    assert!(result.contains("Not sent") && !result.contains("accepted"), "{result}");
    assert!(result.contains("required:node_id"), "{result}");
}

#[test]
fn a_stale_clock_is_refused_and_the_refusal_is_explained() {
    let fields = [("do", "send"), ("p.node_id", "15000000"), ("clock", "1000000000")];
    let page = post(server(), "/shopex/matrix.unbind.html", &fields);
    let result = page.text_of("result");
    assert!(result.contains("what to do"), "{result}");
    assert!(result.contains("refused"), "{result}");
}

#[test]
fn the_examples_of_every_method_can_be_sent() {
    for model in [crate::http::shipped(), invented()] {
        let pages = model.platforms.iter().flat_map(|platform| {
            platform.methods.iter().map(|method| format!("/{}/{}.html", platform.id, method.name))
        });
        let pages: Vec<_> = pages.collect();
        let server = Builder::new(model).start().unwrap();
        for path in pages {
            let page = crate::http::get(&server, &path);
            let fields = crate::http::fields_of(&page);
            let mut fields: Vec<_> =
                fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
            fields.push(("do", "send"));
            let sent = post(&server, &path, &fields);
            let result = sent.text_of("result");
            let ends = ["Answered", "Not sent"].iter().any(|word| result.contains(word));
            assert!(sent.status == 200 && ends, "{path}: {result}");
        }
    }
}

#[test]
fn a_confirmed_request_reaches_the_real_gateway_signed_with_the_own_secret() {
    // Another mock gateway with another secret stands for the real one.
    let secret = "the secret of a real shop";
    let real = Mock::of_all(gatespec_specs::ALL.iter().copied());
    let real = real.credential("shopex", "secret", secret).start().unwrap();
    let mut model = shipped();
    let found = model.platforms.iter_mut().find(|platform| platform.id == "shopex").unwrap();
    let url: &'static str = real.url("shopex").unwrap().leak();
    for environment in &mut found.gateways[0].environments {
        environment.url = (environment.name == "production").then_some(url);
    }
    let own = CredentialSet::new().with("app_key", "10011").with("secret", secret);
    let live = Live { platform: "shopex".to_owned(), credentials: vec![own] };
    let server = Builder::new(model).live(live).start().unwrap();
    let sent = |fields: &[(&str, &str)]| {
        let fields: Vec<_> =
            [("do", "send"), ("p.node_id", "15000000")].iter().chain(fields).copied().collect();
        post(&server, "/shopex/matrix.unbind.html", &fields).text_of("result")
    };
    for fields in [&[][..], &[("to", "~mock"), ("real", "yes")], &[("to", "production")]] {
        let result = sent(fields);
        assert!(real.received().is_empty(), "{fields:?}: {result}");
    }
    let result = sent(&[("to", "production"), ("real", "yes")]);
    assert!(result.contains("Answered"), "{result}");
    let received = real.received();
    assert!(received.len() == 1 && received[0].is_accepted(), "{received:?}");
}
