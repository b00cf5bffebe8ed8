//! The user's credentials are never printed, wherever they are sent. Errors in the specs of one
//! platform do not affect another.

use crate::foreign::{lower, md5};
use crate::tool::{Asked, Run};
use gatespec_tests::harness::{gatespec, tree, workspace};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const SECRET: &str = "hush-secret-1";
const SESSION: &str = "live-session-9";

/// The session occurs in the body, in a header, in the path, in a text, and in JSON inside a JSON
/// string.
fn asked() -> Asked {
    let nested = format!(r#"label={{"inner":"{{\"session\":\"{SESSION}\"}}"}}"#);
    Asked::own(&["vault", "box.open", "--app-key", "archive-77", "--token", SESSION])
        .with(&["--clock", "1700000000", &format!("key={SESSION}"), "count=3", &nested])
        .with(&[&format!("note=it is {SESSION}, as ever")])
        .secret(SECRET)
}

fn shows_nothing(run: &Run, texts: &[&str]) {
    for text in texts {
        assert!(!run.out.contains(text) && !run.err.contains(text), "{text}: {run:?}");
    }
}

/// Runs `check` on a platform of these tests with this vector added.
fn checked(platform: &str, vector: &str) -> (bool, String) {
    let root = TempDir::new().unwrap();
    copy(&workspace("tests/tests/sign/specs").join(platform), &root.path().join(platform));
    let file = root.path().join(platform).join("platform.yaml");
    let spec = fs::read_to_string(&file).unwrap();
    let (before, after) = spec.split_once("\nenvelope:").unwrap();
    fs::write(&file, format!("{before}\n  vectors:\n{vector}\nenvelope:{after}")).unwrap();
    let done = gatespec().arg("check").arg(root.path()).output().unwrap();
    (done.status.success(), String::from_utf8(done.stderr).unwrap())
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for (path, bytes) in tree(from) {
        fs::write(to.join(path.file_name().unwrap()), bytes).unwrap();
    }
}

#[test]
fn a_vector_of_typed_values_holds_no_credential_and_passes_check() {
    let run = asked().with(&["--vector"]).run();
    assert_eq!(run.code, Some(0), "{run:?}");
    shows_nothing(&run, &[SECRET, SESSION, "archive-77"]);
    assert!(run.out.contains("note: it is test-session, as ever"), "{}", run.out);
    let (sound, said) = checked("vault", &run.out);
    assert!(sound, "{said}\n{}", run.out);
}

#[test]
fn a_vector_of_a_request_that_travelled_holds_no_credential_and_passes_check() {
    let curl = asked().with(&["--curl"]).run().out;
    assert!(curl.contains(SESSION), "what is to be sent works: {curl}");
    let received = asked().received(&curl);
    let run = received.clone().with(&["--vector"]).run();
    assert_eq!(run.code, Some(0), "{run:?}");
    shows_nothing(&run, &[SECRET, SESSION, "archive-77"]);
    let (sound, said) = checked("vault", &run.out);
    assert!(sound, "{said}\n{}", run.out);
    for format in [&["--format", "json"][..], &[]] {
        let run = received.clone().with(format).run();
        assert_eq!(run.code, Some(0), "{run:?}");
        shows_nothing(&run, &[SECRET, SESSION]);
        assert!(run.out.contains("Bearer <secret>"), "{}", run.out);
    }
}

/// The key `sent` of a vector cannot state repeated names.
#[test]
fn what_a_vector_cannot_state_is_not_printed() {
    let asked =
        Asked::own(&["pier", "boat.other", "--raw", "--app-key", "k", "--clock", "1700000000"]);
    let run = asked.secret(SECRET).with(&["name=1", "name=2", "--vector"]).run();
    assert_eq!((run.code, &*run.out), (Some(1), ""), "{run:?}");
    assert!(run.err.contains("a vector cannot describe this request"), "{run:?}");
}

/// The signature is Python's `hashlib.md5` of the secret, the path, the header's pair, this body
/// and the secret.
#[test]
fn the_body_of_a_command_is_the_body_that_was_signed() {
    let body = format!(
        r#"{{"archive":"archive-77","session":"{SESSION}","time":"1700000000","note":"a/b \"c\" 中","count":3}}"#
    );
    let words = [
        "vault",
        "box.open",
        "--app-key",
        "archive-77",
        "--token",
        SESSION,
        "--clock",
        "1700000000",
    ];
    let asked = Asked::own(&words).secret(SECRET).with(&["key=k", "note=a/b \"c\" 中", "count=3"]);
    let run = asked.with(&["--curl"]).run();
    let signed = format!("{SECRET}/boxes/k/openAuthorization=Bearer {SESSION}{body}{SECRET}");
    assert!(run.out.contains(&format!("--data-raw '{body}'")), "{}", run.out);
    assert!(run.out.contains(&format!("sign: {}", lower(md5(signed)))), "{}", run.out);
}

#[test]
fn a_platform_that_signs_nothing_has_a_command_too() {
    let asked = Asked::own(&["plainly", "leaf.add", "--app-key", "k1", "text=a", "sizes=[1,2]"]);
    let run = asked.clone().with(&["--curl"]).run();
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        run.out.contains(r#"--data-raw '{"key":"k1","data":{"text":"a","sizes":[1,2]}}'"#),
        "{run:?}"
    );
    let run = asked.run();
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.err.contains("does not sign"), "{run:?}");
}

#[test]
fn what_was_pasted_is_not_repeated_in_a_message() {
    let asked = |request: &str| Asked::own(&[]).secret(SECRET).received(request).run();
    for (request, said) in [
        ("POST /boxes/k/open HTTP/1.1\nHost: vault.example\nBearer live-session-9\n\n{}", "line 3"),
        ("curl https://vault.example --secret=live-session-9", "`--secret`"),
        (
            "curl https://a.example https://b.example/x?session=live-session-9",
            "`https://b.example`",
        ),
    ] {
        let run = asked(request);
        assert_eq!(run.code, Some(2), "{run:?}");
        assert!(run.err.contains(said), "{said}: {run:?}");
        shows_nothing(&run, &[SESSION]);
    }
}

/// If one method does not compile, the other methods of its platform can still be signed.
#[test]
fn a_broken_method_is_in_nobodys_way_but_its_own() {
    let root = TempDir::new().unwrap();
    copy(&workspace("tests/tests/sign/specs/pier"), &root.path().join("pier"));
    fs::write(root.path().join("pier/boat.sink.yaml"), "titel: Sink a boat\n").unwrap();
    let specs = root.path().display().to_string();
    let asked = |method| {
        Asked::anywhere(&["pier", method, "boat=Gull", "--app-key", "k", "--specs", &specs])
            .secret(SECRET)
    };
    let run = asked("boat.note").run();
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.err.contains("titel"), "{run:?}");
    let run = asked("boat.sink").run();
    assert_eq!((run.code, &*run.out), (Some(2), ""), "{run:?}");
    assert!(run.err.contains("titel") && run.err.contains("no method `boat.sink`"), "{run:?}");
}

/// Specs with a broken platform, and one whose vector fails.
fn mixed() -> TempDir {
    let root = TempDir::new().unwrap();
    for name in ["pier", "vault", "plainly"] {
        copy(&workspace("tests/tests/sign/specs").join(name), &root.path().join(name));
    }
    let write = |path: &str, change: &dyn Fn(String) -> String| {
        let file = root.path().join(path);
        fs::write(&file, change(fs::read_to_string(&file).unwrap())).unwrap();
    };
    write("plainly/platform.yaml", &|spec| spec.replace("signature: none", "signatur: none"));
    let vector = "  vectors:\n    - { credentials: { archive: a, secret: s, session: t }, sent: {}, sign: '0' }\n";
    write("vault/platform.yaml", &|spec| spec.replace("envelope:", &format!("{vector}envelope:")));
    root
}

#[test]
fn a_broken_platform_is_in_nobodys_way_but_its_own() {
    let root = mixed();
    let specs = root.path().display().to_string();
    let sound =
        Asked::anywhere(&["pier", "boat.note", "boat=Gull", "--app-key", "k", "--specs", &specs]);
    let run = sound.secret(SECRET).run();
    assert_eq!((run.code, &*run.err), (Some(0), ""), "{run:?}");
    let broken = ["plainly", "leaf.add", "text=a", "--app-key", "k", "--specs", &specs, "--curl"];
    let run = Asked::anywhere(&broken).run();
    assert_eq!((run.code, &*run.out), (Some(1), ""), "{run:?}");
    assert!(run.err.contains("signatur") && !run.err.contains("vault"), "{run:?}");
    // A failing vector is reported but does not prevent signing.
    let doubtful =
        Asked::anywhere(&["vault", "box.open", "key=k", "--app-key", "a", "--token", "t"]);
    let run = doubtful.secret(SECRET).with(&["--clock", "1700000000", "--specs", &specs]).run();
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        run.err.contains("vector_mismatch") && run.err.contains("only the valid parts are used"),
        "{run:?}"
    );
    assert!(run.out.contains("signature"), "{run:?}");
    let elsewhere =
        Asked::anywhere(&["--from", "https://plainly.example/gate?a=1", "--specs", &specs]);
    let run = elsewhere.run();
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.err.contains("the specs of plainly have mistakes and are left out"), "{run:?}");
}
