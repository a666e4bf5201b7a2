//! Frames as files: CSV, NDJSON and Parquet.

use std::io::{self, Write};

use polars::prelude::*;
use polars_io::csv::write::{CsvWriter, QuoteStyle};
use polars_io::json::{JsonFormat, JsonWriter};
use polars_io::parquet::write::ParquetWriter;

use crate::error::{Error, Result};

/// A file format for data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FrameFormat {
    /// RFC 4180: UTF-8, commas, CRLF, quotation marks if a cell needs them.
    Csv,
    /// A JSON object per line.
    Ndjson,
    /// Apache Parquet, compressed.
    Parquet,
}

/// Writes a frame in a format.
///
/// # Errors
/// [`Error::Output`] if the writer fails. [`Error::Frame`] if polars rejects the frame.
pub fn write(frame: &DataFrame, format: FrameFormat, to: impl Write) -> Result<()> {
    let mut frame = frame.clone();
    let mut watched = Watched { inner: to, failure: None };
    let result = match format {
        FrameFormat::Csv => CsvWriter::new(&mut watched)
            .with_line_terminator("\r\n".into())
            .with_quote_style(QuoteStyle::Necessary)
            .finish(&mut frame),
        FrameFormat::Ndjson => JsonWriter::new(&mut watched).with_json_format(JsonFormat::JsonLines).finish(&mut frame),
        FrameFormat::Parquet => ParquetWriter::new(&mut watched).finish(&mut frame).map(|_| ()),
    };
    match (watched.failure, result) {
        (Some(source), _) => Err(Error::Output(source)),
        (None, result) => Ok(result?),
    }
}

/// Keeps the writer's own error, which polars wraps differently in each format.
struct Watched<W> {
    inner: W,
    failure: Option<io::Error>,
}

impl<W: Write> Watched<W> {
    fn note<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        result.map_err(|error| {
            let again = io::Error::new(error.kind(), error.to_string());
            self.failure = Some(error);
            again
        })
    }
}

impl<W: Write> Write for Watched<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = self.inner.write(bytes);
        self.note(result)
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = self.inner.flush();
        self.note(result)
    }
}
