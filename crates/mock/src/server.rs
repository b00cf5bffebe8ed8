//! The HTTP server. No client can block another one.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use gatespec_protocol::DateTime;
use gatespec_protocol::incoming::{Limits, Raw};
use http::header::{CONNECTION, DATE, HeaderValue};
use http::{Request, Response};
use http_body::Body as _;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::Incoming as Received;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_io_timeout::TimeoutStream;

use crate::handler::{NoBody, handle};
use crate::reply::End;
use crate::sent::{Sent, response};
use crate::state::State;

/// The maximum number of connections; further ones wait to be accepted.
const CONNECTIONS: usize = 512;
/// The maximum size of a request's headers, in bytes.
const HEADERS: usize = 64 * 1024;
/// How long calls in progress may take when the mock shuts down.
const GRACE: Duration = Duration::from_secs(5);
/// If a request is refused before it was read completely, at most this many bytes of the rest are
/// read and dropped, so that the client can read the answer.
const LINGER_BYTES: usize = 512 * 1024;
/// How long reading the rest of such a request may take.
const LINGER: Duration = Duration::from_secs(1);
/// How long reading the rest of such a request may take during a shutdown.
const LINGER_AT_THE_END: Duration = Duration::from_millis(50);
/// How often the specs are reloaded.
const WATCH: Duration = Duration::from_secs(1);

/// Serves until `stop` is true, and then finishes the calls in progress.
pub(crate) async fn serve(listener: TcpListener, state: Arc<State>, stop: watch::Sender<bool>) {
    let interruption = {
        let stop = stop.clone();
        let interruptible = state.settings.interruptible;
        async move {
            if interruptible && interrupted().await.is_ok() {
                stop.send_replace(true);
            }
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = interruption => {}
        () = watch_specs(&state) => {}
        () = accept(listener, Arc::clone(&state), stop.subscribe()) => {}
    }
}

/// Returns when the process is interrupted or asked to terminate.
#[cfg(unix)]
async fn interrupted() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        done = tokio::signal::ctrl_c() => done,
        _ = terminate.recv() => Ok(()),
    }
}

/// Returns when the process is interrupted.
#[cfg(not(unix))]
async fn interrupted() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

async fn accept(listener: TcpListener, state: Arc<State>, stop: watch::Receiver<bool>) {
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    let mut stopped = pin!(stopped(stop.clone()));
    loop {
        let next = async {
            let permit = Arc::clone(&room).acquire_owned().await.ok()?;
            listener.accept().await.ok().map(|(stream, _)| (stream, permit))
        };
        tokio::select! {
            () = &mut stopped => break,
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            accepted = next => match accepted {
                Some((stream, permit)) => {
                    let (state, stop) = (Arc::clone(&state), stop.clone());
                    connections.spawn(async move {
                        connection(stream, state, stop).await;
                        drop(permit);
                    });
                }
                // The process may have no free file handles: wait until some are free.
                None => tokio::time::sleep(Duration::from_millis(50)).await,
            },
        }
    }
    let all = async { while connections.join_next().await.is_some() {} };
    let _ = timeout(GRACE, all).await;
}

/// Reloads the specs when they change, without blocking calls.
async fn watch_specs(state: &Arc<State>) {
    loop {
        tokio::time::sleep(WATCH).await;
        let state = Arc::clone(state);
        // The state logs compile errors itself.
        let _ = tokio::task::spawn_blocking(move || state.reload()).await;
    }
}

async fn stopped(mut stop: watch::Receiver<bool>) {
    // A dropped sender counts as a stop.
    let _ = stop.wait_for(|stop| *stop).await;
}

async fn connection(stream: TcpStream, state: Arc<State>, stop: watch::Receiver<bool>) {
    let _ = stream.set_nodelay(true);
    let patience = state.settings.patience;
    let mut stream = TimeoutStream::new(stream);
    // Gives up on a client that does not read the answer.
    stream.set_write_timeout(Some(patience));
    let ending = stop.clone();
    let service = service_fn(move |request| {
        let (state, ending) = (Arc::clone(&state), ending.clone());
        let answer: Pin<Box<dyn Future<Output = _> + Send>> =
            Box::pin(async move { answer(&state, request, ending).await });
        answer
    });
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience)
        .max_buf_size(HEADERS)
        .half_close(true)
        .serve_connection(TokioIo::new(Box::pin(stream)), service);
    let mut stopped = pin!(stopped(stop));
    let mut told = false;
    let outcome = poll_fn(|cx| {
        if !told && stopped.as_mut().poll(cx).is_ready() {
            told = true;
            Pin::new(&mut connection).graceful_shutdown();
        }
        connection.poll_without_shutdown(cx)
    })
    .await;
    let stream = connection.into_parts().io.into_inner();
    match outcome {
        // A client may hold an idle connection open during the shutdown, for example a test that
        // waits for the shutdown on the client's thread.
        Ok(()) => close(stream, if told { LINGER_AT_THE_END } else { LINGER }).await,
        Err(error) if is_reset(&error) => {
            // Makes the operating system send a reset instead of an orderly close.
            let _ = stream.get_ref().set_zero_linger();
        }
        Err(_) => {}
    }
}

/// Shuts down the sending side and reads the rest of the request before the connection is closed,
/// so that a client that is still sending can read the answer.
async fn close(mut stream: Pin<Box<TimeoutStream<TcpStream>>>, longest: Duration) {
    let rest = async {
        let _ = stream.shutdown().await;
        let mut buffer = [0; 4096];
        let mut left = LINGER_BYTES;
        while let Ok(read @ 1..) = stream.read(&mut buffer).await {
            left = left.saturating_sub(read);
            if left == 0 {
                break;
            }
        }
    };
    let _ = timeout(longest, rest).await;
}

async fn answer(
    state: &State,
    request: Request<Received>,
    ending: watch::Receiver<bool>,
) -> Result<Response<Sent>, Reset> {
    let (head, body) = request.into_parts();
    let (body, arrived) = match collect(body, state).await {
        Ok(body) => (body, Ok(())),
        Err(problem) => (Bytes::new(), Err(problem)),
    };
    let headers: Vec<(&str, &[u8])> =
        head.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
    let raw = Raw {
        verb: head.method.as_str(),
        path: head.uri.path(),
        query: head.uri.query().unwrap_or_default(),
        headers: &headers,
        body: &body,
    };
    let reply = handle(state, &raw, arrived);
    if !reply.delay.is_zero() {
        // Whether the client still waits cannot be told from a half-closed connection, so only the
        // server's shutdown cuts the delay short.
        let _ = timeout(reply.delay, stopped(ending)).await;
    }
    if reply.end == End::Reset {
        return Err(Reset);
    }
    let mut response = response(reply);
    if let Some(date) = state.settings.clock.and_then(http_date) {
        response.headers_mut().insert(DATE, date);
    }
    if arrived.is_err() {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(response)
}

/// The time of a fixed clock as the value of a `Date` header.
fn http_date(now: DateTime) -> Option<HeaderValue> {
    let since = Duration::from_millis(u64::try_from(now.unix_millis()).ok()?);
    let time = SystemTime::UNIX_EPOCH.checked_add(since)?;
    HeaderValue::from_str(&httpdate::fmt_http_date(time)).ok()
}

async fn collect(body: Received, state: &State) -> Result<Bytes, NoBody> {
    let limit = Limits::default().bytes;
    // Refuse a body whose announced length is too large without reading it.
    if body.size_hint().lower() > limit as u64 {
        return Err(NoBody::TooLarge);
    }
    match timeout(state.settings.patience, Limited::new(body, limit).collect()).await {
        Err(_) => Err(NoBody::TooSlow),
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(NoBody::TooLarge),
        Ok(Err(_)) => Err(NoBody::Broken),
    }
}

/// The error that makes the server reset the connection, on purpose, instead of sending an answer.
#[derive(Debug)]
struct Reset;

impl std::fmt::Display for Reset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the connection is reset, on purpose")
    }
}

impl std::error::Error for Reset {}

fn is_reset(error: &hyper::Error) -> bool {
    std::error::Error::source(error).is_some_and(<dyn std::error::Error>::is::<Reset>)
}
