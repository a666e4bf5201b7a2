//! Parquet files of other programs, as cells of text.

use std::io::Cursor;

use chrono::DateTime;
use polars::prelude::*;
use polars_io::SerReader;
use polars_io::parquet::read::ParquetReader;

use crate::error::Result;

/// The columns of a Parquet file, each with its name and its cells as text. A missing value is an empty cell.
///
/// # Errors
/// The error of polars if it is not a Parquet file.
pub fn parquet(bytes: &[u8]) -> Result<Vec<(String, Vec<String>)>> {
    let frame = ParquetReader::new(Cursor::new(bytes)).finish()?;
    let cells = |column: &Column| {
        let values = column.as_materialized_series().iter();
        (column.name().to_string(), values.map(|value| text_of(&value)).collect())
    };
    Ok(frame.columns().iter().map(cells).collect())
}

fn text_of(value: &AnyValue<'_>) -> String {
    let at =
        |seconds: i64| DateTime::from_timestamp(seconds, 0).map(|time| time.format("%Y-%m-%dT%H:%M:%S").to_string());
    match value {
        AnyValue::Null => String::new(),
        AnyValue::String(text) => (*text).to_owned(),
        AnyValue::StringOwned(text) => text.to_string(),
        AnyValue::Date(days) => at(i64::from(*days) * 86_400).map_or_else(String::new, |time| time[..10].to_owned()),
        AnyValue::Float64(number) => number.to_string(),
        AnyValue::Float32(number) => number.to_string(),
        AnyValue::Datetime(count, unit, zone) => {
            let each = match unit {
                TimeUnit::Nanoseconds => 1_000_000_000,
                TimeUnit::Microseconds => 1_000_000,
                TimeUnit::Milliseconds => 1_000,
            };
            let utc = if zone.is_some() { "Z" } else { "" };
            at(count.div_euclid(each)).map_or_else(String::new, |time| time + utc)
        }
        other => other.to_string(),
    }
}
