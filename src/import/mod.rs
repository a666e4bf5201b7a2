//! From people's sheets to a corpus: any table with dates, speakers and quotations, however its columns are called.
//!
//! ```text
//! file ─▶ open: text, workbook, tool ─▶ grid ─▶ header ─▶ recognise ─▶ harvest: day, scale, clean ─▶ merge, book, rules ─▶ files of the corpus
//! ```
//!
//! Nothing is guessed. A column, a date or a level that may be read in 2 ways is a fault that names the flag which
//! decides it. Nothing is written unless everything can be, except with [`ImportSettings::partial`].

mod column;
mod another;
mod grid;
mod day;
mod header;
mod links;
mod scale;
mod widen;
mod own;
mod clean;
mod choice;
mod settings;
mod of_file;
mod packed;
mod hidden;
mod open_document;
mod encoded;
mod text;
mod json_lines;
mod twice;
mod workbook;
mod tool;
mod open;
mod profile;
mod joined;
mod recognise;
mod worksheet;
mod torn;
mod harvest;
mod beside;
mod gather;
mod book;
mod differ;
mod flags;
mod answers;
mod merge;
mod renamed;
mod rules;
mod kept;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use regex::Regex;

use crate::codebook::{Codebook, Position};
use crate::error::{Error, Problem, Result, Warning};
use crate::file::corpus_files::{CODEBOOK, IMPORT, STATEMENTS};
use crate::file::document::Document;
use crate::file::read;
use crate::file::save;
use crate::file::table;
use crate::label::ADJUDICATED;
use crate::statement::Statements;
use crate::words::{guess_before, listed};

use gather::Gathered;
use harvest::{Harvest, Source};
use merge::{ChangedFile, Present};

pub use book::begun as codebook;
pub use column::ColumnUse;
pub use day::DateOrder;
pub use harvest::{FoundIssue, NumbersFrom};
pub use merge::Additions;
pub use own::LONGEST_CELL;
pub use recognise::Recognised;
pub use settings::{CodeUse, EPOCHS, ForeignTool, ImportSettings, TrueDates, date_order};
pub use tool::coded::PlacedCode;
pub use tool::names as tool_names;

/// What an import will do, before it does it.
#[derive(Debug)]
pub struct Import {
    corpus: PathBuf,
    files: Vec<ChangedFile>,
    /// Each sheet, as people name it, and its columns.
    pub sheets: Vec<(String, Vec<Recognised>)>,
    /// Each file of a tool, as people name it, and what its codes are taken for.
    pub codes: Vec<(String, Vec<PlacedCode>)>,
    /// What was done to the cells, and what a person should look at.
    pub notes: Vec<String>,
    /// Faults and warnings, in the order of the sheets.
    pub problems: Vec<Problem>,
    /// What is added and changed. Nothing if there is a fault that stops everything.
    pub additions: Additions,
    /// Whether it can be written.
    pub is_sound: bool,
    /// The rows that cannot be read, as a table to fix and import again; `None` if all can.
    pub rest: Option<String>,
}

/// The files of the corpus as they are.
struct There {
    settings: Option<Document>,
    codebook_text: Option<Document>,
    codebook: Option<Codebook>,
    statements: Option<Present>,
}

impl There {
    /// Reads a corpus, which need not exist, and what its `import.toml` says.
    fn read(corpus: &Path) -> Result<(There, ImportSettings)> {
        let mut problems = Vec::new();
        let settings = optional(&corpus.join(IMPORT))?;
        let said = settings.as_ref().map(|document| ImportSettings::parse(document, &mut problems)).unwrap_or_default();
        let codebook_text = optional(&corpus.join(CODEBOOK))?;
        let codebook = codebook_text.as_ref().and_then(|document| Codebook::parse(document, &mut problems));
        let statements = match optional(&corpus.join(STATEMENTS))? {
            Some(document) => {
                let statements = Statements::parse(&document.path, &document.text, &mut problems);
                statements.map(|statements| Present { text: document.text, statements })
            }
            None => None,
        };
        problems.retain(Problem::is_fault);
        if problems.is_empty() {
            Ok((There { settings, codebook_text, codebook, statements }, said))
        } else {
            Err(Error::Invalid(problems))
        }
    }
}

/// Reads files, and finds out what they would add to a corpus. The corpus need not exist.
///
/// # Errors
/// [`Error::Read`] and [`Error::Invalid`] if a file cannot be read as a table, or if the corpus has faults of its own.
pub fn prepare(paths: &[PathBuf], corpus: &Path, flags: ImportSettings) -> Result<Import> {
    let (there, said) = There::read(corpus)?;
    let settings = ImportSettings { around_coders: of_file::around_coders(paths), ..flags.clone().over(said.clone()) };
    let codebook = there.codebook.as_ref();
    let statements = there.statements.as_ref().map(|present| &present.statements);
    let mut gathered = gather::gather(paths, corpus, [&settings, &flags, &said], codebook, statements)?;
    let mut problems = std::mem::take(&mut gathered.problems);
    let mut notes = std::mem::take(&mut gathered.notes);
    let first = paths.first().map_or(Path::new("."), PathBuf::as_path);
    problems.extend(flags::faults(&flags, &gathered, first));
    problems.extend(unknown_names(&flags.columns, &flags.codes, &gathered, first));
    let sources = &gathered.sheets;
    let blocked = sources.is_empty() || problems.iter().any(Problem::is_fault);
    let mut additions = Additions::default();
    let mut files = Vec::new();
    let mut harvest = Harvest::default();
    if !blocked {
        harvest = harvest::harvest(sources, &gathered.issues, &settings, codebook);
        let needed = answers::needed(sources, &harvest, &said);
        notes.extend(answers::notes(&needed, sources, &flags, &said));
        let unsaid = answers::faults(&needed, sources, &said);
        harvest.blocked |= !unsaid.is_empty();
        harvest.problems.extend(unsaid);
        sources.iter().for_each(|source| notes.extend(gather::skipped(source)));
        notes.append(&mut harvest.notes);
        let before = harvest.problems.len();
        let found = harvest.issues.len();
        without_issue(sources, &mut harvest, &settings, codebook.is_some(), first);
        if harvest.problems.len() == before {
            let unknown = flags::unknown_issues(&flags, sources, &harvest, first);
            harvest.problems.extend(unknown);
            harvest.problems.extend(too_long(&harvest, first));
        }
        notes.extend(flags::notes(&flags, &gathered, harvest.issues.len() > found));
        harvest.problems.extend(merge::coder_faults(&harvest, first));
        harvest.blocked |= harvest.problems.len() > before;
        let taken = taken(&harvest);
        spelled_as_known(&mut harvest, codebook);
        let There { settings: written, codebook_text, statements, .. } = there;
        let book_before = codebook_text.clone();
        let begun = book(codebook_text, codebook, &mut harvest);
        if begun.is_some() {
            additions.issues = harvest.issues.iter().filter(|issue| !issue.is_known && !issue.seen.is_empty()).count();
            notes.extend(many_levels(&harvest));
            notes.extend(unseen_levels(&harvest));
            additions.levels = harvest.issues.iter().map(|issue| issue.added.len()).sum();
        }
        files.extend(begun);
        files.extend(merge::statements(sources, &mut harvest, statements, &taken, settings.corrected, &mut additions));
        harvest.problems.extend(renamed::warnings(corpus, sources, &harvest, &said, codebook));
        // A statement that the corpus does not have is only found out above.
        let taken = self::taken(&harvest);
        let labels = merge::labels(corpus, sources, &mut harvest, codebook, &taken, &mut additions)?;
        list_coders(&labels, book_before, codebook, &mut files, &mut harvest);
        files.extend(labels);
        let (rules, count) = rules::rules(corpus, &gathered, &mut harvest)?;
        additions.rules = count;
        files.extend(rules);
        let kept = answers::kept(&needed, sources, additions.labels + additions.relabelled.len() > 0);
        files.extend(kept::settings_file(
            written,
            &settings,
            &said,
            codebook,
            sources,
            &gathered.codes,
            &harvest,
            kept,
        ));
        notes.append(&mut harvest.notes);
    }
    problems.append(&mut harvest.problems);
    let faults = problems.iter().any(Problem::is_fault);
    let is_sound = !blocked && !harvest.blocked && (!faults || settings.partial);
    let rest = (!blocked && !harvest.faulty.is_empty()).then(|| kept::rest(sources, &harvest));
    let sheets = sources.iter().filter(|source| source.needs != recognise::Needs::Codebook);
    let sheets = sheets.map(|source| (source.grid.shown(), source.columns.clone())).collect();
    Ok(Import {
        corpus: corpus.to_owned(),
        files,
        sheets,
        codes: gathered.codes,
        notes,
        problems,
        additions,
        is_sound,
        rest,
    })
}

impl Import {
    /// Writes the files of the corpus: all, or none.
    ///
    /// # Errors
    /// As [`save::together`].
    pub fn write(&self) -> Result<Vec<Warning>> {
        let changes: Vec<save::FileChange<'_>> = self
            .files
            .iter()
            .map(|file| save::FileChange { name: &file.name, before: file.before.as_deref(), after: &file.after })
            .collect();
        save::together(&self.corpus, &changes)
    }

    /// The files that are written, by their paths within the corpus.
    pub fn file_names(&self) -> Vec<String> {
        self.files.iter().map(|file| file.name.display().to_string()).collect()
    }
}

/// A file of the corpus. `None` if there is none.
fn optional(path: &Path) -> Result<Option<Document>> {
    if !read::exists(path) {
        return Ok(None);
    }
    Ok(Some(Document::new(path, table::read_text(path)?)))
}

/// Begins an issue without labels if a person names one, and reports that there is none otherwise.
fn without_issue(
    sources: &[Source],
    harvest: &mut Harvest,
    settings: &ImportSettings,
    has_codebook: bool,
    path: &Path,
) {
    let scales = |words_too: bool| -> Vec<&str> {
        let all = sources.iter().filter(|source| source.needs == recognise::Needs::Statements);
        all.flat_map(|source| recognise::possible_scales(&source.grid, &source.body.rows, &source.columns, words_too))
            .collect()
    };
    let shown = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if !harvest.issues.is_empty() || has_codebook {
        harvest.notes.extend(sources.iter().filter_map(likely_issue));
        let ratings = scales(false);
        if let Some(first) = ratings.first() {
            let kept = if ratings.len() == 1 { "is" } else { "each is" };
            harvest.notes.push(format!(
                "{} may hold positions, and {kept} kept as it is; if so: --map \"{first}=position\"",
                shown(&ratings)
            ));
        }
        return;
    }
    let of_sources = sources.iter().find_map(|source| source.answers.issue.as_ref());
    match settings.issue.as_ref().or(of_sources) {
        Some(name) => {
            let id = harvest::name::issue_id(name);
            let issue = FoundIssue::new(id, harvest::name::issue_name(name), harvest::name::issue_question(name));
            harvest.issues.push(FoundIssue { seen: [-2, 2].map(Position).into(), exact: true, ..issue });
        }
        None => {
            let what = "no column is recognised as positions on an issue";
            let mut columns = scales(true);
            if columns.is_empty() {
                let all = sources.iter().filter(|source| source.needs == recognise::Needs::Statements);
                columns = all
                    .flat_map(|source| recognise::numeric(&source.grid, &source.body.rows, &source.columns))
                    .collect();
            }
            if columns.is_empty() {
                let all = sources.iter().filter(|source| source.needs == recognise::Needs::Statements);
                columns =
                    all.flat_map(|source| recognise::short(&source.grid, &source.body.rows, &source.columns)).collect();
            }
            let column = columns.first().copied().unwrap_or("COLUMN");
            let may =
                if columns.len() < 2 { String::new() } else { format!(" (it may be one of {})", shown(&columns)) };
            let hint = format!(
                "name the column with --map \"{column}=position\"{may}; if it is of one coder, with \
                 --map \"{column}=position:ISSUE@{column}\"; if there are no positions yet, name an issue to begin with: --issue NAME"
            );
            harvest.problems.push(Problem::fault(path, None, what, hint));
            harvest.blocked = true;
        }
    }
}

/// A fault for an issue with more levels than any scale has.
fn too_long(harvest: &Harvest, path: &Path) -> Vec<Problem> {
    let new = harvest.issues.iter().filter(|issue| !issue.is_known);
    let span = |issue: &FoundIssue| {
        let ends = issue.seen.first().zip(issue.seen.last());
        ends.map_or(0, |(low, high)| i64::from(high.0) - i64::from(low.0))
    };
    let long = new.filter(|issue| span(issue) > i64::from(scale::MOST_LEVELS));
    long.map(|issue| {
        let what = format!("the positions on {} are {} numbers apart, which is no scale", issue.name, span(issue));
        let hint = format!("check the column; if it is none of positions: --map \"{}=keep\"", issue.name);
        Problem::fault(path, None, what, hint)
    })
    .collect()
}

/// Notes on scales with so many levels that a chart has hardly room for them.
fn many_levels(harvest: &Harvest) -> Vec<String> {
    let new = harvest.issues.iter().filter(|issue| !issue.is_known && !issue.seen.is_empty());
    let counted = new.map(|issue| (issue, book::count(issue)));
    let long = counted.filter(|(_, count)| *count > scale::MANY_LEVELS);
    long.map(|(issue, count)| {
        format!(
            "{} has {count} levels, which is many for a chart: with up to {}, each has room for its words; group the numbers \
             in the sheet, such as 1 for 0 to 20",
            issue.name,
            scale::MANY_LEVELS
        )
    })
    .collect()
}

/// Notes on scales that begin below the lowest number of the sheet, because scales usually begin at 1.
fn unseen_levels(harvest: &Harvest) -> Vec<String> {
    let new = harvest.issues.iter().filter(|issue| !issue.is_known && issue.numbers == NumbersFrom::Sheet);
    let ends = new.filter_map(|issue| Some((issue, issue.seen.first()?.0, issue.seen.last()?.0)));
    let higher = ends.filter(|(issue, low, high)| {
        *low > 1 && issue.seen.len() > 1 && high.saturating_sub(*low) < scale::MOST_LEVELS
    });
    higher
        .map(|(issue, low, high)| {
            format!(
                "{} has the numbers {low} to {high}, and its scale is taken as 1 to {high}; if it is another: --levels \"{}=1,{}\" \
                 names its ends",
                issue.name,
                issue.name,
                high + 1
            )
        })
        .collect()
}

/// A note on a column that may name the issue of each position, if one column holds them all.
fn likely_issue(source: &Source) -> Option<String> {
    let is_position = |column: &&Recognised| column.usage.is_wide();
    let mut positions = source.columns.iter().filter(is_position);
    let (Some(position), None) = (positions.next(), positions.next()) else { return None };
    let issues = recognise::possible_issues(&source.grid, &source.body.rows, &source.columns);
    let first = issues.first()?;
    Some(format!(
        "`{first}` has few words that come again and again; if it names what `{}` is about: --map \"{first}=issue\"",
        position.header
    ))
}

/// Which statements come in: all but those of rows that cannot be read.
fn taken(harvest: &Harvest) -> Vec<bool> {
    harvest.items.iter().map(|item| !harvest.faulty.contains(&(item.source, item.row))).collect()
}

/// The codebook, begun, or with new issues and levels. A fault is added to the harvest if the levels have no place.
fn book(text: Option<Document>, codebook: Option<&Codebook>, harvest: &mut Harvest) -> Option<ChangedFile> {
    // An issue on which nothing takes a position has labels, too.
    let labelled: BTreeSet<usize> = harvest.marks.iter().map(|mark| mark.issue).collect();
    let is_new =
        |(place, issue): &(usize, &FoundIssue)| !issue.is_known && (!issue.seen.is_empty() || labelled.contains(place));
    let new: Vec<&FoundIssue> = harvest.issues.iter().enumerate().filter(is_new).map(|(_, issue)| issue).collect();
    let wider: Vec<&FoundIssue> = harvest.issues.iter().filter(|issue| !issue.added.is_empty()).collect();
    if new.is_empty() && wider.is_empty() {
        return None;
    }
    let name = PathBuf::from(CODEBOOK);
    let Some(document) = text.filter(|_| codebook.is_some()) else {
        return Some(ChangedFile { name, before: None, after: book::begun(&new) });
    };
    let mut after = document.text.clone();
    for issue in wider {
        match with_levels(&document.path, &after, issue) {
            Some(text) => after = text,
            None => {
                let what = format!("the new levels of `{}` have no place in the codebook", issue.id);
                let hint = "add each as an [[issue.level]] with position and words, and import again without --levels";
                harvest.problems.push(Problem::fault(&document.path, None, what, hint));
                harvest.blocked = true;
                return None;
            }
        }
    }
    if !after.ends_with('\n') {
        after.push('\n');
    }
    new.iter().for_each(|issue| after += &book::entry(issue));
    Some(ChangedFile { name, before: Some(document.text), after })
}

/// Coders who differ from those of the codebook only in capitals are those.
fn spelled_as_known(harvest: &mut Harvest, codebook: Option<&Codebook>) {
    let Some(known) = codebook.and_then(|codebook| codebook.coders.as_ref()) else { return };
    for coder in &mut harvest.coders {
        if let Some(same) = known.keys().find(|known| known.to_lowercase() == coder.to_lowercase()) {
            coder.clone_from(same);
        }
    }
}

/// Adds the coders who get a file of labels to the codebook, if it lists its coders: the corpus could not be read without.
fn list_coders(
    labels: &[ChangedFile],
    book: Option<Document>,
    codebook: Option<&Codebook>,
    files: &mut Vec<ChangedFile>,
    harvest: &mut Harvest,
) {
    let (Some(book), Some(known)) = (book, codebook.and_then(|codebook| codebook.coders.as_ref())) else { return };
    let names = labels.iter().filter_map(|file| Some(file.name.file_stem()?.to_string_lossy().into_owned()));
    let new: Vec<String> = names.filter(|name| name != ADJUDICATED && !known.contains_key(name)).collect();
    if new.is_empty() {
        return;
    }
    let changed = files.iter().position(|file| file.name == Path::new(CODEBOOK));
    let text = changed.map_or(&book.text, |place| &files[place].after);
    let wanted: BTreeSet<&String> = known.keys().chain(&new).collect();
    let is_whole = |text: &String| {
        let mut problems = Vec::new();
        let read = Codebook::parse(&Document::new(&book.path, text.clone()), &mut problems);
        let has =
            read.and_then(|read| read.coders).is_some_and(|coders| coders.keys().collect::<BTreeSet<_>>() == wanted);
        has && !problems.iter().any(Problem::is_fault)
    };
    let shown = listed(new.iter().map(String::as_str));
    let Some(after) = book::with_coders(text, &new).filter(is_whole) else {
        let what = format!("the codebook lists its coders, and {shown} has no place in that list");
        let hint = "add the name to the table [coders], such as anna = \"who that is\", and import again";
        harvest.problems.push(Problem::fault(&book.path, None, what, hint));
        harvest.blocked = true;
        return;
    };
    let before = if known.is_empty() { "nobody".to_owned() } else { listed(known.keys().map(String::as_str)) };
    harvest.notes.push(format!(
        "{shown} {} new, and added to the coders in {CODEBOOK}, which were: {before}",
        if new.len() == 1 { "is" } else { "are" }
    ));
    match changed {
        Some(place) => files[place].after = after,
        None => files.push(ChangedFile { name: PathBuf::from(CODEBOOK), before: Some(book.text), after }),
    }
}

/// The text of a codebook with the levels that an issue gets, if it can be read and has them.
fn with_levels(path: &Path, text: &str, issue: &FoundIssue) -> Option<String> {
    let wider = book::widened(text, &issue.id, &issue.added)?;
    let mut problems = Vec::new();
    let read = Codebook::parse(&Document::new(path, wider.clone()), &mut problems)?;
    let known = read.issue(read.find(&issue.id)?);
    let has =
        issue.added.iter().all(|(position, words)| known.level(*position).is_some_and(|level| level.words == *words));
    (has && !problems.iter().any(Problem::is_fault)).then_some(wider)
}

/// Faults for flags that name a column or a code which no file has.
fn unknown_names(
    columns: &[(String, ColumnUse)],
    codes: &[(String, CodeUse)],
    gathered: &Gathered,
    path: &Path,
) -> Vec<Problem> {
    let of_sheets = gathered.sheets.iter().flat_map(|source| &source.columns);
    let headers: Vec<&str> = of_sheets.map(|column| column.header.as_str()).collect();
    let mut problems = Vec::new();
    if !gathered.sheets.is_empty() {
        let of_columns: Vec<(String, ColumnUse)> =
            columns.iter().filter(|(name, _)| !of_file::is_name_of_file(name)).cloned().collect();
        problems.extend(recognise::unknown_columns(&of_columns, &headers, path));
        problems.extend(of_file::name_faults(columns, &headers, path));
    }
    let known: Vec<&str> =
        gathered.codes.iter().flat_map(|(_, placed)| placed).map(|code| code.code.as_str()).collect();
    let is_known = |name: &str| {
        let same = |code: &str| column::bare_header(code) == column::bare_header(name);
        known.iter().any(|code| same(code) || code.rsplit('/').next().is_some_and(same))
    };
    for (name, _) in codes.iter().filter(|(name, _)| !is_known(name)) {
        let hint = match known.is_empty() {
            true => "the files have no codes; columns are named with --map".to_owned(),
            false => format!("the codes are: {}", listed(known.iter().copied())),
        };
        let hint = guess_before(&hint, name, known.iter().copied());
        problems.push(Problem::fault(path, None, format!("there is no code `{name}`, which --code names"), hint));
    }
    problems
}

/// A regular expression that stands in the program.
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a fixed pattern is sound")
}
