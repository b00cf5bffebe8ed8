//! Checks formulas: each depends on a secret, does not depend on its own result, and uses only
//! parameters that exist.

use super::doubt::Doubt;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{ExprKind, Formula, Gateway, Method, Platform, PublicParam};
use crate::source::SourceSpan;
use crate::suggest::list;
use gatespec_protocol::{Location, Op, Pairs, Placement, Select, SendPolicy, Source};
use std::collections::HashSet;

pub(super) fn check(platform: &Platform, doubt: &Doubt<'_>, sink: &mut Sink) {
    for (index, gateway) in platform.gateways.iter().enumerate() {
        let methods: Vec<_> =
            platform.methods.iter().filter(|method| method.gateway == index).collect();
        let own = own(gateway, &methods);
        let lacks = Lacks {
            public: doubt.of_gateway(index, &["request"]),
            credentials: doubt.of_gateway(index, &["credentials"]),
            fields: doubt.of_methods(&methods),
        };
        let mut judge = Judge { gateway, methods: &methods, own: &own, lacks, sink };
        for method in &gateway.signatures {
            judge.secret(&method.formula);
            judge.formula(&method.formula, None);
        }
        for param in &gateway.public {
            if let Some(formula) = &param.formula {
                judge.formula(formula, Some(param));
            }
        }
        for step in &gateway.envelope.open {
            step.key.iter().chain(&step.iv).for_each(|formula| judge.key(formula));
        }
    }
}

struct Judge<'a> {
    gateway: &'a Gateway,
    /// The methods of the gateway.
    methods: &'a [&'a Method],
    /// The parameters that methods add: a carrier, or the fields themselves.
    own: &'a [&'a str],
    lacks: Lacks,
    sink: &'a mut Sink,
}

/// Which parts have errors. A name that seems to be missing may be declared in one of them.
struct Lacks {
    public: bool,
    credentials: bool,
    fields: bool,
}

impl Judge<'_> {
    fn secret(&mut self, formula: &Formula) {
        let mut found = false;
        formula.root.walk(&mut |expr| {
            if let ExprKind::Op(Op::Credential(name)) = expr.kind {
                found |=
                    self.gateway.credentials.iter().any(|one| one.name == name && one.sensitive);
            }
        });
        if !found && !self.lacks.credentials {
            self.sink.report(
                Diagnostic::at(
                    rules::FORMULA_SECRET,
                    formula.span,
                    "this signature depends on no sensitive credential, so anyone can compute it",
                )
                .help("use the secret in the formula, and mark it `sensitive: true` under `credentials`"),
            );
        }
    }

    /// Checks a formula. `param` is the parameter that the formula computes, or `None` for the
    /// signature.
    fn formula(&mut self, formula: &Formula, param: Option<&PublicParam>) {
        let mut ops = Vec::new();
        let mut pairs = Vec::new();
        formula.root.walk(&mut |expr| match &expr.kind {
            ExprKind::Op(op) => ops.push((*op, expr.span)),
            ExprKind::Pairs(found, names) => pairs.push((found, names, expr.span)),
            _ => {}
        });
        for (op, span) in ops {
            self.op(op, span, param);
        }
        for (pairs, names, span) in pairs {
            for (name, span) in names {
                let is_listed = pairs
                    .select
                    .iter()
                    .any(|set| matches!(set, Select::Names(listed) if listed.contains(name)));
                self.named(name, *span, is_listed);
            }
            self.pairs(pairs, span, param);
        }
    }

    /// Checks the formula of a decryption key or an initialization vector, which cannot depend on a
    /// request.
    fn key(&mut self, formula: &Formula) {
        formula.root.walk(&mut |expr| {
            let request = match &expr.kind {
                ExprKind::Pairs(..) => true,
                ExprKind::Op(op) => !matches!(op, Op::Credential(_) | Op::Text(_)),
                _ => false,
            };
            if request {
                self.sink.report(
                    Diagnostic::at(
                        rules::FORMULA_CYCLE,
                        expr.span,
                        "a key cannot depend on a request",
                    )
                    .help("build keys from credentials and literals only"),
                );
            }
        });
    }

    fn op(&mut self, op: Op<'_>, span: SourceSpan, param: Option<&PublicParam>) {
        match op {
            Op::Credential(name) => self.credential(name, span),
            Op::Clock => {
                self.exactly_one("clock", span, |source| matches!(source, Source::Clock(..)));
            }
            Op::Nonce => {
                self.exactly_one("nonce", span, |source| matches!(source, Source::Nonce(_)));
            }
            Op::Body => self.body(span, param),
            Op::Value(name) => self.value(name, span, param),
            _ => {}
        }
    }

    fn credential(&mut self, name: &str, span: SourceSpan) {
        let optional = self.gateway.credentials.iter().any(|one| one.name == name && one.optional);
        if optional {
            self.sink.report(
                Diagnostic::at(rules::FORMULA_OPTIONAL, span, format!("the formula uses credential `{name}`, which may be absent"))
                    .help(format!("send it as a parameter and write `pairs([…], \"{{value}}\")`, or make `{name}` required")),
            );
        }
    }

    fn exactly_one(&mut self, what: &str, span: SourceSpan, role: fn(&Source<'_>) -> bool) {
        let count = self.gateway.public.iter().filter(|param| role(&param.source)).count();
        if count != 1 && !(count == 0 && self.lacks.public) {
            let (message, help) = if count == 0 {
                let message =
                    format!("`{what}` means the {what} parameter, but the gateway has none");
                (message, format!("declare one: `NAME: {{ is: {what}, format: … }}`"))
            } else {
                let message =
                    format!("`{what}` is ambiguous: the gateway has {count} {what} parameters");
                (message, "name the parameter that you mean: `value(NAME)`".to_owned())
            };
            self.sink.report(Diagnostic::at(rules::FORMULA_CLOCK, span, message).help(help));
        }
    }

    /// Reports a formula that signs the JSON body although the body contains the formula's result.
    fn body(&mut self, span: SourceSpan, param: Option<&PublicParam>) {
        let result = param.or_else(|| {
            self.gateway.public.iter().find(|param| matches!(param.source, Source::Signature))
        });
        let inside = result
            .is_some_and(|param| matches!(param.place, Location::Body | Location::BodyMember(_)));
        // The body cannot contain the signature either, which is computed later.
        let holds_signature = self.gateway.public.iter().any(|other| {
            matches!(other.source, Source::Signature)
                && matches!(other.place, Location::Body | Location::BodyMember(_))
        });
        if inside || holds_signature {
            self.sink.report(
                Diagnostic::at(
                    rules::FORMULA_CYCLE,
                    span,
                    "the body contains the result of this formula",
                )
                .help(
                    "sign `pairs(…)` of the body's members instead, or send the result elsewhere",
                ),
            );
        }
    }

    fn value(&mut self, name: &str, span: SourceSpan, param: Option<&PublicParam>) {
        let Some(target) = self.gateway.public_param(name) else {
            return self.carrier(name, span);
        };
        if matches!(target.source, Source::Signature) || param.is_some_and(|own| own.name == name) {
            let message =
                format!("`{name}` is the result of this formula, which cannot sign its own result");
            self.sink.report(Diagnostic::at(rules::FORMULA_CYCLE, span, message));
        } else if let (Some(own), Source::Formula(_)) = (param, &target.source) {
            self.order_matters(own, target, span);
        } else if target.send != SendPolicy::Always {
            let message = format!("the formula uses parameter `{name}`, which may be absent");
            self.sink.report(Diagnostic::at(rules::FORMULA_OPTIONAL, span, message).help(format!(
                "write `pairs([{name}], \"{{value}}\")`, which is empty if the parameter is absent"
            )));
        }
    }

    /// Reports a carrier that not all methods send.
    fn carrier(&mut self, name: &str, span: SourceSpan) {
        let other = self.methods.iter().find(|method| carrier(method.business()) != Some(name));
        if let Some(other) = other {
            let message = format!("the formula uses parameter `{name}`, which may be absent");
            let help = format!(
                "write `pairs([{name}], \"{{value}}\")`, which is empty if the parameter is absent"
            );
            self.sink.report(
                Diagnostic::at(rules::FORMULA_OPTIONAL, span, message)
                    .also(other.transport, "this method does not send it")
                    .help(help),
            );
        }
    }

    /// Reports a formula that uses another computed parameter, since the order of computation is
    /// undefined.
    fn order_matters(&mut self, own: &PublicParam, other: &PublicParam, span: SourceSpan) {
        let message = format!(
            "`{}` depends on `{}`, which is also the result of a formula",
            own.name, other.name
        );
        self.sink.report(
            Diagnostic::at(rules::FORMULA_CYCLE, span, message)
                .also(other.span, "declared here")
                .help(format!(
                    "write the formula of `{}` instead of its name, or leave it out with `except(…, {})`",
                    other.name, other.name
                )),
        );
    }

    fn pairs(&mut self, pairs: &Pairs<'_>, span: SourceSpan, param: Option<&PublicParam>) {
        let Some(own) = param else { return };
        let made = self.gateway.public.iter();
        let made = made.filter(|other| matches!(other.source, Source::Formula(_)));
        for other in made
            .filter(|other| other.name != own.name && pairs.takes(other.name, other.place, true))
        {
            self.order_matters(own, other, span);
        }
        if pairs.takes(own.name, own.place, true) {
            let message = format!("these pairs contain `{}`, the result of this formula", own.name);
            self.sink.report(
                Diagnostic::at(rules::FORMULA_CYCLE, span, message)
                    .help(format!("write `except(…, {})`", own.name)),
            );
        }
    }

    /// Checks a name in a list `[…]` or after `except`.
    fn named(&mut self, name: &str, span: SourceSpan, is_listed: bool) {
        if let Some(param) = self.gateway.public_param(name) {
            if matches!(param.source, Source::Signature) {
                let message = format!("`{name}` is the signature, which cannot sign itself");
                self.sink.report(Diagnostic::at(rules::FORMULA_CYCLE, span, message));
            } else if is_listed && param.send == SendPolicy::Never {
                let message = format!("`{name}` is never sent, so these pairs never contain it");
                self.sink.report(
                    Diagnostic::at(rules::FORMULA_OPTIONAL, span, message)
                        .also(param.span, "declared here with `send: never`")
                        .help("remove it, or send it"),
                );
            }
            return;
        }
        if self.own.contains(&name) || self.lacks.public || self.lacks.fields {
            return;
        }
        let message = format!("there is no parameter `{name}`");
        let advice = self.not_a_parameter(name).unwrap_or_else(|| {
            let public = self.gateway.public.iter().map(|param| param.name);
            self.sink.advice(name, public.chain(self.own.iter().copied()), |known| {
                format!("the parameters are {}", list(known))
            })
        });
        self.sink.report(Diagnostic::at(rules::UNKNOWN_NAME, span, message).help(advice));
    }

    /// The reason why a formula cannot name this field; `None` if the field does not exist or there
    /// is no such reason.
    fn not_a_parameter(&self, name: &str) -> Option<String> {
        self.methods.iter().find_map(|method| {
            let field = method.request.sent().find(|field| field.name == name)?;
            Some(match carrier(method.business()) {
                _ if field.in_path => {
                    format!("`{name}` is part of the path: write `path`")
                }
                Some(carrier) => {
                    format!(
                        "`{name}` is sent inside parameter `{carrier}`: use `{carrier}` instead"
                    )
                }
                None => return None,
            })
        })
    }
}

fn own<'m>(gateway: &Gateway, methods: &[&'m Method]) -> Vec<&'m str> {
    let fields = methods.iter().flat_map(|method| {
        let carrier = carrier(method.business());
        let fields = method.request.sent().filter(move |_| carrier.is_none());
        let fields = fields.filter(|field| !field.in_path);
        carrier.into_iter().chain(fields.map(|field| field.name.as_str()))
    });
    let mut seen = HashSet::new();
    let all = carrier(gateway.facts.business).into_iter().chain(fields);
    all.filter(|name| seen.insert(*name)).collect()
}

/// The name of the parameter that carries all business parameters, if there is one.
pub(super) fn carrier<'p>(business: Placement<'p>) -> Option<&'p str> {
    match business {
        Placement::FormCarrier(name) => Some(name),
        _ => None,
    }
}
