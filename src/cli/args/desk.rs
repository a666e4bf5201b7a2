//! `stance desk`: pages on which people code, settle, review and write rules.

use clap::Parser;

use crate::cli::args::chart::LocaleArg;
use crate::cli::args::shared::CorpusArg;

/// Open pages in your browser to label statements, settle differences, write rules and see what follows.
///
/// Use it to label by hand, or if you prefer a browser to a terminal. Everything stays on this machine: the pages are
/// served to your browser alone, and nothing is loaded from anywhere else. Every answer is in its file before the next
/// statement shows. Ctrl-C ends it, and nothing is lost.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance desk --corpus my-corpus               open the pages in the browser
  stance desk --corpus my-corpus --coder anna  label as anna
  stance desk --no-open                        print the address only

Rooms:
  Code      one statement at a time, and a key for each answer; you do not see
            what others or rules gave
  Settle    statements on which coders differ, the worst first
  Review    proposals of `stance extract`, within their texts
  Rules     rules.toml, with faults as you type and what an edit would change
  Explore   findings, charts, and the quotations behind them

Files:
  labels/<coder>.csv      your answers; everything else in it stays as it is
  labels/adjudicated.csv  what you settle
  rules.toml              saved only if you ask, and only without a fault
  statements.csv          what you accept, fix or reject in Review

You can edit the files in another program meanwhile. What it saves is read
again. If you both change the same answer, nothing is lost: the page says so.
")]
pub struct DeskArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// Label as this coder: the name of the file in labels/ [default: the page asks]
    #[arg(long, value_name = "NAME")]
    pub coder: Option<String>,
    /// Listen on this port of 127.0.0.1 [default: a free one]
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Print the address and open no browser
    #[arg(long)]
    pub no_open: bool,
    /// Choose the language of the pages; your words stay as they are
    #[arg(long, value_enum, default_value = "en")]
    pub locale: LocaleArg,
}
