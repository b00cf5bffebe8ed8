//! The grammar of formulas: a hand-written parser over bytes, with one function per rule.

use crate::letters::{ascii, hidden_name, is_hidden};
use crate::source::SourceSpan;
use crate::syntax::Node;

/// The maximum nesting depth of a formula.
const MAX_DEPTH: usize = 32;
/// The maximum length of a formula in bytes. It also limits the number of mutants, each of which
/// costs a signature.
const MAX_BYTES: usize = 4096;

/// A formula as written.
#[derive(Debug)]
pub(super) struct Raw {
    pub(super) kind: RawKind,
    pub(super) span: SourceSpan,
}

#[derive(Debug)]
pub(super) enum RawKind {
    Text(String),
    Number(usize),
    Name(String),
    Call(String, Vec<Raw>),
    /// A list of names: `[name, …]`.
    Names(Vec<(String, SourceSpan)>),
    /// A sum: `a + b`.
    Sum(Vec<Raw>),
    /// A union of sets: `a | b`.
    Union(Vec<Raw>),
}

/// An error and its span.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) message: String,
    pub(super) span: SourceSpan,
    /// Advice on what to write instead.
    pub(super) help: Option<&'static str>,
    /// The opening bracket, if its closing bracket is missing.
    pub(super) opened: Option<SourceSpan>,
}

/// Parses the text of a scalar. Spans come from the scalar's node.
pub(super) fn parse(text: &str, node: &Node) -> Result<Raw, Problem> {
    let mut parser = Parser { text, at: 0, end: 0, node, depth: 0 };
    if text.len() > MAX_BYTES {
        return parser.fail(format!("this formula is too long: the maximum is {MAX_BYTES} bytes"));
    }
    let root = parser.union()?;
    match parser.peek() {
        None => Ok(root),
        Some(',') => parser.fail(
            "unexpected `,`: a comma separates arguments of a function, and `+` joins texts"
                .to_owned(),
        ),
        Some(_) => {
            let found = parser.found();
            parser.fail(format!("expected `+` or the end of the formula, found {found}"))
        }
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    /// The end of the last token. White space after the token is not included.
    end: usize,
    node: &'t Node,
    depth: usize,
}

impl Parser<'_> {
    /// The next character that is not white space. It is not consumed.
    fn peek(&mut self) -> Option<char> {
        let rest = &self.text[self.at..];
        // Other white space is an error, since readers could not see it in the formula.
        self.at += rest.len() - rest.trim_start_matches([' ', '\n', '\t', '\r']).len();
        self.text[self.at..].chars().next()
    }

    fn advance(&mut self, bytes: usize) {
        self.at += bytes;
        self.end = self.at;
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.advance(wanted.len_utf8());
        }
        found
    }

    /// Consumes the bracket that closes the one at `open`, or fails.
    fn expect(&mut self, wanted: char, after: &str, open: usize) -> Result<(), Problem> {
        if self.eat(wanted) {
            return Ok(());
        }
        let found = self.found();
        let problem = self.fail(format!("expected `,` or `{wanted}` in {after}, found {found}"));
        self.opened(problem, open)
    }

    fn opened<T>(&self, problem: Result<T, Problem>, open: usize) -> Result<T, Problem> {
        let opened = Some(self.node.part(open, open + 1));
        problem.map_err(|problem| Problem { opened, ..problem })
    }

    fn found(&mut self) -> String {
        match self.peek() {
            None => "the end of the formula".to_owned(),
            Some(found) if is_hidden(found) => hidden_name(found),
            Some(found) => match ascii(found) {
                None => format!("`{found}`"),
                Some(ascii) => {
                    format!("the full-width `{found}`; formulas are in ASCII: `{ascii}`")
                }
            },
        }
    }

    fn fail<T>(&self, message: String) -> Result<T, Problem> {
        let letter = self.text[self.at..].chars().next();
        let end = self.at + letter.map_or(0, char::len_utf8);
        let before = self.text[..self.at].trim_end();
        let help = match letter {
            Some('.' | '&' | ';') => Some("join texts with `+`"),
            Some('|') if before.ends_with('|') => Some("join sets with a single `|`"),
            Some('\'') => Some("put texts in double quotes: `\"…\"`"),
            Some('{') => Some("put templates in quotes: `pairs(all, \"{name}={value}\", \"&\")`"),
            Some(letter) if is_hidden(letter) => Some("replace it with a space, or delete it"),
            _ => None,
        };
        Err(Problem { message, span: self.node.part(self.at, end), help, opened: None })
    }

    fn span_from(&self, start: usize) -> SourceSpan {
        self.node.part(start, self.end)
    }

    fn union(&mut self) -> Result<Raw, Problem> {
        self.operands('|', Self::sum, RawKind::Union)
    }

    fn sum(&mut self) -> Result<Raw, Problem> {
        self.operands('+', Self::item, RawKind::Sum)
    }

    fn operands(
        &mut self,
        operator: char,
        operand: fn(&mut Self) -> Result<Raw, Problem>,
        make: fn(Vec<Raw>) -> RawKind,
    ) -> Result<Raw, Problem> {
        self.peek();
        let start = self.at;
        let first = operand(self)?;
        if self.peek() != Some(operator) {
            return Ok(first);
        }
        let mut operands = vec![first];
        while self.eat(operator) {
            operands.push(operand(self)?);
        }
        Ok(Raw { kind: make(operands), span: self.span_from(start) })
    }

    fn item(&mut self) -> Result<Raw, Problem> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return self.fail(format!(
                "this formula is nested too deeply: the maximum is {MAX_DEPTH} levels"
            ));
        }
        let first = self.peek();
        let start = self.at;
        let kind = match first {
            Some('"') => RawKind::Text(self.quoted()?),
            Some('[') => self.names()?,
            Some('(') => {
                self.advance(1);
                let inner = self.union()?;
                if !self.eat(')') {
                    let found = self.found();
                    let problem = self.fail(format!("expected `)` after the group, found {found}"));
                    return self.opened(problem, start);
                }
                inner.kind
            }
            Some(digit) if digit.is_ascii_digit() => self.number()?,
            Some(letter) if is_name(letter) => self.name_or_call()?,
            _ => {
                let found = self.found();
                return self.fail(format!(
                    "expected a text in quotes, a name or a function, found {found}"
                ));
            }
        };
        self.depth -= 1;
        Ok(Raw { kind, span: self.span_from(start) })
    }

    fn name(&mut self) -> String {
        let rest = &self.text[self.at..];
        let length = rest.find(|letter| !is_name(letter)).unwrap_or(rest.len());
        let name = rest[..length].to_owned();
        self.advance(length);
        name
    }

    fn name_or_call(&mut self) -> Result<RawKind, Problem> {
        let name = self.name();
        self.peek();
        let open = self.at;
        if !self.eat('(') {
            return Ok(RawKind::Name(name));
        }
        let mut arguments = Vec::new();
        if !self.eat(')') {
            loop {
                arguments.push(self.union()?);
                if !self.eat(',') {
                    break;
                }
            }
            self.expect(')', &format!("the arguments of `{name}`"), open)?;
        }
        Ok(RawKind::Call(name, arguments))
    }

    fn names(&mut self) -> Result<RawKind, Problem> {
        let open = self.at;
        self.advance(1);
        let mut names = Vec::new();
        while !self.eat(']') {
            let first = self.peek();
            let start = self.at;
            let name = match first {
                Some('"') => self.quoted()?,
                Some(letter) if is_name(letter) => self.name(),
                _ => {
                    let found = self.found();
                    return self
                        .fail(format!("expected a parameter's name in `[…]`, found {found}"));
                }
            };
            names.push((name, self.span_from(start)));
            if !self.eat(',') {
                self.expect(']', "the list of names", open)?;
                break;
            }
        }
        Ok(RawKind::Names(names))
    }

    fn number(&mut self) -> Result<RawKind, Problem> {
        let digits = self.name();
        match digits.parse() {
            Ok(number) => Ok(RawKind::Number(number)),
            Err(_) => self.fail(format!(
                "`{digits}` is neither a number nor a name; if a name begins with a digit, quote it"
            )),
        }
    }

    fn quoted(&mut self) -> Result<String, Problem> {
        let start = self.at;
        self.at += 1;
        let mut text = String::new();
        let mut letters = self.text[self.at..].char_indices();
        while let Some((offset, letter)) = letters.next() {
            let escape = match letter {
                '"' => {
                    self.advance(offset + 1);
                    return Ok(text);
                }
                '\\' => letters.next().map(|(_, letter)| letter),
                _ => {
                    text.push(letter);
                    continue;
                }
            };
            text.push(match escape {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                Some(same @ ('"' | '\\')) => same,
                _ => {
                    self.at += offset;
                    return self.fail(
                        "unknown escape: the escapes are \\n \\t \\r \\\" and \\\\".to_owned(),
                    );
                }
            });
        }
        self.at = start;
        self.fail("this text has no closing quote".to_owned())
    }
}

fn is_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$' | '@' | '-' | '.')
}
