//! Encrypts data as a platform does: the inverse of [`crate::open`], for receivers and mock
//! gateways.

use aes::cipher::{Array, BlockCipherEncrypt, BlockModeEncrypt, KeyInit, KeyIvInit};
use aes::{Aes128, Aes256};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::open::{BLOCK, DecryptError, Sealed};
use crate::private::Private;
use crate::shape::{Algorithm, Encoding, Iv, Padding};

/// Encrypts bytes and encodes them as text. Uses everything in `sealed` except its text. If the
/// initialisation vector precedes the encrypted bytes, the vector is `entropy`, which must never be
/// used twice.
pub(crate) fn seal(
    sealed: &Sealed<'_>,
    plain: &[u8],
    entropy: [u8; 16],
) -> Result<String, DecryptError> {
    let cipher = &sealed.cipher;
    let mut bytes = plain.to_vec();
    match cipher.padding {
        Padding::None if bytes.len().is_multiple_of(BLOCK) => {}
        Padding::None => return Err(DecryptError::Blocks(bytes.len())),
        Padding::Pkcs7 => {
            let missing = BLOCK - bytes.len() % BLOCK;
            // `missing` is at most one block, so it fits into a byte.
            bytes.resize(bytes.len() + missing, missing as u8);
        }
    }
    let iv = match &cipher.iv {
        Iv::None => Private::new(vec![0; BLOCK]),
        Iv::Formula(recipe) => sealed.run(recipe)?,
        Iv::Prefix => Private::new(entropy.to_vec()),
    };
    let key = sealed.key()?;
    let (blocks, _) = Array::slice_as_chunks_mut(&mut bytes);
    // The key's length has been checked, so only the length of the initialisation vector can be
    // wrong.
    let wrong = |_| DecryptError::IvLength;
    match cipher.algorithm {
        Algorithm::Aes128Ecb => {
            Aes128::new_from_slice(&key).map_err(wrong)?.encrypt_blocks(blocks);
        }
        Algorithm::Aes256Ecb => {
            Aes256::new_from_slice(&key).map_err(wrong)?.encrypt_blocks(blocks);
        }
        Algorithm::Aes128Cbc => {
            cbc::Encryptor::<Aes128>::new_from_slices(&key, &iv)
                .map_err(wrong)?
                .encrypt_blocks(blocks);
        }
        Algorithm::Aes256Cbc => {
            cbc::Encryptor::<Aes256>::new_from_slices(&key, &iv)
                .map_err(wrong)?
                .encrypt_blocks(blocks);
        }
    }
    if matches!(cipher.iv, Iv::Prefix) {
        bytes.splice(..0, iv.iter().copied());
    }
    Ok(match cipher.encoding {
        Encoding::Base64 => STANDARD.encode(&bytes),
        Encoding::Hex => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    })
}
