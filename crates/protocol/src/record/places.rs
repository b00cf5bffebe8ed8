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

/// A hash of all letters, since names of a record may differ in any of them. Words of eight letters
/// are read; the last word overlaps the one before it.
pub(super) const fn hash(name: &[u8]) -> usize {
    let mut state = name.len() as u64;
    let last = if let Some(last) = name.last_chunk() {
        let mut rest = name;
        while let Some((word, after)) = rest.split_first_chunk()
            && !after.is_empty()
        {
            state = mixed(state ^ u64::from_le_bytes(*word));
            rest = after;
        }
        u64::from_le_bytes(*last)
    } else if let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk()) {
        (u32::from_le_bytes(*first) as u64) << 32 | u32::from_le_bytes(*last) as u64
    } else if let [first, .., last] = name {
        let middle = name[name.len() / 2] as u64;
        (*first as u64) << 16 | middle << 8 | *last as u64
    } else if let [one] = name {
        *one as u64
    } else {
        0
    };
    mixed(state ^ last) as usize
}

/// Lets every bit influence the lower ones, which choose the entry.
const fn mixed(word: u64) -> u64 {
    let product = word as u128 * 0x9e37_79b9_7f4a_7c15;
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The number of occupied entries that are skipped while a table is filled.
    fn passed_over(names: &[String]) -> usize {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut table = vec![0; places(names.len())];
        place(&names, &mut table);
        let filled = (0..table.len()).filter(|at| table[*at] != 0);
        let passed = filled.map(|at| {
            let home = hash(names[table[at] as usize - 1].as_bytes()) % table.len();
            (at + table.len() - home) % table.len()
        });
        passed.sum()
    }

    #[test]
    fn similar_names_have_places_of_their_own() {
        let families: [fn(usize) -> String; 5] = [
            |at| format!("field_{at:05}"),
            |at| format!("item{at}name"),
            |at| format!("a_{at:06}_description_of_goods"),
            |at| at.to_string(),
            |at| "x".repeat(at % 200) + &at.to_string(),
        ];
        for (family, name) in families.into_iter().enumerate() {
            for size in [10, 100, 40_000] {
                let passed = passed_over(&(0..size).map(name).collect::<Vec<_>>());
                assert!(passed <= 2 * size, "family {family}, {size} names: {passed}");
            }
        }
    }
}
