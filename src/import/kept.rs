//! What an import leaves for the next one: `import.toml`, and the rows that cannot be read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::codebook::Codebook;
use crate::file::corpus_files::IMPORT;
use crate::file::document::Document;
use crate::file::table;
use crate::import::column::{ColumnUse, bare_header};
use crate::import::harvest::name::issue_id;
use crate::import::harvest::{Harvest, Source};
use crate::import::merge::ChangedFile;
use crate::import::of_file;
use crate::import::recognise::{KnownBy, Needs};
use crate::import::settings::{CodeUse, FileAnswers, ImportSettings, toml_list, toml_text};
use crate::import::tool::coded::PlacedCode;
use crate::import::torn;
use crate::import::widen;

/// `import.toml`, new or with new columns, codes, words and sheets, and with what was said of these files.
#[expect(clippy::too_many_arguments, reason = "all that an import has found out")]
pub fn settings_file(
    written: Option<Document>,
    settings: &ImportSettings,
    known: &ImportSettings,
    codebook: Option<&Codebook>,
    sources: &[Source],
    codes: &[(String, Vec<PlacedCode>)],
    harvest: &Harvest,
    answers: BTreeMap<String, FileAnswers>,
) -> Option<ChangedFile> {
    let columns = columns(settings, known, sources);
    let codes = new_codes(known, codes);
    let words = new_words(known, codebook, harvest);
    // A sheet of labels alone says nothing about the next sheet with statements.
    let with_statements = sources.iter().any(|source| source.needs == Needs::Statements);
    // A sheet that came in once is read each time, until a person takes it out of the file.
    let mut sheets = known.remembered_sheets.clone();
    let new = settings.sheets.iter().filter(|sheet| with_statements && !known.remembered_sheets.contains(sheet));
    sheets.extend(new.cloned());
    let name = PathBuf::from(IMPORT);
    let Some(document) = written else {
        if codes.is_empty() && sources.iter().all(|source| source.needs == Needs::Labels) {
            return None;
        }
        let date_order = settings.date_order.or(harvest.date_order);
        let mut kept = ImportSettings { columns, codes, date_order, ..settings.clone() };
        (kept.coder, kept.speaker, kept.issue) = (None, None, None);
        kept.files = answers;
        kept.remembered_sheets = sheets;
        for (issue, words) in words {
            kept.levels.entry(issue).or_default().extend(words);
        }
        return Some(ChangedFile { name, before: None, after: kept.to_text() });
    };
    let mut after = document.text.clone();
    if sheets != known.remembered_sheets {
        after = with_key(&after, "sheets", &toml_list(&sheets));
    }
    // The same numbers would be other days in the next sheet.
    if let Some(year) = settings.days_from.filter(|_| settings.days_from != known.days_from) {
        after = with_key(&after, "days_from", &year.to_string());
    }
    for (file, answers) in answers.iter().filter(|(file, answers)| known.files.get(*file) != Some(answers)) {
        let header = format!("[files.{}]", toml_text(file));
        after = match known.files.contains_key(file) {
            true => with_table(&after, &header, &answers.lines()),
            false => with_lines(&after, &[&header], &answers.lines()),
        };
    }
    for (issue, words) in &words {
        let lines: String = words.iter().map(|(word, number)| format!("{} = {number}\n", toml_text(word))).collect();
        let header = format!("[levels.{}]", toml_text(issue));
        after = with_lines(&after, &[&header, &format!("[levels.{issue}]")], &lines);
    }
    after = with_lines(&after, &["[codes]"], &ImportSettings { codes, ..ImportSettings::default() }.code_lines());
    after = with_lines(&after, &["[columns]"], &ImportSettings { columns, ..ImportSettings::default() }.column_lines());
    (after != document.text).then_some(ChangedFile { name, before: Some(document.text), after })
}

/// The words of levels that the next sheet could not be read without: those that neither the file nor the codebook has.
fn new_words(
    known: &ImportSettings,
    codebook: Option<&Codebook>,
    harvest: &Harvest,
) -> BTreeMap<String, BTreeMap<String, i32>> {
    let mut new: BTreeMap<String, BTreeMap<String, i32>> = BTreeMap::new();
    for issue in &harvest.issues {
        let there = codebook.and_then(|codebook| codebook.find(&issue.id).map(|index| codebook.issue(index)));
        let said = known.levels.get(&issue.id);
        for (text, (position, _)) in &issue.words {
            let in_book = there.is_some_and(|there| widen::position_of(there, text) == Some(*position))
                || issue.added.get(position) == Some(text);
            if !in_book && said.is_none_or(|said| !said.contains_key(text)) {
                new.entry(issue.id.clone()).or_default().insert(text.clone(), position.0);
            }
        }
    }
    new
}

/// The columns that the file does not have yet.
fn columns(settings: &ImportSettings, known: &ImportSettings, sources: &[Source]) -> Vec<(String, ColumnUse)> {
    let known: BTreeSet<String> = known.columns.iter().map(|(header, _)| bare_header(header)).collect();
    let mut columns: Vec<(String, ColumnUse)> = Vec::new();
    // The name of a sheet or a file stands for a column.
    for (name, usage) in settings.columns.iter().filter(|(name, _)| of_file::is_name_of_file(name)) {
        let bare = bare_header(name);
        if !known.contains(&bare) && !columns.iter().any(|(other, _)| bare_header(other) == bare) {
            columns.push((name.clone(), usage.clone()));
        }
    }
    // A sheet of labels alone says nothing about the next sheet with statements.
    let with_statements = sources.iter().filter(|source| source.needs == Needs::Statements);
    let with_columns = with_statements.flat_map(|source| source.columns.iter().map(move |column| (source, column)));
    for (source, column) in with_columns {
        let bare = bare_header(&column.header);
        let kept = matches!(column.usage, ColumnUse::Keep | ColumnUse::Ignore) && column.by == KnownBy::Nothing;
        let of_others =
            matches!(column.by, KnownBy::TheCodebook | KnownBy::TheFormat | KnownBy::ItsParts | KnownBy::PartOfAnother)
                || column.usage == ColumnUse::PositionInWords;
        let again = columns.iter().any(|(header, _)| bare_header(header) == bare);
        if bare.is_empty() || kept || of_others || known.contains(&bare) || again {
            continue;
        }
        let usage = match &column.usage {
            ColumnUse::PositionOn(None) if source.answers.issue.is_none() => {
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

/// A text of `import.toml` with another value of a key that stands above all tables. The old value may have several
/// lines.
fn with_key(text: &str, key: &str, value: &str) -> String {
    let line = format!("{key} = {value}\n");
    let mut at = 0;
    for old in text.split_inclusive('\n') {
        let trimmed = old.trim_start();
        let is_key = trimmed.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
        if is_key {
            let ends = text[at..].match_indices('\n').map(|(end, _)| at + end + 1).chain([text.len()]);
            let whole = |end: &usize| toml::from_str::<toml::Table>(&text[at..*end]).is_ok();
            let behind = ends.into_iter().find(whole).unwrap_or(at + old.len());
            return format!("{}{line}{}", &text[..at], &text[behind..]);
        }
        if trimmed.starts_with('[') {
            return format!("{}{line}{}", &text[..at], &text[at..]);
        }
        at += old.len();
    }
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    format!("{text}{end}{line}")
}

/// A text of `import.toml` with more lines in one of its tables, whose header is written in one of these ways.
fn with_lines(text: &str, headers: &[&str], lines: &str) -> String {
    if lines.is_empty() {
        return text.to_owned();
    }
    let place = |header: &str| {
        let mut at = 0;
        text.split_inclusive('\n').find_map(|line| {
            let from = at;
            at += line.len();
            // A comment may stand behind a header.
            let written = line.split_once('#').map_or(line, |(before, _)| before).trim();
            (written == header).then_some((from, at))
        })
    };
    // Columns are the longest table, so they stay the last.
    let (at, new) = match (headers.iter().find_map(|header| place(header)), place("[columns]")) {
        (Some((from, after)), _) => {
            let behind = if text[from..after].ends_with('\n') { "" } else { "\n" };
            (after, format!("{behind}{lines}"))
        }
        (None, Some((before, _))) => (before, format!("{}\n{lines}\n", headers[0])),
        (None, None) => (text.len(), format!("\n{}\n{lines}", headers[0])),
    };
    format!("{}{new}{}", &text[..at], &text[at..])
}

/// A text of `import.toml` with other lines in one of its tables, if its header is written so.
fn with_table(text: &str, header: &str, lines: &str) -> String {
    let mut at = 0;
    let places: Vec<(usize, &str)> = text
        .split_inclusive('\n')
        .map(|line| {
            at += line.len();
            (at, line)
        })
        .collect();
    let Some(place) = places.iter().position(|(_, line)| line.trim() == header) else { return text.to_owned() };
    let from = places[place].0;
    let is_value = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('[');
    let end = places[place + 1..].iter().take_while(|(_, line)| is_value(line)).last().map_or(from, |(end, _)| *end);
    format!("{}{lines}{}", &text[..from], &text[end..])
}

/// The rows that cannot be read, below the header of the first sheet that has one.
pub fn rest(sources: &[Source], harvest: &Harvest) -> String {
    let faulty: Vec<(usize, usize)> = harvest.faulty.iter().copied().collect();
    let Some(first) = faulty.first().map(|(source, _)| &sources[*source]) else { return String::new() };
    let width = first.grid.own_width();
    let mut header: Vec<&str> = (0..width).map(|column| first.grid.cell(first.header, column)).collect();
    // A row with more cells than the table has columns must not look sound here.
    let is_cut = |(source, row): &(usize, usize)| torn::is_wider(&sources[*source].grid, *row);
    let has_cut = faulty.iter().any(is_cut);
    header.extend(has_cut.then_some(""));
    let rows = faulty.iter().map(|at| {
        let grid = &sources[at.0].grid;
        let mark = has_cut.then_some(if is_cut(at) { "…" } else { "" });
        (0..width).map(|column| grid.cell(at.1, column)).chain(mark).collect::<Vec<_>>()
    });
    table::write(table::Dialect::default(), &header, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_codes(text: &str, lines: &str) -> String {
        with_lines(text, &["[codes]"], lines)
    }

    #[test]
    fn new_columns_are_added_to_their_table_wherever_it_is() {
        let add = |text: &str| with_lines(text, &["[columns]"], "b = 2\n");
        assert_eq!(add("[columns]\na = 1\n[levels.x]\n"), "[columns]\nb = 2\na = 1\n[levels.x]\n");
        assert_eq!(add("[columns] # mine\na = 1\n"), "[columns] # mine\nb = 2\na = 1\n");
        assert_eq!(add("# no [columns]\n[codes]\n"), "# no [columns]\n[codes]\n\n[columns]\nb = 2\n");
        assert_eq!(add("[columns]"), "[columns]\nb = 2\n");
    }

    #[test]
    fn a_key_stands_above_all_tables() {
        assert_eq!(with_key("# x\n[columns]\n", "sheets", "[1]"), "# x\nsheets = [1]\n[columns]\n");
        assert_eq!(with_key("sheets = [0]\na = 1\n[columns]\n", "sheets", "[1]"), "sheets = [1]\na = 1\n[columns]\n");
        assert_eq!(with_key("a = 1", "sheets", "[1]"), "a = 1\nsheets = [1]\n");
        let long = "sheets = [\n  \"One]\", # first\n]\na = 1\n[columns]\n";
        assert_eq!(with_key(long, "sheets", "[1]"), "sheets = [1]\na = 1\n[columns]\n");
    }

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
