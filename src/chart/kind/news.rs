//! What is new since an earlier study: a panel for each issue, a row for each speaker with something new, the new
//! statements in the colour of their level, and the earlier ones behind them in grey.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;

use crate::chart::figure::{
    Across, Body, Companion, Figure, FigureRow, Form, KeyEntry, RowChart, RowItem, RowPanel, Sharing, Tone,
};
use crate::chart::kind::view::{MOST_SPEAKERS, Marked, View, not_drawn};
use crate::codebook::{Issue, IssueIndex};
use crate::error::{Error, Result};
use crate::study::changes::{ChangedVerdict, WhatIsNew};

/// Builds the picture of what is new. `repeats` says whether it may be one of many looks whose number was not planned.
///
/// # Errors
/// [`Error::Request`] if no new statement takes a position, and no verdict changed.
pub fn news(view: &View<'_>, changes: &WhatIsNew, repeats: bool) -> Result<Figure> {
    let days = view.span()?;
    let locale = view.locale;
    let new: BTreeSet<&str> = changes.new_statements.iter().map(String::as_str).collect();
    let verdicts: BTreeMap<(&str, &str), &ChangedVerdict> =
        changes.verdicts.iter().map(|changed| ((changed.speaker.as_str(), changed.issue.as_str()), changed)).collect();
    let mut panels = Vec::new();
    for (index, issue) in view.issues() {
        let rows = rows(view, (index, issue), &new, &verdicts, days);
        if !rows.is_empty() {
            panels.push(RowPanel {
                title: issue.name.clone(),
                note: locale.many("speakers", rows.len()),
                across: Across::Days(days.0, days.1),
                positions: issue.levels.iter().map(|level| level.position.0).collect(),
                note_head: String::new(),
                rows: rows.into_iter().take(MOST_SPEAKERS).collect(),
            });
        }
    }
    if panels.is_empty() {
        let what = "there is nothing to draw: no new statement takes a position, and no verdict changed";
        return Err(Error::request(what, "label the new statements, or compare with an earlier day"));
    }
    let nobody = locale.say("news-nobody", &[]);
    let title = match changes.verdicts.as_slice() {
        [] => locale.say("news-title", &[("statements", &locale.many("statements", new.len()))]),
        [only] => {
            let codebook = &view.corpus.codebook;
            let issue = codebook.find(&only.issue).map_or(&only.issue, |issue| &codebook.issue(issue).name);
            let word = |word: Option<&'static str>| word.map_or(nobody.clone(), str::to_owned);
            let (after, before) = (word(only.after), word(only.before));
            let values: [(&'static str, &dyn std::fmt::Display); 4] =
                [("speaker", &only.speaker), ("issue", issue), ("after", &after), ("before", &before)];
            locale.say("news-title-one", &values)
        }
        all => locale.say("news-title-verdicts", &[("pairs", &locale.many("pairs", all.len()))]),
    };
    let title = view.by_whom(title);
    let mut subtitle =
        format!("{} {}", locale.say("news-subtitle", &[]), locale.say("statements-dates", &[("dates", &view.dates())]));
    if repeats {
        subtitle += &format!("\n{}", locale.say("news-looks", &[]));
    }
    let mut description = format!("{title}.");
    for panel in &panels {
        let rows: Vec<String> = panel.rows.iter().map(|row| format!("{}: {}", row.words, row.note)).collect();
        description += &format!(" {}: {}.", panel.title, rows.join("; "));
    }
    let earlier = KeyEntry::Tone(Tone::Plain(0), Vec::new(), locale.say("news-earlier", &[]));
    let is_bar = |item: &RowItem| matches!(item.form, Form::LiftedBar(..));
    let bars = panels.iter().flat_map(|panel| &panel.rows).flat_map(|row| &row.items).any(is_bar);
    let by_month = bars.then(|| KeyEntry::Month(locale.say("key-month", &[])));
    let more = not_drawn(locale, "not-drawn-statements", &panels);
    let quotations = view.quotations();
    let rows = quotations.rows.into_iter().map(|mut row| {
        let is_new = row.get(1).is_some_and(|id| new.contains(id.as_str()));
        row.push(if is_new { "yes" } else { "no" }.to_owned());
        row
    });
    let companion = Companion { rows: rows.collect(), header: quotations.header.into_iter().chain(["new"]).collect() };
    Ok(Figure {
        language: locale.tag(),
        calendar: locale.calendar(),
        title,
        caution: Vec::new(),
        subtitle,
        lead: None,
        key: view.levels_key().into_iter().chain([earlier]).chain(by_month).collect(),
        body: Body::Rows(RowChart { panels, sharing: Sharing::Own, more }),
        footer: view.footer().into_iter().filter(|line| !line.is_empty()).collect(),
        description,
        companion,
        curve: Companion::default(),
        method: view.method(),
    })
}

/// A row for each speaker with something new: changed verdicts first, then those with the most new statements.
fn rows(
    view: &View<'_>,
    (index, issue): (IssueIndex, &Issue),
    new: &BTreeSet<&str>,
    verdicts: &BTreeMap<(&str, &str), &ChangedVerdict>,
    (from, to): (chrono::NaiveDate, chrono::NaiveDate),
) -> Vec<FigureRow> {
    let locale = view.locale;
    let mut by_speaker: BTreeMap<&str, Vec<&Marked<'_>>> = BTreeMap::new();
    view.marks_on(index).for_each(|mark| by_speaker.entry(mark.speaker()).or_default().push(mark));
    // Whoever takes no position any more has no mark, and still a verdict that is gone.
    for (speaker, _) in verdicts.keys().filter(|(_, id)| *id == issue.id) {
        by_speaker.entry(speaker).or_default();
    }
    let highest = issue.levels.len().saturating_sub(1).max(1) as f64;
    let item = |mark: &Marked<'_>, is_new: bool| {
        let rank = issue.levels.iter().position(|level| level.position.0 == mark.position).unwrap_or(0) as f64;
        let (first, last) = (mark.from().clamp(from, to), mark.to().clamp(from, to));
        let (first, last) = (f64::from(first.num_days_from_ce()), f64::from(last.num_days_from_ce()));
        let by = 2.0 * rank / highest - 1.0;
        RowItem {
            form: match mark.by_month() {
                true => Form::LiftedBar(first, last, by, mark.kind),
                false => Form::Lifted(first, by, mark.kind),
            },
            tone: if is_new { Tone::Position(mark.position) } else { Tone::Plain(0) },
            tooltip: mark.tooltip.clone(),
            link: mark.statement.source_url.clone(),
            statement: mark.id().to_owned(),
        }
    };
    let mut rows: Vec<FigureRow> = by_speaker
        .into_iter()
        .filter_map(|(speaker, marks)| {
            let (fresh, before): (Vec<&Marked<'_>>, Vec<&Marked<'_>>) =
                marks.into_iter().partition(|mark| new.contains(mark.id()));
            let changed = verdicts.get(&(speaker, issue.id.as_str()));
            if fresh.is_empty() && changed.is_none() {
                return None;
            }
            let nobody = locale.say("news-nobody", &[]);
            let word = |word: Option<&'static str>| word.map_or(nobody.clone(), str::to_owned);
            let note = match changed {
                Some(changed) => locale.say(
                    "news-verdict",
                    &[("count", &fresh.len()), ("after", &word(changed.after)), ("before", &word(changed.before))],
                ),
                None => locale.say("news-new", &[("count", &fresh.len())]),
            };
            let items = before.iter().map(|mark| item(mark, false)).chain(fresh.iter().map(|mark| item(mark, true)));
            let weight = (changed.is_some(), fresh.len());
            Some(FigureRow { words: speaker.to_owned(), note, items: items.collect(), weight })
        })
        .collect();
    rows.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.words.cmp(&b.words)));
    rows
}
