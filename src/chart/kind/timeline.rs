//! The timeline of one speaker: a panel for each issue, and a mark for every statement with a position.

use std::collections::BTreeSet;
use std::fmt::Display;

use chrono::{Datelike, NaiveDate};

use crate::chart::direction;
use crate::chart::figure::{
    Body, Companion, CurvePoint, Figure, FigureEvent, KeyEntry, LevelTick, Mark, Panel, Quote, Span, Timeline,
};
use crate::chart::kind::finding::{Finding, LineKind, line};
use crate::chart::kind::headline::{self, Headline};
use crate::chart::kind::telling::telling;
use crate::chart::kind::view::{Marked, View, statements};
use crate::chart::locale::Locale;
use crate::codebook::{Issue, IssueIndex};
use crate::corpus::Corpus;
use crate::curve::{Curve, Value};
use crate::date::Grain;
use crate::error::{Error, Result};
use crate::shift::Verdict;

/// Builds the timeline of a speaker from labels of this speaker only.
///
/// The time axis covers the days of the marks, or the dates that were asked for. The title is
/// what the verdicts say.
///
/// # Errors
/// [`Error::Request`] if there is no position to draw, or no mark for a quotation that was asked for.
pub fn timeline(view: &View<'_>, quotes: &Quotes) -> Result<Figure> {
    let speaker = view.speaker();
    if let Quotes::Of(ids) = quotes {
        check_marks(view, ids)?;
    }
    let parts =
        view.issues().map(|(index, issue)| TimelinePart { speaker: speaker.clone(), index, title: issue.name.clone() });
    levels(view, &parts.collect::<Vec<_>>(), quotes, &view.marks_said())
}

/// A panel to be built: whose statements on which issue, under which title.
pub struct TimelinePart {
    /// The speaker.
    pub speaker: String,
    /// The issue.
    pub index: IssueIndex,
    /// The title.
    pub title: String,
}

/// Builds panels of levels over time, with what all pictures of them share.
///
/// # Errors
/// [`Error::Request`] if there is no position to draw.
pub fn levels(view: &View<'_>, parts: &[TimelinePart], quotes: &Quotes, how: &str) -> Result<Figure> {
    let (from, to) = view.span()?;
    view.check_marks()?;
    let locale = view.locale;
    let lines: Vec<(IssueIndex, Drawn)> =
        parts.iter().map(|part| (part.index, drawn(view, &part.speaker, part.index))).collect();
    let several = parts.len() > 1;
    let panels: Vec<Panel> = parts
        .iter()
        .zip(&lines)
        .map(|(part, (_, line))| panel(view, part, line, (from, to), quotes, several))
        .collect();
    let Headline { title, cautions, rest } = headline::headline(view);
    let subtitle = rest.into_iter().chain([how.to_owned()]).collect::<Vec<_>>().join("\n");
    Ok(Figure {
        language: locale.tag(),
        calendar: locale.calendar(),
        description: describe(locale, &title, &panels, &view.dates()),
        key: key(view, &panels, &lines),
        footer: view.footer(),
        companion: view.quotations(),
        curve: curve_table(view.corpus, &lines),
        method: method(view, &lines),
        title,
        caution: cautions,
        subtitle,
        lead: None,
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

/// The line of a panel.
enum Drawn {
    /// What was found claims these means.
    Claim(LineKind, Vec<[CurvePoint; 2]>),
    /// Nothing moved: the smoothed mean.
    Smoothed(Curve),
    /// Too little was said for either.
    Nothing,
}

/// The share of the days from the first to the last that a smoothed mean must cover. Otherwise it would be
/// scraps from which nobody can read a course.
const COVERED: f64 = 0.5;

fn drawn(view: &View<'_>, speaker: &str, index: IssueIndex) -> Drawn {
    let issue = view.corpus.codebook.issue(index);
    let days = || view.marks_of(speaker, index).filter(|mark| !mark.by_month()).map(|mark| mark.from());
    let (Some(pair), Some(first), Some(last)) = (view.pair(speaker, index), days().min(), days().max()) else {
        return Drawn::Nothing;
    };
    let finding = Finding::of(pair);
    if let Some((kind, parts)) = line(&finding, issue, (first, last), pair.grain) {
        return Drawn::Claim(kind, parts);
    }
    let Some(curve) = view.curve(speaker, index).filter(|_| finding == Finding::Steady) else { return Drawn::Nothing };
    let span = (last - first).num_days().max(1) as f64;
    if (curve.values.len() as f64) < COVERED * span { Drawn::Nothing } else { Drawn::Smoothed(curve) }
}

/// The drawn lines, on the scales of their issues.
fn curve_table(corpus: &Corpus, lines: &[(IssueIndex, Drawn)]) -> Companion {
    let mut rows = Vec::new();
    for (index, line) in lines {
        let issue = corpus.codebook.issue(*index);
        let mut put = |date: NaiveDate, numbers: [Option<f64>; 3]| {
            let mut row = vec![issue.id.clone(), date.to_string()];
            row.extend(numbers.map(|number| number.map_or(String::new(), |number| number.to_string())));
            rows.push(row);
        };
        match line {
            Drawn::Smoothed(curve) => {
                for value in &curve.values {
                    put(value.date, [value.mean, value.low, value.high].map(Some));
                }
            }
            Drawn::Claim(_, parts) => {
                for end in parts.iter().flatten() {
                    let range = (end.low < end.high).then_some((issue.value(end.low), issue.value(end.high)));
                    put(end.date, [Some(issue.value(end.mean)), range.map(|r| r.0), range.map(|r| r.1)]);
                }
            }
            Drawn::Nothing => {}
        }
    }
    Companion { header: vec!["issue", "date", "mean", "low", "high"], rows }
}

/// How the picture was made, with the bandwidths of its curves.
fn method(view: &View<'_>, lines: &[(IssueIndex, Drawn)]) -> Companion {
    let mut method = view.method();
    for (index, line) in lines {
        if let Drawn::Smoothed(curve) = line {
            let what = format!("bandwidth of the curve on {}", view.corpus.codebook.issue(*index).id);
            method.rows.push(vec![what, format!("{} days to either side", curve.bandwidth)]);
        }
    }
    method
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
    part: &TimelinePart,
    line: &Drawn,
    (from, to): (NaiveDate, NaiveDate),
    quotes: &Quotes,
    several: bool,
) -> Panel {
    let (locale, index) = (view.locale, part.index);
    let pair = view.pair(&part.speaker, index);
    let issue = view.corpus.codebook.issue(index);
    let panel_marks: Vec<&Marked<'_>> = view.marks_of(&part.speaker, index).collect();
    let mark = |mark: &&Marked<'_>| Mark {
        id: mark.id().to_owned(),
        // If a month reaches beyond the axis, only the part on the axis is drawn.
        from: mark.from().max(from),
        to: mark.to().min(to),
        by_month: mark.by_month(),
        position: mark.position,
        kind: mark.kind,
        tooltip: mark.tooltip.clone(),
        link: mark.statement.source_url.clone(),
        stands_for: mark.stands_for,
    };
    let marks: Vec<Mark> = panel_marks.iter().map(mark).collect();
    let conflicts = view.conflicts_of(&part.speaker, index);
    let days: BTreeSet<NaiveDate> =
        panel_marks.iter().filter(|mark| !mark.by_month()).map(|mark| mark.from()).collect();
    let grain = view.grain();
    let of_unit = |mark: &&&Marked<'_>| grain.of(mark.statement.date).is_some();
    let dated = statements(panel_marks.iter().filter(of_unit).copied());
    // If none has a day, the words for the days say so.
    let all = statements(panel_marks.iter().copied());
    let said = locale.many("statements", if dated == 0 { all } else { dated });
    let on_days = match pair {
        Some(pair) if grain != Grain::Day => locale.in_units(grain, pair.days),
        _ => locale.many("on-days", days.len()),
    };
    let mut notes = vec![locale.say("note-statements", &[("statements", &said), ("on-days", &on_days)])];
    let more = all - dated;
    if more > 0 && dated > 0 {
        notes.push(locale.say("note-by-month", &[("count", &more), ("unit", &grain.word())]));
    }
    if conflicts > 0 {
        notes.push(locale.many("note-conflicts", conflicts));
    }
    // Too few to test is too few for an average, which goes without saying.
    let tested = pair.is_some_and(|pair| pair.verdict != Verdict::TooFew);
    if matches!(line, Drawn::Nothing) && !marks.is_empty() {
        match tested {
            true => notes.push(locale.say("note-no-line", &[])),
            false if several => {}
            false => notes.push(locale.say("note-too-few", &[("unit", &grain.word())])),
        }
    }
    // With one panel, the title has said it.
    if let Some(pair) = pair.filter(|_| !marks.is_empty() && several) {
        notes.insert(0, headline::brief(locale, pair, issue));
    }
    let note = if marks.is_empty() && conflicts == 0 { String::new() } else { locale.clauses(&notes) };
    let empty = marks.is_empty().then(|| locale.say("none-here", &[]));
    let levels = view.levels(issue);
    let (curve, claim) = match line {
        Drawn::Smoothed(curve) => (parts(issue, curve), Vec::new()),
        Drawn::Claim(_, parts) => (Vec::new(), parts.clone()),
        Drawn::Nothing => (Vec::new(), Vec::new()),
    };
    let shifts = match pair.map(Finding::of) {
        Some(Finding::Moved(steps, _)) => {
            // A longer unit ends after its first day.
            steps
                .iter()
                .map(|step| Span { from: step.from.max(from), to: grain.date(step.to).last().min(to) })
                .collect()
        }
        _ => Vec::new(),
    };
    let places = match quotes {
        Quotes::Telling => {
            let latest = pair.and_then(|pair| pair.latest.as_ref());
            telling(&panel_marks, pair.map(|pair| &pair.verdict), latest, grain)
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
    let quotes = places.into_iter().map(|place| quote(view, panel_marks[place], place, (from, to))).collect();
    Panel { title: part.title.clone(), note, levels, marks, lead: None, curve, claim, shifts, quotes, empty }
}

/// A statement in the form in which it is set in the picture.
pub fn quote(view: &View<'_>, marked: &Marked<'_>, mark: usize, (from, to): (NaiveDate, NaiveDate)) -> Quote {
    let locale = view.locale;
    let when = match (marked.by_month(), from.year() == to.year()) {
        (true, _) => locale.date(marked.statement.date),
        (false, true) => locale.day_and_month(marked.from()),
        (false, false) => locale.day(marked.from()),
    };
    let words = marked.text().split_whitespace().collect::<Vec<_>>().join(" ");
    let text = locale.quoted(&words, marked.indirect());
    let close = text.rsplit_once(&words).map_or("", |(_, close)| close).to_owned();
    // The title names a speaker. Of a group, it does not say who of it speaks.
    let head = match view.by() {
        Some(_) => format!("{when}, {}", direction::isolated(&marked.statement.speaker)),
        None => when,
    };
    Quote { mark, head, text, close }
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
fn key(view: &View<'_>, panels: &[Panel], lines: &[(IssueIndex, Drawn)]) -> Vec<KeyEntry> {
    let mut key = view.marks_key();
    if view.marks().iter().any(|row| row.by_month()) {
        key.push(KeyEntry::Month(view.locale.say("key-month", &[])));
    }
    if panels.iter().any(|panel| !panel.shifts.is_empty()) {
        key.push(KeyEntry::Span(view.locale.say("key-span", &[])));
    }
    // Lines of several kinds look alike, so they are explained together.
    let kinds = [(LineKind::Steps, "key-steps"), (LineKind::Fitted, "key-fitted"), (LineKind::Others, "key-others")];
    let is_drawn =
        |kind: LineKind| lines.iter().any(|(_, line)| matches!(line, Drawn::Claim(drawn, _) if *drawn == kind));
    let claims: Vec<String> =
        kinds.into_iter().filter(|(kind, _)| is_drawn(*kind)).map(|(_, words)| view.locale.say(words, &[])).collect();
    if !claims.is_empty() {
        key.push(KeyEntry::Claim(view.locale.clauses(&claims)));
    }
    let curves =
        || lines.iter().filter_map(|(_, line)| if let Drawn::Smoothed(curve) = line { Some(curve) } else { None });
    let (narrowest, widest) = (curves().map(|c| c.bandwidth).min(), curves().map(|c| c.bandwidth).max());
    if let (Some(narrowest), Some(widest)) = (narrowest, widest) {
        let (least, most) = (window(view.locale, narrowest), window(view.locale, widest));
        let window =
            if least == most { most } else { view.locale.say("window-to", &[("from", &least), ("to", &most)]) };
        key.push(KeyEntry::Curve(view.locale.say("key-curve", &[("window", &window)])));
    }
    key
}

/// How long the smoothing of a curve is, in words. A uniform window with the spread of the kernel is 1.55
/// times as long as its bandwidth.
fn window(locale: &Locale, bandwidth: u32) -> String {
    const UNIFORM: f64 = 1.55;
    const UNITS: [(f64, f64, &str); 3] = [(21.0, 1.0, "days"), (75.0, 7.0, "weeks"), (700.0, 30.4, "months")];
    let days = UNIFORM * f64::from(bandwidth);
    let unit = UNITS.into_iter().find(|(below, ..)| days < *below);
    let (_, length, id) = unit.unwrap_or((0.0, 365.25, "years"));
    locale.many(id, (days / length).round().max(1.0) as usize)
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
fn describe(locale: &Locale, title: &str, panels: &[Panel], dates: &str) -> String {
    let mut text = format!("{title}, {dates}.");
    for panel in panels {
        let at = |level: &LevelTick| {
            let at_level = panel.marks.iter().filter(|mark| mark.position == level.position);
            let count: usize = at_level.map(|mark| mark.stands_for).sum();
            let said: [(&'static str, &dyn Display); 3] =
                [("count", &count), ("level", &level.words), ("position", &level.number)];
            (count > 0).then(|| locale.say("describe-at", &said))
        };
        let counts: Vec<String> = panel.levels.iter().rev().filter_map(at).collect();
        let counts = if counts.is_empty() { locale.say("describe-none", &[]) } else { counts.join(", ") };
        let note = if panel.note.is_empty() { String::new() } else { format!("{}: ", panel.note) };
        text += &format!(" {}: {note}{counts}.", panel.title);
        for quote in &panel.quotes {
            text += &format!(" {}: {}", quote.head, quote.text);
        }
    }
    text
}
