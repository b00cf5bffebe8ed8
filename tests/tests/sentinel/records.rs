//! Requests and responses in which all sensitive fields have values. The fields are taken from the
//! specs, so new ones are covered.

use std::collections::BTreeSet;
use std::fmt::Debug;

use gatespec_clients::{gome, mogujie, shopex};
use gatespec_language::diagnostic::Sink;
use gatespec_language::{analyse, export, source};
use gatespec_runtime::{Blank, Json, Operation, Platform, Record, decode};
use gatespec_tests::harness::workspace;
use serde_json::json;

use crate::shown::{self, NUMBER, PERSON};

/// Shows every request and every response of every platform.
pub(crate) fn show() {
    let mut sink = Sink::default();
    let sources = source::load(&workspace("specs"), &mut sink);
    let spec = Spec(export::model(&analyse(&sources, &mut sink).unwrap()));
    let mut seen = BTreeSet::new();
    macro_rules! operations {
        ($($operation:ty),+ $(,)?) => {$( seen.insert(spec.operation::<$operation>()); )+};
    }
    operations![
        shopex::MatrixBindurl,
        shopex::MatrixUnbind,
        shopex::MatrixFillSingle,
        shopex::MatrixFillMultiple,
        shopex::MatrixAuthstatus,
        mogujie::XiaodianTradeGet,
        mogujie::OauthToken,
        gome::GomePusherOrderSynchronize,
    ];
    assert_eq!(seen, spec.methods(), "a method is missing in this list");
}

/// The model of the shipped specs as JSON.
struct Spec(Json);

impl Spec {
    fn platforms(&self) -> &[Json] {
        self.0["platforms"].as_array().unwrap()
    }

    fn methods(&self) -> BTreeSet<String> {
        let all = self.platforms().iter().flat_map(|platform| list(&platform["methods"]));
        all.map(|method| method["name"].as_str().unwrap().to_owned()).collect()
    }

    /// Shows a request and a response in which all fields have values. Returns the method's name.
    fn operation<O>(&self) -> String
    where
        O: Operation + Record + Blank + Debug,
        O::Response: Debug,
    {
        let name = O::METHOD.name;
        let platform =
            self.platforms().iter().find(|one| one["id"] == <O::Platform as Platform>::ID).unwrap();
        let method = list(&platform["methods"]).find(|one| one["name"] == name).unwrap();
        let fill = |side: &str| {
            let mut filled = Filled { platform, secrets: 0 };
            (filled.record(&method[side]["fields"]).to_string(), filled.secrets)
        };

        let (text, secrets) = fill("request");
        let mut request = O::blank();
        decode::from_text(&text, &mut |value| value.record(&mut request)).unwrap();
        shown::debug(&request);
        hidden(&request, secrets);

        let (text, secrets) = fill("response");
        let mut response = O::Response::default();
        decode::from_text(&text, &mut |value| O::read(value, &mut response)).unwrap();
        shown::debug(&response);
        hidden(&response, secrets);
        name.to_owned()
    }
}

/// Asserts that `value` contains the secrets, but does not show them.
fn hidden(value: &impl Debug, secrets: usize) {
    let text = format!("{value:?}");
    assert_eq!(text.matches("Private(…)").count(), secrets, "{text}");
}

fn list(json: &Json) -> impl Iterator<Item = &Json> {
    json.as_array().into_iter().flatten()
}

/// The state while the records of a platform are filled.
struct Filled<'p> {
    platform: &'p Json,
    secrets: usize,
}

impl Filled<'_> {
    fn record(&mut self, fields: &Json) -> Json {
        let mut members = serde_json::Map::new();
        // Rows that are not sent, or only as public parameters, have no field in generated code.
        for field in
            list(fields).filter(|field| field["send"] != "never" && field["send"] != "public")
        {
            members.insert(field["name"].as_str().unwrap().to_owned(), self.field(field));
        }
        Json::Object(members)
    }

    fn field(&mut self, field: &Json) -> Json {
        let item = self.item(field);
        match &field["list"] {
            Json::Null => item,
            // The list is a text, here with one item.
            Json::Object(style) if style.contains_key("delimiter") => item,
            _ => json!([item]),
        }
    }

    fn item(&mut self, field: &Json) -> Json {
        let name = field["type"].as_str().unwrap();
        let mut records = list(&self.platform["records"]);
        if let Some(record) = records.find(|record| record["name"] == name) {
            return self.record(&record["fields"]);
        }
        let sensitive = field["sensitive"] == true;
        self.secrets += usize::from(sensitive);
        match name {
            "integer" if sensitive => json!(NUMBER),
            "integer" | "money" => json!(1),
            "boolean" => json!(true),
            "datetime" if field["format"] == "unix_seconds" => json!(1_672_502_400),
            "datetime" => json!("2023-01-01 10:00:00"),
            "map" => json!({"a": "b"}),
            _ if sensitive => json!(PERSON),
            _ => field["values"][0].as_str().map_or(json!("plain"), |value| json!(value)),
        }
    }
}
