//! Gateways with formulas and placements of many kinds, and the gaps of each.

use super::{colliding, gaps};
use crate::diagnostic::Sink;
use crate::dynamic::{Schemas, Side};
use crate::model::Model;
use crate::source::{Source, SourceMap};
use bumpalo::Bump;

const PLATFORM: &str = "\
platform: quarry
title: Quarry
doc: Stones.
time_zone: '+08:00'
environments: { live: { url: https://quarry.example/api, doc: Live. } }
credentials: { key: { doc: Identifies. }, secret: { sensitive: true, doc: Signs. } }
request:
  TRAVELS
  public:
    key: { in: query, is: key, required: true, doc: Key. }
    at: { in: query, is: clock, format: unix_seconds, required: true, doc: Time. }
    method: { in: query, is: method, required: true, doc: Method. }
    sign: { in: query, is: signature, required: true, doc: Signature. }
signature: { formula: 'FORMULA' }
envelope:
  success: { code: 0 }
  data: data
  code: code
  message: msg
  failures: [{ code: code, message: msg }]
errors: { 1: { class: caller, doc: Refused. } }
";

const METHOD: &str = "\
title: T
doc: D.
repeat: safe
request:
  stone: { type: text, doc: Stone. }
  size: { type: integer, doc: Size. }
  size1: { type: integer, doc: Size. }
  polished: { type: boolean, doc: Polished. }
";

fn model(travels: &str, formula: &str) -> Model {
    let mut sources = SourceMap::default();
    let platform = PLATFORM.replace("TRAVELS", travels).replace("FORMULA", formula);
    for (name, text) in [("platform.yaml", platform), ("stone.cut.yaml", METHOD.to_owned())] {
        let path = format!("quarry/{name}");
        sources.add(Source { shown: path.clone(), path, text });
    }
    let mut sink = Sink::default();
    let model = crate::analyse(&sources, &mut sink);
    let said = crate::report::report(&sources, &sink.into_sorted(), false);
    assert!(model.is_some(), "{said}");
    model.unwrap_or_default()
}

const FORM: &str = "business: form";

#[test]
fn a_formula_says_what_it_leaves_open() {
    let uncovered = "The signature does not cover the HTTP verb and the path.";
    let together = "The signed text does not separate names from values, so different parameters can have the \
                    same signature.";
    let apart = "Values are signed unescaped, so one that contains `=` or `&` can have the signature of several \
                 parameters.";
    let extended = |digest: &str| {
        format!(
            "No secret follows the parameters in the signed text, so a signed request can be extended without \
             the secret (length extension of {digest})."
        )
    };
    let cases: [(&str, &str, &[&str]); 9] = [
        (FORM, "hex(md5(secret + pairs(all, \"{name}{value}\") + secret))", &[uncovered, together]),
        (FORM, "HEX(sha256(secret + pairs(all)))", &[uncovered, apart, &extended("sha256")]),
        (FORM, "hex(md5(pairs(all) + secret))", &[uncovered, apart]),
        (FORM, "hex(md5(hex(md5(secret + pairs(all))) + secret))", &[uncovered, apart]),
        (FORM, "base64(hmac_sha1(secret, pairs(all)))", &[uncovered, apart]),
        (
            FORM,
            "hex(hmac_sha256(secret, verb + path + pairs(all, \"{name:form}={value:form}\", \"&\")))",
            &[],
        ),
        (
            FORM,
            "hex(md5(pairs(form, \"{name:form}={value:form}\", \"&\") + secret))",
            &["The signature does not cover the HTTP verb, the path and parameters in the query."],
        ),
        (
            "business: body",
            "hex(hmac_sha1(secret, clock + body))",
            &["The signature does not cover the HTTP verb, the path and parameters in the query."],
        ),
        (
            "business: body",
            "hex(md5(secret + pairs(query, \"{value:form}\", \"&\") + body))",
            &["The signature does not cover the HTTP verb and the path.", &extended("md5")],
        ),
    ];
    for (travels, formula, expected) in cases {
        let model = model(travels, formula);
        let gateway = model.platforms[0].gateways[0].facts;
        let said: Vec<_> = gaps(gateway, gateway.signatures[0].recipe)
            .iter()
            .map(std::string::ToString::to_string)
            .collect();
        assert_eq!(said, expected, "{formula}");
    }
}

/// `size=11` and `size1=1` are both signed as `size11`. A value of type text can also contain the
/// pairs that follow it.
#[test]
fn fields_that_can_collide_are_named() {
    for (formula, expected) in [
        (
            "hex(md5(secret + pairs(all, \"{name}{value}\") + secret))",
            &["stone", "size", "size1"][..],
        ),
        ("hex(md5(pairs(all) + secret))", &["stone"]),
        ("hex(md5(pairs(all, \"{name:form}={value:form}\", \"&\") + secret))", &[]),
    ] {
        let model = model(FORM, formula);
        let (platform, arena) = (&model.platforms[0], Bump::new());
        let schema =
            Schemas::new(platform, Side::Request, &arena).record(&platform.methods[0].request);
        let recipe = platform.gateways[0].facts.signatures[0].recipe;
        assert_eq!(colliding(recipe, schema), expected, "{formula}");
    }
}
