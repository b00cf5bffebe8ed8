//! Digests, and their encodings as text.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

use crate::recipe::Function;

/// A digest of at most 32 bytes.
pub(super) struct Output {
    bytes: [u8; 32],
    length: usize,
}

impl Output {
    fn of(digest: &[u8]) -> Output {
        let mut bytes = [0; 32];
        bytes[..digest.len()].copy_from_slice(digest);
        Output { bytes, length: digest.len() }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

/// Computes the digest of `message`; an HMAC also uses `key`. Returns `None` if `function` is not a
/// digest.
pub(super) fn digest(function: Function, key: &[u8], message: &[u8]) -> Option<Output> {
    Some(match function {
        Function::Md5 => Output::of(&Md5::digest(message)),
        Function::Sha1 => Output::of(&Sha1::digest(message)),
        Function::Sha256 => Output::of(&Sha256::digest(message)),
        Function::HmacMd5 => {
            let mac = Hmac::<Md5>::new_from_slice(key).ok()?.chain_update(message);
            Output::of(&mac.finalize().into_bytes())
        }
        Function::HmacSha1 => {
            let mac = Hmac::<Sha1>::new_from_slice(key).ok()?.chain_update(message);
            Output::of(&mac.finalize().into_bytes())
        }
        Function::HmacSha256 => {
            let mac = Hmac::<Sha256>::new_from_slice(key).ok()?.chain_update(message);
            Output::of(&mac.finalize().into_bytes())
        }
        _ => return None,
    })
}

/// Replaces the bytes of `arena` from `start` on by hexadecimal digits, two for each byte.
pub(super) fn hex(arena: &mut Vec<u8>, start: usize, upper: bool) {
    let digits = if upper { b"0123456789ABCDEF" } else { b"0123456789abcdef" };
    let length = arena.len() - start;
    arena.resize(start + 2 * length, 0);
    for at in (0..length).rev() {
        let byte = arena[start + at];
        arena[start + 2 * at] = digits[usize::from(byte >> 4)];
        arena[start + 2 * at + 1] = digits[usize::from(byte & 15)];
    }
}

/// Replaces the bytes of `arena` from `start` on by base64.
pub(super) fn base64(arena: &mut Vec<u8>, start: usize) {
    let text = STANDARD.encode(&arena[start..]);
    arena.truncate(start);
    arena.extend_from_slice(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hexed(bytes: &[u8], upper: bool) -> String {
        let mut arena = bytes.to_vec();
        hex(&mut arena, 0, upper);
        String::from_utf8(arena).unwrap()
    }

    fn made(function: Function, key: &[u8], message: &[u8]) -> String {
        hexed(digest(function, key, message).unwrap().bytes(), false)
    }

    #[test]
    fn rfc_2202_and_4231() {
        let jefe = (b"Jefe".as_slice(), b"what do ya want for nothing?".as_slice());
        for (function, expected) in [
            (Function::HmacMd5, "750c783e6ab0b503eaa86e310a5db738"),
            (Function::HmacSha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
            (
                Function::HmacSha256,
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
        ] {
            assert_eq!(made(function, jefe.0, jefe.1), expected);
        }
        let long_key = [0xaa; 131];
        let message = b"Test Using Larger Than Block-Size Key - Hash Key First";
        assert_eq!(
            made(Function::HmacSha256, &long_key, message),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }

    #[test]
    fn rfc_1321_and_fips_180() {
        assert_eq!(made(Function::Md5, b"", b"abc"), "900150983cd24fb0d6963f7d28e17f72");
        let sha1 = "a9993e364706816aba3e25717850c26c9cd0d89d";
        assert_eq!(made(Function::Sha1, b"", b"abc"), sha1);
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(made(Function::Sha256, b"", b"abc"), sha256);
    }

    #[test]
    fn leading_zeros_stay() {
        assert_eq!(hexed(&[0, 1, 0xab], true), "0001AB");
        assert_eq!(hexed(&[0, 1, 0xab], false), "0001ab");
    }

    #[test]
    fn base64_pads() {
        let mut arena = b"keep:f".to_vec();
        base64(&mut arena, 5);
        assert_eq!(arena, b"keep:Zg==");
    }
}
