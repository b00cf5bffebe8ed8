//! Why a mock cannot start.

use std::fmt;
use std::io;

/// Why a mock cannot start.
#[non_exhaustive]
pub enum StartError {
    /// The specs do not compile; the compiler's own text.
    Specs(String),
    /// The rate of misbehaviour is none, or a credential is one that no platform has.
    Setting(String),
    /// The port is taken, or not for this user.
    Port {
        /// The port.
        port: u16,
        /// The operating system's word.
        error: io::Error,
    },
    /// The machine gives no thread or no socket.
    Io(io::Error),
}

impl From<io::Error> for StartError {
    fn from(error: io::Error) -> StartError {
        StartError::Io(error)
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StartError::Specs(text) => write!(f, "the specs do not compile\n\n{text}"),
            StartError::Setting(text) => f.write_str(text),
            StartError::Port { port, error } => {
                write!(f, "port {port} cannot be used ({error}): name another, or 0 for a free one")
            }
            StartError::Io(error) => write!(f, "the mock gateway cannot start: {error}"),
        }
    }
}

impl fmt::Debug for StartError {
    /// As `Display`: what `unwrap` prints in a test is the compiler's report, line by line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            StartError::Specs(_) | StartError::Setting(_) => None,
            StartError::Port { error, .. } | StartError::Io(error) => Some(error),
        }
    }
}
