//! From the parts of a request to its parameters.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::value::RawValue;

use super::find::find;
use super::judge::Judge;
use super::{Business, Incoming, IncomingError, Limits, Raw, flat, path, roles};
use crate::gateway::Gateway;
use crate::json;
use crate::layout::{Location, Placement};
use crate::method::MethodInfo;
use crate::params::{ParamType, Params, Role};
use crate::text::visible_bytes;

/// The content type of a form.
const FORM: &str = "application/x-www-form-urlencoded";

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Body {
    Form,
    Json,
    Raw,
}

impl Body {
    /// As a sender decides it, but for a body that no document expects: a form then.
    fn of(gateway: &Gateway<'_>, business: Placement<'_>) -> Body {
        let in_json = |place| matches!(place, Location::Body | Location::BodyMember(_));
        let mut public = gateway.public.iter();
        match business {
            _ if gateway.raw_body => Body::Raw,
            Placement::Body | Placement::BodyMember(_) => Body::Json,
            Placement::Form | Placement::FormCarrier(_) => Body::Form,
            _ if public.any(|param| in_json(param.place)) => Body::Json,
            _ => Body::Form,
        }
    }
}

impl<'g> Incoming<'g> {
    /// Splits a request into its parameters, and finds its method among those of `gateway`.
    ///
    /// A public or business parameter that the documents put into the query or the form counts in
    /// either; where it came is its place in the signature. Of the headers, those count that the
    /// gateway or the method declares. All else that came in query, form or body is a parameter
    /// that the sender added.
    ///
    /// # Errors
    /// When the request cannot be split, is larger than the limits, repeats what can come once, or
    /// calls no method that is known.
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
        Reader::new(method, limits.parameters, &mut Judge::default()).read(raw)
    }

    /// Reads a request as a call of `method`, for tools that explain requests. Also returns the
    /// problems that [`read`](Self::read) would have refused. Of a repeated parameter, the first
    /// counts; a broken escape stays as it is; `decode` reads texts that are not UTF-8.
    ///
    /// # Errors
    /// When a JSON body cannot be split into its members.
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
        let fit = path::fit(&method, raw.path)
            .unwrap_or_else(|| path::Fit { signed: raw.path.to_owned(), fields: Vec::new() });
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

    /// Headers that are parameters, named as they are declared.
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

    /// The parameters in the body; what `body` means in a formula, and where in it the business
    /// fields stand.
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

    /// The members of the JSON body, and of the objects in it whose members are parameters.
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

/// The members of a JSON object.
pub(super) fn members<'t>(
    text: &'t str,
    place: &str,
    limit: usize,
) -> Result<Vec<(String, &'t RawValue)>, IncomingError> {
    let members = json::members(text, limit).map_err(|error| IncomingError::NotJson {
        place: place.to_owned(),
        reason: error.to_string(),
    })?;
    if members.len() > limit {
        return Err(IncomingError::TooMany { limit });
    }
    Ok(members)
}

/// The text of a header that is a parameter.
pub(super) fn header_text<'r>(name: &str, value: &'r [u8]) -> Result<&'r str, IncomingError> {
    let text = std::str::from_utf8(value.trim_ascii());
    text.map_err(|_| flat::Broken::Utf8.at(&format_args!("header `{name}`")))
}

impl<'r> Raw<'r> {
    /// The values of a header.
    pub(super) fn headers_named<'s>(
        &'s self,
        name: &'s str,
    ) -> impl Iterator<Item = &'r [u8]> + use<'r, 's> {
        let same = move |(known, _): &&(&str, &[u8])| known.eq_ignore_ascii_case(name);
        self.headers.iter().filter(same).map(|(_, value)| *value)
    }

    /// Refuses a body that says that it is no form.
    pub(super) fn expect_form(&self) -> Result<(), IncomingError> {
        self.expect_content_type(Body::Form)
    }

    /// Refuses a body that says that it is not JSON.
    pub(super) fn expect_json(&self) -> Result<(), IncomingError> {
        self.expect_content_type(Body::Json)
    }

    /// Refuses a body that says that it is something else. One that says nothing is taken; so is
    /// JSON under any name that is not a form's, since many senders are careless about it.
    fn expect_content_type(&self, body: Body) -> Result<(), IncomingError> {
        let encoding = self.headers_named("content-encoding").next().unwrap_or_default();
        if !encoding.is_empty() && !encoding.eq_ignore_ascii_case(b"identity") {
            let encoding = visible_bytes(encoding.get(..40).unwrap_or(encoding));
            return Err(IncomingError::Compressed { encoding });
        }
        let Some(value) = self.headers_named("content-type").next() else { return Ok(()) };
        let mut parts = value.split(|byte| *byte == b';').map(<[u8]>::trim_ascii);
        let essence = parts.next().unwrap_or_default();
        let is_form = essence.eq_ignore_ascii_case(FORM.as_bytes());
        let is_multipart = behind("multipart/", essence).is_some();
        let (fits, expected) = match body {
            Body::Json => (!is_form && !is_multipart, "JSON"),
            _ => (is_form, FORM),
        };
        let charset = parts.find_map(|part| behind("charset=", part));
        let expected = match (fits, charset.is_none_or(is_utf8)) {
            (true, true) => return Ok(()),
            (true, false) => "UTF-8",
            (false, _) => expected,
        };
        let found = String::from_utf8_lossy(value).to_ascii_lowercase();
        Err(IncomingError::ContentType { expected, found })
    }
}

/// What follows a beginning, in whatever case that is written.
fn behind<'t>(start: &str, text: &'t [u8]) -> Option<&'t [u8]> {
    let (found, rest) = text.split_at_checked(start.len())?;
    found.eq_ignore_ascii_case(start.as_bytes()).then_some(rest)
}

/// The name of a charset, in quotes or not, of which ASCII is a part.
fn is_utf8(charset: &[u8]) -> bool {
    let charset = charset.strip_prefix(b"\"").unwrap_or(charset);
    let charset = charset.strip_suffix(b"\"").unwrap_or(charset);
    let known = ["utf-8", "utf8", "us-ascii", "ascii"];
    known.iter().any(|known| charset.eq_ignore_ascii_case(known.as_bytes()))
}

/// How a field's text stands in JSON, if its schema says so and the text can.
pub(super) fn declared_kind(method: &MethodInfo<'_>, name: &str, text: &str) -> ParamType {
    let flat = [Placement::Query, Placement::Form, Placement::Header].contains(&method.business());
    let mut fields = method.request.schema().fields.iter().filter(|field| flat && !field.in_path);
    let field = fields.find(|field| field.name == name);
    match field.map(|field| field.parameter_kind(method.gateway.nested)) {
        Some(kind) if json::is_json(text) => kind,
        _ => ParamType::Text,
    }
}
