//! Tests that were made before, kept for whoever judges nearly the same series again: after an edit of the rules, most
//! pairs have the days that they had.
//!
//! What a test gives depends on the days of its series, its seed, its effort and the date to compare at, and on nothing
//! else. So a test that was made with all of these is the test that would be made. A verdict depends on what its test
//! found, on how p is corrected, and on the scale, too: where a position moved, its parts are tested again.

use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use crate::series::{Day, Series};
use crate::shift::family::Smallest;
use crate::shift::judge::{Judge, Parts, parts};
use crate::shift::permutation::Effort;
use crate::shift::request::{Correction, Request};
use crate::shift::verdict::Verdict;

/// The most tests that are kept. With more, all are forgotten.
const MOST: usize = 20_000;
/// The most days that they are kept with, over all of them: about 64 MB. With more, all are forgotten, too.
const MOST_DAYS: usize = 1_000_000;

/// What was found, by all that it depends on.
#[derive(Debug)]
struct Found<K, V> {
    found: FxHashMap<K, V>,
    /// How many days it is kept with.
    days: usize,
}

impl<K, V> Default for Found<K, V> {
    fn default() -> Found<K, V> {
        Found { found: FxHashMap::default(), days: 0 }
    }
}

impl<K: Eq + Hash, V> Found<K, V> {
    /// Keeps what was found for so many days.
    fn keep(&mut self, key: K, days: usize, value: V) {
        if days > MOST_DAYS {
            return;
        }
        if self.found.len() >= MOST || self.days + days > MOST_DAYS {
            self.found.clear();
            self.days = 0;
        }
        // Two threads may find the same.
        if self.found.insert(key, value).is_none() {
            self.days += days;
        }
    }
}

/// All that a test depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct TestOf {
    days: Vec<Day>,
    seed: u64,
    event: Option<NaiveDate>,
    permutations: usize,
    enough: usize,
    /// The bits of the level.
    level: u64,
    side: bool,
}

/// All that the verdict on a tested series depends on. Numbers are kept by their bits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct VerdictOf {
    days: Vec<Day>,
    seed: u64,
    event: Option<NaiveDate>,
    permutations: usize,
    family: usize,
    side: bool,
    correction: Correction,
    /// The level of the pair, that of the request, and the p of the tests with what corrects them.
    numbers: [u64; 7],
    /// The positions of the scale.
    scale: Vec<i32>,
}

/// What the smallest p is asked of: days, with so many of them before the event, and rearrangements.
type SmallestOf = ((usize, usize), usize);

/// Tests with what they gave.
#[derive(Debug, Default)]
pub struct KeptTests {
    made: Mutex<Found<TestOf, Parts>>,
    reached: Mutex<Found<VerdictOf, Verdict>>,
    /// The smallest p by what [`Smallest::p`] is asked, which it finds by rearranging, too.
    smallest: Mutex<FxHashMap<SmallestOf, f64>>,
}

impl KeptTests {
    /// As [`parts`], which is asked only if it was not asked the same before.
    pub fn parts(&self, days: &[Day], effort: Effort, request: &Request, seed: u64) -> Parts {
        let test = TestOf {
            days: days.to_vec(),
            seed,
            event: request.event,
            permutations: effort.permutations,
            enough: effort.enough,
            level: effort.level.to_bits(),
            side: effort.side,
        };
        let made = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(parts) = made().found.get(&test) {
            return *parts;
        }
        let found = parts(days, effort, request, seed);
        made().keep(test, days.len(), found);
        found
    }

    /// As [`Smallest::p`], which is asked only if it was not asked the same before.
    pub fn smallest(&self, days: (usize, usize), permutations: usize) -> f64 {
        let known = || self.smallest.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(p) = known().get(&(days, permutations)) {
            return *p;
        }
        let p = Smallest::p(days, permutations);
        known().insert((days, permutations), p);
        p
    }

    /// As [`Judge::verdict`] on a series with this seed, which is asked only if it was not asked the same before.
    pub fn verdict(
        &self,
        judge: &Judge<'_>,
        series: &Series<'_>,
        seed: u64,
        found: Option<Parts>,
        corrected: impl Fn(f64) -> f64,
    ) -> Verdict {
        let Some(parts) = found else { return judge.verdict(series, None, corrected) };
        let all = [parts.smaller(), parts.shift, parts.swing].map(&corrected);
        if all[0] > judge.request.alpha {
            // No more is tested.
            return judge.verdict(series, found, corrected);
        }
        let numbers = [judge.level, judge.request.alpha, parts.shift, parts.swing, all[0], all[1], all[2]];
        let verdict = VerdictOf {
            days: series.days.clone(),
            seed,
            event: judge.request.event,
            permutations: judge.permutations,
            family: judge.family,
            side: judge.side,
            correction: judge.request.correction,
            numbers: numbers.map(f64::to_bits),
            scale: judge.codebook.issue(series.issue).levels.iter().map(|level| level.position.0).collect(),
        };
        let reached = || self.reached.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(verdict) = reached().found.get(&verdict) {
            return verdict.clone();
        }
        let new = judge.verdict(series, found, corrected);
        reached().keep(verdict, series.days.len(), new.clone());
        new
    }

    /// How many tests there are.
    pub fn len(&self) -> usize {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).found.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::{Codebook, IssueIndex};
    use crate::file::document::Document;
    use crate::series::Series;
    use crate::shift::{judged, verdicts};

    /// A series of so many days, whose rank is given by a number of the pair and of the day.
    fn series(speaker: &'static str, days: usize, rank: impl Fn(usize) -> usize) -> Series<'static> {
        let mut series = Series::new(speaker, IssueIndex(0));
        let first = NaiveDate::from_ymd_opt(2025, 1, 1).unwrap();
        for day in 0..days {
            series.add_day(first + chrono::Days::new(2 * day as u64), rank(day), 5);
        }
        series
    }

    #[test]
    fn neither_many_tests_nor_long_ones_fill_the_memory() {
        let mut long = Found::default();
        long.keep("a", MOST_DAYS - 5, ());
        long.keep("a", MOST_DAYS - 5, ());
        long.keep("b", 5, ());
        assert_eq!((long.found.len(), long.days), (2, MOST_DAYS), "the same is counted once");
        long.keep("c", 1, ());
        assert_eq!((long.found.keys().collect::<Vec<_>>(), long.days), (vec![&"c"], 1));
        long.keep("d", MOST_DAYS + 1, ());
        assert_eq!((long.found.len(), long.days), (1, 1), "one that is too long alone costs no other");
        let mut many = Found::default();
        (0..=MOST).for_each(|number| many.keep(number, 1, ()));
        assert_eq!((many.found.len(), many.days), (1, 1));
    }

    #[test]
    fn kept_tests_give_the_verdicts_that_new_ones_give() {
        let levels: String =
            (0..5).map(|n| format!("[[issue.level]]\nposition = {n}\nwords = '{n}'\ndefinition = 'd'\n")).collect();
        let text =
            format!("title = 't'\nlow = 'l'\nhigh = 'h'\n[[issue]]\nid = 'i'\nname = 'I'\nquestion = '?'\n{levels}");
        let codebook = Codebook::parse(&Document::new("codebook.toml", text), &mut Vec::new()).unwrap();
        let all = [
            series("moved", 20, |day| if day < 10 { 0 } else { 4 }),
            series("steady", 12, |day| day * 7 % 3),
            series("apart", 14, |day| if day == 6 { 4 } else { day % 2 }),
            series("few", 2, |_| 1),
        ];
        let (kept, words) = (KeptTests::default(), |series: &[Series<'_>], request: &Request, kept: &KeptTests| {
            let new = verdicts(series, &codebook, request, || {}).pairs.into_iter().map(|pair| pair.verdict);
            let new: Vec<_> = new.collect();
            assert_eq!(judged(series, &codebook, request, kept), new);
            new.iter().map(|verdict| verdict.word()).collect::<Vec<_>>()
        });
        let request = Request::default();
        let first = words(&all, &request, &kept);
        assert!(first.contains(&"shift") && first.contains(&"steady") && first.contains(&"too few"), "{first:?}");
        let made = kept.len();
        assert!(made >= 3);
        assert_eq!((words(&all, &request, &kept), kept.len()), (first, made), "nothing is made again");
        // One day of one pair is another: the others are not made again, and no verdict is left over.
        let mut edited = all.clone();
        edited[1].days[3].counts = vec![0, 0, 0, 0, 1];
        words(&edited, &request, &kept);
        assert!((made + 1..=made + 2).contains(&kept.len()), "{} after {made}", kept.len());
        // Another seed, another date to compare at, and fewer pairs are other tests or another correction.
        let event = NaiveDate::from_ymd_opt(2025, 1, 15);
        words(&edited[..2], &Request { seed: 7, ..request.clone() }, &kept);
        words(&edited[..2], &Request { event, ..request.clone() }, &kept);
        words(&edited[..2], &request, &kept);
    }
}
