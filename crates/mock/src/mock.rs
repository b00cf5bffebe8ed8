//! A running mock.

use std::fmt;
use std::sync::Arc;
use std::thread::JoinHandle;

use gatespec_protocol::{CredentialSet, Json};
use tokio::sync::watch;

use crate::entrance;
use crate::fault::Step;
use crate::journal::{Counts, Entry};
use crate::state::State;

/// A mock gateway that runs on this machine until it is shut down or dropped.
pub struct Mock {
    state: Arc<State>,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl Mock {
    pub(crate) fn new(
        state: Arc<State>,
        stop: watch::Sender<bool>,
        thread: JoinHandle<()>,
    ) -> Mock {
        Mock { state, stop, thread: Some(thread) }
    }

    /// The port that the mock listens on.
    pub fn port(&self) -> u16 {
        self.state.port
    }

    /// The compile errors of the specs on disk. If there are any, the mock serves an older version
    /// of the specs or only a part of them.
    pub fn problem(&self) -> Option<String> {
        self.state.problem()
    }

    /// The URL of the status page.
    pub fn page(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.state.port, self.state.page())
    }

    /// The base URL to use in place of the base URL of the platform's main gateway; `None` if the
    /// platform is unknown.
    pub fn url(&self, platform: &str) -> Option<String> {
        self.find_url(platform, 0)
    }

    /// The base URL of a gateway of the platform; `None` if either is unknown.
    pub fn gateway_url(&self, platform: &str, gateway: &str) -> Option<String> {
        let site = self.state.site();
        let mut gateways = site.model.platforms[site.platform(platform)?].gateways.iter();
        self.find_url(platform, gateways.position(|one| one.name == gateway)?)
    }

    fn find_url(&self, platform: &str, gateway: usize) -> Option<String> {
        let site = self.state.site();
        let of_platform = site.addresses().into_iter().filter(|(one, _, _)| one.id == platform);
        let path = of_platform.map(|(_, _, path)| path).nth(gateway)?;
        Some(format!("http://127.0.0.1:{}{path}", self.state.port))
    }

    /// All gateways, each as the platform's id, the gateway's name and the base URL to use.
    pub fn urls(&self) -> Vec<(String, String, String)> {
        let site = self.state.site();
        let port = self.state.port;
        let addresses = site.addresses().into_iter();
        addresses
            .map(|(platform, gateway, path)| {
                let url = format!("http://127.0.0.1:{port}{path}");
                (platform.id.clone(), gateway.name.to_owned(), url)
            })
            .collect()
    }

    /// The URLs to which calls of a gateway are sent, for programs that send requests without a
    /// client (a client appends the signed path by itself). Each item is a verb and a URL, with
    /// placeholders if the path depends on the call. Returns an empty list if calls go to the base
    /// URL.
    pub fn call_urls(&self, platform: &str, gateway: &str) -> Vec<String> {
        let site = self.state.site();
        let mut all = site.addresses().into_iter();
        let found = all.find(|(one, part, _)| one.id == platform && part.name == gateway);
        found.map_or_else(Vec::new, |(platform, gateway, path)| {
            let url = format!("http://127.0.0.1:{}{path}", self.state.port);
            entrance::of(platform, gateway, &url)
        })
    }

    /// The credentials that the mock accepts; `None` if the platform is unknown.
    pub fn credentials(&self, platform: &str) -> Option<CredentialSet> {
        let site = self.state.site();
        site.credentials.get(site.platform(platform)?).cloned()
    }

    /// Appends steps to the script of a method. Each correct call takes one step from the script;
    /// incorrect calls take none.
    ///
    /// # Errors
    /// The platform or the method is unknown.
    pub fn script<S: Into<Step>>(
        &self,
        platform: &str,
        method: &str,
        steps: impl IntoIterator<Item = S>,
    ) -> Result<(), UnknownMethod> {
        let key = self.key(platform, method)?;
        self.state.scripts().entry(key).or_default().extend(steps.into_iter().map(Into::into));
        Ok(())
    }

    /// Sets data for all further answers of a method that do not follow a script. If `data` is an
    /// object, its members are added to the data of the answer, or replace members of the same
    /// name. Any other value replaces all data.
    ///
    /// # Errors
    /// The platform or the method is unknown.
    pub fn answer(
        &self,
        platform: &str,
        method: &str,
        data: impl Into<Json>,
    ) -> Result<(), UnknownMethod> {
        let key = self.key(platform, method)?;
        self.state.answers().insert(key, data.into());
        Ok(())
    }

    fn key(&self, platform: &str, method: &str) -> Result<(String, String), UnknownMethod> {
        let site = self.state.site();
        let methods = site.methods(platform).map_err(UnknownMethod)?;
        if !methods.iter().any(|known| known.name == method) {
            let known: Vec<_> = methods.iter().map(|known| known.name).collect();
            let known = known.join(", ");
            let text = format!("platform `{platform}` has no method `{method}`; it has {known}");
            return Err(UnknownMethod(text));
        }
        Ok((platform.to_owned(), method.to_owned()))
    }

    /// Clears all scripts.
    pub fn clear_scripts(&self) {
        self.state.scripts().clear();
    }

    /// The most recent calls, oldest first.
    pub fn received(&self) -> Vec<Entry> {
        self.state.journal().entries().cloned().collect()
    }

    /// The counters of calls.
    pub fn counts(&self) -> Counts {
        self.state.journal().counts()
    }

    /// Clears the journal and its counters, and the memory that detects duplicates.
    pub fn clear(&self) {
        self.state.forget();
    }

    /// Reloads the specs now. Without this, the mock reloads them once a second. Returns whether
    /// they have changed.
    ///
    /// # Errors
    /// Returns the compiler's report if the specs do not compile. The previous specs are still
    /// served.
    pub fn reload(&self) -> Result<bool, String> {
        self.state.reload()
    }

    /// Stops accepting calls, and waits up to five seconds for those in progress. Delayed answers
    /// are sent at once.
    pub fn shutdown(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.stop.send_replace(true);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }

    /// Waits until the mock ends, which happens only
    /// [when it is interrupted](crate::Builder::until_interrupted).
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        self.end();
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock").field("port", &self.state.port).finish_non_exhaustive()
    }
}

/// The error for a script or an answer whose platform or method is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownMethod(String);

impl fmt::Display for UnknownMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UnknownMethod {}
