//! Detects requests whose signed text was split differently than its signer meant.
//!
//! A formula that joins names and values without encoding signs one text for different parameters:
//! `a=1&b=2` can be one parameter or two. Anyone who sees a signed request can split its text
//! differently, and the signature still matches.

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
    /// Checks that the signed text has no other valid reading that gives a listed parameter another
    /// value. A reading is valid if its names are listed or in this request, in the order of the
    /// formula, its values fit their types, and required parameters are present. It counts if it
    /// has more listed parameters, or as many and at least as many parameters in all.
    ///
    /// Checks only parameters that the formula writes as pairs of names and values, and the path,
    /// which is signed decoded, so that a value with a `/` may be two. A request that
    /// [`Cut`](IncomingError::Cut) refuses may be genuine: the signature does not tell which
    /// reading was meant. Readings with fewer listed parameters are not searched, because any text
    /// can contain the optional parameters after it, and every genuine call with one of these would
    /// be refused. Therefore a sender's text that contains a separator, a field's name and a value
    /// can still be split.
    ///
    /// # Errors
    /// [`Cut`](IncomingError::Cut) with the names of both readings.
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
        // If no pair can begin except the received ones, another reading has fewer.
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

    /// The names that the pairs may have: listed ones, and those of this request.
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

/// Whether the pairs select a parameter of this name and location. In a request, query and form are
/// interchangeable.
fn selects(pairs: &Pairs<'_>, name: &str, place: Location<'_>, public: bool) -> bool {
    const FLAT: [Location<'static>; 2] = [Location::Query, Location::Form];
    pairs.takes(name, place, public)
        || FLAT.contains(&place) && FLAT.iter().any(|place| pairs.takes(name, *place, public))
}

/// The received parameters, with their ranges in the text.
fn received<'p>(pieces: &'p [(&'p str, String)], separator: &str) -> Vec<(&'p str, Range<usize>)> {
    let mut at = 0;
    let place = |(name, text): &'p (&'p str, String)| {
        let start = at;
        at += text.len() + separator.len();
        (*name, start..start + text.len())
    };
    pieces.iter().map(place).collect()
}
