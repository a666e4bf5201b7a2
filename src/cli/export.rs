//! `stance export`: the corpus as a file of another tool.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

use stance::agreement::statistic::Metric;
use stance::agreement::{self, Between, By, Comparison};
use stance::corpus::{Corpus, Selection};
use stance::error::{Error, Result};
use stance::exchange::cells::{self, CellTable, TEXTS_OF_VERDICTS};
use stance::exchange::document::{LATEX_MARK, MARKDOWN_MARK};
use stance::exchange::material::Material;
use stance::exchange::{self, ExchangeFormat, ExportSettings, ExportedFile, ResultTables};
use stance::file::kind::OutputKind;
use stance::file::save::{Output, Plan};
use stance::label::RULES;
use stance::rule::RuleDecisions;
use stance::shift::rows::rows;
use stance::study::{Ask, Relabel};
use stance::words::{guess_before, listed};

use super::args::ExportArgs;
use super::{Outcome, output, source, stdout_failed};

/// Writes the corpus in the format, and prints what is lost.
pub fn run(args: &ExportArgs) -> Result<Outcome> {
    let format = match args.format {
        Some(format) => format.into(),
        None => of_ending(&args.output)?,
    };
    let is_table = matches!(format, ExchangeFormat::Long | ExchangeFormat::Coders | ExchangeFormat::DnaCsv);
    if args.for_spreadsheet && !is_table {
        let what = "--for-spreadsheet is for the formats long, coders and dna-csv";
        return Err(Error::request(what, "leave it out: no other format needs it"));
    }
    let corpus = source::load(&args.corpus)?;
    let selection = source::select(&corpus, &args.speaker, &args.which)?;
    args.coder.iter().try_for_each(|coder| known(&corpus, coder))?;
    args.emails.iter().try_for_each(|(coder, _)| known(&corpus, coder))?;
    source::warn(&selection.warnings(&corpus.statements.rows));
    let decisions = source::label(&corpus);
    let material = Material::of(&corpus, &decisions, &selection, &args.coder);
    if material.statements.is_empty() {
        return Err(Error::request("the selection has no statement", "choose other speakers or dates"));
    }
    let results =
        if format.shows_results() { results(&corpus, &decisions, &selection)? } else { ResultTables::default() };
    let with_rules = args.coder.iter().any(|coder| coder == RULES);
    let settings = ExportSettings { emails: args.emails.clone(), for_spreadsheet: args.for_spreadsheet, with_rules };
    let exported = exchange::export(format, &material, &results, &settings)?;
    let outputs: Vec<Output> = exported.files.into_iter().map(|file| output_of(args, format, file)).collect();
    let names: Vec<String> = outputs.iter().map(|output| output.path.display().to_string()).collect();
    source::warn(&Plan::new(outputs, args.force)?.write()?);
    let mut text = format!("written: {}\n", names.join(", "));
    if !exported.losses.is_empty() {
        text += "not in it, or not as it was:\n";
        exported.losses.iter().for_each(|loss| text += &output::paragraph(&format!("- {loss}"), "  "));
    }
    super::terminal::out().write_all(text.as_bytes()).map_err(stdout_failed)?;
    Ok(Outcome::Fine)
}

/// The only format with this ending.
fn of_ending(path: &Path) -> Result<ExchangeFormat> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let several = |formats: &str| {
        let what = format!("several formats end in .{ending}");
        Err(Error::request(what, format!("choose one with --format: {formats}")))
    };
    Ok(match ending.as_str() {
        "xlsx" => ExchangeFormat::Xlsx,
        "dna" => ExchangeFormat::Dna,
        "json" => ExchangeFormat::LabelStudio,
        "qdpx" => ExchangeFormat::Qdpx,
        "qdc" => ExchangeFormat::Qdc,
        "yml" | "yaml" => ExchangeFormat::Quanteda,
        "dta" => ExchangeFormat::Dta,
        "md" => ExchangeFormat::Markdown,
        "tex" => ExchangeFormat::Latex,
        "csv" => return several("long, coders or dna-csv; `stance label` writes a CSV of statements with labels"),
        "jsonl" => return several("doccano or prodigy"),
        _ => {
            let what = format!("no format ends in .{ending}");
            return Err(Error::request(what, "choose one with --format; `stance export --help` lists them"));
        }
    })
}

/// Whether the corpus has a coder of this name.
fn known(corpus: &Corpus, coder: &str) -> Result<()> {
    let names = || corpus.coders.iter().map(|file| file.coder.as_str()).chain([RULES]);
    if names().any(|name| name == coder) {
        return Ok(());
    }
    let hint = format!("the corpus has labels of: {}", listed(names().collect::<Vec<_>>().into_iter()));
    Err(Error::request(format!("there is no coder `{coder}`"), guess_before(&hint, coder, names())))
}

/// Verdicts and agreement, as `stance shifts` and `stance agree` have them.
fn results(corpus: &Corpus, decisions: &RuleDecisions, selection: &Selection) -> Result<ResultTables> {
    let ask = Ask { selection: selection.clone(), relabel: Relabel::All, ..Ask::default() };
    let study = source::study(corpus, decisions, ask);
    let verdicts = CellTable::of(&rows(study.shown(), &corpus.codebook), &TEXTS_OF_VERDICTS)?;
    let request = Comparison {
        selection: selection.clone(),
        between: vec![Between::Coders, Between::Rules],
        by: vec![By::Issue],
        metric: Metric::Ordinal,
    };
    let agreement = cells::agreement(&agreement::agreement(corpus, decisions, &request).rows);
    Ok(ResultTables { verdicts, agreement })
}

/// Where a file goes, and what may be there already.
fn output_of(args: &ExportArgs, format: ExchangeFormat, file: ExportedFile) -> Output {
    let kind = match format {
        ExchangeFormat::Long | ExchangeFormat::Coders | ExchangeFormat::DnaCsv => OutputKind::of_table(&file.bytes),
        ExchangeFormat::Markdown => OutputKind::Marked(MARKDOWN_MARK),
        ExchangeFormat::Latex => OutputKind::Marked(LATEX_MARK),
        _ => OutputKind::Exchanged,
    };
    Output { path: path_of(&args.output, &file), kind, bytes: file.bytes }
}

/// `tasks.jsonl` and the part `anna`: `tasks-anna.jsonl`.
fn path_of(given: &Path, file: &ExportedFile) -> PathBuf {
    if file.part.is_empty() {
        return given.to_owned();
    }
    let mut name: OsString = given.file_stem().unwrap_or_default().to_owned();
    name.push("-");
    name.push(&file.part);
    let ending = file.ending.map(OsString::from).or_else(|| given.extension().map(ToOwned::to_owned));
    if let Some(ending) = ending {
        name.push(".");
        name.push(ending);
    }
    given.with_file_name(name)
}
