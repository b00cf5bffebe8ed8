//! Errors when a mock starts.

use std::fmt;
use std::io;

/// Why a mock cannot start.
#[non_exhaustive]
pub enum StartError {
    /// The specs do not compile; holds the compiler's report.
    Specs(String),
    /// A setting is invalid: the rate of faults, a credential or a platform.
    Setting(String),
    /// The port is in use, or the user may not use it.
    Port {
        /// The requested port.
        port: u16,
        /// The operating system's error.
        error: io::Error,
    },
    /// A thread or a socket could not be created.
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
                write!(f, "cannot use port {port} ({error}): choose another, or 0 for a free one")
            }
            StartError::Io(error) => write!(f, "cannot start the mock gateway: {error}"),
        }
    }
}

impl fmt::Debug for StartError {
    /// The same as `Display`, so that `unwrap` in a test prints the compiler's report line by line.
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
