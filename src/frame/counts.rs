//! Counts as a polars frame.

use polars::prelude::*;

use crate::count::TallyRow;
use crate::count::row::COLUMNS;
use crate::error::Result;

/// Counts as a frame with the columns of [`COLUMNS`].
///
/// # Errors
/// The error of polars.
pub fn counts(rows: &[TallyRow]) -> Result<DataFrame> {
    let text = |name: &str, cell: fn(&TallyRow) -> &str| -> Column {
        rows.iter().map(|row| Some(cell(row))).collect::<StringChunked>().with_name(name.into()).into_column()
    };
    let number = |name: &str, cell: fn(&TallyRow) -> u64| -> Column {
        // No tally counts so many.
        let cells = rows.iter().map(|row| Some(i64::try_from(cell(row)).unwrap_or(i64::MAX)));
        cells.collect::<Int64Chunked>().with_name(name.into()).into_column()
    };
    let [speaker, issue, day, precision, position, n, by_rules, in_conflict] = COLUMNS;
    let positions = rows.iter().map(|row| row.position).collect::<Int32Chunked>();
    let columns = vec![
        text(speaker, |row| &row.speaker),
        text(issue, |row| &row.issue),
        DateChunked::from_naive_date(day.into(), rows.iter().map(|row| row.day)).into_column(),
        text(precision, |row| row.date_precision),
        positions.with_name(position.into()).into_column(),
        number(n, |row| row.n),
        number(by_rules, |row| row.by_rules),
        number(in_conflict, |row| row.in_conflict),
    ];
    Ok(DataFrame::new(rows.len(), columns)?)
}
