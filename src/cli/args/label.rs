//! `stance label`: labels and curves as files.

use std::path::PathBuf;

use clap::{Parser, ValueHint};
use stance::shift::request::SEED;

use crate::cli::args::shared::{CorpusArg, SELECTION, WhichArgs};
use crate::cli::args::stream::{DataFormat, StreamArgs};

/// Export the labelled statements, or each speaker's smoothed position over time, as a table.
///
/// Use it to take the labels into a spreadsheet, R or Python. There is one row for each issue on which a
/// statement has a label. Labels by hand win over labels by rules; both are kept. If coders differ and nothing settles it, or
/// rules differ, `origin` is `conflict` and the position is empty. Quotations are exported exactly as you entered
/// them, and your own columns are kept.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance label -o labels.csv               export all labels
  stance label --speaker 'Donald Trump' --issue sanctions --from 2025-07-01
  stance label --all -o all.csv            add the statements without a position
  stance label -o labels.parquet           the file extension sets the format
  stance label --format ndjson | head -3   print the first 3 rows
  stance label --timeline -o curves.csv    export the curves that charts draw
  stance label --for-spreadsheet -o l.csv  export a CSV to open in Excel
  stance label big.parquet -o labels.parquet
                                           label statements that are no corpus
  zcat posts.csv.gz | stance label - --column text=body > labels.csv

With FILE, the statements are those of the files and not those of the corpus. Any
number of them is labelled in little memory, in the order of the files. They are
CSV, JSON lines, Parquet or Arrow, also compressed by gzip or Zstandard; - is the
standard input. They need the columns speaker, date and text; --column tells
Stance if yours have other names. Without a column id, rows are named by their
numbers. The corpus gives the codebook and the rules, and labels by hand where
a statement has the id and the words of one of its own.

Columns:
  statement_id, date, date_precision, speaker, role, venue, kind, text,
  source_publisher, source_title, source_url
                        as in statements.csv
  issue                 the issue, by its id
  position, level       the position that counts, and the words of its level
  origin                hand, rules or conflict
  coder                 the coders who gave it, with semicolons between
  rule_id               the rules that fire
  evidence              the words that made the first of them fire
  evidence_start        its first character in the text, counted from 0
  evidence_end          the first character after it
  contexts              the rule contexts, such as negated, and what they did
  hand_position         the position by hand
  rule_position         the position by rules
  source_date, notes, verified, and your own columns
                        if statements.csv has them
  settled_by            agreed, single coder, adjudicated, majority 2 of 3,
                        median of 3, or open; empty without a label by hand
  hand_labels           what each coder gave and the adjudication, such as
                        `anna +1; ben none; cleo ?; adjudicated +1`
  rationales            the reasons that they wrote, such as
                        `anna: promises it; adjudicated: a promise counts`

A label `none` by hand has a row only if a coder or the rules gave a position.

With --all, a statement without such a row has one with an empty issue. If a
coder has read it, its origin is `hand`. Otherwise the origin is empty.

Columns with --timeline:
  speaker, issue, date
  mean                  the smoothed mean position
  low, high             the ends of its 90 % band
  effective_days        how many days the mean rests on, by weight
  bandwidth             how far the smoothing reaches, in days
")]
pub struct LabelArgs {
    /// Label the statements of these files instead of those of the corpus; - is the standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["timeline", "for_spreadsheet"])]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub corpus: CorpusArg,
    #[command(flatten)]
    pub stream: StreamArgs,
    /// Show only this speaker; repeat the flag for more
    #[arg(long, value_name = "NAME", help_heading = SELECTION)]
    pub speaker: Vec<String>,
    #[command(flatten)]
    pub which: WhichArgs,
    /// Include statements without a position
    #[arg(long)]
    pub all: bool,
    /// Export the curve of each speaker and issue instead, as charts draw it where nothing moved
    #[arg(long, conflicts_with = "all")]
    pub timeline: bool,
    /// Set the seed of the random numbers used for the 90 % bands of --timeline
    #[arg(long, default_value_t = SEED, requires = "timeline")]
    pub seed: u64,
    /// Write to this file instead of the standard output
    ///
    /// A file that Stance wrote is replaced once the new one is complete. Any other file is not replaced.
    #[arg(short, long, alias = "out", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Replace that file even if Stance did not write it; never a file of a corpus
    #[arg(long, requires = "output")]
    pub force: bool,
    /// Choose the file format [default: from the output file's extension, otherwise csv]
    #[arg(long, value_enum)]
    pub format: Option<DataFormat>,
    /// Write the CSV for a spreadsheet: it then shows é as é, and runs no cell
    ///
    /// Excel reads a CSV in an old encoding unless it begins with a byte order mark. Every spreadsheet runs a cell that
    /// begins with =, +, - or @ as a formula, whoever wrote it; an apostrophe before it stops that. Programs for statistics
    /// need neither, so they are not there unless you ask. `stance export -o FILE.xlsx` needs neither too.
    #[arg(long)]
    pub for_spreadsheet: bool,
}
