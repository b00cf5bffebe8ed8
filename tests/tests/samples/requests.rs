//! An example of a spec as a request.

use bumpalo::Bump;
use gatespec_inspect::request::{Ask, Received};
use gatespec_language::dynamic;
use gatespec_language::model::{Method, Platform};
use gatespec_runtime::protocol::request::assemble;
use gatespec_runtime::protocol::{Job, Prepared};
use gatespec_tests::models::platforms;

/// What is sent for an example, assembled as the compiler's check reads it.
fn checked(platform: &Platform, method: &Method, at: usize, ask: &Ask<'_>) -> String {
    let (arena, values) = (Bump::new(), &method.request_examples[at].values);
    let object = dynamic::object(platform, &method.request, values, &arena, &mut Vec::new());
    let job = Job {
        method: dynamic::method(platform, method, &arena),
        request: &object,
        overrides: &ask.overrides,
        credentials: &ask.credentials,
        stamp: ask.stamp,
    };
    sent(&assemble(&job).unwrap())
}

fn sent(prepared: &Prepared<'_>) -> String {
    format!("{:#?}", Received::of(prepared, "https://gateway.example"))
}

#[test]
fn an_example_is_sent_as_the_compiler_reads_it() {
    let mut compared = 0;
    for (name, platform) in platforms().unwrap() {
        for method in &platform.methods {
            for at in 0..method.request_examples.len() {
                let (ask, arena) = (Ask::example(&platform, method, at), Bump::new());
                let prepared = ask.prepare(&arena);
                let prepared =
                    prepared.unwrap_or_else(|wrong| panic!("{name} {}: {wrong:?}", method.name));
                assert_eq!(sent(&prepared), checked(&platform, method, at, &ask), "{name}");
                compared += 1;
            }
        }
    }
    assert!(compared >= 18, "{compared} examples");
}

#[test]
fn a_method_without_an_example_has_the_examples_of_its_fields() {
    let (mut made, mut failed) = (0, Vec::new());
    for (name, platform) in platforms().unwrap() {
        for method in platform.methods.iter().filter(|one| one.request_examples.is_empty()) {
            match Ask::example(&platform, method, 0).prepare(&Bump::new()) {
                Ok(_) => made += 1,
                Err(wrong) => failed.push(format!("{name} {}: {}", method.name, wrong[0])),
            }
        }
    }
    assert!(made >= 30, "{made} requests");
    let expected = "path_holes/shop shop.demo: nothing fills the hole `{order_id}`";
    assert_eq!(failed, [expected]);
}
