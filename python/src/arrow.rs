//! Tables in and out through the Arrow PyCapsule interface. No pyarrow is needed.
#![allow(unsafe_code)]

use std::ffi::{CStr, CString};

use polars_arrow::array::{Array, StructArray};
use polars_arrow::datatypes::{ArrowDataType, Field};
use polars_arrow::ffi::{self, ArrowArrayStream, ArrowArrayStreamReader};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

use crate::failure::{request, wrong_type};

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";

/// A table that is read batch by batch.
pub struct Source {
    batches: Batches,
    fields: Vec<Field>,
}

enum Batches {
    Stream(ArrowArrayStreamReader<Box<ArrowArrayStream>>),
    One(Option<StructArray>),
}

const KNOWN: &str = "give a table of pyarrow, polars, pandas (2.2 or later, with pyarrow) or DuckDB, or any other with \
                     __arrow_c_stream__";

impl Source {
    /// Opens anything that has the Arrow C interface.
    ///
    /// # Errors
    /// `TypeError` if it is no table, whatever the producer raises, and [`failure::Error`](crate::failure::Error) for a
    /// table that cannot be taken over.
    pub fn open(table: &Bound<'_, PyAny>) -> PyResult<Source> {
        if table.hasattr("__arrow_c_stream__")? {
            let capsule = table.call_method0("__arrow_c_stream__")?.downcast_into::<PyCapsule>()?;
            check(&capsule, STREAM)?;
            let pointer = capsule.pointer().cast::<ArrowArrayStream>();
            // SAFETY: the name says what it is. Taking it leaves an empty stream behind, as the interface asks.
            let stream = unsafe { std::ptr::replace(pointer, ArrowArrayStream::empty()) };
            // SAFETY: the producer keeps to the interface.
            let reader = unsafe { ArrowArrayStreamReader::try_new(Box::new(stream)) }.map_err(foreign)?;
            let fields = fields_of(reader.field().dtype(), table)?;
            return Ok(Source { batches: Batches::Stream(reader), fields });
        }
        if table.hasattr("__arrow_c_array__")? {
            let pair = table.call_method0("__arrow_c_array__")?.downcast_into::<PyTuple>()?;
            let schema = pair.get_item(0)?.downcast_into::<PyCapsule>()?;
            let array = pair.get_item(1)?.downcast_into::<PyCapsule>()?;
            check(&schema, SCHEMA)?;
            check(&array, ARRAY)?;
            let schema = schema.pointer().cast::<ffi::ArrowSchema>();
            let array = array.pointer().cast::<ffi::ArrowArray>();
            // SAFETY: as above.
            let field = unsafe { ffi::import_field_from_c(&*schema) }.map_err(foreign)?;
            let fields = fields_of(&field.dtype, table)?;
            // SAFETY: as above.
            let array = unsafe { std::ptr::replace(array, ffi::ArrowArray::empty()) };
            // SAFETY: as above.
            let array = unsafe { ffi::import_array_from_c(array, field.dtype) }.map_err(foreign)?;
            return Ok(Source { batches: Batches::One(Some(rows_of(array)?)), fields });
        }
        let name = table.get_type().name()?.to_string();
        if name == "LazyFrame" {
            return Err(wrong_type("a LazyFrame has no rows yet", "call .collect() first"));
        }
        Err(wrong_type(format!("`{name}` is not a table that can be read"), KNOWN))
    }

    /// The columns.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The next batch. The lock is released meanwhile, because a producer that is written in Python takes it itself.
    pub fn next(&mut self, py: Python<'_>) -> PyResult<Option<StructArray>> {
        py.check_signals()?;
        match &mut self.batches {
            Batches::One(batch) => Ok(batch.take()),
            Batches::Stream(reader) => {
                // SAFETY: the producer keeps to the interface.
                let next = py.allow_threads(|| unsafe { reader.next() });
                // A producer in Python leaves the reason for its failure as an exception.
                next.map(|batch| rows_of(batch.map_err(|error| PyErr::take(py).unwrap_or_else(|| foreign(error)))?))
                    .transpose()
            }
        }
    }
}

fn check(capsule: &Bound<'_, PyCapsule>, name: &CStr) -> PyResult<()> {
    if capsule.name()? == Some(name) && !capsule.pointer().is_null() {
        return Ok(());
    }
    Err(wrong_type(format!("the capsule of the table is no `{}`", name.to_string_lossy()), KNOWN))
}

fn fields_of(dtype: &ArrowDataType, table: &Bound<'_, PyAny>) -> PyResult<Vec<Field>> {
    match dtype {
        ArrowDataType::Struct(fields) => Ok(fields.clone()),
        _ => {
            let name = table.get_type().name()?;
            Err(wrong_type(format!("`{name}` is one column, and a table is needed"), "give the table that it is in"))
        }
    }
}

fn rows_of(array: Box<dyn Array>) -> PyResult<StructArray> {
    let rows = array.as_any().downcast_ref::<StructArray>().cloned();
    rows.ok_or_else(|| wrong_type("a batch of the table is not made of columns", KNOWN))
}

/// An error of Arrow, which speaks of its own types.
fn foreign(error: impl std::fmt::Display) -> PyErr {
    request(format!("the table cannot be read: {error}"), "select the columns that Stance needs, and try again")
}

/// Rows as a stream that any other program with the interface can read.
pub fn export<'py>(
    py: Python<'py>,
    dtype: &ArrowDataType,
    batches: Vec<StructArray>,
) -> PyResult<Bound<'py, PyCapsule>> {
    let batches = batches.into_iter().map(|batch| Ok(batch.boxed()));
    let field = Field::new("".into(), dtype.clone(), false);
    let stream = ffi::export_iterator(Box::new(batches), field);
    // Whoever takes the stream leaves an empty one behind; otherwise it is released here.
    PyCapsule::new_with_destructor(py, stream, Some(CString::from(STREAM)), |stream, _| drop(stream))
}
