//! A frame that is written in parts, so that it is never in memory as a whole.
//!
//! Texts are made of a part wherever that is convenient, also of several parts at the same time. Parts of a columnar
//! format are collected until they are worth a row group.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use polars::prelude::*;
use polars_arrow::io::ipc::write::{FileWriter, StreamWriter, WriteOptions};
use polars_io::csv::write::{CsvWriter, QuoteStyle};
use polars_io::json::{JsonFormat, JsonWriter};
use polars_io::parquet::write::{BatchedWriter, ParquetWriter};

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
    /// An Arrow IPC file, also called Feather 2, not compressed.
    Arrow,
    /// An Arrow IPC stream, for a pipe.
    ArrowStream,
}

/// How many rows a row group of Parquet has, and a batch of Arrow.
const ROWS_TOGETHER: usize = 32_768;

/// A part of a frame, ready to be written.
pub struct FramePiece(Piece);

enum Piece {
    Text(Vec<u8>),
    Frame(DataFrame),
}

impl FramePiece {
    /// Makes a part of some rows ready.
    ///
    /// # Errors
    /// The error of polars.
    pub fn of(frame: DataFrame, format: FrameFormat) -> Result<FramePiece> {
        let mut frame = frame;
        let mut bytes = Vec::new();
        match format {
            FrameFormat::Csv => csv(&mut bytes, false).finish(&mut frame)?,
            FrameFormat::Ndjson => {
                JsonWriter::new(&mut bytes).with_json_format(JsonFormat::JsonLines).finish(&mut frame)?
            }
            FrameFormat::Parquet | FrameFormat::Arrow | FrameFormat::ArrowStream => {
                return Ok(FramePiece(Piece::Frame(frame)));
            }
        }
        Ok(FramePiece(Piece::Text(bytes)))
    }
}

fn csv<W: Write>(to: W, header: bool) -> CsvWriter<W> {
    CsvWriter::new(to)
        .include_header(header)
        .with_line_terminator("\r\n".into())
        .with_quote_style(QuoteStyle::Necessary)
}

/// Writes the parts of a frame in their order.
pub struct FrameWriter {
    format: Format,
    /// What the format has written and [`FrameWriter`] has not passed on. So the formats never see an error of the disk,
    /// which each would wrap differently.
    written: Shared,
    collected: Option<DataFrame>,
}

enum Format {
    Text,
    Parquet(Box<BatchedWriter<Shared>>),
    Arrow(FileWriter<Shared>),
    ArrowStream(StreamWriter<Shared>),
}

/// Memory to write to, shared with whoever reads it.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Shared {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl FrameWriter {
    /// Begins with the columns of a frame without rows.
    ///
    /// # Errors
    /// [`Error::Output`] if the writer fails. [`Error::Frame`] if polars rejects the frame.
    pub fn begin(empty: &DataFrame, format: FrameFormat, to: &mut (impl Write + ?Sized)) -> Result<FrameWriter> {
        let written = Shared::default();
        let options = || WriteOptions { compression: None };
        let format = match format {
            FrameFormat::Csv => {
                csv(written.clone(), true).finish(&mut empty.clone())?;
                Format::Text
            }
            FrameFormat::Ndjson => Format::Text,
            FrameFormat::Parquet => {
                Format::Parquet(Box::new(ParquetWriter::new(written.clone()).batched(empty.schema())?))
            }
            FrameFormat::Arrow => {
                let schema = Arc::new(arrow_schema(empty));
                Format::Arrow(FileWriter::try_new(written.clone(), schema, None, options())?)
            }
            FrameFormat::ArrowStream => {
                let mut writer = StreamWriter::new(written.clone(), options());
                writer.start(&arrow_schema(empty), None)?;
                Format::ArrowStream(writer)
            }
        };
        let writer = FrameWriter { format, written, collected: None };
        writer.pass_on(to)?;
        Ok(writer)
    }

    /// Writes the next part.
    ///
    /// # Errors
    /// As [`FrameWriter::begin`].
    pub fn put(&mut self, piece: FramePiece, to: &mut (impl Write + ?Sized)) -> Result<()> {
        match piece.0 {
            Piece::Text(bytes) => to.write_all(&bytes).map_err(Error::Output),
            Piece::Frame(frame) => {
                match &mut self.collected {
                    Some(collected) => drop(collected.vstack_mut(&frame)?),
                    None => self.collected = Some(frame),
                }
                let enough = self.collected.as_ref().is_some_and(|collected| collected.height() >= ROWS_TOGETHER);
                if enough { self.write_collected(to) } else { Ok(()) }
            }
        }
    }

    fn write_collected(&mut self, to: &mut (impl Write + ?Sized)) -> Result<()> {
        let Some(mut frame) = self.collected.take().filter(|frame| frame.height() > 0) else { return Ok(()) };
        frame.rechunk_mut();
        let mut batches = frame.iter_chunks(CompatLevel::oldest(), false);
        match &mut self.format {
            Format::Text => {}
            Format::Parquet(writer) => writer.write_batch(&frame)?,
            Format::Arrow(writer) => batches.try_for_each(|batch| writer.write(&batch, None))?,
            Format::ArrowStream(writer) => batches.try_for_each(|batch| writer.write(&batch, None))?,
        }
        self.pass_on(to)
    }

    /// Writes what is left, and the end of the format.
    ///
    /// # Errors
    /// As [`FrameWriter::begin`].
    pub fn finish(mut self, to: &mut (impl Write + ?Sized)) -> Result<()> {
        self.write_collected(to)?;
        match &mut self.format {
            Format::Text => {}
            Format::Parquet(writer) => drop(writer.finish()?),
            Format::Arrow(writer) => writer.finish()?,
            Format::ArrowStream(writer) => writer.finish()?,
        }
        self.pass_on(to)
    }

    fn pass_on(&self, to: &mut (impl Write + ?Sized)) -> Result<()> {
        to.write_all(&self.written.take()).map_err(Error::Output)
    }
}

/// The columns in the types that every reader of Arrow knows.
fn arrow_schema(frame: &DataFrame) -> ArrowSchema {
    frame.schema().to_arrow(CompatLevel::oldest())
}

/// The bytes with which an Arrow file with these columns begins.
///
/// # Errors
/// The error of polars.
pub fn arrow_start(empty: &DataFrame, format: FrameFormat) -> Result<Vec<u8>> {
    let mut start = Vec::new();
    FrameWriter::begin(empty, format, &mut start)?;
    Ok(start)
}
