//! How often each variant of the benchmark allocates, and how many bytes in all:
//! `cargo bench -p gatespec-clients --bench allocations`. It is a program of its own because the
//! allocator that counts takes time.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints")]

mod rows;

fn main() {
    println!("{:64} {:>8} {:>8}", "", "number", "bytes");
    for row in rows::ROWS {
        let row = row();
        println!("\n{}", row.title);
        for variant in row.variants {
            // What is made once is made now.
            (variant.run)();
            let counted = allocation_counter::measure(&variant.run);
            println!("  {:62} {:8} {:8}", variant.name, counted.count_total, counted.bytes_total);
        }
    }
}
