//! Which calls need a token.

use gatespec_protocol::credentials::recipes;
use gatespec_protocol::method::MethodInfo;
use gatespec_protocol::parameter::Source;
use gatespec_protocol::recipe::{Op, Recipe};

/// Whether requests of this method contain a credential, as a parameter or in a formula. A request
/// that fetches a token does not contain that token, so it never waits for one.
pub(super) fn takes(method: &MethodInfo<'_>, credential: &str) -> bool {
    let sent = method
        .gateway
        .public
        .iter()
        .any(|param| param.source == Source::Credential(credential) && method.sends(param));
    let signed = |recipe: Recipe<'_>| recipe.0.contains(&Op::Credential(credential));
    sent || recipes(method.gateway).into_iter().any(signed)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{BlockingTokenProvider, Keeper, Token, TokenError};
    use super::*;
    use gatespec_protocol::credentials::CredentialSet;
    use gatespec_protocol::gateway::Gateway;
    use gatespec_protocol::layout::Location;
    use gatespec_protocol::parameter::{PublicParam, SendPolicy};

    const fn public<'a>(name: &'a str, source: Source<'a>) -> PublicParam<'a> {
        PublicParam { name, place: Location::Form, source, send: SendPolicy::Always, number: false }
    }

    const GATEWAY: Gateway<'static> = Gateway {
        public: &[
            public("proof", Source::Formula(Recipe(&[Op::Credential("secret")]))),
            public("session", Source::Credential("token")),
        ],
        ..Gateway::BARE
    };

    struct Never;

    impl BlockingTokenProvider for Never {
        fn token(&self, _: Option<&Token>) -> Result<Token, TokenError> {
            Err("nobody asks".into())
        }
    }

    #[test]
    fn only_a_call_that_holds_the_credential_takes_it() {
        let method = MethodInfo::new("shop.demo", &GATEWAY);
        let silent = MethodInfo { silenced: &["session"], ..method };
        let needs = |credential| {
            let provider: Arc<dyn BlockingTokenProvider> = Arc::new(Never);
            let keeper = Keeper::new(credential, &CredentialSet::new(), provider.into());
            (keeper.is_needed_by(&method), keeper.is_needed_by(&silent))
        };
        assert_eq!(needs("token"), (true, false));
        assert_eq!(needs("secret"), (true, true));
        assert_eq!(needs("other"), (false, false));
    }
}
