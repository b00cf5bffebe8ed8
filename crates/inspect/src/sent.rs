//! Reads a request that was sent, as a tool or a log shows it, and finds out what it calls.

mod entities;
mod parts;

use crate::model::{Model, Platform};
use crate::pasted::{self, Files};
use crate::request::{Recognised, Wrong, recognise};
use bumpalo::Bump;
use gatespec_protocol::Source;
use gatespec_protocol::incoming::IncomingError;

/// A request whose platform and method are known.
#[derive(Debug, Clone)]
pub struct Sent<'a> {
    /// The request.
    pub found: Recognised<'a>,
    /// What was repaired, and what a platform would not accept.
    pub notes: Vec<String>,
}

/// Why a text is not a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// The text cannot be read.
    Text(String),
    /// The platform is not known.
    Platform(Wrong),
    /// The request does not say which method it calls.
    Method,
}

impl<'a> Sent<'a> {
    /// Reads the text of a request. The platform and the method are found by the request's address
    /// and parameters, unless they are given. `files` reads the files that a `curl` command names.
    ///
    /// # Errors
    ///
    /// When the text is not a request, or does not identify its platform and method.
    pub fn read(
        model: &'a Model,
        (platform, method): (Option<&'a Platform>, Option<&str>),
        (text, files): (&str, Files<'_>),
        arena: &'a Bump,
    ) -> Result<Self, Unread> {
        let sent = pasted::read(text, files).and_then(|sent| parts::addressed(sent, platform));
        let mut notes = Vec::new();
        let sent = entities::undone(sent.map_err(Unread::Text)?, model, &mut notes);
        let mut decode = |bytes: &[u8]| parts::decode(bytes, &mut notes);
        let found = recognise(model, (platform, method), &sent, &mut decode, arena);
        let found = found.map_err(Unread::Platform)?;
        let name = found.call.method().name;
        if name.is_empty() {
            return Err(Unread::Method);
        }
        if found.method.is_none() {
            notes.push(format!("no spec has method `{name}`: its parameters are taken as texts"));
        }
        notes.extend(found.noticed.iter().map(noticed));
        Ok(Self { found, notes })
    }
}

impl Recognised<'_> {
    /// Returns the signature method that the request names, if the gateway has this method.
    pub fn signature_method(&self) -> Option<String> {
        let named = self.text(|source| matches!(source, Source::SignMethod))?;
        let known = self.gateway.signatures.iter().any(|way| way.name == named);
        known.then(|| named.to_owned())
    }

    /// Returns the signature that the request carries.
    pub fn signature(&self) -> Option<String> {
        self.text(|source| matches!(source, Source::Signature)).map(str::to_owned)
    }
}

/// Returns the note about a problem for which the platform would refuse the request.
fn noticed(problem: &IncomingError) -> String {
    match problem {
        IncomingError::Repeated { name } => {
            format!("the request has `{name}` more than once: only the first one is compared")
        }
        other => format!("a strict receiver refuses this request: {other}"),
    }
}
