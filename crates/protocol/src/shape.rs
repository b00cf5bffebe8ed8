//! How an answer is wrapped: the facts that [`crate::envelope`] judges by.
//!
//! Paths are member names joined by dots, with holes (see [`crate::template`]).

use crate::fact::{fact, words};
use crate::recipe::Recipe;

fact! {
    /// The wrapping of an answer.
    pub struct Envelope<'a> {
        /// Texts to open before anything is read, in order.
        pub open: &'a [OpenStep<'a>] = &[],
        /// All must hold of a success.
        pub success: &'a [Predicate<'a>] = &[],
        /// Where the data is; empty if the whole answer is the data.
        pub data: &'a str = "",
        /// Where a success states its code; empty if nowhere.
        pub code: &'a str = "",
        /// Where a success states its message; empty if nowhere.
        pub message: &'a str = "",
        /// The shapes of a failure, in the order in which they are tried.
        pub failures: &'a [FailureShape<'a>] = &[],
    }
}

fact! {
    /// A statement about one path of an answer.
    pub struct Predicate<'a> {
        /// The path.
        pub path: &'a str,
        /// What must be found there.
        pub is: Expected<'a>,
    }
}

fact! {
    /// What must be found at a path.
    pub enum Expected<'a> {
        /// Nothing, null, or an empty text, list or object.
        Missing,
        /// Something other than that.
        Exists,
        /// One of these texts; numbers and booleans are compared as text.
        OneOf(&'a [&'a str]),
    }
}

fact! {
    /// One shape of a failure. Of each list of paths, the first that is present counts.
    pub struct FailureShape<'a> {
        /// Who failed.
        pub origin: Origin = Origin::Business,
        /// All must hold; if empty, the shape fits when a code is there.
        pub when: &'a [Predicate<'a>] = &[],
        /// Where the code is.
        pub code: &'a [&'a str] = &[],
        /// Where the message is.
        pub message: &'a [&'a str] = &[],
        /// Where the finer code is.
        pub sub_code: &'a [&'a str] = &[],
        /// Where the finer message is.
        pub sub_message: &'a [&'a str] = &[],
        /// Where the platform's id of the request is.
        pub request_id: &'a [&'a str] = &[],
    }
}

words! {
    /// Who failed.
    pub enum Origin {
        /// The service behind the gateway failed.
        Business = "business",
        /// The gateway refused the call.
        Gateway = "gateway",
    }
}

fact! {
    /// A text in an answer that holds JSON, perhaps encrypted.
    pub struct OpenStep<'a> {
        /// Where the text is. Anything but a text there is left as it is.
        pub at: &'a str,
        /// All must hold, or the step is skipped.
        pub when: &'a [Predicate<'a>],
        /// How it is opened.
        pub how: Opening<'a>,
    }
}

fact! {
    /// How a text is opened.
    pub enum Opening<'a> {
        /// It is JSON.
        JsonText,
        /// It is encrypted JSON.
        Decrypt(Cipher<'a>),
    }
}

fact! {
    /// How a text is decrypted.
    pub struct Cipher<'a> {
        /// How the text stands for bytes.
        pub encoding: Encoding,
        /// The cipher and its mode.
        pub algorithm: Algorithm,
        /// How the last block is filled.
        pub padding: Padding,
        /// Makes the key; only credentials, labels and literals make sense in it.
        pub key: Recipe<'a>,
        /// Where the initialisation vector comes from.
        pub iv: Iv<'a>,
    }
}

words! {
    /// How a text stands for bytes.
    pub enum Encoding {
        /// Base64, standard alphabet.
        Base64 = "base64",
        /// Hexadecimal digits of either case.
        Hex = "hex",
    }
}

words! {
    /// A cipher and its mode.
    pub enum Algorithm {
        /// AES with a key of 16 bytes, each block for itself.
        Aes128Ecb = "aes-128-ecb",
        /// AES with a key of 16 bytes, blocks chained.
        Aes128Cbc = "aes-128-cbc",
        /// AES with a key of 32 bytes, each block for itself.
        Aes256Ecb = "aes-256-ecb",
        /// AES with a key of 32 bytes, blocks chained.
        Aes256Cbc = "aes-256-cbc",
    }
}

impl Algorithm {
    /// Bytes of the key.
    pub const fn key_length(self) -> usize {
        match self {
            Algorithm::Aes128Ecb | Algorithm::Aes128Cbc => 16,
            Algorithm::Aes256Ecb | Algorithm::Aes256Cbc => 32,
        }
    }
}

words! {
    /// How the last block is filled.
    pub enum Padding {
        /// By PKCS#7, which PKCS#5 is for these block sizes.
        Pkcs7 = "pkcs7",
        /// Not at all.
        None = "none",
    }
}

fact! {
    /// Where an initialisation vector comes from.
    pub enum Iv<'a> {
        /// The mode has none.
        None,
        /// The first block of the bytes is it.
        Prefix,
        /// A formula makes it.
        Formula(Recipe<'a>),
    }
}
