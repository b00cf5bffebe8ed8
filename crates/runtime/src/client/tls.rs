//! TLS for the default transports. The enabled features select rustls with aws-lc, or else rustls
//! with ring, or else the system's TLS library.

use super::settings::Settings;

/// Configures TLS for `reqwest`, which has no other way to select the cryptography provider of a
/// single client. Selects the provider that the process has set as the default for rustls, or else
/// that of the enabled feature.
#[cfg(any(feature = "rustls_aws_lc", feature = "rustls_ring"))]
pub(super) fn preconfigured(
    builder: reqwest::ClientBuilder,
) -> Result<reqwest::ClientBuilder, rustls::Error> {
    #[cfg(feature = "rustls_aws_lc")]
    use rustls::crypto::aws_lc_rs::default_provider;
    #[cfg(not(feature = "rustls_aws_lc"))]
    use rustls::crypto::ring::default_provider;
    use rustls_platform_verifier::BuilderVerifierExt as _;

    let chosen = rustls::crypto::CryptoProvider::get_default().cloned();
    let provider = chosen.unwrap_or_else(|| std::sync::Arc::new(default_provider()));
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_platform_verifier()?
        .with_no_client_auth();
    Ok(builder.tls_backend_preconfigured(config))
}

/// Fails if the address of a gateway needs TLS but no feature for TLS is enabled.
pub(super) fn check(settings: &Settings) -> Result<(), String> {
    if cfg!(any(feature = "rustls_aws_lc", feature = "rustls_ring", feature = "native_tls")) {
        return Ok(());
    }
    let is_https = |url: &str| url.get(..6).is_some_and(|it| it.eq_ignore_ascii_case("https:"));
    match settings.gateways.iter().find(|one| settings.url(one).is_ok_and(is_https)) {
        None => Ok(()),
        Some(gateway) => Err(format!(
            "the address of the gateway `{}` is https, but TLS is not compiled in: enable the \
             feature `rustls_aws_lc`, `rustls_ring` or `native_tls`",
            gateway.name
        )),
    }
}
