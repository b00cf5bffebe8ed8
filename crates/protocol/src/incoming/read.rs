//! Splits a request into its parameters.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::value::RawValue;

use super::find::find;
use super::judge::Judge;
use super::parts::{Body, members};
use super::recut::other_path;
use super::{Business, Incoming, IncomingError, Limits, Raw, flat, path, roles};
use crate::gateway::Gateway;
use crate::json;
use crate::layout::{Location, Placement};
use crate::method::MethodInfo;
use crate::params::{Params, Role};

impl<'g> Incoming<'g> {
    /// Splits a request into its parameters, and finds its method among the methods of `gateway`.
    ///
    /// A parameter that the spec puts in the query or the form is accepted in either, if the
    /// formula signs it there. The signature is computed with the location in which the parameter
    /// was received. A header is a parameter only if the gateway or the method declares it.
    /// Everything else in the query, the form and the body is a parameter that the sender added.
    ///
    /// # Errors
    /// The request is malformed, exceeds the limits, repeats a parameter that may occur once, or
    /// calls an unknown method.
    pub fn read(
        gateway: &Gateway<'g>,
        methods: &[MethodInfo<'g>],
        raw: &Raw<'_>,
        limits: &Limits,
    ) -> Result<Incoming<'g>, IncomingError> {
        if raw.query.len() + raw.body.len() > limits.bytes {
            return Err(IncomingError::TooLarge { limit: limits.bytes });
        }
        let method = find(gateway, methods, raw)?;
        let call = Reader::new(method, limits.parameters, &mut Judge::default()).read(raw)?;
        let fit = path::Fit { signed: call.path, fields: call.path_fields };
        let other_path = other_path(&method, &fit, methods);
        let (path, path_fields) = (fit.signed, fit.fields);
        Ok(Incoming { path, path_fields, other_path, ..call }.without_unsigned())
    }

    /// Reads a request as a call of `method`, for tools that explain requests. Where
    /// [`read`](Self::read) would refuse the request, this function continues and records the
    /// problem; it returns all problems with the request. If a parameter is repeated, the first one
    /// is used. A malformed escape is left unchanged. `decode` decodes texts that are not UTF-8.
    ///
    /// # Errors
    /// A JSON body cannot be split into its members.
    pub fn tell(
        method: MethodInfo<'g>,
        raw: &Raw<'_>,
        decode: &mut dyn FnMut(&[u8]) -> String,
    ) -> Result<(Incoming<'g>, Vec<IncomingError>), IncomingError> {
        let mut judge = Judge { decode: Some(decode), noticed: Vec::new() };
        let call = Reader::new(method, usize::MAX, &mut judge).read(raw)?;
        Ok((call, judge.noticed))
    }
}

struct Reader<'g, 'r, 'j> {
    method: MethodInfo<'g>,
    limit: usize,
    params: Params<'g>,
    judge: &'r mut Judge<'j>,
}

impl<'g, 'r, 'j> Reader<'g, 'r, 'j> {
    fn new(method: MethodInfo<'g>, limit: usize, judge: &'r mut Judge<'j>) -> Self {
        Reader { method, limit, params: Params::with_room(), judge }
    }

    fn read(mut self, raw: &Raw<'_>) -> Result<Incoming<'g>, IncomingError> {
        self.flat(raw.query.as_bytes(), Location::Query, "the query")?;
        self.headers(raw)?;
        let (body, json) = self.body(raw)?;
        let Reader { method, mut params, judge, .. } = self;
        params.sort();
        let sensitive = method.request.schema().sensitive();
        roles::assign(&method, &mut params, &sensitive, judge)?;
        let fit = match path::fit(&method, raw.path) {
            Some(fit) => fit,
            None => {
                let fields = method.request.schema().fields.iter().filter(|field| field.in_path);
                let names: Vec<_> = fields.map(|field| field.name.to_owned()).collect();
                if !names.is_empty() {
                    judge.problem(IncomingError::Missing { names })?;
                }
                path::Fit { signed: raw.path.to_owned(), fields: Vec::new() }
            }
        };
        let business = match method.business() {
            Placement::FormCarrier(name) => Business::Carrier(name.to_owned()),
            Placement::Body | Placement::BodyMember(_) => Business::Json(json),
            _ => Business::Flat,
        };
        Ok(Incoming {
            method,
            verb: raw.verb.to_owned(),
            path: fit.signed,
            path_fields: fit.fields,
            other_path: None,
            sensitive,
            params,
            body,
            business,
        })
    }

    fn push(&mut self, name: &str, value: &str, place: Location<'g>) -> Result<(), IncomingError> {
        if self.params.entries.len() == self.limit {
            return Err(IncomingError::TooMany { limit: self.limit });
        }
        self.params.push(name, value, place, Role::Extra);
        Ok(())
    }

    fn flat(&mut self, raw: &[u8], to: Location<'g>, place: &str) -> Result<(), IncomingError> {
        for (name, value) in flat::pairs(raw) {
            let (name, value) = (self.decoded(name, place)?, self.decoded(value, place)?);
            self.push(&name, &value, to)?;
        }
        Ok(())
    }

    fn decoded<'t>(&mut self, raw: &'t [u8], place: &str) -> Result<Cow<'t, str>, IncomingError> {
        let (bytes, clean) = flat::unescape(raw, true);
        if !clean {
            self.judge.problem(flat::Broken::Percent.at(&place))?;
        }
        self.judge.text(bytes, &place)
    }

    /// Adds the headers that are parameters, with their declared names.
    fn headers(&mut self, raw: &Raw<'_>) -> Result<(), IncomingError> {
        let method = self.method;
        for (name, value) in raw.headers {
            let same = |known: &str| known.eq_ignore_ascii_case(name);
            let mut public = method.gateway.public.iter();
            let public = public.find(|param| param.place == Location::Header && same(param.name));
            let mut fields = method.request.schema().fields.iter().filter(|field| !field.in_path);
            let in_header = method.business() == Placement::Header;
            let field = fields.find(|field| in_header && same(field.name)).map(|field| field.name);
            if let Some(name) = public.map(|param| param.name).or(field) {
                let place = format_args!("header `{name}`");
                let value = self.judge.text(Cow::Borrowed(value.trim_ascii()), &place)?;
                self.push(name, &value, Location::Header)?;
            }
        }
        Ok(())
    }

    /// Adds the parameters in the body. Returns the value of `body` in formulas, and the byte range
    /// of the JSON object that contains the business parameters.
    fn body(&mut self, raw: &Raw<'_>) -> Result<(String, Range<usize>), IncomingError> {
        let kind = Body::of(self.method.gateway, self.method.business());
        if raw.body.is_empty() && kind != Body::Json {
            return Ok((String::new(), 0..0));
        }
        if kind != Body::Raw {
            raw.expect_content_type(kind).or_else(|problem| self.judge.problem(problem))?;
        }
        if kind == Body::Form {
            self.flat(raw.body, Location::Form, "the form")?;
            return Ok((String::new(), 0..0));
        }
        let text = self.judge.text(Cow::Borrowed(raw.body), &"the body")?.into_owned();
        let business = if kind == Body::Json { self.json(&text)? } else { 0..0 };
        Ok((text, business))
    }

    /// Adds the members of the JSON body, and of the objects in it whose members are parameters.
    /// Returns the byte range of the object that contains the business parameters.
    fn json(&mut self, text: &str) -> Result<Range<usize>, IncomingError> {
        let business = self.method.business();
        let of_business = match business {
            Placement::BodyMember(name) => Some(name),
            _ => None,
        };
        let of_public = self.method.gateway.public.iter().filter_map(|param| match param.place {
            Location::BodyMember(name) => Some(name),
            _ => None,
        });
        let objects: Vec<&'g str> = of_business.into_iter().chain(of_public).collect();
        let mut range = if business == Placement::Body { 0..text.len() } else { 0..0 };
        let all = match members(text, "the body", self.limit) {
            Err(problem) if text.is_empty() => {
                self.judge.problem(problem)?;
                Vec::new()
            }
            members => members?,
        };
        for (name, raw) in all {
            let Some(object) = objects.iter().find(|object| **object == name).copied() else {
                self.member(&name, raw, Location::Body)?;
                continue;
            };
            let place = format!("`{name}` in the body");
            let inside = match members(raw.get(), &place, self.limit) {
                Ok(members) => members,
                Err(problem) => {
                    self.judge.problem(problem)?;
                    self.member(&name, raw, Location::Body)?;
                    continue;
                }
            };
            if business == Placement::BodyMember(object) {
                match range.end {
                    0 => range = json::range_of(raw.get(), text),
                    _ => self.judge.problem(IncomingError::Repeated { name })?,
                }
            }
            for (name, raw) in inside {
                self.member(&name, raw, Location::BodyMember(object))?;
            }
        }
        Ok(range)
    }

    fn member(
        &mut self,
        name: &str,
        raw: &RawValue,
        place: Location<'g>,
    ) -> Result<(), IncomingError> {
        let (text, kind) = json::scalar(raw.get());
        self.push(name, &text, place)?;
        if let Some(entry) = self.params.entries.last_mut() {
            entry.kind = kind;
        }
        Ok(())
    }
}
