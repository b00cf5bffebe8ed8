//! How the mock misbehaves.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use gatespec_protocol::Json;

/// The longest delay that can be asked for by name, in milliseconds: whoever forgets such a call
/// must not keep the connection for ever.
const LONGEST: u32 = 600_000;

/// One way to misbehave towards a call that is right. A call that is wrong is refused for what is
/// wrong with it; nothing hides that.
///
/// Each has a name for the header `x-gatespec-misbehave`, which takes several, separated by commas:
/// `delay=200, status=503`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// `delay=MILLISECONDS`: the answer comes late; by name, ten minutes at most.
    Delay(Duration),
    /// `reset`: the connection is reset instead of an answer.
    Reset,
    /// `truncate`: the connection closes in the middle of the body.
    Truncate,
    /// `status=NUMBER`: this HTTP status, with a body that is no JSON.
    Status(u16),
    /// `html`: HTTP 200 with a page, as a proxy or a captive portal answers.
    Html,
    /// `throttled`: the platform's own refusal of too many calls, with the wait that it states.
    Throttled,
    /// `expired-token`: the platform's own refusal of a token that is no longer valid.
    ExpiredToken,
    /// `duplicate`: the platform's own refusal of a call that came a moment ago.
    Duplicate,
    /// `unavailable`: the platform's own way to say that it has failed.
    Unavailable,
    /// `flip`: numbers arrive as texts, and texts of digits as numbers.
    Flip,
    /// `null`: every member of the data is null.
    Null,
    /// `empty-text`: every member of the data is `""`.
    EmptyText,
    /// `empty-list`: every member of the data is `[]`.
    EmptyList,
    /// `empty-object`: every member of the data is `{}`.
    EmptyObject,
    /// `unknown-value`: every enumeration in the data holds a value that no document lists.
    UnknownValue,
    /// `encrypted`: the data is encrypted, if the platform does that.
    Encrypted,
}

impl Fault {
    /// Every fault, with a delay of a second and status 503.
    pub const ALL: [Fault; 16] = [
        Fault::Delay(Duration::from_secs(1)),
        Fault::Reset,
        Fault::Truncate,
        Fault::Status(503),
        Fault::Html,
        Fault::Throttled,
        Fault::ExpiredToken,
        Fault::Duplicate,
        Fault::Unavailable,
        Fault::Flip,
        Fault::Null,
        Fault::EmptyText,
        Fault::EmptyList,
        Fault::EmptyObject,
        Fault::UnknownValue,
        Fault::Encrypted,
    ];

    /// The name without a number.
    fn name(self) -> &'static str {
        match self {
            Fault::Delay(_) => "delay",
            Fault::Reset => "reset",
            Fault::Truncate => "truncate",
            Fault::Status(_) => "status",
            Fault::Html => "html",
            Fault::Throttled => "throttled",
            Fault::ExpiredToken => "expired-token",
            Fault::Duplicate => "duplicate",
            Fault::Unavailable => "unavailable",
            Fault::Flip => "flip",
            Fault::Null => "null",
            Fault::EmptyText => "empty-text",
            Fault::EmptyList => "empty-list",
            Fault::EmptyObject => "empty-object",
            Fault::UnknownValue => "unknown-value",
            Fault::Encrypted => "encrypted",
        }
    }

    /// It concerns the data of an answer, and does nothing where there is none of its kind.
    pub(crate) fn is_of_data(self) -> bool {
        matches!(
            self,
            Fault::Flip
                | Fault::Null
                | Fault::EmptyText
                | Fault::EmptyList
                | Fault::EmptyObject
                | Fault::UnknownValue
                | Fault::Encrypted
        )
    }

    /// Reads the header: names, separated by commas.
    pub(crate) fn list(text: &str) -> Result<Vec<Fault>, UnknownFault> {
        let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
        names.map(str::parse).collect()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Delay(delay) => write!(f, "delay={}", delay.as_millis()),
            Fault::Status(status) => write!(f, "status={status}"),
            other => f.write_str(other.name()),
        }
    }
}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Fault, UnknownFault> {
        let unknown = || UnknownFault(text.to_owned());
        let (name, number) = match text.split_once('=') {
            Some((name, number)) => (name, Some(number.parse::<u32>().map_err(|_| unknown())?)),
            None => (text, None),
        };
        let fault = Fault::ALL.into_iter().find(|fault| fault.name() == name);
        match (fault.ok_or_else(unknown)?, number) {
            (Fault::Delay(_), Some(millis @ ..=LONGEST)) => {
                Ok(Fault::Delay(Duration::from_millis(u64::from(millis))))
            }
            (Fault::Status(_), Some(status @ 200..=599)) => {
                Ok(Fault::Status(u16::try_from(status).map_err(|_| unknown())?))
            }
            (Fault::Delay(_) | Fault::Status(_), None) => Err(unknown()),
            (fault, None) => Ok(fault),
            (_, Some(_)) => Err(unknown()),
        }
    }
}

/// A name that is no fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFault(String);

impl fmt::Display for UnknownFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Fault::ALL.map(|fault| match fault {
            Fault::Delay(_) => "delay=0..=600000",
            Fault::Status(_) => "status=200..=599",
            other => other.name(),
        });
        write!(f, "there is no misbehaviour {:?}; there are {}", self.0, names.join(", "))
    }
}

impl std::error::Error for UnknownFault {}

/// What becomes of one call of a method, as a script says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Step {
    pub(crate) faults: Vec<Fault>,
    pub(crate) data: Option<Json>,
}

impl Step {
    /// The call is answered as if there were no script.
    pub fn normal() -> Step {
        Step::default()
    }

    /// The call is answered with this data, in the platform's envelope.
    pub fn data(data: Json) -> Step {
        Step { data: Some(data), ..Step::default() }
    }

    /// And misbehaves so.
    #[must_use]
    pub fn and(mut self, fault: Fault) -> Step {
        self.faults.push(fault);
        self
    }
}

impl From<Fault> for Step {
    fn from(fault: Fault) -> Step {
        Step::normal().and(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_read_from_its_name() {
        for fault in Fault::ALL {
            assert_eq!(fault.to_string().parse(), Ok(fault));
        }
        let all = Fault::list(" delay=200 ,status=503,").unwrap();
        assert_eq!(all, [Fault::Delay(Duration::from_millis(200)), Fault::Status(503)]);
    }

    #[test]
    fn what_is_no_fault_is_told_what_is_one() {
        for text in [
            "slow",
            "delay",
            "delay=x",
            "delay=600001",
            "status=9999",
            "status=42",
            "html=1",
            "Reset",
        ] {
            let error = text.parse::<Fault>().unwrap_err().to_string();
            assert!(
                error.contains(&format!("{text:?}")) && error.contains("empty-list"),
                "{error}"
            );
        }
    }
}
