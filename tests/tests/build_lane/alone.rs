//! The consumer as a crate of its own: the runtime has no feature but `client`.

use gatespec_consumer::gateways::harbor::{Client, Credentials, blocking};
use gatespec_runtime::ErrorKind;

#[test]
fn no_transport_is_a_config_error() {
    let error = Client::new(Credentials::new("c1", "harb0ur")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains("`reqwest`"), "{error}");
    let error = blocking::Client::new(Credentials::new("c1", "harb0ur")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains("`blocking`"), "{error}");
}
