//! Runs a case: starts the server, makes the call, compares the outcome.

use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use gatespec_runtime::Error;
use rustls::ServerConnection;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use socket2::SockRef;

use crate::ask::{Lane, Site, ask};
use crate::case::{Act, Case, Place, Play};
use crate::expected::{Expected, Told, Waits};
use crate::gateways::{SECRET, TOKEN};
use crate::server::{Connection, Server};
use crate::time::Time;

/// Runs a case and returns the deviations from its expected outcome.
pub(crate) fn play(case: Case, lane: Lane) -> Vec<String> {
    let time = Arc::new(Time::default());
    let server = match case.play {
        Play::Acts(acts) => Server::serving(move |number, mut connection| {
            let Some(acts) = acts.get(number).or(acts.last()) else { return };
            for act in acts {
                if !perform(act, &mut connection) {
                    return;
                }
            }
        }),
        Play::Gateway(make) => Server::start(make(Arc::clone(&time))),
    };
    let url = match case.place {
        Place::Server => server.url() + case.ask.path(),
        Place::ServerSlash => server.url() + case.ask.path() + "/",
        Place::Secure => format!("https://{}{}", server.address(), case.ask.path()),
        Place::At(address) => address.to_owned(),
    };
    let site = Site { url, time, limits: &case.limits, server: &server };
    let outcome = ask(case.ask, lane, &site);
    let mut wrong = compare(&case.expected, &outcome);
    let (waits, heard) = (site.time.waits(), server.seen().len());
    let as_expected = match &case.expected.waits {
        Waits::Any => true,
        Waits::Times(times) => waits.len() == *times,
        Waits::Seconds(seconds) => {
            waits.iter().copied().eq(seconds.iter().copied().map(Duration::from_secs))
        }
    };
    if !as_expected {
        wrong.push(format!("it waited {waits:?}"));
    }
    if case.expected.heard.is_some_and(|expected| expected != heard) {
        wrong.push(format!("{heard} requests arrived"));
    }
    wrong
}

/// Performs an act. Returns whether the connection continues.
fn perform(act: &Act, connection: &mut Connection) -> bool {
    /// The pause between two sends, during which the server notices a disconnect.
    const PACE: Duration = Duration::from_millis(5);
    match act {
        Act::Hear => connection.receive().is_some(),
        Act::Sniff => connection.stream().read(&mut [0; 4096]).is_ok_and(|count| count > 0),
        Act::Say(bytes) => connection.send(bytes),
        Act::Drip(bytes) => {
            while connection.send(bytes) && !connection.is_left_within(PACE) {}
            false
        }
        Act::Flood(bytes) => {
            while connection.send(bytes) {}
            false
        }
        Act::Wait => {
            while !connection.is_left_within(Duration::from_secs(20)) {}
            false
        }
        Act::Reset => {
            SockRef::from(&*connection.stream()).set_linger(Some(Duration::ZERO)).unwrap();
            false
        }
        Act::Handshake => {
            // The client closes the connection when it has seen the certificate.
            let _ = stranger().complete_io(connection.stream());
            false
        }
    }
}

/// A TLS server with an untrusted certificate, made with `openssl req -x509 -newkey ec -pkeyopt
/// ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=127.0.0.1 -addext
/// subjectAltName=IP:127.0.0.1 -addext basicConstraints=critical,CA:FALSE`.
fn stranger() -> ServerConnection {
    let certificate = include_bytes!("../../wire/tls/stranger.crt");
    let key = include_bytes!("../../wire/tls/stranger.key");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from(&certificate[..])],
            PrivatePkcs8KeyDer::from(&key[..]).into(),
        )
        .unwrap();
    ServerConnection::new(Arc::new(config)).unwrap()
}

fn compare(expected: &Expected, outcome: &Result<String, Error>) -> Vec<String> {
    let mut wrong = Vec::new();
    let error = match (&expected.outcome, outcome) {
        (Ok(value), Ok(given)) if value == given => return wrong,
        (Err(told), Err(error)) => {
            let tells = Told::from(error);
            if tells != *told {
                wrong.push(format!("it is {tells:?}, not {told:?}\n{}", whole(error)));
            }
            error
        }
        (expected, Ok(given)) => return vec![format!("it gives {given:?}, not {expected:?}")],
        (expected, Err(error)) => {
            return vec![format!("it fails, where {expected:?} is expected\n{}", whole(error))];
        }
    };
    let text = whole(error);
    for part in expected.says.iter().filter(|part| !error.to_string().contains(**part)) {
        wrong.push(format!("it does not say {part:?}: {error}"));
    }
    for part in [SECRET, TOKEN].iter().chain(&expected.hides).filter(|part| text.contains(**part)) {
        wrong.push(format!("it shows {part:?}: {text}"));
    }
    if let Some(excerpt) = expected.excerpt
        && error.body_excerpt() != Some(excerpt)
    {
        wrong.push(format!("its excerpt is {:?}", error.body_excerpt()));
    }
    wrong
}

/// All texts in an error and its causes.
fn whole(error: &Error) -> String {
    let mut text = format!("{error}\n{error:#?}\n{:?}", error.body_excerpt());
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text.push_str(&format!("\nbecause: {inner} {inner:?}"));
        cause = inner.source();
    }
    text
}
