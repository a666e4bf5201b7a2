//! The first and the last third of each speaker's days: a panel for each issue, a row for each speaker, and in
//! it two means with their ranges.

use crate::chart::figure::{
    Across, Body, Companion, Figure, FigureRow, Form, Half, KeyEntry, MarkKind, RowChart, RowItem, RowPanel, Sharing,
    Tone,
};
use crate::chart::kind::finding::{in_order, order, reach, thirds};
use crate::chart::kind::headline::{Headline, brief, headline};
use crate::chart::kind::view::{MOST_SPEAKERS, Marked, View, not_drawn};
use crate::codebook::Issue;
use crate::error::Result;
use crate::shift::Pair;
use crate::shift::place::Side;

/// The fewest days of a third. The spread of fewer says nothing about a mean.
const FEWEST_DAYS: usize = 3;

/// Builds the rows of all speakers with a position.
///
/// # Errors
/// [`crate::error::Error::Request`] if there is no position to draw.
pub fn dumbbell(view: &View<'_>) -> Result<Figure> {
    view.span()?;
    let locale = view.locale;
    let (mut table, mut any, mut few) = (Vec::new(), false, false);
    let mut panels = Vec::new();
    for (index, issue) in view.issues() {
        let mut pairs: Vec<&Pair> = view.pairs().filter(|pair| pair.index == index).collect();
        order(view, &mut pairs);
        let mut note = locale.many("speakers", pairs.len());
        if pairs.len() > MOST_SPEAKERS {
            pairs.truncate(MOST_SPEAKERS);
            note = locale.clauses(&[note, locale.say("shift-drawn", &[("count", &MOST_SPEAKERS)])]);
        }
        let (mut rows, mut drawn) = (Vec::new(), false);
        for pair in pairs {
            let ends = view.series(&pair.speaker, index).and_then(|series| thirds(&series.days, issue, FEWEST_DAYS));
            drawn |= ends.is_some();
            few |= ends.is_none();
            table.push(cells(pair, issue, ends.as_ref()));
            rows.push(row(view, issue, pair, ends.as_ref()));
        }
        any |= drawn;
        panels.push(RowPanel {
            title: issue.name.clone(),
            note: view.with_conflicts(&note, index),
            across: Across::Levels(view.levels(issue)),
            positions: issue.levels.iter().map(|level| level.position.0).collect(),
            note_head: if drawn { locale.say("dumbbell-head", &[]) } else { String::new() },
            rows,
        });
    }
    let Headline { title, rest } = headline(view);
    let unit = view.grain().word();
    let how = any.then(|| locale.say("dumbbell-subtitle", &[("unit", &unit)]));
    let how = how.into_iter().chain(in_order(view, &panels));
    let dates = locale.say("statements-dates", &[("dates", &view.dates())]);
    let subtitle = rest.into_iter().chain(how).chain([dates]).collect::<Vec<_>>().join("\n");
    let tone = |strength: u8, id: &str| KeyEntry::Tone(Tone::Plain(strength), Vec::new(), locale.say(id, &[]));
    let mut key = Vec::new();
    if any {
        key.extend([tone(1, "dumbbell-first"), tone(2, "dumbbell-last"), tone(0, "shift-key-range")]);
    }
    if few {
        key.push(KeyEntry::Mark(MarkKind::Hand, locale.say("dumbbell-few", &[("unit", &unit)])));
        key.extend(view.marks_key().into_iter().filter(|entry| !matches!(entry, KeyEntry::Mark(MarkKind::Hand, _))));
    }
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
        subtitle,
        lead: None,
        key,
        body: Body::Rows(RowChart { panels, sharing: Sharing::Own, more }),
        footer: view.footer(),
        description,
        companion: Companion {
            header: vec![
                "speaker",
                "issue",
                "days",
                "first",
                "first_low",
                "first_high",
                "last",
                "last_low",
                "last_high",
            ],
            rows: table,
        },
        curve: Companion::default(),
        method: view.method(),
    })
}

fn cells(pair: &Pair, issue: &Issue, ends: Option<&[Side; 2]>) -> Vec<String> {
    let mut cells = vec![pair.speaker.clone(), pair.issue.clone(), pair.days.to_string()];
    for place in 0..2 {
        let side = ends.map(|ends| ends[place]);
        let range = side.and_then(|side| Some(reach(issue, side.mean, side.error?)));
        let numbers = [
            side.map(|side| side.mean),
            range.map(|(low, _)| issue.value(low)),
            range.map(|(_, high)| issue.value(high)),
        ];
        cells.extend(numbers.map(|number| number.map_or(String::new(), |number| number.to_string())));
    }
    cells
}

fn row(view: &View<'_>, issue: &Issue, pair: &Pair, ends: Option<&[Side; 2]>) -> FigureRow {
    let locale = view.locale;
    let days = locale.units(pair.grain, pair.days);
    let Some(ends) = ends else {
        let item = |mark: &Marked<'_>| RowItem {
            form: Form::Dot(issue.rank(f64::from(mark.position)), mark.kind),
            tone: Tone::Plain(1),
            tooltip: mark.tooltip.clone(),
            link: mark.statement.source_url.clone(),
            statement: mark.id().to_owned(),
        };
        let items = view.marks_of(&pair.speaker, pair.index).map(item).collect();
        // Days that are too few for thirds may be enough to test.
        let note = locale.clauses(&[days, brief(locale, pair, issue)]);
        return FigureRow { words: pair.speaker.clone(), note, items, weight: (false, pair.days) };
    };
    let [first, last] = ends.map(|side| locale.level_on(issue, side.mean));
    // The thirds show movement where none was found, and hide a day, so the finding stands beside them.
    let note = locale.clauses(&[format!("{first} → {last}"), days, brief(locale, pair, issue)]);
    let item = |form: Form, strength: u8| RowItem::plain(form, Tone::Plain(strength), note.clone());
    let mut items = vec![item(Form::Link(issue.rank(ends[0].mean), issue.rank(ends[1].mean)), 1)];
    for (side, (half, strength)) in ends.iter().zip([(Half::Upper, 1), (Half::Lower, 2)]) {
        let range = side.error.map(|error| reach(issue, side.mean, error));
        items.push(item(Form::HalfTick(half, issue.rank(side.mean), range), strength));
    }
    FigureRow { words: pair.speaker.clone(), note, items, weight: (true, pair.days) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::{Level, Position};
    use crate::series::Day;

    #[test]
    fn thirds_need_three_days_each_and_leave_out_the_middle() {
        let level = |position| Level { position: Position(position), words: String::new(), definition: String::new() };
        let issue = Issue {
            id: String::new(),
            name: String::new(),
            question: String::new(),
            conventions: Vec::new(),
            levels: (-1..=1).map(level).collect(),
            phrases: Default::default(),
        };
        let date = |day: usize| chrono::NaiveDate::from_num_days_from_ce_opt(730_000 + day as i32).expect("a day");
        let days = |ranks: &[usize]| -> Vec<Day> {
            let day = |(place, rank): (usize, &usize)| {
                let mut counts = vec![0; 3];
                counts[*rank] = 1;
                Day { date: date(place), counts }
            };
            ranks.iter().enumerate().map(day).collect()
        };
        assert!(thirds(&days(&[0; 8]), &issue, FEWEST_DAYS).is_none());
        let [first, last] = thirds(&days(&[0, 0, 0, 1, 2, 1, 1, 2, 2, 2]), &issue, FEWEST_DAYS).expect("enough days");
        assert_eq!((first.mean, last.mean, first.days, last.days), (-1.0, 1.0, 3, 3));
    }
}
