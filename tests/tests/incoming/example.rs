//! The examples of receivers run on loopback and end by themselves.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use gatespec_tests::harness::cargo;

#[test]
fn a_shops_endpoint_takes_signed_calls_and_refuses_forged_ones() {
    let run = cargo()
        .args(["run", "-q", "--locked", "-p", "gatespec-clients", "--example", "incoming"])
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let printed = String::from_utf8(run.stdout).unwrap();
    let expected = [
        "gome pushed order Some(\"10000000001\") of Some(Private(…))",
        "answered: {\"taken\":true}",
        "",
        "gome gome.pusher.order.synchronize: the call is refused: the signature does not match",
        "answered: gome gome.pusher.order.synchronize: the call failed with code 8225: ",
        "",
        "shopex released node 15000000",
        "shopex matrix.unbind: the call is refused: `app_key` names an unknown application",
        "answered: shopex matrix.unbind: the gateway refused the call with code 0040302: ",
    ];
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines.len(), expected.len(), "{printed}");
    for (line, expected) in lines.iter().zip(expected) {
        assert!(line.starts_with(expected), "{line:?} does not begin with {expected:?}");
    }
}

type Keys = Arc<Mutex<HashSet<Vec<u8>>>>;

/// A minimal Redis: `SET … NX PX`, and a positive answer to the commands that clients send on
/// connecting.
fn redis() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("redis://{}/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let keys = Keys::default();
        while let Ok((stream, _)) = listener.accept() {
            let keys = Arc::clone(&keys);
            std::thread::spawn(move || serve(stream, &keys));
        }
    });
    url
}

fn serve(mut stream: TcpStream, keys: &Keys) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    loop {
        let words = number(&mut reader, '*')?;
        let command: Vec<Vec<u8>> = (0..words).map(|_| word(&mut reader)).collect::<Option<_>>()?;
        let reply: &[u8] = match &command[..] {
            [set, key, _, nx, px, millis] if set == b"SET" => {
                assert_eq!(
                    (&nx[..], &px[..], &millis[..]),
                    (&b"NX"[..], &b"PX"[..], &b"86400000"[..])
                );
                if keys.lock().unwrap().insert(key.clone()) { b"+OK\r\n" } else { b"$-1\r\n" }
            }
            _ => b"+OK\r\n",
        };
        stream.write_all(reply).ok()?;
    }
}

/// The number in a line such as `*3`.
fn number(reader: &mut impl BufRead, mark: char) -> Option<usize> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    line.trim_end().strip_prefix(mark)?.parse().ok()
}

fn word(reader: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut bytes = vec![0; number(reader, '$')? + 2];
    reader.read_exact(&mut bytes).ok()?;
    bytes.truncate(bytes.len() - 2);
    Some(bytes)
}

#[test]
fn processes_that_share_redis_take_a_call_once() {
    let run = cargo()
        .args(["run", "-q", "--locked", "-p", "gatespec-clients", "--example", "repeats", &redis()])
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let again = "gome gome.pusher.order.synchronize: the call is refused: the same request was received a moment ago";
    let expected = ["order 10000000001 is taken", again, "order 10000000002 is taken", again];
    assert_eq!(String::from_utf8(run.stdout).unwrap().lines().collect::<Vec<_>>(), expected);
}
