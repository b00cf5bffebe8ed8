//! The bounded run of a target: it uses the seeds, and variants of them that are the same on every
//! machine.

use crate::Target;
use std::path::Path;

/// Pieces of the formats that the targets read, to be inserted into seeds.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "\"",
    "'",
    "\\",
    "&",
    "=",
    "%",
    "%00",
    "%e5",
    "+",
    "\n",
    "\n\n",
    "\r",
    "\t",
    ": ",
    "- ",
    "|",
    ">-",
    "#",
    "~",
    "null",
    "true",
    "-1",
    "0.5",
    "1e400",
    "99999999999999999999",
    "\\ud800",
    "\u{feff}",
    "\u{202e}",
    "张",
    "\0",
    "@SECRET@",
    "$'",
    "--data-raw ",
    "secret",
    "pairs(all)",
    "{name}",
    "md5(",
    "curl ",
];

/// Runs the target on its seeds and on `variants` variants of each. Returns the number of inputs.
///
/// # Panics
/// If the target finds a fault, or has no seeds.
pub fn vary(target: Target, variants: usize) -> usize {
    let seeds = seeds(target.name);
    assert!(!seeds.is_empty(), "{} has no seeds", target.name);
    let mut random = fastrand::Rng::with_seed(7);
    let mut count = 0;
    for seed in &seeds {
        (target.run)(seed);
        for _ in 0..variants {
            let mut data = seed.clone();
            for _ in 0..random.usize(1..6) {
                change(&mut data, &seeds, &mut random);
            }
            (target.run)(&data);
        }
        count += 1 + variants;
    }
    count
}

/// The seeds of a target, sorted by name.
fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(name);
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| std::fs::read(path).ok()).collect()
}

fn change(data: &mut Vec<u8>, seeds: &[Vec<u8>], random: &mut fastrand::Rng) {
    let at = random.usize(..=data.len());
    let end = (at + random.usize(..40)).min(data.len());
    match random.u8(..6) {
        0 => drop(data.drain(at..end)),
        1 => {
            let piece = random.choice(PIECES).copied().unwrap_or_default();
            data.splice(at..at, piece.bytes());
        }
        2 => {
            let piece = random.choice(PIECES).copied().unwrap_or_default();
            data.splice(at..end, piece.bytes());
        }
        3 => {
            let copy = data[at..end].to_vec();
            data.splice(at..at, copy);
        }
        4 if at < data.len() => data[at] = random.u8(..),
        _ => {
            let other = random.choice(seeds).map_or(&[][..], Vec::as_slice);
            let from = random.usize(..=other.len());
            let to = (from + random.usize(..60)).min(other.len());
            data.splice(at..at, other[from..to].iter().copied());
        }
    }
}
