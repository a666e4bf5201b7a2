//! The command `stance`, run in this process.

use std::ffi::OsString;

use pyo3::prelude::*;

/// Runs the command line with these arguments. The first is the name of the program. Returns the exit code.
#[pyfunction]
pub fn main(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.allow_threads(|| stance::cli::main(arguments))
}
