//! What a verdict rests on: it is reached again without each statement, day, source, rule and coder,
//! and without paraphrases.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::Serialize;

use crate::corpus::{Corpus, RuleDecisions};
use crate::error::Result;
use crate::frame::{LabelFrame, Selection};
use crate::label::ADJUDICATED;
use crate::series::{Basis, Labelled, Series};
use crate::shift::{Judge, Pair, Request, Verdict, Verdicts};

/// What is left out of a re-run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Without {
    /// A single statement.
    Statement,
    /// All statements of a day.
    Day,
    /// All statements read in one publication.
    Source,
    /// All labels of a rule.
    Rule,
    /// All labels of a coder.
    Coder,
    /// All paraphrases.
    Indirect,
}

/// The re-runs of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Runs {
    /// What was left out in each.
    pub without: Without,
    /// How many there were.
    pub runs: usize,
    /// In how many the verdict stood: the same word in the same direction.
    pub stands: usize,
    /// What overturned it when left out, each with the verdict that then follows.
    pub overturned: Vec<(String, &'static str)>,
}

/// What a verdict rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stress {
    /// The re-runs, by kind; kinds without any are not there.
    pub by: Vec<Runs>,
    /// The statements any one of which overturns the verdict when lost, with their words.
    pub rests_on: Vec<(String, String)>,
}

impl Stress {
    /// How many re-runs there were, and in how many the verdict stood.
    pub fn share(&self) -> (usize, usize) {
        self.by.iter().fold((0, 0), |(runs, stands), kind| (runs + kind.runs, stands + kind.stands))
    }
}

/// The labels from which the series came.
pub struct Source<'c> {
    /// The corpus.
    pub corpus: &'c Corpus,
    /// What its rules say.
    pub decisions: &'c RuleDecisions,
    /// Which statements were taken.
    pub selection: &'c Selection,
    /// Whose positions.
    pub basis: Basis,
}

/// Stresses the verdicts on the pairs that were tested; `done` is told of each pair.
///
/// # Errors
/// Whatever polars refuses.
pub fn stress(
    verdicts: &mut Verdicts,
    series: &[Series<'_>],
    source: &Source<'_>,
    request: &Request,
    done: impl Fn() + Sync,
) -> Result<()> {
    let codebook = &source.corpus.codebook;
    let mut without_coders: Vec<(String, LabelFrame)> = Vec::new();
    if source.basis != Basis::Rules {
        for coder in source.corpus.coders.iter().map(|file| &file.coder).filter(|coder| *coder != ADJUDICATED) {
            let hands = source.corpus.hands_without(coder);
            let frame = LabelFrame::by_hands(source.corpus, &hands, source.decisions, source.selection, false)?;
            without_coders.push((coder.clone(), frame));
        }
    }
    let mut of_coders: Vec<(&str, Vec<Series<'_>>)> = Vec::new();
    for (coder, frame) in &without_coders {
        of_coders.push((coder, Series::all(frame, codebook, source.basis)?));
    }
    let permutations = verdicts.permutations;
    verdicts.pairs.par_iter_mut().zip(series).for_each(|(pair, series)| {
        if pair.tested {
            let judge = Judge { codebook, request, permutations, multiplier: pair.multiplier };
            let others = of_coders.iter().map(|(coder, all)| {
                let own = all.iter().find(|other| other.speaker == series.speaker && other.issue == series.issue);
                (*coder, own.cloned().unwrap_or(Series { statements: Vec::new(), ..*series }))
            });
            pair.stress = Some(of_pair(pair, series, others.collect(), &judge));
        }
        done();
    });
    Ok(())
}

fn of_pair<'f>(pair: &Pair, series: &Series<'f>, without_coders: Vec<(&str, Series<'f>)>, judge: &Judge<'_>) -> Stress {
    let dated: Vec<&Labelled<'f>> = series.dated().collect();
    let mut runs: Vec<(Without, String, Series<'f>)> = Vec::new();
    for statement in &dated {
        runs.push((Without::Statement, statement.id.to_owned(), series.without(|other| other.id == statement.id)));
    }
    for day in series.days() {
        runs.push((
            Without::Day,
            day.date.to_string(),
            series.without(|other| !other.by_month && other.from == day.date),
        ));
    }
    let names = |of: fn(&Labelled<'f>) -> &'f str| -> BTreeSet<&'f str> {
        dated.iter().flat_map(|statement| of(statement).split("; ")).filter(|name| !name.is_empty()).collect()
    };
    let sources: BTreeSet<&str> =
        dated.iter().map(|statement| statement.publisher).filter(|name| !name.is_empty()).collect();
    for source in sources {
        runs.push((Without::Source, source.to_owned(), series.without(|other| other.publisher == source)));
    }
    for rule in names(|statement| statement.rules) {
        runs.push((
            Without::Rule,
            rule.to_owned(),
            series.without(|other| other.rules.split("; ").any(|id| id == rule)),
        ));
    }
    for (coder, series) in without_coders {
        runs.push((Without::Coder, coder.to_owned(), series));
    }
    if dated.iter().any(|statement| statement.indirect) {
        runs.push((Without::Indirect, "paraphrases".to_owned(), series.without(|other| other.indirect)));
    }
    let verdicts: Vec<Verdict> = runs.par_iter().map(|(_, _, series)| judge.anew(series)).collect();
    let mut by: Vec<Runs> = Vec::new();
    let mut rests_on = Vec::new();
    for ((without, name, _), verdict) in runs.into_iter().zip(verdicts) {
        if by.last().is_none_or(|last| last.without != without) {
            by.push(Runs { without, runs: 0, stands: 0, overturned: Vec::new() });
        }
        let Some(kind) = by.last_mut() else { continue };
        kind.runs += 1;
        if verdict.stands_in(&pair.verdict) {
            kind.stands += 1;
            continue;
        }
        if without == Without::Statement {
            let words = dated.iter().find(|statement| statement.id == name).map_or("", |statement| statement.text);
            rests_on.push((name.clone(), words.to_owned()));
        }
        kind.overturned.push((name, verdict.word()));
    }
    Stress { by, rests_on }
}
