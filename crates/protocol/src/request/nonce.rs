//! Makes nonces from random bytes.

use sha2::{Digest as _, Sha256};

use crate::parameter::NonceFormat;

/// Appends a nonce.
pub(super) fn write(format: NonceFormat, entropy: [u8; 16], out: &mut String) {
    match format {
        NonceFormat::Hex(length) => out.extend(hex_digits(entropy).take(length)),
        NonceFormat::Digits(length) => out.extend(decimal_digits(entropy).take(length)),
        NonceFormat::Uuid => uuid(entropy, out),
    }
}

/// An endless sequence of bytes that begins with the entropy.
fn bytes(entropy: [u8; 16]) -> impl Iterator<Item = u8> {
    let more = (0_u32..).flat_map(move |block| {
        let mut hash = Sha256::new_with_prefix(entropy);
        hash.update(block.to_be_bytes());
        <[u8; 32]>::from(hash.finalize())
    });
    entropy.into_iter().chain(more)
}

fn hex_digits(entropy: [u8; 16]) -> impl Iterator<Item = char> {
    let nibbles = bytes(entropy).flat_map(|byte| [byte >> 4, byte & 15]);
    nibbles.map(|nibble| char::from_digit(nibble.into(), 16).unwrap_or('0'))
}

/// An endless sequence of decimal digits. Skips bytes from 250 on, so that all digits are equally
/// likely.
fn decimal_digits(entropy: [u8; 16]) -> impl Iterator<Item = char> {
    let fair = bytes(entropy).filter(|byte| *byte < 250);
    fair.map(|byte| char::from_digit(u32::from(byte) % 10, 10).unwrap_or('0'))
}

/// Appends a UUID of version 4, variant 1.
fn uuid(mut entropy: [u8; 16], out: &mut String) {
    entropy[6] = entropy[6] & 0x0f | 0x40;
    entropy[8] = entropy[8] & 0x3f | 0x80;
    for (index, digit) in hex_digits(entropy).take(32).enumerate() {
        if matches!(index, 8 | 12 | 16 | 20) {
            out.push('-');
        }
        out.push(digit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(format: NonceFormat, entropy: [u8; 16]) -> String {
        let mut out = String::new();
        write(format, entropy, &mut out);
        out
    }

    #[test]
    fn hexadecimal_digits_are_the_bytes_and_go_on() {
        let entropy = std::array::from_fn(|at| if at % 2 == 0 { 0 } else { 0xff });
        assert_eq!(made(NonceFormat::Hex(16), entropy), "00ff00ff00ff00ff");
        let long = made(NonceFormat::Hex(80), entropy);
        assert_eq!(long.len(), 80);
        assert_ne!(long[32..64], long[..32]);
    }

    #[test]
    fn digits_and_uuids_have_their_form() {
        let digits = made(NonceFormat::Digits(50), [7; 16]);
        assert!(digits.len() == 50 && digits.bytes().all(|digit| digit.is_ascii_digit()));
        let uuid = made(NonceFormat::Uuid, [0xff; 16]);
        assert_eq!(uuid, "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }
}
