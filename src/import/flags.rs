//! Flags that an import does not need, or that say 2 things: whoever gave them expects something of them.

use std::path::Path;

use crate::error::Problem;
use crate::import::column::{ColumnUse, bare_header};
use crate::import::gather::Gathered;
use crate::import::grid::GridPlaces;
use crate::import::harvest::{Harvest, Source};
use crate::import::settings::ImportSettings;
use crate::label::ADJUDICATED;
use crate::words::{guess_before, listed};

/// Faults for flags that contradict one another, or that name what no file has.
pub fn faults(flags: &ImportSettings, gathered: &Gathered, path: &Path) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (nth, (header, usage)) in flags.columns.iter().enumerate() {
        let earlier = flags.columns[..nth].iter().find(|(other, _)| bare_header(other) == bare_header(header));
        if let Some((_, first)) = earlier.filter(|(_, first)| first != usage) {
            let what = format!("--map says 2 things of `{header}`: {first} and {usage}");
            problems.push(Problem::fault(path, None, what, "leave one of them out"));
        }
    }
    let is_workbook = |source: &Source| matches!(source.grid.places, GridPlaces::Workbook { .. });
    if !flags.sheets.is_empty() && !gathered.sheets.is_empty() && !gathered.sheets.iter().any(is_workbook) {
        let what = "--sheet names a sheet of a workbook, and there is no workbook";
        problems.push(Problem::fault(path, None, what, "leave --sheet out, or give the workbook"));
    }
    problems.extend(speaker_of_sheet(flags, gathered, path));
    problems
}

/// A fault if `--speaker` names one of several sheets: the others are probably of other speakers.
fn speaker_of_sheet(flags: &ImportSettings, gathered: &Gathered, path: &Path) -> Option<Problem> {
    let silent = gathered.sheets.iter().filter(|source| source.statement_column("speaker").is_none());
    let sheets: Vec<&str> = silent.map(|source| source.grid.name()).filter(|name| !name.is_empty()).collect();
    let speaker = flags.speaker.as_deref()?;
    let is_named = sheets.iter().any(|sheet| bare_header(sheet) == bare_header(speaker));
    if sheets.len() < 2 || !is_named {
        return None;
    }
    let what = format!(
        "--speaker says that {speaker} said all that is in {}, and one of them has this name",
        listed(sheets.iter().copied())
    );
    let hint = "if each sheet is of the speaker whose name it has: --map sheet=speaker, without --speaker";
    Some(Problem::fault(path, None, what, hint))
}

/// Faults for levels of an issue that is not there.
pub fn unknown_issues(flags: &ImportSettings, sources: &[Source], harvest: &Harvest, path: &Path) -> Vec<Problem> {
    let is_there = |name: &str| harvest.issues.iter().any(|issue| issue.is_called(name, sources));
    let missing = flags.level_orders.iter().filter(|(name, _)| !is_there(name));
    missing
        .map(|(name, _)| {
            let known: Vec<&str> = harvest.issues.iter().map(|issue| issue.name.as_str()).collect();
            let hint = match known.is_empty() {
                true => "name the column of its positions with --map \"COLUMN=position\"".to_owned(),
                false => format!("the issues of the file are: {}", listed(known.iter().copied())),
            };
            let hint = guess_before(&hint, name, known.iter().copied());
            Problem::fault(path, None, format!("there is no issue `{name}`, which --levels names"), hint)
        })
        .collect()
}

/// What to say about flags that change nothing, or more than their name says.
pub fn notes(flags: &ImportSettings, gathered: &Gathered, begun: bool) -> Vec<String> {
    let columns = || gathered.sheets.iter().flat_map(|source| &source.columns);
    let has = |name: &str| columns().any(|column| matches!(column.usage, ColumnUse::Statement(known) if known == name));
    let mut notes = Vec::new();
    let mut idle = |flag: &str, why: String| notes.push(format!("{flag} changes nothing here: {why}"));
    let of_header = |source: &Source| {
        let mut places = 0..source.columns.len();
        places.any(|column| match source.columns[column].usage {
            ColumnUse::PositionOn(None) => true,
            ColumnUse::PositionBy { issue: None, .. } => source.issue_of_row(column).is_none(),
            _ => false,
        })
    };
    let needed = begun || !gathered.codes.is_empty() || gathered.sheets.iter().any(of_header);
    if let Some(issue) = flags.issue.as_ref().filter(|_| !needed) {
        let by_row = columns().any(|column| column.usage == ColumnUse::Issue);
        let why =
            if by_row { "a column names the issue of each row" } else { "each column of positions has its issue" };
        idle(&format!("--issue \"{issue}\""), format!("{why}; --map \"COLUMN=position:{issue}\" changes that"));
    }
    if flags.speaker.is_some() && has("speaker") {
        idle("--speaker", "a column names the speakers".to_owned());
    }
    if flags.date.is_some() && has("date") {
        idle("--date", "a column has the dates".to_owned());
    }
    if flags.coder.is_some() && columns().any(|column| column.usage == ColumnUse::Coder) {
        notes.push("--coder counts only where the column of coders is empty".to_owned());
    }
    if flags.coder.as_deref() == Some(ADJUDICATED) {
        notes.push(format!("labels by `{ADJUDICATED}` are no coder's: they settle where coders differ"));
    }
    notes
}
