//! Everything that goes into one signature, owned, so that a mistake can be made on a copy.

use super::habits::{Built, Habit};
use crate::model::Gateway;
use crate::request::Wrong;
use bumpalo::Bump;
use gatespec_protocol as rt;
use rt::mask::{Masked, is_whole, whole};
use rt::request::SignedAtoms;
use rt::sign::{Explanation, Hidden, Known, Manner, explain_in_manner, sign_in_manner};
use rt::template::Holes;
use rt::{CredentialSet, Location, Op, Param, ParamType, Recipe, Role, SignError, Signature};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

/// One parameter of the request.
#[derive(Debug, Clone, Copy)]
pub struct Sent<'a> {
    /// The name on the wire.
    pub name: &'a str,
    /// The text, without any encoding.
    pub value: &'a str,
    /// Where in the text secrets are.
    pub hidden: &'a [Range<usize>],
    /// Where it travels.
    pub place: Location<'a>,
    /// Who put it there.
    pub role: Role,
    /// How it stands in JSON.
    pub kind: ParamType,
}

impl<'a> Sent<'a> {
    /// A parameter that lives as long as the arena.
    pub(super) fn new(param: &Param<'_>, hidden: &[Range<usize>], arena: &'a Bump) -> Self {
        let place = match param.place {
            Location::Query => Location::Query,
            Location::Form => Location::Form,
            Location::Header => Location::Header,
            Location::Body => Location::Body,
            Location::BodyMember(name) => Location::BodyMember(arena.alloc_str(name)),
        };
        Sent {
            name: arena.alloc_str(param.name),
            value: arena.alloc_str(param.value),
            hidden: arena.alloc_slice_clone(hidden),
            place,
            role: param.role,
            kind: param.kind,
        }
    }

    /// Nothing of it may be shown.
    pub fn is_secret(&self) -> bool {
        is_whole(self.value, self.hidden)
    }

    /// The text without secrets.
    pub fn masked(&self) -> Cow<'a, str> {
        Masked::json(self.value, self.hidden).into_text()
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
    /// Where in the path secrets are.
    pub hidden_path: &'a [Range<usize>],
    /// The body as the formula takes it.
    pub body: &'a str,
    /// Where in the body secrets are.
    pub hidden_body: &'a [Range<usize>],
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
    /// What a call of `method`, which is sent under this name, is signed from; no formula is chosen.
    pub(super) fn new(
        (method, name): (rt::MethodInfo<'a>, &'a str),
        atoms: &SignedAtoms<'_>,
        params: Vec<Sent<'a>>,
        arena: &'a Bump,
    ) -> Self {
        Self {
            arena,
            gateway: *method.gateway,
            recipe: Vec::new(),
            params,
            verb: "",
            path: arena.alloc_str(atoms.path),
            hidden_path: arena.alloc_slice_clone(&atoms.hidden_path),
            body: arena.alloc_str(&atoms.body),
            hidden_body: arena.alloc_slice_clone(&atoms.hidden_body),
            clock: arena.alloc_str(atoms.clock),
            nonce: arena.alloc_str(atoms.nonce),
            method: name,
            labels: method.labels,
            base: method.gateway.base_url,
            credentials: CredentialSet::default(),
            manner: Manner::default(),
            order: None,
            booleans: Vec::new(),
            fields: Vec::new(),
            habits: Vec::new(),
        }
    }

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
        self.run(|known| sign_in_manner(known, None, self.manner))
    }

    /// What is signed, secrets masked.
    ///
    /// # Errors
    ///
    /// When something that is signed is missing.
    pub fn explain(&self) -> Result<Explanation, SignError> {
        let params: Vec<_> = self.params.iter().map(|sent| sent.hidden).collect();
        let hidden = Hidden { params: &params, path: self.hidden_path, body: self.hidden_body };
        self.run(|known| explain_in_manner(known, None, self.manner, hidden))
    }

    fn run<T>(&self, sign: impl FnOnce(&Known<'_>) -> T) -> T {
        let params: Vec<_> = self.params.iter().map(param).collect();
        let recipe = match self.order {
            Some(order) => Cow::Owned(super::recipe::ordered(self, order)),
            None => Cow::Borrowed(&self.recipe[..]),
        };
        let signatures = [Signature { name: "", recipe: Recipe(&recipe) }];
        let gateway = rt::Gateway { signatures: &signatures, ..self.gateway };
        sign(&Known {
            gateway: &gateway,
            params: &params,
            verb: self.verb,
            path: self.path,
            body: self.body,
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

    /// The range that hides all of a text.
    pub(crate) fn whole(&self, text: &str) -> &'a [Range<usize>] {
        self.arena.alloc_slice_fill_iter(whole(text))
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

fn param<'p>(sent: &Sent<'p>) -> Param<'p> {
    let Sent { name, value, place, role, kind, .. } = *sent;
    Param { name, value, place, role, kind, sensitive: false }
}
