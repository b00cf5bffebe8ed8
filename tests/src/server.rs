//! A minimal HTTP/1.1 server on loopback.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// A request as received.
#[derive(Debug, Clone, Default)]
pub struct Received {
    /// The verb, such as `POST`.
    pub verb: String,
    /// The path and the query.
    pub target: String,
    /// The headers. Names are in lowercase.
    pub headers: Vec<(String, String)>,
    /// The body, of the length that `Content-Length` states.
    pub body: Vec<u8>,
}

impl Received {
    /// The value of a header; empty if it is missing.
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// Headers other than `Connection` and `Content-Length`.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// An answer without further headers. [`Reply::header`] adds them.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Reply {
        Reply { status, headers: Vec::new(), body: body.into() }
    }

    /// An answer with a JSON body.
    pub fn json(status: u16, body: impl Into<Vec<u8>>) -> Reply {
        Reply::new(status, body).header("Content-Type", "application/json; charset=utf-8")
    }

    /// Adds a header.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Reply {
        self.headers.push((name, value.into()));
        self
    }

    /// The answer as bytes, with a header that closes the connection.
    pub fn bytes(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} Some Reason\r\nConnection: close\r\n", self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("Content-Length: {}\r\n\r\n", self.body.len()));
        [head.as_bytes(), &self.body].concat()
    }
}

/// The server's side of a connection, which is closed on drop.
pub struct Connection {
    reader: BufReader<TcpStream>,
    log: Arc<Mutex<Vec<Received>>>,
}

impl Connection {
    /// The next request; `None` if the client has closed the connection.
    pub fn receive(&mut self) -> Option<Received> {
        let received = receive(&mut self.reader)?;
        self.log.lock().unwrap().push(received.clone());
        Some(received)
    }

    /// Sends bytes, and returns whether that succeeded.
    pub fn send(&mut self, bytes: &[u8]) -> bool {
        self.stream().write_all(bytes).is_ok()
    }

    /// The underlying stream.
    pub fn stream(&mut self) -> &mut TcpStream {
        self.reader.get_mut()
    }

    /// Waits at most `time`, and returns whether the client closed the connection.
    pub fn is_left_within(&mut self, time: Duration) -> bool {
        self.stream().set_read_timeout(Some(time)).unwrap();
        match self.stream().read(&mut [0; 4096]) {
            Ok(count) => count == 0,
            Err(error) => !matches!(
                error.kind(),
                std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut
            ),
        }
    }
}

/// A server that stops when it is dropped.
pub struct Server {
    address: String,
    stopped: Arc<AtomicBool>,
    seen: Arc<Mutex<Vec<Received>>>,
    ended: Arc<(Mutex<usize>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts a server that answers one request per connection.
    pub fn start(reply: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Server {
        Server::serving(move |_, mut connection| {
            if let Some(received) = connection.receive() {
                connection.send(&reply(&received).bytes());
            }
        })
    }

    /// Starts a server that passes each connection to `serve`, with its number from 0.
    pub fn serving(serve: impl Fn(usize, Connection) + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (stopped, seen) = (Arc::new(AtomicBool::new(false)), Arc::default());
        let ended = Arc::new((Mutex::new(0), Condvar::new()));
        let (stop, serve, count) = (Arc::clone(&stopped), Arc::new(serve), Arc::clone(&ended));
        let log = Arc::clone(&seen);
        let thread = std::thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let stream = stream.unwrap();
                stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
                let connection =
                    Connection { reader: BufReader::new(stream), log: Arc::clone(&log) };
                let (serve, count) = (Arc::clone(&serve), Arc::clone(&count));
                std::thread::spawn(move || {
                    serve(number, connection);
                    *count.0.lock().unwrap() += 1;
                    count.1.notify_all();
                });
            }
        });
        Server { address, stopped, seen, ended, thread: Some(thread) }
    }

    /// The base URL, without a path.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The host and the port.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// All requests received so far.
    pub fn seen(&self) -> Vec<Received> {
        self.seen.lock().unwrap().clone()
    }

    /// Waits until `connections` connections have been closed.
    pub fn wait_until_closed(&self, connections: usize) {
        let ended = self.ended.0.lock().unwrap();
        drop(self.ended.1.wait_while(ended, |ended| *ended < connections).unwrap());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        // Wakes the thread that accepts connections.
        let _ = TcpStream::connect(&self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn receive(reader: &mut BufReader<TcpStream>) -> Option<Received> {
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
