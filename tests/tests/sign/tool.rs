//! Runs the command `gatespec sign`.

use gatespec_inspect::diagnose;
use gatespec_tests::harness::{gatespec, workspace};
use serde_json::Value;
use std::process::{Command, Stdio};

/// The result of a run.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// The arguments of a run.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    specs: &'static str,
    words: Vec<String>,
    env: Vec<(String, String)>,
}

impl Asked {
    /// A request to a platform that ships.
    pub(crate) fn shipped(words: &[&str]) -> Self {
        Self { specs: "specs", words: words.iter().map(|&word| word.into()).collect(), env: vec![] }
    }

    /// A request to an invented platform.
    pub(crate) fn invented(words: &[&str]) -> Self {
        Self { specs: "tests/platforms", ..Self::shipped(words) }
    }

    /// A request for which the arguments name the specs.
    pub(crate) fn anywhere(words: &[&str]) -> Self {
        Self { specs: "", ..Self::shipped(words) }
    }

    /// A request to a platform that only these tests have.
    pub(crate) fn own(words: &[&str]) -> Self {
        Self { specs: "tests/tests/sign/specs", ..Self::shipped(words) }
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn secret(self, secret: &str) -> Self {
        self.env("GATESPEC_SECRET", secret)
    }

    pub(crate) fn with(mut self, words: &[&str]) -> Self {
        self.words.extend(words.iter().map(|&word| word.to_owned()));
        self
    }

    /// The same secrets, but a received request instead of values.
    pub(crate) fn received(self, request: &str) -> Self {
        self.reworded(&["--from", request])
    }

    /// The same secrets with different arguments.
    pub(crate) fn reworded(mut self, words: &[&str]) -> Self {
        self.words = words.iter().map(|&word| word.to_owned()).collect();
        self
    }

    pub(crate) fn words(&self) -> &[String] {
        &self.words
    }

    /// The command, not started yet.
    pub(crate) fn command(&self) -> Command {
        let mut command = gatespec();
        command.current_dir(workspace("")).arg("sign").args(&self.words);
        if !self.specs.is_empty() {
            command.args(["--specs", self.specs]);
        }
        command.stdin(Stdio::null());
        for variable in ["GATESPEC_SECRET", "GATESPEC_TOKEN", "GATESPEC_APP_KEY"] {
            command.env_remove(variable);
        }
        command.envs(self.env.iter().cloned());
        command
    }

    pub(crate) fn run(&self) -> Run {
        let done = self.command().output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let run = Run { code: done.status.code(), out: text(done.stdout), err: text(done.stderr) };
        assert!(!run.err.contains("panicked"), "{}", run.err);
        run
    }

    /// The result as JSON.
    pub(crate) fn json(&self) -> Value {
        let run = self.clone().with(&["--format", "json"]).run();
        serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{run:?}"))
    }

    /// The ids of the mistakes that explain the other side's signature.
    pub(crate) fn causes(&self, foreign: &str) -> Vec<String> {
        ids(&self.clone().with(&["--against", foreign]).json()["diagnosis"])
    }

    /// The ids of the mistakes that explain the text that the other side signed.
    pub(crate) fn causes_of_text(&self, foreign: &str) -> Vec<String> {
        ids(&self.clone().with(&["--against-string", foreign]).json()["diagnosis"])
    }
}

pub(crate) fn ids(diagnosis: &Value) -> Vec<String> {
    let causes = diagnosis["causes"].as_array().unwrap();
    let ids = causes.iter().map(|cause| cause["id"].as_str().unwrap().to_owned());
    ids.inspect(|id| assert!(diagnose::causes().contains(&id.as_str()), "{id} is not in the list"))
        .collect()
}
