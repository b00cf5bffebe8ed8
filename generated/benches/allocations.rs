//! Counts how often each variant of the benchmark allocates, and how many bytes in total:
//! `cargo bench -p gatespec-clients --bench allocations`. This is a separate program because the
//! counting allocator is slower.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints")]

mod rows;

fn main() {
    println!("{:64} {:>8} {:>8}", "", "number", "bytes");
    for row in rows::ROWS {
        let row = row();
        println!("\n{}", row.title);
        for variant in row.variants {
            // The first run, which initializes what is made only once, is not counted.
            (variant.run)();
            let counted = allocation_counter::measure(&variant.run);
            println!("  {:62} {:8} {:8}", variant.name, counted.count_total, counted.bytes_total);
        }
    }
}
