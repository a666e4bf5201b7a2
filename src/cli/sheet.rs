//! `stance sheet`: a sheet for a coder to fill in.

use std::io::Write;
use std::path::Path;

use stance::corpus::Corpus;
use stance::error::{Error, Result};
use stance::exchange::draw::SharedWork;
use stance::exchange::material::Material;
use stance::exchange::sheet::{CodingSheet, ContextPart, SheetRequest};
use stance::file::kind::OutputKind;
use stance::file::save::{Output, Plan};
use stance::label::{ADJUDICATED, RULES};
use stance::words::{guess_before, listed, many};

use super::args::SheetArgs;
use super::{Outcome, output, source, stdout_failed};

/// What a coder sees beside the text unless you choose.
const CONTEXT: [&str; 2] = ["context", "venue"];

/// Draws the statements and writes the sheet.
pub fn run(args: &SheetArgs) -> Result<Outcome> {
    let ending = args.output.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let in_workbook = match ending.as_deref() {
        Some("xlsx") => true,
        Some("csv") => false,
        _ => return Err(Error::request("a sheet ends in .xlsx or .csv", "name the file so, such as -o anna.xlsx")),
    };
    names(&args.coder, &args.with)?;
    let corpus = source::load(&args.corpus)?;
    let selection = source::select(&corpus, &args.speaker, &args.which)?;
    source::warn(&selection.warnings(&corpus.statements.rows));
    // Only the coder's own labels come near the sheet, and no rules.
    let decisions = vec![Vec::new(); corpus.statements.rows.len()];
    let material = Material::of(&corpus, &decisions, &selection, std::slice::from_ref(&args.coder));
    let request = SheetRequest {
        sharing: SharedWork { coder: args.coder.clone(), with: args.with.clone(), share: args.share, seed: args.seed },
        shuffled: args.shuffle,
        context: context(&corpus, &args.context)?,
        again: args.again,
    };
    let sheet = CodingSheet::of(&material, &request)?;
    let to_fill_in = |path: &Path, bytes| Output { path: path.to_owned(), kind: OutputKind::Worksheet, bytes };
    let mut text = String::new();
    let outputs = if in_workbook {
        let (bytes, losses) = sheet.workbook()?;
        losses.iter().for_each(|loss| text += &output::paragraph(&format!("note: {loss}."), ""));
        vec![to_fill_in(&args.output, bytes)]
    } else {
        let (rows, guide) = sheet.csv();
        let beside = args.output.with_extension("md");
        text += &format!("what the levels mean: {}\n", beside.display());
        vec![to_fill_in(&args.output, rows.into_bytes()), to_fill_in(&beside, guide.into_bytes())]
    };
    source::warn(&Plan::new(outputs, args.force)?.write()?);
    let shown = args.output.display();
    let mut head = format!("written: {shown}\n");
    sheet.drawn.iter().for_each(|line| head += &output::paragraph(line, ""));
    if sheet.of_others > 0 {
        head += &format!("{} left to {}.\n", many(sheet.of_others, "statement"), args.with.join(", "));
    }
    if sheet.done > 0 {
        head += &format!("{} left out, because {} has labelled them.\n", many(sheet.done, "statement"), args.coder);
    }
    let dir = corpus.path.display();
    let next = format!("when it is filled in:\n  stance import {shown} --coder {} --corpus {dir}\n", args.coder);
    super::terminal::out().write_all((head + &text + &next).as_bytes()).map_err(stdout_failed)?;
    Ok(Outcome::Fine)
}

/// Whether these may be names of coders: their labels will be in files of these names.
fn names(coder: &str, with: &[String]) -> Result<()> {
    for name in with.iter().map(String::as_str).chain([coder]) {
        let reserved = [RULES, ADJUDICATED].contains(&name.to_lowercase().as_str());
        if reserved || name.trim().is_empty() || name.trim() != name || name.contains(['/', '\\', ':']) {
            return Err(Error::request(format!("`{name}` is not the name of a coder"), "write the name of a person"));
        }
    }
    if with.iter().any(|name| name == coder) {
        return Err(Error::request(format!("{coder} cannot share with {coder}"), "name another coder with --with"));
    }
    Ok(())
}

/// The columns that are shown beside the text.
fn context(corpus: &Corpus, wanted: &[String]) -> Result<Vec<ContextPart>> {
    let statements = &corpus.statements;
    if wanted.is_empty() {
        return Ok(CONTEXT.iter().filter_map(|name| statements.column(name)).map(ContextPart::Column).collect());
    }
    let column = |name: &String| {
        if name == "date" {
            return Ok(ContextPart::Date);
        }
        statements.column(name).map(ContextPart::Column).ok_or_else(|| {
            let known = statements.text_columns();
            let hint = format!("it has: date, {}", listed(known.iter().copied()));
            let what = format!("statements.csv has no column `{name}` to show");
            Error::request(what, guess_before(&hint, name, known.into_iter()))
        })
    };
    wanted.iter().map(column).collect::<Result<Vec<ContextPart>>>()
}
