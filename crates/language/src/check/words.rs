//! Splits names and prose into words.

/// The words of a name, in lowercase. `receiverMobile`, `receiver_mobile` and `ReceiverMobile` have
/// the same words.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut inside = false;
    let mut small = false;
    for c in name.chars() {
        let begins = !inside || (small && c.is_uppercase());
        inside = c.is_alphanumeric();
        small = inside && !c.is_uppercase();
        if !inside {
            continue;
        }
        if begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn names_fall_into_words_however_they_are_written() {
        for name in ["receiverMobile", "receiver_mobile", "ReceiverMobile", "receiver-mobile"] {
            assert_eq!(words(name), ["receiver", "mobile"], "{name}");
        }
        assert_eq!(words("orderID"), ["order", "id"]);
        assert_eq!(words("$app"), ["app"]);
        assert_eq!(words("价格price"), ["价格price"]);
    }
}
