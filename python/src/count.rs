//! Labels into counts, and counts from anywhere into what verdicts need.

use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use polars_arrow::array::{Array, MutableUtf8Array, PrimitiveArray, StructArray};
use polars_arrow::datatypes::ArrowDataType;
use pyo3::prelude::*;
use stance::count::row::{CountReader, GivenRow, GivenValue};
use stance::count::{Tally, TallyRow};
use stance::error::{Error, Problem};

use crate::arrow::Source;
use crate::column::{Place, find, need};
use crate::failure::{raise, request};
use crate::rules::{Book, Rules};
use crate::table::{Table, text};
use crate::value::Values;

/// The most faults that are gathered.
const MOST_FAULTS: usize = 1_000;

/// Counts labels by speaker, issue, day and position.
///
/// `labels` is what `Rules.label` gave, or any table with `speaker`, `issue`, `position` and `date` (or `day`). A null
/// position is a conflict. `rules` have the codebook; labels of `Rules.label` know theirs.
///
/// Returns a table with `speaker`, `issue`, `day`, `date_precision`, `position`, `n`, `by_rules` and `in_conflict`,
/// sorted: the columns that `stance count` writes and `shifts` reads. Counts of parts of the data may be put one below
/// the other: `shifts` adds equal rows.
///
/// Raises `stance.Error` with every row that cannot be counted.
#[pyfunction]
#[pyo3(signature = (labels, rules=None))]
pub fn count(py: Python<'_>, labels: &Bound<'_, PyAny>, rules: Option<&Rules>) -> PyResult<Table> {
    let book = book_of(labels, rules, "labels")?;
    let tally = read(py, labels, &book, What::Labels)?;
    Ok(table(&tally, &book))
}

/// The rules that a table goes with: those that were given, or those that it was made with.
pub fn book_of(table: &Bound<'_, PyAny>, rules: Option<&Rules>, what: &str) -> PyResult<Arc<Book>> {
    let own = table.downcast::<Table>().ok().and_then(|table| table.get().book().cloned());
    rules.map(|rules| Arc::clone(rules.book())).or(own).ok_or_else(|| {
        let hint = "give them as the second argument: stance.Rules(\"FOLDER\")";
        request(format!("these {what} come from elsewhere, so the codebook is unknown"), hint)
    })
}

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A label each.
    Labels,
    /// How many labels there are of a kind.
    Counts,
}

/// The columns of a table of labels or counts.
struct Columns {
    speaker: Place,
    issue: Place,
    day: Place,
    position: Place,
    date_precision: Option<Place>,
    n: Option<Place>,
    by_rules: Option<Place>,
    in_conflict: Option<Place>,
}

/// Reads a table and counts. Every row at fault is named.
pub fn read(py: Python<'_>, table: &Bound<'_, PyAny>, book: &Book, what: What) -> PyResult<Tally> {
    let mut source = Source::open(table)?;
    let fields = source.fields();
    let day = match find(fields, "day")? {
        Some(place) => place,
        None => need(fields, "date", "date")?,
    };
    if matches!(day.dtype, ArrowDataType::Timestamp(_, Some(_))) {
        day.check_days()?;
    }
    let labels = what == What::Labels;
    let maybe = |name: &str, wanted: bool| if wanted { find(fields, name) } else { Ok(None) };
    let columns = Columns {
        speaker: need(fields, "speaker", "speaker")?,
        issue: need(fields, "issue", "issue")?,
        day,
        position: need(fields, "position", "position")?,
        date_precision: find(fields, "date_precision")?,
        n: if labels { None } else { Some(need(fields, "n", "n")?) },
        by_rules: if labels { maybe("rule_id", true)? } else { maybe("by_rules", true)? },
        in_conflict: maybe("in_conflict", !labels)?,
    };
    let (mut reader, mut problems, mut base) = (CountReader::new(&book.codebook), Vec::new(), 0);
    while let Some(batch) = source.next(py)? {
        py.allow_threads(|| columns.read(&batch, base, what, &mut reader, &mut problems));
        base += batch.len();
        if problems.len() >= MOST_FAULTS {
            break;
        }
    }
    if !problems.is_empty() {
        return Err(raise(Error::Invalid(problems)));
    }
    reader.finish().map_err(raise)
}

impl Columns {
    fn read(
        &self,
        batch: &StructArray,
        base: usize,
        what: What,
        reader: &mut CountReader<'_>,
        problems: &mut Vec<Problem>,
    ) {
        let values = |place: &Place| Values::of(place, batch);
        let maybe = |place: &Option<Place>| place.as_ref().map(values);
        let [speakers, issues, days, positions] = [&self.speaker, &self.issue, &self.day, &self.position].map(values);
        let precisions = maybe(&self.date_precision);
        let [numbers, by_rules, in_conflict] = [&self.n, &self.by_rules, &self.in_conflict].map(maybe);
        fn cell<'v>(values: &'v Option<Values<'_>>, row: usize) -> GivenValue<'v> {
            values.as_ref().map_or(GivenValue::Missing, |values| values.get(row))
        }
        for row in 0..batch.len() {
            let position = positions.get(row);
            let (n, by_rules, in_conflict) = match what {
                What::Counts => (cell(&numbers, row), cell(&by_rules, row), cell(&in_conflict, row)),
                What::Labels => {
                    let taken = i64::from(position != GivenValue::Missing);
                    let ruled = i64::from(cell(&by_rules, row) != GivenValue::Missing);
                    (GivenValue::Whole(taken), GivenValue::Whole(taken * ruled), GivenValue::Whole(1 - taken))
                }
            };
            let given = GivenRow {
                speaker: speakers.get(row),
                issue: issues.get(row),
                day: days.get(row),
                date_precision: cell(&precisions, row),
                position,
                n,
                by_rules,
                in_conflict,
                words: None,
            };
            let path = Path::new(if what == What::Labels { "labels" } else { "counts" });
            problems.extend(reader.row(&given).into_iter().map(|fault| {
                // The words of faults are cut to a line.
                let place = format!("row {}, {}", base + row, fault.column);
                Problem::fault(path, None, fault.what, fault.hint).in_cell(place)
            }));
            if problems.len() >= MOST_FAULTS {
                return;
            }
        }
    }
}

fn table(tally: &Tally, book: &Arc<Book>) -> Table {
    let rows = tally.rows(&book.codebook);
    let texts = |cell: fn(&TallyRow) -> &str| {
        let mut column = MutableUtf8Array::<i32>::new();
        rows.iter().for_each(|row| column.push(Some(cell(row))));
        text(column)
    };
    let whole = |cell: fn(&TallyRow) -> u64| -> Box<dyn Array> {
        let cells = rows.iter().map(|row| i64::try_from(cell(row)).unwrap_or(i64::MAX));
        PrimitiveArray::from_vec(cells.collect()).boxed()
    };
    let days: Vec<i32> = rows.iter().map(|row| NaiveDate::to_epoch_days(&row.day)).collect();
    let positions: Vec<Option<i32>> = rows.iter().map(|row| row.position).collect();
    Table::of(vec![
        ("speaker", false, texts(|row| &row.speaker)),
        ("issue", false, texts(|row| &row.issue)),
        ("day", false, PrimitiveArray::from_vec(days).to(ArrowDataType::Date32).boxed()),
        ("date_precision", false, texts(|row| row.date_precision)),
        ("position", true, PrimitiveArray::<i32>::from(positions).boxed()),
        ("n", false, whole(|row| row.n)),
        ("by_rules", false, whole(|row| row.by_rules)),
        ("in_conflict", false, whole(|row| row.in_conflict)),
    ])
    .with_book(book)
}
