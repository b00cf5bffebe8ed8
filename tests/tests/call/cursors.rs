//! A cursor remembers which windows are done.

use crate::tool::{Call, Run, UNBIND, fill, mock, spans};
use gatespec_mock::{Fault, Mock, Step};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

const MONTH: [&str; 2] = ["start_time=2023-01-01 00:00:00", "end_time=2023-02-01 00:00:00"];

/// A folder with a cursor in it, and a gateway.
struct Scene {
    _root: TempDir,
    file: PathBuf,
    mock: Mock,
}

impl Scene {
    fn new() -> Scene {
        let root = TempDir::new().unwrap();
        Scene { file: root.path().join("back-fill"), _root: root, mock: mock() }
    }

    fn call(&self, words: &[&str]) -> Call {
        Call::of(&self.mock, words).with(&["--cursor", &self.file.display().to_string()])
    }

    fn month(&self) -> Call {
        self.call(&fill(MONTH[0], MONTH[1]))
    }

    /// Some windows are done, and the next fails.
    fn interrupted(&self, done: usize) -> Run {
        let steps = std::iter::repeat_n(Step::normal(), done).chain([Step::from(Fault::Reset)]);
        self.mock.script("shopex", "matrix.fill.multiple", steps).unwrap();
        self.month().run()
    }

    fn starts(&self) -> Vec<String> {
        spans(&self.mock).into_iter().map(|[start, _]| start[5..10].to_owned()).collect()
    }
}

#[test]
fn a_second_run_goes_on_where_the_first_one_ended() {
    let scene = Scene::new();
    let run = scene.interrupted(2);
    assert_eq!(run.code, Some(4), "{run:?}");
    assert!(run.err.contains("2 of 5 windows are done; the same command goes on from here"));
    scene.mock.clear();
    let run = scene.month().run();
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.err.contains("note: 2 of 5 windows are done already"), "{}", run.err);
    assert_eq!(scene.starts(), ["01-15", "01-22", "01-29"], "none is sent twice");
    assert_eq!(run.lines()[0]["window"]["number"], 3);
    scene.mock.clear();
    let run = scene.month().run();
    assert_eq!((run.code, &*run.out), (Some(0), ""), "{run:?}");
    assert!(run.err.contains("all 5 windows are done already"), "{}", run.err);
    assert_eq!(scene.mock.received(), []);
}

#[test]
fn a_range_that_is_one_window_has_a_cursor_too() {
    let scene = Scene::new();
    let week = fill(MONTH[0], "end_time=2023-01-08 00:00:00");
    assert_eq!(scene.call(&week).run().code, Some(0));
    assert_eq!(scene.call(&week).run().code, Some(0));
    assert_eq!(scene.starts(), ["01-01"]);
    // A range that is wrong is told as such.
    let reversed = fill(MONTH[0], "end_time=2022-01-08 00:00:00");
    assert_eq!(scene.call(&reversed).run().code, Some(3));
}

#[test]
fn a_dry_run_shows_what_is_left_and_changes_nothing() {
    let scene = Scene::new();
    scene.interrupted(2);
    let before = fs::read_to_string(&scene.file).unwrap();
    assert_eq!(scene.month().with(&["--dry-run"]).run().lines().len(), 3);
    assert_eq!(fs::read_to_string(&scene.file).unwrap(), before);
}

#[test]
fn the_cursor_of_something_else_is_refused() {
    let scene = Scene::new();
    scene.interrupted(2);
    scene.mock.clear();
    let refused = |scene: &Scene, call: Call, words: &[&str]| {
        let run = call.run();
        assert_eq!((run.code, &*run.out), (Some(2), ""), "{run:?}");
        let file = scene.file.display().to_string();
        for word in [&file[..]].iter().chain(words) {
            assert!(run.err.contains(word), "{word}: {}", run.err);
        }
        assert!(!run.err.contains("cursor.windows()"), "no word about Rust: {}", run.err);
    };
    let range = fill(MONTH[0], "end_time=2023-03-01 00:00:00");
    let of_range = ["2023-01-01 00:00:00 to 2023-02-01 00:00:00", "another file"];
    refused(&scene, scene.call(&range), &of_range);
    let text = fs::read_to_string(&scene.file).unwrap();
    let days = ["since=2023-01-01 00:00:00", "until=2023-02-01 00:00:00"];
    let elsewhere = Call::anywhere(&["acme", "order.list", "--specs", "tests/platforms"])
        .env("GATESPEC_APP_SECRET", "x")
        .with(&["--url", "http://127.0.0.1:9", "--cursor", &scene.file.display().to_string()]);
    let of_method = ["of shopex matrix.fill.multiple, not of acme order.list"];
    refused(&scene, elsewhere.with(&days), &of_method);
    fs::write(&scene.file, text.replace("done=0-1", "done=0-3")).unwrap();
    refused(&scene, scene.month(), &["damaged"]);
    fs::write(&scene.file, "order 7: packed").unwrap();
    refused(&scene, scene.month(), &["this is no cursor"]);
    assert_eq!(fs::read_to_string(&scene.file).unwrap(), "order 7: packed", "it is not ours");
    let other = scene.call(&UNBIND).run();
    assert_eq!(other.code, Some(2));
    assert!(other.err.contains("`matrix.unbind` has no range that is split"), "{}", other.err);
    assert_eq!(scene.mock.received(), []);
}

/// Before anything is sent: what is sent and not remembered would be sent again.
#[test]
fn a_cursor_that_cannot_be_written_is_told_before_anything_is_sent() {
    let mock = mock();
    let run =
        Call::of(&mock, &fill(MONTH[0], MONTH[1])).with(&["--cursor", "/no/such/folder/x"]).run();
    assert_eq!((run.code, &*run.out), (Some(1), ""), "{run:?}");
    assert!(run.err.contains("--cursor /no/such/folder/x: it cannot be written"), "{}", run.err);
    assert_eq!(mock.received(), []);
}

/// The second is told while the first one is at work.
#[test]
fn two_runs_do_not_share_a_cursor() {
    let scene = Scene::new();
    let held = fs::File::create(scene.file.with_extension("lock")).unwrap();
    held.lock().unwrap();
    let run = scene.month().run();
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.err.contains("another run"), "{}", run.err);
    drop(held);
    assert_eq!(scene.month().run().code, Some(0));
    assert_eq!(scene.starts().len(), 5);
}

/// Ctrl-c between two windows, in the middle of a request.
#[test]
#[cfg(unix)]
fn a_run_that_is_interrupted_leaves_a_cursor_that_goes_on() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    let scene = Scene::new();
    let late = Fault::Delay(std::time::Duration::from_secs(60));
    let steps = [Step::normal(), Step::normal(), Step::from(late)];
    scene.mock.script("shopex", "matrix.fill.multiple", steps).unwrap();
    let mut command = scene.month().command();
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.next().is_some() && lines.next().is_some());
    // The third is under way when the gateway has it.
    while scene.mock.counts().received < 3 {
        assert_eq!(child.try_wait().unwrap(), None);
        std::thread::yield_now();
    }
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert!(!child.wait().unwrap().success());
    scene.mock.clear();
    scene.mock.clear_scripts();
    let run = scene.month().run();
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(scene.starts(), ["01-15", "01-22", "01-29"]);
}
