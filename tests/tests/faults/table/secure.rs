//! Failures of TLS.

use gatespec_runtime::Class::Retry;
use gatespec_runtime::ErrorKind::{AttemptTimeout, ConnectTimeout, Deadline, NotHttp, Tls};

use super::say;
use crate::case::{Act, Case, Place, SHORT, case};
use crate::expected::fails;

/// A fatal alert: the handshake failed.
const ALERT: &[u8] = &[21, 3, 3, 0, 2, 2, 40];

pub(super) fn cases() -> Vec<Case> {
    let secure = |name| case(name).place(Place::Secure);
    let broken = || fails(Tls, Retry).says("no trusted connection to the gateway");
    vec![
        secure("a certificate that nobody knows").acts([Act::Handshake]).ends(broken()),
        secure("plain text where TLS was expected")
            .acts([Act::Sniff, say("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")])
            .ends(broken()),
        secure("a TLS greeting that is not answered").acts([Act::Sniff]).ends(broken()),
        secure("a TLS greeting that is answered by a reset")
            .acts([Act::Sniff, Act::Reset])
            .ends(broken()),
        secure("a TLS greeting that is answered by an alert")
            .acts([Act::Sniff, Act::Say(ALERT.to_vec())])
            .ends(broken()),
        secure("a TLS greeting that is answered by nonsense")
            .acts([Act::Sniff, Act::Say(vec![0xa5; 600])])
            .ends(broken()),
        secure("a TLS record that breaks off")
            .acts([Act::Sniff, Act::Say(vec![22, 3, 3, 1, 0, 2, 0])])
            .ends(broken()),
        secure("a handshake longer than connecting may take")
            .acts([Act::Sniff, Act::Wait])
            .limits(|limits| limits.connect = SHORT)
            .ends(fails(ConnectTimeout, Retry).says("no connection to the gateway in time")),
        secure("a handshake longer than an attempt may take")
            .acts([Act::Sniff, Act::Wait])
            .limits(|limits| limits.attempt = SHORT)
            .ends(fails(AttemptTimeout, Retry)),
        secure("a handshake longer than a call may take")
            .acts([Act::Sniff, Act::Wait])
            .limits(|limits| limits.call = Some(SHORT))
            .ends(fails(Deadline, Retry)),
        case("a TLS alert where plain HTTP was expected")
            .acts([Act::Hear, Act::Say(ALERT.to_vec())])
            .ends(fails(NotHttp, Retry).says("not HTTP")),
    ]
}
