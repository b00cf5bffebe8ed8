//! What a gateway says can hold what the caller sent: a token that it repeats must not end in a log.

use std::borrow::Cow;

use super::failure::{Failure, Refusal};
use super::question::{Question, Reply};
use crate::mask::{Secrets, leaves};
use crate::open::DecryptError;
use crate::params::Params;

/// Credentials that the gateway declares as sensitive, or not at all, and sensitive fields.
pub(super) fn of<'q>(question: &Question<'q>) -> Secrets<'q> {
    let declared = question.gateway().credentials;
    let sensitive = |name: &&str| {
        let known = declared.iter().find(|credential| credential.name == *name);
        known.is_none_or(|credential| credential.sensitive)
    };
    let names = question.credentials.names().filter(sensitive);
    let texts = names.filter_map(|name| question.credentials.get(name));
    let mut all: Vec<Cow<'q, str>> = texts.map(Cow::Borrowed).collect();
    for (text, is_json) in question.sent.into_iter().flat_map(Params::sensitive) {
        if is_json { all.extend(leaves(text)) } else { all.push(Cow::Borrowed(text)) }
    }
    Secrets::new(all)
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
            // Its excerpt is without secrets from the start.
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
