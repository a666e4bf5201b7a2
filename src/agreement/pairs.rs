//! Coders two by two: who codes higher, and by how much. And when each of them coded.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::agreement::interval::{self, Margin};
use crate::agreement::statistic::{Coefficient, Ratings, Weights};
use crate::agreement::{CoderTable, clusters};
use crate::codebook::Position;
use crate::corpus::Corpus;

/// How two coders compare on one issue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoderPair {
    /// The issue.
    pub issue: String,
    /// One of them.
    pub first: String,
    /// The other.
    pub second: String,
    /// Statements that both have read.
    pub read: usize,
    /// Statements to which both gave a position. All that follows uses them.
    pub both: usize,
    /// By how many levels the second is higher, on average; negative if the first is. `None` without such a statement.
    pub bias: Option<f64>,
    /// Its 95 % interval.
    pub bias_interval: Margin,
    /// Share of equal positions, 0 to 1.
    pub percent: Coefficient,
    /// Cohen's kappa, linear weights.
    pub kappa_linear: Coefficient,
}

/// How many labels a coder gave on an issue in one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoderMonth {
    /// The issue.
    pub issue: String,
    /// The month in which the words were said, such as 2025-03.
    pub month: String,
    /// The coder.
    pub coder: String,
    /// Statements that the coder has read.
    pub read: usize,
    /// Statements among these to which the coder gave a position.
    pub positions: usize,
}

/// What two coders gave to one statement: how many levels are below, `None` for no position.
type Both = (usize, Option<usize>, Option<usize>);

/// Every two coders of a table, those without a common statement too.
pub fn pairs(table: &CoderTable, corpus: &Corpus) -> Vec<CoderPair> {
    let issue = corpus.codebook.issue(table.issue);
    let rank = |position: Position| issue.levels.iter().position(|level| level.position == position);
    let mut shared: BTreeMap<(usize, usize), Vec<Both>> = BTreeMap::new();
    let clusters = clusters(corpus, table.units.iter().map(|(statement, _)| *statement));
    for ((_, said), cluster) in table.units.iter().zip(clusters) {
        let readers: Vec<(usize, Option<usize>)> =
            said.iter().enumerate().filter_map(|(coder, said)| Some((coder, (*said)?.and_then(rank)))).collect();
        for (place, (first, given)) in readers.iter().enumerate() {
            for (second, other) in &readers[place + 1..] {
                shared.entry((*first, *second)).or_default().push((cluster, *given, *other));
            }
        }
    }
    let values: Vec<f64> = issue.levels.iter().map(|level| f64::from(level.position.0)).collect();
    let count = table.coders.len();
    let all = (0..count).flat_map(|first| (first + 1..count).map(move |second| (first, second)));
    all.map(|(first, second)| {
        let read = shared.get(&(first, second)).map_or(&[][..], Vec::as_slice);
        let both: Vec<(usize, usize, usize)> =
            read.iter().filter_map(|(cluster, given, other)| Some((*cluster, (*given)?, (*other)?))).collect();
        let higher = |(cluster, given, other): &(usize, usize, usize)| (*cluster, *other as f64 - *given as f64);
        let (bias, bias_interval) = interval::of_mean(&both.iter().map(higher).collect::<Vec<_>>());
        let ratings = both.iter().map(|(_, given, other)| vec![Some(*given), Some(*other)]).collect();
        let ratings = Ratings::new(values.clone(), ratings);
        CoderPair {
            issue: issue.id.clone(),
            first: table.coders[first].clone(),
            second: table.coders[second].clone(),
            read: read.len(),
            both: both.len(),
            bias,
            bias_interval,
            percent: ratings.percent(),
            kappa_linear: ratings.cohen(Weights::Linear),
        }
    })
    .collect()
}

/// How many labels each coder of a table gave, by month. A coder without a label in a month has a row of zeros, so that
/// gaps can be seen.
pub fn months(table: &CoderTable, corpus: &Corpus) -> Vec<CoderMonth> {
    let mut counts: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (statement, said) in &table.units {
        let month = corpus.statements.rows[*statement].date.written.format("%Y-%m").to_string();
        let of_month = counts.entry(month).or_insert_with(|| vec![(0, 0); table.coders.len()]);
        for (count, said) in of_month.iter_mut().zip(said) {
            count.0 += usize::from(said.is_some());
            count.1 += usize::from(said.flatten().is_some());
        }
    }
    let issue = &corpus.codebook.issue(table.issue).id;
    let row = |month: &str, coder: &String, (read, positions): (usize, usize)| CoderMonth {
        issue: issue.clone(),
        month: month.to_owned(),
        coder: coder.clone(),
        read,
        positions,
    };
    let of_month = |(month, counts): (&String, &Vec<(usize, usize)>)| -> Vec<CoderMonth> {
        table.coders.iter().zip(counts).map(|(coder, counts)| row(month, coder, *counts)).collect()
    };
    counts.iter().flat_map(of_month).collect()
}
