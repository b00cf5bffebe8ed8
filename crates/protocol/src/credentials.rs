//! Credentials: keys, secrets and tokens of the caller.

use std::fmt;
use std::sync::Arc;

use crate::gateway::Gateway;
use crate::parameter::Source;
use crate::private::Secret;
use crate::recipe::{Function, Op, Recipe};

/// A set of credentials, each with its name and text. Cloning is cheap. `Debug` shows only the
/// names, and the texts are overwritten when the last clone is dropped.
#[derive(Clone, Default)]
pub struct CredentialSet(Arc<Vec<(Arc<str>, Arc<Secret>)>>);

impl CredentialSet {
    /// Creates an empty set.
    pub fn new() -> CredentialSet {
        CredentialSet::default()
    }

    /// Returns the set with one credential added or replaced.
    #[must_use]
    pub fn with(&self, name: &str, value: impl Into<String>) -> CredentialSet {
        self.with_shared(&name.into(), Arc::new(Secret::new(value.into())))
    }

    /// Like [`CredentialSet::with`], but shares the text instead of copying it.
    pub fn with_shared(&self, name: &Arc<str>, secret: Arc<Secret>) -> CredentialSet {
        let mut all = Vec::clone(&self.0);
        match all.iter_mut().find(|(known, _)| known == name) {
            Some(found) => found.1 = secret,
            None => all.push((name.clone(), secret)),
        }
        CredentialSet(Arc::new(all))
    }

    /// Returns the set without one credential.
    #[must_use]
    pub fn without(&self, name: &str) -> CredentialSet {
        let others = self.0.iter().filter(|(known, _)| **known != *name);
        CredentialSet(Arc::new(others.cloned().collect()))
    }

    /// Returns the union of both sets. If both have a credential of the same name, the result has
    /// the one from `others`.
    #[must_use]
    pub fn and(&self, others: &CredentialSet) -> CredentialSet {
        let own = self.0.iter().filter(|(name, _)| others.get(name).is_none());
        CredentialSet(Arc::new(own.chain(&*others.0).cloned().collect()))
    }

    /// Returns the text of a credential, if the set has it.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| **known == *name).map(|(_, secret)| secret.as_str())
    }

    /// Checks that every credential that calls to the first gateway need is set, and that no
    /// credential is too short for a formula of any gateway. Returns a message about the first
    /// problem. These credentials may be missing: optional ones; those that differ from shop to
    /// shop, because they can be set later; those that only other gateways use; and `provided`,
    /// which a token provider supplies.
    pub fn problem(&self, gateways: &[&Gateway<'_>], provided: Option<&str>) -> Option<String> {
        let main = gateways.first()?;
        let needed = main.credentials.iter().filter(|known| !known.optional && !known.per_shop);
        for credential in needed.filter(|known| provided != Some(known.name)) {
            if self.get(credential.name).is_none_or(str::is_empty) {
                return Some(format!("credential `{}` is missing or empty", credential.name));
            }
        }
        let recipes = gateways.iter().flat_map(|gateway| recipes(gateway));
        for (name, length) in recipes.flat_map(shortest) {
            let found = self.get(name).map_or(length, str::len);
            if found < length {
                return Some(format!(
                    "credential `{name}` has {found} bytes, but {length} are needed; is it complete?"
                ));
            }
        }
        None
    }

    /// The names of the credentials.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| &**name)
    }
}

/// The name of the environment variable for a platform's credential, such as `SHOP_APP_KEY` for
/// `shop` and `app_key`.
pub fn variable(platform: &str, credential: &str) -> String {
    let letter = |letter: char| match letter {
        letter if letter.is_ascii_alphanumeric() => letter.to_ascii_uppercase(),
        _ => '_',
    };
    format!("{platform}_{credential}").chars().map(letter).collect()
}

/// The formulas that a request needs. The formulas of ciphers are not among them, because a program
/// may never receive an encrypted answer. If it receives one and a credential is too short, the
/// decryption error says so.
pub fn recipes<'g>(gateway: &Gateway<'g>) -> Vec<Recipe<'g>> {
    let mut all: Vec<Recipe<'g>> = gateway.signatures.iter().map(|way| way.recipe).collect();
    all.extend(gateway.public.iter().filter_map(|param| match param.source {
        Source::Formula(recipe) => Some(recipe),
        _ => None,
    }));
    all
}

/// The minimum lengths of credentials, in bytes. If a formula uses only the first bytes of a
/// credential, their number is the credential's minimum length.
fn shortest(recipe: Recipe<'_>) -> impl Iterator<Item = (&str, usize)> {
    recipe.0.windows(3).filter_map(|ops| match ops {
        [Op::Open, Op::Credential(name), Op::Close(Function::First(length))] => {
            Some((*name, *length))
        }
        _ => None,
    })
}

impl<N: AsRef<str>, V: Into<String>> FromIterator<(N, V)> for CredentialSet {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> CredentialSet {
        let shared =
            |(name, value): (N, V)| (name.as_ref().into(), Arc::new(Secret::new(value.into())));
        CredentialSet(Arc::new(pairs.into_iter().map(shared).collect()))
    }
}

impl fmt::Debug for CredentialSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CredentialSet ")?;
        f.debug_set().entries(self.names()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_names_only() {
        let set = CredentialSet::from_iter([("app_key", "k"), ("secret", "SENTINEL")]);
        assert_eq!(format!("{set:?}"), r#"CredentialSet {"app_key", "secret"}"#);
    }

    #[test]
    fn with_replaces_and_leaves_the_other_clone_alone() {
        let set = CredentialSet::new().with("token", "a");
        let other = set.with("token", "b").with("secret", "s");
        assert_eq!((set.get("token"), other.get("token")), (Some("a"), Some("b")));
        assert_eq!((set.get("secret"), other.get("secret")), (None, Some("s")));
    }

    #[test]
    fn sets_are_joined_and_taken_apart() {
        let set = CredentialSet::from_iter([("app_key", "k"), ("secret", "old")]);
        let both = set.and(&CredentialSet::new().with("secret", "new").with("token", "t"));
        assert_eq!(both.names().collect::<Vec<_>>(), ["app_key", "secret", "token"]);
        assert_eq!(both.get("secret"), Some("new"));
        assert_eq!(both.without("secret").get("secret"), None);
    }

    #[test]
    fn a_variable_is_in_capitals() {
        assert_eq!(variable("my-shop", "app_key"), "MY_SHOP_APP_KEY");
    }
}
