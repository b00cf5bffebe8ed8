//! The consumer as a separate crate, where `client` is the only feature of the runtime.

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
