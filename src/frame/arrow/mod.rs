//! Tables by columns, as other programs hand them on: Parquet files and Arrow streams, a few rows at a time.

use polars_arrow::array::Array;

use crate::error::{Error, Problem};

mod cells;
mod message;
pub mod ipc;
pub mod parquet;

pub use cells::TextCells;

/// Rows that follow each other in a file, as columns in its own types.
pub struct ArrowRows {
    /// How many rows of the file are before them.
    pub before: usize,
    /// How many they are.
    pub count: usize,
    arrays: Vec<Box<dyn Array>>,
}

impl ArrowRows {
    /// The columns as text. A missing value is an empty cell; a date is `YYYY-MM-DD`, and so is a moment at midnight
    /// without a time zone.
    pub fn cells(&self) -> Vec<TextCells> {
        self.arrays.iter().map(|array| TextCells::of(array.as_ref())).collect()
    }
}

/// The most rows in an [`ArrowRows`].
pub const MOST_ROWS: usize = 8 << 10;

/// The fault of a file that cannot be read as what it seems to be.
fn damaged(path: &std::path::Path, kind: &str, why: impl std::fmt::Display) -> Error {
    let hint = "write the file again, or check that it was copied to its end";
    Error::Invalid(vec![Problem::fault(path, None, format!("this is not a whole {kind}: {why}"), hint)])
}
