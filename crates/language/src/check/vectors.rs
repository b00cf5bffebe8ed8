//! Checks vectors: each formula reproduces its known signatures, and these prove every part of the
//! formula.

mod mutants;
mod request;
mod run;

use super::doubt::Doubt;
use super::examples::{broken, sentence};
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Expr, Gateway, Grade, Platform, SignatureMethod, Vector, VectorInput};
use gatespec_protocol as rt;
pub use request::{VectorRequest, vector_request};
use run::{Failure, Outcome, run};
use std::collections::HashSet;

/// Whether the formula reproduces the signature of a vector.
///
/// # Errors
///
/// The reasons why the vector cannot be signed.
pub fn holds(platform: &Platform, gateway: &Gateway, vector: &Vector) -> Result<bool, Vec<String>> {
    match run(platform, gateway, gateway.facts, vector) {
        Ok(outcome) => Ok(outcome.sign == vector.sign),
        Err(failures) => Err(failures.into_iter().map(|failure| failure.message).collect()),
    }
}

pub(super) fn check(platform: &Platform, doubt: &Doubt<'_>, sink: &mut Sink) {
    let proofs = proofs(platform);
    let holds: Vec<bool> = proofs
        .iter()
        .map(|proof| {
            can_run(platform, proof, doubt)
                && reproduces(platform, proof.gateway, proof.vector, sink)
        })
        .collect();
    // A gateway that inherits its formula need not prove it again.
    let mut judged = HashSet::new();
    for (index, gateway) in platform.gateways.iter().enumerate() {
        if doubt.of_gateway(index, &["signature"]) || doubt.of_calls(index) {
            continue;
        }
        let inherits =
            |proof: &Proof<'_>| gateway.vectors.iter().any(|one| one.span == proof.vector.span);
        let sound = proofs.iter().zip(&holds).all(|(proof, holds)| *holds || !inherits(proof));
        for method in gateway.signatures.iter().filter(|one| judged.insert(one.formula.span)) {
            let signs = |proof: &&Proof<'_>| signs_with(gateway, proof.vector, method);
            let own: Vec<_> = proofs.iter().filter(|one| inherits(one)).filter(signs).collect();
            if own.is_empty() {
                missing(method, sink);
            } else if sound && method.about.grade == Grade::Documented {
                unproved(platform, gateway, method, &own, sink);
            }
        }
    }
}

/// Whether nothing that the vector depends on has an error.
fn can_run(platform: &Platform, proof: &Proof<'_>, doubt: &Doubt<'_>) -> bool {
    let Proof { gateway, vector } = proof;
    let index = platform.gateways.iter().position(|one| std::ptr::eq(one, *gateway));
    let index = index.unwrap_or_default();
    let case = vector.case.as_ref().map(|(case, _)| case.as_str());
    let way = match case {
        None => gateway.signatures.first(),
        Some(case) => gateway.signatures.iter().find(|way| way.name == case),
    };
    let formula = way.map(|way| doubt.is_wrong(way.formula.span));
    if doubt.of_calls(index)
        || doubt.is_wrong(vector.area)
        || formula.unwrap_or(doubt.of_gateway(index, &["signature"]))
    {
        return false;
    }
    let VectorInput::Request { method: (name, _), .. } = &vector.input else { return true };
    match platform.methods.iter().find(|method| method.name == name) {
        Some(method) => !doubt.of_requests(method),
        None => !doubt.is_partial(),
    }
}

/// Every vector of a platform, with the gateway whose formula signs it.
pub fn vectors(platform: &Platform) -> impl Iterator<Item = (&Gateway, &Vector)> {
    proofs(platform).into_iter().map(|proof| (proof.gateway, proof.vector))
}

/// A vector, and the gateway whose formula signs it.
struct Proof<'m> {
    gateway: &'m Gateway,
    vector: &'m Vector,
}

/// Every vector once, although gateways inherit vectors. A vector with a request belongs to the
/// gateway of its method, a vector with texts to the gateway that declares it.
fn proofs(platform: &Platform) -> Vec<Proof<'_>> {
    let mut seen = HashSet::new();
    let mut proofs = Vec::new();
    for declared_at in &platform.gateways {
        for vector in declared_at.vectors.iter().filter(|vector| seen.insert(vector.span)) {
            let of_method = match &vector.input {
                VectorInput::Request { method: (name, _), .. } => {
                    let method = platform.methods.iter().find(|method| method.name == name);
                    method.map(|method| platform.gateway_of(method))
                }
                VectorInput::Sent(_) => None,
            };
            let inherits = |gateway: &&Gateway| {
                gateway.vectors.iter().any(|inherited| inherited.span == vector.span)
            };
            let gateway = of_method.filter(inherits).unwrap_or(declared_at);
            proofs.push(Proof { gateway, vector });
        }
    }
    proofs
}

fn signs_with(gateway: &Gateway, vector: &Vector, method: &SignatureMethod) -> bool {
    let default = gateway.signatures.first().map(|first| first.name);
    let case = vector.case.as_ref().map(|(case, _)| case.as_str());
    case.or(default) == Some(method.name)
}

fn missing(method: &SignatureMethod, sink: &mut Sink) {
    let which = if method.name.is_empty() {
        "the formula".to_owned()
    } else {
        format!("the formula `{}`", method.name)
    };
    sink.report(
        Diagnostic::at(
            rules::VECTOR_MISSING,
            method.formula.span,
            format!("{which} has no vector: nothing proves it"),
        )
        .label("add a known request with its signature"),
    );
}

fn reproduces(platform: &Platform, gateway: &Gateway, vector: &Vector, sink: &mut Sink) -> bool {
    match run(platform, gateway, gateway.facts, vector) {
        Ok(outcome) => matches(platform, gateway, vector, &outcome, sink),
        Err(failures) => {
            for Failure { span, message, help } in failures {
                let diagnostic = Diagnostic::at(rules::VECTOR_INVALID, span, message);
                sink.report(help.into_iter().rfold(diagnostic, Diagnostic::help));
            }
            false
        }
    }
}

fn matches(
    platform: &Platform,
    gateway: &Gateway,
    vector: &Vector,
    outcome: &Outcome,
    sink: &mut Sink,
) -> bool {
    let is_right = vector.sign == outcome.sign
        && vector.canonical.as_ref().is_none_or(|(text, _)| *text == outcome.canonical);
    if !is_right && wrong_request(platform, vector, outcome, sink) {
        return false;
    }
    if let Some((canonical, span)) = &vector.canonical
        && *canonical != outcome.canonical
    {
        sink.report(
            Diagnostic::at(
                rules::VECTOR_MISMATCH,
                *span,
                "this is not the text that the formula signs",
            )
            .also(outcome.formula, "this formula")
            .note(difference("vector", canonical, "formula", &outcome.canonical)),
        );
        return false;
    }
    if vector.sign == outcome.sign {
        return true;
    }
    let mut diagnostic = Diagnostic::at(
        rules::VECTOR_MISMATCH,
        vector.sign_span,
        "the formula does not reproduce this signature",
    )
    .also(outcome.formula, "this formula")
    .note(difference("vector", &vector.sign, "formula", &outcome.sign))
    .note(format!("the formula signed: {}", outcome.canonical));
    for note in causes(gateway, vector, outcome) {
        diagnostic = diagnostic.note(note);
    }
    sink.report(diagnostic.help(advice(gateway, vector, outcome)));
    false
}

/// Reports values that violate the method's rules, as the likely cause of a wrong signature.
/// Returns whether there are any. With a right signature, such values are allowed, since platforms
/// publish such vectors.
fn wrong_request(platform: &Platform, vector: &Vector, outcome: &Outcome, sink: &mut Sink) -> bool {
    let VectorInput::Request { method: (name, _), values } = &vector.input else { return false };
    let Some(method) = platform.methods.iter().find(|method| method.name == name) else {
        return false;
    };
    for violation in &outcome.violations {
        let message = format!("invalid request in this vector: {}", sentence(violation));
        sink.report(
            broken(rules::VECTOR_INVALID, values, method, violation, message)
                .also(vector.sign_span, "so this signature cannot be checked"),
        );
    }
    !outcome.violations.is_empty()
}

/// Whether nothing in the request of a vector states the method.
fn lacks_method(gateway: &Gateway, vector: &Vector) -> bool {
    let names = gateway.public.iter().any(|param| matches!(param.source, rt::Source::Method));
    let is_request = matches!(vector.input, VectorInput::Request { .. });
    is_request && !names && !gateway.path.contains("{method")
}

/// What may have caused a wrong signature.
fn causes(gateway: &Gateway, vector: &Vector, outcome: &Outcome) -> Vec<String> {
    let mut causes = Vec::new();
    let empty = vector.credentials.iter().filter(|(_, value)| value.is_empty());
    causes
        .extend(empty.map(|(name, _)| format!("the credential `{name}` of this vector is empty")));
    if lacks_method(gateway, vector) {
        causes.push("no parameter identifies the method: none has `is: method`".to_owned());
    }
    if outcome.signs_body && !outcome.has_body {
        causes.push("`body` is empty here: it is a JSON or raw body; to sign a form or query, write `pairs(…)`".to_owned());
    }
    causes
}

/// Advice for a wrong signature. The known mistakes of signers are not tried here.
fn advice(gateway: &Gateway, vector: &Vector, outcome: &Outcome) -> &'static str {
    if vector.sign.eq_ignore_ascii_case(&outcome.sign) {
        return "only the case differs: replace `HEX` with `hex`, or `hex` with `HEX`";
    }
    if lacks_method(gateway, vector) {
        return "if the platform expects the method's name, declare it under `request.public`: `method: { is: method, doc: … }`";
    }
    "compare the signed text, part by part, with what the platform says it signs"
}

/// The signature by a changed formula; `None` if the vector cannot be signed with it.
fn signs(
    platform: &Platform,
    gateway: &Gateway,
    method: &SignatureMethod,
    vector: &Vector,
    root: &Expr,
) -> Option<String> {
    let ops = root.program();
    let changed = rt::Signature { recipe: rt::Recipe(&ops), ..method.facts };
    let ways = gateway.facts.signatures.iter().copied();
    let signatures: Vec<_> =
        ways.map(|way| if way.name == method.name { changed } else { way }).collect();
    let facts = rt::Gateway { signatures: &signatures, ..*gateway.facts };
    run(platform, gateway, &facts, vector).ok().map(|outcome| outcome.sign)
}

/// The context of the first difference between two texts, one text above the other.
fn difference(left: &str, a: &str, right: &str, b: &str) -> String {
    const BEFORE: usize = 24;
    const AFTER: usize = 40;
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let from = if same > BEFORE + 8 { same - BEFORE } else { 0 };
    let shown = |text: &str| -> String {
        let start = if from > 0 { "…" } else { "" };
        let part: String = text.chars().skip(from).take(same - from + AFTER).collect();
        let rest = text.chars().count().saturating_sub(same + AFTER);
        let end = if rest > 0 { format!("… ({rest} more)") } else { String::new() };
        let part = if part.is_empty() { "(nothing)" } else { &part };
        format!("{start}{part}{end}")
    };
    let width = left.len().max(right.len());
    format!(
        "they differ from character {} on\n  {left:<width$}: {}\n  {right:<width$}: {}",
        same + 1,
        shown(a),
        shown(b)
    )
}

/// Reports parts of the formula that no vector proves, because changing them gives the same
/// signatures.
fn unproved(
    platform: &Platform,
    gateway: &Gateway,
    method: &SignatureMethod,
    proofs: &[&Proof<'_>],
    sink: &mut Sink,
) {
    for mutant in mutants::of(&method.formula, gateway.omit_empty) {
        let alive = proofs.iter().all(|proof| {
            let sign = signs(platform, proof.gateway, method, proof.vector, &mutant.root);
            sign.is_some_and(|sign| sign == proof.vector.sign)
        });
        if alive {
            sink.report(
                Diagnostic::at(
                    rules::VECTOR_UNPROVED,
                    mutant.span,
                    format!("no vector proves this: {} gives the same signatures", mutant.what),
                )
                .help("add a vector for which the two signatures differ, or state the formula's `grade`"),
            );
        }
    }
}
