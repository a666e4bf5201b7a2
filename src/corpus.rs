//! A corpus is a folder: statements, codebook, rules, labels, events. This module is the only
//! reader of one; it checks every file against the others and collects all that is wrong.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use chrono::Days;

use crate::codebook::{Codebook, IssueIndex};
use crate::document::Document;
use crate::error::{Error, Problem, Result};
use crate::event::Events;
use crate::label::{self, ADJUDICATED, CoderLabels, HandDecision, HandDecisions, RULES};
use crate::rule::test::TestReport;
use crate::rule::{self, RuleDecision, Rules};
use crate::statement::Statements;
use crate::table::{self, nearest};

/// A corpus without a fault.
#[derive(Debug)]
pub struct Corpus {
    /// Its folder.
    pub path: PathBuf,
    /// The issues and their scales.
    pub codebook: Codebook,
    /// What was said.
    pub statements: Statements,
    /// What charts annotate.
    pub events: Events,
    /// The rules, ready to label.
    pub rules: Rules,
    /// How the tests in the rules went.
    pub tests: TestReport,
    /// The labels of each coder, and the adjudication, by file name.
    pub coders: Vec<CoderLabels>,
    /// What all hands together say.
    pub hands: HandDecisions,
    codebook_text: Document,
}

/// What the rules say of each statement, in the order of [`Statements::rows`].
pub type RuleDecisions = Vec<Vec<(IssueIndex, RuleDecision)>>;

/// The files of a corpus folder.
pub const STATEMENTS: &str = "statements.csv";
/// The issues and their scales.
pub const CODEBOOK: &str = "codebook.toml";
/// The label rules.
pub const RULES_FILE: &str = "rules.toml";
/// The events that charts annotate.
pub const EVENTS: &str = "events.csv";
/// The folder with a file of labels per coder.
pub const LABELS: &str = "labels";

impl Corpus {
    /// Reads a corpus and everything that is wrong with it; the corpus is there if no problem is
    /// a fault.
    ///
    /// # Errors
    /// [`Error::Request`] where the folder is no corpus at all.
    pub fn read(path: &Path) -> Result<(Option<Corpus>, Vec<Problem>)> {
        if !path.join(CODEBOOK).is_file() && !path.join(STATEMENTS).is_file() {
            let what = format!("{} is no corpus: it has no {CODEBOOK} and no {STATEMENTS}", path.display());
            return Err(Error::request(what, "name one with --corpus DIR, or begin one with `stance init DIR`"));
        }
        let mut problems = Vec::new();
        let corpus = Reader { path, problems: &mut problems }.corpus();
        problems.sort_by(|a, b| (&a.path, a.place).cmp(&(&b.path, b.place)));
        let sound = !problems.iter().any(Problem::is_fault);
        Ok((corpus.filter(|_| sound), problems))
    }

    /// Reads a corpus that has no fault.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every fault; [`Error::Request`] where the folder is no corpus.
    pub fn load(path: &Path) -> Result<Corpus> {
        let (corpus, mut problems) = Corpus::read(path)?;
        problems.retain(Problem::is_fault);
        corpus.ok_or(Error::Invalid(problems))
    }

    /// The folder's own name.
    pub fn name(&self) -> String {
        let path = self.path.canonicalize().unwrap_or_else(|_| self.path.clone());
        path.file_name().map_or("corpus".to_owned(), |name| name.to_string_lossy().into_owned())
    }

    /// Labels every statement by the rules; `done` is told of each statement.
    pub fn label_by_rules(&self, done: impl Fn() + Sync) -> RuleDecisions {
        self.rules.decide_all(&self.statements.rows, done)
    }

    /// The files of the corpus as they would be saved, by their path within the folder.
    ///
    /// A corpus in the house style saves to the bytes it was read from.
    pub fn to_files(&self) -> BTreeMap<PathBuf, String> {
        let mut files = BTreeMap::from([
            (PathBuf::from(STATEMENTS), self.statements.to_text()),
            (PathBuf::from(CODEBOOK), self.codebook_text.text.clone()),
        ]);
        if !self.rules.document.text.is_empty() {
            files.insert(PathBuf::from(RULES_FILE), self.rules.document.text.clone());
        }
        if let Some(text) = self.events.to_text() {
            files.insert(PathBuf::from(EVENTS), text);
        }
        for coder in &self.coders {
            files.insert(Path::new(LABELS).join(format!("{}.csv", coder.coder)), coder.to_text());
        }
        files
    }
}

/// Reads the files of one corpus in the order in which they depend on one another.
struct Reader<'r> {
    path: &'r Path,
    problems: &'r mut Vec<Problem>,
}

impl Reader<'_> {
    fn corpus(mut self) -> Option<Corpus> {
        let statements = self.required(STATEMENTS, "it holds the statements: id,date,speaker,text");
        let codebook = self.required(CODEBOOK, "it holds the issues and their scales");
        let events = self.optional(EVENTS);
        let rules = self.optional(RULES_FILE);

        let statements =
            statements.and_then(|document| Statements::parse(&document.path, &document.text, self.problems));
        let events = match events {
            Some(document) => Events::parse(&document.path, &document.text, self.problems),
            None => Some(Events::default()),
        };
        let parsed = codebook.as_ref().and_then(|document| Codebook::parse(document, self.problems));
        let (codebook_text, codebook) = (codebook?, parsed?);

        let rules = rules.unwrap_or(Document { path: self.path.join(RULES_FILE), text: String::new() });
        let speakers = statements.as_ref().map(speakers);
        let rules = rule::file::parse(rules, &codebook, speakers.as_deref(), self.problems);
        let tests = rules.as_ref().map(|rules| rule::test::run(rules, &codebook, self.problems));
        let (statements, events) = (statements?, events?);
        self.check_dates(&statements, &events);
        let coders = self.coders(&codebook, &statements);
        let hands = label::decide(&coders, &codebook, &statements, self.problems);
        let path = self.path.to_owned();
        Some(Corpus { path, codebook, statements, events, rules: rules?, tests: tests?, coders, hands, codebook_text })
    }

    fn required(&mut self, name: &str, purpose: &str) -> Option<Document> {
        let document = self.document(&self.path.join(name));
        if document.is_none() && !self.path.join(name).exists() {
            let hint = format!("{purpose}; `stance init DIR` writes an example");
            self.problems.push(Problem::fault(&self.path.join(name), None, "the file is missing", hint));
        }
        document
    }

    fn optional(&mut self, name: &str) -> Option<Document> {
        self.document(&self.path.join(name))
    }

    /// Reads a file; a file that is not there is `None` without a problem.
    fn document(&mut self, path: &Path) -> Option<Document> {
        match table::read_text(path) {
            Ok(text) => Some(Document { path: path.to_owned(), text }),
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
    fn coders(&mut self, codebook: &Codebook, statements: &Statements) -> Vec<CoderLabels> {
        let folder = self.path.join(LABELS);
        let mut paths: Vec<PathBuf> = match fs::read_dir(&folder) {
            Ok(entries) => entries.flatten().map(|entry| entry.path()).collect(),
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            Err(error) => {
                let what = format!("cannot be read: {error}");
                self.problems.push(Problem::fault(&folder, None, what, "it should be a folder of CSV files"));
                Vec::new()
            }
        };
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "csv"));
        paths.sort();
        paths.iter().filter_map(|path| self.coder(path, codebook, statements)).collect()
    }

    fn coder(&mut self, path: &Path, codebook: &Codebook, statements: &Statements) -> Option<CoderLabels> {
        let coder = path.file_stem()?.to_string_lossy().into_owned();
        if coder == RULES {
            let hint = "rules label on the fly, from rules.toml; rename the file after the person who labelled";
            self.problems.push(Problem::fault(path, None, "`rules` is not the name of a coder", hint));
            return None;
        }
        if let Some(coders) = &codebook.coders
            && coder != ADJUDICATED
            && !coders.contains_key(&coder)
        {
            let known = coders.keys().map(String::as_str);
            let near = nearest(&coder, known).map_or(String::new(), |near| format!("did you mean `{near}`? "));
            let list = coders.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            let hint = format!("{near}add the coder to [coders] in {CODEBOOK}; it has: {list}");
            self.problems.push(Problem::fault(path, None, format!("unknown coder `{coder}`"), hint));
        }
        let document = self.document(path)?;
        CoderLabels::parse(path, &document.text, &coder, codebook, statements, self.problems)
    }

    /// Warns of statements so far from every event that the year is probably mistyped.
    fn check_dates(&mut self, statements: &Statements, events: &Events) {
        const MARGIN: Days = Days::new(366);
        let dates = || events.rows.iter().map(|event| event.date);
        let (Some(first), Some(last)) = (dates().min(), dates().max()) else { return };
        let from = first.checked_sub_days(MARGIN).unwrap_or(first);
        let to = last.checked_add_days(MARGIN).unwrap_or(last);
        for statement in statements.rows.iter().filter(|s| !s.date.overlaps(Some(from), Some(to))) {
            let what = format!(
                "`{}` is dated {}, more than a year from every event ({first} to {last})",
                statement.id, statement.date.written
            );
            let hint = "check the year; if it is right, add an event of that time";
            self.problems.push(Problem::warning(&self.path.join(STATEMENTS), Some(statement.place), what, hint));
        }
    }
}

/// The speakers of a corpus, in alphabetical order.
fn speakers(statements: &Statements) -> Vec<&str> {
    let mut speakers: Vec<&str> = statements.rows.iter().map(|statement| statement.speaker.as_str()).collect();
    speakers.sort_unstable();
    speakers.dedup();
    speakers
}

/// How many labels there are on one issue, by where they come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct IssueCounts {
    /// Statements with a position given by hand.
    pub hand: usize,
    /// Statements with a position given by the rules alone.
    pub rules: usize,
    /// Statements on which coders or rules differ, and which have no position.
    pub conflict: usize,
    /// Statements that hands have read and that take no position.
    pub none: usize,
    /// Statements without any label.
    pub unlabelled: usize,
}

/// Counts the labels on an issue.
pub fn count(corpus: &Corpus, decisions: &RuleDecisions, issue: IssueIndex) -> IssueCounts {
    let mut counts = IssueCounts::default();
    for (statement, rules) in decisions.iter().enumerate() {
        let rules = rules.iter().find(|(other, _)| *other == issue).map(|(_, decision)| decision);
        let slot = match (corpus.hands.get(&(statement, issue)), rules) {
            (Some(HandDecision::Settled { position: Some(_), .. }), _) => &mut counts.hand,
            (Some(HandDecision::Settled { position: None, .. }), _) => &mut counts.none,
            (Some(HandDecision::Disputed(_)), _) | (None, Some(RuleDecision::Conflict(_))) => &mut counts.conflict,
            (None, Some(RuleDecision::Position(..))) => &mut counts.rules,
            (None, None) => &mut counts.unlabelled,
        };
        *slot += 1;
    }
    counts
}
