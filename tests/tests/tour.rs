//! The tour in the guide: every command in it runs, and prints what the guide shows.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use gatespec_mock::Mock;
use gatespec_tests::harness::{corpus, shell, workspace};
use gatespec_tests::markdown::blocks;
use std::fs;
use std::path::Path;

const SECRET: &str = "test-secret-0123456789abcdef";

/// The commands of a transcript, each with the lines of output that follow it.
fn commands(transcript: &str) -> Vec<(&str, Vec<&str>)> {
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in transcript.lines() {
        match (line.strip_prefix("$ "), found.last_mut()) {
            (Some(command), _) => found.push((command, Vec::new())),
            (None, Some((_, shown))) => shown.push(line),
            (None, None) => panic!("output without a command: {line}"),
        }
    }
    found
}

/// Whether `lines` match `shown`, in which `…` stands for any number of lines.
fn is_shown(lines: &[&str], shown: &[&str]) -> bool {
    match (shown.split_first(), lines.split_first()) {
        (None, None) => true,
        (Some((&"…", shown)), _) if is_shown(lines, shown) => true,
        (Some((&"…", _)), Some((_, lines))) => is_shown(lines, shown),
        (Some((first, shown)), Some((line, lines))) => first == line && is_shown(lines, shown),
        _ => false,
    }
}

/// The output of a command of a transcript. Calls go to a mock gateway of the specs.
fn printed(folder: &Path, command: &str, mock: &mut Option<Mock>) -> String {
    if !command.contains("http://127.0.0.1:8780/") {
        return shell(folder, command, SECRET);
    }
    let mock = mock.get_or_insert_with(|| Mock::builder(folder.join("specs")).start().unwrap());
    let address = format!("http://127.0.0.1:{}/", mock.port());
    shell(folder, &command.replace("http://127.0.0.1:8780/", &address), SECRET)
}

#[test]
fn the_tour_prints_what_it_shows() {
    let folder = tempfile::tempdir().unwrap();
    let page = corpus("pages/quay/page.html");
    fs::copy(page, folder.path().join("page.html")).unwrap();
    let tour = fs::read_to_string(workspace("docs/src/tour.md")).unwrap();
    let (mut mock, mut count) = (None, 0);
    for (language, text) in blocks(&tour) {
        if language == "sh" {
            assert_eq!(shell(folder.path(), &text, SECRET), "", "{text}");
            continue;
        }
        assert_eq!(language, "console");
        for (command, shown) in commands(&text) {
            let printed = printed(folder.path(), command, &mut mock);
            let lines: Vec<_> = printed.lines().collect();
            assert!(is_shown(&lines, &shown), "{command} prints:\n{printed}");
            count += 1;
        }
    }
    assert!(count >= 10, "{count} commands");
}
