//! A secret is replaced while calls continue to arrive.

use std::sync::{Arc, RwLock};

use gatespec_clients::shopex::{Credentials, MatrixUnbind, Receiver, blocking::Client};
use gatespec_runtime::{CredentialProvider, CredentialSet, DateTime};
use gatespec_tests::recorder::Recorder;

use crate::gates;

const OLD: &str = "0123456789abcdef0123456789abcdef";
const NEW: &str = "fedcba9876543210fedcba9876543210";

fn now() -> DateTime {
    DateTime::from_unix_seconds(1_672_502_400).unwrap()
}

fn gate(secret: &str) -> Receiver {
    Receiver::new(Credentials::new("testkey", secret)).unwrap().clock(Arc::new(now()))
}

fn client(provider: impl CredentialProvider + 'static) -> Client {
    Client::builder(Credentials::new("testkey", OLD))
        .credential_provider(Arc::new(provider))
        .clock(Arc::new(now()))
        .transport(Recorder::answering("{}"))
        .build()
        .unwrap()
}

/// Whether the client's call is accepted by a receiver with the old secret, by one with the new
/// secret, and by one with both.
fn accepted(client: &Client) -> [&'static str; 3] {
    let request = MatrixUnbind::new("15000000");
    let prepared = client.call(&request).prepare().unwrap();
    let both = gate(OLD).also_accept(Credentials::new("testkey", NEW)).unwrap();
    [gate(OLD), gate(NEW), both].map(|gate| {
        let call = gate.verify(&gates::sent(&prepared, "https://apigateway.shopex.cn"));
        gates::reason(&call)
    })
}

#[test]
fn a_client_takes_another_secret_and_a_receiver_two() {
    let secret = Arc::new(RwLock::new(OLD));
    let shared = secret.clone();
    let client = client(move || CredentialSet::new().with("secret", *shared.read().unwrap()));
    assert_eq!(accepted(&client), ["taken", "bad_signature", "taken"]);
    *secret.write().unwrap() = NEW;
    assert_eq!(accepted(&client), ["bad_signature", "taken", "taken"]);
    // A credential that the program sets itself takes precedence over the provider's.
    assert_eq!(
        accepted(&client.with_credential("secret", OLD)),
        ["taken", "bad_signature", "taken"]
    );
    let own = client.with_credentials(Credentials::new("testkey", OLD));
    assert_eq!(accepted(&own), ["taken", "bad_signature", "taken"]);
}

#[test]
fn a_call_is_explained_by_the_secret_that_it_is_signed_with() {
    let client = client(|| CredentialSet::new().with("secret", NEW));
    let request = MatrixUnbind::new("15000000");
    let prepared = client.call(&request).prepare().unwrap();
    let both = gate(OLD).also_accept(Credentials::new("testkey", NEW)).unwrap();
    let call = both.verify(&gates::sent(&prepared, "https://apigateway.shopex.cn")).unwrap();
    assert_eq!(call.explain().unwrap().steps, prepared.explain().steps);
}

#[test]
fn a_secret_that_signs_nothing_is_refused_beside_a_good_one_too() {
    assert!(gate(OLD).also_accept(Credentials::new("testkey", "")).is_err());
    let built = Client::builder(Credentials::new("testkey", ""))
        .credential_provider(Arc::new(|| CredentialSet::new().with("secret", NEW)))
        .transport(Recorder::answering("{}"))
        .build();
    assert!(built.is_ok(), "the provider gives the secret");
}
