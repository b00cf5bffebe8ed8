//! On a terminal, the output is text with colours and a progress bar.

use crate::tool::{Call, STATUS, fill, mock};
use gatespec_tests::harness::gatespec;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use std::fs;
use std::io::Read;
use std::process::Command;

/// The text that the terminal receives, and the exit code. `setsid` gives the command a terminal of
/// its own.
fn on_a_terminal(call: &Call) -> (String, Option<i32>) {
    let person = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&person).unwrap();
    unlockpt(&person).unwrap();
    let name = ptsname(&person, Vec::new()).unwrap().into_string().unwrap();
    let terminal = fs::OpenOptions::new().read(true).write(true).open(name).unwrap();
    let mut command = Command::new("setsid");
    command.args(["--ctty", "--wait"]).arg(gatespec().get_program());
    command.env("TERM", "xterm-256color").env_remove("NO_COLOR").env_remove("CI");
    call.set_up(&mut command);
    command.stdin(terminal.try_clone().unwrap()).stdout(terminal.try_clone().unwrap());
    let mut child = command.stderr(terminal).spawn().unwrap();
    // The terminal can be read to the end only after the command's own handles are closed.
    drop(command);
    let (mut shown, mut person) = (Vec::new(), fs::File::from(person));
    let mut bytes = [0; 4096];
    while let Ok(length @ 1..) = person.read(&mut bytes) {
        shown.extend_from_slice(&bytes[..length]);
    }
    (String::from_utf8(shown).unwrap(), child.wait().unwrap().code())
}

#[test]
fn a_terminal_gets_text_with_colours() {
    let (shown, code) = on_a_terminal(&Call::of(&mock(), &STATUS));
    assert_eq!(code, Some(0), "{shown}");
    assert!(shown.contains("\u{1b}[32m\u{1b}[1manswered\u{1b}[0m"), "{shown:?}");
    assert!(shown.contains("  is_expired  \u{1b}[33mtrue\u{1b}[0m"), "{shown:?}");
}

#[test]
fn a_terminal_gets_no_colours_if_it_says_so() {
    let (shown, _) = on_a_terminal(&Call::of(&mock(), &STATUS).env("NO_COLOR", "1"));
    assert!(shown.contains("answered  shopex") && !shown.contains('\u{1b}'), "{shown:?}");
}

#[test]
fn a_terminal_gets_json_if_asked() {
    let (shown, _) = on_a_terminal(&Call::of(&mock(), &STATUS).with(&["--format", "json"]));
    assert!(shown.starts_with('{') && !shown.contains('\u{1b}'), "{shown:?}");
}

#[test]
fn a_long_range_shows_how_far_it_has_come() {
    let month = fill("start_time=2023-01-01 00:00:00", "end_time=2023-02-01 00:00:00");
    let (shown, code) = on_a_terminal(&Call::of(&mock(), &month));
    assert_eq!(code, Some(0), "{shown}");
    assert!(shown.contains(" 0 of 5"), "the bar: {shown:?}");
    for number in 1..=5 {
        assert!(shown.contains(&format!("  {number} of 5: 2023-01-")), "{shown:?}");
    }
    // The line of the progress bar is cleared at the end.
    assert!(shown.trim_end().ends_with("\u{1b}[2K"), "{shown:?}");
}
