//! `stance plan` and `stance changes`: before a study, and after it.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Parser, ValueHint};
use stance::shift::request::SEED;

use crate::cli::args::chart::LocaleArg;
use crate::cli::args::shared::{CorpusArg, GroupArgs, SELECTION, TableFormat, WhichArgs, day};
use crate::cli::args::shifts::alpha;

const FIXED: &str = "A plan in a file";
const PICTURE: &str = "Picture";

/// Find out how many days it takes to find a shift, before you collect anything.
///
/// Use it before you decide what to collect. It simulates speakers whose position moves, and tests them as `stance shifts`
/// does. A shift counts as findable if it is found 4 times in 5. It reads no corpus, except with --write. A figure for 12 days takes seconds,
/// and one for 80 days takes minutes.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance plan                              print what 12 to 80 days can find
  stance plan --days 40                    how large a shift must be in 40 days
  stance plan --shift 1                    how many days find a shift of 1 level
  stance plan --shift 1 --days 40          how often 40 days find 1 level
  stance plan --shift 1 --pairs 12         the same if you test 12 pairs at once
  stance plan --chart charts               draw it too
  stance plan --write plan.toml            begin a plan that `stance shifts --plan`
                                           tests, with all pairs of the corpus
  stance plan --write plan.toml --speaker 'Donald Trump' --issue territory

A shift after a quarter of the days is harder to find than one halfway. Both are
printed. The figures are as good as the assumptions: how far positions vary from
day to day, how much a day resembles the one before it, and a position in the
middle of the scale. Near an end of the scale, or if two coders differ, it takes
more days.

CSV columns:
  moment    when the shift comes: halfway, or after a quarter of the days
  days      the days with a statement; empty if it takes more than 400
  shift     the size of the shift, in levels; empty if none is large enough
  power     how often it is found, from 0 to 1
")]
pub struct PlanArgs {
    /// Begin a plan in a new file, with every key explained, to fix pairs and test before you look
    ///
    /// Nothing is simulated. The plan names the codebook of the corpus by its SHA-256.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = FIXED, conflicts_with_all = ["days", "shift", "pairs", "format", "levels", "ar", "spread", "statements_per_day", "speakers"])]
    pub write: Option<PathBuf>,
    /// With --write, read this corpus [default: the only one in data/, or else the current folder]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, requires = "write", help_heading = FIXED)]
    pub corpus: Option<PathBuf>,
    /// With --write, plan for this speaker, whether the corpus has the speaker yet or not; repeat the flag for more
    #[arg(long, value_name = "NAME", requires = "write", help_heading = FIXED)]
    pub speaker: Vec<String>,
    /// With --write, plan for this issue, by its id; repeat the flag for more
    #[arg(long, value_name = "ID", requires = "write", help_heading = FIXED)]
    pub issue: Vec<String>,
    /// Plan for this number of days with a statement; repeat the flag for more
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=400))]
    pub days: Vec<u16>,
    /// Plan for a shift of this size, in levels; repeat the flag for more
    #[arg(long, value_name = "LEVELS", value_parser = above_zero)]
    pub shift: Vec<f64>,
    /// Set how many levels the scale has
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(2..=101))]
    pub levels: u16,
    /// Set how many statements a day has on average
    #[arg(long, value_name = "NUMBER", default_value_t = 2.0, value_parser = one_or_more)]
    pub statements_per_day: f64,
    /// Set how much a day resembles the one before it, from 0 to 0.8
    #[arg(long, value_name = "NUMBER", default_value_t = 0.2, value_parser = autocorrelation)]
    pub ar: f64,
    /// Set how far positions vary from day to day (standard deviation, in levels) [default: 0.8, more on scales of over
    /// 5 levels]
    #[arg(long, value_name = "LEVELS", value_parser = above_zero)]
    pub spread: Option<f64>,
    /// Set how many pairs of speaker and issue you will test at once
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    pub pairs: u16,
    /// Set the significance level, from 0.00001 to below 1
    #[arg(long, value_name = "NUMBER", default_value_t = 0.05, value_parser = alpha, allow_negative_numbers = true)]
    pub alpha: f64,
    /// Set how many speakers are simulated for each point of a curve; more take longer and give closer figures
    #[arg(long, value_name = "N", default_value_t = 400, value_parser = clap::value_parser!(u16).range(10..=10_000))]
    pub speakers: u16,
    /// Set the seed of the random numbers
    // A plan is written as TOML, whose numbers end there.
    #[arg(long, default_value_t = SEED, value_parser = clap::value_parser!(u64).range(..=i64::MAX as u64))]
    pub seed: u64,
    /// Draw a picture too, as SVG and PNG, into this folder: how large a shift must be in so many days
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with_all = ["shift", "write"], help_heading = PICTURE)]
    pub chart: Option<PathBuf>,
    /// Choose the language of the picture
    #[arg(long, value_enum, value_name = "LANGUAGE", default_value_t = LocaleArg::En, help_heading = PICTURE)]
    pub locale: LocaleArg,
    /// Choose how to print the plan
    #[arg(long, value_enum, default_value_t = TableFormat::Table)]
    pub format: TableFormat,
}

/// Report what is new since a date: statements, positions and verdicts.
///
/// Use it after you added statements or labels. It compares the corpus as it was with the corpus as it is: with --since, the statements dated before that day with
/// all statements; with --against, an earlier copy, bundle or git revision with this one. The exit code is 1 if a verdict
/// is new, gone or another one, and 0 otherwise.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance changes --since 2025-11-01                compare with the statements
                                                   before 1 November
  stance changes --since 2025-11-01 --looks 52     the same, if you look every
                                                   week for a year
  stance changes --since 2025-11-01 --chart charts
                                                   draw what is new
  stance changes --against backup/my-corpus        compare with an earlier copy
  stance changes --against study.zip               compare with a bundle
  stance changes --against git:v1.0                compare with a git revision

If you look again and again, one of your looks will find a shift by chance more
often than --alpha says. With --looks N, the level is divided by the number of
looks that you plan, and each look is tested at that stricter level. Then all
looks together err no more often than one look at --alpha. The price is time: a
shift is found later. Choose the number before your first look, and keep to it.
")]
pub struct ChangesArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// Compare with the statements dated before this day
    #[arg(long, value_name = "DATE", value_parser = day, required_unless_present = "against", conflicts_with = "against")]
    pub since: Option<NaiveDate>,
    /// Compare with an earlier copy of the corpus: a folder, a bundle (FILE.zip), or a git revision (git:REV)
    #[arg(long, value_name = "EARLIER", value_hint = ValueHint::AnyPath)]
    pub against: Option<PathBuf>,
    /// Divide the level among this number of planned looks
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=1_000))]
    pub looks: u16,
    /// Set the significance level for all looks together, from 0.00001 to below 1
    #[arg(long, value_name = "NUMBER", default_value_t = 0.05, value_parser = alpha, allow_negative_numbers = true)]
    pub alpha: f64,
    /// Show only this speaker; repeat the flag for more
    #[arg(long, value_name = "NAME", help_heading = SELECTION)]
    pub speaker: Vec<String>,
    #[command(flatten)]
    pub which: WhichArgs,
    #[command(flatten)]
    pub groups: GroupArgs,
    /// Set the seed of the random numbers
    #[arg(long, default_value_t = SEED)]
    pub seed: u64,
    /// Draw a picture too, as SVG and PNG, into this folder: the new statements, and the verdicts that changed
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = PICTURE)]
    pub chart: Option<PathBuf>,
    /// Choose the language of the picture
    #[arg(long, value_enum, value_name = "LANGUAGE", default_value_t = LocaleArg::En, help_heading = PICTURE)]
    pub locale: LocaleArg,
    /// Print everything as one JSON object
    #[arg(long)]
    pub json: bool,
}

fn above_zero(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| *number > 0.0 && *number <= 100.0);
    number.ok_or_else(|| "write a number of levels above 0, such as 1.5".to_owned())
}

fn one_or_more(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| (1.0..=100.0).contains(number));
    number.ok_or_else(|| "write a number from 1 to 100, such as 2.5".to_owned())
}

fn autocorrelation(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| (0.0..=0.8).contains(number));
    number.ok_or_else(|| "write a number from 0 to 0.8, such as 0.4".to_owned())
}
