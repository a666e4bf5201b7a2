//! Puts what sheets hold into the files of a corpus. What is there stays, except for what a sheet has changed.

mod additions;
mod claimed;
mod corrected;
mod filled;
mod labels;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::error::Problem;
use crate::file::splice::Records;
use crate::file::table::{self, Dialect};
use crate::import::differ;
use crate::import::harvest::cell::quotation;
use crate::import::harvest::{Harvest, Item, Source};
use crate::import::own;
use crate::import::recognise::Needs;
use crate::statement::{Statement, Statements};
use crate::words;

pub use additions::Additions;
pub use labels::labels;

use filled::FilledColumns;

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

/// The statements file of a corpus as it is.
#[derive(Debug)]
pub struct Present {
    /// Its text.
    pub text: String,
    /// Its statements.
    pub statements: Statements,
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

/// The new text of the statements file, if it changes. The items get the ids that the corpus has for them. If rows are
/// corrected forms of old statements (`replaces`), their words take the place of the old ones.
pub fn statements(
    sources: &[Source],
    harvest: &mut Harvest,
    present: Option<Present>,
    taken: &[bool],
    replaces: bool,
    done: &mut Additions,
) -> Option<ChangedFile> {
    let columns = FilledColumns::of(sources, harvest);
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
    let replaced = if replaces {
        corrected::replaced(sources, harvest, &present.statements, &mut new, &mut changes, &mut seen, done)
    } else {
        let claimed = claimed::by_others(sources, harvest, &present.statements, &mut changes);
        harvest.problems.extend(claimed);
        HashSet::new()
    };
    let moved = corrected::moved(sources, harvest, &present.statements, &mut new, &mut changes, &mut seen, replaces);
    done.known += moved.len();
    let are_new: HashSet<usize> = new.iter().copied().collect();
    let (corrected, mut explained) =
        corrected::other_dates_and_names(sources, harvest, &present.statements, &are_new, &seen);
    let known: HashSet<usize> = seen.union(&explained).copied().collect();
    let (edited, of_edited) = corrected::edited_quotations(sources, harvest, &present.statements, &are_new, &known);
    explained.extend(of_edited);
    harvest.problems.extend(corrected.into_iter().chain(edited));
    done.statements = new.len();
    if sources.iter().any(|source| source.needs == Needs::Statements) {
        let unseen = present.statements.rows.iter().enumerate().filter(|(place, _)| !seen.contains(place));
        let (corrected, gone): (Vec<_>, Vec<_>) = unseen.partition(|(place, _)| explained.contains(place));
        let ids = |rows: Vec<(usize, &Statement)>| rows.into_iter().map(|(_, row)| row.id.clone()).collect();
        (done.corrected, done.only_in_corpus) = (ids(corrected), ids(gone));
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
            let is_replaced = match column_name.as_str() {
                "text" => replaced.contains(&(number, place)),
                "date" | "date_precision" | "speaker" => moved.contains(&(number, place)),
                _ => false,
            };
            if column_name == "id" || (key && !item.id_given && !is_replaced) {
                continue;
            }
            let new = columns.cell(sources, harvest, item, column);
            let old = old_cell(row, column_name, &carried);
            let same_text = || words::name(&new) == words::name(&old) || own::is_cut(&new, &old);
            if new.is_empty() || *new == *old || (column_name == "text" && same_text()) {
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
