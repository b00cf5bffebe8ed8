//! Detects requests whose signed text may have been split in another way than its signer meant.
//!
//! A formula that joins names and values without encoding signs the same text for different
//! parameters: `a=1&b=2` can be one parameter or two. Anyone who sees a signed request can split
//! its text differently, and the signature still matches.

mod name;
mod path;
mod search;
mod template;

use std::ops::Range;

use super::{Business, Incoming, IncomingError};
use crate::credentials::CredentialSet;
use crate::layout::Location;
use crate::parameter::Source;
use crate::recipe::{Op, Pairs};
use crate::sign::written_pairs;
use name::{Kind, Name};
pub(super) use path::other_path;
use search::{Search, Start, starts};
use template::Template;

impl Incoming<'_> {
    /// Checks that the signed text cannot be split in another valid way that gives a listed
    /// parameter another value. A split is valid if the spec or this request has all its names, if
    /// the names are in the order of the formula, if the values fit their types, and if the
    /// required parameters are present. A split is considered only if it has more listed parameters
    /// than the received split, or the same number of listed parameters and at least as many
    /// parameters in all.
    ///
    /// The check covers the parameters that the formula writes as pairs of names and values, and
    /// the path. The path is signed in its decoded form, so a value that contains a `/` may also be
    /// split into two values.
    ///
    /// A request that is refused with [`Cut`](IncomingError::Cut) may be genuine, because the
    /// signature does not tell which split was meant. Splits with fewer listed parameters than
    /// the received one are not searched: a value can always contain the text of the optional
    /// parameters after it, so every genuine call with optional parameters would be refused. This
    /// leaves a gap: if a genuine value contains a separator, the name of a field and a value, it
    /// can still be split into two parameters.
    ///
    /// # Errors
    /// [`Cut`](IncomingError::Cut) with the names of the parameters that differ between the two
    /// splits.
    pub fn check_cut(&self, ours: &CredentialSet) -> Result<(), IncomingError> {
        if let Some((received, other)) = &self.other_path
            && self.protection().covers_path()
        {
            let (received, other) = (received.clone(), other.clone());
            return Err(IncomingError::Cut { received, other });
        }
        let recipe = self.signature_method()?.recipe;
        recipe.0.iter().try_for_each(|op| match op {
            Op::Pairs(pairs) => self.check_pairs(pairs, ours),
            _ => Ok(()),
        })
    }

    fn check_pairs(&self, pairs: &Pairs<'_>, ours: &CredentialSet) -> Result<(), IncomingError> {
        let Some(template) = Template::of(pairs) else { return Ok(()) };
        let facts = self.facts(&self.params, ours);
        let written = written_pairs(&facts, pairs).map_err(IncomingError::CannotVerify)?;
        let pieces: Option<Vec<(&str, String)>> = written
            .into_iter()
            .map(|(name, text)| Some((name, String::from_utf8(text).ok()?)))
            .collect();
        let Some(pieces) = pieces else { return Ok(()) };
        let text = pieces.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>();
        let text = text.join(pairs.separator);
        let mut names = self.names(pairs, &pieces, ours);
        template.sort(&mut names, pairs);
        let starts = starts(&text, pairs, &template, &names);
        let received = received(&pieces, pairs.separator);
        let came = |start: &Start| {
            let name = names[start.name].text;
            received.iter().any(|(own, at)| at.start == start.at && *own == name)
        };
        // If pairs can begin only where the received pairs begin, another split can only merge
        // received pairs, so it has fewer pairs and is not searched.
        if starts.iter().all(came) {
            return Ok(());
        }
        let search = Search::new(&text, pairs, &template, &names, starts);
        let listed = |cut: &[(&str, Range<usize>)]| -> Vec<(String, String)> {
            let is_listed =
                |name: &str| names.iter().any(|one| one.text == name && one.is_listed());
            let cut = cut.iter().filter(|(name, _)| is_listed(name));
            cut.map(|(name, at)| ((*name).to_owned(), text[at.clone()].to_owned())).collect()
        };
        let own = listed(&received);
        match search.other((own.len(), received.len()), &|cut| listed(cut) != own) {
            None => Ok(()),
            Some(other) if other.is_empty() => {
                Err(IncomingError::Cut { received: Vec::new(), other: Vec::new() })
            }
            Some(other) => {
                let only = |of: &[(String, String)], not: &[(String, String)]| -> Vec<String> {
                    let differs = of.iter().filter(|one| !not.contains(one));
                    differs.map(|(name, _)| name.clone()).collect()
                };
                let other = listed(&other);
                let (received, other) = (only(&own, &other), only(&other, &own));
                Err(IncomingError::Cut { received, other })
            }
        }
    }

    /// The names that a pair can have: those that the spec lists, and those in this request.
    fn names<'n>(
        &'n self,
        pairs: &Pairs<'_>,
        pieces: &[(&'n str, String)],
        ours: &'n CredentialSet,
    ) -> Vec<Name<'n>> {
        let declared = self.method.business().place();
        let public = self.taken().filter(|param| {
            param.source != Source::Signature && selects(pairs, param.name, param.place, true)
        });
        let fields = self.method.request.schema().fields.iter();
        let fields = fields.filter(|field| {
            let is_carried = matches!(self.business, Business::Carrier(_));
            !is_carried && !field.in_path && selects(pairs, field.name, declared, false)
        });
        let came = |text: &str| pieces.iter().any(|(name, _)| *name == text);
        let mut names: Vec<Name<'n>> = public
            .map(|param| Name {
                text: param.name,
                received: came(param.name),
                kind: Kind::Public(param, self, ours),
            })
            .collect();
        let has = |names: &[Name<'_>], text: &str| names.iter().any(|one| one.text == text);
        for field in fields {
            if !has(&names, field.name) {
                names.push(Name {
                    text: field.name,
                    received: came(field.name),
                    kind: Kind::Field(field),
                });
            }
        }
        if let Business::Carrier(carrier) = &self.business {
            names.push(Name { text: carrier, received: came(carrier), kind: Kind::Carrier });
        }
        for (name, _) in pieces {
            if !has(&names, name) {
                names.push(Name { text: name, received: true, kind: Kind::Unlisted });
            }
        }
        names
    }
}

/// Whether the pairs select a parameter of this name and location. Query and form count as one
/// location, because a received parameter may be in either.
fn selects(pairs: &Pairs<'_>, name: &str, place: Location<'_>, public: bool) -> bool {
    const FLAT: [Location<'static>; 2] = [Location::Query, Location::Form];
    pairs.takes(name, place, public)
        || FLAT.contains(&place) && FLAT.iter().any(|place| pairs.takes(name, *place, public))
}

/// The received parameters, with their byte ranges in the signed text.
fn received<'p>(pieces: &'p [(&'p str, String)], separator: &str) -> Vec<(&'p str, Range<usize>)> {
    let mut at = 0;
    let place = |(name, text): &'p (&'p str, String)| {
        let start = at;
        at += text.len() + separator.len();
        (*name, start..start + text.len())
    };
    pieces.iter().map(place).collect()
}
