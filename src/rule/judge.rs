//! Which rules fire on a text, and what happened to the rules that nearly did.

use std::ops::Range;

use crate::codebook::{IssueIndex, Position};
use crate::rule::engine::{Hit, PatternId, Reading};
use crate::rule::gate::{Condition, Gate};
use crate::rule::topic::{Named, Said, Subject, TopicPatterns, TopicPlace};
use crate::rule::{Begins, Parts, Rules, Scope};

/// A rule that fired, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firing {
    /// The rule's index in [`Rules::rules`].
    pub rule: usize,
    /// The position it gives, after the effect of contexts.
    pub position: Position,
    /// The bytes of the statement's text that made it fire.
    pub evidence: Range<usize>,
    /// The contexts of the evidence, by their index in [`Rules::contexts`], each with the bytes of its
    /// cue.
    pub contexts: Vec<(usize, Range<usize>)>,
    /// What makes its clause decide over what was said before it, if there is such a word.
    pub turn: Option<Turn>,
}

impl Firing {
    /// A firing if only the position is known, and not the rule: in labels that come from elsewhere.
    pub fn unknown(position: Position) -> Firing {
        Firing { rule: 0, position, evidence: 0..0, contexts: Vec::new(), turn: None }
    }
}

/// A word such as "but" that opens a clause which decides over those before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The bytes of the word.
    pub word: Range<usize>,
    /// The bytes over which its clause decides: what precedes it in its sentence, and the sentence before.
    pub over: Range<usize>,
}

/// What happened to a rule if some of its patterns occur in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleOutcome {
    /// It fires.
    Fires(Firing),
    /// One of `all` is missing, or all of `any`: the number of the first missing pattern.
    Incomplete(PatternId),
    /// One of `none` was found: its number, and the bytes where it is.
    Blocked(PatternId, Range<usize>),
    /// A context drops its evidence: the bytes of the evidence, the context, and the bytes of the cue.
    Dropped(Range<usize>, usize, Range<usize>),
    /// Nothing names the topic or the domain where it must be named: the bytes of the evidence, and what is not named.
    Unnamed(Range<usize>, Subject),
    /// The evidence, in bytes, does not begin where it must, or the text is too long.
    Misplaced(Range<usize>),
}

/// The buffers that matching needs. Meant to be used again for the next text, so that nothing is
/// allocated for each one.
#[derive(Debug, Default)]
pub struct Scratch {
    reading: Reading,
    named: Named,
    /// For each block of 64 patterns, those whose rule may fire on this text.
    promising: Vec<u64>,
    armed: Vec<PatternId>,
    hits: Vec<Hit>,
    /// Hits of rules that look at the whole statement.
    statement_hits: Vec<Hit>,
}

/// What is wanted of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// Only what fires: rules that cannot fire are left out early.
    Firings,
    /// Also what nearly fires, and why not.
    Outcomes,
}

/// How many places of a rule are tried in a row until one fires.
const MOST_TRIED: usize = 200;

/// One text while it is judged.
struct Case<'c> {
    said: &'c Said<'c>,
    reading: &'c mut Reading,
    named: &'c mut Named,
}

/// Whether the domain is named: by one of its words, or by a weak one if nothing outside it is named. A collected
/// statement needs no weak one.
fn names_domain(topics: &TopicPatterns, is_collected: bool, mut is_named: impl FnMut(Subject) -> bool) -> bool {
    is_named(Subject::Domain)
        || ((is_collected || (topics.has(Subject::Weak) && is_named(Subject::Weak)))
            && !(topics.has(Subject::Elsewhere) && is_named(Subject::Elsewhere)))
}

impl Rules {
    /// Finds every rule that fires on what was said, for any speaker and date, in the order of the file.
    pub fn firings(&self, said: &Said<'_>, scratch: &mut Scratch) -> Vec<Firing> {
        let mut firings: Vec<Firing> = Vec::new();
        self.judge_sentences(said, scratch, Wanted::Firings, |_, verdict| {
            if let RuleOutcome::Fires(firing) = verdict {
                firings.push(firing);
            }
        });
        if firings.len() > 1 {
            // If a rule gives the same position at several places, the first is the evidence. Contexts can also give
            // it different positions: those stay, and are a conflict. A clause that decides may overrule the first
            // place and not the next, so all places stay if there is one.
            let overrules = firings.iter().any(|firing| firing.turn.is_some());
            let alike = |firing: &Firing| {
                let place = overrules.then_some(firing.evidence.start);
                (firing.rule, firing.position, place)
            };
            firings.sort_by_key(|firing| (alike(firing), firing.evidence.start));
            firings.dedup_by_key(|firing| alike(firing));
            firings.sort_by_key(|firing| (firing.rule, firing.evidence.start));
        }
        firings
    }

    /// Reports the outcome of every rule that matches at least in part, rule by rule and sentence by
    /// sentence, for any speaker and date. A rule that fires in several clauses is reported for each.
    pub fn judge(&self, said: &Said<'_>, scratch: &mut Scratch, tell: impl FnMut(usize, RuleOutcome)) {
        self.judge_sentences(said, scratch, Wanted::Outcomes, tell);
    }

    fn judge_sentences(
        &self,
        said: &Said<'_>,
        scratch: &mut Scratch,
        wanted: Wanted,
        mut tell: impl FnMut(usize, RuleOutcome),
    ) {
        let Scratch { reading, named, promising, armed, hits, statement_hits } = scratch;
        self.engine.read_early(said.text, reading);
        named.forget(&self.topic_patterns);
        statement_hits.clear();
        let mut case = Case { said, reading, named };
        if wanted == Wanted::Firings && !self.is_about_an_issue(&mut case) {
            return;
        }
        if wanted == Wanted::Firings {
            self.pass_gates(&mut case, promising);
            let has_beside = said.parts(&self.columns).next().is_some();
            self.engine.read_sections(if has_beside { 2 } else { 1 }, case.reading);
        } else {
            self.engine.read_rest(case.reading);
        }
        let wanted_patterns = (wanted == Wanted::Firings).then_some(&promising[..]);
        let mut start = 0;
        while start < case.reading.words().len() {
            let sentence = case.reading.sentence_of(start);
            start = sentence.end;
            armed.clear();
            self.engine.armed(sentence.start, wanted_patterns, case.reading, armed);
            if wanted == Wanted::Firings {
                self.keep_promising(sentence.start, armed, case.reading);
            }
            if armed.is_empty() {
                continue;
            }
            hits.clear();
            for armed in armed.chunk_by(|a, b| self.owners[a.0] == self.owners[b.0]) {
                let before = hits.len();
                self.find_armed(armed, &sentence, wanted, &mut case, hits);
                let rule = self.owners[armed[0].0].map(|rule| &self.rules[rule]);
                if rule.is_some_and(|rule| rule.scope == Scope::Statement) {
                    statement_hits.extend(hits.drain(before..));
                }
            }
            self.judge_hits(hits, &sentence, &mut case, &mut tell);
        }
        if !statement_hits.is_empty() {
            let whole = 0..case.reading.words().len();
            self.judge_hits(statement_hits, &whole, &mut case, &mut tell);
        }
    }

    /// Finds the patterns of one rule that are armed, in ascending order.
    fn find_armed(
        &self,
        armed: &[PatternId],
        sentence: &Range<usize>,
        wanted: Wanted,
        case: &mut Case<'_>,
        hits: &mut Vec<Hit>,
    ) {
        let rule = self.owners[armed[0].0];
        let is_whole = |rule: &usize| wanted == Wanted::Firings && self.rules[*rule].scope != Scope::Statement;
        // Where each part has to be found in the sentence, the first that is not there ends it.
        let parts = rule.filter(is_whole).map(|rule| &self.parts[rule]);
        let before = hits.len();
        for &pattern in armed {
            let is_of_all = |parts: &&Parts| parts.all.contains(&pattern.0);
            let of_all = parts.filter(is_of_all);
            if of_all.is_some_and(|parts| !parts.any.is_empty()) && hits.len() == before {
                return;
            }
            let found = hits.len();
            self.engine.find_possible(pattern, case.said.text, sentence, case.reading, hits);
            if of_all.is_some() && hits.len() == found {
                return hits.truncate(before);
            }
        }
    }

    /// Whether the domain is named, and the topic of an issue: otherwise no rule fires.
    fn is_about_an_issue(&self, case: &mut Case<'_>) -> bool {
        let has_topic = |issue: usize, case: &mut Case<'_>| {
            self.may_be_named(Subject::Issue(IssueIndex(issue)), TopicPlace::Anywhere, case)
        };
        (self.has_rule_without_domain || self.names_domain(case))
            && (self.has_rule_without_topic || (0..self.issues.len()).any(|issue| has_topic(issue, case)))
    }

    /// Of the patterns that are possible in the sentence that begins with a word, in ascending order, keeps those whose
    /// rule may fire.
    fn keep_promising(&self, sentence: usize, armed: &mut Vec<PatternId>, reading: &Reading) {
        let (mut kept, mut at) = (0, 0);
        while at < armed.len() {
            let owner = self.owners[armed[at].0];
            let end = at + armed[at..].iter().take_while(|pattern| self.owners[pattern.0] == owner).count();
            if owner.is_none_or(|rule| self.may_fire(rule, &armed[at..end], sentence, reading)) {
                armed.copy_within(at..end, kept);
                kept += end - at;
            }
            at = end;
        }
        armed.truncate(kept);
    }

    /// Whether a rule may fire in a sentence, given those of its patterns that are possible there.
    fn may_fire(&self, rule: usize, armed: &[PatternId], sentence: usize, reading: &Reading) -> bool {
        let Parts { any, all, none } = &self.parts[rule];
        let of_any = armed.partition_point(|pattern| pattern.0 < any.end);
        let is_whole = armed.len() - of_any == all.len() && (any.is_empty() || of_any > 0);
        match self.rules[rule].scope {
            Scope::Statement => true,
            Scope::Clause => is_whole,
            Scope::Sentence => is_whole && !self.engine.is_one_word_there(none, sentence, reading),
        }
    }

    /// Finds the patterns of the rules that may fire on a text, whatever its sentences are: for each block of 64, their
    /// bits.
    fn pass_gates(&self, case: &mut Case<'_>, promising: &mut Vec<u64>) {
        promising.clear();
        promising.resize(self.owners.len().div_ceil(64), u64::MAX);
        for Gate { condition, patterns } in &self.gates {
            if patterns.iter().all(|(block, bits)| promising[*block] & bits == 0) {
                continue;
            }
            let is_open = match condition {
                Condition::AnythingBeside => case.said.parts(&self.columns).next().is_some(),
                Condition::Longest(longest) => case.reading.words().len() <= *longest,
                Condition::Named(subject, place) => self.may_be_named(*subject, *place, case),
            };
            if !is_open {
                patterns.iter().for_each(|(block, bits)| promising[*block] &= !bits);
            }
        }
    }

    /// Whether the domain is named, in the text or beside it, or need not be.
    fn names_domain(&self, case: &mut Case<'_>) -> bool {
        if !case.said.asks_domain {
            return true;
        }
        let is_collected = self.collected && case.said.is_of_corpus;
        let may_be_named = |subject| self.may_be_named(subject, TopicPlace::Anywhere, case);
        names_domain(&self.topic_patterns, is_collected, may_be_named)
    }

    /// Whether a topic may be named where a rule needs it, wherever the rule's evidence is.
    fn may_be_named(&self, subject: Subject, place: TopicPlace, case: &mut Case<'_>) -> bool {
        let Case { said, reading, named } = case;
        let (topics, engine) = (&self.topic_patterns, &self.engine);
        !topics.has(subject)
            || place == TopicPlace::Nowhere
            || (place != TopicPlace::Context && topics.is_in_text(engine, subject, said.text, reading, named))
            || (place.has_beside() && topics.is_beside(engine, subject, said, &self.columns, named))
    }

    /// Judges the rules that some hits belong to.
    fn judge_hits(
        &self,
        hits: &mut [Hit],
        among: &Range<usize>,
        case: &mut Case<'_>,
        tell: &mut impl FnMut(usize, RuleOutcome),
    ) {
        hits.sort_unstable();
        for hits in hits.chunk_by(|a, b| self.owner(a) == self.owner(b)) {
            let Some(rule) = hits.first().and_then(|hit| self.owner(hit)) else { continue };
            if self.rules[rule].scope != Scope::Clause {
                self.judge_rule(rule, hits, among, case, tell);
                continue;
            }
            let text = case.said.text;
            let clause = |hit: &Hit, case: &mut Case<'_>| self.engine.clause_of(text, hit.first, case.reading);
            let mut by_clause: Vec<(usize, usize, Hit)> = Vec::new();
            for hit in hits {
                let clause = clause(hit, case);
                by_clause.push((clause.start, clause.end, hit.clone()));
            }
            by_clause.sort_unstable();
            for clause in by_clause.chunk_by(|a, b| a.0 == b.0) {
                let hits: Vec<Hit> = clause.iter().map(|(_, _, hit)| hit.clone()).collect();
                self.judge_rule(rule, &hits, &(clause[0].0..clause[0].1), case, tell);
            }
        }
    }

    fn owner(&self, hit: &Hit) -> Option<usize> {
        self.owners[hit.pattern.0]
    }

    /// Judges a rule by its own hits in a clause, a sentence or the whole statement: in every clause, the first place
    /// that counts.
    fn judge_rule(
        &self,
        rule: usize,
        hits: &[Hit],
        among: &Range<usize>,
        case: &mut Case<'_>,
        tell: &mut impl FnMut(usize, RuleOutcome),
    ) {
        let Parts { any, all, none } = &self.parts[rule];
        let text = case.said.text;
        let of = |pattern: usize| {
            let start = hits.partition_point(|hit| hit.pattern.0 < pattern);
            &hits[start..start + hits[start..].partition_point(|hit| hit.pattern.0 == pattern)]
        };
        if let Some(missing) = all.clone().find(|&pattern| of(pattern).is_empty()) {
            return tell(rule, RuleOutcome::Incomplete(PatternId(missing)));
        }
        // Patterns are numbered in a row, and hits in their order.
        let up_to = |pattern: usize| hits.partition_point(|hit| hit.pattern.0 < pattern);
        let mut candidates: Vec<Option<&Hit>> = hits[up_to(any.start)..up_to(any.end)].iter().map(Some).collect();
        if !any.is_empty() && candidates.is_empty() {
            return tell(rule, RuleOutcome::Incomplete(PatternId(any.start)));
        }
        if let Some((pattern, place)) = self.first_of_none(none, text, among, case.reading) {
            return tell(rule, RuleOutcome::Blocked(pattern, place));
        }
        candidates.sort_unstable_by_key(|hit| hit.map(|hit| (hit.first, hit.last, hit.pattern)));
        if candidates.is_empty() {
            candidates.push(None);
        }
        // Where it has fired last: the word that begins it, and the last word.
        let (mut fired, mut failed, mut tried) = (None, None, 0);
        for candidate in candidates {
            let begins = candidate.map(|hit| hit.first);
            if let Some((begun, last)) = fired {
                // One firing settles its evidence and its clause.
                let settled = (self.engine.clause_of(text, begun, case.reading).end).max(last + 1);
                if begins.is_none_or(|first| first < settled) {
                    continue;
                }
            }
            // What fails so often is no sentence, and the evidence of each place may be as long as the text.
            tried += 1;
            if tried > MOST_TRIED {
                break;
            }
            // What else is needed is taken from the clause of the candidate if it is there.
            let clause = begins.map(|first| match all.is_empty() {
                true => first..first + 1,
                false => self.engine.clause_of(text, first, case.reading),
            });
            let needed = all.clone().filter_map(|pattern| {
                let hits = of(pattern);
                let from = clause.as_ref().map_or(0, |clause| hits.partition_point(|hit| hit.first < clause.start));
                let inside = hits.get(from).filter(|hit| clause.as_ref().is_some_and(|c| hit.first < c.end));
                inside.or(hits.first())
            });
            let parts: Vec<&Hit> = candidate.into_iter().chain(needed).collect();
            let first = parts.iter().map(|hit| hit.first).min().unwrap_or(among.start);
            let last = parts.iter().map(|hit| hit.last).max().unwrap_or(among.start);
            let patterns: Vec<PatternId> = parts.iter().map(|hit| hit.pattern).collect();
            let begins = begins.unwrap_or(first);
            if !self.is_in_place(rule, first, case.reading) {
                failed.get_or_insert(RuleOutcome::Misplaced(case.reading.span(first, last)));
                continue;
            }
            match self.in_context(rule, &(first..last + 1), begins, &patterns, case) {
                fires @ RuleOutcome::Fires(_) => {
                    (fired, tried) = (Some((begins, last)), 0);
                    tell(rule, fires);
                }
                outcome => drop(failed.get_or_insert(outcome)),
            }
        }
        if let Some(failed) = failed.filter(|_| fired.is_none()) {
            tell(rule, failed);
        }
    }

    /// Whether the first word of some evidence stands where the rule needs it, in a text that is short enough.
    fn is_in_place(&self, rule: usize, first: usize, reading: &Reading) -> bool {
        let rule = &self.rules[rule];
        let begins = match rule.begins {
            Begins::Anywhere => true,
            Begins::Sentence => reading.sentence_of(first).start == first,
            Begins::Statement => first == 0,
        };
        begins && rule.longest.is_none_or(|longest| reading.words().len() <= longest)
    }

    /// Finds the first pattern of `none` that occurs among some words, sentence by sentence.
    fn first_of_none(
        &self,
        none: &Range<usize>,
        text: &str,
        among: &Range<usize>,
        reading: &mut Reading,
    ) -> Option<(PatternId, Range<usize>)> {
        let mut hits = Vec::new();
        let mut start = among.start;
        while start < among.end && !none.is_empty() {
            let part = start..reading.sentence_of(start).end.min(among.end);
            start = part.end;
            self.engine.find_each(none, text, part, reading, &mut hits);
            if let Some(hit) = hits.first() {
                return Some((hit.pattern, reading.span(hit.first, hit.last)));
            }
        }
        None
    }

    /// Applies the contexts of some evidence to the rule's position, and asks for the topic and the domain. `begins` is
    /// the word whose clause decides which of several clauses wins.
    fn in_context(
        &self,
        rule: usize,
        evidence: &Range<usize>,
        begins: usize,
        patterns: &[PatternId],
        case: &mut Case<'_>,
    ) -> RuleOutcome {
        let text = case.said.text;
        let sentence = case.reading.sentence_of(evidence.start);
        let scale = &self.scales[self.rules[rule].issue.0];
        let span = case.reading.span(evidence.start, evidence.end - 1);
        let mut position = self.rules[rule].position;
        let mut contexts = Vec::new();
        for (index, context) in self.contexts.iter().enumerate() {
            let is_named = |reading: &Reading, word| patterns.iter().any(|p| self.engine.names(*p, word, reading));
            let Some(cue) = context.cue(&self.engine, text, evidence, &sentence, is_named, case.reading) else {
                continue;
            };
            let place = case.reading.span(cue.0, cue.1);
            let effect = self.rules[rule].effects.get(&index).copied().unwrap_or(context.effect);
            match effect.apply(position, scale) {
                Some(moved) => position = moved,
                None => return RuleOutcome::Dropped(span, index, place),
            }
            contexts.push((index, place));
        }
        if let Some(subject) = self.unnamed(rule, evidence, case) {
            return RuleOutcome::Unnamed(span, subject);
        }
        let turn = self.engine.turn_of(text, begins, case.reading).map(|(word, clause)| {
            let sentence = case.reading.sentence_of(word);
            let before = sentence.start.checked_sub(1).map_or(sentence.clone(), |last| case.reading.sentence_of(last));
            let byte = |word: usize| case.reading.words()[word].span.start;
            Turn { word: case.reading.span(word, word), over: byte(before.start)..byte(clause) }
        });
        RuleOutcome::Fires(Firing { rule, position, evidence: span, contexts, turn })
    }

    /// The topic or the domain if it is not named where the rule needs it.
    fn unnamed(&self, rule: usize, evidence: &Range<usize>, case: &mut Case<'_>) -> Option<Subject> {
        let topic = Subject::Issue(self.rules[rule].issue);
        if self.topic_patterns.has(topic) && !self.is_named(topic, self.rules[rule].topic, evidence, case) {
            return Some(topic);
        }
        let asked = Subject::Asked(rule);
        if self.topic_patterns.has(asked) && !self.is_named(asked, TopicPlace::Context, evidence, case) {
            return Some(asked);
        }
        if !self.topic_patterns.has(Subject::Domain) || !self.needs_domain(rule, case.said) {
            return None;
        }
        let place = self.domain_place(rule);
        let is_collected = self.collected && case.said.is_of_corpus;
        // What is elsewhere counts wherever it is named.
        let place_of = |subject| if subject == Subject::Elsewhere { TopicPlace::Anywhere } else { place };
        let is_named = |subject| self.is_named(subject, place_of(subject), evidence, case);
        let named = place == TopicPlace::Nowhere || names_domain(&self.topic_patterns, is_collected, is_named);
        (!named).then_some(Subject::Domain)
    }

    /// Whether the domain must be named for a rule. A test leaves that out, unless its rule has a word on it.
    pub(super) fn needs_domain(&self, rule: usize, said: &Said<'_>) -> bool {
        said.asks_domain || self.rules[rule].domain.is_some()
    }

    fn is_named(&self, subject: Subject, place: TopicPlace, evidence: &Range<usize>, case: &mut Case<'_>) -> bool {
        let Case { said, reading, named } = case;
        let (topics, engine, columns) = (&self.topic_patterns, &self.engine, &self.columns);
        if place == TopicPlace::Nowhere {
            return true;
        }
        if matches!(place, TopicPlace::Anywhere | TopicPlace::Statement) {
            if topics.is_in_text(engine, subject, said.text, reading, named) {
                return true;
            }
        } else if place != TopicPlace::Context {
            let within = self.words_around(place, said.text, evidence, reading);
            let places = topics.in_text(engine, subject, said.text, reading, named);
            let from = places.partition_point(|(first, _)| *first < within.start);
            // Places are in the order of their first words. A long one may end outside where a later one does not.
            if places[from..].iter().take_while(|(first, _)| *first < within.end).any(|(_, last)| *last < within.end) {
                return true;
            }
        }
        place.has_beside() && topics.is_beside(engine, subject, said, columns, named)
    }

    /// The words among which the topic of some evidence must be named.
    pub(super) fn words_around(
        &self,
        place: TopicPlace,
        text: &str,
        evidence: &Range<usize>,
        reading: &mut Reading,
    ) -> Range<usize> {
        let (first, last) = (evidence.start, evidence.end - 1);
        let sentences = reading.sentence_of(first).start..reading.sentence_of(last).end;
        match place {
            TopicPlace::Sentence => sentences,
            TopicPlace::Near | TopicPlace::Around => {
                let start = sentences.start.checked_sub(1).map_or(0, |before| reading.sentence_of(before).start);
                let count = reading.words().len();
                let end = if sentences.end < count { reading.sentence_of(sentences.end).end } else { count };
                start..end
            }
            TopicPlace::Clause => {
                let start = self.engine.clause_of(text, first, reading).start;
                start..self.engine.clause_of(text, last, reading).end
            }
            TopicPlace::Anywhere | TopicPlace::Statement | TopicPlace::Context | TopicPlace::Nowhere => {
                0..reading.words().len()
            }
        }
    }
}
