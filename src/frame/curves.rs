//! Curves as a polars frame.

use chrono::NaiveDate;
use polars::prelude::*;

use crate::codebook::Codebook;
use crate::curve::{Curve, Value};
use crate::error::Result;
use crate::series::Series;

/// The curves of series as a frame with exactly the numbers that charts draw. There is a row for each day from the
/// first value to the last. A day without a value has an empty one, so that no line is drawn across it.
///
/// # Errors
/// The error of polars.
pub fn curves(curves: &[(Series<'_>, Curve)], codebook: &Codebook) -> Result<DataFrame> {
    let mut rows: Vec<(&Series<'_>, u32, NaiveDate, Option<&Value>)> = Vec::new();
    for (series, curve) in curves {
        let mut last: Option<NaiveDate> = None;
        for value in &curve.values {
            let gap = last.and_then(|last| last.succ_opt()).unwrap_or(value.date);
            let silent = gap.iter_days().take_while(|day| *day < value.date);
            rows.extend(silent.map(|day| (series, curve.bandwidth, day, None)));
            rows.push((series, curve.bandwidth, value.date, Some(value)));
            last = Some(value.date);
        }
    }
    let number = |name: &str, number_of: fn(&Value) -> f64| -> Column {
        rows.iter().map(|row| row.3.map(number_of)).collect::<Float64Chunked>().with_name(name.into()).into_column()
    };
    let words = |name: &str, words_of: &dyn Fn(&Series<'_>) -> String| -> Column {
        rows.iter().map(|row| Some(words_of(row.0))).collect::<StringChunked>().with_name(name.into()).into_column()
    };
    let columns = vec![
        words("speaker", &|series| series.speaker.to_owned()),
        words("issue", &|series| codebook.issue(series.issue).id.clone()),
        DateChunked::from_naive_date("date".into(), rows.iter().map(|row| row.2)).into_column(),
        number("mean", |value| value.mean),
        number("low", |value| value.low),
        number("high", |value| value.high),
        number("effective_days", |value| value.days),
        rows.iter().map(|row| Some(row.1)).collect::<UInt32Chunked>().with_name("bandwidth".into()).into_column(),
    ];
    Ok(DataFrame::new(rows.len(), columns)?)
}
