//! The API tool: forms made from specs that check, sign, send and explain requests.
//!
//! [`Builder`] serves the pages of a documentation site on this machine, with a form on the page of
//! each method. The form works without JavaScript. Every answer is a page that is rendered from the
//! spec, and the script of the page only replaces a part of it by the same part of the answer.
//!
//! Requests are sent to a mock gateway inside the process. They are sent to a real gateway only if
//! the server was started with the credentials of its platform, and the person chooses it in the
//! form and confirms that.
//!
//! The secrets stay in the memory of the server. Every page passes a guard that masks them.
//!
//! [`call`] and [`guard`] contain the parts that the command `gatespec call` shares.

mod access;
mod builder;
pub mod call;
mod check;
mod credentials;
mod draft;
mod explain;
mod field;
mod form;
pub mod guard;
mod page;
mod reply;
mod request;
mod result;
mod route;
mod send;
mod server;
mod state;

pub use builder::{Builder, StartError};
pub use credentials::Live;
pub use server::Server;
