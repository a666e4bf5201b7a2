//! What was said where nothing could be tested: the levels that were taken, in the order in which they were.
//!
//! A sentence about a first and a last day says nothing about the days between, so it is only said if the positions went
//! one way all along.

use std::collections::BTreeSet;

use chrono::Datelike;

use crate::chart::kind::finding::Told;
use crate::chart::kind::naming::level;
use crate::chart::kind::view::{Marked, statements};
use crate::chart::locale::Locale;
use crate::date::StatementDate;

/// Statements of one date or of several in succession that took one level.
struct Run {
    position: i32,
    first: StatementDate,
    last: StatementDate,
}

/// The facts, with how many statements they are and that these are too few to test.
pub fn facts(locale: &Locale, told: &Told<'_>) -> String {
    facts_with(locale, told, true)
}

/// The facts, with how many statements they are. For a picture that says that all are too few.
pub fn facts_alone(locale: &Locale, told: &Told<'_>) -> String {
    facts_with(locale, told, false)
}

fn facts_with(locale: &Locale, told: &Told<'_>, too_few: bool) -> String {
    let what = said(locale, told);
    let marks = &told.marks;
    if statements(marks.iter().copied()) == 1 && too_few {
        return locale.say("few-tail-one", &[("what", &what)]);
    }
    let grain = told.pair.grain;
    let units: BTreeSet<_> = marks.iter().filter_map(|mark| grain.of(mark.statement.date)).collect();
    let said = locale.many("statements", statements(marks.iter().copied()));
    let unit = grain.word();
    // Units are what is tested, so it takes more than many statements.
    if units.len() == 1 && too_few {
        return locale.say("few-tail-single", &[("what", &what), ("statements", &said), ("unit", &unit)]);
    }
    let dated = statements(marks.iter().filter(|mark| grain.of(mark.statement.date).is_some()).copied());
    let said = match dated {
        0 => said,
        _ if dated == statements(marks.iter().copied()) => said,
        _ => locale.say("of-them", &[("statements", &said), ("dated", &dated)]),
    };
    let on = locale.in_units(grain, units.len());
    let said = locale.say("note-statements", &[("statements", &said), ("on-days", &on)]);
    let id = if too_few { "few-tail-units" } else { "few-plain" };
    locale.say(id, &[("what", &what), ("statements", &said), ("unit", &unit)])
}

/// The one level of a speaker who never took another.
pub fn always(marks: &[&Marked<'_>]) -> Option<i32> {
    let first = marks.first()?.position;
    marks.iter().all(|mark| mark.position == first).then_some(first)
}

/// How many statements the last level rests on, if it is beyond all earlier ones and they are all of one date.
pub fn single_last(marks: &[&Marked<'_>]) -> Option<usize> {
    let runs = runs(marks)?;
    let (last, before) = runs.split_last()?;
    let (low, high) = (before.iter().map(|run| run.position).min()?, before.iter().map(|run| run.position).max()?);
    if (low..=high).contains(&last.position) {
        return None;
    }
    let same = |mark: &&&Marked<'_>| mark.statement.date == last.first;
    (last.first == last.last).then(|| statements(marks.iter().filter(same).copied()))
}

/// The levels that were taken, and when.
fn said(locale: &Locale, told: &Told<'_>) -> String {
    let (issue, marks) = (told.issue, &told.marks);
    let (Some(first), Some(last)) = (marks.first(), marks.last()) else { return String::new() };
    let (start, end) = (first.statement.date, last.statement.date);
    let name = |position: i32| level(locale, issue, position);
    let taken: BTreeSet<i32> = marks.iter().map(|mark| mark.position).collect();
    let at = locale.at(end);
    let span = if start == end { at.clone() } else { locale.span(start, end) };
    let low = taken.first().map_or(String::new(), |position| name(*position));
    let high = taken.last().map_or(String::new(), |position| name(*position));
    let when = |run: &Run| if run.first == run.last { locale.at(run.last) } else { locale.span(run.first, run.last) };
    let say = |id: &str, more: &[(&'static str, &dyn std::fmt::Display)]| {
        let all: [(&'static str, &dyn std::fmt::Display); 4] =
            [("at", &at), ("span", &span), ("low", &low), ("high", &high)];
        locale.say(id, &[&all[..], more].concat())
    };
    if taken.len() == 1 {
        let id = match (statements(marks.iter().copied()), start == end) {
            (1, _) => "few-one",
            (_, true) => "few-same-day",
            _ => "few-same",
        };
        return say(id, &[("first", &name(first.position))]);
    }
    if start == end {
        return say("few-range-day", &[]);
    }
    let runs = runs(marks);
    match runs.as_deref() {
        Some([one, two]) => {
            return say(
                "few-two",
                &[("first", &name(one.position)), ("last", &name(two.position)), ("when", &when(two))],
            );
        }
        Some([one, two, three]) if one.position == three.position => {
            return say(
                "few-back",
                &[("first", &name(one.position)), ("second", &name(two.position)), ("when", &when(two))],
            );
        }
        Some(all) if all.is_sorted_by_key(|run| run.position) || all.is_sorted_by_key(|run| -run.position) => {
            let (first, last) = (name(first.position), name(last.position));
            return say("few-from-to", &[("first", &first), ("from", &from(locale, start, end)), ("last", &last)]);
        }
        Some([one, two, three]) => {
            let names = [one, two, three].map(|run| name(run.position));
            return say(
                "few-three",
                &[
                    ("first", &names[0]),
                    ("second", &names[1]),
                    ("when", &when(two)),
                    ("last", &names[2]),
                    ("lastly", &when(three)),
                ],
            );
        }
        _ => {}
    }
    // What was said last is only one thing if nothing else was said on that date, or may have been said after it.
    let latest: BTreeSet<i32> =
        marks.iter().filter(|mark| mark.to() >= end.first()).map(|mark| mark.position).collect();
    match latest.len() {
        1 => say("few-range", &[("last", &name(last.position))]),
        _ => say("few-mixed", &[]),
    }
}

/// The date before its year if the other has the same: `on 3 March`.
fn from(locale: &Locale, start: StatementDate, end: StatementDate) -> String {
    let short = start.is_day() && end.is_day() && start.first().year() == end.first().year();
    if short { locale.say("when-day", &[("day", &locale.day_and_month(start.first()))]) } else { locale.at(start) }
}

/// The statements in succession that took one level; `None` if their order is not known, or if different levels were
/// taken on one date.
fn runs(marks: &[&Marked<'_>]) -> Option<Vec<Run>> {
    let mut runs: Vec<Run> = Vec::new();
    for mark in marks {
        let (date, position) = (mark.statement.date, mark.position);
        match runs.last_mut() {
            Some(run) if run.position == position => run.last = date,
            Some(run) if run.last.last() >= date.first() => return None,
            _ => runs.push(Run { position, first: date, last: date }),
        }
    }
    Some(runs)
}
