//! Rules: patterns that give a position on an issue, and how several of them are resolved.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::NaiveDate;

use crate::codebook::{Codebook, IssueIndex, Position};
use crate::file::document::Document;
use crate::rule::clause::ClauseWords;
use crate::rule::context::{Context, Effect};
use crate::rule::engine::{Engine, EngineBuilder, PatternId, Reading};
use crate::rule::gate::{Condition, Gate, conditions, gates};
use crate::rule::pattern::Pattern;
use crate::rule::topic::{AskedPatterns, Subject, Topic, TopicPatterns, TopicPlace, question_column};
use crate::statement::{Statement, TextColumn};
use crate::words;

pub mod text;
pub mod pattern;
pub mod clause;
mod trie;
pub mod engine;
pub mod topic;
pub mod context;
mod gate;
mod judge;
mod decide;
pub mod file;
pub mod test;
pub mod explain;
pub mod lint;

pub use decide::{RuleDecision, RuleDecisions};
pub use judge::{Firing, RuleOutcome, Scratch, Turn};

/// One entry of `rules.toml`.
#[derive(Debug)]
pub struct Rule {
    /// The rule's name: what it catches.
    pub id: String,
    /// Where the name is in the file, in bytes.
    pub id_span: Range<usize>,
    /// The issue it is about.
    pub issue: IssueIndex,
    /// The position it gives: a level of the issue's scale.
    pub position: Position,
    /// If there are any, at least one of these must be found.
    pub any: Vec<Written>,
    /// Every one of these must be found.
    pub all: Vec<Written>,
    /// None of these may be found.
    pub none: Vec<Written>,
    /// How close together all of it must be.
    pub scope: Scope,
    /// If there are any, at least one of these must be found in the question that was asked.
    pub asked: Vec<Written>,
    /// Where the topic of its issue must be named.
    pub topic: TopicPlace,
    /// Where the domain must be named, if that differs from what the file says.
    pub domain: Option<TopicPlace>,
    /// Where its evidence must begin.
    pub begins: Begins,
    /// How many words the text may have; `None` for any number.
    pub longest: Option<usize>,
    /// What contexts do to this rule, by context, if that differs from what they do to others.
    pub effects: BTreeMap<usize, Effect>,
    /// The speakers it is for; empty for everyone.
    pub speakers: Vec<String>,
    /// The first day it is for.
    pub since: Option<NaiveDate>,
    /// The last day it is for.
    pub until: Option<NaiveDate>,
    /// If several rules fire on a statement and issue, the ones with the highest priority decide.
    pub priority: i32,
    /// Why the rule gives this position.
    pub note: String,
    /// The tests written in the rule.
    pub tests: Vec<InlineTest>,
}

/// A pattern and its place in the file.
#[derive(Debug, Clone)]
pub struct Written {
    /// The pattern.
    pub pattern: Pattern,
    /// Its place, in bytes.
    pub span: Range<usize>,
}

/// How close together the patterns of a rule must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Scope {
    /// In one sentence.
    #[default]
    Sentence,
    /// In one clause.
    Clause,
    /// Anywhere in the statement.
    Statement,
}

/// The words for scopes in files.
pub const SCOPES: [(&str, Scope); 3] =
    [("clause", Scope::Clause), ("sentence", Scope::Sentence), ("statement", Scope::Statement)];

/// Where the evidence of a rule must begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Begins {
    /// With any word.
    #[default]
    Anywhere,
    /// With the first word of a sentence.
    Sentence,
    /// With the first word of the text.
    Statement,
}

/// The words for beginnings in files.
pub const BEGINS: [(&str, Begins); 3] =
    [("anywhere", Begins::Anywhere), ("sentence", Begins::Sentence), ("statement", Begins::Statement)];

/// A sentence in `rules.toml` that says what its rule should do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InlineTest {
    /// What is expected.
    pub kind: TestKind,
    /// The sentence.
    pub text: String,
    /// What stands beside it, such as the question that was asked; empty if there is nothing.
    pub beside: String,
    /// Where it is in the file, in bytes.
    pub span: Range<usize>,
}

/// What an inline test expects of its rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TestKind {
    /// The rule fires on the sentence.
    Match,
    /// The rule does not fire on the sentence.
    Reject,
    /// The rule should fire later. It is known that it does not yet.
    Todo,
}

/// The rules of a corpus, ready to label.
#[derive(Debug)]
pub struct Rules {
    /// The file they were read from.
    pub document: Document,
    /// The rules, in the order of the file.
    pub rules: Vec<Rule>,
    /// The contexts, in the order of the file.
    pub contexts: Vec<Context>,
    /// The topic of each issue of the codebook, if the file has it.
    pub topics: Vec<Option<Topic>>,
    /// The words that name the domain of the corpus, if the file has any.
    pub domain: Option<Topic>,
    /// What parts sentences into clauses.
    pub clauses: ClauseWords,
    /// The columns of the statements in which a topic or the domain may be named.
    pub columns: Vec<TextColumn>,
    topic_patterns: TopicPatterns,
    /// Whether there is a rule that needs no topic.
    has_rule_without_topic: bool,
    /// Whether the statements of the corpus were collected because they are about the domain.
    collected: bool,
    /// Whether there is a rule that needs no domain.
    has_rule_without_domain: bool,
    /// The id of each issue.
    issues: Vec<String>,
    /// The levels of each issue's scale, lowest first.
    scales: Vec<Vec<Position>>,
    engine: Engine,
    /// The patterns of each rule.
    parts: Vec<Parts>,
    /// For each pattern its rule; `None` for patterns of contexts.
    owners: Vec<Option<usize>>,
    /// What texts must have.
    gates: Vec<Gate>,
}

/// The patterns of one rule. The numbers in each list are consecutive.
#[derive(Debug, Clone, Default)]
struct Parts {
    any: Range<usize>,
    all: Range<usize>,
    none: Range<usize>,
}

/// Gathers rules and contexts, whose patterns share one engine.
#[derive(Debug, Default)]
pub struct RulesBuilder {
    engine: EngineBuilder,
    owners: Vec<Option<usize>>,
    rules: Vec<Rule>,
    contexts: Vec<Context>,
    about: About,
}

/// What statements are about, and how their sentences part.
#[derive(Debug, Default)]
pub struct About {
    /// The topic of each issue of the codebook.
    pub topics: Vec<Option<Topic>>,
    /// What the corpus is about.
    pub domain: Option<Topic>,
    /// What parts sentences into clauses.
    pub clauses: ClauseWords,
    /// The columns in which a topic or the domain may be named.
    pub columns: Vec<TextColumn>,
}

impl RulesBuilder {
    /// Adds a rule.
    pub fn add_rule(&mut self, rule: Rule) {
        self.rules.push(rule);
    }

    /// Adds the patterns of a rule.
    fn add_patterns(&mut self, index: usize) -> Parts {
        let Rule { any, all, none, .. } = &self.rules[index];
        let mut add = |patterns: &[Written], searched| {
            let start = self.owners.len();
            for written in patterns {
                self.engine.add(&written.pattern, searched);
                self.owners.push(Some(index));
            }
            start..self.owners.len()
        };
        // Patterns of `none` are looked for only after the others have been found.
        Parts { any: add(any, true), all: add(all, true), none: add(none, false) }
    }

    /// Adds the patterns of all rules, and returns them with the gates before them. Rules that need something beside the
    /// text come last, in a section of their own.
    fn add_all_patterns(&mut self) -> (Vec<Parts>, Vec<Gate>) {
        let conditions = |(index, rule)| conditions(index, rule, &self.about.topics);
        let conditions: Vec<Vec<Condition>> = self.rules.iter().enumerate().map(conditions).collect();
        let needs_beside = |index: usize| conditions[index].iter().any(|condition| condition.is_beside());
        let mut parts = vec![Parts::default(); conditions.len()];
        for beside in [false, true] {
            for index in (0..parts.len()).filter(|index| needs_beside(*index) == beside) {
                parts[index] = self.add_patterns(index);
            }
            if !beside {
                self.engine.begin_section();
            }
        }
        let patterns = parts.iter().map(|parts| parts.any.start..parts.none.end);
        let gates = gates(conditions.iter().cloned().zip(patterns));
        (parts, gates)
    }

    /// Adds patterns of a context, and returns their numbers.
    pub fn add_cues(&mut self, cues: &[Written]) -> Range<usize> {
        let start = self.owners.len();
        for cue in cues {
            self.owners.push(None);
            self.engine.add(&cue.pattern, false);
        }
        start..self.owners.len()
    }

    /// Adds a context.
    pub fn add_context(&mut self, context: Context) {
        self.contexts.push(context);
    }

    /// Says what statements are about, and how their sentences part.
    pub fn set_about(&mut self, about: About) {
        self.about = about;
    }

    /// Compiles everything for matching.
    pub fn build(mut self, document: Document, codebook: &Codebook) -> Rules {
        let (parts, gates) = self.add_all_patterns();
        let About { topics, domain, clauses, columns } = self.about;
        let asked = AskedPatterns::add(self.rules.iter().map(|rule| &rule.asked), &mut self.engine);
        // Most texts of a large stream name no topic: nothing else needs to be looked for in them. Topics may have gaps,
        // which end with the clause.
        self.engine.begin_early();
        let question = question_column(codebook).to_owned();
        let topic_patterns = TopicPatterns::add(&topics, domain.as_ref(), asked, question, &mut self.engine);
        self.engine.part_clauses(&clauses);
        let needs_topic =
            |rule: &Rule| rule.topic != TopicPlace::Nowhere && topic_patterns.has(Subject::Issue(rule.issue));
        let has_rule_without_topic = !self.rules.iter().all(needs_topic);
        let place = domain.as_ref().map_or(TopicPlace::Anywhere, |domain| domain.place);
        let needs_domain = |rule: &Rule| rule.domain.unwrap_or(place) != TopicPlace::Nowhere;
        let has_rule_without_domain = !self.rules.iter().all(needs_domain);
        let scale = |issue| codebook.issue(issue).levels.iter().map(|level| level.position).collect();
        Rules {
            document,
            rules: self.rules,
            contexts: self.contexts,
            topics,
            domain,
            clauses,
            columns,
            topic_patterns,
            has_rule_without_topic,
            has_rule_without_domain,
            collected: codebook.rules.collected,
            issues: codebook.issues.iter().map(|issue| issue.id.clone()).collect(),
            scales: codebook.indices().map(scale).collect(),
            engine: self.engine.build(),
            parts,
            owners: self.owners,
            gates,
        }
    }
}

impl Rules {
    /// Eight digits that change with whatever decides what the rules give: their file, and in the codebook the scales
    /// and the columns in which a topic may be named.
    pub fn fingerprint(&self) -> String {
        let scale = |(issue, scale): (&String, &Vec<Position>)| {
            format!("{issue} {}", scale.iter().map(|level| level.0.to_string()).collect::<Vec<_>>().join(" "))
        };
        let scales: Vec<String> = self.issues.iter().zip(&self.scales).map(scale).collect();
        let columns = self.columns.iter().map(|column| column.name.as_str());
        let parts = std::iter::once(self.document.text.as_str()).chain(scales.iter().map(String::as_str));
        let collected = self.collected.then_some("collected");
        words::fingerprint(parts.chain(std::iter::once("columns")).chain(columns).chain(collected))
    }

    /// The contexts of some evidence and what they did, such as `negated: flip`.
    pub fn contexts_of(&self, firing: &Firing) -> String {
        let applied = firing.contexts.iter().map(|(context, _)| {
            let Context { id, effect, .. } = &self.contexts[*context];
            let effect = self.rules[firing.rule].effects.get(context).unwrap_or(effect);
            format!("{id}: {}", effect.word())
        });
        applied.collect::<Vec<_>>().join("; ")
    }

    /// The patterns of a rule that occur in the evidence of its firing.
    pub fn patterns_at(&self, text: &str, firing: &Firing) -> Vec<&Pattern> {
        let parts = &self.parts[firing.rule];
        let mut reading = Reading::default();
        self.engine.read(text, &mut reading);
        let inside = |word: &usize| firing.evidence.contains(&reading.words()[*word].span.start);
        let words: Vec<usize> = (0..reading.words().len()).filter(inside).collect();
        let (Some(&first), Some(&last)) = (words.first(), words.last()) else { return Vec::new() };
        let mut ids: Vec<usize> = parts.any.clone().chain(parts.all.clone()).collect();
        ids.retain(|id| self.engine.is_found(PatternId(*id), text, first..last + 1, &mut reading));
        ids.into_iter().filter_map(|id| self.pattern(PatternId(id))).map(|written| &written.pattern).collect()
    }

    /// What stopped a rule that matched at least in part, in words; `None` if nothing did.
    pub fn stopped(&self, rule: usize, verdict: &RuleOutcome, text: &str) -> Option<String> {
        let pattern = |id: &PatternId| self.pattern(*id).map_or(String::new(), |written| written.pattern.to_string());
        match verdict {
            RuleOutcome::Fires(_) => None,
            RuleOutcome::Incomplete(id) => Some(format!("the other patterns match, but `{}` does not", pattern(id))),
            RuleOutcome::Blocked(id, place) => {
                Some(format!("blocked by `{}` in `none`: “{}”", pattern(id), &text[place.clone()]))
            }
            RuleOutcome::Dropped(evidence, context, cue) => {
                let (context, evidence) = (&self.contexts[*context].id, &text[evidence.clone()]);
                Some(format!("dropped as {context}: “{}” changes the meaning of “{evidence}”", &text[cue.clone()]))
            }
            RuleOutcome::Unnamed(evidence, subject) => {
                let missing = match subject {
                    Subject::Asked(_) => "what must have been asked".to_owned(),
                    Subject::Domain | Subject::Weak | Subject::Elsewhere => {
                        format!("the domain{}", self.domain_place(rule).within())
                    }
                    Subject::Issue(_) => format!("the issue{}", self.rules[rule].topic.within()),
                };
                Some(format!("“{}” would fire, but nothing names {missing}", &text[evidence.clone()]))
            }
            RuleOutcome::Misplaced(evidence) => {
                let evidence = &text[evidence.clone()];
                let rule = &self.rules[rule];
                Some(match (rule.begins, rule.longest) {
                    (Begins::Sentence, _) => format!("“{evidence}” does not begin its sentence"),
                    (Begins::Statement, _) => format!("“{evidence}” does not begin the text"),
                    (Begins::Anywhere, longest) => {
                        let longest = longest.unwrap_or_default();
                        format!("“{evidence}” would fire, but the text has more than {longest} words")
                    }
                })
            }
        }
    }

    /// Where the domain must be named for a rule.
    fn domain_place(&self, rule: usize) -> TopicPlace {
        let of_file = || self.domain.as_ref().map_or(TopicPlace::Anywhere, |domain| domain.place);
        self.rules[rule].domain.unwrap_or_else(of_file)
    }

    /// A pattern of a rule, by its number; `None` for patterns of contexts.
    pub fn pattern(&self, id: PatternId) -> Option<&Written> {
        let rule = self.owners[id.0]?;
        let (rule, Parts { any, all, none }) = (&self.rules[rule], &self.parts[rule]);
        let lists = [(any, &rule.any), (all, &rule.all), (none, &rule.none)];
        lists.into_iter().find(|(ids, _)| ids.contains(&id.0)).map(|(ids, list)| &list[id.0 - ids.start])
    }
}

impl Rule {
    /// Whether the rule is for the statement's speaker and date. A statement dated only by month counts
    /// for every day of that month.
    pub fn is_for(&self, statement: &Statement) -> bool {
        (self.speakers.is_empty() || self.speakers.contains(&statement.speaker))
            && statement.date.overlaps(self.since, self.until)
    }
}
