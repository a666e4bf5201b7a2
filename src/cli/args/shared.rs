//! What several verbs ask for: which corpus, which labels, how a table is printed.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Parser, ValueEnum, ValueHint};
use stance::date;

/// Which corpus.
#[derive(Debug, Parser)]
pub struct CorpusArg {
    /// The corpus folder; without it, the only corpus in data/, else the current folder
    #[arg(long = "corpus", value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub dir: Option<PathBuf>,
}

/// Which labels.
#[derive(Debug, Parser)]
pub struct WhichArgs {
    /// Only this issue (may be given several times)
    #[arg(long, value_name = "ID")]
    pub issue: Vec<String>,
    /// Only statements from this day on, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub from: Option<NaiveDate>,
    /// Only statements up to this day, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub to: Option<NaiveDate>,
    /// Also statements that nobody has verified yet (`verified` is `no`); charts draw them as diamonds
    #[arg(long)]
    pub include_unverified: bool,
}

/// How to print a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// For people
    Table,
    /// Comma-separated values
    Csv,
    /// Everything, as one JSON object
    Json,
}

/// Reads a day, or says how one is written.
pub fn day(text: &str) -> Result<NaiveDate, String> {
    date::parse_day(text).map_err(|fault| format!("{}; {}", fault.what, fault.hint))
}
