//! README.md and the pages in docs/ are true: specs compile, Rust code is quoted from the tree or
//! compiled by `docs/guide.rs`, commands print what is shown, and links lead to files.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use gatespec_language::{analyse, diagnostic::Sink, report, source};
use gatespec_mock::Mock;
use gatespec_tests::corpus::{entries, name};
use gatespec_tests::harness::shell;
use gatespec_tests::markdown::blocks;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The pages of the guide.
fn pages() -> Vec<PathBuf> {
    let mut pages = entries(&root().join("docs/src")).unwrap();
    pages.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    assert!(pages.len() > 3, "{pages:?}");
    pages
}

/// The blocks in `language` that contain `holds`, in README.md and in the guide.
fn all(language: &str, holds: &str) -> Vec<String> {
    let mut files = [vec![root().join("README.md")], pages()].concat();
    // A separate test covers the examples of the rules.
    files.retain(|file| !file.ends_with("rules.md"));
    let found = files.iter().flat_map(|file| blocks(&fs::read_to_string(file).unwrap()));
    let found = found.filter(|(found, text)| found == language && text.contains(holds));
    let found: Vec<_> = found.map(|(_, text)| text).collect();
    assert!(!found.is_empty(), "no document has a {language} block with {holds:?}");
    found
}

/// The only block in `language` that contains `holds`.
fn block(language: &str, holds: &str) -> String {
    let mut found = all(language, holds);
    assert_eq!(found.len(), 1, "{language} block with {holds:?}");
    found.remove(0)
}

/// Code without its comments, blank lines and indentation.
fn bare(code: &str) -> String {
    let lines =
        code.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_spec_in_the_readme_compiles() {
    let folder = tempfile::tempdir().unwrap();
    let shopex = folder.path().join("shopex");
    fs::create_dir(&shopex).unwrap();
    for name in ["platform.yaml", "types.yaml", "matrix.unbind.yaml"] {
        fs::copy(root().join("specs/shopex").join(name), shopex.join(name)).unwrap();
    }
    fs::write(shopex.join("matrix.fill.multiple.yaml"), block("yaml", "Push again")).unwrap();
    let mut sink = Sink::default();
    let sources = source::load(folder.path(), &mut sink);
    let model = analyse(&sources, &mut sink);
    let said = report::report(&sources, &sink.into_sorted(), false);
    assert!(model.is_some(), "{said}");
}

#[test]
fn the_signature_in_the_documents_is_the_shipped_one() {
    let shipped = fs::read_to_string(root().join("specs/shopex/platform.yaml")).unwrap();
    let shown = block("yaml", "signature:");
    let words =
        |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>().join(" ");
    let formula = shown.split(">-").nth(1).unwrap().split("vectors:").next().unwrap();
    assert!(words(&shipped).contains(&words(formula)), "{formula}");
    let sign = shown.lines().find(|line| line.contains("sign:")).unwrap().trim();
    assert!(shipped.contains(sign), "{sign}");
}

/// The files from which the documents may quote Rust code. Other Rust code in them is compiled by
/// `docs/guide.rs`.
const QUOTED: [&str; 5] = [
    "generated/examples/push_again.rs",
    "generated/examples/repeats.rs",
    "generated/src/shopex/matrix_fill_multiple.rs",
    "tests/consumer/build.rs",
    "tests/consumer/src/lib.rs",
];

#[test]
fn the_rust_that_the_documents_quote_is_in_the_tree() {
    let files = QUOTED.map(|file| bare(&fs::read_to_string(root().join(file)).unwrap()));
    for shown in all("rust,ignore", "") {
        for part in shown.split("\n\n").map(bare) {
            assert!(files.iter().any(|file| file.contains(&part)), "no file has:\n{part}");
        }
    }
}

#[test]
fn the_rust_of_the_guide_is_compiled() {
    let compiled = fs::read_to_string(root().join("docs/guide.rs")).unwrap();
    for page in pages() {
        let blocks = blocks(&fs::read_to_string(&page).unwrap());
        let holds_rust = blocks.iter().any(|(tag, _)| tag == "rust" || tag == "rust,no_run");
        let named = compiled.contains(&format!("\"src/{}\"", name(&page)));
        assert_eq!(holds_rust, named, "{}", page.display());
    }
}

#[test]
fn the_chinese_readme_has_the_blocks_headings_and_links_of_the_readme() {
    let [readme, chinese] =
        ["README.md", "README.zh-CN.md"].map(|file| fs::read_to_string(root().join(file)).unwrap());
    assert_eq!(blocks(&chinese), blocks(&readme));
    let headings = |text: &str| {
        let lines = text.lines().filter(|line| line.starts_with('#'));
        lines.map(|line| line.find(' ')).collect::<Vec<_>>()
    };
    assert_eq!(headings(&chinese), headings(&readme));
    let leads = |text: &str| {
        let links = links(text).into_iter().filter(|link| !link.starts_with("README"));
        links.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(leads(&chinese), leads(&readme));
    assert!(links(&readme).contains(&"README.zh-CN.md"));
}

#[test]
fn the_call_in_the_documents_prints_what_they_say() {
    let run = Command::new(env!("CARGO"))
        .args(["run", "-q", "--locked", "-p", "gatespec-clients", "--example", "push_again"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let printed = String::from_utf8(run.stdout).unwrap();
    assert_eq!(printed.trim(), block("text", "POST https:").trim());
    for refused in all("text", "refused before it was sent") {
        assert!(printed.contains(refused.trim()), "it does not print:\n{refused}");
    }
}

#[test]
fn the_quick_start_prints_the_lines_that_the_documents_show() {
    // Another test, quick_start.rs, has a snapshot of what the example prints.
    let printed = fs::read_to_string(root().join("tests/tests/quick_start.snap")).unwrap();
    for line in block("text", "-> order 91341793022324").lines() {
        assert!(printed.lines().any(|other| other == line), "it does not print:\n{line}");
    }
}

/// The commands of a transcript, each with the lines of output that the transcript shows.
fn commands(transcript: &str) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for line in transcript.lines() {
        match (line.strip_prefix("$ "), found.last_mut()) {
            (Some(command), _) => found.push((command.to_owned(), Vec::new())),
            (None, Some((_, shown))) if !matches!(line, "…" | "") => shown.push(line.to_owned()),
            _ => {}
        }
    }
    found
}

#[test]
fn the_commands_in_the_documents_print_what_they_show() {
    let mock = Mock::builder(root().join("specs")).start().unwrap();
    let address = format!("http://127.0.0.1:{}/", mock.port());
    let vector = "0123456789abcdef0123456789abcdef";
    for (holds, secret) in
        [("$ gatespec sign", vector), ("$ gatespec call", "test-secret-0123456789abcdef")]
    {
        let transcript = commands(&block("text", holds));
        // The transcript sets the secret too, so that readers need not guess it.
        assert_eq!(transcript[0].0, format!("export GATESPEC_SECRET={secret}"));
        for (command, shown) in transcript {
            let command = command.replace("http://127.0.0.1:8780/", &address);
            let printed = shell(&root(), &command, secret);
            let mut lines = printed.lines();
            for line in shown {
                assert!(lines.any(|other| other == line), "not, or not here:\n{line}\n\n{printed}");
            }
        }
    }
}

/// The targets of the links in a document, except links to other sites and to headings of the same
/// document.
fn links(markdown: &str) -> Vec<&str> {
    let found = markdown.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    found.filter(|link| !link.contains("://") && !link.starts_with('#')).collect()
}

#[test]
fn links_in_the_documents_lead_to_files() {
    let mut files = pages();
    for folder in ["", "specs", "tests"] {
        let found = entries(&root().join(folder)).unwrap();
        files.extend(
            found.into_iter().filter(|path| path.extension().is_some_and(|one| one == "md")),
        );
    }
    let mut seen = 0;
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for link in links(&text) {
            let path = file.with_file_name(link.split('#').next().unwrap());
            assert!(path.exists(), "{}: {link}", file.display());
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn the_contents_of_the_guide_name_each_of_its_pages() {
    let contents = fs::read_to_string(root().join("docs/src/SUMMARY.md")).unwrap();
    for page in pages().iter().map(|path| name(path)).filter(|name| name != "SUMMARY.md") {
        assert!(links(&contents).contains(&page.as_str()), "{page}");
    }
}

/// The inline code in a document that looks like a path.
fn paths(markdown: &str) -> impl Iterator<Item = &str> {
    let code = markdown.split('`').skip(1).step_by(2);
    code.filter(|word| word.contains('/') || word.ends_with(".rs")).filter(|word| {
        word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/_.-".contains(&byte))
    })
}

#[test]
fn the_architecture_names_files_that_exist() {
    const HOMES: [&str; 6] =
        ["", "crates", "crates/protocol/src", "crates/runtime/src/client", "tests/tests", "tests"];
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    for path in paths(&text) {
        let found = HOMES.iter().any(|home| {
            let path = root().join(home).join(path);
            path.exists() || path.with_extension("rs").exists()
        });
        assert!(found, "{path}");
    }
}

/// The packages that are published.
const PUBLISHED: [&str; 13] = [
    "crates/protocol",
    "crates/language",
    "crates/inspect",
    "crates/compare",
    "crates/convert",
    "crates/import",
    "crates/runtime",
    "crates/site",
    "crates/tool",
    "crates/mock",
    "crates/cli",
    "codegen",
    "generated",
];

/// The third-party crates in the dependencies of a manifest.
fn dependencies(manifest: &str) -> impl Iterator<Item = &str> {
    let section = manifest.split("\n[").filter_map(|part| part.strip_prefix("dependencies]\n"));
    section.flat_map(str::lines).filter_map(|line| line.split(['.', ' ']).next()).filter(|name| {
        !name.starts_with("gatespec") && name.starts_with(|first: char| first.is_ascii_lowercase())
    })
}

#[test]
fn each_dependency_of_what_is_published_is_accounted_for() {
    // The workspace calls `serde_core` `serde` and `yaml_serde` `serde_yaml`; the page has the real
    // names.
    let published = |name: &str| match name {
        "serde" => "serde_core".to_owned(),
        "serde_yaml" => "yaml_serde".to_owned(),
        other => other.to_owned(),
    };
    let mut used = BTreeSet::new();
    for package in PUBLISHED {
        let manifest = fs::read_to_string(root().join(package).join("Cargo.toml")).unwrap();
        used.extend(dependencies(&manifest).map(published));
    }
    let page = fs::read_to_string(root().join("docs/src/dependencies.md")).unwrap();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
    let told = rows.flat_map(|names| names.split(['`', ' ']).filter(|name| !name.is_empty()));
    assert_eq!(told.map(str::to_owned).collect::<BTreeSet<_>>(), used);
}

#[test]
fn the_readme_is_short() {
    assert!(fs::read_to_string(root().join("README.md")).unwrap().lines().count() <= 130);
}
