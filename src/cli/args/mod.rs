//! Every flag, in a file per group of verbs; a doc comment is the help text.

use clap::{Parser, Subcommand};
use stance::program::VERSION_AND_BUILD;

mod shared;
mod corpus;
mod import;
mod export;
mod sheet;
mod extract;
mod rules;
mod label;
mod shifts;
mod stream;
mod study;
mod bundle;
mod agree;
mod chart;
mod desk;
mod report;
mod program;

pub use agree::{AgreeArgs, TableArg};
pub use bundle::{BundleArgs, BundleCheckArgs, BundleVerb};
pub use chart::{ChartArgs, PIXELS_TO_AN_INCH};
pub use corpus::{CheckArgs, InitArgs, WatchArgs};
pub use desk::DeskArgs;
pub use export::ExportArgs;
pub use extract::{ExtractArgs, KindOfWords, RowFormat};
pub use import::ImportArgs;
pub use label::LabelArgs;
pub use program::{CompletionsArgs, ManArgs};
pub use report::ReportArgs;
pub use rules::{ExplainArgs, FindArgs, RulesArgs, RulesDiffArgs, RulesLintArgs, RulesTestArgs, RulesVerb};
pub use shared::{CorpusArg, CountsArg, GroupArgs, TableFormat, WhichArgs};
pub use sheet::SheetArgs;
pub use shifts::{AskArgs, ShiftsArgs, ShiftsTable};
pub use stream::{CountArgs, DataFormat, StreamArgs};
pub use study::{ChangesArgs, PlanArgs};

/// Test whether a speaker's position on an issue moved, and draw every statement as a mark.
///
/// You give it a corpus: a folder with dated statements, a codebook with the issues and their scales, and labels
/// by hand or by rules that you write. Stance reports whether a position moved, when, by how much, and how sure the answer is.
/// It works offline, and the same input gives the same bytes.
#[derive(Debug, Parser)]
#[command(name = "stance", version = VERSION_AND_BUILD, arg_required_else_help = true, after_help = AFTER)]
pub struct Args {
    /// What to do
    #[command(subcommand)]
    pub verb: Verb,
}

const AFTER: &str = "\
Begin here:
  stance import quotes.xlsx --corpus my-corpus
                                     make a corpus of a sheet with quotations
  stance init my-corpus              or write a new corpus with an example
  stance check --corpus my-corpus    report every fault in it
  stance chart --corpus my-corpus    draw its charts into charts/my-corpus/
  stance shifts --corpus my-corpus   test whether positions moved
  stance desk --corpus my-corpus     do it in the browser: label, settle, see
  stance report --corpus my-corpus   write one page with all of it, to hand on

`stance <COMMAND> --help` explains a command, with examples.

Exit codes:
  0   all is well
  1   `check` found faults, `rules test` or `rules lint` found something, or
      `extract` could not read every article, or `chart` could not draw every
      picture, or `changes` found a verdict that is new, gone or another one,
      or `bundle check` found a difference
  2   the work could not be done
";

/// The verbs.
#[allow(clippy::large_enum_variant, reason = "a run makes one")]
#[derive(Debug, Subcommand)]
pub enum Verb {
    Init(InitArgs),
    Import(ImportArgs),
    Extract(ExtractArgs),
    Check(CheckArgs),
    Sheet(SheetArgs),
    Label(LabelArgs),
    Count(CountArgs),
    Export(ExportArgs),
    Plan(PlanArgs),
    Shifts(ShiftsArgs),
    Changes(ChangesArgs),
    Bundle(BundleArgs),
    Agree(AgreeArgs),
    Chart(ChartArgs),
    Desk(DeskArgs),
    Report(ReportArgs),
    Find(FindArgs),
    Explain(ExplainArgs),
    Rules(RulesArgs),
    Watch(WatchArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}
