//! Methods: how they are sent, their requests and what they return.

use super::pairs::{Pair, pairs};
use super::types::{list_verdict, list_words};
use super::{Role, Walk, debug, fact};
use crate::change::Wire;
use gatespec_language::model::{Gateway, Method, Returns};
use gatespec_protocol::Placement;

impl Walk<'_> {
    pub(super) fn methods(&mut self) {
        let (old, new) = (self.old, self.new);
        for pair in pairs(&old.methods, &new.methods, |one| one.facts.name) {
            let subject = format!("{} {}", new.id, pair.newest().facts.name);
            match pair {
                Pair::Both(before, after) => self.method(&subject, before, after),
                Pair::Gone(before) => {
                    let fact = fact("is gone", Wire::Fails, "the gateway refuses the call");
                    self.gone(before.span, &subject, fact);
                }
                Pair::New(after) => {
                    self.changed(after.span, &subject, fact("is new", Wire::Works, ""));
                }
            }
        }
    }

    fn method(&mut self, subject: &str, old: &Method, new: &Method) {
        self.prose(new.span, subject, &(&old.title, &old.about), &(&new.title, &new.about));
        let gateways = (self.old.gateway_of(old), self.new.gateway_of(new));
        self.way(subject, old, new, gateways);
        let role = match new.facts.business.unwrap_or(gateways.1.facts.business) {
            Placement::Query | Placement::Form | Placement::Header => Role::Form,
            Placement::Body | Placement::BodyMember(_) | Placement::FormCarrier(_) => Role::Json,
        };
        self.record(role, &format!("{subject} request"), &old.request, &new.request);
        self.returns(subject, old, new);
        self.codes(subject, &old.errors, &new.errors);
    }

    /// Compares the method's own settings, which override the gateway's. Changes to the gateway's
    /// settings are reported for the gateway.
    fn way(&mut self, subject: &str, old: &Method, new: &Method, gateways: (&Gateway, &Gateway)) {
        let fails = (Wire::Fails, "the gateway does not find what old clients send");
        let (a, b, span) = (&old.facts, &new.facts, new.transport);
        let names = (&gateways.0.name, &gateways.1.name);
        let name = |name: &&str| format!("`{name}`");
        self.differs(new.span, subject, "its gateway", names, name, fails);
        self.differs(span, subject, "its verb", (&a.verb, &b.verb), debug, fails);
        self.differs(span, subject, "its path", (&a.path, &b.path), debug, fails);
        let business = (&a.business, &b.business);
        self.differs(span, subject, "the place of its fields", business, debug, fails);
        self.differs(span, subject, "its labels", (&a.labels, &b.labels), debug, fails);
        let silenced = (&a.silenced, &b.silenced);
        self.differs(
            span,
            subject,
            "the list of public parameters that it does not send",
            silenced,
            debug,
            fails,
        );
        let data = (Wire::Fails, "old clients do not find the data");
        self.differs(span, subject, "its `data`", (&a.data, &b.data), debug, data);
        let repeat = (Wire::Works, "old clients repeat failed calls as before");
        self.differs(new.span, subject, "its `repeat`", (&a.repeat, &b.repeat), debug, repeat);
    }

    fn returns(&mut self, subject: &str, old: &Method, new: &Method) {
        let name = format!("{subject} response");
        match (&old.returns, &new.returns) {
            (Returns::Record(before), Returns::Record(after)) => {
                self.record(Role::Answer, &name, before, after);
            }
            (Returns::Value(before), Returns::Value(after)) => {
                self.field(Role::Answer, &name, before, after);
            }
            (Returns::Nothing, Returns::Nothing) => {}
            (Returns::Nothing, _) => {
                let fact = fact("is new", Wire::Works, "old clients ignore it");
                self.changed(new.span, &name, fact);
            }
            (_, Returns::Nothing) => {
                let fact = fact("is gone", Wire::Fails, "old clients refuse answers without it");
                self.changed(new.span, &name, fact);
            }
            (Returns::Record(_), Returns::Value(value))
            | (Returns::Value(value), Returns::Record(_)) => {
                let list = value.list.as_ref();
                let what = format!("has a different type: {}", list_words(list));
                let (wire, effect) = list_verdict(Role::Answer, None, list, false);
                self.changed(new.span, &name, fact(what, wire, effect));
            }
        }
    }
}
