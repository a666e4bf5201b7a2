//! The timeline of one speaker: a panel for each issue, and a mark for every statement with a position.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::chart::figure::{
    Body, Companion, CurvePoint, Figure, FigureEvent, KeyEntry, LevelTick, Mark, Panel, Quote, Span, Timeline,
};
use crate::chart::kind::headline;
use crate::chart::kind::telling::telling;
use crate::chart::kind::view::{Marked, View};
use crate::chart::locale::Locale;
use crate::codebook::{Issue, IssueIndex};
use crate::corpus::Corpus;
use crate::curve::{Curve, Value};
use crate::error::{Error, Result};

/// Builds the timeline of a speaker from labels of this speaker only.
///
/// The time axis covers the whole months of the marks, or the dates that were asked for. The title is
/// what the verdicts say.
///
/// # Errors
/// [`Error::Request`] if there is no position to draw, or no mark for a quotation that was asked for.
pub fn timeline(view: &View<'_>, quotes: &Quotes) -> Result<Figure> {
    let (from, to) = view.span()?;
    let speaker = view.speaker();
    if let Quotes::Of(ids) = quotes {
        check_marks(view, ids)?;
    }
    let curves: Vec<(IssueIndex, Option<Curve>)> =
        view.issues().map(|(index, _)| (index, view.curve(&speaker, index))).collect();
    let panels: Vec<Panel> =
        curves.iter().map(|(index, curve)| panel(view, *index, curve.as_ref(), (from, to), quotes)).collect();
    let pairs = view.issues().filter_map(|(index, _)| view.pair(&speaker, index));
    let locale = view.locale;
    let codebook = &view.corpus.codebook;
    let title = headline::headline(locale, &speaker, &pairs.collect::<Vec<_>>(), codebook);
    let subtitle = locale.say(
        "timeline-subtitle",
        &[("from", &locale.day(from)), ("to", &locale.day(to)), ("high", &codebook.high), ("low", &codebook.low)],
    );
    Ok(Figure {
        language: locale.tag(),
        calendar: locale.calendar(),
        description: describe(locale, &title, &panels, (from, to)),
        key: key(view, &panels),
        footer: view.footer(),
        companion: view.quotations(),
        curve: curve_table(view.corpus, &curves),
        title,
        subtitle,
        body: Body::Timeline(Timeline { from, to, events: events(view.corpus, from, to), panels }),
    })
}

/// Which quotations are set in the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quotes {
    /// The most important ones: see `crate::chart::kind::telling`.
    Telling,
    /// The statements with these ids, or none.
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

/// Rejects quotations without a mark for their line to lead to.
fn check_marks(view: &View<'_>, ids: &[String]) -> Result<()> {
    let Some(id) = ids.iter().find(|id| view.marks().iter().all(|row| row.id() != id.as_str())) else { return Ok(()) };
    let what = format!("the statement `{id}` has no mark in the timeline of {}", view.speaker());
    let hint = "choose another: this one is by another speaker, outside --from and --to, or has no position here (see \
                `stance explain`)";
    Err(Error::request(what, hint))
}

fn panel(
    view: &View<'_>,
    index: IssueIndex,
    curve: Option<&Curve>,
    (from, to): (NaiveDate, NaiveDate),
    quotes: &Quotes,
) -> Panel {
    let locale = view.locale;
    let pair = view.pair(&view.speaker(), index);
    let issue = view.corpus.codebook.issue(index);
    let panel_marks: Vec<&Marked<'_>> = view.marks_on(index).collect();
    let mark = |mark: &&Marked<'_>| Mark {
        id: mark.id().to_owned(),
        // If a month reaches beyond the axis, only the part on the axis is drawn.
        from: mark.from().max(from),
        to: mark.to().min(to),
        by_month: mark.by_month(),
        position: mark.position,
        kind: mark.kind,
        tooltip: mark.tooltip.clone(),
    };
    let marks: Vec<Mark> = panel_marks.iter().map(mark).collect();
    let conflicts = view.conflicts(index);
    let days: BTreeSet<NaiveDate> =
        panel_marks.iter().filter(|mark| !mark.by_month()).map(|mark| mark.from()).collect();
    let statements = locale.many("statements", marks.len());
    let mut notes =
        vec![locale.say("note-statements", &[("statements", &statements), ("days", &locale.many("days", days.len()))])];
    let by_month = panel_marks.iter().filter(|mark| mark.by_month()).count();
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
    let levels = view.levels(issue);
    let curve = curve.map_or(Vec::new(), |curve| parts(issue, curve));
    let shifts = pair.map_or(&[][..], |pair| pair.verdict.shifts());
    let shifts = shifts.iter().map(|shift| Span { from: shift.from, to: shift.to }).collect();
    let places = match quotes {
        Quotes::Telling => {
            telling(&panel_marks, pair.map(|pair| &pair.verdict), pair.and_then(|pair| pair.latest.as_ref()))
        }
        Quotes::Of(ids) => {
            let mut places = Vec::new();
            for place in ids.iter().filter_map(|id| panel_marks.iter().position(|mark| mark.id() == id)) {
                if !places.contains(&place) {
                    places.push(place);
                }
            }
            places
        }
    };
    let quotes = places.into_iter().map(|place| quote(locale, panel_marks[place], place, (from, to))).collect();
    Panel { title: issue.name.clone(), note, levels, marks, curve, shifts, quotes, empty }
}

/// A statement in the form in which it is set in the picture.
fn quote(locale: &Locale, marked: &Marked<'_>, mark: usize, (from, to): (NaiveDate, NaiveDate)) -> Quote {
    let number = locale.say("number", &[("number", &marked.number)]);
    let when = match (marked.by_month(), from.year() == to.year()) {
        (true, _) => locale.month(marked.from()),
        (false, true) => locale.day_and_month(marked.from()),
        (false, false) => locale.day(marked.from()),
    };
    let words = marked.text().split_whitespace().collect::<Vec<_>>().join(" ");
    let text = locale.quoted(&words, marked.indirect());
    let close = text.rsplit_once(&words).map_or("", |(_, close)| close).to_owned();
    Quote { mark, head: format!("{number}, {when}"), text, close }
}

/// The parts of a curve in the form that figures use.
fn parts(issue: &Issue, curve: &Curve) -> Vec<Vec<CurvePoint>> {
    let point = |value: &Value| CurvePoint {
        date: value.date,
        mean: issue.rank(value.mean),
        low: issue.rank(value.low),
        high: issue.rank(value.high),
    };
    curve.parts().map(|part| part.iter().map(point).collect()).collect()
}

/// Explains the marks that occur.
fn key(view: &View<'_>, panels: &[Panel]) -> Vec<KeyEntry> {
    let mut key = view.marks_key();
    if view.marks().iter().any(|row| row.by_month()) {
        key.push(KeyEntry::Month(view.locale.say("key-month", &[])));
    }
    if panels.iter().any(|panel| !panel.shifts.is_empty()) {
        key.push(KeyEntry::Span(view.locale.say("key-span", &[])));
    }
    if panels.iter().any(|panel| !panel.curve.is_empty()) {
        key.push(KeyEntry::Curve(view.locale.say("key-curve", &[])));
    }
    key
}

fn events(corpus: &Corpus, from: NaiveDate, to: NaiveDate) -> Vec<FigureEvent> {
    let mut events: Vec<FigureEvent> = corpus
        .events
        .rows
        .iter()
        .filter(|event| (from..=to).contains(&event.date))
        .map(|event| FigureEvent { date: event.date, label: event.label.clone() })
        .collect();
    events.sort_by(|a, b| (a.date, &a.label).cmp(&(b.date, &b.label)));
    events
}

/// A description of the picture in words.
fn describe(locale: &Locale, title: &str, panels: &[Panel], (from, to): (NaiveDate, NaiveDate)) -> String {
    let span = locale.say("from-to", &[("from", &locale.day(from)), ("to", &locale.day(to))]);
    let mut text = format!("{title}, {span}.");
    for panel in panels {
        let at = |level: &LevelTick| {
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
