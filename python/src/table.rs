//! A table that Python gets: rows as Arrow, for whatever library reads them.

use std::sync::Arc;

use polars_arrow::array::{Array, MutableUtf8Array, StructArray, Utf8Array};
use polars_arrow::datatypes::{ArrowDataType, Field};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::arrow;
use crate::rules::Book;

/// A column of text that has been filled.
pub fn text(column: MutableUtf8Array<i32>) -> Box<dyn Array> {
    <Utf8Array<i32> as From<MutableUtf8Array<i32>>>::from(column).boxed()
}

/// A table of labels or counts, as Arrow.
///
/// It has no methods to work with rows: give it to the library that you use, such as `pyarrow.table(t)`,
/// `polars.DataFrame(t)`, `pandas.DataFrame.from_arrow(t)` or `duckdb.from_arrow(pyarrow.table(t))`. Nothing is copied.
#[pyclass(frozen, module = "stance")]
pub struct Table {
    dtype: ArrowDataType,
    batches: Vec<StructArray>,
    /// The rules that it was made with.
    book: Option<Arc<Book>>,
}

impl Table {
    /// A table of batches that have these columns.
    pub fn new(fields: Vec<Field>, batches: Vec<StructArray>) -> Table {
        Table { dtype: ArrowDataType::Struct(fields), batches, book: None }
    }

    /// The same table, with the rules that it was made with.
    #[must_use]
    pub fn with_book(self, book: &Arc<Book>) -> Table {
        Table { book: Some(Arc::clone(book)), ..self }
    }

    /// The rules that it was made with.
    pub fn book(&self) -> Option<&Arc<Book>> {
        self.book.as_ref()
    }

    /// A table of one batch.
    pub fn of(columns: Vec<(&str, bool, Box<dyn Array>)>) -> Table {
        let rows = columns.first().map_or(0, |(_, _, array)| array.len());
        let field = |(name, nullable, array): &(&str, bool, Box<dyn Array>)| {
            Field::new((*name).into(), array.dtype().clone(), *nullable)
        };
        let fields: Vec<Field> = columns.iter().map(field).collect();
        let arrays = columns.into_iter().map(|(_, _, array)| array).collect();
        let batch = StructArray::new(ArrowDataType::Struct(fields.clone()), rows, arrays, None);
        Table::new(fields, vec![batch])
    }

    fn fields(&self) -> &[Field] {
        match &self.dtype {
            ArrowDataType::Struct(fields) => fields,
            _ => &[],
        }
    }
}

#[pymethods]
impl Table {
    /// The names of the columns, in order.
    #[getter]
    pub fn columns(&self) -> Vec<String> {
        self.fields().iter().map(|field| field.name.to_string()).collect()
    }

    /// The rows as an Arrow stream. Libraries call this; `requested_schema` is not followed, as the interface allows.
    #[pyo3(signature = (requested_schema=None))]
    pub fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Py<PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        arrow::export(py, &self.dtype, self.batches.clone())
    }

    /// How many rows there are.
    pub fn __len__(&self) -> usize {
        self.batches.iter().map(StructArray::len).sum()
    }

    fn __repr__(&self) -> String {
        let rows = stance::words::many(self.__len__(), "row");
        format!("<stance.Table: {rows}; {}>", self.columns().join(", "))
    }
}
