//! The files of a platform: the compiler reports what is wrong, or its output is complete.

use gatespec_codegen::{Options, generate};
use gatespec_language::source::{Source, SourceMap};
use gatespec_language::{analyse, diagnostic::Sink, export, report};

/// Separates two files. The name of the second file follows.
const NEXT: &str = "\n=== ";

/// The input is `platform.yaml`, followed by any number of further files, each after a line
/// `=== NAME`.
pub(crate) fn run(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let mut sources = SourceMap::default();
    for (index, part) in text.split(NEXT).enumerate() {
        let (name, text) = match index {
            0 => ("platform.yaml", part),
            _ => part.split_once('\n').unwrap_or((part, "")),
        };
        let path = format!("shop/{name}");
        sources.add(Source { shown: path.clone(), path, text: text.to_owned() });
    }
    compile(&sources);
}

/// Compiles the files. Checks that there is either output or an error, and that every message can
/// be displayed. Returns whether the files compile.
pub(crate) fn compile(sources: &SourceMap) -> bool {
    let mut sink = Sink::default();
    let model = analyse(sources, &mut sink);
    let files = model.as_ref().and_then(|model| generate(model, &Options::default(), &mut sink));
    let failed = sink.has_errors();
    let said = report::report(sources, &sink.into_sorted(), false);
    assert_eq!(files.is_none(), failed, "{said}");
    if let Some(model) = &model {
        let exported = export::model(model).to_string();
        assert!(exported.contains("platforms"));
    }
    !failed
}
