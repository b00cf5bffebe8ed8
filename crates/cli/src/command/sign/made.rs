//! A signed request, wherever it came from.

use gatespec_inspect::diagnose::Signing;
use gatespec_inspect::request::Ask;
use gatespec_language::model::{Gateway, Platform};
use gatespec_runtime::{Prepared, SignError};

/// A signed request.
pub(super) struct Made<'a> {
    pub(super) platform: &'a Platform,
    pub(super) gateway: &'a Gateway,
    /// The method's name as sent.
    pub(super) method: String,
    /// The signature method asked for.
    pub(super) case: Option<String>,
    pub(super) signing: Signing<'a>,
    pub(super) sign: String,
    /// The signature that came with the request.
    pub(super) sent_sign: Option<String>,
    pub(super) origin: Origin<'a>,
    /// What a person should know.
    pub(super) notes: Vec<String>,
}

/// Where the request came from.
pub(super) enum Origin<'a> {
    /// From values on the command line.
    Typed(Box<Ask<'a>>, Box<Prepared<'a>>),
    /// It has travelled.
    Received,
}

impl<'a> Made<'a> {
    pub(super) fn new(
        (platform, gateway): (&'a Platform, &'a Gateway),
        (method, case): (String, Option<String>),
        signing: Signing<'a>,
        origin: Origin<'a>,
    ) -> Result<Self, SignError> {
        let sign = signing.sign()?;
        let (sent_sign, notes) = (None, Vec::new());
        Ok(Self { platform, gateway, method, case, signing, sign, sent_sign, origin, notes })
    }
}
