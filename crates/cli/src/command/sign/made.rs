//! A signed request of any origin.

use gatespec_inspect::diagnose::Signing;
use gatespec_inspect::request::Ask;
use gatespec_language::model::{Gateway, Platform};
use gatespec_runtime::{Prepared, SignError};

pub(super) struct Made<'a> {
    pub(super) platform: &'a Platform,
    pub(super) gateway: &'a Gateway,
    /// The method's name as sent.
    pub(super) method: String,
    /// The name of the chosen signature method. `None` stands for the default one.
    pub(super) case: Option<String>,
    pub(super) signing: Signing<'a>,
    pub(super) sign: String,
    /// The signature that came with the request.
    pub(super) sent_sign: Option<String>,
    pub(super) origin: Origin<'a>,
    /// Notes for the user.
    pub(super) notes: Vec<String>,
}

/// The origin of the request.
pub(super) enum Origin<'a> {
    /// Values on the command line.
    Typed(Box<Ask<'a>>, Box<Prepared<'a>>),
    /// A request that was sent.
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
