//! Turns the days of a series and a p into a verdict.

use std::ops::Range;

use chrono::NaiveDate;

use crate::codebook::{Codebook, Issue};
use crate::series::{Day, Series};
use crate::shift::family::{SHIFT_SHARE, SWING_SHARE, counted, days_before, enough};
use crate::shift::likelihood::likeliest_split;
use crate::shift::permutation::{self, Effort};
use crate::shift::place::{self, Side};
use crate::shift::request::Request;
use crate::shift::score::{self, FEWEST_ASIDE, FEWEST_DAYS};
use crate::shift::size::{self, Passed};
use crate::shift::swing;
use crate::shift::verdict::{Drift, Latest, Shift, Swing, Verdict};
use crate::words::hash;

/// A separate seed for each pair, so that its verdict does not depend on the others.
pub fn seed_of(seed: u64, speaker: &str, issue: &str) -> u64 {
    let bytes = seed.to_le_bytes().into_iter().chain(speaker.bytes()).chain([0]).chain(issue.bytes());
    hash(bytes)
}

/// The p of the tests of one pair, each divided by its share of the level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parts {
    /// The p of a shift at any date, or at the event.
    pub shift: f64,
    /// The p of a swing; 1 with an event, because then it is not tested.
    pub swing: f64,
    /// How many rearrangements the test of a shift made.
    pub made: usize,
}

impl Parts {
    /// The p of the pair.
    pub fn smaller(self) -> f64 {
        self.shift.min(self.swing)
    }
}

/// The p of a whole series; 1 if all its days are the same.
pub fn parts(days: &[Day], effort: Effort, request: &Request, seed: u64) -> Parts {
    let scores = score::scores(days);
    if let Some(event) = request.event {
        let tested = permutation::test_at(&scores, days_before(days, event), effort, seed);
        let (shift, made) = tested.map_or((1.0, 0), |tested| (tested.p, tested.made));
        return Parts { shift, swing: 1.0, made };
    }
    let of_shift = Effort { level: SHIFT_SHARE * effort.level, ..effort };
    let (shift, made) = permutation::test(&scores, of_shift, seed).map_or((1.0, 0), |tested| (tested.p, tested.made));
    let shift = (shift / SHIFT_SHARE).min(1.0);
    if effort.side && shift <= effort.level {
        return Parts { shift, swing: 1.0, made };
    }
    // A smaller share of the level needs as many more draws. A swing less rare than the shift changes nothing.
    let draws = (effort.permutations as f64 * SHIFT_SHARE / SWING_SHARE).round() as usize;
    let of_swing = Effort { permutations: draws, level: SWING_SHARE * effort.level.min(shift), ..effort };
    let swing = swing::test(days, of_swing, seed).unwrap_or(1.0);
    Parts { shift, swing: (swing / SWING_SHARE).min(1.0), made }
}

/// Turns a series and its p into a verdict.
pub struct Judge<'r> {
    /// The issues and their scales.
    pub codebook: &'r Codebook,
    /// What was asked for.
    pub request: &'r Request,
    /// How many rearrangements a test makes.
    pub permutations: usize,
    /// How many pairs were tested.
    pub family: usize,
    /// The largest p at which the pair is reported as moved.
    pub level: f64,
    /// Whether only the side of the level matters, and p does not.
    pub side: bool,
}

impl Judge<'_> {
    /// The verdict for the p of both tests and what corrects them; `None` if there are too few days. A
    /// series with a shift and a swing is reported to have shifted.
    pub fn verdict(&self, series: &Series<'_>, found: Option<Parts>, corrected: impl Fn(f64) -> f64) -> Verdict {
        let Some(found) = found else { return Verdict::TooFew };
        let reported = |p: f64| Some(corrected(p)).filter(|corrected| *corrected <= self.request.alpha);
        if reported(found.smaller()).is_none() {
            return Verdict::Steady;
        }
        if let Some(corrected) = reported(found.shift) {
            return self.moved(series, found.shift, corrected);
        }
        let swing = reported(found.swing).and_then(|corrected| self.swing(series, found.swing, corrected));
        swing.map_or(Verdict::Steady, Verdict::Swing)
    }

    /// Judges a series again, with its own test, as one of the pairs of the run.
    pub fn anew(&self, series: &Series<'_>) -> Verdict {
        if !enough(&series.days, self.request) {
            return Verdict::TooFew;
        }
        let seed = self.seed_of(series);
        let effort = Effort::side(self.permutations, self.level);
        let found = parts(&series.days, effort, self.request, seed);
        // A p at or below the pair's own level is one that is found after correction.
        self.verdict(series, Some(found), |p| if p <= self.level { self.request.alpha } else { 1.0 })
    }

    fn seed_of(&self, series: &Series<'_>) -> u64 {
        seed_of(self.request.seed, series.speaker, &self.codebook.issue(series.issue).id)
    }

    fn moved(&self, series: &Series<'_>, p: f64, corrected: f64) -> Verdict {
        let days = series.days.as_slice();
        let (scores, issue) = (score::scores(days), self.codebook.issue(series.issue));
        let splits = match self.request.event {
            Some(event) => vec![Split { at: days_before(days, event), p, corrected }],
            None => {
                let seed = self.seed_of(series);
                let whole = Split { at: likeliest_split(&scores, score::aside(days.len())), p, corrected };
                let mut splits = self.splits(days, 0..whole.at, 1, seed);
                let after = self.splits(days, whole.at..days.len(), 1, seed);
                splits.push(whole);
                splits.extend(after);
                self.confirmed(days, splits, seed)
            }
        };
        let at: Vec<usize> = splits.iter().map(|split| split.at).collect();
        let dates: Vec<NaiveDate> = days.iter().map(|day| day.date).collect();
        if self.request.event.is_none() && place::is_gradual(&scores, &dates, &at) {
            let line = place::line(days.iter().map(|day| (day.date, day.weight(), day.mean())));
            let within = |rank: f64| rank.clamp(0.0, issue.levels.len().saturating_sub(1) as f64);
            let (first, last) = (within(line.first), within(line.last));
            return Verdict::Drift(Drift {
                from: dates[0],
                to: dates[dates.len() - 1],
                before: issue.value(first),
                after: issue.value(last),
                size: last - first,
                likely: size::of_line(days, self.passed(&splits, 0.5)).at_most(last - first),
                p,
                p_corrected: corrected,
            });
        }
        let shift = |(place, split): (usize, &Split)| {
            let from = if place == 0 { 0 } else { at[place - 1] };
            let to = at.get(place + 1).copied().unwrap_or(days.len());
            let (before, after) = (&days[from..split.at], &days[split.at..to]);
            let (first, last) = match self.request.event {
                Some(_) => (split.at, split.at),
                None => {
                    let likely = place::dates(&score::scores(&days[from..to]), split.at - from);
                    (from + likely.start(), from + likely.end())
                }
            };
            let share = (split.at - from) as f64 / (to - from) as f64;
            let passed = self.request.event.is_none().then(|| self.passed(&splits, share));
            Shift {
                from: dates[first - 1],
                to: dates[last],
                last_before: dates[split.at - 1],
                first_after: dates[split.at],
                before: Side::of(before, issue),
                after: Side::of(after, issue),
                superiority: place::superiority(before, after),
                superiority_range: size::superior(before, after, passed),
                likely: size::between(before, after, passed),
                // A part cannot be surer than the whole in which it was found.
                p: split.p.max(p),
                p_corrected: split.corrected.max(corrected),
            }
        };
        Verdict::of_shifts(splits.iter().enumerate().map(shift).collect())
    }

    /// The test that found one of some splits. A single one passed the test of the whole series, and several
    /// that of a part of it.
    fn passed(&self, splits: &[Split], share: f64) -> Passed {
        let level =
            if splits.len() > 1 { self.request.alpha / counted(self.family, self.request) / 2.0 } else { self.level };
        Passed { level: SHIFT_SHARE * level, share }
    }

    /// The shifts within a part of the days, by date: first where the two sides differ most, then the
    /// same on each side, each at half the level (binary segmentation: L. Vostrikova, Soviet Math Dokl
    /// 24, 1981).
    fn splits(&self, days: &[Day], part: Range<usize>, depth: i32, seed: u64) -> Vec<Split> {
        let Some(split) = self.split(days, part.clone(), depth, seed) else { return Vec::new() };
        let (from, at, to) = (part.start, split.at, part.end);
        let mut found = self.splits(days, from..at, depth + 1, seed);
        found.push(split);
        found.extend(self.splits(days, at..to, depth + 1, seed));
        found
    }

    /// The split of a part of the days, if the test finds one at α, corrected for the tested pairs and
    /// for the parts at that depth.
    fn split(&self, days: &[Day], part: Range<usize>, depth: i32, seed: u64) -> Option<Split> {
        let part_days = &days[part.clone()];
        if part_days.len() < FEWEST_DAYS {
            return None;
        }
        let seed = seed ^ ((part.start as u64) << 32 | part.end as u64);
        let pairs = counted(self.family, self.request);
        let level = SHIFT_SHARE * self.request.alpha / (pairs * f64::from(1_u32 << depth));
        let effort = Effort { side: self.side, ..Effort::below(self.permutations, level) };
        let tested = permutation::test(&score::scores(part_days), effort, seed)?;
        let p = (tested.p / SHIFT_SHARE).min(1.0);
        let corrected = (p * pairs * f64::from(1_u32 << depth)).min(1.0);
        (corrected <= self.request.alpha).then_some(Split { at: part.start + tested.split, p, corrected })
    }

    /// The splits that are still found between their neighbours, each at its new place: if one shift
    /// follows another, the first split may have been placed between them. The least certain split is
    /// dropped first. A single split rests on the test of the whole series.
    fn confirmed(&self, days: &[Day], mut found: Vec<Split>, seed: u64) -> Vec<Split> {
        // Splits that keep changing places are left as they are.
        const ROUNDS: usize = 10;
        let mut round = 0;
        while found.len() > 1 && round < ROUNDS {
            let part = |place: usize| {
                let from = if place == 0 { 0 } else { found[place - 1].at };
                from..found.get(place + 1).map_or(days.len(), |next| next.at)
            };
            let again: Vec<Option<Split>> =
                (0..found.len()).map(|place| self.split(days, part(place), 1, seed)).collect();
            let gone = (0..found.len()).filter(|place| again[*place].is_none());
            if let Some(place) = gone.max_by(|a, b| found[*a].p.total_cmp(&found[*b].p)) {
                found.remove(place);
                continue;
            }
            let moved: Vec<Split> = again.into_iter().flatten().collect();
            let same = moved.iter().zip(&found).all(|(new, old)| new.at == old.at);
            let in_order = moved.windows(2).all(|pair| pair[0].at < pair[1].at);
            if in_order {
                found = moved;
            }
            if same || !in_order {
                break;
            }
            round += 1;
        }
        found
    }

    fn swing(&self, series: &Series<'_>, p: f64, p_corrected: f64) -> Option<Swing> {
        let days = series.days.as_slice();
        let apart = swing::day_apart(days);
        let issue = self.codebook.issue(series.issue);
        let day = &days[apart];
        let rest = mean_without(days, apart);
        Some(Swing {
            date: day.date,
            quotation: None,
            rank: farthest_rank(day, rest)?,
            rest: issue.value(rest),
            day: issue.value(day.mean()),
            at_an_end: apart == 0 || apart + 1 == days.len(),
            p,
            p_corrected,
        })
    }
}

/// A split that was found.
struct Split {
    at: usize,
    p: f64,
    corrected: f64,
}

fn mean_without(days: &[Day], place: usize) -> f64 {
    let others = || days.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, day)| day);
    others().map(|day| day.weight() * day.mean()).sum::<f64>() / others().map(Day::weight).sum::<f64>()
}

/// The rank with a statement on that day that is farthest from a mean rank; of two equally far, the
/// lower.
fn farthest_rank(day: &Day, mean: f64) -> Option<usize> {
    let taken = (0..day.counts.len()).filter(|rank| day.counts[*rank] > 0);
    let distance = |rank: usize| (rank as f64 - mean).abs();
    taken.max_by(|a, b| distance(*a).total_cmp(&distance(*b)).then(b.cmp(a)))
}

/// The last day, if it is two levels or more from the mean of the days before, and beyond each of them. It must be as
/// far from the mean of the two days right before it: the last step of a climb is no day apart.
pub fn latest(days: &[Day], issue: &Issue) -> Option<Latest> {
    const APART: f64 = 2.0;
    const RECENT: usize = 2;
    let (last, before) = days.split_last()?;
    if before.len() < FEWEST_ASIDE {
        return None;
    }
    let mean = place::mean(before);
    let beyond =
        before.iter().all(|day| if last.mean() > mean { last.mean() > day.mean() } else { last.mean() < day.mean() });
    let recent = place::mean(&before[before.len().saturating_sub(RECENT)..]);
    if !beyond || [mean, recent].iter().any(|mean| (last.mean() - mean).abs() < APART) {
        return None;
    }
    Some(Latest {
        date: last.date,
        quotation: None,
        rank: farthest_rank(last, mean)?,
        day: issue.value(last.mean()),
        before: issue.value(mean),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::IssueIndex;
    use crate::file::document::Document;
    use crate::shift::Correction;

    fn codebook(levels: usize) -> Codebook {
        let mut text =
            "title = 't'\nlow = 'l'\nhigh = 'h'\n[[issue]]\nid = 'i'\nname = 'I'\nquestion = '?'\n".to_owned();
        for level in 0..levels {
            text += &format!("[[issue.level]]\nposition = {level}\nwords = '{level}'\ndefinition = 'd'\n");
        }
        Codebook::parse(&Document::new("codebook.toml", text), &mut Vec::new()).unwrap()
    }

    /// Days with one statement each, at these ranks of 5 levels.
    fn days(ranks: &[usize]) -> Vec<Day> {
        let day = |(day, rank): (usize, &usize)| {
            let mut counts = vec![0; 5];
            counts[*rank] = 1;
            Day { date: NaiveDate::from_num_days_from_ce_opt(740_000 + day as i32).unwrap(), counts }
        };
        ranks.iter().enumerate().map(day).collect()
    }

    #[test]
    fn a_last_day_is_apart_unless_it_is_a_step_of_a_climb() {
        let codebook = codebook(5);
        let issue = codebook.issue(IssueIndex(0));
        for (ranks, apart) in [
            (&[0, 0, 1, 0, 1, 4][..], true),
            (&[3, 0, 0, 1, 0, 4], true),
            (&[4, 4, 4, 1], true),
            (&[0, 0, 1, 1, 2, 3, 3, 4], false),
            (&[0, 0, 1, 0, 1, 2], false),
            (&[4, 0, 0, 4], false),
            (&[0, 0, 4], false),
        ] {
            assert_eq!(latest(&days(ranks), issue).is_some(), apart, "{ranks:?}");
        }
    }

    /// Days between 2 steps that vary little are alike, but not because each resembles the one before it.
    #[test]
    fn a_climb_in_two_steps_is_found() {
        let codebook = codebook(5);
        let request = Request { alpha: 0.05, correction: Correction::Holm, seed: 1, event: None };
        for each in [7, 13, 27] {
            let mut series = Series::new("A", IssueIndex(0));
            for day in 0..3 * each {
                let date = NaiveDate::from_num_days_from_ce_opt(740_000 + day).unwrap();
                let rank = 2 * (day / each) as usize;
                series.add_day(date, rank, 5);
                series.add_day(date, if day % 4 == 1 { rank.abs_diff(1) } else { rank }, 5);
            }
            let judge = Judge {
                codebook: &codebook,
                request: &request,
                permutations: 9_999,
                family: 1,
                level: 0.05,
                side: true,
            };
            assert!(judge.anew(&series).moved(), "{each} days at each level");
        }
    }

    /// With a thousand pairs, the level of each is below what 9,999 rearrangements can reach.
    #[test]
    fn what_is_found_among_many_pairs_is_found_again() {
        let codebook = codebook(2);
        let mut series = Series::new("A", IssueIndex(0));
        for day in 0..30 {
            let date = NaiveDate::from_num_days_from_ce_opt(740_000 + day).unwrap();
            series.add_day(date, usize::from(day >= 15), 2);
        }
        let request = Request { alpha: 0.05, correction: Correction::Holm, seed: 1, event: None };
        let judge = Judge {
            codebook: &codebook,
            request: &request,
            permutations: 40_000,
            family: 1_000,
            level: 5e-5,
            side: true,
        };
        assert_eq!(judge.anew(&series).word(), "shift");
    }
}
