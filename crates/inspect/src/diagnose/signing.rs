//! Everything that goes into one signature, owned, so that a mistake can be made on a copy.

use super::habits::{Built, Habit};
use crate::model::Gateway;
use crate::request::Wrong;
use bumpalo::Bump;
use gatespec_protocol as rt;
use rt::sign::{Explanation, Known, MARK, Manner, explain_in_manner, sign_in_manner};
use rt::template::Holes;
use rt::{CredentialSet, Kind, Op, Param, Place, Recipe, Role, SignError, Signature};
use std::borrow::Cow;
use std::cmp::Ordering;

/// One parameter of the request.
#[derive(Debug, Clone, Copy)]
pub struct Sent<'a> {
    /// The name on the wire.
    pub name: &'a str,
    /// The text, without any encoding.
    pub value: &'a str,
    /// The text with the runtime's mark in place of everything sensitive.
    pub shown: &'a str,
    /// Where it travels.
    pub place: Place<'a>,
    /// Who put it there.
    pub role: Role,
    /// How it stands in JSON.
    pub kind: Kind,
}

impl Sent<'_> {
    /// Nothing of it may be shown.
    pub fn is_secret(&self) -> bool {
        self.shown == MARK
    }
}

/// An order of parameters.
pub(crate) type Compare = fn(&Sent<'_>, &Sent<'_>) -> Ordering;

/// What goes into one signature.
#[derive(Clone)]
pub struct Signing<'a> {
    pub(crate) arena: &'a Bump,
    /// The gateway, whose formula [`Signing::recipe`] stands in for.
    pub gateway: rt::Gateway<'a>,
    /// The formula.
    pub recipe: Vec<Op<'a>>,
    /// The parameters: the gateway's own, then the others, each in the order given.
    pub params: Vec<Sent<'a>>,
    /// The verb.
    pub verb: &'a str,
    /// The path as the formula takes it.
    pub path: &'a str,
    /// The same, masked.
    pub shown_path: &'a str,
    /// The body as the formula takes it.
    pub body: &'a str,
    /// The same, masked.
    pub shown_body: &'a str,
    /// The clock as sent.
    pub clock: &'a str,
    /// The nonce as sent.
    pub nonce: &'a str,
    /// The method's name as sent.
    pub method: &'a str,
    /// The labels of the method.
    pub labels: &'a [(&'a str, &'a str)],
    /// The address that the path is appended to.
    pub base: &'a str,
    /// What the caller knows.
    pub credentials: CredentialSet,
    pub(crate) manner: Manner,
    /// The order of selected parameters, if it is not the formula's; taken when everything else is known.
    pub(crate) order: Option<Compare>,
    /// Fields that are booleans, with both spellings.
    pub(crate) booleans: Vec<(&'a str, &'a str, &'a str)>,
    /// The fields of the method, sent or not.
    pub(crate) fields: Vec<&'a str>,
    /// The same request as a signer with other habits would have built it.
    pub(crate) habits: Vec<(Habit, Built<'a>)>,
}

impl<'a> Signing<'a> {
    /// The formula of this name, or the default, of a protocol.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn recipe_of(gateway: &'a Gateway, case: Option<&str>) -> Result<Vec<Op<'a>>, Vec<Wrong>> {
        formula(gateway.facts, case)
    }

    /// Takes the formula of this name, or the default.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn choose(&mut self, name: Option<&str>) -> Result<(), Vec<Wrong>> {
        self.recipe = formula(&self.gateway, name)?;
        Ok(())
    }

    /// The signature.
    ///
    /// # Errors
    ///
    /// When something that is signed is missing.
    pub fn sign(&self) -> Result<String, SignError> {
        let params: Vec<_> = self.params.iter().map(|sent| param(sent, false)).collect();
        self.run(&params, self.path, self.body, |known| sign_in_manner(known, None, self.manner))
    }

    /// What is signed, secrets masked.
    ///
    /// # Errors
    ///
    /// When something that is signed is missing.
    pub fn explain(&self) -> Result<Explanation, SignError> {
        let params: Vec<_> = self.params.iter().map(|sent| param(sent, true)).collect();
        self.run(&params, self.shown_path, self.shown_body, |known| {
            explain_in_manner(known, None, self.manner)
        })
    }

    fn run<T>(
        &self,
        params: &[Param<'_>],
        path: &str,
        body: &str,
        sign: impl FnOnce(&Known<'_>) -> T,
    ) -> T {
        let recipe = match self.order {
            Some(order) => Cow::Owned(super::recipe::ordered(self, order)),
            None => Cow::Borrowed(&self.recipe[..]),
        };
        let signatures = [Signature { name: "", recipe: Recipe(&recipe) }];
        let gateway = rt::Gateway { signatures: &signatures, ..self.gateway };
        sign(&Known {
            gateway: &gateway,
            params,
            verb: self.verb,
            path,
            body,
            clock: self.clock,
            nonce: self.nonce,
            holes: Holes { method: self.method, labels: self.labels },
            credentials: &self.credentials,
        })
    }

    /// The sets of parameters that the formula selects, in words and in its order.
    pub fn sets(&self) -> Vec<String> {
        super::recipe::sets(&self.recipe).map(|pairs| super::recipe::named(pairs.select)).collect()
    }

    /// The digest that makes the signature, by its name in a formula, and its key if it has one.
    pub fn digest(&self) -> Option<String> {
        let call = super::recipe::outermost(&self.recipe)?;
        let name = call.function.name();
        let key = call.key.and_then(|key| self.recipe.get(key + 1));
        Some(match key {
            Some(Op::Credential(key)) => format!("{name} with `{key}` as its key"),
            Some(_) => format!("{name} with a key"),
            None => name.to_owned(),
        })
    }

    /// A text that lives as long as the request.
    pub(crate) fn keep(&self, text: &str) -> &'a str {
        self.arena.alloc_str(text)
    }
}

fn formula<'a>(gateway: &rt::Gateway<'a>, name: Option<&str>) -> Result<Vec<Op<'a>>, Vec<Wrong>> {
    let known = gateway.signatures;
    let found = known.iter().find(|one| name.is_none_or(|name| one.name == name));
    if let Some(found) = found {
        return Ok(found.recipe.0.to_vec());
    }
    let names: Vec<_> = known.iter().map(|one| one.name).collect();
    let (message, help) = match (name, &names[..]) {
        (_, []) => ("this gateway does not sign".to_owned(), None),
        (name, names) => (
            format!("there is no signature method `{}`", name.unwrap_or_default()),
            Some(format!("there is {}", crate::suggest::list(names))),
        ),
    };
    Err(vec![Wrong { message, help }])
}

fn param<'p>(sent: &Sent<'p>, shown: bool) -> Param<'p> {
    let Sent { name, value, shown: masked, place, role, kind } = *sent;
    let sensitive = shown && sent.is_secret();
    Param { name, value: if shown { masked } else { value }, place, role, kind, sensitive }
}
