//! A browser, and what a person does with it.

use crate::driver::{Driver, program};
use fantoccini::key::Key;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs, io};
use tempfile::TempDir;
use url::{ParseError, Url};

/// The time after which a condition counts as one that does not come true.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser with a fresh profile.
pub(crate) struct Browser {
    pub(crate) client: Client,
    // Ends before the profile is deleted.
    driver: Driver,
    profile: TempDir,
}

/// Opens a browser. `None` if this machine has none, which the test may ignore.
pub(crate) async fn browser() -> Option<Browser> {
    start(json!({})).await
}

/// Opens a browser that runs no scripts of pages.
pub(crate) async fn browser_without_scripts() -> Option<Browser> {
    start(json!({ "profile.managed_default_content_settings.javascript": 2 })).await
}

async fn start(preferences: Value) -> Option<Browser> {
    let (chromium, chromedriver) =
        (needed(&["chromium", "google-chrome"])?, needed(&["chromedriver"])?);
    let driver = Driver::start(&chromedriver);
    let profile = tempfile::tempdir().unwrap();
    let mut arguments = vec![
        "--headless".to_owned(),
        // A click would miss what is still scrolling.
        "--force-prefers-reduced-motion".to_owned(),
        "--window-size=1280,900".to_owned(),
        format!("--user-data-dir={}", profile.path().display()),
    ];
    if is_root(profile.path()) {
        arguments.push("--no-sandbox".to_owned());
    }
    let capabilities = json!({
        "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        "goog:chromeOptions": { "binary": chromium, "args": arguments, "prefs": preferences },
    });
    let capabilities: Capabilities = serde_json::from_value(capabilities).unwrap();
    let mut builder = ClientBuilder::new(HttpConnector::new());
    let client = builder.capabilities(capabilities).connect(&driver.url()).await.unwrap();
    Some(Browser { client, driver, profile })
}

/// The path of the first of these programs that this machine has.
fn needed(names: &[&str]) -> Option<PathBuf> {
    let found = names.iter().find_map(|name| program(name));
    if found.is_none() {
        absent(names[0]);
    }
    found
}

/// Says that a test checks nothing. Fails where tests must not be left out.
pub(crate) fn absent(name: &str) {
    let text = format!("{name} is not on this machine: this test of the browser checks nothing");
    let is_needed = cfg!(target_os = "linux") && env::var_os("CI").is_some();
    assert!(!is_needed, "{text}");
    let _ = io::Write::write_all(&mut io::stderr(), format!("{text}\n").as_bytes());
}

/// Whether the tests run as root, for whom Chromium starts only without its sandbox.
#[cfg(unix)]
fn is_root(own: &Path) -> bool {
    std::os::unix::fs::MetadataExt::uid(&fs::metadata(own).unwrap()) == 0
}

#[cfg(not(unix))]
fn is_root(_: &Path) -> bool {
    false
}

/// A command of chromedriver that WebDriver does not have.
#[derive(Debug)]
struct Own(&'static str, Value);

impl WebDriverCompatibleCommand for Own {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.0))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.1.to_string()))
    }
}

impl Browser {
    pub(crate) async fn open(&self, url: &str) {
        self.client.goto(url).await.unwrap();
    }

    /// Runs a script in the page.
    pub(crate) async fn run(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap_or_else(|e| panic!("{script}: {e}"))
    }

    /// The text that a script returns.
    pub(crate) async fn text(&self, script: &str) -> String {
        let value = self.run(script).await;
        value.as_str().unwrap_or_else(|| panic!("{script}: {value}")).to_owned()
    }

    /// Waits until a script returns `true`.
    pub(crate) async fn until(&self, condition: &str) {
        let start = Instant::now();
        let script = format!("return {condition}");
        // A script fails while a page is left.
        while !matches!(self.client.execute(&script, Vec::new()).await, Ok(Value::Bool(true))) {
            assert!(start.elapsed() < PATIENCE, "this did not come true: {condition}");
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Types a text where the focus is.
    pub(crate) async fn keys(&self, text: &str) {
        self.client.active_element().await.unwrap().send_keys(text).await.unwrap();
    }

    pub(crate) async fn press(&self, key: Key) {
        self.keys(&char::from(key).to_string()).await;
    }

    pub(crate) async fn click(&self, selector: &str) {
        let found = self.client.find(Locator::Css(selector)).await;
        found.unwrap_or_else(|_| panic!("no {selector}")).click().await.unwrap();
    }

    /// Sends a command of the DevTools protocol.
    pub(crate) async fn devtools(&self, command: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        self.client.issue_cmd(Own("goog/cdp/execute", body)).await.unwrap()
    }

    /// Sets the width of the window, and the colours that the person prefers.
    pub(crate) async fn view(&self, width: u32, scheme: &str) {
        let size =
            json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await;
        let feature = json!({ "name": "prefers-color-scheme", "value": scheme });
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": [feature] })).await;
    }

    /// The messages of the console since the last time that they were asked for.
    pub(crate) async fn console(&self) -> Vec<String> {
        self.log("browser").await
    }

    /// The statuses of the answers that arrived since the last time that they were asked for, also
    /// of those that the page must not see.
    pub(crate) async fn network(&self) -> Vec<i64> {
        let events = self.log("performance").await.into_iter();
        let events = events.map(|text| serde_json::from_str::<Value>(&text).unwrap());
        let arrived =
            |event: &Value| event["message"]["method"] == "Network.responseReceivedExtraInfo";
        let arrived = events.filter(arrived);
        arrived.filter_map(|event| event["message"]["params"]["statusCode"].as_i64()).collect()
    }

    async fn log(&self, name: &str) -> Vec<String> {
        let log = self.client.issue_cmd(Own("se/log", json!({ "type": name }))).await.unwrap();
        let messages = log.as_array().unwrap().iter().map(|entry| entry["message"].as_str());
        messages.map(|text| text.unwrap().to_owned()).collect()
    }

    /// Ends the browser.
    pub(crate) async fn close(self) {
        self.client.close().await.unwrap();
        drop(self.driver);
        drop(self.profile);
    }
}
