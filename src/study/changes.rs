//! What is new in a study since an earlier one of the same corpus.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::corpus::{CODEBOOK, Corpus, RULES_FILE};
use crate::shift::{self, Pair, Request, Verdict, words as sentences};
use crate::study::Study;

/// What is new.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WhatIsNew {
    /// How many statements there are.
    pub statements: usize,
    /// The ids of those that were not there before.
    pub new_statements: Vec<String>,
    /// How many that were there before are gone.
    pub gone_statements: usize,
    /// The speakers or groups without a statement before, by name.
    pub new_speakers: Vec<NewSpeaker>,
    /// The speakers or groups without a statement now, by name.
    pub gone_speakers: Vec<String>,
    /// The issues on which nobody took a position before, in the order of the codebook.
    pub new_issues: Vec<NewIssue>,
    /// The issues on which nobody takes a position now, by id.
    pub gone_issues: Vec<String>,
    /// How many positions statements that were there before take now, and did not take then.
    pub new_positions: usize,
    /// The positions of statements that were there before, and are others now.
    pub changed_positions: Vec<ChangedPosition>,
    /// The files that say how statements are read, and are others now: the codebook, the rules.
    pub other_reading: Vec<&'static str>,
    /// What settles labels of coders who differ, then and now, if that is another rule.
    pub other_settle: Option<[&'static str; 2]>,
    /// The verdicts that are new or gone, by speaker, then by issue.
    pub verdicts: Vec<ChangedVerdict>,
    /// How many of all pairs were tested now.
    pub tested: usize,
    /// The shown pairs that have too few days to be tested now, by speaker, then in the order of the codebook.
    pub untested: Vec<UntestedPair>,
}

/// A speaker or group that was not there before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewSpeaker {
    /// The name.
    pub name: String,
    /// How many statements there are now.
    pub statements: usize,
}

/// An issue on which nobody took a position before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewIssue {
    /// Its id.
    pub issue: String,
    /// How many positions statements take on it now.
    pub positions: usize,
    /// Whether the codebook had it before.
    pub in_codebook_before: bool,
}

/// A position that is another one now.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ChangedPosition {
    /// The statement.
    pub statement_id: String,
    /// The issue.
    pub issue: String,
    /// The position before.
    pub before: i32,
    /// The position now; `None` if it takes none.
    pub after: Option<i32>,
}

/// How a verdict has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum VerdictTurn {
    /// Something is found now, and was not before.
    New,
    /// Something was found before, and is not now.
    Gone,
    /// Something else is found now.
    Other,
}

/// A verdict that is new or gone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangedVerdict {
    /// The speaker or group.
    pub speaker: String,
    /// The issue.
    pub issue: String,
    /// How it changed.
    pub turn: VerdictTurn,
    /// The word for the verdict before; `None` if there was no position.
    pub before: Option<&'static str>,
    /// The word for the verdict now.
    pub after: Option<&'static str>,
    /// What is said of it now, or if it is gone, what was said before.
    pub sentence: String,
    /// What is said of it now.
    pub sentence_now: Option<String>,
    /// The test then; `None` if there was no position.
    pub test_before: Option<TestOfPair>,
    /// The test now.
    pub test_after: Option<TestOfPair>,
    /// What differs between then and now, and so can be the reason.
    pub reasons: Vec<TurnReason>,
}

/// The figures of a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TestOfPair {
    /// Statements with a position whose day is known.
    pub statements: usize,
    /// The days they fall on.
    pub days: usize,
    /// The p before correction; `None` if nothing was tested.
    pub p: Option<f64>,
    /// The p after correction.
    pub p_corrected: Option<f64>,
    /// What it is compared with: the level of this look.
    pub level: f64,
    /// How many pairs were tested.
    pub tested: usize,
}

/// Why a verdict may be another one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum TurnReason {
    /// Statements take a position now that took none, or were not there.
    NewPositions {
        /// How many.
        count: usize,
    },
    /// Statements that took a position are gone, or take none now.
    GonePositions {
        /// How many.
        count: usize,
    },
    /// Statements take another position.
    OtherPositions {
        /// How many.
        count: usize,
    },
    /// No statement takes a position now.
    NoPosition,
    /// There are too few days now.
    TooFewDays {
        /// How many it takes; `None` if no number would do.
        needed: Option<usize>,
    },
    /// The corrected p is above the level.
    AboveLevel,
    /// The corrected p is below the level, and was not before.
    BelowLevel,
    /// More or fewer pairs share the correction.
    OtherFamily {
        /// How many were tested before.
        before: usize,
        /// How many are tested now.
        after: usize,
    },
}

/// A pair with too few days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UntestedPair {
    /// The speaker or group.
    pub speaker: String,
    /// The issue.
    pub issue: String,
    /// How many statements with a position it has whose day is known.
    pub statements: usize,
    /// The days they fall on.
    pub days: usize,
    /// How many days it takes, if the number of pairs stays.
    pub days_needed: Option<usize>,
    /// How many positions are new.
    pub new_positions: usize,
    /// Whether it would be tested if this look had the level of all looks.
    pub tested_in_one_look: bool,
}

/// The ids of the statements that a study has selected.
fn ids<'s>(study: &'s Study<'_>) -> BTreeSet<&'s str> {
    let rows = &study.corpus.statements.rows;
    study.corpus.places(&study.ask.selection).into_iter().map(|place| rows[place].id.as_str()).collect()
}

/// The shown speakers or groups of these statements, with the number of each.
fn speakers<'s>(study: &'s Study<'_>) -> BTreeMap<&'s str, usize> {
    let rows = &study.corpus.statements.rows;
    let mut all = BTreeMap::new();
    let named = |name: &str| study.ask.groups.is_empty() || study.ask.groups.iter().any(|group| group == name);
    let places = study.corpus.places(&study.ask.selection).into_iter();
    for name in places.filter_map(|place| study.who(&rows[place])).filter(|name| named(name)) {
        *all.entry(name).or_default() += 1;
    }
    all
}

/// A position, and whose it is.
type Held<'s> = (&'s str, i32);

/// The position of each statement on each issue that is shown.
fn positions<'s>(study: &'s Study<'_>) -> BTreeMap<(&'s str, &'s str), Held<'s>> {
    let codebook = &study.corpus.codebook;
    let shown = study.positions.iter().filter(|positions| study.ask.shows(positions.speaker, positions.issue));
    let taken = shown.flat_map(|positions| {
        let issue = codebook.issue(positions.issue);
        let of = |rank: usize| issue.levels.get(rank).map_or(0, |level| level.position.0);
        let key = move |id| (id, issue.id.as_str());
        positions
            .taken
            .iter()
            .map(move |taken| (key(taken.statement().id.as_str()), (positions.speaker, of(taken.rank))))
    });
    taken.collect()
}

fn is_finding(verdict: &Verdict) -> bool {
    verdict.moved() || matches!(verdict, Verdict::Swing(_))
}

/// How many positions of a pair are new, gone or others.
#[derive(Debug, Clone, Copy, Default)]
struct Moves {
    new: usize,
    gone: usize,
    other: usize,
}

/// What each study says of the positions, with how they differ by speaker and issue.
struct Both<'s> {
    then: BTreeMap<(&'s str, &'s str), Held<'s>>,
    now: BTreeMap<(&'s str, &'s str), Held<'s>>,
    moves: BTreeMap<(&'s str, &'s str), Moves>,
}

impl<'s> Both<'s> {
    fn of(before: &'s Study<'_>, after: &'s Study<'_>) -> Both<'s> {
        let (then, now) = (positions(before), positions(after));
        let mut moves: BTreeMap<(&str, &str), Moves> = BTreeMap::new();
        let mut add = |speaker: &'s str, issue: &'s str, add: fn(&mut Moves)| {
            add(moves.entry((speaker, issue)).or_default());
        };
        for key in then.keys().chain(now.keys()).collect::<BTreeSet<_>>() {
            match (then.get(key), now.get(key)) {
                (Some((speaker, was)), Some((other, is))) if speaker == other => {
                    if was != is {
                        add(speaker, key.1, |moves| moves.other += 1);
                    }
                }
                // A statement that is given to another speaker is gone for one, and new for the other.
                (was, is) => {
                    was.into_iter().for_each(|(speaker, _)| add(speaker, key.1, |moves| moves.gone += 1));
                    is.into_iter().for_each(|(speaker, _)| add(speaker, key.1, |moves| moves.new += 1));
                }
            }
        }
        Both { then, now, moves }
    }

    fn moves(&self, speaker: &str, issue: &str) -> Moves {
        self.moves.get(&(speaker, issue)).copied().unwrap_or_default()
    }
}

/// Compares a study with an earlier one. `whole` is the level of all looks together.
pub fn between(before: &Study<'_>, after: &Study<'_>, whole: f64) -> WhatIsNew {
    let (old, new) = (ids(before), ids(after));
    let both = Both::of(before, after);
    let changed = both.then.iter().filter(|((id, _), _)| new.contains(id)).filter_map(|(key, (_, before))| {
        let after = both.now.get(key).map(|(_, position)| *position);
        let (statement_id, issue) = (key.0.to_owned(), key.1.to_owned());
        (after != Some(*before)).then_some(ChangedPosition { statement_id, issue, before: *before, after })
    });
    let (who_was, who_is) = (speakers(before), speakers(after));
    let (was, is) = (before.corpus.codebook.settle, after.corpus.codebook.settle);
    let mut out = WhatIsNew {
        statements: new.len(),
        new_statements: new.difference(&old).map(|id| (*id).to_owned()).collect(),
        gone_statements: old.difference(&new).count(),
        new_speakers: who_is
            .iter()
            .filter(|(name, _)| !who_was.contains_key(*name))
            .map(|(name, statements)| NewSpeaker { name: (*name).to_owned(), statements: *statements })
            .collect(),
        gone_speakers: who_was
            .keys()
            .filter(|name| !who_is.contains_key(*name))
            .map(|name| (*name).to_owned())
            .collect(),
        new_issues: Vec::new(),
        gone_issues: Vec::new(),
        new_positions: both.now.keys().filter(|key| old.contains(key.0) && !both.then.contains_key(*key)).count(),
        changed_positions: changed.collect(),
        other_reading: other_reading(before.corpus, after.corpus),
        other_settle: (was != is).then_some([was.word(), is.word()]),
        verdicts: verdicts(before, after, &both),
        tested: after.verdicts.tested,
        untested: untested(after, &both, whole),
    };
    issues(before, after, &both, &mut out);
    out
}

/// The files that say how statements are read, and are others now.
fn other_reading(before: &Corpus, after: &Corpus) -> Vec<&'static str> {
    let codebook = before.codebook_text() != after.codebook_text();
    let rules = before.rules.document.text != after.rules.document.text;
    let files = [(codebook, CODEBOOK), (rules, RULES_FILE)];
    files.into_iter().filter(|(differs, _)| *differs).map(|(_, file)| file).collect()
}

/// The issues that are new or gone.
fn issues(before: &Study<'_>, after: &Study<'_>, both: &Both<'_>, out: &mut WhatIsNew) {
    let count = |all: &BTreeMap<(&str, &str), Held<'_>>, id: &str| all.keys().filter(|(_, issue)| *issue == id).count();
    let (codebook, selection) = (&after.corpus.codebook, &after.ask.selection);
    for index in codebook.indices().filter(|index| selection.takes_issue(*index)) {
        let id = codebook.issue(index).id.as_str();
        let in_codebook_before = before.corpus.codebook.find(id).is_some();
        let positions = count(&both.now, id);
        if !in_codebook_before || positions > 0 && count(&both.then, id) == 0 {
            out.new_issues.push(NewIssue { issue: id.to_owned(), positions, in_codebook_before });
        }
    }
    let were: BTreeSet<&str> = both.then.keys().map(|(_, issue)| *issue).collect();
    out.gone_issues = were.into_iter().filter(|id| count(&both.now, id) == 0).map(str::to_owned).collect();
}

/// The verdicts that are others now.
fn verdicts(before: &Study<'_>, after: &Study<'_>, both: &Both<'_>) -> Vec<ChangedVerdict> {
    let pairs = |study: &'_ Study<'_>| -> BTreeMap<(String, String), Pair> {
        study.shown().map(|pair| ((pair.speaker.clone(), pair.issue.clone()), pair.clone())).collect()
    };
    let (were, are) = (pairs(before), pairs(after));
    let keys: BTreeSet<&(String, String)> = were.keys().chain(are.keys()).collect();
    let changed = keys.into_iter().filter_map(|key| {
        let (was, is) = (were.get(key), are.get(key));
        let found = |pair: Option<&Pair>| pair.is_some_and(|pair| is_finding(&pair.verdict));
        let same = was.zip(is).is_some_and(|(was, is)| is.verdict.stands_in(&was.verdict));
        let turn = match (found(was), found(is)) {
            (false, true) => VerdictTurn::New,
            (true, false) => VerdictTurn::Gone,
            (true, true) if !same => VerdictTurn::Other,
            _ => return None,
        };
        let said = |pair: Option<&Pair>, study: &Study<'_>| {
            pair.map(|pair| sentences::sentences(pair, &study.corpus.codebook).swap_remove(0))
        };
        let now = said(is, after);
        let sentence = if turn == VerdictTurn::Gone { said(was, before) } else { now.clone() };
        let test = |pair: Option<&Pair>, study: &Study<'_>| {
            pair.map(|pair| TestOfPair {
                statements: pair.statements,
                days: pair.days,
                p: pair.p,
                p_corrected: pair.p_corrected,
                level: study.ask.request.alpha,
                tested: study.verdicts.tested,
            })
        };
        Some(ChangedVerdict {
            speaker: key.0.clone(),
            issue: key.1.clone(),
            turn,
            before: was.map(|pair| pair.verdict.word()),
            after: is.map(|pair| pair.verdict.word()),
            sentence: sentence.unwrap_or_default(),
            sentence_now: now,
            test_before: test(was, before),
            test_after: test(is, after),
            reasons: reasons(was, is, both.moves(&key.0, &key.1), (before.verdicts.tested, after.verdicts.tested)),
        })
    });
    changed.collect()
}

/// What differs between a pair then and now: first what became of the test, then what it was given.
fn reasons(was: Option<&Pair>, is: Option<&Pair>, moves: Moves, tested: (usize, usize)) -> Vec<TurnReason> {
    let found = |pair: Option<&Pair>| pair.is_some_and(|pair| is_finding(&pair.verdict));
    let mut all = Vec::new();
    all.extend(match (is, found(was), found(is)) {
        (None, ..) => Some(TurnReason::NoPosition),
        (Some(is), true, false) if !is.tested => Some(TurnReason::TooFewDays { needed: is.days_needed }),
        (Some(_), true, false) => Some(TurnReason::AboveLevel),
        (Some(_), false, true) => Some(TurnReason::BelowLevel),
        _ => None,
    });
    let counted = |count: usize, reason: fn(usize) -> TurnReason| (count > 0).then(|| reason(count));
    all.extend(counted(moves.new, |count| TurnReason::NewPositions { count }));
    all.extend(counted(moves.gone, |count| TurnReason::GonePositions { count }));
    all.extend(counted(moves.other, |count| TurnReason::OtherPositions { count }));
    let (before, after) = tested;
    if before != after {
        all.push(TurnReason::OtherFamily { before, after });
    }
    all
}

/// The shown pairs with too few days.
fn untested(study: &Study<'_>, both: &Both<'_>, whole: f64) -> Vec<UntestedPair> {
    let one_look = Request { alpha: whole, ..study.ask.request };
    let all = study.verdicts.pairs.iter().zip(&study.series).zip(shift::testable(&study.series, &one_look));
    let few = all.filter(|((pair, _), _)| !pair.tested && study.ask.shows(&pair.speaker, pair.index));
    few.map(|((pair, _), tested_in_one_look)| UntestedPair {
        speaker: pair.speaker.clone(),
        issue: pair.issue.clone(),
        statements: pair.statements,
        days: pair.days,
        days_needed: pair.days_needed,
        new_positions: both.moves(&pair.speaker, &pair.issue).new,
        tested_in_one_look,
    })
    .collect()
}
