//! Pictures of a table of statements, or of a corpus.

use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyString, PyTuple};
use stance::chart::picture::{PictureFormat, pictures};
use stance::cli::args::Verb;
use stance::cli::{chart as command, parse};
use stance::corpus::Corpus;
use stance::error::{Error, Result};
use stance::study::Study;

use crate::corpus::{Files, NAME, StatementColumns, hands, statements};
use crate::failure::{raise, request, wrong_type};
use crate::rules::Rules;
use crate::work;

/// A picture that a notebook shows.
///
/// `svg` is its text and `png` its pixels at twice the size.
#[pyclass(frozen, module = "stance")]
pub struct Picture {
    name: String,
    svg: String,
    png: Vec<u8>,
    warnings: Vec<String>,
}

#[pymethods]
impl Picture {
    /// The name, such as `timeline-donald-trump`.
    #[getter]
    fn name(&self) -> &str {
        &self.name
    }

    /// The picture as SVG.
    #[getter]
    fn svg(&self) -> &str {
        &self.svg
    }

    /// The picture as PNG.
    #[getter]
    fn png<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.png)
    }

    /// What there was no room for, and letters that no font has.
    #[getter]
    fn warnings(&self) -> Vec<String> {
        self.warnings.clone()
    }

    fn _repr_svg_(&self) -> &str {
        &self.svg
    }

    fn _repr_png_<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        self.png(py)
    }

    fn __repr__(&self) -> String {
        format!("<stance.Picture {}>", self.name)
    }
}

/// Options of `stance chart` that have no place here, and why.
const NOT_HERE: [(&str, &str); 6] = [
    ("out", "use Picture.svg and Picture.png"),
    ("force", "nothing is written"),
    ("format", "a picture has both"),
    ("embed", "use `stance chart --embed`"),
    ("corpus", "give the folder as the first argument"),
    ("preset", "give `width` and `height`"),
];

/// Draws a chart.
///
/// `statements` is a table with the columns `text`, `speaker` and `date`, or the folder of a corpus. A table needs
/// `rules`; `labels`, a table of labels by hand with `statement_id`, `coder`, `issue` and `position`, go before them.
/// `id` is the column with the ids that the labels name.
///
/// `kind` is `"timeline"`, `"months"`, `"coverage"`, `"card"`, `"speakers"`, `"shift"` or `"dumbbell"`. `speaker` and
/// `issue` take a name or a list. Every other option of `stance chart` may be given by its name, such as
/// `theme="dark"`, `width=800`, `locale="de"`, `title="…"`.
///
/// Returns a `Picture`. The bytes are those of `stance chart` on the same statements.
///
/// Raises `stance.Error` with every fault of the statements and labels, and for what cannot be drawn.
#[pyfunction]
#[pyo3(signature = (
    statements, rules=None, kind="timeline", *, labels=None, text="text", speaker_column="speaker", date="date", id=None,
    **options
))]
#[allow(clippy::too_many_arguments, reason = "Python names them")]
pub fn chart(
    py: Python<'_>,
    statements: &Bound<'_, PyAny>,
    rules: Option<&Rules>,
    kind: &str,
    labels: Option<&Bound<'_, PyAny>>,
    text: &str,
    speaker_column: &str,
    date: &str,
    id: Option<&str>,
    options: Option<&Bound<'_, PyDict>>,
) -> PyResult<Picture> {
    let arguments = arguments(kind, options)?;
    let files = files(py, statements, rules, labels, &StatementColumns { text, speaker: speaker_column, date, id })?;
    let drawn = work::run(py, None, |_| draw(&files, &arguments))?;
    drawn.map_err(|error| match &files {
        Given::Folder(_) => raise(error),
        Given::Files(files) => files.raise(error),
    })
}

/// Where the corpus is.
enum Given {
    Folder(PathBuf),
    Files(Files),
}

fn files(
    py: Python<'_>,
    table: &Bound<'_, PyAny>,
    rules: Option<&Rules>,
    labels: Option<&Bound<'_, PyAny>>,
    columns: &StatementColumns<'_>,
) -> PyResult<Given> {
    if table.is_instance_of::<PyString>() || table.hasattr("__fspath__")? {
        if rules.is_some() || labels.is_some() {
            return Err(request("a corpus has its own rules and labels", "leave out `rules` and `labels`"));
        }
        return Ok(Given::Folder(table.extract()?));
    }
    let Some(rules) = rules else {
        return Err(request("a table needs rules", "give them as the second argument: stance.Rules(\"FOLDER\")"));
    };
    let book = rules.book();
    let mut files = Files::new(book.codebook_text(), book.rules_text());
    statements(py, &mut files, table, columns)?;
    if let Some(labels) = labels {
        hands(py, labels)?.add_to(&mut files)?;
    }
    Ok(Given::Files(files))
}

/// The options as arguments of the command line, which checks them.
fn arguments(kind: &str, options: Option<&Bound<'_, PyDict>>) -> PyResult<Vec<String>> {
    let mut arguments = vec!["stance".to_owned(), "chart".to_owned()];
    for (name, value) in options.into_iter().flatten() {
        let name: String = name.extract()?;
        if let Some((_, instead)) = NOT_HERE.iter().find(|(other, _)| *other == name) {
            return Err(request(format!("chart() has no option `{name}`"), *instead));
        }
        let flag = format!("--{}", name.replace('_', "-"));
        let mut add = |value: &Bound<'_, PyAny>| -> PyResult<()> {
            match value.extract::<bool>() {
                Ok(true) => arguments.push(flag.clone()),
                Ok(false) => {}
                Err(_) => arguments.push(format!("{flag}={}", value.str()?)),
            }
            Ok(())
        };
        if value.is_none() {
            continue;
        }
        match (value.downcast::<PyList>(), value.downcast::<PyTuple>()) {
            (Ok(list), _) => list.iter().try_for_each(|value| add(&value))?,
            (_, Ok(tuple)) => tuple.iter().try_for_each(|value| add(&value))?,
            _ if value.is_instance_of::<PyDict>() => {
                return Err(wrong_type(format!("the option `{name}` is a dict"), "give one value or a list"));
            }
            _ => add(&value)?,
        }
    }
    arguments.push("--".to_owned());
    arguments.push(kind.to_owned());
    Ok(arguments)
}

fn draw(given: &Given, arguments: &[String]) -> Result<Picture> {
    let args = match parse(arguments.iter().map(String::as_str))?.verb {
        Verb::Chart(args) => args,
        _ => return Err(Error::request("these arguments ask for no chart", "report this")),
    };
    let corpus = match given {
        Given::Folder(path) => Corpus::load(path)?,
        Given::Files(files) => Corpus::of_texts(NAME, &files.texts)?,
    };
    let command::Commission { ask, wanted, mut look } = command::commission(&args, &corpus)?;
    look.formats = vec![PictureFormat::Png, PictureFormat::Svg];
    let decisions = corpus.label_by_rules(|| ());
    let study = Study::of(&corpus, &decisions, ask, &|_, _| ());
    let picture = pictures(&study, &wanted)?.into_iter().next();
    let picture = picture.unwrap_or_else(|| Err(Error::request("there is nothing to draw", "name another kind")))?;
    let (files, warnings) = picture.files(&look)?;
    let mut out = Picture { name: picture.name, svg: String::new(), png: Vec::new(), warnings: Vec::new() };
    out.warnings = study.warnings.iter().chain(&warnings).map(ToString::to_string).collect();
    for file in files {
        if file.name.ends_with(".png") {
            out.png = file.bytes;
        } else if file.name.ends_with(".svg") {
            out.svg = String::from_utf8_lossy(&file.bytes).into_owned();
        }
    }
    Ok(out)
}
