//! Stance for Python: rules label data frames, and counts are judged, through the Arrow C interface.
//!
//! This crate is a front end beside the command line: it reads tables, calls the library, and gives tables back. It
//! decides nothing about positions or verdicts. `arrow` moves tables in and out and is the only place with `unsafe`;
//! `column` finds and checks columns; `work` runs on all cores without the interpreter's lock.

use pyo3::prelude::*;

mod failure;
mod arrow;
mod work;
mod column;
mod keep;
mod value;
mod table;
mod rules;
mod label;
mod count;
mod shifts;
mod corpus;
mod explain;
mod agree;
mod chart;
mod command;

/// What `stance/__init__.py` exports.
#[pymodule]
fn _stance(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("Error", module.py().get_type::<failure::Error>())?;
    module.add_class::<rules::Rules>()?;
    module.add_class::<table::Table>()?;
    module.add_class::<agree::Agreement>()?;
    module.add_class::<shifts::Verdicts>()?;
    module.add_class::<chart::Picture>()?;
    module.add_function(wrap_pyfunction!(count::count, module)?)?;
    module.add_function(wrap_pyfunction!(shifts::shifts, module)?)?;
    module.add_function(wrap_pyfunction!(agree::agree, module)?)?;
    module.add_function(wrap_pyfunction!(chart::chart, module)?)?;
    module.add_function(wrap_pyfunction!(command::main, module)?)?;
    Ok(())
}
