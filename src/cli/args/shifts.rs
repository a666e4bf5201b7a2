//! `stance shifts`: which positions are judged, and how.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Parser, ValueEnum, ValueHint};
use stance::label::Whose;
use stance::shift::Correction;
use stance::shift::rows::COLUMNS;
use stance::study::Family;
use stance::study::design::is_hash;
use stance::study::question::ALPHAS;
use stance::study::sensitivity::SENSITIVITY_COLUMNS;

use crate::cli::args::shared::{CorpusArg, GroupArgs, SELECTION, TableFormat, WhichArgs, day};

const TEST: &str = "Test";

/// Test whether positions moved: when, by how much and how sure.
///
/// Use it once statements have labels. It prints a verdict for each speaker and issue: shift, return, drift, swing,
/// steady or too few. It tests the order of the days, and not of the statements, because several statements on one day
/// often answer the same event. docs/methods.md explains the test, and what it cannot do.
#[derive(Debug, Parser)]
#[command(after_help = help())]
pub struct ShiftsArgs {
    #[command(flatten)]
    pub ask: AskArgs,
    /// Judge the counts or labels in this file instead of the statements of the corpus, which gives only the codebook
    ///
    /// The file is what `stance count` or `stance label` writes, or a table of another program with the columns speaker,
    /// issue, day, position and n. The verdicts are those of the statements. Labels keep a few statements of each speaker on
    /// each issue to be quoted; counts have no quotations.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "plan", help_heading = SELECTION)]
    pub labels: Option<PathBuf>,
    /// Choose how to print the verdicts
    #[arg(long, value_enum, default_value_t = TableFormat::Table)]
    pub format: TableFormat,
    /// Choose the table that `--format csv` prints; `sensitivity` needs --stress
    #[arg(long, value_enum, value_name = "TABLE", default_value_t = ShiftsTable::Verdicts)]
    pub table: ShiftsTable,
}

/// The tables of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ShiftsTable {
    /// A row for each finding
    Verdicts,
    /// A row for each other assumption under which a verdict was computed again
    Sensitivity,
}

/// What is tested, and how.
#[derive(Debug, Parser)]
pub struct AskArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// Test the pairs of this plan as it says, and report point by point whether the run kept to it
    ///
    /// Flags that you add depart from the plan, and the output says so. With --speaker or --issue, other pairs are shown
    /// too, as explored beyond the plan. `stance plan --write FILE` begins a plan.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["family", "by", "group"], help_heading = TEST)]
    pub plan: Option<PathBuf>,
    /// With --plan, name the SHA-256 under which the plan was registered; a plan with another departs from it
    #[arg(long, value_name = "SHA256", value_parser = sha256, requires = "plan", help_heading = TEST)]
    pub registered: Option<String>,
    /// Show only this speaker; repeat the flag for more
    #[arg(long, value_name = "NAME", help_heading = SELECTION)]
    pub speaker: Vec<String>,
    #[command(flatten)]
    pub which: WhichArgs,
    #[command(flatten)]
    pub groups: GroupArgs,
    /// Choose which labels count [default: both]
    #[arg(long, value_enum, help_heading = SELECTION)]
    pub origin: Option<OriginArg>,
    /// Compare the days before this date with those from it on; choose the date before you look at the data
    #[arg(long, value_name = "DATE", value_parser = day, help_heading = TEST)]
    pub event: Option<NaiveDate>,
    /// Compute each verdict again, leaving out one statement, day, source, rule or coder at a time
    ///
    /// It also leaves out all paraphrases. The output says how often the verdict stays the same.
    #[arg(long, help_heading = TEST)]
    pub stress: bool,
    /// Set the significance level, from 0.00001 to below 1; lower is stricter [default: 0.05]
    #[arg(long, value_name = "NUMBER", value_parser = alpha, allow_negative_numbers = true, help_heading = TEST)]
    pub alpha: Option<f64>,
    /// Choose how p is corrected for the number of pairs tested [default: holm]
    #[arg(long, value_enum, value_name = "METHOD", help_heading = TEST)]
    pub correction: Option<CorrectionArg>,
    /// Choose which pairs of speaker and issue the verdicts are corrected for [default: whole]
    #[arg(long, value_enum, value_name = "PAIRS", help_heading = TEST)]
    pub family: Option<FamilyArg>,
    /// Set the seed of the random numbers; the same seed gives the same verdicts [default: 2025]
    #[arg(long, value_name = "SEED", help_heading = TEST)]
    pub seed: Option<u64>,
}

/// Whose positions count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OriginArg {
    /// Only labels by hand
    Hand,
    /// Only labels by rules
    Rules,
    /// Labels by hand, and by rules if no coder has read the statement
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
    /// Holm: the chance that any shift found is false is at most --alpha
    Holm,
    /// Benjamini and Hochberg: the expected share of false shifts among those found is at most --alpha
    Bh,
    /// No correction
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

/// Which pairs the verdicts are corrected for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FamilyArg {
    /// Every pair tested between the dates, shown or not; selecting pairs changes no verdict
    Whole,
    /// Only the pairs you select; honest only if you chose them before you looked
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

fn sha256(text: &str) -> Result<String, String> {
    let hash = text.trim().to_lowercase();
    if is_hash(&hash, 64) { Ok(hash) } else { Err("write its 64 digits, as sha256sum prints them".to_owned()) }
}

pub fn alpha(text: &str) -> Result<f64, String> {
    let share = text.parse::<f64>().ok().filter(|share| (ALPHAS.0..ALPHAS.1).contains(share));
    share.ok_or_else(|| format!("write a significance level from {} to below 1, such as 0.05", ALPHAS.0))
}

/// What stands below the flags. The columns are explained in bundles too.
fn help() -> String {
    format!("{HELP}CSV columns:\n{COLUMNS}\nColumns of --table sensitivity:\n{SENSITIVITY_COLUMNS}")
}

const HELP: &str = "\
Examples:
  stance shifts                                     test every speaker and issue
  stance shifts --speaker 'Donald Trump' --stress   show what the verdicts rest on
  stance shifts --event 2025-08-15                  compare before and after a date
  stance shifts --origin rules --correction bh      count only labels by rules
  stance shifts --by source_publisher               test outlets instead of
                                                    speakers
  stance shifts --labels counts.csv                 test what was counted
  stance shifts --grain month                       test months, also for
                                                    statements without a day
  stance shifts --plan plan.toml                    test what was planned, and say
                                                    whether the plan was kept
  stance shifts --format csv > shifts.csv           write a row per finding;
                                                    a return has 2
  stance shifts --stress --format csv --table sensitivity
                                                    write what other assumptions
                                                    give

Verdicts:
  shift     the position moved, and stayed
  return    the position moved, and moved back
  drift     it moved little by little
  swing     a single day stands apart
  steady    no shift was found, whatever was said
  too few   there are so few days that no shift could have been found

What the verdicts are corrected for:

The more pairs of speaker and issue you test, the likelier it is that one of
them seems to move by chance. So every verdict is corrected for every pair tested
between --from and --to, whatever is shown: --speaker and --issue choose what
you see, and change no verdict. Pairs with too few days are not tested, and do
not count.

With --family selected, verdicts are corrected for the selected pairs alone,
and a shift is easier to find. That is honest only if you chose these pairs
before you looked at the data.

If you pick --from, --to or --event after you looked at the data, you have
tested more than any run corrects for.

With --by, a group such as a party counts as one speaker. It mixes people, so the
output says how many there are. It also says if the mix of speakers, sources or
venues changes where the position does: then the position of each may be the same
as before.

";
