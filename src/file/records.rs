//! Flat values as CSV, by RFC 4180.

use serde::Serialize;

use crate::error::{Error, Result};

/// Rows as CSV, below a header of their fields.
///
/// # Errors
/// [`Error::Output`] if a row is not flat.
pub fn csv<T: Serialize>(rows: &[T]) -> Result<String> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    rows.iter().try_for_each(|row| writer.serialize(row)).map_err(|error| Error::Output(error.into()))?;
    let bytes = writer.into_inner().map_err(|error| Error::Output(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
