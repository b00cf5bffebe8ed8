//! The input of one signature. It can be cloned, so that a mistake can be applied to a copy.

use super::parameter::{Compare, Parameter};
use super::recipe;
use crate::model::Gateway;
use crate::request::Wrong;
use bumpalo::Bump;
use gatespec_protocol as rt;
use rt::mask::whole;
use rt::request::SignedAtoms;
use rt::sign::{Explanation, Hidden, Known, Manner, Order};
use rt::sign::{explain_in_manner, sign_in_manner};
use rt::template::Holes;
use rt::{CredentialSet, Location, Nested, Op, Pairs, Recipe, Role, Select, SignError, Signature};
use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

/// A habit of some signers that changes the request before it is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Habit {
    /// Sends parameters whose text is empty.
    SendsEmpty,
    /// Keeps the members of objects in declaration order.
    KeepsOrder,
    /// Sends records and lists in this form.
    Nests(Nested),
}

/// The parts of a request that a habit changes.
#[derive(Clone)]
pub(crate) struct Built<'a> {
    pub(super) params: Vec<Parameter<'a>>,
    pub(super) body: &'a str,
    pub(super) hidden_body: &'a [Range<usize>],
}

/// The input of one signature.
#[derive(Clone)]
pub struct Signing<'a> {
    pub(crate) arena: &'a Bump,
    /// The gateway. [`Signing::recipe`] replaces its formula.
    pub gateway: rt::Gateway<'a>,
    /// The operations of the formula.
    pub recipe: Vec<Op<'a>>,
    /// The parameters: public ones, then the others, each group in the order given.
    pub params: Vec<Parameter<'a>>,
    /// The HTTP verb.
    pub verb: &'a str,
    /// The path that is signed.
    pub path: &'a str,
    /// The ranges of the path that are secret.
    pub hidden_path: &'a [Range<usize>],
    /// The body that is signed.
    pub body: &'a str,
    /// The ranges of the body that are secret.
    pub hidden_body: &'a [Range<usize>],
    /// The timestamp as sent.
    pub clock: &'a str,
    /// The nonce as sent.
    pub nonce: &'a str,
    /// The method's name as sent.
    pub method: &'a str,
    /// The labels of the method.
    pub labels: &'a [(&'a str, &'a str)],
    /// The base address, without the signed path.
    pub base: &'a str,
    /// The caller's credentials.
    pub credentials: CredentialSet,
    pub(crate) manner: Manner,
    /// Replaces the formula's order of the selected parameters. It is applied after all other
    /// changes.
    pub(crate) order: Option<Compare>,
    /// The boolean fields: name, text for true, text for false.
    pub(crate) booleans: Rc<[(&'a str, &'a str, &'a str)]>,
    /// The names of the method's fields, sent or not.
    pub(crate) fields: Rc<[&'a str]>,
    /// For each habit, the request as a signer with this habit would have built it.
    pub(crate) habits: Rc<[(Habit, Built<'a>)]>,
}

impl<'a> Signing<'a> {
    /// Creates the input for a call of `method`, which is sent under `name`. No formula is chosen
    /// yet.
    pub(super) fn new(
        (method, name): (rt::MethodInfo<'a>, &'a str),
        atoms: &SignedAtoms<'_>,
        params: Vec<Parameter<'a>>,
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
            booleans: Rc::default(),
            fields: Rc::default(),
            habits: Rc::default(),
        }
    }

    /// Returns the gateway's formula named `case`, or its default formula if `case` is `None`.
    ///
    /// # Errors
    ///
    /// When the gateway has no such formula.
    pub fn recipe_of(gateway: &'a Gateway, case: Option<&str>) -> Result<Vec<Op<'a>>, Vec<Wrong>> {
        formula(gateway.facts, case)
    }

    /// Chooses the formula of this name, or the default one if `name` is `None`. Does nothing if
    /// the gateway does not sign.
    pub(super) fn choose(&mut self, name: Option<&str>) -> Result<(), Vec<Wrong>> {
        if !self.gateway.signatures.is_empty() {
            self.recipe = formula(&self.gateway, name)?;
        }
        Ok(())
    }

    /// Computes the signature.
    ///
    /// # Errors
    ///
    /// When a signed value is missing.
    pub fn sign(&self) -> Result<String, SignError> {
        self.run(|known, manner, _| sign_in_manner(known, None, manner))
    }

    /// Returns the signed text and the steps of the signature, with secrets masked.
    ///
    /// # Errors
    ///
    /// When a signed value is missing.
    pub fn explain(&self) -> Result<Explanation, SignError> {
        self.run(|known, manner, params| {
            let hidden = Hidden { params, path: self.hidden_path, body: self.hidden_body };
            explain_in_manner(known, None, manner, hidden)
        })
    }

    fn run<T>(&self, sign: impl FnOnce(&Known<'_>, Manner, &[&[Range<usize>]]) -> T) -> T {
        let (mut own, mut manner) = (Cow::Borrowed(&self.params), self.manner);
        if let Some(order) = self.order {
            own.to_mut().sort_by(order);
            manner.order = Order::Given;
        }
        let params: Vec<_> = own.iter().map(Parameter::sent).collect();
        let hidden: Vec<_> = own.iter().map(|param| param.hidden).collect();
        let signatures = [Signature { name: "", recipe: Recipe(&self.recipe) }];
        let gateway = rt::Gateway { signatures: &signatures, ..self.gateway };
        let known = Known {
            gateway: &gateway,
            params: &params,
            verb: self.verb,
            path: self.path,
            body: self.body,
            clock: self.clock,
            nonce: self.nonce,
            holes: Holes { method: self.method, labels: self.labels },
            credentials: &self.credentials,
        };
        sign(&known, manner, &hidden)
    }

    /// Changes every set of pairs in the formula.
    pub(super) fn change_sets(&mut self, change: impl Fn(&Self, Pairs<'a>) -> Pairs<'a>) {
        for at in 0..self.recipe.len() {
            if let Op::Pairs(pairs) = self.recipe[at] {
                self.recipe[at] = Op::Pairs(change(self, pairs));
            }
        }
    }

    /// Returns the parameters that a set of pairs selects, in the order of `params`.
    pub(super) fn selected<'s>(
        &'s self,
        pairs: &'s Pairs<'a>,
    ) -> impl Iterator<Item = &'s Parameter<'a>> {
        self.params.iter().filter(|param| {
            param.role != Role::Signature
                && !(pairs.nonempty && param.value.is_empty())
                && !pairs.except.contains(&param.name)
                && pairs.select.iter().any(|set| is_in(param, set))
        })
    }

    /// Describes each set of parameters in the formula in words.
    pub fn sets(&self) -> Vec<String> {
        recipe::sets(&self.recipe).map(|pairs| recipe::named(pairs.select)).collect()
    }

    /// Describes the outermost digest of the formula: its name, and its key if it has one. Returns
    /// `None` if the formula has no digest.
    pub fn digest(&self) -> Option<String> {
        let call = recipe::outermost(&self.recipe)?;
        let name = call.function.name();
        let key = call.key.and_then(|key| self.recipe.get(key + 1));
        Some(match key {
            Some(Op::Credential(key)) => format!("{name} with `{key}` as its key"),
            Some(_) => format!("{name} with a key"),
            None => name.to_owned(),
        })
    }

    /// Returns secret ranges that cover the whole text.
    pub(crate) fn whole(&self, text: &str) -> &'a [Range<usize>] {
        self.arena.alloc_slice_fill_iter(whole(text))
    }

    /// Copies values into the arena.
    pub(crate) fn keep_all<T: Copy>(&self, all: &[T]) -> &'a [T] {
        self.arena.alloc_slice_copy(all)
    }

    /// Returns the approximate number of bytes that one signature reads.
    pub(crate) fn size(&self) -> usize {
        let params = self.params.iter().map(|param| param.name.len() + param.value.len());
        params.sum::<usize>() + self.path.len() + self.body.len() + 64
    }

    /// Copies a text into the arena.
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
            Some(format!("the signature methods are {}", crate::suggest::list(names))),
        ),
    };
    Err(vec![Wrong { message, help }])
}

fn is_in(param: &Parameter<'_>, set: &Select<'_>) -> bool {
    match set {
        Select::All => true,
        Select::Public => param.role == Role::Public,
        Select::Business => matches!(param.role, Role::Business | Role::Extra),
        Select::Query => param.place == Location::Query,
        Select::Form => param.place == Location::Form,
        Select::Header => param.place == Location::Header,
        Select::Names(names) => names.contains(&param.name),
    }
}
