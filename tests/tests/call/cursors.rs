//! The cursor file, which records the windows that are done.

use crate::tool::{Call, Run, UNBIND, fill, mock, respond, server, spans};
use gatespec_mock::{Fault, Mock, Step};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

const MONTH: [&str; 2] = ["start_time=2023-01-01 00:00:00", "end_time=2023-02-01 00:00:00"];

/// A folder for a cursor, and a mock gateway.
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

    /// Runs a call whose first `done` windows succeed and whose next one fails.
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
    assert!(
        run.err.contains("2 of 5 windows are done; run the same command to continue from here")
    );
    scene.mock.clear();
    let run = scene.month().run();
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.err.contains("note: 2 of 5 windows are already done"), "{}", run.err);
    assert_eq!(scene.starts(), ["01-15", "01-22", "01-29"], "none is sent twice");
    assert_eq!(run.lines()[0]["window"]["number"], 3);
    scene.mock.clear();
    let run = scene.month().run();
    assert_eq!((run.code, &*run.out), (Some(0), ""), "{run:?}");
    assert!(run.err.contains("all 5 windows are already done"), "{}", run.err);
    assert_eq!(scene.mock.received(), []);
}

#[test]
fn a_range_that_is_one_window_has_a_cursor_too() {
    let scene = Scene::new();
    let week = fill(MONTH[0], "end_time=2023-01-08 00:00:00");
    assert_eq!(scene.call(&week).run().code, Some(0));
    assert_eq!(scene.call(&week).run().code, Some(0));
    assert_eq!(scene.starts(), ["01-01"]);
    // The message reports the invalid range itself.
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
    let of_method = ["for shopex matrix.fill.multiple, not for acme order.list"];
    refused(&scene, elsewhere.with(&days), &of_method);
    fs::write(&scene.file, text.replace("done=0-1", "done=0-3")).unwrap();
    refused(&scene, scene.month(), &["damaged"]);
    fs::write(&scene.file, "order 7: packed").unwrap();
    refused(&scene, scene.month(), &["this is not a cursor"]);
    assert_eq!(fs::read_to_string(&scene.file).unwrap(), "order 7: packed", "it is not ours");
    let other = scene.call(&UNBIND).run();
    assert_eq!(other.code, Some(2));
    assert!(other.err.contains("`matrix.unbind` has no range that can be split"), "{}", other.err);
    assert_eq!(scene.mock.received(), []);
}

/// The error is reported before anything is sent. Otherwise a window could be sent but not
/// recorded, and would be sent again.
#[test]
fn a_cursor_that_cannot_be_written_is_told_before_anything_is_sent() {
    let mock = mock();
    let run =
        Call::of(&mock, &fill(MONTH[0], MONTH[1])).with(&["--cursor", "/no/such/folder/x"]).run();
    assert_eq!((run.code, &*run.out), (Some(1), ""), "{run:?}");
    assert!(run.err.contains("--cursor /no/such/folder/x: cannot write the file"), "{}", run.err);
    assert_eq!(mock.received(), []);
}

/// The second run is refused while the first one is running.
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

/// A cursor is valid for one request, which is identified by the node and all other fields outside
/// the range.
#[test]
fn the_cursor_of_another_shop_is_refused() {
    let scene = Scene::new();
    assert_eq!(scene.month().run().code, Some(0));
    scene.mock.clear();
    let node = fill(MONTH[0], MONTH[1]).map(|word| word.replace("15000000", "7_7"));
    let node: Vec<&str> = node.iter().map(String::as_str).collect();
    let field = [&fill(MONTH[0], MONTH[1])[..], &["refund_status=aftersale"]].concat();
    let app = [&fill(MONTH[0], MONTH[1])[..], &["--app-key", "another"]].concat();
    for other in [node, field, app] {
        let run = scene.call(&other).run();
        assert_eq!((run.code, &*run.out), (Some(2), ""), "{run:?}");
        assert!(run.err.contains("the cursor is for a different request"), "{run:?}");
        assert!(!run.err.contains("7_7"), "{run:?}");
    }
    assert_eq!(scene.mock.received(), []);
    assert!(scene.month().run().err.contains("already done"));
}

/// The cursor is written before a window is sent, so it exists even if no connection can be made.
#[test]
fn a_renewed_token_is_told_from_another_shop_by_the_caller() {
    let root = TempDir::new().unwrap();
    let file = root.path().join("orders").display().to_string();
    let call = |token: &str| {
        let days = ["since=2023-01-01 00:00:00", "until=2023-02-01 00:00:00"];
        Call::anywhere(&["acme", "order.list", "--specs", "tests/platforms", "--cursor", &file])
            .env("GATESPEC_APP_SECRET", "x")
            .with(&["--url", "http://127.0.0.1:9", "--token", token])
            .with(&days)
    };
    assert_eq!(call("first-token").run().code, Some(4));
    assert_eq!(call("first-token").run().code, Some(4));
    let run = call("second-token").run();
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.err.contains("--same-request"), "{run:?}");
    assert!(!fs::read_to_string(&file).unwrap().contains("token"), "nothing of it is kept");
    assert_eq!(call("second-token").with(&["--same-request"]).run().code, Some(4));
    assert_eq!(call("second-token").run().code, Some(4), "it is this request's from now on");
    assert_eq!(call("first-token").run().code, Some(2));
}

/// The format of the first version, which did not identify the request. The checksum was computed
/// with Python's `hashlib.md5`.
#[test]
fn a_cursor_of_an_earlier_version_is_read_and_told_of() {
    let scene = Scene::new();
    let early = "gatespec-cursor=1 platform=shopex method=matrix.fill.multiple from=2022-12-31T16:00:00Z \
                 to=2023-01-31T16:00:00Z at_most=604800s end=excluded unit=second zone=28800 done=0-1 \
                 check=6f2ef54b";
    fs::write(&scene.file, early).unwrap();
    let run = scene.month().run();
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.err.contains("was written by an earlier version"), "{run:?}");
    assert_eq!(scene.starts(), ["01-15", "01-22", "01-29"]);
    assert!(fs::read_to_string(&scene.file).unwrap().contains(" request="));
}

/// Two paths to the same file refer to the same cursor.
#[test]
#[cfg(unix)]
fn a_link_to_a_cursor_is_locked_and_stays_a_link() {
    let scene = Scene::new();
    let folder = TempDir::new().unwrap();
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(&scene.file, &link).unwrap();
    let by_link = Call::of(&scene.mock, &fill(MONTH[0], MONTH[1]))
        .with(&["--cursor", &link.display().to_string()]);
    let held = fs::File::create(scene.file.with_extension("lock")).unwrap();
    held.lock().unwrap();
    let run = by_link.run();
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.err.contains("another run"), "{run:?}");
    drop(held);
    assert_eq!(by_link.run().code, Some(0));
    assert!(link.is_symlink() && scene.file.is_file());
    assert!(scene.month().run().err.contains("all 5 windows are already done"));
    assert_eq!(scene.starts().len(), 5);
}

/// While the first window is being sent, a folder is created at the path of the temporary file.
#[test]
fn a_window_that_cannot_be_remembered_is_named() {
    let root = TempDir::new().unwrap();
    let file = root.path().join("back-fill");
    let part = root.path().join("back-fill.part");
    let url = server(move |stream| {
        fs::create_dir(&part).unwrap();
        let body = r#"{"status":"succ","code":"1000","desc":"","data":{"msg_id":"1"}}"#;
        respond(stream, "200 OK", body);
    });
    let run = Call::to(&url, &fill(MONTH[0], MONTH[1]))
        .with(&["--cursor", &file.display().to_string()])
        .run();
    assert_eq!(run.code, Some(1), "{run:?}");
    assert_eq!(run.lines().len(), 1, "it was answered: {run:?}");
    let lost = "window 1 of 5, 2023-01-01 00:00:00 to 2023-01-08 00:00:00, was sent and answered, but not \
                recorded";
    assert!(run.err.contains(lost), "{run:?}");
}

/// Ctrl-C while a request is being sent, after two windows are done.
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
    // The third window counts as being sent once the gateway has received it.
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
