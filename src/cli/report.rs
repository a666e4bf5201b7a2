//! `stance report`: a study as one HTML file.

use std::io::Write;
use std::path::Path;

use stance::corpus::Selection;
use stance::error::Result;
use stance::file::kind::OutputKind;
use stance::file::save::{self, Output, Plan};
use stance::report::{self, Format};
use stance::rule::RuleDecisions;
use stance::shift::Request;
use stance::study::{Ask, Relabel, Study};

use super::args::ReportArgs;
use super::counts::FileCounts;
use super::{Outcome, chart, source, stdout_failed};

/// Writes the page, and prints its path.
pub fn run(args: &ReportArgs) -> Result<Outcome> {
    // What must not be written is refused before the work.
    save::check(&args.output, OutputKind::Page, args.force)?;
    let page = match &args.counts.labels {
        Some(file) => of_counts(args, file)?,
        None => of_corpus(args)?,
    };
    let output = Output { path: args.output.clone(), kind: OutputKind::Page, bytes: page.into_bytes() };
    source::warn(&Plan::new(vec![output], args.force)?.write()?);
    writeln!(super::terminal::out(), "{}", args.output.display()).map_err(stdout_failed)?;
    Ok(Outcome::Fine)
}

fn of_corpus(args: &ReportArgs) -> Result<String> {
    let corpus = source::load(&args.corpus)?;
    let ask = ask(args, source::select(&corpus, &args.speaker, &args.which)?);
    let format = format(args, &ask, &corpus.path)?;
    let decisions = source::label(&corpus);
    report::report(&source::study(&corpus, &decisions, ask), &decisions, &format)
}

/// The page from counts or labels of a file.
fn of_counts(args: &ReportArgs, file: &Path) -> Result<String> {
    let counts = FileCounts::load(file, &args.corpus, &args.which)?;
    let ask = ask(args, counts.select(&args.speaker, &args.which)?);
    let format = format(args, &ask, &counts.folder)?;
    let counts = counts.part(&ask)?;
    let labels = counts.labels(&ask);
    let study = Study::of_counts(counts.judge(ask)?, &labels, &counts.corpus);
    report::report(&study, &RuleDecisions::new(), &format)
}

fn ask(args: &ReportArgs, selection: Selection) -> Ask {
    Ask {
        selection,
        request: Request { seed: args.seed, ..Request::default() },
        relabel: Relabel::All,
        stress: args.stress,
        ..Ask::default()
    }
}

fn format(args: &ReportArgs, ask: &Ask, folder: &Path) -> Result<Format> {
    let house = chart::house(folder)?;
    Ok(Format {
        language: args.locale.into(),
        part: args.embed,
        palette: house.palette.unwrap_or_default(),
        fonts: chart::fonts(&args.font, &house, folder)?,
        speakers: ask.selection.speakers.clone(),
    })
}
