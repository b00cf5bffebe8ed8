//! Lists of values in a description, with any of the usual separators.

use super::conditions::{Condition, condition};
use super::item::{Item, Separator, is_chinese_letter, item};
use super::plain::plain;
use super::times::format_range;

/// A value and its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) value: String,
    /// Empty if the description states no meaning.
    pub(crate) meaning: String,
}

/// The values that a description lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choices {
    pub(crate) values: Vec<Choice>,
    /// The index of the first character of the list.
    pub(crate) start: usize,
}

const SEPARATORS: [Separator; 8] = [
    Separator::Colon,
    Separator::Equals,
    Separator::Dash,
    Separator::Parentheses,
    Separator::Word,
    Separator::Number,
    Separator::Blank,
    Separator::Nothing,
];

/// Characters that end an item.
const ENDS: [char; 10] = [',', ';', '、', '。', '/', '|', ' ', '.', '"', '\n'];
/// Words before a list of values without meanings.
const INTRODUCTIONS: &[&str] = &[
    "包括",
    "包含",
    "取值",
    "取值范围",
    "取值为",
    "可选值",
    "可选值为",
    "枚举值",
    "枚举",
    "可选",
    "目前包括",
    "目前有",
    "分别为",
    "有",
    "值为",
    "one of",
    "either",
    "values",
    "possible values",
    "allowed values",
    "allowed",
    "valid values",
    "can be",
    "must be",
    "may be",
];

/// The maximum number of values that a description lists.
const MOST_VALUES: usize = 500;

/// The values that a description lists, if it lists two or more.
pub(crate) fn choices(text: &str) -> Option<Choices> {
    let text = without_formats(&plain(text));
    let lists = SEPARATORS.iter().filter_map(|separator| listed(&text, *separator));
    let longest = lists.rev().max_by_key(|found| found.values.len());
    longest.or_else(|| bare(&text))
}

pub(super) fn listed(text: &[char], separator: Separator) -> Option<Choices> {
    let mut items = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let item = item(text, at, separator);
        at = item.as_ref().map_or(at + 1, |item| item.meaning);
        items.extend(item);
    }
    // A list has numbers or words, not both. In a text with a formula's `a=1` and the values `0=no`
    // and `1=yes`, the list is the larger group.
    let is_number =
        |item: &Item| item.value.trim_start_matches('-').chars().all(|c| c.is_ascii_digit());
    let numbers = items.iter().filter(|item| is_number(item)).count();
    let keep_numbers = numbers * 2 >= items.len();
    items.retain(|item| is_number(item) == keep_numbers);
    if items.len() < 2 || items.len() > MOST_VALUES {
        return None;
    }
    let mut values: Vec<Choice> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let end = items.get(index + 1).map_or(text.len(), |next| next.start);
        let mut meaning: String = text[item.meaning..end].iter().collect();
        if separator == Separator::Parentheses {
            let (inside, after) = inside(&meaning)?;
            if index + 1 < items.len() && !after.chars().all(|c| ENDS.contains(&c)) {
                return None;
            }
            meaning = inside;
        } else if index + 1 == items.len() {
            let comma = values.iter().any(|value| value.meaning.contains(','));
            meaning = last_meaning(&meaning, comma);
        }
        let meaning = meaning.trim_matches(|c: char| ENDS.contains(&c) || c == '(').to_owned();
        let meaning = meaning
            .strip_suffix(')')
            .filter(|rest| !rest.contains('('))
            .unwrap_or(&meaning)
            .trim()
            .to_owned();
        if values.iter().any(|known| known.value == item.value) || meaning.is_empty() {
            return None;
        }
        values.push(Choice { value: item.value.clone(), meaning });
    }
    let longest = match separator {
        Separator::Number | Separator::Nothing | Separator::Word => 16,
        _ => 60,
    };
    let is_short = values.iter().all(|value| value.meaning.chars().count() <= longest);
    is_short.then(|| Choices { values, start: items[0].start })
}

/// The text up to the closing parenthesis, and the text after it.
fn inside(text: &str) -> Option<(String, String)> {
    let mut depth = 1_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((text[..at].to_owned(), text[at + 1..].to_owned()));
        }
    }
    None
}

/// Cuts the last meaning off at the end of its sentence, or at a comma if no other meaning has one.
fn last_meaning(text: &str, has_commas: bool) -> String {
    let end = text.find(|c| matches!(c, '。' | ';' | '\n') || (c == ',' && !has_commas));
    text[..end.unwrap_or(text.len())].to_owned()
}

/// Finds values without meanings after a word that introduces them.
fn bare(text: &[char]) -> Option<Choices> {
    let all: String = text.iter().collect();
    let lower = all.to_lowercase();
    let places = INTRODUCTIONS.iter().filter_map(|word| lower.find(word).map(|at| at + word.len()));
    let lists = places.filter_map(|at| {
        let rest = all.get(at..)?;
        let start = rest.find(|c: char| !matches!(c, ':' | ' ' | '为' | '是' | '如' | '下'))?;
        let rest = &rest[start..];
        let end = rest.find(|c: char| is_chinese_letter(c) || c == '。').unwrap_or(rest.len());
        let list = rest[..end].replace(" or ", ",").replace(" and ", ",");
        let separators = [',', '、', '/', '|', ';', ' '];
        let separator = separators.iter().find(|one| list.contains(**one))?;
        let values: Vec<_> = list
            .split(*separator)
            .map(|value| value.trim_matches(|c: char| ENDS.contains(&c) || matches!(c, '(' | ')')))
            .filter(|value| !value.is_empty())
            .collect();
        let is_value = |value: &&str| {
            value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
                && value.len() <= 64
        };
        // Words separated by blanks are values only if they are in capitals. Other words are a
        // sentence.
        let marked = *separator != ' '
            || values.iter().all(|value| value.chars().all(|c| !c.is_ascii_lowercase()));
        let is_list = values.len() > 1 && values.len() <= MOST_VALUES;
        (is_list && values.iter().all(is_value) && marked).then(|| Choices {
            values: values
                .iter()
                .map(|value| Choice { value: (*value).to_owned(), meaning: String::new() })
                .collect(),
            start: all[..at + start].chars().count(),
        })
    });
    lists.max_by_key(|found| found.values.len())
}

/// The text without patterns of times, whose letters and colons look like lists of values.
fn without_formats(text: &[char]) -> Vec<char> {
    let mut text = text.to_vec();
    while let Some((start, end)) = format_range(&text) {
        text[start..end].fill(' ');
    }
    // A condition, which compares a field with a value, is not a list either.
    let all: String = text.iter().collect();
    if matches!(condition(&all), Some(Condition::Is { .. }))
        && let Some(at) = text.iter().position(|c| *c == '时')
    {
        let start = text[..at]
            .iter()
            .rposition(|c| matches!(c, ' ' | ',' | ';' | '。' | '('))
            .map_or(0, |at| at + 1);
        let end = text[at..]
            .iter()
            .position(|c| matches!(c, ' ' | ',' | ';' | '。' | ')'))
            .map_or(text.len(), |length| at + length);
        text[start..end].fill(' ');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(prose: &str) -> String {
        let found = choices(prose).map_or_else(Vec::new, |found| found.values);
        let shown = found.iter().map(|one| format!("{}={}", one.value, one.meaning));
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn values_are_found_in_every_layout() {
        for (prose, expected) in [
            ("灯的状态,0:关;1:开;2:闪烁3:坏4:丢", "0=关 1=开 2=闪烁 3=坏 4=丢"),
            ("灯的状态：0：关，1：开", "0=关 1=开"),
            ("来源 1、网站 2、电话", "1=网站 2=电话"),
            ("1.网站 2.电话", "1=网站 2=电话"),
            ("状态,ON 已经打开,OFF 已经关闭,RE 等待重置", "ON=已经打开 OFF=已经关闭 RE=等待重置"),
            ("类型 big=大灯 small=小灯", "big=大灯 small=小灯"),
            ("状态,包括: LAMP_ON - 开 LAMP_OFF - 关", "LAMP_ON=开 LAMP_OFF=关"),
            ("0 - 近光 1 - 远光-自动 2 - 雾灯", "0=近光 1=远光-自动 2=雾灯"),
            (
                "lamp_asked - 用户提出,等待确认 lamp_done - 完成",
                "lamp_asked=用户提出,等待确认 lamp_done=完成",
            ),
            ("是否一致,T:相同;F:不同,空为未检查", "T=相同 F=不同"),
            ("1（亮）2（灭）", "1=亮 2=灭"),
            ("0-灭/1-亮/2-坏", "0=灭 1=亮 2=坏"),
            ("0未亮 1已亮", "0=未亮 1=已亮"),
            ("-1:失败;1:成功", "-1=失败 1=成功"),
            ("目前包括:ON、OFF、BLINKING", "ON= OFF= BLINKING="),
            ("State of the lamp: 0 - dark, 1 - lit", "0=dark 1=lit"),
            ("One of on, off, blinking.", "on= off= blinking="),
            ("\"on\": it is lit; \"off\": it is dark", "on=it is lit off=it is dark"),
            ("1 for dark, 2 for lit", "1=dark 2=lit"),
        ] {
            assert_eq!(shown(prose), expected, "{prose}");
        }
    }

    #[test]
    fn prose_that_lists_nothing_gives_no_values() {
        for prose in [
            "创建时间,格式:yyyy-MM-dd HH:mm:ss",
            "地址,如 http://lamp.example/a 或 https://lamp.example/b",
            "总价=单价之和 - 优惠+freight(运费) + duty(税)",
            "如果price为2,delta为1,则改前为3;如果price为70,delta为-10,则为60",
            "最多10个，每个1-20字",
            "名称(短)",
            "The time at which it was lit, 2023-01-01 00:00:00",
            "有效期7天或30天",
            "",
        ] {
            assert_eq!(shown(prose), "", "{prose}");
        }
    }
}
