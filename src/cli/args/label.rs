//! `stance label`: labels and curves as files.

use std::path::PathBuf;

use clap::{Parser, ValueEnum, ValueHint};
use stance::frame::export::FrameFormat;
use stance::shift::request::SEED;

use crate::cli::args::shared::{CorpusArg, WhichArgs};

/// Export the labelled statements.
///
/// A row for each statement and issue with a label, sorted by date, statement id and the
/// codebook's order of issues. Labels by hand win over labels by rules; both are kept, in
/// hand_position and rule_position. Where coders differ, or rules do, origin is `conflict` and the
/// position is empty. Quotations come out as they went in, character for character; columns of
/// statements.csv that Stance does not know are carried along at the end.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance label -o labels.csv                             all labels
  stance label --speaker 'Donald Trump' --issue sanctions --from 2025-07-01
  stance label --all -o all.csv                          with the statements that have no label
  stance label -o labels.parquet                         the format follows the file's ending
  stance label --format ndjson | head -3
  stance label --timeline -o curves.csv                  speaker, issue, date, mean, low, high,
                                                         effective_days, bandwidth (in days)

Columns: statement_id, date, date_precision, speaker, role, venue, kind, issue, position, level,
  origin (hand, rules or conflict), coder, rule_id, evidence, evidence_start, evidence_end
  (in characters of the text, from 0, end excluded), contexts (such as negated) and what they
  did, hand_position, rule_position, text,
  source_publisher, source_title, source_url, then what else statements.csv has of a statement:
  source_date, notes and columns of your own. With --all, a statement without a position has an
  empty issue; its origin is `hand` where a hand has read it.
")]
pub struct LabelArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// Only these speakers (may be given several times)
    #[arg(long, value_name = "NAME")]
    pub speaker: Vec<String>,
    #[command(flatten)]
    pub which: WhichArgs,
    /// Also statements without a label: a row with an empty issue
    #[arg(long)]
    pub all: bool,
    /// The curve of each speaker and issue instead: exactly the numbers that charts draw
    #[arg(long, conflicts_with = "all")]
    pub timeline: bool,
    /// The seed of the curves' bands
    #[arg(long, default_value_t = SEED, requires = "timeline")]
    pub seed: u64,
    /// Write to this file instead of the standard output; it is replaced only when complete
    #[arg(short, long, alias = "out", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Write over a file that Stance did not write; never over a file of a corpus
    #[arg(long, requires = "output")]
    pub force: bool,
    /// The file format; without it, what the ending of the output file says, else csv
    #[arg(long, value_enum)]
    pub format: Option<DataFormat>,
}

/// A file format for data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DataFormat {
    /// Comma-separated values after RFC 4180, in UTF-8
    Csv,
    /// A JSON object per line
    Ndjson,
    /// Apache Parquet
    Parquet,
}

impl From<DataFormat> for FrameFormat {
    fn from(format: DataFormat) -> FrameFormat {
        match format {
            DataFormat::Csv => FrameFormat::Csv,
            DataFormat::Ndjson => FrameFormat::Ndjson,
            DataFormat::Parquet => FrameFormat::Parquet,
        }
    }
}
