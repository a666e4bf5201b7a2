//! `stance shifts`: which positions are judged, and how.

use chrono::NaiveDate;
use clap::{Parser, ValueEnum};
use stance::label::Whose;
use stance::shift::Correction;
use stance::shift::request::SEED;
use stance::study::Family;

use crate::cli::args::shared::{CorpusArg, TableFormat, WhichArgs, day};

/// Judge whether positions moved: when, by how much, how sure, and what that rests on.
///
/// A verdict for each speaker and issue: `shift` (lasting), `drift` (little by little), `swing` (a
/// single day apart), `steady` (no shift found, whatever was said) or `too few` (no shift could have been found). What is
/// tested is the order of days, not of statements; p is corrected for the number of pairs that were
/// tested. docs/methods.md says how, and what it cannot do.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance shifts                                          all speakers and issues
  stance shifts --speaker 'Donald Trump' --stress        what each verdict rests on
  stance shifts --event 2025-08-15                       before and after a date chosen beforehand
  stance shifts --format csv > shifts.csv                a row per finding
  stance shifts --origin rules --correction bh           as the rules see it

A p is corrected for the pairs of the run, not for runs: who selects after looking, by --speaker,
--issue, --from or --event, has tested more than the run says.

CSV columns: speaker, issue, verdict; from, to: a shift happened between these days (90 %); a drift's
  first and last day; a swing's day; likeliest_from, likeliest_to; mean: of all days; before, after,
  before_level, after_level: means before and after a shift, ends of a drift's line, the other days and
  the day of a swing; size (in levels); direction; superiority: the share of pairs in which a later
  statement stands higher; p, p_corrected, smallest_p, days_needed; detectable (in levels);
  statement_id (of a swing), latest_statement_id (of a last day apart); statements, days, by_month,
  in_conflict, by_rules; relabelled_stands, stress_stands (shares, 0 to 1).
")]
pub struct ShiftsArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// Only these speakers (may be given several times)
    #[arg(long, value_name = "NAME")]
    pub speaker: Vec<String>,
    #[command(flatten)]
    pub which: WhichArgs,
    /// Whose positions count
    #[arg(long, value_enum, default_value_t = OriginArg::Both)]
    pub origin: OriginArg,
    /// Hold the days before this one against it and those after; choose it before you look
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub event: Option<NaiveDate>,
    /// Re-run each verdict without each statement, day, source, rule and coder, and without paraphrases
    #[arg(long)]
    pub stress: bool,
    /// The level of the tests, from 0.00001 to below 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.05, value_parser = alpha, allow_negative_numbers = true)]
    pub alpha: f64,
    /// How p is corrected for the number of pairs tested
    #[arg(long, value_enum, default_value_t = CorrectionArg::Holm)]
    pub correction: CorrectionArg,
    /// Which pairs p is corrected for
    #[arg(long, value_enum, default_value_t = FamilyArg::Whole)]
    pub family: FamilyArg,
    /// The seed of all that is random; the same seed gives the same verdicts
    #[arg(long, default_value_t = SEED)]
    pub seed: u64,
    /// How to print it
    #[arg(long, value_enum, default_value_t = TableFormat::Table)]
    pub format: TableFormat,
}

/// Whose positions count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OriginArg {
    /// Those given by hand
    Hand,
    /// Those given by rules
    Rules,
    /// By hand, and by rules where no hand has read the statement
    Both,
}

impl From<OriginArg> for Whose {
    fn from(origin: OriginArg) -> Whose {
        match origin {
            OriginArg::Hand => Whose::Hand,
            OriginArg::Rules => Whose::Rules,
            OriginArg::Both => Whose::Both,
        }
    }
}

/// How p is corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CorrectionArg {
    /// Holm: at most α that any shift found is false
    Holm,
    /// Benjamini and Hochberg: of the shifts found, at most the share α is false
    Bh,
    /// Not at all
    None,
}

impl From<CorrectionArg> for Correction {
    fn from(correction: CorrectionArg) -> Correction {
        match correction {
            CorrectionArg::Holm => Correction::Holm,
            CorrectionArg::Bh => Correction::BenjaminiHochberg,
            CorrectionArg::None => Correction::None,
        }
    }
}

/// Which pairs p is corrected for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FamilyArg {
    /// Every pair of speaker and issue between the dates, shown or not: a verdict is the same everywhere
    Whole,
    /// Only the speakers and issues selected here, if you chose them before you looked
    Selected,
}

impl From<FamilyArg> for Family {
    fn from(family: FamilyArg) -> Family {
        match family {
            FamilyArg::Whole => Family::Whole,
            FamilyArg::Selected => Family::Selected,
        }
    }
}

fn alpha(text: &str) -> Result<f64, String> {
    const LEAST: f64 = 1e-5;
    let share = text.parse::<f64>().ok().filter(|share| (LEAST..1.0).contains(share));
    share.ok_or_else(|| format!("a level lies between {LEAST} and 1, such as 0.05"))
}
