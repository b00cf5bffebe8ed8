//! Derives from a formula what the signature does not protect. Generated documentation and `check`
//! report it.

use gatespec_protocol::record::{Field, FieldType, Schema};
use gatespec_protocol::{
    Function, Gateway, Location, Op, Pairs, Piece, Placement, PublicParam, Recipe, Select, Source,
};
use std::fmt;

/// Something that a signature does not protect. `Display` describes it in one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap<'a> {
    /// Requests that differ only in these parts have the same signature.
    Unsigned(Vec<Part<'a>>),
    /// Other parameters can give the same signed text, because values may contain these separators.
    /// If the list is empty, there are no separators.
    Recut(Vec<&'a str>),
    /// Whoever sees a signed request can sign a longer one without the secret, because the
    /// signature is the internal state of this digest after the secret and the parameters.
    Extension(Function),
}

/// A part of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// The verb.
    Verb,
    /// The path.
    Path,
    /// Parameters in this location, including unlisted ones.
    Place(Location<'a>),
    /// This public parameter of the gateway.
    Public(&'a str),
}

/// The gaps of a gateway's formula, in the order of [`Gap`].
pub fn gaps<'a>(gateway: &Gateway<'a>, recipe: Recipe<'a>) -> Vec<Gap<'a>> {
    let ops = signed(gateway, recipe);
    let unsigned = unsigned(gateway, &ops);
    let recut = ops.iter().find_map(|op| joints(pairs_of(op)?));
    let extension = extension(gateway, recipe);
    let found = [
        (!unsigned.is_empty()).then_some(Gap::Unsigned(unsigned)),
        recut.map(Gap::Recut),
        extension.map(Gap::Extension),
    ];
    found.into_iter().flatten().collect()
}

/// The fields of a request whose values are ambiguous in the signed text: the text can be split in
/// another way, which gives these fields other values.
pub fn colliding<'s>(recipe: Recipe<'_>, request: &'s Schema<'s>) -> Vec<&'s str> {
    let pairs = recipe.0.iter().filter_map(pairs_of);
    let open: Vec<_> = pairs.filter_map(|pairs| joints(pairs)).collect();
    if open.is_empty() || request.fields.len() < 2 {
        return Vec::new();
    }
    let together = open.iter().any(Vec::is_empty);
    let collides = |field: &&Field<'_>| {
        is_free(field)
            || (together && request.fields.iter().any(|other| continues(field.name, other.name)))
    };
    let fields = request.fields.iter().filter(|field| !field.in_path);
    fields.filter(collides).map(|field| field.name).collect()
}

/// Whether the value of a field can be any text.
fn is_free(field: &Field<'_>) -> bool {
    match field.kind {
        FieldType::Integer
        | FieldType::Decimal(_)
        | FieldType::Amount(_)
        | FieldType::Flag(_)
        | FieldType::Time(..) => false,
        FieldType::Text
        | FieldType::Json
        | FieldType::Map(_)
        | FieldType::Choice(_)
        | FieldType::Record(_) => true,
    }
}

/// Whether the longer name continues the shorter one, so that its rest can be read as the beginning
/// of a value.
fn continues(a: &str, b: &str) -> bool {
    a != b && (a.starts_with(b) || b.starts_with(a))
}

fn pairs_of<'o, 'a>(op: &'o Op<'a>) -> Option<&'o Pairs<'a>> {
    if let Op::Pairs(pairs) = op { Some(pairs) } else { None }
}

/// The operations of a formula, and of the formulas whose results it signs.
pub(crate) fn signed<'a>(gateway: &Gateway<'a>, recipe: Recipe<'a>) -> Vec<Op<'a>> {
    let made = gateway.public.iter().filter_map(|param| match param.source {
        Source::Formula(inner)
            if inner != recipe && covers(recipe.0, param.name, param.place, true) =>
        {
            Some(inner.0)
        }
        _ => None,
    });
    recipe.0.iter().chain(made.flatten()).copied().collect()
}

fn unsigned<'a>(gateway: &Gateway<'a>, ops: &[Op<'a>]) -> Vec<Part<'a>> {
    let has = |op: Op<'_>| ops.contains(&op);
    let mut parts = Vec::new();
    parts.extend((!has(Op::Verb)).then_some(Part::Verb));
    parts.extend((!has(Op::Path)).then_some(Part::Path));
    let body = match gateway.business {
        Placement::Body | Placement::BodyMember(_) => gateway.business.place(),
        Placement::Query | Placement::Form | Placement::Header | Placement::FormCarrier(_) => {
            Location::Form
        }
    };
    let body = if gateway.raw_body { Location::Body } else { body };
    let header = gateway.business == Placement::Header;
    let places = [Some(Location::Query), Some(body), header.then_some(Location::Header)];
    let open = |place: &Location<'_>| !takes_place(gateway, ops, *place);
    parts.extend(places.into_iter().flatten().filter(open).map(Part::Place));
    let public = gateway.public.iter().filter(|param| {
        let fixed = matches!(param.source, Source::Signature | Source::Constant(_));
        !fixed && !parts.contains(&Part::Place(param.place)) && !is_signed(ops, param)
    });
    let public: Vec<_> = public.map(|param| Part::Public(param.name)).collect();
    parts.extend(public);
    parts
}

/// Whether a formula signs all parameters in a location.
fn takes_place(gateway: &Gateway<'_>, ops: &[Op<'_>], place: Location<'_>) -> bool {
    let in_body = matches!(place, Location::Body | Location::BodyMember(_));
    let of_business = match gateway.business {
        // The gateway takes extra parameters as business parameters, whether they are in the query
        // or in the form.
        Placement::Query | Placement::Form => matches!(place, Location::Query | Location::Form),
        Placement::FormCarrier(_) => false,
        single => single.place() == place,
    };
    ops.iter().any(|op| match op {
        Op::Body => in_body,
        Op::Pairs(pairs) => pairs.select.iter().any(|select| match select {
            Select::All => !gateway.raw_body || !in_body,
            Select::Business => of_business,
            Select::Query => place == Location::Query,
            Select::Form => place == Location::Form,
            Select::Header => place == Location::Header,
            Select::Public | Select::Names(_) => false,
        }),
        _ => false,
    })
}

fn is_signed(ops: &[Op<'_>], param: &PublicParam<'_>) -> bool {
    covers(ops, param.name, param.place, true)
        || ops.iter().any(|op| match (op, param.source) {
            (Op::Clock, Source::Clock(_)) | (Op::Nonce, Source::Nonce(_)) => true,
            (Op::Method, Source::Method) => true,
            (Op::Credential(used), Source::Credential(of)) => *used == of,
            (Op::Label(used), Source::Label(of)) => *used == of,
            _ => false,
        })
}

/// Whether a formula covers a parameter, by its name or by its location. `is_public` distinguishes
/// public parameters from fields and carriers.
pub(crate) fn covers(ops: &[Op<'_>], name: &str, place: Location<'_>, is_public: bool) -> bool {
    ops.iter().any(|op| match op {
        Op::Value(value) => *value == name,
        Op::Body => matches!(place, Location::Body | Location::BodyMember(_)),
        Op::Pairs(pairs) => pairs.takes(name, place, is_public),
        _ => false,
    })
}

/// The separators between names, values and pairs. `None` if values cannot contain them.
fn joints<'a>(pairs: &Pairs<'a>) -> Option<Vec<&'a str>> {
    let encodes = |functions: &[Function]| {
        functions.iter().any(|one| matches!(one, Function::Rfc3986 | Function::Form))
    };
    let named = pairs.template.iter().any(|piece| matches!(piece, Piece::Name(_)));
    let raw = pairs.template.iter().any(|piece| match piece {
        Piece::Value(functions) => !encodes(functions),
        Piece::Fold => true,
        Piece::Text(_) | Piece::Name(_) | Piece::Json(_) => false,
    });
    let texts = pairs.template.iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(*text),
        _ => None,
    });
    let mut texts: Vec<_> =
        texts.chain([pairs.separator]).filter(|text| !text.is_empty()).collect();
    texts.dedup();
    // Encoded values cannot contain separators. But without separators, a text with names can be
    // split in another way.
    let open = raw || (texts.is_empty() && named);
    open.then_some(texts)
}

/// The digest whose result is the signature, if the input of the digest begins with a secret and
/// ends with text that the sender chooses.
fn extension(gateway: &Gateway<'_>, recipe: Recipe<'_>) -> Option<Function> {
    // For each open segment: whether it contains a secret, and whether its end is text that the
    // sender chooses.
    let mut segments = vec![(false, false)];
    let mut digest = None;
    for op in recipe.0 {
        let top = segments.last_mut()?;
        match op {
            Op::Open => segments.push((false, false)),
            Op::Text(_) => {}
            Op::Credential(name) => {
                let of = gateway.credentials.iter().find(|one| one.name == *name);
                let secret = of.is_none_or(|one| one.sensitive);
                *top = (top.0 || secret, top.1 && !secret);
                digest = None;
            }
            Op::Close(function) => {
                let (secret, chosen) = segments.pop()?;
                if function.is_hmac() {
                    segments.pop();
                }
                match function {
                    Function::Md5 | Function::Sha1 | Function::Sha256 => {
                        digest = (secret && chosen).then_some(*function);
                        // The result of an inner digest has a fixed length, so the sender cannot
                        // extend it.
                        let outer = segments.last_mut()?;
                        *outer = (outer.0 || secret, false);
                    }
                    Function::Hex
                    | Function::UpperHex
                    | Function::Base64
                    | Function::Rfc3986
                    | Function::Form
                    | Function::Lower
                    | Function::Upper => {
                        let outer = segments.last_mut()?;
                        *outer = (outer.0 || secret, chosen);
                    }
                    _ => {
                        digest = None;
                        *segments.last_mut()? = (true, false);
                    }
                }
            }
            _ => {
                top.1 = true;
                digest = None;
            }
        }
    }
    digest
}

impl fmt::Display for Gap<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Gap::Unsigned(parts) => {
                let parts: Vec<_> = parts.iter().map(Part::to_string).collect();
                write!(f, "The signature does not cover {}.", listed(&parts, "and"))
            }
            Gap::Recut(texts) if texts.is_empty() => f.write_str(
                "The signed text does not separate names from values, so different parameters can have the \
                 same signature.",
            ),
            Gap::Recut(texts) => {
                let texts: Vec<_> = texts.iter().map(|text| format!("`{text}`")).collect();
                write!(
                    f,
                    "Values are signed unescaped, so one that contains {} can have the signature of several parameters.",
                    listed(&texts, "or")
                )
            }
            Gap::Extension(function) => write!(
                f,
                "No secret follows the parameters in the signed text, so a signed request can be extended \
                 without the secret (length extension of {}).",
                function.name()
            ),
        }
    }
}

impl fmt::Display for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::Verb => f.write_str("the HTTP verb"),
            Part::Path => f.write_str("the path"),
            Part::Place(Location::Query) => f.write_str("parameters in the query"),
            Part::Place(Location::Form) => f.write_str("parameters in the form"),
            Part::Place(Location::Header) => f.write_str("headers"),
            Part::Place(_) => f.write_str("the JSON body"),
            Part::Public(name) => write!(f, "the parameter `{name}`"),
        }
    }
}

/// Joins items: `a, b and c`.
fn listed(items: &[String], and: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests;
