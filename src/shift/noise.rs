//! Rules err. A verdict that rests on rule labels is repeated with labels changed as often, and as
//! far, as rules were seen to differ from hands.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;
use serde::Serialize;

use crate::codebook::{Codebook, IssueIndex, Position};
use crate::corpus::{Corpus, RuleDecisions};
use crate::label::HandDecision;
use crate::series::{Labelled, Series};
use crate::shift::{Judge, Pair, Request, Verdicts, seed_of};

/// How often a verdict is repeated.
const REPEATS: usize = 100;

/// How a verdict stands up to the errors of rules.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Relabelled {
    /// On how many statements, labelled by hands and rules, the errors were measured; 0 where there is
    /// none, so that nothing was repeated.
    pub measured_on: usize,
    /// Share of those on which rules gave another position, or one where hands gave none, 0 to 1.
    pub wrong: f64,
    /// How often the verdict was repeated.
    pub repeats: usize,
    /// How often it stood.
    pub stands: usize,
}

/// What hands said where rules gave each level of an issue's scale.
struct Confusion {
    /// By the rank of the rules' level: by the rank of the hands', then once more for none.
    counts: Vec<Vec<f64>>,
    measured_on: usize,
    wrong: usize,
}

impl Confusion {
    /// Counts what hands and rules said of the same statements. Every level begins with one statement
    /// on which both agree and a tenth of one for each neighbouring level, since an error not yet seen
    /// is not impossible.
    fn measure(corpus: &Corpus, decisions: &RuleDecisions, issue: IssueIndex) -> Confusion {
        let levels = &corpus.codebook.issue(issue).levels;
        let rank = |position: Position| levels.iter().position(|level| level.position == position);
        let mut counts = vec![vec![0.0; levels.len() + 1]; levels.len()];
        for (given, row) in counts.iter_mut().enumerate() {
            for (hand, cell) in row.iter_mut().take(levels.len()).enumerate() {
                *cell = [1.0, 0.1].get(hand.abs_diff(given)).copied().unwrap_or(0.0);
            }
        }
        let (mut measured_on, mut wrong) = (0, 0);
        for statement in 0..decisions.len() {
            let decision = corpus.decision(decisions, statement, issue);
            let (Some(HandDecision::Settled { position, .. }), Some(given)) =
                (decision.hand, decision.rule_position().and_then(rank))
            else {
                continue;
            };
            let hand = position.and_then(rank).unwrap_or(levels.len());
            counts[given][hand] += 1.0;
            measured_on += 1;
            wrong += usize::from(hand != given);
        }
        Confusion { counts, measured_on, wrong }
    }

    /// What a hand might have said; `None` for no position.
    fn draw(&self, given: usize, rng: &mut Pcg64Mcg) -> Option<usize> {
        let row = &self.counts[given];
        let mut at = rng.random::<f64>() * row.iter().sum::<f64>();
        let drawn = row.iter().position(|count| {
            at -= count;
            at < 0.0
        });
        drawn.filter(|rank| rank + 1 < row.len())
    }
}

/// Repeats the verdicts that rest on rule labels; `done` is told of each pair.
pub fn repeat(
    verdicts: &mut Verdicts,
    series: &[Series<'_>],
    corpus: &Corpus,
    decisions: &RuleDecisions,
    request: &Request,
    done: impl Fn() + Sync,
) {
    let confusions: Vec<Confusion> =
        corpus.codebook.indices().map(|issue| Confusion::measure(corpus, decisions, issue)).collect();
    let (permutations, family) = (verdicts.permutations, verdicts.tested);
    verdicts.pairs.par_iter_mut().zip(series).for_each(|(pair, series)| {
        if pair.by_rules > 0 && pair.tested {
            let confusion = &confusions[series.issue.0];
            let judge = Judge { codebook: &corpus.codebook, request, permutations, family, level: pair.level };
            pair.relabelled = Some(relabelled(pair, series, confusion, &judge));
        }
        done();
    });
}

fn relabelled(pair: &Pair, series: &Series<'_>, confusion: &Confusion, judge: &Judge<'_>) -> Relabelled {
    let wrong = confusion.wrong as f64 / confusion.measured_on.max(1) as f64;
    if confusion.measured_on == 0 {
        return Relabelled { measured_on: 0, wrong: 0.0, repeats: 0, stands: 0 };
    }
    let seed = seed_of(judge.request.seed, series, judge.codebook);
    let stands = (0..REPEATS)
        .into_par_iter()
        .filter(|repeat| {
            let mut rng = Pcg64Mcg::seed_from_u64(seed.wrapping_add(*repeat as u64 + 1));
            judge.anew(&redrawn(series, judge.codebook, confusion, &mut rng)).stands_in(&pair.verdict)
        })
        .count();
    Relabelled { measured_on: confusion.measured_on, wrong, repeats: REPEATS, stands }
}

/// The series with the positions that hands might have given where rules gave one.
fn redrawn<'f>(series: &Series<'f>, codebook: &Codebook, confusion: &Confusion, rng: &mut Pcg64Mcg) -> Series<'f> {
    let levels = &codebook.issue(series.issue).levels;
    let statements = series.statements.iter().filter_map(|statement| {
        if statement.rules.is_empty() {
            return Some(*statement);
        }
        let rank = confusion.draw(statement.rank, rng)?;
        Some(Labelled { position: levels[rank].position.0, rank, ..*statement })
    });
    Series { statements: statements.collect(), ..*series }
}
