//! The status page, which shows what is served, and the most recent calls. It is plain HTML without
//! scripts.

use std::fmt::Write as _;

use gatespec_protocol::mask::SECRET;
use gatespec_protocol::text::shortened;
use gatespec_protocol::{Json, TimeFormat};

use crate::entrance;
use crate::escape::html;
use crate::journal::{Counts, Entry, Outcome, way_to_find_out};
use crate::site::Site;
use crate::state::State;

/// The maximum number of calls on the page.
const CALLS: usize = 50;

/// The content security policy, in case markup gets into the page after all.
pub(crate) const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;\
color:#222;background:#fff}h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}\
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;\
padding:.3rem .6rem;border-bottom:1px solid #ddd}code,pre{font:13px ui-monospace,monospace;\
overflow-wrap:anywhere;white-space:pre-wrap}.no{color:#a00}.yes{color:#070}.problem{background:#fee;\
padding:.5rem}@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}\
th,td{border-color:#444}.no{color:#f88}.yes{color:#8d8}.problem{background:#400}}";

pub(crate) fn page(state: &State, site: &Site) -> String {
    let mut out = String::with_capacity(16 * 1024);
    out.push_str("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width\">");
    let _ = write!(out, "<title>gatespec mock</title><style>{STYLE}</style></head><body>");
    out.push_str("<h1>gatespec mock</h1>");
    if let Some(problem) = state.problem() {
        out.push_str(
            "<p>The specs have changed, but do not compile; the previous version is served.</p>",
        );
        let _ = write!(out, "<pre class=\"problem\">{}</pre>", html(&problem));
    }
    served(state, site, &mut out);
    let journal = state.journal();
    calls(journal.counts(), journal.entries().rev().take(CALLS), &mut out);
    out.push_str("</body></html>\n");
    out
}

fn served(state: &State, site: &Site, out: &mut String) {
    out.push_str("<h2>What is served</h2><table><tr><th>Gateway<th>Address<th>Methods<th>Accepts");
    for (platform, gateway, path) in site.addresses() {
        let url = format!("http://127.0.0.1:{}{path}", state.port);
        let index = platform.gateways.iter().position(|one| one.name == gateway.name);
        let _ = write!(
            out,
            "<tr><td>{}<br><code>{} {}</code><td><code>{}</code>",
            html(&platform.title),
            html(&platform.id),
            html(gateway.name),
            html(&url)
        );
        let calls = entrance::in_words(&entrance::of(platform, gateway, &url));
        if !calls.is_empty() {
            let _ = write!(out, "<br>{}", html(&calls));
        }
        out.push_str("<td>");
        for method in platform.methods.iter().filter(|method| Some(method.gateway) == index) {
            let _ = write!(out, "<code>{}</code><br>", html(method.name));
        }
        out.push_str("<td>");
        let at = site.platform(&platform.id);
        let ours = at.and_then(|at| site.credentials.get(at));
        for credential in &gateway.credentials {
            let text = ours.and_then(|ours| ours.get(credential.name)).unwrap_or_default();
            let text = if credential.sensitive { SECRET } else { text };
            let _ = write!(out, "<code>{} = {}</code><br>", html(credential.name), html(text));
        }
    }
    out.push_str("</table>");
}

fn calls<'e>(counts: Counts, entries: impl Iterator<Item = &'e Entry>, out: &mut String) {
    let Counts { received, accepted, refused, misbehaved } = counts;
    let _ = write!(
        out,
        "<h2>The last calls</h2><p>{received} in total: {accepted} accepted, {refused} refused, \
         {misbehaved} answered with a fault.</p><table><tr><th>Call<th>Request<th>Outcome"
    );
    for entry in entries {
        let _ = write!(out, "<tr><td>{}<br>{}", entry.number, html(&time(entry)));
        let _ = write!(
            out,
            "<td><code>{} {}</code><br>{} <code>{}</code>",
            html(&entry.verb),
            html(&entry.path),
            html(&entry.platform),
            html(entry.method.as_deref().unwrap_or_default())
        );
        if entry.request != Json::Null {
            let text = entry.request.to_string();
            let _ = write!(out, "<br><code>{}</code>", html(&shortened(&text, 400)));
        }
        let _ = write!(out, "<td>{}", entry.status);
        outcome(entry, out);
        for fault in &entry.faults {
            let _ = write!(out, "<br>misbehaved: {}", html(&fault.to_string()));
        }
    }
    out.push_str("</table>");
}

fn outcome(entry: &Entry, out: &mut String) {
    match &entry.outcome {
        Outcome::Accepted => out.push_str(" <span class=\"yes\">accepted</span>"),
        Outcome::NoCall { reason } => {
            let _ = write!(out, " <span class=\"no\">{}</span>", html(reason));
        }
        Outcome::Refused { meaning, code, reason, signed } => {
            let _ = write!(
                out,
                " <span class=\"no\">refused with {} ({meaning})</span><br>{}",
                html(code),
                html(reason)
            );
            if let Some(signed) = signed {
                let canonical = shortened(&signed.canonical, 2000);
                let _ = write!(out, "<br>signed: <code>{}</code>", html(&canonical));
                for (name, text) in signed.comparison() {
                    let _ = write!(out, "<br>{name}: <code>{}</code>", html(&text));
                }
                if let Some(text) = &signed.text_difference {
                    let _ = write!(out, "<br>your text: {}", html(text));
                }
                let why = way_to_find_out(&entry.platform);
                let _ = write!(out, "<br>why: <code>{}</code>", html(&why));
            }
        }
    }
}

fn time(entry: &Entry) -> String {
    TimeFormat::Pattern { pattern: "yyyy-MM-dd HH:mm:ss'Z'", offset: 0 }.format(entry.at)
}
