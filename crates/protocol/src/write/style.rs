//! How lists travel.

use crate::fact::fact;

fact! {
    /// How a list is written and read.
    pub enum ListStyle<'a> {
        /// One text, joined by this.
        Delimited(&'a str),
        /// A JSON array.
        Json,
        /// A parameter that repeats its name; an array within JSON.
        Repeat,
        /// An object with this one member, the array.
        Inside(&'a str),
        /// A JSON array in a text.
        JsonText,
    }
}
