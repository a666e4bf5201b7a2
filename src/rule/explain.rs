//! Why a statement has its label, or why it has none.

use std::cmp::Reverse;
use std::ops::Range;

use crate::codebook::IssueIndex;
use crate::rule::engine::{EngineBuilder, PatternId, Reading};
use crate::rule::pattern::Pattern;
use crate::rule::topic::{Named, Said, Subject, TopicPlace};
use crate::rule::{Firing, RuleDecision, RuleOutcome, Rules, Scratch};
use crate::statement::Statement;

/// What the rules say about a statement on one issue, and which rules came close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The issue.
    pub issue: IssueIndex,
    /// Every rule that fires, the highest priority first.
    pub fired: Vec<Firing>,
    /// What the rules together decide.
    pub decision: Option<RuleDecision>,
    /// The rules that came close, the closest first.
    pub near: Vec<NearMiss>,
}

/// A rule that came close, and what stopped it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// The rule's index in [`Rules::rules`].
    pub rule: usize,
    /// What stopped it.
    pub why: Obstacle,
}

/// What stops a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// The rule is for other speakers.
    Speaker,
    /// The rule is for another time.
    Date,
    /// Some of its patterns match, but it does not fire: never [`RuleOutcome::Fires`].
    Stopped(RuleOutcome),
    /// A pattern would match these bytes of the text if its gaps could run from one clause into another.
    Clause(PatternId, Range<usize>),
    /// A gap of a pattern is this many words too narrow for these bytes of the text.
    Gap(PatternId, Range<usize>, usize),
}

/// Where a topic or the domain is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// The words that name it.
    pub words: String,
    /// Where they stand.
    pub place: SightingPlace,
}

/// Where the words stand that name a topic, seen from the evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SightingPlace {
    /// In the evidence.
    Evidence,
    /// In its sentence.
    Sentence,
    /// In the sentence before.
    SentenceBefore,
    /// In the sentence after.
    SentenceAfter,
    /// Elsewhere in the statement.
    Statement,
    /// In this column. The name is empty for words given without one.
    Column(String),
}

impl SightingPlace {
    fn distance(&self) -> usize {
        match self {
            SightingPlace::Evidence => 0,
            SightingPlace::Sentence => 1,
            SightingPlace::SentenceBefore => 2,
            SightingPlace::SentenceAfter => 3,
            SightingPlace::Statement => 4,
            SightingPlace::Column(_) => 5,
        }
    }
}

impl Obstacle {
    /// How far the rule was from firing; less is closer.
    fn distance(&self) -> usize {
        match self {
            Obstacle::Speaker => 0,
            Obstacle::Date => 1,
            Obstacle::Stopped(RuleOutcome::Fires(_) | RuleOutcome::Dropped(..) | RuleOutcome::Unnamed(..)) => 2,
            Obstacle::Stopped(RuleOutcome::Blocked(..) | RuleOutcome::Misplaced(_)) => 3,
            Obstacle::Clause(..) => 4,
            Obstacle::Gap(..) => 5,
            Obstacle::Stopped(RuleOutcome::Incomplete(_)) => 6,
        }
    }
}

/// By how many words a gap may be too narrow if the rule still counts as close.
const NEAR: usize = 3;

impl Rules {
    /// Explains what the rules say about a statement on each issue. `said` is what was said in it.
    pub fn explain(
        &self,
        statement: &Statement,
        said: &Said<'_>,
        issues: impl Iterator<Item = IssueIndex>,
    ) -> Vec<Explanation> {
        let mut verdicts: Vec<(usize, RuleOutcome)> = Vec::new();
        self.judge(said, &mut Scratch::default(), |rule, verdict| verdicts.push((rule, verdict)));
        let firings = self.firings(said, &mut Scratch::default());
        let fires = |rule: usize| firings.iter().any(|firing| firing.rule == rule);
        let mut near: Vec<NearMiss> = verdicts
            .into_iter()
            .filter(|(rule, _)| !fires(*rule))
            .map(|(rule, verdict)| NearMiss { rule, why: Obstacle::Stopped(verdict) })
            .collect();
        near.extend(firings.iter().filter_map(|firing| {
            let rule = &self.rules[firing.rule];
            let is_for_speaker = rule.speakers.is_empty() || rule.speakers.contains(&statement.speaker);
            let why = if is_for_speaker { Obstacle::Date } else { Obstacle::Speaker };
            (!rule.is_for(statement)).then_some(NearMiss { rule: firing.rule, why })
        }));
        near.extend(self.too_narrow(said.text).into_iter().filter(|miss| !fires(miss.rule)));
        near.sort_by_key(|miss| (miss.rule, miss.why.distance()));
        near.dedup_by_key(|miss| miss.rule);
        near.sort_by_key(|miss| miss.why.distance());
        issues
            .map(|issue| {
                let mut fired: Vec<Firing> = firings.clone();
                fired.retain(|f| self.rules[f.rule].issue == issue && self.rules[f.rule].is_for(statement));
                fired.sort_by_key(|firing| (Reverse(self.rules[firing.rule].priority), firing.rule));
                let decision = (!fired.is_empty()).then(|| self.resolve(&fired));
                let near = near.iter().filter(|miss| self.rules[miss.rule].issue == issue).cloned().collect();
                Explanation { issue, fired, decision, near }
            })
            .collect()
    }

    /// Where the topic and the domain are named that let a rule fire, the nearest place of each. `said` is what was
    /// said.
    pub fn sightings(&self, said: &Said<'_>, firing: &Firing) -> Vec<(Subject, Sighting)> {
        let rule = &self.rules[firing.rule];
        let mut subjects = vec![(Subject::Issue(rule.issue), rule.topic)];
        subjects.push((Subject::Asked(firing.rule), TopicPlace::Context));
        let needs_domain = self.needs_domain(firing.rule, said);
        subjects.extend(needs_domain.then(|| (Subject::Domain, self.domain_place(firing.rule))));
        subjects.retain(|(subject, place)| self.topic_patterns.has(*subject) && *place != TopicPlace::Nowhere);
        let seen = |subject, place| self.sighting(said, &firing.evidence, subject, place);
        let sighted = |(subject, place)| {
            let weak = || if subject == Subject::Domain { seen(Subject::Weak, place) } else { None };
            Some((subject, seen(subject, place).or_else(weak)?))
        };
        subjects.into_iter().filter_map(sighted).collect()
    }

    fn sighting(
        &self,
        said: &Said<'_>,
        evidence: &Range<usize>,
        subject: Subject,
        place: TopicPlace,
    ) -> Option<Sighting> {
        let (mut reading, mut named) = (Reading::default(), Named::default());
        self.engine.read(said.text, &mut reading);
        named.forget(&self.topic_patterns);
        let count = reading.words().len();
        let inside = |word: &usize| evidence.contains(&reading.words()[*word].span.start);
        let first = (0..count).find(inside)?;
        let last = (first..count).rev().find(inside)?;
        let evidence = first..last + 1;
        let within = self.words_around(place, said.text, &evidence, &mut reading);
        let sentence = self.words_around(TopicPlace::Sentence, said.text, &evidence, &mut reading);
        let near = self.words_around(TopicPlace::Near, said.text, &evidence, &mut reading);
        let places = match place {
            TopicPlace::Context => &[],
            _ => self.topic_patterns.in_text(&self.engine, subject, said.text, &mut reading, &mut named),
        };
        let seen_at = |&(first, last): &(usize, usize)| {
            let among = |range: &Range<usize>| range.start <= first && last < range.end;
            let seen = match () {
                () if !among(&within) => return None,
                () if among(&evidence) => SightingPlace::Evidence,
                () if among(&sentence) => SightingPlace::Sentence,
                () if among(&near) && last < sentence.start => SightingPlace::SentenceBefore,
                () if among(&near) => SightingPlace::SentenceAfter,
                () => SightingPlace::Statement,
            };
            Some((seen, first, last))
        };
        let nearest = places.iter().filter_map(seen_at).min_by_key(|(seen, first, _)| (seen.distance(), *first));
        let in_text = nearest.map(|(place, first, last)| {
            let words = said.text[reading.span(first, last)].to_owned();
            Sighting { words, place }
        });
        in_text.or_else(|| {
            let (column, words) = self.topic_patterns.beside(&self.engine, subject, said, &self.columns)?;
            Some(Sighting { words, place: SightingPlace::Column(column) })
        })
    }

    /// Finds patterns of `any` that would match if their gaps were slightly wider, or could run across clauses.
    fn too_narrow(&self, text: &str) -> Vec<NearMiss> {
        let phrases = self.rules.iter().zip(&self.parts).enumerate().flat_map(|(rule, (written, parts))| {
            parts.any.clone().zip(&written.any).filter_map(move |(id, written)| match &written.pattern {
                Pattern::Phrase(phrase) if phrase.widened(1) != *phrase => Some((rule, PatternId(id), phrase)),
                _ => None,
            })
        });
        let mut builder = EngineBuilder::default();
        let mut wider = Vec::new();
        for (rule, id, phrase) in phrases {
            let mut add = |phrase| builder.add(&Pattern::Phrase(phrase), true);
            // The first has its gaps as wide as they are, and lets them run across clauses.
            let ids = std::iter::once(phrase.across()).chain((1..=NEAR).map(|more| phrase.widened(more))).map(&mut add);
            wider.push((rule, id, ids.collect::<Vec<_>>()));
        }
        builder.part_clauses(&self.clauses);
        let (engine, mut reading) = (builder.build(), Reading::default());
        engine.read(text, &mut reading);
        let mut as_written = Reading::default();
        self.engine.read(text, &mut as_written);
        let (mut misses, mut hits, mut start) = (Vec::new(), Vec::new(), 0);
        while start < reading.words().len() {
            let sentence = reading.sentence_of(start);
            start = sentence.end;
            for (rule, id, ids) in &wider {
                for (more, wider) in ids.iter().enumerate() {
                    // If another part of the rule is missing too, the gap is not what stopped it.
                    let mut others = self.parts[*rule].all.clone();
                    if !others
                        .all(|other| self.engine.is_found(PatternId(other), text, sentence.clone(), &mut as_written))
                        || self.engine.is_found(*id, text, sentence.clone(), &mut as_written)
                    {
                        break;
                    }
                    engine.find(*wider, text, sentence.clone(), &mut reading, &mut hits);
                    if let Some(hit) = hits.drain(..).next() {
                        let span = reading.span(hit.first, hit.last);
                        let why = if more == 0 { Obstacle::Clause(*id, span) } else { Obstacle::Gap(*id, span, more) };
                        misses.push(NearMiss { rule: *rule, why });
                        break;
                    }
                }
            }
        }
        misses
    }
}
