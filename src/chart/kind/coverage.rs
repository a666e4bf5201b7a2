//! What the findings rest on: how many statements there are by month, quarter or year, and issue, and who labelled them.

use chrono::NaiveDate;

use crate::chart::figure::{
    Across, Body, Companion, Figure, FigureRow, Form, KeyEntry, MarkKind, RowChart, RowItem, RowPanel, Sharing, Tone,
};
use crate::chart::kind::months::{counted, describe};
use crate::chart::kind::period::Period;
use crate::chart::kind::view::{Marked, View, statements};
use crate::chart::locale::Locale;
use crate::codebook::Issue;
use crate::error::Result;

/// By hand, by rules alone, and not verified: dark, light and medium, each with its words and its name
/// in the table.
const ORIGINS: [(&[MarkKind], Tone, &str, &str); 3] = [
    (&[MarkKind::Hand, MarkKind::HandAgainstRules], Tone::Plain(2), "key-hand", "hand"),
    (&[MarkKind::Rules], Tone::Plain(0), "coverage-rules", "rules"),
    (&[MarkKind::Unverified], Tone::Plain(1), "key-unverified", "unverified"),
];

/// Builds the coverage of a speaker: a panel for each issue, a row for each month.
///
/// # Errors
/// [`crate::error::Error::Request`] if there is no position to draw.
pub fn coverage(view: &View<'_>) -> Result<Figure> {
    let (from, to) = view.span()?;
    let (locale, period) = (view.locale, Period::of(from, to));
    let panels = view.issues().map(|(index, issue)| {
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
    });
    let panels: Vec<RowPanel> = panels.collect();
    let title = locale.say(&format!("coverage-title-{}", period.column()), &[("speaker", &view.speaker())]);
    let title = view.by_whom(title);
    let drawn = |kinds: &[MarkKind]| view.marks().iter().any(|row| kinds.contains(&row.kind));
    let key = ORIGINS.iter().filter(|(kinds, ..)| drawn(kinds));
    let key = key.map(|(_, tone, words, _)| KeyEntry::Tone(*tone, Vec::new(), locale.say(words, &[]))).collect();
    let origin = |mark: &Marked<'_>, _: &Issue| {
        let place = ORIGINS.iter().position(|(kinds, ..)| kinds.contains(&mark.kind)).unwrap_or(0);
        (place as i32, ORIGINS[place].3.to_owned())
    };
    Ok(Figure {
        language: locale.tag(),
        calendar: locale.calendar(),
        description: describe(&title, &panels),
        title,
        subtitle: locale.say("coverage-subtitle", &[]),
        key,
        footer: view.footer(),
        companion: counted(view, period, "origin", origin),
        curve: Companion::default(),
        method: view.method(),
        lead: None,
        body: Body::Rows(RowChart { panels, sharing: Sharing::Same, more: Vec::new() }),
    })
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
    let note = if items.is_empty() { locale.say("none", &[]) } else { locale.many("on-days", days.len()) };
    FigureRow { words: period.said(locale, start, true), note, items, weight: (false, at as usize) }
}
