//! The tokens of a text, with which the formatter lays it out again.

use granit_parser::{Event, Options, Parser, ScalarStyle, StructureStyle};
use std::borrow::Cow;
use std::ops::Range;

/// A token of YAML.
#[derive(Debug)]
pub(crate) enum Token<'t> {
    /// A scalar, with the text that it stands for. The range of a literal or folded scalar covers
    /// its lines.
    Scalar { text: Cow<'t, str>, is_block: bool },
    /// The beginning of a map or list. `is_flow` says whether the collection is written in
    /// brackets.
    Begin { is_map: bool, is_flow: bool },
    /// The end of a map or list.
    End,
}

/// Tokens with their ranges of bytes.
type Placed<'t> = Vec<(Token<'t>, Range<usize>)>;

/// The tokens of a text and the ranges of its comments, both in order. `None` if the text is not
/// YAML or has anchors.
pub(crate) fn tokens(text: &str) -> Option<(Placed<'_>, Vec<Range<usize>>)> {
    let mut options = Options::default();
    options.set_emit_comments(true);
    let (mut tokens, mut comments) = (Vec::new(), Vec::new());
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.ok()?;
        let range = span.byte_range()?;
        let begin = |is_map, style| Token::Begin { is_map, is_flow: style == StructureStyle::Flow };
        tokens.push(match event {
            Event::Comment(..) => {
                comments.push(range);
                continue;
            }
            Event::Scalar(text, style, ..) => {
                let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
                (Token::Scalar { text, is_block }, range)
            }
            Event::SequenceStart(style, ..) => (begin(false, style), range),
            Event::MappingStart(style, ..) => (begin(true, style), range),
            Event::SequenceEnd | Event::MappingEnd => (Token::End, range),
            Event::Alias(..) | Event::UnresolvedAlias(..) | Event::Anchor(..) => return None,
            _ => continue,
        });
    }
    // The parser reports a comment on the line of a block scalar's header only after the scalar.
    comments.sort_by_key(|range| range.start);
    Some((tokens, comments))
}
