//! Measures how long preparing, calling, decoding and receiving take, compared with the minimum work
//! (the digest alone, serde_json into strict structs) and with common ways to do the same:
//! `cargo bench -p gatespec-clients`. It builds faster with
//! `--no-default-features --features gome,mogujie,shopex --bench speed`.
//!
//! The variants of a row are timed one after the other, in short slices. A ratio compares the
//! slices of two variants that were timed shortly after each other. A round has many such slices,
//! and the ratio of the round is the median of their ratios. The program prints the median, the
//! smallest and the largest ratio of all rounds. So the ratios are steady on a busy machine, but
//! the nanoseconds are not.
//!
//! With three arguments, the index of a row, the index of a variant in the row and a count
//! (`-- 0 3 1000`), the program only runs that variant that many times and prints nothing. Run it
//! under callgrind with two different counts to compute the number of instructions of one run.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints")]

mod rows;

use std::time::{Duration, Instant};

use rows::{ROWS, Row, Variant};

/// These numbers are odd, so that the median of the measured values is one of the values.
const ROUNDS: usize = 25;
const SLICES: usize = 41;

/// How long one variant runs in each slice. This is so short that most slices are not interrupted.
const SLICE: Duration = Duration::from_micros(200);

fn main() {
    let arguments: Vec<usize> =
        std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    if let [row, variant, count] = arguments[..] {
        let run = &ROWS[row]().variants[variant].run;
        return (0..count).for_each(|_| run());
    }
    let head = ["ns", "ratio", "min", "max", "to floor"];
    println!(
        "{:64} {:>8} {:>8} {:>8} {:>8} {:>8}",
        "", head[0], head[1], head[2], head[3], head[4]
    );
    for (index, row) in ROWS.iter().enumerate() {
        let row = row();
        println!("\n{index} {}", row.title);
        measure(&row);
    }
}

/// Prints for each variant its median time, and its ratios to the first variant and to the floor
/// variant, if the row has one.
fn measure(row: &Row) {
    let counts: Vec<u32> = row.variants.iter().map(runs_in_a_slice).collect();
    let floor = row.variants.iter().position(|variant| variant.name.starts_with("floor"));
    let (mut times, mut ratios) = (vec![vec![]; counts.len()], vec![vec![]; counts.len()]);
    let mut to_floor = vec![vec![]; counts.len()];
    for _ in 0..ROUNDS {
        let mut slices = vec![Vec::with_capacity(SLICES); counts.len()];
        for _ in 0..SLICES {
            for ((slices, count), variant) in slices.iter_mut().zip(&counts).zip(&row.variants) {
                slices.push(seconds(*count, variant) / f64::from(*count));
            }
        }
        for (at, own) in slices.iter().enumerate() {
            let to = |base: &[f64]| median(own.iter().zip(base).map(|(own, base)| own / base));
            times[at].push(median(own.iter().copied()));
            ratios[at].push(to(&slices[0]));
            to_floor[at].push(floor.map_or(f64::NAN, |floor| to(&slices[floor])));
        }
    }
    for (at, variant) in row.variants.iter().enumerate() {
        let sorted = |values: &[f64]| {
            let mut values = values.to_vec();
            values.sort_by(f64::total_cmp);
            (values[0], values[ROUNDS / 2], values[ROUNDS - 1])
        };
        let ((_, time, _), (min, ratio, max)) = (sorted(&times[at]), sorted(&ratios[at]));
        let time = time * 1e9;
        print!("  {:62} {time:8.0} {ratio:8.2} {min:8.2} {max:8.2}", variant.name);
        let (_, floor, _) = sorted(&to_floor[at]);
        if floor.is_nan() { println!() } else { println!(" {floor:8.2}") }
    }
}

fn runs_in_a_slice(variant: &Variant) -> u32 {
    let start = Instant::now();
    let mut count = 0;
    while start.elapsed() < SLICE {
        (variant.run)();
        count += 1;
    }
    count
}

fn seconds(count: u32, variant: &Variant) -> f64 {
    let start = Instant::now();
    for _ in 0..count {
        (variant.run)();
    }
    start.elapsed().as_secs_f64()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
