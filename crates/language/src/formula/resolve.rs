//! Resolves the names in a formula, and checks the types of its parts.

use super::pairs::{SETS, pairs, set_outside_pairs};
use super::parse::{self, Raw, RawKind};
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::keep;
use crate::model::{Expr, ExprKind, Formula};
use crate::source::SourceSpan;
use crate::suggest::list;
use crate::synonyms;
use crate::syntax::{Node, NodeKind};
use crate::unsaid::unsaid;
use gatespec_protocol::{Function, Op, Recipe};

/// The names that a formula can use.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    /// Names of credentials.
    pub credentials: Vec<&'static str>,
    /// Names of labels.
    pub labels: Vec<&'static str>,
    /// Names of public parameters and of the carrier.
    pub public: Vec<&'static str>,
    /// Whether credentials or labels could not be read. If so, an unknown name may be one of them.
    pub unread: bool,
    /// Whether public parameters could not be read. If so, an unknown name may be one of them.
    pub unread_public: bool,
}

/// The required type of a formula's result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Want {
    /// Text, for a signature or a parameter.
    Text,
    /// Bytes, for a key. A text is accepted as its bytes.
    Bytes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Text,
    Bytes,
}

/// The names of the values of a request that a formula can use outside `pairs`.
pub(crate) const ATOMS: [(&str, Op<'static>); 6] = [
    ("verb", Op::Verb),
    ("method", Op::Method),
    ("nonce", Op::Nonce),
    ("path", Op::Path),
    ("body", Op::Body),
    ("clock", Op::Clock),
];

/// The maximum number of bytes that `first` takes.
const LONGEST: usize = 4096;

const SPECIAL: [&str; 6] = ["first", "join", "pairs", "value", "nonempty", "except"];

/// Parses a formula and checks its types. Returns `None` after reporting an error.
pub(crate) fn formula(node: &Node, names: &Names, want: Want, sink: &mut Sink) -> Option<Formula> {
    let NodeKind::Text { text, .. } = &node.kind else {
        let help = match node.kind {
            NodeKind::Broken => return None,
            NodeKind::Null => "write what the platform signs: `hex(md5(pairs(all) + secret))`",
            _ => {
                "put a formula with `, ` inside `{ }` in quotes, or in a block of its own under `>-`"
            }
        };
        let message = format!("expected a formula, found {}", node.describe());
        sink.report(Diagnostic::at(rules::WRONG_KIND, node.span, message).help(help));
        return None;
    };
    let raw = match parse::parse(text.trim_end(), node) {
        Ok(raw) => raw,
        Err(problem) => {
            let diagnostic = Diagnostic::at(rules::FORMULA_SYNTAX, problem.span, problem.message);
            let diagnostic = problem.help.into_iter().fold(diagnostic, Diagnostic::help);
            let opened = problem.opened.into_iter();
            sink.report(
                opened.fold(diagnostic, |diagnostic, at| diagnostic.also(at, "opened here")),
            );
            return None;
        }
    };
    let mut resolver = Resolver { names, sink, failed: false };
    let root = resolver.text_or_bytes(&raw, want)?;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let recipe = Recipe(keep::list(root.program()));
    (!resolver.failed).then_some(Formula { text, span: node.span, root, recipe })
}

struct Resolver<'a> {
    names: &'a Names,
    sink: &'a mut Sink,
    failed: bool,
}

impl Resolver<'_> {
    fn fail<T>(&mut self, diagnostic: Diagnostic) -> Option<T> {
        self.failed = true;
        self.sink.report(diagnostic);
        None
    }

    fn type_error<T>(&mut self, span: SourceSpan, message: impl Into<String>) -> Option<T> {
        self.fail(Diagnostic::at(rules::FORMULA_TYPE, span, message))
    }

    fn text_or_bytes(&mut self, raw: &Raw, want: Want) -> Option<Expr> {
        match want {
            Want::Text => self.text(raw),
            Want::Bytes => self.expr(raw).map(|(expr, _)| expr),
        }
    }

    /// Resolves an expression, which must be a text.
    fn text(&mut self, raw: &Raw) -> Option<Expr> {
        let (expr, found) = self.expr(raw)?;
        if found == Type::Text {
            return Some(expr);
        }
        self.fail(
            Diagnostic::at(rules::FORMULA_TYPE, raw.span, "expected a text, found bytes")
                .help("encode a digest with `hex(…)`, `HEX(…)` or `base64(…)`"),
        )
    }

    fn expr(&mut self, raw: &Raw) -> Option<(Expr, Type)> {
        let (kind, found) = match &raw.kind {
            RawKind::Text(text) => (ExprKind::Op(Op::Text(keep::text(text))), Type::Text),
            RawKind::Name(name) => (ExprKind::Op(self.atom(name, raw.span)?), Type::Text),
            RawKind::Sum(items) => {
                let items: Vec<_> = items.iter().map(|item| self.text(item)).collect();
                (ExprKind::Sum(items.into_iter().collect::<Option<_>>()?), Type::Text)
            }
            RawKind::Call(name, arguments) => self.call(name, arguments, raw.span)?,
            RawKind::Number(number) => {
                let message = format!("expected a text, found the number {number}");
                return self.fail(
                    Diagnostic::at(rules::FORMULA_TYPE, raw.span, message)
                        .help(format!("if you mean these characters, write \"{number}\"")),
                );
            }
            RawKind::Names(_) | RawKind::Union(_) => {
                return self.fail(set_outside_pairs(raw.span));
            }
        };
        Some((Expr { kind, span: raw.span }, found))
    }

    fn atom(&mut self, name: &str, span: SourceSpan) -> Option<Op<'static>> {
        if let Some((_, atom)) = ATOMS.iter().find(|(atom, _)| *atom == name) {
            return Some(*atom);
        }
        if self.names.credentials.contains(&name) {
            return Some(Op::Credential(keep::text(name)));
        }
        if self.names.labels.contains(&name) {
            return Some(Op::Label(keep::text(name)));
        }
        if SETS.iter().any(|(known, _)| *known == name) {
            return self.fail(set_outside_pairs(span));
        }
        self.failed = true;
        if self.names.unread {
            return None;
        }
        let known = ATOMS.iter().map(|(atom, _)| *atom);
        let ours = self.names.credentials.iter().chain(&self.names.labels).copied();
        let message = format!("unknown name `{name}` in a formula");
        let diagnostic = Diagnostic::at(rules::UNKNOWN_NAME, span, message);
        let diagnostic = self.sink.advised(diagnostic, name, known.chain(ours), |_| {
            if self.names.public.contains(&name) {
                format!("for a parameter's value, write `value({name})`; for its pair, `pairs([{name}])`")
            } else {
                format!("if you mean these characters, write \"{name}\"")
            }
        });
        self.fail(diagnostic)
    }

    fn call(
        &mut self,
        name: &str,
        arguments: &[Raw],
        span: SourceSpan,
    ) -> Option<(ExprKind, Type)> {
        if let Some(function) = Function::named(name) {
            return self.function(function, name, arguments, span);
        }
        match (name, arguments) {
            ("first", [_, Raw { kind: RawKind::Number(count), span }]) if *count > LONGEST => {
                let message = format!("no secret is {count} bytes long");
                let help = "write how many bytes to take from the beginning: `first(secret, 16)`";
                self.fail(Diagnostic::at(rules::FORMULA_TYPE, *span, message).help(help))
            }
            ("first", [text, Raw { kind: RawKind::Number(count), .. }]) => {
                let text = self.text(text)?;
                Some((ExprKind::Call(Function::First(*count), vec![text]), Type::Bytes))
            }
            ("join", [Raw { kind: RawKind::Text(separator), .. }, items @ ..]) => {
                let items: Vec<_> = items.iter().map(|item| self.text(item)).collect();
                let items = items.into_iter().collect::<Option<_>>()?;
                Some((ExprKind::Join(keep::text(separator), items), Type::Text))
            }
            ("pairs", [set, rest @ ..]) if rest.len() <= 2 => match pairs(set, rest) {
                Ok(pairs) => Some((pairs, Type::Text)),
                Err(diagnostic) => self.fail(*diagnostic),
            },
            ("value", [Raw { kind: RawKind::Name(name) | RawKind::Text(name), span }]) => {
                self.public(name, *span)?;
                Some((ExprKind::Op(Op::Value(keep::text(name))), Type::Text))
            }
            ("first", _) => self.type_error(span, "`first` takes a text and a number of bytes"),
            ("join", _) => self.type_error(span, "`join` takes a separator in quotes, then texts"),
            ("pairs", _) => self
                .type_error(span, "`pairs` takes a set, then a template and a separator in quotes"),
            ("value", _) => self.type_error(span, "`value` takes the name of one parameter"),
            ("nonempty" | "except", _) => self.type_error(
                span,
                format!("`{name}` returns a set, which is allowed only in `pairs(…)`"),
            ),
            _ => self.unknown_function(name, span),
        }
    }

    fn unknown_function<T>(&mut self, name: &str, span: SourceSpan) -> Option<T> {
        let known = Function::NAMED.iter().map(|(known, _)| *known).chain(SPECIAL);
        let advice =
            self.sink.advice(name, known, |known| format!("the functions are {}", list(known)));
        let known = synonyms::function(name).or_else(|| unsaid("function", name));
        let advice = known.map_or(advice, str::to_owned);
        let message = format!("there is no function `{name}`");
        let span = span.part(0, name.len());
        self.fail(Diagnostic::at(rules::UNKNOWN_NAME, span, message).help(advice))
    }

    fn function(
        &mut self,
        function: Function,
        name: &str,
        arguments: &[Raw],
        span: SourceSpan,
    ) -> Option<(ExprKind, Type)> {
        let keyed = function.is_hmac();
        let wanted = if keyed { 2 } else { 1 };
        if arguments.len() != wanted {
            let takes = if keyed { "two arguments, a key and a message" } else { "one argument" };
            let (count, verb) =
                (arguments.len(), if arguments.len() == 1 { "was" } else { "were" });
            let message = format!("`{name}` takes {takes}, but {count} {verb} given");
            return self.type_error(span, message);
        }
        let of_text = function.is_encoder();
        let want = if of_text { Want::Text } else { Want::Bytes };
        let arguments: Vec<_> =
            arguments.iter().map(|argument| self.text_or_bytes(argument, want)).collect();
        let arguments = arguments.into_iter().collect::<Option<_>>()?;
        let writes = matches!(function, Function::Hex | Function::UpperHex | Function::Base64);
        let yields = if of_text || writes { Type::Text } else { Type::Bytes };
        Some((ExprKind::Call(function, arguments), yields))
    }

    fn public(&mut self, name: &str, span: SourceSpan) -> Option<()> {
        if self.names.public.contains(&name) {
            return Some(());
        }
        self.failed = true;
        if self.names.unread_public {
            return None;
        }
        let known = self.names.public.iter().copied();
        self.sink.unknown_name("public parameter", name, span, known);
        None
    }
}
