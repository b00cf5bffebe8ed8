//! What a page says about the whole platform: addresses, public parameters, error codes.

use crate::facts::{Environment, ErrorCode, Facts};
use crate::names::{CLASSES, SUCCEEDED_MESSAGES};
use crate::outline::{About, Chapter, url_in};
use crate::page::{Row, Table, Unread, is_blank};
use crate::public;
use crate::rows::{self, Side};
use crate::words::{Role, TRIAL, holds, is_one_of};

/// Adds what a chapter says about the whole platform to `facts`.
pub(crate) fn shared(chapter: &Chapter, facts: &mut Facts) {
    for (about, table) in &chapter.tables {
        match about {
            About::Public => {
                for row in &table.rows {
                    let param = public::param(rows::field(table, row, Side::Request));
                    facts.public.add(&param.field.name.clone(), param);
                }
            }
            About::Errors => table.rows.iter().for_each(|row| error(table, row, facts)),
            About::Environments => table.rows.iter().for_each(|row| environment(table, row, facts)),
            _ => {}
        }
    }
    for (url, line) in &chapter.urls {
        let name = environment_name(&line.text, "production");
        push_environment(facts, &name, Some(url.clone()), "", line.number);
    }
    if facts.verb.is_none() {
        facts.verb.clone_from(&chapter.verb);
    }
}

fn error(table: &Table, row: &Row, facts: &mut Facts) {
    let code = table.text(row, Role::Code);
    let texts = [Role::Message, Role::Doc, Role::Solution].map(|role| table.text(row, role));
    let texts: Vec<_> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    let message = texts.join("; ");
    if is_blank(&code) {
        facts.unread.push(Unread { line: row.line, text: row.text(), why: "the row has no code" });
        return;
    }
    if message.split(';').any(|text| is_one_of(text, SUCCEEDED_MESSAGES)) {
        facts.success.get_or_insert_with(|| code.clone());
        facts.unread.push(Unread {
            line: row.line,
            text: row.text(),
            why: "the code of a success",
        });
        return;
    }
    match facts.errors.named(&code) {
        None => {
            let class = class(&message);
            let found = ErrorCode { code, message, class, line: row.line, observed: false };
            facts.errors.add(&found.code.clone(), found);
        }
        Some(known) if known.message != message => {
            facts.unread.push(Unread {
                line: row.line,
                text: row.text(),
                why: "the code has a different message above",
            });
        }
        Some(_) => {}
    }
}

/// The class that the words of a message suggest.
pub(crate) fn class(message: &str) -> &'static str {
    let plain: String = message.to_lowercase().split_whitespace().collect();
    CLASSES.iter().find(|(_, words)| holds(&plain, words)).map_or("caller", |(class, _)| class)
}

fn environment(table: &Table, row: &Row, facts: &mut Facts) {
    let label = table.text(row, Role::Environment);
    let name = environment_name(&label, "production");
    let urls = table.head.iter().zip(&row.cells).filter(|(role, _)| **role == Some(Role::Url));
    let mut urls: Vec<_> = urls.filter_map(|(_, cell)| url_in(&cell.text)).collect();
    // An address with TLS comes first, since the first address is the default.
    urls.sort_by_key(|url| !url.starts_with("https://"));
    if urls.is_empty() {
        push_environment(facts, &name, None, &label, row.line);
    }
    for url in urls {
        let taken = facts.environments.iter().any(|known| known.name == name);
        let name =
            if taken && url.starts_with("http://") { format!("{name}_http") } else { name.clone() };
        push_environment(facts, &name, Some(url), &label, row.line);
    }
}

/// The name of an environment with this label: the name that the words of the label suggest, such
/// as `sandbox`, or else `usual`.
fn environment_name(label: &str, usual: &str) -> String {
    const NAMES: &[(&str, &str)] =
        &[("sandbox", "沙箱 sandbox"), ("test", "测试 test 联调"), ("staging", "预发 staging")];
    let named = NAMES.iter().find(|(_, words)| holds(label, words)).map(|(name, _)| *name);
    named.unwrap_or(if holds(label, TRIAL) { "trial" } else { usual }).to_owned()
}

/// The maximum number of addresses of a platform.
const MOST_ENVIRONMENTS: usize = 50;

fn push_environment(facts: &mut Facts, name: &str, url: Option<String>, term: &str, line: usize) {
    if facts
        .environments
        .iter()
        .any(|known| known.url == url && (url.is_some() || known.name == name))
    {
        return;
    }
    if facts.environments.len() == MOST_ENVIRONMENTS {
        let text = url.unwrap_or_else(|| term.to_owned());
        return facts.unread.push(Unread { line, text, why: "there are too many addresses" });
    }
    let mut own = name.to_owned();
    let mut count = 1;
    while facts.environments.iter().any(|known| known.name == own) {
        count += 1;
        own = format!("{name}_{count}");
    }
    facts.environments.push(Environment { name: own, url, term: term.to_owned(), line });
}
