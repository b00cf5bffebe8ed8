//! Calls that arrive: from the parts of an HTTP request to a verified, typed request.
//!
//! The other side of [`crate::request`], and as pure: no I/O, no clock, no HTTP library. A receiver
//! of pushed calls and a gateway to test against both stand on it. [`Incoming::read`] splits a
//! request into its parameters and finds the method; then each check is a function of its own, to
//! be asked in the order that the platform has, and [`Incoming::decode`] fills the typed request.
//!
//! What is verified is what was received: names and values are decoded once and never written
//! anew, and parameters that no document lists count.
//!
//! ```
//! use gatespec_protocol::incoming::{Incoming, IncomingError, Limits, Raw};
//! use gatespec_protocol::{CredentialSet, DateTime, Gateway, MethodInfo};
//!
//! fn admit<'g>(
//!     gateway: &'g Gateway<'g>,
//!     methods: &[MethodInfo<'g>],
//!     raw: &Raw<'_>,
//!     ours: &CredentialSet,
//!     now: DateTime,
//! ) -> Result<Incoming<'g>, IncomingError> {
//!     let call = Incoming::read(gateway, methods, raw, &Limits::default())?;
//!     call.check_required()?;
//!     call.check_app(ours)?;
//!     call.check_signature(ours)?;
//!     call.check_clock(now)?;
//!     Ok(call)
//! }
//! ```

mod checks;
mod clock;
mod decode;
mod error;
mod explain;
mod find;
mod flat;
mod judge;
mod nested;
mod parts;
mod path;
mod read;
mod recut;
mod roles;
mod seen;
mod signature;
mod signed;

use std::fmt;
use std::ops::Range;

use crate::method::MethodInfo;
use crate::parameter::{PublicParam, Source};
use crate::params::{Entry, Params, Role};
use crate::template::Holes;

pub use error::IncomingError;
pub use find::find;
pub use path::fits;
pub use seen::{Seen, SeenError, SeenInMemory};
pub use signed::Origin;

/// A request as it came, before anything in it is understood. `Debug` shows no values.
#[derive(Clone, Copy)]
pub struct Raw<'r> {
    /// The verb, in capitals.
    pub verb: &'r str,
    /// The path as it came, percent-encoding and all, without what the gateway is mounted under.
    pub path: &'r str,
    /// What stands behind the `?`; empty if nothing does.
    pub query: &'r str,
    /// Every header, in any case.
    pub headers: &'r [(&'r str, &'r [u8])],
    /// The whole body.
    pub body: &'r [u8],
}

impl fmt::Debug for Raw<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Raw")
            .field("verb", &self.verb)
            .field("query_bytes", &self.query.len())
            .field("headers", &self.headers.len())
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// How much of a request is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Parameters, wherever they travel, members of JSON objects that are parameters included;
    /// 1,000 if not set.
    pub parameters: usize,
    /// Bytes of the query and the body together; 2 MiB if not set.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { parameters: 1_000, bytes: 2 * 1024 * 1024 }
    }
}

/// A request whose method and parameters are known. Nothing of it is verified until it is checked.
/// `Debug` shows names only.
#[derive(Clone)]
pub struct Incoming<'g> {
    method: MethodInfo<'g>,
    verb: String,
    /// As signed.
    path: String,
    /// The name of each field in the path, and where its value is.
    path_fields: Vec<(String, Range<usize>)>,
    /// Fields of the path as it came, and of another way to read it as it is signed.
    other_path: Option<(Vec<String>, Vec<String>)>,
    /// Names of sensitive fields, at any depth of the request.
    sensitive: Vec<&'g str>,
    /// Sorted by the bytes of their names, values as received.
    params: Params<'g>,
    /// What `body` means in a formula; empty for a form.
    body: String,
    business: Business,
}

/// Where the fields of the request lie.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Business {
    /// Each one a parameter.
    Flat,
    /// Members of the JSON that stands there in the body.
    Json(Range<usize>),
    /// Members of the JSON that this parameter holds.
    Carrier(String),
}

impl<'g> Incoming<'g> {
    /// The facts of the method.
    pub fn method(&self) -> &MethodInfo<'g> {
        &self.method
    }

    /// The verb as received.
    pub fn verb(&self) -> &str {
        &self.verb
    }

    /// The path as it is signed: the template of the method with its holes filled from what was
    /// received; the path as received if it does not fit the template.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The parameters, sorted by the bytes of their names.
    pub fn params(&self) -> &Params<'g> {
        &self.params
    }

    /// What was received of a credential that travels, such as the app's key or a shop's token.
    pub fn credential(&self, name: &str) -> Option<&str> {
        let wanted = |param: &&PublicParam<'_>| param.source == Source::Credential(name);
        self.method.gateway.public.iter().filter(wanted).find_map(|param| self.public(param))
    }

    /// What was received of a public parameter.
    fn public(&self, param: &PublicParam<'_>) -> Option<&str> {
        self.public_entry(param).map(|entry| self.params.value(entry))
    }

    fn public_entry(&self, param: &PublicParam<'_>) -> Option<&Entry<'g>> {
        let mut public = self.params.entries.iter().filter(|entry| is_public(entry));
        public.find(|entry| self.params.name(entry) == param.name)
    }

    /// The public parameters that this method takes.
    fn taken(&self) -> impl Iterator<Item = &'g PublicParam<'g>> {
        let MethodInfo { gateway, silenced, .. } = self.method;
        gateway.public.iter().filter(move |param| !silenced.contains(&param.name))
    }

    fn holes(&self) -> Holes<'g> {
        Holes { method: self.method.name, labels: self.method.labels }
    }
}

/// Told by its role, and there are few of these: their names need no search.
fn is_public(entry: &Entry<'_>) -> bool {
    matches!(entry.role, Role::Public | Role::Signature)
}

impl fmt::Debug for Incoming<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming")
            .field("method", &self.method.name)
            .field("verb", &self.verb)
            .field("params", &self.params)
            .finish_non_exhaustive()
    }
}
