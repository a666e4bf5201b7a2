//! `stance extract`: statements proposed from news texts, for a person to confirm.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use stance::error::{Error, Problem, Result};
use stance::extract::language::Language;
use stance::extract::merge::{Sourced, merge};
use stance::extract::page::{self, Page};
use stance::extract::proposal::{Article, Skipped, WhySkipped, article};
use stance::extract::rows::{ArticleOrigin, COLUMNS, REVIEW, rows};
use stance::extract::speech::People;
use stance::file::document::Document;
use stance::file::table;
use stance::statement::{Kind, Verified};
use stance::words::many;

use super::append::Append;
use super::args::{ExtractArgs, KindOfWords, RowFormat};
use super::sheet::Sheet;
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
    let append = args.append.then(|| Append::open(&args.corpus)).transpose()?;
    let (files, unread) = files(&args.files)?;
    if args.text {
        return print_text(&files, unread);
    }
    if let Some(path) = args.output.as_deref().filter(|path| args.format == RowFormat::Csv && may_be_decided(path)) {
        let what = format!("{} may hold what was decided in a review, or statements of a corpus", path.display());
        return Err(Error::request(what, "write under another name, or add to a corpus with --append"));
    }
    if people.people().is_empty() {
        let _ =
            writeln!(anstream::stderr(), "stance: {SPEAKERS} names nobody, so that names stand as the texts give them");
    }
    let given = Given { people: &people, language: &language, args };
    let (found, mut failures) = read_all(&files, &given);
    failures.splice(0..0, unread);
    let (mut origins, mut proposals, mut unattributed) = (Vec::new(), Vec::new(), 0);
    for (origin, article) in found {
        if args.show_skipped {
            show_skipped(&origin.file, &article);
        }
        unattributed += article.skipped.iter().filter(|skipped| skipped.why == WhySkipped::NoSpeaker).count();
        let own = article.proposals.into_iter().filter(|proposal| wanted(args.only, proposal.kind));
        proposals.extend(own.map(|proposal| Sourced::new(origins.len(), proposal)));
        origins.push(origin);
    }
    let before = proposals.len();
    let there = append.as_ref().map_or_else(Vec::new, |append| append.take_known(&mut proposals, &origins));
    let merged = merge(proposals, &there);
    let told = if append.is_some() { "merged with others or there already" } else { "merged with others" };
    let counts = [
        format!("{} from {}", many(merged.len(), "proposal"), many(origins.len(), "file")),
        format!("{} {told}", before - merged.len()),
        format!("{} without a speaker left out", unattributed),
    ];
    match append {
        Some(append) => append.write(&merged, &origins)?,
        None => write(args, &merged, &origins)?,
    }
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
    let corpus = source::locate(&args.corpus)?;
    if args.corpus.dir.is_some() && !corpus.is_dir() {
        let what = format!("there is no folder {}", corpus.display());
        return Err(Error::request(what, "name a corpus with --corpus DIR, or begin one with `stance init DIR`"));
    }
    let mut problems = Vec::new();
    let people = match &args.speakers {
        Some(path) => speakers(path, language, &mut problems)?,
        None => own_speakers(&corpus, language, &mut problems)?,
    };
    if problems.is_empty() { Ok(people) } else { Err(Error::Invalid(problems)) }
}

/// The people of a corpus: nobody where it has no `speakers.toml`.
///
/// # Errors
/// [`Error::Read`] where the system refuses; the faults of the file are added to `problems`.
pub fn own_speakers(corpus: &Path, language: &Language, problems: &mut Vec<Problem>) -> Result<People> {
    let own = corpus.join(SPEAKERS);
    if own.is_file() { speakers(&own, language, problems) } else { Ok(People::default()) }
}

fn speakers(path: &Path, language: &Language, problems: &mut Vec<Problem>) -> Result<People> {
    let document = Document::new(path, table::read_text(path)?);
    Ok(People::read(&document, &language.cues, problems))
}

/// The files that are meant: those named, and in a folder those whose ending says that they are texts, by name.
/// A folder that cannot be used is told, and does not stop the others.
fn files(named: &[PathBuf]) -> Result<(Vec<PathBuf>, Vec<Error>)> {
    if named.is_empty() {
        return Err(Error::request("no text is named", "name files or folders, or - for the standard input"));
    }
    let mut found = Found::default();
    for path in named {
        if path.is_dir() {
            let before = found.files.len() + found.unread.len();
            found.search(path);
            if found.files.len() + found.unread.len() == before {
                let hint = format!("texts end in {}", endings());
                found.unread.push(Error::request(format!("{} holds no text", path.display()), hint));
            }
        } else {
            found.files.push(path.clone());
        }
    }
    let Found { mut files, unread, passed_over } = found;
    // A file that is named twice is one source.
    let mut known = HashSet::new();
    files.retain(|path| known.insert(plain(path)));
    if passed_over > 0 {
        let what = format!("{} of other kinds passed over; texts end in {}", many(passed_over, "file"), endings());
        let _ = writeln!(anstream::stderr(), "stance: {what}");
    }
    Ok((files, unread))
}

fn endings() -> String {
    ENDINGS.map(|ending| format!(".{ending}")).join(", ")
}

/// What a search through folders finds.
#[derive(Default)]
struct Found {
    files: Vec<PathBuf>,
    /// Folders that cannot be used.
    unread: Vec<Error>,
    /// How many files have other endings.
    passed_over: usize,
}

impl Found {
    fn search(&mut self, folder: &Path) {
        let found: io::Result<Vec<PathBuf>> =
            fs::read_dir(folder).and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect());
        let mut entries = match found {
            Ok(entries) => entries,
            Err(source) => return self.unread.push(Error::Read { path: folder.to_owned(), source }),
        };
        entries.sort();
        for path in entries {
            let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
            // A link to a folder may lead back to where it stands.
            if path.is_dir() && !path.is_symlink() {
                self.search(&path);
            } else if ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) {
                self.files.push(path);
            } else {
                self.passed_over += 1;
            }
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
fn read_all(files: &[PathBuf], given: &Given<'_>) -> (Vec<(ArticleOrigin, Article)>, Vec<Error>) {
    let style = ProgressStyle::with_template("reading {bar:40} {human_pos} of {human_len} texts, {eta} left");
    let bar = if files.len() < MANY { ProgressBar::hidden() } else { ProgressBar::new(files.len() as u64) };
    let bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let read = |path: &PathBuf| {
        let found = read(path, given);
        bar.inc(1);
        found
    };
    let all: Vec<Result<(ArticleOrigin, Article)>> = files.par_iter().map(read).collect();
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

fn read(path: &Path, given: &Given<'_>) -> Result<(ArticleOrigin, Article)> {
    let page = open(path)?;
    let args = given.args;
    let Some(mut article) = article(&page, given.people, given.language, args.published) else {
        let what = format!("{}: the text does not say when it was published", path.display());
        return Err(Error::request(what, "give it with --published YYYY-MM-DD; it is never guessed"));
    };
    if !args.show_skipped {
        // Of many texts, what was left out would fill the memory for nothing.
        article.skipped.retain(|skipped| skipped.why == WhySkipped::NoSpeaker);
        article.left_out.clear();
    }
    let own = |flag: &Option<String>, page: &Option<String>| flag.clone().or(page.clone()).unwrap_or_default();
    let origin = ArticleOrigin {
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

/// A file as it is named in rows: one file has one name, however it was spelt.
fn shown(path: &Path) -> String {
    if path == Path::new("-") {
        return String::new();
    }
    plain(path).display().to_string()
}

/// A path without detours: below this folder, and without dots.
fn plain(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    let below = path.strip_prefix(&here).unwrap_or(path);
    below.components().filter(|component| *component != Component::CurDir).collect()
}

/// Prints the text of an article; of several, nobody could tell where each begins.
fn print_text(files: &[PathBuf], unread: Vec<Error>) -> Result<Outcome> {
    if let Some(failure) = unread.into_iter().next() {
        return Err(failure);
    }
    let [path] = files else {
        return Err(Error::request(format!("--text prints one text, and {} are named", files.len()), "name one file"));
    };
    let page = open(path)?;
    let mut stdout = io::stdout().lock();
    stdout.write_all(page.text.as_bytes()).and_then(|()| stdout.flush()).map_err(Error::Output)?;
    Ok(Outcome::Fine)
}

/// Lists what was left out of a text, beside the rows and not among them.
fn show_skipped(file: &str, article: &Article) {
    let mut stderr = anstream::stderr();
    for text in &article.left_out {
        let _ = writeln!(stderr, "{file}: outside the article: {}", stance::words::shortened(text, 100));
    }
    for Skipped { range, text, why } in &article.skipped {
        let why = match why {
            WhySkipped::Furniture(reason) => reason.words(),
            WhySkipped::NoSpeaker => "no speaker",
        };
        let text = stance::words::shortened(text, 100);
        let _ = writeln!(stderr, "{file}:{}-{}: {why}: {text}", range.start, range.end);
    }
}

/// Writes the rows where they are wanted.
fn write(args: &ExtractArgs, proposals: &[Sourced], origins: &[ArticleOrigin]) -> Result<()> {
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

/// Whether a file may hold rows that a person has had to do with: accepted, turned down or mended, or such that
/// cannot be told.
fn may_be_decided(path: &Path) -> bool {
    if fs::metadata(path).map_or(true, |about| !about.is_file() || about.len() == 0) {
        return false;
    }
    let Ok(Sheet { statements, records, .. }) = Sheet::open(path.to_owned()) else { return true };
    let mended = |record| ["confidence", "date_from"].iter().any(|name| records.cell(record, name) == REVIEW);
    statements.rows.iter().any(|row| row.verified != Verified::No) || (1..records.cells.len()).any(mended)
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
