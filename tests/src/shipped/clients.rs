//! Clients with the credentials and the clock of the published vectors.

use std::sync::Arc;

use gatespec_clients::{gome, mogujie, shopex};

use crate::recorder::{Recorder, clock};

/// The secret of the ShopEx vectors.
pub const SHOPEX_SECRET: &str = "0123456789abcdef0123456789abcdef";

/// The credentials of the ShopEx vectors.
pub fn shopex_credentials() -> shopex::Credentials {
    shopex::Credentials::new("testkey", SHOPEX_SECRET)
}

/// The credentials of the Mogujie vectors.
pub fn mogujie_credentials() -> mogujie::Credentials {
    mogujie::Credentials::new("10011", "TESTAPPSECRET", "TESTACCESSTOKEN")
}

/// The credentials of the Gome vectors.
pub fn gome_credentials() -> gome::Credentials {
    gome::Credentials::new("testsecret", "testtoken").app_key("testapp")
}

macro_rules! clients {
    ($name:ident, $platform:ident, $credentials:ident, $clock:literal) => {
        /// The async and the blocking client, which share one recorder.
        pub fn $name(recorder: &Arc<Recorder>) -> ($platform::Client, $platform::blocking::Client) {
            let (one, other) = (Arc::clone(recorder), Arc::clone(recorder));
            let client = $platform::Client::builder($credentials()).transport(one);
            let blocking = $platform::blocking::Client::builder($credentials()).transport(other);
            (
                client.clock(clock($clock)).build().unwrap(),
                blocking.clock(clock($clock)).build().unwrap(),
            )
        }
    };
}

clients!(shopex_clients, shopex, shopex_credentials, 1_672_502_400);
clients!(mogujie_clients, mogujie, mogujie_credentials, 1_367_819_523);
clients!(gome_clients, gome, gome_credentials, 1_672_502_400);
