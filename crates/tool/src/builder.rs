//! Starting a server.

use crate::credentials::Live;
use crate::page;
use crate::server::Server;
use crate::state::State;
use gatespec_language::model::{Model, Platform};
use gatespec_mock::Mock;
use gatespec_runtime::Spec;
use gatespec_site::Site;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};

/// Builds a server.
#[derive(Debug)]
pub struct Builder {
    model: Model,
    port: u16,
    live: Option<Live>,
}

impl Builder {
    /// Builds a server of these platforms.
    pub fn new(model: Model) -> Self {
        Self { model, port: 0, live: None }
    }

    /// Sets the port; by default a free one. The server listens only on the loopback address.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Allows requests to the real gateways of a platform.
    #[must_use]
    pub fn live(mut self, live: Live) -> Self {
        self.live = Some(live);
        self
    }

    /// Starts the server, which runs on threads of its own.
    ///
    /// # Errors
    ///
    /// When the port cannot be used, or the mock gateway cannot be started.
    pub fn start(self) -> Result<Server, StartError> {
        let wrong = |error: &dyn fmt::Display| StartError(error.to_string());
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let listener = TcpListener::bind(address)
            .map_err(|error| StartError(format!("cannot listen on port {}: {error}", self.port)))?;
        listener.set_nonblocking(true).map_err(|error| wrong(&error))?;
        let port = listener.local_addr().map_err(|error| wrong(&error))?.port();
        // Clients need facts that are `'static`, and the server uses them until the process ends.
        let model: &'static Model = Box::leak(Box::new(self.model));
        let mock = Mock::of_all(model.platforms.iter().map(spec)).partly().start();
        let mock = mock.map_err(|error| wrong(&error))?;
        let site = Site::new(model);
        let pages = page::all(&site);
        let state = State::new((port, model), site, pages, mock, self.live);
        Server::start(listener, state).map_err(|error| wrong(&error))
    }
}

/// The texts that a platform was read from.
fn spec(platform: &'static Platform) -> Spec<'static> {
    let files = platform.files.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    Spec { platform: &platform.id, files: Vec::leak(files.collect()) }
}

/// Why a server could not be started.
#[derive(Debug)]
pub struct StartError(String);

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StartError {}
