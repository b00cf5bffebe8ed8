//! Reports secrets that are sent without encryption, and samples that reveal one.

use super::tables::fields;
use crate::check::words::words;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Platform, Value, VectorInput};
use crate::source::SourceSpan;
use crate::suggest::list;
use gatespec_protocol::SendPolicy;

pub(super) fn check(platform: &Platform, sink: &mut Sink) {
    plain_http(platform, sink);
    let mut samples = Samples { sink };
    samples.vectors(platform);
    for field in fields(platform) {
        if let Some(example) = &field.example {
            samples.text(&field.name, example, field.span);
        }
    }
    for method in &platform.methods {
        method.request_examples.iter().for_each(|example| samples.value("", &example.values));
        for example in &method.response_examples {
            samples.body(&example.body, &example.credentials, example.span);
        }
    }
    for example in platform.gateways.iter().flat_map(|gateway| &gateway.envelope.examples) {
        samples.body(&example.body, &example.credentials, example.span);
    }
}

/// Reports a sensitive credential that is sent as it is to an address without TLS.
fn plain_http(platform: &Platform, sink: &mut Sink) {
    for gateway in &platform.gateways {
        let is_secret =
            |name: &str| gateway.credentials.iter().any(|one| one.name == name && one.sensitive);
        let sent = gateway.public.iter().filter(|param| param.send != SendPolicy::Never);
        let sent = sent.filter_map(|param| param.source.credential());
        let secrets: Vec<&str> = sent.filter(|name| is_secret(name)).collect();
        if secrets.is_empty() {
            continue;
        }
        for environment in &gateway.environments {
            let plain = environment.url.is_some_and(|url| url.starts_with("http://"));
            if plain {
                let name = &environment.name;
                let message = format!("requests to `{name}` carry {} without TLS", list(&secrets));
                sink.report(Diagnostic::at(rules::PLAIN_HTTP, environment.span, message));
            }
        }
    }
}

/// Searches samples for secrets and personal data.
struct Samples<'s> {
    sink: &'s mut Sink,
}

impl Samples<'_> {
    fn vectors(&mut self, platform: &Platform) {
        for vector in platform.gateways.iter().flat_map(|gateway| &gateway.vectors) {
            self.credentials(&vector.credentials, vector.span);
            match &vector.input {
                VectorInput::Request { values, .. } => self.value("", values),
                VectorInput::Sent(texts) => {
                    texts.iter().for_each(|(_, name, text)| self.text(name, text, vector.span));
                }
            }
        }
    }

    fn credentials(&mut self, credentials: &[(String, String)], span: SourceSpan) {
        for (name, text) in credentials {
            if looks_live(text) {
                self.live(name, span);
            }
            self.phone(text, span);
        }
    }

    fn value(&mut self, name: &str, value: &Value) {
        match value {
            Value::Null(_) => {}
            Value::Text(text, span) => self.text(name, text, *span),
            Value::List(items, _) => items.iter().for_each(|item| self.value(name, item)),
            Value::Map(entries, _) => {
                entries.iter().for_each(|(name, _, value)| self.value(name, value));
            }
        }
    }

    fn text(&mut self, name: &str, text: &str, span: SourceSpan) {
        let secret = |word: &String| matches!(word.as_str(), "secret" | "token" | "password");
        if words(name).last().is_some_and(secret) && looks_live(text) {
            self.live(name, span);
        }
        self.phone(text, span);
    }

    /// Searches the text of a sample answer, since its JSON may be encrypted or incomplete.
    fn body(&mut self, body: &str, credentials: &[(String, String)], span: SourceSpan) {
        self.credentials(credentials, span);
        self.phone(body, span);
        let texts = body.split('"').skip(1).step_by(2);
        let mut name = "";
        for text in texts {
            let secret = |word: &String| matches!(word.as_str(), "secret" | "token" | "password");
            if words(name).last().is_some_and(secret) && looks_live(text) {
                self.live(name, span);
            }
            name = text;
        }
    }

    fn live(&mut self, name: &str, span: SourceSpan) {
        let message = format!("the sample value of `{name}` looks like a live secret");
        self.sink.report(Diagnostic::at(rules::LIVE_SECRET, span, message));
    }

    fn phone(&mut self, text: &str, span: SourceSpan) {
        let runs = text.split(|c: char| !c.is_ascii_alphanumeric());
        if runs.clone().any(is_phone_number) {
            let message = "the sample contains what looks like a real phone number";
            self.sink.report(Diagnostic::at(rules::PHONE_NUMBER, span, message));
        }
    }
}

/// Whether a text is a mobile phone number of mainland China that does not look invented.
fn is_phone_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    let form = bytes.len() == 11
        && bytes.iter().all(u8::is_ascii_digit)
        && bytes[0] == b'1'
        && (b'3'..=b'9').contains(&bytes[1]);
    form && !is_made_up(text) && text != "13800138000"
}

/// Whether a text looks like a real secret: it is long, has many different characters, and has none
/// of the sequences and words that invented secrets have.
fn looks_live(text: &str) -> bool {
    const INVENTED: [&str; 9] =
        ["test", "demo", "example", "sample", "secret", "token", "your", "xxx", "fake"];
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=-_.".contains(&byte);
    if text.len() < 20 || !text.bytes().all(plain) {
        return false;
    }
    let small = text.to_ascii_lowercase();
    let mut letters: Vec<u8> = small.bytes().collect();
    letters.sort_unstable();
    letters.dedup();
    letters.len() >= 10
        && small.bytes().any(|byte| byte.is_ascii_digit())
        && small.bytes().any(|byte| byte.is_ascii_alphabetic())
        && !is_made_up(&small)
        && !INVENTED.iter().any(|word| small.contains(word))
}

/// Whether four consecutive characters of a text are equal, or count up or down.
fn is_made_up(text: &str) -> bool {
    text.as_bytes().windows(4).any(|run| {
        [-1, 0, 1]
            .iter()
            .any(|step| run.windows(2).all(|pair| i16::from(pair[1]) - i16::from(pair[0]) == *step))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_was_invented_is_told_from_one_that_was_copied() {
        for live in ["9f8b2c7e41d05a6f93b18e7d2c604fa5", "q7w2nv9xlr4tbz81kcpm"] {
            assert!(looks_live(live), "{live}");
        }
        for invented in [
            "0123456789abcdef0123456789abcdef",
            "test-secret-9f8b2c7e41d05a6f",
            "aaaaaaaaaaaaaaaaaaaaaaaaaa1",
            "s3cr3t",
            "2023-01-01 00:00:00 +0800",
            "",
        ] {
            assert!(!looks_live(invented), "{invented}");
        }
    }

    #[test]
    fn a_number_that_was_invented_is_told_from_somebodys() {
        // No phone operator has numbers that begin with 154.
        assert!(is_phone_number("15472041583"));
        for invented in ["13800138000", "13912345678", "13900000000", "10720415839", "1547204158"] {
            assert!(!is_phone_number(invented), "{invented}");
        }
    }
}
