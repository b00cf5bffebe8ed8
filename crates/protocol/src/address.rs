//! Base URLs of gateways.

/// Checks the base URL of a gateway. Returns a message that says what is wrong and what to write
/// instead, or `None` if the URL is valid. The path and the signed query are appended to the base
/// URL, so it must have neither a query nor a fragment.
///
/// ```
/// use gatespec_protocol::address::problem;
///
/// assert_eq!(problem("https://api.example.com:8443/gate"), None);
/// let problem = problem("http://127.0.0.1/gate#top").unwrap();
/// assert_eq!(problem, "has a fragment, which is never sent to a server: write `http://127.0.0.1/gate`");
/// ```
pub fn problem(url: &str) -> Option<String> {
    let start = url.find("://").map_or(0, |at| at + 3);
    let authority = url[start..].split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        // The part before `@` can contain a password, so the URL is not quoted.
        return Some("contains a user name, which is never sent: write only the host".to_owned());
    }
    let Some((scheme, rest)) = url.split_once("://") else {
        // A text without a scheme can be anything, even a secret, so it is not quoted.
        return Some("has no scheme: write `https://` or `http://` before the host".to_owned());
    };
    if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return Some(format!("begins with `{scheme}://`: write `https://` or `http://`"));
    }
    if let Some((before, _)) = url.split_once('#') {
        return Some(format!("has a fragment, which is never sent to a server: write `{before}`"));
    }
    if let Some((before, _)) = url.split_once('?') {
        return Some(format!(
            "has a query, which no signature would cover: write `{before}`, and send the \
             query as parameters"
        ));
    }
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    host(authority).or_else(|| {
        if let Some(wrong) = path.chars().find(|c| !is_of_a_path(*c)) {
            return Some(format!("contains {wrong:?}, which must be percent-encoded"));
        }
        path.split('/').find(|segment| is_dots(segment)).map(|segment| {
            format!(
                "has the segment `{segment}`, which changes the path: write the path without it"
            )
        })
    })
}

/// Returns what is wrong with the host and port of a URL, or `None` if they are valid.
fn host(authority: &str) -> Option<String> {
    // Colons in brackets belong to an IPv6 address.
    let end = authority.rfind(']').map_or(0, |at| at + 1);
    let (host, port) = match authority[end..].split_once(':') {
        Some((rest, port)) => (&authority[..end + rest.len()], Some(port)),
        None => (authority, None),
    };
    let of_a_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    match (address, port) {
        _ if host.is_empty() => Some("has no host: write one after `://`".to_owned()),
        (Some(address), _) if address.parse::<std::net::Ipv6Addr>().is_err() => {
            Some(format!("has the invalid host `{host}`, which is not an IPv6 address"))
        }
        (None, _) if !host.chars().all(of_a_host) => Some(format!(
            "has the invalid host `{host}`: a host has only letters, digits, `.` and `-`, and \
             other names are written as `xn--…`"
        )),
        (_, Some(port)) if !is_port(port) => {
            Some(format!("has the invalid port `{port}`: write a number from 1 to 65535"))
        }
        _ => None,
    }
}

fn is_port(port: &str) -> bool {
    port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0)
}

/// Whether a path can contain the character unescaped.
pub(crate) fn is_of_a_path(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~/:@!$&'()*+,;=%".contains(c)
}

/// Whether a segment is `.` or `..`, possibly percent-encoded. Clients and servers resolve such
/// segments, which changes the path.
pub fn is_dots(segment: &str) -> bool {
    let (mut rest, mut dots) = (segment, 0);
    while let Some(tail) = ["%2e", "%2E", "."].iter().find_map(|dot| rest.strip_prefix(dot)) {
        (rest, dots) = (tail, dots + 1);
    }
    rest.is_empty() && matches!(dots, 1 | 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_clients_can_call() {
        for url in [
            "https://api.example.com",
            "http://127.0.0.1:8080/a/b/",
            "HTTPS://api.example.com/a%20b/..c",
            "http://[::1]:80/gate",
            "http://some_host",
        ] {
            assert_eq!(problem(url), None, "{url}");
        }
    }

    #[test]
    fn what_they_cannot_says_what_to_write() {
        for (url, expected) in [
            ("api.example.com/x", "has no scheme: write `https://` or `http://`"),
            ("//api.example.com", "has no scheme: write `https://` or `http://`"),
            ("", "has no scheme"),
            ("ftp://h/x", "begins with `ftp://`: write `https://`"),
            ("http://h/x#f", "has a fragment, which is never sent to a server: write `http://h/x`"),
            ("http://h#f", "has a fragment, which is never sent to a server: write `http://h`"),
            ("http://h/x?a=b", "has a query, which no signature would cover: write `http://h/x`"),
            ("http://h?", "has a query"),
            ("http://h:99999/x", "has the invalid port `99999`: write a number from 1 to 65535"),
            ("http://h:0", "has the invalid port `0`"),
            ("http://h:", "has the invalid port ``"),
            ("http://h:+80", "has the invalid port `+80`"),
            ("http:///x", "has no host"),
            ("http://:80", "has no host"),
            ("http://user:pw@h/x", "contains a user name"),
            ("http://[::1/x", "has the invalid host `[`"),
            ("http://[1.2.3.4]", "has the invalid host `[1.2.3.4]`, which is not an IPv6 address"),
            ("http://短.example", "has the invalid host `短.example`: a host has only letters"),
            ("http://h/a b", "contains ' ', which must be percent-encoded"),
            ("http://h/a\\b", "contains '\\\\'"),
            ("http://h/a/../b", "has the segment `..`"),
            ("http://h/%2e%2E", "has the segment `%2e%2E`"),
        ] {
            let found = problem(url).unwrap_or_else(|| panic!("{url}"));
            assert!(found.starts_with(expected), "{url}: {found}");
        }
    }
}
