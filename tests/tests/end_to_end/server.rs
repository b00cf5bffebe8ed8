//! The least HTTP/1.1 server that a client can talk to: one request a connection, on loopback.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// A request as it came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Received {
    pub(crate) verb: String,
    /// Path and query.
    pub(crate) target: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Received {
    /// The value of a header; empty if there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}

/// What to do about a request.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// Status, further headers, body.
    Answer(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// Nothing, until the client goes away.
    Silence,
    /// Close the connection in the middle of the body.
    BreakOff,
    /// Half a body, then nothing, until the client goes away.
    Stall,
}

impl Reply {
    pub(crate) fn json(status: u16, body: impl Into<Vec<u8>>) -> Reply {
        let headers = vec![("Content-Type", "application/json; charset=utf-8".to_owned())];
        Reply::Answer(status, headers, body.into())
    }
}

/// A server that stops when it is dropped.
pub(crate) struct Server {
    url: String,
    stopped: Arc<AtomicBool>,
    seen: Arc<Mutex<Vec<Received>>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves on a free port.
    pub(crate) fn start(reply: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (stopped, seen) = (Arc::new(AtomicBool::new(false)), Arc::default());
        let (stop, log, reply) = (Arc::clone(&stopped), Arc::clone(&seen), Arc::new(reply));
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let (log, reply) = (Arc::clone(&log), Arc::clone(&reply));
                std::thread::spawn(move || serve(stream.unwrap(), &*reply, &log));
            }
        });
        Server { url, stopped, seen, thread: Some(thread) }
    }

    /// Its address without a path.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// All requests so far.
    pub(crate) fn seen(&self) -> Vec<Received> {
        self.seen.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        // Wakes the thread that accepts.
        let _ = TcpStream::connect(self.url.trim_start_matches("http://"));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(
    mut stream: TcpStream,
    reply: &(dyn Fn(&Received) -> Reply + Send + Sync),
    log: &Mutex<Vec<Received>>,
) {
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let Some(received) = receive(&mut stream) else { return };
    let answer = reply(&received);
    log.lock().unwrap().push(received);
    let (status, headers, body) = match answer {
        Reply::Answer(status, headers, body) => (status, headers, body),
        Reply::Silence | Reply::Stall | Reply::BreakOff => {
            if !matches!(answer, Reply::Silence) {
                let half = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"sta";
                let _ = stream.write_all(half);
            }
            if !matches!(answer, Reply::BreakOff) {
                // Ends when the client closes the connection, or with the read timeout.
                let _ = stream.read(&mut [0]);
            }
            return;
        }
    };
    let mut head = format!("HTTP/1.1 {status} Some Reason\r\nConnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
}

fn receive(stream: &mut TcpStream) -> Option<Received> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let mut words = line.split_whitespace();
    let (verb, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut received = Received { verb, target, ..Received::default() };
    loop {
        line.clear();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        received.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    received.body = vec![0; received.header("content-length").parse().unwrap_or(0)];
    reader.read_exact(&mut received.body).ok()?;
    Some(received)
}
