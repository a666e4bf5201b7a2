//! Tables that Stance itself wrote and that come back: coding sheets, and exports of labels. They are known by the names
//! of their columns, whatever a person's own sheets call theirs.

use std::collections::BTreeMap;

use crate::import::column::ColumnUse;
use crate::import::grid::Grid;
use crate::import::scale;
use crate::label::answers_in;
use crate::statement::COLUMNS;
use crate::words::many;

/// A table that Stance writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnTable {
    /// The statements of a workbook, and of a corpus.
    Statements,
    /// What `stance sheet` writes: ids, texts, and a column per issue.
    CodingSheet,
    /// The labels of a workbook, and the CSV with a row per label.
    Labels,
    /// The CSV with a column per coder.
    Coders,
    /// What `stance label` writes: the positions that count, with their statements.
    Counted,
}

/// The columns by which statements are known, at their beginning.
const OF_STATEMENTS: [&str; 4] = ["id", "date", "speaker", "text"];
/// The columns by which a coding sheet is known, at its beginning.
const OF_SHEET: [&str; 3] = ["id", "context", "text"];
/// The most characters (UTF-16 units) that a cell of a workbook holds. Longer texts are cut in exports.
pub const LONGEST_CELL: usize = 32_767;
/// The columns by which exports with a row per label are known.
const OF_LABELS: [&str; 6] = ["statement_id", "issue", "coder", "position", "level", "rationale"];
/// The columns by which the table with a column per coder is known, at its beginning.
const OF_CODERS: [&str; 2] = ["issue", "statement_id"];
/// The columns by which the export of `stance label` is known, beside those of labels.
pub const OF_LABEL: [&str; 5] = ["origin", "hand_position", "rule_position", "settled_by", "hand_labels"];
/// How exports name the rules, with a fingerprint behind it.
pub const RULES: &str = "rules@";

/// Which of Stance's own tables has these columns.
pub fn own(names: &[String]) -> Option<OwnTable> {
    let has = |wanted: &[&str]| wanted.iter().all(|name| names.iter().any(|known| known == name));
    let begins = |wanted: &[&str]| names.len() > wanted.len() && names.iter().zip(wanted).all(|(a, b)| a == b);
    if has(&OF_LABEL) {
        Some(OwnTable::Counted)
    } else if has(&OF_LABELS) {
        Some(OwnTable::Labels)
    } else if begins(&OF_CODERS) && !has(&["position"]) {
        Some(OwnTable::Coders)
    } else if begins(&OF_SHEET) && !has(&["date"]) && !has(&["speaker"]) {
        Some(OwnTable::CodingSheet)
    } else if begins(&OF_STATEMENTS) {
        Some(OwnTable::Statements)
    } else {
        None
    }
}

/// What the columns of one of Stance's own tables are for. `None` for a column that it does not have, which a person has
/// added.
pub fn usage_of(own: OwnTable, name: &str) -> Option<ColumnUse> {
    let of_statement = || COLUMNS.known.iter().find(|known| **known == name).map(|known| ColumnUse::Statement(known));
    Some(match (own, name) {
        // Notes such as "-2, says Anna" are no positions.
        (OwnTable::Statements, _) => return of_statement(),
        (OwnTable::CodingSheet, "context") => ColumnUse::Ignore,
        (OwnTable::CodingSheet, "id" | "text") => return of_statement(),
        (OwnTable::CodingSheet, _) => return None,
        (_, "statement_id") => ColumnUse::Statement("id"),
        (_, "issue") => ColumnUse::Issue,
        (OwnTable::Coders, coder) => ColumnUse::PositionBy { issue: None, coder: coder.to_owned() },
        (_, "coder") => ColumnUse::Coder,
        (_, "position") => ColumnUse::Position,
        (_, "level") => ColumnUse::PositionInWords,
        (OwnTable::Labels, "rationale") | (OwnTable::Counted, "rationales") => ColumnUse::Rationale,
        (_, "evidence") => ColumnUse::Ignore,
        (
            OwnTable::Counted,
            "rule_id" | "evidence_start" | "evidence_end" | "contexts" | "origin" | "hand_position" | "rule_position"
            | "settled_by" | "hand_labels",
        ) => ColumnUse::Ignore,
        _ => return of_statement(),
    })
}

/// Whether a text is the beginning of another, cut where a cell of a workbook ends.
pub fn is_cut(text: &str, whole: &str) -> bool {
    // White space where it was cut is not there any more.
    const SPACE: usize = 100;
    let units = text.encode_utf16().count();
    (LONGEST_CELL - SPACE..=LONGEST_CELL).contains(&units)
        && whole.encode_utf16().count() >= units
        && crate::words::name(whole).starts_with(&crate::words::name(text))
}

/// For whom a coding sheet was made, as the lines beside it say: `Coder: anna. 40 statements.`
pub fn made_for<'l>(mut lines: impl Iterator<Item = &'l str>) -> Option<String> {
    lines.find_map(|line| {
        let (coder, count) = line.trim().strip_prefix("Coder: ")?.rsplit_once(". ")?;
        let counted =
            count.trim_end_matches('.').split_once(' ').is_some_and(|(_, what)| what.starts_with("statement"));
        (counted && !coder.is_empty()).then(|| coder.to_owned())
    })
}

/// Opens the export of `stance label`, which has a row per position that counts, to a row per label of each coder.
pub fn open_counted(grid: &mut Grid, header: usize, names: &[String]) {
    let place = |name: &str| names.iter().position(|known| known == name);
    let (Some(issue), Some(coder), Some(position)) = (place("issue"), place("coder"), place("position")) else {
        return;
    };
    let (Some(by_hand), Some(origin)) = (place("hand_labels"), place("origin")) else { return };
    let (level, reasons) = (place("level"), place("rationales"));
    // The words of each level, as rows with its number have them.
    let mut words: BTreeMap<(String, String), String> = BTreeMap::new();
    for row in header + 1..grid.rows() {
        let cell = |column: usize| grid.cell(row, column).to_owned();
        if let Some(level) = level.map(cell).filter(|level| !level.is_empty()) {
            words.entry((cell(issue), cell(position))).or_insert(level);
        }
    }
    let mut rows: Vec<(usize, Vec<(usize, String)>)> = (0..=header).map(|row| (row, Vec::new())).collect();
    let mut unnamed = 0;
    for row in header + 1..grid.rows() {
        let given = answers_in(grid.cell(row, by_hand));
        for (nth, (who, answer)) in given.iter().enumerate() {
            let reason = reasons.map_or(String::new(), |column| reason(grid.cell(row, column), &given, nth));
            let at = scale::number(answer).map_or_else(String::new, |position| position.0.to_string());
            let in_words = match answer.as_str() {
                "none" => NONE.to_owned(),
                _ => words.get(&(grid.cell(row, issue).to_owned(), at.clone())).cloned().unwrap_or_default(),
            };
            let mut cells = vec![(coder, who.clone()), (position, at)];
            cells.extend(level.map(|column| (column, in_words)));
            cells.extend(reasons.map(|column| (column, reason)));
            rows.push((row, cells));
        }
        if given.is_empty() {
            let by_rules = grid.cell(row, origin) == "rules";
            unnamed += usize::from(!by_rules && grid.cell(row, issue).is_empty() && !grid.cell(row, coder).is_empty());
            rows.push((row, if by_rules { vec![(coder, RULES.to_owned())] } else { vec![(position, String::new())] }));
        }
    }
    if unnamed > 0 {
        grid.notes.push(format!(
            "{} that somebody has read, and that take no position on any issue: the export does not say on which, so they are taken as not read",
            many(unnamed, "statement")
        ));
    }
    grid.notes.push("this is an export of `stance label`: its labels are those in `hand_labels`".to_owned());
    grid.remake(&rows);
}

/// How the table says that a statement takes no position.
const NONE: &str = "no position";

/// What a coder wrote in a cell `anna: one reason; ben: another`. A reason may have the marks in it, so each ends where
/// the next coder of the row begins.
fn reason(cell: &str, given: &[(String, String)], nth: usize) -> String {
    let begin = |coder: &str| match cell.strip_prefix(coder).filter(|rest| rest.starts_with(": ")) {
        Some(_) => Some((0, coder.len() + 2)),
        None => cell.find(&format!("; {coder}: ")).map(|at| (at, at + coder.len() + 4)),
    };
    let Some((_, from)) = begin(&given[nth].0) else { return String::new() };
    let ends = given.iter().filter_map(|(coder, _)| begin(coder)).map(|(at, _)| at).filter(|at| *at >= from);
    cell.get(from..ends.min().unwrap_or(cell.len())).unwrap_or("").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coding_sheet_says_whose_it_is() {
        let lines = ["# How to code: Trams", "", "Coder: Dr. Anna B. 1 statement.", "The order is by date."];
        assert_eq!(made_for(lines.into_iter()).as_deref(), Some("Dr. Anna B"));
        assert_eq!(made_for(["Coder: write your name. Thank you."].into_iter()), None);
    }

    #[test]
    fn reasons_end_where_the_next_coder_begins() {
        let given = answers_in("anna +1; ben none; dr. c -2");
        assert_eq!(given[2], ("dr. c".to_owned(), "-2".to_owned()));
        let cell = "anna: says so; twice: yes; dr. c: no; really";
        assert_eq!(reason(cell, &given, 0), "says so; twice: yes");
        assert_eq!(reason(cell, &given, 1), "");
        assert_eq!(reason(cell, &given, 2), "no; really");
    }
}
