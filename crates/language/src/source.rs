//! Reads specs. Only this module reads files, and it decides which files are accepted.

mod problem;

pub use crate::span::{SourceId, SourceSpan};
pub use problem::MAX_FILE_BYTES;

use crate::diagnostic::{Diagnostic, Sink, rules};
use gatespec_protocol::Spec;
use problem::Problem;
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// One spec file.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path relative to the specs folder, with `/`: `shopex/matrix.unbind.yaml`.
    pub path: String,
    /// The path in messages, as the user would type it.
    pub shown: String,
    /// The text.
    pub text: String,
}

/// All files of a run, sorted by path.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Vec<Source>,
    folders: Vec<PathBuf>,
    unread: Vec<String>,
}

impl SourceMap {
    /// Adds a file and returns its id. A lone carriage return ends a line, as it does in YAML.
    pub fn add(&mut self, mut source: Source) -> SourceId {
        source.text = with_lines(source.text);
        self.files.push(source);
        SourceId((self.files.len() - 1) as u32)
    }

    /// The file with this id.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.files[id.0 as usize]
    }

    /// Every file with its id.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.files.iter().enumerate().map(|(index, file)| (SourceId(index as u32), file))
    }

    /// The paths of files that could not be read, in the form of [`Source::path`].
    pub fn unread(&self) -> impl Iterator<Item = &str> {
        self.unread.iter().map(String::as_str)
    }

    /// Every folder that was listed, so that new files can be detected.
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// Adds specs that a program contains as text. Platforms that `self` contains already are not
    /// replaced.
    #[must_use]
    pub fn with_carried(mut self, specs: &[Spec<'_>]) -> SourceMap {
        for spec in specs {
            let folder = format!("{}/", spec.platform);
            let is_its = |path: &str| path.starts_with(&folder);
            if self.files.iter().any(|file| is_its(&file.path)) || self.unread().any(is_its) {
                continue;
            }
            for (name, text) in spec.files {
                let path = format!("{folder}{name}");
                self.add(Source { shown: path.clone(), path, text: (*text).to_owned() });
            }
        }
        self
    }

    /// The line and the column of a byte, both from 1. The column counts characters.
    pub fn position(&self, id: SourceId, byte: u32) -> (usize, usize) {
        let text = &self.get(id).text;
        let mut at = (byte as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let before = &text[..at];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

/// Reads a specs folder, which contains the files `<platform>/*.yaml`.
///
/// Files that cannot be read are reported. All others are read.
pub fn load(root: &Path, sink: &mut Sink) -> SourceMap {
    load_each(std::slice::from_ref(&root), sink)
}

/// Reads several specs folders, platform folders or spec files. For a file, its whole platform is
/// read, since a method depends on the platform.
pub fn load_each(paths: &[impl AsRef<Path>], sink: &mut Sink) -> SourceMap {
    let mut map = SourceMap::default();
    let mut platforms = Vec::new();
    for path in paths.iter().map(AsRef::as_ref) {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        if path.is_file() && is_spec(path) {
            platforms.push(parent.unwrap_or(Path::new(".")).to_path_buf());
        } else if path.join("platform.yaml").is_file() {
            platforms.push(path.to_path_buf());
        } else {
            map.folders.push(path.to_path_buf());
            let entries = list(path, sink).unwrap_or_default();
            let (folders, files): (Vec<_>, Vec<_>) =
                entries.into_iter().partition(|entry| entry.is_dir());
            let of_platforms = |folder: &PathBuf| folder.join("platform.yaml").is_file();
            if folders.iter().any(of_platforms) {
                files.iter().filter(|file| is_spec(file)).for_each(|file| misplaced(file, sink));
            }
            platforms.extend(folders.into_iter().filter(|folder| !is_hidden(folder)));
        }
    }
    platforms.sort();
    platforms.dedup();
    for folder in platforms {
        let files = list(&folder, sink).unwrap_or_default();
        let is_platform = files
            .iter()
            .any(|file| file.file_stem().is_some_and(|stem| stem == "platform") && is_spec(file));
        for entry in &files {
            if is_spec(entry) {
                read_into(&mut map, &folder, entry, sink);
            } else if is_platform && entry.is_dir() && !is_hidden(entry) {
                let inside = list(entry, sink).unwrap_or_default();
                inside.iter().filter(|path| is_spec(path)).for_each(|path| misplaced(path, sink));
            }
        }
        map.folders.push(folder);
    }
    if map.files.is_empty() && !sink.has_errors() {
        let shown: Vec<_> = paths.iter().map(|path| path.as_ref().display().to_string()).collect();
        sink.report(
            Diagnostic::new(rules::NO_SPECS, format!("no specs in {}", shown.join(", "))).help(
                "a platform is a folder with a `platform.yaml`: specs/<platform>/platform.yaml",
            ),
        );
    }
    map
}

/// Reports a spec that is not in the folder of a platform.
fn misplaced(file: &Path, sink: &mut Sink) {
    let message = format!("{} is not read: it is not in the folder of a platform", file.display());
    sink.report(Diagnostic::new(rules::MISPLACED_FILE, message));
}

/// Reads a text file named on the command line, at most [`MAX_FILE_BYTES`] long. A byte order mark,
/// which some editors on Windows write, is removed.
///
/// # Errors
///
/// Returns a description of the error if the file is missing, too large or not UTF-8.
pub fn text(file: &Path) -> Result<String, String> {
    let shown = file.display().to_string();
    read(file).map(without_mark).map_err(|problem| problem.in_words(&shown))
}

/// Reads a text from a stream, with the same conditions as [`text`]. `shown` names the stream in
/// messages.
///
/// # Errors
///
/// Returns a description of the error if the stream cannot be read, is too large or is not UTF-8.
pub fn text_from(stream: impl Read, shown: &str) -> Result<String, String> {
    read_from(stream).map(without_mark).map_err(|problem| problem.in_words(shown))
}

fn without_mark(text: String) -> String {
    match text.strip_prefix('\u{feff}') {
        Some(text) => text.to_owned(),
        None => text,
    }
}

/// The name of the crate whose source folder is `folder`, as a Rust identifier. It is read from the
/// `Cargo.toml` in the folder above. `None` if that file is missing or states no name.
pub fn crate_above(folder: &Path) -> Option<String> {
    let manifest = read(&folder.parent()?.join("Cargo.toml")).ok()?;
    let package = manifest.split("[package]").nth(1)?;
    let own = package.lines().take_while(|line| !line.trim_start().starts_with('['));
    let name = own.filter_map(|line| line.split_once('=')).find(|(key, _)| key.trim() == "name");
    let name = name?.1.trim().trim_matches('"').replace('-', "_");
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_').then_some(name)
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// Whether a file in a platform's folder is a spec, by its name.
pub fn is_spec(path: &Path) -> bool {
    let yaml = path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
    yaml && !is_hidden(path) && !path.is_dir()
}

/// The entries of a folder. They are sorted, so that the output does not depend on the file system.
fn list(folder: &Path, sink: &mut Sink) -> Option<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).and_then(|entries| {
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()
    });
    match entries {
        Ok(mut entries) => {
            entries.sort();
            Some(entries)
        }
        Err(error) => {
            let what = match error.kind() {
                ErrorKind::NotFound => "there is no such folder".to_owned(),
                ErrorKind::NotADirectory => "this is a file, not a folder".to_owned(),
                _ => error.to_string(),
            };
            sink.report(
                Diagnostic::new(
                    rules::UNREADABLE,
                    format!("cannot list {}: {what}", folder.display()),
                )
                .help("name a folder that contains one folder per platform"),
            );
            None
        }
    }
}

fn read_into(map: &mut SourceMap, platform: &Path, file: &Path, sink: &mut Sink) {
    let shown = file.display().to_string();
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    // A path such as `specs/.` or `..` has no file name, but its canonical path has one.
    let folder = name(platform).or_else(|| name(&platform.canonicalize().ok()?));
    let path = format!("{}/{}", folder.unwrap_or_default(), name(file).unwrap_or_default());
    match read_file(file) {
        Ok(text) => {
            map.add(Source { path, shown, text });
        }
        Err(Problem::NotUtf8 { text, byte, .. }) => {
            // The file is added so that the position of the error can be shown. Its content is not
            // used.
            let end = text.len().min(byte + char::REPLACEMENT_CHARACTER.len_utf8());
            let source = map.add(Source { path: path.clone(), shown: shown.clone(), text });
            let span = SourceSpan { source, start: byte as u32, end: end as u32 };
            let diagnostic =
                Problem::not_utf8("the file is not UTF-8: this byte does not begin a character");
            sink.report(Diagnostic { span: Some(span), ..diagnostic });
            map.unread.push(path);
        }
        Err(problem) => {
            sink.report(problem.diagnostic(&shown));
            map.unread.push(path);
        }
    }
}

/// Replaces each lone carriage return by a newline.
fn with_lines(text: String) -> String {
    if !text.contains('\r') {
        return text;
    }
    let mut letters = text.chars().peekable();
    let mut lines = String::with_capacity(text.len());
    while let Some(letter) = letters.next() {
        let alone = letter == '\r' && letters.peek() != Some(&'\n');
        lines.push(if alone { '\n' } else { letter });
    }
    lines
}

/// Reads a spec from the disk, if it is a regular file. Opening a pipe would block until something
/// is written to it.
fn read_file(file: &Path) -> Result<String, Problem> {
    match fs::metadata(file).map_err(Problem::Io)?.is_file() {
        true => read(file),
        false => Err(Problem::NotAFile),
    }
}

fn read(file: &Path) -> Result<String, Problem> {
    read_from(fs::File::open(file).map_err(Problem::Io)?)
}

/// Reads a text up to the limit, even if the file is larger or grows.
fn read_from(stream: impl Read) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    stream.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(Problem::Io)?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(Problem::TooLarge);
    }
    String::from_utf8(bytes).map_err(|error| {
        let byte = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
        let before = String::from_utf8_lossy(&error.as_bytes()[..byte]).into_owned();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() + 1;
        Problem::NotUtf8 { line, column: before[line_start..].chars().count() + 1, byte, text }
    })
}
