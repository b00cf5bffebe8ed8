//! The caller's changes to one request, for cases in which the spec is wrong.

use std::fmt;

use crate::private::Private;

/// The caller's changes to one request, for cases in which the spec is wrong.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Overrides {
    /// The name of the method on the wire, instead of the one in the spec.
    pub method_name: Option<String>,
    /// Parameters to add or replace.
    pub parameters: Vec<(String, Private<String>)>,
    /// Parameters to leave out.
    pub without: Vec<String>,
    /// The name of the parameter that carries the business parameters as JSON, instead of the one
    /// in the spec.
    pub carrier: Option<String>,
    /// The path to sign, instead of the one that is sent. The URL does not change.
    pub signed_path: Option<String>,
    /// The name of the signature method; `None` for the default.
    pub signature_method: Option<String>,
    /// The values of the public parameters that the caller supplies.
    pub arguments: Vec<(String, Private<String>)>,
    /// The body, for a gateway that accepts a document from the caller instead of parameters.
    pub raw_body: Option<Private<String>>,
    /// A fixed nonce instead of a random one, for published vectors.
    pub nonce: Option<String>,
}

impl Overrides {
    /// Adds or replaces a parameter.
    pub fn set_parameter(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.parameters.push((name.into(), Private::new(value.into())));
    }

    /// Sets the value of a public parameter that the caller supplies.
    pub fn set_argument(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.arguments.push((name.into(), Private::new(value.into())));
    }

    /// The last argument with this name.
    pub(super) fn argument(&self, name: &str) -> Option<&str> {
        self.arguments.iter().rev().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }

    pub(super) fn omits(&self, name: &str) -> bool {
        self.without.iter().any(|without| without == name)
    }
}

/// Shows names without values.
impl fmt::Debug for Overrides {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |pairs: &[(String, Private<String>)]| -> Vec<String> {
            pairs.iter().map(|(name, _)| name.clone()).collect()
        };
        f.debug_struct("Overrides")
            .field("method_name", &self.method_name)
            .field("parameters", &names(&self.parameters))
            .field("without", &self.without)
            .field("carrier", &self.carrier)
            .field("signed_path", &self.signed_path)
            .field("signature_method", &self.signature_method)
            .field("arguments", &names(&self.arguments))
            .finish_non_exhaustive()
    }
}
