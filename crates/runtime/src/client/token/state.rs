//! The state of a token and the decisions about it. Nothing here waits or reads a clock.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use gatespec_protocol::datetime::DateTime;

use super::{Token, TokenError};

/// How long before its expiry a token is renewed, because a call that starts now may arrive later.
const MARGIN: Duration = Duration::from_secs(60);

/// The state of a token.
pub(super) struct State {
    name: Arc<str>,
    held: Option<Held>,
    /// How many requests the provider has answered; `last` is the most recent outcome.
    answered: u64,
    last: Option<Result<Token, TokenFailure>>,
}

/// The current token.
struct Held {
    token: Token,
    renew_from: Option<DateTime>,
    refused: bool,
}

impl Held {
    fn new(token: Token, now: DateTime) -> Held {
        let renew_from = token.expiry().map(|expiry| {
            let life = if expiry > now { expiry.distance(now) } else { Duration::ZERO };
            expiry - MARGIN.min(life / 2)
        });
        Held { token, renew_from, refused: false }
    }

    fn is_fresh(&self, now: DateTime) -> bool {
        !self.refused && self.renew_from.is_none_or(|from| now < from)
    }

    fn is_alive(&self, now: DateTime) -> bool {
        !self.refused && self.token.expiry().is_none_or(|expiry| now < expiry)
    }
}

/// What a caller that needs a token does next.
pub(super) enum Step {
    /// Use this outcome.
    Done(Result<Token, TokenFailure>),
    /// Wait for its turn, then pass this count of answered requests to `turn`.
    Wait(u64),
}

/// What a caller does when its turn has come.
pub(super) enum Turn {
    /// Use this outcome, which another caller has received meanwhile.
    Done(Result<Token, TokenFailure>),
    /// Ask the provider, passing the token that the gateway refused, if any.
    Ask(Option<Token>),
}

impl State {
    /// Starts with the token `first`, unless its text is empty.
    pub(super) fn new(name: Arc<str>, first: Option<Token>) -> State {
        let first = first.filter(|token| !token.text().is_empty());
        let held = first.map(|token| Held { token, renew_from: None, refused: false });
        State { name, held, answered: 0, last: None }
    }

    /// Returns the current token if it is usable, and otherwise tells the caller to wait for its
    /// turn.
    pub(super) fn step(&mut self, refused: Option<&Token>, now: DateTime) -> Step {
        self.note_refusal(refused);
        match &self.held {
            Some(held) if held.is_fresh(now) => Step::Done(Ok(held.token.clone())),
            _ => Step::Wait(self.answered),
        }
    }

    /// Decides what a caller does when its turn has come. When it began to wait, the provider had
    /// answered `answered` requests.
    pub(super) fn turn(&mut self, answered: u64, refused: Option<&Token>) -> Turn {
        if self.answered != answered
            && let Some(outcome) = &self.last
            && !is_refused(outcome, refused)
        {
            return Turn::Done(outcome.clone());
        }
        self.note_refusal(refused);
        let held = self.held.as_ref().filter(|held| held.refused);
        Turn::Ask(held.map(|held| held.token.clone()))
    }

    /// Stores the provider's outcome.
    pub(super) fn settle(
        &mut self,
        given: Result<Token, TokenError>,
        now: DateTime,
    ) -> Result<Token, TokenFailure> {
        let outcome = match self.judge(given) {
            Ok(token) => {
                self.held = Some(Held::new(token.clone(), now));
                Ok(token)
            }
            // The provider may have been asked before the expiry, so the current token may still
            // work.
            Err(why) => match &self.held {
                Some(held) if held.is_alive(now) => Ok(held.token.clone()),
                _ => Err(TokenFailure { name: self.name.clone(), why }),
            },
        };
        self.answered += 1;
        self.last = Some(outcome.clone());
        outcome
    }

    fn judge(&self, given: Result<Token, TokenError>) -> Result<Token, Why> {
        let token = given.map_err(|error| Why::Provider(error.into()))?;
        let refused = self.held.as_ref().filter(|held| held.refused);
        match () {
            () if token.text().is_empty() => Err(Why::Empty),
            () if refused.is_some_and(|held| held.token.text() == token.text()) => Err(Why::Again),
            () => Ok(token),
        }
    }

    fn note_refusal(&mut self, refused: Option<&Token>) {
        if let (Some(held), Some(refused)) = (&mut self.held, refused) {
            held.refused |= held.token.text() == refused.text();
        }
    }
}

/// Whether an outcome is useless to a caller because it is the token that was refused.
fn is_refused(outcome: &Result<Token, TokenFailure>, refused: Option<&Token>) -> bool {
    match (outcome, refused) {
        (Ok(token), Some(refused)) => token.text() == refused.text(),
        _ => false,
    }
}

/// Why there is no token. Cheap to clone: callers that waited together share it.
#[derive(Debug, Clone)]
pub(in crate::client) struct TokenFailure {
    name: Arc<str>,
    why: Why,
}

impl TokenFailure {
    /// Makes the failure of a fake error.
    pub(in crate::client) fn fake() -> TokenFailure {
        TokenFailure { name: "fake".into(), why: Why::Empty }
    }
}

#[derive(Debug, Clone)]
enum Why {
    Provider(Arc<dyn Error + Send + Sync>),
    Empty,
    Again,
}

impl fmt::Display for TokenFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        match self.why {
            Why::Provider(_) => write!(f, "the token provider returned no `{name}`"),
            Why::Empty => write!(f, "the token provider returned an empty `{name}`"),
            Why::Again => {
                write!(
                    f,
                    "the gateway refused `{name}`, but the token provider returned the same value again"
                )
            }
        }
    }
}

impl Error for TokenFailure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.why {
            Why::Provider(error) => Some(&**error),
            Why::Empty | Why::Again => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime {
        DateTime::from_unix_seconds(seconds).unwrap()
    }

    fn text<E>(outcome: Result<Token, E>) -> Option<String> {
        outcome.ok().map(|token| token.text().to_owned())
    }

    #[test]
    fn callers_that_waited_take_what_came_meanwhile() {
        let two = || Ok(Token::new("two"));
        for (given, expected) in [(two(), Some("two")), (Err("down".into()), None)] {
            let mut state = State::new("token".into(), Some(Token::new("one")));
            let one = Token::new("one");
            let Step::Wait(since) = state.step(Some(&one), at(0)) else { panic!("it was refused") };
            let Turn::Ask(refused) = state.turn(since, Some(&one)) else { panic!("nobody asked") };
            assert_eq!(refused.unwrap().text(), "one");
            let _ = state.settle(given, at(0));
            let Turn::Done(outcome) = state.turn(since, Some(&one)) else {
                panic!("it was answered")
            };
            assert_eq!(text(outcome).as_deref(), expected);
        }
    }

    #[test]
    fn a_token_that_came_meanwhile_is_no_help_to_who_saw_it_refused() {
        let mut state = State::new("token".into(), None);
        let two = Token::new("two");
        let Step::Wait(since) = state.step(None, at(0)) else { panic!("there is no token") };
        let _ = state.settle(Ok(two.clone()), at(0));
        let Turn::Ask(refused) = state.turn(since, Some(&two)) else { panic!("it was refused") };
        assert_eq!(refused.unwrap().text(), "two");
    }
}
