//! Creates every Rust identifier of the output.
//!
//! Wire names become snake_case, CamelCase or SCREAMING_CASE; a keyword gets a trailing `_`. No
//! name is changed silently: a collision, a reserved name and a name without a Rust spelling are
//! reported with a way to choose another.

mod reserved;
mod words;

pub(super) use reserved::{
    CLIENT_NAMES, CRATE_MODULES, CREDENTIAL_NAMES, PLATFORM_FACTS, PLATFORM_MODULES,
    PLATFORM_TYPES, PRELUDE, RECORD_NAMES, VARIANTS,
};

use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::source::SourceSpan;
use std::collections::BTreeMap;
use std::fmt;
use words::{capitalised, is_camel, is_keyword, words};

/// A legal Rust identifier in the requested case that is not a keyword.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Ident(String);

impl Ident {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The case of an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// For fields, functions and modules.
    Snake,
    /// For types and variants.
    Camel,
    /// For constants.
    Screaming,
}

impl Case {
    fn describe(self) -> &'static str {
        match self {
            Case::Snake => "snake_case",
            Case::Camel => "CamelCase",
            Case::Screaming => "SCREAMING_CASE",
        }
    }

    fn spell(self, words: &[String]) -> String {
        match self {
            Case::Snake => words.join("_"),
            Case::Screaming => words.join("_").to_ascii_uppercase(),
            Case::Camel => words.iter().map(|word| capitalised(word)).collect(),
        }
    }
}

/// A request for an identifier.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish<'a> {
    /// The name of the item in the spec.
    pub wire: &'a str,
    /// The span of the name in `wire`.
    pub span: SourceSpan,
    /// The value of the key `rust:`, if given.
    pub rust: Option<&'a (String, SourceSpan)>,
    /// The help that says how to choose another name.
    fix: &'static str,
}

impl<'a> Wish<'a> {
    /// The help for all items that can have the key `rust:`.
    pub(super) const RUST_KEY: &'static str = "choose a Rust name with the key `rust: name`";

    fn fix(&self, case: Case) -> String {
        match case {
            _ if self.rust.is_some() => "change the value of `rust`".to_owned(),
            Case::Camel => self.fix.replace("rust: name", "rust: Name"),
            _ => self.fix.to_owned(),
        }
    }

    /// Creates the request for an item that can have the key `rust:`.
    pub(super) fn new(
        wire: &'a str,
        span: SourceSpan,
        rust: Option<&'a (String, SourceSpan)>,
    ) -> Self {
        Self { wire, span, rust, fix: Self::RUST_KEY }
    }

    /// Creates the request for an item that the spec's author names, such as a credential.
    pub(super) fn own(wire: &'a str, span: SourceSpan) -> Self {
        Self { wire, span, rust: None, fix: "rename it: the name is the spec's own choice" }
    }

    /// Treats the chosen name as a wire name, so that it can be converted to another case.
    pub(super) fn chosen(self) -> Self {
        Self { wire: self.source(), span: self.place(), rust: None, ..self }
    }

    fn place(&self) -> SourceSpan {
        self.rust.map_or(self.span, |(_, span)| *span)
    }

    fn source(&self) -> &'a str {
        self.rust.map_or(self.wire, |(name, _)| name)
    }
}

/// The names in one Rust scope, such as the fields of a struct or the items of a module.
#[derive(Debug)]
pub(super) struct Scope {
    what: &'static str,
    reserved: Vec<&'static str>,
    taken: BTreeMap<String, (String, SourceSpan)>,
}

impl Scope {
    /// Creates a scope. Names in `reserved` belong to the client itself. `what` describes the scope
    /// in messages.
    pub(super) fn new(what: &'static str, reserved: &[&'static str]) -> Self {
        Self { what, reserved: reserved.to_vec(), taken: BTreeMap::new() }
    }

    /// Reserves one more name.
    pub(super) fn reserve(&mut self, name: &'static str) {
        self.reserved.push(name);
    }

    /// Names one item. On an error, reports it and returns a placeholder that is never emitted.
    pub(super) fn name(&mut self, wish: Wish<'_>, case: Case, sink: &mut Sink) -> Ident {
        self.affixed("", wish, case, "", sink)
    }

    /// Names one item with a prefix and a suffix: `with_token`, `UnbindResponse`.
    pub(super) fn affixed(
        &mut self,
        before: &str,
        wish: Wish<'_>,
        case: Case,
        after: &str,
        sink: &mut Sink,
    ) -> Ident {
        let named = spelled(wish, case).map(|name| format!("{before}{name}{after}"));
        match named.and_then(|name| self.claim(name, wish, case)) {
            Ok(ident) => ident,
            Err(diagnostic) => {
                sink.report(*diagnostic);
                Ident("unnamed".to_owned())
            }
        }
    }

    /// Marks a name that was created in another scope as taken.
    pub(super) fn occupy(&mut self, ident: &Ident, wish: Wish<'_>) {
        self.taken.insert(ident.0.clone(), (wish.wire.to_owned(), wish.place()));
    }

    fn claim(
        &mut self,
        name: String,
        wish: Wish<'_>,
        case: Case,
    ) -> Result<Ident, Box<Diagnostic>> {
        if self.reserved.contains(&name.as_str()) {
            let message = format!("the {} name `{name}` is reserved for generated code", self.what);
            let reserved = Diagnostic::at(rules::RESERVED_NAME, wish.place(), message)
                .label(becomes(wish.wire, &name))
                .help(wish.fix(case));
            return Err(Box::new(reserved));
        }
        let name = if is_keyword(&name) { format!("{name}_") } else { name };
        if let Some((other, span)) = self.taken.get(&name) {
            let message = format!(
                "`{other}` and `{}` both become the {} name `{name}`",
                wish.wire, self.what
            );
            let collision = Diagnostic::at(rules::NAME_COLLISION, wish.place(), message)
                .label(becomes(wish.wire, &name))
                .also(*span, becomes(other, &name))
                .help(wish.fix(case));
            return Err(Box::new(collision));
        }
        self.taken.insert(name.clone(), (wish.wire.to_owned(), wish.place()));
        Ok(Ident(name))
    }
}

/// Runs `name`, which names one item in several scopes, and reports only its first error.
pub(super) fn one_message<T>(sink: &mut Sink, name: impl FnOnce(&mut Sink) -> T) -> T {
    let mut all = Sink::default();
    let named = name(&mut all);
    if let Some(first) = all.into_sorted().into_iter().next() {
        sink.report(first);
    }
    named
}

/// Returns the identifier of an item that the spec does not name: `DATETIME`, `DATETIME_2`, …
pub(super) fn numbered(name: &str, index: usize) -> Ident {
    if index == 0 { Ident(name.to_owned()) } else { Ident(format!("{name}_{}", index + 1)) }
}

/// Returns a sort key that orders imported names as rustfmt does: underscores first, numbers by
/// value.
pub(crate) fn order(name: &str) -> Vec<(u8, usize, &[u8])> {
    fn class(byte: u8) -> u8 {
        match byte {
            b'_' => 0,
            b'0'..=b'9' => 1,
            _ => 2,
        }
    }
    let mut chunks = Vec::new();
    for chunk in name.as_bytes().chunk_by(|a, b| class(*a) == class(*b)) {
        let class = class(chunk[0]);
        let digits = chunk.iter().skip_while(|digit| **digit == b'0').count();
        chunks.push((class, if class == 1 { digits } else { 0 }, chunk));
    }
    chunks
}

/// The path of the runtime in generated code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RuntimePath {
    /// Whether the path begins with the name of another crate, and not with `crate`.
    pub external: bool,
    /// The segments of the path: `gatespec_runtime`, or the path of a re-export.
    pub segments: Vec<Ident>,
}

impl RuntimePath {
    /// Parses the path of the runtime, such as `gatespec_runtime`, `my_crate::runtime` or
    /// `crate::runtime`.
    pub(crate) fn parse(path: &str, sink: &mut Sink) -> Self {
        let external = path != "crate" && !path.starts_with("crate::");
        let segments: Vec<&str> = path.trim_start_matches("::").split("::").collect();
        let own = |index: usize| index == 0 && !external;
        let legal = |(index, segment): (usize, &&str)| own(index) || !is_keyword(segment);
        if !segments.iter().enumerate().all(legal) {
            let message = format!("`{path}` is not the path of a Rust crate or module");
            sink.report(Diagnostic::new(rules::NOT_AN_IDENTIFIER, message));
        }
        Self {
            external,
            segments: segments.into_iter().map(|name| Ident(name.to_owned())).collect(),
        }
    }
}

/// Returns the label of an item whose name in Rust is `name`.
fn becomes(wire: &str, name: &str) -> String {
    match wire == name {
        true => format!("`{wire}` keeps its name"),
        false => format!("`{wire}` becomes `{name}`"),
    }
}

fn spelled(wish: Wish<'_>, case: Case) -> Result<String, Box<Diagnostic>> {
    let source = wish.source();
    let refuse = |why: String| {
        let message = format!("`{source}` is not a valid Rust name: {why}");
        let label = format!("expected a name in {}", case.describe());
        let diagnostic = Diagnostic::at(rules::NOT_AN_IDENTIFIER, wish.place(), message);
        Box::new(diagnostic.label(label).help(wish.fix(case)))
    };
    let words = words(source).map_err(|why| refuse(why.to_owned()))?;
    let camel = case == Case::Camel && is_camel(source);
    if wish.rust.is_none() {
        let kept = camel && source.contains(|c: char| c.is_ascii_lowercase());
        return Ok(if kept { source.to_owned() } else { case.spell(&words) });
    }
    if let Some(sign) = source.chars().find(|sign| !sign.is_ascii_alphanumeric() && *sign != '_') {
        return Err(refuse(format!("it contains `{sign}`")));
    }
    // A name that the spec chose with the key `rust:` must already have the right case.
    let name = case.spell(&words);
    if camel || name == source {
        return match is_keyword(source) {
            true => Err(refuse("it is a Rust keyword".to_owned())),
            false => Ok(source.to_owned()),
        };
    }
    Err(refuse(format!("in {} it is `{name}`", case.describe())))
}

#[cfg(test)]
mod tests;
