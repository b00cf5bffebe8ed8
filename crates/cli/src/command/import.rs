//! `gatespec import`: turns a pasted page into a draft of a spec.

use super::terminal;
use clap::Args;
use gatespec_import::{Draft, File, MAX_PAGE_BYTES, Options, Summary, Update, import};
use gatespec_language::diagnostic::Sink;
use gatespec_language::source;
use std::fs;
use std::io::{ErrorKind, Read, Write as _};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct Import {
    /// The page as text or HTML, in UTF-8 or GBK; `-` is the standard input
    page: PathBuf,
    /// The platform's name, also used as the folder's name
    #[arg(long, value_name = "NAME")]
    platform: String,
    /// Import only this method; if the page does not name its only method, the name of that method
    #[arg(long, value_name = "NAME")]
    method: Option<String>,
    /// Write the draft below this folder of specs; without it, the draft is printed
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print how the page differs from the spec below this folder, as a diff for `patch -p1`
    #[arg(long, value_name = "DIR", conflicts_with = "out")]
    update: Option<PathBuf>,
    /// Change the spec instead of printing the diff
    #[arg(long, requires = "update")]
    write: bool,
}

pub(super) fn run(arguments: &Import) -> bool {
    match draft(arguments) {
        Ok(done) => done,
        Err(problem) => {
            terminal::err(&format!("error: {problem}"));
            false
        }
    }
}

fn draft(arguments: &Import) -> Result<bool, String> {
    let page = arguments.page.display().to_string();
    let bytes = read(&arguments.page).map_err(|error| format!("cannot read {page}: {error}"))?;
    let name = arguments.page.file_name().filter(|name| *name != "-");
    let name = name.map_or("standard input".into(), |name| name.to_string_lossy());
    let options =
        Options { platform: &arguments.platform, method: arguments.method.as_deref(), page: &name };
    let draft = import(&bytes, &options).map_err(|refused| format!("{page}: {refused}"))?;
    if let Some(specs) = &arguments.update {
        return update(&draft, specs, arguments);
    }
    let done = match &arguments.out {
        Some(folder) => write(folder, &draft.files).map(|()| true)?,
        None => terminal::out(&shown(&draft.files)),
    };
    say(&draft, arguments.out.as_deref());
    Ok(done)
}

/// Reads the bytes of the page, at most one more than the maximum, so that a page that is too large
/// is noticed.
fn read(page: &Path) -> std::io::Result<Vec<u8>> {
    let most = MAX_PAGE_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    if page.as_os_str() == "-" {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)?;
    } else {
        fs::File::open(page)?.take(most).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// Prints or writes the changes that make the spec agree with the page.
fn update(draft: &Draft, specs: &Path, arguments: &Import) -> Result<bool, String> {
    let sources = source::load(specs, &mut Sink::default());
    let found = Update::new(draft, &sources, &arguments.platform)
        .map_err(|why| format!("{}: {why}", specs.display()))?;
    if arguments.write {
        for file in &found.files {
            let path = specs.join(&file.path);
            fs::write(&path, &file.after)
                .map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
        }
        found.changes.iter().for_each(|change| terminal::err(change));
    }
    let done = arguments.write || found.files.is_empty() || terminal::out(&found.diff());
    terminal::err(&format!(
        "{}, {} by hand",
        count(found.changes.len(), "change"),
        found.by_hand.len(),
    ));
    if !draft.errors.is_empty() {
        terminal::note("part of the page was not compared, because its draft has errors:");
        terminal::diagnostics(&draft.sources, &draft.errors);
    }
    found.by_hand.iter().for_each(|one| terminal::note(&format!("by hand: {one}")));
    Ok(done)
}

/// Returns the texts of all files, each below a line with its path.
fn shown(files: &[File]) -> String {
    let files = files.iter().map(|file| format!("# --- {}\n{}", file.path, file.text));
    files.collect::<Vec<_>>().join("\n")
}

/// Writes the files. If one of them exists already, writes nothing.
fn write(folder: &Path, files: &[File]) -> Result<(), String> {
    let paths: Vec<_> = files.iter().map(|file| folder.join(&file.path)).collect();
    let taken: Vec<_> = paths.iter().filter(|path| path.exists()).collect();
    if let Some(first) = taken.first() {
        let more = if taken.len() > 1 {
            format!(" and {} more exist", taken.len() - 1)
        } else {
            " exists".to_owned()
        };
        return Err(format!(
            "{}{more}, so nothing was written: give another folder with `--out`, or print the draft without it",
            first.display()
        ));
    }
    for (path, file) in paths.iter().zip(files) {
        let written = || -> std::io::Result<()> {
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            let mut target = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
            target.write_all(file.text.as_bytes())
        };
        written().map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => {
                format!("{} was written by another program in the meantime", path.display())
            }
            _ => format!("{} cannot be written: {error}", path.display()),
        })?;
    }
    Ok(())
}

/// Prints to the standard error what was found, and what a person must do.
fn say(draft: &Draft, folder: Option<&Path>) {
    let Summary { methods, rows, grades: [documented, observed, inferred], conflicts, .. } =
        &draft.summary;
    let named = match methods.as_slice() {
        [] => "no method".to_owned(),
        names => format!("{} ({})", count(names.len(), "method"), names.join(", ")),
    };
    terminal::err(&format!(
        "{named}; {} read; facts: {documented} documented, {observed} observed, {inferred} inferred; {}; {}",
        count(*rows, "row"),
        count(*conflicts, "contradiction"),
        count(draft.summary.unread.len(), "part not read, listed at the end of platform.yaml"),
    ));
    if let Some(note) = &draft.summary.encoding {
        terminal::note(note);
    }
    for dropped in &draft.summary.dropped {
        terminal::note(&format!("a sample was left out: {dropped}"));
    }
    if !draft.errors.is_empty() {
        terminal::note("the draft has errors that you must correct:");
        terminal::diagnostics(&draft.sources, &draft.errors);
    }
    if let Some(folder) = folder {
        terminal::note(&format!(
            "wrote the draft to {}; `gatespec check {}` lists what to fill in",
            folder.display(),
            folder.display()
        ));
    }
}

fn count(number: usize, noun: &str) -> String {
    match (number, noun.split_once(' ')) {
        (1, _) => format!("1 {noun}"),
        (_, Some((noun, rest))) => format!("{number} {noun}s {rest}"),
        (_, None) => format!("{number} {noun}s"),
    }
}
