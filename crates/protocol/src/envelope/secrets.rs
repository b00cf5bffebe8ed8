//! Masks secrets of a request, such as a token, if the gateway repeats them in its answer.
//! Otherwise they would end up in a log.

use std::borrow::Cow;

use super::failure::{Failure, Refusal};
use super::question::{Question, Reply};
use crate::decode::BendKind;
use crate::mask::{SHORTEST, Secrets, leaves};
use crate::open::DecryptError;
use crate::params::Params;

/// The secrets of a call: the credentials that are sensitive or not declared, and the sensitive
/// values that were sent.
pub(super) fn of<'q>(question: &Question<'q>) -> Secrets<'q> {
    let mut all: Vec<Cow<'q, str>> = credentials(question).map(Cow::Borrowed).collect();
    for (text, is_json) in question.sent.into_iter().flat_map(Params::sensitive) {
        if is_json { all.extend(leaves(text)) } else { all.push(Cow::Borrowed(text)) }
    }
    Secrets::new(all)
}

fn credentials<'q>(question: &Question<'q>) -> impl Iterator<Item = &'q str> {
    let (declared, credentials) = (question.gateway().credentials, question.credentials);
    let sensitive = move |name: &&str| {
        let known = declared.iter().find(|credential| credential.name == *name);
        known.is_none_or(|credential| credential.sensitive)
    };
    credentials.names().filter(sensitive).filter_map(|name| credentials.get(name))
}

/// Whether a success may contain a secret, so that it must be searched. No spelling of a secret is
/// shorter than the secret, so a comparison of lengths rules out most successes.
pub(super) fn can_be_in(reply: &Reply, question: &Question<'_>) -> bool {
    let texts = [&reply.code, &reply.message, &reply.request_id];
    let longest = texts.into_iter().flatten().map(String::len).max().unwrap_or(0);
    // Secrets in JSON may have any length, so the minimum length is assumed for them.
    let sent = question.sent.into_iter().flat_map(Params::sensitive);
    let sent = sent.map(|(text, is_json)| if is_json { SHORTEST } else { text.len() });
    let mut lengths = credentials(question).map(str::len).chain(sent);
    // Unknown fields have names that the platform chose. Such a name may be a secret, so a success
    // with an unknown field is always searched.
    let mut bends = reply.bends.iter();
    bends.any(|bend| bend.kind == BendKind::UnknownField)
        || lengths.any(|length| (SHORTEST..=longest).contains(&length))
}

impl Secrets<'_> {
    pub(super) fn reply(&self, mut reply: Reply) -> Reply {
        self.optional(&mut reply.code);
        self.optional(&mut reply.message);
        self.optional(&mut reply.request_id);
        for bend in &mut reply.bends {
            bend.field = self.mask_cut(&bend.field);
        }
        reply
    }

    pub(super) fn failure(&self, mut failure: Failure) -> Failure {
        match &mut failure {
            Failure::Refused(refusal) => self.refusal(refusal),
            // The excerpt is already masked.
            Failure::NotJson { reason: text, .. }
            | Failure::Envelope(text)
            | Failure::Decrypt { error: DecryptError::Other(text), .. } => self.text(text),
            Failure::Decode(error) => error.rewrite(&|text| self.mask_cut(text)),
            Failure::Decrypt { .. } => {}
        }
        failure
    }

    fn refusal(&self, refusal: &mut Refusal) {
        self.text(&mut refusal.code);
        self.text(&mut refusal.message);
        self.optional(&mut refusal.sub_code);
        self.optional(&mut refusal.sub_message);
        self.optional(&mut refusal.request_id);
    }

    fn text(&self, text: &mut String) {
        if let Cow::Owned(masked) = self.mask(text) {
            *text = masked;
        }
    }

    fn optional(&self, text: &mut Option<String>) {
        if let Some(text) = text {
            self.text(text);
        }
    }
}
