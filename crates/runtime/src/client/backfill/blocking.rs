//! A blocking back-fill: one window at a time.

use std::fmt;
use std::iter::FusedIterator;
use std::sync::Arc;

use super::plan::{Plan, Schedule};
use super::step::{FailedWindow, Step, step};
use crate::client::blocking::{Call, Client};
use crate::client::error::Error;
use crate::operation::{Operation, Platform};
use crate::split::{Cursor, Ranged};

/// Changes the call of each window.
type Change<O> = Arc<dyn for<'c> Fn(Call<'c, O>) -> Call<'c, O> + Send + Sync>;

/// A blocking back-fill before it begins.
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
#[must_use = "a back-fill sends nothing until it is started"]
pub struct BlockingBackFill<O> {
    client: Client,
    request: O,
    pub(super) plan: Plan,
    change: Option<Change<O>>,
}

impl<O: Operation + Ranged + 'static> BlockingBackFill<O> {
    pub(in crate::client) fn new(client: &Client, request: &O) -> BlockingBackFill<O> {
        let plan = Plan::new(O::Platform::ID, O::METHOD.name, O::RANGE);
        BlockingBackFill { client: client.clone(), request: request.clone(), plan, change: None }
    }

    /// Changes the call of each window, as `|call| call.without_rule("span")`.
    pub fn calls(
        mut self,
        change: impl for<'c> Fn(Call<'c, O>) -> Call<'c, O> + Send + Sync + 'static,
    ) -> Self {
        self.change = Some(Arc::new(change));
        self
    }

    /// Begins. Nothing is sent before the first `next`.
    ///
    /// # Errors
    /// `Validation` if the range is absent or reversed, `Config` if windows of this length do not
    /// come forward or the cursor is of another back-fill.
    pub fn start(self) -> Result<BlockingBackFillRun<O>, Error> {
        let schedule = self.plan.start(self.request.range())?;
        let BlockingBackFill { client, request, change, .. } = self;
        Ok(BlockingBackFillRun { client, request, change, schedule })
    }
}

/// A blocking back-fill under way: each `next` sends a window. After one has failed it ends.
pub struct BlockingBackFillRun<O> {
    client: Client,
    request: O,
    change: Option<Change<O>>,
    schedule: Schedule,
}

impl<O: Operation + Ranged + 'static> Iterator for BlockingBackFillRun<O> {
    type Item = Result<Step<O::Response>, FailedWindow>;

    fn next(&mut self) -> Option<Self::Item> {
        let window = self.schedule.begin()?;
        let request = self.request.part(&window);
        let call = self.client.call(&request);
        let call = match &self.change {
            Some(change) => change(call),
            None => call,
        };
        Some(step(&mut self.schedule, window, call.send()))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.schedule.left()
    }
}

impl<O: Operation + Ranged + 'static> FusedIterator for BlockingBackFillRun<O> {}

impl<O> BlockingBackFillRun<O> {
    /// Which windows are done, now. Keep its text after each step, and a later run goes on from
    /// there.
    pub fn cursor(&self) -> &Cursor {
        self.schedule.cursor()
    }
}

impl<O> fmt::Debug for BlockingBackFillRun<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BackFillRun").field("schedule", &self.schedule).finish_non_exhaustive()
    }
}
