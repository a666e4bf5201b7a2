//! `stance import`: makes a corpus of people's sheets, or adds what is new in them.

use std::io::Write;
use std::path::PathBuf;

use stance::date::{Precision, StatementDate};
use stance::error::{Error, Problem, Result};
use stance::exchange::spreadsheet;
use stance::file::corpus_files;
use stance::file::kind::OutputKind;
use stance::file::save::{Output, Plan};
use stance::import::{self, Import, ImportSettings};
use stance::words::many;

use super::args::{CorpusArg, ImportArgs};
use super::{Outcome, output, source, stdout_failed};

/// How many changes are printed one by one.
const MOST_TOLD: usize = 10;
/// How many statements that a sheet lacks are named.
const MOST_NAMED: usize = 5;

/// Reads the sheets, prints what they are taken for, and writes the corpus.
pub fn run(args: &ImportArgs) -> Result<Outcome> {
    let settings = ImportSettings {
        columns: args.columns.clone(),
        codes: args.codes.clone(),
        tool: args.from,
        date: args.date.map(|written| StatementDate { written, precision: Precision::Day }),
        sheets: args.sheets.clone(),
        date_order: args.date_order,
        days_from: args.days_from,
        true_dates: args.true_dates,
        time_zone: args.time_zone,
        coder: args.coder.clone(),
        speaker: args.speaker.clone(),
        issue: args.issue.clone(),
        no_position: args.no_position.clone(),
        level_orders: args.levels.clone(),
        partial: args.partial,
        corrected: args.corrected,
        ..ImportSettings::default()
    };
    let corpus = corpus(args)?;
    let import = import::prepare(&args.files, &corpus, settings)?;
    let mut out = super::terminal::out();
    let mut say = |text: &str| out.write_all(text.as_bytes()).map_err(stdout_failed);
    for (sheet, columns) in &import.sheets {
        say(&format!("{sheet}\n{}", indented(&table(columns))))?;
    }
    for (file, codes) in import.codes.iter().filter(|(_, codes)| !codes.is_empty()) {
        say(&format!("codes of {file}\n{}", indented(&codes_table(codes))))?;
    }
    import.notes.iter().try_for_each(|note| say(&output::paragraph(&format!("note: {note}."), "")))?;
    let faults: Vec<Problem> = import.problems.iter().filter(|problem| problem.is_fault()).cloned().collect();
    let warnings: Vec<Problem> = import.problems.iter().filter(|problem| !problem.is_fault()).cloned().collect();
    output::print_problems(&mut super::terminal::out(), &warnings).map_err(stdout_failed)?;
    if !import.is_sound {
        let closing = if import.rest.is_some() && !args.partial {
            "nothing was written; with --partial, the rows without a fault are added, and the others go to a file of their own"
        } else {
            "nothing was written"
        };
        say(&format!("{}: {closing}.\n", many(faults.len(), "fault")))?;
        return Err(Error::Invalid(faults));
    }
    if !faults.is_empty() && import.additions.is_nothing() {
        say("no row without a fault is new; nothing was written.\n")?;
        return Err(Error::Invalid(faults));
    }
    output::print_problems(&mut super::terminal::out(), &faults).map_err(stdout_failed)?;
    say(&told(&import))?;
    if args.dry_run {
        return say("nothing was written, because of --dry-run.\n").map(|()| Outcome::Fine);
    }
    // The rows that are left out are safe before the others come in.
    if let Some(rest) = import.rest.as_ref().filter(|_| !faults.is_empty()) {
        let mut name = corpus.clone().into_os_string();
        name.push("-rest.csv");
        let path = PathBuf::from(name);
        // A person opens it in a spreadsheet, which must not run what a cell of a stranger's sheet says.
        let safe = spreadsheet::safe_csv(rest.as_bytes()).map_err(|error| Error::Output(error.into()))?;
        let output = Output { path: path.clone(), kind: OutputKind::Worksheet, bytes: safe.into_bytes() };
        source::warn(&Plan::new(vec![output], false)?.write()?);
        say(&format!("rows that could not be read: {}\n", path.display()))?;
    }
    source::warn(&import.write()?);
    let shown = corpus.display();
    let names = import.file_names();
    if !names.is_empty() {
        say(&format!("written in {shown}: {}\n", names.join(", ")))?;
    }
    let additions = &import.additions;
    let is_empty = additions.statements + additions.known + additions.labels == 0;
    // Without a label or a rule there is nothing to draw.
    let has_positions = ["labels", "rules.toml"].iter().any(|name| stance::file::read::exists(&corpus.join(name)));
    if names.iter().any(|name| name == "import.toml") && !is_empty && !has_positions {
        say(&format!(
            "no statement has a position yet; next:\n  stance desk --corpus {shown}\n  stance sheet --corpus {shown} --coder NAME -o sheet.xlsx\n"
        ))?;
    } else if names.iter().any(|name| name == "import.toml") && is_empty {
        say(&format!("next:\n  stance import SHEET --corpus {shown}\n"))?;
    } else if names.iter().any(|name| name == "import.toml") {
        say(&format!("next:\n  stance chart --corpus {shown}\n  stance shifts --corpus {shown}\n"))?;
    }
    Ok(Outcome::Fine)
}

/// The folder that is named, or the corpus that is there. A new corpus needs a name.
fn corpus(args: &ImportArgs) -> Result<PathBuf> {
    let found = source::locate(&CorpusArg { dir: args.corpus.clone() })?;
    if args.corpus.is_none() && !corpus_files::is_corpus(&found) {
        let what = "there is no corpus here to import into";
        return Err(Error::request(what, "name its folder with --corpus DIR; it is made if there is none"));
    }
    Ok(found)
}

/// The columns, what each is taken for, why, and an example.
fn table(columns: &[import::Recognised]) -> String {
    let header = ["column", "is", "known by", "example"].map(str::to_owned).to_vec();
    let rows = columns.iter().map(|column| {
        let header = if column.header.is_empty() {
            "(no name)".to_owned()
        } else {
            stance::words::shortened(&column.header, 40)
        };
        vec![
            header,
            column.usage.to_string(),
            column.by.to_string(),
            stance::words::printable_line(&column.example).into_owned(),
        ]
    });
    output::columns(&std::iter::once(header).chain(rows).collect::<Vec<_>>())
}

/// The codes of a file, what each is taken for, and how often it is there.
fn codes_table(codes: &[import::PlacedCode]) -> String {
    /// A project may have hundreds of codes that are no positions.
    const MOST_KEPT: usize = 20;
    let header = ["code", "is", "known by", "times"].map(str::to_owned).to_vec();
    let kept = |code: &&import::PlacedCode| !code.by_you && code.usage.level().is_none();
    let (others, placed): (Vec<_>, Vec<_>) = codes.iter().partition(kept);
    let rows = placed.iter().chain(others.iter().take(MOST_KEPT)).map(|code| {
        let by = if code.by_you {
            "you say so"
        } else if code.usage.level().is_some() {
            "its name"
        } else {
            ""
        };
        let name = stance::words::printable_line(&stance::words::shortened(&code.code, 60)).into_owned();
        vec![
            name,
            stance::words::printable_line(&code.usage.to_string()).into_owned(),
            by.to_owned(),
            code.count.to_string(),
        ]
    });
    let more = others.len().saturating_sub(MOST_KEPT);
    let more = if more == 0 { String::new() } else { format!("… and {} that are kept\n", many(more, "code")) };
    output::columns(&std::iter::once(header).chain(rows).collect::<Vec<_>>()) + &more
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}

/// What is added, changed and kept.
fn told(import: &Import) -> String {
    let additions = &import.additions;
    let mut text = format!("{}.\n", additions.in_words());
    for changes in [&additions.changed, &additions.relabelled] {
        for change in changes.iter().take(MOST_TOLD) {
            text += &format!("  {change}\n");
        }
        if changes.len() > MOST_TOLD {
            text += &format!("  … and {} more\n", changes.len() - MOST_TOLD);
        }
    }
    for (ids, what) in [
        (&additions.only_in_corpus, "not in this sheet; kept"),
        (&additions.corrected, "probably corrected in this sheet; the old form is kept, too"),
    ] {
        if ids.is_empty() {
            continue;
        }
        let shown: Vec<&str> = ids.iter().take(MOST_NAMED).map(String::as_str).collect();
        let rest = if ids.len() > MOST_NAMED { ", …" } else { "" };
        text += &format!("{} of the corpus {what}: {}{rest}.\n", many(ids.len(), "statement"), shown.join(", "));
    }
    if additions.labels_only_in_corpus > 0 {
        text += &format!(
            "{} of the corpus with an empty cell in this sheet; kept.\n",
            many(additions.labels_only_in_corpus, "label")
        );
    }
    text
}
