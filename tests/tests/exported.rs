//! `gatespec export`: documents that validators of others accept, and schemas that fit the samples of
//! the specs.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use bumpalo::Bump;
use gatespec_convert::{Format, Lost, convert};
use gatespec_language::diagnostic::Sink;
use gatespec_language::dynamic;
use gatespec_language::model::{Method, Platform};
use gatespec_language::sound;
use gatespec_language::source::load;
use gatespec_runtime::protocol::request::assemble;
use gatespec_runtime::protocol::{DateTime, Job, MethodInfo, Overrides, Placement, Stamp};
use gatespec_tests::harness::{run, workspace};
use gatespec_tests::models::platforms;
use jsonschema::Validator;
use postman_collection::v2_1_0::Spec as Collection;
use roas::v3_1::spec::Spec as OpenApi;
use roas::validation::{Options, Validate as _};
use serde_json::{Value, json};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::Path;

/// Calls `check` with every platform, and the name of its specs.
fn each_platform(check: impl Fn(&str, &Platform)) {
    let platforms = platforms().unwrap();
    assert!(platforms.len() > 24, "{} platforms", platforms.len());
    platforms.iter().for_each(|(name, platform)| check(name, platform));
}

/// The shipped platform of this name.
fn shipped(id: &str) -> Platform {
    let model = sound(&load(&workspace("specs"), &mut Sink::default()), &mut Sink::default());
    model.platforms.into_iter().find(|platform| platform.id == id).unwrap()
}

/// A validator for one of the definitions in a schema.
fn definition(schema: &Value, name: &str) -> Validator {
    let mut schema = schema.clone();
    schema["$ref"] = format!("#/$defs/{name}").into();
    jsonschema::draft202012::new(&schema).unwrap()
}

/// The business parameters of an example as JSON: what the client sends, if a gateway wants them in
/// its body.
fn request_json(platform: &Platform, method: &Method, at: usize) -> Value {
    let (arena, values) = (Bump::new(), &method.request_examples[at].values);
    let object = dynamic::object(platform, &method.request, values, &arena, &mut Vec::new());
    let facts = dynamic::method(platform, method, &arena);
    let credentials = platform.gateway_of(method).credentials.iter();
    let job = Job {
        method: MethodInfo { business: Some(Placement::BodyMember("request")), ..facts },
        request: &object,
        overrides: &Overrides::default(),
        credentials: &credentials.map(|one| (one.name, "0123456789abcdef")).collect(),
        stamp: Stamp { clock: DateTime::default(), entropy: [0; 16] },
    };
    let body = assemble(&job).unwrap().body().to_vec();
    let mut body: Value = serde_json::from_slice(&body).unwrap_or_default();
    match body["request"].take() {
        Value::Null => json!({}),
        request => request,
    }
}

#[test]
fn openapi_documents_are_valid() {
    each_platform(|name, platform| {
        let document = convert(platform, Format::OpenApi).json;
        let spec: OpenApi = serde_json::from_value(document)
            .unwrap_or_else(|error| panic!("{name} is not OpenAPI 3.1: {error}"));
        // The validator does not look for references inside `contentSchema`.
        let options = Options::IgnoreMissingTags | Options::IgnoreUnusedSchemas;
        let problems = spec.validate(options, None);
        assert!(problems.is_ok(), "{name}: {problems:#?}");
    });
}

#[test]
fn schemas_are_valid() {
    each_platform(|name, platform| {
        let schema = convert(platform, Format::JsonSchema).json;
        jsonschema::draft202012::meta::validate(&schema)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
    });
}

/// Checks the documents that `samples` returns for each method against the definition
/// `METHOD.{of}`. Returns the number of documents.
fn fitting(of: &str, samples: impl Fn(&Platform, &Method) -> Vec<Value>) -> usize {
    let checked = Cell::new(0);
    each_platform(|name, platform| {
        let schema = convert(platform, Format::JsonSchema).json;
        for method in &platform.methods {
            let validator = definition(&schema, &format!("{}.{of}", method.name));
            for sample in samples(platform, method) {
                let faults: Vec<_> = validator.iter_errors(&sample).collect();
                assert!(faults.is_empty(), "{name} {}: {sample:#}\n{faults:#?}", method.name);
                checked.set(checked.get() + 1);
            }
        }
    });
    checked.get()
}

#[test]
fn every_sample_answer_fits_the_schema_of_its_method() {
    let checked = fitting("answer", |_, method| {
        // Some samples are encrypted as a whole, or are not JSON.
        let bodies = method.response_examples.iter().map(|one| serde_json::from_str(&one.body));
        bodies.filter_map(Result::ok).collect()
    });
    assert!(checked >= 20, "{checked} samples");
}

#[test]
fn every_example_of_a_request_fits_the_schema_of_its_method() {
    let checked = fitting("request", |platform, method| {
        let examples = 0..method.request_examples.len();
        examples.map(|at| request_json(platform, method, at)).collect()
    });
    assert!(checked >= 8, "{checked} examples");
}

#[test]
fn a_schema_refuses_what_the_client_refuses() {
    let schema = convert(&shipped("shopex"), Format::JsonSchema).json;
    let validator = definition(&schema, "matrix.fill.multiple.request");
    let request = json!({
        "node_id": "15000000", "fill_type": "order",
        "start_time": "2023-01-01 00:00:00", "end_time": "2023-01-02 00:00:00",
    });
    assert!(validator.is_valid(&request));
    let with = |name: &str, value: Value| {
        let mut request = request.clone();
        request[name] = value;
        request
    };
    // An enumeration is open, so a value that the document does not list is sent.
    assert!(validator.is_valid(&with("fill_type", "exchange".into())));
    assert!(validator.is_valid(&with("refund_status", "refund".into())));
    for (name, value) in [
        ("fill_type", "refund"),
        ("start_time", "2023-01-01"),
        ("node_id", ""),
        ("fil_type", "order"),
    ] {
        assert!(!validator.is_valid(&with(name, value.into())), "{name}: {value}");
    }
    let lacking = json!({ "node_id": "15000000" });
    assert!(!validator.is_valid(&lacking));
}

#[test]
fn a_success_that_lacks_its_data_does_not_fit() {
    let schema = convert(&shipped("gome"), Format::JsonSchema).json;
    let method = "gome.pusher.order.synchronize";
    let validator = definition(&schema, &format!("{method}.answer"));
    let refused = json!({ "error_response": { "code": "8225", "msg": "x" } });
    assert!(validator.is_valid(&refused));
    assert!(!validator.is_valid(&json!({ "unrelated": 1 })));
    let schema = convert(&shipped("mogujie"), Format::JsonSchema).json;
    let validator = definition(&schema, "xiaodian.trade.get.answer");
    let mut answer = json!({
        "success": true, "status": { "code": "0000000", "msg": "" }, "result": { "data": {} },
    });
    assert!(validator.is_valid(&answer));
    answer["result"] = json!({});
    assert!(!validator.is_valid(&answer));
}

#[test]
fn postman_collections_are_read_by_a_reader_of_others() {
    each_platform(|name, platform| {
        let document = convert(platform, Format::Postman).json;
        let read: Collection = serde_json::from_value(document.clone())
            .unwrap_or_else(|error| panic!("{name} is no collection: {error}"));
        assert_eq!(read.item.len(), platform.methods.len(), "{name}");
        for item in document["item"].as_array().unwrap() {
            assert!(item["request"].get("url").is_some(), "{name}: {}", item["name"]);
        }
    });
}

#[test]
fn a_collection_sends_the_parameters_of_the_example() {
    let document = convert(&shipped("shopex"), Format::Postman).json;
    let items = document["item"].as_array().unwrap();
    let item = items.iter().find(|item| item["name"] == "matrix.fill.multiple").unwrap();
    let form = item["request"]["body"]["urlencoded"].as_array().unwrap();
    let value = |name: &str| form.iter().find(|pair| pair["key"] == name).unwrap()["value"].clone();
    assert_eq!(value("method"), "matrix.fill.multiple");
    assert_eq!(value("app_key"), "{{app_key}}");
    assert_eq!(value("sign"), "{{sign}}");
    assert_eq!(value("sign_time"), "{{sign_time}}");
    let variables = document["variable"].as_array().unwrap();
    let names: BTreeSet<_> = variables.iter().map(|one| one["key"].as_str().unwrap()).collect();
    assert_eq!(names.len(), variables.len(), "each variable is there once");
    for name in ["base_url", "app_key", "sign", "sign_time"] {
        assert!(names.contains(name), "{name}");
    }
}

#[test]
fn every_kept_fact_is_reported() {
    fn members(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| members(item, found)),
            Value::Object(object) => {
                for (name, value) in object {
                    if name.starts_with("x-gatespec-") && name != "x-gatespec-gateways" {
                        found.insert(name.clone());
                    } else {
                        members(value, found);
                    }
                }
            }
            _ => {}
        }
    }
    let mut lost = BTreeSet::new();
    for id in ["shopex", "mogujie", "gome"] {
        for format in [Format::OpenApi, Format::JsonSchema, Format::Postman] {
            let document = convert(&shipped(id), format);
            let (mut kept, mut reported) = (BTreeSet::new(), BTreeSet::new());
            members(&document.json, &mut kept);
            for loss in &document.losses {
                reported.insert(loss.lost.member().to_owned());
                lost.insert(loss.lost);
            }
            assert_eq!(kept, reported, "{id} {format:?}");
        }
    }
    for needed in [Lost::Signature, Lost::Rules, Lost::Time, Lost::Errors, Lost::Provenance] {
        assert!(lost.contains(&needed), "{needed:?}");
    }
}

#[test]
fn credentials_of_vectors_are_in_no_document() {
    for id in ["shopex", "mogujie", "gome"] {
        for format in [Format::OpenApi, Format::JsonSchema, Format::Postman] {
            let text = convert(&shipped(id), format).json.to_string();
            for secret in ["testsecret", "\"vectors\""] {
                assert!(!text.contains(secret), "{id} {format:?}: {secret}");
            }
        }
    }
}

#[test]
fn the_command_prints_the_document_and_reports_the_losses() {
    let done = run(Path::new("."), &["export", "openapi", "gome"]);
    assert_eq!(done.code, Some(0), "{}", done.err);
    let document: Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    assert!(document["paths"]["/router"]["post"].is_object());
    assert!(done.err.contains("x-gatespec-signature: how the signature is computed (gome)"));
    let wrong = run(Path::new("."), &["export", "openapi", "gom"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.err.contains("did you mean `gome`?"), "{}", wrong.err);
}
