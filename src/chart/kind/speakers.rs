//! Many speakers on one scale: a column for each issue, a row for each speaker, and every statement a
//! mark at its day. The higher its position, the higher the mark is in its row.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use crate::chart::figure::{
    Across, Body, Companion, Figure, FigureRow, Form, RowChart, RowItem, RowPanel, Sharing, Tone,
};
use crate::chart::kind::headline::{Headline, headline};
use crate::chart::kind::view::{MOST_SPEAKERS, Marked, View, not_drawn};
use crate::chart::locale::Locale;
use crate::codebook::Issue;
use crate::error::Result;

/// The order of the speakers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By average position on their scales, highest first; equal speakers by name.
    Position,
    /// By name.
    Name,
}

/// Builds the rows of speakers.
///
/// # Errors
/// [`crate::error::Error::Request`] if there is no position to draw.
pub fn speakers(view: &View<'_>, order: Order) -> Result<Figure> {
    let (from, to) = view.span()?;
    let locale = view.locale;
    let mut by_speaker: BTreeMap<&str, Vec<&Marked<'_>>> = BTreeMap::new();
    for mark in view.marks() {
        by_speaker.entry(mark.speaker()).or_default().push(mark);
    }
    let mut speakers: Vec<(&str, Vec<&Marked<'_>>)> = by_speaker.into_iter().collect();
    let speaker_count = speakers.len();
    if speaker_count > MOST_SPEAKERS {
        speakers.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(b.0)));
        speakers.truncate(MOST_SPEAKERS);
        speakers.sort_by_key(|(speaker, _)| *speaker);
    }
    if order == Order::Position {
        speakers.sort_by(|a, b| height(view, &b.1).total_cmp(&height(view, &a.1)).then(a.0.cmp(b.0)));
    }
    let panels = view.issues().map(|(index, issue)| {
        let count_on_issue = |labels: &[&Marked<'_>]| labels.iter().filter(|mark| mark.issue == index).count();
        let rows = speakers.iter().map(|(speaker, labels)| {
            let speaker_marks: Vec<&Marked<'_>> = labels.iter().copied().filter(|mark| mark.issue == index).collect();
            row(locale, issue, speaker, &speaker_marks, (from, to))
        });
        let count = view.marks_on(index).map(|mark| mark.speaker()).collect::<BTreeSet<_>>().len();
        let statements = locale.many("statements", view.marks_on(index).count());
        let mut note = locale.say(
            "speakers-note",
            &[("statements", &statements), ("speakers", &locale.many("speakers", count)), ("count", &count)],
        );
        let drawn = speakers.iter().filter(|(_, labels)| count_on_issue(labels) > 0).count();
        if drawn < count {
            note += &format!("; {}", locale.say("speakers-drawn", &[("count", &drawn)]));
        }
        RowPanel {
            title: issue.name.clone(),
            note,
            across: Across::Days(from, to),
            positions: issue.levels.iter().map(|level| level.position.0).collect(),
            note_head: locale.say("speakers-head", &[]),
            rows: rows.collect(),
        }
    });
    let panels: Vec<RowPanel> = panels.collect();
    let Headline { title, rest } = headline(view);
    let ordered = match order {
        Order::Position => locale.say("ordered-by-position", &[]),
        Order::Name => locale.say("ordered-by-name", &[]),
    };
    let (first, last) = (locale.day(from), locale.day(to));
    let how = locale.say("speakers-subtitle", &[("dates", &view.dates()), ("ordered", &ordered)]);
    let mut subtitle = rest.into_iter().chain([how]).collect::<Vec<_>>().join(" ");
    if view.marks().iter().any(|row| row.by_month()) {
        subtitle += &format!(" {}", locale.say("speakers-by-month", &[]));
    }
    let span = locale.say("from-to", &[("from", &first), ("to", &last)]);
    let mut description = format!("{title}, {span}.");
    for panel in &panels {
        let drawn_rows = panel.rows.iter().filter(|row| !row.items.is_empty());
        let rows: Vec<String> = drawn_rows.map(|row| format!("{}: {}", row.words, row.note)).collect();
        description += &format!(" {}: {}. {}.", panel.title, panel.note, rows.join("; "));
    }
    let key = view.levels_key().into_iter().chain(view.marks_key()).collect();
    let more = not_drawn(locale, "not-drawn-statements", &panels);
    Ok(Figure {
        language: locale.tag(),
        calendar: locale.calendar(),
        title,
        subtitle,
        key,
        body: Body::Rows(RowChart { panels, sharing: Sharing::SameOrNone, more }),
        footer: view.footer(),
        description,
        companion: view.quotations(),
        curve: Companion::default(),
        method: view.method(),
    })
}

fn mean(labels: &[&Marked<'_>]) -> f64 {
    labels.iter().map(|mark| f64::from(mark.position)).sum::<f64>() / labels.len().max(1) as f64
}

/// How high a speaker's statements are on the scales of their issues, on average: 0 is the lowest, 1 the
/// highest.
fn height(view: &View<'_>, labels: &[&Marked<'_>]) -> f64 {
    let share = |mark: &&Marked<'_>| {
        let issue = view.corpus.codebook.issue(mark.issue);
        issue.rank(f64::from(mark.position)) / issue.levels.len().saturating_sub(1).max(1) as f64
    };
    labels.iter().map(share).sum::<f64>() / labels.len().max(1) as f64
}

/// The day at which a statement is drawn: its own, or the middle of the days of its month that are
/// shown.
fn middle(mark: &Marked<'_>, (from, to): (NaiveDate, NaiveDate)) -> f64 {
    let (first, last) = (mark.from().clamp(from, to), mark.to().clamp(from, to));
    f64::from(first.num_days_from_ce().midpoint(last.num_days_from_ce()))
}

fn row(
    locale: &Locale,
    issue: &Issue,
    speaker: &str,
    labels: &[&Marked<'_>],
    days: (NaiveDate, NaiveDate),
) -> FigureRow {
    let highest = issue.levels.len().saturating_sub(1).max(1) as f64;
    let item = |mark: &&Marked<'_>| {
        let rank = issue.levels.iter().position(|level| level.position.0 == mark.position).unwrap_or(0) as f64;
        let form = Form::Lifted(middle(mark, days), 2.0 * rank / highest - 1.0, mark.kind);
        let (tooltip, link) = (mark.tooltip.clone(), mark.statement.source_url.clone());
        RowItem { form, tone: Tone::Position(mark.position), tooltip, link }
    };
    let note =
        if labels.is_empty() { String::new() } else { format!("{}; {}", labels.len(), locale.level(mean(labels))) };
    FigureRow {
        words: speaker.to_owned(),
        note,
        items: labels.iter().map(item).collect(),
        weight: (false, labels.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::figure::MarkKind;
    use crate::codebook::IssueIndex;
    use crate::date::{Precision, StatementDate};
    use crate::statement::Statement;

    #[test]
    fn a_month_is_drawn_in_the_middle_of_its_shown_days() {
        let day = |text: &str| -> NaiveDate { text.parse().expect("a date") };
        let date = StatementDate { written: day("2025-06-01"), precision: Precision::Month };
        let statement = Statement::new("a", date, "Ada", "Yes.".to_owned());
        let june = Marked {
            number: 1,
            statement: &statement,
            issue: IssueIndex(0),
            position: 0,
            kind: MarkKind::Hand,
            tooltip: String::new(),
        };
        let at = |from: &str, to: &str| {
            let middle = middle(&june, (day(from), day(to)));
            NaiveDate::from_num_days_from_ce_opt(middle as i32).expect("a day")
        };
        assert_eq!(at("2025-02-01", "2025-09-30"), day("2025-06-15"));
        assert_eq!(at("2025-06-30", "2025-09-30"), day("2025-06-30"));
        assert_eq!(at("2025-02-01", "2025-06-03"), day("2025-06-02"));
    }
}
