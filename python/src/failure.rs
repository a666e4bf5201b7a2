//! Errors of the library as exceptions, in the same words as on the command line.

use pyo3::create_exception;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use stance::error::{self, Problem};

create_exception!(
    stance,
    Error,
    PyValueError,
    "What Stance cannot do, in the words of the command line: what is wrong, and how to fix it.\n\n\
     `problems` lists the faults of files as dicts with `path`, `line`, `column`, `what` and `hint`. It is empty if no \
     file is at fault."
);

/// An error of the library as an exception.
pub fn raise(error: error::Error) -> PyErr {
    let text = error.to_string();
    let problems = match error {
        error::Error::Invalid(problems) => problems,
        _ => Vec::new(),
    };
    with_problems(text, &problems)
}

/// A request that cannot be met, and what to ask for instead.
pub fn request(what: impl Into<String>, hint: impl Into<String>) -> PyErr {
    raise(error::Error::request(what, hint))
}

/// As [`request`], if the object or column is of a wrong type.
pub fn wrong_type(what: impl Into<String>, hint: impl Into<String>) -> PyErr {
    PyTypeError::new_err(error::Error::request(what, hint).to_string())
}

fn with_problems(text: String, problems: &[Problem]) -> PyErr {
    let error = Error::new_err(text);
    Python::with_gil(|py| {
        let list = PyList::empty(py);
        let filled = problems.iter().try_for_each(|problem| {
            let entry = PyDict::new(py);
            entry.set_item("path", problem.path.display().to_string())?;
            entry.set_item("line", problem.place.map(|place| place.line))?;
            entry.set_item("column", problem.place.map(|place| place.column))?;
            entry.set_item("what", &problem.what)?;
            entry.set_item("hint", &problem.hint)?;
            list.append(entry)
        });
        match filled.and_then(|()| error.value(py).setattr("problems", list)) {
            Ok(()) => error,
            // Only want of memory can lead here.
            Err(other) => other,
        }
    })
}
