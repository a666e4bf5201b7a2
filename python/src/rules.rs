//! Rules and codebook as one object: made from a folder or from text, shipped as text, compiled where they land.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyType;
use stance::codebook::Codebook;
use stance::error::{Error, Problem, Result};
use stance::file::document::Document;
use stance::file::{corpus_files, table};
use stance::rule::topic::{CONTEXT_COLUMNS, context_columns};
use stance::rule::{self, Rules as Compiled};
use stance::statement::Statements;

use crate::failure::raise;
use crate::label::{Labelling, Named};
use crate::table::Table;
use crate::{explain, work};

/// Rules and the codebook that they belong to, ready to label.
///
/// `Rules("data/ukraine-2025")` reads `rules.toml` and `codebook.toml` of a folder. The tests in the rules are run, and
/// rules that fail one are refused, as on the command line.
///
/// Rules can be pickled: they travel as text and are compiled again, in some milliseconds. Spark, Ray, Dask and
/// `multiprocessing` ship them so.
///
/// Raises `stance.Error` with every fault of both files.
#[pyclass(frozen, module = "stance")]
pub struct Rules {
    inner: Arc<Book>,
}

/// The columns that every table of statements has.
pub const REQUIRED: [&str; 4] = ["id", "date", "speaker", "text"];

/// What rules are made of.
pub struct Book {
    /// The compiled rules.
    pub rules: Compiled,
    /// The codebook.
    pub codebook: Codebook,
    /// The columns in which a topic may be named, in the order in which the labelling fills them.
    pub columns: Vec<String>,
    /// The files as they were read.
    texts: Texts,
}

/// A path and a text for the rules and the codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Texts {
    rules: (PathBuf, String),
    codebook: (PathBuf, String),
}

impl Book {
    /// Compiles both files, and runs the tests if asked.
    fn new(texts: Texts, tested: bool) -> Result<Book> {
        let mut problems = Vec::new();
        let document = Document::new(texts.codebook.0.clone(), texts.codebook.1.clone());
        let codebook = Codebook::parse(&document, &mut problems);
        let document = Document::new(texts.rules.0.clone(), texts.rules.1.clone());
        let rules = rule::file::parse(document, codebook.as_ref(), None, &mut problems);
        problems.retain(Problem::is_fault);
        let (Some(mut rules), Some(codebook), true) = (rules, codebook, problems.is_empty()) else {
            return Err(Error::Invalid(problems));
        };
        if tested {
            let mut failed = rule::test::run(&rules, &codebook).problems;
            failed.retain(Problem::is_fault);
            if !failed.is_empty() {
                return Err(Error::Invalid(failed));
            }
        }
        let mut columns: Vec<String> = match &codebook.rules.context {
            Some(names) => names.iter().map(|(name, _)| name.clone()).collect(),
            None => CONTEXT_COLUMNS.map(str::to_owned).to_vec(),
        };
        columns.retain(|name| !REQUIRED.contains(&name.as_str()));
        // A table may have any of these columns. What it lacks is empty.
        let header: Vec<&str> = REQUIRED.into_iter().chain(columns.iter().map(String::as_str)).collect();
        let header = table::write(table::Dialect::default(), &header, std::iter::empty::<[&str; 0]>());
        if let Some(statements) = Statements::parse(Path::new("table"), &header, &mut Vec::new()) {
            rules.columns = context_columns(&codebook, &statements);
        }
        Ok(Book { rules, codebook, columns, texts })
    }

    /// The text of the rules.
    pub fn rules_text(&self) -> &str {
        &self.texts.rules.1
    }

    /// The text of the codebook.
    pub fn codebook_text(&self) -> &str {
        &self.texts.codebook.1
    }
}

impl Rules {
    fn compiled(py: Python<'_>, texts: Texts, tested: bool) -> PyResult<Rules> {
        let book = work::run(py, Some(1), |_| Book::new(texts, tested))?;
        Ok(Rules { inner: Arc::new(book.map_err(raise)?) })
    }

    /// What they are made of.
    pub fn book(&self) -> &Arc<Book> {
        &self.inner
    }
}

fn read(folder: &Path) -> Result<Texts> {
    if !corpus_files::is_corpus(folder) {
        let what = format!("{} is not a corpus: it has no codebook.toml", folder.display());
        let hint = "name the folder of a corpus, or create one with `stance init DIR`";
        return Err(Error::request(what, hint));
    }
    let text = |name: &str| -> Result<(PathBuf, String)> {
        let path = folder.join(name);
        let text = table::read_text(&path)?;
        Ok((path, text))
    };
    Ok(Texts { rules: text(corpus_files::RULES_FILE)?, codebook: text(corpus_files::CODEBOOK)? })
}

#[pymethods]
impl Rules {
    #[new]
    fn new(py: Python<'_>, folder: PathBuf) -> PyResult<Rules> {
        Rules::compiled(py, read(&folder).map_err(raise)?, true)
    }

    /// Rules from the text of a `rules.toml` and of a `codebook.toml`.
    ///
    /// Raises `stance.Error` with every fault of both.
    #[staticmethod]
    fn from_text(py: Python<'_>, rules: String, codebook: String) -> PyResult<Rules> {
        let (rules, codebook) = ((corpus_files::RULES_FILE.into(), rules), (corpus_files::CODEBOOK.into(), codebook));
        Rules::compiled(py, Texts { rules, codebook }, true)
    }

    /// Used by pickle. The tests passed where the rules were made.
    #[classmethod]
    fn _unpickled(
        _class: &Bound<'_, PyType>,
        py: Python<'_>,
        rules: (PathBuf, String),
        codebook: (PathBuf, String),
    ) -> PyResult<Rules> {
        Rules::compiled(py, Texts { rules, codebook }, false)
    }

    #[allow(clippy::type_complexity, reason = "pickle wants a callable and its arguments")]
    fn __reduce__(&self, py: Python<'_>) -> PyResult<(Py<PyAny>, ((PathBuf, String), (PathBuf, String)))> {
        let make = py.get_type::<Rules>().getattr("_unpickled")?.unbind();
        let Texts { rules, codebook } = self.inner.texts.clone();
        Ok((make, (rules, codebook)))
    }

    /// The ids of the issues, in the order of the codebook.
    #[getter]
    fn issues(&self) -> Vec<String> {
        self.inner.codebook.issues.iter().map(|issue| issue.id.clone()).collect()
    }

    /// The positions of an issue's scale and their words, lowest first: `{-2: "No sanctions", …}`.
    ///
    /// Raises `stance.Error` if there is no such issue.
    fn levels<'py>(&self, py: Python<'py>, issue: &str) -> PyResult<Bound<'py, pyo3::types::PyDict>> {
        let book = &self.inner.codebook;
        let index = book.find(issue).ok_or_else(|| unknown_issue(book, issue))?;
        let levels = pyo3::types::PyDict::new(py);
        for level in &book.issue(index).levels {
            levels.set_item(level.position.0, &level.words)?;
        }
        Ok(levels)
    }

    /// Eight digits that change with whatever decides what the rules give.
    #[getter]
    fn fingerprint(&self) -> String {
        self.inner.rules.fingerprint()
    }

    /// Labels every row of a table.
    ///
    /// `table` is anything with the Arrow C interface: a table, batch or reader of pyarrow, a data frame of polars or
    /// pandas, a relation of DuckDB. `text`, `speaker` and `date` name its columns. A column named `speaker` or `date`
    /// is found without being named. Rules that are for some speakers or times need them. Columns that the codebook
    /// lists under `[rules] context`, otherwise `context`, `venue`, `notes` and `source_title`, are read as context if
    /// the table has them. A null text has no label.
    ///
    /// Returns a table with one row for each row of the input and issue on which a rule fires:
    ///
    /// * `row`: the place in the input, from 0 (int64)
    /// * `speaker`, `date` (date32), `date_precision`: as in the input, if it has them
    /// * the columns of `keep`
    /// * `issue`; `position` (int32) and `level`, null if rules are in conflict; `rule_id`, several joined by `; `
    /// * `evidence`, `evidence_start`, `evidence_end` (uint32, in characters) and `contexts`
    ///
    /// The result is the same for any number of threads. `threads=None` takes all cores; take 1 in a worker of Spark,
    /// Ray or Dask. The interpreter's lock is released, and Ctrl-C ends the work.
    ///
    /// Raises `TypeError` for what is no table or a column of a wrong type, `stance.Error` for a column that does not
    /// exist or a cell that cannot be read.
    #[pyo3(signature = (table, text="text", *, speaker=None, date=None, keep=None, threads=None))]
    #[allow(clippy::too_many_arguments, reason = "Python names them")]
    fn label(
        &self,
        py: Python<'_>,
        table: &Bound<'_, PyAny>,
        text: &str,
        speaker: Option<&str>,
        date: Option<&str>,
        keep: Option<Vec<String>>,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let named = Named { text, speaker, date, keep: keep.unwrap_or_default() };
        Labelling::new(&self.inner, table, &named)?.run(py, threads)
    }

    /// Says why a text has its labels, or none: the rules that fire, the patterns and contexts, and near misses.
    ///
    /// The words are those of `stance explain`. `context` is what stands beside the text, such as a question. Without a
    /// `date` (`YYYY-MM-DD`), rules for some time do not fire.
    #[pyo3(signature = (text, *, speaker=None, date=None, context=None))]
    fn explain(
        &self,
        py: Python<'_>,
        text: &str,
        speaker: Option<&str>,
        date: Option<&Bound<'_, PyAny>>,
        context: Option<&str>,
    ) -> PyResult<String> {
        let date = date.map(|date| date.str().map(|date| date.to_string())).transpose()?;
        explain::explain(py, &self.inner, text, speaker, date.as_deref(), context)
    }

    fn __repr__(&self) -> String {
        let count = stance::words::many(self.inner.rules.rules.len(), "rule");
        format!("<stance.Rules {}: {count}, on {}>", self.fingerprint(), self.issues().join(", "))
    }

    fn __eq__(&self, other: &Rules) -> bool {
        self.inner.texts == other.inner.texts
    }

    fn __hash__(&self) -> u64 {
        let Texts { rules, codebook } = &self.inner.texts;
        stance::words::hash(rules.1.bytes().chain([0]).chain(codebook.1.bytes()))
    }
}

/// The error for an issue that the codebook does not have.
pub fn unknown_issue(codebook: &Codebook, id: &str) -> PyErr {
    let hint = format!("the codebook has: {}", codebook.issue_list());
    crate::failure::request(format!("there is no issue `{id}`"), hint)
}
