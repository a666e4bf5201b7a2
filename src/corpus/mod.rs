//! A corpus is a folder: statements, codebook, rules, labels, events. Only this module reads one. It checks every
//! file against the others and collects all faults.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::iter;
use std::path::{Path, PathBuf};

use crate::codebook::{Codebook, IssueIndex};
use crate::error::{Error, Problem, Result};
use crate::event::Events;
use crate::file::corpus_files;
use crate::file::document::Document;
use crate::file::read;
use crate::file::table;
use crate::label::{self, CoderLabels, Decision, HandDecisions, Labelled, Origin, decision_of};
use crate::rule::test::TestReport;
use crate::rule::{self, RuleDecision, RuleDecisions, Rules};
use crate::statement::{self, Statement, Statements, Verified};
use crate::unseen::looks::Looks;
use crate::words::{self, did_you_mean};

mod reader;
pub mod selection;

use reader::{Reader, TextsInMemory};

pub use crate::file::corpus_files::{CODEBOOK, EVENTS, LABELS, RULES_FILE, STATEMENTS, UNSEEN};
pub(crate) use reader::alike;
pub use selection::Selection;

/// A corpus without a fault.
#[derive(Debug)]
pub struct Corpus {
    /// Its folder.
    pub path: PathBuf,
    /// The issues and their scales.
    pub codebook: Codebook,
    /// What was said.
    pub statements: Statements,
    /// The events that charts show.
    pub events: Events,
    /// The rules, ready to label.
    pub rules: Rules,
    /// The results of the tests in the rules.
    pub tests: TestReport,
    /// The labels of each coder, and the adjudication, by file name.
    pub coders: Vec<CoderLabels>,
    /// What all coders together decide.
    pub hands: HandDecisions,
    /// The looks at the unseen statements so far.
    pub looks: Looks,
    codebook_text: Document,
}

impl Corpus {
    /// Reads a corpus and collects all its problems. The corpus is returned if none of them is a fault.
    ///
    /// # Errors
    /// [`Error::Request`] if the folder is not a corpus at all.
    pub fn read(path: &Path) -> Result<(Option<Corpus>, Vec<Problem>)> {
        if read::is_file(path) {
            let what = format!("{} is a file; a corpus is a folder", path.display());
            return Err(Error::request(what, "name the folder that the file is in"));
        }
        if !corpus_files::is_corpus(path) {
            let what = format!("{} is not a corpus: it has no {CODEBOOK} and no {STATEMENTS}", path.display());
            return Err(Error::request(what, "name one with --corpus DIR, or create one with `stance init DIR`"));
        }
        Ok(Corpus::checked(path, None, None))
    }

    /// As [`Corpus::read`], with another text in place of the file of rules. Labels by hand need no rules, so a fault in
    /// that file need not stop whoever gives them: the text may be empty.
    ///
    /// # Errors
    /// As [`Corpus::read`].
    pub fn read_with_rules(path: &Path, rules: &str) -> Result<(Option<Corpus>, Vec<Problem>)> {
        // What is no corpus is reported in the same words.
        if read::is_file(path) || !corpus_files::is_corpus(path) {
            return Corpus::read(path);
        }
        Ok(Corpus::checked(path, None, Some(rules)))
    }

    /// A corpus that is in memory and not in a folder: the text of each file, by its path in the folder. `name` is used
    /// as the folder in messages. The rules may fail their tests.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every fault, also for a file that is missing.
    pub fn of_texts(name: &str, texts: &BTreeMap<PathBuf, String>) -> Result<Corpus> {
        let (corpus, mut problems) = Corpus::checked(Path::new(name), Some(texts), None);
        problems.retain(Problem::is_fault);
        corpus.ok_or(Error::Invalid(problems))
    }

    fn checked(path: &Path, texts: Option<&TextsInMemory>, rules: Option<&str>) -> (Option<Corpus>, Vec<Problem>) {
        let mut problems = Vec::new();
        let corpus = Reader { path, texts, rules, problems: &mut problems }.corpus();
        // Causes come before their effects: the codebook, the statements, then the files that refer to them.
        let order = |problem: &Problem| {
            let name = problem.path.strip_prefix(path).unwrap_or(&problem.path);
            [CODEBOOK, STATEMENTS, RULES_FILE].iter().position(|first| name == Path::new(first)).unwrap_or(3)
        };
        problems.sort_by(|a, b| (order(a), &a.path, a.place).cmp(&(order(b), &b.path, b.place)));
        let sound = !problems.iter().any(Problem::is_fault);
        (corpus.filter(|_| sound), problems)
    }

    /// What is left of a corpus if its statements were only counted: its codebook and its events. `name` is that of the file
    /// with the counts, and counts as the folder.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every fault, [`Error::Read`] if there is no codebook.
    pub fn without_statements(folder: &Path, name: &Path) -> Result<Corpus> {
        let codebook_path = folder.join(CODEBOOK);
        let codebook_text = Document::new(&codebook_path, table::read_text(&codebook_path)?);
        let mut problems = Vec::new();
        let codebook = Codebook::parse(&codebook_text, &mut problems);
        let (header, none) = (statement::COLUMNS.required.join(","), Document::new(name, String::new()));
        let statements = Statements::parse(name, &header, &mut problems);
        let rules = rule::file::parse(none, codebook.as_ref(), None, &mut problems);
        let events_path = folder.join(EVENTS);
        let events = match read::is_file(&events_path) {
            true => Events::parse(&events_path, &table::read_text(&events_path)?, &mut problems),
            false => Some(Events::default()),
        };
        problems.retain(Problem::is_fault);
        let parts = (codebook, statements, events, rules);
        let (Some(codebook), Some(statements), Some(events), Some(rules)) = parts else {
            return Err(Error::Invalid(problems));
        };
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        Ok(Corpus {
            path: name.to_owned(),
            codebook,
            statements,
            events,
            rules,
            tests: TestReport::default(),
            coders: Vec::new(),
            hands: HandDecisions::new(),
            looks: Looks::default(),
            codebook_text,
        })
    }

    /// Reads a corpus without faults, whose rules pass their tests.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every fault. [`Error::Request`] if the folder is not a corpus.
    pub fn load(path: &Path) -> Result<Corpus> {
        let corpus = Corpus::load_untested(path)?;
        if corpus.tests.failed() > 0 {
            let failures = corpus.tests.problems.into_iter().filter(Problem::is_fault);
            return Err(Error::Invalid(failures.collect()));
        }
        Ok(corpus)
    }

    /// Reads a corpus without faults. Its rules may fail their tests, because the commands that help to fix them need
    /// the corpus.
    ///
    /// # Errors
    /// As [`Corpus::load`].
    pub fn load_untested(path: &Path) -> Result<Corpus> {
        let (corpus, mut problems) = Corpus::read(path)?;
        problems.retain(Problem::is_fault);
        corpus.ok_or(Error::Invalid(problems))
    }

    /// The name of the folder.
    pub fn name(&self) -> String {
        let path = read::real_path(&self.path).unwrap_or_else(|| self.path.clone());
        path.file_name().map_or("corpus".to_owned(), |name| name.to_string_lossy().into_owned())
    }

    /// The name of a speaker of the corpus, however its letters and spaces are typed.
    ///
    /// # Errors
    /// [`Error::Request`] if there is no speaker of that name. The hint names the nearest.
    pub fn find_speaker(&self, name: &str) -> Result<String> {
        let names = || self.statements.rows.iter().map(|statement| statement.speaker.as_str());
        let name = &*words::name(name);
        if names().any(|other| other == name) {
            return Ok(name.to_owned());
        }
        let within = names().find(|other| other.to_lowercase().contains(&name.to_lowercase()));
        let meant = within.map(words::meant).or_else(|| did_you_mean(name, names()));
        let hint = meant.unwrap_or("see the column speaker of statements.csv".to_owned());
        Err(Error::request(format!("there is no speaker `{name}` in {}", self.name()), hint))
    }

    /// An issue of the codebook.
    ///
    /// # Errors
    /// [`Error::Request`] if there is no such issue. The hint lists those that exist.
    pub fn find_issue(&self, id: &str) -> Result<IssueIndex> {
        self.codebook.find(id).ok_or_else(|| {
            let hint = format!("the codebook has: {}", self.codebook.issue_list());
            Error::request(format!("there is no issue `{id}`"), hint)
        })
    }

    /// 8 digits that change with the statements, the codebook, the events or the labels by hand. The order of rows
    /// and the format of a table do not change them: a corpus sorted in a spreadsheet is the same corpus.
    pub fn fingerprint(&self) -> String {
        // A row is hashed as it comes, so that no second copy of the corpus is held. It begins with its length, so that a
        // cell cannot look like the end of a row.
        let hash_of = |row: Vec<String>| {
            let length = row.len().to_string();
            let cells = iter::once(length.as_str()).chain(row.iter().map(String::as_str));
            words::hash(cells.flat_map(|cell| cell.bytes().chain([0])))
        };
        let part = |name: &str, mut rows: Vec<u64>| {
            rows.sort_unstable();
            let rows: Vec<String> = rows.iter().map(|row| format!("{row:016x}")).collect();
            format!("{name} {} {}", rows.len(), rows.concat())
        };
        let mut parts = vec![
            self.codebook_text.text.clone(),
            part(STATEMENTS, self.statements.records().map(hash_of).collect()),
            part(EVENTS, self.events.records().map(hash_of).collect()),
        ];
        parts.extend(self.coders.iter().map(|coder| part(&coder.coder, coder.records().map(hash_of).collect())));
        words::fingerprint(parts.iter().map(String::as_str))
    }

    /// The text of the codebook, with its comments.
    pub fn codebook_text(&self) -> &str {
        &self.codebook_text.text
    }

    /// Labels every statement by the rules. Calls `done` for each statement.
    pub fn label_by_rules(&self, done: impl Fn() + Sync) -> RuleDecisions {
        self.rules.decide_all(&self.statements.rows, done)
    }

    /// The statements that whoever writes the rules may see. Only if some are set aside is this a copy.
    pub fn seen(&self) -> Cow<'_, [Statement]> {
        let rows = &self.statements.rows;
        if rows.iter().any(|row| row.unseen) {
            rows.iter().filter(|row| !row.unseen).cloned().collect()
        } else {
            Cow::Borrowed(rows)
        }
    }

    /// How many statements are set aside. Those that a person rejected do not count.
    pub fn unseen(&self) -> usize {
        self.statements.rows.iter().filter(|row| row.unseen && row.verified != Verified::Rejected).count()
    }

    /// What coders and rules give to a statement, by its place, on an issue.
    pub fn decision<'c>(&'c self, decisions: &'c RuleDecisions, statement: usize, issue: IssueIndex) -> Decision<'c> {
        decision_of(&self.hands, decisions, statement, issue)
    }

    /// The labels in a selection, by date, then id, then the order of issues in the codebook.
    pub fn labelled<'c>(&'c self, decisions: &'c RuleDecisions, selection: &Selection) -> Vec<Labelled<'c>> {
        self.labelled_by(&self.hands, decisions, selection)
    }

    /// As [`Corpus::labelled`], with other decisions of coders.
    pub fn labelled_by<'c>(
        &'c self,
        hands: &'c HandDecisions,
        decisions: &'c RuleDecisions,
        selection: &Selection,
    ) -> Vec<Labelled<'c>> {
        let issues: Vec<IssueIndex> = self.codebook.indices().filter(|issue| selection.takes_issue(*issue)).collect();
        let mut labels = Vec::new();
        for place in self.places(selection) {
            let statement = &self.statements.rows[place];
            let all = issues.iter().map(|issue| (*issue, decision_of(hands, decisions, place, *issue)));
            let labelled = all.filter(|(_, decision)| decision.origin().is_some());
            labels.extend(labelled.map(|(issue, decision)| Labelled { statement, issue, decision, stands_for: 1 }));
        }
        labels
    }

    /// The places of the statements in a selection, by date, then id.
    pub fn places(&self, selection: &Selection) -> Vec<usize> {
        let rows = &self.statements.rows;
        let mut places: Vec<usize> = (0..rows.len()).filter(|place| selection.takes(&rows[*place])).collect();
        places.sort_by_key(|place| (rows[*place].date.written, rows[*place].id.as_str()));
        places
    }

    /// What all coders but one decide. The adjudication still settles what is then in dispute.
    pub fn hands_without(&self, coder: &str) -> HandDecisions {
        let others: Vec<&CoderLabels> = self.coders.iter().filter(|file| file.coder != coder).collect();
        // Problems with disputes were reported when the corpus was read.
        label::decide(&others, &self.codebook, &self.statements, &mut Vec::new())
    }

    /// The files of the corpus as they would be saved, by their path within the folder.
    ///
    /// Saving a corpus in the house style gives back the bytes it was read from.
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
        if let Some(text) = self.looks.to_text() {
            files.insert(PathBuf::from(UNSEEN), text.to_owned());
        }
        for coder in &self.coders {
            files.insert(Path::new(LABELS).join(format!("{}.csv", coder.coder)), coder.to_text());
        }
        files
    }
}

/// Reads only the codebook of a corpus: all that counts need.
///
/// # Errors
/// [`Error::Invalid`] with every fault, [`Error::Read`] if there is none.
pub fn codebook(path: &Path) -> Result<Codebook> {
    let path = path.join(CODEBOOK);
    let document = Document::new(&path, table::read_text(&path)?);
    let mut problems = Vec::new();
    let codebook = Codebook::parse(&document, &mut problems);
    problems.retain(Problem::is_fault);
    codebook.ok_or(Error::Invalid(problems))
}

/// Warns of every statement on which rules differ and no coder decides, except those that are set aside.
pub fn rule_conflicts(corpus: &Corpus, decisions: &RuleDecisions) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, (statement, decisions)) in corpus.statements.rows.iter().zip(decisions).enumerate() {
        for (issue, decision) in decisions {
            let RuleDecision::Conflict(firings) = decision else { continue };
            if statement.unseen || corpus.hands.contains_key(&(index, *issue)) {
                continue;
            }
            let positions: Vec<String> = firings
                .iter()
                .map(|firing| {
                    let rule = &corpus.rules.rules[firing.rule];
                    format!("`{}` gives {} at `{}`", rule.id, firing.position, &statement.text[firing.evidence.clone()])
                })
                .collect();
            let issue = &corpus.codebook.issue(*issue).id;
            let what = format!(
                "rules differ on `{issue}` of `{}`, so it has no position: {}",
                statement.id,
                positions.join(", ")
            );
            let hint = "narrow one of the rules, or raise its priority";
            let path = corpus.path.join(STATEMENTS);
            problems.push(Problem::warning(&path, Some(statement.place), what, hint));
        }
    }
    problems
}

/// How many labels one issue has, by origin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct IssueCounts {
    /// Statements with a position given by hand.
    pub hand: usize,
    /// Statements with a position given only by the rules.
    pub rules: usize,
    /// Statements on which coders or rules differ. They have no position.
    pub conflict: usize,
    /// Statements that coders have read and that take no position.
    pub none: usize,
    /// Statements without any label.
    pub unlabelled: usize,
}

/// Counts the labels on every issue, in the order of the codebook. Only labelled statements are visited, because a
/// corpus may have many statements and many issues.
pub fn counts(corpus: &Corpus, decisions: &RuleDecisions) -> Vec<IssueCounts> {
    let counted = |statement: usize| corpus.statements.rows[statement].verified != Verified::Rejected;
    let all = (0..corpus.statements.rows.len()).filter(|statement| counted(*statement)).count();
    let mut counts = vec![IssueCounts { unlabelled: all, ..IssueCounts::default() }; corpus.codebook.issues.len()];
    let by_rules = decisions.iter().enumerate().flat_map(|(statement, decisions)| {
        let issues = decisions.iter().map(move |(issue, _)| (statement, *issue));
        issues.filter(|unit| !corpus.hands.contains_key(unit))
    });
    for (statement, issue) in corpus.hands.keys().copied().chain(by_rules).filter(|(statement, _)| counted(*statement))
    {
        let decision = corpus.decision(decisions, statement, issue);
        let count = &mut counts[issue.0];
        let slot = match (decision.origin(), decision.position()) {
            (Some(Origin::Hand), Some(_)) => &mut count.hand,
            (Some(Origin::Hand), None) => &mut count.none,
            (Some(Origin::Rules), _) => &mut count.rules,
            (Some(Origin::Conflict), _) => &mut count.conflict,
            (None, _) => continue,
        };
        *slot += 1;
        count.unlabelled -= 1;
    }
    counts
}
