//! The secret of a real platform is in no answer of the server.

use crate::http::{get, post, shipped};
use gatespec_runtime::CredentialSet;
use gatespec_tool::{Builder, Live};

const SECRET: &str = "s3cret<&\"of a real shop";

#[test]
fn the_secret_is_in_no_answer_even_if_it_is_typed_into_a_field() {
    let model = shipped();
    let platform = model.platforms.iter().find(|platform| platform.id == "shopex").unwrap();
    let credentials = platform.gateways.iter().map(|gateway| {
        let known = gateway.credentials.iter();
        known.fold(CredentialSet::new(), |set, one| {
            set.with(one.name, if one.sensitive { SECRET } else { "10011" })
        })
    });
    let live = Live { platform: "shopex".to_owned(), credentials: credentials.collect() };
    let paths: Vec<_> =
        platform.methods.iter().map(|one| format!("/shopex/{}.html", one.name)).collect();
    let server = Builder::new(model).live(live).start().unwrap();
    let spellings = ["s3cret<", "s3cret&lt;", "s3cret%3C", "s3cret\\u003c", "czNjcmV0PCYi"];
    let mut seen = 0;
    for path in &paths {
        let page = get(&server, path);
        let mut answers = vec![get(&server, path)];
        let names = crate::http::fields_of(&page);
        for action in ["check", "send"] {
            for to in ["~mock", "production"] {
                answers.push(post(&server, path, &[("do", action), ("to", to)]));
                for name in ["pasted", "their_sign", "their_text"] {
                    answers.push(post(&server, path, &[("do", "explain"), (name, SECRET)]));
                }
                for (name, _) in names.iter().filter(|(name, _)| name != "to") {
                    answers.push(post(
                        &server,
                        path,
                        &[("do", action), ("to", to), (name, SECRET)],
                    ));
                }
            }
        }
        for answer in answers {
            let text = format!("{}\n{}", answer.head, answer.body);
            let found = spellings.iter().find(|spelling| text.contains(**spelling));
            let near = found.map(|found| {
                let at = text.find(*found).unwrap_or_default();
                text.get(at.saturating_sub(60)..at + 30).unwrap_or(found).to_owned()
            });
            assert_eq!(near, None, "{path}");
            seen += usize::from(text.contains("&lt;secret&gt;"));
        }
    }
    assert!(seen > 10, "the secret was typed, and is masked: {seen}");
}

#[test]
fn a_real_gateway_is_only_called_if_that_is_confirmed() {
    let model = shipped();
    let live = Live { platform: "shopex".to_owned(), credentials: vec![CredentialSet::new()] };
    let server = Builder::new(model).live(live).start().unwrap();
    let path = "/shopex/matrix.unbind.html";
    let page = get(&server, path);
    assert!(page.text_of("tool-form").contains("Really send"), "{}", page.text_of("tool-form"));
    let fields = [("do", "send"), ("to", "production"), ("p.node_id", "1")];
    let result = post(&server, path, &fields).text_of("result");
    assert!(result.contains("Not sent") && result.contains("tick the box"), "{result}");
}
