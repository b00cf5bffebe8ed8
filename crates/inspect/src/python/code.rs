//! Expressions of Python.

use super::literal;
use super::script::{Helper, Script};
use gatespec_protocol::Function;

/// The length from which an argument becomes a variable.
const LONG: usize = 32;

/// The type of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A `str` of ASCII characters.
    Ascii,
    /// A `str`.
    Text,
    /// `bytes`.
    Bytes,
}

/// The form of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shape {
    /// A literal, a name, or a call.
    Single,
    /// These operands, joined by `+`.
    Sum(Vec<String>),
    /// These items, joined by a separator.
    Join(String, Vec<String>),
}

/// An expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Code {
    pub(super) text: String,
    pub(super) kind: Kind,
    shape: Shape,
}

impl Code {
    pub(super) fn new(text: impl Into<String>, kind: Kind) -> Self {
        Self { text: text.into(), kind, shape: Shape::Single }
    }

    /// A string literal.
    pub(super) fn literal(text: &str) -> Self {
        let kind = if text.is_ascii() { Kind::Ascii } else { Kind::Text };
        Self::new(literal::text(text), kind)
    }

    /// Whether the expression is the empty string.
    pub(super) fn is_empty(&self) -> bool {
        self.text == "\"\""
    }

    /// Whether the expression is a name or a literal.
    fn is_simple(&self) -> bool {
        let name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        self.shape == Shape::Single && (self.text.chars().all(name) || self.text.starts_with('"'))
    }

    /// The expression, so that a method can be called on it.
    fn operand(&self) -> String {
        match self.shape {
            Shape::Sum(_) => format!("({})", self.text),
            _ => self.text.clone(),
        }
    }

    /// The expression as `bytes`.
    pub(super) fn bytes(&self) -> String {
        match self.kind {
            Kind::Bytes => self.text.clone(),
            _ => format!("{}.encode()", self.operand()),
        }
    }

    /// The expression as `str`.
    pub(super) fn string(&self) -> String {
        match self.kind {
            Kind::Bytes => format!("{}.decode()", self.operand()),
            _ => self.text.clone(),
        }
    }

    /// Returns expressions as operands of one type, and this type.
    fn alike(items: &[Code]) -> (Vec<String>, Kind) {
        let kind = |kind| items.iter().any(|item| item.kind == kind);
        let kind = match (kind(Kind::Bytes), kind(Kind::Text)) {
            (true, _) => Kind::Bytes,
            (false, true) => Kind::Text,
            (false, false) => Kind::Ascii,
        };
        let text = |item: &Code| match kind {
            Kind::Bytes => item.bytes(),
            _ => item.text.clone(),
        };
        (items.iter().map(text).collect(), kind)
    }

    /// Concatenates expressions.
    pub(super) fn sum(items: Vec<Code>) -> Code {
        let mut items: Vec<_> = items.into_iter().filter(|item| !item.is_empty()).collect();
        match items.len() {
            0 => Code::literal(""),
            1 => items.remove(0),
            _ => {
                let (items, kind) = Code::alike(&items);
                Code { text: items.join(" + "), kind, shape: Shape::Sum(items) }
            }
        }
    }

    /// Joins expressions with a separator.
    pub(super) fn join(separator: &str, items: &[Code]) -> Code {
        let (items, kind) = Code::alike(items);
        let prefix = if kind == Kind::Bytes { "b" } else { "" };
        let before = format!("{prefix}{}.join", literal::text(separator));
        let kind = if kind == Kind::Ascii && !separator.is_ascii() { Kind::Text } else { kind };
        Code {
            text: format!("{before}([{}])", items.join(", ")),
            kind,
            shape: Shape::Join(before, items),
        }
    }

    /// Returns the statement that assigns the expression to a variable.
    pub(super) fn assigned(&self, name: &str) -> String {
        let before = name.chars().count() + 3;
        let value = match &self.shape {
            Shape::Single => self.text.clone(),
            Shape::Sum(items) => literal::sum(items, before),
            Shape::Join(join, items) => {
                let before = before + join.chars().count();
                format!("{join}{}", literal::bracketed(["([", "])"], items, before, 0))
            }
        };
        format!("{name} = {value}")
    }
}

/// Applies a function that is not a digest.
pub(super) fn apply(function: Function, code: &Code, script: &mut Script) -> Code {
    let text = &code.text;
    match function {
        Function::Rfc3986 | Function::Form => {
            let helper = match function {
                Function::Rfc3986 => Helper::Rfc3986,
                _ => Helper::FormEncoded,
            };
            match code.is_empty() {
                true => code.clone(),
                false => Code::new(format!("{}({text})", script.helper(helper)), Kind::Ascii),
            }
        }
        Function::Lower | Function::Upper => {
            let method = if function == Function::Lower { "lower" } else { "upper" };
            let operand = code.operand();
            // The methods of `bytes` change only ASCII letters.
            match code.kind {
                Kind::Text => {
                    Code::new(format!("{operand}.encode().{method}().decode()"), code.kind)
                }
                kind => Code::new(format!("{operand}.{method}()"), kind),
            }
        }
        Function::First(length) => match code.kind {
            Kind::Ascii => Code::new(format!("{}[:{length}]", code.operand()), Kind::Ascii),
            _ => Code::new(format!("{}[:{length}]", code.bytes()), Kind::Bytes),
        },
        Function::Base64 => {
            script.imports.insert("base64");
            let mut bytes = code.bytes();
            if bytes.len() > LONG {
                let name = script.unused("digest");
                script.lines.push(format!("{name} = {bytes}"));
                bytes = name;
            }
            Code::new(format!("base64.b64encode({bytes}).decode()"), Kind::Ascii)
        }
        Function::UpperHex => Code::new(format!("{}.hex().upper()", code.bytes()), Kind::Ascii),
        _ => Code::new(format!("{}.hex()", code.bytes()), Kind::Ascii),
    }
}

/// Returns the object that computes a digest, if `function` is one. The text that is digested is a
/// variable, so that the program can print it.
pub(super) fn digest(
    function: Function,
    arguments: &[Code],
    script: &mut Script,
) -> Option<String> {
    let hash = match function {
        Function::Md5 | Function::HmacMd5 => "md5",
        Function::Sha1 | Function::HmacSha1 => "sha1",
        Function::Sha256 | Function::HmacSha256 => "sha256",
        _ => return None,
    };
    script.imports.insert("hashlib");
    let message = arguments.last()?;
    let message = match message.is_simple() {
        true => message.clone(),
        false => {
            let name = script.unused("text");
            script.lines.push(message.assigned(&name));
            Code::new(name, message.kind)
        }
    };
    let object = match arguments {
        [key, _] => {
            script.imports.insert("hmac");
            format!("hmac.new({}, {}, hashlib.{hash})", key.bytes(), message.bytes())
        }
        _ => return Some(format!("hashlib.{hash}({})", message.bytes())),
    };
    let name = script.unused("mac");
    script.lines.push(format!("{name} = {object}"));
    Some(name)
}
