//! The parts of a page: which method a table or sample belongs to, and what it is about.

use crate::breaks;
use crate::captions::is_of;
use crate::cells::is_name;
use crate::decode::is_chinese;
use crate::names::{Source, source};
use crate::page::{Block, Line, Table, Unread, is_blank};
use crate::query::is_query;
use crate::rows::{self, Side};
use crate::words::{self, Role, Section, section};
use std::collections::HashSet;

/// What a table lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum About {
    Environments,
    Public,
    Envelope,
    Request,
    Response,
    Errors,
    /// The members of the record with this name.
    Type(String),
    /// The values of a field, below this heading.
    Values(String),
}

/// A method's part of the page, or the part before the first method.
#[derive(Debug, Default)]
pub(crate) struct Chapter {
    /// The name, title and line of the method.
    pub(crate) method: Option<(String, String, usize)>,
    pub(crate) tables: Vec<(About, Table)>,
    pub(crate) samples: Vec<(Option<Section>, usize, String)>,
    pub(crate) urls: Vec<(String, Line)>,
    pub(crate) verb: Option<String>,
    /// Class names in sample code, such as `StockLevelGetRequest`.
    pub(crate) classes: Vec<String>,
}

/// Divides blocks into chapters. Text without a known meaning is reported in `unread`.
pub(crate) fn chapters(blocks: Vec<Block>, unread: &mut Vec<Unread>) -> Vec<Chapter> {
    let records = records(&blocks);
    let mut reader = Reader {
        chapters: vec![Chapter::default()],
        section: None,
        record: None,
        heading: String::new(),
        records,
        methods: HashSet::new(),
        unread,
    };
    for block in blocks {
        match block {
            Block::Text(line) => reader.text(line),
            Block::Table(table) => reader.table(table),
            Block::Sample { line, text } => {
                let is_query = is_query(&text);
                let section = if is_query { Some(Section::RequestSample) } else { reader.section };
                reader.chapter().samples.push((section, line, text));
            }
        }
    }
    let mut chapters = reader.chapters;
    chapters.retain(|chapter| chapter.method.is_some() || !chapter.is_empty());
    chapters
}

impl Chapter {
    fn is_empty(&self) -> bool {
        self.tables.is_empty()
            && self.samples.is_empty()
            && self.urls.is_empty()
            && self.classes.is_empty()
    }

    fn has(&self, about: &About) -> bool {
        self.tables.iter().any(|(known, _)| known == about)
    }
}

/// The names of records that type columns use.
fn records(blocks: &[Block]) -> HashSet<String> {
    let tables = blocks
        .iter()
        .filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    let types = tables.flat_map(|table| table.rows.iter().map(|row| table.text(row, Role::Type)));
    types.filter_map(|written| crate::spelling::spelled(&written).record).collect()
}

struct Reader<'u> {
    chapters: Vec<Chapter>,
    section: Option<Section>,
    /// The record that the last heading names.
    record: Option<String>,
    /// The last text above a table.
    heading: String,
    records: HashSet<String>,
    methods: HashSet<String>,
    unread: &'u mut Vec<Unread>,
}

impl Reader<'_> {
    fn chapter(&mut self) -> &mut Chapter {
        if self.chapters.is_empty() {
            self.chapters.push(Chapter::default());
        }
        let last = self.chapters.len() - 1;
        &mut self.chapters[last]
    }

    fn text(&mut self, line: Line) {
        let text = line.text.trim();
        if is_blank(text) {
            return;
        }
        text.clone_into(&mut self.heading);
        let found = breaks::method(&line).or_else(|| self.method_after_title(text));
        if let Some((name, title)) = found
            && self.methods.insert(name.clone())
        {
            let method = Some((name, title, line.number));
            self.chapters.push(Chapter { method, ..Chapter::default() });
            (self.section, self.record) = (None, None);
            return;
        }
        if let Some((label, verb)) = text.split_once([':', '：'])
            && words::is_label(label, words::VERB_LABELS)
            && let Some(verb) = verb_in(verb)
        {
            self.chapter().verb = Some(verb);
            return;
        }
        if let Some(url) = url_in(text) {
            let label: String = text.split("http").next().unwrap_or_default().trim().to_owned();
            let is_label = words::is_label(&label, words::URL_LABELS)
                || words::section(&label) == Some(Section::Environments);
            if is_label || (label.is_empty() && self.section == Some(Section::Environments)) {
                self.chapter().urls.push((url, line));
                return;
            }
        }
        if let Some(record) = self.named_record(text) {
            (self.section, self.record) = (None, Some(record));
        } else if let Some(found) = section(text) {
            (self.section, self.record) = (Some(found), None);
        } else {
            if let Some(class) = class_in(text) {
                self.chapter().classes.push(class);
            }
            let why = if line.heading { "a heading" } else { "text outside tables and samples" };
            self.unread.push(Unread { line: line.number, text: text.to_owned(), why });
        }
    }

    /// The name of the method if a line before all tables has the name after a title, as in `查询库存
    /// stock.level.get`.
    fn method_after_title(&self, text: &str) -> Option<(String, String)> {
        let (title, name) = text.split_once(char::is_whitespace)?;
        let is_title = title.chars().all(is_chinese) && title.chars().count() <= 16;
        let is_first = self.methods.is_empty() && self.chapters.iter().all(Chapter::is_empty);
        let is_name = breaks::is_method(name.trim(), 2);
        (is_first && is_title && is_name).then(|| (name.trim().to_owned(), title.to_owned()))
    }

    /// The record that a short heading names.
    fn named_record(&self, text: &str) -> Option<String> {
        let mut parts = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        let short = text.chars().count() <= 40;
        parts.find(|part| short && self.records.contains(*part)).map(str::to_owned)
    }

    fn table(&mut self, mut table: Table) {
        let (section, record) = (self.section, self.record.take());
        let about =
            if table.has(Role::Environment) || (table.has(Role::Url) && !table.has(Role::Type)) {
                Some(About::Environments)
            } else if self.lists_values(&table) {
                // The heading was understood: it says which field has the values in the table.
                self.unread.pop_if(|one| one.text == self.heading);
                Some(About::Values(self.heading.clone()))
            } else if table.has(Role::Code) && !table.has(Role::Name) {
                Some(About::Errors)
            } else if table.has(Role::Name) {
                record.map(About::Type).or_else(|| self.fields(&mut table, section))
            } else {
                None
            };
        let Some(about) = about else {
            for row in &table.rows {
                self.unread.push(Unread {
                    line: row.line,
                    text: row.text(),
                    why: "the table does not say what it lists",
                });
            }
            return;
        };
        // A heading is about one table; a second table below it lists something else.
        if matches!(about, About::Request | About::Response | About::Public | About::Envelope) {
            self.section = None;
        }
        self.chapter().tables.push((about, table));
    }

    /// Whether a table lists the values of a field: it has a column of values, or it has a column
    /// of codes and its heading is about a field.
    fn lists_values(&self, table: &Table) -> bool {
        if table.has(Role::Type) || table.has(Role::Required) || table.has(Role::Optional) {
            return false;
        }
        // In a table of fields, the column of names comes first.
        let first = table.column(Role::Value).or_else(|| table.column(Role::Code));
        if table.column(Role::Name) < first && table.has(Role::Name) {
            return false;
        }
        if table.has(Role::Value) {
            return true;
        }
        let is_of_field = |(_, known): &(About, Table)| {
            let fields = known.rows.iter().map(|row| rows::field(known, row, Side::Response));
            known.has(Role::Name) && fields.into_iter().any(|field| is_of(&self.heading, &field))
        };
        table.has(Role::Code)
            && !matches!(self.section, Some(Section::Errors | Section::ErrorSample))
            && self.chapters.last().is_some_and(|last| last.tables.iter().any(is_of_field))
    }

    /// What a table of fields lists, according to its heading, or else to its shape.
    fn fields(&mut self, table: &mut Table, section: Option<Section>) -> Option<About> {
        let names = table.rows.iter().map(|row| table.text(row, Role::Name));
        let known: Vec<Source> = names.filter_map(|name| source(&name)).collect();
        let signed = known.contains(&Source::Signature);
        match section {
            Some(Section::Public) => Some(About::Public),
            Some(Section::PublicResponse) => Some(About::Envelope),
            Some(Section::Request) if !(signed && known.len() > 2) => Some(About::Request),
            Some(Section::Response | Section::ResponseSample) => Some(About::Response),
            _ if signed && known.len() > 1 => Some(About::Public),
            _ => {
                table.guessed = true;
                let chapter = self.chapter();
                let required = table.has(Role::Required) || table.has(Role::Optional);
                if !chapter.has(&About::Request) && required {
                    Some(About::Request)
                } else if !chapter.has(&About::Response) {
                    Some(About::Response)
                } else {
                    None
                }
            }
        }
    }
}

/// Finds an HTTP verb in a text.
fn verb_in(text: &str) -> Option<String> {
    let upper = text.to_uppercase();
    ["POST", "GET", "PUT", "DELETE", "PATCH"]
        .iter()
        .find(|verb| upper.contains(**verb))
        .map(|verb| (*verb).to_owned())
}

/// Finds an `http` or `https` address in a text.
pub(crate) fn url_in(text: &str) -> Option<String> {
    let start = text.find("http://").or_else(|| text.find("https://"))?;
    let end = text[start..].find(|c: char| {
        c.is_whitespace() || !c.is_ascii() || matches!(c, '"' | '<' | '>' | '|' | ')' | ',')
    });
    let url = &text[start..start + end.unwrap_or(text.len() - start)];
    let host = url.split("//").nth(1).unwrap_or_default();
    let is_host = host.starts_with(|c: char| c.is_ascii_alphanumeric()) && host.len() > 3;
    is_host.then(|| url.trim_end_matches(['.', ';', '/']).to_owned())
}

/// Finds a class such as `StockLevelGetRequest`, which is named after a method, in sample code.
/// Returns the name without `Request`.
fn class_in(text: &str) -> Option<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let mut classes = words.filter_map(|word| word.strip_suffix("Request"));
    classes
        .find(|class| class.chars().filter(char::is_ascii_uppercase).count() > 1 && is_name(class))
        .map(str::to_owned)
}

/// The name of the method that a class was made from: `StockLevelGet` is `stock.level.get`.
pub(crate) fn method_of(class: &str) -> String {
    let mut name = String::new();
    for c in class.chars() {
        if c.is_ascii_uppercase() && !name.is_empty() {
            name.push('.');
        }
        name.push(c.to_ascii_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_classes_are_found_in_text() {
        for (text, expected) in [
            (
                "正式环境：https://api.lamp.example/gate，请使用",
                Some("https://api.lamp.example/gate"),
            ),
            ("(http://lamp.example/)", Some("http://lamp.example")),
            ("https://", None),
            ("no address", None),
        ] {
            assert_eq!(url_in(text).as_deref(), expected, "{text}");
        }
        let class = class_in("LampStockGetRequest request = new LampStockGetRequest();");
        assert_eq!(class.as_deref().map(method_of).as_deref(), Some("lamp.stock.get"));
        assert_eq!(class_in("HttpRequest request;"), None);
    }
}
