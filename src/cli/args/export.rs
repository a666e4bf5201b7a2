//! `stance export`: which format, and what of the corpus.

use std::path::PathBuf;

use clap::{Parser, ValueEnum, ValueHint};
use stance::exchange::ExchangeFormat;

use crate::cli::args::shared::{CorpusArg, SELECTION, WhichArgs};

/// Write the corpus as a file of another tool: a spreadsheet, statistics, coding or text analysis.
///
/// Use it to hand over statements, labels, rules or results. It prints a line for each thing that the other tool has no
/// place for, so that you know what is lost. Nothing in a workbook runs as a formula. The same corpus gives the same
/// bytes. docs/interchange.md shows all formats. For R, Python and databases, `stance label` writes CSV, NDJSON and Parquet.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance export -o corpus.xlsx                     the ending sets the format
  stance export --format coders -o coders.csv      a column per coder, for irr
  stance export --format label-studio -o tasks.json
  stance export --format doccano --coder anna -o anna.jsonl
  stance export --issue sanctions -o sanctions.dta

Formats, and the ending that stands for one:
  xlsx          a workbook: statements, labels, verdicts, agreement    .xlsx
  long          a row per label: statement, issue, coder, position
  coders        a row per statement and issue, and a column per coder:
                irr and irrCAC in R, krippendorff in Python
  dna           Discourse Network Analyzer 3; everybody's password is
                `sample`                                                .dna
  dna-csv       its list of events
  label-studio  tasks; the configuration is written beside them        .json
  doccano       lines of JSON, a file per coder
  prodigy       lines of JSON, a file per coder
  qdpx          a REFI-QDA project: ATLAS.ti, MAXQDA, NVivo, QualCoder .qdpx
  qdc           a REFI-QDA codebook                                    .qdc
  quanteda      the rules as a dictionary in YAML                 .yml, .yaml
  dta           Stata 14 and later, with the words of levels           .dta
  markdown      tables of verdicts and agreement                       .md
  latex         the same for LaTeX                                     .tex

If there are several files, the name of the coder is put before the ending:
tasks.jsonl becomes tasks-anna.jsonl.
")]
pub struct ExportArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// Write to this file
    ///
    /// A table that Stance wrote is replaced. Any other file is not: you may have worked on it in the other tool.
    #[arg(short, long, alias = "out", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
    /// Choose the format [default: from the ending of the file, if only one format has it]
    #[arg(long, value_enum, hide_possible_values = true)]
    pub format: Option<FormatArg>,
    /// Replace the file whatever is in it; never a file of a corpus
    #[arg(long)]
    pub force: bool,
    /// Export only the labels of this coder, or of `rules`; repeat the flag for more
    #[arg(long, value_name = "NAME", help_heading = SELECTION)]
    pub coder: Vec<String>,
    /// Export only this speaker; repeat the flag for more
    #[arg(long, value_name = "NAME", help_heading = SELECTION)]
    pub speaker: Vec<String>,
    #[command(flatten)]
    pub which: WhichArgs,
    /// Give a coder's address in Label Studio, which knows people by them; repeat the flag for more
    #[arg(long = "email", value_name = "CODER=ADDRESS", value_parser = email)]
    pub emails: Vec<(String, String)>,
    /// Write long, coders and dna-csv for a spreadsheet: it then shows é as é, and runs no cell
    ///
    /// Excel reads a CSV in an old encoding unless it begins with a byte order mark. Every spreadsheet runs a cell that
    /// begins with =, +, - or @ as a formula, whoever wrote it; an apostrophe before it stops that. Programs for statistics
    /// need neither. A workbook (--format xlsx) needs neither too.
    #[arg(long)]
    pub for_spreadsheet: bool,
}

/// A format of another tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    Xlsx,
    Long,
    Coders,
    Dna,
    DnaCsv,
    LabelStudio,
    Doccano,
    Prodigy,
    Qdpx,
    Qdc,
    Quanteda,
    Dta,
    Markdown,
    Latex,
}

impl From<FormatArg> for ExchangeFormat {
    fn from(format: FormatArg) -> ExchangeFormat {
        match format {
            FormatArg::Xlsx => ExchangeFormat::Xlsx,
            FormatArg::Long => ExchangeFormat::Long,
            FormatArg::Coders => ExchangeFormat::Coders,
            FormatArg::Dna => ExchangeFormat::Dna,
            FormatArg::DnaCsv => ExchangeFormat::DnaCsv,
            FormatArg::LabelStudio => ExchangeFormat::LabelStudio,
            FormatArg::Doccano => ExchangeFormat::Doccano,
            FormatArg::Prodigy => ExchangeFormat::Prodigy,
            FormatArg::Qdpx => ExchangeFormat::Qdpx,
            FormatArg::Qdc => ExchangeFormat::Qdc,
            FormatArg::Quanteda => ExchangeFormat::Quanteda,
            FormatArg::Dta => ExchangeFormat::Dta,
            FormatArg::Markdown => ExchangeFormat::Markdown,
            FormatArg::Latex => ExchangeFormat::Latex,
        }
    }
}

fn email(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((coder, address)) if !coder.is_empty() && address.contains('@') => {
            Ok((coder.to_owned(), address.to_owned()))
        }
        _ => Err("write CODER=ADDRESS, such as anna=anna@example.org".to_owned()),
    }
}
