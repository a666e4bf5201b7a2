//! Columns of the input that go with the labels.

use polars_arrow::array::builder::{ShareStrategy, make_builder};
use polars_arrow::array::{Array, MutableUtf8Array, StructArray};
use polars_arrow::datatypes::{ArrowDataType, Field, PhysicalType};
use pyo3::prelude::*;

use crate::column::{Place, Strings, holds_text, in_words};
use crate::failure::wrong_type;
use crate::table::text;

/// A column that is carried, under the name that it gets.
#[derive(Debug, Clone)]
pub struct Carried {
    place: Place,
    name: String,
}

impl Carried {
    /// Carries a column under a name.
    ///
    /// # Errors
    /// `TypeError` for lists and structs. Join them by `row` instead.
    pub fn new(place: Place, name: &str) -> PyResult<Carried> {
        use PhysicalType as Type;
        let simple = matches!(
            place.dtype.to_physical_type(),
            Type::Null
                | Type::Boolean
                | Type::Primitive(_)
                | Type::LargeBinary
                | Type::FixedSizeBinary
                | Type::BinaryView
        );
        if holds_text(&place.dtype) || simple && !matches!(place.dtype, ArrowDataType::Extension(_)) {
            return Ok(Carried { place, name: name.to_owned() });
        }
        let what = format!("the column `{}` holds {}, which cannot be kept", place.name, in_words(&place.dtype));
        Err(wrong_type(what, "leave it out of `keep`, and join it to the labels by `row`"))
    }

    /// The column of the result. Text comes in one layout, whatever it had.
    pub fn field(&self) -> Field {
        let dtype = if holds_text(&self.place.dtype) { ArrowDataType::Utf8 } else { self.place.dtype.clone() };
        Field::new(self.name.as_str().into(), dtype, true)
    }

    /// The cells of some rows of a batch.
    pub fn gather(&self, batch: &StructArray, rows: &[u32]) -> Box<dyn Array> {
        let array = self.place.of(batch);
        if holds_text(&self.place.dtype) {
            return gather_text(&Strings::of(array), rows.iter().map(|row| *row as usize));
        }
        let mut builder = make_builder(&self.place.dtype);
        builder.reserve(rows.len());
        // Rows out of range would be null; there are none.
        builder.opt_gather_extend(array, rows, ShareStrategy::Never);
        builder.freeze_reset()
    }
}

/// Some rows of a column of text.
pub fn gather_text(texts: &Strings<'_>, rows: impl Iterator<Item = usize>) -> Box<dyn Array> {
    let mut out = MutableUtf8Array::<i32>::new();
    rows.for_each(|row| out.push(texts.get(row)));
    text(out)
}
