//! How far coders agree.

use std::collections::{BTreeMap, BTreeSet};

use polars_arrow::array::{Array, MutableUtf8Array, PrimitiveArray};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use stance::agreement::interval::Margin;
use stance::agreement::statistic::{Coefficient, Estimate, Metric};
use stance::agreement::{AgreementRow, Between, By, Comparison, agreement};
use stance::cli::agree as command;
use stance::codebook::Position;
use stance::corpus::{Corpus, Selection};
use stance::error::Error;
use stance::file::json;
use stance::import::{self, FoundIssue, NumbersFrom};

use crate::corpus::{Files, Hands, NAME, hands};
use crate::failure::request;
use crate::rules::Rules;
use crate::table::{self, Table};
use crate::work;

/// How far coders agree: a row for each issue, or issue and speaker or month.
///
/// `str()` gives the text of `stance agree`, `to_json()` all that was measured. As Arrow it has the columns `issue`,
/// `group`; the counts `read`, `both`, `one`, `open`; the shares `percent`, `within_one`, `presence_percent`; and with
/// `_low` and `_high` for the ends of 95 % intervals `alpha`, `ac1`, `ac2`, `kappa`, `kappa_linear`,
/// `kappa_quadratic`, `presence_ac1` and `presence_kappa`. What cannot be computed is null.
#[pyclass(frozen, module = "stance")]
pub struct Agreement {
    table: Table,
    text: String,
    json: String,
}

#[pymethods]
impl Agreement {
    /// Everything that was measured, as JSON: that of `stance agree --format json`.
    fn to_json(&self) -> &str {
        &self.json
    }

    /// The names of the columns, in order.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.table.columns()
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Py<PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        self.table.__arrow_c_stream__(py, requested_schema)
    }

    fn __len__(&self) -> usize {
        self.table.__len__()
    }

    fn __str__(&self) -> &str {
        &self.text
    }

    fn __repr__(&self) -> String {
        format!("<stance.Agreement: {}>", stance::words::many(self.__len__(), "row"))
    }
}

/// Measures how far coders agree.
///
/// `labels` is a table with a row for each statement, coder and issue: `statement_id` (or `id`), `coder`, `issue` and
/// `position`, null for "read, takes none". With `speaker` and `date`, statements of one speaker on one day are taken
/// together in the intervals, and `by` may be `"speaker"` or `"month"`. The coder `adjudicated` decides differences
/// and is not compared.
///
/// With `rules`, positions are checked against their codebook. Otherwise each issue has the levels that occur and
/// those between them. `metric` is `"ordinal"`, `"nominal"` or `"interval"`.
///
/// Raises `stance.Error` with every fault of the labels, or if there are not 2 coders.
#[pyfunction]
#[pyo3(signature = (labels, rules=None, *, by="issue", metric="ordinal"))]
pub fn agree(
    py: Python<'_>,
    labels: &Bound<'_, PyAny>,
    rules: Option<&Rules>,
    by: &str,
    metric: &str,
) -> PyResult<Agreement> {
    let by = match by {
        "issue" => By::Issue,
        "speaker" => By::Speaker,
        "month" => By::Month,
        other => return Err(request(format!("`{other}` is no way to group"), "choose issue, speaker or month")),
    };
    let metric = match metric {
        "nominal" => Metric::Nominal,
        "ordinal" => Metric::Ordinal,
        "interval" => Metric::Interval,
        other => return Err(request(format!("`{other}` is no metric"), "choose nominal, ordinal or interval")),
    };
    let hands = hands(py, labels)?;
    let has = |what: fn(&crate::corpus::Hand) -> bool| hands.rows.iter().any(what);
    let lacking = match by {
        By::Speaker if !has(|hand| hand.said.0.is_some()) => Some("speaker"),
        By::Month if !has(|hand| hand.said.1.is_some()) => Some("date"),
        _ => None,
    };
    if let Some(column) = lacking {
        return Err(request(format!("the table has no column `{column}`"), "add it, or leave out `by`"));
    }
    let codebook = match rules {
        Some(rules) => rules.book().codebook_text().to_owned(),
        None => begun(&hands),
    };
    let mut files = Files::new(&codebook, "");
    hands.add_statements(&mut files);
    hands.add_to(&mut files)?;
    let comparison =
        Comparison { selection: Selection::default(), between: vec![Between::Coders], by: vec![by], metric };
    let measured = work::run(py, None, |_| measure(&files, &comparison))?;
    let (rows, text, json) = measured.map_err(|error| files.raise(error))?;
    Ok(Agreement { table: table_of(&rows), text, json })
}

fn measure(files: &Files, comparison: &Comparison) -> Result<(Vec<AgreementRow>, String, String), Error> {
    let corpus = Corpus::of_texts(NAME, &files.texts)?;
    let decisions = corpus.label_by_rules(|| ());
    let agreement = agreement(&corpus, &decisions, comparison);
    if agreement.coders.len() < 2 {
        let what = match agreement.coders.first() {
            Some(only) => format!("agreement needs 2 coders; there is only one, {only}"),
            None => "the table has no labels".to_owned(),
        };
        return Err(Error::request(what, "give the labels of all coders, with their names in the column `coder`"));
    }
    let text = command::for_people(&agreement, &corpus, comparison);
    let json = json::pretty(&agreement)?;
    Ok((agreement.rows, text, json))
}

/// A codebook with the issues and levels that occur.
fn begun(hands: &Hands) -> String {
    let mut seen: BTreeMap<&str, BTreeSet<Position>> = BTreeMap::new();
    for hand in &hands.rows {
        let positions = seen.entry(&hand.issue).or_default();
        positions.extend(hand.position.and_then(|position| i32::try_from(position).ok()).map(Position));
    }
    let issue = |(id, seen): (&str, BTreeSet<Position>)| {
        let found = FoundIssue::new(id.to_owned(), id.to_owned(), String::new());
        FoundIssue { seen, exact: true, numbers: NumbersFrom::Sheet, ..found }
    };
    let issues: Vec<FoundIssue> = seen.into_iter().map(issue).collect();
    import::codebook(&issues.iter().collect::<Vec<_>>())
}

fn table_of(rows: &[AgreementRow]) -> Table {
    let text = |cell: fn(&AgreementRow) -> &str| -> Box<dyn Array> {
        let mut column = MutableUtf8Array::<i32>::new();
        rows.iter().for_each(|row| column.push(Some(cell(row))));
        table::text(column)
    };
    let count = |cell: fn(&AgreementRow) -> usize| -> Box<dyn Array> {
        PrimitiveArray::from_vec(rows.iter().map(|row| cell(row) as i64).collect()).boxed()
    };
    let numbers = |cells: Vec<Option<f64>>| -> Box<dyn Array> { PrimitiveArray::<f64>::from(cells).boxed() };
    let share = |cell: fn(&AgreementRow) -> Coefficient| numbers(rows.iter().map(|row| cell(row).value()).collect());
    let mut columns: Vec<(&str, bool, Box<dyn Array>)> = vec![
        ("issue", false, text(|row| &row.issue)),
        ("group", false, text(|row| &row.group)),
        ("read", false, count(|row| row.read)),
        ("both", false, count(|row| row.both)),
        ("one", false, count(|row| row.one)),
        ("open", false, count(|row| row.open)),
        ("percent", true, share(|row| row.percent)),
        ("within_one", true, share(|row| row.within_one)),
        ("presence_percent", true, share(|row| row.presence_percent)),
    ];
    type Cell = fn(&AgreementRow) -> Estimate;
    let estimates: [([&str; 3], Cell); 8] = [
        (["alpha", "alpha_low", "alpha_high"], |row| row.alpha),
        (["ac1", "ac1_low", "ac1_high"], |row| row.ac1),
        (["ac2", "ac2_low", "ac2_high"], |row| row.ac2),
        (["kappa", "kappa_low", "kappa_high"], |row| row.kappa),
        (["kappa_linear", "kappa_linear_low", "kappa_linear_high"], |row| row.kappa_linear),
        (["kappa_quadratic", "kappa_quadratic_low", "kappa_quadratic_high"], |row| row.kappa_quadratic),
        (["presence_ac1", "presence_ac1_low", "presence_ac1_high"], |row| row.presence_ac1),
        (["presence_kappa", "presence_kappa_low", "presence_kappa_high"], |row| row.presence_kappa),
    ];
    for ([value, low, high], cell) in estimates {
        let end = |pick: fn(stance::math::Interval) -> f64| {
            let cells = rows.iter().map(|row| match cell(row).interval {
                Margin::Known(interval) => Some(pick(interval)),
                Margin::Unknown(_) => None,
            });
            numbers(cells.collect())
        };
        columns.push((value, true, numbers(rows.iter().map(|row| cell(row).value.value()).collect())));
        columns.push((low, true, end(|interval| interval.low)));
        columns.push((high, true, end(|interval| interval.high)));
    }
    Table::of(columns)
}
