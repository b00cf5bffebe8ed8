//! For every rule of every method in the model, a correctly signed request violates the rule, and
//! the mock refuses the request.

use gatespec_mock::{Mock, Outcome};
use gatespec_tests::harness::workspace;
use gatespec_tests::requests::right;

use crate::asked::{model, send};
use crate::requests::broken;
use crate::wire::Got;
use crate::{last, refusal};

#[test]
fn every_rule_of_every_method_is_refused_when_it_is_broken() {
    let mut rules = Vec::new();
    for folder in ["specs", "tests/platforms"] {
        let (mock, model) = (Mock::builder(workspace(folder)).start().unwrap(), model(folder));
        for platform in &model.platforms {
            for method in &platform.methods {
                mock.clear();
                let got =
                    send(&mock, platform, method, &right(platform, &method.request), &[]).unwrap();
                assert!(last(&mock).is_accepted(), "{}: {got:?}", last(&mock));
                for (rule, values) in broken(platform, &method.request) {
                    let got = send(&mock, platform, method, &values, &[]).unwrap();
                    refused(&mock, &rule, &got);
                    rules.push(format!("{} {rule}", method.name));
                }
            }
        }
    }
    // Some rules must be in the list, since an empty list would pass this test.
    for one in ["matrix.fill.multiple span:start_time,end_time", "order.remark pattern:order_no"] {
        assert!(rules.iter().any(|rule| rule == one), "{rules:#?}");
    }
    assert!(rules.len() >= 45, "{}: {rules:#?}", rules.len());
}

fn refused(mock: &Mock, rule: &str, got: &Got) {
    let entry = last(mock);
    let missing = ["required", "at_least_one"].contains(&rule.split(':').next().unwrap());
    let meaning = if missing { "missing_parameter" } else { "bad_parameter" };
    let (found, code) = refusal(&entry);
    assert_eq!(found, meaning, "{rule}: {entry}");
    assert!(got.body.contains(code), "{rule}: {got:?}");
    let Outcome::Refused { reason, .. } = &entry.outcome else { panic!("{entry}") };
    assert!(reason.contains(rule), "{rule}: {reason}");
}
