//! `stance bundle`: a study as one file, and whether it can be computed again.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueHint};

use crate::cli::args::shifts::AskArgs;

/// Pack a study into one file that another lab can compute again.
///
/// Use it when you publish. The ZIP holds the statements, the labels and reasons of each coder, the codebook, the rules,
/// the plan, the verdicts, the days behind them, a methods section with the figures of this study, and the hash of each
/// file. The same corpus and flags give the same bytes on any machine. The flags are those of `stance shifts`.
#[derive(Debug, Parser)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "\
Examples:
  stance bundle -o study.zip                     pack the study of all pairs
  stance bundle -o study.zip --plan plan.toml    pack it with the plan, and with
                                                 what was kept of it
  stance bundle check study.zip                  compute it again, and name each
                                                 file that differs

The whole corpus goes into the file, also statements that nobody has confirmed and
those that were rejected. Look through it before you publish it: notes and names of
coders are in it too. State a licence in the codebook (licence = \"CC BY 4.0\") or in
a file LICENSE of the corpus.
"
)]
pub struct BundleArgs {
    #[command(subcommand)]
    pub verb: Option<BundleVerb>,
    #[command(flatten)]
    pub ask: AskArgs,
    /// Write the bundle to this file
    #[arg(short, long, value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Replace the file whatever is in it; never a file of a corpus
    #[arg(long)]
    pub force: bool,
}

/// What else can be done with a bundle.
#[derive(Debug, Subcommand)]
pub enum BundleVerb {
    Check(BundleCheckArgs),
}

/// Compute a bundle again, and name each file that differs, is missing or is too many.
///
/// Use it on a bundle that you were given. It trusts nothing in the file: the corpus is unpacked into a folder of its own,
/// everything is computed from it, and each file is compared byte by byte. The exit code is 1 if one differs.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance bundle check study.zip           say whether everything is as computed
  stance bundle check study.zip --json    the same for a program
")]
pub struct BundleCheckArgs {
    /// The bundle
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Print everything as one JSON object
    #[arg(long)]
    pub json: bool,
}
