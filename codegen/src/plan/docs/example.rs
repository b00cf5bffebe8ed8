//! A method's example: as a code block of the documentation, and as a program.

use crate::plan::example::Sample;
use crate::plan::names::Ident;
use crate::plan::options::Options;
use crate::plan::prose::Docs;

/// The call that an example makes.
pub(crate) struct Call<'a> {
    /// The platform's module.
    pub module: &'a Ident,
    /// The client's function.
    pub function: &'a Ident,
    /// Whether the call returns a value.
    pub returns: bool,
}

/// The maximum width of a line, in columns.
const PAGE: usize = 92;
/// The maximum length of a request that is written inside the parentheses of the call, in bytes.
const SHORT: usize = 50;

/// Adds the example. If the path of the crate is known, `cargo test --doc` compiles the example.
pub(crate) fn add(
    docs: &mut Docs,
    call: &Call<'_>,
    request: &str,
    sample: &Sample<'_, '_>,
    options: &Options,
) {
    let mut lines: Vec<String> = Vec::new();
    if let Some(path) = &options.doc_path {
        lines.extend(imports(path, call, sample));
        lines.push(format!("# async fn example(client: Client) -> {} {{", outcome(sample)));
    }
    lines.extend(statements(call, request));
    if options.doc_path.is_some() {
        lines.push("# Ok(()) }".to_owned());
    }
    docs.heading(1, "Example");
    docs.code(if options.doc_path.is_some() { "no_run" } else { "text" }, &lines);
}

/// Returns a whole program. `variables` are the environment variables that contain the credentials.
pub(crate) fn program(
    call: &Call<'_>,
    request: &str,
    sample: &Sample<'_, '_>,
    options: &Options,
    variables: &[String],
) -> String {
    let mut lines = imports(options.doc_path.as_deref().unwrap_or("crate"), call, sample);
    lines.push("\n#[tokio::main]".to_owned());
    lines.push(format!("async fn main() -> {} {{", outcome(sample)));
    if !variables.is_empty() {
        lines.push(format!(
            "    // Takes the credentials from the environment: {}.",
            variables.join(", ")
        ));
    }
    let mut body = vec!["let client = Client::from_env()?;".to_owned()];
    body.extend(statements(call, request));
    body.extend(call.returns.then(|| "println!(\"{answer:#?}\");".to_owned()));
    body.push("Ok(())".to_owned());
    lines.extend(body.iter().map(|line| format!("    {line}")));
    lines.push("}\n".to_owned());
    lines.join("\n")
}

/// The type that the function of an example returns. The platform may have types named `Box` or
/// `Result`.
fn outcome(sample: &Sample<'_, '_>) -> String {
    let boxed = if sample.imports.contains("Box") { "std::boxed::Box" } else { "Box" };
    let result = if sample.imports.contains("Result") { "std::result::Result" } else { "Result" };
    format!("{result}<(), {boxed}<dyn std::error::Error>>")
}

fn imports(path: &str, call: &Call<'_>, sample: &Sample<'_, '_>) -> Vec<String> {
    let names: Vec<&str> = sample.imports.iter().map(String::as_str).chain(["Client"]).collect();
    import(&format!("{path}::{}", call.module), &sorted(names))
}

/// Returns an import on one line, or on several filled lines if the import is long.
fn import(path: &str, names: &[&str]) -> Vec<String> {
    let flat = format!("use {path}::{{{}}};", names.join(", "));
    if flat.len() <= PAGE {
        return vec![flat];
    }
    let mut lines = vec![format!("use {path}::{{"), "   ".to_owned()];
    for name in names {
        let full = lines.last().is_some_and(|line| line.len() + name.len() + 2 > PAGE);
        if full {
            lines.push("   ".to_owned());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(&format!(" {name},"));
        }
    }
    lines.push("};".to_owned());
    lines
}

fn sorted(mut names: Vec<&str>) -> Vec<&str> {
    names.sort_unstable();
    names
}

fn statements(call: &Call<'_>, request: &str) -> Vec<String> {
    let answer = if call.returns { "let answer = " } else { "" };
    let function = call.function;
    if request.len() <= SHORT && !request.contains('\n') {
        return vec![format!("{answer}client.{function}(&{request}).await?;")];
    }
    let request = format!("let request = {request};");
    let call = format!("{answer}client.{function}(&request).await?;");
    request.lines().map(str::to_owned).chain([call]).collect()
}
