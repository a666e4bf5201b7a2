//! `stance extract`: proposes statements from news texts. A person then reviews them.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use stance::corpus::STATEMENTS;
use stance::error::{Error, Problem, Result};
use stance::extract::append::{Added, Append};
use stance::extract::keep::{keep_decisions, keep_edits};
use stance::extract::language::{Language, codes, detected};
use stance::extract::merge::{Sourced, merge};
use stance::extract::open::{Texts, name_in_rows, open, page_of};
use stance::extract::page::Page;
use stance::extract::proposal::{Article, Skipped, SourceShape, WhySkipped, article};
use stance::extract::rows::{ArticleOrigin, COLUMNS, rows};
use stance::extract::speech::People;
use stance::extract::wording::Wordings;
use stance::file::corpus_files::SPEAKERS;
use stance::file::document::Document;
use stance::file::kind::OutputKind;
use stance::file::read::{self, LARGEST_PAGE};
use stance::file::save::{self, Output, Plan};
use stance::file::table;
use stance::statement::Kind;
use stance::words::many;

use super::args::{ExtractArgs, KindOfWords, RowFormat};
use super::{Outcome, output, source};

/// For at most so many texts without proposals the reason is printed.
const MOST_SILENT: usize = 20;

/// A progress bar is shown from this many files on.
const MANY: usize = 50;

/// Proposes statements, and writes them to the file or the standard output.
pub fn run(args: &ExtractArgs) -> Result<Outcome> {
    let languages = Languages::of(args)?;
    let people = people(args, &languages)?;
    let append = match args.append {
        true => Some(Append::open(&source::locate(&args.corpus)?.join(STATEMENTS))?),
        false => None,
    };
    let here = std::env::current_dir().unwrap_or_default();
    let Texts { files, unread, warnings } = Texts::find(&args.files, &here)?;
    source::warn(&warnings);
    if args.text {
        return print_text(&files, unread);
    }
    may_write(args, &files)?;
    let given = Given { people: &people, languages: &languages, args, here: &here };
    let (articles, mut failures) = read_all(&files, &given);
    failures.splice(0..0, unread);
    if articles.is_empty() && !failures.is_empty() {
        print_failures(&failures);
        return Ok(Outcome::NothingRead);
    }
    if people[0].people().is_empty() {
        let _ = writeln!(
            super::terminal::err(),
            "stance: {SPEAKERS} lists no speakers, so names are kept as the texts give them"
        );
    }
    let (mut origins, mut proposals, mut unattributed) = (Vec::new(), Vec::new(), 0);
    let (mut shapes, mut nothing) = (BTreeMap::<SourceShape, usize>::new(), Vec::new());
    for (origin, article) in articles {
        if args.show_skipped {
            show_skipped(&origin.file, &article);
        }
        if article.shape != SourceShape::Article {
            *shapes.entry(article.shape).or_default() += 1;
        }
        if article.proposals.is_empty() && !args.show_skipped {
            nothing.push(format!("{}: no proposals: {}", origin.file, why_nothing(&article)));
        }
        unattributed += article.skipped.iter().filter(|skipped| skipped.why == WhySkipped::NoSpeaker).count();
        let wanted = article.proposals.into_iter().filter(|proposal| wanted(args.only, proposal.kind));
        proposals.extend(wanted.map(|proposal| Sourced::new(origins.len(), proposal)));
        origins.push(origin);
    }
    let before = proposals.len();
    let wordings = Wordings::of(languages.all.iter().map(|(_, language)| &language.wording));
    let there = append.as_ref().map_or_else(Vec::new, |append| append.take_known(&mut proposals, &origins, &wordings));
    let merged = merge(proposals, &there, &wordings);
    let merged_with = if append.is_some() { "merged with others or already there" } else { "merged with others" };
    let counts = [
        format!("{} from {}", many(merged.len(), "proposal"), many(origins.len(), "file")),
        format!("{} {merged_with}", before - merged.len()),
        format!("{unattributed} left out for lack of a speaker"),
    ];
    let mut stderr = super::terminal::err();
    match append {
        Some(append) => {
            let Added { path, rows, warnings } = append.add(&merged, &origins)?;
            source::warn(&warnings);
            let next = if rows > 0 { "; confirm them with `stance extract --review`" } else { "" };
            // A failure to print this must not report the finished work as failed.
            let _ = writeln!(stderr, "stance: {} added to {}{next}", many(rows, "row"), path.display());
        }
        None => write(args, &merged, &origins).inspect_err(|_| print_failures(&failures))?,
    }
    for line in nothing.iter().take(MOST_SILENT) {
        let _ = writeln!(stderr, "stance: {line}");
    }
    if nothing.len() > MOST_SILENT {
        let _ = writeln!(stderr, "stance: {} more without proposals", many(nothing.len() - MOST_SILENT, "text"));
    }
    let _ = writeln!(stderr, "stance: {}", counts.join("; "));
    if !shapes.is_empty() {
        let read: Vec<String> = shapes.iter().map(|(shape, count)| many(*count, shape.word())).collect();
        let _ = writeln!(stderr, "stance: read entry by entry or turn by turn: {}", read.join(", "));
    }
    print_failures(&failures);
    Ok(if failures.is_empty() { Outcome::Fine } else { Outcome::FilesFailed })
}

/// Why a text gave no proposals.
fn why_nothing(article: &Article) -> String {
    let silent = article.skipped.iter().filter(|skipped| skipped.why == WhySkipped::NoSpeaker).count();
    let others = article.left_out_parts;
    match (silent, others) {
        (0, 0) => "it has no words in quotation marks and no verb of saying".to_owned(),
        (0, others) => format!(
            "no one is said to have said anything; {} left out as menus, headings and the like (--show-skipped lists them)",
            many(others, "part")
        ),
        (silent, _) => format!("{} without a speaker (--show-skipped lists them)", many(silent, "quotation")),
    }
}

fn print_failures(failures: &[Error]) {
    let mut stderr = super::terminal::err();
    for failure in failures {
        let _ = output::print_error(&mut stderr, &failure.to_string());
    }
}

fn wanted(only: Option<KindOfWords>, kind: Kind) -> bool {
    match only {
        None => true,
        Some(KindOfWords::Direct) => kind == Kind::Direct,
        Some(KindOfWords::Indirect) => kind == Kind::Indirect,
    }
}

/// The languages of the texts: one, or with `auto` all that are built in, to be told by each text.
struct Languages {
    all: Vec<(&'static str, Language)>,
    auto: bool,
}

impl Languages {
    fn of(args: &ExtractArgs) -> Result<Languages> {
        let one = |language| Languages { all: vec![("", language)], auto: false };
        let Some(path) = &args.language else { return Ok(one(Language::english())) };
        let name = path.to_string_lossy();
        if name.eq_ignore_ascii_case("auto") {
            let all = codes().filter_map(|code| Some((code, Language::built_in(code)?))).collect();
            return Ok(Languages { all, auto: true });
        }
        if let Some(language) = Language::built_in(&name) {
            return Ok(one(language));
        }
        if !read::is_file(path) && name.len() <= 3 {
            let known: Vec<&str> = codes().collect();
            let hint = format!(
                "built in are {}; for others, name a file of word lists",
                stance::words::listed(known.into_iter())
            );
            return Err(Error::request(format!("there is no language `{name}`"), hint));
        }
        let document = Document::new(path, table::read_text(path)?);
        let mut problems = Vec::new();
        Language::read(&document, &mut problems).map(one).ok_or(Error::Invalid(problems))
    }

    /// The language of a text, by its place: as told by it with `auto`, or else the first. Fails with the name of a language that is
    /// not built in.
    fn of_text(&self, text: &str) -> std::result::Result<usize, &'static str> {
        match if self.auto { detected(text) } else { None } {
            None => Ok(0),
            Some(told) => self.all.iter().position(|(known, _)| *known == told).ok_or(told),
        }
    }
}

/// The speakers in the file that was given, or in the `speakers.toml` of the corpus if it has one, as each language
/// finds them.
fn people(args: &ExtractArgs, languages: &Languages) -> Result<Vec<People>> {
    let corpus = source::locate(&args.corpus)?;
    if args.corpus.dir.is_some() && !read::is_folder(&corpus) {
        let what = format!("there is no folder {}", corpus.display());
        return Err(Error::request(what, "name a corpus with --corpus DIR, or create one with `stance init DIR`"));
    }
    let read = |(_, language): &(&str, Language)| {
        let mut problems = Vec::new();
        let people = match &args.speakers {
            Some(path) => speakers(path, language, &mut problems)?,
            None => own_speakers(&corpus, language, &mut problems)?,
        };
        if problems.is_empty() { Ok(people) } else { Err(Error::Invalid(problems)) }
    };
    languages.all.iter().map(read).collect()
}

/// The speakers of a corpus. The list is empty if the corpus has no `speakers.toml`.
///
/// # Errors
/// [`Error::Read`] if the system refuses to read the file. Faults in the file are added to `problems`.
pub fn own_speakers(corpus: &Path, language: &Language, problems: &mut Vec<Problem>) -> Result<People> {
    let path = corpus.join(SPEAKERS);
    if read::is_file(&path) { speakers(&path, language, problems) } else { Ok(People::default()) }
}

fn speakers(path: &Path, language: &Language, problems: &mut Vec<Problem>) -> Result<People> {
    let document = Document::new(path, table::read_text(path)?);
    Ok(People::read(&document, &language.cues, problems))
}

/// What every file is read with.
struct Given<'g> {
    /// The speakers, for each language.
    people: &'g [People],
    languages: &'g Languages,
    args: &'g ExtractArgs,
    /// The folder in which the program was started.
    here: &'g Path,
}

/// Reads all files on all cores. A file that fails does not stop the others.
fn read_all(files: &[PathBuf], given: &Given<'_>) -> (Vec<(ArticleOrigin, Article)>, Vec<Error>) {
    let style = ProgressStyle::with_template("reading {bar:40} {human_pos} of {human_len} texts, {eta} left");
    let bar = if files.len() < MANY { ProgressBar::hidden() } else { ProgressBar::new(files.len() as u64) };
    let bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let read = |path: &PathBuf| {
        let article = read(path, given);
        bar.inc(1);
        article
    };
    let all: Vec<Result<(ArticleOrigin, Article)>> = files.par_iter().map(read).collect();
    bar.finish_and_clear();
    let (mut articles, mut failures) = (Vec::new(), Vec::new());
    for result in all {
        match result {
            Ok(article) => articles.push(article),
            Err(failure) => failures.push(failure),
        }
    }
    (articles, failures)
}

fn read(path: &Path, given: &Given<'_>) -> Result<(ArticleOrigin, Article)> {
    let page = page(path)?;
    let args = given.args;
    let language = given.languages.of_text(&page.text).map_err(|told| {
        let known: Vec<&str> = codes().collect();
        let what = format!("{}: the text seems to be in {told}, which is not built in", path.display());
        let hint = format!(
            "built in are {}; a file of word lists is read with --language FILE",
            stance::words::listed(known.into_iter())
        );
        Error::request(what, hint)
    })?;
    let (people, language) = (&given.people[language], &given.languages.all[language].1);
    let Some(mut article) = article(&page, people, language, args.published) else {
        let what = format!("{}: the text does not say when it was published", path.display());
        return Err(Error::request(what, "add --published YYYY-MM-DD; the date is never guessed"));
    };
    if !args.show_skipped {
        // Drop what was left out unless it is wanted: for many texts it would fill the memory.
        article.skipped.retain(|skipped| skipped.why == WhySkipped::NoSpeaker);
        article.left_out.clear();
    }
    let either = |flag: &Option<String>, page: &Option<String>| flag.clone().or(page.clone()).unwrap_or_default();
    let origin = ArticleOrigin {
        file: name_in_rows(path, given.here),
        publisher: either(&args.publisher, &page.publisher),
        title: either(&args.title, &article.title),
        url: either(&args.url, &page.url),
        published: article.published,
    };
    Ok((origin, article))
}

/// The page of a file, or of the standard input for `-`.
fn page(path: &Path) -> Result<Page> {
    if path != Path::new("-") {
        return open(path);
    }
    page_of(&read::stream(path, io::stdin().lock(), LARGEST_PAGE)?, path)
}

/// Prints the text of an article. With several, you could not see where each begins.
fn print_text(files: &[PathBuf], unread: Vec<Error>) -> Result<Outcome> {
    if let Some(failure) = unread.into_iter().next() {
        return Err(failure);
    }
    let [path] = files else {
        return Err(Error::request(format!("--text prints 1 text, but {} are given", files.len()), "give 1 file"));
    };
    super::terminal::print_data(page(path)?.text.as_bytes())?;
    Ok(Outcome::Fine)
}

/// Lists on the standard error what was left out of a text.
fn show_skipped(file: &str, article: &Article) {
    let mut stderr = super::terminal::err();
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

/// Checks that the file may be written, and that no decision in it would be lost.
fn may_write(args: &ExtractArgs, files: &[PathBuf]) -> Result<()> {
    let Some(path) = &args.output else { return Ok(()) };
    let real = read::real_path(path);
    if real.is_some() && files.iter().any(|file| read::real_path(file) == real) {
        let what = format!("{} is one of the texts that are read", path.display());
        return Err(Error::request(what, "choose another name, outside the folder of the texts"));
    }
    save::check(path, kind(args.format), args.force)?;
    if args.force { Ok(()) } else { keep_decisions(path, &kind(args.format)) }
}

fn kind(format: RowFormat) -> OutputKind {
    match format {
        RowFormat::Csv => OutputKind::Table(COLUMNS.map(str::to_owned).to_vec()),
        RowFormat::Ndjson => OutputKind::Lines(COLUMNS.map(str::to_owned).to_vec()),
    }
}

fn bytes(format: RowFormat, rows: &[Vec<String>]) -> Result<Vec<u8>> {
    match format {
        RowFormat::Csv => output::records(&COLUMNS, rows.iter().cloned()),
        RowFormat::Ndjson => ndjson(rows),
    }
}

/// Writes the rows to the file that was named, or prints them.
fn write(args: &ExtractArgs, proposals: &[Sourced], origins: &[ArticleOrigin]) -> Result<()> {
    let rows = rows(proposals, origins, &HashSet::new());
    let bytes = bytes(args.format, &rows)?;
    let Some(path) = &args.output else { return super::terminal::print_data(&bytes) };
    let plan = Plan::new(vec![Output { path: path.clone(), kind: kind(args.format), bytes }], args.force)?;
    // The file may have been edited while texts were read. The plan notices what is saved from now on.
    if !args.force {
        keep_edits(path, &kind(args.format), &rows)?;
    }
    source::warn(&plan.write()?);
    Ok(())
}

/// One line of JSON per row, with the keys in the order of the columns.
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
