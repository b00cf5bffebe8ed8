//! Static information about answers. With it, [`crate::envelope`] distinguishes success from
//! failure and finds the data.
//!
//! A path consists of member names joined by dots. It may contain placeholders (see
//! [`crate::template`]).

use crate::fact::{fact, words};
use crate::recipe::Recipe;

fact! {
    /// The envelope of an answer.
    pub struct Envelope<'a> {
        /// The texts in the answer that are opened before the answer is read, in this order.
        pub open: &'a [OpenStep<'a>] = &[],
        /// The conditions of a success. All of them must hold.
        pub success: &'a [Predicate<'a>] = &[],
        /// The path to the data; empty if the whole answer is the data.
        pub data: &'a str = "",
        /// The path to the code of a successful answer; empty if such answers have no code.
        pub code: &'a str = "",
        /// The path to the message of a successful answer; empty if such answers have no message.
        pub message: &'a str = "",
        /// The shapes of failures, in the order in which they are tried.
        pub failures: &'a [FailureShape<'a>] = &[],
    }
}

fact! {
    /// A condition on the value at a path of an answer.
    pub struct Predicate<'a> {
        /// The path.
        pub path: &'a str,
        /// The expected value.
        pub is: Expected<'a>,
    }
}

fact! {
    /// The expected value at a path.
    pub enum Expected<'a> {
        /// Missing, null, or an empty text, list or object.
        Missing,
        /// Any value that does not count as missing.
        Exists,
        /// One of these texts. Numbers and booleans are compared as text.
        OneOf(&'a [&'a str]),
    }
}

fact! {
    /// The shape of a failure. Of each list of paths, the first path that leads to a value is used.
    pub struct FailureShape<'a> {
        /// Who refused the call.
        pub origin: Origin = Origin::Business,
        /// The conditions of this shape. All of them must hold. Without conditions, the shape
        /// matches every answer that has a code.
        pub when: &'a [Predicate<'a>] = &[],
        /// The paths to the code.
        pub code: &'a [&'a str] = &[],
        /// The paths to the message.
        pub message: &'a [&'a str] = &[],
        /// The paths to a second, more specific code.
        pub sub_code: &'a [&'a str] = &[],
        /// The paths to a second, more specific message.
        pub sub_message: &'a [&'a str] = &[],
        /// The paths to the platform's request id.
        pub request_id: &'a [&'a str] = &[],
    }
}

words! {
    /// Who refused a call.
    pub enum Origin {
        /// The service that the gateway forwards to.
        Business = "business",
        /// The gateway.
        Gateway = "gateway",
    }
}

fact! {
    /// A step that opens a text in an answer: decrypts it if it is encrypted, and parses its JSON.
    pub struct OpenStep<'a> {
        /// The path to the text. If the value at the path is not a text, it is left unchanged.
        pub at: &'a str,
        /// The conditions of this step. If one of them does not hold, the step is skipped.
        pub when: &'a [Predicate<'a>],
        /// How the text is opened.
        pub how: Opening<'a>,
    }
}

fact! {
    /// How a text is opened.
    pub enum Opening<'a> {
        /// The text is JSON, and is parsed.
        JsonText,
        /// The text is encrypted JSON; it is decrypted and then parsed.
        Decrypt(Cipher<'a>),
    }
}

fact! {
    /// The cipher of a text.
    pub struct Cipher<'a> {
        /// The encoding of the encrypted bytes.
        pub encoding: Encoding,
        /// The cipher and its mode.
        pub algorithm: Algorithm,
        /// The padding of the last block.
        pub padding: Padding,
        /// The formula of the key. It uses only credentials, labels and literals.
        pub key: Recipe<'a>,
        /// The source of the initialisation vector.
        pub iv: Iv<'a>,
    }
}

words! {
    /// How bytes are written as text.
    pub enum Encoding {
        /// Base64 with the standard alphabet.
        Base64 = "base64",
        /// Hexadecimal digits of either case.
        Hex = "hex",
    }
}

words! {
    /// A cipher and its mode.
    pub enum Algorithm {
        /// AES in ECB mode with a key of 16 bytes.
        Aes128Ecb = "aes-128-ecb",
        /// AES in CBC mode with a key of 16 bytes.
        Aes128Cbc = "aes-128-cbc",
        /// AES in ECB mode with a key of 32 bytes.
        Aes256Ecb = "aes-256-ecb",
        /// AES in CBC mode with a key of 32 bytes.
        Aes256Cbc = "aes-256-cbc",
    }
}

impl Algorithm {
    /// The length of the key in bytes.
    pub const fn key_length(self) -> usize {
        match self {
            Algorithm::Aes128Ecb | Algorithm::Aes128Cbc => 16,
            Algorithm::Aes256Ecb | Algorithm::Aes256Cbc => 32,
        }
    }
}

words! {
    /// The padding of the last block.
    pub enum Padding {
        /// PKCS#7, which documents often call PKCS#5.
        Pkcs7 = "pkcs7",
        /// No padding.
        None = "none",
    }
}

fact! {
    /// The source of an initialisation vector.
    pub enum Iv<'a> {
        /// The mode needs no initialisation vector.
        None,
        /// The first block of the encrypted bytes.
        Prefix,
        /// The result of this formula.
        Formula(Recipe<'a>),
    }
}
