//! Reads the specs of a revision of a git repository.

use gatespec_language::source::{self, Source, SourceMap};
use std::path::Path;
use std::process::Command;

/// Reads the specs of a revision. If this fails, the error says why.
pub(super) fn load(folder: &Path, revision: &str) -> Result<SourceMap, String> {
    if revision.starts_with('-') {
        return Err(format!("unknown revision `{revision}`"));
    }
    // git lists paths relative to the folder. With `-z`, each path ends with a zero byte and no
    // path is quoted.
    let listed = git(folder, &["ls-tree", "-r", "-z", "--name-only", revision, "."])?;
    let listed = String::from_utf8(listed).map_err(|_| "a path in it is not UTF-8".to_owned())?;
    let mut sources = SourceMap::default();
    for path in listed.split('\0').filter(|path| is_spec(path)) {
        let shown = format!("{revision}:{path}");
        let text = git(folder, &["show", &format!("{revision}:./{path}")])?;
        let text = source::text_from(text.as_slice(), &shown)?;
        sources.add(Source { path: path.to_owned(), shown, text });
    }
    if sources.iter().next().is_none() {
        return Err(format!("{revision} has no specs in {}", folder.display()));
    }
    Ok(sources)
}

/// Whether a path is `PLATFORM/FILE.yaml`.
fn is_spec(path: &str) -> bool {
    let folder_and_file = path.split_once('/');
    folder_and_file.is_some_and(|(platform, file)| {
        !platform.starts_with('.') && !file.contains('/') && source::is_spec(Path::new(file))
    })
}

fn git(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, String> {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output();
    let output = output.map_err(|error| format!("cannot run git: {error}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let first = said.lines().next().unwrap_or("no reason given");
        return Err(format!("git failed: {}", first.trim_start_matches("fatal: ")));
    }
    Ok(output.stdout)
}
