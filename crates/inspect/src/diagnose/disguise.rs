//! A request with invented credentials in place of those that were given.

use super::parameter::Parameter;
use super::signing::Signing;
use crate::tree::Tree;
use gatespec_protocol::mask::{SHORTEST, Secrets};
use gatespec_protocol::{CredentialSet, Role};

/// Credentials that were given, and what is shown in their place.
pub struct Disguise {
    /// Sensitive or not, the text that was given and the invented one.
    texts: Vec<(String, String)>,
    /// Parameters that a credential fills, and their invented texts.
    params: Vec<(String, String)>,
}

impl Disguise {
    /// Of the credentials of a request that are known and have an invented text.
    pub fn new(signing: &Signing<'_>, invented: &CredentialSet) -> Disguise {
        let known = signing.gateway.credentials.iter().filter_map(|known| {
            let pair = (signing.credentials.get(known.name)?, invented.get(known.name)?);
            // What is not sensitive may be a word that is elsewhere too.
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

    /// The text with invented credentials, however those that were given are written in it.
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

    /// Whether a credential that was given is still in a text.
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
    /// The same request of someone with the invented credentials.
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
