//! Gateways: addresses, credentials, public parameters, signatures, envelopes, error codes.

use super::pairs::{Pair, pairs};
use super::{Walk, debug, fact};
use crate::change::Wire;
use gatespec_language::model::{ErrorCode, Gateway, PublicParam};
use gatespec_language::source::SourceSpan;
use gatespec_protocol::{Class, SendPolicy, Source};

const ENVELOPE: &str = "old clients judge answers by the old envelope";
const OTHERWISE: &str = "the gateway does not find what old clients send";

impl Walk<'_> {
    pub(super) fn gateways(&mut self) {
        let (old, new) = (self.old, self.new);
        self.prose(new.span, &new.id, &(&old.title, &old.about), &(&new.title, &new.about));
        for pair in pairs(&old.gateways, &new.gateways, |one| one.name) {
            let subject = format!("{} gateway {}", new.id, pair.newest().name);
            match pair {
                Pair::Both(before, after) => self.gateway(&subject, before, after),
                Pair::Gone(before) => {
                    self.gone(before.span, &subject, fact("is gone", Wire::Fails, OTHERWISE));
                }
                Pair::New(after) => {
                    self.changed(after.span, &subject, fact("is new", Wire::Works, ""));
                }
            }
        }
    }

    fn gateway(&mut self, subject: &str, old: &Gateway, new: &Gateway) {
        self.environments(subject, old, new);
        self.transport(subject, old, new);
        self.credentials(subject, old, new);
        self.parameters(subject, old, new);
        self.signatures(subject, old, new);
        self.envelope(subject, old, new);
        self.codes(subject, &old.errors, &new.errors);
        if old.replay != new.replay {
            let window = |gateway: &Gateway| gateway.replay.and_then(|one| one.window_seconds);
            let shorter = window(new).is_some_and(|new| window(old).is_none_or(|old| new < old));
            let (wire, effect) = match shorter {
                true => (Wire::MayFail, "old clients may send a timestamp that is too old"),
                false => (Wire::Works, ""),
            };
            self.changed(new.span, subject, fact("its `replay` changes", wire, effect));
        }
    }

    fn environments(&mut self, subject: &str, old: &Gateway, new: &Gateway) {
        let moved = (Wire::MayFail, "old clients call the old address");
        let show = |url: &&str| format!("`{url}`");
        let span = new.environments.first().map_or(new.span, |one| one.span);
        let values = (&old.facts.base_url, &new.facts.base_url);
        self.differs(span, subject, "the address", values, show, moved);
        for pair in pairs(&old.environments, &new.environments, |one| &one.name) {
            let name = format!("{subject} environment {}", pair.newest().name);
            match pair {
                Pair::New(after) => {
                    self.changed(after.span, &name, fact("is new", Wire::Works, ""));
                }
                Pair::Gone(before) => {
                    self.gone(before.span, &name, fact("is gone", moved.0, moved.1));
                }
                Pair::Both(before, after) => {
                    self.prose(after.span, &name, &before.about, &after.about);
                    if before.url != after.url {
                        let fact = fact("its address changes", moved.0, moved.1);
                        self.changed(after.span, &name, fact);
                    }
                }
            }
        }
    }

    /// Compares how the gateway's calls are sent, as far as this is the same for all calls.
    fn transport(&mut self, subject: &str, old: &Gateway, new: &Gateway) {
        let span = new.transport;
        let fails = (Wire::Fails, OTHERWISE);
        let may_fail =
            (Wire::MayFail, "old clients write it in a form that the gateway may refuse");
        let (a, b) = (old.facts, new.facts);
        self.differs(span, subject, "`verb`", (&a.verb, &b.verb), debug, fails);
        self.differs(span, subject, "`path`", (&a.path, &b.path), debug, fails);
        self.differs(span, subject, "`business`", (&a.business, &b.business), debug, fails);
        self.differs(span, subject, "`body: raw`", (&a.raw_body, &b.raw_body), debug, fails);
        self.differs(span, subject, "`headers`", (&a.headers, &b.headers), debug, may_fail);
        self.differs(span, subject, "`values.nested`", (&a.nested, &b.nested), debug, may_fail);
        self.differs(span, subject, "`values.json`", (&a.json, &b.json), debug, may_fail);
        let empty = |omit: &bool| if *omit { "`omit`" } else { "`send`" }.to_owned();
        let values = (&a.omit_empty, &b.omit_empty);
        self.differs(span, subject, "`empty`", values, empty, may_fail);
    }

    fn credentials(&mut self, subject: &str, old: &Gateway, new: &Gateway) {
        for pair in pairs(&old.credentials, &new.credentials, |one| one.name) {
            let name = format!("{subject} credential {}", pair.newest().name);
            match pair {
                Pair::New(after) => {
                    self.changed(after.span, &name, fact("is new", Wire::Works, ""));
                }
                Pair::Gone(before) => {
                    self.gone(before.span, &name, fact("is gone", Wire::Works, ""));
                }
                Pair::Both(before, after) => {
                    self.prose(after.span, &name, &before.about, &after.about);
                    if before.facts != after.facts {
                        let fact = fact("its properties change", Wire::Works, "");
                        self.changed(after.span, &name, fact);
                    }
                }
            }
        }
    }

    fn parameters(&mut self, subject: &str, old: &Gateway, new: &Gateway) {
        for pair in pairs(&old.public, &new.public, |one| one.name) {
            let name = format!("{subject} parameter {}", pair.newest().name);
            match pair {
                Pair::Both(before, after) => self.parameter(&name, before, after),
                Pair::Gone(before) => {
                    let effect = "old clients send it, and the gateway may refuse it";
                    self.gone(before.span, &name, fact("is gone", Wire::MayFail, effect));
                }
                Pair::New(after) => {
                    let needed = after.facts.send == SendPolicy::Always;
                    let (wire, effect) = match needed {
                        true => (Wire::Fails, "old clients do not send it"),
                        false => (Wire::Works, ""),
                    };
                    self.changed(after.span, &name, fact("is new", wire, effect));
                }
            }
        }
    }

    fn parameter(&mut self, subject: &str, old: &PublicParam, new: &PublicParam) {
        self.prose(new.span, subject, &old.about, &new.about);
        let (a, b) = (&old.facts, &new.facts);
        let fails = (Wire::Fails, OTHERWISE);
        let place = |place: &gatespec_protocol::Location<'_>| format!("`{place:?}`");
        self.differs(new.span, subject, "its place", (&a.place, &b.place), place, fails);
        if a.source != b.source {
            let constant = |source: &Source<'_>| matches!(source, Source::Constant(_));
            let (wire, effect) = match constant(&a.source) && constant(&b.source) {
                true => (Wire::MayFail, "old clients send the old value"),
                false => fails,
            };
            self.changed(new.span, subject, fact("the source of its value changes", wire, effect));
        }
        if a.number != b.number {
            let what = if b.number { "is a number in JSON now" } else { "is a text in JSON now" };
            let effect = "old clients write it in a form that the gateway may refuse";
            self.changed(new.span, subject, fact(what, Wire::MayFail, effect));
        }
        if a.send != b.send {
            let (wire, effect) = match (a.send, b.send) {
                (SendPolicy::Always, SendPolicy::Optional) => (Wire::Works, ""),
                (SendPolicy::Optional, SendPolicy::Always) => {
                    (Wire::MayFail, "the gateway refuses calls without it")
                }
                _ => (Wire::Fails, "old clients sign or send different parameters"),
            };
            self.changed(
                new.span,
                subject,
                fact("the condition for sending it changes", wire, effect),
            );
        }
    }

    fn signatures(&mut self, subject: &str, old: &Gateway, new: &Gateway) {
        let refused = "the gateway refuses the signatures of old clients";
        for pair in pairs(&old.signatures, &new.signatures, |one| one.facts.name) {
            let name = signature(subject, pair.newest().facts.name);
            match pair {
                Pair::Both(before, after) => {
                    let span = after.formula.span;
                    self.prose(span, &name, &before.about, &after.about);
                    if before.facts.recipe != after.facts.recipe {
                        let fact = fact("its formula changes", Wire::Fails, refused);
                        self.changed(span, &name, fact);
                    }
                }
                Pair::Gone(before) => {
                    let span = before.formula.span;
                    self.gone(span, &name, fact("is gone", Wire::Fails, refused));
                }
                Pair::New(after) => {
                    let (wire, effect) = match old.signatures.is_empty() {
                        true => (Wire::Fails, "old clients do not sign"),
                        false => (Wire::Works, ""),
                    };
                    self.changed(after.formula.span, &name, fact("is new", wire, effect));
                }
            }
        }
        let default = |gateway: &Gateway| gateway.signatures.first().map(|one| one.facts.name);
        if let (Some(before), Some(after)) = (default(old), default(new))
            && before != after
        {
            let what = format!("the default changes from `{before}` to `{after}`");
            let effect = "old clients sign with the old default";
            let name = format!("{subject} signature");
            self.changed(new.span, &name, fact(what, Wire::Works, effect));
        }
    }

    fn envelope(&mut self, subject: &str, old: &Gateway, new: &Gateway) {
        let (a, b) = (&old.envelope.facts, &new.envelope.facts);
        let at = |spans: &[SourceSpan]| spans.first().copied().unwrap_or(new.span);
        let name = format!("{subject} envelope");
        self.prose(new.span, &name, &old.envelope.about, &new.envelope.about);
        if a.success != b.success {
            let fact = fact("`success` changes", Wire::Fails, ENVELOPE);
            self.changed(at(&new.envelope.success_at), &name, fact);
        }
        if a.open != b.open {
            let span = new.envelope.open.first().map_or(new.span, |one| one.span);
            self.changed(span, &name, fact("`open` changes", Wire::Fails, ENVELOPE));
        }
        let path = |path: &&str| format!("`{path}`");
        let (fails, may_fail) = ((Wire::Fails, ENVELOPE), (Wire::MayFail, ENVELOPE));
        self.differs(new.span, &name, "`data`", (&a.data, &b.data), path, fails);
        self.differs(new.span, &name, "`code`", (&a.code, &b.code), path, may_fail);
        self.differs(
            new.span,
            &name,
            "`message`",
            (&a.message, &b.message),
            path,
            (Wire::Works, ""),
        );
        if a.failures != b.failures {
            self.changed(new.span, &name, fact("`failures` changes", may_fail.0, may_fail.1));
        }
    }

    pub(super) fn codes(&mut self, subject: &str, old: &[ErrorCode], new: &[ErrorCode]) {
        for pair in pairs(old, new, |one| one.facts.code) {
            let name = format!("{subject} code {}", pair.newest().facts.code);
            match pair {
                Pair::Both(before, after) => self.code(&name, before, after),
                Pair::Gone(before) => {
                    self.gone(before.span, &name, fact("is gone", Wire::Works, ""));
                }
                Pair::New(after) => {
                    let effect = "old clients do not know what it means";
                    self.changed(after.span, &name, fact("is new", Wire::Works, effect));
                }
            }
        }
    }

    fn code(&mut self, subject: &str, old: &ErrorCode, new: &ErrorCode) {
        self.prose(new.span, subject, &old.about, &new.about);
        let (a, b) = (&old.facts, &new.facts);
        if a.class != b.class {
            let what =
                format!("its class changes from `{}` to `{}`", class(a.class), class(b.class));
            let effect = "old clients handle it according to the old class";
            self.changed(new.span, subject, fact(what, Wire::MayFail, effect));
        }
        if (a.retry_after, a.refresh) != (b.retry_after, b.refresh) {
            let effect = "old clients wait or renew as before";
            self.changed(
                new.span,
                subject,
                fact("the advice on retries changes", Wire::MayFail, effect),
            );
        }
        if (a.http, a.means, a.parameter) != (b.http, b.means, b.parameter) {
            let fact = fact("the answer of a receiver with this code changes", Wire::Works, "");
            self.changed(new.span, subject, fact);
        }
    }
}

fn signature(subject: &str, name: &str) -> String {
    if name.is_empty() {
        format!("{subject} signature")
    } else {
        format!("{subject} signature {name}")
    }
}

fn class(class: Class) -> &'static str {
    Class::WORDS.iter().find(|(_, known)| *known == class).map_or("unknown", |(word, _)| word)
}
