//! Tables of typed cells, for workbooks and documents.

use chrono::NaiveDate;
use serde::Serialize;

use crate::agreement::interval::Margin;
use crate::agreement::statistic::{Coefficient, Estimate};
use crate::agreement::{AgreementRow, Between};
use crate::date;
use crate::error::{Error, Result};

/// A cell with its type, so that a date is a date and a number a number.
#[derive(Debug, Clone, PartialEq)]
pub enum TypedCell {
    /// Nothing.
    Empty,
    /// A text, which no program may run or change.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Day(NaiveDate),
}

impl TypedCell {
    /// A text, or nothing.
    pub fn text(text: impl Into<String>) -> TypedCell {
        let text = text.into();
        if text.is_empty() { TypedCell::Empty } else { TypedCell::Text(text) }
    }

    /// A number, or nothing.
    pub fn number(number: Option<f64>) -> TypedCell {
        number.map_or(TypedCell::Empty, TypedCell::Number)
    }

    /// A cell of a CSV: what is a day or a number becomes one.
    fn read(cell: &str) -> TypedCell {
        match (date::parse_day(cell), cell.parse::<f64>()) {
            _ if cell.is_empty() => TypedCell::Empty,
            (Ok(day), _) => TypedCell::Day(day),
            (_, Ok(number)) if number.is_finite() => TypedCell::Number(number),
            _ => TypedCell::Text(cell.to_owned()),
        }
    }
}

/// A header, and rows that are as long as it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CellTable {
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<TypedCell>>,
}

impl CellTable {
    /// An empty table with these columns.
    pub fn new(header: &[&str]) -> CellTable {
        CellTable { header: header.iter().map(|name| (*name).to_owned()).collect(), rows: Vec::new() }
    }

    /// Flat values as a table, in the order of their fields. The columns in `texts` hold texts, whatever they look like.
    ///
    /// # Errors
    /// [`Error::Output`] if a value is not flat.
    pub fn of<T: Serialize>(values: &[T], texts: &[&str]) -> Result<CellTable> {
        let failed = |error: csv::Error| Error::Output(error.into());
        let mut writer = csv::Writer::from_writer(Vec::new());
        values.iter().try_for_each(|value| writer.serialize(value)).map_err(failed)?;
        let bytes = writer.into_inner().map_err(|error| Error::Output(error.into_error()))?;
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let header: Vec<String> = reader.headers().map_err(failed)?.iter().map(str::to_owned).collect();
        let cell = |(name, cell): (&String, &str)| {
            if texts.contains(&name.as_str()) { TypedCell::text(cell) } else { TypedCell::read(cell) }
        };
        let rows = reader.records().map(|record| Ok(header.iter().zip(&record.map_err(failed)?).map(cell).collect()));
        let rows = rows.collect::<Result<_>>()?;
        Ok(CellTable { header, rows })
    }

    /// The cell of a row in a column.
    pub fn cell(&self, row: usize, column: &str) -> &TypedCell {
        let place = self.header.iter().position(|name| name == column);
        place.and_then(|place| self.rows.get(row)?.get(place)).unwrap_or(&TypedCell::Empty)
    }
}

/// The columns of verdicts that hold texts.
pub const TEXTS_OF_VERDICTS: [&str; 10] = [
    "speaker",
    "issue",
    "verdict",
    "before_level",
    "after_level",
    "direction",
    "statement_id",
    "latest_statement_id",
    "coder_before",
    "coder_after",
];

/// The agreement by issue as a table. A coefficient that is not defined says why.
pub fn agreement(rows: &[AgreementRow]) -> CellTable {
    let mut table = CellTable::new(&["between", "issue", "read", "both", "one_gave_none", "same", "within_one"]);
    type Pick = fn(&AgreementRow) -> Estimate;
    let estimates: [(&str, Pick); 6] = [
        ("alpha", |row| row.alpha),
        ("ac1", |row| row.ac1),
        ("ac2", |row| row.ac2),
        ("kappa", |row| row.kappa),
        ("presence_ac1", |row| row.presence_ac1),
        ("presence_kappa", |row| row.presence_kappa),
    ];
    for (name, _) in &estimates {
        table.header.extend(["", "_low", "_high"].map(|end| format!("{name}{end}")));
    }
    let rounded = |value: f64| TypedCell::Number((value * 1_000_000.0).round() / 1_000_000.0 + 0.0);
    let coefficient = |value: Coefficient| match value {
        Coefficient::Value(value) => rounded(value),
        undefined => TypedCell::text(undefined.to_string()),
    };
    for row in rows {
        let between = match row.between {
            Between::Coders => "coders",
            Between::Rules => "hand and rules",
        };
        let count = |count: usize| TypedCell::Number(count as f64);
        let mut cells = vec![TypedCell::text(between), TypedCell::text(&row.issue)];
        cells.extend([row.read, row.both, row.one].map(count));
        cells.extend([row.percent, row.within_one].map(coefficient));
        for (_, estimate) in &estimates {
            let estimate = estimate(row);
            cells.push(coefficient(estimate.value));
            match estimate.interval {
                Margin::Known(interval) => cells.extend([interval.low, interval.high].map(rounded)),
                Margin::Unknown(why) => cells.extend([TypedCell::text(why.to_string()), TypedCell::Empty]),
            }
        }
        table.rows.push(cells);
    }
    table
}
