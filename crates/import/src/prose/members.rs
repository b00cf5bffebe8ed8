//! Members of an object that its description lists.

use super::choices::listed;
use super::item::Separator;
use super::plain::plain;

/// The members that the description of an object lists as `name(meaning)` or `name Type meaning`:
/// name, type and meaning of each.
pub(crate) fn members(text: &str) -> Vec<(String, Option<String>, String)> {
    let plain = plain(text);
    let typed = typed(&plain);
    if !typed.is_empty() {
        return typed;
    }
    let found = [Separator::Parentheses, Separator::Colon, Separator::Dash]
        .iter()
        .filter_map(|separator| listed(&plain, *separator))
        .find(|found| {
            found.values.iter().all(|one| one.value.starts_with(|c: char| c.is_ascii_alphabetic()))
        });
    found.map_or_else(Vec::new, |found| {
        found.values.into_iter().map(|one| (one.value, None, one.meaning)).collect()
    })
}

/// Reads `name Type meaning name Type meaning`.
fn typed(text: &[char]) -> Vec<(String, Option<String>, String)> {
    let text: String = text.iter().collect();
    let words: Vec<&str> =
        text.split([' ', ',', ';', ':']).filter(|word| !word.is_empty()).collect();
    let mut members: Vec<(String, Option<String>, String)> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let is_name = crate::cells::is_name(word)
            && word.chars().next().is_some_and(|c| c.is_ascii_lowercase());
        let spelled = words.get(at + 1).map(|next| crate::spelling::spelled(next));
        let is_type = spelled.is_some_and(|spelled| spelled.base.is_some() || spelled.list);
        if is_name && is_type && words.get(at + 1).is_some_and(|next| next.is_ascii()) {
            members.push((
                (*word).to_owned(),
                words.get(at + 1).map(|word| (*word).to_owned()),
                String::new(),
            ));
            at += 2;
            continue;
        }
        if let Some((_, _, meaning)) = members.last_mut() {
            let space = if meaning.is_empty() { "" } else { " " };
            *meaning = format!("{meaning}{space}{word}");
        }
        at += 1;
    }
    if members.len() > 1 { members } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_objects_are_found() {
        let shown = |prose: &str| {
            let all = members(prose).into_iter();
            all.map(|(name, ty, meaning)| format!("{name}:{}:{meaning}", ty.unwrap_or_default()))
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(
            shown("灯罩信息,类如下: shade String 灯罩 size Integer 尺寸"),
            "shade:String:灯罩 size:Integer:尺寸"
        );
        assert_eq!(
            shown("结构是Map, 包含的Key有: shadeCode(灯罩编号) lit(是否亮,Y:亮;N:灭)"),
            "shadeCode::灯罩编号 lit::是否亮,Y:亮;N:灭"
        );
        assert_eq!(shown("其他信息"), "");
    }
}
