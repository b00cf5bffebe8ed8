//! A mock that runs.

use std::fmt;
use std::sync::Arc;
use std::thread::JoinHandle;

use gatespec_protocol::CredentialSet;
use tokio::sync::watch;

use crate::entrance;
use crate::fault::Step;
use crate::journal::{Counts, Entry};
use crate::state::State;

/// A gateway that runs on this machine until it is shut down or dropped.
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

    /// The port.
    pub fn port(&self) -> u16 {
        self.state.port
    }

    /// What is wrong with specs on the disk that are not served as they are there.
    pub fn problem(&self) -> Option<String> {
        self.state.problem()
    }

    /// The address of the page: what is served, and the last calls.
    pub fn page(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.state.port, self.state.page())
    }

    /// The address that takes the place of a platform's own; `None` if there is no such platform.
    pub fn url(&self, platform: &str) -> Option<String> {
        self.find_url(platform, 0)
    }

    /// The same for a further gateway of the platform.
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

    /// The address of every gateway: platform, gateway, address.
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

    /// Where the calls of a gateway go, for whoever calls it without a client, which adds the signed path
    /// to the address by itself: verb and address, or its template where the path depends on the call.
    /// Empty if calls go to the gateway's own address.
    pub fn call_urls(&self, platform: &str, gateway: &str) -> Vec<String> {
        let site = self.state.site();
        let mut all = site.addresses().into_iter();
        let found = all.find(|(one, part, _)| one.id == platform && part.name == gateway);
        found.map_or_else(Vec::new, |(platform, gateway, path)| {
            let url = format!("http://127.0.0.1:{}{path}", self.state.port);
            entrance::of(platform, gateway, &url)
        })
    }

    /// The credentials that the mock accepts; `None` if there is no such platform.
    pub fn credentials(&self, platform: &str) -> Option<CredentialSet> {
        let site = self.state.site();
        site.credentials.get(site.platform(platform)?).cloned()
    }

    /// What becomes of the next calls of a method, one step a call, after those that are already
    /// in its script. Only calls that are right take a step.
    ///
    /// # Errors
    /// When there is no such method: its script would wait for ever.
    pub fn script<S: Into<Step>>(
        &self,
        platform: &str,
        method: &str,
        steps: impl IntoIterator<Item = S>,
    ) -> Result<(), UnknownMethod> {
        let site = self.state.site();
        let methods = site.methods(platform).map_err(UnknownMethod)?;
        if !methods.iter().any(|known| known.name == method) {
            let known: Vec<_> = methods.iter().map(|known| known.name).collect();
            let known = known.join(", ");
            let text = format!("platform `{platform}` has no method `{method}`; it has {known}");
            return Err(UnknownMethod(text));
        }
        let key = (platform.to_owned(), method.to_owned());
        self.state.scripts().entry(key).or_default().extend(steps.into_iter().map(Into::into));
        Ok(())
    }

    /// Forgets all scripts.
    pub fn clear_scripts(&self) {
        self.state.scripts().clear();
    }

    /// The last calls, the oldest first.
    pub fn received(&self) -> Vec<Entry> {
        self.state.journal().entries().cloned().collect()
    }

    /// How many calls there were.
    pub fn counts(&self) -> Counts {
        self.state.journal().counts()
    }

    /// Forgets all calls, also those that would be refused if they came again.
    pub fn clear(&self) {
        self.state.forget();
    }

    /// Looks at the specs now instead of within a second, and says whether they have changed.
    ///
    /// # Errors
    /// When they do not compile: the compiler's own text. Served is then what was served before.
    pub fn reload(&self) -> Result<bool, String> {
        self.state.reload()
    }

    /// Stops taking calls, and waits until those that are under way have ended, five seconds at most.
    /// Answers that a fault delays go out at once.
    pub fn shutdown(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.stop.send_replace(true);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }

    /// Waits until the mock ends, which it does only
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

/// A script is for a platform or a method that the specs do not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownMethod(String);

impl fmt::Display for UnknownMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UnknownMethod {}
