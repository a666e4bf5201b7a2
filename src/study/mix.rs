//! A group mixes speakers, and a speaker's statements mix outlets and venues. If the mix changes where the position does,
//! the position may not have changed at all.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;

use crate::shift::judge::seed_of;
use crate::shift::mixture::{Members, MixChange};
use crate::shift::{Pair, Verdict};
use crate::statement::Statement;
use crate::study::positions::{Positions, Taken};

/// A mix has changed if its shares before and after differ by at least this much in all ...
const LEAST: f64 = 0.4;
/// ... and if that is so rare in random orders of the days.
const RARE: f64 = 0.01;
/// How many random orders show that.
const ORDERS: usize = 999;

/// Adds to each pair who is behind it, if it is a group, and which mix changes at the dates of its verdict.
pub fn add(pairs: &mut [Pair], positions: &[Positions<'_>], is_group: bool, seed: u64) {
    pairs.par_iter_mut().zip(positions).for_each(|(pair, positions)| {
        pair.members = if is_group { members(positions) } else { None };
        let seed = seed_of(seed, positions.speaker, &pair.issue);
        pair.mix = changes(pair, positions, is_group, seed);
    });
}

fn members(positions: &Positions<'_>) -> Option<Members> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    positions.taken.iter().for_each(|taken| *counts.entry(&taken.statement().speaker).or_default() += 1);
    let (largest, most) = counts.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)))?;
    let share = *most as f64 / positions.taken.len() as f64;
    Some(Members { count: counts.len(), largest: (*largest).to_owned(), share })
}

/// A column that is mixed, and its cell of a statement.
type Column = (&'static str, fn(&Statement) -> &str);

/// A statement in a mix: its value and its rank.
type Mixed<'p> = (&'p str, usize);

fn changes(pair: &Pair, positions: &Positions<'_>, is_group: bool, seed: u64) -> Vec<MixChange> {
    // The date of a drift is nowhere. Its halves are compared.
    let middle = || positions.days().into_iter().map(|(day, _)| day).nth(pair.days / 2);
    let dates: Vec<NaiveDate> = match (&pair.verdict, pair.event) {
        (Verdict::TooFew | Verdict::Steady | Verdict::Swing(_), _) => Vec::new(),
        (_, Some(event)) => vec![event],
        (Verdict::Drift(_), None) => middle().into_iter().collect(),
        (verdict, None) => verdict.shifts().iter().map(|shift| shift.first_after).collect(),
    };
    let columns: [Column; 3] = [
        ("speaker", |statement| &statement.speaker),
        ("source_publisher", |statement| &statement.source_publisher),
        ("venue", |statement| &statement.venue),
    ];
    let mut found = Vec::new();
    for (place, date) in dates.iter().enumerate() {
        let from = if place == 0 { NaiveDate::MIN } else { dates[place - 1] };
        let to = dates.get(place + 1).copied().unwrap_or(NaiveDate::MAX);
        for (column, value) in columns.iter().filter(|(column, _)| is_group || *column != "speaker") {
            let days: Vec<(NaiveDate, Vec<Mixed<'_>>)> = positions
                .days()
                .into_iter()
                .filter(|(day, _)| from <= *day && *day < to)
                .map(|(day, taken)| {
                    (day, taken.iter().map(|taken| (value(taken.statement()).trim(), taken.rank)).collect())
                })
                .collect();
            found.extend(change(column, *date, &days, seed));
        }
    }
    found
}

fn change(column: &'static str, date: NaiveDate, days: &[(NaiveDate, Vec<Mixed<'_>>)], seed: u64) -> Option<MixChange> {
    let at = days.partition_point(|(day, _)| *day < date);
    let mut order: Vec<&[Mixed<'_>]> = days.iter().map(|(_, statements)| statements.as_slice()).collect();
    if at == 0 || at == order.len() {
        return None;
    }
    let observed = distance(&shares(&order[..at]), &shares(&order[at..]));
    if observed < LEAST {
        return None;
    }
    let sides = (order[..at].concat(), order[at..].concat());
    let (mut rng, mut as_far) = (Pcg64Mcg::seed_from_u64(seed), 1);
    for _ in 0..ORDERS {
        order.shuffle(&mut rng);
        as_far += usize::from(distance(&shares(&order[..at]), &shares(&order[at..])) >= observed - 1e-9);
        if as_far as f64 > RARE * (ORDERS + 1) as f64 {
            return None;
        }
    }
    Some(described(column, date, observed, &sides.0, &sides.1))
}

/// The share of each value in the statements of some days.
fn shares<'p>(days: &[&[Mixed<'p>]]) -> BTreeMap<&'p str, f64> {
    let mut shares: BTreeMap<&str, f64> = BTreeMap::new();
    let all: usize = days.iter().map(|day| day.len()).sum();
    let values = days.iter().flat_map(|day| day.iter());
    values.for_each(|(value, _)| *shares.entry(value).or_default() += 1.0 / all as f64);
    shares
}

fn distance(before: &BTreeMap<&str, f64>, after: &BTreeMap<&str, f64>) -> f64 {
    let of = |shares: &BTreeMap<&str, f64>, value: &str| shares.get(value).copied().unwrap_or(0.0);
    let values: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    values.into_iter().map(|value| (of(before, value) - of(after, value)).abs()).sum::<f64>() / 2.0
}

fn described(
    column: &'static str,
    date: NaiveDate,
    distance: f64,
    before: &[Mixed<'_>],
    after: &[Mixed<'_>],
) -> MixChange {
    let mean = |side: &[Mixed<'_>]| side.iter().map(|(_, rank)| *rank as f64).sum::<f64>() / side.len() as f64;
    let (early, late) = (shares(&[before]), shares(&[after]));
    let share = |shares: &BTreeMap<&str, f64>, value: &str| shares.get(value).copied().unwrap_or(0.0);
    let values: BTreeSet<&str> = early.keys().chain(late.keys()).copied().collect();
    let moved = |value: &str| (share(&early, value) - share(&late, value)).abs();
    let most = values.iter().copied().max_by(|a, b| moved(a).total_cmp(&moved(b)).then(b.cmp(a))).unwrap_or("");
    let (mut common, mut statements, mut within) = (0, 0, 0.0);
    for value in values.iter().filter(|value| early.contains_key(*value) && late.contains_key(*value)) {
        let of = |side: &[Mixed<'_>]| -> Vec<usize> {
            side.iter().filter(|(other, _)| other == value).map(|(_, rank)| *rank).collect()
        };
        let own = |ranks: &[usize]| ranks.iter().map(|rank| *rank as f64).sum::<f64>() / ranks.len() as f64;
        let (first, last) = (of(before), of(after));
        let count = first.len() + last.len();
        common += 1;
        statements += count;
        within += count as f64 * (own(&last) - own(&first));
    }
    MixChange {
        column,
        date,
        distance,
        value: most.to_owned(),
        before: share(&early, most),
        after: share(&late, most),
        common,
        statements,
        within: (common > 0).then(|| within / statements as f64),
        whole: mean(after) - mean(before),
    }
}

impl<'c> Positions<'c> {
    /// The statements that are tested, by day.
    fn days(&self) -> Vec<(NaiveDate, Vec<&Taken<'c>>)> {
        let mut days: Vec<(NaiveDate, Vec<&Taken<'c>>)> = Vec::new();
        for taken in &self.taken {
            let Some(own) = self.day(taken) else { continue };
            match days.last_mut().filter(|(day, _)| *day == own) {
                Some((_, statements)) => statements.push(taken),
                None => days.push((own, vec![taken])),
            }
        }
        days
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(said: &[(&'static str, usize)]) -> Vec<(NaiveDate, Vec<Mixed<'static>>)> {
        let date = |day: usize| NaiveDate::from_num_days_from_ce_opt(740_000 + day as i32).unwrap();
        said.iter().enumerate().map(|(place, mixed)| (date(place), vec![*mixed])).collect()
    }

    /// A has 0 and B has 2, all the time, and A gives way to B: no one moves. Then A moves.
    #[test]
    fn a_mix_that_changes_is_found_with_what_remains_within() {
        let (a, b) = (("A", 0), ("B", 2));
        let said = [[a; 9].as_slice(), &[b], &[b; 9], &[a]].concat();
        let all = days(&said);
        let found = change("speaker", all[10].0, &all, 1).unwrap();
        assert!((found.distance - 0.8).abs() < 1e-9 && found.common == 2 && found.statements == 20, "{found:?}");
        assert!((found.whole - 1.6).abs() < 1e-9 && found.within.unwrap().abs() < 1e-9, "{found:?}");
        assert!(found.value == "A" && (found.before - 0.9).abs() < 1e-9 && (found.after - 0.1).abs() < 1e-9);
        let apart = days(&[[a; 10], [b; 10]].concat());
        assert_eq!(change("speaker", apart[10].0, &apart, 1).unwrap().within, None);
        let mixed: Vec<(&str, usize)> = (0..20).map(|day| if day % 2 == 0 { a } else { b }).collect();
        assert_eq!(change("speaker", days(&mixed)[10].0, &days(&mixed), 1), None);
        // Values that all occur once always differ: that shows nothing.
        let once: Vec<(&'static str, usize)> =
            "abcdefghijklmnopqrst".split("").filter(|v| !v.is_empty()).map(|v| (v, 1)).collect();
        assert_eq!(change("venue", days(&once)[10].0, &days(&once), 1), None);
    }
}
