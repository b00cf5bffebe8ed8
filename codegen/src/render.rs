//! Turns tokens into text: header, line breaks, blank lines. Only white space is added.
//!
//! A small printer lays out one item at a time. The printer knows only the subset of Rust that
//! `emit` writes. Parsing the tokens again for a general pretty printer would take several times as
//! long as all other stages together.

mod flat;
mod layout;

use crate::emit::File;
use crate::write::OutputFile;
use flat::Flat;

pub(crate) fn render(file: File<'_>) -> OutputFile {
    let mut text = format!("{}\n\n", file.header);
    for line in &file.docs {
        text.push_str("//!");
        if !line.is_empty() {
            text.push(' ');
            text.push_str(line);
        }
        text.push('\n');
    }
    let mut flat = Flat::default();
    for item in file.items {
        flat.fill(item.tokens());
        if !text.ends_with("\n\n") {
            text.push('\n');
        }
        layout::print(&flat, &mut text);
    }
    OutputFile { path: file.path, text, source: file.source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::Lazy;
    use proc_macro2::TokenStream;
    use quote::quote;

    fn print(tokens: TokenStream) -> String {
        let items = vec![Lazy::new(|| tokens)];
        let (path, header) = (String::new(), "// header".to_owned());
        let file = File { path, source: String::new(), header, docs: Vec::new(), items };
        render(file).text.trim_start_matches("// header\n\n").to_owned()
    }

    /// Tokens of every shape that `emit` produces.
    fn sample() -> TokenStream {
        quote! {
            #[doc = " A record with a `\"quote\"`."]
            #[derive(Debug, Clone)]
            pub struct Line { #[doc = " Its name."] pub name: Option<rt::Private<String>>, }
            impl Line {
                #[doc = " Fresh."]
                pub fn new(name: impl Into<String>, a_very_long_argument: super::other::Thing, more: i64) -> Self {
                    Self { name: Some(name.into()), }
                }
                pub fn empty(&self) {}
            }
            impl super::Credentials {
                pub fn new(key: impl Into<String>, secret: impl Into<String>, token: impl Into<String>) -> Self {
                    Self(rt::CredentialSet::new().with("app_key", key).with("app_secret", secret).with("token", token))
                }
            }
            rt::setters! { #[doc = " Its name."] name: impl Into<String> => Some(rt::Private::new(rt::the_whole_value_of(name.into()).in_full())), }
            const METHOD: rt::MethodInfo<'static> = rt::MethodInfo { returns: !true, offset: -1, ..rt::MethodInfo::new("matrix.fill", &super::MAIN) };
            pub static OPS: rt::Recipe<'static> = rt::Recipe(&[rt::Op::Pairs(rt::Pairs { select: &[rt::Select::Header], nonempty: false, separator: "&" })]);
            const DATETIME: rt::TimeFormat<'static> = rt::TimeFormat::Pattern { pattern: "yyyy-MM-dd HH:mm:ss", offset: 28800 };
            pub use self::types::{Address, BusinessLicence, CrossBorderInfo, IdentityCheck, Line, OrderStatus, Other, RefundStatus, ShipType};
        }
    }

    const LAID_OUT: &str = r##"/// A record with a `"quote"`.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its name.
    pub name: Option<rt::Private<String>>,
}

impl Line {
    /// Fresh.
    pub fn new(
        name: impl Into<String>,
        a_very_long_argument: super::other::Thing,
        more: i64,
    ) -> Self {
        Self { name: Some(name.into()) }
    }

    pub fn empty(&self) {}
}

impl super::Credentials {
    pub fn new(
        key: impl Into<String>,
        secret: impl Into<String>,
        token: impl Into<String>,
    ) -> Self {
        Self(
            rt::CredentialSet::new()
                .with("app_key", key)
                .with("app_secret", secret)
                .with("token", token),
        )
    }
}

rt::setters! {
    /// Its name.
    name: impl Into<String> =>
        Some(rt::Private::new(rt::the_whole_value_of(name.into()).in_full())),
}
const METHOD: rt::MethodInfo<'static> = rt::MethodInfo {
    returns: !true,
    offset: -1,
    ..rt::MethodInfo::new("matrix.fill", &super::MAIN)
};
pub static OPS: rt::Recipe<'static> = rt::Recipe(&[rt::Op::Pairs(rt::Pairs {
    select: &[rt::Select::Header],
    nonempty: false,
    separator: "&",
})]);
const DATETIME: rt::TimeFormat<'static> =
    rt::TimeFormat::Pattern { pattern: "yyyy-MM-dd HH:mm:ss", offset: 28800 };
pub use self::types::{
    Address, BusinessLicence, CrossBorderInfo, IdentityCheck, Line, OrderStatus, Other,
    RefundStatus, ShipType,
};
"##;

    #[test]
    fn lines_break_where_a_reader_expects_it() {
        assert_eq!(print(sample()), LAID_OUT);
    }

    #[test]
    fn only_white_space_moves() {
        let pretty = |file: &syn::File| prettyplease::unparse(file);
        let printed = syn::parse_file(&print(sample())).unwrap();
        assert_eq!(pretty(&printed), pretty(&syn::parse2(sample()).unwrap()));
    }

    #[test]
    fn macros_are_laid_out_like_the_rest() {
        let text = print(quote! {
            rt::open_enum! { #[doc = " Kinds."] pub enum Kind { #[doc = " One."] One = "1", Two = "2", } }
        });
        let expected = "rt::open_enum! {\n    /// Kinds.\n    pub enum Kind {\n        /// One.\n        One = \"1\",\n        Two = \"2\",\n    }\n}\n";
        assert_eq!(text, expected);
    }

    /// A macro's pattern matches parentheses and commas literally, so breaking a line must not add
    /// parentheses or commas.
    #[test]
    fn a_long_line_in_a_macro_gets_no_comma() {
        let name = format!("a{}", "_b".repeat(64));
        let (name, request) = (quote::format_ident!("{name}"), quote::format_ident!("A{name}"));
        let tokens = quote! {
            rt::unlike_rust! {
                fn #name(#request) -> ();
                [super::Client, super::blocking::Client]
            }
        };
        let text = print(tokens.clone());
        assert!(text.contains("(\n        A"), "{text}");
        let printed: TokenStream = text.parse().unwrap();
        assert_eq!(printed.to_string(), tokens.to_string());
    }

    #[test]
    fn a_long_head_is_broken_at_its_arguments() {
        let name = quote::format_ident!("a{}", "_b".repeat(30));
        let text = print(quote!(impl A { fn #name(&self) -> (Option<B>, Option<C>) { self.c } }));
        assert!(text.contains("(\n        &self,\n    ) -> (Option<B>, Option<C>) {\n"), "{text}");
    }

    /// The line up to the inner list's opening delimiter would be too long.
    #[test]
    fn what_only_holds_another_list_is_broken_around_it() {
        let name = quote::format_ident!("a{}", "_b".repeat(42));
        let text = print(quote!(
            impl A {
                fn a() {
                    b.#name(c::d::e(f, g));
                }
            }
        ));
        assert!(text.contains("(\n            c::d::e(f, g),\n        );\n"), "{text}");
    }

    #[test]
    fn a_qualified_path_has_a_blank_before_it() {
        let text = print(quote!(
            const A: &[B] = &[<C as D>::E, <F as D>::E];
        ));
        assert_eq!(text, "const A: &[B] = &[<C as D>::E, <F as D>::E];\n");
    }
}
