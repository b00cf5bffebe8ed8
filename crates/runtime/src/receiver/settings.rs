//! The settings of a receiver.

use std::sync::Arc;
use std::time::Duration;

use gatespec_protocol::credentials::CredentialSet;
use gatespec_protocol::incoming::{Incoming, Limits, Seen};

use crate::client::Clock;

#[derive(Clone)]
pub(super) struct Settings {
    pub(super) ours: CredentialSet,
    /// Other credentials that calls may be signed with.
    pub(super) also: Vec<CredentialSet>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) mounted_at: String,
    pub(super) signed_path: Option<String>,
    pub(super) limits: Limits,
    pub(super) any_token: bool,
    pub(super) any_cut: bool,
    pub(super) only_listed: bool,
    pub(super) own_verb: bool,
    pub(super) sign_method: Option<String>,
    /// The store of calls, and how long it remembers them.
    pub(super) seen: Option<(Arc<dyn Seen>, Duration)>,
    pub(super) without_rules: Vec<String>,
}

/// A call and the settings of its receiver.
#[derive(Clone)]
pub(super) struct CallContext {
    pub(super) incoming: Arc<Incoming<'static>>,
    pub(super) settings: Arc<Settings>,
    /// The credentials that the call is signed with; the receiver's own if the call is refused.
    pub(super) ours: CredentialSet,
}
