//! Runs the command `gatespec call`.

use gatespec_language::diagnostic::Sink;
use gatespec_language::model::Model;
use gatespec_language::{analyse, source};
use gatespec_mock::Mock;
use gatespec_tests::harness::{gatespec, workspace};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// The result of a run.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// Every line of the output as JSON.
    pub(crate) fn lines(&self) -> Vec<Value> {
        let lines = self.out.lines().map(serde_json::from_str);
        lines.collect::<Result<_, _>>().unwrap_or_else(|_| panic!("{self:?}"))
    }

    /// The only line of the output as JSON.
    pub(crate) fn line(&self) -> Value {
        let mut lines = self.lines();
        assert_eq!(lines.len(), 1, "{self:?}");
        lines.remove(0)
    }

    /// The data of the only answer.
    pub(crate) fn data(&self) -> Value {
        assert_eq!(self.code, Some(0), "{self:?}");
        self.line()["data"].clone()
    }
}

/// The arguments and the standard input of a call.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    words: Vec<String>,
    env: Vec<(String, String)>,
    input: String,
}

impl Call {
    /// A call without an address, with invented credentials.
    pub(crate) fn anywhere(words: &[&str]) -> Call {
        let env = ["SECRET", "APP_KEY", "TOKEN"];
        let env = env.map(|name| (format!("GATESPEC_{name}"), "x".to_owned())).to_vec();
        let words = words.iter().map(|&word| word.to_owned()).collect();
        Call { words, env, input: String::new() }
    }

    /// A call to this address.
    pub(crate) fn to(url: &str, words: &[&str]) -> Call {
        Call::anywhere(words).with(&["--url", url])
    }

    /// A call to the mock, with the credentials that the mock accepts.
    pub(crate) fn of(mock: &Mock, words: &[&str]) -> Call {
        let shipped = model().platforms.iter().find(|one| one.id == words[0]);
        // The invented platforms have one gateway each.
        let gateway = shipped.map_or("main", |platform| {
            let method = platform.methods.iter().find(|one| one.name == words[1]).unwrap();
            platform.gateway_of(method).name
        });
        let mut call = Call::anywhere(words);
        let credentials = mock.credentials(words[0]).unwrap();
        call.env = credentials
            .names()
            .map(|name| {
                let text = credentials.get(name).unwrap().to_owned();
                (format!("GATESPEC_{}", name.to_ascii_uppercase()), text)
            })
            .collect();
        call.with(&["--url", &mock.gateway_url(words[0], gateway).unwrap()])
    }

    pub(crate) fn with(mut self, words: &[&str]) -> Call {
        self.words.extend(words.iter().map(|&word| word.to_owned()));
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Call {
        self.env.retain(|(other, _)| other != name);
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn without_env(mut self, name: &str) -> Call {
        self.env.retain(|(other, _)| other != name);
        self
    }

    /// Sets the standard input.
    pub(crate) fn input(mut self, input: &str) -> Call {
        input.clone_into(&mut self.input);
        self
    }

    /// Sets the arguments and environment variables, and removes the variables that gatespec reads.
    pub(crate) fn set_up(&self, command: &mut Command) {
        command.current_dir(workspace("")).arg("call").args(&self.words);
        for variable in ["SECRET", "TOKEN", "APP_KEY", "ACCESS_TOKEN"] {
            command.env_remove(format!("GATESPEC_{variable}"));
        }
        for proxy in ["http_proxy", "https_proxy", "all_proxy"] {
            command.env_remove(proxy).env_remove(proxy.to_uppercase());
        }
        command.envs(self.env.iter().cloned());
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = gatespec();
        self.set_up(&mut command);
        command
    }

    pub(crate) fn run(&self) -> Run {
        self.run_as(self.command())
    }

    /// Runs a command that was set up with this call.
    pub(crate) fn run_as(&self, mut command: Command) -> Run {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // If the command does not read its input, it may have ended already.
        let _ = child.stdin.take().unwrap().write_all(self.input.as_bytes());
        let done = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let run = Run { code: done.status.code(), out: text(done.stdout), err: text(done.stderr) };
        assert!(!run.err.contains("panicked"), "{}", run.err);
        run
    }
}

/// The model of the shipped specs.
pub(crate) fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| {
        let mut sink = Sink::default();
        analyse(&source::load(&workspace("specs"), &mut sink), &mut sink).unwrap()
    })
}

/// A mock of the shipped platforms.
pub(crate) fn mock() -> Mock {
    Mock::builder(workspace("specs")).start().unwrap()
}

pub(crate) const UNBIND: [&str; 3] = ["shopex", "matrix.unbind", "node_id=15000000"];
pub(crate) const STATUS: [&str; 3] = ["shopex", "matrix.authstatus", "node_id=15000000"];
pub(crate) const ORDER: [&str; 3] =
    ["gome", "gome.pusher.order.synchronize", r#"request={"orderId":"1"}"#];
pub(crate) const TRADE: [&str; 3] =
    ["mogujie", "xiaodian.trade.get", r#"openApiOrderDetailReqDto={"shopOrderId":91341793022324}"#];

/// The words of a call that requests the orders of a time range.
pub(crate) fn fill<'w>(start: &'w str, end: &'w str) -> [&'w str; 6] {
    ["shopex", "matrix.fill.multiple", "node_id=15000000", "fill_type=order", start, end]
}

/// The start and end of every call that a mock received.
pub(crate) fn spans(mock: &Mock) -> Vec<[String; 2]> {
    let span = |entry: &gatespec_mock::Entry| {
        ["start_time", "end_time"].map(|name| entry.request[name].as_str().unwrap().to_owned())
    };
    mock.received().iter().map(span).collect()
}

/// The URL of a server that answers one call with `answer`, and further calls if the client makes
/// them.
pub(crate) fn server(answer: impl Fn(&mut dyn Write) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        while let Ok((mut stream, _)) = listener.accept() {
            let _ = stream.read(&mut [0; 1 << 16]);
            answer(&mut stream);
        }
    });
    url
}

/// The URL of a server with this answer.
pub(crate) fn answering(status: &str, body: impl Into<String>) -> String {
    let (status, body) = (status.to_owned(), body.into());
    server(move |stream| respond(stream, &status, &body))
}

/// Writes one complete answer.
pub(crate) fn respond(stream: &mut dyn Write, status: &str, body: &str) {
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    let _ = stream.write_all(format!("{head}{body}").as_bytes());
}

/// The body of ShopEx's success with this data.
pub(crate) fn success(data: &Value) -> String {
    json!({ "status": "succ", "code": "1000", "desc": "", "data": data }).to_string()
}
