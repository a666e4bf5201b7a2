//! Rules make errors. A verdict that rests on rule labels is repeated with labels changed as often, and as far, as
//! rules were seen to differ from coders.

use crate::codebook::{IssueIndex, Position};
use crate::corpus::Corpus;
use crate::label::HandDecision;
use crate::rule::RuleDecisions;
use crate::shift::judge::{Judge, seed_of};
use crate::shift::rerun::Relabelled;
use crate::shift::{Pair, Request, Verdicts};
use crate::statement::Verified;
use crate::study::confusion::{Confusion, REPEATS};
use crate::study::positions::{Grounds, Positions, Taken};
use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;

/// The errors of the rules on an issue.
struct Errors {
    confusion: Confusion,
    measured_on: usize,
    wrong: usize,
}

impl Errors {
    /// Counts the labels of coders and rules on the same statements.
    fn measure(corpus: &Corpus, decisions: &RuleDecisions, issue: IssueIndex, unverified: bool) -> Errors {
        let levels = &corpus.codebook.issue(issue).levels;
        let rank = |position: Position| levels.iter().position(|level| level.position == position);
        let mut confusion = Confusion::new(levels.len());
        let (mut measured_on, mut wrong) = (0, 0);
        let counted = |verified: Verified| verified == Verified::Yes || (unverified && verified == Verified::No);
        for (place, _) in corpus.statements.rows.iter().enumerate().filter(|(_, row)| counted(row.verified)) {
            let decision = corpus.decision(decisions, place, issue);
            let (Some(HandDecision::Settled { position, .. }), Some(given)) =
                (decision.hand, decision.rule_position().and_then(rank))
            else {
                continue;
            };
            let hand = position.and_then(rank);
            confusion.add(given, hand, 1.0);
            measured_on += 1;
            wrong += usize::from(hand != Some(given));
        }
        Errors { confusion, measured_on, wrong }
    }
}

/// Repeats the verdicts on pairs that rest on rule labels, if they are `wanted`. Calls `done` for each pair. The errors
/// of rules are measured on verified statements, and on unverified ones if the selection takes them. Rejected ones say
/// nothing about the rules.
pub fn repeat(
    verdicts: &mut Verdicts,
    positions: &[Positions<'_>],
    grounds: &Grounds<'_, '_>,
    request: &Request,
    wanted: impl Fn(&Pair) -> bool + Sync,
    done: impl Fn() + Sync,
) {
    let Grounds { corpus, decisions, selection, .. } = *grounds;
    let errors: Vec<Errors> = corpus
        .codebook
        .indices()
        .map(|issue| Errors::measure(corpus, decisions, issue, selection.unverified))
        .collect();
    let repeated = |pair: &Pair, positions: &Positions<'_>| {
        let judge = verdicts.judge(pair, &corpus.codebook, request);
        let relabelling = (pair.by_rules > 0 && pair.tested && wanted(pair))
            .then(|| relabelled(pair, positions, &errors[pair.index.0], &judge));
        done();
        relabelling
    };
    let all: Vec<Option<Relabelled>> =
        verdicts.pairs.par_iter().zip(positions).map(|(pair, positions)| repeated(pair, positions)).collect();
    for (pair, relabelling) in verdicts.pairs.iter_mut().zip(all) {
        pair.relabelled = relabelling;
    }
}

fn relabelled(pair: &Pair, positions: &Positions<'_>, errors: &Errors, judge: &Judge<'_>) -> Relabelled {
    let wrong = errors.wrong as f64 / errors.measured_on.max(1) as f64;
    if errors.measured_on == 0 {
        return Relabelled { measured_on: 0, wrong: 0.0, repeats: 0, stands: 0 };
    }
    let seed = seed_of(judge.request.seed, positions.speaker, &pair.issue);
    let stands = (0..REPEATS)
        .into_par_iter()
        .filter(|repeat| {
            let mut rng = Pcg64Mcg::seed_from_u64(seed.wrapping_add(*repeat as u64 + 1));
            let redrawn = redrawn(positions, &errors.confusion, &mut rng);
            judge.anew(&redrawn.series(judge.codebook)).stands_in(&pair.verdict)
        })
        .count();
    Relabelled { measured_on: errors.measured_on, wrong, repeats: REPEATS, stands }
}

/// The same statements with the positions that coders might have given instead of rules.
fn redrawn<'c>(positions: &Positions<'c>, confusion: &Confusion, rng: &mut Pcg64Mcg) -> Positions<'c> {
    let taken = positions.taken.iter().filter_map(|taken| {
        if !taken.by_rules {
            return Some(*taken);
        }
        Some(Taken { rank: confusion.draw(taken.rank, rng)?, ..*taken })
    });
    Positions { taken: taken.collect(), ..*positions }
}
