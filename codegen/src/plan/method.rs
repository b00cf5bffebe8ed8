//! One method: its names, its request, its response, and its own types.

use super::docs::{self, about, rules};
use super::example::Sample;
use super::names::{
    CLIENT_NAMES, Case, Ident, PLATFORM_MODULES, PLATFORM_TYPES, Scope, Wish, one_message,
};
use super::options::Options;
use super::prose::Docs;
use super::record::{Outline, record};
use super::tree::{Item, Method, Named, Range, Record, Response};
use super::types::Names;
use super::usage::Roles;
use crate::diagnostic::Sink;
use crate::model::{self, Returns};
use gatespec_language::range::splitting;
use gatespec_protocol::credentials::variable;

/// The scopes that the methods of a platform share.
pub(crate) struct Scopes {
    modules: Scope,
    /// Functions of the client.
    pub functions: Scope,
    /// Types of the platform's module.
    pub types: Scope,
}

impl Scopes {
    /// Creates scopes in which only the names of the client itself are taken.
    pub(crate) fn new() -> Self {
        Self {
            modules: Scope::new("module", PLATFORM_MODULES),
            functions: Scope::new("function", CLIENT_NAMES),
            types: Scope::new("type", PLATFORM_TYPES),
        }
    }

    pub(crate) fn method(&mut self, method: &model::Method, sink: &mut Sink) -> Named {
        one_message(sink, |sink| {
            let wish = Wish::new(method.name, method.span, method.rust.as_ref());
            self.functions.name(wish, Case::Snake, sink);
            let module = self.modules.name(wish, Case::Snake, sink);
            let wish = wish.chosen();
            let request = self.types.name(wish, Case::Camel, sink);
            let own = matches!(method.returns, Returns::Record(_));
            let response = own.then(|| self.types.affixed("", wish, Case::Camel, "Response", sink));
            Named { module, request, response }
        })
    }
}

/// The context from which methods are planned.
pub(crate) struct Planner<'p, 'm> {
    /// The platform's names.
    pub names: &'p Names<'m>,
    /// The planned types, by `TypeId`.
    pub types: &'p [Item<'m>],
    pub options: &'p Options,
}

impl<'m> Planner<'_, 'm> {
    pub(crate) fn method(
        &self,
        spec: &'m model::Method,
        named: &Named,
        sink: &mut Sink,
    ) -> Method<'m> {
        let prose = self.names.prose;
        let outline = Outline {
            ident: named.request.clone(),
            docs: Docs::default(),
            roles: Roles::of_request(spec),
            method: Some(spec.name),
        };
        let mut request = record(outline, &spec.request, self.names, sink);
        request.docs = prose.docs(|| self.request_docs(spec, &request, named));
        let examples = prose.examples(|| self.programs(spec, &request, named));
        let types = self.names.types_of(Some(spec.name));
        let own: Vec<&Ident> = [&named.request].into_iter().chain(&named.response).collect();
        Method {
            spec,
            gateway: self.names.gateway(spec.gateway),
            module: named.module.clone(),
            public: !types.is_empty(),
            docs: if types.is_empty() {
                Docs::default()
            } else {
                prose.docs(|| docs::method::module(spec))
            },
            call_docs: prose.docs(|| docs::method::call(spec, &named.request)),
            examples,
            range: range(&spec.request, &request),
            response: self.response(spec, named, sink),
            std: self.names.std(types, &own),
            types: types.to_vec(),
            request,
        }
    }

    fn response(&self, spec: &'m model::Method, named: &Named, sink: &mut Sink) -> Response<'m> {
        match (&spec.returns, &named.response) {
            (Returns::Record(returned), Some(ident)) => {
                let outline = Outline {
                    ident: ident.clone(),
                    docs: Docs::default(),
                    roles: Roles::ANSWER,
                    method: Some(spec.name),
                };
                let mut record = record(outline, returned, self.names, sink);
                record.docs = self.names.prose.docs(|| {
                    let mut docs = docs::method::response(spec);
                    about::add_provenance(&mut docs, &[], rules::provenance_of(&record.fields));
                    docs
                });
                Response::Record(record)
            }
            (Returns::Value(field), _) => {
                let ty = self.names.rust_type(field, Roles::default(), Some(spec.name));
                Response::Value(ty, self.names.schemas.field(field))
            }
            _ => Response::Nothing,
        }
    }

    fn request_docs(&self, spec: &'m model::Method, request: &Record<'m>, named: &Named) -> Docs {
        let mut docs = docs::method::request(spec, &request.fields);
        let (example, sample) = self.example(spec, request, named, 0);
        let call = self.call(spec, named);
        docs::example::add(&mut docs, &call, &example, &sample, self.options);
        docs::method::add_provenance(&mut docs, spec, &request.fields);
        docs
    }

    /// Returns a program for each example of a request. A method without examples has one program.
    fn programs(
        &self,
        spec: &'m model::Method,
        request: &Record<'m>,
        named: &Named,
    ) -> Vec<String> {
        let platform = self.names.spec;
        let credentials = platform.gateway_of(spec).credentials.iter();
        let needed = credentials.filter(|credential| !credential.optional);
        let needed: Vec<_> = needed.map(|one| variable(&platform.id, one.name)).collect();
        let program = |at| {
            let (example, sample) = self.example(spec, request, named, at);
            let call = self.call(spec, named);
            docs::example::program(&call, &example, &sample, self.options, &needed)
        };
        (0..spec.request_examples.len().max(1)).map(program).collect()
    }

    /// Returns the expression of an example, and what it imports.
    fn example(
        &self,
        spec: &'m model::Method,
        request: &Record<'m>,
        named: &Named,
        at: usize,
    ) -> (String, Sample<'_, 'm>) {
        let mut sample = Sample::new(self.names, self.types, self.options);
        let given = spec.request_examples.get(at).map(|example| &example.values);
        let example = sample.record(request, given, 0);
        sample.imports.insert(named.request.to_string());
        (example, sample)
    }

    fn call<'c>(&'c self, spec: &model::Method, named: &'c Named) -> docs::example::Call<'c> {
        docs::example::Call {
            module: &self.names.module,
            function: &named.module,
            returns: !matches!(spec.returns, Returns::Nothing),
        }
    }
}

/// Returns the range by which a request can be split, or `None` if no rule splits the request.
fn range<'m>(spec: &'m model::Record, request: &Record<'_>) -> Option<Range<'m>> {
    let (_, rule) = splitting(spec)?;
    let index = |name| request.fields.iter().position(|field| field.facts.name == name);
    let [first, second] = rule.fields.map(index);
    Some(Range { fields: [first?, second?], rule })
}
