//! `stance label`: the labelled statements, or their curves, as CSV, NDJSON or Parquet.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use stance::curve::Curve;
use stance::error::{Error, Result};
use stance::file::kind::OutputKind;
use stance::file::save::{Output, Plan};
use stance::frame::export::{self, FrameFormat};
use stance::frame::{self, LabelFrame};
use stance::series::Series;
use stance::shift::Request;
use stance::study::{Ask, Study};

use super::args::LabelArgs;
use super::{Outcome, source};

/// Labels the corpus and writes what was asked for.
pub fn run(args: &LabelArgs) -> Result<Outcome> {
    let format = format(args)?;
    if format == FrameFormat::Parquet && args.output.is_none() && io::stdout().is_terminal() {
        return Err(Error::request("Parquet is not for a terminal", "name a file with -o FILE"));
    }
    let corpus = source::load(&args.corpus)?;
    let selection = source::select(&corpus, &args.speaker, &args.which)?;
    source::warn(&selection.warnings(&corpus.statements.rows));
    let decisions = source::label(&corpus);
    let (frame, empty) = if args.timeline {
        let request = Request { seed: args.seed, ..Request::default() };
        let study = Study::of(&corpus, &decisions, Ask { selection, request, ..Ask::default() }, &|_, _| {});
        study.not_empty()?;
        let curves: Vec<(&Series<'_>, Curve)> = study.shown_curves();
        (frame::curves(&curves, &corpus.codebook)?, "no day has three days near it, so that there is no curve")
    } else {
        (LabelFrame::new(&corpus, &decisions, &selection, args.all)?.into_data(), "no label is selected")
    };
    if frame.height() == 0 {
        // Data go to the standard output; what is said about them does not.
        let _ = writeln!(super::terminal::err(), "stance: {empty}; only the header is written");
    }
    match &args.output {
        Some(path) => {
            let mut bytes = Vec::new();
            export::write(&frame, format, &mut bytes)?;
            let output = Output { path: path.clone(), kind: kind(format), bytes };
            source::warn(&Plan::new(vec![output], args.force)?.write()?);
        }
        None => {
            let mut stdout = io::BufWriter::new(io::stdout().lock());
            export::write(&frame, format, &mut stdout)?;
            stdout.flush().map_err(Error::Output)?;
        }
    }
    Ok(Outcome::Fine)
}

/// How an earlier export of a format is known.
fn kind(format: FrameFormat) -> OutputKind {
    match format {
        FrameFormat::Csv => OutputKind::Table,
        FrameFormat::Ndjson => OutputKind::Lines,
        FrameFormat::Parquet => OutputKind::Parquet,
    }
}

/// The format that was asked for, else the one that the file's ending names.
fn format(args: &LabelArgs) -> Result<FrameFormat> {
    if let Some(format) = args.format {
        return Ok(format.into());
    }
    let Some(ending) = args.output.as_deref().and_then(Path::extension) else { return Ok(FrameFormat::Csv) };
    match ending.to_string_lossy().to_lowercase().as_str() {
        "csv" => Ok(FrameFormat::Csv),
        "ndjson" | "jsonl" => Ok(FrameFormat::Ndjson),
        "parquet" => Ok(FrameFormat::Parquet),
        other => Err(Error::request(
            format!("no format is known by the ending `.{other}`"),
            "use .csv, .ndjson or .parquet, or say --format",
        )),
    }
}
