//! An item as one long line, with the position of each token: the input of line breaking.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use std::ops::Range;

/// One item as one line.
#[derive(Debug, Default)]
pub(super) struct Flat {
    /// The line, without the commas before closing delimiters.
    pub(super) text: String,
    pub(super) tokens: Vec<Token>,
}

/// One token of a line. The type is kept small because a run creates millions of tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    start: u32,
    end: u32,
    partner: u32,
    pub(super) kind: TokenKind,
    /// Whether a comma precedes this closing delimiter in the emitted tokens.
    pub(super) comma: bool,
}

impl Token {
    /// The offset of the first byte.
    pub(super) fn start(self) -> usize {
        self.start as usize
    }

    /// The offset after the last byte.
    pub(super) fn end(self) -> usize {
        self.end as usize
    }

    /// The index of the matching delimiter; 0 if the token is not a delimiter.
    pub(super) fn partner(self) -> usize {
        self.partner as usize
    }
}

/// The kind of a token, as far as spaces and line breaks depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// `name`
    Name,
    /// A keyword that is followed by a space.
    Keyword,
    /// A keyword that begins a block: `fn`, `impl`, `struct`, …
    Head,
    /// A literal or a lifetime.
    Literal,
    /// A line of documentation, without the slashes.
    Doc,
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// `:`
    Colon,
    /// `.`
    Dot,
    /// `::`
    Path,
    /// `=`, `=>`, `->`, `+`: spaces on both sides.
    Infix,
    /// `&`, `*`, `!`, `-`, `..`: no space follows.
    Prefix,
    /// `#`
    Hash,
    /// `!` after a macro's name.
    Bang,
    /// `<`
    Less,
    /// `>`
    Greater,
    /// `(`
    Open,
    /// `[`
    OpenList,
    /// `{`
    OpenBrace,
    /// `{` of a `use`.
    OpenTight,
    /// `)` or `]`
    Close,
    /// `}`
    CloseBrace,
    /// `}` of a `use`.
    CloseTight,
}

impl Flat {
    /// Flattens the tokens of one item, replacing the previous content.
    pub(super) fn fill(&mut self, stream: TokenStream) {
        self.text.clear();
        self.tokens.clear();
        self.stream(stream);
    }

    /// Returns the index of the token after this one, or after the list that this token opens.
    pub(super) fn after(&self, at: usize) -> usize {
        at.max(self.tokens[at].partner()) + 1
    }

    pub(super) fn slice(&self, range: Range<usize>) -> &[Token] {
        &self.tokens[range]
    }

    /// Returns the text of a range of tokens.
    pub(super) fn text(&self, range: Range<usize>) -> &str {
        match self.slice(range) {
            [] => "",
            [first, .., last] => &self.text[first.start()..last.end()],
            [only] => &self.text[only.start()..only.end()],
        }
    }

    /// Appends a stream without its trailing comma. Returns whether the stream has one.
    fn stream(&mut self, stream: TokenStream) -> bool {
        let mut trees = stream.into_iter().peekable();
        while let Some(tree) = trees.next() {
            match tree {
                TokenTree::Ident(ident) => self.word(&ident.to_string()),
                TokenTree::Literal(literal) => self.push(TokenKind::Literal, &literal.to_string()),
                TokenTree::Group(group) => self.group(group.delimiter(), group.stream()),
                TokenTree::Punct(punct) => {
                    let next = match trees.peek() {
                        Some(TokenTree::Punct(next)) if punct.spacing() == Spacing::Joint => {
                            Some(next.as_char())
                        }
                        _ => None,
                    };
                    match (punct.as_char(), next, trees.peek()) {
                        (':', Some(':'), _) => self.pair(TokenKind::Path, "::", &mut trees),
                        ('-', Some('>'), _) => self.pair(TokenKind::Infix, "->", &mut trees),
                        ('=', Some('>'), _) => self.pair(TokenKind::Infix, "=>", &mut trees),
                        ('.', Some('.'), _) => self.pair(TokenKind::Prefix, "..", &mut trees),
                        ('\'', _, Some(TokenTree::Ident(name))) => {
                            self.push(TokenKind::Literal, &format!("'{name}"));
                            trees.next();
                        }
                        ('#', _, Some(TokenTree::Group(group))) => match doc(group.stream()) {
                            Some(text) => {
                                self.push(TokenKind::Doc, &text);
                                trees.next();
                            }
                            None => self.push(TokenKind::Hash, "#"),
                        },
                        (',', _, None) => return true,
                        (c, ..) => self.punct(c),
                    }
                }
            }
        }
        false
    }

    fn pair(&mut self, kind: TokenKind, text: &str, trees: &mut impl Iterator) {
        trees.next();
        self.push(kind, text);
    }

    fn punct(&mut self, c: char) {
        let kind = match c {
            ',' => TokenKind::Comma,
            ';' => TokenKind::Semicolon,
            ':' => TokenKind::Colon,
            '.' => TokenKind::Dot,
            '<' => TokenKind::Less,
            '>' => TokenKind::Greater,
            '!' if self.last() == Some(TokenKind::Name) => TokenKind::Bang,
            '&' | '*' | '!' | '-' => TokenKind::Prefix,
            _ => TokenKind::Infix,
        };
        self.push(kind, c.encode_utf8(&mut [0; 4]));
    }

    fn word(&mut self, word: &str) {
        let kind = match word {
            "fn" | "impl" | "struct" | "enum" | "mod" => TokenKind::Head,
            "as" | "async" | "const" | "dyn" | "for" | "in" | "let" | "mut" | "pub" | "static"
            | "type" | "use" | "where" => TokenKind::Keyword,
            _ => TokenKind::Name,
        };
        self.push(kind, word);
    }

    fn group(&mut self, delimiter: Delimiter, stream: TokenStream) {
        let tight = self.last() == Some(TokenKind::Path);
        let (open, close, text) = match delimiter {
            Delimiter::Parenthesis => (TokenKind::Open, TokenKind::Close, ["(", ")"]),
            Delimiter::Bracket => (TokenKind::OpenList, TokenKind::Close, ["[", "]"]),
            Delimiter::Brace if tight => (TokenKind::OpenTight, TokenKind::CloseTight, ["{", "}"]),
            Delimiter::Brace => (TokenKind::OpenBrace, TokenKind::CloseBrace, ["{", "}"]),
            Delimiter::None => {
                self.stream(stream);
                return;
            }
        };
        self.push(open, text[0]);
        let opened = self.tokens.len() - 1;
        let comma = self.stream(stream);
        self.push(close, text[1]);
        let closed = self.tokens.len() - 1;
        self.tokens[opened].partner = closed as u32;
        self.tokens[closed].partner = opened as u32;
        self.tokens[closed].comma = comma;
    }

    fn last(&self) -> Option<TokenKind> {
        self.tokens.last().map(|token| token.kind)
    }

    fn push(&mut self, kind: TokenKind, text: &str) {
        if self.last().is_some_and(|last| space(last, kind)) {
            self.text.push(' ');
        }
        let start = self.text.len() as u32;
        self.text.push_str(text);
        let end = self.text.len() as u32;
        self.tokens.push(Token { start, end, kind, partner: 0, comma: false });
    }
}

/// Returns the text of the attribute `doc = "text"`, or `None` for any other attribute.
fn doc(attribute: TokenStream) -> Option<String> {
    let mut trees = attribute.into_iter();
    match (trees.next(), trees.next(), trees.next()) {
        (Some(TokenTree::Ident(name)), Some(_), Some(TokenTree::Literal(literal)))
            if name == "doc" =>
        {
            let quoted = literal.to_string();
            // Unescaping is slow, and few lines need it.
            let plain = quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
            if let Some(plain) = plain.filter(|text| !text.contains('\\')) {
                return Some(plain.to_owned());
            }
            match syn::Lit::new(literal) {
                syn::Lit::Str(text) => Some(text.value()),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether a space separates two tokens.
fn space(last: TokenKind, next: TokenKind) -> bool {
    use TokenKind::{
        Bang, Close, CloseBrace, CloseTight, Colon, Comma, Dot, Greater, Hash, Infix, Keyword,
        Less, Literal, Name, Open, OpenBrace, OpenList, OpenTight, Path, Prefix, Semicolon,
    };
    let tight = matches!(last, Open | OpenList | OpenTight | Path | Dot | Prefix | Less | Hash);
    match next {
        Comma | Semicolon | Colon | Dot | Close | CloseTight | Greater | Bang => false,
        // A space precedes the `<` of a qualified path (`<A as B>::C`), not that of generic
        // arguments.
        Less => matches!(last, Comma | Semicolon | Colon | Infix | OpenBrace),
        CloseBrace => last != OpenBrace,
        Infix => true,
        OpenBrace => !tight,
        Path => {
            matches!(last, Keyword | Comma | Colon | Infix | Literal | TokenKind::Head)
        }
        Open => !tight && !matches!(last, Name | Greater | Close | Bang | Keyword),
        OpenList => !tight && !matches!(last, Name | Greater | Close | Bang),
        OpenTight => false,
        _ => !tight,
    }
}
