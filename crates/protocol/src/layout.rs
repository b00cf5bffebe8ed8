//! Where the parts of a request are sent, and how values are written there.

use std::fmt;

use crate::fact::{fact, words};

words! {
    /// An HTTP verb.
    pub enum Verb {
        /// `GET`
        Get = "GET",
        /// `POST`
        Post = "POST",
        /// `PUT`
        Put = "PUT",
        /// `DELETE`
        Delete = "DELETE",
        /// `PATCH`
        Patch = "PATCH",
    }
}

fact! {
    /// Where the business parameters of a method are sent.
    pub enum Placement<'a> {
        /// As query parameters.
        Query,
        /// As parameters of the form body.
        Form,
        /// As headers.
        Header,
        /// As members of the JSON body.
        Body,
        /// As members of this object in the JSON body.
        BodyMember(&'a str),
        /// As JSON in this form parameter; `{}` if there are none.
        FormCarrier(&'a str),
    }
}

fact! {
    /// Where a parameter is sent.
    pub enum Location<'a> {
        /// The query of the URL.
        Query,
        /// The form body.
        Form,
        /// A header.
        Header,
        /// As a member of the JSON body.
        Body,
        /// As a member of this object in the JSON body.
        BodyMember(&'a str),
    }
}

words! {
    /// How records and lists are written in a query or form.
    pub enum Nested {
        /// As one parameter with compact JSON.
        Json = "json",
        /// As one parameter for each scalar: `lines[0][sku]=…`.
        Brackets = "brackets",
        /// A list repeats its name; a record is JSON.
        Repeat = "repeat",
    }
}

fact! {
    /// The style of JSON.
    pub struct JsonStyle {
        /// Whether members are sorted by the bytes of their names, at every depth; otherwise they
        /// are in the order of declaration.
        pub sort_keys: bool = false,
        /// Which characters are escaped.
        pub escape: Escape = Escape::Minimal,
    }
}

words! {
    /// Which characters are escaped in JSON.
    pub enum Escape {
        /// Only `"`, `\` and control characters.
        Minimal = "minimal",
        /// Also `/`, as `\/`.
        Slash = "slash",
        /// Also all characters beyond ASCII, as `\uXXXX`.
        Ascii = "ascii",
    }
}

impl<'a> Placement<'a> {
    /// The location of a single parameter; a carrier's is the form.
    pub const fn place(self) -> Location<'a> {
        match self {
            Placement::Query => Location::Query,
            Placement::Form | Placement::FormCarrier(_) => Location::Form,
            Placement::Header => Location::Header,
            Placement::Body => Location::Body,
            Placement::BodyMember(name) => Location::BodyMember(name),
        }
    }
}

impl Location<'_> {
    /// Whether the location is in the JSON body.
    pub const fn in_body(self) -> bool {
        matches!(self, Location::Body | Location::BodyMember(_))
    }
}

/// Writes the word of the spec language.
impl fmt::Display for Placement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Placement::FormCarrier(name) => write!(f, "form.{name}"),
            single => single.place().fmt(f),
        }
    }
}

/// Writes the word of the spec language.
impl fmt::Display for Location<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::Query => f.write_str("query"),
            Location::Form => f.write_str("form"),
            Location::Header => f.write_str("header"),
            Location::Body => f.write_str("body"),
            Location::BodyMember(name) => write!(f, "body.{name}"),
        }
    }
}

/// The two spellings of a boolean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spelling<'a> {
    /// The text of true.
    pub yes: &'a str,
    /// The text of false.
    pub no: &'a str,
}

impl Spelling<'static> {
    /// `true` and `false`, the only spelling that is bare in JSON.
    pub const WORDS: Spelling<'static> = Spelling { yes: "true", no: "false" };
}

impl<'a> Spelling<'a> {
    /// The text of `flag`.
    pub fn of(self, flag: bool) -> &'a str {
        if flag { self.yes } else { self.no }
    }

    pub(crate) fn is_words(self) -> bool {
        self.yes == "true" && self.no == "false"
    }
}
