//! What was sent, in whatever form it was pasted.

/// A request before its parameters are taken apart.
#[derive(Debug, Default)]
pub(super) struct Sent {
    /// In capitals; empty if it is not known.
    pub(super) verb: String,
    /// With its query; empty if it is not known.
    pub(super) url: String,
    pub(super) headers: Vec<(String, String)>,
    /// A form or a body.
    pub(super) data: String,
}

impl Sent {
    /// The first header of this name, which is in small letters.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, text)| text.as_str())
    }
}
