//! Puts what sheets hold into the files of a corpus. What is there stays, except for what a sheet has changed.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::codebook::{Codebook, Issue, Position};
use crate::error::{Problem, Result};
use crate::file::corpus_files::LABELS;
use crate::file::splice::Records;
use crate::file::table::{self, Dialect};
use crate::import::column::ColumnUse;
use crate::import::differ;
use crate::import::harvest::cell::{quotation, word_of};
use crate::import::harvest::{Harvest, Item, MarkOfSheet, Source, row};
use crate::import::recognise::Needs;
use crate::import::scale;
use crate::statement::{COLUMNS, Statement, Statements};
use crate::words::{self, many};

/// A file of a corpus with its new text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedFile {
    /// Its path within the corpus.
    pub name: PathBuf,
    /// What it had; `None` if it is new.
    pub before: Option<String>,
    /// What it gets.
    pub after: String,
}

/// What an import adds and changes.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Additions {
    /// New statements.
    pub statements: usize,
    /// Statements that the corpus has already.
    pub known: usize,
    /// Statements that the sheet has changed, each with what was changed.
    pub changed: Vec<String>,
    /// The ids of statements of the corpus that no row of the sheets has.
    pub only_in_corpus: Vec<String>,
    /// New issues, if there is nothing else: a codebook alone.
    pub issues: usize,
    /// New levels of issues that the codebook has.
    pub levels: usize,
    /// New rules.
    pub rules: usize,
    /// New labels.
    pub labels: usize,
    /// Labels that the sheet has changed, each with what was changed.
    pub relabelled: Vec<String>,
    /// Labels of the corpus whose cell in the sheet is empty now.
    pub labels_only_in_corpus: usize,
}

/// The statements file of a corpus as it is.
#[derive(Debug)]
pub struct Present {
    /// Its text.
    pub text: String,
    /// Its statements.
    pub statements: Statements,
}

/// The columns that the sheets fill, in the order of a statements file, then those that are kept.
pub struct OutColumns {
    names: Vec<String>,
    /// For each source, the column of its grid for each name; `None` if it has none.
    places: Vec<Vec<Option<usize>>>,
}

impl OutColumns {
    /// Finds the columns that sheets with statements fill.
    pub fn of(sources: &[Source], harvest: &Harvest) -> OutColumns {
        let with_statements = || sources.iter().enumerate().filter(|(_, source)| source.needs == Needs::Statements);
        let months = harvest
            .items
            .iter()
            .any(|item| item.date.is_some_and(|date| date.precision == crate::date::Precision::Month));
        let mut names: Vec<String> = Vec::new();
        for known in COLUMNS.known {
            let needed = COLUMNS.required.contains(known) || (*known == "date_precision" && months);
            if needed || with_statements().any(|(_, source)| source.statement_column(known).is_some()) {
                names.push((*known).to_owned());
            }
        }
        let mut places = vec![vec![None; names.len()]; sources.len()];
        for (number, source) in with_statements() {
            for (place, name) in names.iter().enumerate().filter(|(_, name)| COLUMNS.known.contains(&name.as_str())) {
                places[number][place] = source.statement_column(name);
            }
            let mut own: HashSet<String> = HashSet::new();
            for (column, known) in source.columns.iter().enumerate().filter(|(_, known)| known.usage == ColumnUse::Keep)
            {
                let bare = if known.header.is_empty() {
                    format!("column {}", crate::import::grid::letters(column))
                } else {
                    known.header.clone()
                };
                let mut name = bare.clone();
                let mut count = 1;
                while COLUMNS.known.contains(&name.as_str()) || !own.insert(name.clone()) {
                    count += 1;
                    name = format!("{bare} {count}");
                }
                let place = names.iter().position(|other| *other == name).unwrap_or_else(|| {
                    names.push(name);
                    names.len() - 1
                });
                places.iter_mut().for_each(|places| places.resize(names.len(), None));
                places[number][place] = Some(column);
            }
        }
        OutColumns { names, places }
    }

    fn cell<'h>(&self, sources: &'h [Source], harvest: &'h Harvest, item: &'h Item, place: usize) -> Cow<'h, str> {
        let source = &sources[item.source];
        let column = self.places[item.source][place];
        match self.names[place].as_str() {
            "id" => Cow::Borrowed(&item.id),
            "date" => item.date.map_or(Cow::Borrowed(""), |date| Cow::Owned(date.written.to_string())),
            "date_precision" => Cow::Borrowed(item.date.map_or("", |date| date.precision.word())),
            "speaker" => Cow::Borrowed(&harvest.speakers[item.speaker]),
            "text" => column.map_or(Cow::Borrowed(""), |column| quotation(source.grid.cell(item.row, column))),
            name @ ("kind" | "verified") => {
                Cow::Borrowed(column.and_then(|column| word_of(name, source.grid.cell(item.row, column))).unwrap_or(""))
            }
            _ => column.map_or(Cow::Borrowed(""), |column| source.text(item.row, column)),
        }
    }

    fn row<'h>(&self, sources: &'h [Source], harvest: &'h Harvest, item: &'h Item) -> Vec<Cow<'h, str>> {
        (0..self.names.len()).map(|place| self.cell(sources, harvest, item, place)).collect()
    }
}

/// What a statement is known by, whatever its id.
fn content(speaker: &str, date: crate::date::StatementDate, text: &str) -> u64 {
    let date = format!("{} {}", date.written, date.precision.word());
    words::hash([speaker, date.as_str(), words::name(text).as_str()].iter().flat_map(|part| part.bytes().chain([0])))
}

/// What words are known by, whoever said them.
fn of_text(text: &str) -> u64 {
    words::hash(words::name(text).bytes())
}

/// The fault of labels whose statement the corpus does not have, or has more than once.
fn unknown_statement(source: &Source, item: &Item, by_text: &HashMap<u64, Option<usize>>) -> Problem {
    if source.needs == Needs::LabelsByText {
        let column = source.statement_column("text").unwrap_or(0);
        let text = quotation(source.grid.cell(item.row, column));
        let shown = words::shortened(&text, 60);
        return match by_text.get(&of_text(&text)) {
            Some(_) => source.grid.fault(
                item.row,
                column,
                format!("the corpus has `{shown}` more than once"),
                "export the texts with their ids (`statement_id`), so that each label has its statement",
            ),
            None => source.grid.fault(
                item.row,
                column,
                format!("the corpus has no statement `{shown}`"),
                "add the texts to the corpus first; or give a file that has their dates and speakers",
            ),
        };
    }
    let what = format!("there is no statement with the id `{}`", item.id);
    let hint = "check the id in statements.csv; or give the sheet with dates, speakers and texts";
    source.grid.fault(item.row, source.statement_column("id").unwrap_or(0), what, hint)
}

/// Statements of the sheet that are probably old ones whose words were edited in it: the same speaker and day, and nearly
/// the same words as a statement of the corpus that the sheet does not have, or the only ones of that day on either side.
/// The places of those old ones come with the warnings, which are given at each import until one of the 2 is deleted.
fn edited_quotations(
    sources: &[Source],
    harvest: &Harvest,
    present: &Statements,
    new: &HashSet<usize>,
    seen: &HashSet<usize>,
) -> (Vec<Problem>, HashSet<usize>) {
    const ALIKE: f64 = 0.6;
    // Longer texts are compared by their beginnings.
    const COMPARED: usize = 300;
    type Day<'d> = (&'d str, chrono::NaiveDate);
    let mut gone: HashMap<Day<'_>, Vec<(usize, &Statement)>> = HashMap::new();
    for (place, row) in present.rows.iter().enumerate().filter(|(place, _)| !seen.contains(place)) {
        gone.entry((&row.speaker, row.date.written)).or_default().push((place, row));
    }
    let (mut problems, mut explained) = (Vec::new(), HashSet::new());
    let mut of_day: BTreeMap<Day<'_>, Vec<(usize, usize, String)>> = BTreeMap::new();
    for (number, item) in harvest.items.iter().enumerate().filter(|(_, item)| !item.id_given) {
        let source = &sources[item.source];
        let (Some(date), Some(column)) = (item.date, source.statement_column("text")) else { continue };
        let day = (harvest.speakers[item.speaker].as_str(), date.written);
        if gone.contains_key(&day) {
            let text = quotation(source.grid.cell(item.row, column)).into_owned();
            of_day.entry(day).or_default().push((number, column, text));
        }
    }
    let hint = "if it is one statement, delete the old row and its labels; a column `id` in the sheet would show it";
    for (day, said) in of_day {
        let old = &gone[&day];
        let is_new = |number: &usize| new.contains(number);
        let news = said.iter().filter(|(number, ..)| is_new(number)).count();
        for (number, column, text) in &said {
            let begin: String = text.chars().take(COMPARED).collect();
            let likeness = |row: &Statement| {
                let other: String = row.text.chars().take(COMPARED).collect();
                strsim::normalized_levenshtein(&begin, &other)
            };
            let best = old.iter().map(|(place, row)| (likeness(row), *place, *row)).max_by(|a, b| a.0.total_cmp(&b.0));
            let Some((likeness, place, row)) = best else { continue };
            // A sheet with most of the corpus has lost the old row; a sheet of new rows alone never had it.
            let alone = old.len() == 1 && news == 1 && is_new(number) && seen.len() * 2 >= present.rows.len();
            if likeness < ALIKE && !alone {
                continue;
            }
            let (new_text, old_text) = differ::both(text, &row.text, 60);
            let what = match likeness >= ALIKE {
                true => format!(
                    "`{new_text}` may be an edited form of `{old_text}` in the corpus (`{}`); both are kept",
                    row.id
                ),
                false => format!(
                    "`{new_text}` has the speaker and the day of `{old_text}` in the corpus (`{}`), which the sheet does not have; \
                     both are kept",
                    row.id
                ),
            };
            let item = &harvest.items[*number];
            problems.push(sources[item.source].grid.warning(item.row, *column, what, hint));
            explained.insert(place);
        }
    }
    (problems, explained)
}

/// The new text of the statements file, if it changes. The items get the ids that the corpus has for them.
pub fn statements(
    sources: &[Source],
    harvest: &mut Harvest,
    present: Option<Present>,
    taken: &[bool],
    done: &mut Additions,
) -> Option<ChangedFile> {
    let columns = OutColumns::of(sources, harvest);
    let name = PathBuf::from(crate::file::corpus_files::STATEMENTS);
    let Some(present) = present else {
        let rows = harvest.items.iter().zip(taken).filter(|(_, taken)| **taken).map(|(item, _)| item);
        done.statements = taken.iter().filter(|taken| **taken).count();
        let rows = rows.map(|item| {
            columns
                .row(sources, harvest, item)
                .into_iter()
                .map(|cell| cell.into_owned().into_bytes())
                .collect::<Vec<_>>()
        });
        let after = table::write(Dialect::default(), &columns.names, rows);
        return Some(ChangedFile { name, before: None, after });
    };
    let by_content: HashMap<u64, usize> = present
        .statements
        .rows
        .iter()
        .enumerate()
        .rev()
        .map(|(place, row)| (content(&row.speaker, row.date, &row.text), place))
        .collect();
    // For labels of tools that keep nothing of a statement but its words. Words said twice name no statement.
    let mut by_text: HashMap<u64, Option<usize>> = HashMap::new();
    if sources.iter().any(|source| source.needs == Needs::LabelsByText) {
        for (place, row) in present.statements.rows.iter().enumerate() {
            by_text.entry(of_text(&row.text)).and_modify(|first| *first = None).or_insert(Some(place));
        }
    }
    let mut seen: HashSet<usize> = HashSet::new();
    let (mut new, mut changes): (Vec<usize>, Vec<(usize, usize)>) = (Vec::new(), Vec::new());
    for (number, is_taken) in taken.iter().enumerate() {
        let item = &harvest.items[number];
        let found = present.statements.find(&item.id).or_else(|| {
            let text = sources[item.source].statement_column("text")?;
            let text = quotation(sources[item.source].grid.cell(item.row, text));
            if sources[item.source].needs == Needs::LabelsByText {
                return by_text.get(&of_text(&text)).copied().flatten();
            }
            by_content
                .get(&content(&harvest.speakers[item.speaker], item.date?, &text))
                .copied()
                .filter(|_| !item.id_given)
        });
        match found {
            None if item.date.is_none() => {
                let source = &sources[item.source];
                let problem = unknown_statement(source, item, &by_text);
                harvest.problems.push(problem);
                harvest.faulty.insert((harvest.items[number].source, harvest.items[number].row));
            }
            None if *is_taken => new.push(number),
            None => {}
            Some(place) => {
                seen.insert(place);
                done.known += 1;
                if harvest.items[number].date.is_some() && *is_taken {
                    changes.push((number, place));
                } else if harvest.items[number].date.is_none() {
                    other_text(&sources[item.source], harvest, number, &present.statements.rows[place]);
                }
                harvest.items[number].id.clone_from(&present.statements.rows[place].id);
            }
        }
    }
    let (edited, explained) =
        edited_quotations(sources, harvest, &present.statements, &new.iter().copied().collect(), &seen);
    harvest.problems.extend(edited);
    done.statements = new.len();
    if sources.iter().any(|source| source.needs == Needs::Statements) {
        let unseen = present
            .statements
            .rows
            .iter()
            .enumerate()
            .filter(|(place, _)| !seen.contains(place) && !explained.contains(place));
        done.only_in_corpus = unseen.map(|(_, statement)| statement.id.clone()).collect();
    }
    let header = &present.statements.header;
    let carried: HashMap<&str, usize> = present.statements.carried.iter().map(String::as_str).zip(0..).collect();
    let mut edits: BTreeMap<usize, Vec<(usize, String)>> = BTreeMap::new();
    for (number, place) in changes {
        let item = &harvest.items[number];
        let row = &present.statements.rows[place];
        let mut what: Vec<String> = Vec::new();
        for (column, column_name) in columns.names.iter().enumerate() {
            // A made id has the speaker, the date and the words in it: if the corpus has others, a person wrote them there.
            let key = matches!(column_name.as_str(), "id" | "date" | "date_precision" | "speaker" | "text");
            if column_name == "id" || (key && !item.id_given) {
                continue;
            }
            let new = columns.cell(sources, harvest, item, column);
            let old = old_cell(row, column_name, &carried);
            if new.is_empty() || *new == *old || (column_name == "text" && words::name(&new) == words::name(&old)) {
                continue;
            }
            let (was, is) = differ::both(&old, &new, 40);
            what.push(format!("{column_name}: `{was}` is now `{is}`"));
            edits.entry(place).or_default().push((column, new.into_owned()));
        }
        if !what.is_empty() {
            done.changed.push(format!("{}: {}", row.id, what.join("; ")));
        }
    }
    if new.is_empty() && edits.is_empty() {
        return None;
    }
    let dialect = present.statements.dialect;
    let names: Vec<&str> = columns.names.iter().map(String::as_str).collect();
    let needed: Vec<&str> = names
        .iter()
        .copied()
        .enumerate()
        .filter(|(column, name)| {
            let filled = |number: &usize| !columns.cell(sources, harvest, &harvest.items[*number], *column).is_empty();
            header.iter().any(|known| known == name)
                || edits.values().flatten().any(|(edited, _)| edited == column)
                || new.iter().any(filled)
        })
        .map(|(_, name)| name)
        .collect();
    let rows: Vec<Vec<String>> = new
        .iter()
        .map(|number| {
            let item = &harvest.items[*number];
            let kept = names.iter().enumerate().filter(|(_, name)| needed.contains(name));
            kept.map(|(column, _)| columns.cell(sources, harvest, item, column).into_owned()).collect()
        })
        .collect();
    let longer = Records::of(present.text.clone(), dialect).with_rows(&needed, &rows);
    let after = if edits.is_empty() {
        longer
    } else {
        let records = Records::of(longer, dialect);
        let column = records.column("id").unwrap_or(0);
        let by_id: HashMap<&str, usize> = records
            .cells
            .iter()
            .enumerate()
            .filter_map(|(record, cells)| Some((cells.get(column)?.as_str(), record)))
            .collect();
        let edited = edits.into_iter().map(|(place, cells)| {
            let record = by_id.get(present.statements.rows[place].id.as_str()).copied().unwrap_or(usize::MAX);
            let mut whole = records.cells.get(record).cloned().unwrap_or_default();
            for (column, text) in cells {
                if let Some(cell) = records.column(&columns.names[column]).and_then(|column| whole.get_mut(column)) {
                    *cell = text;
                }
            }
            (record, whole)
        });
        records.with_records(edited.collect())
    };
    Some(ChangedFile { name, before: Some(present.text), after })
}

/// A fault if a sheet of labels has another text beside an id than the corpus: somebody has sorted one column alone, so
/// each label would go to the wrong statement.
fn other_text(source: &Source, harvest: &mut Harvest, number: usize, known: &Statement) {
    let Some(column) = source.statement_column("text") else { return };
    let item = &harvest.items[number];
    let text = words::name(&quotation(source.grid.cell(item.row, column)));
    let same = words::name(&known.text);
    // A workbook cuts a very long text, and cannot hold some characters.
    let is_same =
        text.is_empty() || same == text || same.starts_with(&text) && text.len() > 20 || text.contains('\u{fffd}');
    if !is_same {
        let what = format!("`{}` has another text in the corpus: `{}`", known.id, words::shortened(&same, 60));
        let hint = "sort the sheet by whole rows only, or make it again; labels go to statements by their ids";
        let (row, place) = (item.row, item.source);
        harvest.problems.push(source.grid.fault(row, column, what, hint));
        harvest.faulty.insert((place, row));
    }
}

fn old_cell<'s>(row: &'s Statement, column: &str, carried: &HashMap<&str, usize>) -> Cow<'s, str> {
    match column {
        "date" => Cow::Owned(row.date.written.to_string()),
        "date_precision" => Cow::Borrowed(row.date.precision.word()),
        "kind" => Cow::Borrowed(row.kind.word()),
        "verified" => Cow::Borrowed(row.verified.word()),
        known => match row.texts().into_iter().find(|(name, _)| *name == known) {
            Some((_, text)) => Cow::Borrowed(text),
            None => {
                Cow::Borrowed(carried.get(known).and_then(|place| row.carried.get(*place)).map_or("", String::as_str))
            }
        },
    }
}

/// The new texts of the coders' files.
///
/// # Errors
/// [`crate::error::Error::Read`] if a coder's file cannot be read, and [`crate::error::Error::Invalid`] if it is not
/// UTF-8.
pub fn labels(
    corpus: &Path,
    sources: &[Source],
    harvest: &mut Harvest,
    codebook: Option<&Codebook>,
    taken: &[bool],
    done: &mut Additions,
) -> Result<Vec<ChangedFile>> {
    const HEADER: [&str; 4] = ["statement_id", "issue", "position", "rationale"];
    let mut by_coder: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, mark) in harvest.marks.iter().enumerate().filter(|(_, mark)| taken[mark.item]) {
        by_coder.entry(mark.coder).or_default().push(number);
    }
    let folder = corpus.join(LABELS);
    let there = crate::file::read::entries(&folder).unwrap_or_default();
    let (mut files, mut contradictions) = (Vec::new(), Vec::new());
    for (coder, marks) in by_coder {
        let wanted = format!("{}.csv", harvest.coders[coder]);
        let same = |path: &&PathBuf| {
            path.file_name().is_some_and(|name| name.to_string_lossy().to_lowercase() == wanted.to_lowercase())
        };
        let path = there.iter().find(same).cloned();
        let file_name = path
            .as_ref()
            .and_then(|path| path.file_name())
            .map_or(wanted.clone(), |name| name.to_string_lossy().into_owned());
        let name = Path::new(LABELS).join(&file_name);
        let row = |number: &usize| {
            let mark = &harvest.marks[*number];
            let item = &harvest.items[mark.item];
            let source = &sources[mark.source];
            let rationale =
                source.column(&ColumnUse::Rationale).map_or("", |column| source.grid.cell(mark.row, column));
            let position = mark.position.map_or_else(String::new, |position| position.0.to_string());
            [item.id.clone(), harvest.issues[mark.issue].id.clone(), position, rationale.to_owned()]
        };
        let contradicted = |number: &usize| harvest.marks[*number].is_contradicted;
        let Some(path) = path else {
            let (wrong, marks): (Vec<usize>, Vec<usize>) = marks.into_iter().partition(contradicted);
            contradictions.extend(wrong);
            done.labels += marks.len();
            let with_reasons = marks.iter().any(|number| !row(number)[3].is_empty());
            let width = if with_reasons { 4 } else { 3 };
            let rows = marks.iter().map(|number| row(number).into_iter().take(width).collect::<Vec<_>>());
            let after = table::write(Dialect::default(), &HEADER[..width], rows);
            files.push(ChangedFile { name, before: None, after });
            continue;
        };
        let text = table::read_text(&path)?;
        let mut problems = Vec::new();
        let columns = table::Columns { known: &HEADER, required: &HEADER[..3] };
        let Some(dialect) = table::Table::open(&path, &text, columns, &mut problems).map(|table| table.dialect) else {
            return Err(crate::error::Error::Invalid(problems));
        };
        let records = Records::of(text.clone(), dialect);
        let key = |record: usize| (records.cell(record, "statement_id"), records.cell(record, "issue"));
        let known: HashMap<(&str, &str), usize> =
            (1..records.cells.len()).map(|record| (key(record), record)).collect();
        let in_sheet: HashSet<&str> = harvest.items.iter().map(|item| item.id.as_str()).collect();
        let (mut added, mut edited, mut wrong, mut met) = (Vec::new(), Vec::new(), Vec::new(), 0);
        for number in &marks {
            let new = row(number);
            let Some(&record) = known.get(&(new[0].as_str(), new[1].as_str())) else {
                match contradicted(number) {
                    true => wrong.push(*number),
                    false => added.push(new.to_vec()),
                }
                continue;
            };
            met += 1;
            let old = records.cell(record, "position");
            let issue = codebook.and_then(|codebook| codebook.find(&new[1]).map(|index| codebook.issue(index)));
            let old_position: Option<Position> = issue.map_or_else(|| Position::read(old), |issue| issue.read(old));
            if old_position == harvest.marks[*number].position {
                wrong.extend(contradicted(number).then_some(*number));
                continue;
            }
            // Whoever changed the position alone has left the words of the old one beside it.
            if contradicted(number) && beside(sources, &harvest.marks[*number], issue) != Some(old_position) {
                wrong.push(*number);
                continue;
            }
            let shown = |text: &str| if text.is_empty() { "none".to_owned() } else { text.to_owned() };
            done.relabelled.push(format!(
                "{} on {} by {}: {} is now {}",
                new[0],
                new[1],
                harvest.coders[coder],
                shown(old),
                shown(&new[2])
            ));
            let mut cells = records.cells[record].clone();
            if let Some(cell) = records.column("position").and_then(|column| cells.get_mut(column)) {
                cell.clone_from(&new[2]);
            }
            edited.push((record, cells));
        }
        let of_sheet = known
            .keys()
            .filter(|(id, issue)| in_sheet.contains(id) && harvest.issues.iter().any(|found| found.id == **issue))
            .count();
        done.labels_only_in_corpus += of_sheet - met;
        contradictions.extend(wrong);
        done.labels += added.len();
        if added.is_empty() && edited.is_empty() {
            continue;
        }
        let after = Records::of(records.with_records(edited), dialect);
        let with_reasons =
            added.iter().any(|row: &Vec<String>| !row[3].is_empty()) || after.column("rationale").is_some();
        let width = if with_reasons { 4 } else { 3 };
        added.iter_mut().for_each(|row| row.truncate(width));
        let after = after.with_rows(&HEADER[..width], &added);
        files.push(ChangedFile { name, before: Some(text), after });
    }
    contradictions.into_iter().for_each(|number| level_alone(sources, harvest, number));
    Ok(files)
}

/// The position whose words stand beside a label of the sheet: `Some(None)` if they say that it takes none.
fn beside(sources: &[Source], mark: &MarkOfSheet, issue: Option<&Issue>) -> Option<Option<Position>> {
    let source = &sources[mark.source];
    let words = source.grid.cell(mark.row, source.column(&ColumnUse::PositionInWords)?);
    if scale::is_no_position(words) {
        return Some(None);
    }
    issue?.read(words).map(Some)
}

/// Reports a label whose level was changed, and not its position.
fn level_alone(sources: &[Source], harvest: &mut Harvest, number: usize) {
    let mark = harvest.marks[number];
    let source = &sources[mark.source];
    let columns = [ColumnUse::PositionInWords, ColumnUse::Position].map(|usage| source.column(&usage).unwrap_or(0));
    harvest.problems.push(row::level_alone(source, mark.row, columns[0], columns[1]));
    harvest.faulty.insert((mark.source, mark.row));
}

/// Faults for coders whose names are not names of people. An adjudication may come in, because exports have it.
pub fn coder_faults(harvest: &Harvest, path: &Path) -> Vec<Problem> {
    let is_reserved = |coder: &str| {
        let lower = coder.to_lowercase();
        lower == crate::label::RULES || (lower == crate::label::ADJUDICATED && coder != lower)
    };
    let bad = harvest.coders.iter().filter(|coder| is_reserved(coder));
    bad.map(|coder| {
        Problem::fault(
            path,
            None,
            format!("`{coder}` is not the name of a coder"),
            "write the name of the person who labelled",
        )
    })
    .collect()
}

impl Additions {
    /// Whether nothing is added or changed.
    pub fn is_nothing(&self) -> bool {
        let some = [self.statements, self.labels, self.issues, self.levels, self.rules].iter().any(|count| *count > 0);
        !some && self.changed.is_empty() && self.relabelled.is_empty()
    }

    /// What is added and changed, in a sentence.
    pub fn in_words(&self) -> String {
        if self.is_nothing() {
            return "nothing new: the corpus has all of it already".to_owned();
        }
        let mut parts = vec![many(self.statements, "new statement"), many(self.labels, "new label")];
        if self.statements + self.labels == 0 && self.issues + self.rules > 0 {
            parts.clear();
            parts.extend((self.issues > 0).then(|| many(self.issues, "new issue")));
        }
        parts.extend((self.levels > 0).then(|| many(self.levels, "new level")));
        parts.extend((self.rules > 0).then(|| many(self.rules, "new rule")));
        if !self.changed.is_empty() {
            parts.push(format!("{} changed", many(self.changed.len(), "statement")));
        }
        if !self.relabelled.is_empty() {
            parts.push(format!("{} changed", many(self.relabelled.len(), "label")));
        }
        parts.join(", ")
    }
}
