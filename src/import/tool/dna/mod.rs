//! The Discourse Network Analyzer: its databases (`.dna`, versions 2 and 3), the XML of version 1, and its event lists.
//!
//! A coding there is a person, an organization, a concept and whether they agree, at a passage of a document. The
//! concept becomes the issue, and agreement a scale of 2 levels.

mod archive;
mod database;
mod events;

pub use archive::archive;
pub use database::database;
pub use events::{is_event_list, meant};

use std::collections::BTreeMap;
use std::path::Path;

use crate::import::column::ColumnUse;
use crate::import::grid::{CellKind, Grid, GridPlaces};

/// What a variable of a coding may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum VariableKind {
    Boolean,
    Integer,
    Text,
}

/// A coding as a row: its number, and its cells by the names of their columns.
#[derive(Debug, Default)]
struct EventRow {
    number: usize,
    cells: BTreeMap<String, String>,
}

/// What the columns of an event list are for, if their names are those of DNA.
fn usage_of(name: &str, kind: VariableKind) -> Option<ColumnUse> {
    Some(match (name.to_lowercase().as_str(), kind) {
        ("time", _) => ColumnUse::Statement("date"),
        ("text", _) => ColumnUse::Statement("text"),
        ("person", VariableKind::Text) => ColumnUse::Statement("speaker"),
        ("organization" | "organisation", VariableKind::Text) => ColumnUse::Statement("role"),
        ("concept" | "category", VariableKind::Text) => ColumnUse::Issue,
        ("agreement", _) | ("position", VariableKind::Integer | VariableKind::Boolean) => ColumnUse::Position,
        ("level", VariableKind::Text) => ColumnUse::Keep,
        ("coder", _) => ColumnUse::Coder,
        ("document_title", _) => ColumnUse::Statement("source_title"),
        ("document_source", _) => ColumnUse::Statement("source_publisher"),
        ("statement_id" | "start_position" | "stop_position" | "document_id", _) => ColumnUse::Ignore,
        _ => return None,
    })
}

/// The words of the levels of an agreement.
fn agreement(cell: &str) -> &str {
    match cell {
        "1" | "true" | "TRUE" | "yes" => "agrees",
        "0" | "false" | "FALSE" | "no" => "disagrees",
        other => other,
    }
}

/// Codings as a table. `variables` are the names of what was coded, in their order.
fn table(path: &Path, variables: &[(String, VariableKind)], rows: &[EventRow], notes: Vec<String>) -> Grid {
    const AROUND: [&str; 8] = [
        "time",
        "text",
        "coder",
        "document_title",
        "document_author",
        "document_source",
        "document_section",
        "document_type",
    ];
    let around = AROUND.iter().map(|name| ((*name).to_owned(), VariableKind::Text));
    let columns: Vec<(String, VariableKind)> = around.chain(variables.iter().cloned()).collect();
    let mut grid = Grid::new(path, GridPlaces::Records { what: "statement" }, columns.len());
    grid.notes = notes;
    grid.push(0, columns.iter().map(|(name, _)| (name.as_str(), CellKind::Text)));
    // What rules found is computed again, and its words are parts of statements.
    let rules = |row: &&EventRow| row.cells.get("coder").is_some_and(|coder| coder.starts_with("rules@"));
    let by_rules = rows.iter().filter(rules).count();
    if by_rules > 0 {
        grid.notes
            .push(format!("{} by rules left out: rules label here again", crate::words::many(by_rules, "coding")));
    }
    let rows: Vec<&EventRow> = rows.iter().filter(|row| !rules(row)).collect();
    let person = |row: &EventRow| row.cells.get("person").is_some_and(|name| !name.is_empty());
    let unnamed = rows.iter().filter(|row| !person(row)).count();
    for row in rows {
        let cells = columns.iter().map(|(name, kind)| {
            let own = row.cells.get(name).map_or("", String::as_str);
            match name.as_str() {
                // Whoever speaks for an organization is the organization.
                "person" if own.is_empty() => row.cells.get("organization").map_or("", String::as_str),
                _ if *kind == VariableKind::Boolean => agreement(own),
                _ => own,
            }
        });
        grid.push(row.number, cells.map(|cell| (cell, CellKind::Text)));
    }
    if unnamed > 0 && columns.iter().any(|(name, _)| name == "organization") {
        let many = crate::words::many(unnamed, "coding");
        grid.notes.push(format!("{many} without a person: the organization is taken as the speaker"));
    }
    grid.given = columns.iter().map(|(name, kind)| usage_of(name, *kind)).collect();
    // Another variable of 2 or more levels is the position if there is no agreement, and if it is the only one.
    if !grid.given.contains(&Some(ColumnUse::Position)) {
        let scales: Vec<usize> = (0..columns.len()).filter(|place| columns[*place].1 != VariableKind::Text).collect();
        if let [one] = scales[..] {
            grid.given[one] = Some(ColumnUse::Position);
        }
    }
    grid
}
