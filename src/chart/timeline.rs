//! The timeline of one speaker: a panel per issue, every statement with a position a mark.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::chart::figure::{
    Body, Companion, CurvePoint, Event, Figure, KeyEntry, Level, Mark, Panel, Quote, Span, Timeline,
};
use crate::chart::headline;
use crate::chart::locale::Locale;
use crate::chart::source::{Labelled, Source};
use crate::chart::telling::telling;
use crate::codebook::{Issue, IssueIndex};
use crate::corpus::Corpus;
use crate::error::{Error, Result};
use crate::series::{Basis, Series};
use crate::shift::Verdict;
use crate::timeline::{self, Curve};

/// Builds the timeline of a speaker from labels that are that speaker's alone.
///
/// The time axis covers the whole months of the marks, or what was asked for. The title is what the
/// verdicts say.
///
/// # Errors
/// [`Error::Request`] where there is no position to draw, or none of a statement whose quotation was asked for.
pub fn timeline(source: &Source<'_>, quotes: &Quotes) -> Result<Figure> {
    let (from, to) = source.span()?;
    let speaker = source.speaker();
    if let Quotes::Of(ids) = quotes {
        check_marks(source, ids)?;
    }
    let series = Series::all(source.labels, &source.corpus.codebook, Basis::Both)?;
    let curve = |issue: IssueIndex| {
        let own = series.iter().find(|series| series.issue == issue);
        let curve = own.map(|series| timeline::curve(series, source.corpus.codebook.issue(issue), source.seed));
        let (from, to) = (source.selection.from, source.selection.to);
        curve.map(|curve| curve.within(from, to)).filter(|curve| !curve.values.is_empty())
    };
    let curves: Vec<(IssueIndex, Option<Curve>)> = source.issues().map(|(index, _)| (index, curve(index))).collect();
    let panels: Vec<Panel> =
        curves.iter().map(|(index, curve)| panel(source, *index, curve.as_ref(), (from, to), quotes)).collect();
    let pairs = source.issues().filter_map(|(index, _)| source.pair(&speaker, index));
    let locale = source.locale;
    let codebook = &source.corpus.codebook;
    let title = headline::headline(locale, &speaker, &pairs.collect::<Vec<_>>(), codebook);
    let subtitle = locale.say(
        "timeline-subtitle",
        &[("from", &locale.day(from)), ("to", &locale.day(to)), ("high", &codebook.high), ("low", &codebook.low)],
    );
    Ok(Figure {
        language: locale.tag(),
        calendar: locale.calendar(),
        description: describe(locale, &title, &panels, (from, to)),
        key: key(source, &panels),
        footer: source.footer(),
        companion: source.quotations(),
        curve: curve_table(source.corpus, &curves),
        title,
        subtitle,
        body: Body::Timeline(Timeline { from, to, events: events(source.corpus, from, to), panels }),
    })
}

/// Which quotations are set in the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quotes {
    /// Those that tell most: see `crate::chart::telling`.
    Telling,
    /// Statements by their ids, or none.
    Of(Vec<String>),
}

/// The values of the curves, on the scales of their issues.
fn curve_table(corpus: &Corpus, curves: &[(IssueIndex, Option<Curve>)]) -> Companion {
    let mut rows = Vec::new();
    for (index, curve) in curves {
        for value in curve.iter().flat_map(|curve| &curve.values) {
            let mut row = vec![corpus.codebook.issue(*index).id.clone(), value.date.to_string()];
            row.extend([value.mean, value.low, value.high].map(|number| number.to_string()));
            rows.push(row);
        }
    }
    Companion { header: vec!["issue", "date", "mean", "low", "high"], rows }
}

/// Refuses quotations without a mark, which a line could lead to.
fn check_marks(source: &Source<'_>, ids: &[String]) -> Result<()> {
    let Some(id) = ids.iter().find(|id| source.rows().iter().all(|row| row.id != id.as_str())) else { return Ok(()) };
    let what = format!("the statement `{id}` has no mark in the timeline of {}", source.speaker());
    let hint = "it is another speaker's, outside --from and --to, or has no position on what is drawn: see `stance \
                explain`";
    Err(Error::request(what, hint))
}

fn panel(
    source: &Source<'_>,
    index: IssueIndex,
    curve: Option<&Curve>,
    (from, to): (NaiveDate, NaiveDate),
    quotes: &Quotes,
) -> Panel {
    let locale = source.locale;
    let pair = source.pair(&source.speaker(), index);
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
    let statements = locale.many("statements", marks.len());
    let mut notes =
        vec![locale.say("note-statements", &[("statements", &statements), ("days", &locale.many("days", days.len()))])];
    let by_month = own.iter().filter(|label| label.by_month).count();
    if by_month > 0 {
        notes.push(locale.say("note-by-month", &[("count", &by_month)]));
    }
    if conflicts > 0 {
        notes.push(locale.say("note-conflicts", &[("count", &conflicts)]));
    }
    if let Some(curve) = curve {
        notes.push(locale.say("note-mean", &[("days", &curve.bandwidth)]));
    }
    if let Some(pair) = pair.filter(|_| !marks.is_empty()) {
        notes.insert(0, headline::brief(locale, pair));
    }
    let note = if marks.is_empty() && conflicts == 0 { String::new() } else { notes.join("; ") };
    let empty = marks.is_empty().then(|| locale.say("none-here", &[]));
    let levels = source.levels(issue);
    let curve = curve.map_or(Vec::new(), |curve| parts(issue, curve));
    let shifts = match pair.map(|pair| &pair.verdict) {
        Some(Verdict::Shift { shifts }) => shifts.iter().map(|shift| Span { from: shift.from, to: shift.to }).collect(),
        _ => Vec::new(),
    };
    let places = match quotes {
        Quotes::Telling => telling(&own, pair.map(|pair| &pair.verdict), pair.and_then(|pair| pair.latest.as_ref())),
        Quotes::Of(ids) => {
            let mut places = Vec::new();
            for place in ids.iter().filter_map(|id| own.iter().position(|label| label.id == id)) {
                if !places.contains(&place) {
                    places.push(place);
                }
            }
            places
        }
    };
    let quotes = places.into_iter().map(|place| quote(locale, own[place], place, (from, to))).collect();
    Panel { title: issue.name.clone(), note, levels, marks, curve, shifts, quotes, empty }
}

/// A statement as it is set in the picture.
fn quote(locale: &Locale, label: &Labelled<'_>, mark: usize, (from, to): (NaiveDate, NaiveDate)) -> Quote {
    let number = locale.say("number", &[("number", &label.number)]);
    let when = match (label.by_month, from.year() == to.year()) {
        (true, _) => locale.month(label.from),
        (false, true) => locale.day_and_month(label.from),
        (false, false) => locale.day(label.from),
    };
    let words = label.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = locale.quoted(&words, label.indirect);
    let close = text.rsplit_once(&words).map_or("", |(_, close)| close).to_owned();
    Quote { mark, head: format!("{number}, {when}"), text, close }
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
        key.push(KeyEntry::Month(source.locale.say("key-month", &[])));
    }
    if panels.iter().any(|panel| !panel.shifts.is_empty()) {
        key.push(KeyEntry::Span(source.locale.say("key-span", &[])));
    }
    if panels.iter().any(|panel| !panel.curve.is_empty()) {
        key.push(KeyEntry::Curve(source.locale.say("key-curve", &[])));
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
fn describe(locale: &Locale, title: &str, panels: &[Panel], (from, to): (NaiveDate, NaiveDate)) -> String {
    let span = locale.say("from-to", &[("from", &locale.day(from)), ("to", &locale.day(to))]);
    let mut text = format!("{title}, {span}.");
    for panel in panels {
        let at = |level: &Level| {
            let count = panel.marks.iter().filter(|mark| mark.position == level.position).count();
            let position = locale.position(level.position);
            (count > 0).then(|| {
                locale
                    .say("describe-at", &[("count", &count), ("level", &level.words.clone()), ("position", &position)])
            })
        };
        let counts: Vec<String> = panel.levels.iter().rev().filter_map(at).collect();
        let counts = if counts.is_empty() { locale.say("describe-none", &[]) } else { counts.join(", ") };
        text += &format!(" {}: {}: {counts}.", panel.title, panel.note);
        for quote in &panel.quotes {
            text += &format!(" {}: {}", quote.head, quote.text);
        }
    }
    text
}
