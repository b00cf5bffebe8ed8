//! Reads the specs of a revision of a git repository.

use gatespec_language::source::{MAX_FILE_BYTES, Source, SourceMap};
use std::path::Path;
use std::process::Command;

/// Reads the specs of a revision. If this fails, the error says why.
pub(super) fn load(folder: &Path, revision: &str) -> Result<SourceMap, String> {
    if revision.starts_with('-') {
        return Err(format!("`{revision}` is not a revision"));
    }
    // git lists paths relative to the folder. With `-z`, each path ends with a zero byte and no
    // path is quoted.
    let listed = git(folder, &["ls-tree", "-r", "-z", "--name-only", revision, "."])?;
    let mut sources = SourceMap::default();
    for path in listed.split('\0').filter(|path| is_spec(path)) {
        let text = git(folder, &["show", &format!("{revision}:./{path}")])?;
        if text.len() as u64 > MAX_FILE_BYTES {
            return Err(format!("{revision}:{path} is larger than a spec can be"));
        }
        let shown = format!("{revision}:{path}");
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
        sources.add(Source { path: path.to_owned(), shown, text });
    }
    if sources.iter().next().is_none() {
        return Err(format!("{revision} has no specs in {}", folder.display()));
    }
    Ok(sources)
}

/// Whether a path is `PLATFORM/FILE.yaml`.
fn is_spec(path: &str) -> bool {
    let Some((platform, file)) = path.split_once('/') else { return false };
    let yaml = file.ends_with(".yaml") || file.ends_with(".yml");
    yaml && !file.contains('/') && !platform.starts_with('.') && !file.starts_with('.')
}

fn git(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output();
    let output = output.map_err(|error| format!("git cannot be run: {error}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let first = said.lines().next().unwrap_or("it does not say why");
        return Err(format!("git refuses: {}", first.trim_start_matches("fatal: ")));
    }
    String::from_utf8(output.stdout).map_err(|_| "a spec of the revision is not UTF-8".to_owned())
}
