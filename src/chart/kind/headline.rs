//! The sentences of a picture: its title, what its subtitle adds, and a few words for a panel.
//!
//! A sentence is whole whatever words a codebook has: level names stand in quotation marks, and nothing of a
//! codebook is bent to fit a grammar. If an issue has phrases in the language of the picture, they are used.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::chart::kind::caution::cautions;
use crate::chart::kind::facts::{always, facts, facts_alone};
use crate::chart::kind::finding::{EndsUp, Finding, Told, ends_of_drift, hides_any, hides_most, told, weak};
use crate::chart::kind::naming::{about, level, near, near_all};
use crate::chart::kind::view::{Marked, View};
use crate::chart::locale::Locale;
use crate::codebook::{Issue, IssuePhrases};
use crate::date::Grain;
use crate::shift::words::at_least;
use crate::shift::{Pair, Shift};

/// The most names in a title.
const MOST_NAMES: usize = 3;

/// What a picture says above its plots.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headline {
    /// The strongest finding, without a full stop.
    pub title: String,
    /// What a reader must know who reads only the title, as whole sentences.
    pub cautions: Vec<String>,
    /// The other findings, as whole sentences.
    pub rest: Vec<String>,
}

/// What was found about the drawn speakers and issues.
pub fn headline(view: &View<'_>) -> Headline {
    let told = told(view);
    let mut headline = of_told(view, &told);
    headline.cautions = cautions(view.locale, &told);
    headline.title = view.by_whom(headline.title);
    let grain = view.grain();
    if grain != Grain::Day {
        // If there were too few to test, nothing was tested.
        let id = if view.pairs().any(|pair| pair.tested) { "tested-by" } else { "counted-by" };
        headline.rest.push(view.locale.say(id, &[("unit", &grain.word())]));
    }
    headline
}

fn of_told(view: &View<'_>, told: &[Told<'_>]) -> Headline {
    let locale = view.locale;
    let speakers: BTreeSet<&str> = told.iter().map(|told| told.pair.speaker.as_str()).collect();
    match told {
        [] => Headline { title: view.speaker(), ..Headline::default() },
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
        let all = || std::iter::once(first).chain(others).filter(|told| told.finding == Finding::Steady);
        let title = cautious(locale, title, all());
        let rest = detectable(locale, all()).into_iter().chain(few).collect();
        return Headline { title, rest, ..Headline::default() };
    }
    let mut lines: Vec<String> = Vec::new();
    for told in others {
        // Where nothing could be tested, the facts of each issue are the story.
        let facts = told.finding == Finding::Few && first.finding == Finding::Few;
        if facts || !matches!(told.finding, Finding::Steady | Finding::Few) {
            lines.push(rest(locale, told));
        }
    }
    if first.finding.is_steady() {
        lines.extend(detectable(locale, std::iter::once(first)));
    }
    if !steady.is_empty() {
        lines.push(locale.say("rest-steady", &[("issues", &locale.list(&steady))]));
    }
    if !few.is_empty() && first.finding != Finding::Few {
        lines.push(
            locale.say("rest-few", &[("issues", &locale.list(&few)), ("few", &few_units(locale, first.pair.grain))]),
        );
    }
    Headline { title: sentence(locale, first), rest: lines, ..Headline::default() }
}

/// The smallest shift that none of some steady pairs would have hidden, if it is known for all and they would not have
/// hidden nearly any: then a caution says so.
fn detectable<'t>(locale: &Locale, steady: impl Iterator<Item = &'t Told<'t>>) -> Option<String> {
    let size = |told: &'t Told<'t>| told.pair.detectable.filter(|_| !hides_most(told.pair, told.issue));
    let sizes: Option<Vec<f64>> = steady.map(size).collect();
    let size = locale.number(&at_least(sizes?.into_iter().reduce(f64::max)?));
    Some(locale.say("steady-detectable", &[("size", &size)]))
}

/// The sentences about several speakers.
fn of_many(locale: &Locale, all: &[Told<'_>], speakers: usize) -> Headline {
    let issues: BTreeSet<_> = all.iter().map(|told| told.pair.index).collect();
    let one_issue = (issues.len() == 1).then(|| about(locale, all[0].issue));
    let issue = one_issue.as_deref();
    let those =
        |is: &dyn Fn(&Finding<'_>) -> bool| -> Vec<&Told<'_>> { all.iter().filter(|told| is(&told.finding)).collect() };
    let movers = those(&|finding| finding.moved());
    let swings = those(&|finding| matches!(finding, Finding::Swung(_)));
    let apart = those(&|finding| matches!(finding, Finding::Apart(_)));
    let steady = those(&|finding| finding.is_steady());
    let few = those(&|finding| *finding == Finding::Few);
    // Few speakers are named, many are counted. On several issues, a speaker may be steady on one and have too few
    // statements on another.
    let counted = |told: &[&Told<'_>]| match issue {
        _ if told.len() <= MOST_NAMES => who(locale, told, issue),
        Some(_) => locale.many("speakers", told.len()),
        None => locale.many("pairs", told.len()),
    };
    let total = locale.many("speakers", speakers);
    let mut lines: Vec<String> = Vec::new();
    let title = match (movers.as_slice(), swings.as_slice()) {
        ([one], _) => sentence(locale, one),
        ([_, _, ..], _) => {
            // The title has room for who and which way, so each is said after it.
            lines.extend(movers.iter().take(MOST_NAMES).map(|told| more(locale, told, issue)));
            moved(locale, &movers, issue)
        }
        ([], [first, ..]) => sentence(locale, first),
        ([], []) if steady.len() == 1 => sentence(locale, steady[0]),
        ([], []) if !steady.is_empty() => {
            let known: BTreeSet<&str> = steady.iter().map(|told| told.pair.speaker.as_str()).collect();
            let who = if steady.len() <= MOST_NAMES {
                who(locale, &steady, issue)
            } else {
                locale.say("all-of", &[("count", &known.len()), ("speakers", &total), ("all", &speakers)])
            };
            let id = if issue.is_some() { "all-steady-on" } else { "all-steady" };
            let title = locale.say(id, &[("who", &who), ("issue", &issue.unwrap_or(""))]);
            cautious(locale, title, steady.iter().copied())
        }
        ([], []) => {
            // The title says that all are too few.
            let alone = |told: &&Told<'_>| match issue {
                Some(_) => {
                    let what = facts_alone(locale, told);
                    locale.say("rest-finding", &[("issue", &told.pair.speaker), ("what", &what)])
                }
                None => {
                    let (issue, what) = (about(locale, told.issue), facts_alone(locale, told));
                    let said = locale
                        .say("title-about", &[("speaker", &told.pair.speaker), ("issue", &issue), ("what", &what)]);
                    format!("{said}.")
                }
            };
            let facts = || few.iter().map(alone);
            match issue.and_then(|issue| always_said(locale, &few, issue)) {
                Some(title) => title,
                None => {
                    lines.extend(facts().take(if few.len() <= MOST_NAMES { MOST_NAMES } else { 0 }));
                    let id = if issue.is_some() { "all-few-on" } else { "all-few" };
                    let few = few_units(locale, all[0].pair.grain);
                    locale.say(
                        id,
                        &[("speakers", &total), ("all", &speakers), ("issue", &issue.unwrap_or("")), ("few", &few)],
                    )
                }
            }
        }
    };
    let said = usize::from(movers.is_empty()).min(swings.len());
    let swings = &swings[said..];
    if swings.len() < MOST_NAMES {
        lines.extend(swings.iter().map(|told| more(locale, told, issue)));
    } else {
        lines.push(
            locale.say("rest-all-swings", &[("speakers", &counted(swings)), ("unit", &swings[0].pair.grain.word())]),
        );
    }
    if !steady.is_empty() && (!movers.is_empty() || said + swings.len() > 0) {
        lines.push(locale.say("rest-all-steady", &[("speakers", &counted(&steady)), ("count", &steady.len())]));
    }
    let in_title = usize::from(steady.len() == 1 && movers.is_empty() && said == 0).min(apart.len());
    lines.extend(apart.iter().skip(in_title).take(MOST_NAMES - 1).map(|told| more(locale, told, issue)));
    if few.len() < all.len() && !few.is_empty() {
        let units = few_units(locale, all[0].pair.grain);
        lines.push(locale.say("rest-all-few", &[("speakers", &counted(&few)), ("count", &few.len()), ("few", &units)]));
    }
    Headline { title, rest: lines, ..Headline::default() }
}

/// A finding as a sentence after the title: whose it is, and the issue if there are several.
fn more(locale: &Locale, told: &Told<'_>, issue: Option<&str>) -> String {
    match issue {
        Some(_) => locale.say("rest-finding", &[("issue", &told.pair.speaker), ("what", &what(locale, told))]),
        None => format!("{}.", sentence(locale, told)),
    }
}

/// What there are too few of to test.
fn few_units(locale: &Locale, grain: Grain) -> String {
    locale.say("few-units", &[("unit", &grain.word())])
}

/// A title that says that nothing was found, with a caution if none of what it names could have been found.
fn cautious<'t>(locale: &Locale, title: String, mut named: impl Iterator<Item = &'t Told<'t>>) -> String {
    let blind = named.all(|told| hides_any(told.pair, told.issue));
    if blind { locale.say("title-steady-any", &[("title", &title)]) } else { title }
}

/// What few speakers said of whom each never took another level: the facts are then short enough for a title.
fn always_said(locale: &Locale, few: &[&Told<'_>], issue: &str) -> Option<String> {
    let mut by_level: BTreeMap<i32, Vec<String>> = BTreeMap::new();
    for told in few {
        by_level.entry(always(&told.marks)?).or_default().push(told.pair.speaker.clone());
    }
    let names = by_level.values().map(Vec::len).sum::<usize>();
    let scale = few.first()?.issue;
    let facts = by_level.iter().map(|(position, who)| {
        let (level, number) = (level(locale, scale, *position), number(who.len()));
        locale.say("always-said", &[("who", &locale.list(who)), ("number", &number), ("level", &level)])
    });
    let facts = facts.collect::<Vec<_>>().join(", ");
    let units = few_units(locale, few.first()?.pair.grain);
    (names <= MOST_NAMES).then(|| locale.say("all-few-same", &[("issue", &issue), ("facts", &facts), ("few", &units)]))
}

/// How a verb takes so many subjects.
fn number(count: usize) -> &'static str {
    if count == 1 { "one" } else { "many" }
}

/// Who moved, as a sentence: on one issue also which way, as the end of the scale that it is.
fn moved(locale: &Locale, movers: &[&Told<'_>], issue: Option<&str>) -> String {
    // On several issues, those who moved may have done so on one.
    let same = movers.windows(2).all(|pair| pair[0].pair.index == pair[1].pair.index);
    let only = movers.first().filter(|_| same).map(|told| about(locale, told.issue));
    let Some(issue) = issue.or(only.as_deref()) else {
        let names: BTreeSet<&str> = movers.iter().map(|told| told.pair.speaker.as_str()).collect();
        let moves = locale.say("moved-only", &[("who", &who(locale, movers, None)), ("number", &number(names.len()))]);
        return locale.say("all-moved", &[("moves", &moves)]);
    };
    let way = |told: &Told<'_>| match told.finding {
        Finding::Moved(_, EndsUp::Back) => None,
        _ => told.finding.change().map(|change| change > 0.0),
    };
    let mut ways: Vec<(Option<bool>, Vec<&Told<'_>>)> = Vec::new();
    for told in movers {
        match ways.iter_mut().find(|(other, _)| *other == way(told)) {
            Some((_, all)) => all.push(told),
            None => ways.push((way(told), vec![told])),
        }
    }
    let moves = ways.iter().map(|(way, all)| {
        let (who, number) = (who(locale, all, Some(issue)), number(all.len()));
        let levels = &all[0].issue.levels;
        let end = way.and_then(|up| if up { levels.last() } else { levels.first() });
        match end {
            Some(end) => {
                // The end of the scale says which way. Few get there, so the levels that were reached are said, too.
                let (level, reach) = (locale.quoted(&end.words, false), reached(locale, all));
                let there = locale.say("near-level", &[("level", &level)]);
                let id = if reach == there { "moved-as-far" } else { "moved-toward" };
                locale.say(id, &[("who", &who), ("number", &number), ("level", &level), ("reach", &reach)])
            }
            None => locale.say("moved-back", &[("who", &who), ("number", &number)]),
        }
    });
    let moves = locale.clauses(&moves.collect::<Vec<_>>());
    locale.say("all-moved-on", &[("issue", &issue), ("moves", &moves)])
}

/// The levels at which those ended who moved on one issue.
fn reached(locale: &Locale, movers: &[&Told<'_>]) -> String {
    let end = |told: &&Told<'_>| match &told.finding {
        Finding::Moved(steps, _) => steps.last().map(|step| step.after.mean),
        Finding::Drifted(drift) => Some(ends_of_drift(drift, told.thirds.as_ref())[1]),
        _ => None,
    };
    movers.first().map_or(String::new(), |first| near_all(locale, first.issue, movers.iter().filter_map(end)))
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
        None => locale.say("with-issues", &[("speaker", speaker), ("issues", &locale.list(issues))]),
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

/// What was found, without speaker and issue.
fn what(locale: &Locale, told: &Told<'_>) -> String {
    let (issue, grain) = (told.issue, told.pair.grain);
    let unit = grain.word();
    match &told.finding {
        Finding::Moved(steps, ending) => steps_said(locale, told, steps, *ending),
        Finding::Drifted(drift) => {
            let [before, after] = two(near(locale, issue, &ends_of_drift(drift, told.thirds.as_ref())));
            let span = locale.span(grain.date(drift.from), grain.date(drift.to));
            locale.say("found-drift", &[("before", &before), ("after", &after), ("span", &span), ("unit", &unit)])
        }
        Finding::Swung(swing) => {
            let [level, rest] = apart(told, locale, swing.date, [swing.day, swing.rest]);
            let after = |mark: &&Marked<'_>| grain.of(mark.statement.date).is_some_and(|start| start > swing.date);
            let is_last = !told.marks.iter().any(after);
            let at = locale.at(grain.date(swing.date));
            locale.say(
                if is_last { "found-swing-last" } else { "found-swing" },
                &[("level", &level), ("at", &at), ("rest", &rest), ("unit", &unit)],
            )
        }
        Finding::Apart(latest) => {
            let [level, rest] = apart(told, locale, latest.date, [latest.day, latest.before]);
            let at = locale.at(grain.date(latest.date));
            locale.say("found-latest", &[("level", &level), ("at", &at), ("rest", &rest)])
        }
        Finding::Steady => {
            let statements = locale.many("statements", told.pair.statements);
            let days = locale.in_units(grain, told.pair.days);
            let id = if hides_any(told.pair, issue) { "found-steady-any" } else { "found-steady" };
            locale.say(id, &[("statements", &statements), ("on-days", &days)])
        }
        Finding::Few => facts(locale, told),
    }
}

/// The level of a unit of the test and that of the others. The first is only named without "near" if it was all that was
/// said then.
fn apart(told: &Told<'_>, locale: &Locale, start: NaiveDate, values: [f64; 2]) -> [String; 2] {
    let [there, others] = two(near(locale, told.issue, &values));
    let then = |mark: &&&Marked<'_>| told.pair.grain.of(mark.statement.date) == Some(start);
    let taken: BTreeSet<i32> = told.marks.iter().filter(then).map(|mark| mark.position).collect();
    match taken.first() {
        Some(only) if taken.len() == 1 => [level(locale, told.issue, *only), others],
        _ => [there, others],
    }
}

/// The names of two values.
fn two(names: Vec<String>) -> [String; 2] {
    let mut names = names.into_iter();
    std::array::from_fn(|_| names.next().unwrap_or_default())
}

fn steps_said(locale: &Locale, told: &Told<'_>, steps: &[&Shift], ending: EndsUp) -> String {
    let first = steps.first().map(|step| step.before.mean);
    let values: Vec<f64> = first.into_iter().chain(steps.iter().map(|step| step.after.mean)).collect();
    let names = near(locale, told.issue, &values);
    let mut said = String::new();
    for (place, step) in steps.iter().enumerate() {
        let when = locale.between(told.pair.grain, step.from, step.to);
        let id = match (place, ending) {
            (0, _) => "found-step",
            (_, EndsUp::Back) => "found-step-back",
            _ => "found-step-then",
        };
        said += &locale.say(id, &[("before", &names[place]), ("after", &names[place + 1]), ("when", &when)]);
    }
    said
}

/// A verdict in a few words, for the head of a panel.
pub fn brief(locale: &Locale, pair: &Pair, issue: &Issue) -> String {
    let grain = pair.grain;
    let unit = |date: NaiveDate| locale.date(grain.date(date));
    match Finding::of(pair) {
        Finding::Moved(steps, _) => {
            let dates: Vec<String> = steps.iter().map(|step| locale.between(grain, step.from, step.to)).collect();
            locale.say("brief-moved", &[("dates", &locale.list(&dates))])
        }
        Finding::Drifted(_) => locale.say("brief-drift", &[]),
        Finding::Swung(swing) => locale.say("brief-swing", &[("day", &unit(swing.date)), ("unit", &grain.word())]),
        Finding::Apart(latest) => locale.say("brief-latest", &[("day", &unit(latest.date))]),
        Finding::Steady if hides_any(pair, issue) => locale.say("brief-steady-any", &[]),
        Finding::Steady => match weak(locale, pair, issue) {
            Some([size, range]) => locale.say("brief-steady-weak", &[("size", &size), ("range", &range)]),
            None => locale.say("brief-steady", &[]),
        },
        Finding::Few => locale.say("brief-few", &[("unit", &grain.word())]),
    }
}
