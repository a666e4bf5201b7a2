//! Exports of `stance label` that come back into their own corpus, with what a person has changed in them.

use crate::import::column::ColumnUse;
use crate::import::grid::Grid;
use crate::import::own::{OF_LABEL, RULES};
use crate::import::recognise::{KnownBy, Recognised};

/// Whether these are the columns of the export of `stance label`. There, the positions are those that count, whoever gave
/// them, so only what a person has changed is a label of that person.
pub fn is_of_label(columns: &[Recognised]) -> bool {
    OF_LABEL.iter().all(|name| columns.iter().any(|column| column.header == *name))
}

/// Leaves out what an export has beside its labels. Whether it holds labels alone. Where there are no statements yet,
/// the export of `stance label` brings its own along.
pub fn narrow(columns: &mut [Recognised], has_statements: bool) -> bool {
    if has_statements && is_of_label(columns) {
        for column in columns.iter_mut() {
            column.usage = match column.header.as_str() {
                "statement_id" => ColumnUse::Statement("id"),
                "text" => ColumnUse::Statement("text"),
                "issue" => ColumnUse::Issue,
                "position" => ColumnUse::Position,
                "level" => ColumnUse::PositionInWords,
                _ => ColumnUse::Ignore,
            };
            column.by = if column.usage == ColumnUse::Ignore { KnownBy::Nothing } else { KnownBy::ItsName };
        }
        return true;
    }
    false
}

/// Whether a row of the export of `stance label` is as it was exported, so that nobody has decided anything in it.
pub fn is_unchanged(grid: &Grid, columns: &[Recognised], row: usize) -> bool {
    if !is_of_label(columns) {
        return false;
    }
    let cell = |name: &str| {
        let column = columns.iter().position(|column| column.header == name);
        column.map_or("", |column| grid.cell(row, column))
    };
    let exported = match cell("origin") {
        "hand" => cell("hand_position"),
        "rules" => cell("rule_position"),
        _ => "",
    };
    cell("position") == exported
}

/// Whether this stands for the rules in an export. Labels by rules are computed, and not taken in.
pub fn is_rules(coder: &str) -> bool {
    coder.starts_with(RULES)
}
