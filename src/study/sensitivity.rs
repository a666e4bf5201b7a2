//! What a verdict takes for granted: how far levels are apart, and how much a day resembles the one before it. The test of
//! a shift is repeated with other spacings of the levels, and with the dependence of days set to a value instead of
//! estimated.

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;
use serde::Serialize;

use crate::file::json::rounded;
use crate::math::square;
use crate::series::{Day, Series};
use crate::shift::family::{SHIFT_SHARE, days_before};
use crate::shift::judge::seed_of;
use crate::shift::likelihood::Changes;
use crate::shift::permutation::{self, Effort};
use crate::shift::score::{ROUNDING, Score};
use crate::shift::{Pair, Request, Verdict};
use crate::words::{listed, many, p as p_in_words};

/// The dependences of a day on the one before it that are assumed instead.
const DEPENDENCES: [f64; 4] = [0.0, 0.2, 0.4, 0.6];
/// The fewest and the most rearrangements that a repetition makes.
const REARRANGEMENTS: (usize, usize) = (9_999, 99_999);

/// A way to place the levels of a scale, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spacing {
    /// All equally far apart.
    Equal,
    /// The step to either end counts twice.
    WideEnds,
    /// The steps in the middle count twice.
    WideMiddle,
    /// Each step counts less than the one below it: half as much at the top as at the bottom.
    WideBelow,
    /// The other way round.
    WideAbove,
}

impl Spacing {
    const ALL: [Spacing; 5] =
        [Spacing::Equal, Spacing::WideEnds, Spacing::WideMiddle, Spacing::WideBelow, Spacing::WideAbove];

    /// The name in tables, as in JSON.
    fn name(self) -> &'static str {
        match self {
            Spacing::Equal => "equal",
            Spacing::WideEnds => "wide-ends",
            Spacing::WideMiddle => "wide-middle",
            Spacing::WideBelow => "wide-below",
            Spacing::WideAbove => "wide-above",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Spacing::Equal => "equally far apart",
            Spacing::WideEnds => "farther apart at the ends",
            Spacing::WideMiddle => "farther apart in the middle",
            Spacing::WideBelow => "farther apart below",
            Spacing::WideAbove => "farther apart above",
        }
    }

    /// The place of each level, ascending from 0 to 1.
    fn places(self, levels: usize) -> Vec<f64> {
        let steps = levels.saturating_sub(1).max(1);
        let length = |step: usize| {
            let end = step == 0 || step + 1 == steps;
            let along = if steps > 1 { step as f64 / (steps - 1) as f64 } else { 0.0 };
            match self {
                Spacing::Equal => 1.0,
                Spacing::WideEnds => {
                    if end {
                        2.0
                    } else {
                        1.0
                    }
                }
                Spacing::WideMiddle => {
                    if end {
                        1.0
                    } else {
                        2.0
                    }
                }
                Spacing::WideBelow => 2.0 - along,
                Spacing::WideAbove => 1.0 + along,
            }
        };
        let whole: f64 = (0..steps).map(length).sum();
        let mut at = 0.0;
        let mut places = vec![0.0];
        for step in 0..steps {
            at += length(step) / whole;
            places.push(at);
        }
        places.truncate(levels);
        places
    }
}

/// The test of a shift under another assumption.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Assumed<T> {
    /// What was assumed.
    pub assumed: T,
    /// The p of a shift over its share of the level, as every p that is printed; corrected in no way, 0 to 1.
    pub p: f64,
    /// Whether the shift would be found among the other pairs: whether p is at most the level of the pair.
    pub found: bool,
}

/// The test of a shift under other assumptions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sensitivity {
    /// Whether the verdict is that the position moved.
    pub moved: bool,
    /// The largest p at which a shift of this pair is reported, if the other pairs keep theirs: each p is compared with it.
    pub level: f64,
    /// How much a day resembles the one before it, as the test estimates it.
    pub estimated: Option<f64>,
    /// The p of a shift with that estimate, before correction; `None` if the verdict is a swing.
    pub p: Option<f64>,
    /// With other spacings of the levels; a spacing that is equal to another on this scale is left out.
    pub spacings: Vec<Assumed<Spacing>>,
    /// With a fixed dependence of days.
    pub dependences: Vec<Assumed<f64>>,
}

/// Repeats the test of every pair that was tested and is `wanted`.
pub fn repeat(
    pairs: &[Pair],
    series: &[Series<'_>],
    request: &Request,
    wanted: impl Fn(&Pair) -> bool + Sync,
) -> Vec<Option<Sensitivity>> {
    let of = |(pair, series): (&Pair, &Series<'_>)| {
        (pair.tested && wanted(pair)).then(|| {
            let seed = seed_of(request.seed, series.speaker, &pair.issue);
            of_days(&series.days, pair, request, seed)
        })
    };
    pairs.par_iter().zip(series).map(of).collect()
}

fn of_days(days: &[Day], pair: &Pair, request: &Request, seed: u64) -> Sensitivity {
    let split = request.event.map(|event| days_before(days, event));
    // With an event the shift has the whole level.
    let share = if split.is_some() { 1.0 } else { SHIFT_SHARE };
    let assume = |p: f64| {
        let p = (p / share).min(1.0);
        (p, p <= pair.level)
    };
    let levels = days.iter().map(|day| day.counts.len()).max().unwrap_or(0);
    let effort = effort(share * pair.level);
    let mut known: Vec<Vec<f64>> = Vec::new();
    let mut spacings = Vec::new();
    for spacing in Spacing::ALL {
        let places = spacing.places(levels);
        if known.contains(&places) {
            continue;
        }
        let scores: Vec<Score> = days.iter().map(|day| placed(day, &places)).collect();
        let p = match split {
            Some(split) => permutation::test_at(&scores, split, effort, seed),
            None => permutation::test(&scores, effort, seed),
        };
        let (p, found) = assume(p.map_or(1.0, |tested| tested.p));
        spacings.push(Assumed { assumed: spacing, p, found });
        known.push(places);
    }
    let scores = crate::shift::score::scores(days);
    let dependences = DEPENDENCES.map(|dependence| {
        let (p, found) = assume(with_dependence(&scores, split, dependence, effort, seed));
        Assumed { assumed: dependence, p, found }
    });
    Sensitivity {
        moved: pair.verdict.moved(),
        level: pair.level,
        estimated: pair.dependence,
        // A swing has another test.
        p: pair.p.filter(|_| !matches!(pair.verdict, Verdict::Swing(_))),
        spacings,
        dependences: dependences.to_vec(),
    }
}

/// How many rearrangements tell whether p is below a level: so many that a few of them could be below it. More than the
/// fewest stop once the side of the level is clear.
fn effort(level: f64) -> Effort {
    const BELOW: f64 = 4.0;
    let wanted = (BELOW / level).ceil().min(REARRANGEMENTS.1 as f64) as usize;
    if wanted <= REARRANGEMENTS.0 { Effort::of(REARRANGEMENTS.0) } else { Effort::below(wanted, level) }
}

/// A day with its levels at other places.
fn placed(day: &Day, places: &[f64]) -> Score {
    let sum: f64 = day.counts.iter().zip(places).map(|(count, place)| f64::from(*count) * place).sum();
    Score { ridit: sum / day.statements() as f64, weight: day.weight() }
}

/// The share of rearranged series that are as far from steady, each made so dependent. The statistic is that of the
/// test: see `shift/permutation`.
fn with_dependence(days: &[Score], split: Option<usize>, dependence: f64, effort: Effort, seed: u64) -> f64 {
    let changes = Changes::of(days.len());
    let least = changes.as_ref().and_then(|changes| changes.observed(days));
    let apart = split.and_then(|split| apart_at(days, split));
    let as_far = |rearranged: &[Score]| match (split, apart, &changes, &least) {
        (Some(split), Some(observed), ..) => apart_at(rearranged, split).is_some_and(|far| far >= observed - ROUNDING),
        (None, _, Some(changes), Some(least)) => {
            changes.observed(rearranged).is_some_and(|far| far.z >= least.z - ROUNDING)
        }
        // All days are the same, or too few.
        _ => true,
    };
    let mut rng = Pcg64Mcg::seed_from_u64(seed);
    let mean = days.iter().map(|day| day.ridit).sum::<f64>() / days.len().max(1) as f64;
    let fresh = (1.0 - square(dependence)).sqrt();
    let (mut order, mut made) = (days.to_vec(), days.to_vec());
    let mut reached = 0;
    for done in 1..=effort.permutations {
        order.shuffle(&mut rng);
        let mut last = 0.0;
        for (place, (to, from)) in made.iter_mut().zip(&order).enumerate() {
            let own = from.ridit - mean;
            last = if place == 0 { own } else { dependence * last + fresh * own };
            *to = Score { ridit: last, ..*from };
        }
        reached += usize::from(as_far(&made));
        if let Some(p) = effort.over(reached, done) {
            return p;
        }
    }
    (reached + 1) as f64 / (effort.permutations + 1) as f64
}

/// The difference of the weighted means before and after a split, over its spread.
fn apart_at(days: &[Score], split: usize) -> Option<f64> {
    let (before, after) =
        days.split_at_checked(split).filter(|(before, after)| !before.is_empty() && !after.is_empty())?;
    let weight = |days: &[Score]| days.iter().map(|day| day.weight).sum::<f64>();
    let mean = |days: &[Score]| days.iter().map(|day| day.weight * day.ridit).sum::<f64>() / weight(days);
    let all = mean(days);
    let spread = days.iter().map(|day| square(day.ridit - all)).sum::<f64>();
    let error = (1.0 / weight(before) + 1.0 / weight(after)).sqrt();
    (spread > ROUNDING).then(|| (mean(after) - mean(before)).abs() / error / spread.sqrt())
}

impl Sensitivity {
    /// What other assumptions give, in a sentence each.
    pub fn sentences(&self) -> Vec<String> {
        let verdict = if self.moved { "The shift" } else { "That no shift is found" };
        let same = |found: bool| found == self.moved;
        let other: Vec<String> = self
            .spacings
            .iter()
            .filter(|run| !same(run.found))
            .map(|run| format!("{} (p {})", run.assumed.words(), p_in_words(run.p)))
            .collect();
        let all = self.spacings.len();
        let others = many(all, "other spacing");
        let spacings = match other.len() {
            0 => format!("{verdict} does not depend on how far the levels are apart: it is the same with {others}."),
            count => format!(
                "{verdict} depends on how far the levels are apart: it holds with {} of {others}, and not with levels \
                 {}.",
                all - count,
                listed(other.iter().map(String::as_str))
            ),
        };
        let words = |run: &Assumed<f64>| format!("{:.1} (p {})", run.assumed, p_in_words(run.p));
        let holds: Vec<String> = self.dependences.iter().filter(|run| same(run.found)).map(words).collect();
        let fails: Vec<String> = self.dependences.iter().filter(|run| !same(run.found)).map(words).collect();
        let list = |all: &[String]| listed(all.iter().map(String::as_str));
        let outcome = match (holds.is_empty(), fails.is_empty()) {
            (_, true) => format!("with {} instead, the verdict is the same", list(&holds)),
            (true, _) => format!("with {} instead, the verdict is another", list(&fails)),
            _ => {
                format!("with {} instead, the verdict is the same; with {}, it is another", list(&holds), list(&fails))
            }
        };
        let estimated = self.estimated.map_or("by nothing that can be seen".to_owned(), |rho| format!("by {rho:.2}"));
        let p = self.p.map(|p| format!(" (p {})", p_in_words(p))).unwrap_or_default();
        let dependences =
            format!("The test estimates that a day resembles the one before it {estimated}{p}; {outcome}.");
        let level = format!(
            "Each p here is before correction, and compared with {}: the largest p at which this pair would be reported, \
             given the others.",
            p_in_words(self.level)
        );
        vec![spacings, dependences, level]
    }

    /// A row for each assumption, the test as it is first.
    pub fn rows<'v>(&self, pair: &'v Pair) -> Vec<SensitivityRow<'v>> {
        let row = |assumption: &'static str, value: String, p: f64, found: bool| SensitivityRow {
            speaker: &pair.speaker,
            issue: &pair.issue,
            assumption,
            value,
            p: rounded(p),
            level: rounded(self.level),
            found,
            same_verdict: found == self.moved,
        };
        let estimated = self.estimated.map(|rho| format!("{rho:.3}")).unwrap_or_default();
        let own = self.p.map(|p| row("dependence-estimated", estimated, p, self.moved));
        let spacing = |run: &Assumed<Spacing>| row("spacing", run.assumed.name().to_owned(), run.p, run.found);
        let dependence = |run: &Assumed<f64>| row("dependence", format!("{:.1}", run.assumed), run.p, run.found);
        let others = self.spacings.iter().map(spacing).chain(self.dependences.iter().map(dependence));
        own.into_iter().chain(others).collect()
    }
}

/// The test of a pair under one assumption, as a row of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SensitivityRow<'v> {
    speaker: &'v str,
    issue: &'v str,
    assumption: &'static str,
    value: String,
    p: f64,
    level: f64,
    found: bool,
    same_verdict: bool,
}

/// What the columns of the table hold, in lines of at most 80 characters.
pub const SENSITIVITY_COLUMNS: &str = "\
  speaker, issue        the pair; only pairs that were tested have rows
  assumption, value     dependence-estimated: the verdict itself, with how much a
                        day resembles the one before it as the test estimates it;
                        dependence: that is assumed to be this value instead;
                        spacing: the levels are placed so, from equal (all as far
                        apart) to wide-ends, wide-middle, wide-below, wide-above
  p                     the p of a shift, before correction
  level                 what p is compared with: the largest p at which the pair
                        would be reported, given the p of the others
  found                 whether a shift would be reported
  same_verdict          whether that is what the verdict says
";

#[cfg(test)]
mod tests {
    use chrono::{Days, NaiveDate};

    use super::*;

    /// 9,999 rearrangements give no p below 0.0001, so nothing could ever be found among a thousand pairs.
    #[test]
    fn a_strict_level_has_enough_rearrangements_to_reach_it() {
        for level in [0.05, 0.001, 0.000_1, 0.000_05] {
            assert!(1.0 / (effort(level).permutations as f64 + 1.0) < level, "{level}");
        }
    }

    #[test]
    fn spacings_run_from_0_to_1_and_2_levels_have_one() {
        for spacing in Spacing::ALL {
            assert_eq!(spacing.places(2), [0.0, 1.0]);
            let places = spacing.places(5);
            assert!(places.len() == 5 && places[0] == 0.0 && (places[4] - 1.0).abs() < 1e-12, "{places:?}");
            assert!(places.windows(2).all(|two| two[0] < two[1]), "{places:?}");
        }
        assert!((Spacing::WideEnds.places(5)[1] - 1.0 / 3.0).abs() < 1e-12);
    }

    /// With a dependence of 0 it is the plain test of random orders, and more dependence never makes p smaller by much.
    #[test]
    fn more_dependence_makes_a_shift_less_certain() {
        let day = |place: usize| {
            let mut counts = vec![0; 5];
            counts[if place < 12 { 1 } else { 2 } + place % 2] = 1;
            Day { date: NaiveDate::MIN + Days::new(place as u64), counts }
        };
        let days: Vec<Day> = (0..24).map(day).collect();
        let scores = crate::shift::score::scores(&days);
        let p = DEPENDENCES.map(|dependence| with_dependence(&scores, None, dependence, effort(0.05), 1));
        assert!(p[0] < 0.01 && p[3] > 5.0 * p[0], "{p:?}");
        let at = DEPENDENCES.map(|dependence| with_dependence(&scores, Some(12), dependence, effort(0.05), 1));
        assert!(at[0] < 0.01 && at[3] > at[0], "{at:?}");
        assert_eq!(
            with_dependence(
                &scores[..12].iter().map(|s| Score { ridit: 0.5, ..*s }).collect::<Vec<_>>(),
                None,
                0.0,
                effort(0.05),
                1
            ),
            1.0
        );
    }
}
