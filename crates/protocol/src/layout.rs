//! Where the parts of a request travel, and how values are written there.

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
    /// Where the business parameters of a method travel.
    pub enum Placement<'a> {
        /// Each one a query parameter.
        Query,
        /// Each one a parameter of the form body.
        Form,
        /// Each one a header.
        Header,
        /// Members of the JSON body.
        Body,
        /// Members of an object that is a member of the JSON body.
        BodyMember(&'a str),
        /// One form parameter with this name holds the business JSON, `{}` if there is none.
        FormCarrier(&'a str),
    }
}

fact! {
    /// Where one parameter travels.
    pub enum Location<'a> {
        /// The query of the URL.
        Query,
        /// The form body.
        Form,
        /// A header.
        Header,
        /// A member of the JSON body.
        Body,
        /// A member of this object in the JSON body.
        BodyMember(&'a str),
    }
}

words! {
    /// How records and lists travel in a query or form.
    pub enum Nested {
        /// One parameter holds compact JSON.
        Json = "json",
        /// `lines[0][sku]=…`, one parameter a scalar.
        Brackets = "brackets",
        /// A list repeats its name; a record is JSON.
        Repeat = "repeat",
    }
}

fact! {
    /// How JSON is written.
    pub struct JsonStyle {
        /// Members sorted by the bytes of their names, at every depth; otherwise as declared.
        pub sort_keys: bool = false,
        /// Which characters are escaped.
        pub escape: Escape = Escape::Minimal,
    }
}

words! {
    /// Which characters of a JSON text are escaped.
    pub enum Escape {
        /// Only `"`, `\` and controls.
        Minimal = "minimal",
        /// Also `/`, as `\/`.
        Slash = "slash",
        /// Also everything beyond ASCII, as `\uXXXX`.
        Ascii = "ascii",
    }
}

impl<'a> Placement<'a> {
    /// Where a single parameter travels that is placed so: a carrier is in the form.
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
    /// It is part of the JSON body.
    pub const fn in_body(self) -> bool {
        matches!(self, Location::Body | Location::BodyMember(_))
    }
}

/// As specs write it.
impl fmt::Display for Placement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Placement::FormCarrier(name) => write!(f, "form.{name}"),
            single => single.place().fmt(f),
        }
    }
}

/// As specs write it.
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
    /// `true` and `false`: the only spelling that travels bare in JSON.
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
