//! `gatespec new`: writes drafts of specs, which compile at once and say what to fill in.

use super::terminal;
use clap::{Args, Subcommand};
use gatespec_codegen::write::create;
use gatespec_codegen::{Options, names};
use gatespec_language::diagnostic::{Diagnostic, Severity, Sink, rules};
use gatespec_language::schema::modeline;
use gatespec_language::source::{self, Source, SourceMap};
use gatespec_language::{report, sound};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct New {
    #[command(subcommand)]
    what: What,
    /// The folder that contains one folder per platform
    #[arg(long, value_name = "DIR", default_value = "specs", global = true)]
    out: PathBuf,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Write a platform.yaml: addresses, credentials, signature, envelope
    Platform {
        /// The platform's id, also used as the name of its folder and of its Rust module
        #[arg(value_parser = platform_id)]
        name: String,
    },
    /// Write the spec of one method
    Method {
        /// The platform's folder
        #[arg(value_parser = platform_id)]
        platform: String,
        /// The method's name on the wire
        #[arg(value_parser = method_name)]
        name: String,
    },
}

fn platform_id(text: &str) -> Result<String, String> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let begins = text.bytes().next().is_some_and(|first| first.is_ascii_lowercase());
    match begins && text.bytes().all(plain) {
        true => Ok(text.to_owned()),
        false => {
            Err("an id can contain only lowercase letters, digits and `_`, and must begin with a letter".to_owned())
        }
    }
}

fn method_name(text: &str) -> Result<String, String> {
    let visible = text.chars().all(|c| !c.is_whitespace() && !c.is_control());
    match visible && text.chars().any(|c| c.is_ascii_alphanumeric()) {
        true => Ok(text.to_owned()),
        false => {
            Err("a method's name must contain letters or digits, and no white space".to_owned())
        }
    }
}

pub(super) fn run(arguments: &New) -> bool {
    let written = match &arguments.what {
        What::Platform { name } => platform(&arguments.out, name),
        What::Method { platform, name } => method(&arguments.out, platform, name),
    };
    match written {
        Ok(said) => terminal::out(&said),
        Err(problem) => {
            terminal::err(&problem);
            terminal::err("nothing was written");
            false
        }
    }
}

fn platform(out: &Path, name: &str) -> Result<String, String> {
    let text =
        include_str!("draft/platform.yaml").replace("platform: NAME", &format!("platform: {name}"));
    let text = text.replace("title: NAME", &format!("title: {name}"));
    let text = format!("{}\n{text}", modeline("platform.yaml"));
    let file = out.join(name).join("platform.yaml");
    write(&file, &text, SourceMap::default())?;
    let next = format!(
        "replace each TODO in it, then:\n  \
         gatespec new method {name} METHOD   writes the draft of a method\n  \
         gatespec check                  says what is missing or wrong\n  \
         gatespec describe {name}         shows what the spec says"
    );
    Ok(format!("wrote {}; {next}", file.display()))
}

fn method(out: &Path, platform: &str, name: &str) -> Result<String, String> {
    let folder = out.join(platform);
    if !folder.join("platform.yaml").is_file() {
        return Err(format!(
            "{} has no platform.yaml: `gatespec new platform {platform}` writes one",
            folder.display()
        ));
    }
    let sources = source::load_each(&[&folder], &mut Sink::default());
    let draft = MethodDraft::new(name, &sources);
    let file = folder.join(format!("{}.yaml", draft.stem));
    let is_alike =
        |errors: &[Diagnostic]| errors.iter().any(|one| one.rule.id == rules::METHODS_ALIKE.id);
    let text = match new_errors(&mut sources.clone(), &file, &draft.text("")) {
        // If nothing else in a request identifies the method, the draft contains a path that does.
        errors if is_alike(&errors) => draft.text(&format!("path: /{}  # TODO\n", draft.stem)),
        _ => draft.text(""),
    };
    write(&file, &text, sources)?;
    Ok(format!(
        "{} is written; replace each TODO in it, then:\n  \
         gatespec check                  says what is missing or wrong\n  \
         gatespec describe {platform} {name}",
        file.display()
    ))
}

/// The draft of a method.
struct MethodDraft {
    /// The name of the file without its extension.
    stem: String,
    /// Lines with the keys that this method needs in addition to the keys that every draft has.
    keys: String,
}

impl MethodDraft {
    /// Adds the key `method` if the method's name cannot be a file name, and the key `labels` if a
    /// label of the gateway has no default.
    fn new(name: &str, sources: &SourceMap) -> Self {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        let begins = name.starts_with(|c: char| c.is_ascii_alphanumeric());
        let parts = name.split(|c: char| !c.is_ascii_alphanumeric());
        let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
        let stem = match begins && name.chars().all(is_plain) {
            true => name.to_owned(),
            false => parts.join("."),
        };
        let mut keys = String::new();
        if stem != name {
            let quoted = name.replace('\\', "\\\\").replace('"', "\\\"");
            keys.push_str(&format!("method: {{ name: \"{quoted}\" }}\n"));
        }
        let model = sound(sources, &mut Sink::default());
        let gateway = model.platforms.first().and_then(|platform| platform.gateways.first());
        let labels = gateway.into_iter().flat_map(|gateway| &gateway.labels);
        let needed = labels.filter(|label| label.default.is_none());
        let needed: Vec<_> = needed.map(|label| format!("{}: TODO", label.name)).collect();
        if !needed.is_empty() {
            keys.push_str(&format!("labels: {{ {} }}\n", needed.join(", ")));
        }
        Self { stem, keys }
    }

    fn text(&self, more: &str) -> String {
        let keys = format!("{}{more}# repeat:", self.keys);
        let text = include_str!("draft/method.yaml").replacen("# repeat:", &keys, 1);
        format!("{}\n{text}", modeline(&format!("{}.yaml", self.stem)))
    }
}

/// Writes a new file, if it compiles together with the other files.
fn write(file: &Path, text: &str, mut sources: SourceMap) -> Result<(), String> {
    if file.exists() {
        return Err(format!("{} already exists", file.display()));
    }
    let errors = new_errors(&mut sources, file, text);
    match errors.is_empty() {
        true => create(file, text),
        false => Err(report::in_look(&sources, &errors, terminal::look())),
    }
}

/// Adds a file to its platform, and returns the errors that this causes, such as two methods with
/// the same name in Rust. Errors that the platform already had are left out.
fn new_errors(sources: &mut SourceMap, file: &Path, text: &str) -> Vec<Diagnostic> {
    let key = |error: &Diagnostic| (error.rule.id, error.span, error.message.clone());
    let before: HashSet<_> = errors(sources).iter().map(key).collect();
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let path = format!("{}/{}", name(file.parent().unwrap_or(file)), name(file));
    sources.add(Source { path, shown: file.display().to_string(), text: text.to_owned() });
    errors(sources).into_iter().filter(|error| !before.contains(&key(error))).collect()
}

fn errors(sources: &SourceMap) -> Vec<Diagnostic> {
    let mut sink = Sink::default();
    let model = sound(sources, &mut sink);
    names(&model, &Options::default(), &mut sink);
    let found = sink.into_sorted().into_iter();
    found.filter(|one| one.severity == Severity::Error).collect()
}
