//! `stance report`: a study as one HTML file.

use std::io::Write;

use stance::error::Result;
use stance::file::kind::OutputKind;
use stance::file::save::{self, Output, Plan};
use stance::report::{self, Format};
use stance::shift::Request;
use stance::study::{Ask, Relabel};

use super::args::ReportArgs;
use super::{Outcome, chart, source, stdout_failed};

/// Writes the page, and prints its path.
pub fn run(args: &ReportArgs) -> Result<Outcome> {
    source::no_counts(&args.counts, "a report quotes statements")?;
    // What must not be written is refused before the work.
    save::check(&args.output, OutputKind::Page, args.force)?;
    let corpus = source::load(&args.corpus)?;
    let selection = source::select(&corpus, &args.speaker, &args.which)?;
    let speakers = selection.speakers.clone();
    let ask = Ask {
        selection,
        request: Request { seed: args.seed, ..Request::default() },
        relabel: Relabel::All,
        stress: args.stress,
        ..Ask::default()
    };
    let house = chart::house(&corpus)?;
    let format = Format {
        language: args.locale.into(),
        part: args.embed,
        palette: house.palette.unwrap_or_default(),
        fonts: chart::fonts(&args.font, &house, &corpus)?,
        speakers,
    };
    let decisions = source::label(&corpus);
    let study = source::study(&corpus, &decisions, ask);
    let page = report::report(&study, &decisions, &format)?;
    let output = Output { path: args.output.clone(), kind: OutputKind::Page, bytes: page.into_bytes() };
    source::warn(&Plan::new(vec![output], args.force)?.write()?);
    writeln!(super::terminal::out(), "{}", args.output.display()).map_err(stdout_failed)?;
    Ok(Outcome::Fine)
}
