//! From files to sheets whose columns are recognised, whatever kind of files they are.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::codebook::Codebook;
use crate::error::{Problem, Result};
use crate::file::read;
use crate::import::beside;
use crate::import::column::{ColumnUse, bare_header};
use crate::import::grid::{CellKind, Grid, GridPlaces};
use crate::import::harvest::{FoundIssue, Source};
use crate::import::header;
use crate::import::joined;
use crate::import::of_file::FileOf;
use crate::import::open;
use crate::import::own::{self, OwnTable};
use crate::import::recognise::{self, KnownBy, Needs, Recognised};
use crate::import::scale;
use crate::import::settings::{CodeUse, FileAnswers, ImportSettings};
use crate::import::tool::coded::{Codings, PlacedCode, joined};
use crate::import::tool::dictionary::{self, DictionaryKey};
use crate::import::tool::{self, Foreign};
use crate::import::torn;
use crate::import::worksheet;
use crate::statement::Statements;
use crate::words::{listed, many, shortened};

/// How many rows a person reads one by one in a report.
const MOST_TOLD: usize = 5;

/// What the files hold.
#[derive(Debug, Default)]
pub struct Gathered {
    /// The sheets.
    pub sheets: Vec<Source>,
    /// The issues of a codebook that stands beside them, with all their levels.
    pub issues: Vec<FoundIssue>,
    /// The codes of each file of a tool, and what they are taken for.
    pub codes: Vec<(String, Vec<PlacedCode>)>,
    /// The dictionaries, each with the place of its sheet of codes.
    pub dictionaries: Vec<(PathBuf, Vec<DictionaryKey>)>,
    /// What was done, for people.
    pub notes: Vec<String>,
    /// Faults and warnings.
    pub problems: Vec<Problem>,
}

/// What is known before a file is read.
struct Known<'k> {
    /// What a person says, now or in `import.toml`.
    settings: &'k ImportSettings,
    /// What a person says now.
    flags: &'k ImportSettings,
    codebook: Option<&'k Codebook>,
    has_statements: bool,
    /// The names of the columns of its statements that have no meaning for Stance.
    carried: &'k [String],
    /// What was said earlier.
    said: &'k ImportSettings,
    /// The folder of the corpus.
    corpus: &'k Path,
}

impl Known<'_> {
    /// A file, and its sheet if it is a workbook, as `import.toml` knows it.
    fn file<'f>(&'f self, path: &'f Path, grid: Option<&'f Grid>, member: Option<&'f str>) -> FileOf<'f> {
        let sheet = grid.map_or("", Grid::name);
        let is_named = |name: &str| {
            let names = [&self.flags.sheets, &self.said.remembered_sheets];
            names.iter().any(|names| names.iter().any(|known| known == name))
        };
        let sheet_is_named = grid.is_some_and(|grid| !grid.is_export && is_named(grid.name()));
        FileOf { corpus: self.corpus, path, sheet, sheet_is_named, member }
    }

    /// All that is said of a file.
    fn with(&self, answers: &FileAnswers) -> ImportSettings {
        let FileAnswers { coder, speaker, issue, .. } = answers.clone();
        ImportSettings { coder, speaker, issue, ..self.settings.clone() }
    }
}

/// Reads files. The settings are all that a person says, what is said now, and what was said earlier.
///
/// # Errors
/// As [`open::open`].
pub fn gather(
    paths: &[PathBuf],
    corpus: &Path,
    [settings, flags, said]: [&ImportSettings; 3],
    codebook: Option<&Codebook>,
    statements: Option<&Statements>,
) -> Result<Gathered> {
    let mut gathered = Gathered::default();
    let carried = statements.map_or(&[][..], |statements| &statements.carried);
    let known = Known { settings, flags, codebook, has_statements: statements.is_some(), carried, said, corpus };
    for path in paths {
        let settings = known.with(&known.file(path, None, None).answers(flags, said, &[]));
        for foreign in open::open(path, &settings)? {
            match foreign {
                Foreign::Table(grid) => gathered.table(path, *grid, None, &known),
                Foreign::Texts(file, what) => {
                    let member = file.member.clone();
                    let (grid, placed) = file.table(path, what, &settings, codebook, &mut gathered.problems);
                    gathered.codes.push((path.display().to_string(), placed));
                    gathered.table(path, grid, member.as_deref(), &known);
                }
                Foreign::Codes(file) => gathered.codes(path, file, &known),
                Foreign::Dictionary(keys) => {
                    gathered.codes(path, dictionary::coded(&keys), &known);
                    gathered.dictionaries.push((path.clone(), keys));
                }
            }
        }
    }
    gathered.alike();
    gathered.same_names();
    Ok(gathered)
}

impl Gathered {
    /// A column that holds positions in one sheet holds them in each, even where few cells show it.
    fn alike(&mut self) {
        let wide = self.sheets.iter().flat_map(|sheet| &sheet.columns).filter(|column| column.usage.is_wide());
        let wide: BTreeMap<String, ColumnUse> =
            wide.map(|column| (bare_header(&column.header), column.usage.clone())).collect();
        for column in self.sheets.iter_mut().flat_map(|sheet| &mut sheet.columns) {
            let usage = wide.get(&bare_header(&column.header)).filter(|_| !column.header.is_empty());
            if let Some(usage) = usage.filter(|_| column.usage == ColumnUse::Keep && column.by == KnownBy::Nothing) {
                (column.usage, column.by) = (usage.clone(), KnownBy::WhatItHolds);
            }
        }
    }

    /// 2 columns of one name with positions would be one issue with 2 positions in each row.
    fn same_names(&mut self) {
        for sheet in &self.sheets {
            let twin = |column: &usize| {
                let is_it = |other: &Recognised| {
                    matches!(other.usage, ColumnUse::PositionOn(None)) && other.header == sheet.columns[*column].header
                };
                is_it(&sheet.columns[*column]) && sheet.columns[..*column].iter().any(is_it)
            };
            let Some(column) = (0..sheet.columns.len()).find(twin) else { continue };
            let what = format!("2 columns are called `{}`, and both hold positions", sheet.columns[column].header);
            let hint = "give each its own name in the sheet: that of its issue; or, if 2 people have labelled, that of its \
                        coder behind it, such as `Tram (coder 1)`";
            self.problems.push(sheet.grid.fault(sheet.header, column, what, hint));
        }
    }

    /// Recognises the columns of a table. `member` is the name of its coder, if the name of the file says it.
    fn table(&mut self, path: &Path, mut grid: Grid, member: Option<&str>, known: &Known<'_>) {
        let Known { flags, codebook, has_statements, .. } = *known;
        let of_file = known.with(&known.file(path, None, None).answers(flags, known.said, &[]));
        if let Some(texts) = tool::labels_apart(&grid, &of_file) {
            let member = texts.member.clone();
            let (grid, placed) = texts.table(path, "line", &of_file, codebook, &mut self.problems);
            self.codes.push((path.display().to_string(), placed));
            self.table(path, grid, member.as_deref(), known);
            return;
        }
        let records = matches!(grid.places, GridPlaces::Records { .. });
        let Some(header) = (if records { Some(0) } else { header::find(&grid) }) else {
            let hint = "write the names of the columns above the table, such as date, speaker, quote, url";
            self.problems.push(Problem::fault(path, None, "no row has the names of the columns", hint));
            return;
        };
        if !records {
            tool::meant(&mut grid, header);
        }
        let two_rows = if records { None } else { header::in_two_rows(&grid, header) };
        let header = match two_rows {
            Some(names) => {
                let [first, second] = [header, header + 1].map(|row| grid.line(row));
                grid.notes.push(format!("the names of the columns stand in rows {first} and {second}, and are joined"));
                grid.set_header(header + 1, &names);
                header + 1
            }
            None => header,
        };
        let names = header::names(&grid, header);
        if beside::is_codebook(&names) && grid.is_export {
            self.issues.extend(beside::issues(&grid, header, &names));
            return;
        }
        let own = if records { None } else { own::own(&names) };
        if let Some(own) = own {
            self.own(own, &mut grid, header, &names, known);
        }
        let file = known.file(path, Some(&grid), member);
        let (key, answers) = (file.key(), file.answers(flags, known.said, &names));
        let mut settings = known.with(&answers);
        // A sheet of a person's own may have these columns, too. What was said of it counts.
        let own = own.filter(|own| is_of_stance(*own, &grid));
        if own.is_some() {
            // What people call their columns says nothing about the columns of a table that Stance wrote.
            settings.columns.clone_from(&flags.columns);
        }
        let settings = &settings;
        self.notes.extend(grid.notes.iter().map(|note| format!("{}: {note}", grid.shown())));
        let rows: Vec<usize> = (header + 1..grid.rows())
            .filter(|row| grid.filled(*row) > 0 && !header::is_second_header(&grid, *row))
            .collect();
        if rows.is_empty() {
            let (what, hint) = match records {
                true => (
                    "the file has no texts with codes",
                    "check that it is the file you mean, and that its texts are in it",
                ),
                false => ("the table has names of columns, and no rows", "write one statement per row below them"),
            };
            self.problems.push(Problem::fault(path, None, what, hint));
            return;
        }
        if own.is_none() && !records {
            joined::join(&mut grid, header, settings);
        }
        let before = self.problems.len();
        let (mut columns, mut needs) = recognise::columns(&grid, header, &rows, settings, codebook, &mut self.problems);
        let mut body = header::body(&grid, header, &needed(&columns, needs));
        if body.rows.len() < rows.len() && !body.rows.is_empty() {
            // A row of totals is no example of what a column holds.
            self.problems.truncate(before);
            (columns, needs) = recognise::columns(&grid, header, &body.rows, settings, codebook, &mut self.problems);
        }
        if worksheet::narrow(&mut columns, has_statements) {
            needs = Needs::Labels;
            if flags.coder.is_none() {
                let what = "the sheet is an export of labels, and nothing says whose decisions are in it";
                self.problems.push(Problem::fault(path, None, what, "say who filled it in with --coder NAME"));
            }
        }
        let place = |usage: ColumnUse| columns.iter().position(|column| column.usage == usage);
        let in_words = place(ColumnUse::Position).zip(place(ColumnUse::PositionInWords));
        if let Some((position, words)) = in_words.filter(|_| own != Some(OwnTable::Counted) || !has_statements) {
            // An empty number beside "no position" says that the statement was read.
            grid.fill_column(position, words, scale::is_no_position);
        }
        body = header::body(&grid, header, &needed(&columns, needs));
        let torn = torn::rows(&grid, header, &body.rows, &columns);
        if let Some(tail) = torn::tail(&grid, &names) {
            columns[tail..grid.own_width()]
                .iter_mut()
                .for_each(|column| (column.usage, column.by) = (ColumnUse::Ignore, KnownBy::Nothing));
        }
        self.hidden(&grid, header, &columns);
        self.sheets.push(Source { grid, header, columns, body, needs, own, torn, key, answers });
    }

    /// Says which columns a person has hidden, and warns of those that count: whoever hides a draft does not mean it.
    fn hidden(&mut self, grid: &Grid, header: usize, columns: &[Recognised]) {
        let is_read = |column: &Recognised| {
            !matches!(column.usage, ColumnUse::Keep | ColumnUse::Ignore) && column.by != KnownBy::You
        };
        let hidden = || grid.hidden.iter().copied().filter(|column| !columns[*column].header.is_empty());
        for column in hidden().filter(|column| is_read(&columns[*column])) {
            let Recognised { header: name, usage, .. } = &columns[column];
            let what = format!("the column `{name}` is hidden in the workbook, and is read as {usage}");
            let hint = format!("if it is not meant: --map \"{name}=ignore\"; if it is: --map \"{name}={usage}\"");
            self.problems.push(grid.warning(header, column, what, hint));
        }
        let others: Vec<String> = hidden()
            .filter(|column| !is_read(&columns[*column]) && columns[*column].usage != ColumnUse::Ignore)
            .map(|column| format!("`{}`", columns[column].header))
            .collect();
        if !others.is_empty() {
            let [column, is] = if others.len() == 1 { ["column", "is"] } else { ["columns", "are"] };
            let others = listed(others.iter().map(String::as_str));
            self.notes.push(format!("{}: the hidden {column} {others} {is} read like the others", grid.shown()));
        }
    }

    /// Prepares a table that Stance itself wrote, and finds out who filled it in.
    fn own(&mut self, own: OwnTable, grid: &mut Grid, header: usize, names: &[String], known: &Known<'_>) {
        // In its own corpus, only what a person has changed in it counts.
        let counted = own == OwnTable::Counted;
        if counted && known.has_statements {
            return;
        }
        if counted {
            own::open_counted(grid, header, names);
        }
        grid.given = names.iter().map(|name| own::usage_of(own, name)).collect();
        if own == OwnTable::Statements {
            // What a corpus carries along is no column of positions, whatever it holds.
            let is_carried = |name: &String| grid.is_export || known.carried.contains(name);
            for (name, usage) in names.iter().zip(&mut grid.given) {
                if usage.is_none() && is_carried(name) {
                    *usage = Some(ColumnUse::Keep);
                }
            }
        }
        if own != OwnTable::CodingSheet {
            return;
        }
        if grid.coder.is_none() {
            // A CSV has no place for it. The page beside it says how to fill it in, and for whom it was made.
            let beside = read::bytes(&grid.path.with_extension("md"), read::LARGEST_TEXT).unwrap_or_default();
            grid.coder = own::made_for(String::from_utf8_lossy(&beside).lines());
        }
        match (&grid.coder, &known.flags.coder) {
            (Some(made_for), Some(said)) if made_for != said => {
                let what = format!(
                    "the sheet was made for {made_for}, and --coder says {said}: the labels are taken as those of {said}"
                );
                self.problems.push(Problem::warning(
                    &grid.path,
                    None,
                    what,
                    format!("leave --coder out if {made_for} has filled it in"),
                ));
            }
            (Some(made_for), None) => {
                grid.notes.push(format!("the labels are those of {made_for}, for whom the sheet was made"));
            }
            (None, None) => {
                let what = "this is a coding sheet, and nothing says who has filled it in";
                self.problems.push(Problem::fault(&grid.path, None, what, "say who it was with --coder NAME"));
            }
            _ => {}
        }
    }

    /// Codes without texts, as a sheet with a row per level.
    fn codes(&mut self, path: &Path, file: Codings, known: &Known<'_>) {
        let of_file = known.file(path, None, None);
        let (key, answers) = (of_file.key(), of_file.answers(known.flags, known.said, &[]));
        self.notes.extend(file.notes.iter().map(|note| format!("{}: {note}", path.display())));
        let placed = file.placed(path, &known.with(&answers), known.codebook, &mut self.problems);
        let mut grid = Grid::new(path, GridPlaces::Records { what: "code" }, 2);
        let mut add =
            |line: usize, cells: [&str; 2]| grid.push(line, cells.map(|cell| (cell, CellKind::Text)).into_iter());
        add(0, ["issue", "position"]);
        for (line, code) in placed.iter().enumerate() {
            if let CodeUse::Level { issue, level } = &code.usage {
                add(line + 1, [issue, level]);
            }
        }
        if grid.rows() == 1 && !self.problems.iter().any(Problem::is_fault) {
            let shown = placed.first().map_or("CODE", |code| code.code.as_str());
            let hint = format!("say what codes mean, as --code \"{shown}=ISSUE:LEVEL\"");
            self.problems.push(Problem::fault(
                path,
                None,
                "no code of the file is recognised as a level of an issue",
                hint,
            ));
        }
        let columns = [("issue", ColumnUse::Issue), ("position", ColumnUse::Position)].map(|(name, usage)| {
            Recognised { header: name.to_owned(), usage, by: KnownBy::TheFormat, example: String::new() }
        });
        let rows = (1..grid.rows()).collect();
        let body = header::TableBody { rows, ..header::TableBody::default() };
        self.codes.push((path.display().to_string(), placed));
        self.sheets.push(Source {
            grid,
            header: 0,
            columns: columns.to_vec(),
            body,
            needs: Needs::Codebook,
            own: None,
            torn: BTreeMap::new(),
            key,
            answers,
        });
    }

    /// What a code of any file is taken for.
    pub fn use_of(&self, code: &[String]) -> Option<&CodeUse> {
        let code = joined(code);
        self.codes.iter().flat_map(|(_, placed)| placed).find(|placed| placed.code == code).map(|placed| &placed.usage)
    }
}

/// Whether a table with the columns of one of Stance's own is one. People, too, call their columns `id`, `date`, `speaker`
/// and `text`.
fn is_of_stance(own: OwnTable, grid: &Grid) -> bool {
    match own {
        OwnTable::Statements => grid.is_export,
        OwnTable::CodingSheet => grid.coder.is_some(),
        OwnTable::Labels | OwnTable::Coders | OwnTable::Counted => true,
    }
}

/// The columns without which a row is none of the table.
fn needed(columns: &[Recognised], needs: Needs) -> Vec<usize> {
    let names: &[&'static str] = match needs {
        Needs::Statements => &["text", "date", "speaker"],
        Needs::LabelsByText => &["text"],
        Needs::Labels | Needs::Codebook => &["id"],
    };
    let place = |name: &&'static str| columns.iter().position(|column| column.usage == ColumnUse::Statement(name));
    names.iter().filter_map(place).collect()
}

/// The rows that were left out because they are not rows of the table.
pub fn skipped(source: &Source) -> Vec<String> {
    let grid = &source.grid;
    let mut notes = Vec::new();
    let records = matches!(grid.places, GridPlaces::Records { .. });
    let above: Vec<usize> = (0..source.header).filter(|row| !records && grid.filled(*row) > 0).collect();
    for (rows, what) in [
        (&above, "above the table"),
        (&source.body.between, "between the others"),
        (&source.body.below, "below the table"),
    ] {
        if rows.is_empty() {
            continue;
        }
        let first = |row: usize| {
            (0..grid.width()).map(|column| grid.cell(row, column)).find(|cell| !cell.is_empty()).unwrap_or("")
        };
        let shown: Vec<String> = rows
            .iter()
            .take(MOST_TOLD)
            .map(|row| format!("{} `{}`", grid.row_in_words(*row), shortened(first(*row), 30)))
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
