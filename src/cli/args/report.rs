//! `stance report`: what the page shows, and where it goes.

use std::path::PathBuf;

use clap::{Parser, ValueHint};
use stance::shift::request::SEED;

use crate::cli::args::chart::LocaleArg;
use crate::cli::args::shared::{CorpusArg, CountsArg, SELECTION, WhichArgs};

/// Write one HTML file with everything: findings, charts, statements, method.
///
/// Use it to hand your work on to people who have nothing installed. The page opens in any browser, needs no network, and
/// can be read and printed without its script. Each mark in a chart leads to its statement and its source. The
/// table of statements can be sorted, filtered and searched, and the data can be taken out as CSV.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance report                                   write report.html
  stance report -o trump.html --speaker 'Donald Trump'
  stance report --issue sanctions --from 2025-06-01 --stress
  stance report --locale de -o bericht.html       German headings, titles and dates
  stance report --embed -o part.html              write a part for a page of yours
  stance report --labels labels.parquet           report what `stance label` wrote

In the page, in this order: what was found, charts, all statements, agreement
between coders, how the rules do, the method, what was left out, versions.

Verdicts are those of `stance shifts`. --speaker and --issue choose what you see,
and change no verdict. From --labels, the page has only a few statements of each
speaker and issue, and nothing on coders and rules.
")]
pub struct ReportArgs {
    #[command(flatten)]
    pub counts: CountsArg,
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// Write the page to this file
    ///
    /// A page that Stance wrote is replaced. Any other file, and a page that you have changed, is not replaced.
    #[arg(short, long, alias = "out", value_name = "FILE", default_value = "report.html", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
    /// Replace that file even if Stance did not write it; never a file of a corpus
    #[arg(long)]
    pub force: bool,
    /// Show only this speaker; repeat the flag for more
    #[arg(long, value_name = "NAME", help_heading = SELECTION)]
    pub speaker: Vec<String>,
    #[command(flatten)]
    pub which: WhichArgs,
    /// Write a part to put into a page of yours: a <div> with its own style, in light colours, without a script
    #[arg(long)]
    pub embed: bool,
    /// Say what each verdict rests on, by computing it again without one statement, day, source, rule or coder at a time
    #[arg(long)]
    pub stress: bool,
    /// Choose the language of headings, titles and dates; your words stay as they are, and the details of verdicts and
    /// the method stay English
    #[arg(long, alias = "lang", value_enum, value_name = "LANGUAGE", default_value_t = LocaleArg::En)]
    pub locale: LocaleArg,
    /// Set the seed of the random numbers behind verdicts and bands
    #[arg(long, default_value_t = SEED)]
    pub seed: u64,
    /// Add a font file (TTF or OTF) for letters that the embedded font Inter lacks; repeat the flag for more
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub font: Vec<PathBuf>,
}
