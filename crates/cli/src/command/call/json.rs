//! Answers, failures and requests, each as one line of JSON.

use gatespec_language::Answered;
use gatespec_runtime::text::visible_in_json;
use gatespec_runtime::{Answer, Error, Json, MethodInfo};
use gatespec_tool::call::MaskedRequest;
use serde_json::json;

/// The members at the beginning of every line.
pub(super) struct Head<'h> {
    pub(super) method: MethodInfo<'h>,
    pub(super) window: Option<WindowNumber>,
}

/// A window of a split range.
pub(super) struct WindowNumber {
    /// The number of the window, counted from 1.
    pub(super) number: u64,
    pub(super) of: u64,
    /// The limits of the window, in the platform's format.
    pub(super) from: String,
    pub(super) to: String,
}

impl Head<'_> {
    fn line(&self, rest: Json) -> String {
        let mut line = json!({
            "platform": self.method.gateway.platform,
            "method": self.method.name,
        });
        if let Some(WindowNumber { number, of, from, to }) = &self.window {
            line["window"] = json!({ "number": number, "of": of, "from": from, "to": to });
        }
        if let (Json::Object(line), Json::Object(rest)) = (&mut line, rest) {
            line.extend(rest);
        }
        visible_in_json(&line.to_string())
    }

    /// The line for a success.
    pub(super) fn answer(&self, answer: &Answer<Answered<'_>>) -> String {
        let bends = answer.bends().iter();
        let bends = bends.map(|bend| json!({ "field": bend.field, "kind": bend.kind.name() }));
        self.line(json!({
            "code": answer.code(),
            "message": answer.message(),
            "status": answer.status(),
            "request_id": answer.request_id(),
            "attempts": answer.attempts(),
            "data": answer.data.json(),
            "bends": bends.collect::<Json>(),
        }))
    }

    /// The line for a failure.
    pub(super) fn error(&self, error: &Error) -> String {
        let violations = error.violations().iter().map(|violation| {
            json!({
                "rule": violation.rule(),
                "path": violation.path(),
                "message": violation.message(),
            })
        });
        self.line(json!({
            "error": {
                "kind": format!("{:?}", error.kind()),
                "class": format!("{:?}", error.class()),
                "text": error.to_string(),
                "code": error.code(),
                "sub_code": error.sub_code(),
                "message": error.message(),
                "status": error.status(),
                "request_id": error.request_id(),
                "attempts": error.attempts(),
                "retry_after_seconds": error.retry_after().map(|wait| wait.as_secs()),
                "field": error.field_path(),
                "body_excerpt": error.body_excerpt(),
                "signed": error.signed_text(),
                "violations": violations.collect::<Json>(),
            }
        }))
    }

    /// The line for a request that is not sent.
    pub(super) fn request(&self, sent: &MaskedRequest) -> String {
        let params = sent
            .params
            .iter()
            .map(|(name, place, value)| json!({ "name": name, "in": place, "value": value }));
        let headers =
            sent.headers.iter().map(|(name, value)| json!({ "name": name, "value": value }));
        self.line(json!({
            "verb": sent.verb,
            "url": sent.url,
            "headers": headers.collect::<Json>(),
            "params": params.collect::<Json>(),
            "body": sent.body,
            "signed": sent.signed,
        }))
    }
}
