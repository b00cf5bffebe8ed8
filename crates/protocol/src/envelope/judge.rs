//! Judges an answer by the values at the probed paths.

use std::time::Duration;

use super::failure::Refusal;
use super::probe::{Found, Probes};
use super::question::{Question, Reply};
use crate::error_code::{Class, ErrorCode, RetryAfter};
use crate::shape::FailureShape;

pub(super) enum Verdict {
    Success(Reply),
    Refused(Refusal),
    /// The answer is neither a success nor a refusal, for this reason.
    Unclear(String),
}

pub(super) fn judge(question: &Question<'_>, status: u16, probes: &Probes<'_>) -> Verdict {
    let envelope = &question.gateway().envelope;
    let claims_success = status < 400 && probes.hold(envelope.success);
    // Null counts as empty data only if the spec has conditions of success.
    let is_empty = !envelope.success.is_empty() && probes.has_placeholder();
    let missing = question.method.returns && !probes.has_data() && !is_empty;
    if claims_success && !missing {
        return Verdict::Success(reply(question, probes));
    }
    // An answer that meets the spec's conditions of success is a refusal only if the conditions of
    // a failure hold too.
    let vague = claims_success && !envelope.success.is_empty();
    let fits = |shape: &&FailureShape<'_>| match shape.when {
        [] => !vague && first(probes, shape.code).is_some(),
        when => probes.hold(when),
    };
    match envelope.failures.iter().find(fits) {
        Some(shape) => Verdict::Refused(refusal(question, probes, shape)),
        None if claims_success => Verdict::Unclear(format!(
            "the answer reports a success, but its data, `{}`, is missing, null or empty",
            question.method.data()
        )),
        None => Verdict::Unclear(format!(
            "the answer (HTTP {status}) is neither a success nor a known failure"
        )),
    }
}

fn reply(question: &Question<'_>, probes: &Probes<'_>) -> Reply {
    let envelope = &question.gateway().envelope;
    let ids = envelope.failures.iter().flat_map(|shape| shape.request_id);
    Reply {
        code: text(probes.at(envelope.code)),
        message: text(probes.at(envelope.message)),
        request_id: ids.copied().find_map(|path| text(probes.at(path))),
        bends: Vec::new(),
    }
}

fn refusal(question: &Question<'_>, probes: &Probes<'_>, shape: &FailureShape<'_>) -> Refusal {
    let code = first(probes, shape.code).unwrap_or_default();
    let message = first(probes, shape.message).unwrap_or_default();
    let sub_code = first(probes, shape.sub_code);
    let sub_message = first(probes, shape.sub_message);
    let row =
        sub_code.as_deref().and_then(|code| row(question, code)).or_else(|| row(question, &code));
    let said = sub_message.as_deref().unwrap_or(&message);
    Refusal {
        origin: shape.origin,
        class: row.map_or(Class::Unknown, |row| row.class),
        retry_after: row.and_then(|row| wait(row.retry_after, &[said, &message])),
        means: row.and_then(|row| row.means),
        refresh: row.and_then(|row| row.refresh).map(str::to_owned),
        doc: row.map_or_else(String::new, |row| row.doc.to_owned()),
        request_id: first(probes, shape.request_id),
        code,
        message,
        sub_code,
        sub_message,
    }
}

/// Finds the row for a code in the method's table or, if it is not there, in the gateway's.
fn row<'q>(question: &Question<'q>, code: &str) -> Option<&'q ErrorCode<'q>> {
    let own = look_up(question.method.errors, code);
    own.or_else(|| look_up(question.gateway().errors, code))
}

/// Finds the row for a code: the row with exactly this code or, if there is none, the row with the
/// longest matching prefix.
pub(super) fn look_up<'e>(errors: &'e [ErrorCode<'e>], code: &str) -> Option<&'e ErrorCode<'e>> {
    let exact = errors.iter().find(|row| row.code == code);
    let prefix = |row: &&ErrorCode<'_>| {
        row.code.strip_suffix('*').is_some_and(|prefix| code.starts_with(prefix))
    };
    exact.or_else(|| errors.iter().filter(prefix).max_by_key(|row| row.code.len()))
}

fn wait(rule: RetryAfter, messages: &[&str]) -> Option<Duration> {
    let seconds = match rule {
        RetryAfter::None => None,
        RetryAfter::Seconds(seconds) => Some(seconds.into()),
        RetryAfter::NumberInMessage => messages.iter().find_map(|message| number_in(message)),
    };
    seconds.map(Duration::from_secs)
}

/// The first integer in a text.
fn number_in(text: &str) -> Option<u64> {
    let digits = text.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty())?;
    digits.parse().ok()
}

/// The value at the first of these paths that has one, as text.
fn first(probes: &Probes<'_>, paths: &[&str]) -> Option<String> {
    paths.iter().find_map(|path| text(probes.at(path)))
}

fn text(found: &Found) -> Option<String> {
    match found {
        Found::Text(text) if !text.is_empty() => Some(text.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(code: &str) -> ErrorCode<'_> {
        ErrorCode::new(code, Class::Retry, "")
    }

    #[test]
    fn the_equal_code_wins_then_the_longest_prefix() {
        let rows = [row("isp.*"), row("isp.remote.*"), row("isp.remote.down")];
        let found = |code| look_up(&rows, code).map(|row| row.code);
        assert_eq!(found("isp.remote.down"), Some("isp.remote.down"));
        assert_eq!(found("isp.remote.slow"), Some("isp.remote.*"));
        assert_eq!(found("isp.x"), Some("isp.*"));
        assert_eq!(found("isv.x"), None);
    }

    #[test]
    fn the_first_number_is_the_wait() {
        let wait = |message| wait(RetryAfter::NumberInMessage, &[message]);
        assert_eq!(wait("请 30 秒后重试 (limit 100)"), Some(Duration::from_secs(30)));
        assert_eq!(wait("later"), None);
        assert_eq!(wait("99999999999999999999999"), None);
    }
}
