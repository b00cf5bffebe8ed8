//! Reads the request that a `curl` command sends.

use super::files::Files;
use crate::request::Received;
use gatespec_protocol::percent::Percent;

/// Options with a value that are ignored, because they change nothing that is signed.
const PASSED_WITH_VALUE: &str = "-o --output -x --proxy -U --proxy-user -u --user -m --max-time \
    --connect-timeout --retry --retry-delay --cacert --capath --cert --key -E --ciphers -b --cookie -c \
    --cookie-jar -w --write-out --resolve --connect-to --interface -e --referer -A --user-agent --max-redirs \
    --limit-rate -D --dump-header --noproxy --oauth2-bearer --keepalive-time --unix-socket --trace \
    --trace-ascii --stderr --dns-servers -y --speed-time -Y --speed-limit --tls-max -K --config";
/// Options without a value that are ignored.
const PASSED: &str = "-s --silent -S --show-error -k --insecure -i --include -v --verbose -L --location \
    --location-trusted --compressed -f --fail --fail-with-body -N --no-buffer -g --globoff -# --progress-bar \
    --no-progress-meter -0 --http1.0 --http1.1 --http2 --http2-prior-knowledge --http3 --no-keepalive -4 --ipv4 \
    -6 --ipv6 -1 --tlsv1 --tlsv1.2 --tlsv1.3 --ssl-no-revoke --path-as-is -j --junk-session-cookies -O \
    --remote-name -J -R -q --basic --anyauth --digest --no-alpn --tcp-nodelay --styled-output";
/// Options whose value is read.
const READ_WITH_VALUE: &str = "-X --request --url -H --header -d --data --data-ascii --data-binary --data-raw \
    --data-urlencode --json -F --form --form-string -T --upload-file";

/// A `curl` command while its words are read.
struct Command<'f> {
    files: Files<'f>,
    sent: Received,
    /// Whether the data is sent in the query, as with `--get`.
    get: bool,
    json: bool,
}

/// Reads the words after `curl`.
pub(super) fn read(words: Vec<String>, files: Files<'_>) -> Result<Received, String> {
    let mut command = Command { files, sent: Received::default(), get: false, json: false };
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        command.word(&word, &mut words)?;
    }
    command.finish()
}

pub(super) fn is_curl(word: &str) -> bool {
    matches!(word.rsplit(['/', '\\']).next(), Some("curl" | "curl.exe"))
}

fn has(options: &str, name: &str) -> bool {
    options.split(' ').any(|known| known == name)
}

fn takes_value(name: &str) -> bool {
    has(READ_WITH_VALUE, name) || has(PASSED_WITH_VALUE, name)
}

impl Command<'_> {
    fn word(&mut self, word: &str, words: &mut impl Iterator<Item = String>) -> Result<(), String> {
        let mut next = |name: &str| words.next().ok_or_else(|| format!("{name} has no value"));
        if word.starts_with("--") {
            let (name, attached) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (word, None),
            };
            return match takes_value(name) {
                true => {
                    let value = attached.map_or_else(|| next(name), Ok)?;
                    self.option(name, &value)
                }
                false => self.flag(word, word),
            };
        }
        if !word.starts_with('-') || word.len() == 1 {
            return self.address(word);
        }
        // Several short options may share a word. The first one that takes a value gets the rest of
        // the word.
        for (at, letter) in word.char_indices().skip(1) {
            let name = format!("-{letter}");
            if takes_value(&name) {
                let rest = &word[at + letter.len_utf8()..];
                let value = if rest.is_empty() { next(&name)? } else { rest.to_owned() };
                return self.option(&name, &value);
            }
            self.flag(&name, word)?;
        }
        Ok(())
    }

    fn address(&mut self, url: &str) -> Result<(), String> {
        if !self.sent.url.is_empty() {
            // The message leaves out the path and the query, which may contain a token.
            let end = url.find("://").map_or(0, |at| at + 3);
            let host = url[end..].find(['/', '?']).map_or(url, |at| &url[..end + at]);
            return Err(format!("the command has two addresses; the second is at `{host}`"));
        }
        url.clone_into(&mut self.sent.url);
        Ok(())
    }

    fn flag(&mut self, name: &str, word: &str) -> Result<(), String> {
        match name {
            "-G" | "--get" => self.get = true,
            "-I" | "--head" => "HEAD".clone_into(&mut self.sent.verb),
            "-:" | "--next" => {
                return Err("the command has several requests: give only one".to_owned());
            }
            name if has(PASSED, name) => {}
            _ => {
                let name = word.split('=').next().unwrap_or(word);
                return Err(format!("unknown curl option `{name}`: leave it out"));
            }
        }
        Ok(())
    }

    fn option(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name {
            "-X" | "--request" => self.sent.verb = value.to_ascii_uppercase(),
            "--url" => self.address(value)?,
            "-H" | "--header" => {
                // `-H 'Name;'` sends a header without a value.
                let (name, text) = value.split_once([':', ';']).unwrap_or((value, ""));
                self.sent.headers.push((name.trim().to_owned(), text.trim().to_owned()));
            }
            "-d" | "--data" | "--data-ascii" => self.add(&plain(value, self.files)?),
            "--data-binary" => self.add(&file(value, self.files)?),
            "--data-raw" => self.add(value),
            "--data-urlencode" => self.add(&encoded(value, self.files)?),
            "--json" => {
                self.json = true;
                self.sent.body.push_str(&file(value, self.files)?);
            }
            "-F" | "--form" | "--form-string" => {
                return Err("multipart forms (-F) are not supported, because these platforms do not sign them".to_owned());
            }
            "-T" | "--upload-file" => {
                return Err(
                    "uploads (-T) are not supported, because these platforms do not sign them"
                        .to_owned(),
                );
            }
            _ => {}
        }
        Ok(())
    }

    fn add(&mut self, data: &str) {
        if !self.sent.body.is_empty() {
            self.sent.body.push('&');
        }
        self.sent.body.push_str(data);
    }

    fn finish(self) -> Result<Received, String> {
        let Command { mut sent, get, json, .. } = self;
        if sent.url.is_empty() || sent.url.contains(char::is_whitespace) {
            return Err("the curl command has no URL".to_owned());
        }
        if json && sent.header("content-type").is_none() {
            sent.headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
        }
        if get && !sent.body.is_empty() {
            let (url, fragment) = sent.url.split_once('#').unwrap_or((&sent.url, ""));
            let mark = if url.contains('?') { '&' } else { '?' };
            sent.url = format!("{url}{mark}{}#{fragment}", sent.body);
            sent.body.clear();
        }
        if sent.verb.is_empty() {
            sent.verb = if sent.body.is_empty() { "GET" } else { "POST" }.to_owned();
        }
        Ok(sent)
    }
}

/// Returns the content of the file if `data` is `@FILE`, otherwise `data`.
fn file(data: &str, files: Files<'_>) -> Result<String, String> {
    match data.strip_prefix('@') {
        Some(path) => files(path),
        None => Ok(data.to_owned()),
    }
}

/// The data of `-d`. curl removes line breaks from a file, but not from an argument.
fn plain(data: &str, files: Files<'_>) -> Result<String, String> {
    let text = file(data, files)?;
    Ok(if data.starts_with('@') { text.replace(['\n', '\r'], "") } else { text })
}

/// Encodes the value of `--data-urlencode`: `content`, `=content`, `name=content`, `@file` or
/// `name@file`.
fn encoded(data: &str, files: Files<'_>) -> Result<String, String> {
    let encode = |text: &str| Percent::Rfc3986.encode(text);
    let Some(at) = data.find(['=', '@']) else { return Ok(encode(data)) };
    let (name, rest) = data.split_at(at);
    let text = match rest.strip_prefix('=') {
        Some(text) => text.to_owned(),
        None => files(&rest[1..])?,
    };
    let equals = if name.is_empty() { "" } else { "=" };
    Ok(format!("{name}{equals}{}", encode(&text)))
}

#[cfg(test)]
mod tests {
    use super::plain;

    // As curl 7.88 sends it.
    #[test]
    fn line_breaks_of_an_argument_are_data() {
        let no_file = |_: &str| Err("no file".to_owned());
        assert_eq!(plain("a=1\nb=2", &no_file).as_deref(), Ok("a=1\nb=2"));
    }

    #[test]
    fn line_breaks_of_a_file_are_removed() {
        let read = plain("@data.txt", &|path| Ok(format!("a={path}\r\nb=2\n")));
        assert_eq!(read.as_deref(), Ok("a=data.txtb=2"));
    }
}
