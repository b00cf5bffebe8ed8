//! Splits names into words, and recognises keywords.

/// Splits a name into lowercase words; `processResponseDTO` has three. The error says why the words
/// cannot form a Rust identifier.
pub(super) fn words(name: &str) -> Result<Vec<String>, &'static str> {
    let characters: Vec<char> = name.chars().collect();
    if characters.iter().any(|c| !c.is_ascii()) {
        return Err("it is not ASCII");
    }
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for (index, &c) in characters.iter().enumerate() {
        let after = characters.get(index + 1).copied().unwrap_or(' ');
        if !c.is_ascii_alphanumeric() {
            before = ' ';
            continue;
        }
        let hump =
            c.is_ascii_uppercase() && (!before.is_ascii_uppercase() || after.is_ascii_lowercase());
        match words.last_mut() {
            Some(word) if before != ' ' && !hump => word.push(c.to_ascii_lowercase()),
            _ => words.push(c.to_ascii_lowercase().to_string()),
        }
        before = c;
    }
    match words.first().and_then(|word| word.chars().next()) {
        None => Err("it has no letter"),
        Some(first) if first.is_ascii_digit() => Err("it begins with a digit"),
        Some(_) => Ok(words),
    }
}

pub(super) fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_ascii_uppercase().to_string() + characters.as_str()
    })
}

/// Whether a name is already in CamelCase.
pub(super) fn is_camel(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
}

/// Whether a name is a keyword. `syn` knows the keywords of all editions except `gen`, which the
/// newest edition added. Because `syn` is slow, it is asked only about names that can be keywords:
/// no keyword is longer than `continue`, and none contains `_` after another character.
pub(super) fn is_keyword(name: &str) -> bool {
    let may_be = name.len() <= "continue".len() && !name.trim_start_matches('_').contains('_');
    name == "gen" || (may_be && syn::parse_str::<syn::Ident>(name).is_err())
}
