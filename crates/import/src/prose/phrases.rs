//! Phrases of descriptions: units, formats, conditions, limits, fixed values.

use super::plain::{dense, plain};

/// Phrases for the unit of an amount, without blanks. `true` is yuan, `false` is fen.
const UNITS: &[(bool, &str)] = &[
    (
        false,
        "单位:分 单位为分 单位是分 单位分 (分) 以分为单位 精确到分 单位:人民币分 unit:fen infen unitfen incents unit:cents unit:cent",
    ),
    (
        true,
        "单位:元 单位为元 单位是元 单位元 (元) 以元为单位 单位:人民币元 unit:yuan inyuan unityuan 单位:rmb",
    ),
];
/// The character after 分 that makes it minutes instead of fen.
const MINUTES: &str = "钟";

/// Words after a number of decimals.
const DECIMALS: &[&str] = &["位小数", "decimal"];

/// Phrases that say not to fill in a parameter.
const NEVER: &str = "不需要填写 不需要填 不用填 无需填写 无需填 无须填写 不要填 请勿填 无需传 无须传 不需要传 不用传 请勿传 不必填写 \
    donotfill donotsend needn'tbefilled neednotbefilled leaveitempty leaveempty notneeded isfilledbytheplatform";
/// Words after such a phrase that make it a default or a condition.
const UNLESS: &[&str] =
    &["则", "时", "默认", "就", "的话", "表示", "if", "when", "unless", "otherwise"];

/// Names of delimiters.
const DELIMITERS: &[(&str, &str)] = &[
    ("逗号", ","),
    ("分号", ";"),
    ("竖线", "|"),
    ("竖杠", "|"),
    ("空格", " "),
    ("comma", ","),
    ("semicolon", ";"),
    ("pipe", "|"),
    ("verticalbar", "|"),
    ("blank", " "),
];
const SEPARATED: &[&str] =
    &["分割", "分隔", "隔开", "分开", "separated", "delimited", "joinedby", "separatedby"];

/// Phrases before a fixed value.
const FIXED: &[&str] = &[
    "固定值为",
    "固定值",
    "固定为",
    "固定",
    "可选值",
    "只支持",
    "仅支持",
    "目前支持",
    "当前支持",
    "默认值为",
    "默认值",
    "默认为",
    "默认",
    "必须为",
    "always",
    "fixed:",
    "fixedvalue",
    "mustbe",
    "onlysupports",
    "default:",
    "defaultvalue",
    "defaultsto",
    "defaultis",
];

/// Phrases before a length in characters, without blanks.
const LENGTHS: &[&str] = &[
    "最大长度为",
    "最大长度",
    "长度不超过",
    "长度不能超过",
    "长度最大",
    "长度上限",
    "最长",
    "长度限制",
    "maxlength",
    "maximumlength",
    "lengthatmost",
];
/// Phrases before a largest number, without blanks.
const LARGEST: &[&str] = &[
    "不能大于",
    "不得大于",
    "不大于",
    "不能超过",
    "不得超过",
    "不可超过",
    "不超过",
    "最大值为",
    "最大值",
    "最大为",
    "最大",
    "最多",
    "上限为",
    "上限",
    "atmost",
    "nomorethan",
    "maximum",
    "max",
    "upto",
    "notexceed",
    "notmorethan",
];

/// The unit of an amount and the phrase that states it. `true` is yuan.
pub(crate) fn unit(text: &str) -> Option<(bool, &'static str)> {
    let text = dense(text);
    UNITS.iter().find_map(|(yuan, phrases)| {
        let stated = |phrase: &&str| {
            let after = text.find(*phrase).and_then(|at| text.get(at + phrase.len()..));
            after.is_some_and(|after| {
                !after.starts_with(MINUTES) && !after.starts_with(|c: char| c.is_ascii_lowercase())
            })
        };
        phrases.split_whitespace().find(stated).map(|phrase| (*yuan, phrase))
    })
}

/// The number of decimals that a description states.
pub(crate) fn decimals(text: &str) -> Option<u8> {
    let text = dense(text);
    let before = DECIMALS.iter().find_map(|word| text.find(word).map(|at| &text[..at]))?;
    let last = before.chars().next_back()?;
    let digit = last.to_digit(10).or_else(|| match last {
        '两' | '二' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '一' => Some(1),
        _ => before.ends_with("two").then_some(2),
    })?;
    u8::try_from(digit).ok().filter(|digit| (1..=9).contains(digit))
}

/// The phrase with which a description says not to fill in the field.
pub(crate) fn never(text: &str) -> Option<&'static str> {
    let text = dense(text);
    // Each phrase is listed before the shorter phrases that it contains, so the longest phrase is
    // found.
    let phrase = NEVER.split_whitespace().find(|phrase| text.contains(*phrase))?;
    let after = text.split_once(phrase).map_or("", |(_, after)| after);
    (!UNLESS.iter().any(|word| after.starts_with(word))).then_some(phrase)
}

/// The delimiter that a description states for a list in one text.
pub(crate) fn delimiter(text: &str) -> Option<String> {
    let text = dense(text);
    let at = SEPARATED.iter().filter_map(|word| text.find(word)).min()?;
    let near: String =
        text[..at].chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = text[at..].chars().take(24).collect();
    for near in [near.as_str(), after.as_str()] {
        if let Some((_, sign)) = DELIMITERS.iter().find(|(name, _)| near.contains(name)) {
            return Some((*sign).to_owned());
        }
        if let Some(sign) = [',', ';', '|', '#', '^'].iter().find(|sign| near.contains(**sign)) {
            return Some(sign.to_string());
        }
    }
    None
}

/// The only value that a parameter can have.
pub(crate) fn constant(text: &str) -> Option<String> {
    let text: String = plain(text).into_iter().filter(|c| *c != ' ').collect();
    let lower = text.to_lowercase();
    FIXED.iter().find_map(|phrase| {
        let at = lower.find(phrase)? + phrase.len();
        let rest = text.get(at..)?.trim_start_matches([':', '"', '为', '是', '=']);
        let end = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/')))
            .unwrap_or(rest.len());
        let value = rest[..end].trim_end_matches(['.', '-', '_', '/']);
        // Several values are not a constant.
        let others = rest[end..].starts_with([',', '、', '|'])
            && rest[end..].chars().nth(1).is_some_and(|c| c.is_ascii_alphanumeric());
        (!value.is_empty() && value.len() <= 40 && !others).then(|| value.to_owned())
    })
}

/// The number after one of the phrases, and what follows it.
fn number_after<'t>(text: &'t str, phrases: &[&str]) -> Option<(u64, &'t str)> {
    phrases.iter().find_map(|phrase| {
        let rest = text.get(text.find(phrase)? + phrase.len()..)?;
        let rest = rest.trim_start_matches([':', '为', '是', '=', '(', 'o', 'f']);
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        Some((rest[..end].parse().ok()?, &rest[end..]))
    })
}

/// The greatest length of a value, in characters, that a description states.
pub(crate) fn longest(text: &str) -> Option<u64> {
    let text = dense(text);
    let stated = number_after(&text, LENGTHS).map(|(number, _)| number);
    stated.or_else(|| {
        let (number, after) = number_after(&text, LARGEST)?;
        ["个字符", "字符", "个字", "位", "characters", "chars", "letters"]
            .iter()
            .any(|word| after.starts_with(word))
            .then_some(number)
    })
}

/// The greatest number that a description states, and its unit as written there.
pub(crate) fn most(text: &str) -> Option<(u64, String)> {
    let text = dense(text);
    let (number, after) = number_after(&text, LARGEST)?;
    let unit: String = after.chars().take_while(|c| c.is_alphabetic()).collect();
    Some((number, unit))
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_stated_in_many_ways() {
        for (text, expected) in [
            ("价格，单位：分", Some(false)),
            ("优惠(分)", Some(false)),
            ("金额-单位元,Double(保留2位小数)", Some(true)),
            ("时长，单位：分钟", None),
            ("Price in fen.", Some(false)),
            ("总价", None),
        ] {
            assert_eq!(unit(text).map(|(yuan, _)| yuan), expected, "{text}");
        }
    }

    #[test]
    fn limits_delimiters_and_constants() {
        assert_eq!(longest("名称，最大长度为32"), Some(32));
        assert_eq!(longest("at most 20 characters"), Some(20));
        assert_eq!(longest("最多10个"), None);
        assert_eq!(most("结束时间 不能大于7天"), Some((7, "天".to_owned())));
        assert_eq!(most("每页条数,最大100"), Some((100, String::new())));
        for (text, expected) in [
            ("编号用\"|\"分割", Some("|")),
            ("多个编号以英文逗号分隔", Some(",")),
            ("Separated by commas", Some(",")),
            ("comma-separated numbers", Some(",")),
            ("分割线", None),
        ] {
            assert_eq!(delimiter(text).as_deref(), expected, "{text}");
        }
        for (text, expected) in [
            ("版本,可选值:1.0.0", Some("1.0.0")),
            ("默认为json格式,固定", Some("json")),
            ("固定值为：2.1", Some("2.1")),
            ("当前只支持Md5", Some("Md5")),
            ("可选值:json,xml", None),
            ("版本", None),
        ] {
            assert_eq!(constant(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn decimals_are_counted() {
        for (text, expected) in [
            ("重量,保留3位小数", Some(3)),
            ("两位小数", Some(2)),
            ("with two decimals", Some(2)),
            ("保留小数", None),
        ] {
            assert_eq!(decimals(text), expected, "{text}");
        }
    }

    #[test]
    fn fields_that_nobody_fills_in() {
        assert!(never("编号,不需要填写").is_some());
        assert!(never("不需要填写时留空").is_none());
        assert!(never("Do not fill in.").is_some());
    }
}
