//! What is new in a study since an earlier one of the same corpus.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::shift::{Pair, Verdict, words as sentences};
use crate::study::Study;

/// What is new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhatIsNew {
    /// How many statements there are.
    pub statements: usize,
    /// The ids of those that were not there before.
    pub new_statements: Vec<String>,
    /// How many that were there before are gone.
    pub gone_statements: usize,
    /// How many positions statements that were there before take now, and did not take then.
    pub new_positions: usize,
    /// The positions of statements that were there before, and are others now.
    pub changed_positions: Vec<ChangedPosition>,
    /// The verdicts that are new or gone, by speaker, then by issue.
    pub verdicts: Vec<ChangedVerdict>,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
}

/// The ids of the statements that a study has selected.
fn ids<'s>(study: &'s Study<'_>) -> BTreeSet<&'s str> {
    let rows = &study.corpus.statements.rows;
    study.corpus.places(&study.ask.selection).into_iter().map(|place| rows[place].id.as_str()).collect()
}

/// The position of each statement on each issue that is shown.
fn positions<'s>(study: &'s Study<'_>) -> BTreeMap<(&'s str, &'s str), i32> {
    let codebook = &study.corpus.codebook;
    let shown = study.positions.iter().filter(|positions| study.ask.shows(positions.speaker, positions.issue));
    let taken = shown.flat_map(|positions| {
        let issue = codebook.issue(positions.issue);
        let of = |rank: usize| issue.levels.get(rank).map_or(0, |level| level.position.0);
        positions.taken.iter().map(move |taken| ((taken.statement().id.as_str(), issue.id.as_str()), of(taken.rank)))
    });
    taken.collect()
}

fn is_finding(verdict: &Verdict) -> bool {
    verdict.moved() || matches!(verdict, Verdict::Swing(_))
}

/// Compares a study with an earlier one.
pub fn between(before: &Study<'_>, after: &Study<'_>) -> WhatIsNew {
    let (old, new) = (ids(before), ids(after));
    let (then, now) = (positions(before), positions(after));
    let changed = then.iter().filter(|((id, _), _)| new.contains(id)).filter_map(|(key, before)| {
        let after = now.get(key).copied();
        let (statement_id, issue) = (key.0.to_owned(), key.1.to_owned());
        (after != Some(*before)).then_some(ChangedPosition { statement_id, issue, before: *before, after })
    });
    let pairs = |study: &'_ Study<'_>| -> BTreeMap<(String, String), Pair> {
        study.shown().map(|pair| ((pair.speaker.clone(), pair.issue.clone()), pair.clone())).collect()
    };
    let (were, are) = (pairs(before), pairs(after));
    let keys: BTreeSet<&(String, String)> = were.keys().chain(are.keys()).collect();
    let verdicts = keys.into_iter().filter_map(|key| {
        let (was, is) = (were.get(key), are.get(key));
        let found = |pair: Option<&Pair>| pair.is_some_and(|pair| is_finding(&pair.verdict));
        let same = was.zip(is).is_some_and(|(was, is)| is.verdict.stands_in(&was.verdict));
        let turn = match (found(was), found(is)) {
            (false, true) => VerdictTurn::New,
            (true, false) => VerdictTurn::Gone,
            (true, true) if !same => VerdictTurn::Other,
            _ => return None,
        };
        let (pair, study) = if turn == VerdictTurn::Gone { (was, before) } else { (is, after) };
        let sentence = pair.map(|pair| sentences::sentences(pair, &study.corpus.codebook).swap_remove(0));
        Some(ChangedVerdict {
            speaker: key.0.clone(),
            issue: key.1.clone(),
            turn,
            before: was.map(|pair| pair.verdict.word()),
            after: is.map(|pair| pair.verdict.word()),
            sentence: sentence.unwrap_or_default(),
        })
    });
    WhatIsNew {
        statements: new.len(),
        new_statements: new.difference(&old).map(|id| (*id).to_owned()).collect(),
        gone_statements: old.difference(&new).count(),
        new_positions: now.keys().filter(|key| old.contains(key.0) && !then.contains_key(*key)).count(),
        changed_positions: changed.collect(),
        verdicts: verdicts.collect(),
    }
}
