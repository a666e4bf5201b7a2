//! Which labels others give to statements with a given label.

use rand::RngExt;
use rand_pcg::Pcg64Mcg;

/// How often a verdict is repeated with labels redrawn.
pub const REPEATS: usize = 100;

/// The labels of others for each level that someone gave on an issue.
pub struct Confusion {
    /// First index: the rank of the level given. Second index: the rank of the others' level, with one more for none.
    counts: Vec<Vec<f64>>,
}

impl Confusion {
    /// Every level begins with 1 statement on which both agree, and a tenth of a statement for each neighbouring level,
    /// because a difference that was not seen yet is still possible.
    pub fn new(levels: usize) -> Confusion {
        let mut counts = vec![vec![0.0; levels + 1]; levels];
        for (given, row) in counts.iter_mut().enumerate() {
            for (other, cell) in row.iter_mut().take(levels).enumerate() {
                *cell = [1.0, 0.1].get(other.abs_diff(given)).copied().unwrap_or(0.0);
            }
        }
        Confusion { counts }
    }

    /// The labels of others for each level given, each pair with a weight. Every level begins with 1 statement that
    /// differs as those of all levels do, because few statements say little about a single level.
    pub fn pooled(levels: usize, pairs: &[(usize, Option<usize>, f64)]) -> Confusion {
        let own = Confusion::new(levels);
        let seen: f64 = pairs.iter().map(|(.., weight)| weight).sum();
        let mut pooled = Confusion { counts: vec![vec![0.0; levels + 1]; levels] };
        for (level, row) in own.counts.iter().enumerate() {
            // What was not seen is worth one statement, whatever the level.
            row.iter().enumerate().for_each(|(other, count)| pooled.counts[level][other] += count / (1.0 + seen));
            for (given, other, weight) in pairs {
                let moved = other.map(|other| (level + other).saturating_sub(*given).min(levels.saturating_sub(1)));
                pooled.add(level, moved, weight / (1.0 + seen));
            }
        }
        pairs.iter().for_each(|(given, other, weight)| pooled.add(*given, *other, *weight));
        pooled
    }

    /// Counts a statement with the level given, and the other's level, `None` for no position.
    pub fn add(&mut self, given: usize, other: Option<usize>, weight: f64) {
        let row = &mut self.counts[given];
        let other = other.unwrap_or(row.len() - 1);
        row[other] += weight;
    }

    /// A level that another might have given. `None` for no position.
    pub fn draw(&self, given: usize, rng: &mut Pcg64Mcg) -> Option<usize> {
        let row = &self.counts[given];
        let mut at = rng.random::<f64>() * row.iter().sum::<f64>();
        let drawn = row.iter().position(|count| {
            at -= count;
            at < 0.0
        });
        drawn.filter(|rank| rank + 1 < row.len())
    }
}
