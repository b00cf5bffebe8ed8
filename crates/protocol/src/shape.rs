//! How an answer is wrapped: the facts that [`crate::envelope`] judges by.
//!
//! Paths are member names joined by dots, with holes (see [`crate::template`]).

use crate::recipe::Recipe;

/// The wrapping of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Envelope<'a> {
    /// Texts to open before anything is read, in order.
    pub open: &'a [OpenStep<'a>],
    /// All must hold of a success.
    pub success: &'a [Predicate<'a>],
    /// Where the data is; empty if the whole answer is the data.
    pub data: &'a str,
    /// Where a success states its code; empty if nowhere.
    pub code: &'a str,
    /// Where a success states its message; empty if nowhere.
    pub message: &'a str,
    /// The shapes of a failure, in the order in which they are tried.
    pub failures: &'a [FailureShape<'a>],
}

/// A statement about one path of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Predicate<'a> {
    /// The path.
    pub path: &'a str,
    /// What must be found there.
    pub is: Expected<'a>,
}

/// What must be found at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected<'a> {
    /// Nothing, null, or an empty text, list or object.
    Missing,
    /// Something other than that.
    Exists,
    /// One of these texts; numbers and booleans are compared as text.
    OneOf(&'a [&'a str]),
}

/// One shape of a failure. Of each list of paths, the first that is present counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FailureShape<'a> {
    /// Who failed.
    pub origin: Origin,
    /// All must hold; if empty, the shape fits when a code is there.
    pub when: &'a [Predicate<'a>],
    /// Where the code is.
    pub code: &'a [&'a str],
    /// Where the message is.
    pub message: &'a [&'a str],
    /// Where the finer code is.
    pub sub_code: &'a [&'a str],
    /// Where the finer message is.
    pub sub_message: &'a [&'a str],
    /// Where the platform's id of the request is.
    pub request_id: &'a [&'a str],
}

/// Who failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The gateway refused the call.
    Gateway,
    /// The service behind it did.
    Business,
}

/// A text in an answer that holds JSON, perhaps encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenStep<'a> {
    /// Where the text is. Anything but a text there is left as it is.
    pub at: &'a str,
    /// All must hold, or the step is skipped.
    pub when: &'a [Predicate<'a>],
    /// How it is opened.
    pub how: Opening<'a>,
}

/// How a text is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening<'a> {
    /// It is JSON.
    JsonText,
    /// It is encrypted JSON.
    Decrypt(Cipher<'a>),
}

/// How a text is decrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// How a text stands for bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Base64, standard alphabet.
    Base64,
    /// Hexadecimal digits of either case.
    Hex,
}

/// A cipher and its mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// AES with a key of 16 bytes, each block for itself.
    Aes128Ecb,
    /// AES with a key of 16 bytes, blocks chained.
    Aes128Cbc,
    /// AES with a key of 32 bytes, each block for itself.
    Aes256Ecb,
    /// AES with a key of 32 bytes, blocks chained.
    Aes256Cbc,
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

/// How the last block is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Padding {
    /// By PKCS#7, which PKCS#5 is for these block sizes.
    Pkcs7,
    /// Not at all.
    None,
}

/// Where an initialisation vector comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Iv<'a> {
    /// The mode has none.
    None,
    /// The first block of the bytes is it.
    Prefix,
    /// A formula makes it.
    Formula(Recipe<'a>),
}
