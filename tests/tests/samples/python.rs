//! Requests as Python programs, which the mock accepts.

use bumpalo::Bump;
use gatespec_inspect::diagnose::Signing;
use gatespec_inspect::python::program;
use gatespec_inspect::request::{Argument, Ask, Written};
use gatespec_language::diagnostic::Sink;
use gatespec_language::model::{Method, Platform};
use gatespec_language::sound;
use gatespec_mock::Mock;
use gatespec_runtime::Source;
use gatespec_runtime::protocol::Spec;
use gatespec_tests::corpus::source_map;
use gatespec_tests::harness::corpus;
use gatespec_tests::models::{in_folder, platforms};
use gatespec_tests::requests::right;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Runs programs one after the other in one Python.
const RUNNER: &str = "\
import sys
for name in sys.argv[1:]:
    with open(name, encoding='utf-8') as file:
        exec(compile(file.read(), name, 'exec'), {})
";

fn has_python() -> bool {
    Command::new("python3").arg("--version").output().is_ok()
}

/// What became of the requests of some platforms.
#[derive(Default)]
struct Outcome {
    accepted: usize,
    /// The platforms that have no programs, with the reason.
    without: BTreeSet<String>,
    refused: Vec<String>,
}

impl Outcome {
    /// Runs the programs of a platform against a mock.
    fn run<'m>(
        &mut self,
        (name, platform): &'m (String, Platform),
        requests: impl Fn(&'m Platform, &'m Method) -> Vec<Ask<'m>>,
    ) {
        let (mock, folder) = (mock(platform), tempfile::tempdir().unwrap());
        let mut files: Vec<PathBuf> = Vec::new();
        for method in &platform.methods {
            let url = mock.gateway_url(&platform.id, platform.gateway_of(method).name).unwrap();
            for ask in requests(platform, method) {
                let arena = Bump::new();
                let program = Signing::of(&ask, &arena)
                    .and_then(|built| program(&ask, &built, &url).map_err(|wrong| vec![wrong]));
                match program {
                    Ok(text) => {
                        files.push(folder.path().join(format!("{}.py", files.len())));
                        fs::write(files.last().unwrap(), text).unwrap();
                    }
                    Err(wrong) => drop(self.without.insert(format!("{name}: {}", wrong[0]))),
                }
            }
        }
        let output = Command::new("python3").args(["-c", RUNNER]).args(&files).output().unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let received = mock.received();
        assert_eq!(received.len(), files.len(), "{name}: one call a program");
        let others = received.iter().filter(|entry| !entry.is_accepted());
        self.refused.extend(others.map(|entry| format!("{name}: {entry}")));
        self.accepted += received.iter().filter(|entry| entry.is_accepted()).count();
    }
}

/// A mock of one platform.
fn mock(platform: &Platform) -> Mock {
    let leaked = |text: &String| -> &'static str { text.clone().leak() };
    let files = platform.files.iter().map(|(name, text)| (leaked(name), leaked(text)));
    let files = files.collect::<Vec<_>>().leak();
    Mock::of(Spec { platform: leaked(&platform.id), files }).start().unwrap()
}

/// The examples of a method, and a request with every field; each with every signature method that
/// the request names.
fn requests<'m>(platform: &'m Platform, method: &'m Method) -> Vec<Ask<'m>> {
    let examples = 0..method.request_examples.len();
    let mut all: Vec<_> = examples.map(|at| Ask::example(platform, method, at)).collect();
    let json = |(name, value): (String, serde_json::Value)| Argument {
        name,
        text: value.to_string(),
        written: Written::Json,
    };
    let values = right(platform, &method.request).into_iter().map(json).collect();
    all.push(Ask { values, ..Ask::example(platform, method, usize::MAX) });
    let gateway = platform.gateway_of(method);
    let is_named = gateway.public.iter().any(|param| param.source == Source::SignMethod);
    for way in gateway.signatures.iter().skip(1).filter(|_| is_named) {
        let mut ask = all[0].clone();
        ask.overrides.signature_method = Some(way.name.to_owned());
        all.push(ask);
    }
    all
}

/// A platform; if its requests do not name their signature method, once with each as the default.
fn each_default((name, platform): (String, Platform)) -> Vec<(String, Platform)> {
    let gateway = &platform.gateways[0];
    if gateway.public.iter().any(|param| param.source == Source::SignMethod) {
        return vec![(name, platform)];
    }
    let [default, others @ ..] = &gateway.signatures[..] else { return vec![(name, platform)] };
    let with = |way: &&str| {
        let files = platform.files.iter().map(|(file, text)| {
            let (old, new) = (format!("default: {}", default.name), format!("default: {way}"));
            (format!("{}/{file}", platform.id), text.replace(&old, &new))
        });
        let model = sound(&source_map(files.collect()), &mut Sink::default());
        (format!("{name} {way}"), model.platforms.into_iter().next().unwrap())
    };
    let others: Vec<_> = others.iter().map(|way| way.name).collect();
    let others: Vec<_> = others.iter().map(with).collect();
    [(name, platform)].into_iter().chain(others).collect()
}

#[test]
fn the_mock_accepts_what_programs_send() {
    if !has_python() {
        eprintln!("there is no python3 on this machine: not checked");
        return;
    }
    let folders = ["tests/golden/specs", "tests/tests/sign/specs", "tests/consumer/specs"];
    let further = folders.into_iter().flat_map(in_folder);
    let all = platforms().unwrap().into_iter().chain(further);
    let all: Vec<_> = all.flat_map(each_default).collect();
    let mut outcome = Outcome::default();
    all.iter().for_each(|platform| outcome.run(platform, requests));
    let reason = "there is no Python program for this request: its signature";
    let expected = [
        format!("received/shop: {reason} writes parts of a form as JSON"),
        format!("tests/platforms/acme: {reason} takes records and lists apart"),
        format!("tests/tests/sign/specs/pier typed: {reason} writes parts of a form as JSON"),
    ];
    assert_eq!(outcome.without.into_iter().collect::<Vec<_>>(), expected);
    // The value that the test invents does not match the pattern of the field.
    let expected = "refused with bad_parameter: `code` must have exactly 8 characters";
    assert!(outcome.refused.len() == 1, "{:#?}", outcome.refused);
    assert!(outcome.refused[0].contains(expected), "{:#?}", outcome.refused);
    assert!(all.len() >= 48 && outcome.accepted >= 80, "{} programs", outcome.accepted);
}

/// A platform with this formula, these keys of `request` and this `nested`, whose method has these
/// fields.
fn signing(formula: &str, (request, nested): (&str, &str), fields: &str) -> Platform {
    let base = fs::read_to_string(corpus("base/platform.yaml")).unwrap();
    let (before, rest) = base.split_once("signature:").unwrap();
    let after = &rest[rest.find("envelope:").unwrap()..];
    let keys = format!("values: {{ nested: {nested} }}\nrequest:\n{request}");
    let before = before.replace("request:\n", &keys);
    let platform = format!("{before}signature:\n  formula: >-\n    {formula}\n{after}");
    let method = format!("title: Ask\nrequest:\n{fields}");
    let sources = source_map(vec![
        ("shop/platform.yaml".to_owned(), platform),
        ("shop/shop.demo.yaml".to_owned(), method),
    ]);
    let mut sink = Sink::default();
    let platform = sound(&sources, &mut sink).platforms.remove(0);
    assert!(!sink.has_errors(), "{formula}: {:#?}", sink.into_sorted());
    platform
}

/// Fields whose names are hard to write.
const FIELDS: &str = "  $Zoll: { doc: A. }\n  ~a_b: { doc: B. }\n  名字: { doc: C. }\n  \
                      empty: { doc: D. }\n  lines: { type: json, doc: E. }\n  \
                      many: { list: json, doc: F. }\n";

/// A request with values that are hard to write.
fn hostile<'m>(platform: &'m Platform, method: &'m Method) -> Vec<Ask<'m>> {
    let values = [
        ("X-One", r#""短袖 a~b""#),
        ("$Zoll", r#""短袖 ~*-._ \\ \" ' { } \u0000\t😀ß""#),
        ("~a_b", r#""a&b=c+d%20/é""#),
        ("名字", r#""İ張三""#),
        ("empty", r#""""#),
        ("many", r#"["b", "a", "短 ~"]"#),
        ("lines", r#"[{"b": 1.50, "a": null, "c": ["短/", true]}]"#),
    ];
    let argument = |(name, text): (&str, &str)| Argument {
        name: name.to_owned(),
        text: text.to_owned(),
        written: Written::Json,
    };
    let known = values.into_iter().filter(|(name, _)| method.request.field(name).is_some());
    let values = known.map(argument).collect();
    vec![Ask { values, ..Ask::example(platform, method, 0) }]
}

#[test]
fn formulas_are_written_in_python() {
    if !has_python() {
        eprintln!("there is no python3 on this machine: not checked");
        return;
    }
    let mut outcome = Outcome::default();
    for formula in [
        r#"HEX(hmac_sha1(secret, pairs(nonempty(all), "{name:rfc3986}{value:form}", "|")))"#,
        r#"base64(sha1(upper(pairs(all, "{name:lower}{value:upper}")) + "é{}\"\\\n" + secret))"#,
        r#"hex(hmac_md5(md5(secret), join("-", verb, method, clock, path, "", secret)))"#,
        r#"lower(base64(sha256(pairs(except(all, "~a_b", key)) + secret)))"#,
        r#"rfc3986(base64(hmac_sha256(secret, pairs([time, "名字", key], "{value}", ","))))"#,
        r#"hex(md5(hex(md5(pairs(public) + secret)) + rfc3986(pairs(business, "{name:form}{value}"))))"#,
        r#"hex(form(rfc3986(pairs(form)) + value(time) + secret))"#,
        r#"form(secret) + HEX(secret + pairs(public | [empty]))"#,
    ] {
        outcome.run(&(formula.to_owned(), signing(formula, ("", "json"), FIELDS)), hostile);
    }
    assert!(outcome.refused.is_empty(), "{:#?}", outcome.refused);
    assert!(outcome.without.is_empty(), "{:#?}", outcome.without);
    assert_eq!(outcome.accepted, 8);
}

#[test]
fn parameters_are_signed_wherever_they_are_sent() {
    if !has_python() {
        eprintln!("there is no python3 on this machine: not checked");
        return;
    }
    let mut outcome = Outcome::default();
    for (request, nested) in [
        ("  public_in: query\n  business: query\n", "repeat"),
        ("  public_in: query\n  business: form\n", "repeat"),
        ("  public_in: form\n  business: form\n", "brackets"),
        ("  public_in: header\n  business: body\n", "json"),
        ("  public_in: body\n  business: body\n", "json"),
        ("  public_in: body\n  business: body.data\n", "json"),
        ("  public_in: body.meta\n  business: body\n", "json"),
        ("  public_in: query\n  business: form.biz\n", "json"),
    ] {
        for set in ["all", "public", "nonempty(all)", "business", "query | header"] {
            // A body that contains the signature cannot be signed as a text.
            let body = if request.contains("public_in: body") { "" } else { "body + " };
            let formula = format!("hex(md5(pairs({set}) + {body}secret))");
            let platform = signing(&formula, (request, nested), FIELDS);
            outcome.run(&(format!("{request}{formula}"), platform), hostile);
        }
    }
    let (formula, request) = ("hex(md5(pairs(all) + secret))", "  business: header\n");
    let platform = signing(formula, (request, "json"), "  X-One: { doc: A. }\n");
    outcome.run(&(request.to_owned(), platform), hostile);
    assert!(outcome.refused.is_empty(), "{:#?}", outcome.refused);
    assert!(outcome.without.is_empty(), "{:#?}", outcome.without);
    assert_eq!(outcome.accepted, 41);
}
