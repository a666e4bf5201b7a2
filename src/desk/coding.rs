//! One coder at work: which statement comes next, what was answered, and undo.
//!
//! Nothing here is seen but the statements, the codebook and the coder's own file. Other coders and the rules could only
//! be shown by whoever passes them in, and nobody does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::codebook::{Codebook, IssueIndex, Position};
use crate::corpus::Corpus;
use crate::desk::backlog::{AnswerState, Backlog};
use crate::desk::confirmed::{Astray, AstrayRow, Confirmed};
use crate::desk::queue::QueueSettings;
use crate::error::{Error, Problem, Result, Warning};
use crate::file::corpus_files::LABELS;
use crate::label::sheet::{CoderSheet, Edit, Put, SheetRow, Undo};
use crate::label::{ADJUDICATED, CoderLabels, RULES, UNDECIDED, Unit};
use crate::words;

/// An answer to the question of an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoderChoice {
    /// The statement takes this position.
    Level(Position),
    /// It takes none.
    NoPosition,
    /// The coder is not sure. It counts as no answer, and stays in the file to come back to.
    Unsure,
}

impl CoderChoice {
    /// As it is written in the column `position`.
    pub fn cell(self) -> String {
        match self {
            CoderChoice::Level(position) => position.0.to_string(),
            CoderChoice::NoPosition => String::new(),
            CoderChoice::Unsure => UNDECIDED.to_owned(),
        }
    }

    /// The answer that a cell `position` gives on an issue. `None` if it is not one.
    pub fn of(cell: &str, codebook: &Codebook, issue: IssueIndex) -> Option<CoderChoice> {
        match cell.trim() {
            "" => Some(CoderChoice::NoPosition),
            UNDECIDED => Some(CoderChoice::Unsure),
            words => codebook.issue(issue).read(words).map(CoderChoice::Level),
        }
    }
}

/// What happened to an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is on the disk.
    Saved,
    /// Another program has changed the answer in the meantime. Nothing was written.
    Differs(Unit),
}

/// What became of answers that were to be put back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PutBack {
    /// Some are in the file again.
    Back {
        /// How many.
        back: usize,
        /// How many are not, because the corpus no longer has their statement or issue.
        left_out: usize,
    },
    /// The file has changed once more since they were listed. Nothing was written.
    Differs,
}

/// What was undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undone {
    /// The answer to this unit was taken back. It was this.
    Back {
        /// The statement and issue. `None` if the corpus no longer has it.
        unit: Option<Unit>,
        /// What it was, before it was undone.
        was: Option<CoderChoice>,
        /// How many units were answered at once.
        units: usize,
    },
    /// Another program has changed the answer since, so it stays.
    Differs(Option<Unit>),
    /// There is nothing to undo in this session.
    Nothing,
}

/// How far a coder is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CodingProgress {
    /// Statements with an answer on every issue. What is marked as unsure is no answer.
    pub done: usize,
    /// All statements of the queue.
    pub all: usize,
    /// Answers that are marked as unsure.
    pub unsure: usize,
}

/// One step that can be undone.
struct Step {
    /// The first statement and issue, by their ids: their places may change.
    statement: String,
    issue: String,
    choice: Option<CoderChoice>,
    units: usize,
    undo: Undo,
}

/// A unit, the row that was seen, and the answer with its note that is wanted. `None` takes the row out.
type Wish<'w> = (Unit, Option<SheetRow>, Option<(CoderChoice, &'w str)>);

/// A coder's session.
pub struct Coding {
    /// The coder's name.
    pub coder: String,
    /// What is coded, and in which order.
    pub settings: QueueSettings,
    sheet: CoderSheet,
    /// The queue, and what is missing in it.
    backlog: Backlog,
    /// The reading of the file that was counted.
    counted: usize,
    steps: Vec<Step>,
    /// The statements and issues that were answered in this session, by their ids, also if the answer stayed the same.
    answered: BTreeSet<(String, String)>,
    /// What was written in this session.
    confirmed: Confirmed,
    /// Notes that were typed and not sent, by the ids of their statements and issues.
    drafts: BTreeMap<(String, String), String>,
    /// What the corpus does not allow in the file, although it can be read.
    problems: Vec<Problem>,
}

/// Checks the name of a coder, which becomes the name of a file.
///
/// # Errors
/// [`Error::Request`] if it cannot be one, or if the codebook lists its coders and this is not one of them.
pub fn check_name(name: &str, codebook: &Codebook) -> Result<()> {
    const LONGEST: usize = 60;
    let refused = |what: String, hint: &str| Err(Error::request(what, hint));
    if name.eq_ignore_ascii_case(ADJUDICATED) || name.eq_ignore_ascii_case(RULES) {
        return refused(format!("`{name}` is not the name of a coder"), "use your own name, such as `anna`");
    }
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ');
    let edges = |c: char| c.is_alphanumeric() || c == '_';
    let framed = name.starts_with(edges) && name.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'));
    if name.chars().count() > LONGEST || !name.chars().all(plain) || !framed {
        let hint = "use letters, digits, spaces and -, such as `anna` or `coder-1`; the name becomes that of a file";
        return refused(format!("`{name}` cannot be the name of a coder"), hint);
    }
    match &codebook.coders {
        Some(coders) if !coders.contains_key(name) => {
            let known: Vec<&str> = coders.keys().map(String::as_str).collect();
            let hint =
                format!("choose one of those ({}), or add the name to [coders] in codebook.toml", known.join(", "));
            Err(Error::request(format!("the codebook has no coder `{name}`"), hint))
        }
        _ => Ok(()),
    }
}

impl Coding {
    /// Opens the file of a coder, which may not exist yet.
    ///
    /// # Errors
    /// As [`check_name`] and [`CoderSheet::open`].
    pub fn open(corpus: &Corpus, coder: &str) -> Result<Coding> {
        check_name(coder, &corpus.codebook)?;
        Coding::of_file(corpus, coder)
    }

    /// Opens the file of settled differences.
    ///
    /// # Errors
    /// As [`CoderSheet::open`].
    pub fn adjudication(corpus: &Corpus) -> Result<Coding> {
        Coding::of_file(corpus, ADJUDICATED)
    }

    fn of_file(corpus: &Corpus, name: &str) -> Result<Coding> {
        let path = corpus.path.join(LABELS).join(format!("{name}.csv"));
        let mut coding = Coding {
            coder: name.to_owned(),
            settings: QueueSettings::default(),
            sheet: CoderSheet::open(&path)?,
            backlog: Backlog::default(),
            counted: 0,
            steps: Vec::new(),
            answered: BTreeSet::new(),
            confirmed: Confirmed::default(),
            drafts: BTreeMap::new(),
            problems: Vec::new(),
        };
        coding.requeue(corpus);
        coding.check(corpus);
        Ok(coding)
    }

    /// Finds what the corpus does not allow in the file, such as an id that it does not have.
    fn check(&mut self, corpus: &Corpus) {
        self.problems.clear();
        if !self.sheet.text().is_empty() {
            let (path, text) = (self.sheet.path(), self.sheet.text());
            let (codebook, statements) = (Some(&corpus.codebook), Some(&corpus.statements));
            CoderLabels::parse(path, text, &self.coder, codebook, statements, &mut self.problems);
        }
    }

    /// What the corpus does not allow in the file, as it was when another program last saved it.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// How many answers have gone with the file, if it has disappeared.
    pub fn gone(&self) -> Option<usize> {
        self.sheet.gone()
    }

    /// Writes a file that has disappeared again, with the answers that it had.
    ///
    /// # Errors
    /// As [`CoderSheet::write_again`].
    pub fn write_again(&mut self) -> Result<()> {
        self.sheet.write_again()
    }

    /// Begins a new file in place of one that has disappeared.
    pub fn forget(&mut self) {
        self.sheet.forget();
        self.confirmed.clear();
    }

    /// The answers of this session that another program has taken out of the file or changed since.
    pub fn astray(&self, codebook: &Codebook) -> Vec<AstrayRow> {
        let same = |issue: &str, one: &SheetRow, other: &SheetRow| {
            // Another program may write `+1` for `1`, or the words of the level.
            let choice =
                |row: &SheetRow| codebook.find(issue).and_then(|at| CoderChoice::of(&row.position, codebook, at));
            let position = one.position == other.position || choice(one).is_some_and(|one| Some(one) == choice(other));
            position && one_line(&one.rationale) == one_line(&other.rationale)
        };
        self.confirmed.astray(|statement, issue| self.sheet.row(statement, issue), same)
    }

    /// Those of one kind.
    fn astray_so(&self, codebook: &Codebook, how: Astray) -> Vec<AstrayRow> {
        let mut all = self.astray(codebook);
        all.retain(|row| row.how == how);
        all
    }

    /// A mark of a list of such answers that a form carries, so that what is put back is what was shown.
    pub fn mark_of(rows: &[AstrayRow]) -> String {
        let cells = |row: &Option<SheetRow>| match row {
            Some(row) => [row.position.clone(), row.rationale.clone()],
            None => [String::from("none"), String::new()],
        };
        let texts = rows.iter().flat_map(|row| {
            let ([given, note], [there, other]) = (cells(&row.given), cells(&row.there));
            [row.statement.clone(), row.issue.clone(), given, note, there, other]
        });
        let texts: Vec<String> = texts.collect();
        words::fingerprint(texts.iter().map(String::as_str))
    }

    /// Writes answers that went astray again, as they were confirmed, and leaves every other row of the file as it is. Those
    /// whose statement or issue the corpus no longer has are left out.
    /// `mark` is that of the list that was shown.
    ///
    /// # Errors
    /// As [`CoderSheet::put`].
    pub fn put_back(&mut self, corpus: &Corpus, how: Astray, mark: &str) -> Result<PutBack> {
        self.refresh(corpus)?;
        let rows = self.astray_so(&corpus.codebook, how);
        if Coding::mark_of(&rows) != mark {
            return Ok(PutBack::Differs);
        }
        // A file with an id that the corpus does not have has a fault.
        let known = |row: &&AstrayRow| unit_of(corpus, &row.statement, &row.issue).is_some();
        let edit = |row: &AstrayRow| Edit {
            statement: row.statement.clone(),
            issue: row.issue.clone(),
            seen: row.there.clone(),
            wanted: row.given.clone(),
        };
        let edits: Vec<Edit> = rows.iter().filter(known).map(edit).collect();
        let (back, left_out) = (edits.len(), rows.len() - edits.len());
        if edits.is_empty() {
            return Ok(PutBack::Back { back, left_out });
        }
        let put = self.sheet.put(&edits)?;
        self.count(corpus, self.backlog.queue().to_vec());
        // It is no step of its own: with these rows, the file is as the steps before left it, and they can be undone.
        Ok(if matches!(put, Put::Saved(_)) { PutBack::Back { back, left_out } } else { PutBack::Differs })
    }

    /// Takes what the file has now in place of answers that went astray. Returns whether the list was that of `mark`.
    pub fn leave(&mut self, codebook: &Codebook, how: Astray, mark: &str) -> bool {
        let rows = self.astray_so(codebook, how);
        let same = Coding::mark_of(&rows) == mark;
        rows.iter().filter(|_| same).for_each(|row| self.confirmed.forget(&row.statement, &row.issue));
        same
    }

    /// The note on a unit that was typed and not sent.
    pub fn draft(&self, corpus: &Corpus, unit: Unit) -> Option<&str> {
        self.drafts.get(&ids(corpus, unit)).map(String::as_str)
    }

    /// Keeps what was typed as a note while something else is shown, until an answer to the unit is saved. Returns whether
    /// there is anything to keep.
    pub fn keep_note(&mut self, corpus: &Corpus, unit: Unit, typed: &str) -> bool {
        let (typed, saved) = (one_line(typed), self.row(corpus, unit).map_or(String::new(), |row| row.rationale));
        let new = !typed.is_empty() && typed != one_line(&saved);
        if new {
            self.drafts.insert(ids(corpus, unit), typed);
        } else {
            self.drafts.remove(&ids(corpus, unit));
        }
        new
    }

    /// The units with a note that was not sent.
    pub fn drafts(&self, corpus: &Corpus) -> Vec<Unit> {
        self.drafts.keys().filter_map(|(statement, issue)| unit_of(corpus, statement, issue)).collect()
    }

    /// The coder's file.
    pub fn path(&self) -> &Path {
        self.sheet.path()
    }

    /// Sets what is coded and in which order.
    pub fn set(&mut self, corpus: &Corpus, settings: QueueSettings) {
        self.settings = settings;
        self.requeue(corpus);
    }

    /// Makes the queue again, because the statements have changed.
    pub fn requeue(&mut self, corpus: &Corpus) {
        let queue = self.settings.queue(&corpus.statements.rows, &self.coder);
        self.count(corpus, queue);
    }

    /// Counts what is missing in a queue.
    fn count(&mut self, corpus: &Corpus, queue: Vec<usize>) {
        let issues: Vec<IssueIndex> = self.issues(&corpus.codebook).collect();
        let answered = |unit| self.answered_in_file(corpus, unit);
        self.backlog = Backlog::of(queue, corpus.statements.rows.len(), &issues, answered);
        self.counted = self.sheet.readings();
    }

    /// Counts what is missing of a statement, or of all if the file was read again.
    fn recount(&mut self, corpus: &Corpus, place: usize) {
        if self.counted != self.sheet.readings() {
            return self.count(corpus, self.backlog.queue().to_vec());
        }
        let mut backlog = std::mem::take(&mut self.backlog);
        let issues: Vec<IssueIndex> = self.issues(&corpus.codebook).collect();
        backlog.recount(place, &issues, |unit| self.answered_in_file(corpus, unit));
        self.backlog = backlog;
    }

    fn answered_in_file(&self, corpus: &Corpus, unit: Unit) -> AnswerState {
        let (statement, issue) = (&corpus.statements.rows[unit.0].id, &corpus.codebook.issue(unit.1).id);
        match self.sheet.position(statement, issue) {
            None => AnswerState::Open,
            Some(cell) if cell.trim() == UNDECIDED => AnswerState::Unsure,
            Some(_) => AnswerState::Yes,
        }
    }

    /// Reads the file again if another program has saved it.
    ///
    /// # Errors
    /// As [`CoderSheet::refresh`].
    pub fn refresh(&mut self, corpus: &Corpus) -> Result<()> {
        if self.sheet.refresh()? {
            self.check(corpus);
        }
        if self.counted != self.sheet.readings() {
            self.count(corpus, self.backlog.queue().to_vec());
        }
        Ok(())
    }

    /// What there is to report about what was saved. It is returned once.
    pub fn take_warnings(&mut self) -> Vec<Warning> {
        self.sheet.take_warnings()
    }

    /// The issues that are coded.
    pub fn issues<'c>(&'c self, codebook: &'c Codebook) -> impl Iterator<Item = IssueIndex> + 'c {
        codebook.indices().filter(|issue| self.settings.issue.is_none_or(|only| only == *issue))
    }

    /// The row of the coder's file about a unit.
    pub fn row(&self, corpus: &Corpus, unit: Unit) -> Option<SheetRow> {
        self.sheet.row(&corpus.statements.rows[unit.0].id, &corpus.codebook.issue(unit.1).id)
    }

    /// The coder's answer on a unit. `None` if there is none, or if the cell cannot be read.
    pub fn choice(&self, corpus: &Corpus, unit: Unit) -> Option<CoderChoice> {
        CoderChoice::of(&self.row(corpus, unit)?.position, &corpus.codebook, unit.1)
    }

    fn is_open(&self, corpus: &Corpus, unit: Unit) -> bool {
        !self.sheet.has(&corpus.statements.rows[unit.0].id, &corpus.codebook.issue(unit.1).id)
    }

    /// The first unit without a row after a unit, in the order of the queue, and from its beginning if there is none
    /// after it. `None` if every unit has one. What is marked as unsure does not come again by itself.
    pub fn next_open(&self, corpus: &Corpus, after: Option<Unit>) -> Option<Unit> {
        let at = after.and_then(|unit| self.backlog.number(unit.0));
        let open = |place: usize| self.issues(&corpus.codebook).map(move |issue| (place, issue));
        let rest_of_statement = after
            .filter(|_| at.is_some())
            .into_iter()
            .flat_map(|unit| open(unit.0).filter(move |(_, issue)| issue.0 > unit.1.0));
        let onward = self.backlog.open_from(at.map_or(0, |at| at + 1)).flat_map(open);
        rest_of_statement.chain(onward).find(|unit| self.is_open(corpus, *unit))
    }

    /// The first open unit of another statement: the rest of this one is skipped.
    pub fn next_statement(&self, corpus: &Corpus, place: usize) -> Option<Unit> {
        self.next_open(corpus, self.issues(&corpus.codebook).last().map(|issue| (place, issue)))
    }

    /// The unit some steps away in the queue, with answers or without: of the same issue, on another statement.
    pub fn neighbour(&self, unit: Unit, steps: isize) -> Option<Unit> {
        let at = self.backlog.number(unit.0)?.checked_add_signed(steps)?;
        Some((*self.backlog.queue().get(at)?, unit.1))
    }

    /// Where to go back to from the end of the queue: to what was answered last, or else to its last statement.
    pub fn last(&self, corpus: &Corpus) -> Option<Unit> {
        let issue = self.issues(&corpus.codebook).last();
        self.answered_last(corpus).or_else(|| Some((*self.backlog.queue().last()?, issue?)))
    }

    /// What was answered last in this session.
    pub fn answered_last(&self, corpus: &Corpus) -> Option<Unit> {
        self.steps.last().and_then(|step| unit_of(corpus, &step.statement, &step.issue))
    }

    /// The number of a statement in the queue, from 1.
    pub fn number(&self, place: usize) -> Option<usize> {
        self.backlog.number(place).map(|at| at + 1)
    }

    /// The next issue of a unit's statement; after the last, the first.
    pub fn next_issue(&self, codebook: &Codebook, unit: Unit) -> Unit {
        let next = self.issues(codebook).find(|issue| issue.0 > unit.1.0);
        (unit.0, next.or_else(|| self.issues(codebook).next()).unwrap_or(unit.1))
    }

    /// Answers a unit. `seen` is the row that the coder was shown.
    ///
    /// # Errors
    /// As [`CoderSheet::put`].
    pub fn answer(
        &mut self,
        corpus: &Corpus,
        unit: Unit,
        seen: Option<SheetRow>,
        choice: CoderChoice,
        rationale: &str,
    ) -> Result<Outcome> {
        self.put(corpus, &[(unit, seen, Some((choice, rationale)))])
    }

    /// Takes a row out, so that the unit is open again.
    ///
    /// # Errors
    /// As [`CoderSheet::put`].
    pub fn reopen(&mut self, corpus: &Corpus, unit: Unit, seen: Option<SheetRow>) -> Result<Outcome> {
        self.put(corpus, &[(unit, seen, None)])
    }

    /// Answers "takes none" on every issue of a statement that has no answer yet. The note is that of the issue that was
    /// shown. Returns the issues that were answered: none if all had an answer.
    ///
    /// # Errors
    /// As [`CoderSheet::put`].
    pub fn no_more(&mut self, corpus: &Corpus, shown: Unit, note: &str) -> Result<(Outcome, Vec<Unit>)> {
        let open = self.issues(&corpus.codebook).map(|issue| (shown.0, issue));
        let open: Vec<Unit> = open.filter(|unit| self.is_open(corpus, *unit)).collect();
        let edit = |unit: &Unit| {
            let note = if *unit == shown { note } else { self.draft(corpus, *unit).unwrap_or_default() };
            (*unit, note.to_owned())
        };
        let noted: Vec<(Unit, String)> = open.iter().map(edit).collect();
        let edits: Vec<_> =
            noted.iter().map(|(unit, note)| (*unit, None, Some((CoderChoice::NoPosition, note.as_str())))).collect();
        Ok((self.put(corpus, &edits)?, open))
    }

    fn put(&mut self, corpus: &Corpus, edits: &[Wish<'_>]) -> Result<Outcome> {
        let Some((first, _, wanted)) = edits.first() else { return Ok(Outcome::Saved) };
        let (statements, codebook) = (&corpus.statements.rows, &corpus.codebook);
        let edit = |(unit, seen, wanted): &Wish<'_>| {
            let row = |(choice, rationale): (CoderChoice, &str)| {
                // The same answer stays as it is written: `+1` and the words of a level are `1`, too.
                let same = seen.as_ref().filter(|row| CoderChoice::of(&row.position, codebook, unit.1) == Some(choice));
                let position = same.map_or_else(|| choice.cell(), |row| row.position.clone());
                SheetRow { position, rationale: one_line(rationale) }
            };
            Edit {
                statement: statements[unit.0].id.clone(),
                issue: codebook.issue(unit.1).id.clone(),
                seen: seen.clone(),
                wanted: wanted.map(row),
            }
        };
        let all: Vec<Edit> = edits.iter().map(edit).collect();
        if all.iter().all(|edit| edit.seen == edit.wanted && edit.seen.is_some()) {
            // A file that is gone, that cannot be read, or that was saved since, may not have this answer.
            self.refresh(corpus)?;
            let there = |edit: &Edit| self.sheet.row(&edit.statement, &edit.issue) == edit.wanted;
            if let Some(other) = all.iter().position(|edit| !there(edit)) {
                return Ok(Outcome::Differs(edits[other].0));
            }
            self.remember(all);
            return Ok(Outcome::Saved);
        }
        let put = self.sheet.put(&all)?;
        // Nobody answers two statements at once.
        self.recount(corpus, first.0);
        match put {
            Put::Saved(undo) => {
                self.remember(all);
                let (statement, issue) = (statements[first.0].id.clone(), codebook.issue(first.1).id.clone());
                let (choice, units) = (wanted.map(|(choice, _)| choice), edits.len());
                self.steps.push(Step { statement, issue, choice, units, undo });
                Ok(Outcome::Saved)
            }
            Put::Differs { statement, issue, .. } => {
                Ok(Outcome::Differs(unit_of(corpus, &statement, &issue).unwrap_or(*first)))
            }
        }
    }

    /// Remembers what was saved and is confirmed now. A note that was kept for it is saved with it.
    fn remember(&mut self, edits: Vec<Edit>) {
        for Edit { statement, issue, seen, wanted } in edits {
            self.confirmed.wrote(&statement, &issue, seen, wanted.clone());
            if wanted.is_some() {
                self.drafts.remove(&(statement.clone(), issue.clone()));
            }
            self.answered.insert((statement, issue));
        }
    }

    /// Undoes the last step of this session.
    ///
    /// # Errors
    /// As [`CoderSheet::undo`].
    pub fn undo(&mut self, corpus: &Corpus) -> Result<Undone> {
        let Some(step) = self.steps.last() else { return Ok(Undone::Nothing) };
        let put = self.sheet.undo(&step.undo)?;
        let (unit, was, units) = (unit_of(corpus, &step.statement, &step.issue), step.choice, step.units);
        if matches!(put, Put::Saved(_)) {
            for (statement, issue, before, now) in step.undo.rows() {
                self.confirmed.wrote(statement, issue, now.cloned(), before.cloned());
            }
        }
        self.steps.pop();
        if let Some(unit) = unit {
            self.recount(corpus, unit.0);
        }
        Ok(match put {
            Put::Saved(_) => Undone::Back { unit, was, units },
            Put::Differs { statement, issue, .. } => Undone::Differs(unit_of(corpus, &statement, &issue)),
        })
    }

    /// How many steps can be undone.
    pub fn undoable(&self) -> usize {
        self.steps.len()
    }

    /// How far the coder is.
    pub fn progress(&self) -> CodingProgress {
        let (all, unsure) = (self.backlog.queue().len(), self.backlog.unsure().len());
        CodingProgress { done: self.backlog.done(), all, unsure }
    }

    /// The issues that are left out of this queue, each with the number of its statements that have no answer on it.
    pub fn left_on_others(&self, corpus: &Corpus) -> Vec<(IssueIndex, usize)> {
        let coded: Vec<IssueIndex> = self.issues(&corpus.codebook).collect();
        let others = corpus.codebook.indices().filter(|issue| !coded.contains(issue));
        let unanswered = |unit| self.answered_in_file(corpus, unit) != AnswerState::Yes;
        let left = |issue| self.backlog.queue().iter().filter(|place| unanswered((**place, issue))).count();
        others.map(|issue| (issue, left(issue))).filter(|(_, left)| *left > 0).collect()
    }

    /// Whether a unit was answered in this session, with the same answer as before or another.
    pub fn was_answered(&self, corpus: &Corpus, unit: Unit) -> bool {
        let (statement, issue) = (&corpus.statements.rows[unit.0].id, &corpus.codebook.issue(unit.1).id);
        self.answered.contains(&(statement.clone(), issue.clone()))
    }

    /// Asks for a unit once more, because it was sent back: an answer from before that is none to the question.
    pub fn ask_again(&mut self, corpus: &Corpus, unit: Unit) {
        let (statement, issue) = (&corpus.statements.rows[unit.0].id, &corpus.codebook.issue(unit.1).id);
        self.answered.remove(&(statement.clone(), issue.clone()));
    }

    /// The units that are marked as unsure, in the order of the queue.
    pub fn unsure(&self) -> impl Iterator<Item = Unit> {
        self.backlog.unsure()
    }
}

/// Whether a note is left over from another answer: it was beside that answer, and nobody has typed it anew.
pub fn is_outlived(seen: Option<&SheetRow>, before: Option<CoderChoice>, choice: CoderChoice, note: &str) -> bool {
    let note = one_line(note);
    before.is_some_and(|before| before != choice) && !note.is_empty() && seen.is_some_and(|row| row.rationale == note)
}

/// The unit of a statement's and an issue's id.
pub fn unit_of(corpus: &Corpus, statement: &str, issue: &str) -> Option<Unit> {
    Some((corpus.statements.find(statement)?, corpus.codebook.find(issue)?))
}

/// The ids of a unit, which stay the same if places change.
fn ids(corpus: &Corpus, unit: Unit) -> (String, String) {
    (corpus.statements.rows[unit.0].id.clone(), corpus.codebook.issue(unit.1).id.clone())
}

/// A note on one line, as a cell of a table should be.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::*;
    use crate::desk::sample;

    const STATEMENTS: &str = "id,date,speaker,text,verified\n\
        a,2025-01-01,Al,First,yes\nb,2025-01-02,Al,Second,yes\nc,2025-01-03,Bo,Third,yes\nd,2025-01-04,Bo,Fourth,no\n";

    fn corpus() -> (tempfile::TempDir, Corpus, PathBuf) {
        let (folder, corpus) = sample::corpus(&[("statements.csv", STATEMENTS)]);
        let file = folder.path().join("labels/anna.csv");
        (folder, corpus, file)
    }

    fn by_date(corpus: &Corpus) -> Coding {
        let mut coding = Coding::open(corpus, "anna").unwrap();
        coding.set(corpus, QueueSettings { order: crate::desk::queue::QueueOrder::Date, ..QueueSettings::default() });
        coding
    }

    const TRAM: IssueIndex = IssueIndex(0);
    const FARES: IssueIndex = IssueIndex(1);
    const UP: CoderChoice = CoderChoice::Level(Position(1));

    #[test]
    fn every_unit_comes_once_and_skipped_ones_come_back() {
        let (_folder, corpus, file) = corpus();
        let mut coding = by_date(&corpus);
        assert_eq!(coding.next_open(&corpus, None), Some((0, TRAM)));
        coding.answer(&corpus, (0, TRAM), None, UP, "").unwrap();
        assert_eq!(coding.next_open(&corpus, Some((0, TRAM))), Some((0, FARES)));
        let second = coding.next_statement(&corpus, 0).unwrap();
        assert_eq!(second, (1, TRAM));
        coding.no_more(&corpus, (1, TRAM), "").unwrap();
        coding.no_more(&corpus, (2, TRAM), "").unwrap();
        assert_eq!(coding.next_open(&corpus, Some((2, FARES))), Some((0, FARES)), "what was skipped comes again");
        coding.answer(&corpus, (0, FARES), None, CoderChoice::Unsure, "  two\nlines ").unwrap();
        assert_eq!(coding.next_open(&corpus, Some((0, FARES))), None, "d is not verified");
        assert_eq!(coding.progress(), CodingProgress { done: 2, all: 3, unsure: 1 }, "unsure is no answer");
        let text = "statement_id,issue,position,rationale\r\na,tram,1,\r\nb,tram,,\r\nb,fares,,\r\nc,tram,,\r\n\
                    c,fares,,\r\na,fares,?,two lines\r\n";
        assert_eq!(fs::read_to_string(file).unwrap(), text);
        // The corpus reads what was written.
        let read = Corpus::load(&corpus.path).unwrap();
        assert_eq!((read.coders[0].labels.len(), read.coders[0].undecided.len()), (5, 1));
    }

    #[test]
    fn undo_goes_back_to_the_beginning_and_says_what() {
        let (_folder, corpus, file) = corpus();
        let before = "statement_id,issue,position\na,tram,More\n";
        fs::write(&file, before).unwrap();
        let mut coding = by_date(&corpus);
        let seen = coding.row(&corpus, (0, TRAM));
        coding.answer(&corpus, (0, TRAM), seen.clone(), UP, "").unwrap();
        assert_eq!((coding.undoable(), fs::read_to_string(&file).unwrap()), (0, before.to_owned()), "the same answer");
        coding.answer(&corpus, (0, TRAM), seen, CoderChoice::NoPosition, "").unwrap();
        coding.no_more(&corpus, (1, TRAM), "").unwrap();
        assert_eq!(
            coding.undo(&corpus).unwrap(),
            Undone::Back { unit: Some((1, TRAM)), was: Some(CoderChoice::NoPosition), units: 2 }
        );
        assert_eq!(
            coding.undo(&corpus).unwrap(),
            Undone::Back { unit: Some((0, TRAM)), was: Some(CoderChoice::NoPosition), units: 1 }
        );
        assert_eq!(coding.undo(&corpus).unwrap(), Undone::Nothing);
        assert_eq!(fs::read_to_string(&file).unwrap(), before);
    }

    #[test]
    fn a_note_of_another_answer_is_known() {
        let row = SheetRow { position: "?".to_owned(), rationale: "who speaks?".to_owned() };
        let unsure = Some(CoderChoice::Unsure);
        assert!(is_outlived(Some(&row), unsure, UP, " who  speaks? "));
        assert!(!is_outlived(Some(&row), unsure, UP, "she speaks"), "it was typed");
        assert!(!is_outlived(Some(&row), unsure, CoderChoice::Unsure, "who speaks?"), "the same answer");
        assert!(!is_outlived(Some(&row), unsure, UP, "") && !is_outlived(None, None, UP, "who speaks?"));
    }

    #[test]
    fn what_is_left_on_other_issues_is_counted() {
        let (_folder, corpus, _) = corpus();
        let mut coding = by_date(&corpus);
        assert_eq!(coding.left_on_others(&corpus), []);
        coding.set(&corpus, QueueSettings { issue: Some(TRAM), ..coding.settings.clone() });
        assert_eq!(coding.left_on_others(&corpus), [(FARES, 3)]);
        coding.answer(&corpus, (0, FARES), None, UP, "").unwrap();
        coding.answer(&corpus, (1, FARES), None, CoderChoice::Unsure, "").unwrap();
        assert_eq!(coding.left_on_others(&corpus), [(FARES, 2)], "unsure is no answer");
    }

    #[test]
    fn a_faulty_file_is_reported_at_once_and_used_once_it_is_repaired() {
        let (_folder, corpus, file) = corpus();
        let mut coding = by_date(&corpus);
        coding.answer(&corpus, (0, TRAM), None, UP, "").unwrap();
        let good = fs::read_to_string(&file).unwrap();
        fs::write(&file, format!("{good}b,tram,\"1,\r\n")).unwrap();
        coding.refresh(&corpus).unwrap_err();
        coding.answer(&corpus, (1, TRAM), None, UP, "").unwrap_err();
        assert_eq!(fs::read_to_string(&file).unwrap(), format!("{good}b,tram,\"1,\r\n"));
        // What can be read and is not allowed is reported, and does not stop the coder.
        fs::write(&file, format!("{good}zz,tram,1,\r\n")).unwrap();
        coding.refresh(&corpus).unwrap();
        assert_eq!(coding.problems().len(), 1);
        fs::write(&file, &good).unwrap();
        coding.refresh(&corpus).unwrap();
        assert!(coding.problems().is_empty());
        coding.answer(&corpus, (1, TRAM), None, UP, "").unwrap();
    }

    #[test]
    fn a_second_session_and_an_editor_are_reported() {
        let (_folder, corpus, file) = corpus();
        let (mut one, mut other) = (by_date(&corpus), by_date(&corpus));
        assert_eq!(one.answer(&corpus, (0, TRAM), None, UP, "").unwrap(), Outcome::Saved);
        let down = CoderChoice::Level(Position(-1));
        assert_eq!(other.answer(&corpus, (0, TRAM), None, down, "").unwrap(), Outcome::Differs((0, TRAM)));
        assert_eq!(other.choice(&corpus, (0, TRAM)), Some(UP), "it is shown now");
        assert_eq!(other.answer(&corpus, (1, TRAM), None, down, "").unwrap(), Outcome::Saved);
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, text.replace("a,tram,1", "a,tram,-1")).unwrap();
        assert_eq!(one.undo(&corpus).unwrap(), Undone::Differs(Some((0, TRAM))));
        assert!(fs::read_to_string(&file).unwrap().contains("a,tram,-1"));
    }

    /// An editor that had the file open from before saves its copy, with a row of its own.
    #[test]
    fn answers_that_an_old_copy_drops_are_missed_and_put_back() {
        let (_folder, corpus, file) = corpus();
        let mut coding = by_date(&corpus);
        let down = CoderChoice::Level(Position(-1));
        coding.answer(&corpus, (0, TRAM), None, UP, "").unwrap();
        let old = fs::read_to_string(&file).unwrap();
        let seen = coding.row(&corpus, (0, TRAM));
        coding.answer(&corpus, (0, TRAM), seen, down, "he says \"no\"").unwrap();
        coding.answer(&corpus, (1, TRAM), None, UP, "").unwrap();
        coding.answer(&corpus, (1, FARES), None, UP, "").unwrap();
        coding.undo(&corpus).unwrap();
        assert_eq!(coding.astray(&corpus.codebook), []);
        let own = "c,fares,1,by the editor\r\n";
        fs::write(&file, format!("{old}{own}b,fares,1,\r\n")).unwrap();
        coding.refresh(&corpus).unwrap();
        let found = |coding: &Coding| -> Vec<(String, String, Astray)> {
            let rows = coding.astray(&corpus.codebook).into_iter();
            rows.map(|row| (row.statement, row.issue, row.how)).collect()
        };
        let lost = |statement: &str, issue: &str| (statement.to_owned(), issue.to_owned(), Astray::Lost);
        // Its older answer, a row that is gone, and an answer that was taken back.
        assert_eq!(found(&coding), [lost("a", "tram"), lost("b", "fares"), lost("b", "tram")]);
        // An answer that is given meanwhile is saved beside what the editor has.
        coding.answer(&corpus, (2, TRAM), None, UP, "").unwrap();
        assert_eq!(found(&coding).len(), 3);
        let mark = Coding::mark_of(&coding.astray(&corpus.codebook));
        assert_eq!(coding.put_back(&corpus, Astray::Lost, "another list").unwrap(), PutBack::Differs);
        assert_eq!(coding.put_back(&corpus, Astray::Lost, &mark).unwrap(), PutBack::Back { back: 3, left_out: 0 });
        let head = "statement_id,issue,position,rationale\r\n";
        let expected = format!("{head}a,tram,-1,\"he says \"\"no\"\"\"\r\n{own}c,tram,1,\r\nb,tram,1,\r\n");
        assert_eq!((fs::read_to_string(&file).unwrap(), found(&coding)), (expected, vec![]));
        assert_eq!((coding.progress().done, coding.next_open(&corpus, None)), (1, Some((0, FARES))), "counted again");
        // What was done before can still be undone, to the beginning.
        assert!(matches!(coding.undo(&corpus).unwrap(), Undone::Back { unit: Some((2, TRAM)), .. }));
        assert!(matches!(coding.undo(&corpus).unwrap(), Undone::Back { unit: Some((1, TRAM)), .. }));
        // Whoever says that the file is right is not asked again.
        fs::write(&file, &old).unwrap();
        coding.refresh(&corpus).unwrap();
        let mark = Coding::mark_of(&coding.astray(&corpus.codebook));
        assert_eq!(found(&coding), vec![lost("a", "tram")]);
        assert!(coding.leave(&corpus.codebook, Astray::Lost, &mark));
        assert_eq!((found(&coding), fs::read_to_string(&file).unwrap()), (vec![], old));
    }

    #[test]
    fn what_the_corpus_no_longer_has_is_not_put_back() {
        let (folder, corpus, file) = corpus();
        let mut coding = by_date(&corpus);
        coding.answer(&corpus, (0, TRAM), None, UP, "").unwrap();
        let head = "statement_id,issue,position,rationale\r\n";
        coding.answer(&corpus, (1, TRAM), None, UP, "").unwrap();
        fs::write(folder.path().join("statements.csv"), STATEMENTS.replace("b,2025-01-02,Al,Second,yes\n", ""))
            .unwrap();
        fs::write(&file, head).unwrap();
        let corpus = Corpus::load(folder.path()).unwrap();
        coding.requeue(&corpus);
        let put_back = |coding: &mut Coding| {
            coding.refresh(&corpus).unwrap();
            let mark = Coding::mark_of(&coding.astray(&corpus.codebook));
            coding.put_back(&corpus, Astray::Lost, &mark).unwrap()
        };
        assert_eq!(put_back(&mut coding), PutBack::Back { back: 1, left_out: 1 });
        assert_eq!(fs::read_to_string(&file).unwrap(), format!("{head}a,tram,1,\r\n"));
        assert!(coding.problems().is_empty());
        // Nothing is written if no more is left.
        assert_eq!(put_back(&mut coding), PutBack::Back { back: 0, left_out: 1 });
        assert_eq!(fs::read_to_string(&file).unwrap(), format!("{head}a,tram,1,\r\n"));
    }

    #[test]
    fn the_same_answer_is_confirmed_only_if_the_file_still_has_it() {
        let (_folder, corpus, file) = corpus();
        let mut coding = by_date(&corpus);
        coding.answer(&corpus, (0, TRAM), None, UP, "").unwrap();
        let seen = coding.row(&corpus, (0, TRAM));
        let text = fs::read_to_string(&file).unwrap().replace("a,tram,1", "a,tram,-1");
        fs::write(&file, &text).unwrap();
        let outcome = coding.answer(&corpus, (0, TRAM), seen, UP, "").unwrap();
        assert_eq!(outcome, Outcome::Differs((0, TRAM)));
        assert_eq!(coding.choice(&corpus, (0, TRAM)), Some(CoderChoice::Level(Position(-1))), "it is shown now");
        let seen = coding.row(&corpus, (0, TRAM));
        assert_eq!(coding.answer(&corpus, (0, TRAM), seen, UP, "").unwrap(), Outcome::Saved);
    }

    #[test]
    fn what_another_desk_changes_is_no_loss_and_is_told() {
        let (_folder, corpus, file) = corpus();
        let (mut one, mut other) = (by_date(&corpus), by_date(&corpus));
        one.answer(&corpus, (0, TRAM), None, UP, "").unwrap();
        one.answer(&corpus, (1, TRAM), None, UP, "").unwrap();
        other.refresh(&corpus).unwrap();
        let seen = other.row(&corpus, (0, TRAM));
        other.answer(&corpus, (0, TRAM), seen, CoderChoice::NoPosition, "").unwrap();
        other.answer(&corpus, (2, TRAM), None, UP, "").unwrap();
        one.refresh(&corpus).unwrap();
        let astray = one.astray(&corpus.codebook);
        assert_eq!((astray.len(), astray[0].how, astray[0].statement.as_str()), (1, Astray::Changed, "a"));
        assert_eq!(other.astray(&corpus.codebook), []);
        // Once it is undone there, nothing is astray here. The same answer in other words is none, either.
        other.undo(&corpus).unwrap();
        other.undo(&corpus).unwrap();
        fs::write(&file, fs::read_to_string(&file).unwrap().replace("b,tram,1", "b,tram,More")).unwrap();
        one.refresh(&corpus).unwrap();
        assert_eq!(one.astray(&corpus.codebook), []);
    }

    #[test]
    fn a_note_that_was_not_sent_is_kept_until_its_answer() {
        let (_folder, corpus, file) = corpus();
        let mut coding = by_date(&corpus);
        assert!(coding.keep_note(&corpus, (0, TRAM), " who\nspeaks? ") && !coding.keep_note(&corpus, (1, TRAM), " "));
        assert_eq!((coding.draft(&corpus, (0, TRAM)), coding.drafts(&corpus)), (Some("who speaks?"), vec![(0, TRAM)]));
        // Whoever empties it wants it no more.
        assert!(!coding.keep_note(&corpus, (0, TRAM), " ") && coding.drafts(&corpus).is_empty());
        coding.keep_note(&corpus, (0, TRAM), "who speaks?");
        coding.keep_note(&corpus, (0, FARES), "not a word");
        let (outcome, answered) = coding.no_more(&corpus, (0, TRAM), "who speaks?").unwrap();
        assert_eq!((outcome, answered), (Outcome::Saved, vec![(0, TRAM), (0, FARES)]));
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.ends_with("a,tram,,who speaks?\r\na,fares,,not a word\r\n"), "{text}");
        assert!(coding.drafts(&corpus).is_empty());
        assert!(!coding.keep_note(&corpus, (0, TRAM), "who speaks?"), "it is in the file");
        assert_eq!(coding.no_more(&corpus, (0, TRAM), "").unwrap().1, [], "nothing was left");
    }

    #[test]
    fn from_the_end_there_is_a_way_back() {
        let (_folder, corpus, _) = corpus();
        let mut coding = by_date(&corpus);
        assert_eq!(coding.last(&corpus), Some((2, FARES)));
        coding.answer(&corpus, (1, TRAM), None, UP, "").unwrap();
        assert_eq!(coding.last(&corpus), Some((1, TRAM)), "what was answered last");
    }

    #[test]
    fn a_name_becomes_the_name_of_one_file_in_labels() {
        let (_folder, corpus, _) = corpus();
        for name in ["anna", "coder-1", "Жанна", "a.b", "Anna Example", "x_"] {
            check_name(name, &corpus.codebook).unwrap();
        }
        for name in [
            "",
            "..",
            ".",
            "../x",
            "a/b",
            "a\\b",
            "adjudicated",
            "Rules",
            "~a",
            ".a",
            "a.",
            " a",
            "a\n",
            "a:b",
            &"a".repeat(61),
        ] {
            check_name(name, &corpus.codebook).unwrap_err();
        }
    }

    #[test]
    fn arrows_and_issues() {
        let (_folder, corpus, _) = corpus();
        let mut coding = by_date(&corpus);
        assert_eq!(coding.neighbour((0, FARES), 1), Some((1, FARES)));
        assert_eq!((coding.neighbour((0, TRAM), -1), coding.neighbour((2, TRAM), 1)), (None, None));
        assert_eq!(coding.next_issue(&corpus.codebook, (0, TRAM)), (0, FARES));
        assert_eq!(coding.next_issue(&corpus.codebook, (0, FARES)), (0, TRAM));
        assert_eq!(coding.number(2), Some(3));
        coding.set(&corpus, QueueSettings { issue: Some(FARES), ..coding.settings.clone() });
        assert_eq!(coding.next_open(&corpus, None), Some((0, FARES)));
        coding.answer(&corpus, (0, FARES), None, UP, "").unwrap();
        assert_eq!(coding.next_open(&corpus, Some((0, FARES))), Some((1, FARES)));
    }
}
