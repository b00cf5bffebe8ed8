//! Checks that each envelope can judge answers, and that each error code is a code or a prefix.

use super::doubt::Doubt;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{ErrorCode, Platform};

pub(super) fn check(platform: &Platform, doubt: &Doubt<'_>, sink: &mut Sink) {
    for (index, gateway) in platform.gateways.iter().enumerate() {
        let envelope = &gateway.envelope;
        let is_sure = !doubt.of_gateway(index, &["envelope"]);
        if envelope.success.is_empty() && envelope.failures.is_empty() && is_sure {
            let message =
                "the envelope has neither `success` nor `failures`, so no answer can be classified";
            sink.report(
                Diagnostic::at(rules::ENVELOPE, gateway.span, message)
                    .help("write the condition for success, such as `success: { status: ok }`, or where errors have their code: `failures: [{ code: code }]`"),
            );
        }
        codes(&gateway.errors, sink);
    }
    for method in &platform.methods {
        codes(&method.errors, sink);
    }
}

fn codes(codes: &[ErrorCode], sink: &mut Sink) {
    for code in codes {
        let prefix = code.code.strip_suffix(".*");
        if code.code.is_empty() || prefix.unwrap_or(code.code).contains('*') {
            let message = format!("`{}` is neither a code nor a prefix", code.code);
            sink.report(
                Diagnostic::at(rules::BAD_VALUE, code.span, message)
                    .help("a prefix ends with `.*`: `isp.*`"),
            );
        }
    }
}
