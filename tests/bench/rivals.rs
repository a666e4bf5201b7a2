//! What else could be done, on the means of days. Each says whether it finds a change at 5 %.

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64Mcg;
use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::gamma::ln_gamma;

pub const NAMES: [&str; 6] = ["Pettitt", "CUSUM", "sup-F", "Mann-Whitney", "PELT", "Bayes"];

/// What each of them finds.
pub fn all(means: &[f64], seed: u64) -> [bool; 6] {
    [
        pettitt(means) <= 0.05,
        cusum(means, seed) <= 0.05,
        sup_f(means) > 8.85,
        halves(means) <= 0.05,
        pelt(means),
        bayes(means) >= 0.95,
    ]
}

/// A. Pettitt, Appl Stat 28 (1979), with his approximation of p.
fn pettitt(means: &[f64]) -> f64 {
    let n = means.len() as f64;
    let (mut u, mut most) = (0.0_f64, 0.0_f64);
    for one in means {
        u += means.iter().map(|other| f64::from(i8::from(other > one) - i8::from(other < one))).sum::<f64>();
        most = most.max(u.abs());
    }
    (2.0 * (-6.0 * most * most / (n.powi(3) + n * n)).exp()).min(1.0)
}

/// The largest cumulated sum, by shuffling days.
fn cusum(means: &[f64], seed: u64) -> f64 {
    const PERMUTATIONS: usize = 499;
    let mean = means.iter().sum::<f64>() / means.len() as f64;
    let most = |means: &[f64]| {
        let mut sum = 0.0;
        means.iter().fold(0.0_f64, |most, own| {
            sum += own - mean;
            most.max(f64::abs(sum))
        })
    };
    let observed = most(means) - 1e-9;
    let mut rng = Pcg64Mcg::seed_from_u64(seed);
    let mut shuffled = means.to_vec();
    let reached = (0..PERMUTATIONS).filter(|_| {
        shuffled.shuffle(&mut rng);
        most(&shuffled) >= observed
    });
    (reached.count() + 1) as f64 / (PERMUTATIONS + 1) as f64
}

/// The largest F of a step, with 15 % on either side: D. Andrews, Econometrica 61 (1993), 8.85 at 5 %.
fn sup_f(means: &[f64]) -> f64 {
    let n = means.len();
    let trim = ((0.15 * n as f64).ceil() as usize).max(2);
    let mean = means.iter().sum::<f64>() / n as f64;
    let all: f64 = means.iter().map(|own| (own - mean).powi(2)).sum();
    let (mut sum, mut best) = (0.0, 0.0_f64);
    for split in 1..=n - trim {
        sum += means[split - 1] - mean;
        if split >= trim {
            let between = sum * sum * n as f64 / (split as f64 * (n - split) as f64);
            best = best.max(between / ((all - between).max(1e-9) / (n as f64 - 2.0)));
        }
    }
    best
}

/// Mann and Whitney's test of the two halves.
fn halves(means: &[f64]) -> f64 {
    let (before, after) = means.split_at(means.len() / 2);
    let (na, nb, n) = (before.len() as f64, after.len() as f64, means.len() as f64);
    let wins = |a: &f64, b: &f64| if b > a { 1.0 } else { f64::from(u8::from(a == b)) / 2.0 };
    let u: f64 = before.iter().flat_map(|a| after.iter().map(move |b| wins(a, b))).sum();
    let mut sorted = means.to_vec();
    sorted.sort_by(f64::total_cmp);
    let ties: f64 = sorted.chunk_by(|a, b| a == b).map(|tied| (tied.len() as f64).powi(3) - tied.len() as f64).sum();
    let variance = na * nb / 12.0 * (n + 1.0 - ties / (n * (n - 1.0)));
    if variance <= 0.0 {
        return 1.0;
    }
    let z = ((u - na * nb / 2.0).abs() - 0.5).max(0.0) / variance.sqrt();
    2.0 * (1.0 - Normal::standard().cdf(z))
}

/// The best partition into means, each change at 2 log n, with the spread from differences of neighbours:
/// R. Killick and others, J Am Stat Assoc 107 (2012).
fn pelt(means: &[f64]) -> bool {
    let n = means.len();
    let mut steps: Vec<f64> = means.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
    let rough = (steps.iter().map(|step| step.powi(2)).sum::<f64>() / (2.0 * (n as f64 - 1.0))).sqrt();
    steps.sort_by(f64::total_cmp);
    let robust = steps[steps.len() / 2] / 0.6745 / 2_f64.sqrt();
    let spread = if robust > 0.0 { robust } else { rough };
    if spread <= 0.0 {
        return false;
    }
    let penalty = 2.0 * (n as f64).ln() * spread * spread;
    let (mut sums, mut squares) = (vec![0.0], vec![0.0]);
    for (place, own) in means.iter().enumerate() {
        sums.push(sums[place] + own);
        squares.push(squares[place] + own * own);
    }
    let cost = |a: usize, b: usize| squares[b] - squares[a] - (sums[b] - sums[a]).powi(2) / (b - a) as f64;
    let mut best = vec![f64::INFINITY; n + 1];
    let mut last = vec![0; n + 1];
    best[0] = -penalty;
    for to in 2..=n {
        for from in (0..=to - 2).filter(|from| *from != 1) {
            let total = best[from] + cost(from, to) + penalty;
            if total < best[to] {
                (best[to], last[to]) = (total, from);
            }
        }
    }
    last[n] != 0
}

/// The probability of one change against none, at even odds, with conjugate priors on standardised means.
fn bayes(means: &[f64]) -> f64 {
    const PRIOR: f64 = 0.5;
    let n = means.len() as f64;
    let mean = means.iter().sum::<f64>() / n;
    let spread = (means.iter().map(|own| (own - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    if spread <= 1e-9 {
        return 0.0;
    }
    let standard: Vec<f64> = means.iter().map(|own| (own - mean) / spread).collect();
    let fit = |parts: &[&[f64]]| {
        let (mut log, mut rate) = (0.0, 0.5);
        for part in parts {
            let (m, sum) = (part.len() as f64, part.iter().sum::<f64>());
            rate += 0.5 * (part.iter().map(|own| own * own).sum::<f64>() - sum * sum / (m + PRIOR));
            log += 0.5 * (PRIOR / (PRIOR + m)).ln();
        }
        log + ln_gamma(1.0 + n / 2.0) - (1.0 + n / 2.0) * rate.ln()
    };
    let none = fit(&[&standard]);
    let splits: Vec<f64> =
        (2..=standard.len() - 2).map(|split| fit(&[&standard[..split], &standard[split..]]) - none).collect();
    let ratio = splits.iter().map(|log| log.exp()).sum::<f64>() / splits.len() as f64;
    ratio / (1.0 + ratio)
}
