//! Addresses behind the words of cells in a workbook (XLSX): a cell that says `Article` may lead to a page.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::import::column::named;
use crate::import::grid::Grid;
use crate::import::header;
use crate::import::pattern;
use crate::words::{listed, many};

static TAG: LazyLock<Regex> = LazyLock::new(|| pattern(r#"<(?:\w+:)?hyperlink\s[^>]*>"#));
static PLACE: LazyLock<Regex> = LazyLock::new(|| pattern(r#"^([A-Z]{1,3})(\d{1,7})$"#));

/// Addresses by row and column, each from 0.
pub type Links = BTreeMap<(u32, u32), String>;

/// The addresses of a sheet: `attribute` reads one of a tag, and `target` gives what a relation of the sheet leads to.
pub fn of_sheet<'s>(
    sheet: &'s str,
    attribute: impl Fn(&'s str, &str) -> Option<&'s str>,
    target: impl Fn(&str) -> Option<String>,
) -> Links {
    let links = TAG.find_iter(sheet).filter_map(|tag| {
        let place = PLACE.captures(attribute(tag.as_str(), "ref")?)?;
        let letters = place[1].bytes().fold(0_u32, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
        let row: u32 = place[2].parse().ok()?;
        let address = target(attribute(tag.as_str(), "r:id")?)?;
        let is_web = address.starts_with("http://") || address.starts_with("https://");
        is_web.then_some(((row.checked_sub(1)?, letters - 1), address))
    });
    links.collect()
}

/// What is done with the addresses of a sheet.
pub enum PlacedLinks {
    /// Those behind one column become a column of their own.
    Column {
        /// Its name.
        name: String,
        /// The column behind whose cells they are, from 0.
        from: usize,
    },
    /// They are left, as this note says.
    Left(String),
}

/// What to do with the addresses behind the cells of a table. `None` if its cells have them as words.
pub fn placed(grid: &Grid, links: &Links) -> Option<PlacedLinks> {
    let header = header::find(grid)?;
    let line = |row: usize| u32::try_from(grid.line(row)).ok()?.checked_sub(1);
    let rows: BTreeMap<u32, usize> = (header + 1..grid.rows()).filter_map(|row| Some((line(row)?, row))).collect();
    let is_address = |cell: &str| cell.starts_with("http://") || cell.starts_with("https://");
    let has_addresses = rows.values().any(|row| (0..grid.width()).any(|column| is_address(grid.cell(*row, column))));
    let mut by_column: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (row, column) in links.keys() {
        if let Some(row) = rows.get(row) {
            by_column.entry(*column as usize).or_default().insert(*row);
        }
    }
    // A program makes a link of each address that it sees.
    by_column.retain(|column, rows| !rows.iter().all(|row| is_address(grid.cell(*row, *column))));
    let all: usize = by_column.values().map(BTreeSet::len).sum();
    if all == 0 {
        return None;
    }
    let is_source = |column: &usize| {
        let uses = named(grid.cell(header, *column));
        let of_source = ["source_url", "source_title", "source_publisher", "text"];
        uses.iter().any(|(usage, _)| of_source.contains(usage))
    };
    let leads = |column: &usize| named(grid.cell(header, *column)).iter().any(|(usage, _)| *usage == "source_url");
    // What is behind a column of links comes before what is behind a quotation.
    if by_column.keys().any(leads) {
        by_column.retain(|column, _| leads(column));
    }
    let source = by_column.keys().find(|column| is_source(column)).filter(|_| !has_addresses);
    let names: Vec<String> = by_column.keys().map(|column| format!("`{}`", grid.cell(header, *column))).collect();
    let names = listed(names.iter().map(String::as_str));
    Some(match source {
        Some(column) if by_column.len() == 1 => {
            PlacedLinks::Column { name: format!("address behind {}", grid.cell(header, *column)), from: *column }
        }
        _ => PlacedLinks::Left(format!(
            "{} behind the cells of {names} left: write them into a column of their own to keep them",
            many(all, "link")
        )),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_the_place_of_their_cell() {
        let sheet = r#"<hyperlinks><hyperlink ref="E2" r:id="a"/><hyperlink ref="AA10" r:id="b"/><hyperlink ref="A1" location="x"/></hyperlinks>"#;
        let attribute = |tag: &'static str, name: &str| {
            let from = tag.find(&format!("{name}=\""))? + name.len() + 2;
            tag[from..].split('"').next()
        };
        let target = |id: &str| Some(if id == "a" { "https://a.example".to_owned() } else { "mailto:x".to_owned() });
        assert_eq!(of_sheet(sheet, attribute, target), Links::from([((1, 4), "https://a.example".to_owned())]));
    }
}
