//! Decodes the fields of a received request.

use super::nested::Node;
use super::signed::Protection;
use super::{Business, Incoming, IncomingError};
use crate::blank::Blank;
use crate::decode::{Context, Decode, Decoded, Members, Opened, Value, once, trim};
use crate::json::ParamType;
use crate::layout::Nested;
use crate::operation::Operation;
use crate::params::Role;
use crate::record::{Filling, Record};

impl Incoming<'_> {
    /// Decodes the request and checks its rules, as a client does before it sends one.
    ///
    /// # Errors
    /// [`OtherMethod`](IncomingError::OtherMethod) if another method is called, the errors of
    /// [`decode`](Self::decode), and [`Violations`](IncomingError::Violations) if the request
    /// violates rules.
    pub fn request<O: Operation + Record + Blank>(&self) -> Result<O, IncomingError> {
        let other = O::METHOD.gateway.platform != self.method.gateway.platform;
        if other || O::NAME != self.method.name || O::METHOD.labels != self.method.labels {
            let (called, wanted) = (self.method.name.to_owned(), O::NAME.to_owned());
            return Err(IncomingError::OtherMethod { called, wanted });
        }
        let request: O = self.decode()?;
        match request.violations() {
            violations if violations.is_empty() => Ok(request),
            violations => Err(IncomingError::Violations(violations)),
        }
    }

    /// Decodes the fields into a record without checking its rules.
    ///
    /// # Errors
    /// [`Missing`](IncomingError::Missing) with the names of all required fields that are missing,
    /// or [`Decode`](IncomingError::Decode) for the first field whose value does not have its type.
    pub fn decode<T: Record + Blank>(&self) -> Result<T, IncomingError> {
        let mut target = T::blank();
        let mut missing: Vec<String> = Vec::new();
        self.fields(&mut |value| {
            target = T::blank();
            let mut filling = Filling::new(&mut target).lenient();
            value.members(&mut filling)?;
            missing = filling.missing().map(str::to_owned).collect();
            Ok(())
        })?;
        if missing.is_empty() { Ok(target) } else { Err(IncomingError::Missing { names: missing }) }
    }

    /// Passes all fields to `take` as one object, for types that are known only at run time. `take`
    /// may run twice, and must start with a new target each time.
    ///
    /// # Errors
    /// [`Decode`](IncomingError::Decode) if `take` fails.
    pub fn fields(&self, take: &mut dyn FnMut(Value<'_>) -> Decoded) -> Result<(), IncomingError> {
        let mut cx = Context::default();
        let mut outcome = self.pass(&mut cx, take);
        if outcome.is_err() && cx.wants_exact() {
            cx = Context::exact();
            outcome = self.pass(&mut cx, take);
        }
        outcome.map_err(|_| IncomingError::Decode(cx.into_error()))
    }

    fn pass(&self, cx: &mut Context, take: &mut dyn FnMut(Value<'_>) -> Decoded) -> Decoded {
        take(Value::new(&mut Opened::Object(&mut Fields(self)), cx))
    }

    /// The JSON text with the fields, if they are sent as JSON.
    pub(super) fn json(&self) -> Option<&str> {
        match &self.business {
            Business::Flat => None,
            Business::Json(range) => Some(&self.body[range.clone()]),
            Business::Carrier(name) => {
                let mut named = self.params.named(name).iter();
                let carrier = named.find(|entry| entry.role == Role::Business);
                Some(carrier.map_or("", |entry| self.params.value(entry)))
            }
        }
    }

    /// The fields that are sent in the path or as parameters.
    fn flat(&self) -> Node<'_> {
        let mut root = Node::default();
        let nested = self.method.gateway.nested;
        for (name, at) in &self.path_fields {
            root.put(name, &self.path[at.clone()], Nested::Json);
        }
        let in_path = |name: &str| self.path_fields.iter().any(|(known, _)| known == name);
        if self.business == Business::Flat {
            let protection = self.protection();
            for entry in &self.params.entries {
                let name = self.params.name(entry);
                if protection.takes(entry) && entry.kind != ParamType::Null && !in_path(name) {
                    root.put(name, self.params.value(entry), nested);
                }
            }
        }
        root
    }

    /// Whether a member of the JSON is not decoded as a field: because the member is a public
    /// parameter, because the field is in the path, or because the signature could cover the member
    /// but does not.
    fn is_foreign(&self, name: &str, protection: &Protection<'_, '_>) -> bool {
        let place = self.method.business().place();
        let mut named = self.params.named(name).iter().filter(|entry| entry.place == place);
        let is_json = matches!(self.business, Business::Json(_));
        self.path_fields.iter().any(|(known, _)| known == name)
            || is_json && named.any(|entry| !protection.takes(entry))
    }
}

/// All fields of a request, from all locations.
struct Fields<'i>(&'i Incoming<'i>);

impl Members for Fields<'_> {
    fn is_empty(&self) -> bool {
        false
    }

    fn each(&mut self, record: &mut dyn Decode, cx: &mut Context) -> Decoded {
        let nested = self.0.method.gateway.nested;
        for (name, node) in self.0.flat().inner() {
            let outcome = record.field(name, Value::new(&mut node.value(nested), cx));
            outcome.inspect_err(|_| cx.at_member(name))?;
        }
        match self.0.json().map(trim) {
            None | Some("") => Ok(()),
            Some(text) => {
                let protection = self.0.protection();
                let mut own =
                    |name: &str, value: Value<'_>| match self.0.is_foreign(name, &protection) {
                        true => value.skip(),
                        false => record.field(name, value),
                    };
                once(text, cx, &mut |value| value.members(&mut own))
            }
        }
    }
}
