//! The facts of answers, by which [`crate::envelope`] judges them.
//!
//! Paths are member names joined by dots, with placeholders (see [`crate::template`]).

use crate::fact::{fact, words};
use crate::recipe::Recipe;

fact! {
    /// The envelope of an answer.
    pub struct Envelope<'a> {
        /// Texts to open before the answer is read, in order.
        pub open: &'a [OpenStep<'a>] = &[],
        /// Conditions that must all hold for a success.
        pub success: &'a [Predicate<'a>] = &[],
        /// The path to the data; empty if the whole answer is the data.
        pub data: &'a str = "",
        /// The path to a success's code; empty if it has none.
        pub code: &'a str = "",
        /// The path to a success's message; empty if it has none.
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
        /// Any other value.
        Exists,
        /// One of these texts. Numbers and booleans are compared as text.
        OneOf(&'a [&'a str]),
    }
}

fact! {
    /// The shape of a failure. In each list of paths, the first that has a value counts.
    pub struct FailureShape<'a> {
        /// Who refused the call.
        pub origin: Origin = Origin::Business,
        /// Conditions that must all hold. Without conditions, the shape fits if there is a code.
        pub when: &'a [Predicate<'a>] = &[],
        /// The paths to the code.
        pub code: &'a [&'a str] = &[],
        /// The paths to the message.
        pub message: &'a [&'a str] = &[],
        /// The paths to the more specific code.
        pub sub_code: &'a [&'a str] = &[],
        /// The paths to the more specific message.
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
    /// A text in an answer that contains JSON, possibly encrypted.
    pub struct OpenStep<'a> {
        /// The path to the text. Other values are left as they are.
        pub at: &'a str,
        /// Conditions that must all hold; otherwise the step is skipped.
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
    /// The cipher of a text.
    pub struct Cipher<'a> {
        /// The encoding of the encrypted bytes.
        pub encoding: Encoding,
        /// The cipher and its mode.
        pub algorithm: Algorithm,
        /// The padding of the last block.
        pub padding: Padding,
        /// The formula of the key, of credentials, labels and literals only.
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
        /// PKCS#7, which equals PKCS#5 for these block sizes.
        Pkcs7 = "pkcs7",
        /// No padding.
        None = "none",
    }
}

fact! {
    /// The source of an initialisation vector.
    pub enum Iv<'a> {
        /// None: the mode needs no vector.
        None,
        /// The first block of the encrypted bytes.
        Prefix,
        /// A formula.
        Formula(Recipe<'a>),
    }
}
