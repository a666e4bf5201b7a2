//! Rules that work but will cause trouble: untested, unreachable or too eager.

use crate::codebook::{Codebook, IssueIndex};
use crate::error::Problem;
use crate::rule::engine::{EngineBuilder, PatternId, Reading, literal_beginnings};
use crate::rule::pattern::{Pattern, Phrase, PhraseItem, WordPattern};
use crate::rule::test;
use crate::rule::topic::{Named, Said, Subject, TopicPlace};
use crate::rule::{Rule, RuleOutcome, Rules, Scratch, TestKind, Written};
use crate::statement::Statement;

/// A gap of this many words joins words that are unrelated.
const WIDE: usize = 12;
/// Words in an id that do not say what the rule catches.
const EMPTY_NAMES: [&str; 8] = ["rule", "test", "misc", "new", "old", "other", "temp", "todo"];

/// Checks rules for likely trouble, also against the statements of their corpus.
pub fn lint(rules: &Rules, codebook: &Codebook, statements: &[Statement]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for rule in &rules.rules {
        let warn = |span, what: String, hint: &str| rules.document.warning(span, what, hint);
        problems.extend(name(rule, &codebook.issue(rule.issue).id).map(|hint| {
            warn(rule.id_span.clone(), format!("the id `{}` does not name what the rule catches", rule.id), &hint)
        }));
        if !rule.tests.iter().any(|test| test.kind == TestKind::Match) {
            let hint = "add match = [\"…\"]: a sentence on which it must fire";
            problems.push(warn(rule.id_span.clone(), format!("the rule `{}` has no test", rule.id), hint));
        }
        for written in rule.any.iter().chain(&rule.all).chain(&rule.none).chain(&rule.asked) {
            problems.extend(eager(written).map(|(what, hint)| warn(written.span.clone(), what, hint)));
        }
        for (inner, outer) in contained(rules, &rule.any) {
            let what = format!("`{}` only finds what `{}` finds too", inner.pattern, outer.pattern);
            problems.push(warn(inner.span.clone(), what, "remove the narrower of the two"));
        }
    }
    problems.extend(without_topic(rules, codebook));
    problems.extend(untried(rules));
    problems.extend(named_everywhere(rules, codebook, statements));
    problems.extend(against_statements(rules, statements));
    problems.sort_by_key(|problem| problem.place);
    problems
}

/// Reports issues whose rules fire on any text that has their words, because nothing names the issue.
fn without_topic(rules: &Rules, codebook: &Codebook) -> Vec<Problem> {
    let first_on = |issue: IssueIndex| rules.rules.iter().find(|rule| rule.issue == issue);
    let lacking = codebook.indices().filter(|issue| !rules.topic_patterns.has(Subject::Issue(*issue)));
    let report = |issue| {
        let (rule, id) = (first_on(issue)?, &codebook.issue(issue).id);
        let what = format!("there is no [[topic]] for `{id}`: its rules fire on texts about anything");
        let hint = format!("add a [[topic]] with issue = \"{id}\" and words = [\"…\"]: what names the issue");
        Some(rules.document.warning(rule.id_span.clone(), what, &hint))
    };
    lacking.filter_map(report).collect()
}

/// Reports rules that rely on a topic which is named elsewhere, if no test shows that they stay silent without it. A
/// rule whose own words are the topic needs no such test.
fn untried(rules: &Rules) -> Option<Problem> {
    const SHOWN: usize = 5;
    let mut scratch = Scratch::default();
    let mut is_untried = |index: usize| {
        let rule = &rules.rules[index];
        let topic = Subject::Issue(rule.issue);
        let names = |written: &Written| always_names(rules, topic, &written.pattern);
        let own = rule.all.iter().any(names) || (!rule.any.is_empty() && rule.any.iter().all(names));
        let mut shown = rule.tests.iter().filter(|test| test.kind == TestKind::Reject);
        rules.topic_patterns.has(topic)
            && rule.topic != TopicPlace::Nowhere
            && !own
            && !shown.any(|test| {
                let mut kept_out = false;
                rules.judge(&test::said(test), &mut scratch, |other, outcome| {
                    kept_out |= other == index && matches!(outcome, RuleOutcome::Unnamed(..));
                });
                kept_out
            })
    };
    let untried: Vec<&Rule> =
        (0..rules.rules.len()).filter(|index| is_untried(*index)).map(|i| &rules.rules[i]).collect();
    let first = untried.first()?;
    let shown: Vec<String> = untried.iter().take(SHOWN).map(|rule| format!("`{}`", rule.id)).collect();
    let more = if untried.len() > SHOWN { ", …" } else { "" };
    let what = format!(
        "{} on the topic being named elsewhere, and no test shows that without it: {}{more}",
        match untried.len() {
            1 => "1 rule relies".to_owned(),
            count => format!("{count} rules rely"),
        },
        shown.join(", ")
    );
    let hint = "add to `reject` a sentence with the rule's words that is about something else";
    Some(rules.document.warning(first.id_span.clone(), what, hint))
}

/// Whether whatever a pattern matches names a topic, as far as its own words show.
fn always_names(rules: &Rules, topic: Subject, pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Phrase(phrase) => phrase_names(rules, topic, phrase),
        Pattern::Regex(_) => false,
    }
}

fn phrase_names(rules: &Rules, topic: Subject, phrase: &Phrase) -> bool {
    // A word that begins with these letters: no other text ends like that.
    let word = |item: &PhraseItem| match item {
        PhraseItem::Word(WordPattern::Exact(word) | WordPattern::Cased(word)) => Some(word.clone()),
        PhraseItem::Word(WordPattern::Prefix(beginning)) => Some(format!("{beginning}qzqz")),
        _ => None,
    };
    let words: Vec<Option<String>> = phrase.0.iter().map(word).collect();
    let in_a_row = words.split(Option::is_none).map(|run| run.iter().flatten().cloned().collect::<Vec<_>>().join(" "));
    let in_choices = |item: &PhraseItem| match item {
        PhraseItem::Either(choices) | PhraseItem::List(_, choices) => {
            choices.iter().all(|choice| phrase_names(rules, topic, choice))
        }
        _ => false,
    };
    phrase.0.iter().any(in_choices) || in_a_row.into_iter().any(|text| names(rules, topic, &Said::text(&text)))
}

/// Whether a topic or the domain is named in a text or beside it.
fn names(rules: &Rules, subject: Subject, said: &Said<'_>) -> bool {
    let (mut reading, mut named) = (Reading::default(), Named::default());
    named.forget(&rules.topic_patterns);
    rules.engine.read(said.text, &mut reading);
    let (topics, engine) = (&rules.topic_patterns, &rules.engine);
    !topics.in_text(engine, subject, said.text, &mut reading, &mut named).is_empty()
        || topics.is_beside(engine, subject, said, &rules.columns, &mut named)
}

/// Reports topics that every statement names, so that they keep nothing out.
fn named_everywhere(rules: &Rules, codebook: &Codebook, statements: &[Statement]) -> Vec<Problem> {
    /// Fewer statements may well be about one issue.
    const FEWEST: usize = 20;
    if statements.len() < FEWEST {
        return Vec::new();
    }
    let everywhere = |issue: &IssueIndex| {
        statements.iter().all(|statement| names(rules, Subject::Issue(*issue), &Said::statement(statement)))
    };
    let report = |issue: IssueIndex| {
        let topic = rules.topics[issue.0].as_ref()?;
        let what =
            format!("every statement names the topic of `{}`, so it keeps nothing out", codebook.issue(issue).id);
        let hint = "remove the words that name the domain rather than the issue, or the columns that name it";
        Some(rules.document.warning(topic.span.clone(), what, hint))
    };
    codebook.indices().filter(|issue| rules.topics[issue.0].is_some()).filter(everywhere).filter_map(report).collect()
}

/// Suggests a name for a rule if its id is not its issue followed by a name.
fn name(rule: &Rule, issue: &str) -> Option<String> {
    let rest = rule.id.strip_prefix(issue).and_then(|rest| rest.strip_prefix('-')).unwrap_or("");
    let empty = |word: &str| word.bytes().all(|b| b.is_ascii_digit()) || EMPTY_NAMES.contains(&word);
    let named = rest.split('-').any(|word| !word.is_empty() && !empty(word));
    (!named).then(|| format!("name it {issue}- and what it catches, such as {issue}-land-swap"))
}

fn eager(written: &Written) -> Option<(String, &'static str)> {
    match &written.pattern {
        Pattern::Regex(regex) if literal_beginnings(regex.as_str()).is_none() => Some((
            format!("`{}` does not begin with letters, so it is run on every sentence", written.pattern),
            "begin it with the letters that must be there, or write words instead",
        )),
        Pattern::Regex(_) => None,
        Pattern::Phrase(phrase) => widest(phrase).filter(|gap| *gap >= WIDE).map(|gap| {
            (
                format!("the gap of {gap} words in `{}` matches nearly anything", written.pattern),
                "narrow it to about 8 words",
            )
        }),
    }
}

fn widest(phrase: &Phrase) -> Option<usize> {
    let widest_in = |item: &PhraseItem| match item {
        PhraseItem::Gap(gap) => Some(gap.words),
        PhraseItem::Word(_) => None,
        PhraseItem::Either(choices) | PhraseItem::List(_, choices) => choices.iter().filter_map(widest).max(),
    };
    phrase.0.iter().filter_map(widest_in).max()
}

/// Pairs of patterns in which the first finds only what the second finds too: a pattern of plain words
/// that contains the other.
fn contained<'a>(rules: &Rules, any: &'a [Written]) -> Vec<(&'a Written, &'a Written)> {
    let plain: Vec<(usize, String)> =
        any.iter().enumerate().filter_map(|(i, w)| Some((i, plain_words(&w.pattern)?))).collect();
    let mut builder = EngineBuilder::default();
    let ids: Vec<PatternId> = any.iter().map(|written| builder.add(&written.pattern, true)).collect();
    builder.part_clauses(&rules.clauses);
    let (engine, mut reading) = (builder.build(), Reading::default());
    let mut pairs = Vec::new();
    for (inner, text) in plain {
        engine.read(&text, &mut reading);
        let all = 0..reading.words().len();
        let outer = ids
            .iter()
            .enumerate()
            .find(|(outer, id)| *outer != inner && engine.is_found(**id, &text, all.clone(), &mut reading));
        if let Some((outer, _)) = outer {
            pairs.push((&any[inner], &any[outer]));
        }
    }
    pairs
}

/// The text that a pattern of plain words matches.
fn plain_words(pattern: &Pattern) -> Option<String> {
    let Pattern::Phrase(phrase) = pattern else { return None };
    let word = |item: &PhraseItem| match item {
        PhraseItem::Word(WordPattern::Exact(word) | WordPattern::Cased(word)) => Some(word.clone()),
        _ => None,
    };
    Some(phrase.0.iter().map(word).collect::<Option<Vec<_>>>()?.join(" "))
}

/// Finds patterns that match no statement, and rules that others always outrank.
fn against_statements(rules: &Rules, statements: &[Statement]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let (engine, mut reading, mut armed) = (&rules.engine, Reading::default(), Vec::new());
    let mut seen = vec![false; rules.owners.len()];
    let (mut fired, mut decided) = (vec![0; rules.rules.len()], vec![0; rules.rules.len()]);
    let mut scratch = Scratch::default();
    for statement in statements {
        engine.read(&statement.text, &mut reading);
        let mut start = 0;
        while start < reading.words().len() {
            let sentence = reading.sentence_of(start);
            start = sentence.end;
            armed.clear();
            engine.armed(sentence.start, None, &reading, &mut armed);
            for id in &armed {
                seen[id.0] = seen[id.0] || engine.is_found(*id, &statement.text, sentence.clone(), &mut reading);
            }
        }
        let firings: Vec<_> = rules
            .firings(&Said::statement(statement), &mut scratch)
            .into_iter()
            .filter(|firing| rules.rules[firing.rule].is_for(statement))
            .collect();
        for firing in &firings {
            let rule = &rules.rules[firing.rule];
            let outranked = firings.iter().any(|other| {
                let other = &rules.rules[other.rule];
                other.issue == rule.issue && other.priority > rule.priority
            });
            fired[firing.rule] += 1;
            decided[firing.rule] += usize::from(!outranked);
        }
    }
    for (rule, parts) in rules.rules.iter().zip(&rules.parts) {
        let (ids, patterns) = (parts.any.clone().chain(parts.all.clone()), rule.any.iter().chain(&rule.all));
        let absent: Vec<&Written> =
            ids.zip(patterns).filter(|(id, _)| !seen[*id]).map(|(_, written)| written).collect();
        problems.extend(absent_patterns(rules, rule, rule.any.len() + rule.all.len(), &absent));
    }
    for (index, rule) in rules.rules.iter().enumerate() {
        if fired[index] > 0 && decided[index] == 0 {
            let what = format!(
                "the rule `{}` never decides: wherever it fires, a rule with higher priority fires too",
                rule.id
            );
            problems.push(rules.document.warning(rule.id_span.clone(), what, "raise its priority, or remove it"));
        }
    }
    problems
}

/// Reports all unmatched patterns of a rule in one warning, because a rule for future statements has
/// many.
fn absent_patterns(rules: &Rules, rule: &Rule, count: usize, absent: &[&Written]) -> Option<Problem> {
    const SHOWN: usize = 3;
    let hint = "keep them if future statements may match";
    match absent {
        [] => None,
        [one] => {
            let what = format!("`{}` matches no statement of the corpus", one.pattern);
            Some(rules.document.warning(one.span.clone(), what, "keep it if future statements may match"))
        }
        several => {
            let shown: Vec<String> =
                several.iter().take(SHOWN).map(|written| format!("`{}`", written.pattern)).collect();
            let more = if several.len() > SHOWN { ", …" } else { "" };
            let what = format!(
                "{} of {count} patterns of `{}` match no statement of the corpus: {}{more}",
                several.len(),
                rule.id,
                shown.join(", ")
            );
            Some(rules.document.warning(rule.id_span.clone(), what, hint))
        }
    }
}
