//! Where fields are found by their names.

/// Entries of the table of places for so many fields: a power of two, at most half of them taken.
pub const fn places(fields: usize) -> usize {
    (2 * fields).next_power_of_two()
}

/// Fills a table of places: under the hash of each name, or the next free entry after it, one more
/// than the index of its field. Zero is free.
pub const fn place(names: &[&str], table: &mut [u32]) {
    let mut index = 0;
    while index < names.len() {
        let mut at = hash(names[index].as_bytes()) % table.len();
        while table[at] != 0 {
            at = (at + 1) % table.len();
        }
        index += 1;
        table[at] = index as u32;
    }
}

/// Names of one record differ in length, beginning or end as a rule.
pub(super) const fn hash(name: &[u8]) -> usize {
    match name {
        [] => 0,
        [first, .., last] => {
            let middle = name[name.len() / 2] as usize;
            name.len() + 7 * (*first as usize) + 31 * middle + 131 * (*last as usize)
        }
        [one] => *one as usize,
    }
}
