//! What a caller changes about one request, because a document can be wrong.

use std::fmt;

use crate::private::Private;

/// What a caller changes about one request.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Overrides {
    /// Another name of the method on the wire.
    pub method_name: Option<String>,
    /// Parameters to add, or to give another text.
    pub parameters: Vec<(String, Private<String>)>,
    /// Parameters not to send.
    pub without: Vec<String>,
    /// Another name of the parameter that carries the business JSON.
    pub carrier: Option<String>,
    /// Another path in the signature; the URL keeps its own.
    pub signed_path: Option<String>,
    /// The signature method, if not the default.
    pub signature_method: Option<String>,
    /// Values of public parameters that the caller fills.
    pub arguments: Vec<(String, Private<String>)>,
    /// The body of a gateway that takes the caller's document.
    pub raw_body: Option<Private<String>>,
    /// The nonce, in place of a random one; for published vectors.
    pub nonce: Option<String>,
}

impl Overrides {
    /// Adds a parameter, or gives it another text.
    pub fn set_parameter(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.parameters.push((name.into(), Private::new(value.into())));
    }

    /// Fills a public parameter that the caller fills.
    pub fn set_argument(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.arguments.push((name.into(), Private::new(value.into())));
    }

    /// The last argument of this name.
    pub(super) fn argument(&self, name: &str) -> Option<&str> {
        self.arguments.iter().rev().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }

    pub(super) fn omits(&self, name: &str) -> bool {
        self.without.iter().any(|without| without == name)
    }
}

/// Names only.
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
