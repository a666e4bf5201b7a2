//! Counts into verdicts.

use std::sync::Arc;

use chrono::NaiveDate;
use polars_arrow::array::{Array, MutableUtf8Array, PrimitiveArray};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};
use serde_json::{Map, Value};
use stance::codebook::IssueIndex;
use stance::date::{Grain, parse_day};
use stance::error::Error;
use stance::file::json;
use stance::shift::rows::rows;
use stance::shift::{Correction, Pair, Request, Verdict, words as sentences};
use stance::study::{Ask, Relabel};
use stance::words::{did_you_mean, many, name as typed};

use crate::count::{What, book_of, read};
use crate::failure::{raise, request};
use crate::rules::{Book, Rules, unknown_issue};
use crate::table::{Table, text};
use crate::work;

/// Verdicts on pairs of speaker and issue: did the position move, when, by how much, and how sure is that?
///
/// As Arrow it has the columns that `stance shifts --format csv` prints, a row for each finding. `str()` gives the
/// sentences, `to_json()` everything. What needs statements is null: counts have no quotations, coders or sources.
#[pyclass(frozen, module = "stance")]
pub struct Verdicts {
    table: Table,
    text: String,
    json: String,
    /// How many pairs were tested: what p is corrected for.
    #[pyo3(get)]
    tested: usize,
}

#[pymethods]
impl Verdicts {
    /// Everything that was found, as JSON.
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
        format!("<stance.Verdicts: {}, {} tested>", many(self.__len__(), "row"), many(self.tested, "pair"))
    }
}

// Python shows a default only if it is a literal.
const _: () = assert!(stance::shift::request::SEED == 2025);

/// Tests whether positions moved.
///
/// `counts` is a table with `speaker`, `issue`, `day` (or `date`), `position` and `n`, from `count`, Spark, SQL or
/// anywhere else; `date_precision`, `by_rules` and `in_conflict` may be there. Equal rows are added. `rules` have the
/// codebook; counts of `count` know theirs.
///
/// Every pair between `since` and `until` is tested, and every verdict is corrected for all of them. `speaker` and
/// `issue`, a name or a list, choose what is shown and change no verdict. `alpha`, `correction` (`"holm"`, `"bh"`,
/// `"none"`), `seed`, `event` and `grain` (`"day"`, `"week"`, `"month"`, `"quarter"`) are those of `stance shifts`.
///
/// Verdicts are the same for any number of threads, and the same as `stance shifts` gives on the statements.
///
/// Raises `stance.Error` with every row that cannot be counted, and if nothing is left to test.
#[pyfunction]
#[pyo3(signature = (
    counts, rules=None, *, speaker=None, issue=None, since=None, until=None, event=None, grain="day", alpha=0.05,
    correction="holm", seed=2025
))]
#[allow(clippy::too_many_arguments, reason = "Python names them")]
pub fn shifts(
    py: Python<'_>,
    counts: &Bound<'_, PyAny>,
    rules: Option<&Rules>,
    speaker: Option<OneOrMore>,
    issue: Option<OneOrMore>,
    since: Option<&Bound<'_, PyAny>>,
    until: Option<&Bound<'_, PyAny>>,
    event: Option<&Bound<'_, PyAny>>,
    grain: &str,
    alpha: f64,
    correction: &str,
    seed: u64,
) -> PyResult<Verdicts> {
    let book = book_of(counts, rules, "counts")?;
    if !(alpha > 0.0 && alpha < 1.0) {
        return Err(request(format!("alpha is {alpha}"), "choose a level above 0 and below 1, such as 0.05"));
    }
    let correction = match correction {
        "holm" => Correction::Holm,
        "bh" => Correction::BenjaminiHochberg,
        "none" => Correction::None,
        other => return Err(request(format!("`{other}` is no correction"), "choose holm, bh or none")),
    };
    let grain = match grain {
        "day" => Grain::Day,
        "week" => Grain::Week,
        "month" => Grain::Month,
        "quarter" => Grain::Quarter,
        other => return Err(request(format!("`{other}` is no grain"), "choose day, week, month or quarter")),
    };
    let (since, until, event) = (day("since", since)?, day("until", until)?, day("event", event)?);
    if let (Some(from), Some(to)) = (since, until)
        && to < from
    {
        return Err(request(format!("until {to} is before since {from}"), "swap them"));
    }
    let asked = Request { alpha, correction, seed, event };
    // The same question of a corpus is checked by the library.
    Ask { request: asked.clone(), grain, relabel: Relabel::No, ..Ask::default() }.check().map_err(raise)?;
    let tally = read(py, counts, &book, What::Counts)?.within(since, until);
    let speakers: Vec<String> = OneOrMore::all(speaker).iter().map(|name| typed(name)).collect();
    for name in &speakers {
        let known = tally.speakers();
        if !known.contains(&name.as_str()) {
            let hint = did_you_mean(name, known.into_iter()).unwrap_or("see the column speaker".to_owned());
            return Err(request(format!("there is no speaker `{name}` in the counts"), hint));
        }
    }
    let mut issues: Vec<IssueIndex> = Vec::new();
    for id in OneOrMore::all(issue) {
        issues.push(book.codebook.find(&id).ok_or_else(|| unknown_issue(&book.codebook, &id))?);
    }
    let shared = Arc::clone(&book);
    let judged = work::run_apart(py, move || {
        let mut verdicts = tally.verdicts(&shared.codebook, grain, &asked, || ());
        verdicts.pairs.retain(|pair| {
            (speakers.is_empty() || speakers.contains(&pair.speaker))
                && (issues.is_empty() || issues.contains(&pair.index))
        });
        if verdicts.pairs.is_empty() {
            let what = "the counts have no position to test";
            return Err(Error::request(what, "choose other speakers, issues or dates"));
        }
        let json = json::pretty(&verdicts)?;
        let table = table(&verdicts.pairs, &shared)?;
        Ok(Verdicts { table, text: said(&verdicts.pairs, &shared), json, tested: verdicts.tested })
    })?;
    let judged = judged.map_err(raise)?;
    Ok(Verdicts { text: wrapped(py, &judged.text)?, ..judged })
}

/// Paragraphs in lines of at most 100 characters, as on the command line.
fn wrapped(py: Python<'_>, text: &str) -> PyResult<String> {
    let how = PyDict::new(py);
    how.set_item("width", 100)?;
    how.set_item("subsequent_indent", "    ")?;
    how.set_item("break_long_words", false)?;
    how.set_item("break_on_hyphens", false)?;
    let fill = py.import("textwrap")?.getattr("fill")?;
    let lines: PyResult<Vec<String>> =
        text.lines().map(|line| fill.call((line,), Some(&how))?.extract::<String>()).collect();
    Ok(lines?.join("\n"))
}

/// A name, or several.
#[derive(FromPyObject)]
pub enum OneOrMore {
    /// One.
    One(String),
    /// Several.
    More(Vec<String>),
}

impl OneOrMore {
    fn all(given: Option<OneOrMore>) -> Vec<String> {
        match given {
            None => Vec::new(),
            Some(OneOrMore::One(name)) => vec![name],
            Some(OneOrMore::More(names)) => names,
        }
    }
}

/// A day as `datetime.date` or as text.
fn day(name: &str, given: Option<&Bound<'_, PyAny>>) -> PyResult<Option<NaiveDate>> {
    let Some(given) = given else { return Ok(None) };
    let text = given.str()?.to_string();
    parse_day(&text).map(Some).map_err(|fault| request(format!("{name}: {}", fault.what), fault.hint))
}

/// The verdicts as sentences. Those with too few days come last, in a line each.
fn said(pairs: &[Pair], book: &Book) -> String {
    let (few, judged): (Vec<&Pair>, Vec<&Pair>) =
        pairs.iter().partition(|pair| pair.verdict == Verdict::TooFew && pair.latest.is_none());
    let mut lines: Vec<String> = Vec::new();
    for pair in judged {
        let found = sentences::sentences(pair, &book.codebook).join(" ");
        lines.push(format!("{} on {}: {found}", pair.speaker, book.codebook.issue(pair.index).name));
    }
    for pair in few {
        let issue = &book.codebook.issue(pair.index).name;
        lines.push(format!("{} on {issue}: too few to tell ({})", pair.speaker, many(pair.days, pair.grain.word())));
    }
    lines.join("\n")
}

/// The type of a column of verdicts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Whole,
    Number,
}

/// The columns that are not text, as the library writes them.
fn kind(name: &str) -> Kind {
    match name {
        "days_needed" | "rearrangements" | "statements" | "days" | "by_month" | "in_conflict" | "by_rules"
        | "members" => Kind::Whole,
        "mean" | "before" | "after" | "size" | "size_likely" | "size_low" | "size_high" | "superiority"
        | "superiority_low" | "superiority_high" | "p" | "p_corrected" | "smallest_p" | "dependence" | "later_low"
        | "later_high" | "detectable" | "detectable_quarter" | "relabelled_stands" | "recoded_stands"
        | "coder_bias" | "stress_stands" | "largest_share" => Kind::Number,
        _ => Kind::Text,
    }
}

/// The findings as a table, with the columns of the CSV in their order.
fn table(pairs: &[Pair], book: &Arc<Book>) -> Result<Table, Error> {
    let findings = rows(pairs.iter(), &book.codebook);
    let failed = |error: serde_json::Error| Error::Output(error.into());
    let mut writer = csv::Writer::from_writer(Vec::new());
    if let Some(first) = findings.first() {
        writer.serialize(first).map_err(|error| Error::Output(error.into()))?;
    }
    let head = writer.into_inner().map_err(|error| Error::Output(error.into_error()))?;
    let header =
        csv::Reader::from_reader(head.as_slice()).headers().map_err(|error| Error::Output(error.into()))?.clone();
    let mut records: Vec<Map<String, Value>> = Vec::new();
    for finding in &findings {
        if let Value::Object(record) = serde_json::to_value(finding).map_err(failed)? {
            records.push(record);
        }
    }
    let column = |name: &str| -> Box<dyn Array> {
        let cells = records.iter().map(|record| record.get(name).unwrap_or(&Value::Null));
        match kind(name) {
            Kind::Whole => PrimitiveArray::<i64>::from(cells.map(Value::as_i64).collect::<Vec<_>>()).boxed(),
            Kind::Number => PrimitiveArray::<f64>::from(cells.map(Value::as_f64).collect::<Vec<_>>()).boxed(),
            Kind::Text => {
                let mut out = MutableUtf8Array::<i32>::new();
                cells.for_each(|cell| match cell {
                    Value::String(cell) if !cell.is_empty() => out.push(Some(cell)),
                    Value::Null | Value::String(_) => out.push(None::<&str>),
                    other => out.push(Some(other.to_string())),
                });
                text(out)
            }
        }
    };
    Ok(Table::of(header.iter().map(|name| (name, true, column(name))).collect()).with_book(book))
}
