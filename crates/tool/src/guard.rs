//! The last guard: masks secrets in all output, wherever the user put them.

use gatespec_language::model::{Credential, Gateway};
use gatespec_runtime::CredentialSet;
use gatespec_runtime::mask::Secrets;
use maud::html;

/// The entities of escaped texts. The last one is part of the others' spellings.
const ENTITIES: [(&str, &str); 4] =
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];

/// Whether `name` is the name of an application's secret, or of the public parameter that carries
/// the secret.
pub fn is_secret(gateway: &Gateway, name: &str) -> bool {
    let param = gateway.public_param(name).and_then(|param| param.source.credential());
    let name = param.unwrap_or(name);
    let known = gateway.credentials.iter().find(|credential| credential.name == name);
    known.is_some_and(|known| known.sensitive && !known.per_shop)
}

/// Masks the application's secrets in a printed request. Tokens remain: they are part of the
/// request.
pub fn printed(caller: (&Gateway, &CredentialSet), text: &str) -> String {
    secrets([caller], |known| !known.per_shop).mask_cut(text)
}

/// Masks the application's secrets and tokens in a text that only explains a request.
pub fn explained(caller: (&Gateway, &CredentialSet), text: &str) -> String {
    secrets([caller], |_| true).mask_cut(text)
}

fn secrets<'c>(
    callers: impl IntoIterator<Item = (&'c Gateway, &'c CredentialSet)>,
    wanted: impl Fn(&Credential) -> bool,
) -> Secrets<'static> {
    let texts = callers.into_iter().flat_map(|(gateway, credentials)| {
        let known = gateway.credentials.iter().filter(|known| known.sensitive && wanted(known));
        known.filter_map(|known| credentials.get(known.name)).map(Into::into).collect::<Vec<_>>()
    });
    Secrets::new(texts).in_any_form()
}

/// Masks the secrets and tokens of some callers in pages.
pub(crate) struct PageGuard(Secrets<'static>);

impl PageGuard {
    pub(crate) fn new<'c>(
        callers: impl IntoIterator<Item = (&'c Gateway, &'c CredentialSet)>,
    ) -> Self {
        Self(secrets(callers, |_| true))
    }

    /// Masks the secrets in the texts and in the attributes of HTML whose texts are escaped.
    pub(crate) fn mask(&self, html: &str) -> String {
        let mut out = String::with_capacity(html.len());
        let mut rest = html;
        while let Some((text, after)) = rest.split_once('<') {
            let (tag, next) = after.split_once('>').unwrap_or((after, ""));
            self.push(text, &mut out);
            out.push('<');
            // Names, and the values between quotes, alternate.
            for (at, part) in tag.split('"').enumerate() {
                if at > 0 {
                    out.push('"');
                }
                if at % 2 == 0 { out.push_str(part) } else { self.push(part, &mut out) }
            }
            out.push('>');
            rest = next;
        }
        self.push(rest, &mut out);
        out
    }

    fn push(&self, text: &str, out: &mut String) {
        let plain =
            ENTITIES.iter().fold(text.to_owned(), |text, (name, own)| text.replace(name, own));
        let masked = self.0.mask_cut(&plain);
        if masked == plain {
            out.push_str(text);
        } else {
            out.push_str(&html! { (masked) }.into_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked_in_every_spelling_and_the_page_stays_whole() {
        let guard = PageGuard(Secrets::new([r#"a<b"c&d"#.into(), "form".into()]).in_any_form());
        let page = r#"<form class="x" title="a&lt;b&quot;c&amp;d">1 a%3Cb%22c%26d form</form>"#;
        let masked =
            r#"<form class="x" title="&lt;secret&gt;">1 &lt;secret&gt; &lt;secret&gt;</form>"#;
        assert_eq!(guard.mask(page), masked);
        let debug = "<p>&quot;a&lt;b\\&quot;c&amp;d&quot; and a&lt;b&quot;c…</p>";
        assert_eq!(guard.mask(debug), "<p>&quot;&lt;secret&gt;&quot; and &lt;secret&gt;…</p>");
        let plain = r#"<!DOCTYPE html><p id="a">5 &gt; 4</p>"#;
        assert_eq!(guard.mask(plain), plain);
    }
}
