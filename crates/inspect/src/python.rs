//! Writes a request as a Python program.

mod code;
mod formula;
mod literal;
mod pairs;
mod params;
mod script;
mod unsupported;

use crate::diagnose::{Parameter, Signing};
use crate::model::Expr;
use crate::request::{Ask, Wrong};
use formula::Formulas;
use gatespec_protocol as rt;
use params::Request;
use rt::text::visible;
use rt::{Location, Op, Prepared, Role, Source};
use script::{Helper, Script};
use unsupported::unsupported;

/// Returns a program for Python 3.6 or newer that signs and sends the request with the standard
/// library alone, and prints the answer. Credentials are constants at its beginning, and the
/// program reads the clock and chooses the nonce itself. `built` is what [`Signing::of`] returns
/// for `ask`.
///
/// # Errors
///
/// When the program cannot compute the signature, for example because the signature covers the
/// members of records.
pub fn program<'a>(
    ask: &Ask<'a>,
    built: &(Signing<'a>, Prepared<'a>),
    base: &str,
) -> Result<String, Wrong> {
    let (signing, prepared) = built;
    let mut script = Script::new(ask.gateway.json.escape);
    for reserved in ["BASE_URL", "path", "request", "response", "error"] {
        script.unused(reserved);
    }
    let target = prepared.url("");
    let path = target.split('?').next().unwrap_or_default();
    if !path.is_empty() {
        script.lines.push(format!("path = {}", literal::text(path)));
    }
    let request = Request::new(ask, signing, prepared, &mut script)?;
    let mut formulas = Formulas { request: &request, script: &mut script, path, body: None };
    sign(&mut formulas)?;
    let data = data(&mut formulas);
    send(&request, prepared, &mut script, path, data)?;
    let base = if path.starts_with('/') { base.trim_end_matches('/') } else { base };
    Ok(whole(ask, &script, base))
}

/// Writes the parameters that have formulas, and the signature.
fn sign(formulas: &mut Formulas<'_, '_, '_>) -> Result<(), Wrong> {
    let (ask, signing) = (formulas.request.ask, formulas.request.signing);
    for with_body in [false, true] {
        for public in &ask.gateway.public {
            let Some(formula) = &public.formula else { continue };
            let is_it = |param: &&Parameter<'_>| {
                let given = ask.overrides.parameters.iter().any(|(name, _)| name == param.name);
                param.name == public.name && param.role == Role::Public && !given
            };
            let param = signing.params.iter().find(is_it);
            let computed = matches!(public.source, Source::Formula(_));
            if let Some(param) = param.filter(|_| computed && uses_body(&formula.root) == with_body)
            {
                put(formulas, (param.place, param.name), &formula.text, &formula.root)?;
            }
        }
    }
    let Some(param) = signing.params.iter().find(|param| param.role == Role::Signature) else {
        return Ok(());
    };
    let chosen = ask.overrides.signature_method.as_deref();
    let mut known = ask.gateway.signatures.iter();
    let chosen = known.find(|one| chosen.is_none_or(|name| one.name == name));
    let formula = &chosen.ok_or_else(|| unsupported("its signature is unknown"))?.formula;
    put(formulas, (param.place, param.name), &formula.text, &formula.root)
}

fn uses_body(root: &Expr) -> bool {
    root.program().iter().any(|op| matches!(op, Op::Body))
}

/// Writes the statements that compute a formula and store its result in a parameter.
fn put(
    formulas: &mut Formulas<'_, '_, '_>,
    (place, name): (Location<'_>, &str),
    text: &str,
    root: &Expr,
) -> Result<(), Wrong> {
    formulas.script.lines.push(format!("\n{}", comment(&format!("{name} = {text}"))));
    let code = formulas.code(root)?.string();
    let group = formulas.request.group(place);
    let group = group.ok_or_else(|| unsupported("its signature has no place"))?;
    if group.repeats && group.params.iter().any(|param| param.name == name) {
        return Err(unsupported("it computes a parameter beside others that repeat"));
    }
    let name = literal::text(name);
    formulas.script.lines.push(match group.repeats {
        true => format!("{}.append(({name}, {code}))", group.code),
        false => format!("{}[{name}] = {code}", group.code),
    });
    Ok(())
}

/// Returns the expression of the body, if there is one.
fn data(formulas: &mut Formulas<'_, '_, '_>) -> Option<String> {
    let request = formulas.request;
    if request.ask.gateway.raw_body {
        return Some(format!("{}.encode()", formulas.body()));
    }
    if request.is_json() {
        let is_inside = |one: &Parameter<'_>| one.role == Role::Signature && one.place.in_body();
        let signed = request.signing.params.iter().any(is_inside);
        let body = request.group(Location::Body).map_or("body", |group| &group.code);
        return Some(match (&formulas.body, signed) {
            (Some(text), false) => format!("{text}.encode()"),
            _ => format!("{}({body}).encode()", formulas.script.helper(Helper::ToJson)),
        });
    }
    let form = request.group(Location::Form)?;
    Some(format!("urllib.parse.urlencode({}).encode()", form.code))
}

/// Writes the statements that send the request.
fn send(
    request: &Request<'_, '_>,
    prepared: &Prepared<'_>,
    script: &mut Script,
    path: &str,
    data: Option<String>,
) -> Result<(), Wrong> {
    let mut url = "BASE_URL".to_owned();
    if !path.is_empty() {
        url.push_str(" + path");
    }
    if let Some(query) = request.group(Location::Query) {
        url.push_str(&format!(" + \"?\" + urllib.parse.urlencode({})", query.code));
    }
    let mut arguments = vec![url];
    arguments.extend(data.map(|data| format!("data={data}")));
    let headers = headers(request, prepared)?;
    if !headers.is_empty() {
        arguments.push(format!("headers={}", literal::bracketed(["{", "}"], &headers, 12, 1)));
    }
    arguments.push(format!("method={}", literal::text(prepared.verb().as_str())));
    let arguments = literal::bracketed(["(", ")"], &arguments, literal::WIDTH, 0);
    script.lines.push(format!("\nrequest = urllib.request.Request{arguments}"));
    script.lines.push(
        "try:\n    with urllib.request.urlopen(request, timeout=30) as response:\n        \
         print(response.read().decode())\nexcept urllib.error.HTTPError as error:\n    \
         # Some gateways answer a refused call with an HTTP error. The answer says why.\n    \
         print(error.read().decode())"
            .to_owned(),
    );
    Ok(())
}

/// Returns the items of the dictionary of headers.
fn headers(request: &Request<'_, '_>, prepared: &Prepared<'_>) -> Result<Vec<String>, Wrong> {
    let group = request.group(Location::Header);
    let own = request.signing.params.iter().filter(|param| param.place == Location::Header);
    let own: Vec<_> = own.map(|param| param.name).collect();
    let pair =
        |(name, value): (&str, &str)| format!("{}: {}", literal::text(name), literal::text(value));
    let constant = prepared.headers().filter(|(name, _)| !own.contains(name));
    let mut items: Vec<_> = constant.map(pair).collect();
    let has_type = prepared.headers().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    if !has_type && request.ask.gateway.raw_body {
        // Otherwise, Python would say that the body is a form.
        items.push(pair(("Content-Type", "text/plain; charset=UTF-8")));
    }
    let Some(group) = group else { return Ok(items) };
    if prepared.headers().any(|(_, value)| value.contains(char::is_control)) {
        return Err(unsupported("Python refuses control characters in headers"));
    }
    if group.repeats {
        return Err(unsupported("Python sends a header only once"));
    }
    let ascii = group.params.iter().all(|param| param.value.is_ascii());
    items.push(match ascii {
        true => format!("**{}", group.code),
        false => format!("**{{name: value.encode() for name, value in {}.items()}}", group.code),
    });
    Ok(items)
}

fn whole(ask: &Ask<'_>, script: &Script, base: &str) -> String {
    let title = ask.method.map_or("", |method| &method.title);
    let mut out = match title {
        "" => comment(ask.name),
        title => comment(&format!("{}: {title}", ask.name)),
    };
    out.push_str("\n# Needs Python 3.6 or newer, and no packages.\n\n");
    let modules = script.imports.iter().copied();
    let mut modules: Vec<_> =
        modules.chain(["urllib.error", "urllib.parse", "urllib.request"]).collect();
    modules.sort_unstable();
    out.extend(modules.iter().map(|module| format!("import {module}\n")));
    let base = if base.is_empty() { "https://gateway.example" } else { base };
    out.push_str(&format!("\nBASE_URL = {}\n", literal::text(base)));
    out.extend(script.constants.iter().map(|line| format!("{line}\n")));
    let definitions = script.definitions();
    out.push_str(&definitions);
    out.push_str(if definitions.is_empty() { "\n" } else { "\n\n" });
    out.extend(script.lines.iter().map(|line| format!("{line}\n")));
    out
}

/// Returns a text as a comment of one line or more.
fn comment(text: &str) -> String {
    let (mut out, mut width) = ("#".to_owned(), 1);
    for word in visible(text).split_whitespace() {
        let length = word.chars().count() + 1;
        if width + length > literal::WIDTH && width > 1 {
            out.push_str("\n#    ");
            width = 5;
        }
        out.push(' ');
        out.push_str(word);
        width += length;
    }
    out
}
