//! Before and after: a panel for each issue, a row for each speaker, an arrow for every shift, and for
//! the rest what can be said.

use chrono::{Datelike, NaiveDate};

use crate::chart::figure::{
    Across, Body, Companion, Figure, FigureRow, Form, KeyEntry, MarkKind, RowChart, RowItem, RowPanel, Sharing, Tone,
};
use crate::chart::kind::finding::reach;
use crate::chart::kind::headline::{Headline, headline_of_means};
use crate::chart::kind::view::{MOST_SPEAKERS, Marked, View, not_drawn};
use crate::chart::locale::Locale;
use crate::codebook::Issue;
use crate::error::Result;
use crate::shift::{Pair, Shift, Verdict};

/// Builds the shifts of all speakers with a position.
///
/// # Errors
/// [`crate::error::Error::Request`] if there is no position to draw.
pub fn shift(view: &View<'_>) -> Result<Figure> {
    view.span()?;
    let locale = view.locale;
    let panels = view.issues().map(|(index, issue)| {
        let mut pairs: Vec<&Pair> = view.pairs().filter(|pair| pair.index == index).collect();
        // The speakers with the most days come first.
        pairs.sort_by(|a, b| b.days.cmp(&a.days).then_with(|| a.speaker.cmp(&b.speaker)));
        let tested = pairs.iter().filter(|pair| pair.tested).count();
        let mut note = locale.say(
            "shift-tested",
            &[("tested", &tested), ("speakers", &locale.many("speakers", pairs.len())), ("count", &pairs.len())],
        );
        if pairs.len() > MOST_SPEAKERS {
            // If not all can be drawn, those who moved come first.
            pairs.sort_by_key(|pair| !pair.verdict.moved());
            pairs.truncate(MOST_SPEAKERS);
            note += &format!("; {}", locale.say("shift-drawn", &[("count", &MOST_SPEAKERS)]));
        }
        let rows = pairs.iter().map(|pair| row(view, issue, pair)).collect();
        let positions = issue.levels.iter().map(|level| level.position.0).collect();
        RowPanel {
            title: issue.name.clone(),
            note,
            across: Across::Levels(view.levels(issue)),
            positions,
            note_head: String::new(),
            rows,
        }
    });
    let panels: Vec<RowPanel> = panels.collect();
    let Headline { title, rest } = headline_of_means(view);
    let ordered = panels.iter().any(|panel| panel.rows.windows(2).any(|pair| pair[0].weight != pair[1].weight));
    let how = ordered.then(|| locale.say("shift-subtitle", &[]));
    let dates = locale.say("statements-dates", &[("dates", &view.dates())]);
    let subtitle = rest.into_iter().chain(how).chain([dates]).collect::<Vec<_>>().join(" ");
    let key = key(view, &panels);
    let mut description = format!("{title}. {subtitle}");
    for panel in &panels {
        let rows: Vec<String> = panel.rows.iter().map(|row| format!("{}: {}", row.words, row.note)).collect();
        description += &format!(" {}: {}. {}.", panel.title, panel.note, rows.join("; "));
    }
    let more = not_drawn(locale, "not-drawn-days", &panels);
    Ok(Figure {
        language: locale.tag(),
        calendar: locale.calendar(),
        title,
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
                let sides = [side(Some(drift.before), None), side(Some(drift.after), None)];
                put(drift.from.to_string(), drift.to.to_string(), sides);
            }
            Verdict::Swing(_) | Verdict::Steady => {
                put(String::new(), String::new(), [side(pair.mean, pair.error), side(None, None)])
            }
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
    let entry = |drawn: bool, entry: KeyEntry| drawn.then_some(entry);
    let few = is(&|verdict| *verdict == Verdict::TooFew);
    let others =
        view.marks_key().into_iter().filter(|entry| few && !matches!(entry, KeyEntry::Mark(MarkKind::Hand, _)));
    let entries = [
        entry(
            is(&|verdict| matches!(verdict, Verdict::Shift { .. })),
            KeyEntry::Arrow(locale.say("shift-key-moved", &[])),
        ),
        entry(
            is(&|verdict| matches!(verdict, Verdict::Drift(_))),
            KeyEntry::Arrow(locale.say("shift-key-drifted", &[])),
        ),
        entry(drawn(&|form| matches!(form, Form::Tick(_))), KeyEntry::Tick(locale.say("shift-key-mean", &[]))),
        entry(
            drawn(&|form| matches!(form, Form::Range(..))),
            KeyEntry::Tone(Tone::Plain(0), Vec::new(), locale.say("shift-key-range", &[])),
        ),
        entry(few, KeyEntry::Mark(MarkKind::Hand, locale.say("shift-key-few", &[]))),
    ];
    entries.into_iter().flatten().chain(others).collect()
}

fn row(view: &View<'_>, issue: &Issue, pair: &Pair) -> FigureRow {
    let locale = view.locale;
    let at = |value: f64| issue.rank(value);
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
            (shifts.iter().map(|shift| arrow(locale, issue, shift)).collect(), shifts_note(view, shifts))
        }
        Verdict::Drift(drift) => {
            let (before, after) = (locale.level_on(issue, drift.before), locale.level_on(issue, drift.after));
            let note = locale.say("shift-note-drifted", &[("before", &before), ("after", &after)]);
            let form = Form::Arrow(at(drift.before), at(drift.after));
            (vec![RowItem::plain(form, Tone::Plain(2), note.clone())], note)
        }
        Verdict::Swing(_) | Verdict::Steady | Verdict::TooFew => {
            let mean = pair.mean.unwrap_or(0.0);
            let few = pair.verdict == Verdict::TooFew;
            let days = locale.many("days", pair.days);
            let note = match &pair.verdict {
                Verdict::TooFew => locale.say("shift-note-few", &[("days", &days)]),
                Verdict::Swing(swing) => {
                    locale.say("shift-note-swing", &[("day", &short(view, swing.date)), ("days", &days)])
                }
                _ => locale.say("shift-note-steady", &[("days", &days)]),
            };
            let dot = |mark: &Marked<'_>| RowItem {
                form: Form::Dot(issue.rank(f64::from(mark.position)), mark.kind),
                tone: Tone::Plain(1),
                tooltip: mark.tooltip.clone(),
                link: mark.statement.source_url.clone(),
                statement: mark.id().to_owned(),
            };
            let dots = if few {
                let speaker_marks = view.marks_on(pair.index).filter(|mark| mark.speaker() == pair.speaker);
                speaker_marks.map(dot).collect()
            } else {
                range(mean, pair.error);
                let tooltip = locale.say("shift-mean", &[("note", &note), ("mean", &locale.level_on(issue, mean))]);
                vec![RowItem::plain(Form::Tick(at(mean)), Tone::Plain(2), tooltip)]
            };
            (dots, note)
        }
    };
    items.append(&mut drawn);
    let weight = (pair.verdict.moved(), pair.days);
    FigureRow { words: pair.speaker.clone(), note, items, weight }
}

fn arrow(locale: &Locale, issue: &Issue, shift: &Shift) -> RowItem {
    let (from, to) = (issue.rank(shift.before.mean), issue.rank(shift.after.mean));
    let (first, last) = locale.days(shift.from, shift.to);
    let (before, after) = (locale.level_on(issue, shift.before.mean), locale.level_on(issue, shift.after.mean));
    let tooltip =
        locale.say("shift-from-to", &[("before", &before), ("after", &after), ("from", &first), ("to", &last)]);
    RowItem::plain(Form::Arrow(from, to), Tone::Plain(2), tooltip)
}

/// A day in a few letters, with its year if the statements are of several.
fn short(view: &View<'_>, day: NaiveDate) -> String {
    let locale = view.locale;
    match view.span() {
        Ok((from, to)) if from.year() != to.year() => {
            locale.say("day-of-year", &[("day", &locale.short_day(day)), ("year", &day.year())])
        }
        _ => locale.short_day(day),
    }
}

fn shifts_note(view: &View<'_>, shifts: &[Shift]) -> String {
    let locale = view.locale;
    let one = |shift: &Shift| {
        let (from, to) = (short(view, shift.from), short(view, shift.to));
        locale.say("shift-note-moved", &[("size", &locale.level(shift.size())), ("from", &from), ("to", &to)])
    };
    shifts.iter().map(one).collect::<Vec<_>>().join("; ")
}
