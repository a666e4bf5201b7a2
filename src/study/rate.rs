//! Whether there are more statements, or fewer, from the date of a shift on. Then what was collected may have changed, and
//! not only the position.

use chrono::NaiveDate;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;

use crate::series::{Day, Series};
use crate::shift::judge::seed_of;
use crate::shift::rate::RateChange;
use crate::shift::{Pair, Verdict};

/// A rate has changed if it is at least so many times as high on one side ...
const LEAST: f64 = 2.0;
/// ... and if that is so rare in random orders of the gaps between days.
const RARE: f64 = 0.01;
/// How many random orders show that.
const ORDERS: usize = 999;
/// A rate is said for so many days.
const MONTH: f64 = 30.0;

/// Adds to each pair the changes of the rate at the dates of its verdict.
pub fn add(pairs: &mut [Pair], series: &[Series<'_>], seed: u64) {
    let add = |(pair, series): (&mut Pair, &Series<'_>)| {
        let middle = || series.days.get(series.days.len() / 2).map(|day| day.date);
        let dates: Vec<NaiveDate> = match (&pair.verdict, pair.event) {
            (Verdict::TooFew | Verdict::Steady | Verdict::Swing(_), _) => Vec::new(),
            (_, Some(event)) => vec![event],
            (Verdict::Drift(_), None) => middle().into_iter().collect(),
            (verdict, None) => verdict.shifts().iter().map(|shift| shift.first_after).collect(),
        };
        let seed = seed_of(seed, series.speaker, &pair.issue);
        pair.rates = dates.into_iter().filter_map(|date| change(&series.days, date, seed)).collect();
    };
    pairs.par_iter_mut().zip(series).for_each(add);
}

fn change(days: &[Day], date: NaiveDate, seed: u64) -> Option<RateChange> {
    let at = days.partition_point(|day| day.date < date);
    let (first, last) = (days.first()?.date, days.last()?.date);
    // The gap to a day belongs to the side of that day.
    let mut gaps: Vec<i64> = days.windows(2).map(|two| (two[1].date - two[0].date).num_days()).collect();
    let split = at.checked_sub(1).filter(|split| *split > 0 && *split < gaps.len())?;
    let apart = |gaps: &[i64]| {
        let mean = |gaps: &[i64]| gaps.iter().sum::<i64>() as f64 / gaps.len() as f64;
        let (before, after) = (mean(&gaps[..split]), mean(&gaps[split..]));
        (before / after).max(after / before)
    };
    let observed = apart(&gaps);
    let (mut rng, mut as_far) = (Pcg64Mcg::seed_from_u64(seed), 1);
    let said = |days: &[Day]| days.iter().map(Day::statements).sum::<usize>() as f64;
    let (until, since) = ((days[at].date - first).num_days() as f64, (last - days[at].date).num_days() as f64 + 1.0);
    let (before, after) = (MONTH * said(&days[..at]) / until, MONTH * said(&days[at..]) / since);
    if observed < LEAST || (before / after).max(after / before) < LEAST {
        return None;
    }
    for _ in 0..ORDERS {
        gaps.shuffle(&mut rng);
        as_far += usize::from(apart(&gaps) >= observed - 1e-9);
        if as_far as f64 > RARE * (ORDERS + 1) as f64 {
            return None;
        }
    }
    Some(RateChange { date, before, after })
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;

    fn days(gaps: &[u64]) -> Vec<Day> {
        let mut date = NaiveDate::from_ymd_opt(2025, 1, 1).unwrap();
        let mut all = vec![Day { date, counts: vec![1, 0] }];
        for gap in gaps {
            date = date + Days::new(*gap);
            all.push(Day { date, counts: vec![1, 0] });
        }
        all
    }

    #[test]
    fn a_rate_that_triples_is_said_and_one_that_stays_is_not() {
        let faster = days(&[[9; 12], [3; 12]].concat());
        let found = change(&faster, faster[13].date, 1).unwrap();
        assert!(found.after / found.before > 2.5, "{found:?}");
        assert!(found.sentence(crate::date::Grain::Day).contains("more often from"));
        let mixed: Vec<u64> = (0..24).map(|place| if place % 2 == 0 { 3 } else { 9 }).collect();
        assert_eq!(change(&days(&mixed), days(&mixed)[13].date, 1), None);
        let edge = days(&[5; 10]);
        assert!(change(&edge, edge[0].date, 1).is_none() && change(&edge, NaiveDate::MAX, 1).is_none());
        assert!(change(&[], NaiveDate::MAX, 1).is_none());
    }
}
