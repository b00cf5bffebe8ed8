//! Received calls: from the parts of an HTTP request to a verified, typed request.
//!
//! The inverse of [`crate::request`]. Neither of them uses I/O, a clock or an HTTP library.
//! Receivers and mock gateways use this module. [`Incoming::read`] splits a request into its
//! parameters and finds the method. Each check is a function of its own, so that the checks can be
//! made in the platform's order. [`Incoming::decode`] then decodes the typed request.
//!
//! The signature is computed from what was received: names and values are decoded once and never
//! encoded again, and parameters that the spec does not list are included.
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

/// A received request that has not been interpreted yet. `Debug` shows no values.
#[derive(Clone, Copy)]
pub struct Raw<'r> {
    /// The verb in uppercase.
    pub verb: &'r str,
    /// The percent-encoded path, without the prefix that the gateway is mounted at.
    pub path: &'r str,
    /// The query without `?`; may be empty.
    pub query: &'r str,
    /// All headers. Their names may be in any case.
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

/// Limits on the size of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The maximum number of parameters in all locations, including the members of JSON objects
    /// that are parameters; 1,000 by default.
    pub parameters: usize,
    /// The maximum size of query and body together, in bytes; 2 MiB by default.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { parameters: 1_000, bytes: 2 * 1024 * 1024 }
    }
}

/// A request whose method and parameters are known. It is not verified until the checks are called.
/// `Debug` shows only names.
#[derive(Clone)]
pub struct Incoming<'g> {
    method: MethodInfo<'g>,
    verb: String,
    /// The path as it is signed.
    path: String,
    /// The names of the fields in the path, and the byte ranges of their values in `path`.
    path_fields: Vec<(String, Range<usize>)>,
    /// Set if the signed path can be split into values of fields in another valid way. Lists the
    /// fields whose values contain a `/`, first in the received split, then in the other split.
    other_path: Option<(Vec<String>, Vec<String>)>,
    /// The names of sensitive fields at any depth.
    sensitive: Vec<&'g str>,
    /// The parameters, sorted by the bytes of their names, with their values as received.
    params: Params<'g>,
    /// The value of `body` in formulas; empty for a form.
    body: String,
    business: Business,
}

/// Where the fields of the request are.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Business {
    /// Each field is a parameter.
    Flat,
    /// The fields are members of the JSON object in this byte range of the body.
    Json(Range<usize>),
    /// The fields are members of the JSON object in the parameter with this name.
    Carrier(String),
}

impl<'g> Incoming<'g> {
    /// Static information about the method.
    pub fn method(&self) -> &MethodInfo<'g> {
        &self.method
    }

    /// The verb as it was received.
    pub fn verb(&self) -> &str {
        &self.verb
    }

    /// The path as it is signed: the method's template with its placeholders filled from the
    /// request, or the received path if it does not fit the template.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The parameters, sorted by the bytes of their names.
    pub fn params(&self) -> &Params<'g> {
        &self.params
    }

    /// The value that was received for a credential, such as the app's key or a shop's token.
    pub fn credential(&self, name: &str) -> Option<&str> {
        let wanted = |param: &&PublicParam<'_>| param.source == Source::Credential(name);
        self.method.gateway.public.iter().filter(wanted).find_map(|param| self.public(param))
    }

    /// The value that was received for a public parameter.
    fn public(&self, param: &PublicParam<'_>) -> Option<&str> {
        self.public_entry(param).map(|entry| self.params.value(entry))
    }

    fn public_entry(&self, param: &PublicParam<'_>) -> Option<&Entry<'g>> {
        let mut public = self.params.entries.iter().filter(|entry| is_public(entry));
        public.find(|entry| self.params.name(entry) == param.name)
    }

    /// The public parameters of this method, except those that it silences.
    fn taken(&self) -> impl Iterator<Item = &'g PublicParam<'g>> {
        let MethodInfo { gateway, silenced, .. } = self.method;
        gateway.public.iter().filter(move |param| !silenced.contains(&param.name))
    }

    fn holes(&self) -> Holes<'g> {
        self.method.holes()
    }
}

/// Whether a parameter is public. Looks at its role, which is cheaper than looking for its name.
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
