//! What is exported, as plain lists in a fixed order, whatever the format.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use crate::codebook::{Codebook, Issue, IssueIndex, Level, Position};
use crate::corpus::{Corpus, Selection};
use crate::exchange::Loss;
use crate::label::{self, ADJUDICATED, RULES};
use crate::rule::{RuleDecision, RuleDecisions, Rules};
use crate::statement::{Kind, Statement, Verified};

/// How files say that a statement was read and takes no position. `stance import` reads it so.
pub const NO_POSITION: &str = "no position";

/// A corpus, or the selected part of it, as exports need it.
#[derive(Debug)]
pub struct Material<'c> {
    /// The name of the corpus.
    pub name: String,
    /// Its codebook.
    pub codebook: &'c Codebook,
    /// Its rules.
    pub rules: &'c Rules,
    /// The selected issues, in the order of the codebook.
    pub issues: Vec<IssueIndex>,
    /// The selected statements, by date, then id.
    pub statements: Vec<&'c Statement>,
    /// The names of the columns that have no meaning here, in the order of [`Statement::carried`].
    pub carried: &'c [String],
    /// The coders, in the order of their files, and the adjudication last.
    pub coders: Vec<&'c str>,
    /// The labels by hand, by statement, issue and coder.
    pub marks: Vec<HandMark<'c>>,
    /// The labels by rules, by statement and issue.
    pub rule_marks: Vec<RuleMark<'c>>,
    /// How files name the rules, with their fingerprint: `rules@0a1b2c3d`.
    pub rules_name: String,
    /// What no format has a place for: `?`, and rules that differ.
    pub losses: Vec<Loss>,
}

/// A label by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandMark<'c> {
    /// The statement, by its place in [`Material::statements`].
    pub statement: usize,
    /// The issue.
    pub issue: IssueIndex,
    /// The coder, by the place in [`Material::coders`].
    pub coder: usize,
    /// The position; `None` if the statement takes none.
    pub position: Option<Position>,
    /// Why; may be empty.
    pub rationale: &'c str,
}

/// A label by rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleMark<'c> {
    /// The statement, by its place in [`Material::statements`].
    pub statement: usize,
    /// The issue.
    pub issue: IssueIndex,
    /// The position.
    pub position: Position,
    /// The rule that gives it.
    pub rule: &'c str,
    /// The words that made it fire, as bytes of the text.
    pub evidence: Range<usize>,
}

/// A label, by hand or by rules, for formats that treat both alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given<'m> {
    /// The statement, by its place in [`Material::statements`].
    pub statement: usize,
    /// The issue.
    pub issue: IssueIndex,
    /// The position; `None` if the statement takes none.
    pub position: Option<Position>,
    /// Who gave it, by the place in [`Material::sources`].
    pub by: usize,
    /// The reason that a coder wrote, or the rule.
    pub why: &'m str,
    /// The words that made a rule fire, as bytes of the text. `None` by hand.
    pub evidence: Option<Range<usize>>,
}

impl<'c> Material<'c> {
    /// Collects what is exported. `coders` are the coders to take; all if it is empty. The name [`RULES`] stands for the
    /// labels by rules.
    pub fn of(
        corpus: &'c Corpus,
        decisions: &'c RuleDecisions,
        selection: &Selection,
        coders: &[String],
    ) -> Material<'c> {
        let wanted = |name: &str| coders.is_empty() || coders.iter().any(|coder| coder == name);
        let issues: Vec<IssueIndex> = corpus.codebook.indices().filter(|issue| selection.takes_issue(*issue)).collect();
        let (adjudicated, people): (Vec<&str>, Vec<&str>) =
            corpus.coders.iter().map(|file| file.coder.as_str()).partition(|coder| *coder == ADJUDICATED);
        let coders: Vec<&str> = people.into_iter().chain(adjudicated).filter(|coder| wanted(coder)).collect();
        let place_of: HashMap<&str, usize> = coders.iter().copied().zip(0..).collect();
        let answers = label::answers(&corpus.coders);
        let (mut marks, mut rule_marks) = (Vec::new(), Vec::new());
        let (mut undecided, mut conflicts) = (0, 0);
        let places = corpus.places(selection);
        for (statement, place) in places.iter().enumerate() {
            for issue in &issues {
                for answer in answers.get(&(*place, *issue)).map_or(&[][..], Vec::as_slice) {
                    let Some(&coder) = place_of.get(answer.coder) else { continue };
                    match answer.given {
                        Some(position) => {
                            marks.push(HandMark {
                                statement,
                                issue: *issue,
                                coder,
                                position,
                                rationale: answer.rationale,
                            });
                        }
                        None => undecided += 1,
                    }
                }
                let by_rules = decisions[*place].iter().find(|(other, _)| other == issue).map(|(_, given)| given);
                match by_rules.filter(|_| wanted(RULES)) {
                    Some(RuleDecision::Position(position, firing)) => rule_marks.push(RuleMark {
                        statement,
                        issue: *issue,
                        position: *position,
                        rule: &corpus.rules.rules[firing.rule].id,
                        evidence: firing.evidence.clone(),
                    }),
                    Some(RuleDecision::Conflict(_)) => conflicts += 1,
                    None => {}
                }
            }
        }
        let mut losses = Vec::new();
        Loss::count(
            &mut losses,
            undecided,
            "label",
            &format!("written as {}: left out, as not read", label::UNDECIDED),
        );
        Loss::count(&mut losses, conflicts, "conflict", "of rules: left out, because they give no position");
        Material {
            name: corpus.name(),
            codebook: &corpus.codebook,
            rules: &corpus.rules,
            issues,
            statements: places.iter().map(|place| &corpus.statements.rows[*place]).collect(),
            carried: &corpus.statements.carried,
            coders,
            marks,
            rule_marks,
            rules_name: format!("{RULES}@{}", corpus.rules.fingerprint()),
            losses,
        }
    }

    /// Whoever gave labels: the coders, then the rules if they gave any.
    pub fn sources(&self) -> Vec<&str> {
        let rules = (!self.rule_marks.is_empty()).then_some(self.rules_name.as_str());
        self.coders.iter().copied().chain(rules).collect()
    }

    /// All labels, by statement: first by hand, by issue and coder, then by rules.
    pub fn given(&self) -> Vec<Given<'_>> {
        (0..self.statements.len()).flat_map(|statement| self.given_on(statement)).collect()
    }

    /// The labels on a statement: first by hand, by issue and coder, then by rules.
    pub fn given_on(&self, statement: usize) -> impl Iterator<Item = Given<'_>> {
        let by_hand = self.marks_on(statement).iter().map(|mark| {
            let HandMark { statement, issue, coder, position, rationale } = *mark;
            Given { statement, issue, position, by: coder, why: rationale, evidence: None }
        });
        let by_rules = self.rule_marks_on(statement).iter().map(move |mark| Given {
            statement,
            issue: mark.issue,
            position: Some(mark.position),
            by: self.coders.len(),
            why: mark.rule,
            evidence: Some(mark.evidence.clone()),
        });
        by_hand.chain(by_rules)
    }

    /// An issue of the codebook.
    pub fn issue(&self, issue: IssueIndex) -> &'c Issue {
        self.codebook.issue(issue)
    }

    /// A position as files of other tools have it: `-2 Against`, or only `-2` if the level has no other words.
    pub fn choice(&self, issue: IssueIndex, position: Option<Position>) -> String {
        match position {
            Some(position) => choice(self.issue(issue), position),
            None => NO_POSITION.to_owned(),
        }
    }

    /// The labels by hand on a statement.
    pub fn marks_on(&self, statement: usize) -> &[HandMark<'c>] {
        let start = self.marks.partition_point(|mark| mark.statement < statement);
        let end = self.marks.partition_point(|mark| mark.statement <= statement);
        &self.marks[start..end]
    }

    /// The labels by rules on a statement.
    pub fn rule_marks_on(&self, statement: usize) -> &[RuleMark<'c>] {
        let start = self.rule_marks.partition_point(|mark| mark.statement < statement);
        let end = self.rule_marks.partition_point(|mark| mark.statement <= statement);
        &self.rule_marks[start..end]
    }

    /// How many labels by hand have a reason.
    pub fn reasons(&self) -> usize {
        self.marks.iter().filter(|mark| !mark.rationale.is_empty()).count()
    }

    /// Names each issue whose id stands in its place, for a format that has no place for names.
    pub fn lose_names(&self, losses: &mut Vec<Loss>) {
        let plain = |text: &str| text.to_lowercase().replace([' ', '_'], "-");
        let renamed = self.issues.iter().map(|issue| self.issue(*issue));
        let renamed = renamed.filter(|issue| plain(&issue.name) != issue.id);
        let named: Vec<String> =
            renamed.map(|issue| format!("`{}` for \u{201c}{}\u{201d}", issue.id, issue.name)).collect();
        if !named.is_empty() {
            losses.push(Loss::new(format!("the names of issues: {}", named.join(", "))));
        }
    }

    /// Counts the levels that no label has, for a format that names a level only where it is given.
    pub fn lose_levels(&self, losses: &mut Vec<Loss>) {
        let given: BTreeSet<(IssueIndex, Position)> =
            self.given().iter().filter_map(|label| Some((label.issue, label.position?))).collect();
        let levels = self.issues.iter().map(|issue| self.issue(*issue).levels.len()).sum::<usize>();
        Loss::count(losses, levels.saturating_sub(given.len()), "level", "that no label has: left out");
    }

    /// How many statements have no exact day.
    pub fn without_day(&self) -> usize {
        self.statements.iter().filter(|statement| !statement.date.is_day()).count()
    }

    /// The columns beside id, date, speaker and text that hold something, in the order of a statements file, then the
    /// user's own. A column of the user that has one of the `taken` names gets `carried_` before it.
    pub fn details(&self, taken: &[&str]) -> Vec<Detail> {
        let filled = |source: &DetailSource| {
            self.statements.iter().any(|statement| {
                let cell = source.cell(statement);
                // What every statement is unless its file says otherwise.
                !cell.is_empty() && !matches!(&*cell, "day" | "direct" | "yes")
                    || matches!(source, DetailSource::Carried(_)) && !cell.is_empty()
            })
        };
        let known = KNOWN.iter().map(|name| Detail { name: (*name).to_owned(), source: DetailSource::Known(name) });
        let mut details: Vec<Detail> = known.filter(|detail| filled(&detail.source)).collect();
        let mut names: BTreeSet<String> =
            taken.iter().chain(&KNOWN).chain(&FIRST).map(|name| (*name).to_owned()).collect();
        for (place, name) in self.carried.iter().enumerate() {
            let mut name = if name.trim().is_empty() { format!("column_{}", place + 1) } else { name.clone() };
            while !names.insert(name.clone()) {
                name = format!("carried_{name}");
            }
            let detail = Detail { name, source: DetailSource::Carried(place) };
            if filled(&detail.source) {
                details.push(detail);
            }
        }
        details
    }
}

/// A level of an issue as files of other tools have it.
pub fn choice(issue: &Issue, position: Position) -> String {
    let words = issue.level(position).map_or("", |level: &Level| level.words.as_str());
    if words.is_empty() || Position::read(words) == Some(position) {
        position.to_string()
    } else if words.contains(char::is_alphabetic) {
        format!("{position} {words}")
    } else {
        // `-1 0%` would be 2 numbers.
        format!("{position} = {words}")
    }
}

/// The columns that every export has in its own way.
const FIRST: [&str; 5] = ["id", "statement_id", "date", "speaker", "text"];
/// The others of a statements file.
const KNOWN: [&str; 10] = [
    "date_precision",
    "role",
    "venue",
    "kind",
    "source_publisher",
    "source_title",
    "source_url",
    "source_date",
    "notes",
    "verified",
];

/// A column of the statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// Its name in the export.
    pub name: String,
    source: DetailSource,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DetailSource {
    Known(&'static str),
    /// By its place in [`Statement::carried`].
    Carried(usize),
}

impl Detail {
    /// The cell of a statement.
    pub fn cell<'s>(&self, statement: &'s Statement) -> Cow<'s, str> {
        self.source.cell(statement)
    }
}

impl DetailSource {
    fn cell<'s>(&self, statement: &'s Statement) -> Cow<'s, str> {
        Cow::Borrowed(match *self {
            DetailSource::Carried(place) => statement.carried.get(place).map_or("", String::as_str),
            DetailSource::Known("date_precision") => statement.date.precision.word(),
            DetailSource::Known("kind") => Kind::word(statement.kind),
            DetailSource::Known("verified") => Verified::word(statement.verified),
            DetailSource::Known(name) => {
                statement.texts().into_iter().find(|(other, _)| *other == name).map_or("", |(_, text)| text)
            }
        })
    }
}

/// How many UTF-16 units a text has, as Java and JavaScript count.
pub fn utf16(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// The characters from the start of a text to the start and to the end of a range of bytes, as Python counts.
pub fn characters(text: &str, span: &Range<usize>) -> (usize, usize) {
    let count = |end: usize| text.get(..end).map_or(0, |text| text.chars().count());
    (count(span.start), count(span.end))
}
