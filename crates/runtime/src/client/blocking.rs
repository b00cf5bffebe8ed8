//! The blocking client.

use super::base;
use super::call::{self, Untyped};
use super::mode::Blocking;
use super::{backfill, builder};

pub use super::token::BlockingTokenProvider as TokenProvider;

/// A blocking client of one platform. Cheap to clone: clones share transport and settings.
pub type Client = base::Client<Blocking>;

/// Builds a blocking client. `C` is the platform's client type.
pub type ClientBuilder<C> = builder::Builder<C, Blocking>;

/// One blocking call.
pub type Call<'c, O> = call::Call<'c, O, Blocking>;

/// One blocking call of an untyped method.
pub type UntypedCall<'c> = Call<'c, Untyped>;

/// A blocking back-fill that has not started.
///
/// ```
/// # use gatespec_runtime::client::blocking::Client;
/// # use gatespec_runtime::{Operation, Ranged};
/// # fn example<O: Operation + Ranged + 'static>(client: Client, request: O)
/// # -> Result<(), Box<dyn std::error::Error>> {
/// # let saved = None;
/// # fn save(_: String) {}
/// let mut run = client.back_fill(&request).resume(saved).start()?;
/// while let Some(step) = run.next() {
///     let step = step?;
///     println!("{} of {}: {} has arrived", step.done, step.total, step.window);
///     save(run.cursor().to_string());
/// }
/// # Ok(()) }
/// ```
pub type BackFill<O> = backfill::BackFill<O, Blocking>;

/// A blocking back-fill in progress.
pub type BackFillRun<O> = backfill::BackFillRun<O, Blocking>;
