//! The text that the other side claims to have signed.

use crate::foreign::*;
use crate::tool::{Asked, ids};
use gatespec_tests::harness::each;
use std::fs;
use tempfile::TempDir;

const SECRET: &str = "0123456789abcdef0123456789abcdef";

fn asked() -> Asked {
    Asked::shipped(&["shopex", "matrix.bindurl", "--app-key", "testkey", "--clock", "1672502400"])
        .with(&["code=a b", "callback_url=http://shopex.cn/"])
        .secret(SECRET)
}

fn text(secret: &str, block: &str) -> String {
    let secret = if secret.is_empty() { String::new() } else { format!("{secret}&") };
    let back = secret.trim_end_matches('&');
    format!("{secret}POST&%2Frouter&&&{block}&{back}")
}

fn block(encode: fn(&str) -> String) -> String {
    encode(
        "app_key=testkey&callback_url=http://shopex.cn/&code=a b&method=matrix.bindurl&sign_time=1672502400",
    )
}

#[test]
fn a_text_is_compared_whatever_it_shows_of_the_secret() {
    for secret in [SECRET, "<secret>"] {
        let right = asked().with(&["--against-string", &text(secret, &block(rfc3986))]).run();
        assert_eq!(right.code, Some(0), "{right:?}");
        assert!(right.out.contains("the signed text is correct"), "{}", right.out);
        let wrong = text(secret, &block(form));
        assert_eq!(asked().causes_of_text(&wrong), ["space_as_plus"]);
        let shown = asked().with(&["--against-string", &wrong]).run();
        assert!(!shown.out.contains(SECRET), "{}", shown.out);
    }
    let without = format!("&POST&%2Frouter&&&{}&", block(rfc3986));
    assert_eq!(asked().with(&["--against-string", &without]).run().code, Some(0));
    let newline = format!("{}\n", text(SECRET, &block(rfc3986)));
    assert_eq!(asked().with(&["--against-string", &newline]).run().code, Some(0));
}

#[test]
fn the_first_difference_is_shown_with_its_byte_even_without_a_cause() {
    let odd = text("<secret>", &block(rfc3986).replace("code%3Da", "code%3Dz"));
    let found = asked().with(&["--against-string", &odd]).json();
    let difference = &found["diagnosis"]["difference"];
    let ours = text("<secret>", &block(rfc3986));
    let at = ours.bytes().zip(odd.bytes()).position(|(a, b)| a != b).unwrap();
    assert_eq!(difference["byte"], at);
    assert!(difference["ours"].as_str().unwrap().contains("code%3Da%20b"), "{difference}");
    assert!(difference["theirs"].as_str().unwrap().contains("code%3Dz%20b"), "{difference}");
    assert_eq!(ids(&found["diagnosis"]), [""; 0]);
    let run = asked().with(&["--against-string", &odd]).run();
    assert_eq!(run.code, Some(1));
    assert!(run.out.contains(&format!("differ from byte {at} on")), "{}", run.out);
    let mut lines = run.out.lines().rev();
    let caret = lines.find(|line| line.trim() == "^").unwrap().find('^').unwrap();
    let theirs = lines.next().unwrap();
    assert_eq!(theirs.chars().nth(caret), Some('z'), "{}", run.out);
}

#[test]
fn signature_and_text_together_tell_text_from_secret() {
    let same = text("<secret>", &block(rfc3986));
    let other_secret = upper(md5(text("another secret", &block(rfc3986))));
    let words = ["--against", &other_secret, "--against-string", &same];
    let found = asked().with(&words).json();
    let hint = found["diagnosis"]["hint"].as_str().unwrap();
    assert!(hint.contains("both sides sign the same text"), "{hint}");
    // The signature shows the cause, and the text shows where it occurs.
    let plus = text("<secret>", &block(form));
    let sign = upper(md5(text(SECRET, &block(form))));
    let found = asked().with(&["--against", &sign, "--against-string", &plus]).json();
    assert_eq!(ids(&found["diagnosis"]), ["space_as_plus"]);
    assert!(found["diagnosis"]["difference"]["theirs"].as_str().unwrap().contains("a+b"));
}

/// The other side's secret is masked too, although the command does not know it.
#[test]
fn another_secret_is_named_and_not_shown() {
    let other = "OTHER-0123456789";
    let same = text(other, &block(rfc3986));
    let run = asked().with(&["--against-string", &same]).run();
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.out.contains("with different secrets"), "{}", run.out);
    assert!(!run.out.contains("OTHER"), "{}", run.out);
    let plus = text(other, &block(form));
    assert_eq!(asked().causes_of_text(&plus), ["space_as_plus"]);
    let run = asked().with(&["--against-string", &plus]).run();
    assert!(run.out.contains("and   the other side signs with a different secret"), "{}", run.out);
    assert!(!run.out.contains("OTHER"), "{}", run.out);
}

/// The spellings after the first two come from PHP: `rawurlencode`, also applied twice and in
/// lowercase, `json_encode`, `htmlspecialchars`, `base64_encode`, `bin2hex` and `strrev`.
#[test]
fn our_secret_is_hidden_however_it_is_written() {
    let spellings = [
        "ab/C+d\"é1",
        "AB/C+D\"É1",
        "ab%2FC%2Bd%22%C3%A91",
        "ab%252FC%252Bd%2522%25C3%25A91",
        "ab%2fC%2bd%22%c3%a91",
        "ab\\/C+d\\\"\\u00e91",
        "ab/C+d&quot;é1",
        "YWIvQytkIsOpMQ==",
        "61622f432b6422c3a931",
        "1é\"d+C/ba",
    ];
    let asked = asked().secret(spellings[0]);
    each(spellings.map(|spelling| (spelling.to_owned(), ())), |spelling, ()| {
        let run = asked.clone().with(&["--against-string", &text(spelling, &block(rfc3986))]).run();
        assert!(!run.out.contains(spelling), "{}", run.out);
        let said = ["is correct", "[secret_changed]", "writes the secret differently"];
        assert!(said.iter().any(|said| run.out.contains(said)), "{}", run.out);
        let around = format!("{{\"text\":\"x{spelling}y\"}}");
        let run = asked.clone().with(&["--against-string", &around]).run();
        assert!(!run.out.contains(spelling), "{}", run.out);
        assert!(run.out.contains("x<secret>y"), "{}", run.out);
    });
}

#[test]
fn a_text_can_come_out_of_a_file() {
    let root = TempDir::new().unwrap();
    let file = root.path().join("signed");
    fs::write(&file, format!("{}\n", text(SECRET, &block(form)))).unwrap();
    assert_eq!(asked().causes_of_text(&format!("@{}", file.display())), ["space_as_plus"]);
}
