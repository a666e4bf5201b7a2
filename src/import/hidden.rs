//! Rows and columns that a person has hidden in a workbook. They are read like all others, which may surprise.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::import::links::{self, Links};
use crate::import::packed;
use crate::import::pattern;
use crate::words::{listed, many};

static SHEET: LazyLock<Regex> = LazyLock::new(|| pattern(r#"<(?:\w+:)?sheet\s[^>]*>"#));
static RELATION: LazyLock<Regex> = LazyLock::new(|| pattern(r#"<(?:\w+:)?Relationship\s[^>]*>"#));
static ROW: LazyLock<Regex> = LazyLock::new(|| pattern(r#"<(?:\w+:)?row\s[^>]*\shidden="(?:1|true)"[^>]*>"#));
static COLUMN: LazyLock<Regex> = LazyLock::new(|| pattern(r#"<(?:\w+:)?col\s[^>]*\shidden="(?:1|true)"[^>]*>"#));
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
    /// That rows or columns are hidden.
    pub note: Option<String>,
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
            note: note(&sheet),
            links: links::of_sheet(&sheet, attribute, leads_to),
        })
    });
    sheets.collect()
}

/// The text of an attribute.
fn plain(text: &str) -> String {
    html_escape::decode_html_entities(text).into_owned()
}

/// What is hidden in a sheet.
fn note(sheet: &str) -> Option<String> {
    let rows = ROW.find_iter(sheet).count();
    let columns: usize = COLUMN
        .find_iter(sheet)
        .filter_map(|tag| {
            let number = |name: &str| attribute(tag.as_str(), name)?.parse::<usize>().ok();
            Some(number("max")?.min(MOST_COLUMNS).checked_sub(number("min")?)? + 1)
        })
        .sum();
    let parts = [(rows, "row"), (columns, "column")].into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, what)| many(count, what)).collect();
    let verb = if rows + columns == 1 { "is hidden, and is" } else { "are hidden, and are" };
    (!parts.is_empty()).then(|| format!("{} {verb} read like the others", listed(parts.iter().map(String::as_str))))
}

/// Columns behind this hold nothing: a person has hidden the rest of the sheet.
const MOST_COLUMNS: usize = 2_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_rows_and_columns_are_counted() {
        let sheet = r#"<cols><col min="3" max="4" width="9" hidden="1"/><col min="5" max="16384" width="9" hidden="0"/></cols>
            <row r="1"><c r="A1"/></row><row r="2" spans="1:3" hidden="1"><c r="A2"/></row>"#;
        assert_eq!(note(sheet).unwrap(), "1 row, 2 columns are hidden, and are read like the others");
        assert_eq!(note(r#"<row r="1"><c r="A1" t="s"/></row>"#), None);
    }
}
