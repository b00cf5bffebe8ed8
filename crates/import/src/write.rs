//! Writes facts as the files of a draft.

mod about;
mod field;
mod method;
mod platform;
mod types;
mod yaml;

pub(crate) use about::{Context, QUOTING};

use crate::facts::Facts;
use gatespec_language::schema;
use types::Types;
use yaml::Map;

/// A file of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The path below the folder of the specs: `shop/platform.yaml`.
    pub path: String,
    /// The file's text.
    pub text: String,
}

/// Writes the files of a draft.
pub(crate) fn files(facts: &Facts, context: &Context<'_>) -> Vec<File> {
    let mut types = Types::default();
    let methods: Vec<_> = facts
        .methods
        .iter()
        .map(|own| (own, method::map(own, facts, &mut types, context)))
        .collect();
    let file = |name: &str, text: String| {
        let name = format!("{name}.yaml");
        let text = format!("{}\n{text}", schema::modeline(&name));
        File { path: format!("{}/{name}", context.platform), text }
    };
    let mut files = vec![file("platform", platform::map(facts, context).document())];
    let mut types = types.declared();
    if let Some(shared) = types.remove(&None) {
        let mut map = Map::open();
        map.comment("Types that several methods use.");
        map.map("types", shared);
        files.push(file("types", map.document()));
    }
    for (own, parts) in methods {
        let own_types = types.remove(&Some(own.name.clone())).unwrap_or_default();
        files.push(file(&own.name, parts.document(own_types)));
    }
    files
}
