//! A gateway's answer: reading it returns data, or a failure that shows no secret.

use crate::world::{SECRET, credentials, method};
use bumpalo::Bump;
use gatespec_language::dynamic::{Answered, Expected, Schemas, Side};
use gatespec_protocol::BySpec;
use gatespec_protocol::envelope::{Question, read};

const STATUS: [u16; 8] = [200, 200, 200, 204, 302, 400, 401, 503];

/// The input is a byte that selects the method, a byte that selects the HTTP status, and the body.
/// `@SECRET@` becomes the credential.
pub(crate) fn run(data: &[u8]) {
    let [chosen, status, body @ ..] = data else { return };
    let (platform, method) = method(*chosen);
    let body = replaced(body);
    let (arena, credentials) = (Bump::new(), credentials(platform));
    let info = Schemas::new(platform, Side::Request, &arena).method(method);
    let question = Question {
        method: &info,
        name: method.name,
        credentials: &credentials,
        decryptor: &BySpec,
        sent: None,
    };
    let expected = Expected::of(platform, &method.returns, &arena);
    let mut answered = Answered::default();
    let status = STATUS[usize::from(*status) % STATUS.len()];
    let outcome = read(&question, status, &body, &mut |value| answered.read(&expected, value));
    match outcome {
        Ok(reply) => {
            assert!(!format!("{reply:?}").contains(SECRET), "{reply:?}");
            let _ = answered.json();
        }
        Err(failure) => assert!(!format!("{failure:?}").contains(SECRET), "{failure:?}"),
    }
}

/// Inserts the credential, like a gateway that repeats what it received.
fn replaced(body: &[u8]) -> Vec<u8> {
    match str::from_utf8(body) {
        Ok(text) => text.replace("@SECRET@", SECRET).into_bytes(),
        Err(_) => body.to_vec(),
    }
}
