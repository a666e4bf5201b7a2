//! Every flag, in a file per group of verbs; a doc comment is the help text.

use clap::{Parser, Subcommand};

mod shared;
mod corpus;
mod extract;
mod rules;
mod label;
mod shifts;
mod agree;
mod chart;
mod program;

pub use agree::AgreeArgs;
pub use chart::{ChartArgs, PIXELS_TO_AN_INCH};
pub use corpus::{CheckArgs, InitArgs, WatchArgs};
pub use extract::{ExtractArgs, KindOfWords, RowFormat};
pub use label::LabelArgs;
pub use program::{CompletionsArgs, ManArgs};
pub use rules::{ExplainArgs, FindArgs, RulesArgs, RulesDiffArgs, RulesLintArgs, RulesTestArgs, RulesVerb};
pub use shared::{CorpusArg, TableFormat, WhichArgs};
pub use shifts::ShiftsArgs;

/// Track how a speaker's position on an issue shifts over time, one dated quotation at a time.
///
/// A corpus is a folder: dated statements, a codebook with the issues and their scales, rules
/// that label statements, and labels given by hand. Stance checks it, labels the statements and
/// draws every labelled statement as a mark on a named scale.
#[derive(Debug, Parser)]
#[command(name = "stance", version, arg_required_else_help = true, after_help = AFTER)]
pub struct Args {
    /// What to do
    #[command(subcommand)]
    pub verb: Verb,
}

const AFTER: &str = "\
Begin here:
  stance init my-corpus                  a new corpus with an example that works at once
  stance check --corpus my-corpus        everything that is wrong with it
  stance chart --corpus my-corpus        a picture in charts/my-corpus/

Exit code: 0 all is well, 1 `check` found faults or `extract` could not read every text, 2 the work could
not be done.";

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    Init(InitArgs),
    Extract(ExtractArgs),
    Check(CheckArgs),
    Label(LabelArgs),
    Shifts(ShiftsArgs),
    Agree(AgreeArgs),
    Chart(ChartArgs),
    Find(FindArgs),
    Explain(ExplainArgs),
    Rules(RulesArgs),
    Watch(WatchArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}
