//! What the findings rest on: how many statements there are by month, quarter or year, and issue, and who labelled them.

use chrono::NaiveDate;

use crate::chart::figure::{
    Across, Body, Companion, Figure, FigureRow, Form, KeyEntry, MarkKind, RowChart, RowItem, RowPanel, Sharing, Tone,
};
use crate::chart::kind::months::{counted, describe};
use crate::chart::kind::period::Period;
use crate::chart::kind::view::{Marked, View, statements};
use crate::chart::locale::Locale;
use crate::codebook::{Issue, IssueIndex};
use crate::error::Result;

/// By hand, by rules alone, and not verified: dark, light and medium, each with its words and its name
/// in the table.
const ORIGINS: [(&[MarkKind], Tone, &str, &str); 3] = [
    (&[MarkKind::Hand, MarkKind::HandAgainstRules], Tone::Plain(2), "key-hand", "hand"),
    (&[MarkKind::Rules], Tone::Plain(0), "coverage-rules", "rules"),
    (&[MarkKind::Unverified], Tone::Plain(1), "key-unverified", "unverified"),
];

/// Builds the coverage of a speaker: a panel for each issue, a row for each month; then the same by longer stretches, for
/// pictures with less room.
///
/// # Errors
/// [`crate::error::Error::Request`] if there is no position to draw.
pub fn coverage(view: &View<'_>) -> Result<Vec<Figure>> {
    let (from, to) = view.span()?;
    let locale = view.locale;
    let drawn = |kinds: &[MarkKind]| view.marks().iter().any(|row| kinds.contains(&row.kind));
    let key = ORIGINS.iter().filter(|(kinds, ..)| drawn(kinds));
    let mut key: Vec<KeyEntry> =
        key.map(|(_, tone, words, _)| KeyEntry::Tone(*tone, Vec::new(), locale.say(words, &[]))).collect();
    // If all are of one kind by hand, the line of counts says it.
    if key.len() == 1 && drawn(ORIGINS[0].0) {
        key.clear();
    }
    let first = Figure {
        language: locale.tag(),
        calendar: locale.calendar(),
        description: String::new(),
        title: String::new(),
        caution: Vec::new(),
        subtitle: String::new(),
        key,
        footer: view.footer(),
        companion: Companion::default(),
        curve: Companion::default(),
        method: view.method(),
        lead: None,
        body: Body::Rows(RowChart { panels: Vec::new(), sharing: Sharing::Same, more: Vec::new() }),
    };
    let origin = |mark: &Marked<'_>, _: &Issue| {
        let place = ORIGINS.iter().position(|(kinds, ..)| kinds.contains(&mark.kind)).unwrap_or(0);
        (place as i32, ORIGINS[place].3.to_owned())
    };
    let by = |period: Period| {
        let panels = panels(view, period, (from, to));
        let title = locale.say(&format!("coverage-title-{}", period.column()), &[("speaker", &view.speaker())]);
        let title = view.by_whom(title);
        let gaps = panels.iter().flat_map(|panel| &panel.rows).any(|row| row.items.is_empty());
        let subtitle = [Some("coverage-subtitle"), gaps.then_some("coverage-no-bar"), Some("coverage-no-move")];
        Figure {
            description: describe(&title, &panels),
            title,
            subtitle: subtitle.into_iter().flatten().map(|id| locale.say(id, &[])).collect::<Vec<_>>().join("\n"),
            companion: counted(view, period, "origin", origin),
            body: Body::Rows(RowChart { panels, sharing: Sharing::Same, more: Vec::new() }),
            ..first.clone()
        }
    };
    Ok(Period::from_finest(from, to).map(by).collect())
}

fn panels(view: &View<'_>, period: Period, (from, to): (NaiveDate, NaiveDate)) -> Vec<RowPanel> {
    let locale = view.locale;
    let panel = |(index, issue): (IssueIndex, &Issue)| {
        let panel_marks: Vec<&Marked<'_>> = view.marks_on(index).collect();
        let rows: Vec<FigureRow> =
            period.between(from, to).map(|start| row(locale, (period, start), &panel_marks)).collect();
        let empty = rows.iter().filter(|row| row.items.is_empty()).count();
        let mut notes = vec![locale.many("statements", statements(panel_marks.iter().copied()))];
        if empty > 0 {
            let (months, count) = (period.many(locale, empty), empty.to_string());
            notes.push(locale.say("coverage-none-in", &[("months", &months), ("count", &count)]));
        }
        RowPanel {
            title: issue.name.clone(),
            note: view.with_conflicts(&locale.clauses(&notes), index),
            across: Across::Counts,
            positions: Vec::new(),
            note_head: String::new(),
            rows,
        }
    };
    view.issues().map(panel).collect()
}

fn row(locale: &Locale, (period, start): (Period, NaiveDate), panel_marks: &[&Marked<'_>]) -> FigureRow {
    let in_period = || panel_marks.iter().filter(|mark| period.start(mark.from()) == start);
    let mut items = Vec::new();
    let mut at = 0.0;
    for (kinds, tone, words, _) in ORIGINS {
        let count = statements(in_period().copied().filter(|mark| kinds.contains(&mark.kind)));
        if count > 0 {
            let next = at + count as f64;
            let (said, origin) = (locale.many("statements", count), locale.say(words, &[]));
            let tooltip = locale.say(
                "coverage-at",
                &[("month", &period.said(locale, start, false)), ("statements", &said), ("origin", &origin)],
            );
            let form = Form::Stretch(at, next, count.to_string());
            items.push(RowItem::plain(form, tone, tooltip));
            at = next;
        }
    }
    let mut days: Vec<NaiveDate> = in_period().filter(|mark| !mark.by_month()).map(|mark| mark.from()).collect();
    days.dedup();
    // The exact day of some statements in a bar may not be known.
    let id = if in_period().any(|mark| mark.by_month()) && !days.is_empty() { "on-known-days" } else { "on-days" };
    let note = if items.is_empty() { locale.say("none", &[]) } else { locale.many(id, days.len()) };
    FigureRow { words: period.said(locale, start, true), note, items, weight: (false, at as usize) }
}
