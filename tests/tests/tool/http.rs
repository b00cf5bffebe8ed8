//! A server of the tool, and a client that sends exactly what a test writes.

use gatespec_language::analyse;
use gatespec_language::diagnostic::Sink;
use gatespec_language::model::Model;
use gatespec_language::source::{self, SourceMap};
use gatespec_tests::harness::workspace;
use gatespec_tool::{Builder, Server};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::OnceLock;

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The first line and the headers.
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    /// The element with this id.
    pub(crate) fn html_of(&self, id: &str) -> &str {
        element(&self.body, id).unwrap_or_else(|| panic!("no #{id} in {}", self.body))
    }

    /// The text of the element with this id, without tags and entities.
    pub(crate) fn text_of(&self, id: &str) -> String {
        text(self.html_of(id))
    }

    /// The opening tag of the element with this id.
    pub(crate) fn tag_of(&self, id: &str) -> &str {
        let html = self.html_of(id);
        &html[..=html.find('>').unwrap()]
    }
}

/// Cuts out the element with this id.
fn element<'h>(html: &'h str, id: &str) -> Option<&'h str> {
    let at = html.find(&format!(" id=\"{id}\""))?;
    let start = html[..at].rfind('<')?;
    let name = html[start + 1..].split([' ', '>']).next()?;
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let (mut depth, mut end) = (0, start);
    loop {
        let rest = &html[end..];
        match (rest.find(&open), rest.find(&close)) {
            (Some(opened), Some(closed)) if opened < closed => {
                depth += 1;
                end += opened + open.len();
            }
            (_, Some(closed)) => {
                depth -= 1;
                end += closed + close.len();
            }
            // An element without content.
            (_, None) => return Some(&html[start..]),
        }
        if depth == 0 {
            return Some(&html[start..end]);
        }
    }
}

/// The text of HTML. Tags become spaces.
pub(crate) fn text(html: &str) -> String {
    let mut out = String::new();
    for part in html.split('<') {
        out.push(' ');
        out.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    text_as_is(&out).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The shipped platforms.
pub(crate) fn shipped() -> Model {
    let mut sink = Sink::default();
    analyse(&SourceMap::default().with_carried(gatespec_specs::ALL), &mut sink).unwrap()
}

/// The invented platforms of the tests.
pub(crate) fn invented() -> Model {
    let mut sink = Sink::default();
    let sources = source::load(&workspace("tests/platforms"), &mut sink);
    analyse(&sources, &mut sink).unwrap()
}

/// A server of the shipped platforms that has no credentials of its own.
pub(crate) fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| Builder::new(shipped()).start().unwrap())
}

/// Sends bytes and reads the answer.
pub(crate) fn raw(server: &Server, head: &str, body: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(("127.0.0.1", server.port())).unwrap();
    let head = format!("{head}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|word| word.parse().ok());
    Answer { status: status.unwrap(), head: head.to_owned(), body: body.to_owned() }
}

/// Asks for a page.
pub(crate) fn get(server: &Server, path: &str) -> Answer {
    raw(server, &format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}", server.port()), b"")
}

/// The head with which a browser posts a form of the page.
pub(crate) fn post_head(server: &Server, path: &str) -> String {
    let host = format!("127.0.0.1:{}", server.port());
    format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded"
    )
}

/// Posts a form as a browser does.
pub(crate) fn post(server: &Server, path: &str, fields: &[(&str, &str)]) -> Answer {
    raw(server, &post_head(server, path), encoded(fields).as_bytes())
}

pub(crate) fn encoded(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// The fields of the form in a page, each with its text, as a browser would post them.
pub(crate) fn fields_of(page: &Answer) -> Vec<(String, String)> {
    let html = element(&page.body, "tool-form").unwrap();
    let attribute = |tag: &str, name: &str| {
        let rest = tag.split_once(&format!(" {name}=\""))?.1;
        Some(text(rest.split('"').next()?))
    };
    let mut fields = Vec::new();
    for tag in html.split('<') {
        let Some(name) = attribute(tag, "name") else {
            if let Some((_, field)) = fields.last_mut().filter(|_| tag.contains(" selected")) {
                *field = attribute(tag, "value").unwrap();
            }
            continue;
        };
        let value = match tag.split_once('>') {
            Some((_, content)) if tag.starts_with("textarea") => text(content),
            _ => attribute(tag, "value").unwrap_or_default(),
        };
        let is_off =
            tag.contains("\"checkbox\"") || tag.contains("\"radio\"") && !tag.contains(" checked");
        if !tag.starts_with("button") && !is_off {
            fields.push((name, value));
        }
    }
    fields
}

/// HTML without tags as text, with its white space.
pub(crate) fn text_as_is(html: &str) -> String {
    let text = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&amp;", "&")
}
