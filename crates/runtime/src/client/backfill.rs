//! Back-fills: a range that is longer than a rule allows, sent window by window.
//!
//! What decides is in [`split`](crate::split) and in [`plan`], free of I/O and not generic.

mod blocking;
mod plan;
mod run;
mod step;

use std::fmt;
use std::sync::Arc;

use super::Client;
use super::call::Call;
use super::error::Error;
use crate::operation::{Operation, Platform};
use crate::rules::Span;
use crate::split::{Cursor, RangeEnd, Ranged};

pub use blocking::{BlockingBackFill, BlockingBackFillRun};
pub use run::BackFillRun;
pub use step::{FailedWindow, Step};

use plan::Plan;

/// Changes the call of each window.
type Change<O> = Arc<dyn for<'c> Fn(Call<'c, O>) -> Call<'c, O> + Send + Sync>;

/// A back-fill before it begins.
///
/// ```
/// # use gatespec_runtime::client::Client;
/// # use gatespec_runtime::{Error, Operation, Ranged};
/// # async fn example<O: Operation + Ranged + 'static>(client: Client, request: O)
/// # -> Result<(), Box<dyn std::error::Error>> {
/// # let saved = None;
/// # fn save(_: String) {}
/// let mut run = client.back_fill(&request).concurrency(4).resume(saved).start()?;
/// while let Some(step) = run.next().await {
///     let step = step?;
///     println!("{} of {}: {} has arrived", step.done, step.total, step.window);
///     save(run.cursor().to_string());
/// }
/// # Ok(()) }
/// ```
#[must_use = "a back-fill sends nothing until it is started"]
pub struct BackFill<O> {
    client: Client,
    request: O,
    plan: Plan,
    change: Option<Change<O>>,
}

impl<O: Operation + Ranged + 'static> BackFill<O> {
    pub(super) fn new(client: &Client, request: &O) -> BackFill<O> {
        let plan = Plan::new(O::Platform::ID, O::METHOD.name, O::RANGE);
        BackFill { client: client.clone(), request: request.clone(), plan, change: None }
    }

    /// How many windows are under way at once, at least and if not set: one. Those under way move
    /// on only while [`BackFillRun::next`] is awaited.
    pub fn concurrency(mut self, windows: usize) -> Self {
        self.plan.concurrency = windows.max(1);
        self
    }

    /// Changes the call of each window, as `|call| call.without_rule("span")`.
    pub fn calls(
        mut self,
        change: impl for<'c> Fn(Call<'c, O>) -> Call<'c, O> + Send + Sync + 'static,
    ) -> Self {
        self.change = Some(Arc::new(change));
        self
    }

    /// Begins. Nothing is sent before [`BackFillRun::next`] is awaited.
    ///
    /// # Errors
    /// `Validation` if the range is absent or reversed, `Config` if windows of this length do not
    /// come forward or the cursor is of another back-fill.
    pub fn start(self) -> Result<BackFillRun<O>, Error> {
        let schedule = self.plan.start(self.request.range())?;
        Ok(BackFillRun::new(self.client, self.request, self.change, schedule))
    }
}

/// What both back-fills can set.
macro_rules! settings {
    ($back_fill:ident) => {
        impl<O> $back_fill<O> {
            /// Goes on where a cursor ends: with the windows that are not done, those that failed
            /// among them. The range of the request must be the cursor's.
            pub fn resume(mut self, cursor: impl Into<Option<Cursor>>) -> Self {
                self.plan.cursor = cursor.into();
                self
            }

            /// Whether the platform counts the last instant of a range to it, where the spec is
            /// wrong about that.
            pub fn end(mut self, end: RangeEnd) -> Self {
                self.plan.rule.end = end;
                self
            }

            /// Other windows than the longest that the rule allows. Longer ones are refused when
            /// they are sent, unless the rule is left out.
            pub fn at_most(mut self, span: Span) -> Self {
                self.plan.rule.at_most = span;
                self
            }
        }

        impl<O> fmt::Debug for $back_fill<O> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($back_fill))
                    .field("plan", &self.plan)
                    .finish_non_exhaustive()
            }
        }
    };
}

settings!(BackFill);
settings!(BlockingBackFill);
