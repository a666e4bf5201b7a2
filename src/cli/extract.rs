//! `stance extract`: statements proposed from news texts, for a person to confirm.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde::Deserialize;
use stance::document::{self, Document};
use stance::error::{Error, Result};
use stance::extract::language::Language;
use stance::extract::merge::{Sourced, merge};
use stance::extract::page::{self, Page};
use stance::extract::proposal::{Article, Skipped, Why, article};
use stance::extract::rows::{COLUMNS, Origin, rows};
use stance::extract::speech::People;
use stance::extract::speech::people::Entry;
use stance::splice::Records;
use stance::statement::{Kind, NO_STATEMENT, Statements};
use stance::table;
use stance::words::many;

use super::args::{ExtractArgs, KindOfWords, RowFormat};
use super::{Outcome, output, source};

/// The file of a corpus that says who speaks.
const SPEAKERS: &str = "speakers.toml";
/// The endings of files that a folder is searched for.
const ENDINGS: [&str; 8] = ["txt", "text", "html", "htm", "xhtml", "md", "markdown", "mkd"];
/// From so many files on, a bar shows how far the work is.
const MANY: usize = 50;

/// Proposes statements, and writes them where they are wanted.
pub fn run(args: &ExtractArgs) -> Result<Outcome> {
    let language = language(args)?;
    let people = people(args, &language)?;
    let (files, unread) = files(&args.files)?;
    if args.text {
        return print_text(&files, unread);
    }
    let given = Given { people: &people, language: &language, args };
    let (found, mut failures) = read_all(&files, &given);
    failures.splice(0..0, unread);
    let (mut origins, mut proposals, mut unattributed) = (Vec::new(), Vec::new(), 0);
    for (origin, article) in found {
        if args.show_skipped {
            show_skipped(&origin.file, &article.skipped);
        }
        unattributed += article.skipped.iter().filter(|skipped| skipped.why == Why::NoSpeaker).count();
        let own = article.proposals.into_iter().filter(|proposal| wanted(args.only, proposal.kind));
        proposals.extend(own.map(|proposal| Sourced { article: origins.len(), proposal, also: Vec::new() }));
        origins.push(origin);
    }
    let before = proposals.len();
    let merged = merge(proposals);
    let counts = [
        format!("{} from {}", many(merged.len(), "proposal"), many(origins.len(), "file")),
        format!("{} merged with others", before - merged.len()),
        format!("{} without a speaker left out", unattributed),
    ];
    write(args, &merged, &origins)?;
    let mut stderr = anstream::stderr();
    // What cannot be said about the work is no reason to call it undone.
    let _ = writeln!(stderr, "stance: {}", counts.join("; "));
    for failure in &failures {
        let _ = output::print_error(&mut stderr, &failure.to_string());
    }
    Ok(match (failures.is_empty(), origins.is_empty()) {
        (true, _) => Outcome::Fine,
        (false, false) => Outcome::FilesFailed,
        (false, true) => Outcome::NothingRead,
    })
}

fn wanted(only: Option<KindOfWords>, kind: Kind) -> bool {
    match only {
        None => true,
        Some(KindOfWords::Direct) => kind == Kind::Direct,
        Some(KindOfWords::Indirect) => kind == Kind::Indirect,
    }
}

/// The language of the texts.
fn language(args: &ExtractArgs) -> Result<Language> {
    let Some(path) = &args.language else { return Ok(Language::english()) };
    let document = Document::new(path, table::read_text(path)?);
    let mut problems = Vec::new();
    Language::read(&document, &mut problems).ok_or(Error::Invalid(problems))
}

/// The people of `speakers.toml`: the file that was named, else that of the corpus, if it has one.
fn people(args: &ExtractArgs, language: &Language) -> Result<People> {
    let path = match &args.speakers {
        Some(path) => path.clone(),
        None => {
            let own = source::locate(&args.corpus)?.join(SPEAKERS);
            if !own.is_file() {
                return Ok(People::default());
            }
            own
        }
    };
    let document = Document::new(&path, table::read_text(&path)?);
    let mut problems = Vec::new();
    let mut entries = Vec::new();
    if let Some(mut root) = document.root(&mut problems) {
        for part in document::take_entries(&mut root, "speaker") {
            if let Some(read) = document.read::<Entry>(part, &mut problems) {
                entries.push((read.whole, read.value));
            }
        }
        document.read::<Nothing>(root, &mut problems);
    }
    let (people, faults) = People::new(entries, &language.cues);
    problems.extend(faults.into_iter().map(|fault| document.fault(fault.span, fault.what, fault.hint)));
    if problems.is_empty() { Ok(people) } else { Err(Error::Invalid(problems)) }
}

/// What `speakers.toml` may hold besides speakers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// The files that are meant: those named, and in a folder those whose ending says that they are texts, by name.
/// A folder that cannot be used is told, and does not stop the others.
fn files(named: &[PathBuf]) -> Result<(Vec<PathBuf>, Vec<Error>)> {
    if named.is_empty() {
        return Err(Error::request("no text is named", "name files or folders, or - for the standard input"));
    }
    let (mut files, mut unread) = (Vec::new(), Vec::new());
    for path in named {
        if path.is_dir() {
            let before = files.len() + unread.len();
            collect(path, &mut files, &mut unread);
            if files.len() + unread.len() == before {
                let hint = format!("texts end in {}", ENDINGS.map(|ending| format!(".{ending}")).join(", "));
                unread.push(Error::request(format!("{} holds no text", path.display()), hint));
            }
        } else if !files.contains(path) {
            files.push(path.clone());
        }
    }
    Ok((files, unread))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>, unread: &mut Vec<Error>) {
    let found: io::Result<Vec<PathBuf>> =
        fs::read_dir(folder).and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect());
    let mut entries = match found {
        Ok(entries) => entries,
        Err(source) => return unread.push(Error::Read { path: folder.to_owned(), source }),
    };
    entries.sort();
    for path in entries {
        // A link to a folder may lead back to where it stands.
        if path.is_dir() && !path.is_symlink() {
            collect(&path, files, unread);
        } else if path
            .extension()
            .and_then(|e| e.to_str())
            .is_some_and(|e| ENDINGS.contains(&e.to_lowercase().as_str()))
        {
            files.push(path);
        }
    }
}

/// What every file is read with.
struct Given<'g> {
    people: &'g People,
    language: &'g Language,
    args: &'g ExtractArgs,
}

/// Reads all files on all cores. What one file fails of does not stop the others.
fn read_all(files: &[PathBuf], given: &Given<'_>) -> (Vec<(Origin, Article)>, Vec<Error>) {
    let style = ProgressStyle::with_template("reading {bar:40} {human_pos} of {human_len} texts, {eta} left");
    let bar = if files.len() < MANY { ProgressBar::hidden() } else { ProgressBar::new(files.len() as u64) };
    let bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let read = |path: &PathBuf| {
        let found = read(path, given);
        bar.inc(1);
        found
    };
    let all: Vec<Result<(Origin, Article)>> = files.par_iter().map(read).collect();
    bar.finish_and_clear();
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for result in all {
        match result {
            Ok(article) => found.push(article),
            Err(failure) => failures.push(failure),
        }
    }
    (found, failures)
}

fn read(path: &Path, given: &Given<'_>) -> Result<(Origin, Article)> {
    let page = open(path)?;
    let args = given.args;
    let Some(mut article) = article(&page, given.people, given.language, args.published) else {
        let what = format!("{}: the text does not say when it was published", path.display());
        return Err(Error::request(what, "give it with --published YYYY-MM-DD; it is never guessed"));
    };
    if !args.show_skipped {
        // Of many texts, what was left out would fill the memory for nothing.
        article.skipped.retain(|skipped| skipped.why == Why::NoSpeaker);
    }
    let own = |flag: &Option<String>, page: &Option<String>| flag.clone().or(page.clone()).unwrap_or_default();
    let origin = Origin {
        file: shown(path),
        publisher: own(&args.publisher, &page.publisher),
        title: own(&args.title, &article.title),
        url: own(&args.url, &page.url),
        published: article.published,
    };
    Ok((origin, article))
}

/// The article of a file, or why there is none.
///
/// # Errors
/// [`Error::Read`] where the system refuses, [`Error::Request`] where the file holds no text.
pub fn open(path: &Path) -> Result<Page> {
    let failed = |source: io::Error| Error::Read { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        io::stdin().lock().read_to_end(&mut bytes).map_err(failed)?;
    } else {
        bytes = fs::read(path).map_err(failed)?;
    }
    page::read(&bytes, &path.to_string_lossy())
        .map_err(|fault| Error::request(format!("{}: {}", path.display(), fault.what), fault.hint))
}

/// A file as it is named in rows.
fn shown(path: &Path) -> String {
    if path == Path::new("-") { String::new() } else { path.display().to_string() }
}

fn print_text(files: &[PathBuf], unread: Vec<Error>) -> Result<Outcome> {
    let mut stdout = io::stdout().lock();
    let mut outcome = if unread.is_empty() { Outcome::Fine } else { Outcome::FilesFailed };
    for failure in unread {
        let _ = output::print_error(&mut anstream::stderr(), &failure.to_string());
    }
    for path in files {
        match open(path) {
            Ok(page) => stdout.write_all(page.text.as_bytes()).map_err(Error::Output)?,
            Err(failure) => {
                outcome = Outcome::FilesFailed;
                let _ = output::print_error(&mut anstream::stderr(), &failure.to_string());
            }
        }
    }
    stdout.flush().map_err(Error::Output)?;
    Ok(outcome)
}

/// Lists what was left out of a text, beside the rows and not among them.
fn show_skipped(file: &str, skipped: &[Skipped]) {
    let mut stderr = anstream::stderr();
    for Skipped { range, text, why } in skipped {
        let why = match why {
            Why::Furniture(reason) => reason.words(),
            Why::NoSpeaker => "no speaker",
        };
        let text = stance::words::shortened(text, 100);
        let _ = writeln!(stderr, "{file}:{}-{}: {why}: {text}", range.start, range.end);
    }
}

/// Writes the rows where they are wanted.
fn write(args: &ExtractArgs, proposals: &[Sourced], origins: &[Origin]) -> Result<()> {
    if args.append {
        return append(args, proposals, origins);
    }
    let rows = rows(proposals, origins, &HashSet::new());
    let bytes = match args.format {
        RowFormat::Csv => output::records(&COLUMNS, rows.into_iter())?,
        RowFormat::Ndjson => ndjson(&rows)?,
    };
    match &args.output {
        Some(path) => output::write_file(path, |to| to.write_all(&bytes).map_err(Error::Output)),
        None => {
            let mut stdout = io::stdout().lock();
            stdout.write_all(&bytes).and_then(|()| stdout.flush()).map_err(Error::Output)
        }
    }
}

/// A line of JSON for each row, its keys in the order of the columns.
fn ndjson(rows: &[Vec<String>]) -> Result<Vec<u8>> {
    let text = |value: &str| serde_json::to_string(value).map_err(|error| Error::Output(error.into()));
    let mut out = Vec::new();
    for row in rows {
        let pair = |(column, cell): (&&str, &String)| Ok(format!("{}:{}", text(column)?, text(cell)?));
        let pairs: Vec<String> = COLUMNS.iter().zip(row).map(pair).collect::<Result<_>>()?;
        out.extend_from_slice(format!("{{{}}}\n", pairs.join(",")).as_bytes());
    }
    Ok(out)
}

/// Adds the rows to the statements of the corpus; what is there already stays as it is.
fn append(args: &ExtractArgs, proposals: &[Sourced], origins: &[Origin]) -> Result<()> {
    let path = source::locate(&args.corpus)?.join(stance::corpus::STATEMENTS);
    let text = table::read_text(&path)?;
    let mut problems = Vec::new();
    let parsed = Statements::parse(&path, &text, &mut problems);
    // A corpus may begin with what is proposed.
    problems.retain(|problem| problem.what != NO_STATEMENT);
    let Some(statements) = parsed.filter(|_| problems.is_empty()) else {
        return Err(Error::Invalid(problems));
    };
    // The same text read twice gives the same words at the same place: they are there already.
    let known: HashSet<(String, String, NaiveDate)> = statements
        .rows
        .iter()
        .map(|statement| (statement.speaker.clone(), statement.text.clone(), statement.date.written))
        .collect();
    // A person may have mended who, what or when. Where it stands is as it was, but another article may have come
    // under the same name; then neither who nor what is.
    let records = Records::of(&text, statements.dialect);
    let places = ["file", "start", "end"].map(|name| records.column(name));
    let cell = |cells: &[String], column: Option<usize>| {
        column.and_then(|column| cells.get(column).cloned()).unwrap_or_default()
    };
    let [speaker, words] = ["speaker", "text"].map(|name| records.column(name));
    let mut known_places: HashMap<[String; 3], Vec<[String; 2]>> = HashMap::new();
    for cells in records.cells.iter().skip(1) {
        let said = [cell(cells, speaker), cell(cells, words)];
        known_places.entry(places.map(|place| cell(cells, place))).or_default().push(said);
    }
    let is_new = |sourced: &&Sourced| {
        let proposal = &sourced.proposal;
        let file = origins[sourced.article].file.clone();
        let place = [file, proposal.passage.start.to_string(), proposal.passage.end.to_string()];
        let there = known.contains(&(proposal.speaker.clone(), proposal.text.clone(), proposal.date));
        let mended = known_places.get(&place).filter(|_| !place[0].is_empty()).is_some_and(|rows| {
            rows.iter().any(|[speaker, text]| *speaker == proposal.speaker || *text == proposal.text)
        });
        !there && !mended
    };
    let new: Vec<Sourced> = proposals.iter().filter(is_new).cloned().collect();
    let taken: HashSet<String> = statements.rows.iter().map(|statement| statement.id.clone()).collect();
    let rows = rows(&new, origins, &taken);
    if !rows.is_empty() {
        let longer = records.with_rows(&COLUMNS, &rows);
        output::write_file(&path, |to| to.write_all(longer.as_bytes()).map_err(Error::Output))?;
    }
    let there = proposals.len() - new.len();
    let told = if there > 0 { format!("; {there} were there already") } else { String::new() };
    let what = format!("{} added to {}{told}", many(new.len(), "row"), path.display());
    let _ = writeln!(anstream::stderr(), "stance: {what}; confirm them with `stance extract --review`");
    Ok(())
}
