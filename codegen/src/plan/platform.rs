//! Plans one platform: first the names, then the types, then the methods.

use super::docs::{self, item};
use super::method::{Planner, Scopes};
use super::names::{
    CREDENTIAL_NAMES, Case, Ident, PLATFORM_FACTS, Scope, VARIANTS, Wish, one_message,
};
use super::options::Options;
use super::prose::{Docs, Prose, code};
use super::record::{Outline, record};
use super::tree::{Credential, Enumeration, Environment, Item, Named, Platform};
use super::types::{Names, formats};
use super::usage::{Roles, roles};
use crate::diagnostic::Sink;
use crate::model::{self, TypeDef, TypeKind};
use bumpalo::Bump;
use gatespec_language::dynamic::{Schemas, Side};
use std::collections::{BTreeMap, HashSet};

pub(super) fn platform<'m>(
    spec: &'m model::Platform,
    module: Ident,
    (options, prose): (&Options, Prose),
    arena: &'m Bump,
    sink: &mut Sink,
) -> Platform<'m> {
    let mut scopes = Scopes::new();
    let credentials = credentials(spec, &mut scopes, sink);
    let named: Vec<Named> = spec.methods.iter().map(|method| scopes.method(method, sink)).collect();
    let schemas = Schemas::new(spec, Side::Answer, arena);
    let names = names(spec, (schemas, prose), module, &named, &mut scopes, sink);
    let types = types(&names, sink);
    let planner = Planner { names: &names, types: &types, options };
    let methods = spec.methods.iter().zip(&named);
    let methods = methods.map(|(method, named)| planner.method(method, named, sink)).collect();
    let shared = names.types_of(None).to_vec();
    let exported: Vec<&Ident> =
        named.iter().flat_map(|one| [&one.request].into_iter().chain(&one.response)).collect();
    Platform {
        spec,
        docs: prose.docs(|| docs::platform::module(&names, &credentials, &named, options)),
        title: docs::platform::title(spec),
        environments: environments(spec, prose, sink),
        credential_docs: prose.docs(|| docs::overview::credentials(&credentials)),
        credentials,
        types_docs: Docs::of(0, &format!("Types shared by the methods of {}.", code(&spec.id))),
        std: names.std(&shared, &exported),
        types_std: names.std(&shared, &[]),
        module: names.module,
        formats: names.formats,
        gateways: names.gateways,
        types,
        shared,
        methods,
    }
}

fn names<'m>(
    spec: &'m model::Platform,
    (schemas, prose): (Schemas<'m>, Prose),
    module: Ident,
    named: &[Named],
    scopes: &mut Scopes,
    sink: &mut Sink,
) -> Names<'m> {
    let mut facts = Scope::new("constant", PLATFORM_FACTS);
    let gateway = |gateway: &model::Gateway| {
        facts.name(Wish::own(gateway.name, gateway.span), Case::Screaming, sink)
    };
    let gateways = spec.gateways.iter().map(gateway).collect();
    let methods = spec.methods.iter().zip(named);
    let modules = methods.map(|(method, named)| (method.name, named.module.clone()));
    let mut files: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, def) in spec.types.iter().enumerate() {
        files.entry(def.method.as_deref().unwrap_or_default()).or_default().push(index);
    }
    Names {
        spec,
        prose,
        schemas,
        module,
        gateways,
        types: type_names(spec, named, scopes, sink),
        files,
        roles: roles(spec),
        modules: modules.collect(),
        formats: formats(spec),
    }
}

/// Names the types. Shared types are in the platform's module, others in the module of their
/// method.
fn type_names(
    spec: &model::Platform,
    named: &[Named],
    scopes: &mut Scopes,
    sink: &mut Sink,
) -> Vec<Ident> {
    let mut own: BTreeMap<&str, Scope> = BTreeMap::new();
    for (method, named) in spec.methods.iter().zip(named) {
        let mut scope = Scope::new("type", &[]);
        let wish = Wish::own(method.name, method.span);
        for ident in [Some(&named.request), named.response.as_ref()].into_iter().flatten() {
            scope.occupy(ident, wish);
        }
        own.insert(method.name, scope);
    }
    let name = |def: &TypeDef| {
        let method = def.method.as_deref().and_then(|method| own.get_mut(method));
        let scope = method.unwrap_or(&mut scopes.types);
        scope.name(Wish::own(&def.name, def.span), Case::Camel, sink)
    };
    spec.types.iter().map(name).collect()
}

fn types<'m>(names: &Names<'m>, sink: &mut Sink) -> Vec<Item<'m>> {
    let all = names.spec.types.iter().zip(&names.types).zip(&names.roles);
    all.map(|((def, ident), roles)| item(def, ident, *roles, names, sink)).collect()
}

fn item<'m>(
    def: &'m TypeDef,
    ident: &Ident,
    roles: Roles,
    names: &Names<'m>,
    sink: &mut Sink,
) -> Item<'m> {
    match &def.kind {
        TypeKind::Enumeration(spec) => {
            Item::Enumeration(enumeration(def, spec, ident, names.prose, sink))
        }
        TypeKind::Record(spec) => {
            let outline = Outline {
                ident: ident.clone(),
                docs: Docs::default(),
                roles,
                method: def.method.as_deref(),
            };
            let mut record = record(outline, spec, names, sink);
            record.docs = names.prose.docs(|| item::record(def, spec, &record));
            Item::Record(record)
        }
    }
}

fn enumeration<'m>(
    def: &'m TypeDef,
    spec: &'m model::Enumeration,
    ident: &Ident,
    prose: Prose,
    sink: &mut Sink,
) -> Enumeration<'m> {
    let mut scope = Scope::new("variant", VARIANTS);
    let variant = |variant: &'m model::Variant| {
        let wish = Wish::new(&variant.value, variant.span, variant.rust.as_ref());
        let ident = scope.name(wish, Case::Camel, sink);
        let docs = prose.docs(|| item::variant(&variant.about, &variant.value));
        (variant.value.as_str(), ident, docs)
    };
    let variants: Vec<_> = spec.variants.iter().map(variant).collect();
    let abouts = spec.variants.iter().map(|variant| &variant.about);
    let values = variants.iter().map(|(_, ident, _)| ident).zip(abouts);
    let docs = prose.docs(|| item::enumeration(def, values));
    Enumeration { ident: ident.clone(), docs, variants }
}

/// Returns the addresses of all gateways. The names of addresses begin with the name of their
/// gateway, except for the first gateway.
fn environments<'m>(
    spec: &'m model::Platform,
    prose: Prose,
    sink: &mut Sink,
) -> Vec<Environment<'m>> {
    let mut scope = Scope::new("environment", &[]);
    let mut environments: Vec<Environment<'m>> = Vec::new();
    let mut known = HashSet::new();
    for (index, gateway) in spec.gateways.iter().enumerate() {
        let prefix = if index == 0 { String::new() } else { format!("{}_", gateway.name) };
        for environment in &gateway.environments {
            let Some(url) = environment.url else { continue };
            if !known.insert(url) && index > 0 {
                continue;
            }
            let name = format!("{prefix}{}", environment.name);
            let wish = Wish::own(&name, environment.span);
            let ident = scope.name(wish, Case::Screaming, sink);
            let docs = prose.docs(|| docs::platform::environment_constant(environment));
            environments.push(Environment { ident, url, docs });
        }
    }
    environments
}

/// Returns the credentials of all gateways, each once. A credential that the first gateway does not
/// have is optional.
fn credentials<'m>(
    spec: &'m model::Platform,
    scopes: &mut Scopes,
    sink: &mut Sink,
) -> Vec<Credential<'m>> {
    let mut scope = Scope::new("credential", CREDENTIAL_NAMES);
    let mut credentials: Vec<Credential<'m>> = Vec::new();
    let mut main = true;
    for gateway in &spec.gateways {
        for credential in &gateway.credentials {
            let known = credentials.iter_mut().find(|known| known.wire == credential.name);
            let needing = (!main && !credential.optional).then_some(gateway.name);
            if let Some(known) = known {
                known.needed_by.extend(needing.filter(|_| known.optional));
                continue;
            }
            let wish = Wish::own(credential.name, credential.span);
            let per_shop = credential.per_shop;
            let (ident, replace) = one_message(sink, |sink| {
                let ident = scope.name(wish, Case::Snake, sink);
                let functions = &mut scopes.functions;
                (ident, per_shop.then(|| functions.affixed("with_", wish, Case::Snake, "", sink)))
            });
            credentials.push(Credential {
                wire: credential.name,
                ident,
                optional: credential.optional || !main,
                needed_by: needing.into_iter().collect(),
                replace,
                docs: docs::overview::credential(credential),
                provenance: docs::about::evidence(&credential.about),
            });
        }
        main = false;
    }
    credentials
}
