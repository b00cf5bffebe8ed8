//! Finds the platform and the method of a request that was sent, and reads the request as a
//! receiver does.

mod mounted;
mod path;

use super::given::Wrong;
use crate::dynamic::{Schemas, Side};
use crate::model::{Gateway, Method, Model, Platform};
use crate::suggest::closest;
use bumpalo::Bump;
use gatespec_protocol::incoming::{Incoming, IncomingError, Raw, find, fits};
use gatespec_protocol::{MethodInfo, Prepared, Source};
use path::{Address, Entry};

/// A request as it is sent.
#[derive(Debug, Clone, Default)]
pub struct Received {
    /// The verb in uppercase; empty if unknown.
    pub verb: String,
    /// The URL with its query, with or without scheme; empty if unknown.
    pub url: String,
    /// The headers, in the order sent.
    pub headers: Vec<(String, String)>,
    /// The body: a form or anything else.
    pub body: String,
}

impl Received {
    /// Returns the request as a gateway at the address `base` receives it.
    pub fn of(prepared: &Prepared<'_>, base: &str) -> Self {
        let headers = prepared.headers().map(|(name, value)| (name.to_owned(), value.to_owned()));
        Self {
            verb: prepared.verb().as_str().to_owned(),
            url: prepared.url(base),
            headers: headers.collect(),
            body: String::from_utf8_lossy(prepared.body()).into_owned(),
        }
    }

    /// Returns the text of the first header with this name, ignoring case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, text)| text.as_str())
    }
}

/// A request whose platform is known.
#[derive(Debug, Clone)]
pub struct Recognised<'a> {
    /// The platform.
    pub platform: &'a Platform,
    /// The gateway that received the request.
    pub gateway: &'a Gateway,
    /// The method's spec, if there is one.
    pub method: Option<&'a Method>,
    /// The base address: the URL without the signed path.
    pub base: String,
    /// The request as a receiver reads it.
    pub call: Incoming<'a>,
    /// Problems for which a receiver would refuse the request.
    pub noticed: Vec<IncomingError>,
}

impl Recognised<'_> {
    /// Returns the text of the first public parameter whose source is `wanted`, or `None` if the
    /// request does not contain this parameter.
    pub fn text(&self, wanted: impl Fn(&Source<'_>) -> bool) -> Option<&str> {
        let param = self.gateway.public.iter().find(|param| wanted(&param.source))?;
        self.call.params().get(param.name)
    }

    /// Returns the credentials that the request carries.
    pub fn credentials(&self) -> Vec<(String, String)> {
        let names = self.gateway.public.iter().filter_map(|param| param.source.credential());
        let sent = |name: &str| Some((name.to_owned(), self.call.credential(name)?.to_owned()));
        names.filter_map(sent).collect()
    }
}

/// Finds the platform and the method of a request, unless they are given. `decode` decodes texts
/// that are not UTF-8.
///
/// # Errors
///
/// When no platform has the address, or the body cannot be read.
pub fn recognise<'a>(
    model: &'a Model,
    (platform, method): (Option<&'a Platform>, Option<&str>),
    received: &Received,
    decode: &mut dyn FnMut(&[u8]) -> String,
    arena: &'a Bump,
) -> Result<Recognised<'a>, Wrong> {
    let address = Address::of(&received.url);
    let mount = mounted::at(model, &address)
        .filter(|(mounted, _)| platform.is_none_or(|named| named.id == mounted.id));
    let known = || path::platform_at(model, &address).or(mount.map(|(platform, _)| platform));
    let platform = platform.or_else(known).ok_or_else(|| unknown_address(model, &address))?;
    let entries = match mount {
        Some((_, entry)) => vec![entry],
        None => path::entries(platform, &address),
    };
    let headers = received.headers.iter().map(|(name, text)| (name.as_str(), text.as_bytes()));
    let headers: Vec<_> = headers.collect();
    // The method is looked up in the body regardless of the content type.
    let untyped = headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
    let untyped: Vec<_> = untyped.copied().collect();
    let raw = |prefix: usize, headers| Raw {
        verb: &received.verb,
        path: &address.path[prefix..],
        query: &address.query,
        headers,
        body: received.body.as_bytes(),
    };
    let schemas = Schemas::new(platform, Side::Request, arena);
    let methods = platform.methods.iter().map(|one| schemas.method(one));
    let methods: Vec<_> = methods.collect();
    let receive = |entry: &Entry| {
        find(platform.gateways[entry.gateway].facts, &methods, &raw(entry.prefix, &untyped))
    };
    let (index, known, name) = match called(platform, method, &entries, receive) {
        Ok(at) => (platform.methods[at].gateway, Some(at), ""),
        Err((gateway, name)) => (gateway, None, &*arena.alloc_str(&name)),
    };
    let (method, gateway) = (known.map(|at| &platform.methods[at]), &platform.gateways[index]);
    let unknown =
        || MethodInfo { labels: gateway.default_labels(), ..MethodInfo::new(name, gateway.facts) };
    let info = known.map_or_else(unknown, |at| methods[at]);
    let prefixes = entries.iter().filter(|entry| entry.gateway == index);
    let prefixes: Vec<usize> = prefixes.map(|entry| entry.prefix).collect();
    let fitting =
        prefixes.iter().find(|at| fits(&info, &address.path[**at..])).or(prefixes.first());
    // If no path is signed, the whole path belongs to the base address.
    let prefix = if info.path().is_empty() { address.path.len() } else { *fitting.unwrap_or(&0) };
    let (call, noticed) = Incoming::tell(info, &raw(prefix, &headers), decode).map_err(unread)?;
    let base = address.base(prefix);
    Ok(Recognised { platform, gateway, method, base, call, noticed })
}

/// Returns the index of the called method: the one named `name` or, if `name` is `None`, the one
/// that a receiver finds. If no spec has the method, returns its gateway and name as the error.
fn called<'a>(
    platform: &Platform,
    name: Option<&str>,
    entries: &[Entry],
    receive: impl Fn(&Entry) -> Result<MethodInfo<'a>, IncomingError>,
) -> Result<usize, (usize, String)> {
    let at = |name: &str, serves: &dyn Fn(usize) -> bool| {
        platform.methods.iter().position(|one| one.name == name && serves(one.gateway))
    };
    let mut unknown = (entries[0].gateway, name.unwrap_or_default().to_owned());
    if let Some(name) = name {
        let any = |gateway| entries.iter().any(|entry| entry.gateway == gateway);
        return at(name, &any).ok_or(unknown);
    }
    for entry in entries {
        match receive(entry) {
            Ok(found) => return at(found.name, &|one| one == entry.gateway).ok_or(unknown),
            Err(IncomingError::UnknownMethod { name }) if unknown.1.is_empty() => {
                unknown = (entry.gateway, name);
            }
            Err(_) => {}
        }
    }
    Err(unknown)
}

/// Returns the error for a body that cannot be split into parameters.
fn unread(error: IncomingError) -> Wrong {
    let message = match error {
        IncomingError::NotJson { place, reason } => format!("{place} is not JSON: {reason}"),
        other => other.to_string(),
    };
    Wrong { message, help: None }
}

fn unknown_address(model: &Model, address: &Address) -> Wrong {
    let hosts: Vec<_> = model.platforms.iter().flat_map(path::hosts).collect();
    let help = match closest(&address.host, hosts.iter().map(String::as_str)) {
        Some(near) => format!("did you mean {near}? Else name the platform"),
        None => "name the platform: `gatespec sign PLATFORM --from …`".to_owned(),
    };
    let message = format!("no platform of the specs has the address `{}`", address.host);
    Wrong { message, help: Some(help) }
}
