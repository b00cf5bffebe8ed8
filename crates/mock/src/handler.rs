//! From a request to its answer, without any I/O.

use bumpalo::Bump;
use gatespec_language::dynamic::{Schemas, Side};
use gatespec_protocol::incoming::{Incoming, IncomingError, Limits, Raw};
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

/// Answers a request, and notes it.
pub(crate) fn handle(state: &State, raw: &Raw<'_>, body: Result<(), NoBody>) -> Reply {
    let site = state.site();
    if raw.path == "/" && matches!(raw.verb, "GET" | "HEAD") {
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
    let reply = match site.target(raw.path) {
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
                Err(NoBody::TooLarge) => call(state, &target, raw, true, &mut entry),
                Ok(()) => call(state, &target, raw, false, &mut entry),
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
    format!("no gateway is here; there are {}", known.collect::<Vec<_>>().join(", "))
}

/// A request to a gateway.
fn call(
    state: &State,
    target: &Target<'_, '_>,
    raw: &Raw<'_>,
    too_large: bool,
    entry: &mut Entry,
) -> Reply {
    let arena = Bump::with_capacity(16 * 1024);
    let schemas = Schemas::new(target.platform, Side::Request, &arena);
    let methods: Vec<MethodInfo<'_>> = target
        .platform
        .methods
        .iter()
        .filter(|method| method.gateway == target.index)
        .map(|method| schemas.method(method))
        .collect();
    let gateway = target.gateway.facts;
    let raw = Raw { path: target.path, ..*raw };
    let limits = Limits::default();
    let read = match too_large {
        true => Err(IncomingError::TooLarge { limit: limits.bytes }),
        false => Incoming::read(gateway, &methods, &raw, &limits),
    };
    let found = read.as_ref().ok().and_then(|call| {
        let method = target.method(call.method().name)?;
        Some((call, method))
    });
    let Some((call, method)) = found else {
        let nowhere = || IncomingError::UnknownMethod { name: String::new() };
        let error = read.err().filter(|_| too_large || !target.is_bare()).unwrap_or_else(nowhere);
        // A method that is not known has no envelope; that of its neighbour is the gateway's.
        let info = methods.first().copied().unwrap_or_else(|| MethodInfo::new("", gateway));
        let credentials = target.credentials;
        let refuser = Refuser { gateway: target.gateway, method: None, info, credentials };
        let mut reply = refused(&refuser, &refusal(target, &error, entry), entry);
        if too_large && reply.status < 400 {
            reply.status = 413;
        }
        return reply;
    };
    record::params(call, entry);
    let ours = credentials::of_call(target.platform, target.credentials, call);
    let called = Called { state, target, raw: &raw, call, method, ours: &ours, arena: &arena };
    called.reply(entry)
}
