//! Before and after: a panel for each issue, a row for each speaker, an arrow for every shift, and for
//! the rest what can be said.

use chrono::{Datelike, NaiveDate};

use crate::chart::figure::{
    Across, Body, Companion, Figure, FigureRow, Form, KeyEntry, MarkKind, RowChart, RowItem, RowPanel, Sharing, Tone,
};
use crate::chart::kind::finding::{FEWEST_OF_DRIFT, ends_of_drift, hides_any, in_order, order, reach, thirds, weak};
use crate::chart::kind::headline::{Headline, headline};
use crate::chart::kind::view::{MOST_SPEAKERS, Marked, View, not_drawn};
use crate::chart::locale::Locale;
use crate::codebook::Issue;
use crate::date::Grain;
use crate::error::Result;
use crate::shift::{Drift, Pair, Shift, Verdict};

/// Builds the shifts of all speakers with a position.
///
/// # Errors
/// [`crate::error::Error::Request`] if there is no position to draw.
pub fn shift(view: &View<'_>) -> Result<Figure> {
    view.span()?;
    let locale = view.locale;
    let panels = view.issues().map(|(index, issue)| {
        let mut pairs: Vec<&Pair> = view.pairs().filter(|pair| pair.index == index).collect();
        order(view, &mut pairs);
        let tested = pairs.iter().filter(|pair| pair.tested).count();
        let mut note = locale.say(
            "shift-tested",
            &[("tested", &tested), ("speakers", &locale.many("speakers", pairs.len())), ("count", &pairs.len())],
        );
        if pairs.len() > MOST_SPEAKERS {
            pairs.truncate(MOST_SPEAKERS);
            note = locale.clauses(&[note, locale.say("shift-drawn", &[("count", &MOST_SPEAKERS)])]);
        }
        let rows = pairs.iter().map(|pair| row(view, issue, pair)).collect();
        let positions = issue.levels.iter().map(|level| level.position.0).collect();
        RowPanel {
            title: issue.name.clone(),
            note: view.with_conflicts(&note, index),
            across: Across::Levels(view.levels(issue)),
            positions,
            note_head: String::new(),
            rows,
        }
    });
    let panels: Vec<RowPanel> = panels.collect();
    let Headline { title, cautions, rest } = headline(view);
    let how = in_order(view, &panels);
    let dates = locale.say("statements-dates", &[("dates", &view.dates())]);
    let subtitle = rest.into_iter().chain(how).chain([dates]).collect::<Vec<_>>().join("\n");
    let key = key(view, &panels);
    let mut description = format!("{title}. {}", subtitle.replace('\n', " "));
    for panel in &panels {
        let rows: Vec<String> = panel.rows.iter().map(|row| format!("{}: {}", row.words, row.note)).collect();
        description += &format!(" {}: {}. {}.", panel.title, panel.note, rows.join("; "));
    }
    let more = not_drawn(locale, "not-drawn-rows", &panels);
    Ok(Figure {
        language: locale.tag(),
        calendar: locale.calendar(),
        title,
        caution: cautions,
        subtitle,
        key,
        body: Body::Rows(RowChart { panels, sharing: Sharing::Own, more }),
        footer: view.footer(),
        description,
        companion: companion(view),
        curve: Companion::default(),
        method: view.method(),
        lead: None,
    })
}

/// What every row shows: means, and the ends of the ranges drawn around them, on the scales of the
/// issues.
fn companion(view: &View<'_>) -> Companion {
    let header = vec![
        "speaker",
        "issue",
        "verdict",
        "from",
        "to",
        "before",
        "before_low",
        "before_high",
        "after",
        "after_low",
        "after_high",
        "days",
    ];
    let mut rows = Vec::new();
    for pair in view.pairs() {
        let issue = view.corpus.codebook.issue(pair.index);
        let side = |mean: Option<f64>, error: Option<f64>| -> [String; 3] {
            let ends = mean.zip(error).map(|(mean, error)| reach(issue, mean, error));
            let written = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
            [mean, ends.map(|ends| issue.value(ends.0)), ends.map(|ends| issue.value(ends.1))].map(written)
        };
        let mut put = |from: String, to: String, sides: [[String; 3]; 2]| {
            let mut cells = vec![pair.speaker.clone(), pair.issue.clone(), pair.verdict.word().to_owned(), from, to];
            cells.extend(sides.into_iter().flatten());
            cells.push(pair.days.to_string());
            rows.push(cells);
        };
        match &pair.verdict {
            moved @ (Verdict::Shift { .. } | Verdict::Return { .. }) => {
                for shift in moved.shifts() {
                    let (before, after) = (shift.before, shift.after);
                    let sides = [side(Some(before.mean), before.error), side(Some(after.mean), after.error)];
                    put(shift.from.to_string(), shift.to.to_string(), sides);
                }
            }
            Verdict::Drift(drift) => {
                let [before, after] = ends(view, issue, pair, drift);
                let sides = [side(Some(before), None), side(Some(after), None)];
                put(drift.from.to_string(), drift.to.to_string(), sides);
            }
            Verdict::Swing(swing) => {
                let sides = [side(Some(swing.rest), None), side(Some(swing.day), None)];
                put(swing.date.to_string(), swing.date.to_string(), sides);
            }
            Verdict::Steady => put(String::new(), String::new(), [side(pair.mean, pair.error), side(None, None)]),
            Verdict::TooFew => put(String::new(), String::new(), [side(pair.mean, None), side(None, None)]),
        }
    }
    Companion { header, rows }
}

/// Explains what is drawn, and nothing else.
fn key(view: &View<'_>, panels: &[RowPanel]) -> Vec<KeyEntry> {
    let locale = view.locale;
    let is = |taken: &dyn Fn(&Verdict) -> bool| view.pairs().any(|pair| taken(&pair.verdict));
    let drawn = |taken: &dyn Fn(&Form) -> bool| {
        panels.iter().flat_map(|panel| &panel.rows).flat_map(|row| &row.items).any(|item| taken(&item.form))
    };
    let few = is(&|verdict| *verdict == Verdict::TooFew);
    let swung = is(&|verdict| matches!(verdict, Verdict::Swing(_)));
    let jumped = is(&|verdict| !verdict.shifts().is_empty());
    let drifted = is(&|verdict| matches!(verdict, Verdict::Drift(_)));
    // What looks alike is explained once.
    let arrow = match (jumped, drifted) {
        (true, true) => Some("shift-key-both"),
        (true, false) => Some("shift-key-moved"),
        (false, true) => Some("shift-key-drifted"),
        (false, false) => None,
    };
    let dots = match (few, swung) {
        (true, true) => Some("shift-key-few-swing"),
        (true, false) => Some("shift-key-few"),
        (false, true) => Some("shift-key-swing"),
        (false, false) => None,
    };
    let steady = is(&|verdict| *verdict == Verdict::Steady);
    let mean = match (steady, swung) {
        (true, true) => Some("shift-key-mean-swing"),
        (true, false) => Some("shift-key-mean"),
        (false, true) => Some("key-others"),
        (false, false) => None,
    };
    let range = drawn(&|form| matches!(form, Form::Range(..))).then_some("shift-key-range");
    let say = |id: &str| locale.say(id, &[]);
    let others = view.marks_key().into_iter().filter(|entry| !matches!(entry, KeyEntry::Mark(MarkKind::Hand, _)));
    let entries = [
        arrow.map(|id| KeyEntry::Arrow(say(id))),
        mean.map(|id| KeyEntry::Tick(say(id))),
        range.map(|id| KeyEntry::Tone(Tone::Plain(0), Vec::new(), say(id))),
        dots.map(|id| KeyEntry::Mark(MarkKind::Hand, say(id))),
    ];
    entries.into_iter().flatten().chain(others.filter(|_| dots.is_some())).collect()
}

fn row(view: &View<'_>, issue: &Issue, pair: &Pair) -> FigureRow {
    let locale = view.locale;
    let at = |value: f64| issue.rank(value);
    let days = locale.units(pair.grain, pair.days);
    let mut items = Vec::new();
    let mut range = |mean: f64, error: Option<f64>| {
        if let Some(error) = error {
            let (low, high) = reach(issue, mean, error);
            let form = Form::Range(low, high);
            items.push(RowItem::plain(form, Tone::Plain(1), String::new()));
        }
    };
    let (mut drawn, note) = match &pair.verdict {
        moved @ (Verdict::Shift { .. } | Verdict::Return { .. }) => {
            let shifts = moved.shifts();
            for shift in shifts {
                range(shift.before.mean, shift.before.error);
                range(shift.after.mean, shift.after.error);
            }
            (
                shifts.iter().map(|shift| arrow(locale, issue, pair.grain, shift)).collect(),
                shifts_note(view, pair, shifts),
            )
        }
        Verdict::Drift(drift) => {
            let [before, after] = ends(view, issue, pair, drift);
            let form = Form::Arrow(at(before), at(after));
            let (before, after) = (locale.level_on(issue, before), locale.level_on(issue, after));
            let note = locale.say("shift-note-drifted", &[("before", &before), ("after", &after), ("days", &days)]);
            (vec![RowItem::plain(form, Tone::Plain(2), note.clone())], note)
        }
        Verdict::Swing(swing) => {
            let at_day = short(view, pair.grain, swing.date);
            let note = locale.say("shift-note-swing", &[("at", &at_day), ("days", &days)]);
            let rest = locale.level_on(issue, swing.rest);
            let tooltip = locale.say("shift-mean", &[("note", &note), ("mean", &rest)]);
            let tick = RowItem::plain(Form::Tick(at(swing.rest)), Tone::Plain(2), tooltip);
            let then = |mark: &&Marked<'_>| pair.grain.of(mark.statement.date) == Some(swing.date);
            let said = view.marks_of(&pair.speaker, pair.index).filter(then).map(|mark| dot(issue, mark, 2));
            (said.chain([tick]).collect(), note)
        }
        Verdict::Steady => {
            let mean = pair.mean.unwrap_or(0.0);
            range(mean, pair.error);
            let note = match weak(locale, pair, issue) {
                Some([size, range]) => {
                    locale.say("shift-note-weak", &[("size", &size), ("range", &range), ("days", &days)])
                }
                None if hides_any(pair, issue) => locale.say("shift-note-any", &[("days", &days)]),
                None => locale.say("shift-note-steady", &[("days", &days)]),
            };
            let tooltip = locale.say("shift-mean", &[("note", &note), ("mean", &locale.level_on(issue, mean))]);
            (vec![RowItem::plain(Form::Tick(at(mean)), Tone::Plain(2), tooltip)], note)
        }
        Verdict::TooFew => {
            let note = locale.say("shift-note-few", &[("days", &days)]);
            (view.marks_of(&pair.speaker, pair.index).map(|mark| dot(issue, mark, 1)).collect(), note)
        }
    };
    items.append(&mut drawn);
    let weight = (pair.verdict.moved(), pair.days);
    FigureRow { words: pair.speaker.clone(), note, items, weight }
}

/// A statement as a dot at its level.
fn dot(issue: &Issue, mark: &Marked<'_>, strength: u8) -> RowItem {
    RowItem {
        form: Form::Dot(issue.rank(f64::from(mark.position)), mark.kind),
        tone: Tone::Plain(strength),
        tooltip: mark.tooltip.clone(),
        link: mark.statement.source_url.clone(),
        statement: mark.id().to_owned(),
    }
}

/// Where a drift began and ended, as the title says it.
fn ends(view: &View<'_>, issue: &Issue, pair: &Pair, drift: &Drift) -> [f64; 2] {
    let series = view.series(&pair.speaker, pair.index);
    ends_of_drift(drift, series.and_then(|series| thirds(&series.days, issue, FEWEST_OF_DRIFT)).as_ref())
}

fn arrow(locale: &Locale, issue: &Issue, grain: Grain, shift: &Shift) -> RowItem {
    let (from, to) = (issue.rank(shift.before.mean), issue.rank(shift.after.mean));
    let when = locale.between(grain, shift.from, shift.to);
    let (before, after) = (locale.level_on(issue, shift.before.mean), locale.level_on(issue, shift.after.mean));
    let tooltip = locale.say("shift-from-to", &[("before", &before), ("after", &after), ("when", &when)]);
    RowItem::plain(Form::Arrow(from, to), Tone::Plain(2), tooltip)
}

/// A unit of the test in a few letters, with its year if the statements are of several.
fn short(view: &View<'_>, grain: Grain, start: NaiveDate) -> String {
    let locale = view.locale;
    match view.span() {
        _ if grain == Grain::Month => locale.short_month(start),
        _ if grain == Grain::Quarter => locale.quarter(start),
        Ok((from, to)) if from.year() != to.year() => {
            locale.say("day-of-year", &[("day", &locale.short_day(start)), ("year", &start.year())])
        }
        _ => locale.short_day(start),
    }
}

fn shifts_note(view: &View<'_>, pair: &Pair, shifts: &[Shift]) -> String {
    let locale = view.locale;
    let one = |shift: &Shift| {
        let (from, to) = (short(view, pair.grain, shift.from), short(view, pair.grain, shift.to));
        locale.say("shift-note-moved", &[("size", &locale.level(shift.size())), ("from", &from), ("to", &to)])
    };
    let days = locale.units(pair.grain, pair.days);
    locale.clauses(&shifts.iter().map(one).chain([days]).collect::<Vec<_>>())
}
