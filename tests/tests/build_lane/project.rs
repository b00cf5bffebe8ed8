//! Creates a crate in the workspace's target folder, which cargo builds.

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use gatespec_language::diagnostic::Sink;
use gatespec_tests::corpus::source_map;
use gatespec_tests::harness::{compile, gatespec, tree, workspace, write_tree};

/// A crate outside the workspace.
pub(crate) struct Project {
    root: PathBuf,
}

impl Project {
    /// A copy of `tests/consumer`.
    pub(crate) fn consumer(name: &str) -> Project {
        let project = Project::empty(name);
        write_tree(&project.root, tree(&workspace("tests/consumer")));
        // Cargo identifies packages by name, not by folder, and copies must not share artifacts.
        let own = format!("name = \"gatespec-consumer-{name}\"");
        project.replace("Cargo.toml", "name = \"gatespec-consumer\"", &own);
        project.append("Cargo.toml", "\n[lib]\nname = \"gatespec_consumer\"\n");
        project.adopt();
        project
    }

    /// A copy of `tests/erp`, which is a separate workspace.
    pub(crate) fn erp() -> Project {
        let project = Project::empty("erp");
        write_tree(&project.root, tree(&workspace("tests/erp")));
        let manifest = project.read("Cargo.toml");
        let ours = format!("path = \"{}/", workspace("").display());
        project.write("Cargo.toml", &manifest.replace("path = \"../../", &ours));
        fs::copy(workspace("Cargo.lock"), project.root.join("Cargo.lock")).unwrap();
        project
    }

    /// A crate whose source the command wrote from `tests/platforms`.
    pub(crate) fn invented(name: &str) -> Project {
        let project = Project::empty(name);
        project.write(
            "Cargo.toml",
            "[package]\nname = \"gatespec-invented\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [features]\ndefault = [\"acme\", \"quay\"]\nacme = []\nquay = []\n\n\
             [dependencies]\ngatespec-runtime = { workspace = true, features = [\"client\"] }\n\n\
             [dev-dependencies]\nbytes.workspace = true\nhttp.workspace = true\n",
        );
        project.adopt();
        let built = gatespec()
            .arg("build")
            .args(["--specs".as_ref(), workspace("tests/platforms").as_os_str()])
            .args(["--out".as_ref(), project.root.join("src").as_os_str()])
            .output()
            .unwrap();
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        project
    }

    /// A crate that contains only the output of these specs, with the strictest lints.
    pub(crate) fn generated(name: &str, specs: Vec<(String, String)>) -> Project {
        let outcome = compile(&source_map(specs), Sink::default());
        assert!(outcome.files.is_some(), "{}", outcome.rendered);
        let project = Project::empty(name);
        for file in outcome.files.unwrap_or_default() {
            project.write(&format!("src/gateways/{}", file.path), &file.text);
        }
        let head = "//! The output of a spec.\n#![deny(warnings, missing_docs)]\n\n";
        project.write("src/lib.rs", &format!("{head}/// The platforms.\npub mod gateways;\n"));
        project.write(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"gatespec-{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\ngatespec-runtime = {{ workspace = true, features = [\"client\"] }}\n\n\
                 [lints]\nworkspace = true\n"
            ),
        );
        project.adopt();
        project
    }

    /// A crate without sources that depends on the runtime.
    pub(crate) fn bare(name: &str) -> Project {
        let project = Project::empty(name);
        project.write(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"gatespec-{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\ngatespec-runtime = {{ workspace = true, features = [\"client\"] }}\n"
            ),
        );
        project.adopt();
        project
    }

    /// A crate without sources that depends on the clients.
    pub(crate) fn user(name: &str) -> Project {
        let project = Project::empty(name);
        project.write(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"gatespec-{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\ntokio = {{ workspace = true, features = [\"macros\", \"rt-multi-thread\"] }}\n\
                 gatespec-clients = {{ workspace = true, features = [\"gome\", \"mogujie\", \"reqwest\", \"shopex\"] }}\n\n\
                 [lints.rust]\nwarnings = \"deny\"\n"
            ),
        );
        project.adopt();
        project
    }

    /// The files in which rustc finds errors.
    pub(crate) fn files_with_errors(&self) -> BTreeSet<String> {
        let run = self.cargo(&["check", "--message-format=json"]);
        let messages = run.text.lines().filter_map(|line| serde_json::from_str(line).ok());
        let errors = messages.filter(|message: &Value| message["message"]["level"] == "error");
        let spans = errors.flat_map(|error| {
            let spans = error["message"]["spans"].as_array().cloned().unwrap_or_default();
            spans.into_iter().filter(|span| span["is_primary"] == true)
        });
        let files: BTreeSet<String> =
            spans.filter_map(|span| span["file_name"].as_str().map(str::to_owned)).collect();
        assert_eq!(run.passed, files.is_empty(), "{}", run.text);
        files
    }

    /// An empty folder. Its name is the same in each run, so that cargo's cache does not grow.
    fn empty(name: &str) -> Project {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("build_lane").join(name);
        if root.exists() {
            fs::remove_dir_all(&root).unwrap();
        }
        fs::create_dir_all(&root).unwrap();
        Project { root }
    }

    /// Makes the crate a separate workspace with the dependencies, lints and profiles of ours.
    fn adopt(&self) {
        let ours = fs::read_to_string(workspace("Cargo.toml")).unwrap();
        let path = format!("path = \"{}/", workspace("").display());
        let lines = ours.lines().filter(|line| !line.contains("members = ["));
        let shared = lines.collect::<Vec<_>>().join("\n").replace("path = \"", &path);
        self.append("Cargo.toml", &format!("\n{shared}\n"));
        fs::copy(workspace("Cargo.lock"), self.root.join("Cargo.lock")).unwrap();
    }

    /// Runs cargo in the crate, offline, with the workspace's target folder.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Run {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        let done = Command::new(env!("CARGO"))
            .args(arguments)
            .arg("--offline")
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", target)
            .env("CARGO_TERM_COLOR", "never")
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Run { passed: done.status.success(), text: text(&done.stdout) + &text(&done.stderr) }
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.root.join(file)).unwrap()
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        write_tree(&self.root, [(file.into(), text.as_bytes().to_vec())]);
    }

    pub(crate) fn remove(&self, file: &str) {
        fs::remove_file(self.root.join(file)).unwrap();
    }

    pub(crate) fn append(&self, file: &str, text: &str) {
        self.write(file, &(self.read(file) + text));
    }

    pub(crate) fn replace(&self, file: &str, old: &str, new: &str) {
        let text = self.read(file);
        assert_eq!(text.matches(old).count(), 1, "{old:?} in {file}");
        self.write(file, &text.replace(old, new));
    }
}

/// The result of a run of cargo.
pub(crate) struct Run {
    passed: bool,
    text: String,
}

impl Run {
    pub(crate) fn passes(&self) {
        assert!(self.passed, "{}", self.text);
    }

    /// Asserts that the build failed with this text.
    pub(crate) fn fails(&self, why: &str) {
        assert!(!self.passed && self.text.contains(why), "{why:?} is not in\n{}", self.text);
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}
