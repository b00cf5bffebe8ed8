//! Makes the answer to a request, without I/O.

use bumpalo::Bump;
use gatespec_language::dynamic::{Schemas, Side};
use gatespec_protocol::incoming::{Incoming, IncomingError, Limits, Raw, find};
use gatespec_protocol::text::shortened;
use gatespec_protocol::{Json, MethodInfo};

use crate::called::Called;
use crate::credentials;
use crate::entrance;
use crate::journal::{Entry, Outcome};
use crate::page;
use crate::record::{self, SHOWN};
use crate::refuse::{Refuser, no_call, refusal, refused};
use crate::reply::{HTML, Reply};
use crate::site::{Site, Target};
use crate::state::State;

/// Why a body did not arrive.
#[derive(Debug, Clone, Copy)]
pub(crate) enum NoBody {
    TooLarge,
    TooSlow,
    Broken,
}

/// Answers a request and records it.
pub(crate) fn handle(state: &State, raw: &Raw<'_>, body: Result<(), NoBody>) -> Reply {
    let site = state.site();
    if raw.path == state.page() && matches!(raw.verb, "GET" | "HEAD") {
        if !is_for_this_machine(raw) {
            return Reply::text(403, "the page is only shown under a loopback name");
        }
        let page = Reply::new(200, HTML, page::page(state, &site));
        return page.with("content-security-policy", page::POLICY);
    }
    let mut entry = Entry {
        number: state.count(),
        at: state.now(),
        platform: String::new(),
        gateway: String::new(),
        method: None,
        verb: shortened(raw.verb, SHOWN).into_owned(),
        path: shortened(raw.path, SHOWN).into_owned(),
        public: Vec::new(),
        extra: Vec::new(),
        request: Json::Null,
        outcome: Outcome::Accepted,
        faults: Vec::new(),
        status: 0,
    };
    let targets = site.targets(raw.path);
    let reply = match targets.first() {
        None => no_call(&mut entry, 404, nowhere(&site)),
        Some(target) => {
            entry.platform.clone_from(&target.platform.id);
            target.gateway.name.clone_into(&mut entry.gateway);
            match body {
                Err(NoBody::TooSlow) => {
                    no_call(&mut entry, 408, "the body did not arrive in time".to_owned())
                }
                Err(NoBody::Broken) => {
                    no_call(&mut entry, 400, "the body did not arrive".to_owned())
                }
                Err(NoBody::TooLarge) => call(state, &targets, raw, true, &mut entry),
                Ok(()) => call(state, &targets, raw, false, &mut entry),
            }
        }
    };
    entry.status = reply.status;
    state.note(entry);
    reply
}

fn nowhere(site: &Site) -> String {
    let known = site.addresses().into_iter().map(|(platform, gateway, path)| {
        match entrance::of(platform, gateway, &path) {
            calls if calls.is_empty() => path,
            calls => format!("{path} ({})", entrance::in_words(&calls)),
        }
    });
    format!(
        "there is no gateway at this path; the paths are {}",
        known.collect::<Vec<_>>().join(", ")
    )
}

/// Whether the request is addressed to this machine by name. Prevents DNS rebinding, where another
/// site's host name resolves to this machine.
fn is_for_this_machine(raw: &Raw<'_>) -> bool {
    let mut hosts = raw.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("host"));
    hosts.all(|(_, host)| {
        let host = std::str::from_utf8(host).unwrap_or_default();
        let (name, port) = host.rsplit_once(':').unwrap_or((host, "0"));
        let name = if port.ends_with(']') { host } else { name };
        matches!(name, "127.0.0.1" | "localhost" | "[::1]")
    })
}

/// Handles a request to the gateways of one address. If none of them knows the method, the first
/// one answers.
fn call(
    state: &State,
    targets: &[Target<'_, '_>],
    raw: &Raw<'_>,
    too_large: bool,
    entry: &mut Entry,
) -> Reply {
    let arena = Bump::with_capacity(16 * 1024);
    let target = &targets[0];
    let schemas = Schemas::new(target.platform, Side::Request, &arena);
    let facts: Vec<_> = target.platform.methods.iter().map(|method| method.facts).collect();
    let limits = Limits::default();
    let mut problem = too_large.then_some(IncomingError::TooLarge { limit: limits.bytes });
    for target in targets.iter().filter(|_| !too_large) {
        let raw = Raw { path: target.path, ..*raw };
        let called = called(target, &schemas, &facts, &raw);
        let methods = called.as_ref().map_or(&*facts, std::slice::from_ref);
        match Incoming::read(target.gateway.facts, methods, &raw, &limits) {
            Ok(call) => {
                if let Some(method) = target.method(call.method().name) {
                    target.gateway.name.clone_into(&mut entry.gateway);
                    record::params(&call, entry);
                    let ours = &credentials::of_call(target.platform, target.credentials, &call);
                    let (call, arena) = (&call, &arena);
                    return Called { state, target, raw: &raw, call, method, ours, arena }
                        .reply(entry);
                }
            }
            Err(error) => problem = problem.or(Some(error)),
        }
    }
    unread(target, &schemas, problem.filter(|_| too_large || !target.is_bare()), too_large, entry)
}

/// Returns the called method with the schema of its request, and builds no other method's schema.
/// Returns `None` if the method is unknown or cannot be read.
fn called<'s>(
    target: &Target<'s, '_>,
    schemas: &Schemas<'s>,
    facts: &[MethodInfo<'s>],
    raw: &Raw<'_>,
) -> Option<MethodInfo<'s>> {
    let called = find(target.gateway.facts, facts, raw).ok()?;
    let key = |method: &MethodInfo<'s>| (method.name, method.gateway.name, method.labels);
    let at = facts.iter().position(|method| key(method) == key(&called))?;
    Some(schemas.method(&target.platform.methods[at]))
}

/// Refuses a request that could not be read as a call. Without a `problem`, the method is unknown.
fn unread<'s>(
    target: &Target<'s, '_>,
    schemas: &Schemas<'s>,
    problem: Option<IncomingError>,
    too_large: bool,
    entry: &mut Entry,
) -> Reply {
    let error = problem.unwrap_or(IncomingError::UnknownMethod { name: String::new() });
    let gateway = target.gateway;
    // An unknown method has no envelope, so use the envelope of another method of the gateway.
    let mut methods = target.platform.methods.iter();
    let info = methods.find(|method| method.facts.gateway.name == gateway.name);
    let info = info.map_or_else(|| MethodInfo::new("", gateway.facts), |one| schemas.method(one));
    let (credentials, likeness) = (target.credentials, target.likeness);
    let refuser = Refuser { gateway, method: None, info, credentials, likeness };
    let mut reply = refused(&refuser, &refusal(target, &error, entry), entry);
    if too_large && reply.status < 400 {
        reply.status = 413;
    }
    reply
}
