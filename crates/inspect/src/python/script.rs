//! A program that is being written: its imports, constants, helper functions and statements.

use super::literal;
use gatespec_protocol::{CredentialSet, Escape, NonceFormat, TimeFormat};
use std::collections::{BTreeSet, HashSet};

/// A function that the program defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Helper {
    Rfc3986,
    FormEncoded,
    ToJson,
    AsText,
}

pub(super) struct Script {
    pub(super) imports: BTreeSet<&'static str>,
    helpers: BTreeSet<Helper>,
    names: HashSet<String>,
    /// The variables that already have a value, each with what it stands for.
    known: Vec<(String, String)>,
    pub(super) constants: Vec<String>,
    pub(super) lines: Vec<String>,
    escape: Escape,
}

impl Script {
    /// Creates a program that writes JSON with these escapes.
    pub(super) fn new(escape: Escape) -> Self {
        Self {
            imports: BTreeSet::new(),
            helpers: BTreeSet::new(),
            names: HashSet::new(),
            known: Vec::new(),
            constants: Vec::new(),
            lines: Vec::new(),
            escape,
        }
    }

    /// Returns a variable that is not in use: `wish`, with a number if necessary.
    pub(super) fn unused(&mut self, wish: &str) -> String {
        let mut name = wish.to_owned();
        for number in 2.. {
            if self.names.insert(name.clone()) {
                break;
            }
            name = format!("{wish}_{number}");
        }
        name
    }

    /// Returns the variable that stands for `what`. If there is none yet, `make` returns a name and
    /// a value for it.
    fn variable(
        &mut self,
        what: String,
        make: impl FnOnce(&mut Self) -> (&'static str, String),
    ) -> String {
        if let Some((_, name)) = self.known.iter().find(|(known, _)| *known == what) {
            return name.clone();
        }
        let (wish, value) = make(self);
        let name = self.unused(wish);
        self.lines.push(format!("{name} = {value}"));
        self.known.push((what, name.clone()));
        name
    }

    /// Returns the name of a helper, which the program then defines.
    pub(super) fn helper(&mut self, helper: Helper) -> &'static str {
        self.helpers.insert(helper);
        match helper {
            Helper::Rfc3986 => "rfc3986",
            Helper::FormEncoded => "form_encoded",
            Helper::ToJson => {
                self.imports.insert("json");
                "to_json"
            }
            Helper::AsText => {
                self.helper(Helper::ToJson);
                "as_text"
            }
        }
    }

    /// Returns the constant that contains a credential.
    pub(super) fn credential(&mut self, name: &str, all: &CredentialSet) -> Option<String> {
        let value = all.get(name)?;
        let what = format!("credential {name}");
        if let Some((_, constant)) = self.known.iter().find(|(known, _)| *known == what) {
            return Some(constant.clone());
        }
        let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
        let mut wish: String = name.chars().map(plain).collect();
        if !wish.starts_with(|c: char| c.is_ascii_alphabetic()) {
            wish.insert_str(0, "CREDENTIAL_");
        }
        let constant = self.unused(&wish);
        self.constants.push(format!("{constant} = {}", literal::text(value)));
        self.known.push((what, constant.clone()));
        Some(constant)
    }

    /// Returns the variable that contains the current time as text.
    pub(super) fn clock(&mut self, format: TimeFormat<'_>) -> String {
        self.variable(format!("clock {format:?}"), |script| {
            let value = match format {
                TimeFormat::UnixSeconds => "str(int(time.time()))".to_owned(),
                TimeFormat::UnixMillis => "str(int(time.time() * 1000))".to_owned(),
                TimeFormat::Pattern { offset, .. } => {
                    script.imports.insert("datetime");
                    return ("timestamp", script.civil(format, offset));
                }
            };
            script.imports.insert("time");
            ("timestamp", value)
        })
    }

    /// Returns the current time in the format of a pattern.
    fn civil(&mut self, format: TimeFormat<'_>, offset: i32) -> String {
        const MILLIS: char = '\0';
        let zone = match offset % 3600 {
            0 => format!("hours={}", offset / 3600),
            _ => format!("seconds={offset}"),
        };
        let now = format!("datetime.datetime.now(datetime.timezone(datetime.timedelta({zone})))");
        let pattern = format.strftime(&MILLIS.to_string()).unwrap_or_default();
        if !pattern.contains(MILLIS) {
            return format!("{now}.strftime({})", literal::text(&pattern));
        }
        let name = self.unused("now");
        self.lines.push(format!("{name} = {now}"));
        let millis = format!("f\"{{{name}.microsecond // 1000:03}}\"");
        let mut parts = Vec::new();
        for (at, part) in pattern.split(MILLIS).enumerate() {
            if at > 0 {
                parts.push(millis.clone());
            }
            match part {
                "" => {}
                part if part.contains('%') => {
                    parts.push(format!("{name}.strftime({})", literal::text(part)));
                }
                part => parts.push(literal::text(part)),
            }
        }
        literal::sum(&parts, "timestamp = ".len())
    }

    /// Returns the variable that contains a random text.
    pub(super) fn nonce(&mut self, format: NonceFormat) -> String {
        self.variable("nonce".to_owned(), |script| {
            script.imports.insert(if format == NonceFormat::Uuid { "uuid" } else { "secrets" });
            let value = match format {
                NonceFormat::Hex(length) if length % 2 == 0 => {
                    format!("secrets.token_hex({})", length / 2)
                }
                NonceFormat::Hex(length) => {
                    format!("secrets.token_hex({})[:{length}]", length / 2 + 1)
                }
                NonceFormat::Digits(length) => {
                    format!("\"\".join(secrets.choice(\"0123456789\") for _ in range({length}))")
                }
                NonceFormat::Uuid => "str(uuid.uuid4())".to_owned(),
            };
            ("nonce", value)
        })
    }

    /// Returns the definitions of the helpers that are used.
    pub(super) fn definitions(&self) -> String {
        self.helpers.iter().map(|helper| self.definition(*helper)).collect()
    }

    fn definition(&self, helper: Helper) -> String {
        let ascii = if self.escape == Escape::Ascii { "True" } else { "False" };
        let slash = if self.escape == Escape::Slash { ".replace(\"/\", \"\\\\/\")" } else { "" };
        match helper {
            Helper::Rfc3986 => "\n\ndef rfc3986(text):\n    \
                \"\"\"Percent-encodes all bytes except letters, digits, and - . _ ~\"\"\"\n    \
                return urllib.parse.quote(text, safe=\"-._~\")\n"
                .to_owned(),
            Helper::FormEncoded => "\n\ndef form_encoded(text):\n    \
                \"\"\"Encodes as in a form: a space becomes +, and * - . _ stay.\"\"\"\n    \
                return urllib.parse.quote_plus(text, safe=\"*\").replace(\"~\", \"%7E\")\n"
                .to_owned(),
            Helper::ToJson => format!(
                "\n\ndef to_json(value):\n    \"\"\"Writes compact JSON.\"\"\"\n    \
                 return json.dumps(value, ensure_ascii={ascii}, separators=(\",\", \":\")){slash}\n"
            ),
            Helper::AsText => "\n\ndef as_text(value):\n    \
                \"\"\"Returns a member of the body as the signature takes it.\"\"\"\n    \
                return value if isinstance(value, str) else to_json(value)\n"
                .to_owned(),
        }
    }
}
