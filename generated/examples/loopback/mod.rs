//! A stand-in for a gateway, for examples that must run without a real gateway: a small HTTP/1.1
//! server on loopback with one thread per connection. The server checks nothing; each example
//! decides what the server answers.

#![allow(dead_code, reason = "each example uses some")]

use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// A request as received.
#[derive(Debug, Clone, Default)]
pub(crate) struct Request {
    /// The verb, such as `POST`.
    pub(crate) verb: String,
    /// The path without the query.
    pub(crate) path: String,
    /// The headers, with lowercase names.
    pub(crate) headers: BTreeMap<String, String>,
    /// The parameters of the query and, if the body is a form, of the body.
    pub(crate) params: BTreeMap<String, String>,
    /// The body.
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// The text of a parameter; empty if it is missing.
    pub(crate) fn param(&self, name: &str) -> &str {
        self.params.get(name).map_or("", String::as_str)
    }
}

/// Answers with an HTTP status and a JSON body.
type Respond = dyn Fn(&Request) -> (u16, String) + Send + Sync;

/// A server that stops when it is dropped.
pub(crate) struct Loopback {
    url: String,
    stopped: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Loopback {
    /// Starts the server on a free port.
    pub(crate) fn start(
        respond: impl Fn(&Request) -> (u16, String) + Send + Sync + 'static,
    ) -> io::Result<Loopback> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}", listener.local_addr()?);
        let stopped = Arc::new(AtomicBool::new(false));
        let (stop, respond): (_, Arc<Respond>) = (Arc::clone(&stopped), Arc::new(respond));
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let respond = Arc::clone(&respond);
                // The client reports a broken connection.
                std::thread::spawn(move || stream.and_then(|stream| serve(stream, &*respond)));
            }
        });
        Ok(Loopback { url, stopped, thread: Some(thread) })
    }

    /// The URL, without a path.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Loopback {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        // Wakes the accepting thread.
        let _ = TcpStream::connect(self.url.trim_start_matches("http://"));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Serves one request.
fn serve(mut stream: TcpStream, respond: &Respond) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    let Some(request) = receive(&stream)? else { return Ok(()) };
    let (status, body) = respond(&request);
    let head = format!(
        "HTTP/1.1 {status} Of The Stand-In\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())
}

/// Reads a request; `None` if the connection was closed instead.
fn receive(stream: &TcpStream) -> io::Result<Option<Request>> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_whitespace();
    let (Some(verb), Some(target)) = (words.next(), words.next()) else { return Ok(None) };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut request =
        Request { verb: verb.to_owned(), path: path.to_owned(), ..Request::default() };
    request.params.extend(form_urlencoded::parse(query.as_bytes()).into_owned());
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        request.headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let header = |name: &str| request.headers.get(name).map_or("", String::as_str);
    let is_form = header("content-type").starts_with("application/x-www-form-urlencoded");
    request.body = vec![0; header("content-length").parse().unwrap_or(0)];
    reader.read_exact(&mut request.body)?;
    if is_form {
        request.params.extend(form_urlencoded::parse(&request.body).into_owned());
    }
    Ok(Some(request))
}
