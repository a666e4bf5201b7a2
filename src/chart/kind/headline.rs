//! The sentences of a picture: its title, what its subtitle adds, and a few words for a panel.
//!
//! A sentence is whole whatever words a codebook has: level names stand in quotation marks, and nothing of a
//! codebook is bent to fit a grammar. If an issue has phrases in the language of the picture, they are used.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::chart::kind::finding::{EndsUp, Finding, Told, told};
use crate::chart::kind::view::{Marked, View, statements};
use crate::chart::locale::Locale;
use crate::codebook::{Issue, IssuePhrases, Position};
use crate::shift::words::at_least;
use crate::shift::{Pair, Shift};

/// The most names in a title.
const MOST_NAMES: usize = 3;

/// What a picture says above its plots.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headline {
    /// The strongest finding, without a full stop.
    pub title: String,
    /// The other findings, as whole sentences.
    pub rest: Vec<String>,
}

/// What was found about the drawn speakers and issues.
pub fn headline(view: &View<'_>) -> Headline {
    of_told(view, &told(view))
}

/// What was found, for pictures that show averages and no days. That a single day stands apart is said, but not first,
/// because nothing in such a picture shows it.
pub fn headline_of_means(view: &View<'_>) -> Headline {
    let mut all = told(view);
    let apart = |told: &Told<'_>| matches!(told.finding, Finding::Swung(_) | Finding::Apart(_));
    let said: Vec<String> = all.iter().filter(|told| apart(told)).map(|told| sentence(view.locale, told)).collect();
    for told in all.iter_mut().filter(|told| apart(told)) {
        told.finding = if told.pair.tested { Finding::Steady } else { Finding::Few };
    }
    let mut headline = of_told(view, &all);
    headline.rest.extend(said.into_iter().take(MOST_NAMES).map(|sentence| format!("{sentence}.")));
    headline
}

fn of_told(view: &View<'_>, told: &[Told<'_>]) -> Headline {
    let locale = view.locale;
    let speakers: BTreeSet<&str> = told.iter().map(|told| told.pair.speaker.as_str()).collect();
    match told {
        [] => Headline { title: view.speaker(), rest: Vec::new() },
        [first, others @ ..] if speakers.len() == 1 => of_one(locale, first, others),
        all => of_many(locale, all, speakers.len()),
    }
}

/// The sentences about one speaker.
fn of_one(locale: &Locale, first: &Told<'_>, others: &[Told<'_>]) -> Headline {
    let speaker = &first.pair.speaker;
    let issues_with = |finding: Finding<'_>| -> Vec<String> {
        others.iter().filter(|told| told.finding == finding).map(|told| about(locale, told.issue)).collect()
    };
    let (steady, few) = (issues_with(Finding::Steady), issues_with(Finding::Few));
    if first.finding == Finding::Steady && !steady.is_empty() {
        let issues: Vec<String> = std::iter::once(about(locale, first.issue)).chain(steady).collect();
        let title = locale.say("title-steady", &[("speaker", speaker), ("issues", &locale.list(&issues))]);
        let few = others.iter().filter(|told| told.finding == Finding::Few).map(|told| rest(locale, told));
        let all = std::iter::once(first).chain(others).filter(|told| told.finding == Finding::Steady);
        return Headline { title, rest: detectable(locale, all).into_iter().chain(few).collect() };
    }
    let mut lines: Vec<String> = doubts(locale, first).collect();
    for told in others {
        // Where nothing could be tested, the facts of each issue are the story.
        let facts = told.finding == Finding::Few && first.finding == Finding::Few;
        if facts || !matches!(told.finding, Finding::Steady | Finding::Few) {
            lines.push(rest(locale, told));
            lines.extend(doubts(locale, told));
        }
    }
    if first.finding == Finding::Steady {
        lines.extend(detectable(locale, std::iter::once(first)));
    }
    if !steady.is_empty() {
        lines.push(locale.say("rest-steady", &[("issues", &locale.list(&steady))]));
    }
    if !few.is_empty() && first.finding != Finding::Few {
        lines.push(locale.say("rest-few", &[("issues", &locale.list(&few))]));
    }
    Headline { title: sentence(locale, first), rest: lines }
}

/// The smallest shift that none of some steady pairs would have hidden, if it is known for all. No shift is larger than
/// its scale.
fn detectable<'t>(locale: &Locale, steady: impl Iterator<Item = &'t Told<'t>>) -> Option<String> {
    let sizes: Option<Vec<(f64, usize)>> =
        steady.map(|told| Some((told.pair.detectable?, told.issue.levels.len().saturating_sub(1)))).collect();
    let sizes = sizes?;
    if sizes.iter().any(|(size, range)| *size >= *range as f64) {
        return Some(locale.say("steady-any", &[]));
    }
    let largest = sizes.into_iter().map(|(size, _)| size).reduce(f64::max)?;
    let size = locale.number(&at_least(largest));
    Some(locale.say("steady-detectable", &[("size", &size)]))
}

/// The sentences about several speakers.
fn of_many(locale: &Locale, all: &[Told<'_>], speakers: usize) -> Headline {
    let issues: BTreeSet<_> = all.iter().map(|told| told.pair.index).collect();
    let one_issue = (issues.len() == 1).then(|| about(locale, all[0].issue));
    let movers: Vec<&Told<'_>> = all.iter().filter(|told| told.finding.moved()).collect();
    // On several issues, a speaker may be steady on one and have too few statements on another.
    let count = |finding: &Finding<'_>| all.iter().filter(|told| told.finding == *finding).count();
    // Few speakers are named, many are counted.
    let counted = |finding: &Finding<'_>| {
        let who: Vec<String> =
            all.iter().filter(|told| told.finding == *finding).map(|told| told.pair.speaker.clone()).collect();
        match &one_issue {
            Some(_) if who.len() <= MOST_NAMES => locale.list(&who),
            Some(_) => locale.many("speakers", who.len()),
            None => locale.many("pairs", who.len()),
        }
    };
    let (steady, few) = (count(&Finding::Steady), count(&Finding::Few));
    let mut lines: Vec<String> = match movers.as_slice() {
        [one] => doubts(locale, one).collect(),
        several => doubted(locale, several, one_issue.as_deref()).into_iter().collect(),
    };
    let apart: Vec<&Told<'_>> =
        all.iter().filter(|told| matches!(told.finding, Finding::Swung(_) | Finding::Apart(_))).collect();
    let total = locale.many("speakers", speakers);
    let title = match (movers.as_slice(), apart.as_slice()) {
        ([one], _) => sentence(locale, one),
        ([_, _, ..], _) => moved(locale, &movers, one_issue.as_deref()),
        ([], [first, ..]) => sentence(locale, first),
        ([], []) if steady > 0 => {
            let known: BTreeSet<&str> = all
                .iter()
                .filter(|told| told.finding == Finding::Steady)
                .map(|told| told.pair.speaker.as_str())
                .collect();
            let known: Vec<String> = known.into_iter().map(str::to_owned).collect();
            let who = if known.len() <= MOST_NAMES {
                locale.list(&known)
            } else if known.len() == speakers {
                total.clone()
            } else {
                locale.say("all-of", &[("count", &known.len()), ("speakers", &total), ("all", &speakers)])
            };
            let id = if one_issue.is_some() { "all-steady-on" } else { "all-steady" };
            locale.say(id, &[("who", &who), ("issue", &one_issue.as_deref().unwrap_or(""))])
        }
        ([], []) => {
            let id = if one_issue.is_some() { "all-few-on" } else { "all-few" };
            let issue = one_issue.as_deref().unwrap_or("");
            locale.say(id, &[("speakers", &total), ("all", &speakers), ("issue", &issue)])
        }
    };
    let said = usize::from(movers.is_empty());
    for told in apart.iter().skip(said).take(MOST_NAMES - 1) {
        lines.push(format!("{}.", sentence(locale, told)));
    }
    if steady > 0 && !(movers.is_empty() && apart.is_empty()) {
        lines.push(locale.say("rest-all-steady", &[("speakers", &counted(&Finding::Steady)), ("count", &steady)]));
    }
    if few > 0 && (steady > 0 || !movers.is_empty() || !apart.is_empty()) {
        lines.push(locale.say("rest-all-few", &[("speakers", &counted(&Finding::Few)), ("count", &few)]));
    }
    Headline { title, rest: lines }
}

/// Whether a finding holds with labels redrawn, for coders and for rules: the sentences that say so if it does not.
fn doubts(locale: &Locale, told: &Told<'_>) -> impl Iterator<Item = String> {
    let say = |id: &str, stands: usize, repeats: usize| locale.say(id, &[("stands", &stands), ("runs", &repeats)]);
    let moved = told.finding.moved();
    let coders = told.pair.recoded.filter(|again| moved && again.repeats > 0 && !again.withstands());
    let rules = told.pair.relabelled.filter(|again| moved && again.repeats > 0 && !again.withstands());
    let coders = coders.map(|again| say("doubt-coders", again.stands, again.repeats));
    coders.into_iter().chain(rules.map(|again| say("doubt-rules", again.stands, again.repeats)))
}

/// Whose moves do not hold with labels redrawn, as a sentence.
fn doubted(locale: &Locale, movers: &[&Told<'_>], issue: Option<&str>) -> Option<String> {
    let doubted: Vec<&Told<'_>> = movers.iter().copied().filter(|told| doubts(locale, told).next().is_some()).collect();
    (!doubted.is_empty()).then(|| locale.say("doubt-many", &[("who", &who(locale, &doubted, issue))]))
}

/// Who moved, as a sentence.
fn moved(locale: &Locale, movers: &[&Told<'_>], issue: Option<&str>) -> String {
    let who = who(locale, movers, issue);
    match issue {
        Some(issue) => locale.say("all-moved-on", &[("who", &who), ("issue", &issue)]),
        None => locale.say("all-moved", &[("who", &who)]),
    }
}

/// Speakers by name, with the issues if there are several.
fn who(locale: &Locale, movers: &[&Told<'_>], issue: Option<&str>) -> String {
    let mut names: Vec<(&str, Vec<String>)> = Vec::new();
    for told in movers {
        let name = about(locale, told.issue);
        match names.iter_mut().find(|(speaker, _)| *speaker == told.pair.speaker) {
            Some((_, issues)) => issues.push(name),
            None => names.push((&told.pair.speaker, vec![name])),
        }
    }
    let with_issue = |(speaker, issues): &(&str, Vec<String>)| match issue {
        Some(_) => (*speaker).to_owned(),
        None => format!("{speaker} ({})", issues.join(", ")),
    };
    let more = names.len().saturating_sub(MOST_NAMES);
    let shown: Vec<String> = names.iter().take(MOST_NAMES).map(with_issue).collect();
    match more {
        0 => locale.list(&shown),
        _ => locale.say("names-more", &[("names", &shown.join(", ")), ("count", &more)]),
    }
}

/// A finding as a sentence with its speaker and issue, without a full stop.
pub fn sentence(locale: &Locale, told: &Told<'_>) -> String {
    let speaker = &told.pair.speaker;
    let phrases = told.issue.phrases.get(locale.tag());
    let what = what(locale, told);
    let phrase = phrases.and_then(|phrases: &IssuePhrases| {
        let change = told.finding.change()?;
        if change > 0.0 { phrases.higher.as_ref() } else { phrases.lower.as_ref() }
    });
    let id = match (&told.finding, phrase.is_some()) {
        (Finding::Moved(_, EndsUp::Away), false) => "title-moved",
        (Finding::Moved(_, EndsUp::Away), true) => "title-moved-so",
        (Finding::Moved(_, EndsUp::Back), false) => "title-returned",
        (Finding::Moved(_, EndsUp::Back), true) => "title-returned-so",
        (Finding::Drifted(_), false) => "title-drifted",
        (Finding::Drifted(_), true) => "title-drifted-so",
        _ => "title-about",
    };
    let phrase = phrase.map_or("", String::as_str);
    let issue = about(locale, told.issue);
    locale.say(id, &[("speaker", speaker), ("issue", &issue), ("phrase", &phrase), ("what", &what)])
}

/// A finding as a sentence with its issue.
fn rest(locale: &Locale, told: &Told<'_>) -> String {
    locale.say("rest-finding", &[("issue", &about(locale, told.issue)), ("what", &what(locale, told))])
}

/// How a sentence names an issue.
fn about(locale: &Locale, issue: &Issue) -> String {
    let phrase = issue.phrases.get(locale.tag()).and_then(|phrases| phrases.about.clone());
    phrase.unwrap_or_else(|| locale.say("issue-name", &[("name", &issue.name)]))
}

/// What was found, without speaker and issue.
fn what(locale: &Locale, told: &Told<'_>) -> String {
    let issue = told.issue;
    match &told.finding {
        Finding::Moved(steps, ending) => steps_said(locale, issue, steps, *ending),
        Finding::Drifted(drift) => {
            let [before, after] = near(locale, issue, [drift.before, drift.after]);
            let (from, to) = locale.days(drift.from, drift.to);
            locale.say("found-drift", &[("before", &before), ("after", &after), ("from", &from), ("to", &to)])
        }
        Finding::Swung(swing) => {
            let [day, others] = apart(told, locale, swing.date, [swing.day, swing.rest]);
            let is_last = told.marks.iter().filter(|mark| !mark.by_month()).all(|mark| mark.from() <= swing.date);
            locale.say(
                if is_last { "found-latest" } else { "found-swing" },
                &[("level", &day), ("day", &locale.day(swing.date)), ("rest", &others)],
            )
        }
        Finding::Apart(latest) => {
            let [day, others] = apart(told, locale, latest.date, [latest.day, latest.before]);
            locale.say("found-latest", &[("level", &day), ("day", &locale.day(latest.date)), ("rest", &others)])
        }
        Finding::Steady => {
            let statements = locale.many("statements", told.pair.statements);
            let days = locale.many("on-days", told.pair.days);
            locale.say("found-steady", &[("statements", &statements), ("on-days", &days)])
        }
        Finding::Few => facts(locale, issue, &told.marks),
    }
}

/// The level of a day and that of the others. If nobody took the level on that day, it is only near it.
fn apart(told: &Told<'_>, locale: &Locale, date: NaiveDate, values: [f64; 2]) -> [String; 2] {
    let [day, others] = near(locale, told.issue, values);
    let level = told.issue.nearest(values[0]).map(|level| level.position.0);
    let taken = told.marks.iter().any(|mark| mark.from() == date && Some(mark.position) == level);
    [if taken { day } else { locale.say("near-level", &[("level", &day)]) }, others]
}

fn steps_said(locale: &Locale, issue: &Issue, steps: &[&Shift], ending: EndsUp) -> String {
    let first = steps.first().map(|step| step.before.mean);
    let values: Vec<f64> = first.into_iter().chain(steps.iter().map(|step| step.after.mean)).collect();
    let names = names(locale, issue, &values);
    let mut said = String::new();
    for (place, step) in steps.iter().enumerate() {
        let (from, to) = locale.days(step.from, step.to);
        let id = match (place, ending) {
            (0, _) => "found-step",
            (_, EndsUp::Back) => "found-step-back",
            _ => "found-step-then",
        };
        said +=
            &locale.say(id, &[("before", &names[place]), ("after", &names[place + 1]), ("from", &from), ("to", &to)]);
    }
    said
}

/// The levels nearest to two values.
fn near(locale: &Locale, issue: &Issue, values: [f64; 2]) -> [String; 2] {
    let mut names = names(locale, issue, &values).into_iter();
    std::array::from_fn(|_| names.next().unwrap_or_default())
}

/// The levels nearest to values, in quotation marks. If two in succession are the same, each has its number
/// besides, so that the sentence still says what differs.
fn names(locale: &Locale, issue: &Issue, values: &[f64]) -> Vec<String> {
    let words = |value: &f64| issue.nearest(*value).map_or("", |level| level.words.as_str());
    let same = values.windows(2).any(|pair| words(&pair[0]) == words(&pair[1]));
    let name = |value: &f64| {
        let quoted = locale.quoted(words(value), false);
        if same { format!("{quoted} ({})", locale.level_on(issue, *value)) } else { quoted }
    };
    values.iter().map(name).collect()
}

/// Where nothing can be tested: the levels that were taken, when, and in how many statements.
fn facts(locale: &Locale, issue: &Issue, marks: &[&Marked<'_>]) -> String {
    let (Some(first), Some(last)) = (marks.first(), marks.last()) else { return String::new() };
    let level = |position: i32| locale.quoted(issue.level(Position(position)).map_or("", |level| &level.words), false);
    let when = |mark: &Marked<'_>, year: bool| match (mark.by_month(), year) {
        (true, _) => locale.at(mark.statement.date),
        (false, true) => locale.say("when-day", &[("day", &locale.day(mark.from()))]),
        (false, false) => locale.say("when-day", &[("day", &locale.day_and_month(mark.from()))]),
    };
    let same_day = |a: &Marked<'_>, b: &Marked<'_>| a.from() == b.from() && a.by_month() == b.by_month();
    let same_year = first.from().year() == last.from().year() && !last.by_month();
    let (from, to) = (when(first, !same_year), when(last, true));
    let days: BTreeSet<NaiveDate> = marks.iter().filter(|mark| !mark.by_month()).map(|mark| mark.from()).collect();
    let count = statements(marks.iter().copied());
    let mut said = locale.many("statements", count);
    // Days are what is tested, so it takes more than many statements.
    if days.len() > 1 {
        let on = locale.many("on-days", days.len());
        said = locale.say("note-statements", &[("statements", &said), ("on-days", &on)]);
    }
    let taken: BTreeSet<i32> = marks.iter().map(|mark| mark.position).collect();
    let on_day = |day: &Marked<'_>| -> BTreeSet<i32> {
        marks.iter().filter(|mark| same_day(mark, day)).map(|mark| mark.position).collect()
    };
    let low = taken.first().copied().unwrap_or_default();
    let high = taken.last().copied().unwrap_or_default();
    let id = match (taken.len(), same_day(first, last)) {
        (_, true) if count == 1 => "few-one",
        (1, true) => "few-same-day",
        (1, false) => "few-same",
        (_, true) => "few-range-day",
        _ if on_day(first).len() == 1 && on_day(last).len() == 1 && first.position != last.position => "few-from-to",
        _ => "few-range",
    };
    let (first, last) = (level(first.position), level(last.position));
    locale.say(
        id,
        &[
            ("first", &first),
            ("last", &last),
            ("low", &level(low)),
            ("high", &level(high)),
            ("from", &from),
            ("to", &to),
            ("statements", &said),
        ],
    )
}

/// A verdict in a few words, for the head of a panel.
pub fn brief(locale: &Locale, pair: &Pair) -> String {
    match Finding::of(pair) {
        Finding::Moved(steps, _) => {
            let dates = steps.iter().map(|step| {
                let (from, to) = locale.days(step.from, step.to);
                locale.say("brief-dates", &[("from", &from), ("to", &to)])
            });
            let dates: Vec<String> = dates.collect();
            locale.say("brief-moved", &[("dates", &locale.list(&dates))])
        }
        Finding::Drifted(_) => locale.say("brief-drift", &[]),
        Finding::Swung(swing) => locale.say("brief-swing", &[("day", &locale.day(swing.date))]),
        Finding::Apart(latest) => locale.say("brief-latest", &[("day", &locale.day(latest.date))]),
        Finding::Steady => locale.say("brief-steady", &[]),
        Finding::Few => locale.say("brief-few", &[]),
    }
}
