//! What a reader must know who reads only the title: that a finding often fails, is likely smaller than it looks, rests
//! on one person, or that hardly anything could have been found. No subtitle of one's own takes these sentences away.

use std::collections::BTreeSet;

use crate::chart::kind::facts::single_last;
use crate::chart::kind::finding::{Finding, Told, hides_any, weak};
use crate::chart::kind::naming::about;
use crate::chart::locale::Locale;
use crate::date::Grain;
use crate::shift::Pair;
use crate::shift::mixture::MixChange;
use crate::shift::size::Likely;

/// The most pairs that a caution names one by one.
const MOST_NAMED: usize = 3;
/// A change is likely smaller than it looks if the likelier size is at most this share of the size that was seen.
const SMALLER: f64 = 0.8;
/// A group is led by a member who has at least this share of its statements.
const LED: f64 = 0.6;
/// A change of the mix may explain a change of position, at least in part, if so little of it or less is left within the
/// parts of the mix.
const WITHIN: f64 = 0.8;

/// The cautions about everything that was found, as whole sentences, the gravest first.
pub fn cautions(locale: &Locale, all: &[Told<'_>]) -> Vec<String> {
    let names = Names::of(locale, all);
    let moved: Vec<&Told<'_>> = all.iter().filter(|told| told.finding.moved()).collect();
    let mut said = Vec::new();
    let coders = |pair: &Pair| pair.recoded.map(|again| (again.stands, again.repeats, again.withstands()));
    let rules = |pair: &Pair| pair.relabelled.map(|again| (again.stands, again.repeats, again.withstands()));
    said.extend(doubt(&names, &moved, ["doubt-coders", "doubt-coders-for"], coders));
    said.extend(doubt(&names, &moved, ["doubt-rules", "doubt-rules-for"], rules));
    for told in moved.iter().take(MOST_NAMED) {
        let each = [led(locale, told), smaller(locale, told)].into_iter().flatten().chain(mixes(locale, told));
        said.extend(each.map(|caution| names.with(told, &caution)));
    }
    said.extend(hidden(&names, all));
    if all.iter().all(|told| told.finding == Finding::Few) {
        let single = all.iter().filter_map(|told| Some((told, single_last(&told.marks)?)));
        said.extend(single.take(MOST_NAMED).map(|(told, count)| names.with(told, &locale.many("caution-last", count))));
        said.extend(needed(locale, all));
    }
    said
}

/// How sentences name the pairs of a picture: by what tells them apart.
struct Names<'l> {
    locale: &'l Locale,
    pairs: usize,
    speakers: usize,
    issues: usize,
}

impl<'l> Names<'l> {
    fn of(locale: &'l Locale, all: &[Told<'_>]) -> Names<'l> {
        let speakers: BTreeSet<&str> = all.iter().map(|told| told.pair.speaker.as_str()).collect();
        let issues: BTreeSet<_> = all.iter().map(|told| told.pair.index).collect();
        Names { locale, pairs: all.len(), speakers: speakers.len(), issues: issues.len() }
    }

    fn name(&self, told: &Told<'_>) -> String {
        let issue = about(self.locale, told.issue);
        match (self.speakers, self.issues) {
            (1, _) => issue,
            (_, 1) => told.pair.speaker.clone(),
            _ => self.locale.say("with-issues", &[("speaker", &told.pair.speaker), ("issues", &issue)]),
        }
    }

    /// A caution with the pair that it is about, if there are several.
    fn with(&self, told: &Told<'_>, caution: &str) -> String {
        match self.pairs {
            1 => caution.to_owned(),
            _ => self.locale.say("caution-of", &[("who", &self.name(told)), ("caution", &caution)]),
        }
    }

    /// Few pairs by name, many by their number.
    fn all(&self, those: &[&Told<'_>]) -> String {
        match those.len() {
            0..=MOST_NAMED => self.locale.list(&those.iter().map(|told| self.name(told)).collect::<Vec<_>>()),
            count if self.issues == 1 => self.locale.many("speakers", count),
            count => self.locale.many("pairs", count),
        }
    }
}

/// In how many repeats findings hold that often fail with labels redrawn.
fn doubt(
    names: &Names<'_>,
    moved: &[&Told<'_>],
    [alone, with_names]: [&'static str; 2],
    again: impl Fn(&Pair) -> Option<(usize, usize, bool)>,
) -> Option<String> {
    let failing = moved.iter().filter_map(|told| {
        let (stands, repeats, _) = again(told.pair).filter(|(_, repeats, withstands)| *repeats > 0 && !withstands)?;
        Some((*told, stands, repeats))
    });
    let failing: Vec<(&Told<'_>, usize, usize)> = failing.collect();
    let locale = names.locale;
    let (_, stands, runs) = failing.first()?;
    if names.pairs == 1 {
        return Some(locale.say(alone, &[("stands", stands), ("runs", runs)]));
    }
    let figure = |(told, stands, runs): &(&Told<'_>, usize, usize)| {
        locale.say("doubt-figure", &[("stands", stands), ("runs", runs), ("who", &names.name(told))])
    };
    let figures: Vec<String> = failing.iter().take(MOST_NAMED).map(figure).collect();
    let figures = match failing.len().saturating_sub(MOST_NAMED) {
        0 => locale.list(&figures),
        more => locale.say("names-more", &[("names", &figures.join(", ")), ("count", &more)]),
    };
    Some(locale.say(with_names, &[("figures", &figures)]))
}

/// A share as a whole number of percent, which no line end parts from its sign.
fn percent(share: f64) -> String {
    format!("{:.0}\u{a0}%", 100.0 * share)
}

/// That one member has most statements of a group that moved.
fn led(locale: &Locale, told: &Told<'_>) -> Option<String> {
    let members = told.pair.members.as_ref().filter(|members| members.count > 1 && members.share >= LED)?;
    let share = percent(members.share);
    Some(locale.say("caution-led", &[("share", &share), ("speaker", &members.largest), ("count", &members.count)]))
}

/// That a change is likely smaller than it looks, because its date was searched for.
fn smaller(locale: &Locale, told: &Told<'_>) -> Option<String> {
    let sizes: Vec<(f64, Likely)> = match &told.finding {
        Finding::Moved(steps, _) => steps.iter().map(|step| (step.size(), step.likely)).collect(),
        Finding::Drifted(drift) => vec![(drift.size, drift.likely)],
        _ => Vec::new(),
    };
    let (seen, likely) = sizes
        .into_iter()
        .find(|(seen, likely)| likely.size.abs() <= SMALLER * seen.abs() && likely.size * seen > 0.0)?;
    Some(locale.say("caution-size", &[("likely", &locale.level(likely.size)), ("seen", &locale.level(seen))]))
}

/// That who speaks or where changes with the position, and may be why it changes.
fn mixes(locale: &Locale, told: &Told<'_>) -> Vec<String> {
    let may_explain = |change: &&MixChange| {
        !change.value.is_empty() && change.within.is_none_or(|within| within / change.whole < WITHIN)
    };
    let say = |change: &MixChange| {
        let (before, after) = (percent(change.before), percent(change.after));
        locale.say(
            "caution-mix",
            &[("column", &change.column), ("value", &change.value), ("before", &before), ("after", &after)],
        )
    };
    told.pair.mix.iter().filter(may_explain).map(say).collect()
}

/// That hardly any shift could have been found where none was.
fn hidden(names: &Names<'_>, all: &[Told<'_>]) -> Vec<String> {
    let locale = names.locale;
    let steady: Vec<&Told<'_>> = all.iter().filter(|told| told.finding.is_steady()).collect();
    let blind: Vec<&Told<'_>> = steady.iter().copied().filter(|told| hides_any(told.pair, told.issue)).collect();
    let half: Vec<(&Told<'_>, [String; 2])> =
        steady.iter().filter_map(|told| Some((*told, weak(locale, told.pair, told.issue)?))).collect();
    let mut said = Vec::new();
    match blind.as_slice() {
        [] => {}
        those if those.len() == all.len() => said.push(locale.say("steady-any", &[])),
        those => said.push(locale.say("steady-any-for", &[("who", &names.all(those))])),
    }
    match half.as_slice() {
        [] => {}
        [(told, [size, range])] => {
            said.push(names.with(told, &locale.say("caution-weak", &[("size", size), ("range", range)])));
        }
        those => {
            let who = names.all(&those.iter().map(|(told, _)| *told).collect::<Vec<_>>());
            said.push(locale.say("caution-weak-for", &[("who", &who)]));
        }
    }
    said
}

/// How many units a test takes and how many there are, where nothing could be tested, and whether a shorter unit would do.
fn needed(locale: &Locale, all: &[Told<'_>]) -> Vec<String> {
    let Some(most) = all.iter().max_by_key(|told| told.pair.days).filter(|told| told.marks.len() > 1) else {
        return Vec::new();
    };
    let (pair, Some(needed)) = (most.pair, most.pair.days_needed) else { return Vec::new() };
    let id = if all.len() == 1 { "few-needed" } else { "few-needed-most" };
    let (takes, days) = (locale.units(pair.grain, needed), locale.units(pair.grain, pair.days));
    let mut said = vec![locale.say(id, &[("needed", &takes), ("days", &days)])];
    let enough = |grain: &Grain| {
        let units = |told: &Told<'_>| {
            told.marks.iter().filter_map(|mark| grain.of(mark.statement.date)).collect::<BTreeSet<_>>().len()
        };
        *grain < pair.grain && all.iter().any(|told| units(told) >= needed)
    };
    let finer = [Grain::Month, Grain::Week, Grain::Day].into_iter().find(enough);
    said.extend(finer.map(|grain| locale.say("few-finer", &[("unit", &grain.word())])));
    said
}
