//! By how much a position changed, and within what range that lies.
//!
//! The size at a date that was searched for, and that is printed only because it was found, is too large on
//! average. So its range is that of a size that is seen only beyond a threshold.

use chrono::NaiveDate;
use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use crate::math::{Interval, square};
use crate::series::Day;
use crate::shift::likelihood::likeliest_split;
use crate::shift::permutation::{self, inflation};
use crate::shift::place::{LEAST_SPREAD, line, mean, spread, superiority};
use crate::shift::score::{Score, aside, scores};

/// The intended certainty of ranges.
pub const SURE: f64 = 0.95;
/// How often a detectable shift is found.
pub const POWER: f64 = 0.8;
/// How many days the assumption is worth that both sides of a change vary alike.
const ALIKE_DAYS: f64 = 6.0;
/// With few days, the error of the share of pairs at a date that was searched for is too large: it is that of all
/// series, not only of those whose shift was found. From simulation.
const SHARE_DAYS: f64 = 50.0;

/// A size, and what must be known to judge it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Likely {
    /// The likely size, in levels: smaller than the size that was seen if a date was searched for.
    pub size: f64,
    /// Its range, in levels.
    pub range: Interval,
}

impl Likely {
    /// A change that is no larger than one that was seen. A line may leave the scale, and what is seen of it does not.
    pub fn at_most(self, seen: f64) -> Likely {
        Likely { size: self.size.clamp(-seen.abs(), seen.abs()), ..self }
    }

    /// No change is larger than the scale of these days.
    fn within(self, days: &[Day]) -> Likely {
        let most = days.first().map_or(0.0, |day| day.counts.len() as f64 - 1.0);
        let within = |size: f64| size.clamp(-most, most);
        let Likely { size, range } = self;
        Likely { size: within(size), range: Interval { low: within(range.low), high: within(range.high) } }
    }
}

/// A test that something had to pass to be reported.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Passed {
    /// The level of the test.
    pub level: f64,
    /// Where in the days the change is, as a share of their number: 0 to 1. A half for a drift.
    pub share: f64,
}

/// A difference with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Difference {
    value: f64,
    error: f64,
    days: usize,
    /// The degrees of freedom of the error.
    freedom: f64,
}

/// How much larger than for a known date the standardised size must be to be found, from simulation: a shift
/// away from the middle is harder to find, and the more so the fewer days there are.
fn search(share: f64, days: usize) -> f64 {
    const HALFWAY: f64 = 1.17;
    let off = (4.0 * (share - 0.5).abs()).min(1.0);
    HALFWAY + off * (0.17 + 80.0 / square(days as f64))
}

/// The standardised size that is found 4 times in 5.
fn found(passed: Passed, days: usize) -> f64 {
    let normal = Normal::standard();
    let known = normal.inverse_cdf(1.0 - passed.level / 2.0) + normal.inverse_cdf(POWER);
    search(passed.share, days) * known
}

/// The least standardised size that is found.
fn least(passed: Passed, days: usize) -> f64 {
    (found(passed, days) - Normal::standard().inverse_cdf(POWER)).max(0.0)
}

/// The size of a shift after a share of the days that would be found 4 times in 5 at a level, in levels. The
/// days are assumed to spread as these do about their likeliest means.
pub fn detectable(days: &[Day], passed: Passed) -> f64 {
    let scores = scores(days);
    let split = likeliest_split(&scores, aside(days.len()));
    let dependence = permutation::dependence(&scores, split);
    let parts = 1.0 / (passed.share * (1.0 - passed.share)) / days.len() as f64;
    found(passed, days.len()) * spread(days) * (parts * inflation(dependence)).sqrt()
}

/// By how much the mean of later days differs from the mean of earlier ones. There must be a day of both.
/// `passed` is the test that found the date between them, if it was searched for.
pub fn between(before: &[Day], after: &[Day], passed: Option<Passed>) -> Likely {
    difference(before, after).likely(passed).within(before)
}

/// The variance of days about 2 means or a line, in squared levels.
fn variance(left: f64, days: usize) -> f64 {
    (left / (days as f64 - 2.0).max(1.0)).max(square(LEAST_SPREAD))
}

/// The degrees of freedom of that variance, if dependent days are worth fewer.
fn freedom(days: usize, inflation: f64) -> f64 {
    days as f64 / inflation.sqrt() - 2.0
}

/// All days, and how they depend on one another about the means of the 2 parts.
fn together(before: &[Day], after: &[Day]) -> (Vec<Day>, f64) {
    let all: Vec<Day> = before.iter().chain(after).cloned().collect();
    let dependence = permutation::dependence(&scores(&all), before.len());
    (all, dependence)
}

fn difference(before: &[Day], after: &[Day]) -> Difference {
    let (all, dependence) = together(before, after);
    let (earlier, later) = (mean(before), mean(after));
    let weight = |days: &[Day]| days.iter().map(Day::weight).sum::<f64>();
    let squares =
        |days: &[Day], mean: f64| days.iter().map(|day| day.weight() * square(day.mean() - mean)).sum::<f64>();
    // The side nearer to an end of the scale varies less. A few days show little of that.
    let together = variance(squares(before, earlier) + squares(after, later), all.len());
    let of_mean = |days: &[Day], mean: f64| {
        let own = days.len() as f64 - 1.0;
        let shared = (squares(days, mean) + ALIKE_DAYS * together) / (own + ALIKE_DAYS);
        shared.max(square(LEAST_SPREAD)) / weight(days)
    };
    let inflation = inflation(dependence);
    Difference {
        value: later - earlier,
        error: ((of_mean(before, earlier) + of_mean(after, later)) * inflation).sqrt(),
        days: all.len(),
        freedom: freedom(all.len(), inflation),
    }
}

/// By how much a straight line through days rises from the first of them to the last, if a test found that
/// they changed. There must be a day.
pub fn of_line(days: &[Day], passed: Passed) -> Likely {
    let line = line(days.iter().map(|day| (day.date, day.weight(), day.mean())));
    let start = days.first().map_or(NaiveDate::MIN, |day| day.date);
    let span = days.last().map_or(1.0, |day| (day.date - start).num_days().max(1) as f64);
    let x = |day: &Day| (day.date - start).num_days() as f64 / span;
    let weight: f64 = days.iter().map(Day::weight).sum();
    let middle = days.iter().map(|day| day.weight() * x(day)).sum::<f64>() / weight;
    let apart: f64 = days.iter().map(|day| day.weight() * square(x(day) - middle)).sum();
    let value = line.last - line.first;
    let rest = |day: &Day| Score { ridit: day.mean() - line.first - value * x(day), weight: day.weight() };
    let rests: Vec<Score> = days.iter().map(rest).collect();
    let left: f64 = rests.iter().map(|rest| rest.weight * square(rest.ridit)).sum();
    let inflation = inflation(permutation::dependence(&rests, days.len()));
    let error = (variance(left, days.len()) / apart.max(f64::MIN_POSITIVE) * inflation).sqrt();
    Difference { value, error, days: days.len(), freedom: freedom(days.len(), inflation) }
        .likely(Some(passed))
        .within(days)
}

/// Within what range the share of pairs lies in which a later statement is higher than an earlier one. Its ends
/// are as many standard errors away as those of the size. The error is that of the end, not of the share that
/// was seen, so it is not 0 if all pairs agree: R. Newcombe, "Confidence intervals for an effect size measure
/// based on the Mann-Whitney statistic", part 2, Stat Med 25 (2006), method 5. If the date was searched for, it is
/// made smaller as simulation shows.
pub fn superior(before: &[Day], after: &[Day], passed: Option<Passed>) -> Interval {
    let (_, dependence) = together(before, after);
    let (m, n) = (worth(before, inflation(dependence)), worth(after, inflation(dependence)));
    let seen = superiority(before, after);
    let days = (before.len() + after.len()) as f64;
    let smaller = if passed.is_some() { (days / (days + SHARE_DAYS)).sqrt() } else { 1.0 };
    // The larger share is looked at, and turned back at the end.
    let (share, up) = if seen >= 0.5 { (seen, true) } else { (1.0 - seen, false) };
    let error = |share: f64| {
        let more = ((m + n) / 2.0 - 1.0).max(0.0);
        let several = 1.0 + more * ((1.0 - share) / (2.0 - share) + share / (1.0 + share));
        smaller * (share * (1.0 - share) * several / (m * n)).sqrt()
    };
    let ends = difference(before, after).ends(passed);
    let (below, above) = (ends.seen - ends.low, ends.high - ends.seen);
    // The test decides the direction.
    let least = if passed.is_some() { 0.5 } else { 0.0 };
    let low = solve(0.0, share, |low| share - low - below * error(low)).max(least);
    let high = solve(share, 1.0, |high| share - high + above * error(high));
    if up { Interval { low, high } } else { Interval { low: 1.0 - high, high: 1.0 - low } }
}

/// How many independent statements some days are worth, if statements of one day are correlated by ½, as in
/// the weight of a day, and every statement counts the same.
fn worth(days: &[Day], inflation: f64) -> f64 {
    let (mut all, mut shared) = (0.0, 0.0);
    for statements in days.iter().map(|day| day.statements() as f64) {
        all += statements;
        shared += statements * (statements + 1.0) / 2.0;
    }
    (all * all / shared / inflation).max(1.0)
}

/// Where a function that falls from above 0 to below 0 between two numbers is 0; the nearer end if it does not.
fn solve(mut low: f64, mut high: f64, falls: impl Fn(f64) -> f64) -> f64 {
    const HALVINGS: usize = 60;
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if falls(middle) > 0.0 { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// A size and the ends of its range in standard errors, in the direction of the size that was seen.
struct Ends {
    seen: f64,
    low: f64,
    likely: f64,
    high: f64,
}

impl Difference {
    /// If it had to pass a test, the standardised size is seen only beyond the least that passes: H. Zhong, R. Prentice, "Bias-reduced estimators and confidence intervals for odds ratios in
    /// genome-wide association studies", Biostatistics 9 (2008). That takes too much off a large size with few
    /// days, as simulations show. So the likely size is halfway to what was seen, and the far end is that of
    /// a size without a test. The near end is not beyond 0, because the test decides the direction.
    fn ends(self, passed: Option<Passed>) -> Ends {
        const FEWEST_FREEDOM: f64 = 2.0;
        let seen = self.value.abs() / self.error;
        let Ok(law) = StudentsT::new(0.0, 1.0, self.freedom.max(FEWEST_FREEDOM)) else {
            return Ends { seen, low: seen, likely: seen, high: seen };
        };
        let tail = (1.0 - SURE) / 2.0;
        let reach = law.inverse_cdf(1.0 - tail);
        let high = seen + reach;
        let Some(passed) = passed else { return Ends { seen, low: seen - reach, likely: seen, high } };
        let least = least(passed, self.days).min(seen);
        // How likely a size as large is among those that pass, if the true one is this.
        let as_large = |real: f64| law.sf(seen - real) / (law.sf(least - real) + law.cdf(-least - real));
        let with = |share: f64| solve(0.0, seen, |real| share - as_large(real));
        Ends { seen, low: with(tail), likely: f64::midpoint(with(0.5), seen), high }
    }

    /// The size and its range, in levels.
    fn likely(self, passed: Option<Passed>) -> Likely {
        let ends = self.ends(passed);
        let unit = self.error * self.value.signum();
        let (one, other) = (ends.low * unit, ends.high * unit);
        Likely { size: ends.likely * unit, range: Interval { low: one.min(other), high: one.max(other) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days with one statement each, on a scale of 5 levels.
    fn days(ranks: &[usize]) -> Vec<Day> {
        let counts = |rank: usize| (0..5).map(|level| u32::from(level == rank)).collect();
        let date = |day: usize| NaiveDate::from_num_days_from_ce_opt(740_000 + day as i32).unwrap_or(NaiveDate::MIN);
        ranks.iter().enumerate().map(|(place, rank)| Day { date: date(place), counts: counts(*rank) }).collect()
    }

    const PASSED: Option<Passed> = Some(Passed { level: 0.04, share: 0.5 });

    #[test]
    fn a_line_that_leaves_the_scale_is_no_larger_than_what_is_seen_of_it() {
        let likely = Likely { size: -4.0, range: Interval { low: -4.0, high: -2.6 } };
        assert_eq!(likely.at_most(-3.7).size, -3.7);
        assert_eq!(likely.at_most(4.5).size, -4.0);
    }

    #[test]
    fn a_size_that_was_searched_for_is_likely_smaller_and_the_less_sure_it_is_the_more_so() {
        let weak = days(&[1, 2, 1, 3, 1, 2, 1, 2, 2, 3, 2, 3, 1, 3, 2, 3]);
        let known = between(&weak[..8], &weak[8..], None);
        let sought = between(&weak[..8], &weak[8..], PASSED);
        assert!(sought.size < 0.8 * known.size && sought.range.low < known.size && sought.range.low >= 0.0);
        assert!((sought.range.high - known.range.high).abs() < 1e-9);
        let clear = days(&[[0; 12], [4; 12]].concat());
        let sought = between(&clear[..12], &clear[12..], PASSED);
        assert!(sought.size > 3.9 && sought.range.low > 2.5 && sought.range.high <= 4.0, "{sought:?}");
        let down = between(&clear[12..], &clear[..12], PASSED);
        assert!((down.size + sought.size).abs() < 1e-9 && (down.range.high + sought.range.low).abs() < 1e-9);
    }

    #[test]
    fn a_range_of_pairs_is_not_empty_if_all_pairs_agree() {
        let clear = days(&[[0; 12], [4; 12]].concat());
        let range = superior(&clear[..12], &clear[12..], None);
        assert!(range.low > 0.6 && range.low < 0.95 && range.high > 0.999, "{range:?}");
        let turned = superior(&clear[12..], &clear[..12], None);
        assert!((turned.low + range.high - 1.0).abs() < 1e-6 && (turned.high + range.low - 1.0).abs() < 1e-6);
        // The end away from ½ pays for no search, and its error is smaller by √(24 / 74).
        let mixed = days(&[1, 2, 1, 2, 1, 3, 2, 1, 2, 1, 1, 2, 2, 3, 2, 3, 2, 3, 1, 3, 2, 3, 3, 2]);
        let (known, sought) =
            (superior(&mixed[..12], &mixed[12..], None), superior(&mixed[..12], &mixed[12..], PASSED));
        let seen = superiority(&mixed[..12], &mixed[12..]);
        let (far, near) = (known.high - seen, sought.high - seen);
        assert!(near > 0.3 * far && near < 0.8 * far && sought.low >= 0.5, "{known:?} {sought:?} {seen}");
        let same = superior(&days(&[2; 9]), &days(&[2; 9]), None);
        assert!((same.low + same.high - 1.0).abs() < 0.01 && same.low < 0.4, "{same:?}");
    }

    /// The formula for a known split halfway, times what the search costs.
    #[test]
    fn a_shift_away_from_the_middle_must_be_larger_to_be_found() {
        let all = days(&[1, 2, 3, 2].repeat(10));
        let at = |share: f64| detectable(&all, Passed { level: 0.05, share });
        let dependence = permutation::dependence(&scores(&all), likeliest_split(&scores(&all), aside(40)));
        let known = (1.959_964 + 0.841_621) * spread(&all) * (0.1 * inflation(dependence)).sqrt();
        assert!((at(0.5) / known - 1.17).abs() < 1e-4);
        // 1.39 / 1.17, times the root of (1/¼ + 1/¾) over that of (1/½ + 1/½).
        assert!((at(0.25) / at(0.5) - 1.371_82).abs() < 1e-4 && (at(0.25) - at(0.75)).abs() < 1e-9);
    }
}
