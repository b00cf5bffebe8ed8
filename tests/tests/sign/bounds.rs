//! The search for a mistake is bounded for every request.

use crate::tool::Asked;

/// The cost of a search over this many parameters, in signatures and bytes.
fn cost(count: usize) -> (u64, u64) {
    let values: Vec<_> = (0..count).map(|at| format!("name{at:06}=value{at}")).collect();
    let asked =
        Asked::own(&["pier", "boat.other", "--raw", "--app-key", "k", "--clock", "1672502400"])
            .with(&values.iter().map(String::as_str).collect::<Vec<_>>())
            .secret("boat-secret")
            .with(&["--against", "00112233445566778899aabbccddeeff"]);
    let found = asked.json();
    let count = |name: &str| found["diagnosis"][name].as_u64().unwrap();
    (count("tried"), count("bytes"))
}

#[test]
fn four_times_the_parameters_cost_at_most_four_times_the_bytes() {
    let (few, many) = (cost(100), cost(400));
    assert!(few.0 > 1000 && many.0 > 1000, "{few:?} {many:?}");
    assert!(many.1 <= 4 * few.1, "{few:?} {many:?}");
}

#[test]
fn a_large_request_is_not_tried_to_the_end() {
    let (tried, bytes) = cost(3_000);
    assert!(tried > 100 && bytes < 80 << 20, "{tried} {bytes}");
}
