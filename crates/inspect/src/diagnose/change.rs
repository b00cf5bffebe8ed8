//! Ways to change a request that several mistakes share.

use super::habits::Habit;
use super::signing::{Sent, Signing};
use gatespec_protocol::sign::MARK;
use gatespec_protocol::{Op, Role, Source};

impl<'a> Signing<'a> {
    /// Takes the request as a signer with this habit builds it.
    pub(super) fn adopt(&mut self, habit: Habit) {
        let found = self.habits.iter().find(|(known, _)| *known == habit);
        if let Some((_, built)) = found {
            (self.body, self.shown_body) = (built.body, built.shown_body);
            self.params.clone_from(&built.params);
        }
    }

    /// Gives parameters other texts. What is masked changes alike, since `change` sees both.
    pub(super) fn change_values(&mut self, change: &dyn Fn(&Sent<'a>) -> Option<String>) {
        for at in 0..self.params.len() {
            let sent = self.params[at];
            let Some(value) = change(&sent) else { continue };
            let shown = match sent.shown {
                MARK => MARK,
                shown if shown == sent.value => self.keep(&value),
                shown => {
                    change(&Sent { value: shown, ..sent }).map_or(shown, |shown| self.keep(&shown))
                }
            };
            self.params[at] = Sent { value: self.keep(&value), shown, ..sent };
        }
    }

    /// Gives the body another text.
    pub(super) fn change_body(&mut self, change: &dyn Fn(&str) -> Option<String>) {
        let Some(body) = change(self.body) else { return };
        // What cannot be changed alike stays hidden as it is.
        self.shown_body = match self.shown_body {
            shown if shown == self.body => self.keep(&body),
            shown => change(shown).map_or(shown, |shown| self.keep(&shown)),
        };
        self.body = self.keep(&body);
    }

    /// Makes parameters that are digests of the body anew.
    pub(super) fn refresh(&mut self) {
        for public in self.gateway.public {
            let Source::Formula(recipe) = public.source else { continue };
            if !recipe.0.contains(&Op::Body) {
                continue;
            }
            let digest = Signing { recipe: recipe.0.to_vec(), ..self.clone() };
            if let Ok(text) = digest.sign() {
                self.set(public.name, &text);
            }
        }
    }

    /// Gives one parameter, which is not masked in part, another text.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        for at in 0..self.params.len() {
            let sent = self.params[at];
            if sent.name == name && sent.role != Role::Signature {
                let value = self.keep(value);
                let shown = if sent.shown == sent.value { value } else { MARK };
                self.params[at] = Sent { value, shown, ..sent };
            }
        }
    }
}
