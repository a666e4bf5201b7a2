//! From people's sheets to a corpus: any table with dates, speakers and quotations, however its columns are called.
//!
//! ```text
//! file ─▶ open: text, workbook ─▶ grid ─▶ header ─▶ recognise ─▶ harvest: day, scale, clean ─▶ merge, book ─▶ files of the corpus
//! ```
//!
//! Nothing is guessed. A column, a date or a level that may be read in 2 ways is a fault that names the flag which
//! decides it. Nothing is written unless everything can be, except with [`ImportSettings::partial`].

mod grid;
mod column;
mod day;
mod header;
mod text;
mod workbook;
mod open;
mod scale;
mod clean;
mod settings;
mod recognise;
mod worksheet;
mod harvest;
mod book;
mod merge;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::codebook::{Codebook, Position};
use crate::error::{Error, Problem, Result, Warning};
use crate::file::corpus_files::{CODEBOOK, IMPORT, STATEMENTS};
use crate::file::document::Document;
use crate::file::read;
use crate::file::save;
use crate::file::table;
use crate::statement::Statements;
use crate::words::many;

use column::bare_header;
use harvest::{FoundIssue, Harvest, Source};
use merge::{ChangedFile, Present};
use recognise::{KnownBy, Needs};

pub use column::ColumnUse;
pub use day::DateOrder;
pub use merge::Additions;
pub use recognise::Recognised;
pub use settings::{ImportSettings, date_order};

/// How many rows a person reads one by one in a report.
const MOST_TOLD: usize = 5;

/// What an import will do, before it does it.
#[derive(Debug)]
pub struct Import {
    corpus: PathBuf,
    files: Vec<ChangedFile>,
    /// Each sheet, as people name it, and its columns.
    pub sheets: Vec<(String, Vec<Recognised>)>,
    /// What was done to the cells, and what a person should look at.
    pub notes: Vec<String>,
    /// Faults and warnings, in the order of the sheets.
    pub problems: Vec<Problem>,
    /// What is added and changed. Nothing if there is a fault that stops everything.
    pub additions: Additions,
    /// Whether it can be written.
    pub is_sound: bool,
    /// The rows that cannot be read, as a table to fix and import again; `None` if all can.
    pub rest: Option<String>,
}

/// Reads files, and finds out what they would add to a corpus. The corpus need not exist.
///
/// # Errors
/// [`Error::Read`] and [`Error::Invalid`] if a file cannot be read as a table, or if the corpus has faults of its own.
pub fn prepare(paths: &[PathBuf], corpus: &Path, flags: ImportSettings) -> Result<Import> {
    let mut problems = Vec::new();
    let written = optional(&corpus.join(IMPORT))?;
    let of_file = written.as_ref().map(|document| ImportSettings::parse(document, &mut problems)).unwrap_or_default();
    let known_columns: BTreeSet<String> = of_file.columns.iter().map(|(header, _)| bare_header(header)).collect();
    let flagged = flags.columns.clone();
    let settings = flags.over(of_file);
    let codebook_text = optional(&corpus.join(CODEBOOK))?;
    let codebook = codebook_text.as_ref().and_then(|document| Codebook::parse(document, &mut problems));
    let present = match optional(&corpus.join(STATEMENTS))? {
        Some(document) => {
            let statements = Statements::parse(&document.path, &document.text, &mut problems);
            statements.map(|statements| Present { text: document.text, statements })
        }
        None => None,
    };
    problems.retain(Problem::is_fault);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let mut notes = Vec::new();
    let mut sources = Vec::new();
    for path in paths {
        for grid in open::sheets(path, &settings.sheets)? {
            notes.extend(grid.notes.iter().map(|note| format!("{}: {note}", grid.shown())));
            let Some(header) = header::find(&grid) else {
                let hint = "write the names of the columns above the table, such as date, speaker, quote, url";
                problems.push(Problem::fault(path, None, "no row has the names of the columns", hint));
                continue;
            };
            let rows: Vec<usize> = (header + 1..grid.rows()).filter(|row| grid.filled(*row) > 0).collect();
            if rows.is_empty() {
                problems.push(Problem::fault(
                    path,
                    None,
                    "the table has names of columns, and no rows",
                    "write one statement per row below them",
                ));
                continue;
            }
            let has_corpus = codebook.as_ref().filter(|_| present.is_some());
            let (columns, needs) =
                recognise::columns(&grid, header, &rows, &settings, codebook.as_ref().or(has_corpus), &mut problems);
            let (mut columns, mut needs) = (columns, needs);
            if worksheet::narrow(&mut columns) {
                needs = Needs::Labels;
                if settings.coder.is_none() {
                    let what = "the sheet is an export of labels, and nothing says whose decisions are in it";
                    problems.push(Problem::fault(path, None, what, "say who filled it in with --coder NAME"));
                }
            }
            let mut source = Source { grid, header, columns, body: header::TableBody::default(), needs };
            let needed: Vec<usize> = match needs {
                Needs::Statements => {
                    ["text", "date", "speaker"].iter().filter_map(|name| source.statement_column(name)).collect()
                }
                Needs::Labels => source.statement_column("id").into_iter().collect(),
            };
            source.body = header::body(&source.grid, header, &needed);
            sources.push(source);
        }
    }
    let headers: Vec<&str> =
        sources.iter().flat_map(|source| source.columns.iter().map(|column| column.header.as_str())).collect();
    if let (Some(first), false) = (paths.first(), sources.is_empty()) {
        problems.extend(recognise::unknown_columns(&flagged, &headers, first));
    }
    let blocked = problems.iter().any(Problem::is_fault);
    let mut harvest =
        if blocked { Harvest::default() } else { harvest::harvest(&sources, &settings, codebook.as_ref()) };
    if !blocked {
        sources.iter().for_each(|source| notes.extend(skipped(source)));
    }
    notes.append(&mut harvest.notes);
    if let (Some(first), false) = (paths.first(), blocked) {
        without_issue(&sources, &mut harvest, &settings, codebook.is_some(), first);
        problems.extend(merge::coder_faults(&harvest, first));
        harvest.blocked |= !problems.is_empty();
    }
    let taken = taken(&harvest);
    let mut additions = Additions::default();
    let mut files = Vec::new();
    if !blocked {
        files.extend(book(corpus, codebook_text, codebook.as_ref(), &harvest));
        files.extend(merge::statements(&sources, &mut harvest, present, &taken, &mut additions));
        // A statement that the corpus does not have is only found out above.
        let taken = self::taken(&harvest);
        files.extend(merge::labels(corpus, &sources, &mut harvest, codebook.as_ref(), &taken, &mut additions)?);
        files.extend(kept_settings(written, &settings, &known_columns, &sources, &harvest));
    }
    problems.append(&mut harvest.problems);
    let faults = problems.iter().any(Problem::is_fault);
    let is_sound = !blocked && !harvest.blocked && (!faults || settings.partial);
    let rest = (!blocked && !harvest.faulty.is_empty()).then(|| rest(&sources, &harvest));
    let sheets = sources.iter().map(|source| (source.grid.shown(), source.columns.clone())).collect();
    Ok(Import { corpus: corpus.to_owned(), files, sheets, notes, problems, additions, is_sound, rest })
}

impl Import {
    /// Writes the files of the corpus: all, or none of a new corpus.
    ///
    /// # Errors
    /// As [`save::create`] and [`save::replace`]. In a corpus that exists, the codebook comes first, then the statements,
    /// then the labels, so that an interrupted import leaves a sound corpus and can be run again.
    pub fn write(&self) -> Result<Vec<Warning>> {
        let mut warnings = Vec::new();
        for file in &self.files {
            if let Some(before) = &file.before {
                warnings.extend(save::replace(
                    &self.corpus.join(&file.name),
                    before.as_bytes(),
                    file.after.as_bytes(),
                )?);
            }
        }
        let name = |file: &ChangedFile| file.name.to_string_lossy().into_owned();
        let new: Vec<(String, &str)> = self
            .files
            .iter()
            .filter(|file| file.before.is_none())
            .map(|file| (name(file), file.after.as_str()))
            .collect();
        let new: Vec<(&str, &str)> = new.iter().map(|(name, text)| (name.as_str(), *text)).collect();
        if !new.is_empty() {
            warnings.extend(save::create(&self.corpus, &new)?);
        }
        Ok(warnings)
    }

    /// The files that are written, by their paths within the corpus.
    pub fn file_names(&self) -> Vec<String> {
        self.files.iter().map(|file| file.name.display().to_string()).collect()
    }
}

/// A file of the corpus. `None` if there is none.
fn optional(path: &Path) -> Result<Option<Document>> {
    if !read::exists(path) {
        return Ok(None);
    }
    Ok(Some(Document::new(path, table::read_text(path)?)))
}

/// The rows that were left out because they are not rows of the table.
fn skipped(source: &Source) -> Vec<String> {
    let grid = &source.grid;
    let mut notes = Vec::new();
    for (rows, what) in [(&source.body.between, "between the others"), (&source.body.below, "below the table")] {
        if rows.is_empty() {
            continue;
        }
        let first = |row: usize| {
            (0..grid.width()).map(|column| grid.cell(row, column)).find(|cell| !cell.is_empty()).unwrap_or("")
        };
        let shown: Vec<String> = rows
            .iter()
            .take(MOST_TOLD)
            .map(|row| format!("{} `{}`", grid.row_in_words(*row), crate::words::shortened(first(*row), 30)))
            .collect();
        let rest = if rows.len() > MOST_TOLD { ", …" } else { "" };
        notes.push(format!(
            "{}: {} {what} left out: {}{rest}",
            grid.shown(),
            many(rows.len(), "row"),
            shown.join(", ")
        ));
    }
    notes
}

/// Begins an issue without labels if a person names one, and reports that there is none otherwise.
fn without_issue(
    sources: &[Source],
    harvest: &mut Harvest,
    settings: &ImportSettings,
    has_codebook: bool,
    path: &Path,
) {
    let ratings: Vec<&str> = sources
        .iter()
        .flat_map(|source| recognise::possible_ratings(&source.grid, &source.body.rows, &source.columns))
        .collect();
    if !harvest.issues.is_empty() || has_codebook {
        if !ratings.is_empty() {
            let shown: Vec<String> = ratings.iter().map(|name| format!("`{name}`")).collect();
            harvest.notes.push(format!(
                "{} may hold positions, and {} kept as it is; if so: --map \"{}=position\"",
                shown.join(", "),
                if shown.len() == 1 { "is" } else { "each is" },
                ratings[0]
            ));
        }
        return;
    }
    match &settings.issue {
        Some(name) => harvest.issues.push(FoundIssue {
            id: harvest::issue_id(name),
            name: name.clone(),
            is_known: false,
            words: std::collections::BTreeMap::new(),
            seen: [-2, 2].map(Position).into(),
        }),
        None => {
            let what = "no column is recognised as positions on an issue";
            let column = ratings.first().copied().unwrap_or("COLUMN");
            let hint = format!(
                "name the column with --map \"{column}=position\"; if there are no positions yet, name an issue to begin with: --issue NAME"
            );
            harvest.problems.push(Problem::fault(path, None, what, hint));
            harvest.blocked = true;
        }
    }
}

/// Which statements come in: all but those of rows that cannot be read.
fn taken(harvest: &Harvest) -> Vec<bool> {
    harvest.items.iter().map(|item| !harvest.faulty.contains(&(item.source, item.row))).collect()
}

/// The codebook, begun or with new issues.
fn book(corpus: &Path, text: Option<Document>, codebook: Option<&Codebook>, harvest: &Harvest) -> Option<ChangedFile> {
    // An issue on which nothing takes a position has labels, too.
    let labelled: BTreeSet<usize> = harvest.marks.iter().map(|mark| mark.issue).collect();
    let is_new =
        |(place, issue): &(usize, &FoundIssue)| !issue.is_known && (!issue.seen.is_empty() || labelled.contains(place));
    let new: Vec<&FoundIssue> = harvest.issues.iter().enumerate().filter(is_new).map(|(_, issue)| issue).collect();
    if new.is_empty() {
        return None;
    }
    let name = PathBuf::from(CODEBOOK);
    match text.filter(|_| codebook.is_some()) {
        Some(document) => {
            let mut after = document.text.clone();
            if !after.ends_with('\n') {
                after.push('\n');
            }
            new.iter().for_each(|issue| after += &book::entry(issue));
            Some(ChangedFile { name, before: Some(document.text), after })
        }
        None => {
            let title = read::real_path(corpus).unwrap_or_else(|| corpus.to_owned());
            let title =
                title.file_name().map_or("corpus".to_owned(), |name| name.to_string_lossy().replace(['-', '_'], " "));
            Some(ChangedFile { name, before: None, after: book::begun(&title, &new) })
        }
    }
}

/// `import.toml`, new or with new columns at its end.
fn kept_settings(
    written: Option<Document>,
    settings: &ImportSettings,
    known: &BTreeSet<String>,
    sources: &[Source],
    harvest: &Harvest,
) -> Option<ChangedFile> {
    let mut columns: Vec<(String, ColumnUse)> = Vec::new();
    // A sheet of labels alone says nothing about the next sheet with statements.
    let with_statements = sources.iter().filter(|source| source.needs == Needs::Statements);
    for column in with_statements.flat_map(|source| &source.columns) {
        let bare = bare_header(&column.header);
        let kept = matches!(column.usage, ColumnUse::Keep | ColumnUse::Ignore) && column.by == KnownBy::Nothing;
        let by_codebook = column.by == KnownBy::TheCodebook;
        if bare.is_empty()
            || kept
            || by_codebook
            || known.contains(&bare)
            || columns.iter().any(|(header, _)| bare_header(header) == bare)
        {
            continue;
        }
        let usage = match &column.usage {
            ColumnUse::PositionOn(None) if settings.issue.is_none() => {
                ColumnUse::PositionOn(Some(harvest::issue_id(&column.header)))
            }
            other => other.clone(),
        };
        columns.push((column.header.clone(), usage));
    }
    let name = PathBuf::from(IMPORT);
    match written {
        None if sources.iter().all(|source| source.needs == Needs::Labels) => None,
        None => {
            let mut kept =
                ImportSettings { columns, date_order: settings.date_order.or(harvest.date_order), ..settings.clone() };
            for issue in harvest.issues.iter().filter(|issue| !issue.words.is_empty()) {
                let words = kept.levels.entry(issue.id.clone()).or_default();
                words.extend(issue.words.iter().map(|(text, position)| (text.clone(), position.0)));
            }
            Some(ChangedFile { name, before: None, after: kept.to_text() })
        }
        Some(_) if columns.is_empty() => None,
        Some(document) => {
            let mut after = document.text.clone();
            if !after.ends_with('\n') {
                after.push('\n');
            }
            if !after.contains("[columns]") {
                after += "\n[columns]\n";
            }
            after += &ImportSettings { columns, ..ImportSettings::default() }.column_lines();
            Some(ChangedFile { name, before: Some(document.text), after })
        }
    }
}

/// The rows that cannot be read, below the header of the first sheet that has one.
fn rest(sources: &[Source], harvest: &Harvest) -> String {
    let faulty: Vec<(usize, usize)> = harvest.faulty.iter().copied().collect();
    let Some(first) = faulty.first().map(|(source, _)| &sources[*source]) else { return String::new() };
    let header: Vec<&str> = (0..first.grid.width()).map(|column| first.grid.cell(first.header, column)).collect();
    let rows = faulty.iter().map(|(source, row)| {
        let grid = &sources[*source].grid;
        (0..header.len()).map(|column| grid.cell(*row, column)).collect::<Vec<_>>()
    });
    table::write(table::Dialect::default(), &header, rows)
}
