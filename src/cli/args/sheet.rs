//! `stance sheet`: which statements a coder is to read.

use std::path::PathBuf;

use clap::{Parser, ValueHint};
use stance::shift::request::SEED;

use crate::cli::args::shared::{CorpusArg, SELECTION, WhichArgs};

/// Write a sheet for a coder to fill in: the statements, and an empty cell per issue.
///
/// Use it to give work to coders who use a spreadsheet. In a workbook, each cell has the levels as a list to choose
/// from. There is nothing in it of other coders or of rules, and no date and speaker unless you ask for them with
/// --context. With several coders, some statements are read by all, so that `stance agree` can compare them, and each
/// other statement is read by one.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance sheet --coder anna -o anna.xlsx             what anna has not labelled
  stance sheet --coder anna --issue aid -o anna.xlsx
  stance sheet --coder anna --with ben -o anna.xlsx  share the work of anna and ben
  stance sheet --coder ben --with anna -o ben.xlsx   the other part of it
  stance import anna.xlsx --coder anna               take the labels in

Take care that each coder's sheet is made with the same --share and --seed: they
decide who reads what. Both are printed, and stand in the workbook, for your
method section. A CSV has them in a file beside it, with what the levels mean.

An empty cell says: not read yet. `no position` says: read, and takes none.
")]
pub struct SheetArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// Write to this file: a workbook (.xlsx) or a CSV (.csv)
    ///
    /// A file that exists is not replaced: it may hold labels that are not imported yet.
    #[arg(short, long, alias = "out", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
    /// Replace the file whatever is in it; never a file of a corpus
    #[arg(long)]
    pub force: bool,
    /// The coder who fills it in
    #[arg(long, value_name = "NAME")]
    pub coder: String,
    /// Share the statements with this coder; repeat the flag for more
    #[arg(long, value_name = "NAME")]
    pub with: Vec<String>,
    /// The share of the statements that all coders read, from 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.2, value_parser = share, requires = "with")]
    pub share: f64,
    /// Put the statements in a random order rather than by date
    #[arg(long)]
    pub shuffle: bool,
    /// Set the seed that decides who reads what, and the random order
    #[arg(long, default_value_t = SEED)]
    pub seed: u64,
    /// Show this column beside the text, such as speaker or date; repeat the flag for more [default: context, venue]
    #[arg(long, value_name = "COLUMN")]
    pub context: Vec<String>,
    /// Include statements that the coder has labelled already, with these labels
    #[arg(long)]
    pub again: bool,
    /// Take only this speaker; repeat the flag for more
    #[arg(long, value_name = "NAME", help_heading = SELECTION)]
    pub speaker: Vec<String>,
    #[command(flatten)]
    pub which: WhichArgs,
}

fn share(text: &str) -> Result<f64, String> {
    let share: Option<f64> = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "write a share from 0 to 1, such as 0.2".to_owned())
}
