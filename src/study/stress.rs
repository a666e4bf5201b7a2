//! What a verdict rests on. Each verdict is repeated without each statement, day, source, rule and coder, and without
//! paraphrases. Without a coder, rules step in on statements that only this coder labelled.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::label::{ADJUDICATED, HandDecisions, Whose};
use crate::series::Series;
use crate::shift::judge::Judge;
use crate::shift::rerun::{Lost, Runs, Stress, Without};
use crate::shift::{Pair, Request, Verdict, Verdicts};
use crate::statement::Kind;
use crate::study::positions::{Grounds, Positions, Taken};

/// Stresses the verdicts on pairs that were tested and are `wanted`. Calls `done` for each pair.
pub fn stress(
    verdicts: &mut Verdicts,
    positions: &[Positions<'_>],
    grounds: &Grounds<'_, '_>,
    request: &Request,
    wanted: impl Fn(&Pair) -> bool + Sync,
    done: impl Fn() + Sync,
) {
    let (corpus, codebook) = (grounds.corpus, &grounds.corpus.codebook);
    let coders = corpus.coders.iter().map(|file| &file.coder).filter(|coder| *coder != ADJUDICATED);
    let without_coders: Vec<(&str, HandDecisions)> = match grounds.whose {
        Whose::Rules => Vec::new(),
        Whose::Hand | Whose::Both => coders.map(|coder| (coder.as_str(), corpus.hands_without(coder))).collect(),
    };
    let of_coders: Vec<(&str, Vec<Positions<'_>>)> = without_coders
        .iter()
        .map(|(coder, hands)| {
            let labels = corpus.labelled_by(hands, grounds.decisions, grounds.selection);
            (*coder, grounds.positions(&labels))
        })
        .collect();
    let stressed = |pair: &Pair, positions: &Positions<'_>| {
        let stress = (pair.tested && wanted(pair)).then(|| {
            let others = of_coders.iter().map(|(coder, all)| {
                let other = all.iter().find(|o| o.speaker == positions.speaker && o.issue == positions.issue);
                let series = match other {
                    Some(other) => other.series(codebook),
                    None => Series { grain: positions.grain, ..Series::new(positions.speaker, positions.issue) },
                };
                (*coder, series)
            });
            let judge = verdicts.judge(pair, codebook, request);
            of_pair(pair, positions, others.collect(), &judge, |rule| &corpus.rules.rules[rule].id)
        });
        done();
        stress
    };
    let all: Vec<Option<Stress>> =
        verdicts.pairs.par_iter().zip(positions).map(|(pair, positions)| stressed(pair, positions)).collect();
    for (pair, stress) in verdicts.pairs.iter_mut().zip(all) {
        pair.stress = stress;
    }
}

/// Single statements or days are left out only up to this number of them.
const MOST_LEFT_OUT: usize = 1_000;

/// The statements that a re-run uses.
enum Rerun<'s> {
    /// The statements without these, by their places.
    Less(Vec<usize>),
    /// Another series.
    Other(&'s Series<'s>),
}

fn of_pair<'r>(
    pair: &Pair,
    positions: &Positions<'_>,
    without_coders: Vec<(&str, Series<'_>)>,
    judge: &Judge<'_>,
    rule_id: impl Fn(usize) -> &'r str,
) -> Stress {
    let all = &positions.taken;
    let day_of = |taken: &Taken<'_>| positions.day(taken);
    let dated = || all.iter().enumerate().filter(|(_, taken)| day_of(taken).is_some());
    let places = |is_part: &dyn Fn(&Taken<'_>) -> bool| -> Vec<usize> {
        dated().filter(|(_, taken)| is_part(taken)).map(|(place, _)| place).collect()
    };
    let mut reruns: Vec<(Without, String, Rerun<'_>)> = Vec::new();
    let mut less = |without: Without, name: &str, places: Vec<usize>| {
        reruns.push((without, name.to_owned(), Rerun::Less(places)));
    };
    let days: BTreeSet<NaiveDate> = dated().filter_map(|(_, taken)| day_of(taken)).collect();
    // One of so many decides nothing, and leaving out each in turn would take hours.
    let few = |count: usize| count <= MOST_LEFT_OUT;
    for (place, taken) in dated().filter(|_| few(pair.statements)) {
        less(Without::Statement, &taken.statement().id, vec![place]);
    }
    for day in days.iter().filter(|_| few(days.len())) {
        less(Without::Day, &day.to_string(), places(&|taken| day_of(taken) == Some(*day)));
    }
    let publishers: BTreeSet<&str> = dated().map(|(_, taken)| taken.statement().source_publisher.as_str()).collect();
    for publisher in publishers.into_iter().filter(|name| !name.is_empty()) {
        less(Without::Source, publisher, places(&|taken| taken.statement().source_publisher == publisher));
    }
    let firing = |taken: &Taken<'_>| -> BTreeSet<usize> {
        let firings = if taken.by_rules { taken.label.decision.firings() } else { &[] };
        firings.iter().map(|firing| firing.rule).collect()
    };
    let rules: BTreeSet<(&str, usize)> =
        dated().flat_map(|(_, taken)| firing(taken)).map(|rule| (rule_id(rule), rule)).collect();
    for (id, rule) in rules {
        less(Without::Rule, id, places(&|taken| firing(taken).contains(&rule)));
    }
    let indirect = places(&|taken| taken.statement().kind == Kind::Indirect);
    if !indirect.is_empty() {
        less(Without::Indirect, "paraphrases", indirect);
    }
    for (coder, other) in &without_coders {
        reruns.push((Without::Coder, (*coder).to_owned(), Rerun::Other(other)));
    }
    // Leaving out the only statement of a day leaves out the day, so it is computed once.
    let mut different: Vec<&Rerun<'_>> = Vec::new();
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
                let left = Positions { taken: kept.map(|(_, taken)| *taken).collect(), ..*positions };
                judge.anew(&left.series(judge.codebook))
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
            let lost = places.iter().map(|place| all[*place].statement()).map(|statement| Lost {
                statement_id: statement.id.clone(),
                text: statement.text.clone(),
                indirect: statement.kind == Kind::Indirect,
                verdict: verdict.word(),
            });
            rests_on.extend(lost);
        }
        kind.overturned.push((name.clone(), verdict.word()));
    }
    let (runs, stands) = (tested().count(), tested().filter(|verdict| verdict.stands_in(&pair.verdict)).count());
    Stress { by, rests_on, runs, stands }
}
