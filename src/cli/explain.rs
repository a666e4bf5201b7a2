//! `stance explain`: why a statement has the label it has, or none.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write;
use std::ops::Range;

use stance::corpus::Corpus;
use stance::date::{Precision, StatementDate};
use stance::error::{Error, Result};
use stance::label::HandDecision;
use stance::rule::explain::{Explanation, NearMiss, Obstacle, Sighting, SightingPlace};
use stance::rule::topic::{Beside, Said, Subject};
use stance::rule::{Firing, RuleDecision};
use stance::statement::Statement;
use stance::words::{many, meant, nearest};

use super::args::ExplainArgs;
use super::{Outcome, source, stdout_failed, unseen};

/// The most near misses that are shown for an issue.
const NEAREST: usize = 3;
/// The width of the text, in characters.
const WIDTH: usize = 90;

/// Explains one statement, or one text.
pub fn run(args: &ExplainArgs) -> Result<Outcome> {
    let corpus = source::load_untested(&args.corpus)?;
    let (index, statement) = match (&args.statement, &args.text) {
        (Some(id), _) => {
            let index = corpus.statements.find(id).ok_or_else(|| unknown(&corpus, id))?;
            (Some(index), corpus.statements.rows[index].clone())
        }
        (None, text) => (None, made_up(args, &corpus, text.clone().unwrap_or_default())?),
    };
    if statement.unseen {
        if !args.show_unseen {
            let what = unseen::hidden(&statement.id);
            super::terminal::out().write_all(what.as_bytes()).map_err(stdout_failed)?;
            return Ok(Outcome::Fine);
        }
        // A look that could not be recorded must not happen.
        unseen::record_reading(&corpus, &statement.id)?;
    }
    let mut said = if index.is_some() { Said::statement(&statement) } else { Said::stray(&statement) };
    if let Some(words) = &args.context {
        said.beside = Beside::Words(words);
    }
    let out = text(&corpus, index, &statement, &said);
    super::terminal::out().write_all(out.as_bytes()).map_err(stdout_failed)?;
    Ok(Outcome::Fine)
}

/// Why a statement has the labels that it has, or none. `index` is its place, if it is in the corpus.
pub fn text(corpus: &Corpus, index: Option<usize>, statement: &Statement, said: &Said<'_>) -> String {
    let explanations = corpus.rules.explain(statement, said, corpus.codebook.indices());
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{}, {}, {}", statement.id, statement.speaker, statement.date.named());
    out += &underlined(&statement.text, &explanations);
    for explanation in &explanations {
        out += &explained(corpus, index, said, explanation);
    }
    out
}

fn unknown(corpus: &Corpus, id: &str) -> Error {
    let ids = || corpus.statements.rows.iter().map(|statement| statement.id.as_str());
    let near = ids().find(|other| other.contains(id)).or_else(|| nearest(id, ids()));
    let hint = near.map_or("see the column id of statements.csv".to_owned(), meant);
    Error::request(format!("there is no statement with the id `{id}`"), hint)
}

/// A statement from a text that is not in the corpus.
fn made_up(args: &ExplainArgs, corpus: &Corpus, text: String) -> Result<Statement> {
    let last = corpus.statements.rows.iter().map(|statement| statement.date.written).max();
    let written =
        args.date.or(last).ok_or_else(|| Error::request("there is no date for the text", "add --date YYYY-MM-DD"))?;
    let date = StatementDate { written, precision: Precision::Day };
    Ok(Statement::new("the text", date, args.speaker.as_deref().unwrap_or("anyone"), text))
}

/// The text in lines, with the evidence underlined.
fn underlined(text: &str, explanations: &[Explanation]) -> String {
    let spans: Vec<&Range<usize>> =
        explanations.iter().flat_map(|explanation| &explanation.fired).map(|firing| &firing.evidence).collect();
    let mut out = String::new();
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let mut start = 0;
    while start < characters.len() {
        let mut end = (start + WIDTH).min(characters.len());
        if end < characters.len() {
            // Break after white space if the line has any.
            end = (start + 1..=end).rev().find(|&i| characters[i - 1].1.is_whitespace()).unwrap_or(end);
        }
        let line = &characters[start..end];
        let printed: String = line.iter().map(|(_, c)| if c.is_control() { ' ' } else { *c }).collect();
        let marks: String =
            line.iter().map(|(byte, _)| if spans.iter().any(|span| span.contains(byte)) { '~' } else { ' ' }).collect();
        let _ = writeln!(out, "  {}", printed.trim_end());
        if !marks.trim_end().is_empty() {
            let _ = writeln!(out, "  {}", marks.trim_end());
        }
        start = end;
    }
    out
}

fn explained(corpus: &Corpus, index: Option<usize>, said: &Said<'_>, explanation: &Explanation) -> String {
    let issue = corpus.codebook.issue(explanation.issue);
    let words = |position| issue.level(position).map_or(String::new(), |level| format!("{position} {}", level.words));
    let mut out = String::from("\n");
    let rules = match &explanation.decision {
        Some(RuleDecision::Position(position, _)) => format!("{} by rules", words(*position)),
        Some(RuleDecision::Conflict(_)) => "rules in conflict, no position".to_owned(),
        None => "no rule fires".to_owned(),
    };
    let hand = match index.and_then(|index| corpus.hands.get(&(index, explanation.issue))) {
        Some(HandDecision::Settled { position, coders, by }) => {
            let position = position.map_or("none".to_owned(), words);
            let how = if by.is_counted() { format!("; {by}") } else { String::new() };
            format!("; by hand {position} ({}{how})", coders.join(", "))
        }
        Some(HandDecision::Disputed(codes)) => {
            let positions: Vec<String> = codes
                .iter()
                .map(|(coder, position)| format!("{coder} {}", position.map_or("none".to_owned(), |p| p.to_string())))
                .collect();
            format!("; coders differ ({})", positions.join(", "))
        }
        None => String::new(),
    };
    let _ = writeln!(out, "{}: {rules}{hand}", issue.id);
    for firing in &explanation.fired {
        out += &fired(corpus, said, firing);
    }
    out += &decided(corpus, said.text, explanation);
    for miss in explanation.near.iter().take(if explanation.decision.is_none() { NEAREST } else { 0 }) {
        let _ = writeln!(out, "  near: {}", near(corpus, said.text, miss));
    }
    out
}

fn fired(corpus: &Corpus, said: &Said<'_>, firing: &Firing) -> String {
    let rule = &corpus.rules.rules[firing.rule];
    let mut out = String::new();
    let _ = writeln!(
        out,
        "  {} gives {} at “{}” (priority {})",
        rule.id,
        firing.position,
        &said.text[firing.evidence.clone()],
        rule.priority
    );
    let patterns: Vec<String> = corpus.rules.patterns_at(said.text, firing).iter().map(|p| format!("`{p}`")).collect();
    let _ = writeln!(out, "    pattern {}", patterns.join(", "));
    let contexts: Vec<String> = firing
        .contexts
        .iter()
        .zip(corpus.rules.contexts_of(firing).split("; "))
        .map(|((_, cue), effect)| format!("{effect} by “{}”", &said.text[cue.clone()]))
        .collect();
    if !contexts.is_empty() {
        let _ =
            writeln!(out, "    context {}: from {} to {}", contexts.join(", then "), rule.position, firing.position);
    }
    for (subject, sighting) in corpus.rules.sightings(said, firing) {
        let subject = match subject {
            Subject::Issue(_) => "topic",
            Subject::Asked(_) => "asked",
            Subject::Domain | Subject::Weak | Subject::Elsewhere => "domain",
        };
        let _ = writeln!(out, "    {subject:<7} {}", sighted(&sighting));
    }
    if !rule.note.is_empty() {
        let _ = writeln!(out, "    note    {}", rule.note);
    }
    out
}

/// Where a topic or the domain is named.
fn sighted(sighting: &Sighting) -> String {
    let place = match &sighting.place {
        SightingPlace::Evidence => "in the evidence".to_owned(),
        SightingPlace::Sentence => "in its sentence".to_owned(),
        SightingPlace::SentenceBefore => "in the sentence before".to_owned(),
        SightingPlace::SentenceAfter => "in the sentence after".to_owned(),
        SightingPlace::Statement => "elsewhere in the statement".to_owned(),
        SightingPlace::Column(name) if name.is_empty() || name == "context" => {
            "in the question that was asked".to_owned()
        }
        SightingPlace::Column(name) => format!("in the column {name}"),
    };
    format!("“{}” {place}", sighting.words)
}

/// Why the rules that fire give this position, or none.
fn decided(corpus: &Corpus, text: &str, explanation: &Explanation) -> String {
    let rule = |firing: &Firing| &corpus.rules.rules[firing.rule];
    let overruled = |other: &Firing, by: &Firing| by.overrules(other) && by.position != other.position;
    let why = match (&explanation.decision, explanation.fired.len()) {
        (None, _) | (Some(_), 0) => return String::new(),
        (Some(RuleDecision::Position(..)), 1) => "only this rule fires".to_owned(),
        (Some(RuleDecision::Position(_, firing)), _) => {
            let top = rule(firing).priority;
            let equal = || explanation.fired.iter().filter(|other| rule(other).priority == top);
            let turning = equal().filter(|by| equal().any(|other| overruled(other, by)));
            if let Some(turn) = turning.filter_map(|firing| firing.turn.as_ref()).next_back() {
                let word = &text[turn.word.clone()];
                return format!("  decided: what follows “{word}” decides over what was said before it (last_wins)\n");
            }
            let above = explanation.fired.iter().any(|other| rule(other).priority < top);
            // A rule may fire in several clauses.
            let equals = equal().map(|other| other.rule).collect::<BTreeSet<_>>().len();
            match (above, equals) {
                (false, 1) => "only this rule fires".to_owned(),
                (true, 1) => format!("{} has the highest priority", rule(firing).id),
                (true, _) => format!("the {equals} rules with the highest priority agree"),
                (false, _) => format!("all {equals} rules agree"),
            }
        }
        (Some(RuleDecision::Conflict(firings)), _) => {
            let priority = firings.first().map_or(0, |firing| rule(firing).priority);
            let mut rules: Vec<usize> = firings.iter().map(|firing| firing.rule).collect();
            rules.dedup();
            match rules[..] {
                [_] => format!("conflict, {} gives {} different positions", rule(&firings[0]).id, firings.len()),
                _ => format!("conflict, {} rules of priority {priority} give different positions", rules.len()),
            }
        }
    };
    format!("  decided: {why}\n")
}

fn near(corpus: &Corpus, text: &str, miss: &NearMiss) -> String {
    let rule = &corpus.rules.rules[miss.rule];
    let why = match &miss.why {
        Obstacle::Speaker => format!("it applies only to {}", rule.speakers.join(", ")),
        Obstacle::Date => {
            let day = |day: Option<chrono::NaiveDate>| day.map_or("…".to_owned(), |day| day.to_string());
            format!("it applies only from {} to {}", day(rule.since), day(rule.until))
        }
        Obstacle::Stopped(verdict) => corpus.rules.stopped(miss.rule, verdict, text).unwrap_or_default(),
        Obstacle::Clause(id, place) => {
            let pattern = corpus.rules.pattern(*id).map_or(String::new(), |written| written.pattern.to_string());
            format!("a gap of `{pattern}` ends with the clause, and would need `....` for “{}”", &text[place.clone()])
        }
        Obstacle::Gap(id, place, words) => {
            let words = many(*words, "word");
            let pattern = corpus.rules.pattern(*id).map_or(String::new(), |written| written.pattern.to_string());
            format!("a gap of `{pattern}` is {words} too narrow for “{}”", &text[place.clone()])
        }
    };
    format!("{} ({}): {why}", rule.id, rule.position)
}
