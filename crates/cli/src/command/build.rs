//! `gatespec build`: compiles, writes what changed, and prints a short table.

use super::reporting::Reporting;
use super::terminal;
use clap::{Parser, ValueEnum};
use gatespec_codegen::write::{Changes, Mode, sync};
use gatespec_codegen::{Options, OutputFile, generate};
use gatespec_language::model::{Model, Platform, Record, Returns, TypeKind};
use gatespec_language::{sound, source};
use std::path::PathBuf;
use std::time::{Duration, Instant};

#[derive(Debug, Parser)]
pub(super) struct Build {
    /// Write nothing; fail if the output is not up to date
    #[arg(long)]
    check: bool,
    /// The folder that contains one folder per platform
    #[arg(long, value_name = "DIR", default_value = "specs")]
    specs: PathBuf,
    /// The folder to write to; only files that gatespec wrote are changed or deleted
    #[arg(long, value_name = "DIR", default_value = "generated/src")]
    out: PathBuf,
    /// The kind of the output's root file
    #[arg(long, value_enum, default_value_t = Root::Crate)]
    root: Root,
    /// Do not generate the blocking clients
    #[arg(long)]
    no_blocking: bool,
    #[command(flatten)]
    reporting: Reporting,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Root {
    /// `lib.rs`, with one Cargo feature per platform
    Crate,
    /// `mod.rs`, to be used as a module of another crate
    Module,
}

impl Default for Build {
    fn default() -> Self {
        // Parses an empty command line, because only the attributes for clap state the defaults.
        Build::parse_from(["build"])
    }
}

pub(super) fn run(arguments: &Build) -> bool {
    let start = Instant::now();
    let reporting = &arguments.reporting;
    if !reporting.fix(std::slice::from_ref(&arguments.specs)) {
        return false;
    }
    let Some(mut sink) = reporting.sink() else { return false };
    let sources = source::load(&arguments.specs, &mut sink);
    let mut done = None;
    // If there are errors, `generate` checks the names in the rest of the model, and nothing is
    // written.
    let model = sound(&sources, &mut sink);
    if let Some(files) = generate(&model, &options(arguments), &mut sink) {
        let mode = if arguments.check { Mode::Check } else { Mode::Write };
        let changes = sync(&arguments.out, &files, mode, &mut sink);
        done = Some((files, changes));
    }
    let failed = sink.fails();
    let printed = reporting.print(&sources, &Reporting::found(&model, sink));
    let Some((files, changes)) = done.filter(|_| !failed) else {
        terminal::err("nothing was written");
        return false;
    };
    if arguments.check {
        return report_check(arguments, &changes);
    }
    let changes = report_changes(arguments, &changes);
    if reporting.is_for_tools() {
        terminal::err(&changes);
        return printed;
    }
    terminal::out(&format!("{changes}\n{}", table(&model, &files, start.elapsed())))
}

fn options(arguments: &Build) -> Options {
    let root = match arguments.root {
        Root::Crate => gatespec_codegen::Root::Crate,
        Root::Module => gatespec_codegen::Root::Module,
    };
    // Doc examples import the client by crate name, so they compile only if the output is the root
    // of a crate.
    let doc_path = match arguments.root {
        Root::Crate => source::crate_above(&arguments.out),
        Root::Module => None,
    };
    let usual = Build::default();
    let command = if arguments.specs == usual.specs && arguments.out == usual.out {
        Options::default().command
    } else {
        "Edit the spec, then run `gatespec build`.".to_owned()
    };
    Options { blocking: !arguments.no_blocking, root, doc_path, command, ..Options::default() }
}

fn report_check(arguments: &Build, changes: &Changes) -> bool {
    let out = arguments.out.display();
    if changes.is_empty() {
        let fresh = format!("{out} is up to date with the specs");
        if arguments.reporting.is_for_tools() {
            terminal::err(&fresh);
            return true;
        }
        return terminal::out(&fresh);
    }
    terminal::err(&format!(
        "{out} is stale:\n{}\nrun `gatespec build` (in the workspace: `cargo run`)",
        list(changes, "orphaned")
    ));
    false
}

fn report_changes(arguments: &Build, changes: &Changes) -> String {
    let out = arguments.out.display();
    if changes.is_empty() {
        format!("{out} is up to date: nothing written")
    } else {
        format!("{out}:\n{}", list(changes, "deleted "))
    }
}

fn list(changes: &Changes, orphaned: &'static str) -> String {
    let lines = |mark: &'static str, paths: &[String]| -> Vec<String> {
        paths.iter().map(|path| format!("  {mark} {path}")).collect()
    };
    let all = [
        lines("new     ", &changes.added),
        lines("changed ", &changes.changed),
        lines(orphaned, &changes.orphaned),
    ];
    all.concat().join("\n")
}

/// Returns the table of platforms with their numbers of methods, fields, rules and lines. The last
/// row ends with the time that the run took.
fn table(model: &Model, files: &[OutputFile], took: Duration) -> String {
    let mut rows = vec![["platform", "methods", "fields", "rules", "lines"].map(str::to_owned)];
    let mut total = [0; 4];
    for platform in &model.platforms {
        let counts = counts(platform, files);
        for (total, count) in total.iter_mut().zip(counts) {
            *total += count;
        }
        rows.push(row(&platform.id, counts));
    }
    rows.push(row("total", total));
    let widths: Vec<usize> =
        (0..5).map(|column| rows.iter().map(|row| row[column].len()).max().unwrap_or(0)).collect();
    let mut lines: Vec<String> = rows
        .iter()
        .map(|row| {
            let cells = row.iter().zip(&widths).enumerate();
            let cells = cells.map(|(column, (cell, width))| match column {
                0 => format!("{cell:<width$}"),
                _ => format!("{cell:>width$}"),
            });
            cells.collect::<Vec<_>>().join("  ")
        })
        .collect();
    if let Some(last) = lines.last_mut() {
        last.push_str(&format!("  in {} ms", took.as_millis().max(1)));
    }
    lines.join("\n")
}

fn row(name: &str, counts: [usize; 4]) -> [String; 5] {
    let [methods, fields, rules, lines] = counts.map(|count| count.to_string());
    [name.to_owned(), methods, fields, rules, lines]
}

fn counts(platform: &Platform, files: &[OutputFile]) -> [usize; 4] {
    let mut records: Vec<&Record> = Vec::new();
    for def in &platform.types {
        if let TypeKind::Record(record) = &def.kind {
            records.push(record);
        }
    }
    for method in &platform.methods {
        records.push(&method.request);
        if let Returns::Record(record) = &method.returns {
            records.push(record);
        }
    }
    let fields = records.iter().map(|record| record.fields.len()).sum();
    let own = |record: &&Record| -> usize {
        let of_fields: usize = record
            .fields
            .iter()
            .map(|field| {
                let required = field.required != gatespec_language::model::Required::No;
                usize::from(required) + field.constraints.len()
            })
            .sum();
        of_fields + record.rules.len()
    };
    let rules = records.iter().map(own).sum();
    let prefix = format!("{}/", platform.id);
    let lines = files
        .iter()
        .filter(|file| file.source.starts_with(&prefix) || file.path.starts_with(&prefix))
        .map(|file| file.text.lines().count())
        .sum();
    [platform.methods.len(), fields, rules, lines]
}
