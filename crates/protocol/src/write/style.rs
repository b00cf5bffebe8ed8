//! The formats of lists.

use crate::fact::fact;

fact! {
    /// How a list is written and read.
    pub enum ListStyle<'a> {
        /// One text, with this delimiter between the items.
        Delimited(&'a str),
        /// A JSON array.
        Json,
        /// One parameter for each item, all with the same name; in JSON, an array.
        Repeat,
        /// An object whose member with this name is the array.
        Inside(&'a str),
        /// A JSON array in a text.
        JsonText,
    }
}
