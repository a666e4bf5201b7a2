//! The verbs for a corpus as a whole: begin one, check it, watch it.

use std::path::PathBuf;

use clap::{Parser, ValueHint};

use crate::cli::args::shared::CorpusArg;

/// Begin a new corpus: files that explain themselves, and an example that works at once.
///
/// Nothing is ever overwritten: where a file of the new corpus exists already, nothing is written.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance init my-corpus                  write my-corpus/codebook.toml, statements.csv, …
  stance chart --corpus my-corpus        draw the example at once
")]
pub struct InitArgs {
    /// The folder to write; made if it is not there
    #[arg(value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
}

/// Find everything that is wrong with a corpus.
///
/// Each fault is one line, path:line:column: what, and a second with a hint how to mend it. All
/// faults of all files are listed at once, and the tests that stand in rules.toml are run. Without
/// a fault, a summary says what the corpus holds.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance check                           the only corpus in data/, else this folder
  stance check --corpus my-corpus        another
  stance check && stance chart           draw only what is sound

Exit code: 0 no fault (there may be warnings), 1 faults, 2 the check could not run.
")]
pub struct CheckArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
}

/// Check, label, test and redraw on each save, with three lines on what moved.
///
/// A faulty save keeps the last good pictures and shows the faults. Ends with Ctrl-C.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance watch                           beside your editor and a picture viewer
  stance watch --speaker 'Volodymyr Zelensky'
")]
pub struct WatchArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// The speaker to draw; without it, the one with most labels
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// The folder for the pictures [default: charts/<corpus>]
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// Write over files that Stance did not write; never over a file of a corpus
    #[arg(long)]
    pub force: bool,
}
