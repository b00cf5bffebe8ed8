//! Checks that need no signature. They are separate functions, because the order of the checks
//! differs from platform to platform.

use ctutils::CtEq as _;

use super::{Business, Incoming, IncomingError, is_public};
use crate::credentials::CredentialSet;
use crate::parameter::{Credential, PublicParam, SendPolicy, Signature, Source};
use crate::sign::{self, SignError};
use crate::text::shortened;

impl<'g> Incoming<'g> {
    /// Checks that all required public parameters are present and not empty.
    ///
    /// # Errors
    /// [`Missing`](IncomingError::Missing) with the names of the parameters that are missing or
    /// empty.
    pub fn check_required(&self) -> Result<(), IncomingError> {
        let signed = !self.method.gateway.signatures.is_empty();
        let needed = self.taken().filter(|param| match param.source {
            Source::Signature => signed,
            _ => param.send == SendPolicy::Always,
        });
        let absent = needed.filter(|param| self.public(param).is_none_or(str::is_empty));
        let names: Vec<String> = absent.map(|param| param.name.to_owned()).collect();
        if names.is_empty() { Ok(()) } else { Err(IncomingError::Missing { names }) }
    }

    /// Checks that the verb is the method's. Without this check, a signed call would be accepted
    /// with any verb, because few formulas sign the verb.
    ///
    /// # Errors
    /// [`WrongVerb`](IncomingError::WrongVerb) if the verb differs.
    pub fn check_verb(&self) -> Result<(), IncomingError> {
        let expected = self.method.verb().as_str();
        match self.verb == expected {
            true => Ok(()),
            false => {
                Err(IncomingError::WrongVerb { expected, found: shortened(&self.verb, 16).into() })
            }
        }
    }

    /// Checks that the request is signed with the signature method of this name, although the
    /// platform may have others.
    ///
    /// # Errors
    /// [`NotConstant`](IncomingError::NotConstant) if the request is signed with another method,
    /// and [`CannotVerify`](IncomingError::CannotVerify) if the gateway's calls are not signed.
    pub fn check_sign_method(&self, name: &str) -> Result<(), IncomingError> {
        let chosen = self.signature_method()?.name;
        let mut taken = self.taken();
        let param = taken.find(|param| param.source == Source::SignMethod);
        match chosen == name {
            true => Ok(()),
            false => Err(IncomingError::NotConstant {
                name: param.map_or("sign_method", |param| param.name).to_owned(),
                expected: name.to_owned(),
            }),
        }
    }

    /// Checks the public parameters that must have a fixed value: constants, labels of the method,
    /// and names of signature methods. Parameters that are absent pass.
    ///
    /// # Errors
    /// [`NotConstant`](IncomingError::NotConstant) for the first parameter with another value.
    pub fn check_constants(&self) -> Result<(), IncomingError> {
        self.taken().try_for_each(|param| {
            let Some(found) = self.public(param) else { return Ok(()) };
            match self.wanted(param)? {
                Some(wanted) if !wanted.iter().any(|one| one == found) => {
                    let (name, expected) = (param.name.to_owned(), wanted.join(" or "));
                    Err(IncomingError::NotConstant { name, expected })
                }
                _ => Ok(()),
            }
        })
    }

    /// The values that a parameter may have, if they are fixed.
    fn wanted(&self, param: &PublicParam<'_>) -> Result<Option<Vec<String>>, IncomingError> {
        let gateway = self.method.gateway;
        Ok(match param.source {
            Source::Constant(text) => Some(vec![text.to_owned()]),
            Source::SignMethod => {
                Some(gateway.signatures.iter().map(|way| way.name.to_owned()).collect())
            }
            Source::Label(name) => match self.holes().label(name) {
                Some(Ok(text)) => Some(vec![text.into_owned()]),
                Some(Err(hole)) => return Err(IncomingError::CannotVerify(hole.into())),
                None => {
                    let error = SignError::MissingLabel { name: name.to_owned() };
                    return Err(IncomingError::CannotVerify(error));
                }
            },
            _ => None,
        })
    }

    /// Checks that the spec lists every parameter.
    ///
    /// # Errors
    /// [`Unlisted`](IncomingError::Unlisted) with the name of the first parameter that is not
    /// listed.
    pub fn check_listed(&self) -> Result<(), IncomingError> {
        let schema = self.method.request.schema();
        let is_field = |name: &str| {
            let outer = name.split('[').next().unwrap_or(name);
            schema.fields.iter().any(|field| field.name == name || field.name == outer)
                || matches!(&self.business, Business::Carrier(carrier) if carrier == name)
        };
        let mut entries = self.params.entries.iter();
        match entries.find(|entry| !is_public(entry) && !is_field(self.params.name(entry))) {
            None => Ok(()),
            Some(entry) => {
                let name = shortened(self.params.name(entry), 64).into_owned();
                Err(IncomingError::Unlisted { name })
            }
        }
    }

    /// Checks that the application is ours. Compares each credential in the request with the one in
    /// `ours`, except credentials that differ from shop to shop. Credentials that `ours` does not
    /// contain are not compared.
    ///
    /// # Errors
    /// [`UnknownApp`](IncomingError::UnknownApp) if a credential differs.
    pub fn check_app(&self, ours: &CredentialSet) -> Result<(), IncomingError> {
        match self.other_credential(ours, |credential| !credential.per_shop) {
            Some(name) => Err(IncomingError::UnknownApp { name }),
            None => Ok(()),
        }
    }

    /// Checks that the shop is ours. Like [`check_app`](Self::check_app), but for credentials that
    /// differ from shop to shop.
    ///
    /// # Errors
    /// [`BadToken`](IncomingError::BadToken) if a credential differs.
    pub fn check_token(&self, ours: &CredentialSet) -> Result<(), IncomingError> {
        match self.other_credential(ours, |credential| credential.per_shop) {
            Some(name) => Err(IncomingError::BadToken { name }),
            None => Ok(()),
        }
    }

    /// The name of the first parameter whose credential differs from the one in `ours`. Looks only
    /// at the credentials that `wanted` accepts.
    fn other_credential(
        &self,
        ours: &CredentialSet,
        wanted: impl Fn(&Credential<'_>) -> bool,
    ) -> Option<String> {
        let other = |param: &&PublicParam<'_>| {
            let Source::Credential(name) = param.source else { return false };
            let mut known = self.method.gateway.credentials.iter();
            let of_kind = known.any(|credential| credential.name == name && wanted(credential));
            let (found, own) = (self.public(param), ours.get(name));
            of_kind && found.zip(own).is_some_and(|(found, own)| !same(found, own))
        };
        self.taken().find(other).map(|param| param.name.to_owned())
    }

    /// The signature method that the request names, or the default one.
    pub(super) fn signature_method(&self) -> Result<Signature<'g>, IncomingError> {
        let gateway = self.method.gateway;
        let param = self.taken().find(|param| param.source == Source::SignMethod);
        let named = param.and_then(|param| Some((param.name, self.public(param)?)));
        sign::choose(gateway, named.map(|(_, method)| method)).map_err(|error| match named {
            Some((name, _)) if !gateway.signatures.is_empty() => {
                let known: Vec<&str> = gateway.signatures.iter().map(|way| way.name).collect();
                IncomingError::NotConstant { name: name.to_owned(), expected: known.join(" or ") }
            }
            _ => IncomingError::CannotVerify(error),
        })
    }
}

/// Compares two texts. For texts of the same length, the time does not depend on where they differ.
pub(super) fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}
