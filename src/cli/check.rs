//! `stance check`: reports every fault of a corpus at once, or what the corpus holds.

use std::collections::BTreeSet;
use std::io::{ErrorKind, Write};

use stance::codebook::{Position, Settle};
use stance::corpus::{self, CODEBOOK, Corpus};
use stance::error::{Error, Problem, Result};
use stance::extract::language::Language;
use stance::file::corpus_files::SPEAKERS;
use stance::label::settle::{Settlement, rule_in_words, settle};
use stance::label::{ADJUDICATED, CoderLabels, HandDecision};
use stance::rule::RuleDecisions;
use stance::statement::{Statement, Verified};
use stance::words::many;

use super::args::CheckArgs;
use super::{Outcome, extract, output, source};

/// Checks the corpus and prints the result.
pub fn run(args: &CheckArgs) -> Result<Outcome> {
    let path = source::locate(&args.corpus)?;
    let (corpus, mut problems) = Corpus::read(&path)?;
    let before = problems.len();
    match extract::own_speakers(&path, &Language::english(), &mut problems) {
        Ok(_) => {}
        Err(Error::Invalid(faults)) => problems.extend(faults),
        Err(other) => {
            let what = match other {
                Error::Read { source, .. } => format!("cannot be read: {source}"),
                other => other.to_string(),
            };
            let hint = "check that it is a file and that you may read it";
            problems.push(Problem::fault(&path.join(SPEAKERS), None, what, hint));
        }
    }
    let corpus = corpus.filter(|_| problems.len() == before);
    let (outcome, closing) = match &corpus {
        Some(corpus) => {
            let decisions = source::label(corpus);
            problems.extend(corpus::rule_conflicts(corpus, &decisions));
            problems.extend(corpus.tests.problems.iter().cloned());
            match corpus.tests.failed() {
                0 => (Outcome::Fine, summary(corpus, &decisions)),
                _ => (Outcome::FaultsFound, counted(&problems)),
            }
        }
        None => (Outcome::FaultsFound, counted(&problems)),
    };
    let mut stdout = super::terminal::out();
    let printed = output::print_problems(&mut stdout, &problems).and_then(|()| writeln!(stdout, "{closing}"));
    match printed {
        // The reader closed the pipe early. The exit code must still report faults.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(outcome),
        Err(error) => Err(Error::Output(error)),
        Ok(()) => Ok(outcome),
    }
}

fn counted(problems: &[Problem]) -> String {
    let faults = problems.iter().filter(|problem| problem.is_fault()).count();
    match problems.len() - faults {
        0 => many(faults, "fault"),
        warnings => format!("{}, {}", many(faults, "fault"), many(warnings, "warning")),
    }
}

/// What the corpus holds: a sentence, and a line for each issue.
fn summary(corpus: &Corpus, decisions: &RuleDecisions) -> String {
    // A row that was rejected does not count as a statement of the corpus.
    let (statements, rejected): (Vec<&Statement>, Vec<&Statement>) =
        corpus.statements.rows.iter().partition(|statement| statement.verified != Verified::Rejected);
    let no_day = statements.iter().filter(|s| !s.date.is_day()).count();
    let days: BTreeSet<_> = statements.iter().filter(|s| s.date.is_day()).map(|s| s.date.written).collect();
    let speakers: BTreeSet<_> = statements.iter().map(|s| &s.speaker).collect();
    let day_note = match no_day {
        0 => String::new(),
        count => format!(" ({count} without an exact day)"),
    };
    let mut text = format!(
        "{} is sound: {} on {} by {}{day_note}; {} with {} passed",
        corpus.name(),
        many(statements.len(), "statement"),
        many(days.len(), "day"),
        many(speakers.len(), "speaker"),
        many(corpus.rules.rules.len(), "rule"),
        many(corpus.tests.run, "test"),
    );
    if corpus.tests.todo > 0 {
        text += &format!(" and {} todo", corpus.tests.todo);
    }
    let waiting = statements.iter().filter(|statement| statement.verified == Verified::No).count();
    if waiting > 0 {
        text += &format!("; {} not verified yet, left out of charts and verdicts", many(waiting, "statement"));
    }
    if !rejected.is_empty() {
        text += &format!("; {} rejected", many(rejected.len(), "row"));
    }
    text += &undecided(corpus);
    let unseen = corpus.unseen();
    if unseen > 0 {
        text += &format!("; {} set aside from whoever writes the rules", many(unseen, "statement"));
    }
    text += ".";
    for (issue, counts) in corpus.codebook.indices().zip(corpus::counts(corpus, decisions)) {
        text += &format!(
            "\n  {}: {} by hand, {} by rules alone, {} in conflict, {} read without a position, {} not labelled",
            corpus.codebook.issue(issue).id,
            counts.hand,
            counts.rules,
            counts.conflict,
            counts.none,
            counts.unlabelled
        );
    }
    text += &settled(corpus);
    text
}

/// How many rows of label files have `?`.
fn undecided(corpus: &Corpus) -> String {
    let (adjudicated, coders): (Vec<_>, Vec<_>) = corpus.coders.iter().partition(|file| file.coder == ADJUDICATED);
    let count = |files: Vec<&CoderLabels>| files.iter().map(|file| file.undecided.len()).sum::<usize>();
    let mut text = String::new();
    match count(adjudicated) {
        0 => {}
        count => text += &format!("; {count} left open in {ADJUDICATED}.csv"),
    }
    match count(coders) {
        0 => {}
        count => text += &format!("; {count} left open by coders, as if not read"),
    }
    text
}

/// What settles labels if coders differ, or what a majority would settle.
fn settled(corpus: &Corpus) -> String {
    let counted = |by: &Settlement| by.is_counted();
    let settled = corpus.hands.values().filter(|hand| matches!(hand, HandDecision::Settled { by, .. } if counted(by)));
    if let Some(rule) = rule_in_words(corpus.codebook.settle, settled.count()) {
        return format!("\n{rule}");
    }
    let has_majority = |hand: &&HandDecision| match hand {
        HandDecision::Settled { .. } => false,
        HandDecision::Disputed(codes) => {
            let answers: Vec<Option<Position>> = codes.iter().map(|(_, position)| *position).collect();
            settle(Settle::Majority, &answers).is_some()
        }
    };
    match corpus.hands.values().filter(has_majority).count() {
        0 => String::new(),
        count => format!(
            "\nMore than half of the coders agree on {} in conflict. To let a majority decide, write settle = \
             \"majority\" under [labels] in {CODEBOOK}.",
            many(count, "label")
        ),
    }
}
