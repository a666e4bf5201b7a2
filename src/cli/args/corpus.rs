//! The verbs for a corpus as a whole: begin one, check it, watch it.

use std::path::PathBuf;

use clap::{Parser, ValueHint};

use crate::cli::args::shared::CorpusArg;

/// Start a new corpus with a made-up example that works at once.
///
/// Use it before anything else. It writes 7 files that explain themselves; replace the example in them with your
/// own statements, issues and labels. It never overwrites: if one of the files already exists, nothing is written.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance init my-corpus              write the files into my-corpus/
  stance chart --corpus my-corpus    draw the example
  stance init my-corpus --empty      write the files without an example

If you have a sheet with quotations, use `stance import` instead: it makes the
corpus for you.
")]
pub struct InitArgs {
    /// The folder to write; it is created if it does not exist
    #[arg(value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
    /// Write no example: only what every corpus needs, to fill in
    #[arg(long)]
    pub empty: bool,
}

/// Report every fault in a corpus, with a hint on how to fix it.
///
/// Use it after every edit. It reports all faults in all files at once, each with its file, line and column, and
/// runs the tests in rules.toml. If there is no fault, it prints what the corpus holds.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance check                       check the only corpus in data/
  stance check --corpus my-corpus    check another corpus
  stance check && stance chart       draw only if there is no fault

Exit codes:
  0   there is no fault; there may be warnings
  1   there are faults
  2   the check could not run
")]
pub struct CheckArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
}

/// Check, test, label and redraw each time you save.
///
/// Use it while you write rules or labels, beside your editor and a picture viewer. Each time you save a file, it
/// prints which labels changed and redraws the timeline of one speaker. If a save has a fault, it prints the fault
/// and keeps the last good picture. Ctrl-C ends it.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance watch                                  draw the speaker with the most positions
  stance watch --speaker 'Volodymyr Zelensky'   draw this one
")]
pub struct WatchArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// Draw this speaker [default: the one with the most positions]
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// Write the pictures into this folder [default: charts/<corpus>]
    #[arg(short, long, alias = "output", value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// Replace files even if Stance did not write them; never files of a corpus
    #[arg(long)]
    pub force: bool,
}
