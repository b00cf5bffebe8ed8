//! What a receiver is set up with.

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
    /// Where calls are remembered, and for how long.
    pub(super) seen: Option<(Arc<dyn Seen>, Duration)>,
    pub(super) without_rules: Vec<String>,
}

/// A call that has been read, and the settings of its receiver.
#[derive(Clone)]
pub(super) struct CallContext {
    pub(super) incoming: Arc<Incoming<'static>>,
    pub(super) settings: Arc<Settings>,
    /// Those that the call is signed with; the receiver's first if it is refused.
    pub(super) ours: CredentialSet,
}
