//! What a workbook of OpenDocument (ODS) has beside its cells: how far each sheet reaches, and what is hidden in it. A
//! file of some bytes can name thousands of millions of cells, because it says how often a cell, a row or a column is
//! repeated.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::import::hidden::{self, MOST_COLUMNS};
use crate::import::packed;

/// The most rows of a spreadsheet. A file can claim to hide more.
const MOST_ROWS: usize = 1 << 20;

/// A sheet.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct OdsSheet {
    /// Its name.
    pub sheet: String,
    /// The last row and the last column that hold something, from 1.
    pub end: (u64, u64),
    /// The first row that holds something, from 0.
    first: Option<u64>,
    /// That rows are hidden.
    pub note: Option<String>,
    /// The columns that are hidden, from 0.
    pub columns: Vec<u32>,
}

impl OdsSheet {
    /// How many cells the rows have that hold something, and those between them.
    pub fn cells(&self) -> u64 {
        (self.end.0 - self.first.unwrap_or(self.end.0)).saturating_mul(self.end.1)
    }
}

/// What each sheet has beside its cells. Of a file that cannot be read, what comes before the place.
pub fn beside_cells(bytes: &[u8]) -> Vec<OdsSheet> {
    let content = packed::file(bytes, "content.xml").unwrap_or_default();
    sheets(&String::from_utf8_lossy(&content))
}

/// Where a reader is within a sheet.
#[derive(Default)]
struct Progress {
    sheet: OdsSheet,
    row: u64,
    column: u64,
    /// How often the row stands there, whether it is hidden, and the last of its cells that holds something.
    times: u64,
    is_hidden: bool,
    last: u64,
    /// The rows that are hidden: the first of each stretch, and how many they are.
    hidden: Vec<(u64, u64)>,
}

fn sheets(content: &str) -> Vec<OdsSheet> {
    let mut reader = Reader::from_str(content);
    let mut found = Vec::new();
    let mut at: Option<Progress> = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => begin(&tag, &mut at, false),
            Ok(Event::Empty(tag)) => {
                begin(&tag, &mut at, true);
                end(tag.local_name().as_ref(), &mut at, &mut found);
            }
            Ok(Event::End(tag)) => end(tag.local_name().as_ref(), &mut at, &mut found),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    found
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = tag.attributes().flatten();
    let value = all.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(value.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// How often something stands there.
fn repeated(tag: &BytesStart<'_>, name: &str) -> u64 {
    attribute(tag, name).and_then(|count| count.parse().ok()).unwrap_or(1)
}

fn begin(tag: &BytesStart<'_>, at: &mut Option<Progress>, is_empty: bool) {
    let is_hidden = || matches!(attribute(tag, "visibility").as_deref(), Some("collapse" | "filter"));
    match (tag.local_name().as_ref(), at) {
        ("table", at) => {
            let sheet = OdsSheet { sheet: attribute(tag, "name").unwrap_or_default(), ..OdsSheet::default() };
            *at = Some(Progress { sheet, ..Progress::default() });
        }
        ("table-column", Some(at)) => {
            let times = repeated(tag, "number-columns-repeated");
            if is_hidden() {
                let end = at.column.saturating_add(times).min(u64::from(MOST_COLUMNS));
                at.sheet.columns.extend((at.column..end).map(|column| column as u32));
            }
            at.column = at.column.saturating_add(times);
        }
        ("table-row", Some(at)) => {
            at.times = repeated(tag, "number-rows-repeated");
            (at.column, at.last, at.is_hidden) = (0, 0, is_hidden());
        }
        ("table-cell" | "covered-table-cell", Some(at)) => {
            at.column = at.column.saturating_add(repeated(tag, "number-columns-repeated"));
            if !is_empty || attribute(tag, "value-type").is_some() || attribute(tag, "formula").is_some() {
                at.last = at.column;
            }
        }
        _ => {}
    }
}

fn end(name: &str, at: &mut Option<Progress>, found: &mut Vec<OdsSheet>) {
    match name {
        "table-row" => {
            let Some(at) = at else { return };
            let next = at.row.saturating_add(at.times);
            if at.last > 0 {
                at.sheet.first.get_or_insert(at.row);
                at.sheet.end = (next, at.sheet.end.1.max(at.last));
            }
            if at.is_hidden {
                at.hidden.push((at.row, at.times));
            }
            at.row = next;
        }
        "table" => {
            let Some(Progress { mut sheet, hidden, .. }) = at.take() else { return };
            // Rows behind the last one hold nothing: a person has hidden the rest of the sheet.
            let rows = hidden.iter().flat_map(|(from, times)| *from..from.saturating_add(*times).min(sheet.end.0));
            let rows: Vec<String> = rows.take(MOST_ROWS).map(|row| (row + 1).to_string()).collect();
            sheet.note = hidden::rows_in_words(&rows.iter().map(String::as_str).collect::<Vec<&str>>());
            found.push(sheet);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_columns_and_rows_are_found() {
        let sheet = r#"<a:table a:name="S&amp;T"><a:table-column a:number-columns-repeated="2"/>
            <a:table-column a:visibility="collapse"/><a:table-column a:number-columns-repeated="16000" a:visibility="filter"/>
            <a:table-row><a:table-cell o:value-type="string"><t:p>x</t:p></a:table-cell></a:table-row>
            <a:table-row a:visibility="filter" a:number-rows-repeated="2"><a:table-cell o:value-type="float"/></a:table-row>
            <a:table-row a:visibility="collapse" a:number-rows-repeated="1000000"><a:table-cell/></a:table-row></a:table>"#;
        let found = sheets(sheet);
        assert_eq!((found.len(), found[0].sheet.as_str(), found[0].end, found[0].cells()), (1, "S&T", (3, 1), 3));
        assert_eq!(found[0].note.as_deref(), Some("2 rows are hidden, and are read like the others: 2, 3"));
        assert_eq!((found[0].columns[0], found[0].columns.len()), (2, 1_998));
    }

    #[test]
    fn sheets_of_any_size_are_measured_at_once() {
        let most = u64::MAX;
        let sheet = format!(
            r#"<table name="S"><table-row number-rows-repeated="{most}"><table-cell number-columns-repeated="{most}" value-type="x"/>
            </table-row><table-row number-rows-repeated="{most}" visibility="collapse"><table-cell/></table-row></table><table name="T"/>"#
        );
        let found = sheets(&sheet);
        assert_eq!((found[0].cells(), found[0].note.as_deref(), found[1].cells()), (most, None, 0));
        let hidden = format!(
            r#"<table><table-row number-rows-repeated="{most}" visibility="collapse"/><table-row><table-cell value-type="x"/></table-row></table>"#
        );
        assert!(sheets(&hidden)[0].note.as_deref().is_some_and(|note| note.starts_with("1048576 rows are hidden")));
    }
}
