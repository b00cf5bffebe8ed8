//! Finds out what a request asks for.

use crate::form::Form;
use crate::reply::Reply;
use crate::state::{Asked, State};
use crate::{access, check, draft, explain, page, request, send};
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HeaderName};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use gatespec_site::{Page, path};
use maud::{Markup, html};

/// The header with which the script of a page asks for the form alone, without its page.
const PART: HeaderName = HeaderName::from_static("x-gatespec-part");

/// What a request asks for.
pub(crate) enum Wanted {
    /// A page that is the same for everyone.
    Page(Page),
    /// The form of a method; without a method, the page that explains requests of any platform.
    Form { asked: Option<Asked>, form: Form, action: Action, is_part: bool },
}

/// What to do with a form.
#[derive(Clone, Copy)]
pub(crate) enum Action {
    /// Nothing: nobody has filled it.
    Show,
    Check,
    Send,
    Explain,
}

/// The page on which requests of any platform are explained.
const EXPLAIN: &str = "explain.html";

/// Reads a request.
pub(crate) async fn of(state: &State, head: Parts, body: Body) -> Result<Wanted, Reply> {
    access::check(&head, state.port)?;
    let path = decoded(&head)?;
    let asked = state.asked(&path);
    let has_form = asked.is_some() || path == EXPLAIN;
    match head.method {
        Method::GET | Method::HEAD if has_form => {
            let query = head.uri.query().unwrap_or_default();
            let form = asked.map(|asked| example(asked, query)).unwrap_or_default();
            Ok(Wanted::Form { asked, form, action: Action::Show, is_part: false })
        }
        Method::GET | Method::HEAD => {
            state.page(&path).cloned().map(Wanted::Page).ok_or_else(unknown)
        }
        Method::POST if has_form => {
            let form = posted(&head, body).await?;
            let action = action(&form, asked)?;
            let is_part = head.headers.contains_key(PART);
            Ok(Wanted::Form { asked, form, action, is_part })
        }
        Method::POST if state.page(&path).is_none() => Err(unknown()),
        _ => {
            let allow = if has_form { "GET, HEAD, POST" } else { "GET, HEAD" };
            let reply =
                Reply::refusal(StatusCode::METHOD_NOT_ALLOWED, "this page takes no such verb");
            Err(Reply { allow: Some(allow), ..reply })
        }
    }
}

/// The path without its first `/`, decoded. The path of a folder is that of its first page.
fn decoded(head: &Parts) -> Result<String, Reply> {
    let path = head.uri.path().trim_start_matches('/');
    let decoded =
        percent_encoding::percent_decode_str(path).decode_utf8().map_err(|_| unknown())?;
    let folder = decoded.is_empty() || decoded.ends_with('/');
    Ok(if folder { format!("{decoded}index.html") } else { decoded.into_owned() })
}

fn unknown() -> Reply {
    Reply::refusal(StatusCode::NOT_FOUND, "there is no such page; the first page is /")
}

async fn posted(head: &Parts, body: Body) -> Result<Form, Reply> {
    let kind =
        head.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let body = request::body(body).await?;
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        let reason = "post a form: application/x-www-form-urlencoded";
        return Err(Reply::refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, reason));
    }
    Form::read(&body)
}

fn action(form: &Form, asked: Option<Asked>) -> Result<Action, Reply> {
    match (form.get("do"), asked) {
        (Some("check"), Some(_)) => Ok(Action::Check),
        (Some("send"), Some(_)) => Ok(Action::Send),
        (Some("explain"), _) => Ok(Action::Explain),
        (_, asked) => {
            let known = if asked.is_some() { "check, send or explain" } else { "explain" };
            let reason = format!("the form does not say what to do: do={known}");
            Err(Reply::refusal(StatusCode::BAD_REQUEST, reason))
        }
    }
}

/// The form that is filled with an example of the method: with the one that the query names, or the
/// first one.
fn example(asked: Asked, query: &str) -> Form {
    let named = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "example");
    let examples = draft::examples(asked);
    let wanted = named.map(|(_, wanted)| wanted.into_owned());
    let found = examples.iter().position(|(name, _)| Some(name) == wanted.as_ref()).unwrap_or(0);
    examples.into_iter().nth(found).map(|(_, form)| form).unwrap_or_default()
}

impl Wanted {
    /// Makes the answer.
    pub(crate) fn reply(self, state: &State) -> Reply {
        match self {
            Wanted::Page(page) => {
                Reply { content_type: page.content_type, ..Reply::html(page.text) }
            }
            Wanted::Form { asked, form, action, is_part } => {
                let html = match is_part {
                    true => part(state, asked, &form, action).into_string(),
                    false => whole(state, asked, &form, action),
                };
                Reply::html(state.masked(&html))
            }
        }
    }
}

/// The part of a page that an action changes.
fn part(state: &State, asked: Option<Asked>, form: &Form, action: Action) -> Markup {
    match (action, asked) {
        (Action::Send, Some(asked)) => send::made(state, asked, form),
        (Action::Show | Action::Check, Some(asked)) => check::made(state, asked, form),
        _ => explain::form(state, &address(asked), form, &explain::made(state, asked, form)),
    }
}

/// A page with its forms.
fn whole(state: &State, asked: Option<Asked>, form: &Form, action: Action) -> String {
    let is_explained = matches!(action, Action::Explain);
    let explain = match is_explained {
        true => part(state, asked, form, action),
        false => explain::form(state, &address(asked), &Form::default(), &html! {}),
    };
    let Some(asked) = asked else { return page::of_explainer(&explain) };
    let call = match is_explained {
        // A form that explains has none of the other form's fields.
        true => part(state, Some(asked), &example(asked, ""), Action::Show),
        false => part(state, Some(asked), form, action),
    };
    let tool = html! {
        (call)
        details.tool-more open[is_explained] {
            summary { "Why was a request refused?" }
            p.tool-hint {
                "For a request of another platform, use " a href={ "/" (EXPLAIN) } { "the page for all platforms" } "."
            }
            (explain)
        }
    };
    page::of_method(&state.site, asked, &tool)
}

fn address(asked: Option<Asked>) -> String {
    let path = asked.map(|asked| path::method(asked.platform, asked.method));
    format!("/{}", path.as_deref().unwrap_or(EXPLAIN))
}
