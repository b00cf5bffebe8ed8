//! A signed request as `--dry-run` shows it, with secrets masked.

use gatespec_runtime::mask::Masked;
use gatespec_runtime::{Location, Prepared};

pub(super) struct MaskedRequest {
    pub(super) verb: &'static str,
    /// The URL without the query.
    pub(super) url: String,
    /// The headers that are not parameters.
    pub(super) headers: Vec<(String, String)>,
    /// The parameters: name, location, value.
    pub(super) params: Vec<(String, String, String)>,
    /// The body, if it is JSON or a document.
    pub(super) body: Option<String>,
    /// The signed text.
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
        // The URL is shown as sent, with percent-encoding, but without its query, whose parameters
        // are listed with the others.
        let url = match &atoms.hidden_path[..] {
            [] => prepared.url(base).split('?').next().unwrap_or_default().to_owned(),
            hidden => format!("{}{}", base.trim_end_matches('/'), Masked::new(atoms.path, hidden)),
        };
        MaskedRequest {
            verb: prepared.verb().as_str(),
            url,
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
