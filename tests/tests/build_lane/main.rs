//! Clients that a build script generates, tested from outside: cargo builds copies of
//! `tests/consumer`, whose specs change between builds. Other tests build what the command
//! generates for a platform outside the tree, and a crate as a user would write it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod compared;
mod drafts;
mod project;
mod samples;
mod stress;

use project::Project;

/// Appends code that uses an item that the spec does not have yet.
fn with_use(project: &Project, code: &str) {
    project
        .append("src/lib.rs", &format!("\n/// Uses what is new.\npub fn used() {{\n{code}\n}}\n"));
}

#[test]
fn a_field_that_is_added_to_a_spec_is_a_new_symbol() {
    let project = Project::consumer("field");
    project.cargo(&["build"]).passes();
    with_use(&project, "let _ = gateways::harbor::BoatHire::new(\"海鸥\").oars(2).oars;");
    project.cargo(&["build"]).fails("no method named `oars`");
    let last = "  from: { type: datetime, doc: When it is taken. }\n";
    let new = "  oars: { type: integer, doc: How many oars come along. }\n";
    project.replace("specs/harbor/boat.hire.yaml", last, &format!("{last}{new}"));
    project.cargo(&["build"]).passes();
}

#[test]
fn a_method_file_that_is_added_is_a_new_function() {
    let project = Project::consumer("method");
    project.cargo(&["build"]).passes();
    with_use(
        &project,
        "let request = gateways::harbor::BoatReturn::new(\"H-1\");
         let _ = |client: gateways::harbor::blocking::Client| client.boat_return(&request);",
    );
    project.cargo(&["build"]).fails("BoatReturn");
    let method =
        "title: Return a boat\nrequest:\n  hire_id: { required: true, doc: Which hire ends. }\n";
    project.write("specs/harbor/boat.return.yaml", method);
    project.cargo(&["build"]).passes();
    // A removed method is removed from the output.
    project.remove("specs/harbor/boat.return.yaml");
    project.cargo(&["build"]).fails("BoatReturn");
}

#[test]
fn a_platform_that_is_added_is_a_new_module() {
    let project = Project::consumer("platform");
    project.cargo(&["build"]).passes();
    with_use(&project, "let _ = gateways::haven::datetime(2023, 1, 1, 0, 0, 0);");
    project.cargo(&["build"]).fails("haven");
    let platform = project.read("specs/harbor/platform.yaml");
    let platform = platform.replace("platform: harbor", "platform: haven");
    project.write("specs/haven/platform.yaml", &platform);
    project.write("specs/haven/boat.hire.yaml", &project.read("specs/harbor/boat.hire.yaml"));
    project.cargo(&["build"]).passes();
}

#[test]
fn a_broken_spec_stops_cargo_with_the_rendered_diagnostic() {
    let project = Project::consumer("broken");
    let method = project.read("specs/harbor/boat.hire.yaml");
    let broken = method.replace("days: { type: integer,", "days: { type: intger,");
    project.write("specs/harbor/boat.hire.yaml", &broken);
    let line = broken.lines().position(|line| line.contains("intger")).unwrap() + 1;
    let column = broken.lines().nth(line - 1).unwrap().find("intger").unwrap() + 1;
    let run = project.cargo(&["build"]);
    run.fails(&format!("specs/harbor/boat.hire.yaml:{line}:{column}"));
    run.fails("intger");
    run.fails("unknown_type");
    // The carets under the source line.
    run.fails("^^^^^^");
    assert!(!run.text().contains("panicked"), "{}", run.text());
    project.write("specs/harbor/boat.hire.yaml", &method);
    project.cargo(&["build"]).passes();
}

/// All errors are reported in one build.
#[test]
fn every_mistake_of_a_spec_is_told_at_once() {
    let project = Project::consumer("mistakes");
    project.replace("specs/harbor/boat.hire.yaml", "range: { min: 1, max: 30 }", "rnage: 3");
    project.replace("specs/harbor/platform.yaml", "class: caller", "class: clal");
    let run = project.cargo(&["build"]);
    run.fails("rnage");
    run.fails("clal");
}

#[test]
fn a_build_without_a_change_generates_nothing() {
    let project = Project::consumer("fresh");
    project.cargo(&["build"]).passes();
    let run = project.cargo(&["build", "-v"]);
    run.passes();
    assert!(run.text().contains("Fresh gatespec-consumer-fresh"), "{}", run.text());
}

/// Only this build turns on `serde_json/arbitrary_precision` and turns off all transport features.
#[test]
fn the_consumers_own_tests_pass_with_arbitrary_precision_and_without_a_transport() {
    let project = Project::consumer("exact");
    project.write("tests/alone.rs", include_str!("alone.rs"));
    let run = project.cargo(&["test", "--features", "exact"]);
    run.passes();
    for result in ["any_json_keeps_its_numbers ... ok", "no_transport_is_a_config_error ... ok"] {
        assert!(run.text().contains(result), "{}", run.text());
    }
}

/// A program that synchronises shops, from its store to its logs, written as by a user.
#[test]
fn the_crate_of_a_user_passes_its_tests() {
    let project = Project::erp();
    let run = project.cargo(&["test", "--tests"]);
    run.passes();
    for test in [
        "two_shops_are_back_filled_in_spite_of_a_failure",
        "the_program_is_tested_without_a_gateway",
        "an_https_address_without_tls_is_refused_when_the_client_is_built",
    ] {
        assert!(run.text().contains(&format!("{test} ... ok")), "{}", run.text());
    }
}

#[test]
fn blocking_clients_can_be_left_out() {
    let project = Project::consumer("async");
    project.replace("build.rs", "Config::new(\"specs\")", "Config::new(\"specs\").blocking(false)");
    project.cargo(&["build"]).passes();
    with_use(&project, "let _ = gateways::harbor::blocking::Client::builder;");
    project.cargo(&["build"]).fails("blocking");
}

/// A new field or value must not break callers, so exhaustive use is rejected.
#[test]
fn generated_types_are_open_to_new_fields_and_values() {
    let project = Project::consumer("open");
    project.write("examples/closed.rs", include_str!("closed.rs"));
    let run = project.cargo(&["build", "--example", "closed"]);
    // The code has a pattern without `..`, and a struct expression.
    run.fails("error[E0638]");
    run.fails("error[E0639]");
    project.write("examples/matched.rs", include_str!("matched.rs"));
    // The code has a match without `_`.
    project.cargo(&["build", "--example", "matched"]).fails("error[E0004]");
}

#[test]
fn a_platform_that_is_not_in_the_tree_compiles_and_signs_as_its_vectors_say() {
    let project = Project::invented("invented");
    project.write("tests/vectors.rs", include_str!("vectors.rs"));
    let run = project.cargo(&["test", "--tests"]);
    run.passes();
    assert!(run.text().contains("4 passed"), "{}", run.text());
}

/// The specs have long names, names that Rust reserves, many fields and values, and two gateways.
#[test]
fn what_is_accepted_compiles_without_a_warning() {
    let project = Project::generated("stress", stress::specs());
    project.cargo(&["clippy"]).passes();
}

/// The deepest nesting that is accepted, in a future that is sent to another thread.
#[test]
fn the_deepest_records_compile_in_a_task() {
    let project = Project::generated("nested", stress::nested(20));
    project.append("src/lib.rs", include_str!("task.rs"));
    project.cargo(&["clippy"]).passes();
}

/// A version mismatch gives no further error, whatever the code contains.
#[test]
fn code_of_another_version_is_one_error() {
    let project = Project::generated("version", stress::nested(2));
    let ours =
        concat!("\"", env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"), "\"");
    project.replace("src/gateways/mod.rs", ours, "\"0.0\"");
    let run = project.cargo(&["check"]);
    run.fails("gatespec 0.0 generated this code, but gatespec-runtime is version ");
    run.fails("due to 1 previous error");
}
