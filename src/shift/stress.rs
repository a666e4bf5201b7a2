//! What a verdict rests on: it is reached again without each statement, day, source, rule and coder,
//! and without paraphrases. Without a coder, rules step in where that coder was alone.

use std::collections::{BTreeMap, BTreeSet};

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
    /// How many there were that could still be tested.
    pub runs: usize,
    /// In how many the verdict stood: moved in the same direction, or the same word.
    pub stands: usize,
    /// How many could not be tested, too few days being left.
    pub too_few: usize,
    /// What overturned it when left out, each with the verdict that then follows.
    pub overturned: Vec<(String, &'static str)>,
}

/// What a verdict rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stress {
    /// The re-runs, by kind; kinds without any are not there.
    pub by: Vec<Runs>,
    /// The statements any one of which overturns the verdict when lost.
    pub rests_on: Vec<Lost>,
    /// How many different re-runs could be tested: a statement that is its day's only one, or its
    /// source's, counts once.
    pub runs: usize,
    /// In how many of them the verdict stood.
    pub stands: usize,
}

/// A statement whose loss overturns a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lost {
    /// Its id.
    pub statement_id: String,
    /// The words.
    pub text: String,
    /// Whether that is a paraphrase.
    pub indirect: bool,
    /// The verdict without it.
    pub verdict: &'static str,
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
    let (permutations, family) = (verdicts.permutations, verdicts.tested);
    verdicts.pairs.par_iter_mut().zip(series).for_each(|(pair, series)| {
        if pair.tested {
            let judge = Judge { codebook, request, permutations, family, level: pair.level };
            let others = of_coders.iter().map(|(coder, all)| {
                let own = all.iter().find(|other| other.speaker == series.speaker && other.issue == series.issue);
                (*coder, own.cloned().unwrap_or(Series { statements: Vec::new(), conflicts: 0, ..*series }))
            });
            pair.stress = Some(of_pair(pair, series, others.collect(), &judge));
        }
        done();
    });
    Ok(())
}

/// Of more statements or days than this, single ones are not left out.
const MOST_LEFT_OUT: usize = 1_000;

/// What a re-run is made of.
enum Rerun<'s, 'f> {
    /// The series without these statements, by their places.
    Less(Vec<usize>),
    /// Another series.
    Other(&'s Series<'f>),
}

fn of_pair<'f>(pair: &Pair, series: &Series<'f>, without_coders: Vec<(&str, Series<'f>)>, judge: &Judge<'_>) -> Stress {
    let all = &series.statements;
    let places = |of: &dyn Fn(&Labelled<'f>) -> bool| -> Vec<usize> {
        (0..all.len()).filter(|place| !all[*place].by_month && of(&all[*place])).collect()
    };
    let mut reruns: Vec<(Without, String, Rerun<'_, 'f>)> = Vec::new();
    let mut less = |without: Without, name: &str, places: Vec<usize>| {
        reruns.push((without, name.to_owned(), Rerun::Less(places)));
    };
    let days = series.days();
    // One of so many decides nothing, and leaving each out in turn would take hours.
    let few = |count: usize| count <= MOST_LEFT_OUT;
    for (place, statement) in all.iter().enumerate().filter(|(_, s)| !s.by_month && few(pair.statements)) {
        less(Without::Statement, statement.id, vec![place]);
    }
    for day in days.iter().filter(|_| few(days.len())) {
        less(Without::Day, &day.date.to_string(), places(&|statement| statement.from == day.date));
    }
    let sources: BTreeSet<&str> = series.dated().map(|s| s.publisher).filter(|name| !name.is_empty()).collect();
    for source in sources {
        less(Without::Source, source, places(&|statement| statement.publisher == source));
    }
    let rules: BTreeSet<&str> =
        series.dated().flat_map(|s| s.rules.split("; ")).filter(|name| !name.is_empty()).collect();
    for rule in rules {
        less(Without::Rule, rule, places(&|statement| statement.rules.split("; ").any(|id| id == rule)));
    }
    let indirect = places(&|statement| statement.indirect);
    if !indirect.is_empty() {
        less(Without::Indirect, "paraphrases", indirect);
    }
    for (coder, other) in &without_coders {
        reruns.push((Without::Coder, (*coder).to_owned(), Rerun::Other(other)));
    }
    // Leaving out a day's only statement is leaving out the day: it is judged once.
    let mut different: Vec<&Rerun<'_, 'f>> = Vec::new();
    let mut known: BTreeMap<&[usize], usize> = BTreeMap::new();
    let mut which = Vec::with_capacity(reruns.len());
    for (_, _, rerun) in &reruns {
        let new = different.len();
        let place = match rerun {
            Rerun::Less(places) => *known.entry(places).or_insert(new),
            Rerun::Other(_) => new,
        };
        if place == new {
            different.push(rerun);
        }
        which.push(place);
    }
    let verdicts: Vec<Verdict> = different
        .par_iter()
        .map(|rerun| match rerun {
            Rerun::Other(other) => judge.anew(other),
            Rerun::Less(places) => {
                let kept = all.iter().enumerate().filter(|(place, _)| places.binary_search(place).is_err());
                judge.anew(&Series { statements: kept.map(|(_, statement)| *statement).collect(), ..*series })
            }
        })
        .collect();
    let tested = || verdicts.iter().filter(|verdict| **verdict != Verdict::TooFew);
    let mut by: Vec<Runs> = Vec::new();
    let mut rests_on = Vec::new();
    for ((without, name, rerun), place) in reruns.iter().zip(which) {
        let verdict = &verdicts[place];
        if by.last().is_none_or(|last| last.without != *without) {
            by.push(Runs { without: *without, runs: 0, stands: 0, too_few: 0, overturned: Vec::new() });
        }
        let Some(kind) = by.last_mut() else { continue };
        if *verdict == Verdict::TooFew {
            kind.too_few += 1;
            continue;
        }
        kind.runs += 1;
        if verdict.stands_in(&pair.verdict) {
            kind.stands += 1;
            continue;
        }
        if let (Without::Statement, Rerun::Less(places)) = (without, rerun) {
            let lost = places.iter().map(|place| all[*place]).map(|statement| Lost {
                statement_id: statement.id.to_owned(),
                text: statement.text.to_owned(),
                indirect: statement.indirect,
                verdict: verdict.word(),
            });
            rests_on.extend(lost);
        }
        kind.overturned.push((name.clone(), verdict.word()));
    }
    let (runs, stands) = (tested().count(), tested().filter(|verdict| verdict.stands_in(&pair.verdict)).count());
    Stress { by, rests_on, runs, stands }
}
