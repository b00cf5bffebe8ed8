//! Whole calls: the requests that `gatespec call` sends for a spec and arguments, and its output
//! for answers that the case gives byte by byte.
//!
//! Each folder of `corpus/calls` is a case with its own test; tests/README.md describes its files.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use gatespec_tests::corpus::{Case, entries, name};
use gatespec_tests::harness::{corpus, gatespec, snapshot, write_tree};
use gatespec_tests::server::{Received, Server};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

include!(concat!(env!("OUT_DIR"), "/calls_tests.rs"));

/// The body of every test above: runs the call, and compares requests and output with the snapshot.
fn check(name: &str) {
    let case = Case { name: name.to_owned(), path: corpus("calls").join(name) };
    let specs = TempDir::new().unwrap();
    let sources = case.sources(&corpus("base/platform.yaml")).unwrap();
    let files =
        sources.iter().map(|(_, file)| (PathBuf::from(&file.path), file.text.clone().into_bytes()));
    write_tree(specs.path(), files);
    let answer = fs::read(case.path.join("answer.http")).map(|raw| on_the_wire(&raw));
    let answer =
        answer.unwrap_or_else(|_| on_the_wire(b"HTTP/1.1 200 OK\n\n{\"code\":0,\"data\":{}}"));
    let server = Server::serving(move |_, mut connection| {
        if connection.receive().is_some() {
            connection.send(&answer);
        }
    });
    let text = fs::read_to_string(case.path.join("call.txt")).unwrap();
    let (about, arguments): (Vec<_>, Vec<_>) =
        text.lines().partition(|line| line.starts_with("# "));
    assert!(!about.is_empty(), "the case does not say what is right: `# …` in call.txt");
    let mut command = gatespec();
    command.args(["call", "shop", "shop.demo", "--clock", "1700000000", "--format", "text"]);
    if !arguments.contains(&"--url") {
        command.args(["--url", &server.url()]);
    }
    let arguments = arguments.iter().map(|line| line.replace("{url}", &server.url()));
    command.arg("--specs").arg(specs.path()).args(arguments);
    command.env_clear().envs([
        ("NO_COLOR", "1"),
        ("GATESPEC_SECRET", "s3cr3t"),
        ("GATESPEC_KEY", "k1"),
    ]);
    let output = command.output().unwrap();
    let mut shown = about.join("\n") + "\n\n";
    for request in server.seen() {
        shown.push_str(&sent(&request));
    }
    let code = output.status.code().unwrap();
    let _ = writeln!(shown, "exit code {code}");
    for (stream, bytes) in [("stdout", output.stdout), ("stderr", output.stderr)] {
        let text = String::from_utf8(bytes).unwrap().replace(server.address(), "127.0.0.1:PORT");
        let text = text.replace(&specs.path().display().to_string(), "specs");
        if !text.is_empty() {
            let _ = write!(shown, "\n{stream}:\n{text}");
        }
    }
    snapshot(&case.path, "outcome", &shown);
}

/// The request line, and the body with its content type if there is a body.
fn sent(request: &Received) -> String {
    let mut shown = format!("{} {}\n", request.verb, request.target);
    if !request.body.is_empty() {
        let body = String::from_utf8_lossy(&request.body);
        let _ = writeln!(shown, "{}\n{body}", request.header("content-type"));
    }
    shown + "\n"
}

/// Converts a file (a head with line feeds, an empty line, a body) to an HTTP message. Adds the
/// length of the body if the head does not state it.
fn on_the_wire(raw: &[u8]) -> Vec<u8> {
    let end = raw.windows(2).position(|two| two == b"\n\n");
    let (head, body) = end.map_or((raw, &b""[..]), |end| (&raw[..end], &raw[end + 2..]));
    let mut head = String::from_utf8(head.to_vec()).unwrap().replace('\n', "\r\n");
    if !["content-length", "transfer-encoding"]
        .iter()
        .any(|name| head.to_ascii_lowercase().contains(name))
    {
        let _ = write!(head, "\r\nContent-Length: {}", body.len());
    }
    head.push_str("\r\nConnection: close\r\n\r\n");
    [head.as_bytes(), body].concat()
}

#[test]
fn every_file_of_a_call_belongs_to_it() {
    const KNOWN: [&str; 3] = ["call.txt", "answer.http", "outcome.snap"];
    for folder in entries(&corpus("calls")).unwrap() {
        let files = entries(&folder).unwrap();
        let names: Vec<_> = files.iter().map(|path| name(path)).collect();
        let stray =
            names.iter().find(|name| !KNOWN.contains(&name.as_str()) && !name.ends_with(".yaml"));
        assert_eq!(stray, None, "{}", folder.display());
        assert!(names.contains(&"call.txt".to_owned()), "{}", folder.display());
    }
}
