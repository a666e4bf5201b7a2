//! The rows of a sheet, one by one: each is a statement, and has labels.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::codebook::{Codebook, Position};
use crate::date::{Precision, StatementDate};
use crate::error::Problem;
use crate::import::choice::word_of;
use crate::import::clean;
use crate::import::column::{ColumnUse, DEFAULT_CODER};
use crate::import::day::{DayRules, WrittenDay};
use crate::import::grid::{CellKind, Grid};
use crate::import::harvest::cell::{cleaned, made_id, quotation};
use crate::import::harvest::name::issue_of;
use crate::import::harvest::{CellMeaning, Harvest, Item, MarkOfSheet, NumbersFrom, Source, people};
use crate::import::own::OwnTable;
use crate::import::recognise::Needs;
use crate::import::scale::{self, Entry};
use crate::import::settings::ImportSettings;
use crate::import::worksheet;
use crate::words::{self, many};

/// What is needed to read the rows of one sheet.
struct RowReader<'s> {
    /// Which of the sheets.
    place: usize,
    source: &'s Source,
    sources: &'s [Source],
    settings: &'s ImportSettings,
    codebook: Option<&'s Codebook>,
    id: Option<usize>,
    date: Option<usize>,
    speaker: Option<usize>,
    text: Option<usize>,
    precision: Option<usize>,
    coder: Option<usize>,
    /// The columns of the issue and the position, if each row is a label.
    long: Option<(usize, usize)>,
    /// The columns of positions, each with its issue, unless each row names it, and its coder.
    wide: Vec<(usize, Option<usize>, Option<usize>)>,
    days: Vec<WrittenDay>,
    rules: DayRules,
    speakers: HashMap<String, usize>,
    /// The statements by their ids.
    by_id: HashMap<String, usize>,
    issues: HashMap<String, usize>,
    coders: HashMap<String, usize>,
    stripped: usize,
    repeated: usize,
    of_rules: usize,
    /// Names that are probably none, or several: each with its first row, its column and the number of its rows.
    unclear: HashMap<String, (usize, usize, usize)>,
    /// Whether a label may have no coder of its own, because its column names none.
    default_coder_counts: bool,
}

/// What a row says about its statement.
struct RowStatement<'r> {
    id: Cow<'r, str>,
    date: Option<StatementDate>,
    speaker: usize,
    text: Cow<'r, str>,
}

impl Harvest {
    /// Reads the rows of a sheet.
    pub fn rows(&mut self, place: usize, sources: &[Source], settings: &ImportSettings, codebook: Option<&Codebook>) {
        let source = &sources[place];
        let mut reader = self.reader(place, sources, settings, codebook);
        for (nth, &row) in source.body.rows.iter().enumerate() {
            let before = self.problems.len();
            if let Some(torn) = source.torn.get(&row) {
                self.problems.push(torn.clone());
                self.faulty.insert((place, row));
                continue;
            }
            for (at, known) in source.columns.iter().enumerate().filter(|(_, known)| known.usage != ColumnUse::Ignore) {
                self.damaged(&source.grid, row, at, &known.usage);
            }
            let statement = reader.statement(self, nth, row);
            if self.problems[before..].iter().any(Problem::is_fault) {
                self.faulty.insert((place, row));
                continue;
            }
            let Some(item) = reader.item(self, row, statement) else { continue };
            let (was_open, marks) = (self.coder_is_open.contains(&place), self.marks.len());
            match reader.coder(self, row) {
                Some(coder) => reader.labels(self, row, item, coder),
                None => reader.of_rules += 1,
            }
            // Who labelled is open only if something was labelled.
            if !was_open && self.marks.len() == marks {
                self.coder_is_open.remove(&place);
            }
        }
        let (stripped, repeated, of_rules) = (reader.stripped, reader.repeated, reader.of_rules);
        let mut unclear: Vec<(String, (usize, usize, usize))> = reader.unclear.into_iter().collect();
        unclear.sort_by_key(|(_, (row, ..))| *row);
        self.problems.extend(unclear.iter().map(|(name, place)| unclear_name(&source.grid, name, *place)));
        if of_rules > 0 {
            self.notes.push(format!("{} by rules left out: rules label here again", many(of_rules, "label")));
        }
        if stripped > 0 {
            self.notes.push(format!(
                "the quotation marks around {} were taken off; charts put their own",
                many(stripped, "quotation")
            ));
        }
        if repeated > 0 {
            let verbs = if repeated == 1 { ["repeats", "is"] } else { ["repeat", "are"] };
            let [repeat, are] = verbs;
            self.notes.push(format!("{} {repeat} an earlier row, and {are} taken once", many(repeated, "row")));
        }
    }

    fn reader<'s>(
        &mut self,
        place: usize,
        sources: &'s [Source],
        settings: &'s ImportSettings,
        codebook: Option<&'s Codebook>,
    ) -> RowReader<'s> {
        let source = &sources[place];
        let column = |name: &str| source.statement_column(name);
        let (days, rules) = match column("date").filter(|_| source.needs == Needs::Statements) {
            Some(date) => self.days((place, source), date, settings),
            None => (Vec::new(), DayRules::default()),
        };
        let wide = (0..source.columns.len())
            .filter(|column| source.columns[*column].usage.is_wide())
            .map(|column| {
                let coder = match &source.columns[column].usage {
                    ColumnUse::PositionBy { coder, .. } => Some(self.coder(coder)),
                    _ => None,
                };
                let issue = match source.issue_of_row(column) {
                    Some(_) => None,
                    None => Some(self.issue(&issue_of(&source.columns[column], &source.answers), codebook)),
                };
                (column, issue, coder)
            })
            .collect::<Vec<_>>();
        let long = source.column(&ColumnUse::Issue).zip(source.column(&ColumnUse::Position));
        let default_coder_counts = long.is_some() || wide.iter().any(|(.., coder)| coder.is_none());
        RowReader {
            place,
            source,
            sources,
            settings,
            codebook,
            id: column("id"),
            date: column("date"),
            speaker: column("speaker"),
            text: column("text"),
            precision: column("date_precision"),
            coder: source.column(&ColumnUse::Coder),
            long,
            default_coder_counts,
            wide,
            days,
            rules,
            speakers: self.speakers.iter().cloned().zip(0..).collect(),
            by_id: self.items.iter().enumerate().map(|(number, item)| (item.id.clone(), number)).collect(),
            issues: HashMap::new(),
            coders: HashMap::new(),
            stripped: 0,
            repeated: 0,
            of_rules: 0,
            unclear: HashMap::new(),
        }
    }
}

/// The warning of a name that is probably none, or several, at its first row.
fn unclear_name(grid: &Grid, name: &str, (row, column, count): (usize, usize, usize)) -> Problem {
    let (what, hint) = match people::is_nobody(name) {
        true => (
            format!("the speaker is `{name}`, as if it were a name"),
            "write the name if it is known; statements of nobody in particular show no shift of anybody",
        ),
        false => (
            format!("`{name}` may be several speakers, and is taken as one"),
            "give each speaker a row, if each of them said it",
        ),
    };
    let rows = if count > 1 { format!(", in {}", many(count, "row")) } else { String::new() };
    grid.warning(row, column, what + &rows, hint)
}

/// The fault of a level that a person has changed, and not the position beside it.
pub fn level_alone(source: &Source, row: usize, column: usize, position: usize) -> Problem {
    let (words, written) = (source.grid.cell(row, column), source.grid.cell(row, position));
    let what = format!("the level is `{words}`, and the position beside it is `{written}`");
    let hint = "change the position, which counts; if the codebook has other words for it now: --map \"level=ignore\"";
    source.grid.fault(row, column, what, hint)
}

/// The words of a statement, as they are compared.
fn text_of(sources: &[Source], item: &Item) -> Option<String> {
    let source = &sources[item.source];
    let column = source.statement_column("text")?;
    Some(words::name(&quotation(source.grid.cell(item.row, column))))
}

impl<'s> RowReader<'s> {
    fn grid(&self) -> &'s Grid {
        &self.source.grid
    }

    fn fault(&self, harvest: &mut Harvest, row: usize, column: Option<usize>, what: String, hint: &str) {
        harvest.problems.push(self.grid().fault(row, column.unwrap_or(0), what, hint));
    }

    /// What a row says about its statement. Faults are added to the harvest.
    fn statement(&mut self, harvest: &mut Harvest, nth: usize, row: usize) -> RowStatement<'s> {
        let grid = self.grid();
        let id = self.id.map_or(Cow::Borrowed(""), |column| self.source.text(row, column));
        let id = if words::is_missing(&id) { Cow::Borrowed("") } else { id };
        let text = self.text.map_or(Cow::Borrowed(""), |column| quotation(grid.cell(row, column)));
        match self.source.needs {
            Needs::Statements => {}
            Needs::LabelsByText if !text.is_empty() => {
                return RowStatement { id: Cow::Borrowed(""), date: None, speaker: self.nobody(harvest), text };
            }
            _ if id.is_empty() => {
                let hint = "fill it in: without it, nothing says which statement is labelled";
                let what = if self.id.is_some() { "the id is empty" } else { "the text is empty" };
                self.fault(harvest, row, self.id.or(self.text), what.to_owned(), hint);
                return RowStatement { id, date: None, speaker: 0, text };
            }
            _ => return RowStatement { id, date: None, speaker: self.nobody(harvest), text: Cow::Borrowed("") },
        }
        let name = match self.speaker {
            Some(column) => words::name(&cleaned(grid.cell(row, column))),
            None => words::name(self.source.answers.speaker.as_deref().unwrap_or_default()),
        };
        for (what, column, empty) in
            [("text", self.text, words::is_missing(&text)), ("speaker", self.speaker, words::is_missing(&name))]
        {
            if empty && column.is_some_and(|column| grid.kind(row, column) != CellKind::Uncalculated) {
                let hint = "fill it in: every statement has a date, a speaker and a text";
                self.fault(harvest, row, column, format!("the {what} is empty"), hint);
            }
        }
        if let Some(column) = self.speaker.filter(|_| !words::is_missing(&name)) {
            self.nameless(harvest, row, column, &name);
        }
        const LONGEST_NAME: usize = 200;
        let letters = name.chars().count();
        if letters > LONGEST_NAME {
            let what = format!("the speaker is {letters} characters long: `{}`", words::shortened(&name, 60));
            let hint = "write the name alone; if the cell holds a quotation, a cell may be missing in the row";
            self.fault(harvest, row, self.speaker, what, hint);
        }
        let date = self.day(harvest, nth, row);
        for name in ["kind", "verified"] {
            if let Some(column) = self.source.statement_column(name)
                && word_of(name, grid.cell(row, column)).is_none()
            {
                let hint = match name {
                    "kind" => "write `direct` for the speaker's own words, `indirect` for a paraphrase",
                    _ => "write `yes`, or `no` if it has not been checked against its source yet",
                };
                let what = format!("`{}` is not a value of the column {name}", grid.cell(row, column));
                self.fault(harvest, row, Some(column), what, hint);
            }
        }
        let next = harvest.speakers.len();
        let speaker = *self.speakers.entry(name).or_insert_with_key(|name| {
            harvest.speakers.push(name.clone());
            next
        });
        RowStatement { id, date, speaker, text }
    }

    /// What stands in the place of a name: marks for the name above, and words for nobody.
    fn nameless(&mut self, harvest: &mut Harvest, row: usize, column: usize, name: &str) {
        if people::is_ditto(name) {
            let what = format!("`{name}` stands for the name in a row above");
            let hint = "write the name in each row: in a spreadsheet, fill it down";
            self.fault(harvest, row, Some(column), what, hint);
        } else if people::is_nobody(name) || people::are_several(name) {
            self.unclear.entry(name.to_owned()).or_insert((row, column, 0)).2 += 1;
        }
    }

    /// The place of a speaker without a name, for labels of statements that the corpus has.
    fn nobody(&mut self, harvest: &mut Harvest) -> usize {
        let next = harvest.speakers.len();
        *self.speakers.entry(String::new()).or_insert_with(|| {
            harvest.speakers.push(String::new());
            next
        })
    }

    fn day(&self, harvest: &mut Harvest, nth: usize, row: usize) -> Option<StatementDate> {
        let Some(column) = self.date else { return self.settings.date };
        let grid = self.grid();
        match self.days[nth].meant(grid.cell(row, column), self.rules) {
            Ok(mut found) => {
                let written = self.precision.map_or("", |column| grid.cell(row, column)).trim().to_lowercase();
                found.precision = found.precision.max(Precision::read(&written).unwrap_or(Precision::Day));
                Some(found)
            }
            Err((what, hint)) => {
                self.fault(harvest, row, Some(column), what, &hint);
                None
            }
        }
    }

    /// The statement of a row: a new one, or one that an earlier row has. `None` if there was a fault.
    fn item(&mut self, harvest: &mut Harvest, row: usize, said: RowStatement<'_>) -> Option<usize> {
        let day = said.date.map_or_else(String::new, |date| format!("{}{}", date.written, date.precision.word()));
        let speaker = harvest.speakers.get(said.speaker).map_or("", String::as_str);
        let text = words::name(&said.text);
        let parts = [speaker, &day, &text, &said.id];
        let key = words::hash(parts.iter().flat_map(|part| part.bytes().chain([0])));
        // The labels of a workbook that Stance wrote stand beside its statements, and repeat only a part of them.
        if let Some(&item) = self.by_id.get(&*said.id).filter(|_| self.source.own == Some(OwnTable::Labels)) {
            let first = &harvest.items[item];
            let other = text_of(self.sources, first);
            if harvest.speakers.get(first.speaker).is_none_or(|known| known == speaker)
                && other.is_none_or(|other| other == text)
            {
                return Some(item);
            }
        }
        if let Some(&item) = harvest.by_content.get(&key) {
            // Several rows of a label each are one statement, and so is a row in the sheets of 2 coders.
            let here = harvest.items[item].source == self.place;
            if here && self.long.is_none() && self.coder.is_none() && self.source.needs == Needs::Statements {
                self.repeated += 1;
                let what = format!("the row repeats {}", self.grid().row_in_words(harvest.items[item].row));
                let hint = "delete one of the 2 rows; the statement is taken once";
                harvest.problems.push(self.grid().warning(row, self.text.unwrap_or(0), what, hint));
            }
            return Some(item);
        }
        let id_given = !said.id.is_empty();
        let id = match id_given {
            true => said.id.into_owned(),
            false => made_id(speaker, said.date.map(|date| date.written), &said.text),
        };
        if let Some(&other) = self.by_id.get(&id).filter(|_| id_given) {
            let first = &harvest.items[other];
            let what =
                format!("the id `{id}` is used twice: {} has it with other words", self.grid().row_in_words(first.row));
            let hint = match self.id {
                Some(column) => format!(
                    "give each statement its own id; or say that the column is none, and ids are made: --map \"{}=keep\"",
                    self.source.columns[column].header
                ),
                None => "give each statement its own id".to_owned(),
            };
            self.fault(harvest, row, self.id, what, &hint);
            harvest.faulty.insert((self.place, row));
            return None;
        }
        let marked = |column| clean::without_outer_marks(self.grid().cell(row, column)).is_some();
        self.stripped += usize::from(self.text.is_some_and(marked));
        let number = harvest.items.len();
        if id_given {
            self.by_id.insert(id.clone(), number);
        }
        harvest.by_content.insert(key, number);
        let (date, speaker) = (said.date, said.speaker);
        harvest.items.push(Item { source: self.place, row, id, id_given, date, speaker });
        Some(number)
    }

    /// Who labelled in a row. `None` if it was rules, as Stance names them in its exports.
    fn coder(&mut self, harvest: &mut Harvest, row: usize) -> Option<usize> {
        let named = self.coder.map(|column| self.source.text(row, column)).filter(|name| !name.is_empty());
        let named = named.or_else(|| self.grid().coder.as_deref().map(Cow::Borrowed));
        if named.is_none() && self.default_coder_counts {
            harvest.coder_is_open.insert(self.place);
        }
        let named = named
            .or_else(|| self.source.answers.coder.as_deref().map(Cow::Borrowed))
            .unwrap_or(Cow::Borrowed(DEFAULT_CODER));
        if worksheet::is_rules(&named) {
            return None;
        }
        Some(match self.coders.get(&*named) {
            Some(&coder) => coder,
            None => {
                let number = harvest.coder(&named);
                self.coders.insert(named.into_owned(), number);
                number
            }
        })
    }

    /// The labels of a row.
    fn labels(&mut self, harvest: &mut Harvest, row: usize, item: usize, coder: usize) {
        let source = self.source;
        let unchanged = source.needs == Needs::Labels && worksheet::is_unchanged(&source.grid, &source.columns, row);
        if let Some((issue_column, position)) = self.long {
            let name = source.grid.cell(row, issue_column);
            if !name.is_empty() {
                let issue = self.issue_named(harvest, name);
                // Of the export of `stance label`, a person changes the position alone.
                let counted = source.needs == Needs::Labels && source.own == Some(OwnTable::Counted);
                let is_contradicted = (unchanged || !counted) && !self.is_one_level(harvest, row, position, issue);
                if unchanged && is_contradicted {
                    let column = source.column(&ColumnUse::PositionInWords).unwrap_or(position);
                    harvest.problems.push(level_alone(source, row, column, position));
                    harvest.faulty.insert((self.place, row));
                } else if !unchanged {
                    self.label(harvest, (row, position), item, issue, (coder, is_contradicted));
                }
            }
        }
        let wide = std::mem::take(&mut self.wide);
        for &(column, issue, by) in &wide {
            let of_row = || {
                let name = source.grid.cell(row, source.issue_of_row(column)?);
                (!name.is_empty()).then_some(name)
            };
            let issue = issue.or_else(|| of_row().map(|name| self.issue_named(harvest, name)));
            if let Some(issue) = issue {
                self.label(harvest, (row, column), item, issue, (by.unwrap_or(coder), false));
            }
        }
        self.wide = wide;
    }

    /// The issue that a row names.
    fn issue_named(&mut self, harvest: &mut Harvest, name: &'s str) -> usize {
        if let Some(&issue) = self.issues.get(name) {
            return issue;
        }
        let issue = harvest.issue(name, self.codebook);
        self.issues.insert(name.to_owned(), issue);
        issue
    }

    /// Whether the words of a level, in an export of Stance, are those of the number beside them. Otherwise a person has
    /// changed one of the two, and `merge` finds out which.
    fn is_one_level(&self, harvest: &Harvest, row: usize, position: usize, issue: usize) -> bool {
        let grid = self.grid();
        let Some(column) = self.source.own.and_then(|_| self.source.column(&ColumnUse::PositionInWords)) else {
            return true;
        };
        let (written, words) = (grid.cell(row, position), grid.cell(row, column));
        let number = scale::number(written);
        let found = &harvest.issues[issue];
        let known = self.codebook.and_then(|codebook| codebook.find(&found.id).map(|index| codebook.issue(index)));
        let known = known.and_then(|known| known.level(number?));
        let is = |level: &str| level.trim().to_lowercase() == words.trim().to_lowercase();
        if known.is_some_and(|level| is(&level.words)) {
            return true;
        }
        // The codebook of a workbook may call a level by another number, or `no position`.
        let is_other = Position::read(words).is_some() || scale::is_no_position(words);
        let is_of_book = || found.words.iter().any(|(known, (position, _))| is(known) && Some(*position) == number);
        if found.numbers == NumbersFrom::Codebook && is_other && is_of_book() {
            return true;
        }
        match (scale::read(words), Position::read(words), number) {
            (Entry::Nothing, ..) => true,
            (_, Some(level), number) => number == Some(level),
            _ if scale::is_no_position(words) => number.is_none(),
            // The words of a corpus that is begun here are those that most rows have.
            (.., Some(number)) => {
                let usual = found.words.iter().filter(|(_, (position, _))| *position == number);
                known.is_none() && usual.max_by_key(|(_, (_, count))| *count).is_none_or(|(usual, _)| is(usual))
            }
            (.., None) => true,
        }
    }

    fn label(
        &self,
        harvest: &mut Harvest,
        (row, column): (usize, usize),
        item: usize,
        issue: usize,
        (coder, is_contradicted): (usize, bool),
    ) {
        let cell = self.grid().cell(row, column);
        match harvest.meanings.get(issue).and_then(|meanings| meanings.get(cell)).copied() {
            Some(CellMeaning::Position(position)) => {
                harvest.marks.push(MarkOfSheet {
                    item,
                    issue,
                    coder,
                    position,
                    is_contradicted,
                    source: self.place,
                    row,
                });
            }
            Some(CellMeaning::Fault) => {
                harvest.faulty.insert((self.place, row));
            }
            Some(CellMeaning::NotRead) => {}
            None => {
                let hint = format!(
                    "the column has more different cells than a scale has levels; if it is not a column of positions: --map \"{}=keep\"",
                    self.source.columns[column].header
                );
                self.fault(harvest, row, Some(column), format!("`{cell}` is not a position"), &hint);
                harvest.faulty.insert((self.place, row));
            }
        }
    }
}
