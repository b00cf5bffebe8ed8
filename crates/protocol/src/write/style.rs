//! The formats of lists.

use crate::fact::fact;

fact! {
    /// How a list is written and read.
    pub enum ListStyle<'a> {
        /// One text with this delimiter.
        Delimited(&'a str),
        /// A JSON array.
        Json,
        /// Parameters with the same name; an array in JSON.
        Repeat,
        /// An object with this member, which holds the array.
        Inside(&'a str),
        /// A JSON array in a text.
        JsonText,
    }
}
