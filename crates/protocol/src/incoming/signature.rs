//! Verifies the signature of a received request, by computing it again.

use super::checks::same;
use super::{Incoming, IncomingError};
use crate::credentials::CredentialSet;
use crate::parameter::Source;
use crate::params::Params;
use crate::recipe::Op;
use crate::sign::{self, Facts, Hidden};

impl Incoming<'_> {
    /// Whether calls of this method are signed.
    pub fn is_signed(&self) -> bool {
        let mut taken = self.taken();
        !self.method.gateway.signatures.is_empty()
            && taken.any(|param| param.source == Source::Signature)
    }

    /// Checks that the signature is the one that these credentials give for the request. Checks
    /// public parameters with formulas, such as a digest of the body, in the same way.
    ///
    /// Signatures are compared byte by byte in constant time, so hexadecimal digits in the other
    /// case do not match; most gateways do the same. If calls [are not signed](Self::is_signed),
    /// there is no signature to check. Anyone between the sender and the receiver can change what
    /// the formula does not sign, so check [`origin`](Self::origin) before you rely on a field.
    ///
    /// # Errors
    /// [`BadSignature`](IncomingError::BadSignature) or [`BadFormula`](IncomingError::BadFormula),
    /// which do not contain the correct value; [`Missing`](IncomingError::Missing) if there is no
    /// signature; [`CannotVerify`](IncomingError::CannotVerify) if a credential is missing.
    pub fn check_signature(&self, credentials: &CredentialSet) -> Result<(), IncomingError> {
        let param = self.taken().find(|param| param.source == Source::Signature);
        if let Some(param) = param.filter(|_| !self.method.gateway.signatures.is_empty()) {
            let missing = || IncomingError::Missing { names: vec![param.name.to_owned()] };
            let found = self.public(param).ok_or_else(missing)?;
            if !same(found, &self.expected_signature(credentials)?) {
                return Err(IncomingError::BadSignature);
            }
        }
        self.check_formulas(credentials)
    }

    /// Computes the signature that these credentials give for the request.
    ///
    /// **Never send it to an untrusted caller**, who could use it to get any request signed. It is
    /// for mock gateways, whose secrets are invented.
    ///
    /// # Errors
    /// The signature method is unknown, or a credential is missing.
    pub fn expected_signature(&self, credentials: &CredentialSet) -> Result<String, IncomingError> {
        let recipe = self.signature_method()?.recipe;
        let facts = self.facts(&self.params, credentials);
        sign::text(&recipe, &facts).map_err(IncomingError::CannotVerify)
    }

    fn check_formulas(&self, credentials: &CredentialSet) -> Result<(), IncomingError> {
        let facts = self.facts(&self.params, credentials);
        for param in self.taken() {
            let Source::Formula(recipe) = param.source else { continue };
            let Some(found) = self.public(param) else { continue };
            let expected = sign::text(&recipe, &facts).map_err(IncomingError::CannotVerify)?;
            if !same(found, &expected) {
                return Err(IncomingError::BadFormula { name: param.name.to_owned() });
            }
        }
        Ok(())
    }

    pub(super) fn facts<'f>(
        &'f self,
        params: &'f Params<'f>,
        credentials: &'f CredentialSet,
    ) -> Facts<'f> {
        Facts {
            gateway: self.method.gateway,
            params,
            verb: &self.verb,
            path: &self.path,
            body: &self.body,
            clock: self.clock_text(),
            nonce: self.nonce_text(),
            holes: self.holes(),
            credentials,
            hidden: Hidden::default(),
            rewrites_json: true,
        }
    }

    pub(super) fn clock_text(&self) -> &str {
        self.atom(|source| matches!(source, Source::Clock(_)), Op::Clock)
    }

    pub(super) fn nonce_text(&self) -> &str {
        self.atom(|source| matches!(source, Source::Nonce(_)), Op::Nonce)
    }

    /// Returns the text of the last public parameter whose source is `wanted`. If no such parameter
    /// was sent, returns the text that the signature contains in place of `op`.
    fn atom(&self, wanted: fn(&Source<'_>) -> bool, op: Op<'static>) -> &str {
        let found = self.taken().filter(|param| wanted(&param.source));
        let sent = found.filter_map(|param| self.public(param)).last();
        sent.or_else(|| self.inside_signature(op)).unwrap_or_default()
    }

    /// Returns the text that the signature contains in place of `op`. The formula must write `op`
    /// outside of functions and between literals, as `"Timestamp=" + clock + ", Signature=" + …`
    /// does.
    pub(super) fn inside_signature(&self, op: Op<'static>) -> Option<&str> {
        let param = self.taken().find(|param| param.source == Source::Signature)?;
        let text = self.public(param)?;
        let ops = outside(self.signature_method().ok()?.recipe.0);
        let at = ops.iter().position(|one| *one == op)?;
        let rest = match at.checked_sub(1).map(|before| ops[before]) {
            None => text,
            Some(Op::Text(before)) => text.split_once(before)?.1,
            Some(_) => return None,
        };
        match ops.get(at + 1) {
            None => Some(rest),
            Some(Op::Text(after)) => rest.split_once(after).map(|(found, _)| found),
            Some(_) => None,
        }
    }
}

/// Returns the operations outside of functions. Each function is represented by its [`Op::Open`].
fn outside<'o>(ops: &[Op<'o>]) -> Vec<Op<'o>> {
    let (mut depth, mut all) = (0_usize, Vec::new());
    for op in ops {
        if depth == 0 {
            all.push(*op);
        }
        match op {
            Op::Open => depth += 1,
            Op::Close(function) => {
                depth = depth.saturating_sub(if function.is_hmac() { 2 } else { 1 });
            }
            _ => {}
        }
    }
    all
}
