//! Decrypts data in answers. The default follows the spec; callers can supply their own decryptor
//! if the documents are wrong about a cipher.

use std::fmt;

use aes::cipher::block_padding::{NoPadding, Padding as _, Pkcs7};
use aes::cipher::{Array, BlockCipherDecrypt, BlockModeDecrypt, KeyInit, KeyIvInit};
use aes::{Aes128, Aes256};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::credentials::CredentialSet;
use crate::gateway::Gateway;
use crate::params::Params;
use crate::private::Private;
use crate::recipe::Recipe;
use crate::shape::{Algorithm, Cipher, Encoding, Iv, Padding};
use crate::sign::{self, Facts, Hidden, SignError};
use crate::template::Holes;

/// Decrypts texts of answers.
pub trait Decryptor: Send + Sync {
    /// Decrypts a text to JSON in UTF-8.
    ///
    /// # Errors
    /// The text cannot be decrypted.
    fn decrypt(&self, sealed: &Sealed<'_>) -> Result<Vec<u8>, DecryptError>;
}

/// The default decryptor, which follows the spec.
#[derive(Debug, Clone, Copy, Default)]
pub struct BySpec;

impl Decryptor for BySpec {
    fn decrypt(&self, sealed: &Sealed<'_>) -> Result<Vec<u8>, DecryptError> {
        sealed.open()
    }
}

/// An encrypted text in an answer, with everything that its decryption needs.
#[derive(Clone, Copy)]
pub struct Sealed<'s> {
    /// The path of the text in the answer.
    pub path: &'s str,
    /// The text as it was received.
    pub text: &'s str,
    /// The cipher that the spec states.
    pub cipher: Cipher<'s>,
    /// The gateway that answered.
    pub gateway: &'s Gateway<'s>,
    /// The method that was called, and its labels.
    pub holes: Holes<'s>,
    /// The caller's credentials.
    pub credentials: &'s CredentialSet,
}

impl fmt::Debug for Sealed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealed").field("path", &self.path).finish_non_exhaustive()
    }
}

/// The block size of AES in bytes.
pub(crate) const BLOCK: usize = 16;

impl Sealed<'_> {
    /// Decodes the text's base64 or hexadecimal digits.
    ///
    /// # Errors
    /// The text does not have the encoding of the cipher.
    pub fn bytes(&self) -> Result<Vec<u8>, DecryptError> {
        match self.cipher.encoding {
            Encoding::Base64 => STANDARD.decode(self.text).map_err(|_| DecryptError::NotBase64),
            Encoding::Hex => unhex(self.text).ok_or(DecryptError::NotHex),
        }
    }

    /// Computes the key.
    ///
    /// # Errors
    /// The formula of the key fails, or its result has the wrong length.
    pub fn key(&self) -> Result<Private<Vec<u8>>, DecryptError> {
        let key = self.run(&self.cipher.key)?;
        let (needed, found) = (self.cipher.algorithm.key_length(), key.len());
        if needed == found { Ok(key) } else { Err(DecryptError::KeyLength { needed, found }) }
    }

    fn open(&self) -> Result<Vec<u8>, DecryptError> {
        let mut bytes = self.bytes()?;
        let iv = match &self.cipher.iv {
            Iv::None => None,
            Iv::Formula(recipe) => Some(self.run(recipe)?.to_vec()),
            Iv::Prefix if bytes.len() < BLOCK => return Err(DecryptError::Blocks(bytes.len())),
            Iv::Prefix => Some(bytes.drain(..BLOCK).collect()),
        };
        let iv = iv.as_deref().unwrap_or(&[0; BLOCK]);
        if bytes.is_empty() || !bytes.len().is_multiple_of(BLOCK) {
            return Err(DecryptError::Blocks(bytes.len()));
        }
        let key = self.key()?;
        let (blocks, _) = Array::slice_as_chunks_mut(&mut bytes);
        // The key's length has been checked, so only the length of the initialisation vector can be
        // wrong.
        let wrong = |_| DecryptError::IvLength;
        match self.cipher.algorithm {
            Algorithm::Aes128Ecb => {
                Aes128::new_from_slice(&key).map_err(wrong)?.decrypt_blocks(blocks);
            }
            Algorithm::Aes256Ecb => {
                Aes256::new_from_slice(&key).map_err(wrong)?.decrypt_blocks(blocks);
            }
            Algorithm::Aes128Cbc => {
                cbc::Decryptor::<Aes128>::new_from_slices(&key, iv)
                    .map_err(wrong)?
                    .decrypt_blocks(blocks);
            }
            Algorithm::Aes256Cbc => {
                cbc::Decryptor::<Aes256>::new_from_slices(&key, iv)
                    .map_err(wrong)?
                    .decrypt_blocks(blocks);
            }
        }
        let opened = match self.cipher.padding {
            Padding::Pkcs7 => Pkcs7::unpad_blocks(blocks),
            Padding::None => NoPadding::unpad_blocks(blocks),
        };
        let length = opened.map_err(|_| DecryptError::Padding)?.len();
        bytes.truncate(length);
        Ok(bytes)
    }

    pub(crate) fn run(&self, recipe: &Recipe<'_>) -> Result<Private<Vec<u8>>, DecryptError> {
        let facts = Facts {
            gateway: self.gateway,
            params: &Params::default(),
            verb: "",
            path: "",
            body: "",
            clock: "",
            nonce: "",
            holes: self.holes,
            credentials: self.credentials,
            hidden: Hidden::default(),
            rewrites_json: false,
        };
        sign::run(recipe, &facts, Vec::with_capacity(64)).map_err(DecryptError::Key)
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let byte = |pair: &[u8; 2]| u8::try_from(digit(pair[0])? << 4 | digit(pair[1])?).ok();
    if rest.is_empty() { pairs.iter().map(byte).collect() } else { None }
}

/// Why data cannot be decrypted. Contains neither key nor data.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecryptError {
    /// The text is not base64.
    NotBase64,
    /// The text is not hexadecimal digits.
    NotHex,
    /// The number of encrypted bytes is zero or not a multiple of the block size.
    Blocks(usize),
    /// The formula of the key or of the initialisation vector fails.
    Key(SignError),
    /// The length of the key does not fit the cipher.
    KeyLength {
        /// The needed length in bytes.
        needed: usize,
        /// The actual length in bytes.
        found: usize,
    },
    /// The initialisation vector is not one block long.
    IvLength,
    /// The padding is invalid, because the key or the cipher is wrong, or because the data is
    /// damaged.
    Padding,
    /// The result is not JSON in UTF-8, because the key or the cipher is wrong.
    NotJson,
    /// An error of a custom decryptor.
    Other(String),
}

impl fmt::Display for DecryptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DecryptError::NotBase64 => f.write_str("the text is not base64"),
            DecryptError::NotHex => f.write_str("the text is not hexadecimal digits"),
            DecryptError::Blocks(count) => {
                write!(f, "{count} bytes are not whole blocks of {BLOCK}")
            }
            DecryptError::Key(error) => {
                write!(f, "the key or the initialisation vector cannot be computed: {error}")
            }
            DecryptError::KeyLength { needed, found } => {
                write!(f, "the key has {found} bytes, but the cipher takes {needed}")
            }
            DecryptError::IvLength => write!(f, "the initialisation vector is not {BLOCK} bytes"),
            DecryptError::Padding => {
                f.write_str("the last block is not padded; is this the secret of the app?")
            }
            DecryptError::NotJson => {
                f.write_str("the result is not JSON; is this the secret of the app?")
            }
            DecryptError::Other(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for DecryptError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            DecryptError::Key(error) => Some(error),
            _ => None,
        }
    }
}
