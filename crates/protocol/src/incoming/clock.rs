//! The time of a received request.

use super::{Incoming, IncomingError};
use crate::datetime::{DateTime, TimeFormat};
use crate::parameter::Source;
use crate::recipe::Op;

impl<'g> Incoming<'g> {
    /// The time at which the request was signed; `None` if the request contains no timestamp.
    ///
    /// # Errors
    /// [`BadClock`](IncomingError::BadClock) if a timestamp is malformed.
    pub fn clock(&self) -> Result<Option<DateTime>, IncomingError> {
        let clocks: Result<Vec<_>, _> = self.clocks().collect();
        Ok(clocks?.pop().map(|(_, sent)| sent))
    }

    /// Checks that all timestamps are well-formed and, if the gateway has a window for them, that
    /// they are in the window around `now`.
    ///
    /// A timestamp that is ahead of `now` is refused too, although some gateways accept it: the
    /// signer's clock is wrong, and an intercepted call would stay valid for longer. A mock gateway
    /// can call [`clock`](Self::clock) and decide itself.
    ///
    /// # Errors
    /// [`BadClock`](IncomingError::BadClock) if a timestamp is malformed, and
    /// [`StaleClock`](IncomingError::StaleClock) if it is outside the window.
    pub fn check_clock(&self, now: DateTime) -> Result<(), IncomingError> {
        let window = self.method.gateway.replay.and_then(|replay| replay.window_seconds);
        self.clocks().try_for_each(|clock| {
            let (name, sent) = clock?;
            let late = now.unix_millis().saturating_sub(sent.unix_millis());
            match window {
                Some(window) if late.unsigned_abs() > u64::from(window) * 1000 => {
                    let (name, late) = (name.to_owned(), late / 1000);
                    Err(IncomingError::StaleClock { name, late, window })
                }
                _ => Ok(()),
            }
        })
    }

    fn clocks(&self) -> impl Iterator<Item = Result<(&'g str, DateTime), IncomingError>> {
        let sent = self.taken().filter_map(|param| {
            let Source::Clock(format) = param.source else { return None };
            Some((param.name, format, self.public(param)?))
        });
        sent.chain(self.signed_clock()).map(|(name, format, found)| {
            let wrong = |_| IncomingError::BadClock {
                name: name.to_owned(),
                format: format.describe().to_owned(),
            };
            format.parse(found).map(|sent| (name, sent)).map_err(wrong)
        })
    }

    /// The timestamp that the signature's value contains, if the timestamp is not a parameter of
    /// its own. Returns it with its format, and with the name of the signature parameter.
    fn signed_clock(&self) -> Option<(&'g str, TimeFormat<'g>, &str)> {
        let public = self.method.gateway.public;
        let mut clocks = public.iter().filter_map(|param| match param.source {
            Source::Clock(format) => Some((param, format)),
            _ => None,
        });
        let (clock, format) = clocks.next()?;
        let signature = public.iter().find(|param| param.source == Source::Signature)?;
        let is_sent = self.public(clock).is_some();
        let found = if is_sent { None } else { self.inside_signature(Op::Clock) };
        found.map(|found| (signature.name, format, found))
    }
}
