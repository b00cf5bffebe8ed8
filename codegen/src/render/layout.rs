//! Line breaks: an item that fits stays on one line; otherwise its outermost list is broken.

use super::flat::{Flat, Token, TokenKind};
use std::ops::Range;

/// The maximum width of a line, in columns.
const PAGE: usize = 100;
const STEP: usize = 4;
/// The maximum length of a literal that may share its line with other literals, in bytes.
const SHORT: usize = 10;

/// Appends an item to a file.
pub(super) fn print(flat: &Flat, out: &mut String) {
    let mut layout = Layout { flat, out, in_macro: false };
    layout.elements(0..flat.tokens.len(), 0, false);
}

struct Layout<'f, 'o> {
    flat: &'f Flat,
    out: &'o mut String,
    /// Whether the position is inside the braces of a macro call. The macro's pattern decides where
    /// a comma is allowed, so no list in the call gets a comma that was not emitted.
    in_macro: bool,
}

/// One field, statement or item, with its documentation and attributes.
struct Element {
    /// The whole element.
    range: Range<usize>,
    /// The first token after the documentation and the attributes.
    body: usize,
    /// The `{` of a body that is laid out on lines of its own.
    block: Option<usize>,
}

impl<'f> Layout<'f, '_> {
    /// Prints each element on its own lines. `comma` says whether a comma follows the last element.
    fn elements(&mut self, range: Range<usize>, indent: usize, comma: bool) {
        let mut at = range.start;
        let mut after_block = false;
        while at < range.end {
            let element = self.element(at..range.end);
            if after_block && element.block.is_some() {
                self.out.push('\n');
            }
            after_block = element.block.is_some();
            at = element.range.end;
            self.front(element.range.start..element.body, indent);
            self.margin(indent);
            // No comma may follow the base of a struct literal (`..base`).
            let based = self.flat.text(element.range.clone()).starts_with("..");
            let added = comma && at == range.end && !based;
            self.body(&element, indent, added.into());
            if added {
                self.out.push(',');
            }
            self.out.push('\n');
        }
    }

    /// Returns the first element of a range: up to its comma or semicolon, or to the end of its
    /// block.
    fn element(&self, range: Range<usize>) -> Element {
        let body = self.skip_front(range.clone());
        let mut head = false;
        let mut value = false;
        let mut nested = 0;
        let mut at = body;
        while at < range.end {
            let token = self.flat.tokens[at];
            match token.kind {
                TokenKind::Less => nested += 1,
                TokenKind::Greater => nested -= 1,
                TokenKind::Comma | TokenKind::Semicolon if nested == 0 => {
                    return Element { range: range.start..at + 1, body, block: None };
                }
                TokenKind::Head | TokenKind::Bang => head = true,
                TokenKind::Infix if self.flat.text(at..at + 1) == "=" => value = true,
                TokenKind::OpenBrace if head && !value => {
                    return self.block(range, body, at);
                }
                _ => {}
            }
            at = self.flat.after(at);
        }
        Element { range, body, block: None }
    }

    fn block(&self, range: Range<usize>, body: usize, open: usize) -> Element {
        let close = self.flat.tokens[open].partner();
        let after = self.flat.tokens.get(close + 1).filter(|_| close + 1 < range.end);
        let ended = after
            .is_some_and(|token| matches!(token.kind, TokenKind::Comma | TokenKind::Semicolon));
        let end = if ended { close + 2 } else { close + 1 };
        Element { range: range.start..end, body, block: Some(open) }
    }

    fn skip_front(&self, range: Range<usize>) -> usize {
        let mut at = range.start;
        while at < range.end {
            match self.flat.tokens[at].kind {
                TokenKind::Doc => at += 1,
                TokenKind::Hash => at = self.flat.after(at + 1),
                _ => break,
            }
        }
        at
    }

    /// Prints documentation and attributes, one per line.
    fn front(&mut self, range: Range<usize>, indent: usize) {
        let mut at = range.start;
        while at < range.end {
            let token = self.flat.tokens[at];
            self.margin(indent);
            if token.kind == TokenKind::Doc {
                self.out.push_str("///");
                self.copy(at..at + 1);
                at += 1;
            } else {
                let end = self.flat.after(at + 1);
                self.copy(at..end);
                at = end;
            }
            self.out.push('\n');
        }
    }

    /// Prints an element; `follow` is the number of characters that the caller appends.
    fn body(&mut self, element: &Element, indent: usize, follow: usize) {
        let range = element.body..element.range.end;
        let Some(open) = element.block else { return self.fitted(range, indent, follow) };
        let close = self.flat.tokens[open].partner();
        self.fitted(range.start..open, indent, 2);
        self.out.push_str(" {");
        if open + 1 < close {
            self.out.push('\n');
            let outer = self.in_macro;
            self.in_macro |= open > 0 && self.flat.tokens[open - 1].kind == TokenKind::Bang;
            self.elements(open + 1..close, indent + STEP, self.flat.tokens[close].comma);
            self.in_macro = outer;
            self.margin(indent);
        }
        self.out.push('}');
        self.copy(close + 1..range.end);
    }

    /// Prints a range on the current line if it fits together with `follow` more characters, and
    /// breaks it otherwise.
    fn fitted(&mut self, range: Range<usize>, indent: usize, follow: usize) {
        let fits = self.fits_after(self.column(), range.clone(), follow);
        let documented =
            self.flat.slice(range.clone()).iter().any(|token| token.kind == TokenKind::Doc);
        if fits && !documented {
            return self.copy(range);
        }
        if let Some(arrow) = self.arrow(range.clone()) {
            self.copy(range.start..arrow + 1);
            self.out.push('\n');
            self.margin(indent + STEP);
            return self.fitted(arrow + 1..range.end, indent + STEP, follow);
        }
        if let Some(sign) = self.assignment(range.clone())
            && self.fits_after(indent + STEP, sign + 1..range.end, follow)
            && !documented
        {
            self.copy(range.start..sign + 1);
            self.out.push('\n');
            self.margin(indent + STEP);
            return self.copy(sign + 1..range.end);
        }
        match self.chain(range.clone()).as_slice() {
            [] => self.opened(range, indent),
            // A single call stays where it is if it would not fit on a line of its own either.
            [dot] if !self.fits_after(indent + STEP, *dot..range.end, follow) => {
                self.opened(range, indent);
            }
            dots => self.chained(range, dots, indent, follow),
        }
    }

    fn fits_after(&self, column: usize, range: Range<usize>, follow: usize) -> bool {
        column + self.flat.text(range).len() + follow <= PAGE
    }

    /// Returns the `=` or `:` after which the line may be broken: the `=` of a constant or an
    /// assignment, or the first `:` of a field. In a struct literal, the `:` counts only if the
    /// field's value contains no list that can be broken.
    fn assignment(&self, range: Range<usize>) -> Option<usize> {
        let mut nested = 0;
        let mut colon = None;
        for at in self.level(range.clone()) {
            match self.flat.tokens[at].kind {
                TokenKind::Less => nested += 1,
                TokenKind::Greater => nested -= 1,
                TokenKind::Infix if nested == 0 && self.flat.text(at..at + 1) == "=" => {
                    return Some(at);
                }
                TokenKind::Colon if colon.is_none() => colon = Some(at),
                _ => {}
            }
        }
        let declared = self.flat.text(range.start..range.start + 1) == "pub";
        colon.filter(|_| declared || self.in_macro || self.breakable(range).is_none())
    }

    /// Returns the `=>` of a setter, whose value gets a line of its own.
    fn arrow(&self, range: Range<usize>) -> Option<usize> {
        self.level(range.clone()).find(|&at| at > range.start && self.flat.text(at..at + 1) == "=>")
    }

    /// Returns the dots of a chain of calls (`a.b(…).c(…)`) that begin a new line. If the chain
    /// begins with a short name, the first call stays on the line of that name.
    fn chain(&self, range: Range<usize>) -> Vec<usize> {
        let mut dots = Vec::new();
        for at in self.level(range.clone()) {
            if self.flat.tokens[at].kind != TokenKind::Dot || at == range.start {
                continue;
            }
            let called = self.flat.tokens[at - 1].kind == TokenKind::Close;
            let calls =
                self.flat.tokens.get(at + 2).is_some_and(|token| token.kind == TokenKind::Open);
            let long = self.flat.text(range.start..at).len() > STEP;
            if called || (calls && long && dots.is_empty()) {
                dots.push(at);
            }
        }
        dots
    }

    /// Returns the indices of the tokens of a range that are not inside one of its lists.
    fn level(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let mut next = range.start;
        std::iter::from_fn(move || {
            let at = next;
            (at < range.end).then_some(())?;
            next = self.flat.after(at);
            Some(at)
        })
    }

    fn chained(&mut self, range: Range<usize>, dots: &[usize], indent: usize, follow: usize) {
        let mut start = range.start;
        let mut margin = indent;
        for &dot in dots {
            self.fitted(start..dot, margin, 0);
            self.out.push('\n');
            margin = indent + STEP;
            self.margin(margin);
            start = dot;
        }
        // The rest begins with the last dot, so `fitted` does not split it as a chain again.
        self.fitted(start..range.end, margin, follow);
    }

    /// Prints a range with one of its lists broken, or on the current line if none can be broken.
    fn opened(&mut self, range: Range<usize>, indent: usize) {
        match self.breakable(range.clone()) {
            Some(open) => {
                let open = self.hugged(range.start, open);
                self.broken(range, open, indent);
            }
            None => self.copy(range),
        }
    }

    /// Returns the opening delimiter of the list to break. In a function's signature this is the
    /// list of parameters, otherwise the last list that is not empty.
    fn breakable(&self, range: Range<usize>) -> Option<usize> {
        let function = self.level(range.clone()).any(|at| self.flat.text(at..at + 1) == "fn");
        let mut groups = self.level(range).filter(|&at| self.flat.tokens[at].partner() > at + 1);
        if function { groups.next() } else { groups.last() }
    }

    /// Returns the list to break in place of `open`. In `f(&[…])` this is the innermost list, if
    /// the line up to its opening delimiter fits; otherwise it is `open` itself.
    fn hugged(&self, start: usize, open: usize) -> usize {
        let close = self.flat.tokens[open].partner();
        let last = self.flat.tokens[close - 1];
        let inner = last.partner();
        let holds_list = last.partner() > open && last.partner() < close - 1 && inner > open + 1;
        let plain = holds_list
            && matches!(self.flat.tokens[open].kind, TokenKind::Open | TokenKind::OpenList)
            && self.flat.slice(open + 1..inner).iter().all(|token| {
                matches!(token.kind, TokenKind::Name | TokenKind::Path | TokenKind::Prefix)
            })
            && self.fits_after(self.column(), start..inner + 1, 0);
        if plain { self.hugged(start, inner) } else { open }
    }

    /// Breaks one list, one element per line. Names in a `use` and short literals share lines, as
    /// in rustfmt's output.
    fn broken(&mut self, range: Range<usize>, open: usize, indent: usize) {
        let close = self.flat.tokens[open].partner();
        self.copy(range.start..open + 1);
        let comma = !self.in_macro || self.flat.tokens[close].comma;
        if self.flat.tokens[open].kind == TokenKind::OpenTight || self.is_short(open, close) {
            self.filled(open + 1..close, indent + STEP, comma);
        } else {
            self.out.push('\n');
            self.elements(open + 1..close, indent + STEP, comma);
        }
        self.margin(indent);
        self.copy(close..range.end);
    }

    fn is_short(&self, open: usize, close: usize) -> bool {
        let short = |token: &Token| match token.kind {
            TokenKind::Literal => token.end() - token.start() <= SHORT,
            kind => kind == TokenKind::Comma,
        };
        self.flat.tokens[open].kind == TokenKind::OpenList
            && self.flat.slice(open + 1..close).iter().all(short)
    }

    fn filled(&mut self, range: Range<usize>, indent: usize, comma: bool) {
        let mut names = self.flat.text(range).split(", ").peekable();
        let mut column = PAGE;
        while let Some(name) = names.next() {
            // rustfmt leaves the last column free.
            if column + name.len() + 2 >= PAGE {
                self.out.push('\n');
                self.margin(indent);
                column = indent;
            } else {
                self.out.push(' ');
                column += 1;
            }
            self.out.push_str(name);
            if comma || names.peek().is_some() {
                self.out.push(',');
            }
            column += name.len() + 1;
        }
        self.out.push('\n');
    }

    fn copy(&mut self, range: Range<usize>) {
        let text = self.flat.text(range);
        self.out.push_str(text);
    }

    fn margin(&mut self, indent: usize) {
        self.out.extend(std::iter::repeat_n(' ', indent));
    }

    fn column(&self) -> usize {
        self.out.len() - self.out.rfind('\n').map_or(0, |newline| newline + 1)
    }
}
