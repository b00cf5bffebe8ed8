//! However a spec is damaged, the compiler reports errors or compiles it. It never panics.

use gatespec_codegen::{Options, generate};
use gatespec_language::format::format;
use gatespec_language::source::{Source, SourceMap};
use gatespec_language::{analyse, diagnostic::Sink, report};
use proptest::prelude::*;
use std::fs;
use std::path::Path;

/// Damage to a platform's files: text that is cut off, duplicated or inserted.
#[derive(Debug, Clone)]
enum Damage {
    Insert(&'static str),
    Delete(usize),
    Repeat(usize),
}

const PIECES: [&str; 24] = [
    ":",
    ": ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "~",
    "#",
    "&a ",
    "*a",
    "!!str ",
    "\t",
    "\n",
    "|",
    ">-",
    "，",
    "\u{0}",
    "secret",
    "pairs(all)",
    "{hole}",
    "99999999999999999999",
];

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        prop::sample::select(&PIECES[..]).prop_map(Damage::Insert),
        (1usize..40).prop_map(Damage::Delete),
        (1usize..80).prop_map(Damage::Repeat),
    ]
}

fn harm(text: &mut String, at: usize, damage: &Damage) {
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(at.min(text.len()));
    match damage {
        Damage::Insert(piece) => text.insert_str(start, piece),
        Damage::Delete(length) => {
            let end = boundary((start + length).min(text.len()));
            text.replace_range(start.min(end)..end, "");
        }
        Damage::Repeat(length) => {
            let end = boundary((start + length).min(text.len()));
            let piece = text[start.min(end)..end].to_owned();
            text.insert_str(start, &piece);
        }
    }
}

fn files(platform: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(platform);
    let id = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let text = name.ends_with(".yaml").then(|| fs::read_to_string(entry.path()).ok())??;
            Some((format!("{id}/{name}"), text))
        })
        .collect();
    files.sort();
    files
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_damage_to_a_spec_is_a_panic(
        platform in prop::sample::select(&["../specs/shopex", "../specs/mogujie", "platforms/acme", "platforms/quay"][..]),
        harms in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), damage()), 1..4),
    ) {
        let mut files = files(platform);
        prop_assert!(!files.is_empty());
        for (file, place, damage) in &harms {
            let file = file.index(files.len());
            let text = &mut files[file].1;
            let at = place.index(text.len().max(1));
            harm(text, at, damage);
        }
        let mut sources = SourceMap::default();
        for (path, text) in files {
            sources.add(Source { shown: path.clone(), path, text });
        }
        let mut sink = Sink::default();
        let generated = analyse(&sources, &mut sink)
            .and_then(|model| generate(&model, &Options::default(), &mut sink));
        let failed = sink.has_errors();
        let harmed = harms.iter().map(|(file, _, _)| file.index(sources.iter().count()));
        for (_, source) in harmed.filter_map(|file| sources.iter().nth(file)) {
            let formatted = format(&source.path, &source.text);
            prop_assert!(formatted.is_some() || failed, "not formatted:\n{}", source.text);
        }
        let said = report::report(&sources, &sink.into_sorted(), false);
        prop_assert_eq!(generated.is_none(), failed, "{}", said);
    }
}
