//! The section of a platform's page that says which facts are proved and which are guesses.

use crate::model::{Gateway, Grade, Platform};
use crate::plan::prose::{Docs, code};

/// The grades from the most to the least certain, with their meanings.
const GRADES: [(Grade, &str); 4] = [
    (Grade::Sdk, "taken from the platform's own code"),
    (Grade::ThirdParty, "from working clients of others"),
    (Grade::Observed, "from a sample alone"),
    (Grade::Inferred, "a guess"),
];

/// A fact of the platform: its grade, and its name for readers.
type Graded = (Grade, String);

/// Adds the section: the known answers of the signature, then the facts of each grade.
pub(crate) fn section(docs: &mut Docs, platform: &Platform) {
    docs.heading(1, "Grades");
    docs.paragraph(
        "A fact without a grade is documented by the platform. Fields are graded on the pages of their types.",
    );
    let several = platform.gateways.len() > 1;
    let mut groups: Vec<(String, Vec<Graded>)> = Vec::new();
    let mut verified = Vec::new();
    for gateway in &platform.gateways {
        let of = if several { format!("{}: ", code(gateway.name)) } else { String::new() };
        verified.extend(
            known_answers(gateway)
                .map(|counts| format!("{of}the signature gives its known answers ({counts})")),
        );
        groups.push((of, graded(gateway)));
    }
    let methods = platform.methods.iter().flat_map(|method| {
        let name = (method.name_about.grade, format!("the name {}", code(method.name)));
        [name, (method.about.grade, format!("the method {}", code(method.name)))]
    });
    groups.push((String::new(), methods.collect()));
    let graded =
        GRADES.iter().map(|(grade, meaning)| item(grade.key(), meaning, &of(*grade, &groups)));
    let mut items = vec![item("verified", "by the compiler", &verified)];
    items.extend(graded);
    docs.list(&items);
}

/// Returns how many known answers a gateway's signature has, by grade. `None` if it has no known
/// answers.
fn known_answers(gateway: &Gateway) -> Option<String> {
    let grades = std::iter::once(Grade::Documented).chain(GRADES.map(|(grade, _)| grade));
    let counts = grades.filter_map(|grade| {
        let count = gateway.vectors.iter().filter(|one| one.about.grade == grade).count();
        (count > 0).then(|| format!("{count} {}", grade.key()))
    });
    Some(counts.collect::<Vec<_>>().join(", ")).filter(|counts| !counts.is_empty())
}

/// Returns the facts that a gateway's sections state, with their grades.
fn graded(gateway: &Gateway) -> Vec<Graded> {
    let mut facts: Vec<Graded> = Vec::new();
    let mut add = |grade, what: String| facts.push((grade, what));
    for one in &gateway.environments {
        add(one.about.grade, format!("the address {}", code(&one.name)));
    }
    for one in &gateway.credentials {
        add(one.about.grade, format!("the credential {}", code(one.name)));
    }
    add(gateway.about.grade, "the form of requests".to_owned());
    add(gateway.values.about.grade, "the form of times".to_owned());
    for one in &gateway.public {
        add(one.about.grade, format!("the parameter {}", code(one.name)));
    }
    for one in &gateway.signatures {
        add(one.about.grade, "the signature".to_owned());
    }
    add(gateway.replay_about.grade, "what is refused as too old or repeated".to_owned());
    add(gateway.envelope.about.grade, "the form of answers".to_owned());
    for one in &gateway.envelope.open {
        add(one.about.grade, format!("how {} is decoded", code(one.at)));
    }
    for one in &gateway.envelope.failures {
        let paths: Vec<_> = one.code.iter().map(|path| code(path)).collect();
        add(one.about.grade, format!("failures with a code at {}", paths.join(" or ")));
    }
    for (grade, _) in GRADES {
        let errors = gateway.errors.iter().filter(|one| one.about.grade == grade);
        let codes: Vec<_> = errors.map(|one| code(one.code)).collect();
        match codes.len() {
            0 => {}
            count if count == gateway.errors.len() => add(grade, "the error codes".to_owned()),
            _ => add(grade, format!("the meaning of {}", codes.join(", "))),
        }
    }
    facts
}

/// Returns the facts of one grade, grouped by gateway.
fn of(grade: Grade, groups: &[(String, Vec<Graded>)]) -> Vec<String> {
    let parts = groups.iter().filter_map(|(of, facts)| {
        let named = facts.iter().filter(|(its, _)| *its == grade).map(|(_, what)| what.as_str());
        let named: Vec<_> = named.collect();
        (!named.is_empty()).then(|| format!("{of}{}", named.join(", ")))
    });
    parts.collect()
}

fn item(name: &str, meaning: &str, parts: &[String]) -> String {
    let listed = if parts.is_empty() { "nothing".to_owned() } else { parts.join("; ") };
    format!("*{name}* ({meaning}): {listed}.")
}
