//! Frames as files: CSV, NDJSON, Parquet and Arrow.

use std::io::{self, Write};

use polars::prelude::*;
use polars_io::csv::write::{CsvWriter, QuoteStyle};
use polars_io::json::{JsonFormat, JsonWriter};
use polars_io::parquet::write::ParquetWriter;

use crate::error::{Error, Result};
use crate::file::kind::OutputKind;
use crate::frame::pieces::{FramePiece, FrameWriter, arrow_start};

pub use crate::frame::pieces::FrameFormat;

/// The kind that decides whether an existing file may be overwritten by a frame with these columns.
///
/// # Errors
/// The error of polars.
pub fn kind_of(frame: &DataFrame, format: FrameFormat) -> Result<OutputKind> {
    let columns = frame.get_column_names_owned().iter().map(ToString::to_string).collect();
    Ok(match format {
        FrameFormat::Csv => OutputKind::Table(columns),
        FrameFormat::Ndjson => OutputKind::Lines(columns),
        FrameFormat::Parquet => OutputKind::Parquet(columns),
        FrameFormat::Arrow | FrameFormat::ArrowStream => OutputKind::Arrow(arrow_start(&frame.clear(), format)?),
    })
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
        FrameFormat::Arrow | FrameFormat::ArrowStream => {
            let mut writer = FrameWriter::begin(&frame.clear(), format, &mut watched)?;
            writer.put(FramePiece::of(frame, format)?, &mut watched)?;
            return writer.finish(&mut watched);
        }
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
