//! Tables in, labels out.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use polars_arrow::array::{Array, MutableUtf8Array, PrimitiveArray, StructArray};
use polars_arrow::datatypes::{ArrowDataType, Field};
use pyo3::prelude::*;
use rayon::prelude::*;
use stance::date::{Precision, StatementDate};
use stance::error::Error;
use stance::rule::topic::Said;
use stance::rule::{Firing, Rule, RuleDecision, Scratch};
use stance::statement::{COLUMNS, Statement};
use stance::words::many;

use crate::arrow::Source;
use crate::column::{Days, Place, Strings, find, need};
use crate::failure::{raise, request};
use crate::keep::Carried;
use crate::rules::Book;
use crate::table::{Table, text};
use crate::work;

/// Rows that one thread takes at a time.
const PIECE: usize = 4_096;
/// Rows of small batches that are gathered before they are labelled.
const GATHERED: usize = 131_072;
/// The longest text, in bytes. It is a hundred times the longest speech.
const LONGEST: usize = 16 << 20;

/// The names of columns, as the caller gives them.
pub struct Named<'n> {
    /// The column of the texts.
    pub text: &'n str,
    /// That of the speakers.
    pub speaker: Option<&'n str>,
    /// That of the days.
    pub date: Option<&'n str>,
    /// The columns that go with the labels.
    pub keep: Vec<String>,
}

/// A table that is labelled.
pub struct Labelling {
    source: Source,
    plan: Plan,
}

/// Where everything is in the table.
struct Plan {
    book: Arc<Book>,
    text: Place,
    speaker: Option<Place>,
    date: Option<Place>,
    /// Whether only the month of a date is known, as the word `month`.
    precision: Option<Place>,
    /// What stands beside the text, by the column of the rules.
    context: Vec<(usize, Place)>,
    carried: Vec<Carried>,
    /// The columns of the result.
    fields: Vec<Field>,
    /// An empty statement with cells for the context.
    empty: Statement,
    /// Whether any rule is for some speakers only.
    by_speaker: bool,
    /// Whether any rule is for some time only.
    by_date: bool,
}

/// The columns of a result that do not come from the input.
fn own_fields() -> Vec<Field> {
    use ArrowDataType::{Int32, UInt32, Utf8};
    let text = |name: &str, nullable| Field::new(name.into(), Utf8, nullable);
    vec![
        text("issue", false),
        Field::new("position".into(), Int32, true),
        text("level", true),
        text("rule_id", false),
        text("evidence", false),
        Field::new("evidence_start".into(), UInt32, false),
        Field::new("evidence_end".into(), UInt32, false),
        text("contexts", true),
    ]
}

impl Labelling {
    /// Opens a table and finds the columns.
    pub fn new(book: &Arc<Book>, table: &Bound<'_, PyAny>, named: &Named<'_>) -> PyResult<Labelling> {
        let source = Source::open(table)?;
        let fields = source.fields();
        let text = need(fields, named.text, "text")?;
        text.check_text()?;
        let given = |name: Option<&str>, usual: &str| match name {
            Some(name) => need(fields, name, usual).map(Some),
            None => find(fields, usual),
        };
        let speaker = given(named.speaker, "speaker")?;
        speaker.iter().try_for_each(Place::check_text)?;
        let date = given(named.date, "date")?;
        date.iter().try_for_each(Place::check_days)?;
        let precision = if date.is_some() { find(fields, "date_precision")? } else { None };
        precision.iter().try_for_each(Place::check_text)?;
        let mut context = Vec::new();
        for (at, name) in book.columns.iter().enumerate() {
            if let Some(place) = find(fields, name)?.filter(|place| place.name != named.text) {
                place.check_text()?;
                context.push((at, place));
            }
        }
        let own = own_fields();
        let fixed = ["row", "speaker", "date", "date_precision"];
        let mut carried: Vec<Carried> = Vec::new();
        if let Some(place) = &speaker {
            carried.push(Carried::new(place.clone(), "speaker")?);
        }
        let mut out = vec![Field::new("row".into(), ArrowDataType::Int64, false)];
        out.extend(carried.iter().map(Carried::field));
        if date.is_some() {
            out.push(Field::new("date".into(), ArrowDataType::Date32, true));
        }
        let mut others: Vec<Carried> = Vec::new();
        if let Some(place) = &precision {
            others.push(Carried::new(place.clone(), "date_precision")?);
        }
        let mut seen: Vec<&str> = Vec::new();
        for name in &named.keep {
            let place = need(fields, name, "keep")?;
            let there = |own: &Option<Place>| own.as_ref().is_some_and(|own| own.name == *name);
            if seen.contains(&name.as_str()) || fixed.contains(&name.as_str()) && (there(&speaker) || there(&date)) {
                continue;
            }
            if fixed.contains(&name.as_str()) || own.iter().any(|field| field.name.as_str() == name) {
                let what = format!("the column `{name}` cannot be kept, because the labels have a column of that name");
                return Err(request(what, "rename it in the table"));
            }
            seen.push(name);
            others.push(Carried::new(place, name)?);
        }
        out.extend(others.iter().map(Carried::field));
        carried.extend(others);
        out.extend(own);
        let rules = &book.rules.rules;
        let plan = Plan {
            text,
            speaker,
            date,
            precision,
            context,
            carried,
            fields: out,
            empty: empty(book),
            by_speaker: rules.iter().any(|rule| !rule.speakers.is_empty()),
            by_date: rules.iter().any(|rule| rule.since.is_some() || rule.until.is_some()),
            book: Arc::clone(book),
        };
        Ok(Labelling { source, plan })
    }

    /// Labels all rows. Batches are read by and by, so a reader of a large file needs little memory.
    pub fn run(mut self, py: Python<'_>, threads: Option<usize>) -> PyResult<Table> {
        let mut labels = Vec::new();
        let (mut waiting, mut rows, mut base) = (Vec::new(), 0, 0);
        loop {
            let batch = self.source.next(py)?;
            let last = batch.is_none();
            if let Some(batch) = batch {
                rows += batch.len();
                let start = base;
                base += batch.len();
                waiting.push((batch, start));
            }
            if last || rows >= GATHERED {
                let plan = &self.plan;
                let batches = std::mem::take(&mut waiting);
                rows = 0;
                let parts = work::run(py, threads, |stop| plan.label(&batches, stop))?;
                labels.extend(parts.map_err(raise)?);
            }
            if last {
                return Ok(Table::new(self.plan.fields, labels).with_book(&self.plan.book));
            }
        }
    }
}

/// A statement without words, with a cell for each column of the context.
fn empty(book: &Book) -> Statement {
    let carried = book.columns.iter().filter(|name| !COLUMNS.known.contains(&name.as_str())).count();
    let date = StatementDate { written: chrono::NaiveDate::default(), precision: Precision::Day };
    let mut statement = Statement::new("", date, "", String::new());
    statement.carried = vec![String::new(); carried];
    statement
}

/// A batch and the row at which it begins.
type Batch = (StructArray, usize);

impl Plan {
    /// Labels some batches on the threads of this pool. On `stop` the result is incomplete, and nobody wants it.
    fn label(&self, batches: &[Batch], stop: &AtomicBool) -> Result<Vec<StructArray>, Error> {
        let pieces = |batch: &Batch| {
            let rows = batch.0.len();
            (0..rows).step_by(PIECE).map(move |at| at..(at + PIECE).min(rows)).collect::<Vec<_>>()
        };
        let pieces: Vec<(&Batch, Range<usize>)> =
            batches.iter().flat_map(|batch| pieces(batch).into_iter().map(move |rows| (batch, rows))).collect();
        let columns: Vec<Columns<'_>> = batches.iter().map(|(batch, _)| Columns::of(self, batch)).collect();
        let place = |batch: &Batch| batches.iter().position(|other| std::ptr::eq(other, batch)).unwrap_or(0);
        let label = |(batch, rows): &(&Batch, Range<usize>)| {
            if stop.load(Ordering::Relaxed) {
                return (None, Vec::new());
            }
            let mut found = Found::default();
            let columns = &columns[place(batch)];
            let faults = self.label_rows(columns, rows.clone(), batch.1, stop, &mut found);
            (Some(found.finish(self, &batch.0, batch.1)), faults)
        };
        let parts: Vec<(Option<StructArray>, Vec<String>)> = pieces.par_iter().map(label).collect();
        let faults: Vec<&String> = parts.iter().flat_map(|(_, faults)| faults).collect();
        if let Some(first) = faults.first() {
            let more = if faults.len() > 1 {
                format!("; {} more like it", many(faults.len() - 1, "row"))
            } else {
                String::new()
            };
            return Err(Error::request(format!("{first}{more}"), "correct the cell, or leave the row out"));
        }
        Ok(parts.into_iter().filter_map(|(part, _)| part).filter(|part| !part.is_empty()).collect())
    }

    /// Labels some rows of a batch. Returns what is wrong with cells.
    fn label_rows(
        &self,
        columns: &Columns<'_>,
        rows: Range<usize>,
        base: usize,
        stop: &AtomicBool,
        found: &mut Found,
    ) -> Vec<String> {
        let (mut scratch, mut statement, mut faults) = (Scratch::default(), self.empty.clone(), Vec::new());
        let rules = &self.book.rules;
        for row in rows.take_while(|_| !stop.load(Ordering::Relaxed)) {
            let day = match columns.dates.as_ref().map_or(Ok(None), |days| days.get(row)) {
                Ok(day) => day,
                Err(fault) => {
                    let name = self.date.as_ref().map_or("date", |place| place.name.as_str());
                    faults.push(format!("row {}, column `{name}`: {fault}", base + row));
                    continue;
                }
            };
            let Some(text) = columns.texts.get(row) else { continue };
            if text.len() > LONGEST {
                let what = "more than 16 MiB; a statement is what one speaker said at one time";
                faults.push(format!("row {}: the text has {} bytes, {what}", base + row, text.len()));
                continue;
            }
            statement.text.clear();
            statement.text.push_str(text);
            if self.by_speaker {
                statement.speaker =
                    columns.speakers.as_ref().and_then(|all| all.get(row)).map_or(String::new(), stance::words::name);
            }
            if self.by_date
                && let Some(written) = day
            {
                let month = columns.precisions.as_ref().and_then(|all| all.get(row)) == Some("month");
                statement.date =
                    StatementDate { written, precision: if month { Precision::Month } else { Precision::Day } };
            }
            for (column, texts) in &columns.context {
                set(&mut statement, column, texts.get(row).unwrap_or_default());
            }
            let dated = |rule: &Rule| day.is_some() || rule.since.is_none() && rule.until.is_none();
            let is_for = |rule: &Rule| dated(rule) && rule.is_for(&statement);
            let decisions = rules.decide_by(&Said::stray(&statement), is_for, &mut scratch);
            for (issue, decision) in decisions {
                found.add(self, row, day, text, issue, &decision);
            }
        }
        faults
    }
}

/// Fills a cell of the context.
fn set(statement: &mut Statement, column: &ContextCell, text: &str) {
    let cell = match column {
        ContextCell::Carried(at) => match statement.carried.get_mut(*at) {
            Some(cell) => cell,
            None => return,
        },
        ContextCell::Role => &mut statement.role,
        ContextCell::Venue => &mut statement.venue,
        ContextCell::Publisher => &mut statement.source_publisher,
        ContextCell::Title => &mut statement.source_title,
        ContextCell::Url => &mut statement.source_url,
        ContextCell::Notes => &mut statement.notes,
    };
    cell.clear();
    cell.push_str(text);
}

/// Where the cell of a column of the context is in a statement.
#[derive(Debug, Clone, Copy)]
enum ContextCell {
    Carried(usize),
    Role,
    Venue,
    Publisher,
    Title,
    Url,
    Notes,
}

impl ContextCell {
    /// The cells of all columns of the context, in their order.
    fn all(names: &[String]) -> Vec<ContextCell> {
        let mut carried = 0;
        let cell = |name: &String| match name.as_str() {
            "role" => ContextCell::Role,
            "venue" => ContextCell::Venue,
            "source_publisher" => ContextCell::Publisher,
            "source_title" => ContextCell::Title,
            "source_url" => ContextCell::Url,
            "notes" => ContextCell::Notes,
            _ => {
                carried += 1;
                ContextCell::Carried(carried - 1)
            }
        };
        names.iter().map(cell).collect()
    }
}

/// The columns of a batch, ready to be read row by row.
struct Columns<'a> {
    texts: Strings<'a>,
    speakers: Option<Strings<'a>>,
    dates: Option<Days<'a>>,
    precisions: Option<Strings<'a>>,
    context: Vec<(ContextCell, Strings<'a>)>,
}

impl<'a> Columns<'a> {
    fn of(plan: &Plan, batch: &'a StructArray) -> Columns<'a> {
        let cells = ContextCell::all(&plan.book.columns);
        Columns {
            texts: plan.text.strings(batch),
            speakers: plan.speaker.as_ref().map(|place| place.strings(batch)),
            dates: plan.date.as_ref().map(|place| place.days(batch)),
            precisions: plan.precision.as_ref().map(|place| place.strings(batch)),
            context: plan.context.iter().map(|(at, place)| (cells[*at], place.strings(batch))).collect(),
        }
    }
}

/// The labels of a piece, column by column.
#[derive(Default)]
struct Found {
    rows: Vec<u32>,
    days: Vec<Option<i32>>,
    issues: MutableUtf8Array<i32>,
    positions: Vec<Option<i32>>,
    levels: MutableUtf8Array<i32>,
    rules: MutableUtf8Array<i32>,
    evidence: MutableUtf8Array<i32>,
    starts: Vec<u32>,
    ends: Vec<u32>,
    contexts: MutableUtf8Array<i32>,
}

impl Found {
    fn add(
        &mut self,
        plan: &Plan,
        row: usize,
        day: Option<chrono::NaiveDate>,
        text: &str,
        issue: stance::codebook::IssueIndex,
        decision: &RuleDecision,
    ) {
        let (rules, issue) = (&plan.book.rules, plan.book.codebook.issue(issue));
        let (position, firings): (_, &[Firing]) = match decision {
            RuleDecision::Position(position, firing) => (Some(*position), std::slice::from_ref(firing)),
            RuleDecision::Conflict(firings) => (None, firings),
        };
        let Some(first) = firings.first() else { return };
        let mut ids: Vec<&str> = firings.iter().map(|firing| rules.rules[firing.rule].id.as_str()).collect();
        ids.dedup();
        let characters = |end: usize| text.get(..end).map_or(0, |text| text.chars().count()) as u32;
        let contexts = Some(rules.contexts_of(first)).filter(|contexts| !contexts.is_empty());
        self.rows.push(row as u32);
        self.days.push(day.map(|day| day.to_epoch_days()));
        self.issues.push(Some(&issue.id));
        self.positions.push(position.map(|position| position.0));
        self.levels.push(position.and_then(|position| issue.level(position)).map(|level| &level.words));
        self.rules.push(Some(ids.join("; ")));
        self.evidence.push(Some(text.get(first.evidence.clone()).unwrap_or_default()));
        self.starts.push(characters(first.evidence.start));
        self.ends.push(characters(first.evidence.end));
        self.contexts.push(contexts);
    }

    fn finish(self, plan: &Plan, batch: &StructArray, base: usize) -> StructArray {
        let count = self.rows.len();
        let rows: Vec<i64> = self.rows.iter().map(|row| (base + *row as usize) as i64).collect();
        let mut columns = vec![PrimitiveArray::from_vec(rows).boxed()];
        let (speaker, others) = plan.carried.split_at(usize::from(plan.speaker.is_some()));
        columns.extend(speaker.iter().map(|column| column.gather(batch, &self.rows)));
        if plan.date.is_some() {
            let days = PrimitiveArray::<i32>::from(self.days).to(ArrowDataType::Date32);
            columns.push(days.boxed());
        }
        columns.extend(others.iter().map(|column| column.gather(batch, &self.rows)));
        columns.extend([
            text(self.issues),
            PrimitiveArray::<i32>::from(self.positions).boxed(),
            text(self.levels),
            text(self.rules),
            text(self.evidence),
            PrimitiveArray::from_vec(self.starts).boxed(),
            PrimitiveArray::from_vec(self.ends).boxed(),
            text(self.contexts),
        ]);
        StructArray::new(ArrowDataType::Struct(plan.fields.clone()), count, columns, None)
    }
}
