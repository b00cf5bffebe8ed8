//! JSON that was written once more between signing and sending, by another serialiser.

use super::super::mistake::Mistakes;
use super::super::restyle::{Style, rewrite};
use crate::tree::Tree;
use gatespec_protocol::{Op, Source};

const GROUP: &str = "json";
const C: Style = Style::COMPACT;
const SPACED: Style = Style { comma: ", ", colon: ": ", ..C };

const STYLES: [(&str, &str, Style); 19] = [
    ("json_compact", "neither spaces nor escapes that JSON does not demand", C),
    (
        "json_spaced",
        "spaces behind `,` and `:` and everything beyond ASCII as `\\uXXXX` (`json.dumps` of \
      Python)",
        Style { ascii: true, ..SPACED },
    ),
    ("json_spaced", "spaces behind `,` and `:` (`json.dumps` of Python)", SPACED),
    ("json_sorted", "members sorted by name", Style { sorted: true, ..C }),
    (
        "json_sorted",
        "members sorted by name, and spaces behind `,` and `:`",
        Style { sorted: true, ..SPACED },
    ),
    ("json_ascii", "everything beyond ASCII as `\\uXXXX`", Style { ascii: true, ..C }),
    (
        "json_sorted",
        "members sorted by name, and everything beyond ASCII as `\\uXXXX`",
        Style { sorted: true, ascii: true, ..C },
    ),
    (
        "json_sorted",
        "members sorted by name, spaces behind `,` and `:`, and everything beyond ASCII as \
      `\\uXXXX`",
        Style { sorted: true, ascii: true, ..SPACED },
    ),
    (
        "json_slashes",
        "`/` as `\\/`, and everything beyond ASCII as `\\uXXXX` (`json_encode` of PHP)",
        Style { slash: true, ascii: true, ..C },
    ),
    (
        "json_slashes",
        "`/` as `\\/` (`json_encode` of PHP with JSON_UNESCAPED_UNICODE)",
        Style { slash: true, ..C },
    ),
    (
        "json_html",
        "`<`, `>` and `&` as `\\u003c`, `\\u003e` and `\\u0026` (`json.Marshal` of Go)",
        Style { escaped: "<>&", ..C },
    ),
    (
        "json_html",
        "`<`, `>`, `&`, `=` and `'` as `\\u003c` and so on (`Gson.toJson` in Java)",
        Style { escaped: "<>&='", ..C },
    ),
    (
        "json_html",
        "quotes, `<`, `>`, `&`, `+` and everything beyond ASCII as `\\u003C` and so on \
      (`System.Text.Json` of .NET)",
        Style { escaped: "<>&'+\"`", ascii: true, capitals: true, ..C },
    ),
    ("json_spaced", "a space behind `:` only", Style { colon: ": ", ..C }),
    ("json_spaced", "a space behind `,` only", Style { comma: ", ", ..C }),
    ("json_pretty", "line breaks and indents of 2", Style { colon: ": ", indent: Some(2), ..C }),
    ("json_pretty", "line breaks and indents of 4", Style { colon: ": ", indent: Some(4), ..C }),
    (
        "json_pretty",
        "line breaks and indents of 2, and everything beyond ASCII as `\\uXXXX`",
        Style { colon: ": ", indent: Some(2), ascii: true, ..C },
    ),
    (
        "json_pretty",
        "line breaks and indents of 4, `/` as `\\/`, and everything beyond ASCII as `\\uXXXX` \
      (JSON_PRETTY_PRINT of PHP)",
        Style { colon: ": ", indent: Some(4), slash: true, ascii: true, ..C },
    ),
];

pub(super) fn add(mistakes: &mut Mistakes<'_>) {
    let mend = "turn the value into JSON once, and sign and send that very text";
    for (id, how, style) in STYLES {
        let what = format!("the JSON that was signed is not the JSON that was sent: it had {how}");
        add_both(mistakes, id, &what, mend, style, Tree::clone);
    }
    let what = "members that are null were left out of the JSON before signing";
    add_both(mistakes, "json_nulls_dropped", what, mend, Style::own(&mistakes.base), without_null);
    let what = "members that are null or empty were left out of the JSON before signing";
    add_both(
        mistakes,
        "json_empties_dropped",
        what,
        mend,
        Style::own(&mistakes.base),
        without_empty,
    );
}

/// Once as it is, and once with digests of the body made of the changed one.
fn add_both(
    mistakes: &mut Mistakes<'_>,
    id: &'static str,
    what: &str,
    mend: &str,
    style: Style,
    change: fn(&Tree) -> Tree,
) {
    mistakes.add(GROUP, (id, what, mend), move |signing| rewrite(signing, style, &change));
    if digests_body(mistakes) {
        let what = format!("{what}; so was the JSON of the digest of the body");
        mistakes.add(GROUP, (id, what, mend), move |signing| {
            rewrite(signing, style, &change);
            signing.refresh();
        });
    }
}

/// A parameter is a digest of the body.
pub(super) fn digests_body(mistakes: &Mistakes<'_>) -> bool {
    mistakes.base.gateway.public.iter().any(|param| match param.source {
        Source::Formula(recipe) => recipe.0.contains(&Op::Body),
        _ => false,
    })
}

fn without_null(tree: &Tree) -> Tree {
    keep(tree, &|member| *member != Tree::Null)
}

fn without_empty(tree: &Tree) -> Tree {
    let empty = [Tree::Null, Tree::Text(String::new()), Tree::List(vec![]), Tree::Object(vec![])];
    keep(tree, &|member| !empty.contains(member))
}

fn keep(tree: &Tree, wanted: &dyn Fn(&Tree) -> bool) -> Tree {
    match tree {
        Tree::Object(members) => Tree::Object(
            members
                .iter()
                .filter(|(_, member)| wanted(member))
                .map(|(name, member)| (name.clone(), keep(member, wanted)))
                .collect(),
        ),
        Tree::List(items) => Tree::List(items.iter().map(|item| keep(item, wanted)).collect()),
        other => other.clone(),
    }
}
