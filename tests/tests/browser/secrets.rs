//! The secret and the token of a caller, which stay in the server.

use crate::served::{fill, said};
use crate::session::{Browser, browser};
use gatespec_tests::harness::gatespec;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Stdio};

const SECRET: &str = "s3cret-of-a-real-shop";
const TOKEN: &str = "t0ken-of-a-real-shop";

/// A running `gatespec docs --serve --live mogujie`, which ends when it is dropped.
struct Command {
    process: Child,
    url: String,
}

impl Command {
    fn start() -> Self {
        let mut process = gatespec()
            .args(["docs", "--serve", "--live", "mogujie", "--app-key", "10011"])
            .env("GATESPEC_SECRET", SECRET)
            .env("GATESPEC_TOKEN", TOKEN)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut url = String::new();
        BufReader::with_capacity(1, process.stdout.as_mut().unwrap()).read_line(&mut url).unwrap();
        Self { process, url: url.trim().to_owned() }
    }

    /// Ends the server, and returns all that it printed after its address.
    fn printed(mut self) -> String {
        self.process.kill().unwrap();
        let mut text = String::new();
        self.process.stdout.take().unwrap().read_to_string(&mut text).unwrap();
        self.process.stderr.take().unwrap().read_to_string(&mut text).unwrap();
        text
    }
}

impl Drop for Command {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// All that the browser knows: pages, addresses, and what it keeps.
const KNOWN: &str = "
    const tell = arguments[0];
    (async () => {
        const texts = [document.documentElement.outerHTML, location.href, document.cookie, document.referrer, name];
        texts.push(JSON.stringify(history.state), JSON.stringify(localStorage), JSON.stringify(sessionStorage));
        texts.push(JSON.stringify(await indexedDB.databases()), JSON.stringify(await caches.keys()));
        texts.push(...performance.getEntries().map((entry) => entry.name));
        texts.push(...[...document.querySelectorAll('input, textarea')].map((field) => field.value));
        tell(texts.join('\\n'));
    })();";

/// Checks that the browser does not know the secret and the token. Returns what it knows.
async fn keeps_no_secret(browser: &Browser, action: &str) -> String {
    let known = browser.client.execute_async(KNOWN, Vec::new()).await.unwrap();
    let known = [known.as_str().unwrap().to_owned(), browser.console().await.join("\n")].concat();
    for secret in ["s3cret", "t0ken", "czNjcmV0", "dDBrZW4"] {
        assert!(!known.contains(secret), "{action}: {secret} is in the browser:\n{known}");
    }
    known
}

#[tokio::test]
async fn the_secret_and_the_token_are_nowhere_in_the_browser() {
    let Some(browser) = browser().await else { return };
    let command = Command::start();
    let page = format!("{}mogujie/xiaodian.trade.get.html", command.url);
    browser.open(&page).await;
    keeps_no_secret(&browser, "open").await;

    browser.click("[name=to][value=production]").await;
    fill(&browser, "clock", "1367819523").await;
    browser.click("button[value=check]").await;
    said(&browser, "result", "1367819523").await;
    let signed = keeps_no_secret(&browser, "sign with the caller's credentials").await;
    assert!(signed.contains("&lt;secret&gt;"), "the steps show where secrets are: {signed}");

    browser.click("button[value=send]").await;
    said(&browser, "result", "Not sent").await;
    keeps_no_secret(&browser, "send to the real gateway without the confirmation").await;

    browser.click("[name=to][value='~mock']").await;
    fill(&browser, "clock", "").await;
    browser.click("button[value=send]").await;
    said(&browser, "result", "Answered").await;
    keeps_no_secret(&browser, "send to the mock").await;

    browser.click(".tool-more > summary").await;
    fill(&browser, "pasted", "method=xiaodian.trade.get&app_key=10011&sign=00").await;
    browser.click("button[value=explain]").await;
    browser.until("document.getElementById('diagnosis').textContent.length > 20").await;
    keeps_no_secret(&browser, "explain").await;

    browser.open(&format!("{}search.js", command.url)).await;
    keeps_no_secret(&browser, "search").await;
    let printed = command.printed();
    assert!(!printed.contains("s3cret") && !printed.contains("t0ken"), "{printed}");
    browser.close().await;
}
