//! Refuses requests that come from other pages than ours.
//!
//! Other programs of this machine can use the server. Pages of the web cannot: a browser that is
//! tricked into sending their requests here names another host or another origin.

use crate::reply::Reply;
use axum::http::header::{HOST, HeaderName, ORIGIN};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Checks the host of a request, and the origin of a request that posts a form.
pub(crate) fn check(request: &Parts, port: u16) -> Result<(), Reply> {
    let Some(host) = host(request).filter(|host| is_ours(host, port)) else {
        let reason = format!("this server answers only at 127.0.0.1:{port} and localhost:{port}");
        return Err(Reply::refusal(StatusCode::FORBIDDEN, reason));
    };
    let is_read = matches!(request.method, Method::GET | Method::HEAD);
    if is_read || is_same_origin(request, host) {
        return Ok(());
    }
    let reason = "a form is accepted only from a page of this server";
    Err(Reply::refusal(StatusCode::FORBIDDEN, reason))
}

/// The host that the request names. `None` if it names none, or several.
fn host(request: &Parts) -> Option<&str> {
    let host = one(request, &HOST)?;
    let target = request.uri.authority().map(axum::http::uri::Authority::as_str);
    target.is_none_or(|target| target == host).then_some(host)
}

fn is_ours(host: &str, port: u16) -> bool {
    let (name, given) = host.rsplit_once(':').unwrap_or((host, "80"));
    matches!(name, "127.0.0.1" | "localhost") && given == port.to_string()
}

/// Whether a page with this host sent the request. Old browsers send only `Origin`; for some
/// requests, browsers send only `Sec-Fetch-Site`.
fn is_same_origin(request: &Parts, host: &str) -> bool {
    let has = |name: &HeaderName| request.headers.contains_key(name);
    let origin_is_ours = one(request, &ORIGIN) == Some(&*format!("http://{host}"));
    let site_is_ours = one(request, &FETCH_SITE) == Some("same-origin");
    match (has(&ORIGIN), has(&FETCH_SITE)) {
        (true, true) => origin_is_ours && site_is_ours,
        (true, false) => origin_is_ours,
        (false, _) => site_is_ours,
    }
}

/// The text of a header that occurs once.
fn one<'r>(request: &'r Parts, name: &HeaderName) -> Option<&'r str> {
    let mut all = request.headers.get_all(name).iter();
    let first = all.next()?;
    if all.next().is_some() { None } else { first.to_str().ok() }
}
