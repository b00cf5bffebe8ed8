//! Replaces the credentials of a request with invented ones.

use super::parameter::Parameter;
use super::signing::Signing;
use crate::tree::Tree;
use gatespec_protocol::mask::{SHORTEST, Secrets};
use gatespec_protocol::{CredentialSet, Role};

/// The given credentials and their replacements.
pub struct Disguise {
    /// Each given credential with its invented replacement, the longest first. Credentials that
    /// are not sensitive are included.
    texts: Vec<(String, String)>,
    /// The name of each parameter that carries a credential, with the invented text.
    params: Vec<(String, String)>,
}

impl Disguise {
    /// Collects the credentials that have both a given value and an invented one.
    pub fn new(signing: &Signing<'_>, invented: &CredentialSet) -> Disguise {
        let known = signing.gateway.credentials.iter().filter_map(|known| {
            let pair = (signing.credentials.get(known.name)?, invented.get(known.name)?);
            // A short credential that is not sensitive may also occur as an ordinary word, which
            // must not be replaced.
            let shortest = if known.sensitive || known.per_shop { SHORTEST } else { 2 * SHORTEST };
            (pair.0.len() >= shortest).then(|| (pair.0.to_owned(), pair.1.to_owned()))
        });
        let mut texts: Vec<_> = known.collect();
        texts.sort_by_key(|(text, _)| std::cmp::Reverse(text.len()));
        let public = signing.gateway.public.iter();
        let params = public.filter_map(|param| {
            let invented = invented.get(param.source.credential()?)?;
            Some((param.name.to_owned(), invented.to_owned()))
        });
        Disguise { texts, params: params.collect() }
    }

    /// Replaces the given credentials in a text, in whatever encoding they appear.
    pub fn text(&self, text: &str) -> String {
        let mut out = text.to_owned();
        for (given, invented) in &self.texts {
            let secrets = Secrets::new([given.as_str().into()]).in_any_form();
            for range in secrets.find(&out, false).into_iter().rev() {
                out.replace_range(range, invented);
            }
        }
        out
    }

    /// Whether a given credential remains in a text.
    pub fn is_seen_in(&self, text: &str) -> bool {
        let invented = |given: &str| self.texts.iter().any(|(_, text)| text.contains(given));
        let given = self.texts.iter().map(|(given, _)| given.as_str());
        let given = given.filter(|given| !invented(given)).map(Into::into);
        !Secrets::new(given).in_any_form().find(text, false).is_empty()
    }

    fn tree(&self, tree: &Tree) -> Tree {
        match tree {
            Tree::Null => Tree::Null,
            Tree::Bare(text) => match self.text(text) {
                same if same == *text => Tree::Bare(same),
                other => Tree::Text(other),
            },
            Tree::Text(text) => Tree::Text(self.text(text)),
            Tree::List(items) => Tree::List(items.iter().map(|item| self.tree(item)).collect()),
            Tree::Object(members) => {
                let member = |(name, value): &(String, Tree)| {
                    let own = self.params.iter().find(|(param, _)| param == name);
                    let value = match (own, value) {
                        (Some((_, invented)), Tree::Text(_) | Tree::Bare(_)) => {
                            Tree::Text(invented.clone())
                        }
                        _ => self.tree(value),
                    };
                    (name.clone(), value)
                };
                Tree::Object(members.iter().map(member).collect())
            }
        }
    }

    fn body(&self, body: &str) -> String {
        Tree::compound(body).map_or_else(|| self.text(body), |tree| self.tree(&tree).to_string())
    }
}

impl<'a> Signing<'a> {
    /// Returns the same request with the invented credentials in place of the given ones.
    #[must_use]
    pub fn disguised(&self, disguise: &Disguise, invented: CredentialSet) -> Signing<'a> {
        let mut other = Signing { credentials: invented, ..self.clone() };
        other.params = self.params.iter().map(|param| other.param_of(param, disguise)).collect();
        other.path = self.keep(&disguise.text(self.path));
        other.body = self.keep(&disguise.body(self.body));
        other.refresh();
        other
    }

    fn param_of(&self, param: &Parameter<'a>, disguise: &Disguise) -> Parameter<'a> {
        let own = disguise.params.iter().find(|(name, _)| name == param.name);
        let value = match own.filter(|_| param.role == Role::Public) {
            Some((_, invented)) => invented.clone(),
            None => disguise.text(param.value),
        };
        Parameter { value: self.keep(&value), ..*param }
    }
}
