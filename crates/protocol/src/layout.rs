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
        /// As members of the object with this name in the JSON body.
        BodyMember(&'a str),
        /// As one JSON object in the form parameter with this name; `{}` if there are no business
        /// parameters.
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
        /// The JSON body; the parameter is a member of its object.
        Body,
        /// The object with this name in the JSON body; the parameter is its member.
        BodyMember(&'a str),
    }
}

words! {
    /// How records and lists are written in a query or form.
    pub enum Nested {
        /// Each record or list is one parameter that contains compact JSON.
        Json = "json",
        /// Each scalar inside is a parameter, such as `lines[0][sku]=…`.
        Brackets = "brackets",
        /// Each item of a list is a parameter with the list's name; each record is one parameter
        /// that contains JSON.
        Repeat = "repeat",
    }
}

fact! {
    /// How JSON is written.
    pub struct JsonStyle {
        /// Whether members are sorted by the bytes of their names, at every depth. Otherwise, they
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
        /// The characters of `Minimal`, and `/` as `\/`.
        Slash = "slash",
        /// The characters of `Minimal`, and all characters beyond ASCII as `\uXXXX`.
        Ascii = "ascii",
    }
}

impl<'a> Placement<'a> {
    /// The location of each business parameter. For a carrier, the location of the carrier.
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

/// Writes the location as specs do.
impl fmt::Display for Placement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Placement::FormCarrier(name) => write!(f, "form.{name}"),
            single => single.place().fmt(f),
        }
    }
}

/// Writes the location as specs do.
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

/// The texts that stand for true and false on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spelling<'a> {
    /// The text of true.
    pub yes: &'a str,
    /// The text of false.
    pub no: &'a str,
}

impl Spelling<'static> {
    /// `true` and `false`, the only spelling that JSON bodies contain without quotes.
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
