//! Tries every mistake alone, then pairs of those that change the signature.

use super::claim::{Claim, Text};
use super::difference::{Difference, differ};
use super::mistake::{Cause, Charset, Mistake};
use super::mistakes;
use super::recipe;
use super::signing::Signing;
use super::spelling::{Foreign, Match};
use gatespec_protocol::{Op, SignError};
use std::collections::HashSet;

/// Limits on the bytes that all signatures of a search read. Beyond `FOR_ONE`, no further single
/// mistake is tried; beyond `FOR_TWO`, no further pair. An ordinary request needs a fraction of
/// this.
const FOR_ONE: usize = 64 << 20;
const FOR_TWO: usize = 32 << 20;

/// The result of a search.
#[derive(Debug, Clone)]
pub struct Diagnosis {
    /// Whether the other side followed the formula.
    pub same: bool,
    /// The explanation, if one was found.
    pub found: Option<Found>,
    /// The first difference between our signed text and the other side's, if the latter is known.
    /// Secrets are masked.
    pub difference: Option<Difference>,
    /// The number of signatures computed.
    pub tried: usize,
    /// The approximate number of bytes that these signatures read.
    pub bytes: usize,
    /// `false` if the search reached a limit before it had tried every mistake and every pair.
    pub complete: bool,
    /// A remark in addition to the causes, or in their place if none was found.
    pub hint: Option<String>,
}

/// Mistakes that reproduce the other side's signature.
#[derive(Debug, Clone)]
pub struct Found {
    /// One mistake, or several that were made together.
    pub causes: Vec<Cause>,
    /// Other mistakes that have the same effect on this request.
    pub also: Vec<Cause>,
    /// The text that the other side signed, with secrets masked.
    pub canonical: String,
}

/// Finds out which mistakes explain the other side's signature or text.
///
/// # Errors
///
/// When the request itself cannot be signed.
pub fn diagnose(
    signing: &Signing<'_>,
    claim: &Claim,
    charsets: &[Charset],
) -> Result<Diagnosis, SignError> {
    let own = signing.sign()?;
    let ours = signing.explain()?.canonical;
    let text = claim.text.as_deref().map(|text| Text::new(signing, text, &ours));
    let theirs = text.as_ref().map(|text| text.shown.clone());
    let between = theirs.as_ref().and_then(|theirs| differ(ours.as_bytes(), theirs.as_bytes()));
    let target = match (&claim.sign, text) {
        (Some(sign), _) => Target::Sign(Foreign::new(sign.trim())),
        (None, Some(text)) => Target::Text(text),
        (None, None) => return Ok(Diagnosis::nothing(true)),
    };
    let mut search = Search { base: signing, target, ours: &ours, tried: 0, bytes: 0, cut: false };
    let mut diagnosis = search.run(charsets);
    (diagnosis.tried, diagnosis.bytes) = (search.tried, search.bytes);
    diagnosis.complete = !search.cut;
    diagnosis.difference = match (&diagnosis.found, between) {
        (_, Some(between)) => Some(between),
        (Some(found), None) => search.between(found, charsets),
        (None, None) => None,
    };
    if !diagnosis.same {
        diagnosis.hint = search.hint(&own, theirs.as_deref(), diagnosis.found.is_some());
    }
    Ok(diagnosis)
}

impl Diagnosis {
    fn nothing(same: bool) -> Self {
        Self { same, found: None, difference: None, tried: 0, bytes: 0, complete: true, hint: None }
    }
}

/// What the search has to reproduce.
enum Target {
    Sign(Foreign),
    Text(Text),
}

struct Search<'s, 'a> {
    base: &'s Signing<'a>,
    target: Target,
    /// The text that the formula signs, with secrets masked.
    ours: &'s str,
    tried: usize,
    bytes: usize,
    /// Whether a limit ended the search early.
    cut: bool,
}

impl<'a> Search<'_, 'a> {
    fn run(&mut self, charsets: &[Charset]) -> Diagnosis {
        let base = self.base.clone();
        let Some(usual) = self.outcome(&base) else { return Diagnosis::nothing(false) };
        match self.compare(&base, &usual) {
            Some(Match::Same) => return Diagnosis::nothing(true),
            Some(Match::Spelled(cause)) => return self.explained(vec![cause], vec![], &base),
            None => {}
        }
        let all = mistakes::all(&base, charsets);
        let (mut effective, mut seen, mut found) = (Vec::new(), HashSet::new(), Vec::new());
        for mistake in &all {
            if self.bytes > FOR_ONE {
                self.cut = true;
                break;
            }
            let made = self.make(&[mistake]);
            let Some(outcome) = self.outcome(&made).filter(|outcome| *outcome != usual) else {
                continue;
            };
            if let Some(matched) = self.compare(&made, &outcome) {
                found.push((causes(&[mistake], matched), made));
            } else if !mistake.alone && seen.insert(outcome) {
                effective.push(mistake);
            }
        }
        let mut found = found.into_iter();
        if let Some((first, made)) = found.next() {
            let mut known = HashSet::from([first[0].id]);
            let also = found.filter_map(|(causes, _)| causes.into_iter().next());
            let also = also.filter(|cause| known.insert(cause.id)).collect();
            return self.explained(first, also, &made);
        }
        let found = if self.cut { None } else { self.pairs(&effective) };
        found.unwrap_or_else(|| Diagnosis::nothing(false))
    }

    /// Tries pairs of mistakes, the most likely pairs first.
    fn pairs(&mut self, all: &[&Mistake<'a>]) -> Option<Diagnosis> {
        for sum in 1..2 * all.len() {
            if self.bytes > FOR_TWO {
                self.cut = true;
                return None;
            }
            for i in sum.saturating_sub(all.len() - 1)..sum.div_ceil(2) {
                let pair = [all[i], all[sum - i]];
                if pair[0].group == pair[1].group {
                    continue;
                }
                let made = self.make(&pair);
                let Some(outcome) = self.outcome(&made) else { continue };
                if let Some(matched) = self.compare(&made, &outcome) {
                    return Some(self.explained(causes(&pair, matched), vec![], &made));
                }
            }
        }
        None
    }

    fn make(&self, mistakes: &[&Mistake<'a>]) -> Signing<'a> {
        let mut signing = self.base.clone();
        let rebuilding = mistakes.iter().filter(|mistake| mistake.rebuilds);
        let changing = mistakes.iter().filter(|mistake| !mistake.rebuilds);
        rebuilding.chain(changing).for_each(|mistake| (mistake.make)(&mut signing));
        signing
    }

    /// Returns the signature of a changed request or, if the target is a text, its signed text.
    /// Returns `None` if the request cannot be signed.
    fn outcome(&mut self, signing: &Signing<'a>) -> Option<String> {
        self.tried += 1;
        self.bytes += signing.size();
        match self.target {
            Target::Sign(_) => signing.sign().ok(),
            Target::Text(_) => message(signing).sign().ok(),
        }
    }

    fn compare(&self, signing: &Signing<'_>, outcome: &str) -> Option<Match> {
        match &self.target {
            Target::Sign(foreign) => foreign.compare(outcome),
            Target::Text(text) => text.is(signing, outcome, self.ours).then_some(Match::Same),
        }
    }

    fn explained(&self, causes: Vec<Cause>, also: Vec<Cause>, made: &Signing<'_>) -> Diagnosis {
        let canonical = made.explain().map(|shown| shown.canonical).unwrap_or_default();
        let found = Some(Found { causes, also, canonical });
        Diagnosis { found, ..Diagnosis::nothing(false) }
    }

    /// Returns the first difference between our signed text and the text of `found`, which is
    /// encoded in the charset that `found` names, if any.
    fn between(&self, found: &Found, charsets: &[Charset]) -> Option<Difference> {
        let theirs = &found.canonical;
        let named = |charset: &&Charset| {
            let says =
                |cause: &Cause| cause.id == "other_charset" && cause.what.contains(charset.name);
            found.causes.iter().any(says)
        };
        let mut bytes = Vec::new();
        match charsets.iter().find(named) {
            Some(charset) => (charset.encode)(theirs, &mut bytes),
            None => bytes.extend_from_slice(theirs.as_bytes()),
        }
        differ(self.ours.as_bytes(), &bytes)
    }

    fn hint(&self, own: &str, theirs: Option<&str>, found: bool) -> Option<String> {
        let same_text = theirs == Some(self.ours);
        let said = match &self.target {
            Target::Text(text) if text.has_other_secret() => Some(match same_text {
                true => "both sides sign the same text, but with different secrets",
                false => "the other side signs with a different secret than the one given here",
            }),
            Target::Text(_) if same_text && !found => Some(
                "both sides sign the same text, but the other side writes the secret differently: encoded, escaped or reversed",
            ),
            Target::Sign(_) if same_text && !found => Some(
                "both sides sign the same text, so the secret differs, or the digest is computed differently",
            ),
            _ => None,
        };
        let of_digest = || match &self.target {
            Target::Sign(foreign) if !found => foreign.hint(own),
            _ => None,
        };
        let cut = "the request is so large that only the likeliest mistakes were tried";
        let said = said.map(str::to_owned).or_else(of_digest);
        said.or_else(|| (self.cut && !found).then(|| cut.to_owned()))
    }
}

fn causes(mistakes: &[&Mistake<'_>], matched: Match) -> Vec<Cause> {
    let mut causes: Vec<_> = mistakes.iter().map(|mistake| mistake.cause.clone()).collect();
    if let Match::Spelled(cause) = matched {
        causes.push(cause);
    }
    causes
}

/// Returns the same request without the outermost digest, so that signing it returns the text that
/// the digest reads.
fn message<'a>(signing: &Signing<'a>) -> Signing<'a> {
    let recipe: Vec<Op<'a>> = match recipe::outermost(&signing.recipe) {
        Some(call) => signing.recipe[call.open + 1..call.close].to_vec(),
        None => signing.recipe.clone(),
    };
    Signing { recipe, ..signing.clone() }
}
