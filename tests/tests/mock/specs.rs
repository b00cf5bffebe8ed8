//! The specs that a mock serves: specs with errors, specs that change, and answers made from types.

use std::fs;

use gatespec_mock::{Mock, StartError};
use gatespec_tests::harness::{tree, workspace, write_tree};
use serde_json::Value;

use crate::shipped;
use crate::wire::{exchange, request};

/// A copy of the platforms in a folder, so that a test can change them.
pub(crate) fn copy(folder: &str) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    write_tree(copy.path(), tree(&workspace(folder)));
    copy
}

/// The status and the body of an answer of the token gateway, which needs no signature.
fn tokens(mock: &Mock) -> (u16, Value) {
    let body = "app_key=10011&app_secret=test-secret-0123456789abcdef&grant_type=refresh_token&\
                refresh_token=x";
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let got = exchange(mock, &request("POST", "/mogujie/oauth/token", &headers, body.as_bytes()));
    let got = got.unwrap();
    (got.status, got.json())
}

#[test]
fn specs_that_do_not_compile_are_not_served() {
    let specs = copy("specs");
    fs::write(specs.path().join("shopex/matrix.unbind.yaml"), "titel: x\n").unwrap();
    let error = Mock::builder(specs.path()).start().unwrap_err();
    let StartError::Specs(text) = &error else { panic!("{error}") };
    assert!(text.contains("matrix.unbind.yaml") && text.contains("titel"), "{text}");
    assert!(Mock::builder(specs.path().join("nowhere")).start().is_err());
}

/// The specs are loaded as the command loads them.
#[test]
fn platforms_that_compile_are_served_beside_one_that_does_not() {
    let specs = copy("specs");
    let file = specs.path().join("shopex/platform.yaml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("titel: x\n{text}")).unwrap();
    let mock = Mock::builder(specs.path()).partly().start().unwrap();
    assert!(mock.problem().unwrap().contains("titel"), "{:?}", mock.problem());
    assert_eq!((tokens(&mock).0, mock.gateway_url("shopex", "main")), (200, None));
    fs::write(&file, &text).unwrap();
    mock.reload().unwrap();
    assert_eq!(mock.problem(), None);
    assert!(mock.gateway_url("shopex", "main").is_some());
    // If the spec of a served platform becomes invalid, the mock continues to serve the platform as
    // it was.
    fs::write(&file, format!("titel: x\n{text}")).unwrap();
    assert!(mock.reload().unwrap_err().contains("titel"));
    assert!(mock.gateway_url("shopex", "main").is_some());
}

#[test]
fn what_unwrap_prints_has_the_lines_of_the_report_and_the_folder_that_is_missing() {
    let error = Mock::builder("nowhere/specs").start().unwrap_err();
    let shown = format!("{error:?}");
    assert_eq!(shown, error.to_string());
    assert!(shown.lines().count() > 3 && !shown.contains("\\n"), "{shown}");
    let folder = std::env::current_dir().unwrap().join("nowhere/specs");
    assert!(shown.contains(&format!("looked for: {}", folder.display())), "{shown}");
}

#[test]
fn a_spec_that_changes_is_served_and_one_that_breaks_is_not() {
    let specs = copy("specs");
    let mock = Mock::builder(specs.path()).start().unwrap();
    assert_eq!(tokens(&mock).1["errorMsg"], "成功！");
    assert_eq!(mock.reload(), Ok(false));
    let file = specs.path().join("mogujie/oauth.token.yaml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("成功！", "好")).unwrap();
    // The mock may already have reloaded the specs by itself.
    mock.reload().unwrap();
    assert_eq!(tokens(&mock).1["errorMsg"], "好");
    fs::write(&file, text.replace("request:", "requests:")).unwrap();
    let problem = mock.reload().unwrap_err();
    assert!(problem.contains("requests"), "{problem}");
    assert_eq!(mock.reload(), Err(problem.clone()), "it stays wrong until it is mended");
    assert_eq!(tokens(&mock).1["errorMsg"], "好");
    let page = exchange(&mock, &request("GET", "/", &[], b"")).unwrap().body;
    assert!(page.contains("do not compile") && page.contains("`requests`"), "{page}");
    fs::write(&file, &text).unwrap();
    mock.reload().unwrap();
    assert_eq!(tokens(&mock).1["errorMsg"], "成功！");
}

#[test]
fn the_mock_sees_a_change_by_itself_and_says_so() {
    let specs = copy("specs");
    let (lines, log) = std::sync::mpsc::channel();
    let _mock = Mock::builder(specs.path())
        .log(move |line| drop(lines.send(line.to_owned())))
        .start()
        .unwrap();
    let said = |part: &str| log.iter().find(|line| line.contains(part)).unwrap();
    let file = specs.path().join("mogujie/oauth.token.yaml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("request:", "requests:")).unwrap();
    let problem = said("`requests`");
    assert!(problem.contains("the previous version is served"), "{problem}");
    fs::write(&file, &text).unwrap();
    said("the new version is served");
    fs::remove_file(&file).unwrap();
    said("the new version is served");
}

#[test]
fn values_are_made_where_there_is_no_example_and_the_same_for_the_same_seed() {
    let specs = copy("specs");
    let file = specs.path().join("mogujie/oauth.token.yaml");
    let text = fs::read_to_string(&file).unwrap();
    let end = text.find("  response:\n    - name: new tokens").unwrap();
    fs::write(&file, &text[..end]).unwrap();
    let made = |seed| tokens(&Mock::builder(specs.path()).seed(seed).start().unwrap());
    let (status, first) = made(7);
    assert_eq!(status, 200);
    assert_eq!(first["statusCode"], "0000000");
    assert!(first["refresh_expires_in"].is_i64(), "{first}");
    assert!(first["refresh_token"].as_str().unwrap().starts_with("refresh_token-"), "{first}");
    assert_eq!(first, made(7).1);
    assert_ne!(first, made(8).1);
}

#[test]
fn several_mocks_run_side_by_side_and_end() {
    let (one, other) = (shipped(), shipped());
    assert_ne!(one.port(), other.port());
    // Another process may take a port that has been freed, but not every time.
    let is_left = |mock: Mock| {
        let port = mock.port();
        mock.shutdown();
        std::net::TcpStream::connect(("127.0.0.1", port)).is_err()
    };
    assert!(is_left(one) || (0..10).any(|_| is_left(shipped())));
    assert_eq!(tokens(&other).0, 200);
    let taken = Mock::builder(workspace("specs")).port(other.port()).start().unwrap_err();
    assert!(matches!(taken, StartError::Port { .. }), "{taken:?}");
    assert!(taken.to_string().contains(&format!("port {}", other.port())), "{taken}");
}

#[test]
fn settings_that_cannot_be_are_refused_at_the_start() {
    let problem = |builder: gatespec_mock::Builder| builder.start().unwrap_err().to_string();
    let builder = || Mock::builder(workspace("specs"));
    let text = problem(builder().credential("shopx", "secret", "SENTINEL"));
    assert!(text.contains("`shopx`") && text.contains("gome, mogujie, shopex"), "{text}");
    let text = problem(builder().credential("shopex", "secrt", "SENTINEL"));
    assert!(text.contains("`secrt`") && text.contains("app_key, secret"), "{text}");
    assert!(!text.contains("SENTINEL"), "{text}");
    for rate in [-0.1, 1.1, f64::NAN] {
        let text = problem(builder().misbehave(rate, [gatespec_mock::Fault::Reset]));
        assert!(text.contains("from 0 to 1"), "{text}");
    }
}
