//! `stance label`: writes the labelled statements, or their curves, as CSV, NDJSON, Parquet or Arrow.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use stance::error::{Error, Result};
use stance::exchange::spreadsheet;
use stance::file::kind::OutputKind;
use stance::file::save::{Output, Plan};
use stance::frame::export::{self, FrameFormat};
use stance::frame::{self, LabelFrame};
use stance::label::Whose;
use stance::study;

use super::args::{DataFormat, LabelArgs};
use super::{Outcome, source};

/// Labels the corpus and writes the result.
pub fn run(args: &LabelArgs) -> Result<Outcome> {
    let format = format_of(args.format, args.output.as_deref())?;
    not_on_a_terminal(format, args.output.as_deref())?;
    if args.for_spreadsheet && format != FrameFormat::Csv {
        let what = "--for-spreadsheet is for CSV only";
        return Err(Error::request(what, "leave it out, or write a file that ends in .csv"));
    }
    let corpus = source::load(&args.corpus)?;
    let selection = source::select(&corpus, &args.speaker, &args.which)?;
    source::warn(&selection.warnings(&corpus.statements.rows));
    let decisions = source::label(&corpus);
    let labels = corpus.labelled(&decisions, &selection);
    let counted = labels.iter().filter(|label| label.decision.is_counted_by(Whose::Both)).count();
    source::say_rule(&corpus.codebook, counted);
    let (frame, empty) = if args.timeline {
        let curves = study::curves(&corpus, &decisions, &selection, args.seed);
        if curves.is_empty() {
            return Err(study::nothing_selected());
        }
        (frame::curves(&curves, &corpus.codebook)?, "there is no curve: no day has 3 days near it")
    } else {
        (LabelFrame::new(&corpus, &decisions, &selection, args.all)?.into_data(), "the selection has no labels")
    };
    if frame.height() == 0 {
        let left = match format {
            FrameFormat::Csv => "only the header is written",
            FrameFormat::Ndjson => "no line is written",
            FrameFormat::Parquet | FrameFormat::Arrow | FrameFormat::ArrowStream => "only the columns are written",
        };
        // Data goes to the standard output, messages do not.
        let _ = writeln!(super::terminal::err(), "stance: {empty}; {left}");
    }
    let mut bytes = Vec::new();
    export::write(&frame, format, &mut bytes)?;
    if args.for_spreadsheet {
        bytes = spreadsheet::safe_csv(&bytes).map_err(|error| Error::Output(error.into()))?.into_bytes();
    }
    match &args.output {
        Some(path) => {
            let kind =
                if args.for_spreadsheet { OutputKind::of_table(&bytes) } else { export::kind_of(&frame, format)? };
            let output = Output { path: path.clone(), kind, bytes };
            source::warn(&Plan::new(vec![output], args.force)?.write()?);
        }
        None => super::terminal::print_data(&bytes)?,
    }
    Ok(Outcome::Fine)
}

/// The format that was given, or the format of the file's ending.
pub fn format_of(given: Option<DataFormat>, output: Option<&Path>) -> Result<FrameFormat> {
    if let Some(format) = given {
        return Ok(format.frame_format(output.is_some()));
    }
    let Some(ending) = output.and_then(Path::extension) else { return Ok(FrameFormat::Csv) };
    match ending.to_string_lossy().to_lowercase().as_str() {
        "csv" => Ok(FrameFormat::Csv),
        "ndjson" | "jsonl" => Ok(FrameFormat::Ndjson),
        "parquet" => Ok(FrameFormat::Parquet),
        "arrow" | "feather" => Ok(FrameFormat::Arrow),
        "arrows" => Ok(FrameFormat::ArrowStream),
        other => Err(Error::request(
            format!("there is no format for the ending `.{other}`"),
            "use .csv, .ndjson, .parquet or .arrow, or add --format",
        )),
    }
}

/// Rejects a format that no person can read if the output would be a terminal.
pub fn not_on_a_terminal(format: FrameFormat, output: Option<&Path>) -> Result<()> {
    let name = match format {
        FrameFormat::Csv | FrameFormat::Ndjson => return Ok(()),
        FrameFormat::Parquet => "Parquet",
        FrameFormat::Arrow | FrameFormat::ArrowStream => "Arrow",
    };
    if output.is_some() || !io::stdout().is_terminal() {
        return Ok(());
    }
    Err(Error::request(format!("{name} cannot be printed on a terminal"), "name a file with -o FILE"))
}
