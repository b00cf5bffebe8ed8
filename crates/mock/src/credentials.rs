//! The credentials that the mock accepts.

use std::borrow::Cow;

use gatespec_language::model::Platform;
use gatespec_protocol::CredentialSet;
use gatespec_protocol::incoming::Incoming;

/// Returns the credentials of a platform. Those that `own` does not list are invented.
pub(crate) fn accepted(platform: &Platform, own: &[(String, String, String)]) -> CredentialSet {
    let own = own.iter().filter(|(id, _, _)| *id == platform.id);
    own.fold(platform.invented_credentials(), |set, (_, name, text)| set.with(name, text.as_str()))
}

/// Returns the credentials to check a call with. If the call contains a token that [`granted`]
/// issued, that token replaces ours.
pub(crate) fn of_call<'o>(
    platform: &Platform,
    ours: &'o CredentialSet,
    call: &Incoming<'_>,
) -> Cow<'o, CredentialSet> {
    let mut set = Cow::Borrowed(ours);
    for name in per_shop(platform) {
        if let (Some(own), Some(found)) = (ours.get(name), call.credential(name)) {
            let number = found.strip_prefix(own).and_then(|rest| rest.strip_prefix('.'));
            if number.is_some_and(|number| number.parse::<u64>().is_ok()) {
                set = Cow::Owned(set.into_owned().with(name, found));
            }
        }
    }
    set
}

/// Issues a token for an answer: a different one each time, all of them valid.
pub(crate) fn granted(ours: &CredentialSet, name: &str, number: u64) -> Option<String> {
    Some(format!("{}.{number}", ours.get(name)?))
}

/// The names of credentials that differ from shop to shop.
pub(crate) fn per_shop(platform: &Platform) -> impl Iterator<Item = &str> {
    let known = platform.gateways.iter().flat_map(|gateway| &gateway.credentials);
    known.filter(|one| one.per_shop).map(|one| one.name)
}
