//! `stance count`, and what every verb that reads many rows asks for.

use std::path::PathBuf;

use clap::{Parser, ValueEnum, ValueHint};
use stance::frame::export::FrameFormat;
use stance::stream::columns::ColumnName;
use stance::stream::source::StreamFormat;

use crate::cli::args::shared::{CorpusArg, SELECTION, WhichArgs};
use crate::cli::args::shifts::OriginArg;

const READING: &str = "Reading";

/// How files of many rows are read.
#[derive(Debug, Parser)]
pub struct StreamArgs {
    /// Say which column of the files has what Stance calls NAME, such as text=body; repeat the flag for more
    #[arg(long, value_name = "NAME=COLUMN", value_parser = column, requires = "files", help_heading = READING)]
    pub column: Vec<ColumnName>,
    /// Choose the format of the files [default: from the extension, otherwise from the first bytes]
    #[arg(long, value_enum, value_name = "FORMAT", requires = "files", help_heading = READING)]
    pub input_format: Option<InputFormatArg>,
    /// Leave out rows that have a fault, and list the faults in this file (CSV)
    ///
    /// Otherwise the first fault ends the work, and no file is written.
    #[arg(long, value_name = "FAULTS", value_hint = ValueHint::FilePath, requires = "files", help_heading = READING)]
    pub skip_faults: Option<PathBuf>,
}

/// The format of files of many rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InputFormatArg {
    /// Cells between commas, semicolons or tabs
    Csv,
    /// One JSON object per line
    Ndjson,
    /// Apache Parquet
    Parquet,
    /// Apache Arrow IPC, a file or a stream
    Arrow,
}

impl From<InputFormatArg> for StreamFormat {
    fn from(format: InputFormatArg) -> StreamFormat {
        match format {
            InputFormatArg::Csv => StreamFormat::Csv,
            InputFormatArg::Ndjson => StreamFormat::Ndjson,
            InputFormatArg::Parquet => StreamFormat::Parquet,
            InputFormatArg::Arrow => StreamFormat::Arrow,
        }
    }
}

/// Count the positions in any number of statements or labels: by speaker, issue and day.
///
/// Use it if the statements are too many for a corpus. The counts are all that verdicts need: `stance shifts --labels`
/// reads them, and its verdicts are those of the statements. Memory depends on how many speakers, issues and days there are, and not on how many
/// statements.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance count posts.parquet -o counts.csv   label statements, and count them
  stance count labels.csv -o counts.csv      count what `stance label` wrote
  stance count 2024.csv 2025.csv | head -3   count several files as one
  stance shifts --labels counts.csv          judge what was counted

The files have statements (columns speaker, date, text), labels (speaker, date,
issue, position, and origin as `stance label` writes it) or counts. They are CSV,
JSON lines, Parquet or Arrow, also compressed by gzip or Zstandard; - is the
standard input.

Columns:
  speaker, issue        who, and on which issue, by its id
  day                   the day; if only a month is known, say, its first day
  date_precision        day, week, month, quarter or year
  position              the position; empty in the row of a conflict
  n                     how many statements take it
  by_rules              how many of these only rules gave a position
  in_conflict           how many statements have no position because coders or
                        rules differ
")]
pub struct CountArgs {
    /// Count the rows of these files; - is the standard input
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub corpus: CorpusArg,
    #[command(flatten)]
    pub stream: StreamArgs,
    /// Count only this speaker; repeat the flag for more
    #[arg(long, value_name = "NAME", help_heading = SELECTION)]
    pub speaker: Vec<String>,
    #[command(flatten)]
    pub which: WhichArgs,
    /// Choose which labels of statements count
    #[arg(long, value_enum, default_value_t = OriginArg::Both, help_heading = SELECTION)]
    pub origin: OriginArg,
    /// Write to this file instead of the standard output
    #[arg(short, long, alias = "out", value_name = "COUNTS", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Replace that file even if Stance did not write it; never a file of a corpus
    #[arg(long, requires = "output")]
    pub force: bool,
    /// Choose the file format [default: from the output file's extension, otherwise csv]
    #[arg(long, value_enum)]
    pub format: Option<DataFormat>,
}

/// Reads `text=body`.
fn column(text: &str) -> Result<ColumnName, String> {
    let parts = text.split_once('=').filter(|(known, theirs)| !known.is_empty() && !theirs.is_empty());
    let (known, theirs) = parts.ok_or("write NAME=COLUMN, such as text=body")?;
    Ok(ColumnName { known: known.to_owned(), theirs: theirs.to_owned() })
}

/// A file format for data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DataFormat {
    /// Comma-separated values in UTF-8 (RFC 4180), for a spreadsheet
    Csv,
    /// One JSON object per line
    Ndjson,
    /// Apache Parquet, for R, Python and databases
    Parquet,
    /// Apache Arrow IPC: a file, or a stream on the standard output
    Arrow,
}

impl DataFormat {
    /// The format in which this is written, to a file or to the standard output.
    pub fn frame_format(self, to_file: bool) -> FrameFormat {
        match self {
            DataFormat::Csv => FrameFormat::Csv,
            DataFormat::Ndjson => FrameFormat::Ndjson,
            DataFormat::Parquet => FrameFormat::Parquet,
            DataFormat::Arrow if to_file => FrameFormat::Arrow,
            DataFormat::Arrow => FrameFormat::ArrowStream,
        }
    }
}
