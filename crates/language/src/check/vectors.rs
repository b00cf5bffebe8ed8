//! Vectors: each formula reproduces its known answers, and the answers pin the formula.

mod mutants;
mod run;

use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Gateway, Grade, Platform, SignatureMethod, Vector, VectorInput};
use gatespec_protocol as rt;
use run::{Failure, Outcome, run};
use std::collections::HashSet;

/// Whether the formula gives the signature of a vector; if it cannot say, why.
pub fn holds(platform: &Platform, gateway: &Gateway, vector: &Vector) -> Result<bool, Vec<String>> {
    match run(platform, gateway, gateway.facts, vector) {
        Ok(outcome) => Ok(outcome.sign == vector.sign),
        Err(failures) => Err(failures.into_iter().map(|failure| failure.message).collect()),
    }
}

pub(super) fn check(platform: &Platform, sink: &mut Sink) {
    let proofs = proofs(platform);
    let holds: Vec<bool> = proofs
        .iter()
        .map(|proof| reproduces(platform, proof.gateway, proof.vector, sink))
        .collect();
    // A gateway that inherits a formula proves nothing of its own with it.
    let mut judged = HashSet::new();
    for gateway in &platform.gateways {
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

/// A vector, and the gateway where it is run.
struct Proof<'m> {
    gateway: &'m Gateway,
    vector: &'m Vector,
}

/// Every vector once, however many gateways inherit it: a request at the gateway of its method, texts
/// at the gateway that declares them.
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
        .label("a known request with its signature would"),
    );
}

fn reproduces(platform: &Platform, gateway: &Gateway, vector: &Vector, sink: &mut Sink) -> bool {
    match run(platform, gateway, gateway.facts, vector) {
        Ok(outcome) => matches(vector, &outcome, sink),
        Err(failures) => {
            for Failure { span, message, help } in failures {
                let diagnostic = Diagnostic::at(rules::VECTOR_INVALID, span, message);
                sink.report(help.into_iter().fold(diagnostic, Diagnostic::help));
            }
            false
        }
    }
}

fn matches(vector: &Vector, outcome: &Outcome, sink: &mut Sink) -> bool {
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
    sink.report(
        Diagnostic::at(
            rules::VECTOR_MISMATCH,
            vector.sign_span,
            "the formula does not reproduce this signature",
        )
        .also(outcome.formula, "by this formula")
        .note(difference("vector", &vector.sign, "formula", &outcome.sign))
        .note(format!("the formula signed: {}", outcome.canonical))
        .help(if vector.sign.eq_ignore_ascii_case(&outcome.sign) {
            "only the case differs: write `hex` in place of `HEX`, or the other way round"
        } else {
            "compare the signed text, part by part, with what the platform says it signs"
        }),
    );
    false
}

/// Two texts, one above the other, up to the first difference.
fn difference(left: &str, a: &str, right: &str, b: &str) -> String {
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let shown = |text: &str| -> String {
        let upto: String = text.chars().take(same + 1).collect();
        let rest = text.chars().count().saturating_sub(same + 1);
        if rest > 0 { format!("{upto}… ({rest} more)") } else { upto }
    };
    let width = left.len().max(right.len());
    format!(
        "they differ from character {} on\n  {left:<width$}: {}\n  {right:<width$}: {}",
        same + 1,
        shown(a),
        shown(b)
    )
}

/// A changed formula that gives the same answers shows what no vector proves.
fn unproved(
    platform: &Platform,
    gateway: &Gateway,
    method: &SignatureMethod,
    proofs: &[&Proof<'_>],
    sink: &mut Sink,
) {
    for mutant in mutants::of(&method.formula, gateway.omit_empty) {
        let ops = mutant.root.program();
        let changed = rt::Signature { recipe: rt::Recipe(&ops), ..method.facts };
        let ways = gateway.facts.signatures.iter().copied();
        let signatures: Vec<_> =
            ways.map(|way| if way.name == method.name { changed } else { way }).collect();
        let alive = proofs.iter().all(|proof| {
            let facts = rt::Gateway { signatures: &signatures, ..*proof.gateway.facts };
            let outcome = run(platform, proof.gateway, &facts, proof.vector);
            outcome.is_ok_and(|outcome| outcome.sign == proof.vector.sign)
        });
        if alive {
            sink.report(
                Diagnostic::at(
                    rules::VECTOR_UNPROVED,
                    mutant.span,
                    format!("no vector proves this: {} gives the same signatures", mutant.what),
                )
                .help("add a vector that tells them apart, or give the formula the `grade` that it has"),
            );
        }
    }
}
