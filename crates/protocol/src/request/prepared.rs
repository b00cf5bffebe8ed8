//! A signed request, ready to be sent.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::body::{self, BodyKind};
use super::job::Job;
use super::public::Atoms;
use super::url;
use crate::address::is_dots;
use crate::credentials::CredentialSet;
use crate::layout::{Location, Verb};
use crate::mask::{Masked, SECRET, whole};
use crate::method::MethodInfo;
use crate::params::Params;
use crate::percent::Percent;
use crate::recipe::Recipe;
use crate::sign::{self, Explanation, Facts, Hidden, SignError};
use crate::template::Holes;
use crate::write::PathField;

/// The paths of a request.
#[derive(Clone)]
pub(super) struct Route<'a> {
    /// The path in the URL.
    url: Cow<'a, str>,
    /// The path in the signature, if it differs.
    signed: Option<String>,
    /// Byte ranges of secrets in the signed path.
    hidden: Vec<Range<usize>>,
}

impl<'a> Route<'a> {
    pub(super) fn new(
        job: &Job<'a, '_>,
        holes: &Holes<'_>,
        fields: &[PathField],
    ) -> Result<Route<'a>, SignError> {
        let template = job.method.path();
        let with = |text: &mut dyn FnMut(&PathField, &mut String)| {
            holes.fill_with(template, &mut |name, out| {
                let field = fields.iter().find(|field| field.name == name);
                field.map(|field| text(field, out)).is_some()
            })
        };
        let mut route = Route { url: Cow::Borrowed(template), signed: None, hidden: Vec::new() };
        if fields.is_empty() {
            route.url = with(&mut |_, _| {})?;
        } else {
            let escaped = |field: &PathField| Percent::Rfc3986.encode(&field.value);
            route.url = with(&mut |field, out| out.push_str(&escaped(field)))?;
            let hidden = &mut route.hidden;
            let signed = with(&mut |field, out| {
                let start = out.len();
                out.push_str(&field.value);
                if field.sensitive {
                    hidden.push(start..out.len());
                }
            })?;
            route.signed = Some(signed.into_owned());
        }
        if route.url.split('/').any(is_dots) {
            let dots = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte == b'.');
            let field = fields.iter().find(|field| dots(&field.value));
            let name = field.map_or("method", |field| &field.name);
            return Err(SignError::DotSegment { name: name.to_owned() });
        }
        if let Some(signed) = &job.overrides.signed_path {
            route.signed = Some(signed.clone());
            route.hidden.clear();
        }
        Ok(route)
    }

    pub(super) fn signed(&self) -> &str {
        self.signed.as_deref().unwrap_or(&self.url)
    }
}

/// The results of assembling a request.
pub(super) struct Parts<'a> {
    pub(super) params: Params<'a>,
    pub(super) atoms: Atoms,
    pub(super) kind: BodyKind,
    pub(super) body: Vec<u8>,
}

/// The inputs of formulas that are not parameters. An input that the request does not have is
/// empty.
#[derive(Clone)]
pub struct SignedAtoms<'p> {
    /// The timestamp as it is sent.
    pub clock: &'p str,
    /// The nonce as it is sent.
    pub nonce: &'p str,
    /// The path that is signed.
    pub path: &'p str,
    /// Byte ranges of secrets in the path.
    pub hidden_path: Vec<Range<usize>>,
    /// The JSON or raw body.
    pub body: String,
    /// Byte ranges of secrets in the body.
    pub hidden_body: Vec<Range<usize>>,
}

/// A signed request, ready to be sent. `Debug` shows no values.
#[derive(Clone)]
pub struct Prepared<'a> {
    method: MethodInfo<'a>,
    name: Cow<'a, str>,
    route: Route<'a>,
    params: Params<'a>,
    atoms: Atoms,
    kind: BodyKind,
    body: Vec<u8>,
    recipe: Option<Recipe<'a>>,
    credentials: CredentialSet,
}

impl<'a> Prepared<'a> {
    pub(super) fn new(
        job: &Job<'a, '_>,
        name: Cow<'a, str>,
        route: Route<'a>,
        parts: Parts<'a>,
    ) -> Prepared<'a> {
        let Parts { params, atoms, kind, body } = parts;
        let chosen = job.overrides.signature_method.as_deref();
        let recipe = sign::choose(job.method.gateway, chosen).ok().map(|method| method.recipe);
        let credentials = job.credentials.clone();
        let method = job.method;
        Prepared { method, name, route, params, atoms, kind, body, recipe, credentials }
    }

    /// The HTTP verb.
    pub fn verb(&self) -> Verb {
        self.method.verb()
    }

    /// The method's name as it is sent.
    pub fn method_name(&self) -> &str {
        &self.name
    }

    /// Static information about the method.
    pub fn method(&self) -> &MethodInfo<'a> {
        &self.method
    }

    /// Returns the URL, which begins with `base`. It contains credentials if the platform requires
    /// them in the query.
    pub fn url(&self, base: &str) -> String {
        url::build(base, &self.route.url, &self.params)
    }

    /// The path that is signed.
    pub fn path(&self) -> &str {
        self.route.signed()
    }

    /// The headers: the constant ones, the content type, and the parameters that are sent as
    /// headers.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let constant = self.method.gateway.headers;
        let own_type = constant.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        let content_type = self.kind.content_type().filter(|_| !own_type);
        let signed = self.params.iter().filter(|param| param.place == Location::Header);
        constant
            .iter()
            .copied()
            .chain(content_type.map(|value| ("Content-Type", value)))
            .chain(signed.map(|param| (param.name, param.value)))
    }

    /// The body as it is sent.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body, with `<secret>` in place of everything sensitive. A raw body is masked completely.
    /// `None` if there is no body, and for a form, whose contents are all in [`Prepared::params`].
    pub fn masked_body(&self) -> Option<String> {
        match self.kind {
            BodyKind::None | BodyKind::Form => None,
            BodyKind::Raw => Some(SECRET.to_owned()),
            BodyKind::Json => {
                let (gateway, mut hidden) = (self.method.gateway, Vec::new());
                let body = body::json(gateway, self.method.business(), &self.params, &mut hidden);
                Some(Masked::json(&body, &hidden).into_text().into_owned())
            }
        }
    }

    /// Moves the body out of the request, without copying it.
    pub fn take_body(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.body)
    }

    /// The signature; `None` if the request is not signed.
    pub fn signature(&self) -> Option<&str> {
        self.params.signature().map(|index| self.params.value(&self.params.entries[index]))
    }

    /// The parameters, sorted by the bytes of their names.
    pub fn params(&self) -> &Params<'a> {
        &self.params
    }

    /// The inputs of formulas that are not parameters.
    pub fn atoms(&self) -> SignedAtoms<'_> {
        let atom = |range: &Range<usize>| &self.params.text[range.clone()];
        let (body, hidden_body) = self.signed_body();
        SignedAtoms {
            clock: atom(&self.atoms.clock),
            nonce: atom(&self.atoms.nonce),
            path: self.route.signed(),
            hidden_path: self.route.hidden.clone(),
            body,
            hidden_body,
        }
    }

    /// Returns the body as formulas use it, and the byte ranges of secrets in it. A raw body may
    /// contain anything, so all of it is secret. A JSON body is returned as it was signed, without
    /// the signature.
    fn signed_body(&self) -> (String, Vec<Range<usize>>) {
        match self.kind {
            BodyKind::None | BodyKind::Form => (String::new(), Vec::new()),
            BodyKind::Raw => {
                let body = String::from_utf8_lossy(&self.body).into_owned();
                let hidden = whole(&body);
                (body, hidden)
            }
            BodyKind::Json => {
                let (mut params, mut hidden) = (self.params.clone(), Vec::new());
                if let Some(index) = params.signature() {
                    params.fill(index, "");
                }
                let MethodInfo { gateway, .. } = self.method;
                let body = body::json(gateway, self.method.business(), &params, &mut hidden);
                (body, hidden)
            }
        }
    }

    /// Explains what was signed, with `<secret>` in place of everything sensitive. Each call
    /// computes the explanation again.
    pub fn explain(&self) -> Explanation {
        // This cannot fail, because the recipe has already signed this request.
        self.recipe.and_then(|recipe| self.try_explain(&recipe).ok()).unwrap_or_default()
    }

    fn try_explain(&self, recipe: &Recipe<'_>) -> Result<Explanation, SignError> {
        let SignedAtoms { clock, nonce, path, hidden_path, body, hidden_body } = self.atoms();
        let facts = Facts {
            gateway: self.method.gateway,
            params: &self.params,
            verb: self.method.verb().as_str(),
            path,
            body: &body,
            clock,
            nonce,
            holes: Holes { method: &self.name, labels: self.method.labels },
            credentials: &self.credentials,
            hidden: Hidden { path: &hidden_path, body: &hidden_body, ..Hidden::default() },
            rewrites_json: false,
        };
        sign::explain(recipe, &facts)
    }
}

impl fmt::Debug for Prepared<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared")
            .field("verb", &self.verb().as_str())
            .field("method", &self.name)
            .field("params", &self.params)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
