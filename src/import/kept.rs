//! What an import leaves for the next one: `import.toml`, and the rows that cannot be read.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::file::corpus_files::IMPORT;
use crate::file::document::Document;
use crate::file::table;
use crate::import::column::{ColumnUse, bare_header};
use crate::import::harvest::name::issue_id;
use crate::import::harvest::{Harvest, Source};
use crate::import::merge::ChangedFile;
use crate::import::recognise::{KnownBy, Needs};
use crate::import::settings::{CodeUse, ImportSettings};
use crate::import::tool::coded::PlacedCode;

/// `import.toml`, new or with new columns and codes.
pub fn settings_file(
    written: Option<Document>,
    settings: &ImportSettings,
    known: &ImportSettings,
    sources: &[Source],
    codes: &[(String, Vec<PlacedCode>)],
    harvest: &Harvest,
) -> Option<ChangedFile> {
    let columns = columns(settings, known, sources);
    let codes = new_codes(known, codes);
    let name = PathBuf::from(IMPORT);
    let Some(document) = written else {
        if codes.is_empty() && sources.iter().all(|source| source.needs == Needs::Labels) {
            return None;
        }
        let date_order = settings.date_order.or(harvest.date_order);
        let mut kept = ImportSettings { columns, codes, date_order, ..settings.clone() };
        for issue in harvest.issues.iter().filter(|issue| !issue.words.is_empty()) {
            let words = kept.levels.entry(issue.id.clone()).or_default();
            words.extend(issue.words.iter().map(|(text, (position, _))| (text.clone(), position.0)));
        }
        return Some(ChangedFile { name, before: None, after: kept.to_text() });
    };
    if columns.is_empty() && codes.is_empty() {
        return None;
    }
    let mut after = with_codes(&document.text, &ImportSettings { codes, ..ImportSettings::default() }.code_lines());
    if !columns.is_empty() {
        if !after.ends_with('\n') {
            after.push('\n');
        }
        if !after.contains("[columns]") {
            after += "\n[columns]\n";
        }
        after += &ImportSettings { columns, ..ImportSettings::default() }.column_lines();
    }
    Some(ChangedFile { name, before: Some(document.text), after })
}

/// The columns that the file does not have yet.
fn columns(settings: &ImportSettings, known: &ImportSettings, sources: &[Source]) -> Vec<(String, ColumnUse)> {
    let known: BTreeSet<String> = known.columns.iter().map(|(header, _)| bare_header(header)).collect();
    let mut columns: Vec<(String, ColumnUse)> = Vec::new();
    // A sheet of labels alone says nothing about the next sheet with statements.
    let with_statements = sources.iter().filter(|source| source.needs == Needs::Statements);
    for column in with_statements.flat_map(|source| &source.columns) {
        let bare = bare_header(&column.header);
        let kept = matches!(column.usage, ColumnUse::Keep | ColumnUse::Ignore) && column.by == KnownBy::Nothing;
        let of_others = matches!(column.by, KnownBy::TheCodebook | KnownBy::TheFormat)
            || column.usage == ColumnUse::PositionInWords;
        let again = columns.iter().any(|(header, _)| bare_header(header) == bare);
        if bare.is_empty() || kept || of_others || known.contains(&bare) || again {
            continue;
        }
        let usage = match &column.usage {
            ColumnUse::PositionOn(None) if settings.issue.is_none() => {
                ColumnUse::PositionOn(Some(issue_id(&column.header)))
            }
            other => other.clone(),
        };
        columns.push((column.header.clone(), usage));
    }
    columns
}

/// The codes that the file does not have yet, and that are positions or that a person has said something about.
fn new_codes(known: &ImportSettings, codes: &[(String, Vec<PlacedCode>)]) -> Vec<(String, CodeUse)> {
    let mut new: Vec<(String, CodeUse)> = Vec::new();
    for code in codes.iter().flat_map(|(_, placed)| placed) {
        let has = |all: &[(String, CodeUse)]| all.iter().any(|(name, _)| *name == code.code);
        if (code.by_you || code.usage.level().is_some()) && !has(&known.codes) && !has(&new) {
            new.push((code.code.clone(), code.usage.clone()));
        }
    }
    new
}

/// A text of `import.toml` with more lines in its table of codes.
fn with_codes(text: &str, lines: &str) -> String {
    if lines.is_empty() {
        return text.to_owned();
    }
    let place = |header: &str| {
        let mut at = 0;
        text.split_inclusive('\n').find_map(|line| {
            let from = at;
            at += line.len();
            (line.trim() == header).then_some((from, at))
        })
    };
    let (at, new) = match (place("[codes]"), place("[columns]")) {
        (Some((_, after)), _) => (after, lines.to_owned()),
        (None, Some((before, _))) => (before, format!("[codes]\n{lines}\n")),
        (None, None) => (text.len(), format!("\n[codes]\n{lines}")),
    };
    format!("{}{new}{}", &text[..at], &text[at..])
}

/// The rows that cannot be read, below the header of the first sheet that has one.
pub fn rest(sources: &[Source], harvest: &Harvest) -> String {
    let faulty: Vec<(usize, usize)> = harvest.faulty.iter().copied().collect();
    let Some(first) = faulty.first().map(|(source, _)| &sources[*source]) else { return String::new() };
    let header: Vec<&str> = (0..first.grid.width()).map(|column| first.grid.cell(first.header, column)).collect();
    let rows = faulty.iter().map(|(source, row)| {
        let grid = &sources[*source].grid;
        (0..header.len()).map(|column| grid.cell(*row, column)).collect::<Vec<_>>()
    });
    table::write(table::Dialect::default(), &header, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_added_where_codes_are() {
        let line = "\"a\" = \"tram:1\"\n";
        assert_eq!(
            with_codes("x = 1\n\n[columns]\ny = \"id\"\n", line),
            "x = 1\n\n[codes]\n\"a\" = \"tram:1\"\n\n[columns]\ny = \"id\"\n"
        );
        assert_eq!(with_codes("[codes]\n\"b\" = \"keep\"\n", line), "[codes]\n\"a\" = \"tram:1\"\n\"b\" = \"keep\"\n");
        assert_eq!(with_codes("x = 1\n", line), "x = 1\n\n[codes]\n\"a\" = \"tram:1\"\n");
        assert_eq!(with_codes("x", ""), "x");
    }
}
