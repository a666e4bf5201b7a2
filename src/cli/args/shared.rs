//! What several verbs ask for: which corpus, which labels, how a table is printed.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Parser, ValueEnum, ValueHint};
use stance::date::{self, Grain};

/// The heading over the flags that choose statements.
pub const SELECTION: &str = "Selection";

/// Which corpus.
#[derive(Debug, Parser)]
pub struct CorpusArg {
    /// Read this corpus [default: the only one in data/, or else the current folder]
    #[arg(long = "corpus", value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub dir: Option<PathBuf>,
}

/// Counts or labels instead of the statements of a corpus.
#[derive(Debug, Parser)]
pub struct CountsArg {
    /// Show the counts or labels in this file instead of the statements of the corpus, which gives only the codebook
    ///
    /// The file is what `stance label` or `stance count` writes, or a table of another program with the columns speaker,
    /// issue, day, position and n. Labels keep a few statements of each speaker on each issue to be quoted: the first, the
    /// last, and the latest at the highest and at the lowest level. Counts have no quotations.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = SELECTION)]
    pub labels: Option<PathBuf>,
}

/// Which labels.
#[derive(Debug, Parser)]
pub struct WhichArgs {
    /// Show only this issue, by its id; repeat the flag for more
    #[arg(long, value_name = "ID", help_heading = SELECTION)]
    pub issue: Vec<String>,
    /// Read only statements from this day on (YYYY-MM-DD)
    #[arg(long, value_name = "DATE", value_parser = day, help_heading = SELECTION)]
    pub from: Option<NaiveDate>,
    /// Read only statements up to and including this day (YYYY-MM-DD)
    #[arg(long, value_name = "DATE", value_parser = day, help_heading = SELECTION)]
    pub to: Option<NaiveDate>,
    /// Include statements that nobody has confirmed yet (`verified` is `no`)
    #[arg(long, help_heading = SELECTION)]
    pub include_unverified: bool,
    /// Leave out statements whose only known day is that of publication (`date_confidence` is `publication`)
    #[arg(long, help_heading = SELECTION)]
    pub sure_days: bool,
}

/// Who counts as a speaker, and what counts as a day.
#[derive(Debug, Parser)]
pub struct GroupArgs {
    /// Test each value of this column of statements.csv instead of each speaker, such as a party or an outlet
    ///
    /// --speaker then chooses whose statements are read.
    #[arg(long, value_name = "COLUMN", help_heading = SELECTION)]
    pub by: Option<String>,
    /// With --by, show only this group; repeat the flag for more
    #[arg(long, value_name = "NAME", requires = "by", help_heading = SELECTION)]
    pub group: Vec<String>,
    /// Choose the unit of the test; statements dated only by month are tested by month or by quarter [default: day]
    #[arg(long, value_enum, value_name = "UNIT", help_heading = "Test")]
    pub grain: Option<GrainArg>,
}

/// The unit of the test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GrainArg {
    /// Days: everything said on one day counts as said at once
    Day,
    /// Weeks from Monday
    Week,
    /// Months
    Month,
    /// Quarters of a year
    Quarter,
}

impl From<GrainArg> for Grain {
    fn from(grain: GrainArg) -> Grain {
        match grain {
            GrainArg::Day => Grain::Day,
            GrainArg::Week => Grain::Week,
            GrainArg::Month => Grain::Month,
            GrainArg::Quarter => Grain::Quarter,
        }
    }
}

/// How to print a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// Text for reading
    Table,
    /// Comma-separated values, for a spreadsheet
    Csv,
    /// Everything, as one JSON object
    Json,
}

/// Reads a day, or says how one is written.
pub fn day(text: &str) -> Result<NaiveDate, String> {
    date::parse_day(text).map_err(|fault| format!("{}; write a day, such as 2025-02-01", fault.what))
}
