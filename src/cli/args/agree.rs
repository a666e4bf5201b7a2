//! `stance agree`: whose labels are compared, and how.

use std::path::PathBuf;

use clap::{Parser, ValueEnum, ValueHint};
use stance::agreement::statistic::Metric;
use stance::agreement::{Between, By};

use crate::cli::args::shared::{CorpusArg, SELECTION, TableFormat, WhichArgs};

const COMPARISON: &str = "Comparison";

/// Measure how far coders agree with one another, and with the rules.
///
/// Use it before you rely on labels. It compares coders with one another before adjudication (before you settle
/// their differences), and coders with rules after it. It asks 2 questions separately: does the statement
/// take a position, and which one? It also lists the differences, the worst first.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance agree                                   print a row per issue
  stance agree --by speaker --by month           a row per speaker, and one per month
  stance agree --between coders --alpha-metric nominal
  stance agree --format csv --table pairs        who codes higher, and by how much
  stance agree --disagreements differences.csv   write what to settle
  stance agree --labels labels.parquet           compare what a file has

Columns:
  Both gave one   statements to which 2 or more coders gave a position
  Both read       statements that 2 or more coders read
  One gave none   statements to which some coders gave a position, others none
  Same            the share of equal labels; with more than 2 coders, the mean
                  share of equal pairs
  Within 1        the share of positions at most 1 level apart
  Alpha (95 %)    Krippendorff's alpha with its interval: 1 is full agreement,
                  0 is what chance would give
  AC1, AC2        Gwet's coefficients; AC2 counts near levels as nearly equal
  Kappa           Cohen's, or Fleiss' for more than 2 coders; linear and
                  quadratic are the same with weights
  By levels       how many levels that coder is higher, on average, on the
                  statements to which both gave a position

In brackets stands the 95 % interval. There is none if statements are too few,
or if no labels differ.

Quote alpha with its interval. Add AC1 and AC2 if nearly all labels are the
same, because that pulls alpha down.

To settle differences, open the file that --disagreements wrote. Replace each ?
with a level, or with nothing for \"takes no position\"; a ? that stays leaves
the difference open. Save the file as labels/adjudicated.csv. Its other columns
may stay.
")]
pub struct AgreeArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// Compare the labels in this file instead of those of the corpus, which gives only the codebook
    ///
    /// The file is what `stance label` writes, with the answers of each coder in its column hand_labels. It leaves out what
    /// all found to have no position, so only "which position?" is answered. Counts have no coders.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = SELECTION)]
    pub labels: Option<PathBuf>,
    /// Show only this speaker; repeat the flag for more
    #[arg(long, value_name = "NAME", help_heading = SELECTION)]
    pub speaker: Vec<String>,
    #[command(flatten)]
    pub which: WhichArgs,
    /// Choose whose labels to compare; repeat the flag for both [default: both]
    #[arg(long, value_enum, value_name = "WHOSE", help_heading = COMPARISON)]
    pub between: Vec<BetweenArg>,
    /// Choose the rows of the tables; repeat the flag for more [default: issue]
    #[arg(long, value_enum, value_name = "GROUP", help_heading = COMPARISON)]
    pub by: Vec<ByArg>,
    /// Choose how alpha measures the distance between 2 levels
    #[arg(long, value_enum, value_name = "METRIC", default_value_t = MetricArg::Ordinal, help_heading = COMPARISON)]
    pub alpha_metric: MetricArg,
    /// Write the statements on which labels differ to this new file, the worst first
    ///
    /// It lists the differences between coders or, with only `--between rules`, between coders and rules. What
    /// nobody has settled has a ? as its position. A file that Stance did not write, or that may hold decisions, is not replaced.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub disagreements: Option<PathBuf>,
    /// Replace that file even if Stance did not write it; never a file of a corpus
    #[arg(long, requires = "disagreements")]
    pub force: bool,
    /// Choose how to print the tables
    #[arg(long, value_enum, default_value_t = TableFormat::Table)]
    pub format: TableFormat,
    /// Choose the table that `--format csv` prints
    #[arg(long, value_enum, value_name = "TABLE", default_value_t = TableArg::Agreement)]
    pub table: TableArg,
}

/// The tables of agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableArg {
    /// Coefficients by issue, speaker or month
    Agreement,
    /// Each 2 coders: who codes higher, and by how much
    Pairs,
    /// How many labels each coder gave in each month
    Months,
}

/// Whose labels to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BetweenArg {
    /// Coders with one another, before adjudication
    Coders,
    /// Coders with rules, after adjudication
    Rules,
}

impl From<BetweenArg> for Between {
    fn from(between: BetweenArg) -> Between {
        match between {
            BetweenArg::Coders => Between::Coders,
            BetweenArg::Rules => Between::Rules,
        }
    }
}

/// The groups of an agreement table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ByArg {
    /// One row per issue
    Issue,
    /// One row per issue and speaker
    Speaker,
    /// One row per issue and month
    Month,
}

impl From<ByArg> for By {
    fn from(by: ByArg) -> By {
        match by {
            ByArg::Issue => By::Issue,
            ByArg::Speaker => By::Speaker,
            ByArg::Month => By::Month,
        }
    }
}

/// How alpha measures the distance of two levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MetricArg {
    /// By how many labels lie between the 2 levels
    Ordinal,
    /// Any 2 different levels are equally far apart
    Nominal,
    /// By the square of the difference between the 2 positions
    Interval,
}

impl From<MetricArg> for Metric {
    fn from(metric: MetricArg) -> Metric {
        match metric {
            MetricArg::Ordinal => Metric::Ordinal,
            MetricArg::Nominal => Metric::Nominal,
            MetricArg::Interval => Metric::Interval,
        }
    }
}
