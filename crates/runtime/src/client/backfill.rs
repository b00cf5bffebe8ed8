//! Back-fills: requests whose range is longer than a rule allows, sent window by window.
//!
//! [`split`](gatespec_protocol::split) and [`plan`] make the decisions, without I/O and without
//! generic parameters.

mod plan;
mod run;
mod step;
mod threads;

use std::fmt;
use std::sync::Arc;

use gatespec_protocol::operation::{Operation, Platform};
use gatespec_protocol::rules::TimeSpan;
use gatespec_protocol::split::{Cursor, RangeEnd, Ranged};

use super::base::Client;
use super::call::Call;
use super::error::Error;
use super::mode::Async;

pub use run::BackFillRun;
pub use step::{FailedWindow, Step};

use plan::Plan;
use run::Calls;

/// A back-fill that has not started.
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
pub struct BackFill<O, M = Async> {
    calls: Calls<O, M>,
    request: O,
    plan: Plan,
}

impl<M> Client<M> {
    /// Prepares a back-fill. If the request's range is longer than its rule allows, the back-fill
    /// splits it into windows of permitted length and sends a call for each.
    pub fn back_fill<O: Operation + Ranged + 'static>(&self, request: &O) -> BackFill<O, M> {
        let plan = Plan::new(O::Platform::ID, O::METHOD.name, O::RANGE);
        let calls = Calls { client: Client::new(self.core.clone()), change: None };
        BackFill { calls, request: request.clone(), plan }
    }
}

impl<O: Operation + Ranged + 'static, M> BackFill<O, M> {
    /// Changes the call of each window, for example `|call| call.without_rule("span")`.
    pub fn calls(
        mut self,
        change: impl for<'c> Fn(Call<'c, O, M>) -> Call<'c, O, M> + Send + Sync + 'static,
    ) -> Self {
        self.calls.change = Some(Arc::new(change));
        self
    }

    /// Starts the back-fill. Nothing is sent before `next` is called (and awaited, if async).
    ///
    /// # Errors
    /// `Validation` if the range is absent or reversed; `Config` if windows of this length would
    /// not advance, or the cursor belongs to another back-fill.
    pub fn start(self) -> Result<BackFillRun<O, M>, Error> {
        let schedule = self.plan.start(self.request.range(), (O::METHOD.gateway, &self.request))?;
        Ok(BackFillRun::new(self.calls, self.request, schedule))
    }
}

impl<O, M> BackFill<O, M> {
    /// Sets how many windows are in flight at once; 1 by default, and 0 counts as 1. Async windows
    /// make progress only while [`BackFillRun::next`] is awaited. Blocking windows run on a thread
    /// each if more than one can be in flight.
    pub fn concurrency(mut self, windows: usize) -> Self {
        self.plan.concurrency = windows.max(1);
        self
    }

    /// Resumes from a cursor: sends the windows that are not done, including those that failed. The
    /// request must have the cursor's range.
    pub fn resume(mut self, cursor: impl Into<Option<Cursor>>) -> Self {
        self.plan.cursor = cursor.into();
        self
    }

    /// Sets whether the platform counts the last instant of a range as part of the range. Use this
    /// if the spec is wrong.
    pub fn end(mut self, end: RangeEnd) -> Self {
        self.plan.rule.end = end;
        self
    }

    /// Sets the length of the windows; by default the longest that the rule allows. Longer windows
    /// fail validation unless the rule is skipped.
    pub fn at_most(mut self, span: TimeSpan) -> Self {
        self.plan.rule.at_most = span;
        self
    }
}

impl<O, M> fmt::Debug for BackFill<O, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BackFill").field("plan", &self.plan).finish_non_exhaustive()
    }
}
