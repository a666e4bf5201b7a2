//! DNA's event lists: tables whose columns are recognised by their names.

use crate::import::column::ColumnUse;
use crate::import::day::{self, WrittenDay};
use crate::import::grid::Grid;
use crate::import::tool::dna::{VariableKind, agreement, usage_of};
use crate::words::{many, shortened};

/// Whether the names of columns are those of an event list.
pub fn is_event_list(names: &[String]) -> bool {
    let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
    let has = |name: &str| names.iter().any(|known| known == name);
    let whole = has("start_position") && has("stop_position") && (has("document_id") || has("statement_id"));
    // A list from which somebody has taken columns, or whose columns R has renamed.
    let coded = has("concept") && has("agreement") && (has("person") || has("organization"));
    has("text") && (whole || coded)
}

/// The name of a column as the program writes it: `Document ID` is `document_id`.
fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '.'], "_")
}

/// Gives the columns of an event list their meanings, and an agreement of 0 and 1 its words.
pub fn meant(grid: &mut Grid, header: usize) {
    let names: Vec<String> = (0..grid.width()).map(|column| plain(grid.cell(header, column))).collect();
    let holds = |column: usize| {
        let cells = (header + 1..grid.rows()).map(|row| grid.cell(row, column)).filter(|cell| !cell.is_empty());
        if cells.clone().all(|cell| matches!(agreement(cell), "agrees" | "disagrees")) {
            VariableKind::Boolean
        } else if cells.clone().all(|cell| cell.parse::<i32>().is_ok()) {
            VariableKind::Integer
        } else {
            VariableKind::Text
        }
    };
    // Levels of 0 and 1 look like an agreement. A column with their words beside them shows that they are a scale.
    let is_scale = |column: usize| names[column] == "position" && names.iter().any(|name| name == "level");
    let kind = |column: usize| match holds(column) {
        VariableKind::Boolean if is_scale(column) => VariableKind::Integer,
        kind => kind,
    };
    let kinds: Vec<VariableKind> = (0..names.len()).map(kind).collect();
    grid.given = names.iter().zip(&kinds).map(|(name, kind)| usage_of(name, *kind)).collect();
    let words: Vec<usize> = (0..names.len())
        .filter(|column| grid.given[*column] == Some(ColumnUse::Position) && kinds[*column] == VariableKind::Boolean)
        .collect();
    for column in words {
        grid.map_column(header, column, agreement);
    }
    grid.notes.push("this is an event list of the Discourse Network Analyzer: the names of coders are numbers in it, and in its texts `;` stands as `,` and quotation marks as `'`".to_owned());
    other_days(grid, header, &names);
}

/// The time of an event list is the date of the document, and often nobody has changed it from the day of coding. The
/// title of a document may have another day.
fn other_days(grid: &mut Grid, header: usize, names: &[String]) {
    let time = names.iter().position(|name| name.starts_with("time") || name == "date");
    let title = names.iter().position(|name| name == "document_title");
    let (Some(time), Some(title)) = (time, title) else { return };
    let mut differ = 0;
    let mut first = None;
    for row in header + 1..grid.rows() {
        let (WrittenDay::Day(own), Some(named)) = (day::read(grid.cell(row, time)), day::within(grid.cell(row, title)))
        else {
            continue;
        };
        if own != named {
            differ += 1;
            first = first.or(Some((row, named)));
        }
    }
    if let Some((row, named)) = first {
        let shown = shortened(grid.cell(row, title), 80);
        grid.notes.push(format!(
            "look at the dates: {} another day than the title of the document, such as {} and `{shown}` ({named}). Dates of DNA are those of its documents, and stay the day of coding if nobody changes them",
            if differ == 1 { "1 row has".to_owned() } else { format!("{} have", many(differ, "row")) },
            grid.cell(row, time),
        ));
    }
}
