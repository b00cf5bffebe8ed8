//! Asks ShopEx Matrix to push the orders of 90 days again, although it accepts at most seven days
//! per request: sends 13 windows, four at a time, with a progress bar. One window fails. The second
//! run resumes from the cursor that the first run has saved in a file, and does not repeat windows
//! that were answered.
//!
//! `cargo run -p gatespec-clients --example back_fill [URL]`. Without a URL it talks to a stand-in
//! on loopback, which fails one window.

#![expect(clippy::print_stdout, reason = "an example shows what happens")]

mod loopback;

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::{env, fs, io};

use gatespec_clients::runtime::Cursor;
use gatespec_clients::shopex::{Client, Credentials, FillType, MatrixFillMultiple, datetime};
use indicatif::{ProgressBar, ProgressStyle};
use loopback::{Loopback, Request};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let asked = Arc::new(AtomicUsize::new(0));
    let stand_in = Loopback::start(stand_in(Arc::clone(&asked)))?;
    let url = env::args().nth(1).unwrap_or_else(|| stand_in.url().to_owned());
    let credentials = Credentials::new("testkey", "0123456789abcdef0123456789abcdef");
    let client = Client::builder(credentials).base_url(url).build()?;

    let (from, to) = (datetime(2023, 1, 1, 0, 0, 0)?, datetime(2023, 4, 1, 0, 0, 0)?);
    let request = MatrixFillMultiple::new("15000000", FillType::Order, from, to);
    let file = env::temp_dir().join(format!("back_fill-{}.cursor", std::process::id()));
    if let Err(error) = back_fill(&client, &request, &file).await {
        println!("stopped at {error}");
        back_fill(&client, &request, &file).await?;
    }
    fs::remove_file(&file)?;
    println!("the stand-in was asked {} times", asked.load(Ordering::SeqCst));
    Ok(())
}

/// Sends the windows that the cursor in the file does not list as done.
async fn back_fill(
    client: &Client,
    request: &MatrixFillMultiple,
    file: &Path,
) -> Result<(), Box<dyn Error>> {
    let saved: Option<Cursor> = match fs::read_to_string(file) {
        Ok(text) => Some(text.parse()?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    let mut run = client.back_fill(request).concurrency(4).resume(saved).start()?;
    println!("{} of {} windows are done", run.cursor().done(), run.cursor().total());

    let bar = ProgressBar::new(run.cursor().total()).with_position(run.cursor().done());
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}")?);
    while let Some(step) = run.next().await {
        let step = step?;
        bar.set_position(step.done);
        bar.set_message(step.window.to_string());
        fs::write(file, run.cursor().to_string())?;
    }
    bar.finish();
    println!("all {} windows are done", run.cursor().total());
    Ok(())
}

/// Makes the answers of the stand-in, which counts requests in `asked`. It refuses the first
/// request for one window, and accepts all others.
fn stand_in(asked: Arc<AtomicUsize>) -> impl Fn(&Request) -> (u16, String) + Send + Sync {
    let failed = AtomicBool::new(false);
    move |request| {
        asked.fetch_add(1, Ordering::SeqCst);
        let fails = request.param("start_time") == "2023-02-12 00:00:00";
        let body = match fails && !failed.swap(true, Ordering::SeqCst) {
            true => r#"{"status":"fail","code":"9999","desc":"the queue is full"}"#,
            false => r#"{"status":"succ","code":"1000","desc":"ok","data":{"msg_id":"1"}}"#,
        };
        (200, body.to_owned())
    }
}
