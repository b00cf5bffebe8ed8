//! The programs for the examples of the shipped platforms compile, and contain the lines that the
//! documentation of the generated code shows.

use super::project::Project;
use gatespec_codegen::{Options, examples};
use gatespec_tests::harness::workspace;
use gatespec_tests::models::in_folder;
use std::fs;

/// The lines of a method's example in the documentation that people see.
fn documented(platform: &str, method: &str) -> Vec<String> {
    let file = format!("generated/src/{platform}/{}.rs", method.replace('.', "_"));
    let text = fs::read_to_string(workspace(&file)).unwrap();
    let lines = text.lines().skip_while(|line| *line != "/// ```no_run").skip(1);
    let lines = lines.take_while(|line| *line != "/// ```");
    let lines = lines.map(|line| line.strip_prefix("/// ").unwrap());
    lines.filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}

#[test]
fn examples_are_programs() {
    let project = Project::user("samples");
    let mut written = 0;
    for (_, platform) in in_folder("specs") {
        let programs = examples(&platform, &Options::default());
        assert_eq!(programs.len(), platform.methods.len());
        for (method, programs) in platform.methods.iter().zip(programs) {
            let shown: Vec<_> = programs[0].lines().map(str::trim_start).collect();
            for line in documented(&platform.id, method.name) {
                assert!(shown.contains(&line.trim_start()), "{line}\n{}", programs[0]);
            }
            assert_eq!(programs.len(), method.request_examples.len().max(1));
            for program in programs {
                written += 1;
                project.write(&format!("src/bin/example_{written}.rs"), &program);
            }
        }
    }
    assert!(written >= 13, "{written} programs");
    project.cargo(&["check", "--bins"]).passes();
}
