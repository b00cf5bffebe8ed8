//! Finds out from the description of a field whether the field is required.

use super::plain::{dense, plain};

/// Phrases that make a field necessary under a condition.
const NECESSARY: &[&str] = &[
    "必须",
    "必填",
    "必输",
    "必选",
    "必传",
    "必需",
    "不能为空",
    "不可为空",
    "需要填",
    "required",
    "mandatory",
    "mustbegiven",
    "needed",
];

/// Phrases that say, without a condition, that a field is required (`true`) or optional (`false`).
const SAID: &[(bool, &str)] = &[
    (
        false,
        "非必填 非必须 非必选 非必传 选填 可不填 可不传 可为空 可以为空 可选填 可选参数 (可选) (optional) maybeomitted canbeomitted",
    ),
    (
        true,
        "(必填) (必须) (必传) 必填项 必填字段 必传字段 必填, 必填。 必填; (required) isrequired. ismandatory.",
    ),
];

/// A condition under which a field is required.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Condition {
    /// Another field has a certain value.
    Is {
        /// The name of the other field.
        field: String,
        /// The value that the other field has.
        value: String,
    },
    /// A condition that only a person understands.
    Other,
}

/// The condition under which a description calls its field necessary.
pub(crate) fn condition(text: &str) -> Option<Condition> {
    let chars = plain(text);
    let all: String = chars.iter().collect();
    // In Chinese, the condition comes first, then 时, then the requirement.
    for (at, _) in all.match_indices('时') {
        let after = all[at + '时'.len_utf8()..]
            .trim_start_matches([' ', ',', '为', '是', '此', '该', '字', '段', '则']);
        if NECESSARY.iter().any(|word| after.starts_with(word)) {
            let before = &all[..at];
            let clause = before.rsplit([',', ';', '。', '(']).next().unwrap_or(before);
            return Some(comparison(clause).unwrap_or(Condition::Other));
        }
    }
    if let Some(at) = all.find("为必填参数").or_else(|| all.find("方式必填")) {
        return (!all[..at].trim().is_empty()).then_some(Condition::Other);
    }
    let lower = all.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let place = words.windows(2).position(|pair| {
        NECESSARY.contains(&pair[0].trim_matches(['(', ',', '.']))
            && matches!(pair[1], "when" | "if" | "for")
    })?;
    let original: Vec<&str> = all.split_whitespace().collect();
    let clause = original.get(place + 2..)?.join(" ");
    let clause = clause.split(['.', ',', ';', ')']).next().unwrap_or_default();
    Some(comparison(clause).unwrap_or(Condition::Other))
}

/// Reads the last `field=value`, `field为value` or `field is value` of a clause.
fn comparison(clause: &str) -> Option<Condition> {
    const COMPARES: &[&str] = &["==", "=", "等于", "为", "是", " equals ", " is "];
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    COMPARES.iter().find_map(|compares| {
        let at = clause.rfind(compares)?;
        let field: String = clause[..at]
            .trim_end_matches([' ', '"', '的', '值'])
            .chars()
            .rev()
            .take_while(|c| is_part(*c))
            .collect();
        let field: String = field.chars().rev().collect();
        let value: String = clause[at + compares.len()..]
            .trim_start_matches([' ', '"'])
            .chars()
            .take_while(|c| is_part(*c))
            .collect();
        let is_field = field.starts_with(|c: char| c.is_ascii_alphabetic()) && field.len() > 1;
        (is_field && !value.is_empty()).then_some(Condition::Is { field, value })
    })
}

/// Whether the description says, without a condition, that the field is required or optional.
pub(crate) fn said(text: &str) -> Option<bool> {
    let mut text = dense(text);
    text.push('。');
    SAID.iter()
        .find(|(_, phrases)| phrases.split_whitespace().any(|phrase| text.contains(phrase)))
        .map(|(yes, _)| *yes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_and_requirements() {
        let is = |field: &str, value: &str| {
            Some(Condition::Is { field: field.to_owned(), value: value.to_owned() })
        };
        for (text, expected) in [
            ("灯罩 kind=shade时必须 paper=纸 glass=玻璃", is("kind", "shade")),
            ("当kind为shade时必填", is("kind", "shade")),
            ("Required when kind is shade.", is("kind", "shade")),
            ("required if kind = shade, else ignored", is("kind", "shade")),
            ("使用证书方式为必填参数", Some(Condition::Other)),
            ("夜间必填", None),
            ("开灯时刻", None),
        ] {
            assert_eq!(condition(text), expected, "{text}");
        }
        assert_eq!(said("备注,可不填"), Some(false));
        assert_eq!(said("名称(必填)"), Some(true));
        assert_eq!(said("名称"), None);
    }
}
