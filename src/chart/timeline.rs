//! The timeline of one speaker: a panel per issue, every statement with a position a mark.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::chart::figure::{Body, CurvePoint, Event, Figure, KeyEntry, Level, Mark, Panel, Span, Timeline};
use crate::chart::source::{Labelled, Source};
use crate::codebook::{Issue, IssueIndex, Position};
use crate::corpus::Corpus;
use crate::error::Result;
use crate::series::{Basis, Series};
use crate::shift::{Verdict, words as sentences};
use crate::timeline::{self, Curve};
use crate::words::{day, many};

/// Builds the timeline of a speaker from labels that are that speaker's alone.
///
/// The time axis covers the whole months of the marks, or what was asked for. The title is what the
/// verdicts say.
///
/// # Errors
/// [`crate::error::Error::Request`] where there is no position to draw.
pub fn timeline(source: &Source<'_>) -> Result<Figure> {
    let (from, to) = source.span()?;
    let speaker = source.speaker();
    let series = Series::all(source.labels, &source.corpus.codebook, Basis::Both)?;
    let curve = |issue: IssueIndex| {
        let own = series.iter().find(|series| series.issue == issue);
        let curve = own.map(|series| timeline::curve(series, source.corpus.codebook.issue(issue), source.seed));
        let (from, to) = (source.selection.from, source.selection.to);
        curve.map(|curve| curve.within(from, to)).filter(|curve| !curve.values.is_empty())
    };
    let panels: Vec<Panel> =
        source.issues().map(|(index, _)| panel(source, &speaker, index, curve(index).as_ref(), (from, to))).collect();
    let pairs = source.issues().filter_map(|(index, _)| source.pair(&speaker, index));
    let title = sentences::headline(&speaker, &pairs.collect::<Vec<_>>(), &source.corpus.codebook);
    let subtitle = format!(
        "Every statement with a position is a mark, {} to {}. Higher: {}; lower: {}.",
        day(from),
        day(to),
        source.corpus.codebook.high,
        source.corpus.codebook.low
    );
    Ok(Figure {
        description: describe(&title, &panels, from, to),
        key: key(source, &panels),
        footer: source.footer(),
        companion: source.quotations(),
        title,
        subtitle,
        body: Body::Timeline(Timeline { from, to, events: events(source.corpus, from, to), panels }),
    })
}

fn panel(
    source: &Source<'_>,
    speaker: &str,
    index: IssueIndex,
    curve: Option<&Curve>,
    (from, to): (NaiveDate, NaiveDate),
) -> Panel {
    let issue = source.corpus.codebook.issue(index);
    let own: Vec<&Labelled<'_>> = source.labelled(index).collect();
    let mark = |label: &&Labelled<'_>| Mark {
        id: label.id.to_owned(),
        // Of a month that reaches beyond the axis, only the part within is drawn.
        from: label.from.max(from),
        to: label.to.min(to),
        by_month: label.by_month,
        position: label.position,
        kind: label.kind,
        tooltip: label.tooltip.clone(),
    };
    let marks: Vec<Mark> = own.iter().map(mark).collect();
    let conflicts = source.conflicts(index);
    let days: BTreeSet<NaiveDate> = own.iter().filter(|label| !label.by_month).map(|label| label.from).collect();
    let mut note = format!("{} on {}", many(marks.len(), "statement"), many(days.len(), "day"));
    let by_month = own.iter().filter(|label| label.by_month).count();
    if by_month > 0 {
        note += &format!(", {by_month} dated by month only");
    }
    if conflicts > 0 {
        note += &format!("; {conflicts} in conflict, without a position");
    }
    if let Some(curve) = curve {
        note += &format!("; mean over {} days to either side", curve.bandwidth);
    }
    if let Some(pair) = source.pair(speaker, index).filter(|_| !marks.is_empty()) {
        note = format!("{}; {note}", sentences::brief(pair));
    }
    if marks.is_empty() && conflicts == 0 {
        note.clear();
    }
    let empty = marks.is_empty().then(|| "No statement with a position".to_owned());
    let levels = issue.levels.iter().map(|l| Level { position: l.position.0, words: l.words.clone() }).collect();
    let curve = curve.map_or(Vec::new(), |curve| parts(issue, curve));
    let shifts = match source.pair(speaker, index).map(|pair| &pair.verdict) {
        Some(Verdict::Shift { shifts }) => shifts.iter().map(|shift| Span { from: shift.from, to: shift.to }).collect(),
        _ => Vec::new(),
    };
    Panel { title: issue.name.clone(), note, levels, marks, curve, shifts, empty }
}

/// The parts of a curve as a figure has them.
fn parts(issue: &Issue, curve: &Curve) -> Vec<Vec<CurvePoint>> {
    let point = |value: &timeline::Value| CurvePoint {
        date: value.date,
        mean: issue.rank(value.mean),
        low: issue.rank(value.low),
        high: issue.rank(value.high),
    };
    curve.parts().map(|part| part.iter().map(point).collect()).collect()
}

/// Explains what is there.
fn key(source: &Source<'_>, panels: &[Panel]) -> Vec<KeyEntry> {
    let mut key = source.marks_key();
    if source.rows().iter().any(|row| row.by_month) {
        key.push(KeyEntry::Month("only the month is known".to_owned()));
    }
    if panels.iter().any(|panel| !panel.shifts.is_empty()) {
        key.push(KeyEntry::Span("within these days the position shifted (90 %)".to_owned()));
    }
    if panels.iter().any(|panel| !panel.curve.is_empty()) {
        key.push(KeyEntry::Curve("smoothed mean with a 90 % band; none where too little was collected".to_owned()));
    }
    key
}

fn events(corpus: &Corpus, from: NaiveDate, to: NaiveDate) -> Vec<Event> {
    let mut events: Vec<Event> = corpus
        .events
        .rows
        .iter()
        .filter(|event| (from..=to).contains(&event.date))
        .map(|event| Event { date: event.date, label: event.label.clone() })
        .collect();
    events.sort_by(|a, b| (a.date, &a.label).cmp(&(b.date, &b.label)));
    events
}

/// The picture in words.
fn describe(title: &str, panels: &[Panel], from: NaiveDate, to: NaiveDate) -> String {
    let mut text = format!("{title}, {} to {}.", day(from), day(to));
    for panel in panels {
        let counts: Vec<String> = panel
            .levels
            .iter()
            .rev()
            .map(|level| (level, panel.marks.iter().filter(|mark| mark.position == level.position).count()))
            .filter(|(_, count)| *count > 0)
            .map(|(level, count)| format!("{count} at {} ({})", level.words, Position(level.position)))
            .collect();
        let counts = if counts.is_empty() { "none with a position".to_owned() } else { counts.join(", ") };
        text += &format!(" {}: {}: {counts}.", panel.title, panel.note);
    }
    text
}
