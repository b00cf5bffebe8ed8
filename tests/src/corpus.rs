//! The corpus on disk: its cases, and the specs that each case consists of.
//!
//! The build script includes this file too, so it depends only on the compiler.

use gatespec_language::source::{Source, SourceMap};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The platform of cases that do not name a platform.
pub const PLATFORM: &str = "shop";

/// One case: a spec file, or a folder of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Case {
    /// The file's stem, or the folder's name.
    pub name: String,
    /// The path of the file or folder.
    pub path: PathBuf,
}

impl Case {
    /// The specs of the case.
    ///
    /// A file is added to the base platform: as `platform.yaml` if it begins with `platform:`, as
    /// `types.yaml` if it begins with `types:`, otherwise as the method `shop.demo`. A folder
    /// contains files of the platform `shop`, or one folder per platform. The base `platform.yaml`
    /// is added if the case has only `shop`, without a `platform.yaml`.
    ///
    /// # Errors
    ///
    /// When a file cannot be read.
    pub fn sources(&self, base: &Path) -> io::Result<SourceMap> {
        let mut files = Vec::new();
        if self.path.is_file() {
            let text = fs::read_to_string(&self.path)?;
            files.push((format!("{PLATFORM}/{}", stands_as(&text)), text));
        } else {
            for entry in entries(&self.path)? {
                if entry.is_dir() {
                    for file in specs(&entry)? {
                        files.push((
                            format!("{}/{}", name(&entry), name(&file)),
                            fs::read_to_string(file)?,
                        ));
                    }
                } else if is_spec(&entry) {
                    files.push((
                        format!("{PLATFORM}/{}", name(&entry)),
                        fs::read_to_string(&entry)?,
                    ));
                }
            }
        }
        let platform = format!("{PLATFORM}/platform.yaml");
        let needs_base =
            files.iter().all(|(path, _)| path.starts_with(PLATFORM) && *path != platform)
                && !self.path.join(PLATFORM).is_dir();
        if needs_base {
            files.push((platform, fs::read_to_string(base)?));
        }
        Ok(source_map(files))
    }
}

/// Files in memory, in the order in which the compiler reads them.
pub fn source_map(mut files: Vec<(String, String)>) -> SourceMap {
    files.sort();
    let mut sources = SourceMap::default();
    for (path, text) in files {
        sources.add(Source { shown: path.clone(), path, text });
    }
    sources
}

/// Every case in a folder, sorted. Spec files and folders are cases.
///
/// # Errors
///
/// When the folder cannot be listed.
pub fn cases(folder: &Path) -> io::Result<Vec<Case>> {
    let found = entries(folder)?.into_iter().filter(|path| path.is_dir() || is_spec(path));
    Ok(found.map(|path| Case { name: stem(&path), path }).collect())
}

/// The entries of a folder, sorted.
///
/// # Errors
///
/// When the folder cannot be listed.
pub fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    entries.sort();
    Ok(entries)
}

fn specs(folder: &Path) -> io::Result<Vec<PathBuf>> {
    Ok(entries(folder)?.into_iter().filter(|path| is_spec(path)).collect())
}

fn is_spec(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml")
}

/// The name of a file or folder.
pub fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The name of a file without its last extension, or of a folder.
pub fn stem(path: &Path) -> String {
    let name = name(path);
    match name.rsplit_once('.') {
        Some((stem, _)) if !path.is_dir() => stem.to_owned(),
        _ => name,
    }
}

fn stands_as(text: &str) -> &'static str {
    let first = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    match first.and_then(|line| line.split(':').next()) {
        Some("platform") => "platform.yaml",
        Some("types") => "types.yaml",
        _ => "shop.demo.yaml",
    }
}
