//! specs/README.md teaches what the compiler takes: its example compiles without a word, and is proved by its vector.

use gatespec_codegen::{Options, generate};
use gatespec_language::{analyse, diagnostic::Sink, report, source};
use gatespec_tests::markdown::blocks;
use std::fs;
use std::path::Path;

#[test]
fn the_example_of_the_manual_compiles_without_a_word() {
    let manual = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/README.md");
    let folder = tempfile::tempdir().unwrap();
    let mut files = 0;
    for (language, text) in blocks(&fs::read_to_string(manual).unwrap()) {
        let name = text.lines().next().and_then(|line| line.strip_prefix("# "));
        if let (Some(name), "yaml") = (name.filter(|name| name.ends_with(".yaml")), &*language) {
            let platform = folder.path().join("lantern");
            fs::create_dir_all(&platform).unwrap();
            fs::write(platform.join(name), &text).unwrap();
            files += 1;
        }
    }
    assert_eq!(files, 2, "the manual shows a platform and a method");

    let mut sink = Sink::default();
    let sources = source::load(folder.path(), &mut sink);
    let model = analyse(&sources, &mut sink);
    let methods = model.as_ref().map_or(0, |model| model.platforms[0].methods.len());
    let vectors = model.as_ref().map_or(0, |model| model.platforms[0].gateways[0].vectors.len());
    let generated = model.and_then(|model| generate(&model, &Options::default(), &mut sink));
    assert_eq!(report::report(&sources, &sink.into_sorted(), false), "");
    assert!(generated.is_some());
    assert_eq!((methods, vectors), (1, 1));
}
