//! A signed request as `--dry-run` shows it, with secrets masked.

use gatespec_runtime::mask::Masked;
use gatespec_runtime::{Location, Prepared};

/// A signed request with its secrets masked.
pub struct MaskedRequest {
    /// The verb.
    pub verb: &'static str,
    /// The URL without the query.
    pub url: String,
    /// The headers that are not parameters.
    pub headers: Vec<(String, String)>,
    /// The parameters: name, location, value.
    pub params: Vec<(String, String, String)>,
    /// The body, if it is JSON or a document.
    pub body: Option<String>,
    /// The signed text.
    pub signed: String,
}

impl MaskedRequest {
    /// Masks a request that is sent to the base URL `base`.
    pub fn new(prepared: &Prepared<'_>, base: &str) -> MaskedRequest {
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
