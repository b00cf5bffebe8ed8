//! JSON that was serialised twice, so that the signed text is not the sent text.

use crate::diagnose::mistake::Mistakes;
use crate::diagnose::restyle::{Style, rewrite};
use crate::diagnose::signing::Signing;
use crate::tree::Tree;
use gatespec_protocol::{Op, Source};

const GROUP: &str = "json";
const C: Style = Style::COMPACT;
const SPACED: Style = Style { comma: ", ", colon: ": ", ..C };
const GO: Style = Style { escaped: "<>&", ..C };
const PRETTY: Style = Style { colon: ": ", indent: Some(2), ..C };
const WIDE: Style = Style { indent: Some(4), ..PRETTY };

/// For each style: the id of the cause, the style, and the serialiser that writes this style.
const STYLES: [(&str, Style, &str); 19] = [
    ("json_compact", C, ""),
    ("json_spaced", Style { ascii: true, ..SPACED }, " (Python's `json.dumps`)"),
    ("json_spaced", SPACED, " (Python's `json.dumps` with `ensure_ascii=False`)"),
    ("json_sorted", Style { sorted: true, ..C }, ""),
    ("json_sorted", Style { sorted: true, ..SPACED }, ""),
    ("json_ascii", Style { ascii: true, ..C }, ""),
    ("json_sorted", Style { sorted: true, ascii: true, ..C }, ""),
    ("json_sorted", Style { sorted: true, ascii: true, ..SPACED }, ""),
    ("json_slashes", Style { slash: true, ascii: true, ..C }, " (PHP's `json_encode`)"),
    ("json_slashes", Style { slash: true, ..C }, " (PHP with JSON_UNESCAPED_UNICODE)"),
    ("json_html", GO, " (Go's `json.Marshal`)"),
    ("json_html", Style { escaped: "<>&='", ..C }, " (`Gson.toJson` in Java)"),
    (
        "json_html",
        Style { escaped: "<>&'+\"`", ascii: true, capitals: true, ..C },
        " (.NET's `System.Text.Json`)",
    ),
    ("json_spaced", Style { colon: ": ", ..C }, ""),
    ("json_spaced", Style { comma: ", ", ..C }, ""),
    ("json_pretty", PRETTY, ""),
    ("json_pretty", WIDE, ""),
    ("json_pretty", Style { ascii: true, ..PRETTY }, ""),
    (
        "json_pretty",
        Style { slash: true, ascii: true, ..WIDE },
        " (PHP's `json_encode` with JSON_PRETTY_PRINT)",
    ),
];

pub(super) fn add(mistakes: &mut Mistakes<'_>) {
    let own = Style::own(&mistakes.base);
    for (id, style, whose) in STYLES {
        let what = format!(
            "the signed JSON differs from the sent JSON: the signed one had {}{whose}",
            style.described()
        );
        add_json(mistakes, (id, &what), style, Tree::clone);
    }
    let what = "null members were removed from the JSON before signing";
    add_json(mistakes, ("json_nulls_dropped", what), own, without_null);
    let what = "null and empty members were removed from the JSON before signing";
    add_json(mistakes, ("json_empties_dropped", what), own, without_empty);
}

fn add_json(
    mistakes: &mut Mistakes<'_>,
    (id, what): (&'static str, &str),
    style: Style,
    change: fn(&Tree) -> Tree,
) {
    let fix = "convert the value to JSON once, and sign and send exactly that text";
    add_both(mistakes, (GROUP, id, what, fix), "JSON of the digest", move |signing| {
        rewrite(signing, style, &change);
    });
}

/// Adds a mistake twice: alone, and with digests of the body recomputed from the changed body.
pub(super) fn add_both<'a>(
    mistakes: &mut Mistakes<'a>,
    (group, id, what, fix): (&str, &'static str, &str, &str),
    of_body: &str,
    make: impl Fn(&mut Signing<'a>) + Copy + 'a,
) {
    mistakes.add(group, (id, what, fix), make);
    if digests_body(mistakes) {
        let what = format!("{what}; the {of_body} of the body was computed in the same way");
        mistakes.add(group, (id, what, fix), move |signing| {
            make(signing);
            signing.refresh();
        });
    }
}

/// Whether the formula of a public parameter reads the body, as a digest of the body does.
fn digests_body(mistakes: &Mistakes<'_>) -> bool {
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
        Tree::Object(members) => {
            let kept = members.iter().filter(|(_, member)| wanted(member));
            Tree::Object(kept.map(|(name, one)| (name.clone(), keep(one, wanted))).collect())
        }
        Tree::List(items) => Tree::List(items.iter().map(|item| keep(item, wanted)).collect()),
        other => other.clone(),
    }
}
