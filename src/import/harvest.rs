//! From the rows of sheets to statements and labels.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::codebook::{Codebook, Position};
use crate::date::{Precision, StatementDate};
use crate::error::Problem;
use crate::import::clean::{self, Damage};
use crate::import::column::{ColumnUse, bare_header};
use crate::import::day::{self, DateOrder, DayRules, WrittenDay};
use crate::import::grid::{CellKind, Grid, GridPlaces};
use crate::import::header::TableBody;
use crate::import::recognise::{Needs, Recognised};
use crate::import::scale::{self, Entry};
use crate::import::settings::ImportSettings;
use crate::import::worksheet;
use crate::words::{self, many};

/// A sheet with what is known about it.
#[derive(Debug)]
pub struct Source {
    /// Its cells.
    pub grid: Grid,
    /// The row of its header.
    pub header: usize,
    /// What its columns are for.
    pub columns: Vec<Recognised>,
    /// Its rows.
    pub body: TableBody,
    /// Whether it has statements, or labels alone.
    pub needs: Needs,
}

/// A statement of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Which of the sheets.
    pub source: usize,
    /// The row of its first appearance.
    pub row: usize,
    /// Its id, from the sheet or made of its speaker, date and text.
    pub id: String,
    /// Whether the sheet names the id.
    pub id_given: bool,
    /// When it was said. `None` if the sheet has labels alone.
    pub date: Option<StatementDate>,
    /// Who said it, by the place of the name in [`Harvest::speakers`].
    pub speaker: usize,
}

/// A label of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkOfSheet {
    /// The statement.
    pub item: usize,
    /// The issue, by its place in [`Harvest::issues`].
    pub issue: usize,
    /// The coder, by the place in [`Harvest::coders`].
    pub coder: usize,
    /// The position; `None` if it takes none.
    pub position: Option<Position>,
    /// The row that says so.
    pub row: usize,
}

/// An issue of the sheets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundIssue {
    /// Its id in the codebook.
    pub id: String,
    /// Its name: the header of its column.
    pub name: String,
    /// Whether the codebook has it.
    pub is_known: bool,
    /// The words of levels, with their numbers.
    pub words: BTreeMap<String, Position>,
    /// The numbers that were seen.
    pub seen: BTreeSet<Position>,
}

/// What the sheets hold.
#[derive(Debug, Default)]
pub struct Harvest {
    /// The statements.
    pub items: Vec<Item>,
    /// The labels.
    pub marks: Vec<MarkOfSheet>,
    /// The speakers.
    pub speakers: Vec<String>,
    /// The issues, in the order of their columns.
    pub issues: Vec<FoundIssue>,
    /// The coders.
    pub coders: Vec<String>,
    /// The order of day and month, if it mattered.
    pub date_order: Option<DateOrder>,
    /// The rows that cannot be read.
    pub faulty: BTreeSet<(usize, usize)>,
    /// Whether a fault concerns more than its row, so that no row can be taken.
    pub blocked: bool,
    /// Faults and warnings.
    pub problems: Vec<Problem>,
    /// What was done to the cells, for people.
    pub notes: Vec<String>,
}

/// A cell of positions, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    NotRead,
    Position(Option<Position>),
    Fault,
}

impl Source {
    /// The column for a use.
    pub fn column(&self, usage: &ColumnUse) -> Option<usize> {
        self.columns.iter().position(|column| column.usage == *usage)
    }

    /// The column for a column of a statements file.
    pub fn statement_column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| matches!(column.usage, ColumnUse::Statement(known) if known == name))
    }

    /// A cell as it goes into the corpus: composed letters, no outer quotation marks around a quotation.
    pub fn text(&self, row: usize, column: usize) -> Cow<'_, str> {
        cleaned(self.grid.cell(row, column))
    }
}

/// A cell with composed letters and without the wrapping that keeps a number from being one: `="0012"`.
fn cleaned(cell: &str) -> Cow<'_, str> {
    let cell = cell
        .strip_prefix("=\"")
        .and_then(|inside| inside.strip_suffix('"'))
        .filter(|inside| !inside.contains('"'))
        .unwrap_or(cell);
    // The apostrophe before a cell that a spreadsheet would run, as in what `--for-spreadsheet` writes.
    let cell = cell.strip_prefix('\'').filter(|rest| words::formula_mark(rest.trim_start()).is_some()).unwrap_or(cell);
    if is_nfc(cell) { Cow::Borrowed(cell) } else { Cow::Owned(cell.nfc().collect()) }
}

/// A quotation as it goes into the corpus.
pub fn quotation(cell: &str) -> Cow<'_, str> {
    match clean::without_outer_marks(cell) {
        Some(inside) if is_nfc(inside) => Cow::Borrowed(inside),
        Some(inside) => Cow::Owned(inside.nfc().collect()),
        None => cleaned(cell),
    }
}

/// Collects what the sheets hold.
pub fn harvest(sources: &[Source], settings: &ImportSettings, codebook: Option<&Codebook>) -> Harvest {
    let mut harvest = Harvest::default();
    let meanings = harvest.issues(sources, settings, codebook);
    for (place, source) in sources.iter().enumerate() {
        harvest.rows(place, source, settings, codebook, &meanings);
    }
    harvest.number_collisions(sources);
    harvest.one_label_each(sources);
    harvest.speakers_alike(sources);
    harvest
}

/// Where a column of positions gets its issue from.
fn issue_of(column: &Recognised, settings: &ImportSettings) -> String {
    match &column.usage {
        ColumnUse::PositionOn(Some(issue)) => issue.clone(),
        _ => settings.issue.clone().unwrap_or_else(|| column.header.clone()),
    }
}

/// The words around the name of an issue in a header.
const FRAME: [&str; 16] = [
    "position",
    "positions",
    "stance",
    "view",
    "opinion",
    "label",
    "code",
    "on",
    "about",
    "towards",
    "the",
    "haltung",
    "zu",
    "zur",
    "zum",
    "der",
];

/// The name of an issue in charts: `Position on the trams` is `Trams`.
pub fn issue_name(header: &str) -> String {
    let words: Vec<&str> = header.split_whitespace().collect();
    let is_frame = |word: &&str| FRAME.contains(&word.to_lowercase().trim_matches(|c: char| !c.is_alphanumeric()));
    let first = words.iter().position(|word| !is_frame(word)).unwrap_or(0);
    // A header that begins with its own name stays as it is written.
    let own = words[first.min(words.len())..].join(" ");
    let mut letters = own.chars();
    match letters.next().filter(|_| first > 0) {
        Some(initial) => initial.to_uppercase().chain(letters).collect(),
        None => own,
    }
}

/// An id for an issue: lowercase words with hyphens. `Position on the trams` is `trams`.
pub fn issue_id(name: &str) -> String {
    let lower: String = name.to_lowercase().nfc().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let first = words.iter().position(|word| !FRAME.contains(word)).unwrap_or(0);
    let words = &words[first..];
    if words.is_empty() { "issue".to_owned() } else { words.join("-") }
}

impl Harvest {
    /// Finds the issues and what each different cell of positions means.
    fn issues(
        &mut self,
        sources: &[Source],
        settings: &ImportSettings,
        codebook: Option<&Codebook>,
    ) -> Vec<HashMap<String, Meaning>> {
        /// More different cells than this are not positions.
        const MOST_CELLS: usize = 500;
        let mut cells: Vec<BTreeMap<String, (usize, usize, usize)>> = Vec::new();
        let mut add = |issue: usize, cell: &str, at: (usize, usize, usize)| {
            if cells.len() <= issue {
                cells.resize(issue + 1, BTreeMap::new());
            }
            if cells[issue].len() <= MOST_CELLS && !cells[issue].contains_key(cell) {
                cells[issue].insert(cell.to_owned(), at);
            }
        };
        for (place, source) in sources.iter().enumerate() {
            if let (Some(issue), Some(position)) =
                (source.column(&ColumnUse::Issue), source.column(&ColumnUse::Position))
            {
                let mut known: HashMap<&str, usize> = HashMap::new();
                for row in &source.body.rows {
                    let name = source.grid.cell(*row, issue);
                    if !name.is_empty() {
                        let issue = *known.entry(name).or_insert_with(|| self.issue(name, codebook));
                        add(issue, source.grid.cell(*row, position), (place, *row, position));
                    }
                }
            }
            for (column, known) in
                source.columns.iter().enumerate().filter(|(_, known)| matches!(known.usage, ColumnUse::PositionOn(_)))
            {
                let issue = self.issue(&issue_of(known, settings), codebook);
                for row in &source.body.rows {
                    add(issue, source.grid.cell(*row, column), (place, *row, column));
                }
            }
        }
        cells.resize(self.issues.len(), BTreeMap::new());
        let mut meanings = Vec::new();
        for (issue, cells) in cells.into_iter().enumerate() {
            meanings.push(self.meanings(issue, &cells, sources, settings, codebook));
        }
        meanings
    }

    /// The place of an issue by its id or name.
    fn issue(&mut self, name: &str, codebook: Option<&Codebook>) -> usize {
        let (bare, made) = (bare_header(name), issue_id(name));
        let same =
            |id: &str, other: &str| id == name || id == made || bare_header(id) == bare || bare_header(other) == bare;
        if let Some(place) = self.issues.iter().position(|issue| same(&issue.id, &issue.name)) {
            return place;
        }
        let known = codebook.and_then(|codebook| codebook.issues.iter().find(|issue| same(&issue.id, &issue.name)));
        let (id, name) = match known {
            Some(issue) => (issue.id.clone(), issue.name.clone()),
            None => (made, issue_name(name)),
        };
        let (words, seen) = (BTreeMap::new(), BTreeSet::new());
        self.issues.push(FoundIssue { id, name, is_known: known.is_some(), words, seen });
        self.issues.len() - 1
    }

    /// What each different cell of an issue means.
    fn meanings(
        &mut self,
        issue: usize,
        cells: &BTreeMap<String, (usize, usize, usize)>,
        sources: &[Source],
        settings: &ImportSettings,
        codebook: Option<&Codebook>,
    ) -> HashMap<String, Meaning> {
        let found = self.issues[issue].clone();
        let known = codebook.and_then(|codebook| codebook.find(&found.id).map(|index| codebook.issue(index)));
        let is_none = |cell: &str| {
            let given = settings.no_position.iter().any(|word| {
                word == "empty" && cell.is_empty()
                    || scale::bare_words(word) == scale::bare_words(cell)
                        && word.trim().to_lowercase() == cell.to_lowercase()
            });
            given || scale::is_no_position(cell)
        };
        let bare = scale::bare_words;
        let of_settings: HashMap<String, Position> = settings
            .levels
            .iter()
            .filter(|(id, _)| **id == found.id)
            .flat_map(|(_, words)| words.iter().map(|(word, number)| (bare(word), Position(*number))))
            .collect();
        // The column may have another name than the issues in it.
        let of_column = |name: &str| {
            let headers =
                sources.iter().flat_map(|source| &source.columns).filter(|column| column.usage == ColumnUse::Position);
            headers.into_iter().any(|column| bare(&column.header) == bare(name))
        };
        let order = settings.level_orders.iter().find(|(name, _)| {
            bare(name) == bare(&found.id)
                || bare(name) == bare(&found.name)
                || issue_id(name) == found.id
                || of_column(name)
        });
        let in_order: HashMap<String, Position> = order.map_or_else(HashMap::new, |(_, words)| {
            scale::in_order(words).into_iter().map(|(word, position)| (bare(&word), position)).collect()
        });
        // Words that no person has given a number.
        let open: Vec<String> = cells
            .keys()
            .filter(|cell| !is_none(cell) && clean::damage(cell) != Some(Damage::ErrorCell))
            .filter_map(|cell| match scale::read(cell) {
                Entry::Words(text) if known.and_then(|known| known.read(&text)).is_none() => Some(text),
                _ => None,
            })
            .filter(|text| !of_settings.contains_key(&bare(text)) && !in_order.contains_key(&bare(text)))
            .collect();
        let graded = if order.is_none() { scale::numbered(&open) } else { None };
        let mut meanings = HashMap::new();
        let mut unknown: Vec<(&String, (usize, usize, usize))> = Vec::new();
        for (cell, at) in cells {
            let number = |text: &String| {
                let by_words = known.and_then(|known| known.read(text));
                let given = of_settings.get(&bare(text)).or_else(|| in_order.get(&bare(text))).copied();
                by_words.or(given).or_else(|| graded.as_ref()?.get(text).copied())
            };
            let meaning = if is_none(cell) {
                Meaning::Position(None)
            } else {
                match scale::read(cell) {
                    Entry::Nothing => Meaning::NotRead,
                    Entry::Number(position, beside) => {
                        if let Some(text) = beside {
                            self.issues[issue].words.insert(text, position);
                        }
                        Meaning::Position(Some(position))
                    }
                    Entry::Words(_) if clean::damage(cell) == Some(Damage::ErrorCell) => Meaning::Fault,
                    Entry::Words(text) => match number(&text) {
                        Some(position) => {
                            self.issues[issue].words.insert(text, position);
                            Meaning::Position(Some(position))
                        }
                        None => {
                            unknown.push((cell, *at));
                            Meaning::Fault
                        }
                    },
                }
            };
            let level = |position: Position| known.is_none_or(|known| known.level(position).is_some());
            let meaning = match meaning {
                Meaning::Position(Some(position)) if !level(position) => {
                    let source = &sources[at.0];
                    let what = format!("`{cell}` is not a level of `{}`", found.id);
                    let hint = format!(
                        "write one of its levels ({}), or add an [[issue.level]] to codebook.toml",
                        known.map_or_else(String::new, |known| known.level_list())
                    );
                    self.problems.push(source.grid.fault(at.1, at.2, what, hint));
                    Meaning::Fault
                }
                other => other,
            };
            if let Meaning::Position(Some(position)) = meaning {
                self.issues[issue].seen.insert(position);
            }
            meanings.insert(cell.clone(), meaning);
        }
        if let Some((_, at)) = unknown.first() {
            let texts: Vec<String> = unknown.iter().map(|(cell, _)| format!("`{cell}`")).collect();
            let shown = words::listed(texts.iter().take(8).map(String::as_str).collect::<Vec<_>>().into_iter());
            let rest = if texts.len() > 8 { format!(", … ({} in all)", texts.len()) } else { String::new() };
            let what = format!("the order of these levels of {} is not known: {shown}{rest}", found.name);
            let hint = match known {
                Some(known) => format!(
                    "write one of its levels ({}), or give the words numbers in import.toml",
                    known.level_list()
                ),
                None => format!(
                    "name all levels, the lowest first, with --levels \"{}=LOWEST,…,HIGHEST\"; name words that say nothing \
                     with --no-position \"WORD\"",
                    found.name
                ),
            };
            self.problems.push(sources[at.0].grid.fault(at.1, at.2, what, hint));
        }
        let several: BTreeSet<Position> = self.issues[issue].seen.clone();
        if several.len() == 1 && known.is_none() && several.first() == Some(&Position(0)) {
            self.issues[issue].seen.extend([Position(-1), Position(1)]);
        }
        meanings
    }

    fn rows(
        &mut self,
        place: usize,
        source: &Source,
        settings: &ImportSettings,
        codebook: Option<&Codebook>,
        meanings: &[HashMap<String, Meaning>],
    ) {
        let grid = &source.grid;
        let column = |name: &str| source.statement_column(name);
        let [id_column, date_column, speaker_column, text_column, precision_column] =
            ["id", "date", "speaker", "text", "date_precision"].map(column);
        let (days, rules) = match date_column.filter(|_| source.needs == Needs::Statements) {
            Some(date) => self.days(source, date, settings),
            None => (Vec::new(), DayRules { order: None, order_given: false, zone: None, from_1904: false }),
        };
        let mut speakers: HashMap<String, usize> = self.speakers.iter().cloned().zip(0..).collect();
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut keys: HashMap<u64, usize> = HashMap::new();
        for (number, item) in self.items.iter().enumerate() {
            known.insert(item.id.clone(), number);
        }
        let coder_column = source.column(&ColumnUse::Coder);
        let long = source.column(&ColumnUse::Issue).zip(source.column(&ColumnUse::Position));
        let position_columns: Vec<usize> = (0..source.columns.len())
            .filter(|column| matches!(source.columns[*column].usage, ColumnUse::PositionOn(_)))
            .collect();
        let issues_of_columns: Vec<usize> = position_columns
            .iter()
            .map(|column| self.issue(&issue_of(&source.columns[*column], settings), codebook))
            .collect();
        let mut issues_of_names: HashMap<String, usize> = HashMap::new();
        let mut coders: HashMap<String, usize> = HashMap::new();
        let (mut stripped, mut repeated, mut by_rules) = (0, 0, 0);
        for (nth, &row) in source.body.rows.iter().enumerate() {
            let before = self.problems.len();
            let fault = |problems: &mut Vec<Problem>, column: Option<usize>, what: String, hint: &str| {
                problems.push(grid.fault(row, column.unwrap_or(0), what, hint));
            };
            for (at, recognised) in
                source.columns.iter().enumerate().filter(|(_, known)| known.usage != ColumnUse::Ignore)
            {
                self.damaged(grid, row, at, &recognised.usage);
            }
            let id_cell = id_column.map_or(Cow::Borrowed(""), |column| source.text(row, column));
            let id_cell = if words::is_missing(&id_cell) { "" } else { &*id_cell };
            let mut date = None;
            let mut speaker = 0;
            let mut text = Cow::Borrowed("");
            if source.needs == Needs::Statements {
                text = text_column.map_or(Cow::Borrowed(""), |column| quotation(grid.cell(row, column)));
                let name = match speaker_column {
                    Some(column) => words::name(&cleaned(grid.cell(row, column))),
                    None => words::name(settings.speaker.as_deref().unwrap_or_default()),
                };
                for (what, column, empty) in [
                    ("text", text_column, words::is_missing(&text)),
                    ("speaker", speaker_column, words::is_missing(&name)),
                ] {
                    if empty && column.is_some_and(|column| grid.kind(row, column) != CellKind::Uncalculated) {
                        fault(
                            &mut self.problems,
                            column,
                            format!("the {what} is empty"),
                            "fill it in: every statement has a date, a speaker and a text",
                        );
                    }
                }
                stripped += usize::from(
                    text_column.is_some_and(|column| clean::without_outer_marks(grid.cell(row, column)).is_some()),
                );
                if let Some(column) = date_column {
                    match days[nth].meant(grid.cell(row, column), rules) {
                        Ok(mut found) => {
                            if precision_column
                                .is_some_and(|column| grid.cell(row, column).eq_ignore_ascii_case("month"))
                            {
                                found.precision = Precision::Month;
                            }
                            date = Some(found);
                        }
                        Err((what, hint)) => fault(&mut self.problems, Some(column), what, &hint),
                    }
                }
                let next = self.speakers.len();
                speaker = *speakers.entry(name.clone()).or_insert_with(|| {
                    self.speakers.push(name.clone());
                    next
                });
                for name in ["kind", "verified"] {
                    if let Some(column) = column(name)
                        && word_of(name, grid.cell(row, column)).is_none()
                    {
                        let hint = match name {
                            "kind" => "write `direct` for the speaker's own words, `indirect` for a paraphrase",
                            _ => "write `yes`, or `no` if it has not been checked against its source yet",
                        };
                        fault(
                            &mut self.problems,
                            Some(column),
                            format!("`{}` is not a value of the column {name}", grid.cell(row, column)),
                            hint,
                        );
                    }
                }
            } else if id_cell.is_empty() {
                fault(
                    &mut self.problems,
                    id_column,
                    "the id is empty".to_owned(),
                    "fill it in: without it, nothing says which statement is labelled",
                );
            }
            if self.problems[before..].iter().any(Problem::is_fault) {
                self.faulty.insert((place, row));
                continue;
            }
            // The statement: a new one, or one that an earlier row has.
            let key = words::hash(
                [
                    self.speakers.get(speaker).map_or("", String::as_str),
                    &date.map_or_else(String::new, |d| format!("{}{}", d.written, d.precision.word())),
                    &words::name(&text),
                    id_cell,
                ]
                .iter()
                .flat_map(|part| part.bytes().chain([0])),
            );
            let item = match keys.get(&key) {
                Some(&item) => {
                    if long.is_none() && coder_column.is_none() && source.needs == Needs::Statements {
                        repeated += 1;
                        let what = format!("the row repeats {}", grid.row_in_words(self.items[item].row));
                        let hint = "delete one of the 2 rows; the statement is taken once";
                        self.problems.push(grid.warning(row, text_column.unwrap_or(0), what, hint));
                    }
                    item
                }
                None => {
                    let id = match id_cell {
                        "" => made_id(&self.speakers[speaker], date.map(|date| date.written), &text),
                        given => given.to_owned(),
                    };
                    let id_given = !id_cell.is_empty();
                    if let Some(&other) = known.get(&id).filter(|_| id_given) {
                        let first = &self.items[other];
                        let what = format!(
                            "the id `{id}` is used twice: {} has it with other words",
                            grid.row_in_words(first.row)
                        );
                        let hint = "give each statement its own id, or leave the column of ids out with --map: ids are then made";
                        self.problems.push(grid.fault(row, id_column.unwrap_or(0), what, hint));
                        self.faulty.insert((place, row));
                        continue;
                    }
                    let number = self.items.len();
                    known.insert(id.clone(), number);
                    keys.insert(key, number);
                    self.items.push(Item { source: place, row, id, id_given, date, speaker });
                    number
                }
            };
            let coder = coder_column.map(|column| source.text(row, column)).filter(|name| !name.is_empty());
            let coder = coder.or_else(|| settings.coder.as_deref().map(Cow::Borrowed)).unwrap_or(Cow::Borrowed("me"));
            if worksheet::is_rules(&coder) {
                by_rules += 1;
                continue;
            }
            let coder = match coders.get(&*coder) {
                Some(&coder) => coder,
                None => {
                    let number = self.coder(&coder);
                    coders.insert(coder.into_owned(), number);
                    number
                }
            };
            let mark = |harvest: &mut Harvest, issue: usize, column: usize| match meanings[issue]
                .get(grid.cell(row, column))
                .copied()
            {
                Some(Meaning::Position(position)) => {
                    harvest.marks.push(MarkOfSheet { item, issue, coder, position, row })
                }
                Some(Meaning::Fault) => {
                    harvest.faulty.insert((place, row));
                }
                Some(Meaning::NotRead) => {}
                None => {
                    let what = format!("`{}` is not a position", grid.cell(row, column));
                    let hint = "the column has more different cells than a scale has levels; if it is not a column of positions, say so with --map \"COLUMN=keep\"";
                    harvest.problems.push(grid.fault(row, column, what, hint));
                    harvest.faulty.insert((place, row));
                }
            };
            let unchanged = worksheet::is_unchanged(grid, &source.columns, row);
            if let Some((issue_column, position_column)) = long.filter(|_| !unchanged) {
                let name = grid.cell(row, issue_column);
                if !name.is_empty() {
                    let issue = match issues_of_names.get(name) {
                        Some(&issue) => issue,
                        None => {
                            let issue = self.issue(name, codebook);
                            issues_of_names.insert(name.to_owned(), issue);
                            issue
                        }
                    };
                    mark(self, issue, position_column);
                }
            }
            for (column, issue) in position_columns.iter().zip(&issues_of_columns) {
                mark(self, *issue, *column);
            }
        }
        if stripped > 0 {
            self.notes.push(format!(
                "the quotation marks around {} were taken off; charts put their own",
                many(stripped, "quotation")
            ));
        }
        if by_rules > 0 {
            self.notes.push(format!("{} by rules left out: rules are applied anew each time", many(by_rules, "label")));
        }
        if repeated > 0 {
            self.notes.push(format!("{} repeat an earlier row, and are taken once", many(repeated, "row")));
        }
    }

    /// Warns of a damaged cell, or reports it as a fault if the column is needed.
    fn damaged(&mut self, grid: &Grid, row: usize, column: usize, usage: &ColumnUse) {
        let cell = grid.cell(row, column);
        let needed = matches!(
            usage,
            ColumnUse::Statement("id" | "date" | "speaker" | "text")
                | ColumnUse::Position
                | ColumnUse::PositionOn(_)
                | ColumnUse::Issue
        );
        if grid.kind(row, column) == CellKind::Uncalculated {
            let hint = "open the workbook in a spreadsheet and save it, so that it stores the values of its formulas";
            let problem = grid.fault(row, column, "the formula has no stored value", hint);
            self.problems.push(if needed {
                problem
            } else {
                Problem { severity: crate::error::Severity::Warning, ..problem }
            });
            return;
        }
        if cell.is_ascii()
            && !cell.starts_with('#')
            && !cell.contains(['E', 'e'])
            && !matches!(usage, ColumnUse::Statement("id"))
        {
            return;
        }
        let long_number = matches!(usage, ColumnUse::Statement("id"))
            && grid.kind(row, column) == CellKind::Number
            && cell.len() >= 16;
        let damage = if long_number { Some(Damage::Rounded) } else { clean::damage(cell) };
        match damage {
            Some(Damage::Rounded) if !matches!(usage, ColumnUse::Statement("id")) => {}
            Some(damage) => {
                let (what, hint) = damage.in_words();
                let what = format!("`{}` {what}", words::shortened(cell, 60));
                let problem = match damage {
                    Damage::ErrorCell if needed => grid.fault(row, column, what, hint),
                    _ => grid.warning(row, column, what, hint),
                };
                self.problems.push(problem);
            }
            None => {}
        }
    }

    /// Reads a column of dates, and decides as a whole whether the day or the month comes first.
    fn days(&mut self, source: &Source, column: usize, settings: &ImportSettings) -> (Vec<WrittenDay>, DayRules) {
        let grid = &source.grid;
        let rows = &source.body.rows;
        let days: Vec<WrittenDay> = rows.iter().map(|row| day::read(grid.cell(*row, column))).collect();
        let from_1904 = matches!(grid.places, GridPlaces::Workbook { from_1904: true, .. });
        let mut rules = DayRules {
            order: settings.date_order,
            order_given: settings.date_order.is_some(),
            zone: settings.time_zone,
            from_1904,
        };
        let cell = |nth: usize| grid.cell(rows[nth], column);
        if rules.order.is_none() {
            let first = |order: DateOrder| days.iter().position(|day| day.proves() == Some(order));
            let open = days.iter().position(|day| day.is_open());
            match (first(DateOrder::DayFirst), first(DateOrder::MonthFirst), open) {
                (Some(days_first), Some(months_first), Some(open)) => {
                    let what = format!(
                        "the dates are in 2 orders, so `{}` may be 2 days: `{}` has the day first, `{}` the month",
                        cell(open),
                        cell(days_first),
                        cell(months_first)
                    );
                    let hint = "write the dates in one order, or as 2025-08-15";
                    self.problems.push(grid.fault(rows[open], column, what, hint));
                    self.blocked = true;
                }
                (Some(_), None, _) => rules.order = Some(DateOrder::DayFirst),
                (None, Some(_), _) => rules.order = Some(DateOrder::MonthFirst),
                (None, None, Some(open)) => {
                    let read = |order| {
                        let read = days[open].meant(cell(open), DayRules { order: Some(order), ..rules });
                        read.map_or_else(|(what, _)| what, |date| words::day(date.written))
                    };
                    let (day_first, month_first) = (read(DateOrder::DayFirst), read(DateOrder::MonthFirst));
                    let what = format!(
                        "`{}` may be {day_first} or {month_first}, and no other date of the column decides",
                        cell(open)
                    );
                    let hint =
                        format!("say which with --date-order dmy ({day_first}) or --date-order mdy ({month_first})");
                    self.problems.push(grid.fault(rows[open], column, what, hint));
                    self.blocked = true;
                }
                _ => {}
            }
        }
        if days.iter().any(|day| matches!(day, WrittenDay::Open { .. } | WrittenDay::ShortYear { .. })) {
            self.date_order = self.date_order.or(rules.order);
            if let Some(order) = rules.order.filter(|_| !rules.order_given) {
                let order = if order == DateOrder::DayFirst { "day" } else { "month" };
                self.notes.push(format!("dates are read with the {order} first, as the column shows"));
            }
        }
        let serials = days.iter().filter(|day| matches!(day, WrittenDay::Serial(_))).count();
        if serials > 0 {
            let system = if from_1904 { 1904 } else { 1900 };
            self.notes.push(format!(
                "{} are numbers of days, counted from {system} as spreadsheets do",
                many(serials, "date")
            ));
        }
        let utc = days.iter().filter(|day| matches!(day, WrittenDay::Moment { utc: true, .. })).count();
        if utc > 0 && rules.zone.is_none() {
            self.notes.push(format!(
                "{} have a time in UTC, and are taken by the day in UTC; --time-zone Europe/Kyiv takes the day there",
                many(utc, "date")
            ));
        }
        self.dates_that_excel_turned(grid, rows, column, &days);
        (days, rules)
    }

    /// A spreadsheet that reads the month first makes dates of 05/08, and leaves 13/08 as text.
    fn dates_that_excel_turned(&mut self, grid: &Grid, rows: &[usize], column: usize, days: &[WrittenDay]) {
        let is_date = |nth: &usize| grid.kind(rows[*nth], column) == CellKind::Date;
        let (typed, texts): (Vec<usize>, Vec<usize>) = (0..days.len()).partition(is_date);
        let early = |nth: &usize| {
            grid.cell(rows[*nth], column)
                .get(8..10)
                .and_then(|day| day.parse::<u32>().ok())
                .is_some_and(|day| day <= 12)
        };
        let late = |nth: &usize| days[*nth].proves().is_some();
        let open = texts.iter().filter(|nth| matches!(days[**nth], WrittenDay::Open { .. })).count();
        if typed.len() >= 3
            && open >= 3
            && typed.iter().all(early)
            && texts.iter().filter(|nth| matches!(days[**nth], WrittenDay::Open { .. })).all(late)
        {
            let what = format!(
                "a spreadsheet may have swapped day and month in {}: all its true dates have a day up to 12, and all its dates as text have one above",
                many(typed.len(), "date")
            );
            self.problems.push(grid.warning(
                rows[typed[0]],
                column,
                what,
                "compare a few of the true dates with their sources",
            ));
        }
    }

    /// Numbers the ids that are made and are the same although the statements differ. The order of rows does not matter.
    fn number_collisions(&mut self, sources: &[Source]) {
        let mut first: HashMap<&str, usize> = HashMap::with_capacity(self.items.len());
        let mut same: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (number, item) in self.items.iter().enumerate() {
            match first.get(item.id.as_str()) {
                None => drop(first.insert(&item.id, number)),
                Some(other) => same.entry(item.id.clone()).or_insert_with(|| vec![*other]).push(number),
            }
        }
        for (id, mut items) in same {
            items.sort_by_key(|number| {
                let item = &self.items[*number];
                let source = &sources[item.source];
                let text = source
                    .statement_column("text")
                    .map_or_else(String::new, |column| quotation(source.grid.cell(item.row, column)).into_owned());
                (!item.id_given, self.speakers[item.speaker].clone(), text)
            });
            for (nth, number) in items.into_iter().enumerate().skip(1) {
                self.items[number].id = format!("{id}-{}", nth + 1);
            }
        }
    }

    /// Drops labels that are there twice, and reports those that differ.
    fn one_label_each(&mut self, sources: &[Source]) {
        let mut seen: HashMap<(usize, usize, usize), MarkOfSheet> = HashMap::with_capacity(self.marks.len());
        let mut kept = Vec::with_capacity(self.marks.len());
        for mark in std::mem::take(&mut self.marks) {
            match seen.get(&(mark.item, mark.issue, mark.coder)) {
                None => {
                    seen.insert((mark.item, mark.issue, mark.coder), mark);
                    kept.push(mark);
                }
                Some(first) if first.position == mark.position => {}
                Some(first) => {
                    let item = &self.items[mark.item];
                    let source = &sources[item.source];
                    let shown = |position: Option<Position>| {
                        position.map_or("none".to_owned(), |position| position.to_string())
                    };
                    let what = format!(
                        "{} gives {} on `{}`, and {} gives {}",
                        source.grid.row_in_words(mark.row),
                        shown(mark.position),
                        self.issues[mark.issue].id,
                        source.grid.row_in_words(first.row),
                        shown(first.position)
                    );
                    let hint = "keep one of the 2 rows; if 2 people labelled, name them in a column `coder`";
                    let column = source.statement_column("text").or(source.statement_column("id")).unwrap_or(0);
                    self.problems.push(source.grid.fault(mark.row, column, what, hint));
                    self.faulty.insert((item.source, mark.row));
                }
            }
        }
        self.marks = kept;
    }

    /// Warns of speakers with nearly the same name, at the first row of the rarer.
    fn speakers_alike(&mut self, sources: &[Source]) {
        let mut counts: BTreeMap<&str, (usize, (usize, usize))> = BTreeMap::new();
        for item in self.items.iter().filter(|item| item.date.is_some()) {
            counts.entry(&self.speakers[item.speaker]).or_insert((0, (item.source, item.row))).0 += 1;
        }
        let names: Vec<&str> = counts.keys().copied().collect();
        let mut problems = Vec::new();
        for (one, other) in crate::corpus::alike(&names) {
            let (rare, usual) = if counts[one].0 < counts[other].0 { (one, other) } else { (other, one) };
            let (source, row) = counts[rare].1;
            let what = format!(
                "2 speakers have nearly the same name: `{rare}` with {} and `{usual}` with {}",
                many(counts[rare].0, "statement"),
                many(counts[usual].0, "statement")
            );
            let hint = "write the name in one way if they are one person";
            let column = sources[source].statement_column("speaker").unwrap_or(0);
            problems.push(sources[source].grid.warning(row, column, what, hint));
        }
        self.problems.extend(problems);
    }

    /// The place of a coder. The name becomes the name of a file.
    fn coder(&mut self, name: &str) -> usize {
        let plain: String = words::plain(name)
            .chars()
            .map(|c| if c.is_alphanumeric() || " -_.".contains(c) { c } else { '-' })
            .collect();
        let plain = plain.trim_matches(['.', ' ']).to_owned();
        let plain = if plain.is_empty() { "me".to_owned() } else { plain };
        if let Some(place) = self.coders.iter().position(|coder| coder.to_lowercase() == plain.to_lowercase()) {
            return place;
        }
        self.coders.push(plain);
        self.coders.len() - 1
    }
}

/// The word of the corpus for a cell of the column `kind` or `verified`. An empty cell stays empty.
pub fn word_of(column: &str, cell: &str) -> Option<&'static str> {
    let cell = cell.to_lowercase();
    if words::is_missing(&cell) {
        return Some("");
    }
    let has = |names: &[&str]| names.contains(&cell.as_str());
    if column == "kind" {
        return if has(&[
            "direct",
            "quote",
            "quotation",
            "direct quote",
            "verbatim",
            "direkt",
            "zitat",
            "wörtlich",
            "directe",
            "directa",
            "пряма",
            "прямая",
        ]) {
            Some("direct")
        } else if has(&[
            "indirect",
            "paraphrase",
            "reported",
            "indirect quote",
            "indirekt",
            "paraphrasiert",
            "indirecte",
            "indirecta",
            "непряма",
            "косвенная",
        ]) {
            Some("indirect")
        } else {
            None
        };
    }
    if has(&[
        "yes", "true", "1", "y", "x", "✓", "ja", "wahr", "oui", "vrai", "sí", "si", "так", "да", "tak", "verified",
    ]) {
        Some("yes")
    } else if has(&["no", "false", "0", "n", "nein", "falsch", "non", "faux", "ні", "нет", "nie"]) {
        Some("no")
    } else if has(&["rejected"]) {
        Some("rejected")
    } else {
        None
    }
}

/// An id that the same statement always gets: the speaker's last name, the day, and a hash of speaker, day and words.
pub fn made_id(speaker: &str, date: Option<NaiveDate>, text: &str) -> String {
    let last: String = speaker
        .rsplit(' ')
        .next()
        .unwrap_or(speaker)
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .take(20)
        .collect();
    let last = if last.is_empty() { "speaker".to_owned() } else { last };
    let date = date.map_or_else(String::new, |date| date.to_string());
    let hash = words::fingerprint([speaker, date.as_str(), words::name(text).as_str()].into_iter());
    format!("{last}-{date}-{hash}")
}
