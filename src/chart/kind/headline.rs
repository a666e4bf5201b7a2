//! How verdicts appear in a picture: its title, and a few words for a panel.

use crate::chart::locale::Locale;
use crate::codebook::Codebook;
use crate::shift::{Pair, Verdict};
use crate::words;

/// The finding of a picture, in neutral words: who moved on what, and where there are too few
/// statements.
pub fn headline(locale: &Locale, speaker: &str, pairs: &[&Pair], codebook: &Codebook) -> String {
    let issues = |taken: &dyn Fn(&Verdict) -> bool| -> Option<String> {
        let taken = pairs.iter().filter(|pair| taken(&pair.verdict));
        let names: Vec<String> = taken.map(|pair| codebook.issue(pair.index).name.clone()).collect();
        (!names.is_empty()).then(|| locale.list(&names))
    };
    let moved = |up: bool, towards: &str| {
        let issues = issues(&|verdict| verdict.change().is_some_and(|change| (change > 0.0) == up))?;
        Some(locale.say("title-toward", &[("towards", &towards), ("issues", &issues)]))
    };
    let (high, low) = (codebook.high.as_str(), codebook.low.as_str());
    let back = |up: bool, towards: &str| {
        let there = |verdict: &Verdict| matches!(verdict, Verdict::Return { shifts } if (shifts[0].size() > 0.0) == up);
        let issues = issues(&there)?;
        Some(locale.say("title-return", &[("towards", &towards), ("issues", &issues)]))
    };
    let moved = [moved(true, high), moved(false, low), back(true, high), back(false, low)];
    let moved: Vec<String> = moved.into_iter().flatten().collect();
    let swing = issues(&|verdict| matches!(verdict, Verdict::Swing(_)));
    let steady = issues(&|verdict| matches!(verdict, Verdict::Steady));
    let few = issues(&|verdict| matches!(verdict, Verdict::TooFew));
    let rest = [
        swing.map(|issues| locale.say("title-swing", &[("issues", &issues)])),
        steady.map(|issues| locale.say("title-steady", &[("issues", &issues)])),
        few.map(|issues| locale.say("title-few", &[("issues", &issues)])),
    ];
    let shape = if moved.is_empty() { "title-said" } else { "title-moved" };
    let said: Vec<String> = moved.into_iter().chain(rest.into_iter().flatten()).collect();
    if said.is_empty() {
        return speaker.to_owned();
    }
    locale.say(shape, &[("speaker", &speaker), ("said", &said.join("; "))])
}

/// A verdict in a few words.
pub fn brief(locale: &Locale, pair: &Pair) -> String {
    let level = |value: f64| locale.level(value);
    match &pair.verdict {
        Verdict::Shift { .. } | Verdict::Return { .. } => {
            let told_shifts = pair.verdict.shifts().iter().map(|shift| {
                let (from, to) = locale.days(shift.from, shift.to);
                locale.say("brief-shift", &[("size", &level(shift.size())), ("from", &from), ("to", &to)])
            });
            told_shifts.collect::<Vec<_>>().join(", ")
        }
        Verdict::Drift(drift) => {
            locale.say("brief-drift", &[("before", &level(drift.before)), ("after", &level(drift.after))])
        }
        Verdict::Swing(swing) => locale.say("brief-swing", &[("day", &locale.day(swing.date))]),
        Verdict::Steady => {
            let p = pair.p_corrected.or(pair.p).map_or_else(String::new, words::p);
            locale.say("brief-steady", &[("p", &locale.number(&p))])
        }
        Verdict::TooFew => locale.say("brief-few", &[]),
    }
}
