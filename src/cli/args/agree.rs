//! `stance agree`: whose labels are compared, and how.

use std::path::PathBuf;

use clap::{Parser, ValueEnum, ValueHint};
use stance::agreement::statistic::Metric;
use stance::agreement::{Between, By};
use stance::shift::request::SEED;

use crate::cli::args::shared::{CorpusArg, TableFormat, WhichArgs};

/// Measure how far the labels agree: coders with one another, hands with rules.
///
/// Of what two or more have read, it is told apart whether there is a position, and which. Agreement on
/// the position: percent, Krippendorff's alpha with a bootstrap interval, Gwet's AC1 and AC2 (ordinal
/// weights), Cohen's kappa (Fleiss' for more than two coders), also weighted. Labels are taken as the
/// coders gave them, before adjudication; against rules, hands count as they settled.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance agree                                           by issue
  stance agree --by speaker --by month
  stance agree --between coders --alpha-metric nominal
  stance agree --disagreements differences.csv           to adjudicate: replace each ? by a level, or by
                                                         nothing for \"takes none\", and save as
                                                         labels/adjudicated.csv; further columns may stay

Both read: two or more coders have read the statement. Both gave one: two or more gave a position.
One gave none: some gave a position, others who read it did not. Same: the share of equal labels, with
more than two coders the mean share of agreeing pairs. Which figure to quote: alpha with its interval
is the usual one; AC1 and AC2 beside it where nearly all labels are equal, which pulls alpha down.
")]
pub struct AgreeArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// Only these speakers (may be given several times)
    #[arg(long, value_name = "NAME")]
    pub speaker: Vec<String>,
    #[command(flatten)]
    pub which: WhichArgs,
    /// Whose labels to compare (may be given several times) [default: both]
    #[arg(long, value_enum)]
    pub between: Vec<BetweenArg>,
    /// The groups, within each issue (may be given several times) [default: issue]
    #[arg(long, value_enum)]
    pub by: Vec<ByArg>,
    /// How alpha measures the distance of two levels
    #[arg(long, value_enum, default_value_t = MetricArg::Ordinal)]
    pub alpha_metric: MetricArg,
    /// Write the statements on which labels differ to this new file, worst first: those of coders, or
    /// with `--between rules` those of hands and rules. Open decisions have a `?` for a position
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub disagreements: Option<PathBuf>,
    /// Write over a file that Stance did not write; never over a file of a corpus
    #[arg(long, requires = "disagreements")]
    pub force: bool,
    /// The seed of the bootstrap
    #[arg(long, default_value_t = SEED)]
    pub seed: u64,
    /// How to print it
    #[arg(long, value_enum, default_value_t = TableFormat::Table)]
    pub format: TableFormat,
}

/// Whose labels to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BetweenArg {
    /// The coders, before adjudication
    Coders,
    /// What hands settled on, and the rules
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
    /// A row per issue
    Issue,
    /// A row per issue and speaker
    Speaker,
    /// A row per issue and month
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
    /// By the labels between
    Ordinal,
    /// Different is different
    Nominal,
    /// By the square of the difference
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
