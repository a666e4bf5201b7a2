//! The tests of shifts: do the days before a date differ from the days after it by more than they would if
//! the order of days meant nothing, or if only neighbouring days were alike?
//!
//! `docs/methods.md` says why this test was chosen, and `cargo bench --bench simulation` measures how well
//! it performs.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::math::{cos, ln, pow, square};
use crate::shift::lanes::{Arrangement, Movable, Rearranged, WIDTH};
use crate::shift::likelihood::{Changes, Least, likeliest_split, two_splits};
use crate::shift::score::{ROUNDING, Score, aside};
use crate::shift::tail::Tail;

/// The assumed dependence of a day on the one before it, until the days show more, and how many days this
/// assumption is worth: dependences from 0 to ½ are all likely. For a split chosen beforehand, and for
/// standard errors.
const DEPENDENCE: f64 = 0.28;
const DEPENDENCE_DAYS: f64 = 40.0;
/// In the search for a shift, independence is assumed instead. What the days show counts for half at so many days, and for
/// little with half as many: the splits that are taken out of a few days hide most of it. Its share is 1 over 1 and this
/// power of the number over the days.
const SEARCH_HALF: f64 = 35.0;
const SEARCH_POWER: f64 = 2.5;
/// How far this may err: a standard deviation of so much over the root of the days and so many more, and beside it, of so
/// many days over the days, squared. This second part is most of the variance at 12 days, a third of it at 20, and of no
/// account from 40 on.
const SEARCH_UNCERTAINTY: f64 = 1.8;
const SEARCH_DAYS: f64 = 80.0;
const SEARCH_FEW: f64 = 7.4;
/// How many days the assumption is worth that all days vary alike, and how many each split takes from the half of the
/// days that it is in: it is placed where the days seem to differ, and so hides how much they vary.
const SPREAD_DAYS: f64 = 2.0;
const SPLIT_DAYS: f64 = 3.0;
/// If some days vary more than others, fewer days tell how alike neighbours are. By chance alone so many days seem to be
/// lost, but no larger share of all.
const DAYS_LOST_BY_CHANCE: f64 = 3.0;
const SHARE_LOST_BY_CHANCE: f64 = 0.12;
/// What goes beyond makes the uncertainty larger: for each share of the days, so many times as much.
const LOST_UNCERTAINTY: f64 = 4.0;
/// Dependence estimated from scores is too low by about this factor, because a score from few statements
/// is partly noise.
const HIDDEN_BY_NOISE: f64 = 1.25;
/// No series is assumed to be more dependent than this.
const MOST_DEPENDENCE: f64 = 0.85;

/// The most rearrangements that a test makes.
pub const MOST_PERMUTATIONS: usize = 999_999;

/// How many rearrangements tell on which side of a level p is, if it is within a tenth of it: about 80 of them then reach
/// what was observed.
pub fn near(level: f64) -> usize {
    const REACHED: f64 = 80.0;
    let many = (REACHED / level).ceil() as usize;
    many.min(MOST_PERMUTATIONS)
}

/// How long a test goes on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// The most rearrangements.
    pub permutations: usize,
    /// It stops once so many of them reach what was observed: J. Besag, P. Clifford, "Sequential Monte
    /// Carlo p-values", Biometrika 78 (1991).
    pub enough: usize,
    /// It also stops once p is clearly above this level; infinite if p itself is wanted.
    pub level: f64,
    /// Whether it also stops once p is clearly below that level.
    pub side: bool,
}

impl Effort {
    /// A p within 7 % of what all rearrangements give, or the smallest p that so many can show.
    pub fn of(permutations: usize) -> Effort {
        Effort { permutations, enough: 200, level: f64::INFINITY, side: false }
    }

    /// A p within 2 %.
    pub fn close(permutations: usize) -> Effort {
        Effort { enough: 2_000, ..Effort::of(permutations) }
    }

    /// The same as [`Effort::of`] if p is below a level, otherwise no more than that it is above.
    pub fn below(permutations: usize, level: f64) -> Effort {
        Effort { level, ..Effort::of(permutations) }
    }

    /// No more than whether p is above or below a level.
    pub fn side(permutations: usize, level: f64) -> Effort {
        Effort { side: true, ..Effort::below(permutations, level) }
    }

    /// The p of a test that is over after so many rearrangements, if so many reach what was observed. The side of the
    /// level is clear by the sequential test of A. Wald (Ann Math Stat 16, 1945): whether p is twice the level, or half
    /// of it, with an error of 1 in 1,000.
    pub fn over(self, reached: usize, done: usize) -> Option<f64> {
        const CLEAR: f64 = 6.9;
        let (hits, all) = (reached as f64, done as f64);
        if reached >= self.enough {
            return Some(hits / all);
        }
        if self.level.is_infinite() {
            return None;
        }
        let evidence = hits * 2.0 * std::f64::consts::LN_2 - 1.5 * self.level * all;
        match evidence {
            above if above >= CLEAR => Some(hits / all),
            below if self.side && below <= -CLEAR => Some((hits + 1.0) / (all + 1.0)),
            _ => None,
        }
    }
}

/// What a test found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tested {
    /// The share of rearranged series that are at least as far from steady: above 0, and at most 1.
    pub p: f64,
    /// How many days come before the likeliest split, or the one that was chosen.
    pub split: usize,
    /// How many rearrangements were made.
    pub made: usize,
}

/// How much a day resembles the one before it, 0 to 0.85: the autocorrelation that remains after the
/// means of the two sides of a split. It is corrected for bias (M. Kendall, Biometrika 41, 1954) and drawn
/// towards the usual value, the more so the fewer the days.
pub fn dependence(days: &[Score], split: usize) -> f64 {
    let count = days.len() as f64;
    let raw = autocorrelation(&rests(days, &[split]), &vec![1.0; days.len()]);
    let corrected = ((raw + 2.0 / count) * (1.0 + 4.0 / count)).max(0.0) * HIDDEN_BY_NOISE;
    let estimated = corrected.min(MOST_DEPENDENCE);
    let trust = count / (count + DEPENDENCE_DAYS);
    trust * estimated + (1.0 - trust) * DEPENDENCE
}

/// The same after up to two splits, so that a change that is undone does not look like days that resemble
/// one another. Each further mean makes the autocorrelation lower still. The days are taken over the spread of those
/// about them, so that those which vary most do not decide alone.
pub fn dependence_in_search(days: &[Score]) -> f64 {
    dependence_of(days, &spread(&halves(days)))
}

fn dependence_of(days: &[Score], spread: &[f64]) -> f64 {
    let count = days.len() as f64;
    let raw = autocorrelation(&rests(days, &two_splits(days)), spread);
    let corrected = (raw + 5.0 / count) * (1.0 + 6.0 / count) * HIDDEN_BY_NOISE;
    corrected.clamp(0.0, MOST_DEPENDENCE) / (1.0 + pow(SEARCH_HALF / count, SEARCH_POWER))
}

/// How much the days of a half of the series vary.
#[derive(Debug, Clone, Copy)]
struct Half {
    /// How many days it has.
    days: f64,
    /// The sum of the squares of what remains of them after up to two splits.
    squares: f64,
    /// The most that this sum can be between the lowest and the highest day, if the means stay: a position near an end
    /// of the scale cannot vary much.
    room: f64,
}

fn halves(days: &[Score]) -> [Half; 2] {
    let splits = two_splits(days);
    let means = means(days, &splits);
    let low = days.iter().map(|day| day.ridit).fold(f64::INFINITY, f64::min);
    let high = days.iter().map(|day| day.ridit).fold(f64::NEG_INFINITY, f64::max);
    let middle = days.len() / 2;
    [0..middle, middle..days.len()].map(|half| {
        let inside = splits.iter().filter(|split| half.contains(split)).count() as f64;
        let count = half.len() as f64;
        let rests = days[half.clone()].iter().zip(&means[half.clone()]).map(|(day, mean)| day.ridit - mean);
        let squares: f64 = rests.map(square).sum();
        let room = means[half].iter().map(|mean| (mean - low) * (high - mean)).sum();
        Half { days: count, squares: squares * count / (count - SPLIT_DAYS * inside).max(1.0), room }
    })
}

/// How much the days of each place vary: the standard deviation of what remains after up to two splits, in the half of
/// the days that the place is in, drawn towards that of all days.
fn spread(halves: &[Half; 2]) -> Vec<f64> {
    let days: f64 = halves.iter().map(|half| half.days).sum();
    let all = halves.iter().map(|half| half.squares).sum::<f64>() / days;
    let of = |half: &Half| {
        let variance = (half.squares + SPREAD_DAYS * all) / (half.days + SPREAD_DAYS);
        let spread = if all > ROUNDING { variance.sqrt() } else { 1.0 };
        std::iter::repeat_n(spread, half.days as usize)
    };
    halves.iter().flat_map(of).collect()
}

/// How far the dependence that is believed in a search may err.
fn error_in_search(halves: &[Half; 2]) -> f64 {
    let count: f64 = halves.iter().map(|half| half.days).sum();
    let of_days = square(SEARCH_UNCERTAINTY) / (count + SEARCH_DAYS);
    let by_chance = SHARE_LOST_BY_CHANCE.min(DAYS_LOST_BY_CHANCE / count);
    let beyond_chance = (lost(halves) - by_chance).max(0.0);
    (of_days + square(square(SEARCH_FEW / count))).sqrt() + LOST_UNCERTAINTY * beyond_chance
}

/// The share of the days that is lost because those of one half use more of their room than those of the other, 0 to
/// below 1: the effective number of days is (Σv)²/Σv² (L. Kish, "Survey sampling", 1965), where v is the share of the
/// room that their variance takes, drawn towards that of all days. The less room, the less a half says of its own.
fn lost(halves: &[Half; 2]) -> f64 {
    let sum = |of: fn(&Half) -> f64| halves.iter().map(of).sum::<f64>();
    let (days, squares, room) = (sum(|half| half.days), sum(|half| half.squares), sum(|half| half.room));
    if squares <= ROUNDING || room <= ROUNDING {
        return 0.0;
    }
    let (of_all, usual) = (squares / room, SPREAD_DAYS * room / days);
    let share = |half: &Half| (half.squares + of_all * usual) / (half.room + usual);
    let (shares, squares) = halves.iter().fold((0.0, 0.0), |(shares, squares), half| {
        (shares + half.days * share(half), squares + half.days * square(share(half)))
    });
    1.0 - shares * shares / (squares * days)
}

/// The mean of the part between splits that each day is in.
fn means(days: &[Score], splits: &[usize]) -> Vec<f64> {
    let mut means = Vec::with_capacity(days.len());
    let mut from = 0;
    for to in splits.iter().copied().chain([days.len()]) {
        let part = &days[from..to];
        let weight: f64 = part.iter().map(|day| day.weight).sum();
        let mean = part.iter().map(|day| day.weight * day.ridit).sum::<f64>() / weight.max(f64::MIN_POSITIVE);
        means.resize(to, mean);
        from = to;
    }
    means
}

/// What remains of the days after the means of the parts between splits.
fn rests(days: &[Score], splits: &[usize]) -> Vec<f64> {
    days.iter().zip(means(days, splits)).map(|(day, mean)| day.ridit - mean).collect()
}

/// The autocorrelation of what remains, each over its spread.
fn autocorrelation(rests: &[f64], spread: &[f64]) -> f64 {
    let (mut all, mut shared, mut last) = (0.0, 0.0, None);
    for left in rests.iter().zip(spread).map(|(left, spread)| left / spread) {
        all += square(left);
        shared += last.map_or(0.0, |last| left * last);
        last = Some(left);
    }
    if all > ROUNDING { shared / all } else { 0.0 }
}

/// How much dependence multiplies the variance of a mean: (1 + ρ) / (1 − ρ).
pub fn inflation(dependence: f64) -> f64 {
    (1.0 + dependence) / (1.0 - dependence)
}

/// Tests whether the position changed at any date, or changed and came back. `None` if there are too few
/// days to split, or if all are the same.
pub fn test(days: &[Score], effort: Effort, seed: u64) -> Option<Tested> {
    let changes = Changes::of(days.len())?;
    let least = changes.observed(days)?;
    let halves = halves(days);
    let spread = spread(&halves);
    let believed = Believed { dependence: dependence_of(days, &spread), error: error_in_search(&halves), spread };
    let (p, made) = share(days, &changes, &least, &believed, effort, seed);
    Some(Tested { p, split: likeliest_split(days, aside(days.len())), made })
}

/// Tests whether the days before a split chosen beforehand differ from the days after it.
pub fn test_at(days: &[Score], split: usize, effort: Effort, seed: u64) -> Option<Tested> {
    if split == 0 || split >= days.len() {
        return None;
    }
    let changes = Changes::at(split);
    let least = changes.observed(days)?;
    let error = 1.0 / (days.len() as f64 + DEPENDENCE_DAYS).sqrt();
    let believed = Believed { dependence: dependence(days, split), error, spread: vec![1.0; days.len()] };
    let (p, made) = share(days, &changes, &least, &believed, effort, seed);
    Some(Tested { p, split, made })
}

/// What is believed of a series.
struct Believed {
    /// The dependence of a day on the one before it.
    dependence: f64,
    /// How far this may err.
    error: f64,
    /// How much the days of each place vary.
    spread: Vec<f64>,
}

impl Believed {
    fn drawn(&self, rng: &mut Pcg64Mcg) -> f64 {
        (self.dependence + self.error * normal(rng)).clamp(0.0, MOST_DEPENDENCE)
    }
}

/// The share of rearranged series that are as far from steady, including the observed one: the larger of two
/// shares. Beside it, how many series were rearranged.
///
/// For the first share, a rearranged series has the same days in random order. This is exact if the
/// order of days means nothing. For the second, each of those days is then made to resemble the one
/// before it: xᵢ = ρ xᵢ₋₁ + √(1−ρ²) zᵢ, where z are the shuffled days about their mean, each over the spread of
/// the days about it, and x is multiplied by that of its new place. ρ is not known
/// exactly. It is therefore drawn again each time, around what is believed and as far from it as that may
/// err (a predictive p: X.-L. Meng, Ann Stat 22, 1994).
fn share(
    days: &[Score],
    changes: &Changes,
    least: &Least,
    believed: &Believed,
    effort: Effort,
    seed: u64,
) -> (f64, usize) {
    let mut rng = Pcg64Mcg::seed_from_u64(seed);
    let days = movable(days, &believed.spread);
    let mut orders: [Vec<Movable>; WIDTH] = std::array::from_fn(|_| days.clone());
    let mut rearranged = Rearranged::default();
    let (mut done, mut of_shuffled, mut of_dependent) = (0, 0, 0);
    let (mut tail, mut look) = (Tail::default(), FIRST_LOOK.max(effort.permutations / EXTRAPOLATED));
    while done < effort.permutations {
        let mut dependence = [0.0; WIDTH];
        for (order, dependence) in orders.iter_mut().zip(&mut dependence) {
            shuffle(order, &mut rng);
            *dependence = believed.drawn(&mut rng);
        }
        rearranged.fill(&orders, &believed.spread, dependence);
        rearranged.place(changes);
        let lanes = WIDTH.min(effort.permutations - done);
        let mut reached = [[false; WIDTH]; 2];
        for (how, reached) in [Arrangement::Shuffled, Arrangement::Dependent].into_iter().zip(&mut reached) {
            let largest;
            (*reached, largest) = rearranged.reach(how, changes, least);
            let tracked = of_shuffled + of_dependent == 0 && effort.permutations > FIRST_LOOK;
            if tracked && largest[..lanes].iter().any(|largest| *largest > tail.least()) {
                rearranged.logarithms(changes)[..lanes].iter().for_each(|statistic| tail.add(*statistic));
            }
        }
        for (shuffled, dependent) in reached[0].iter().zip(&reached[1]).take(lanes) {
            done += 1;
            of_shuffled += usize::from(*shuffled);
            of_dependent += usize::from(*dependent);
            if let Some(p) = effort.over(of_shuffled.max(of_dependent), done) {
                return (p, done);
            }
        }
        if done >= look && of_shuffled + of_dependent == 0 {
            look *= 2;
            if tail.beyond(least.z, done) * (effort.permutations as f64) < NONE {
                return (1.0 / (effort.permutations + 1) as f64, done);
            }
        }
    }
    ((of_shuffled.max(of_dependent) + 1) as f64 / (effort.permutations + 1) as f64, done)
}

/// As `SliceRandom::shuffle` of rand, but without its divisions: twice as fast.
fn shuffle(order: &mut [Movable], rng: &mut Pcg64Mcg) {
    for place in (1..order.len()).rev() {
        order.swap(place, rng.random_range(0..=place as u32) as usize);
    }
}

/// After so many rearrangements, and a fiftieth of all, and then whenever they have doubled, a test that none has reached
/// is stopped if of all of them fewer than this number would reach it. The rarer the largest of so many are, the less
/// is known of them.
const FIRST_LOOK: usize = 500;
const EXTRAPOLATED: usize = 50;
const NONE: f64 = 0.05;

/// The days, prepared to be rearranged.
fn movable(days: &[Score], spread: &[f64]) -> Vec<Movable> {
    let count = days.len() as f64;
    let weight: f64 = days.iter().map(|day| day.weight).sum();
    let by_weight = days.iter().map(|day| day.weight * day.ridit).sum::<f64>() / weight;
    let mean = days.iter().map(|day| day.ridit).sum::<f64>() / count;
    let standard: Vec<f64> = days.iter().zip(spread).map(|(day, spread)| (day.ridit - mean) / spread).collect();
    let middle = standard.iter().sum::<f64>() / count;
    let day = |(day, standard): (&Score, f64)| Movable {
        own: day.weight * (day.ridit - by_weight),
        standard: standard - middle,
        weight: day.weight,
    };
    days.iter().zip(standard).map(day).collect()
}

/// A number drawn from the standard normal distribution: G. Box, M. Muller, Ann Math Stat 29 (1958).
fn normal(rng: &mut Pcg64Mcg) -> f64 {
    let (length, angle): (f64, f64) = (rng.random(), rng.random());
    (-2.0 * ln(1.0 - length)).sqrt() * cos(std::f64::consts::TAU * angle)
}

/// The smallest p that this many days can give: the result of the test if the first half is all at one
/// level and the second half all at another. 1 if no split is possible.
pub fn smallest_p(days: usize, permutations: usize) -> f64 {
    test(&ideal(days, days / 2), Effort { enough: usize::MAX, ..Effort::of(permutations) }, IDEAL_SEED)
        .map_or(1.0, |tested| tested.p)
}

/// The same for a split chosen beforehand.
pub fn smallest_p_at(days: usize, split: usize, permutations: usize) -> f64 {
    let effort = Effort { enough: usize::MAX, ..Effort::of(permutations) };
    test_at(&ideal(days, split), split, effort, IDEAL_SEED).map_or(1.0, |tested| tested.p)
}

/// Chance must not decide which series are tested.
const IDEAL_SEED: u64 = 0;

fn ideal(days: usize, split: usize) -> Vec<Score> {
    let score = |place: usize| Score { ridit: if place < split { 0.25 } else { 0.75 }, weight: 1.0 };
    (0..days).map(score).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(ridits: &[f64]) -> Vec<Score> {
        ridits.iter().map(|ridit| Score { ridit: *ridit, weight: 1.0 }).collect()
    }

    /// All orders of 8 days, 4 low and 4 high: 2 of 70 separate them in the middle.
    #[test]
    fn the_shuffled_share_is_that_of_all_orders() {
        let p = smallest_p(8, 200_000);
        assert!((p - 2.0 / 70.0).abs() < 0.002, "{p}");
        let p = smallest_p(10, 200_000);
        assert!((p - 2.0 / 252.0).abs() < 0.001, "{p}");
    }

    /// The second null: days that resemble one another wander, and must not look like a shift. A change that
    /// is undone must not look like them.
    #[test]
    fn days_that_wander_are_steady_and_a_change_that_is_undone_is_not() {
        let mut rng = Pcg64Mcg::seed_from_u64(5);
        let mut wandering = |rho: f64, there: f64| {
            let mut last = 0.0;
            let ridits: Vec<f64> = (0..80)
                .map(|place| {
                    last = rho * last + (1.0 - rho * rho).sqrt() * (rng.random::<f64>() - 0.5);
                    last + if (30..55).contains(&place) { there } else { 0.0 }
                })
                .collect();
            test(&days(&ridits), Effort::of(999), 1).unwrap().p
        };
        assert!((0..10).filter(|_| wandering(0.4, 0.0) <= 0.05).count() <= 2);
        let undone: Vec<f64> = (0..10).map(|_| wandering(0.2, 0.8)).collect();
        assert!(undone.iter().all(|p| *p <= 0.02), "{undone:?}");
    }

    #[test]
    fn dependence_is_seen_and_days_without_it_keep_some_of_the_belief() {
        let mut rng = Pcg64Mcg::seed_from_u64(5);
        let mut series = |rho: f64| {
            let mut last = 0.0;
            let ridits: Vec<f64> = (0..400)
                .map(|_| {
                    last = rho * last + (1.0 - rho * rho).sqrt() * (rng.random::<f64>() - 0.5);
                    last
                })
                .collect();
            dependence(&days(&ridits), 200)
        };
        assert!(series(0.0) < 0.15 && series(0.6) > 0.55);
        assert!((dependence(&days(&[0.1, 0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.9]), 4) - 40.0 / 48.0 * 0.28).abs() < 1e-9);
    }

    /// 8 days that are all alike in each half say next to nothing of how alike neighbours are, and 80 say much.
    #[test]
    fn what_few_days_say_of_dependence_counts_for_little() {
        let half = |days: usize| Half { days: days as f64 / 2.0, squares: days as f64, room: 4.0 * days as f64 };
        let error = |days: usize| error_in_search(&[half(days), half(days)]);
        let errors = [8, 12, 20, 40, 80].map(error);
        assert!(errors.is_sorted_by(|few, many| few > many), "{errors:?}");
        assert!(errors[0] > 0.8 && errors[1] > 1.7 * errors[2] && errors[2] < 1.4 * errors[3], "{errors:?}");
        let in_blocks = |days: usize, block: usize| {
            let ridit = |day: usize| [0.2, 0.8, 0.5, 0.9, 0.1, 0.6, 0.3][day / block % 7];
            dependence_in_search(&self::days(&(0..days).map(ridit).collect::<Vec<f64>>()))
        };
        assert!(in_blocks(12, 2) < 0.06 && in_blocks(35, 5) < 0.43 && in_blocks(280, 5) > 0.7);
    }

    #[test]
    fn days_that_vary_unequally_tell_less() {
        let half = |spread: f64, room: f64| Half { days: 10.0, squares: 10.0 * spread * spread, room: 10.0 * room };
        let even = [half(0.1, 0.2), half(0.1, 0.2)];
        let uneven = [half(0.1, 0.2), half(0.3, 0.2)];
        assert!(lost(&even).abs() < 1e-9);
        assert!((0.25..0.39).contains(&lost(&uneven)));
        assert!(error_in_search(&uneven) > error_in_search(&even) + 0.5);
        // A position near an end of the scale has less room, and one at its end says nothing.
        assert!(lost(&[half(0.1, 0.02), half(0.3, 0.18)]).abs() < 1e-9);
        assert!(lost(&[half(0.0, 0.0), half(0.3, 0.18)]).abs() < 1e-9);
    }

    #[test]
    fn each_half_has_a_spread_of_its_own_that_no_split_hides() {
        let ridit = |place: u8| match place {
            0..20 => 0.5 + 0.02 * f64::from(place % 2),
            20..30 => 0.3 + 0.2 * f64::from(place % 2),
            _ => 0.7 + 0.2 * f64::from(place % 2),
        };
        let spread = spread(&halves(&days(&(0..40).map(ridit).collect::<Vec<f64>>())));
        assert!(spread[39] > 0.1 && spread[0] < 0.06 && spread[19] == spread[0] && spread[20] == spread[39]);
    }

    #[test]
    fn a_test_for_a_level_stops_early_only_above_it() {
        let step: Vec<f64> =
            (0..30).map(|place| f64::from(u8::from(place >= 15)) + 0.1 * f64::from(place % 3)).collect();
        let mixed: Vec<f64> = (0..30).map(|place| f64::from(place % 3)).collect();
        let p = |ridits: &[f64], effort| test(&days(ridits), effort, 1).unwrap().p;
        let wanted = Effort::below(9_999, 0.001);
        assert_eq!(p(&step, wanted), p(&step, Effort::of(9_999)));
        assert!(p(&mixed, wanted) > 0.01);
        // 10 of 100 are clearly above 2 %, 9 are too few to say so, and 10 of 400 are not clear.
        let at = Effort::below(9_999, 0.02);
        let over = |effort: Effort, reached, done| effort.over(reached, done).is_some();
        assert!(over(at, 10, 100) && !over(at, 4, 4) && !over(at, 10, 400) && over(at, 200, 9_000));
        assert!(!over(at, 0, 9_000) && over(Effort { side: true, ..at }, 0, 300) && !over(Effort::of(9_999), 199, 199));
    }

    #[test]
    fn days_that_cannot_be_split_have_no_p() {
        assert_eq!(test(&days(&[0.5; 20]), Effort::of(99), 1), None);
        assert_eq!(test(&days(&[0.1, 0.9]), Effort::of(99), 1), None);
        assert_eq!(test_at(&days(&[0.1, 0.9]), 0, Effort::of(99), 1), None);
    }
}
