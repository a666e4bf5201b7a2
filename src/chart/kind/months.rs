//! Levels by month, quarter or year: how many statements took each level, as raw ordinal data.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::chart::figure::{
    Across, Body, Companion, Figure, FigureRow, Form, RowChart, RowItem, RowPanel, Sharing, Tone,
};
use crate::chart::kind::headline::{Headline, headline};
use crate::chart::kind::period::Period;
use crate::chart::kind::view::{Marked, View, statements};
use crate::chart::locale::Locale;
use crate::codebook::{Issue, IssueIndex, Position};
use crate::error::Result;

/// Builds the months of a speaker: a panel for each issue, a row for each month (or quarter, or year, if the span
/// is long), and in it a section for
/// each level; then the same by longer stretches, for pictures with less room. Low levels are left of zero, high levels right of it, and the middle level across it.
///
/// # Errors
/// [`crate::error::Error::Request`] if there is no position to draw.
pub fn months(view: &View<'_>) -> Result<Vec<Figure>> {
    let (from, to) = view.span()?;
    let Headline { title, cautions, rest } = headline(view);
    let how = view.locale.say("months-subtitle", &[]);
    let first = Figure {
        language: view.locale.tag(),
        calendar: view.locale.calendar(),
        description: String::new(),
        title,
        caution: cautions,
        subtitle: rest.into_iter().chain([how]).collect::<Vec<_>>().join("\n"),
        key: view.levels_key(),
        footer: view.footer(),
        companion: Companion::default(),
        curve: Companion::default(),
        method: view.method(),
        lead: None,
        body: Body::Rows(RowChart { panels: Vec::new(), sharing: Sharing::Same, more: Vec::new() }),
    };
    let by = |period: Period| {
        let panels = panels(view, period, (from, to));
        let level = |mark: &Marked<'_>, issue: &Issue| {
            let words = issue.level(Position(mark.position)).map_or("", |level| &level.words);
            (mark.position, format!("{} {words}", Position(mark.position)))
        };
        Figure {
            description: describe(&first.title, &panels),
            companion: counted(view, period, "level", level),
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
        let rows = period.between(from, to).map(|start| row(locale, issue, (period, start), &panel_marks)).collect();
        let positions = issue.levels.iter().map(|level| level.position.0).collect();
        let note = match panel_marks.is_empty() {
            true => locale.say("none-here", &[]),
            false => locale.many("statements", statements(panel_marks.iter().copied())),
        };
        RowPanel {
            title: issue.name.clone(),
            note: view.with_conflicts(&note, index),
            across: Across::Counts,
            positions,
            note_head: locale.say("total", &[]),
            rows,
        }
    };
    view.issues().map(panel).collect()
}

fn row(locale: &Locale, issue: &Issue, (period, start): (Period, NaiveDate), panel_marks: &[&Marked<'_>]) -> FigureRow {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for mark in panel_marks.iter().filter(|mark| period.start(mark.from()) == start) {
        *counts.entry(mark.position).or_default() += mark.stands_for;
    }
    let count_at = |position: i32| counts.get(&position).copied().unwrap_or(0);
    let (below, middle, above) = sides(issue);
    let mut items = Vec::new();
    let mut put = |position: i32, from: f64, to: f64| {
        let count = count_at(position);
        if count > 0 {
            let words = issue.level(Position(position)).map_or("", |level| level.words.as_str());
            let (said, month) = (locale.many("statements", count), period.said(locale, start, false));
            let tooltip = locale.say("months-at", &[("month", &month), ("statements", &said), ("level", &words)]);
            let form = Form::Stretch(from, to, count.to_string());
            items.push(RowItem::plain(form, Tone::Position(position), tooltip));
        }
    };
    let half = middle.map_or(0.0, |position| count_at(position) as f64 / 2.0);
    if let Some(position) = middle {
        put(position, -half, half);
    }
    // The levels closest to the middle are closest to the line.
    let mut at = -half;
    for position in below.iter().rev() {
        let next = at - count_at(*position) as f64;
        put(*position, next, at);
        at = next;
    }
    let mut at = half;
    for position in &above {
        let next = at + count_at(*position) as f64;
        put(*position, at, next);
        at = next;
    }
    let all: usize = counts.values().sum();
    FigureRow {
        words: period.said(locale, start, true),
        note: if all > 0 { all.to_string() } else { locale.say("none", &[]) },
        items,
        weight: (false, all),
    }
}

/// The levels below the middle of a scale, the middle, and those above. The middle is zero if the scale
/// has signs. Otherwise it is the middle rank, if there is one.
fn sides(issue: &Issue) -> (Vec<i32>, Option<i32>, Vec<i32>) {
    let positions: Vec<i32> = issue.levels.iter().map(|level| level.position.0).collect();
    let signed = positions.iter().any(|p| *p < 0) && positions.iter().any(|p| *p > 0);
    if signed {
        let middle = positions.iter().copied().find(|p| *p == 0);
        let side = |wanted: i32| positions.iter().copied().filter(|p| p.signum() == wanted).collect();
        return (side(-1), middle, side(1));
    }
    let half = positions.len() / 2;
    let middle = (positions.len() % 2 == 1).then(|| positions[half]);
    (positions[..half].to_vec(), middle, positions[positions.len() - half..].to_vec())
}

/// The counts as a table, with their shares of a period. `what` names the column of the groups, and `group` gives the group of each
/// mark, with a number to sort by.
pub fn counted(
    view: &View<'_>,
    period: Period,
    what: &'static str,
    group: impl Fn(&Marked<'_>, &Issue) -> (i32, String),
) -> Companion {
    let mut counts: BTreeMap<(IssueIndex, String, (i32, String)), usize> = BTreeMap::new();
    let mut totals: BTreeMap<(IssueIndex, String), usize> = BTreeMap::new();
    for mark in view.marks() {
        let issue = view.corpus.codebook.issue(mark.issue);
        let month = period.written(mark.from());
        *totals.entry((mark.issue, month.clone())).or_default() += mark.stands_for;
        *counts.entry((mark.issue, month, group(mark, issue))).or_default() += mark.stands_for;
    }
    let rows = counts.into_iter().map(|((issue, month, (_, group)), count)| {
        let whole = totals.get(&(issue, month.clone())).copied().unwrap_or(count);
        // A section may be too thin for its number, so each has its share here.
        let share = format!("{:.3}", count as f64 / whole.max(1) as f64);
        vec![view.corpus.codebook.issue(issue).id.clone(), month, group, count.to_string(), share]
    });
    Companion { header: vec!["issue", period.column(), what, "statements", "share"], rows: rows.collect() }
}

/// The counts in words.
pub fn describe(title: &str, panels: &[RowPanel]) -> String {
    let mut text = format!("{title}.");
    for panel in panels {
        text += &format!(" {}: {}.", panel.title, panel.note);
        for row in panel.rows.iter().filter(|row| !row.items.is_empty()) {
            let items: Vec<&str> = row.items.iter().map(|item| item.tooltip.as_str()).collect();
            text += &format!(" {}.", items.join("; "));
        }
    }
    text
}
