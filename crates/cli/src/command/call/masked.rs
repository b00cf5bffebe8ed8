//! A signed request as `--dry-run` shows it: with marks in place of everything sensitive.

use gatespec_runtime::mask::Masked;
use gatespec_runtime::{Location, Prepared};

/// A request with its secrets masked.
pub(super) struct MaskedRequest {
    pub(super) verb: &'static str,
    /// Without the query.
    pub(super) url: String,
    /// Those that are no parameters.
    pub(super) headers: Vec<(String, String)>,
    /// Name, place and value.
    pub(super) params: Vec<(String, String, String)>,
    /// A body of JSON, or the document of a gateway that takes one.
    pub(super) body: Option<String>,
    /// What is signed.
    pub(super) signed: String,
}

impl MaskedRequest {
    pub(super) fn new(prepared: &Prepared<'_>, base: &str) -> MaskedRequest {
        let own = |name: &str| {
            let mut params = prepared.params().iter();
            params.any(|param| param.place == Location::Header && param.name == name)
        };
        let headers = prepared.headers().filter(|(name, _)| !own(name));
        let atoms = prepared.atoms();
        // The query's parameters stand among the others.
        let base = base.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
        MaskedRequest {
            verb: prepared.verb().as_str(),
            url: format!("{base}{}", Masked::new(atoms.path, &atoms.hidden_path)),
            headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            params: prepared
                .params()
                .iter_hidden()
                .map(|(param, hidden)| {
                    let shown = Masked::json(param.value, &hidden).to_string();
                    (param.name.to_owned(), param.place.to_string(), shown)
                })
                .collect(),
            body: prepared.masked_body(),
            signed: prepared.explain().canonical,
        }
    }
}
