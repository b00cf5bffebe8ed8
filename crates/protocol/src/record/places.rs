//! A hash table that maps the names of fields to their indexes.

/// The size of the table for a number of fields. It is a power of two, and at least half of the
/// table stays empty.
pub const fn places(fields: usize) -> usize {
    (2 * fields).next_power_of_two()
}

/// Fills the table by open addressing. The entry of a name is the field's index plus one; zero
/// means that the entry is free.
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

/// A cheap hash of the length and of the first, middle and last byte, because the names of one
/// record usually differ in one of these.
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
