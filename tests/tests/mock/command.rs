//! `gatespec mock` from outside: its messages, how it ends, and the conditions under which it does
//! not start.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};

use gatespec_tests::harness::{gatespec, workspace};

use crate::shipped;
use crate::wire::{read, request};

const TOKENS: &str = "app_key=10011&app_secret=test-secret-0123456789abcdef\
                      &grant_type=refresh_token&refresh_token=x";

/// A running command, killed at the end of the test.
struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Running {
    fn start(arguments: &[&str]) -> Running {
        let mut command = gatespec();
        command.arg("mock").arg("--specs").arg(workspace("specs")).args(["--port", "0"]);
        let mut child = command.args(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Running { child, out }
    }

    /// Reads lines up to the first one that contains `part`.
    fn lines_to(&mut self, part: &str) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        while lines.last().is_none_or(|line| !line.contains(part)) {
            let mut line = String::new();
            assert!(self.out.read_line(&mut line).unwrap() > 0, "{part}: {lines:?}");
            lines.push(line);
        }
        lines
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The port in the URL that the command prints.
fn port(greeting: &[String]) -> u16 {
    let page = greeting.iter().find(|line| line.starts_with("page")).unwrap();
    page.trim().trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap()
}

#[test]
fn it_says_where_everything_is_and_keeps_what_may_be_real_to_itself() {
    let mut mock = Running::start(&["--credential", "gome.secret=SENTINEL"]);
    let text = mock.lines_to("Ctrl-C").concat();
    for part in
        ["/gome/router\n", "/mogujie/oauth   (", "/shopex   (", "secret=<yours>", "=test-token-"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    let port = port(&text.lines().map(str::to_owned).collect::<Vec<_>>());
    let line = format!(
        "shopex           http://127.0.0.1:{port}/shopex   \
         (calls go to POST http://127.0.0.1:{port}/shopex/router)\n"
    );
    assert!(text.contains(&line), "{text}");
    assert!(!text.contains("SENTINEL"), "{text}");
}

#[cfg(unix)]
#[test]
fn an_interruption_ends_it_when_the_call_under_way_has_its_answer() {
    for signal in ["-INT", "-TERM"] {
        let mut mock = Running::start(&[]);
        let port = port(&mock.lines_to("Ctrl-C"));
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("x-gatespec-misbehave", "delay=300"),
        ];
        let call = request("POST", "/mogujie/oauth/token", &headers, TOKENS.as_bytes());
        stream.write_all(&call).unwrap();
        // The line is logged when the answer is decided, before the delay.
        mock.lines_to("oauth.token accepted [delay=300]");
        let id = mock.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        assert_eq!(read(&answer).unwrap().json()["statusCode"], "0000000");
        assert_eq!(mock.child.wait().unwrap().code(), Some(0), "{signal}");
    }
}

#[test]
fn what_it_cannot_start_with_is_said_with_a_way_out() {
    let taken = shipped();
    let (port, specs) = (taken.port().to_string(), workspace("specs"));
    let specs = specs.to_str().unwrap();
    for (arguments, parts) in [
        (vec!["--specs", specs, "--port", &port], vec![&*port, "0 for a free one"]),
        (vec!["--specs", "nowhere", "--port", "0"], vec!["nowhere", "no such folder"]),
        (vec!["--specs", specs, "--port", "0", "--credential", "x.y=z"], vec!["`x`", "shopex"]),
        (
            vec!["--specs", specs, "--port", "0", "--misbehave", "reset", "--rate", "7"],
            vec!["from 0 to 1"],
        ),
        (vec!["--specs", specs, "--port", "0", "--misbehave", "slow"], vec!["\"slow\"", "delay="]),
    ] {
        let done = gatespec().arg("mock").args(&arguments).output().unwrap();
        let text = String::from_utf8(done.stderr).unwrap();
        assert!(!done.status.success() && done.stdout.is_empty(), "{arguments:?}: {text}");
        for part in parts {
            assert!(text.contains(part), "{arguments:?}: {part}: {text}");
        }
    }
}
