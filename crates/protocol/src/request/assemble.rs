//! Assembles a request: parameters, overrides, formulas, body, signature.

use std::borrow::Cow;

use super::body::{self, BodyKind};
use super::job::Job;
use super::prepared::{Prepared, Route};
use super::public::{self, Atoms};
use super::url;
use crate::json::ParamType;
use crate::json::is_json;
use crate::layout::{Location, Placement};
use crate::parameter::Source;
use crate::params::{Entry, Params, Role};
use crate::private::{Private, wipe_bytes};
use crate::recipe::{Op, Recipe};
use crate::sign::{self, Facts, Hidden, SignError};
use crate::template::Holes;
use crate::write::Writer;

/// Builds and signs a request. The same job always produces the same bytes.
///
/// # Errors
/// The request cannot be signed, for example because a credential is missing.
pub fn assemble<'a>(job: &Job<'a, '_>) -> Result<Prepared<'a>, SignError> {
    let name = match &job.overrides.method_name {
        Some(name) => Cow::Owned(name.clone()),
        None => Cow::Borrowed(job.method.name),
    };
    let holes = Holes { method: &name, labels: job.method.labels };
    let mut params = Params::with_room();
    let atoms = public::fill(job, &holes, &mut params)?;
    let mut writer = encode(job, params);
    let route = Route::new(job, &holes, &writer.path_fields)?;
    let mut params = std::mem::take(&mut writer.params);
    override_params(job, &mut params);
    params.sort();
    drop_doubles(&mut params);
    let kind = BodyKind::of(job.method.gateway, job.method.business(), &params);
    let mut draft = Draft { job, holes, route: &route, params, atoms, kind, body: None };
    draft.formulas()?;
    let signed = draft.sign()?;
    let (params, atoms, body) = draft.finish(signed);
    let parts = super::prepared::Parts { params, atoms, kind, body };
    Ok(Prepared::new(job, name, route, parts))
}

/// Appends the business parameters.
fn encode<'a>(job: &Job<'a, '_>, params: Params<'a>) -> Writer<'a> {
    let gateway = job.method.gateway;
    let mut writer =
        Writer::new(params, gateway.json, gateway.nested).omit_empty(gateway.omit_empty);
    writer.at(job.method.business().place(), Role::Business);
    match job.method.business() {
        Placement::FormCarrier(name) => {
            writer.carrier(job.overrides.carrier.as_deref().unwrap_or(name), job.request);
        }
        _ => job.request.encode(&mut writer),
    }
    writer
}

fn override_params<'a>(job: &Job<'a, '_>, params: &mut Params<'a>) {
    let overrides = job.overrides;
    if !overrides.without.is_empty() {
        let Params { text, entries, .. } = &mut *params;
        entries.retain(|entry| {
            entry.role == Role::Public || !overrides.omits(&text[entry.name.clone()])
        });
    }
    for (name, value) in &overrides.parameters {
        match params.position(|param| param.name == name) {
            Some(index) => replace(params, index, value),
            None => add(job, params, name, value),
        }
    }
}

/// Replaces the text of a parameter. If the old text was written in JSON without quotes, so is the
/// new one, provided that it is valid JSON.
fn replace(params: &mut Params<'_>, index: usize, value: &str) {
    params.fill(index, value);
    let entry = &mut params.entries[index];
    if entry.kind != ParamType::Text && !is_json(value) {
        entry.kind = ParamType::Text;
    }
    if entry.role == Role::Signature {
        entry.role = Role::Extra;
    }
}

fn add<'a>(job: &Job<'a, '_>, params: &mut Params<'a>, name: &str, value: &str) {
    let declared = job.method.gateway.public.iter().find(|param| param.name == name);
    match declared {
        Some(param) => {
            params.push(name, value, param.place, Role::Public);
            if let Some(entry) = params.entries.last_mut() {
                entry.sensitive = public::is_sensitive(job, param);
            }
        }
        None => params.push(name, value, job.method.business().place(), Role::Extra),
    }
}

/// Drops business parameters that have the same name and location as a public parameter.
fn drop_doubles(params: &mut Params<'_>) {
    let Params { text, entries, .. } = params;
    let same = |a: &Entry<'_>, b: &Entry<'_>| text[a.name.clone()] == text[b.name.clone()];
    if entries.windows(2).all(|pair| !same(&pair[0], &pair[1])) {
        return;
    }
    let is_public = |entry: &Entry<'_>| matches!(entry.role, Role::Public | Role::Signature);
    let public: Vec<Entry<'_>> = entries.iter().filter(|entry| is_public(entry)).cloned().collect();
    let is_sent = |entry: &Entry<'_>| {
        public.iter().any(|other| same(other, entry) && other.place == entry.place)
    };
    entries.retain(|entry| entry.role != Role::Business || !is_sent(entry));
}

/// A request that is not signed yet.
struct Draft<'d, 'a, 'r> {
    job: &'d Job<'a, 'r>,
    holes: Holes<'d>,
    route: &'d Route<'a>,
    params: Params<'a>,
    atoms: Atoms,
    kind: BodyKind,
    body: Option<String>,
}

impl<'a> Draft<'_, 'a, '_> {
    /// Fills the public parameters that have formulas. Starts with the formulas that do not use the
    /// body, because the body may contain their results.
    fn formulas(&mut self) -> Result<(), SignError> {
        for with_body in [false, true] {
            for param in self.job.method.gateway.public {
                let Source::Formula(recipe) = param.source else { continue };
                let at = self.params.position(|sent| {
                    sent.name == param.name && sent.role == Role::Public && sent.value.is_empty()
                });
                if let Some(index) = at.filter(|_| needs_body(&recipe) == with_body) {
                    let made = self.run(&recipe, Vec::new())?;
                    self.params.fill(index, text(&made, "its result")?);
                }
            }
        }
        Ok(())
    }

    /// Signs the request. Returns the arena for reuse.
    fn sign(&mut self) -> Result<Vec<u8>, SignError> {
        let gateway = self.job.method.gateway;
        let Some(index) = self.params.signature() else {
            return Ok(Vec::new());
        };
        let chosen = sign::choose(gateway, self.job.overrides.signature_method.as_deref())?;
        let mut made = self.run(&chosen.recipe, Vec::with_capacity(self.params.text.len() * 4))?;
        self.params.fill(index, text(&made, "the signature")?);
        // Wipes the arena, because it contained the secret and is reused for the body.
        wipe_bytes(&mut made);
        Ok(std::mem::take(&mut made))
    }

    fn run(&mut self, recipe: &Recipe<'_>, arena: Vec<u8>) -> Result<Private<Vec<u8>>, SignError> {
        if needs_body(recipe) && self.body.is_none() {
            self.body = Some(self.signed_body());
        }
        let atom = |range: &std::ops::Range<usize>| &self.params.text[range.clone()];
        let facts = Facts {
            gateway: self.job.method.gateway,
            params: &self.params,
            verb: self.job.method.verb().as_str(),
            path: self.route.signed(),
            body: self.body.as_deref().unwrap_or_default(),
            clock: atom(&self.atoms.clock),
            nonce: atom(&self.atoms.nonce),
            holes: self.holes,
            credentials: self.job.credentials,
            hidden: Hidden::default(),
            rewrites_json: false,
        };
        sign::run(recipe, &facts, arena)
    }

    /// The value of `body` in formulas.
    fn signed_body(&self) -> String {
        match self.kind {
            BodyKind::None | BodyKind::Form => String::new(),
            BodyKind::Raw => self.raw().to_owned(),
            BodyKind::Json => {
                let method = &self.job.method;
                body::json(method.gateway, method.business(), &self.params, &mut Vec::new())
            }
        }
    }

    fn raw(&self) -> &str {
        self.job.overrides.raw_body.as_ref().map_or("", |body| body.as_str())
    }

    /// Builds the final body, in the arena that signing used.
    fn finish(self, mut arena: Vec<u8>) -> (Params<'a>, Atoms, Vec<u8>) {
        arena.clear();
        let body = match (self.kind, &self.body) {
            (BodyKind::Form, _) => {
                url::push_pairs(&self.params, Location::Form, &mut arena);
                arena
            }
            // A JSON body that a formula has used is sent byte for byte, unless it contains the
            // signature, which has been filled in since then.
            (BodyKind::Json, Some(body)) if !self.holds_signature() => body.clone().into_bytes(),
            _ => match self.kind {
                BodyKind::None => arena,
                _ => self.signed_body().into_bytes(),
            },
        };
        (self.params, self.atoms, body)
    }

    fn holds_signature(&self) -> bool {
        self.params
            .entries
            .iter()
            .any(|entry| entry.role == Role::Signature && entry.place.in_body())
    }
}

fn needs_body(recipe: &Recipe<'_>) -> bool {
    recipe.0.iter().any(|op| matches!(op, Op::Body))
}

fn text<'b>(made: &'b [u8], what: &str) -> Result<&'b str, SignError> {
    let not_text = |_| SignError::malformed(&format!("{what} is bytes, not text"));
    std::str::from_utf8(made).map_err(not_text)
}
