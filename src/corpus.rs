//! A corpus is a folder: statements, codebook, rules, labels, events. This module is the only
//! reader of one; it checks every file against the others and collects all that is wrong.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};

use crate::codebook::{Codebook, IssueIndex, Position};
use crate::document::Document;
use crate::error::{Error, Problem, Result};
use crate::event::Events;
use crate::label::{self, ADJUDICATED, CoderLabels, HandDecision, HandDecisions, RULES};
use crate::rule::test::TestReport;
use crate::rule::{self, RuleDecision, Rules};
use crate::statement::{Statements, Verified};
use crate::table::{self, nearest};
use crate::words;

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

/// What was said.
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
        if path.is_file() {
            let what = format!("{} is a file; a corpus is a folder", path.display());
            return Err(Error::request(what, "name the folder that the file is in"));
        }
        if !path.join(CODEBOOK).is_file() && !path.join(STATEMENTS).is_file() {
            let what = format!("{} is no corpus: it has no {CODEBOOK} and no {STATEMENTS}", path.display());
            return Err(Error::request(what, "name one with --corpus DIR, or begin one with `stance init DIR`"));
        }
        let mut problems = Vec::new();
        let corpus = Reader { path, problems: &mut problems }.corpus();
        // What others follow from stands first: the codebook, the statements, then what speaks of them.
        let order = |problem: &Problem| {
            let name = problem.path.strip_prefix(path).unwrap_or(&problem.path);
            [CODEBOOK, STATEMENTS, RULES_FILE].iter().position(|first| name == Path::new(first)).unwrap_or(3)
        };
        problems.sort_by(|a, b| (order(a), &a.path, a.place).cmp(&(order(b), &b.path, b.place)));
        let sound = !problems.iter().any(Problem::is_fault);
        Ok((corpus.filter(|_| sound), problems))
    }

    /// Reads a corpus that has no fault, and whose rules pass their tests.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every fault; [`Error::Request`] where the folder is no corpus.
    pub fn load(path: &Path) -> Result<Corpus> {
        let corpus = Corpus::load_untested(path)?;
        if corpus.tests.failed() > 0 {
            let failures = corpus.tests.problems.into_iter().filter(Problem::is_fault);
            return Err(Error::Invalid(failures.collect()));
        }
        Ok(corpus)
    }

    /// Reads a corpus that has no fault; its rules may fail their tests, so that what helps to mend
    /// them can be used.
    ///
    /// # Errors
    /// As [`Corpus::load`].
    pub fn load_untested(path: &Path) -> Result<Corpus> {
        let (corpus, mut problems) = Corpus::read(path)?;
        problems.retain(Problem::is_fault);
        corpus.ok_or(Error::Invalid(problems))
    }

    /// The folder's own name.
    pub fn name(&self) -> String {
        let path = self.path.canonicalize().unwrap_or_else(|_| self.path.clone());
        path.file_name().map_or("corpus".to_owned(), |name| name.to_string_lossy().into_owned())
    }

    /// Eight digits that change with the statements, the codebook, the events or the labels by hand.
    pub fn fingerprint(&self) -> String {
        let files = self.to_files();
        let own = files.iter().filter(|(path, _)| *path != Path::new(RULES_FILE));
        words::fingerprint(own.map(|(_, text)| text.as_str()))
    }

    /// Whether a path is, or would be, one of the files that the corpus is read from.
    pub fn is_own_file(&self, path: &Path) -> bool {
        let folder = |path: &Path| path.canonicalize().ok();
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let (own, labels) = (folder(&self.path), folder(&self.path.join(LABELS)));
        // A link to a file of the corpus is that file.
        let real = folder(path)
            .unwrap_or_else(|| folder(parent).unwrap_or_default().join(path.file_name().unwrap_or_default()));
        let named = real
            .file_name()
            .is_some_and(|name| [STATEMENTS, CODEBOOK, RULES_FILE, EVENTS].iter().any(|own| name == *own));
        let within = real.parent().map(Path::to_owned);
        within.is_some() && ((named && within == own) || within == labels)
    }

    /// Labels every statement by the rules; `done` is told of each statement.
    pub fn label_by_rules(&self, done: impl Fn() + Sync) -> RuleDecisions {
        self.rules.decide_all(&self.statements.rows, done)
    }

    /// What hands and rules say of a statement, by its place, on an issue.
    pub fn decision<'c>(&'c self, decisions: &'c RuleDecisions, statement: usize, issue: IssueIndex) -> Decision<'c> {
        decision_of(&self.hands, decisions, statement, issue)
    }

    /// What all hands but one coder's say; the adjudication still decides what is then in dispute.
    pub fn hands_without(&self, coder: &str) -> HandDecisions {
        let others: Vec<&CoderLabels> = self.coders.iter().filter(|file| file.coder != coder).collect();
        // What is in dispute, or no longer, has been told where the corpus was read.
        label::decide(&others, &self.codebook, &self.statements, &mut Vec::new())
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

/// What some hands and the rules say of a statement, by its place, on an issue.
pub fn decision_of<'c>(
    hands: &'c HandDecisions,
    decisions: &'c RuleDecisions,
    statement: usize,
    issue: IssueIndex,
) -> Decision<'c> {
    let rules = decisions[statement].iter().find(|(other, _)| *other == issue).map(|(_, decision)| decision);
    Decision { hand: hands.get(&(statement, issue)), rules }
}

/// Where a label comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// Coders who agree, or an adjudication. Hands win over rules.
    Hand,
    /// The rules alone.
    Rules,
    /// Coders who differ, or rules that do: no position.
    Conflict,
}

/// What hands and rules say of one statement and issue.
#[derive(Debug, Clone, Copy)]
pub struct Decision<'c> {
    /// What the hands say, if any has read it.
    pub hand: Option<&'c HandDecision>,
    /// What the rules say, if any fires.
    pub rules: Option<&'c RuleDecision>,
}

impl Decision<'_> {
    /// Where the label comes from; `None` where there is none.
    pub fn origin(&self) -> Option<Origin> {
        match (self.hand, self.rules) {
            (Some(HandDecision::Settled { .. }), _) => Some(Origin::Hand),
            (Some(HandDecision::Disputed(_)), _) | (None, Some(RuleDecision::Conflict(_))) => Some(Origin::Conflict),
            (None, Some(RuleDecision::Position(..))) => Some(Origin::Rules),
            (None, None) => None,
        }
    }

    /// The position that hands settled on.
    pub fn hand_position(&self) -> Option<Position> {
        match self.hand {
            Some(HandDecision::Settled { position, .. }) => *position,
            _ => None,
        }
    }

    /// The position that the rules give.
    pub fn rule_position(&self) -> Option<Position> {
        match self.rules {
            Some(RuleDecision::Position(position, _)) => Some(*position),
            _ => None,
        }
    }

    /// The position that counts: the hands', else the rules', else none.
    pub fn position(&self) -> Option<Position> {
        match self.origin()? {
            Origin::Hand => self.hand_position(),
            Origin::Rules => self.rule_position(),
            Origin::Conflict => None,
        }
    }
}

/// Reads the files of one corpus in the order in which they depend on one another.
struct Reader<'r> {
    path: &'r Path,
    problems: &'r mut Vec<Problem>,
}

impl Reader<'_> {
    fn statements(&mut self, document: &Document) -> Option<Statements> {
        let before = self.problems.len();
        let statements = Statements::parse(&document.path, &document.text, self.problems)?;
        if statements.rows.is_empty() && self.problems.len() == before {
            let hint = "write one statement a row below the header";
            self.problems.push(Problem::fault(&document.path, None, "the file has a header but no statement", hint));
        }
        Some(statements)
    }

    fn corpus(mut self) -> Option<Corpus> {
        let statements = self.required(STATEMENTS, "it holds the statements: id,date,speaker,text");
        let codebook = self.required(CODEBOOK, "it holds the issues and their scales");
        let events = self.optional(EVENTS);
        let rules = self.optional(RULES_FILE);

        let statements = statements.and_then(|document| self.statements(&document));
        let events = match events {
            Some(document) => Events::parse(&document.path, &document.text, self.problems),
            None => Some(Events::default()),
        };
        let parsed = codebook.as_ref().and_then(|document| Codebook::parse(document, self.problems));
        if let (Some(statements), Some(events)) = (&statements, &events) {
            self.check_dates(statements, events);
        }
        let rules = rules.unwrap_or(Document::new(self.path.join(RULES_FILE), String::new()));
        let speakers = statements.as_ref().map(speakers);
        let rules = rule::file::parse(rules, parsed.as_ref(), speakers.as_deref(), self.problems);
        let coders = self.coders(parsed.as_ref(), statements.as_ref());

        // Without these there is no corpus; what is wrong with them has been said.
        let (statements, codebook, codebook_text, rules) = (statements?, parsed?, codebook?, rules?);
        let tests = rule::test::run(&rules, &codebook);
        let hands = label::decide(&coders.iter().collect::<Vec<_>>(), &codebook, &statements, self.problems);
        let path = self.path.to_owned();
        Some(Corpus { path, codebook, statements, events: events?, rules, tests, coders, hands, codebook_text })
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
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
            entries => entries.and_then(|entries| entries.collect::<std::io::Result<Vec<_>>>()),
        };
        match entries {
            Ok(entries) => paths.extend(entries.into_iter().map(|entry| entry.path())),
            Err(error) => {
                let what = format!("cannot be read: {error}");
                self.problems.push(Problem::fault(&folder, None, what, "it should be a folder of CSV files"));
            }
        }
        // Spreadsheets leave files such as ~$anna.csv beside what they have open.
        let hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['~', '.']));
        paths.retain(|path| !hidden(path));
        let (mut paths, others): (Vec<PathBuf>, Vec<PathBuf>) = paths
            .into_iter()
            .partition(|path| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv")));
        for path in others {
            let hint = "only .csv files are read; move it elsewhere";
            self.problems.push(Problem::warning(&path, None, "this is no file of labels", hint));
        }
        paths.sort();
        let files: Vec<CoderLabels> = paths.iter().filter_map(|path| self.coder(path, codebook, statements)).collect();
        for coder in codebook.iter().flat_map(|codebook| &codebook.coders).flat_map(BTreeMap::keys) {
            let path = folder.join(format!("{coder}.csv"));
            if !paths.contains(&path) {
                let what = format!("the codebook names the coder `{coder}`, who has no file");
                let hint = "add the file, or take the coder out of [coders]";
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
            let hint = "rules label on the fly, from rules.toml; rename the file after the person who labelled";
            self.problems.push(Problem::fault(path, None, "`rules` is not the name of a coder", hint));
            return None;
        }
        if let Some(coders) = codebook.and_then(|codebook| codebook.coders.as_ref())
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

    /// Warns of statements so far from every event, or without events from most statements, that
    /// the year is probably mistyped.
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
                (middle, middle, NEAR_OTHERS, format!("more than ten years from most statements ({middle})"))
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
}

/// Warns of every statement on which rules differ and no hand decides.
pub fn rule_conflicts(corpus: &Corpus, decisions: &RuleDecisions) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, (statement, decisions)) in corpus.statements.rows.iter().zip(decisions).enumerate() {
        for (issue, decision) in decisions {
            let RuleDecision::Conflict(firings) = decision else { continue };
            if corpus.hands.contains_key(&(index, *issue)) {
                continue;
            }
            let said: Vec<String> = firings
                .iter()
                .map(|firing| {
                    let rule = &corpus.rules.rules[firing.rule];
                    format!("`{}` says {} at `{}`", rule.id, firing.position, &statement.text[firing.evidence.clone()])
                })
                .collect();
            let issue = &corpus.codebook.issue(*issue).id;
            let what = format!("rules differ on `{issue}` of `{}`: {}", statement.id, said.join(", "));
            let hint = "no position until one of the rules is narrowed or has a higher priority";
            let path = corpus.path.join(STATEMENTS);
            problems.push(Problem::warning(&path, Some(statement.place), what, hint));
        }
    }
    problems
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
    for (statement, row) in corpus.statements.rows.iter().enumerate() {
        if row.verified == Verified::Rejected {
            continue;
        }
        let decision = corpus.decision(decisions, statement, issue);
        let slot = match (decision.origin(), decision.position()) {
            (Some(Origin::Hand), Some(_)) => &mut counts.hand,
            (Some(Origin::Hand), None) => &mut counts.none,
            (Some(Origin::Rules), _) => &mut counts.rules,
            (Some(Origin::Conflict), _) => &mut counts.conflict,
            (None, _) => &mut counts.unlabelled,
        };
        *slot += 1;
    }
    counts
}
