//! Lists the public items of generated code, each with Rust code that uses the item. A new version
//! of a spec breaks its users if code that uses an item of the old version no longer compiles.

use crate::diagnostic::Sink;
use crate::model::{Model, Returns, RuleKind, TypeKind};
use crate::plan::{
    Credential, Enumeration, Field, Holds, Home, Item, Method, Options, Platform, Prose, Record,
    Response, RustType, TypePath, Value, plan,
};
use crate::source::SourceSpan;
use bumpalo::Bump;
use gatespec_protocol::record::MapOf;

/// A public item, and how programs use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The path of the item, such as `shopex::FillType::Refund`.
    pub path: String,
    /// A Rust item that compiles as long as programs can use the public item in this way. It refers
    /// to the generated crate as `api`, and to the runtime as `rt`.
    pub code: String,
    /// The place in the spec from which the item is generated.
    pub span: SourceSpan,
    /// The arguments of a constructor, in order; otherwise empty.
    pub arguments: Vec<Argument>,
}

/// An argument of a constructor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// The name of the argument.
    pub name: String,
    /// A type that the constructor accepts for the argument.
    pub ty: String,
    /// The place in the spec from which the argument is generated.
    pub span: SourceSpan,
}

/// Lists the public items that are generated from a model. Errors are reported to `sink`.
pub fn surface(model: &Model, sink: &mut Sink) -> Vec<Use> {
    let arena = Bump::new();
    let plan = plan(model, &Options::default(), Prose::LeftOut, &arena, sink);
    plan.platforms.iter().flat_map(|platform| Uses::of(platform).list).collect()
}

/// Collects the items of one platform.
struct Uses<'p, 'm> {
    platform: &'p Platform<'m>,
    /// The path of the platform's module.
    module: String,
    list: Vec<Use>,
}

impl<'p, 'm> Uses<'p, 'm> {
    fn of(platform: &'p Platform<'m>) -> Self {
        let module = format!("api::{}", platform.module);
        let mut uses = Self { platform, module, list: Vec::new() };
        uses.protocol();
        for &index in &platform.shared {
            uses.item(index, None);
        }
        for method in &platform.methods {
            uses.method(method);
        }
        uses
    }

    fn add(&mut self, path: &str, span: SourceSpan, code: String) {
        let path = path.trim_start_matches("api::").to_owned();
        self.list.push(Use { path, code, span, arguments: Vec::new() });
    }

    fn protocol(&mut self) {
        let (platform, module) = (self.platform, self.module.clone());
        let environments = platform.spec.gateways.iter().flat_map(|one| &one.environments);
        for environment in &platform.environments {
            let span = environments.clone().find(|one| one.url == Some(environment.url));
            let path = format!("{module}::environments::{}", environment.ident);
            let code = format!("pub const USED: &str = {path};");
            self.add(&path, span.map_or(platform.spec.span, |one| one.span), code);
        }
        for (ident, gateway) in platform.gateways.iter().zip(&platform.spec.gateways) {
            let path = format!("{module}::{ident}");
            let code = format!("pub fn used() -> &'static rt::Gateway<'static> {{ &{path} }}");
            self.add(&path, gateway.span, code);
        }
        for (ident, _) in &platform.formats {
            let path = format!("{module}::{ident}");
            let code = format!("pub const USED: rt::TimeFormat<'static> = {path};");
            self.add(&path, platform.spec.span, code);
        }
        self.credentials();
    }

    fn credentials(&mut self) {
        let (platform, module) = (self.platform, self.module.clone());
        let spans = |credential: &Credential<'_>| {
            let all = platform.spec.gateways.iter().flat_map(|gateway| &gateway.credentials);
            let found = all.clone().find(|one| one.name == credential.wire);
            found.map_or(platform.spec.span, |one| one.span)
        };
        let needed = platform.credentials.iter().filter(|one| !one.optional);
        let arguments = needed.map(|one| Argument {
            name: one.ident.to_string(),
            ty: "::std::string::String".to_owned(),
            span: spans(one),
        });
        self.constructor(
            &format!("{module}::Credentials"),
            platform.spec.span,
            arguments.collect(),
        );
        for credential in &platform.credentials {
            if credential.optional {
                let path = format!("{module}::Credentials::{}", credential.ident);
                self.setter(&path, "::std::string::String", spans(credential));
            }
            if let Some(with) = &credential.replace {
                for client in [format!("{module}::Client"), format!("{module}::blocking::Client")] {
                    let code = format!(
                        "pub fn used(client: &{client}, to: String) -> {client} {{ client.{with}(to) }}"
                    );
                    self.add(&format!("{client}::{with}"), spans(credential), code);
                }
            }
        }
    }

    fn method(&mut self, method: &Method<'_>) {
        let (module, span) = (self.module.clone(), method.spec.span);
        let request = format!("{module}::{}", method.request.ident);
        let response = match &method.response {
            Response::Nothing => "()".to_owned(),
            Response::Record(record) => format!("{module}::{}", record.ident),
            Response::Value(ty, _) => self.field_type(ty, Some(method)),
        };
        let returned = match &method.spec.returns {
            Returns::Value(value) => value.span,
            Returns::Record(_) | Returns::Nothing => span,
        };
        let result = format!("::core::result::Result<{response}, rt::Error>");
        let function = &method.module;
        for (client, keyword, wait) in
            [("Client", "async ", ".await"), ("blocking::Client", "", "")]
        {
            let client = format!("{module}::{client}");
            let code = format!(
                "pub {keyword}fn used(client: &{client}, request: &{request}) -> {result} {{ client.{function}(request){wait} }}"
            );
            self.add(&format!("{client}::{function}"), returned, code);
        }
        if let Some(range) = &method.range {
            let rules = method.spec.request.rules.iter();
            let mut spans = rules.filter(|rule| rule.kind.fields() == range.rule.fields);
            let rule = spans.find(|rule| matches!(rule.kind, RuleKind::Span(..)));
            let code = format!("pub fn used(request: {request}) -> impl rt::Ranged {{ request }}");
            let span = rule.map_or(span, |rule| rule.span);
            self.add(&format!("{request} as Ranged"), span, code);
        }
        self.record(&method.request, &request, span, Some(method));
        if let Response::Record(record) = &method.response {
            self.record(record, &response, span, Some(method));
        }
        for &index in &method.types {
            self.item(index, Some(method));
        }
    }

    fn item(&mut self, index: usize, method: Option<&Method<'_>>) {
        let platform = self.platform;
        let (item, def) = (&platform.types[index], &platform.spec.types[index]);
        let home =
            method.map_or(self.module.clone(), |one| format!("{}::{}", self.module, one.module));
        match (item, &def.kind) {
            (Item::Enumeration(one), TypeKind::Enumeration(spec)) => {
                let path = format!("{home}::{}", one.ident);
                let spans = spec.variants.iter().map(|variant| variant.span);
                self.enumeration(one, &path, spans);
            }
            (Item::Record(one), _) => {
                self.record(one, &format!("{home}::{}", one.ident), def.span, method);
            }
            _ => {}
        }
    }

    fn enumeration(
        &mut self,
        one: &Enumeration<'_>,
        path: &str,
        spans: impl Iterator<Item = SourceSpan>,
    ) {
        for ((_, ident, _), span) in one.variants.iter().zip(spans) {
            let code = format!("pub fn used() -> {path} {{ {path}::{ident} }}");
            self.add(&format!("{path}::{ident}"), span, code);
        }
    }

    fn record(
        &mut self,
        record: &Record<'_>,
        path: &str,
        span: SourceSpan,
        method: Option<&Method<'_>>,
    ) {
        if record.default {
            let code = format!("pub fn used() -> {path} {{ ::core::default::Default::default() }}");
            self.add(&format!("{path} as Default"), span, code);
        }
        if record.built {
            let arguments = record.arguments().map(|one| Argument {
                name: one.ident.to_string(),
                ty: self.argument(&one.ty, method),
                span: one.spec.span,
            });
            let arguments = arguments.collect();
            self.constructor(path, span, arguments);
        }
        for field in &record.fields {
            self.field(record, field, path, method);
        }
        if let Some(of) = record.others {
            let ty = map(member(of));
            let code = format!("pub fn used(value: {path}) -> {ty} {{ value.others }}");
            self.add(&format!("{path}::others"), span, code);
        }
    }

    fn field(
        &mut self,
        record: &Record<'_>,
        field: &Field<'_>,
        path: &str,
        method: Option<&Method<'_>>,
    ) {
        let (ident, span) = (&field.ident, field.spec.span);
        let ty = self.field_type(&field.ty, method);
        let code = format!("pub fn used(value: {path}) -> {ty} {{ value.{ident} }}");
        self.add(&format!("{path}::{ident}"), span, code);
        if record.built && !field.is_argument() {
            let argument = self.argument(&field.ty, method);
            self.setter(&format!("{path}::{ident}"), &argument, span);
        }
    }

    fn constructor(&mut self, path: &str, span: SourceSpan, arguments: Vec<Argument>) {
        let named = arguments.iter().map(|one| format!("{}: {}", one.name, one.ty));
        let given = arguments.iter().map(|one| one.name.as_str());
        let (named, given) =
            (named.collect::<Vec<_>>().join(", "), given.collect::<Vec<_>>().join(", "));
        let code = format!("pub fn used({named}) -> {path} {{ {path}::new({given}) }}");
        self.add(&format!("{path}::new"), span, code);
        if let Some(last) = self.list.last_mut() {
            last.arguments = arguments;
        }
    }

    fn setter(&mut self, path: &str, argument: &str, span: SourceSpan) {
        let (ty, ident) = path.rsplit_once("::").unwrap_or_default();
        let code =
            format!("pub fn used(value: {ty}, to: {argument}) -> {ty} {{ value.{ident}(to) }}");
        self.add(&format!("{path}()"), span, code);
    }

    /// Returns the type of a field, with paths as another crate writes them.
    fn field_type(&self, ty: &RustType, method: Option<&Method<'_>>) -> String {
        let private =
            |inner: String| if ty.private { format!("rt::Private<{inner}>") } else { inner };
        let one = match &ty.value {
            Value::Map(of) => map(&private(member(*of).to_owned())),
            value => private(self.bare(value, method)),
        };
        match ty.holds {
            Holds::One => one,
            Holds::Option => format!("::core::option::Option<{one}>"),
            Holds::List => format!("::std::vec::Vec<{one}>"),
            Holds::OptionList => format!("::core::option::Option<::std::vec::Vec<{one}>>"),
        }
    }

    /// Returns a type that a constructor or setter accepts as its argument.
    fn argument(&self, ty: &RustType, method: Option<&Method<'_>>) -> String {
        let one = match &ty.value {
            Value::Map(_) => {
                let one = RustType { holds: Holds::One, ..ty.clone() };
                self.field_type(&one, method)
            }
            value => self.bare(value, method),
        };
        match ty.holds {
            Holds::One | Holds::Option => one,
            Holds::List | Holds::OptionList => format!("::std::vec::Vec<{one}>"),
        }
    }

    fn bare(&self, value: &Value, method: Option<&Method<'_>>) -> String {
        match value {
            Value::Text => "::std::string::String".to_owned(),
            Value::Integer => "i64".to_owned(),
            Value::Fen => "rt::Fen".to_owned(),
            Value::Decimal => "rt::Decimal".to_owned(),
            Value::Flag => "bool".to_owned(),
            Value::Time(_) => "rt::DateTime".to_owned(),
            Value::Json => "rt::RawJson".to_owned(),
            Value::Map(of) => map(member(*of)),
            Value::Record(path) | Value::Choice(path) => self.path(path, method),
        }
    }

    fn path(&self, path: &TypePath, method: Option<&Method<'_>>) -> String {
        let (module, ident) = (&self.module, &path.ident);
        match (&path.home, method) {
            (Home::Method(of), _) => format!("{module}::{of}::{ident}"),
            (Home::Here, Some(method)) => format!("{module}::{}::{ident}", method.module),
            (Home::Here, None) | (Home::Platform, _) => format!("{module}::{ident}"),
        }
    }
}

fn map(member: &str) -> String {
    format!("::std::collections::BTreeMap<::std::string::String, {member}>")
}

fn member(of: MapOf) -> &'static str {
    match of {
        MapOf::Text => "::std::string::String",
        MapOf::Integer => "i64",
        MapOf::Json => "rt::RawJson",
    }
}
