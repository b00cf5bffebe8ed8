//! Formulas as expressions of Python.

use super::code::{Code, Kind, apply, digest};
use super::literal;
use super::pairs::pairs;
use super::params::Request;
use super::script::{Helper, Script};
use super::unsupported::unsupported;
use crate::diagnose::Parameter;
use crate::model::{Expr, ExprKind};
use crate::request::Wrong;
use gatespec_protocol as rt;
use rt::template::Holes;
use rt::{Function, Op, Role, Source};

/// A formula that is being written.
pub(super) struct Formulas<'f, 'r, 'a> {
    pub(super) request: &'f Request<'r, 'a>,
    pub(super) script: &'f mut Script,
    /// The path as it is sent.
    pub(super) path: &'f str,
    /// The variable that contains the body as text, if a formula has used it.
    pub(super) body: Option<String>,
}

impl Formulas<'_, '_, '_> {
    /// Returns the result of a formula. Selected parameters and digested texts become variables
    /// before it.
    pub(super) fn code(&mut self, expr: &Expr) -> Result<Code, Wrong> {
        match &expr.kind {
            ExprKind::Op(op) => self.op(op),
            ExprKind::Pairs(set, _) => pairs(self.request, set, self.script),
            ExprKind::Sum(items) => Ok(Code::sum(self.all(items)?)),
            ExprKind::Join(separator, items) => Ok(Code::join(separator, &self.all(items)?)),
            ExprKind::Call(function, arguments) => self.call(*function, arguments),
        }
    }

    fn all(&mut self, items: &[Expr]) -> Result<Vec<Code>, Wrong> {
        items.iter().map(|item| self.code(item)).collect()
    }

    fn call(&mut self, function: Function, arguments: &[Expr]) -> Result<Code, Wrong> {
        if let (Function::Hex | Function::UpperHex, [inner]) = (function, arguments)
            && let ExprKind::Call(inner, arguments) = &inner.kind
            && inner.is_digest()
        {
            let arguments = self.all(arguments)?;
            let object = digest(*inner, &arguments, self.script).ok_or_else(no_digest)?;
            let upper = if function == Function::UpperHex { ".upper()" } else { "" };
            return Ok(Code::new(format!("{object}.hexdigest(){upper}"), Kind::Ascii));
        }
        let arguments = self.all(arguments)?;
        if function.is_digest() {
            let object = digest(function, &arguments, self.script).ok_or_else(no_digest)?;
            return Ok(Code::new(format!("{object}.digest()"), Kind::Bytes));
        }
        let argument = arguments.first().ok_or_else(no_digest)?;
        Ok(apply(function, argument, self.script))
    }

    fn op(&mut self, op: &Op<'_>) -> Result<Code, Wrong> {
        let signing = self.request.signing;
        Ok(match *op {
            Op::Text(text) => Code::literal(text),
            Op::Credential(name) => {
                let credential = self.script.credential(name, &self.request.ask.credentials);
                let missing = || rt::SignError::MissingCredential { name: name.to_owned() };
                Code::new(credential.ok_or_else(missing)?, Kind::Text)
            }
            Op::Label(name) => {
                let holes = Holes { method: signing.method, labels: signing.labels };
                let label = holes.label(name).and_then(Result::ok);
                Code::literal(&label.ok_or_else(|| unsupported("a label has no value"))?)
            }
            Op::Verb => Code::literal(signing.verb),
            Op::Method => Code::literal(signing.method),
            Op::Nonce => self.nonce(),
            Op::Clock => self.clock(),
            Op::Path if !self.path.is_empty() && self.path == signing.path => {
                Code::new("path", Kind::Text)
            }
            Op::Path => Code::literal(signing.path),
            Op::Body if self.request.is_json() || self.request.ask.gateway.raw_body => {
                Code::new(self.body(), Kind::Text)
            }
            Op::Body => Code::literal(""),
            Op::Value(name) => self.value(name)?,
            Op::Pairs(_) | Op::Open | Op::Close(_) => return Err(no_digest()),
        })
    }

    fn nonce(&mut self) -> Code {
        let mut public = self.request.ask.gateway.public.iter().rev();
        let format = public.find_map(|param| match param.source {
            Source::Nonce(format) => Some(format),
            _ => None,
        });
        match (format, &self.request.ask.overrides.nonce) {
            (Some(format), None) => Code::new(self.script.nonce(format), Kind::Ascii),
            _ => Code::literal(self.request.signing.nonce),
        }
    }

    fn clock(&mut self) -> Code {
        let mut public = self.request.ask.gateway.public.iter().rev();
        let format = public.find_map(|param| match param.source {
            Source::Clock(format) => Some(format),
            _ => None,
        });
        match format {
            Some(format) => Code::new(self.script.clock(format), Kind::Text),
            None => Code::literal(""),
        }
    }

    /// Returns the variable that contains the body as text.
    pub(super) fn body(&mut self) -> String {
        if let Some(name) = &self.body {
            return name.clone();
        }
        let name = self.script.unused("body_text");
        let value = match self.request.group(rt::Location::Body) {
            Some(group) => format!("{}({})", self.script.helper(Helper::ToJson), group.code),
            None => literal::text(self.request.signing.body),
        };
        self.script.lines.push(format!("{name} = {value}"));
        self.body.insert(name).clone()
    }

    /// Returns the value of one parameter.
    fn value(&mut self, name: &str) -> Result<Code, Wrong> {
        let mut public = self.request.ask.gateway.public.iter();
        let declared = public.any(|one| one.name == name && one.source != Source::Signature);
        let quoted = literal::text(name);
        for group in &self.request.groups {
            let is_it = |param: &&Parameter<'_>| {
                param.name == name && (param.role == Role::Public) == declared
            };
            let code = match (group.params.iter().filter(is_it).count(), group.repeats) {
                (0, _) => continue,
                (1, false) => format!("{}[{quoted}]", group.code),
                (1, true) => format!("dict({})[{quoted}]", group.code),
                _ => return Err(unsupported(&format!("`{name}` is sent more than once"))),
            };
            let code = match group.place.in_body() {
                true => format!("{}({code})", self.script.helper(Helper::AsText)),
                false => code,
            };
            return Ok(Code::new(code, Kind::Text));
        }
        Err(rt::SignError::MissingParameter { name: name.to_owned() }.into())
    }
}

fn no_digest() -> Wrong {
    unsupported("its signature has a function without an argument")
}
