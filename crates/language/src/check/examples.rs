//! Samples: requests pass the method's own rules, answers decode into its own types.

use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::dynamic::{Answered, Expected, object};
use crate::model::{Delivery, Method, Platform, RequestExample, ResponseExample, Returns};
use bumpalo::Bump;
use gatespec_protocol as rt;
use rt::envelope::{Failure, Question, read};
use rt::{CredentialSet, Validate};

pub(super) fn check(platform: &Platform, sink: &mut Sink) {
    let arena = Bump::new();
    for method in &platform.methods {
        for example in &method.request_examples {
            request(platform, method, example, &arena, sink);
        }
        let expected = Expected::of(platform, &method.returns, &arena);
        for example in &method.response_examples {
            response(&expected, &method.facts, example, sink);
        }
    }
    for gateway in &platform.gateways {
        // A sample of the envelope's own belongs to no method: nobody reads its data.
        let labels: Vec<_> = gateway
            .labels
            .iter()
            .map(|label| (label.name, label.default.unwrap_or_default()))
            .collect();
        let info = rt::MethodInfo { labels: &labels, ..rt::MethodInfo::new("", gateway.facts) };
        let nothing = Expected::of(platform, &Returns::Nothing, &arena);
        for example in &gateway.envelope.examples {
            response(&nothing, &info, example, sink);
        }
    }
}

fn request(
    platform: &Platform,
    method: &Method,
    example: &RequestExample,
    arena: &Bump,
    sink: &mut Sink,
) {
    let mut problems = Vec::new();
    let request = object(platform, &method.request, &example.values, arena, &mut problems);
    let sound = problems.is_empty();
    for problem in problems {
        let diagnostic = Diagnostic::at(rules::EXAMPLE_REQUEST, problem.span, problem.message);
        sink.report(problem.help.into_iter().fold(diagnostic, Diagnostic::help));
    }
    if !sound {
        return;
    }
    for violation in request.violations() {
        let field = method.request.fields.iter().find(|field| {
            field.send == Delivery::Yes && violation.path().starts_with(field.name.as_str())
        });
        // A rule over several fields names them itself.
        let several = violation.rule().contains(',');
        let subject = if several { String::new() } else { format!("`{}` ", violation.path()) };
        let message = format!(
            "the sample breaks the rule `{}`: {subject}{}",
            violation.rule(),
            violation.message()
        );
        let value = example.values.at(violation.path()).unwrap_or(&example.values);
        let diagnostic = Diagnostic::at(rules::EXAMPLE_REQUEST, value.span(), message);
        sink.report(
            field
                .into_iter()
                .fold(diagnostic, |diagnostic, field| diagnostic.also(field.span, "this field")),
        );
    }
}

fn response(
    expected: &Expected<'_>,
    method: &rt::MethodInfo<'_>,
    example: &ResponseExample,
    sink: &mut Sink,
) {
    let credentials: CredentialSet =
        example.credentials.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let question = Question {
        method,
        name: method.name,
        credentials: &credentials,
        decryptor: &rt::BySpec,
        sent: None,
    };
    let mut answered = Answered::default();
    let outcome =
        read(&question, 200, example.body.as_bytes(), &mut |value| answered.read(expected, value));
    if let Some((message, help)) = surprise(example.success, outcome.err().as_ref()) {
        sink.report(Diagnostic::at(rules::EXAMPLE_RESPONSE, example.span, message).help(help));
    }
}

/// What a sample turns out to be, if it is not what the spec says.
fn surprise(success: bool, failure: Option<&Failure>) -> Option<(String, &'static str)> {
    const GIVES: &str = "say `gives: success` or `gives: failure`, or mend the envelope";
    const TYPES: &str =
        "the sample and the types of `response` contradict each other; which is right?";
    const LIST: &str = "the sample and the types of `response` contradict each other; if an answer gives one item without its list, say `single: true`";
    match (success, failure) {
        (true, None) | (false, Some(Failure::Refused(_))) => None,
        (false, None) => Some(("by the envelope's rules this is a success".to_owned(), GIVES)),
        (true, Some(Failure::Refused(refusal))) => {
            let code = &refusal.code;
            Some((
                format!("by the envelope's rules this is a failure with the code `{code}`"),
                GIVES,
            ))
        }
        (_, Some(failure @ Failure::Decode(error))) => {
            let help = if error.expected() == Some("a list") { LIST } else { TYPES };
            Some((failure.to_string(), help))
        }
        (_, Some(failure)) => Some((format!("this answer cannot be read: {failure}"), GIVES)),
    }
}
