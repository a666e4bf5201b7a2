//! The beginning of a rule: a pattern, with tests from the places where it was found.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::ops::Range;

use crate::codebook::{Codebook, IssueIndex, Position};
use crate::corpus::Corpus;
use crate::draft;
use crate::error::Problem;
use crate::file::document::Document;
use crate::label::HandDecision;
use crate::rule::engine::{Engine, EngineBuilder, PatternId, Reading};
use crate::rule::pattern::Pattern;
use crate::rule::topic::Said;
use crate::rule::{Rules, Scratch, file};
use crate::statement::Statement;
use crate::words::{many, printable_line};

/// A sentence with more words is cut.
const LONG: usize = 16;
/// So many words on each side of the place are kept.
const AROUND: usize = 6;
/// The most tests, and the most sentences in a comment.
const MOST: usize = 5;

/// A statement in which the pattern was found, and a sentence for a test.
struct Place<'c> {
    statement: usize,
    id: &'c str,
    sentence: String,
}

/// A rule in TOML with the pattern as it is written, for whoever writes rules to finish. Only statements that are
/// taken and are not set aside have a part in it.
///
/// The issue is the one on which coders gave most positions where the pattern occurs, and the position the one they
/// gave most often there. Of equals, the first in the codebook and the lowest. The tests are sentences with that
/// position by hand, at most 5; each was tried with the rule and the other rules' contexts and lists. Sentences with
/// another position are in a comment.
pub fn skeleton(corpus: &Corpus, written: &str, pattern: &Pattern, takes: impl Fn(&Statement) -> bool) -> String {
    let places = places(corpus, pattern, takes);
    let mut given: BTreeMap<IssueIndex, BTreeMap<Position, usize>> = BTreeMap::new();
    for place in &places {
        for issue in corpus.codebook.indices() {
            if let Some(Some(position)) = by_hand(corpus, place, issue) {
                *given.entry(issue).or_default().entry(position).or_default() += 1;
            }
        }
    }
    let most = given.iter().max_by_key(|(issue, counts)| (counts.values().sum::<usize>(), std::cmp::Reverse(issue.0)));
    let issue = most.map(|(issue, _)| *issue).or(corpus.codebook.indices().next().filter(|_| {
        // With one issue there is nothing to choose.
        corpus.codebook.issues.len() == 1
    }));
    let position = most.and_then(|(_, counts)| {
        counts.iter().max_by_key(|(position, count)| (**count, std::cmp::Reverse(position.0))).map(|(p, _)| *p)
    });
    // Writing to a string cannot fail.
    let mut out = format!("# The pattern occurs in {} that may be seen.\n", many(places.len(), "statement"));
    let id = id_of(corpus, written, issue);
    let issue_line = match issue {
        Some(issue) => format!("issue    = {}", quoted(&corpus.codebook.issue(issue).id)),
        None => format!("# issue    = one of: {}", printable_line(&corpus.codebook.issue_list())),
    };
    let position_line = match (position, issue) {
        (Some(position), _) => format!("position = {}", position.0),
        (None, Some(issue)) => {
            format!("# position = one of: {}", printable_line(&corpus.codebook.issue(issue).level_list()))
        }
        (None, None) => "# position = a level of that issue".to_owned(),
    };
    let pattern = quoted(written);
    let rule = |tests: &[&Place<'_>]| {
        let test = |test: &&Place<'_>| format!("  {},  # {}\n", quoted(&test.sentence), printable_line(test.id));
        let tests: String = tests.iter().map(test).collect();
        let id = quoted(&id);
        format!(
            "[[rule]]\nid       = {id}\n{issue_line}\n{position_line}\nany      = [{pattern}]\nmatch    = [\n{tests}]\n"
        )
    };
    let (mut tests, mut others, mut turned): (Vec<&Place<'_>>, Vec<_>, Vec<&Place<'_>>) = Default::default();
    for place in &places {
        match (issue.and_then(|issue| by_hand(corpus, place, issue)), position) {
            (Some(hand), Some(position)) if hand != Some(position) => others.push((place, hand)),
            (None, Some(_)) => {}
            _ => tests.push(place),
        }
    }
    let mut known = HashSet::new();
    tests.retain(|place| known.insert(place.sentence.as_str()));
    if position.is_some() {
        let trial = format!("{}\n{}", corpus.rules.document.text, rule(&[]));
        if let Some(rules) = parsed(&trial, &corpus.codebook) {
            let (kept, lost) = tests.into_iter().partition(|test| fires(&rules, &test.sentence));
            (tests, turned) = (kept, lost);
        }
    }
    if let Some((issue, counts)) = most {
        let counts: Vec<String> =
            counts.iter().rev().map(|(position, count)| format!("{position} in {count}")).collect();
        let name = &corpus.codebook.issue(*issue).id;
        let _ = writeln!(out, "# Positions by hand on {}: {}.", printable_line(name), counts.join(", "));
    } else {
        out += "# Coders gave no position there, so choose one.\n";
    }
    out += "# Name the rule after what it catches, and remove the tests that you do not need.\n";
    tests.truncate(MOST);
    out += &rule(&tests);
    if !others.is_empty() {
        out += "# Coders gave another position, or none, here. Narrow the pattern, then add these to reject:\n";
    }
    for (place, hand) in others.iter().take(MOST) {
        let hand = hand.map_or("none".to_owned(), |hand| hand.to_string());
        let _ = writeln!(out, "#   {},  # {hand}, {}", quoted(&place.sentence), printable_line(place.id));
    }
    out += &more(others.len());
    if !turned.is_empty() {
        out += "# The rule does not give the position here: a rule context turns it, or the words do not name the issue:\n";
    }
    for place in turned.iter().take(MOST) {
        let _ = writeln!(out, "#   {},  # {}", quoted(&place.sentence), printable_line(place.id));
    }
    out + &more(turned.len())
}

fn more(count: usize) -> String {
    if count > MOST { format!("#   and {} more\n", count - MOST) } else { String::new() }
}

/// What coders settled at a place. The inner `None` is "takes none".
fn by_hand(corpus: &Corpus, place: &Place<'_>, issue: IssueIndex) -> Option<Option<Position>> {
    match corpus.hands.get(&(place.statement, issue)) {
        Some(HandDecision::Settled { position, .. }) => Some(*position),
        _ => None,
    }
}

/// The first place in each statement, by date, then id.
fn places<'c>(corpus: &'c Corpus, pattern: &Pattern, takes: impl Fn(&Statement) -> bool) -> Vec<Place<'c>> {
    let mut builder = EngineBuilder::default();
    let id = builder.add(pattern, true);
    // Gaps end with the clause, as they do in `find` and in rules.
    builder.part_clauses(&corpus.rules.clauses);
    let (engine, mut reading) = (builder.build(), Reading::default());
    let mut statements: Vec<(usize, &Statement)> = draft::seen(corpus).filter(|(_, row)| takes(row)).collect();
    statements.sort_by_key(|(_, row)| (row.date.written, row.id.as_str()));
    let place = |(statement, row): (usize, &'c Statement)| {
        let sentence = sentence(&engine, id, &row.text, &mut reading)?;
        Some(Place { statement, id: &row.id, sentence })
    };
    statements.into_iter().filter_map(place).collect()
}

/// The sentence with the first place, short if the pattern is found in the short form too.
fn sentence(engine: &Engine, id: PatternId, text: &str, reading: &mut Reading) -> Option<String> {
    let (mut hits, mut start) = (Vec::new(), 0);
    engine.read(text, reading);
    while start < reading.words().len() {
        let words = reading.sentence_of(start);
        start = words.end;
        engine.find(id, text, words.clone(), reading, &mut hits);
        let Some(hit) = hits.first() else { continue };
        let whole = written(text, &words, reading);
        if words.len() <= LONG {
            return Some(whole);
        }
        let near = words.start.max(hit.first.saturating_sub(AROUND))..words.end.min(hit.last + 1 + AROUND);
        let short = text[reading.span(near.start, near.end - 1)].to_owned();
        engine.read(&short, reading);
        let all = 0..reading.words().len();
        return Some(if engine.is_found(id, &short, all, reading) { short } else { whole });
    }
    None
}

/// Some words as they are written, with the mark that ends them.
fn written(text: &str, words: &Range<usize>, reading: &Reading) -> String {
    let span = reading.span(words.start, words.end - 1);
    let rest = &text[span.end..];
    let mark = rest.find(|c: char| !matches!(c, '.' | '!' | '?' | '…')).unwrap_or(rest.len());
    text[span.start..span.end + mark].to_owned()
}

/// The rules with the new one, if they can be read.
fn parsed(text: &str, codebook: &Codebook) -> Option<Rules> {
    let mut problems = Vec::new();
    let rules = file::parse(Document::new("rules.toml", text.to_owned()), Some(codebook), None, &mut problems);
    rules.filter(|_| !problems.iter().any(Problem::is_fault))
}

/// Whether the last rule gives its own position to a text.
fn fires(rules: &Rules, text: &str) -> bool {
    let Some((last, rule)) = rules.rules.iter().enumerate().next_back() else { return false };
    let firings = rules.firings(&Said::text(text), &mut Scratch::default());
    firings.iter().any(|firing| firing.rule == last && firing.position == rule.position)
}

/// A name that no rule has: the issue, and the first words of the pattern.
fn id_of(corpus: &Corpus, pattern: &str, issue: Option<IssueIndex>) -> String {
    const WORDS: usize = 3;
    let words = pattern.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().any(char::is_alphabetic));
    let issue = issue.map(|issue| corpus.codebook.issue(issue).id.clone());
    let words = words.take(WORDS).map(str::to_lowercase);
    let id = issue.into_iter().chain(words).collect::<Vec<_>>().join("-");
    // A pattern of digits alone leaves no word for a name.
    let id = if id.is_empty() { "rule".to_owned() } else { id };
    let taken = |id: &str| corpus.rules.rules.iter().any(|rule| rule.id == id);
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    std::iter::once(id.clone()).chain(numbered).find(|id| !taken(id)).unwrap_or(id)
}

/// A text as a TOML string. JSON writes strings in the same way, except for one character.
fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    json.replace('\u{7f}', "\\u007f")
}
