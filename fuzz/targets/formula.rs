//! The formula of a signature: the compiler refuses it, or a request is signed with it.

use crate::spec;
use crate::world::{SECRET, credentials};
use bumpalo::Bump;
use gatespec_language::diagnostic::Sink;
use gatespec_language::dynamic::{Schemas, Side, object, value};
use gatespec_language::gaps::{colliding, gaps};
use gatespec_language::source::{Source, SourceMap};
use gatespec_language::{analyse, model::Platform};
use gatespec_protocol::request::{Job, Overrides, Stamp, assemble};
use gatespec_protocol::{DateTime, MethodInfo};

const PLATFORM: &str = r#"platform: shop
title: Shop
doc: A shop.
time_zone: "+08:00"
environments: { live: { url: https://shop.example/gate, doc: Live. } }
credentials:
  key: { doc: Identifies. }
  secret: { sensitive: true, doc: Signs. }
labels: { version: { default: "2", doc: The version. } }
request:
  path: /{method}
  public_in: query
  business: form
  public:
    key: { is: key, required: true, doc: Key. }
    method: { is: method, required: true, doc: Method. }
    once: { is: nonce, format: hex 16, required: true, doc: Once. }
    time: { is: clock, format: unix_seconds, required: true, doc: Time. }
    sign: { is: signature, required: true, doc: Signature. }
signature:
  formula: FORMULA
envelope: { success: { code: 0 }, data: data }
"#;

const METHOD: &str =
    "title: T\nrequest:\n  name: { doc: Name. }\n  count: { type: integer, doc: Count. }\n";

/// The input is the formula.
pub(crate) fn run(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    // The formula is inserted as JSON, which is YAML and can represent any text.
    let platform = PLATFORM.replace("FORMULA", &serde_json::Value::from(text).to_string());
    let mut sources = SourceMap::default();
    for (name, text) in [("platform.yaml", platform), ("shop.demo.yaml", METHOD.to_owned())] {
        let path = format!("shop/{name}");
        sources.add(Source { shown: path.clone(), path, text });
    }
    if spec::compile(&sources)
        && let Some(model) = analyse(&sources, &mut Sink::default())
    {
        sign(&model.platforms[0]);
    }
}

fn sign(platform: &Platform) {
    let (arena, method) = (Bump::new(), &platform.methods[0]);
    let given = value(&serde_json::json!({ "name": "a&b=c 张三", "count": 7 }), method.span);
    let request = object(platform, &method.request, &given, &arena, &mut Vec::new());
    let schema = Schemas::new(platform, Side::Request, &arena).record(&method.request);
    let info = MethodInfo { request: schema, ..method.facts };
    let recipe = info.gateway.signatures[0].recipe;
    let clock = DateTime::from_unix_seconds(1_700_000_000).unwrap_or_default();
    let signed = assemble(&Job {
        method: info,
        request: &request,
        overrides: &Overrides::default(),
        credentials: &credentials(platform),
        stamp: Stamp { clock, entropy: [7; 16] },
    });
    let open: String = gaps(info.gateway, recipe).iter().map(ToString::to_string).collect();
    let collide = colliding(recipe, schema).concat();
    let said = match signed {
        Ok(_) => open + &collide,
        Err(error) => format!("{error} {error:?} {open} {collide}"),
    };
    assert!(!said.contains(SECRET), "{said}");
}
