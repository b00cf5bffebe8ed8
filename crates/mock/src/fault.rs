//! Faults that the mock injects.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use gatespec_protocol::Json;

/// The longest delay that can be requested in the header, in milliseconds, so that a forgotten call
/// does not keep its connection open forever.
const LONGEST: u32 = 600_000;

/// A fault to inject into a correct call. An incorrect call is refused because of its own mistake,
/// which a fault never hides.
///
/// Each fault has a name for the header `x-gatespec-misbehave`. The header takes several names,
/// separated by commas: `delay=200, status=503`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// `delay=MILLISECONDS`: delays the answer. In the header, ten minutes at most.
    Delay(Duration),
    /// `reset`: resets the connection instead of answering.
    Reset,
    /// `truncate`: closes the connection in the middle of the body.
    Truncate,
    /// `status=NUMBER`: answers with this HTTP status and a body that is not JSON.
    Status(u16),
    /// `html`: answers with HTTP 200 and an HTML page, as a proxy or a captive portal does.
    Html,
    /// `throttled`: refuses the call as the platform does after too many calls, including the time
    /// to wait, if the platform states one.
    Throttled,
    /// `expired-token`: refuses the call as the platform does if the token has expired.
    ExpiredToken,
    /// `duplicate`: refuses the call as the platform does if it is a duplicate.
    Duplicate,
    /// `unavailable`: refuses the call as the platform does if the gateway itself has failed.
    Unavailable,
    /// `flip`: turns numbers into texts, and texts that are integers into numbers.
    Flip,
    /// `null`: sets every member of the data to null.
    Null,
    /// `empty-text`: sets every member of the data to `""`.
    EmptyText,
    /// `empty-list`: sets every member of the data to `[]`.
    EmptyList,
    /// `empty-object`: sets every member of the data to `{}`.
    EmptyObject,
    /// `unknown-value`: sets every enumeration in the data to a value that the spec does not list.
    UnknownValue,
    /// `encrypted`: encrypts the data, if the platform encrypts data.
    Encrypted,
}

impl Fault {
    /// All faults, with a delay of one second and the status 503.
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

    /// The name of the fault in the header, without `=` and a number.
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

    /// Whether the fault changes the data of an answer. Such a fault has no effect on data without
    /// suitable members.
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

    /// Parses the header: names separated by commas.
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

/// The error for a name that is not the name of a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFault(String);

impl fmt::Display for UnknownFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Fault::ALL.map(|fault| match fault {
            Fault::Delay(_) => "delay=0..=600000",
            Fault::Status(_) => "status=200..=599",
            other => other.name(),
        });
        write!(f, "there is no fault {:?}; the faults are {}", self.0, names.join(", "))
    }
}

impl std::error::Error for UnknownFault {}

/// One step of a method's script: what happens to one call.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Step {
    pub(crate) faults: Vec<Fault>,
    pub(crate) data: Option<Json>,
}

impl Step {
    /// Answers as if there were no script.
    pub fn normal() -> Step {
        Step::default()
    }

    /// Answers with this data in the platform's envelope.
    pub fn data(data: Json) -> Step {
        Step { data: Some(data), ..Step::default() }
    }

    /// Adds a fault.
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
