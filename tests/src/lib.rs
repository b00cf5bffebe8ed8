//! Shared code of the tests, and the generated code that the build script wrote.
//!
//! The `README.md` of this package describes how cases are named, added and accepted.

pub mod corpus;
pub mod disk;
pub mod edits;
pub mod harness;
pub mod markdown;
pub mod models;
pub mod recorder;
pub mod recovery;
pub mod requests;
pub mod rust;
pub mod server;
pub mod shipped;
pub mod time;
pub mod traces;

/// The output of every case in `corpus/accept`, compiled with the workspace's lints.
pub mod accept {
    include!(concat!(env!("OUT_DIR"), "/accept.rs"));
}

/// The output of the invented platforms in `platforms`.
pub mod platforms {
    include!(concat!(env!("OUT_DIR"), "/platforms.rs"));
}
