//! Headings above tables of values: whose values they are.

use crate::facts::Field;
use crate::words::folded;

/// Words that only say that a heading is about values.
const ENDINGS: &[&str] = &[
    "取值说明",
    "取值范围",
    "取值",
    "枚举值",
    "枚举",
    "说明",
    "列表",
    "对照表",
    "的",
    "表",
    "值",
    "values",
    "value",
    "list",
    "table",
];
/// Words of a description that refer to a table.
const REFERS: &[&str] = &["见", "参考", "参照", "see", "refer", "table"];

/// Whether a heading is about a field's values: it contains the field's name or equals the field's
/// term, or the field's description refers to it.
pub(crate) fn is_of(heading: &str, field: &Field) -> bool {
    let mut words = heading.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    if words.any(|word| word == field.name) {
        return true;
    }
    let core = core(heading);
    if core.chars().count() < 2 {
        return false;
    }
    let prose = field.prose.to_lowercase().replace(char::is_whitespace, "");
    core == folded(&field.term)
        || prose.contains(&core) && REFERS.iter().any(|word| prose.contains(word))
}

/// A heading without its number and without its [`ENDINGS`].
fn core(heading: &str) -> String {
    let start = |c: char| c.is_ascii_digit() || "().、（） #".contains(c);
    let mut core = folded(heading.trim_start_matches(start));
    while let Some(rest) = ENDINGS.iter().find_map(|end| core.strip_suffix(end)) {
        core = rest.to_owned();
    }
    core
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_values_name_their_field() {
        let field = |name: &str, prose: &str| {
            let mut field = Field::new(name, 1);
            field.prose = prose.to_owned();
            field.term = crate::prose::term(prose);
            field
        };
        for (heading, name, prose, expected) in [
            ("灯的状态取值说明：", "state", "灯的状态", true),
            ("### lamp_state", "lamp_state", "", true),
            ("附录 2 灯色枚举", "color", "颜色，见附录2灯色枚举", true),
            ("### Shades", "shade", "The shade, see table Shades", true),
            ("灯的状态取值：", "shape", "灯的形状", false),
            ("取值说明", "state", "取值说明见下表", false),
            ("### Shades", "shade", "The shade", false),
        ] {
            assert_eq!(is_of(heading, &field(name, prose)), expected, "{heading}, {name}");
        }
    }
}
