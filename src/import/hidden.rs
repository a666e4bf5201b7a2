//! Rows and columns that a person has hidden in a workbook. They are read like all others, which may surprise.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::import::links::{self, Links};
use crate::import::packed;
use crate::import::pattern;

static SHEET: LazyLock<Regex> = LazyLock::new(|| pattern(r#"<(?:\w+:)?sheet\s[^>]*>"#));
static RELATION: LazyLock<Regex> = LazyLock::new(|| pattern(r#"<(?:\w+:)?Relationship\s[^>]*>"#));
static ROW: LazyLock<Regex> = LazyLock::new(|| pattern(r#"<(?:\w+:)?row\s[^>]*>"#));
static COLUMN: LazyLock<Regex> = LazyLock::new(|| pattern(r#"<(?:\w+:)?col\s[^>]*>"#));
static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| pattern(r#"([\w:]+)="([^"]*)""#));

/// An attribute of a tag.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut all = ATTRIBUTE.captures_iter(tag);
    all.find(|parts| &parts[1] == name).and_then(|parts| parts.get(2)).map(|value| value.as_str())
}

/// What a workbook (XLSX) has beside its cells, by the names of its sheets.
pub struct BesideCells {
    /// The name of the sheet.
    pub sheet: String,
    /// That rows are hidden.
    pub note: Option<String>,
    /// The columns that are hidden, from 0.
    pub columns: Vec<u32>,
    /// The addresses to which cells lead.
    pub links: Links,
}

/// Finds what is hidden in each sheet of a workbook (XLSX), and to which addresses its cells lead.
pub fn beside_cells(bytes: &[u8]) -> Vec<BesideCells> {
    let text = |name: &str| packed::file(bytes, name).and_then(|bytes| String::from_utf8(bytes).ok());
    let (Some(book), Some(relations)) = (text("xl/workbook.xml"), text("xl/_rels/workbook.xml.rels")) else {
        return Vec::new();
    };
    let target = |id: &str| {
        let mut tags = RELATION.find_iter(&relations).map(|tag| tag.as_str());
        let tag = tags.find(|tag| attribute(tag, "Id") == Some(id))?;
        let target = attribute(tag, "Target")?.trim_start_matches('/');
        Some(if target.starts_with("xl/") { target.to_owned() } else { format!("xl/{target}") })
    };
    let sheets = SHEET.find_iter(&book).filter_map(|tag| {
        let (name, id) = (attribute(tag.as_str(), "name")?, attribute(tag.as_str(), "r:id")?);
        let path = target(id)?;
        let sheet = text(&path)?;
        let (folder, file) = path.rsplit_once('/')?;
        let relations = text(&format!("{folder}/_rels/{file}.rels")).unwrap_or_default();
        let ends = |tag: regex::Match<'_>| {
            let (id, target) = (attribute(tag.as_str(), "Id")?, attribute(tag.as_str(), "Target")?);
            Some((id.to_owned(), plain(target)))
        };
        let targets: HashMap<String, String> = RELATION.find_iter(&relations).filter_map(ends).collect();
        let leads_to = |id: &str| targets.get(id).cloned();
        Some(BesideCells {
            sheet: plain(name),
            note: rows(&sheet),
            columns: columns(&sheet),
            links: links::of_sheet(&sheet, attribute, leads_to),
        })
    });
    sheets.collect()
}

/// The text of an attribute.
fn plain(text: &str) -> String {
    html_escape::decode_html_entities(text).into_owned()
}

/// Whether a row or a column is hidden.
fn is_hidden(tag: &str) -> bool {
    matches!(attribute(tag, "hidden"), Some("1" | "true"))
}

/// Which rows are hidden in a sheet.
fn rows(sheet: &str) -> Option<String> {
    let tags = ROW.find_iter(sheet).map(|tag| tag.as_str()).filter(|tag| is_hidden(tag));
    let numbers: Vec<&str> = tags.map(|tag| attribute(tag, "r").unwrap_or("?")).collect();
    rows_in_words(&numbers)
}

/// What to say of hidden rows, by their numbers.
pub fn rows_in_words(numbers: &[&str]) -> Option<String> {
    const MOST_NAMED: usize = 5;
    let named: Vec<&str> = numbers.iter().take(MOST_NAMED).copied().collect();
    let rest = if numbers.len() > MOST_NAMED { ", …" } else { "" };
    match numbers.len() {
        0 => None,
        1 => Some(format!("1 row is hidden, and is read like the others: {}", named[0])),
        count => Some(format!("{count} rows are hidden, and are read like the others: {}{rest}", named.join(", "))),
    }
}

/// Which columns are hidden in a sheet, from 0.
fn columns(sheet: &str) -> Vec<u32> {
    let tags = COLUMN.find_iter(sheet).map(|tag| tag.as_str()).filter(|tag| is_hidden(tag));
    let ends = tags.filter_map(|tag| {
        let number = |name: &str| attribute(tag, name)?.parse::<u32>().ok();
        Some(number("min")?.checked_sub(1)?..number("max")?.min(MOST_COLUMNS))
    });
    ends.flatten().collect()
}

/// Columns behind this hold nothing: a person has hidden the rest of the sheet.
pub const MOST_COLUMNS: u32 = 2_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_rows_and_columns_are_found() {
        let sheet = r#"<cols><col min="3" max="4" width="9" hidden="1"/><col hidden="true" min="6" max="6"/>
            <col min="7" max="16384" width="9" hidden="0"/></cols>
            <row r="1"><c r="A1"/></row><row r="2" spans="1:3" hidden="1"><c r="A2"/></row>"#;
        assert_eq!(rows(sheet).unwrap(), "1 row is hidden, and is read like the others: 2");
        assert_eq!(columns(sheet), [2, 3, 5]);
        assert_eq!((rows(r#"<row r="1"><c r="A1" t="s"/></row>"#), columns("")), (None, Vec::new()));
    }
}
