//! A running server.

use crate::reply::Reply;
use crate::route;
use crate::state::State;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{Response, StatusCode};
use std::fmt;
use std::sync::Arc;
use std::thread::JoinHandle;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, oneshot};

/// The number of forms that are processed at the same time.
const AT_ONCE: usize = 8;

/// A server of the API tool, which runs on threads of its own until it is dropped.
pub struct Server {
    port: u16,
    /// Stops the server when it is dropped.
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(crate) fn start(
        listener: std::net::TcpListener,
        state: State,
    ) -> Result<Self, std::io::Error> {
        let port = state.port;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .worker_threads(2)
            .thread_name("gatespec-tool")
            .build()?;
        let listener = {
            let _inside = runtime.enter();
            TcpListener::from_std(listener)?
        };
        let (stop, stopped) = oneshot::channel();
        let thread =
            std::thread::Builder::new().name("gatespec-tool".to_owned()).spawn(move || {
                runtime.block_on(serve(listener, state, stopped));
                runtime.shutdown_background();
            })?;
        Ok(Self { port, stop: Some(stop), thread: Some(thread) })
    }

    /// The port that the server listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The URL of the first page.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Waits until the process ends.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("port", &self.port).finish_non_exhaustive()
    }
}

async fn serve(listener: TcpListener, state: State, stopped: oneshot::Receiver<()>) {
    let shared = Arc::new(Shared { state, turns: Semaphore::new(AT_ONCE) });
    let app = Router::new().fallback(move |request| handle(Arc::clone(&shared), request));
    let server = axum::serve(listener, app);
    tokio::select! {
        _ = server => {}
        _ = stopped => {}
    }
}

struct Shared {
    state: State,
    turns: Semaphore,
}

async fn handle(shared: Arc<Shared>, request: Request) -> Response<Body> {
    answer(shared, request).await.unwrap_or_else(|refusal| refusal).into()
}

async fn answer(shared: Arc<Shared>, request: Request) -> Result<Reply, Reply> {
    let (head, body) = request.into_parts();
    let asked = route::of(&shared.state, head, body).await?;
    let busy = |_| Reply::refusal(StatusCode::SERVICE_UNAVAILABLE, "the server is stopping");
    let _turn = shared.turns.acquire().await.map_err(busy)?;
    // Signing, searching and sending take their time.
    let inside = Arc::clone(&shared);
    let made = tokio::task::spawn_blocking(move || asked.reply(&inside.state)).await;
    made.map_err(|_| {
        let reason = "this request could not be processed: please report it with the form";
        Reply::refusal(StatusCode::INTERNAL_SERVER_ERROR, reason)
    })
}
