//! What a `curl` command sends.

use super::shell;
use crate::command::stop::Stop;
use gatespec_codegen::source;
use gatespec_runtime::percent::Percent;
use std::path::Path;

/// A command's parts.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) verb: String,
    pub(super) url: String,
    pub(super) headers: Vec<(String, String)>,
    /// All data, joined by `&`.
    pub(super) data: String,
    /// The data belongs into the query.
    pub(super) get: bool,
    json: bool,
}

/// Options with a value that does not change what is signed.
const PASSED_WITH_VALUE: [&str; 28] = [
    "-o",
    "--output",
    "-x",
    "--proxy",
    "-m",
    "--max-time",
    "--connect-timeout",
    "--retry",
    "--cacert",
    "--cert",
    "--key",
    "-E",
    "-b",
    "--cookie",
    "-c",
    "--cookie-jar",
    "-w",
    "--write-out",
    "--resolve",
    "--interface",
    "-e",
    "--referer",
    "-A",
    "--user-agent",
    "--max-redirs",
    "--limit-rate",
    "-D",
    "--dump-header",
];
const PASSED: [&str; 26] = [
    "-s",
    "--silent",
    "-S",
    "--show-error",
    "-k",
    "--insecure",
    "-i",
    "--include",
    "-v",
    "--verbose",
    "-L",
    "--location",
    "--compressed",
    "-f",
    "--fail",
    "--http1.1",
    "--http2",
    "-N",
    "--no-buffer",
    "-g",
    "--globoff",
    "-#",
    "--progress-bar",
    "--http1.0",
    "--fail-with-body",
    "--no-keepalive",
];

impl Line {
    /// Reads a `curl` command, or a bare URL.
    pub(super) fn read(text: &str) -> Result<Self, Stop> {
        let wrong = |message: String| Stop::usage(format!("--from: {message}"));
        let words = shell::words(text).map_err(wrong)?;
        let mut line = Line::default();
        let mut words = words.into_iter();
        match words.next() {
            Some(word) if is_curl(&word) => {}
            // A bare URL, whose `&` and `?` no shell has seen.
            Some(_) => return Line { url: text.to_owned(), ..line }.finish(),
            None => {
                return Err(wrong("there is no request: give a curl command or a URL".to_owned()));
            }
        }
        while let Some(word) = words.next() {
            line.option(&word, &mut words).map_err(wrong)?;
        }
        line.finish()
    }

    fn finish(mut self) -> Result<Self, Stop> {
        if self.url.is_empty() || self.url.contains(char::is_whitespace) {
            return Err(Stop::usage("--from: there is no URL in the request"));
        }
        if self.json
            && !self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"))
        {
            self.headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
        }
        if self.verb.is_empty() {
            let posts = !self.data.is_empty() && !self.get;
            self.verb = if posts { "POST" } else { "GET" }.to_owned();
        }
        Ok(self)
    }

    fn option(
        &mut self,
        word: &str,
        words: &mut impl Iterator<Item = String>,
    ) -> Result<(), String> {
        let (name, attached) = split(word);
        let mut value = || {
            let value = attached.map(str::to_owned).or_else(|| words.next());
            value.ok_or_else(|| format!("{name} has no value"))
        };
        match name {
            "-X" | "--request" => self.verb = value()?.to_ascii_uppercase(),
            "-G" | "--get" => self.get = true,
            "--url" => self.url = value()?,
            "-H" | "--header" => {
                let header = value()?;
                let (name, text) = header.split_once(':').unwrap_or((&header, ""));
                self.headers.push((name.trim().to_owned(), text.trim().to_owned()));
            }
            "-d" | "--data" | "--data-ascii" => self.add(&without_breaks(file(&value()?)?)),
            "--data-binary" => self.add(&file(&value()?)?),
            "--data-raw" => self.add(&value()?),
            "--data-urlencode" => self.add(&encoded(&value()?)?),
            "--json" => {
                self.json = true;
                self.data.push_str(&file(&value()?)?);
            }
            "-F" | "--form" => {
                return Err("a multipart form (-F) is not what these platforms sign".to_owned());
            }
            "--next" | "-:" => return Err("there are several requests: give one".to_owned()),
            name if PASSED_WITH_VALUE.contains(&name) => drop(value()?),
            name if PASSED.contains(&name) => {}
            name if name.starts_with('-') && name.len() > 1 => return self.flags(word),
            url if self.url.is_empty() => self.url = url.to_owned(),
            url => return Err(format!("there are two addresses, the second is `{url}`")),
        }
        Ok(())
    }

    /// Several short options in one word, such as `-sSL`.
    fn flags(&mut self, word: &str) -> Result<(), String> {
        for flag in word.chars().skip(1) {
            let flag = format!("-{flag}");
            match flag.as_str() {
                "-G" => self.get = true,
                flag if PASSED.contains(&flag) && !word.starts_with("--") => {}
                _ => return Err(format!("the option `{word}` of curl is not known here")),
            }
        }
        Ok(())
    }

    fn add(&mut self, data: &str) {
        if !self.data.is_empty() {
            self.data.push('&');
        }
        self.data.push_str(data);
    }
}

fn is_curl(word: &str) -> bool {
    matches!(word.rsplit(['/', '\\']).next(), Some("curl" | "curl.exe"))
}

/// An option and the value that is written to it: `-XPOST`, `--request=POST`.
fn split(word: &str) -> (&str, Option<&str>) {
    if word.starts_with("--") {
        return match word.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (word, None),
        };
    }
    match word.split_at_checked(2) {
        Some((name @ ("-X" | "-d" | "-H" | "-b" | "-A" | "-e" | "-o" | "-x" | "-m"), rest))
            if !rest.is_empty() =>
        {
            (name, Some(rest))
        }
        _ => (word, None),
    }
}

/// `@FILE` as its content.
fn file(data: &str) -> Result<String, String> {
    match data.strip_prefix('@') {
        Some(path) => source::text(Path::new(path)),
        None => Ok(data.to_owned()),
    }
}

/// `-d` drops line breaks of files.
fn without_breaks(text: String) -> String {
    if text.contains(['\n', '\r']) { text.replace(['\n', '\r'], "") } else { text }
}

/// `content`, `=content`, `name=content`, `@file` and `name@file`.
fn encoded(data: &str) -> Result<String, String> {
    let encode = |text: &str| Percent::Rfc3986.encode(text);
    let Some(at) = data.find(['=', '@']) else { return Ok(encode(data)) };
    let (name, rest) = data.split_at(at);
    let text = match rest.strip_prefix('=') {
        Some(text) => text.to_owned(),
        None => source::text(Path::new(&rest[1..]))?,
    };
    let equals = if name.is_empty() { "" } else { "=" };
    Ok(format!("{name}{equals}{}", encode(&text)))
}
