//! Builds a request from texts.

use super::given::{Argument, Wrong};
use super::typed;
use super::typed_request::TypedRequest;
use crate::model::{Field, Gateway, Method, Platform, PublicParam, Value};
use crate::suggest::{closest, list};
use bumpalo::Bump;
use gatespec_protocol as rt;
use rt::{CredentialSet, Encode, Overrides, Stamp, Wire, Writer};

/// A request that a person describes, with all that is needed to build it.
#[derive(Clone)]
pub struct Ask<'m> {
    /// The platform.
    pub platform: &'m Platform,
    /// The gateway that serves the method.
    pub gateway: &'m Gateway,
    /// The method's spec. Without one, all parameters are texts.
    pub method: Option<&'m Method>,
    /// The method's name on the wire.
    pub name: &'m str,
    /// Whether all parameters are texts even if the method has a spec.
    pub raw: bool,
    /// The business parameters.
    pub values: Vec<Argument>,
    /// Values that replace those which the gateway would send.
    pub overrides: Overrides,
    /// The caller's credentials.
    pub credentials: CredentialSet,
    /// The clock and the nonce.
    pub stamp: Stamp,
}

impl<'m> Ask<'m> {
    /// Looks up a name that a person typed.
    ///
    /// # Errors
    ///
    /// When the field with this name is never sent, or when the name is unknown. An unknown name is
    /// accepted if the request is raw, or if its method has no spec or takes other parameters.
    pub fn meaning(&self, name: &str) -> Result<Meaning<'m>, Wrong> {
        let field = self.method.and_then(|method| method.request.field(name));
        match field {
            Some(field) if field.send == crate::model::Delivery::Yes => {
                return Ok(Meaning::Field(field));
            }
            Some(field) if field.send == crate::model::Delivery::Never => {
                let message = format!("`{name}` is in the spec, but is not sent with this request");
                return Err(Wrong { message, help: Some("leave it out".to_owned()) });
            }
            _ => {}
        }
        let public = self.gateway.public_param(name).filter(|param| {
            !self.method.is_some_and(|method| method.silenced.contains(&param.name))
        });
        match public {
            Some(param) => Ok(Meaning::Public(param)),
            None if name == "body" && self.gateway.raw_body => Ok(Meaning::Body),
            None if self.raw || self.is_open() => Ok(Meaning::Text),
            None => Err(self.unknown(name)),
        }
    }

    /// Whether the method accepts parameters that are not fields of its request.
    fn is_open(&self) -> bool {
        self.method.is_none_or(|method| method.request.others.is_some())
    }

    fn unknown(&self, name: &str) -> Wrong {
        let fields = self.method.iter().flat_map(|method| method.request.sent());
        let fields: Vec<_> = fields.map(|field| field.name.as_str()).collect();
        let public = self.gateway.public.iter().map(|param| param.name);
        let help = match closest(name, fields.iter().copied().chain(public)) {
            Some(near) => format!("did you mean `{near}`?"),
            None if fields.is_empty() => "it has none".to_owned(),
            None => format!("its parameters are {}", list(&fields)),
        };
        Wrong { message: format!("`{}` has no parameter `{name}`", self.name), help: Some(help) }
    }

    /// Returns the business values, converted to the types of the spec, in the notation of a
    /// vector.
    ///
    /// # Errors
    ///
    /// When a value does not have the type of its field.
    pub fn typed(&self) -> Result<Value, Vec<Wrong>> {
        let Some(method) = self.method else { return Ok(typed::none(self.gateway)) };
        let arena = Bump::new();
        typed::values(self.platform, method, &self.values, &arena).map(|values| values.value)
    }

    /// Returns the request in a form that a client can send.
    ///
    /// # Errors
    ///
    /// When the method has no spec, or a value does not have the type of its field.
    pub fn typed_request<'a>(&self, arena: &'a Bump) -> Result<TypedRequest<'a>, Vec<Wrong>>
    where
        'm: 'a,
    {
        let Some(method) = self.method else { return Err(vec![self.unspecified()]) };
        let values = typed::values(self.platform, method, &self.values, arena)?;
        Ok(TypedRequest::new(values.object))
    }

    fn unspecified(&self) -> Wrong {
        Wrong { message: format!("no spec has the method `{}`", self.name), help: None }
    }

    /// Builds and signs the request.
    ///
    /// # Errors
    ///
    /// When a value does not have the type of its field, or a signed value is missing.
    pub fn prepare<'a>(&self, arena: &'a Bump) -> Result<rt::Prepared<'a>, Vec<Wrong>>
    where
        'm: 'a,
    {
        self.prepare_on(*self.gateway.facts, arena)
    }

    /// Builds and signs the request as if `gateway` were the description of its gateway.
    pub(crate) fn prepare_on<'a>(
        &self,
        gateway: rt::Gateway<'a>,
        arena: &'a Bump,
    ) -> Result<rt::Prepared<'a>, Vec<Wrong>>
    where
        'm: 'a,
    {
        let request = self.request(arena)?;
        let gateway = arena.alloc(gateway);
        let method = match self.method {
            Some(method) => rt::MethodInfo { gateway, ..method.facts },
            None => rt::MethodInfo {
                labels: self.gateway.default_labels(),
                ..rt::MethodInfo::new(arena.alloc_str(self.name), gateway)
            },
        };
        let job = rt::Job {
            method,
            request: request.as_ref(),
            overrides: &self.overrides,
            credentials: &self.credentials,
            stamp: self.stamp,
        };
        rt::request::assemble(&job).map_err(|error| vec![error.into()])
    }

    fn request<'a>(&self, arena: &'a Bump) -> Result<Box<dyn Encode + 'a>, Vec<Wrong>>
    where
        'm: 'a,
    {
        match self.method.filter(|_| !self.raw) {
            Some(method) => {
                let values = typed::values(self.platform, method, &self.values, arena)?;
                Ok(Box::new(values.object))
            }
            None => Ok(Box::new(Texts { values: self.values.clone(), method: self.method })),
        }
    }
}

/// The meaning of a name in a request.
#[derive(Debug, Clone, Copy)]
pub enum Meaning<'m> {
    /// A field of the method's request.
    Field(&'m Field),
    /// A public parameter of the gateway.
    Public(&'m PublicParam),
    /// A parameter without a spec, sent as text.
    Text,
    /// The body of a gateway that takes a document.
    Body,
}

/// Parameters whose values are sent as texts, as a person typed them.
struct Texts<'m> {
    values: Vec<Argument>,
    method: Option<&'m Method>,
}

impl Encode for Texts<'_> {
    fn encode(&self, out: &mut Writer<'_>) {
        for argument in &self.values {
            let (name, value) = (&argument.name, &argument.plain());
            let field = self.method.and_then(|method| method.request.field(name));
            let out =
                if field.is_some_and(|field| field.sensitive) { out.private() } else { &mut *out };
            match field {
                Some(field) if field.in_path => out.in_path(name, Wire::Text(value)),
                _ => out.put(name, Wire::Text(value)),
            }
        }
    }
}
