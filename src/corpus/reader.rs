//! Reads the files of a corpus and checks each against the others.

use std::cmp::Ordering;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::ErrorKind;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::codebook::Codebook;
use crate::corpus::{CODEBOOK, Corpus, EVENTS, LABELS, RULES_FILE, STATEMENTS, UNSEEN};
use crate::error::{Error, Problem};
use crate::event::Events;
use crate::file::document::Document;
use crate::file::read;
use crate::file::table;
use crate::label::{self, ADJUDICATED, CoderLabels, RULES};
use crate::rule;
use crate::rule::topic::context_columns;
use crate::statement::{Statement, Statements};
use crate::unseen;
use crate::unseen::looks::Looks;
use crate::words::{formula_mark, guess_before, listed, many};

/// The files of a corpus that is in memory, by their path in its folder.
pub type TextsInMemory = BTreeMap<PathBuf, String>;

/// Reads the files of one corpus. A file comes after the files that it refers to.
pub struct Reader<'r> {
    /// The folder.
    pub path: &'r Path,
    /// The files, by their path in the folder, if they are in memory.
    pub texts: Option<&'r TextsInMemory>,
    /// What counts as the text of the file of rules, in place of what is there.
    pub rules: Option<&'r str>,
    /// The problems that were found.
    pub problems: &'r mut Vec<Problem>,
}

impl Reader<'_> {
    fn statements(&mut self, document: &Document) -> Option<Statements> {
        let before = self.problems.len();
        let statements = Statements::parse(&document.path, &document.text, self.problems)?;
        if statements.rows.is_empty() && self.problems.len() == before {
            let hint = "write one statement per row below the header";
            self.problems.push(Problem::fault(&document.path, None, "the file has a header but no statements", hint));
        }
        Some(statements)
    }

    /// Reads all files. `None` if one of the required files cannot be used.
    pub fn corpus(mut self) -> Option<Corpus> {
        let statements = self.required(STATEMENTS, "the statements (columns id,date,speaker,text)");
        let codebook = self.required(CODEBOOK, "the issues and their scales");
        let events = self.optional(EVENTS);
        let rules = match self.rules {
            Some(text) => Some(Document::new(self.path.join(RULES_FILE), text.to_owned())),
            None => self.optional(RULES_FILE),
        };

        let mut statements = statements.and_then(|document| self.statements(&document));
        let events = match events {
            Some(document) => Events::parse(&document.path, &document.text, self.problems),
            None => Some(Events::default()),
        };
        let parsed = codebook.as_ref().and_then(|document| Codebook::parse(document, self.problems));
        if let (Some(statements), Some(events)) = (&statements, &events) {
            self.check_dates(statements, events);
        }
        if let Some(statements) = &statements {
            self.check_speakers(statements);
            self.check_formulas(statements);
        }
        let before = self.problems.len();
        if let (Some(statements), Some(book), Some(parsed)) = (&mut statements, &codebook, &parsed) {
            unseen::set_aside(statements, parsed, book, self.problems);
        }
        let all_set_aside = self.problems.len() == before;
        let rules = rules.unwrap_or(Document::new(self.path.join(RULES_FILE), String::new()));
        let speakers = statements.as_ref().map(speakers);
        let mut rules = rule::file::parse(rules, parsed.as_ref(), speakers.as_deref(), self.problems);
        if let (Some(document), Some(codebook), Some(statements)) = (&codebook, &parsed, &statements) {
            self.check_context(document, codebook, statements);
            rules.iter_mut().for_each(|rules| rules.columns = context_columns(codebook, statements));
        }
        let coders = self.coders(parsed.as_ref(), statements.as_ref());
        let looks = match self.optional(UNSEEN) {
            Some(document) => Looks::parse(&document.path, &document.text, self.problems),
            None => Some(Looks::default()),
        };

        // There is no corpus without these. Their faults are already reported.
        let (statements, codebook, codebook_text, rules) = (statements?, parsed?, codebook?, rules?);
        let tests = rule::test::run(&rules, &codebook);
        let hands = label::decide(&coders.iter().collect::<Vec<_>>(), &codebook, &statements, self.problems);
        if all_set_aside {
            unseen::check(&statements, &codebook, &codebook_text, &hands, self.problems);
        }
        unseen::given_away::check(&rules, &statements.rows, self.problems);
        let (path, events, looks) = (self.path.to_owned(), events?, looks?);
        if all_set_aside {
            unseen::check_looks(&statements, &codebook, &codebook_text, &looks, self.problems);
        }
        Some(Corpus { path, codebook, statements, events, rules, tests, coders, hands, looks, codebook_text })
    }

    fn required(&mut self, name: &str, purpose: &str) -> Option<Document> {
        let document = self.document(&self.path.join(name));
        if document.is_none() && !self.exists(name) {
            let hint = format!("add the file with {purpose}; `stance init DIR` writes an example");
            self.problems.push(Problem::fault(&self.path.join(name), None, "the file is missing", hint));
        }
        document
    }

    fn exists(&self, name: &str) -> bool {
        match self.texts {
            Some(texts) => texts.contains_key(Path::new(name)),
            None => read::exists(&self.path.join(name)),
        }
    }

    fn optional(&mut self, name: &str) -> Option<Document> {
        self.document(&self.path.join(name))
    }

    /// Reads a file. A file that does not exist is `None` without a problem.
    fn document(&mut self, path: &Path) -> Option<Document> {
        if let Some(texts) = self.texts {
            let text = texts.get(path.strip_prefix(self.path).unwrap_or(path))?;
            return Some(Document::new(path.to_owned(), text.clone()));
        }
        match table::read_text(path) {
            Ok(text) => Some(Document::new(path.to_owned(), text)),
            Err(Error::Read { source, .. }) if source.kind() == ErrorKind::NotFound => None,
            Err(Error::Invalid(problems)) => {
                self.problems.extend(problems);
                None
            }
            Err(error) => {
                let hint = "check that it is a file and that you may read it";
                let what = match error {
                    Error::Read { source, .. } => format!("cannot be read: {source}"),
                    other => other.to_string(),
                };
                self.problems.push(Problem::fault(path, None, what, hint));
                None
            }
        }
    }

    /// Reads every file of labels, in the order of their names.
    fn coders(&mut self, codebook: Option<&Codebook>, statements: Option<&Statements>) -> Vec<CoderLabels> {
        let folder = self.path.join(LABELS);
        let mut paths: Vec<PathBuf> = Vec::new();
        let entries = match self.texts {
            Some(texts) => {
                let within = texts.keys().filter(|name| name.starts_with(LABELS));
                Ok(within.map(|name| self.path.join(name)).collect())
            }
            None => read::entries(&folder),
        };
        match entries {
            Ok(entries) => paths = entries,
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => {
                let what = format!("cannot be read: {error}");
                self.problems.push(Problem::fault(&folder, None, what, "make it a folder of CSV files"));
            }
        }
        // Spreadsheets create files such as ~$anna.csv beside the files that they have open.
        let hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['~', '.']));
        paths.retain(|path| !hidden(path));
        let (paths, others): (Vec<PathBuf>, Vec<PathBuf>) = paths
            .into_iter()
            .partition(|path| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv")));
        for path in others {
            let hint = "move it elsewhere; only .csv files are read";
            self.problems.push(Problem::warning(&path, None, "this is not a label file", hint));
        }
        let files: Vec<CoderLabels> = paths.iter().filter_map(|path| self.coder(path, codebook, statements)).collect();
        let known: HashSet<&PathBuf> = paths.iter().collect();
        for coder in codebook.iter().flat_map(|codebook| &codebook.coders).flat_map(BTreeMap::keys) {
            let path = folder.join(format!("{coder}.csv"));
            if !known.contains(&path) {
                let what = format!("there is no label file for the coder `{coder}`");
                let hint = format!("add labels/{coder}.csv, or remove the coder from [coders] in {CODEBOOK}");
                self.problems.push(Problem::warning(&path, None, what, hint));
            }
        }
        files
    }

    fn coder(
        &mut self,
        path: &Path,
        codebook: Option<&Codebook>,
        statements: Option<&Statements>,
    ) -> Option<CoderLabels> {
        let coder = path.file_stem()?.to_string_lossy().into_owned();
        if coder == RULES {
            let hint =
                "rename the file after the coder who labelled; rules label from rules.toml and need no label file";
            self.problems.push(Problem::fault(path, None, "`rules` is not the name of a coder", hint));
            return None;
        }
        if let Some(coders) = codebook.and_then(|codebook| codebook.coders.as_ref())
            && coder != ADJUDICATED
            && !coders.contains_key(&coder)
        {
            const MOST_COMPARED: usize = 500;
            let known = || coders.keys().map(String::as_str);
            let hint = format!("add the coder to [coders] in {CODEBOOK}; it has: {}", listed(known()));
            let hint = guess_before(&hint, &coder, known().take(MOST_COMPARED));
            self.problems.push(Problem::fault(path, None, format!("the codebook has no coder `{coder}`"), hint));
        }
        let document = self.document(path)?;
        CoderLabels::parse(path, &document.text, &coder, codebook, statements, self.problems)
    }

    /// Warns of statements with a date far from every event, or far from most statements if there are no events. The
    /// year is probably mistyped.
    fn check_dates(&mut self, statements: &Statements, events: &Events) {
        const NEAR_EVENTS: Days = Days::new(366);
        const NEAR_OTHERS: Days = Days::new(3653);
        let dates = || events.rows.iter().map(|event| event.date);
        let mut others: Vec<NaiveDate> = statements.rows.iter().map(|statement| statement.date.written).collect();
        others.sort_unstable();
        let (first, last, margin, far) = match (dates().min(), dates().max(), others.get(others.len() / 2)) {
            (Some(first), Some(last), _) => {
                (first, last, NEAR_EVENTS, format!("more than a year from every event ({first} to {last})"))
            }
            (_, _, Some(&middle)) => {
                (middle, middle, NEAR_OTHERS, format!("more than 10 years from most statements ({middle})"))
            }
            _ => return,
        };
        let from = first.checked_sub_days(margin).unwrap_or(first);
        let to = last.checked_add_days(margin).unwrap_or(last);
        for statement in statements.rows.iter().filter(|s| !s.date.overlaps(Some(from), Some(to))) {
            let what = format!("`{}` is dated {}, {far}", statement.id, statement.date.written);
            let hint = "check the year; if it is right, add an event of that time";
            self.problems.push(Problem::warning(&self.path.join(STATEMENTS), Some(statement.place), what, hint));
        }
    }

    /// Warns of cells that a spreadsheet would run as formulas, once for each column. Exports keep such cells as they
    /// are, because a quotation is not changed.
    fn check_formulas(&mut self, statements: &Statements) {
        let mut with_marks: BTreeMap<&str, (usize, char, &Statement)> = BTreeMap::new();
        for statement in &statements.rows {
            let carried =
                statements.carried.iter().map(String::as_str).zip(statement.carried.iter().map(String::as_str));
            for (column, mark) in statement.texts().into_iter().chain(carried).filter_map(|(column, cell)| {
                let mark = formula_mark(cell)?;
                Some((column, mark))
            }) {
                with_marks.entry(column).or_insert((0, mark, statement)).0 += 1;
            }
        }
        for (column, (count, mark, first)) in with_marks {
            let cells = many(count, "cell");
            let begin = if count == 1 { "begins" } else { "begin" };
            let what = format!(
                "{cells} in the column {column} {begin} with a formula mark, the first in `{}` with `{}`",
                first.id,
                mark.escape_default()
            );
            let hint = "check where it comes from, and remove the mark: a spreadsheet would run the cell, not show it";
            self.problems.push(Problem::warning(&self.path.join(STATEMENTS), Some(first.place), what, hint));
        }
    }

    /// Checks that the columns exist that the codebook names as context.
    fn check_context(&mut self, document: &Document, codebook: &Codebook, statements: &Statements) {
        for (name, span) in codebook.rules.context.iter().flatten() {
            if statements.column(name).is_none() {
                let columns = statements.text_columns();
                let known = if columns.is_empty() { "none".to_owned() } else { listed(columns.iter().copied()) };
                let hint = format!("name a column of text in {STATEMENTS}; it has: {known}");
                let what = format!("{STATEMENTS} has no column `{name}` that rules could read");
                self.problems.push(document.fault(span.clone(), what, guess_before(&hint, name, columns.into_iter())));
            }
        }
    }

    /// Warns of speakers with names so similar that they are probably one person.
    fn check_speakers(&mut self, statements: &Statements) {
        let mut counts: BTreeMap<&str, (usize, &Statement)> = BTreeMap::new();
        for statement in &statements.rows {
            counts.entry(&statement.speaker).or_insert((0, statement)).0 += 1;
        }
        for (one, other) in alike(&counts.keys().copied().collect::<Vec<_>>()) {
            let ((of_one, at_one), (of_other, at_other)) = (counts[one], counts[other]);
            // Report the rarer spelling. Of two equally rare, the later one.
            let (rare, place) = match (of_one, at_other.place).cmp(&(of_other, at_one.place)) {
                Ordering::Less => ((one, of_one, other, of_other), at_one.place),
                _ => ((other, of_other, one, of_one), at_other.place),
            };
            let (rare, few, usual, more) = rare;
            let what = format!(
                "2 speakers have nearly the same name: `{rare}` with {} and `{usual}` with {}",
                many(few, "statement"),
                many(more, "statement")
            );
            let hint = "write the name in one way if they are one person; if they are two, add more to the names, \
                        such as a middle name";
            let problem = Problem::warning(&self.path.join(STATEMENTS), Some(place), what, hint);
            self.problems.push(problem);
        }
    }
}

/// Pairs of names that differ so little that they are probably one: only in capitals, accents, spaces and
/// punctuation, or in one letter of a long last name.
///
/// Given names are not compared letter by letter: Christian and Christina, Andrea and Andreas are two. Each name is
/// looked up by its forms without one of its letters, so the time grows only with the number of names.
pub fn alike<'n>(names: &[&'n str]) -> Vec<(&'n str, &'n str)> {
    /// The shortest last name in which one letter is probably a slip, and the number of letters compared, at most.
    const LETTERS: RangeInclusive<usize> = 5..=40;
    /// A name that resembles more others than this is one of a series, such as witnesses with letters.
    const MOST: usize = 3;
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    let mut skeletons: BTreeMap<String, &str> = BTreeMap::new();
    for name in names {
        match skeletons.entry(skeleton(name)) {
            Entry::Occupied(first) if !first.key().is_empty() => pairs.push((first.get(), name)),
            Entry::Occupied(_) => {}
            Entry::Vacant(free) => drop(free.insert(name)),
        }
    }
    let mut within: HashMap<(String, String), Vec<(&str, String)>> = HashMap::new();
    for name in skeletons.values() {
        let words: Vec<String> = name.split_whitespace().map(skeleton).collect();
        let Some((last, given)) = words.split_last().filter(|(_, given)| !given.is_empty()) else { continue };
        let letters: Vec<char> = last.chars().collect();
        if !LETTERS.contains(&letters.len()) || letters.iter().any(|c| c.is_numeric()) {
            continue;
        }
        let given = given.join(" ");
        // The first letter is hardly ever a slip, and is often all that separates Kerner from Lerner.
        let without = (1..letters.len()).map(|left| {
            let kept = letters.iter().enumerate().filter(|(place, _)| *place != left);
            kept.map(|(_, letter)| letter).collect::<String>()
        });
        let mut keys: Vec<String> = without.chain([last.clone()]).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            within.entry((given.clone(), key)).or_default().push((name, last.clone()));
        }
    }
    let mut slips: BTreeSet<(&str, &str)> = BTreeSet::new();
    for similar in within.values().filter(|similar| similar.len() <= MOST) {
        for (i, (one, a)) in similar.iter().enumerate() {
            let others = similar[i + 1..].iter().filter(|(_, b)| strsim::osa_distance(a, b) == 1);
            slips.extend(others.map(|(other, _)| if one < other { (*one, *other) } else { (*other, *one) }));
        }
    }
    pairs.extend(slips);
    pairs
}

/// The lowercase letters and digits of a name, without accents.
fn skeleton(name: &str) -> String {
    let bare = name.nfkd().filter(|c| !is_combining_mark(*c));
    bare.flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// The speakers of a corpus, in alphabetical order.
fn speakers(statements: &Statements) -> Vec<&str> {
    let mut speakers: Vec<&str> = statements.rows.iter().map(|statement| statement.speaker.as_str()).collect();
    speakers.sort_unstable();
    speakers.dedup();
    speakers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_nearly_alike_are_paired() {
        let pairs = |names: &[&'static str]| alike(names);
        assert_eq!(pairs(&["Zoe Kraft", "Zoë Kraft", "zoë kraft"]).len(), 2);
        assert_eq!(pairs(&["Jean Luc Moreau", "Jean-Luc Moreau"]).len(), 1);
        assert_eq!(pairs(&["Volodymyr Zelensky", "Volodymyr Zelenskyy"]).len(), 1);
        assert_eq!(pairs(&["Ada Holmgren", "Ada Homlgren", "Ada Holmgrin"]).len(), 2);
        for two in [
            ["Ada Holm", "Ida Holm"],
            ["Christian Bergmann", "Christina Bergmann"],
            ["Andrea Müller", "Andreas Müller"],
            ["Tom Kerner", "Tom Lerner"],
            ["Ann Lee", "Ann Lea"],
            ["Member 10001", "Member 10002"],
            ["Speaker A", "Speaker B"],
            ["Зоя", "Zoja"],
            ["!", "?"],
        ] {
            assert!(alike(&two).is_empty(), "{two:?}");
        }
    }
}
