//! Pages of other origins.

use crate::served::{FILL, server};
use crate::session::browser;
use fantoccini::Locator;
use serde_json::json;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;

/// Serves one page until the process ends, and returns its address. The host is another one than
/// that of the API tool.
fn other_page() -> String {
    const PAGE: &str = "<!DOCTYPE html><title>Another page</title><h1>Another page</h1>";
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://localhost:{}/", listener.local_addr().unwrap().port());
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let lines = BufReader::new(stream.try_clone().unwrap()).lines();
            lines.map_while(Result::ok).take_while(|line| !line.is_empty()).for_each(drop);
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{PAGE}",
                PAGE.len()
            );
        }
    });
    address
}

/// What a script of the page can read of an answer.
const FETCH: &str = "
    const [url, options, tell] = arguments;
    if (options.body) options.body = new URLSearchParams(options.body);
    fetch(url, options).then(async (answer) => tell(answer.type + (await answer.text())), (error) => tell(error.name));";

const FRAME: &str = "
    const [url, tell] = arguments;
    const frame = document.createElement('iframe');
    frame.onload = () => tell(frame.contentDocument === null);
    frame.src = url;
    document.body.append(frame);";

const FORM: &str = "
    const form = document.createElement('form');
    form.method = 'post';
    form.action = arguments[0];
    form.innerHTML = '<input name=do value=send>';
    document.body.append(form);
    form.submit();";

#[tokio::test]
async fn a_page_of_another_origin_can_neither_read_nor_send() {
    let Some(browser) = browser().await else { return };
    let server = server();
    let url = format!("{}{FILL}", server.url());
    browser.open(&other_page()).await;
    let body = json!({ "do": "send", "p.node_id": "15000000" });
    for options in [
        json!({}),
        json!({ "mode": "no-cors" }),
        json!({ "method": "POST", "body": body }),
        json!({ "method": "POST", "body": body, "mode": "no-cors" }),
    ] {
        browser.network().await;
        let arguments = vec![json!(url), options.clone()];
        let read = browser.client.execute_async(FETCH, arguments).await.unwrap();
        assert_eq!(read, "TypeError", "{options}");
        let expected = if options["method"] == "POST" { 403 } else { 200 };
        let statuses = browser.network().await;
        assert_eq!(statuses, [expected], "{options}");
    }
    let frame = browser.client.execute_async(FRAME, vec![json!(url)]).await.unwrap();
    assert_eq!(frame, true, "the document of the frame is out of reach");
    browser.client.enter_frame(0).await.unwrap();
    assert!(browser.client.find(Locator::Id("tool-form")).await.is_err(), "the frame is empty");
    browser.client.enter_parent_frame().await.unwrap();
    browser.client.execute(FORM, vec![json!(url)]).await.unwrap();
    browser
        .until("location.pathname.includes('matrix') && document.readyState === 'complete'")
        .await;
    let said = browser.text("return document.body.textContent").await;
    assert_eq!(said.trim(), "a form is accepted only from a page of this server");
    browser.close().await;
}
