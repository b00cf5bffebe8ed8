//! Measures how fast the mock answers signed form posts, compared with a bare `axum` handler on the
//! same machine in the same run, and how much memory 100,000 calls leave allocated. Run it with
//! `cargo bench -p gatespec-mock`.
//!
//! The same client code sends the same bytes to both servers, over the same number of connections,
//! in alternating rounds. Both servers have the same number of threads and answer with the same
//! body. The `axum` handler reads the body into memory and ignores it, so the difference is
//! everything that a mock adds: building schemas from the specs, reading the form twice (for its
//! method and for its parameters), the checks, the signature and the journal.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints")]

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::routing::post;
use gatespec_mock::Mock;
use gatespec_protocol::DateTime;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};

const CONNECTIONS: usize = 32;
const CALLS: usize = 8_000;
const ROUNDS: usize = 15;

/// The KiB by which memory may grow, which is about 20 bytes per call.
const ROOM: u64 = 2_048;

/// Vector A of ShopEx's specs, with the answer that the specs show for its method.
const BODY: &str = "app_key=testkey&method=matrix.unbind&node_id=15000000&sign_time=1672502400\
                    &sign=66DD494A3DEBB574561404CC73C3FF19";
const ANSWER: &str = r#"{"status":"succ","code":"1000","desc":"解绑成功","data":null}"#;

fn main() {
    let mock = Mock::builder(concat!(env!("CARGO_MANIFEST_DIR"), "/../../specs"))
        .credential("shopex", "app_key", "testkey")
        .credential("shopex", "secret", "0123456789abcdef0123456789abcdef")
        .clock(DateTime::from_unix_seconds(1_672_502_400).unwrap())
        .start()
        .unwrap();
    let ours = SocketAddr::from(([127, 0, 0, 1], mock.port()));
    // This runtime has as many threads as the mock's.
    let servers = Builder::new_multi_thread().enable_all().build().unwrap();
    let bare = bare(&servers);
    // One thread makes the calls to both servers.
    let calls = Builder::new_current_thread().enable_all().build().unwrap();

    for address in [ours, bare] {
        calls.block_on(load(address, 2_000));
    }
    assert_eq!(mock.counts().accepted, 2_000, "{:?}", mock.received().last());

    let mut ratios = Vec::new();
    for round in 1..=ROUNDS {
        let [ours, bare] = [ours, bare].map(|address| rate(&calls, address));
        println!("round {round}: mock {ours:>7.0}/s, bare axum {bare:>7.0}/s, {:.2}", ours / bare);
        ratios.push(ours / bare);
    }
    ratios.sort_by(f64::total_cmp);
    println!("the mock's rate is {:.2} of a bare handler's (median)", ratios[ROUNDS / 2]);

    let before = resident();
    calls.block_on(load(ours, 100_000));
    let after = resident();
    println!("resident memory: {before} KiB before 100,000 more calls, {after} KiB after");
    assert!(after < before + ROOM, "100,000 calls have left more than {ROOM} KiB behind");
    let accepted = mock.counts().accepted;
    assert_eq!(accepted, (2_000 + ROUNDS * CALLS + 100_000) as u64);
}

/// Starts a handler that reads the body and answers with the same body as the mock.
fn bare(runtime: &Runtime) -> SocketAddr {
    let handler = |_: Bytes| async { ([(CONTENT_TYPE, "application/json")], ANSWER) };
    let router = axum::Router::new().route("/shopex/router", post(handler));
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    runtime.spawn(async move {
        axum::serve(listener, router).await.unwrap();
    });
    address
}

/// Returns the calls per second.
fn rate(runtime: &Runtime, address: SocketAddr) -> f64 {
    let start = Instant::now();
    runtime.block_on(load(address, CALLS));
    let spent: Duration = start.elapsed();
    CALLS as f64 / spent.as_secs_f64()
}

/// Makes `calls` calls over connections that stay open.
async fn load(address: SocketAddr, calls: usize) {
    let all: Vec<_> =
        (0..CONNECTIONS).map(|_| tokio::spawn(connection(address, calls / CONNECTIONS))).collect();
    let mut done = 0;
    for connection in all {
        done += connection.await.unwrap();
    }
    // `calls` may not be divisible by `CONNECTIONS`. This makes the calls that are left.
    connection(address, calls - done).await;
}

async fn connection(address: SocketAddr, calls: usize) -> usize {
    let length = BODY.len();
    let request = format!(
        "POST /shopex/router HTTP/1.1\r\nhost: localhost\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n{BODY}"
    );
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let mut buffer = Vec::new();
    for _ in 0..calls {
        stream.write_all(request.as_bytes()).await.unwrap();
        buffer.clear();
        while !is_whole(&buffer) {
            assert!(stream.read_buf(&mut buffer).await.unwrap() > 0, "the connection has ended");
        }
        assert!(buffer.starts_with(b"HTTP/1.1 200 "), "{}", String::from_utf8_lossy(&buffer));
    }
    calls
}

fn is_whole(answer: &[u8]) -> bool {
    let Some(end) = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(&answer[..end]);
    let mut headers = head.lines().filter_map(|line| line.split_once(": "));
    let length = headers.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length: usize = length.and_then(|(_, text)| text.parse().ok()).unwrap();
    answer.len() >= end + 4 + length
}

/// The resident memory of this process in KiB; 0 if the system does not report it.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
