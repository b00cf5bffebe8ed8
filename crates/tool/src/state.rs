//! What the server knows.

use crate::call::Target;
use crate::credentials::{Live, Receiver};
use crate::guard::PageGuard;
use bumpalo::Bump;
use gatespec_language::model::{Gateway, Method, Model, Platform};
use gatespec_mock::{Entry, Mock};
use gatespec_runtime::CredentialSet;
use gatespec_site::{Page, Site, path};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// What the server knows. It does not change while the server runs.
pub(crate) struct State {
    pub(crate) port: u16,
    pub(crate) model: &'static Model,
    pub(crate) site: Site<'static>,
    /// The pages by their paths, without the first `/`.
    pages: HashMap<String, Page>,
    /// The indices of the platform and of the method of each page that has a form.
    forms: HashMap<String, (usize, usize)>,
    /// The target of each method, by platform, in the model's order.
    targets: Vec<Vec<Target>>,
    mock: Mock,
    /// Held while a call is sent to the mock, so that the last entry of its journal is that call's.
    sending: Mutex<()>,
    live: Option<Live>,
    guard: PageGuard,
}

/// A method whose page was asked for.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) platform: &'static Platform,
    pub(crate) gateway: &'static Gateway,
    pub(crate) method: &'static Method,
    /// The indices of the platform and of the method in the model.
    pub(crate) at: (usize, usize),
    pub(crate) target: Target,
}

impl State {
    /// `pages` are the pages and files that are the same for everyone.
    pub(crate) fn new(
        (port, model): (u16, &'static Model),
        site: Site<'static>,
        pages: Vec<Page>,
        mock: Mock,
        live: Option<Live>,
    ) -> Self {
        // Clients need facts that are `'static`.
        let arena: &'static Bump = Box::leak(Box::default());
        let target = |platform: &'static Platform| {
            let methods = platform.methods.iter();
            methods.map(|method| Target::new(platform, method, arena)).collect()
        };
        let forms = model.platforms.iter().enumerate().flat_map(|(at, platform)| {
            let methods = platform.methods.iter().enumerate();
            methods.map(move |(index, method)| (path::method(platform, method), (at, index)))
        });
        let callers =
            live.iter().flat_map(|live| model.platforms.iter().flat_map(|one| live.of(one)));
        Self {
            port,
            model,
            site,
            pages: pages.into_iter().map(|page| (page.path.clone(), page)).collect(),
            forms: forms.collect(),
            targets: model.platforms.iter().map(target).collect(),
            mock,
            sending: Mutex::default(),
            guard: PageGuard::new(callers),
            live,
        }
    }

    /// The page at a path.
    pub(crate) fn page(&self, path: &str) -> Option<&Page> {
        self.pages.get(path)
    }

    /// The method whose page is at a path.
    pub(crate) fn asked(&self, path: &str) -> Option<Asked> {
        let (at, index) = *self.forms.get(path)?;
        let platform = &self.model.platforms[at];
        let method = &platform.methods[index];
        let (gateway, target) = (platform.gateway_of(method), self.targets[at][index]);
        Some(Asked { platform, gateway, method, at: (at, index), target })
    }

    /// The receivers of a platform's requests, beginning with the default.
    pub(crate) fn receivers(
        &self,
        platform: &Platform,
        gateway: &'static Gateway,
    ) -> Vec<Receiver<'static>> {
        let is_live = self.live_platform() == Some(platform.id.as_str());
        let real = gateway.environments.iter().filter(|one| is_live && one.url.is_some());
        std::iter::once(Receiver::Mock).chain(real.map(Receiver::Real)).collect()
    }

    /// The credentials for a receiver.
    pub(crate) fn credentials(
        &self,
        (platform, gateway): (&Platform, &Gateway),
        to: Receiver<'_>,
    ) -> CredentialSet {
        match to {
            Receiver::Mock => self.mock.credentials(&platform.id).unwrap_or_default(),
            Receiver::Real(_) => self.own((platform, gateway)),
        }
    }

    /// The caller's own credentials for a gateway.
    pub(crate) fn own(&self, (platform, gateway): (&Platform, &Gateway)) -> CredentialSet {
        let mut all = self.live.iter().flat_map(|live| live.of(platform));
        let found = all.find(|(known, _)| known.name == gateway.name);
        found.map(|(_, credentials)| credentials.clone()).unwrap_or_default()
    }

    /// The platform of whose real gateways the server has credentials.
    pub(crate) fn live_platform(&self) -> Option<&str> {
        self.live.as_ref().map(|live| live.platform.as_str())
    }

    /// The base URL of a receiver.
    pub(crate) fn url(
        &self,
        (platform, gateway): (&Platform, &Gateway),
        to: Receiver<'_>,
    ) -> String {
        match to {
            Receiver::Mock => self.mock.gateway_url(&platform.id, gateway.name).unwrap_or_default(),
            Receiver::Real(environment) => environment.url.unwrap_or_default().to_owned(),
        }
    }

    /// Sends something to the mock. Also returns the entry of the call in the mock's journal, if
    /// the mock received a call.
    pub(crate) fn with_mock<T>(&self, send: impl FnOnce() -> T) -> (T, Option<Entry>) {
        let _held = self.sending.lock().unwrap_or_else(PoisonError::into_inner);
        self.mock.clear();
        let sent = send();
        (sent, self.mock.received().pop())
    }

    /// Masks the secrets in a page.
    pub(crate) fn masked(&self, html: &str) -> String {
        self.guard.mask(html)
    }
}
