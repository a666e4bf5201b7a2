//! A table of statements, or of labels by hand, as the files of a corpus in memory. So everything that the command line
//! checks is checked here too, in the same words.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use polars_arrow::array::StructArray;
use pyo3::prelude::*;
use stance::error::{Error, Problem};
use stance::file::corpus_files::{CODEBOOK, LABELS, RULES_FILE, STATEMENTS};
use stance::file::table::{Dialect, write};

use crate::arrow::Source;
use crate::column::{Days, Numbers, Place, Strings, find, holds_text, need};
use crate::failure::{raise, request};

/// The files of a corpus, and the lines at which the rows of tables begin in them.
#[derive(Default)]
pub struct Files {
    /// The texts, by their path in the folder.
    pub texts: BTreeMap<PathBuf, String>,
    /// For each file that is a table: the lines at which its rows begin, and which row of the input each is.
    lines: BTreeMap<PathBuf, Vec<(usize, usize)>>,
}

/// The name of the corpus in messages.
pub const NAME: &str = "table";

/// A row of a file, and the row of the input that it comes from.
type Row = (usize, Vec<String>);

impl Files {
    /// Files with this codebook and these rules.
    pub fn new(codebook: &str, rules: &str) -> Files {
        let texts = [(CODEBOOK, codebook), (RULES_FILE, rules)];
        let texts = texts.into_iter().filter(|(_, text)| !text.is_empty());
        Files { texts: texts.map(|(name, text)| (name.into(), text.to_owned())).collect(), ..Files::default() }
    }

    /// Adds a table.
    pub fn add(&mut self, name: impl Into<PathBuf>, header: &[&str], rows: Vec<Row>) {
        let name = name.into();
        let mut lines = Vec::with_capacity(rows.len());
        let mut text = write(Dialect::default(), header, std::iter::empty::<[&str; 0]>());
        let mut line = 1 + text.matches('\n').count();
        for (row, cells) in rows {
            lines.push((line, row));
            // Of a table without a header, only the row is left.
            let record = write(Dialect::default(), &cells, std::iter::empty::<[&str; 0]>());
            line += record.matches('\n').count();
            text += &record;
        }
        self.texts.insert(name.clone(), text);
        self.lines.insert(name, lines);
    }

    /// The error, with rows of the table in place of lines of a file that nobody has.
    pub fn raise(&self, error: Error) -> PyErr {
        let Error::Invalid(problems) = error else { return raise(error) };
        let row = |problem: Problem| {
            let name = problem.path.strip_prefix(NAME).unwrap_or(&problem.path).to_owned();
            let Some((lines, place)) = self.lines.get(&name).zip(problem.place) else { return problem };
            let at = lines.partition_point(|(line, _)| *line <= place.line);
            match at.checked_sub(1).and_then(|at| lines.get(at)) {
                Some((_, row)) => problem.in_cell(format!("row {row}")),
                None => Problem { place: None, ..problem },
            }
        };
        raise(Error::Invalid(problems.into_iter().map(row).collect()))
    }
}

/// The names of the columns of statements, as the caller gives them.
pub struct StatementColumns<'n> {
    /// The texts.
    pub text: &'n str,
    /// The speakers.
    pub speaker: &'n str,
    /// The days.
    pub date: &'n str,
    /// The ids; `None` for the column `id` if there is one, otherwise the number of the row.
    pub id: Option<&'n str>,
}

/// Adds `statements.csv` from a table.
pub fn statements(
    py: Python<'_>,
    files: &mut Files,
    table: &Bound<'_, PyAny>,
    named: &StatementColumns<'_>,
) -> PyResult<()> {
    let mut source = Source::open(table)?;
    let fields = source.fields();
    let id = match named.id {
        Some(name) => Some(need(fields, name, "id")?),
        None => find(fields, "id")?,
    };
    let date = need(fields, named.date, "date")?;
    date.check_days()?;
    let mut columns: Vec<(&str, Place)> =
        vec![("speaker", need(fields, named.speaker, "speaker")?), ("text", need(fields, named.text, "text")?)];
    columns.iter().try_for_each(|(_, place)| place.check_text())?;
    let taken = [named.text, named.speaker, named.date, "id", "date", "speaker", "text", named.id.unwrap_or("id")];
    let fields = fields.to_vec();
    for field in &fields {
        let name = field.name.as_str();
        if taken.contains(&name) || !holds_text(&field.dtype) {
            continue;
        }
        if let Some(place) = find(&fields, name)? {
            columns.push((name, place));
        }
    }
    let mut header = vec!["id", "date"];
    header.extend(columns.iter().map(|(name, _)| *name));
    let mut rows: Vec<Row> = Vec::new();
    while let Some(batch) = source.next(py)? {
        let days = date.days(&batch);
        let ids = id.as_ref().map(|place| Cells::of(place, &batch));
        let texts: Vec<Strings<'_>> = columns.iter().map(|(_, place)| place.strings(&batch)).collect();
        let base = rows.len();
        for at in 0..batch.len() {
            let row = base + at;
            let id = ids.as_ref().map_or_else(|| format!("row-{row}"), |ids| ids.get(at));
            let mut cells = vec![id, day(&days, at, row, &date.name)?];
            cells.extend(texts.iter().map(|texts| texts.get(at).unwrap_or_default().to_owned()));
            rows.push((row, cells));
        }
    }
    files.add(STATEMENTS, &header, rows);
    Ok(())
}

fn day(days: &Days<'_>, at: usize, row: usize, name: &str) -> PyResult<String> {
    match days.get(at) {
        Ok(day) => Ok(day.map_or(String::new(), |day| day.to_string())),
        Err(fault) => Err(request(format!("row {row}, column `{name}`: {fault}"), "write dates as 2025-08-15")),
    }
}

/// A column of ids, as text or as whole numbers.
enum Cells<'a> {
    Texts(Strings<'a>),
    Numbers(Numbers<'a>),
}

impl<'a> Cells<'a> {
    fn of(place: &Place, batch: &'a StructArray) -> Cells<'a> {
        if holds_text(&place.dtype) { Cells::Texts(place.strings(batch)) } else { Cells::Numbers(place.numbers(batch)) }
    }

    fn get(&self, at: usize) -> String {
        match self {
            Cells::Texts(texts) => texts.get(at).unwrap_or_default().to_owned(),
            Cells::Numbers(numbers) => numbers.get(at).map_or(String::new(), |number| number.to_string()),
        }
    }
}

/// Labels by hand from a table: one row for each statement, coder and issue.
pub struct Hands {
    /// The rows, in the order of the table.
    pub rows: Vec<Hand>,
}

/// One label by hand.
pub struct Hand {
    /// The id of the statement.
    pub statement: String,
    /// Who gave it.
    pub coder: String,
    /// The id of the issue.
    pub issue: String,
    /// The position; `None` if the statement takes none.
    pub position: Option<i64>,
    /// Why.
    pub rationale: String,
    /// The speaker and the day of the statement, if the table has them.
    pub said: (Option<String>, Option<String>),
}

/// Reads a table of labels by hand. Its columns are `statement_id` (or `id`), `coder`, `issue` and `position`, and may
/// be `rationale`, `speaker` and `date`.
pub fn hands(py: Python<'_>, table: &Bound<'_, PyAny>) -> PyResult<Hands> {
    let mut source = Source::open(table)?;
    let fields = source.fields();
    let id = match find(fields, "statement_id")? {
        Some(place) => place,
        None => match find(fields, "id")? {
            Some(place) => place,
            None => need(fields, "statement_id", "statement_id")?,
        },
    };
    let texts = [need(fields, "coder", "coder")?, need(fields, "issue", "issue")?];
    texts.iter().try_for_each(Place::check_text)?;
    let position = need(fields, "position", "position")?;
    position.check_numbers()?;
    let (rationale, speaker) = (find(fields, "rationale")?, find(fields, "speaker")?);
    rationale.iter().chain(&speaker).try_for_each(Place::check_text)?;
    let date = find(fields, "date")?;
    date.iter().try_for_each(Place::check_days)?;
    let mut rows = Vec::new();
    while let Some(batch) = source.next(py)? {
        let ids = Cells::of(&id, &batch);
        let [coders, issues] = [&texts[0], &texts[1]].map(|place| place.strings(&batch));
        let positions = position.numbers(&batch);
        let rationales = rationale.as_ref().map(|place| place.strings(&batch));
        let speakers = speaker.as_ref().map(|place| place.strings(&batch));
        let days = date.as_ref().map(|place| (place.days(&batch), place.name.as_str()));
        let base = rows.len();
        for at in 0..batch.len() {
            let text =
                |column: &Option<Strings<'_>>| column.as_ref().and_then(|column| column.get(at)).map(str::to_owned);
            let date = days.as_ref().map(|(days, name)| day(days, at, base + at, name)).transpose()?;
            rows.push(Hand {
                statement: ids.get(at),
                coder: coders.get(at).unwrap_or_default().to_owned(),
                issue: issues.get(at).unwrap_or_default().to_owned(),
                position: positions.get(at),
                rationale: text(&rationales).unwrap_or_default(),
                said: (text(&speakers), date.filter(|date| !date.is_empty())),
            });
        }
    }
    Ok(Hands { rows })
}

impl Hands {
    /// Adds a file of labels for each coder.
    pub fn add_to(&self, files: &mut Files) -> PyResult<()> {
        let mut by_coder: BTreeMap<&str, Vec<Row>> = BTreeMap::new();
        for (row, hand) in self.rows.iter().enumerate() {
            let coder = hand.coder.as_str();
            let named = !coder.is_empty() && !coder.starts_with(['.', '~']) && !coder.contains(['/', '\\', '\0']);
            if !named {
                let mut what = format!("row {row}: `{}` is no name of a coder", stance::words::printable_line(coder));
                if coder.is_empty() {
                    what.clear();
                    // Writing to a string cannot fail.
                    let _ = write!(what, "row {row}: there is no coder");
                }
                return Err(request(what, "name the person who gave the label in the column `coder`"));
            }
            let position = hand.position.map_or(String::new(), |position| position.to_string());
            let cells = vec![hand.statement.clone(), hand.issue.clone(), position, hand.rationale.clone()];
            by_coder.entry(coder).or_default().push((row, cells));
        }
        for (coder, rows) in by_coder {
            files.add(
                Path::new(LABELS).join(format!("{coder}.csv")),
                &["statement_id", "issue", "position", "rationale"],
                rows,
            );
        }
        Ok(())
    }

    /// Adds `statements.csv` with the statements that the labels name. A statement without a speaker has one of its
    /// own, so that no two count as said by the same.
    pub fn add_statements(&self, files: &mut Files) {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let mut rows = Vec::new();
        for (row, hand) in self.rows.iter().enumerate() {
            if seen.insert(&hand.statement, row).is_some() {
                continue;
            }
            let speaker = hand.said.0.clone().unwrap_or_else(|| format!("the speaker of {}", hand.statement));
            let date = hand.said.1.clone().unwrap_or_else(|| "2000-01-01".to_owned());
            rows.push((row, vec![hand.statement.clone(), date, speaker, format!("({})", hand.statement)]));
        }
        files.add(STATEMENTS, &["id", "date", "speaker", "text"], rows);
    }
}
