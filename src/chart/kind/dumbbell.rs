//! Earlier and later: a panel for each issue, a row for each speaker, and in it two means with their ranges: before and
//! after a shift if one was found, otherwise of the first and of the last third of the days.

use crate::chart::figure::{
    Across, Body, Companion, Figure, FigureRow, Form, Half, KeyEntry, MarkKind, RowChart, RowItem, RowPanel, Sharing,
    Tone,
};
use crate::chart::kind::finding::{Finding, in_order, order, reach, thirds};
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
    let mut table = Vec::new();
    let (mut moved, mut thirds, mut few, mut between) = (false, false, false, false);
    let mut panels = Vec::new();
    for (index, issue) in view.issues() {
        let mut pairs: Vec<&Pair> = view.pairs().filter(|pair| pair.index == index).collect();
        order(view, &mut pairs);
        let mut note = locale.many("speakers", pairs.len());
        if pairs.len() > MOST_SPEAKERS {
            pairs.truncate(MOST_SPEAKERS);
            note = locale.clauses(&[note, locale.say("shift-drawn", &[("count", &MOST_SPEAKERS)])]);
        }
        let (mut rows, mut in_thirds) = (Vec::new(), false);
        for pair in pairs {
            let means = Means::of(view, issue, pair);
            match &means {
                Means::Shift(sides) => (moved, between) = (true, between || sides.len() > 2),
                Means::Thirds(_) => in_thirds = true,
                Means::Few => few = true,
            }
            table.push(cells(pair, issue, &means));
            rows.push(row(view, issue, pair, &means));
        }
        thirds |= in_thirds;
        panels.push(RowPanel {
            title: issue.name.clone(),
            note: view.with_conflicts(&note, index),
            across: Across::Levels(view.levels(issue)),
            positions: issue.levels.iter().map(|level| level.position.0).collect(),
            note_head: if in_thirds { locale.say("dumbbell-head", &[]) } else { String::new() },
            rows,
        });
    }
    let Headline { title, cautions, rest } = headline(view);
    let unit = view.grain().word();
    let how = match (moved, thirds) {
        (false, false) => None,
        (false, true) => Some(locale.say("dumbbell-subtitle", &[("unit", &unit)])),
        (true, false) => Some(locale.say("dumbbell-subtitle-moved", &[])),
        (true, true) => {
            let others = locale.say("dumbbell-subtitle-others", &[("unit", &unit)]);
            Some(format!("{} {others}", locale.say("dumbbell-subtitle-moved", &[])))
        }
    };
    let how = how.into_iter().chain(in_order(view, &panels));
    let dates = locale.say("statements-dates", &[("dates", &view.dates())]);
    let subtitle = rest.into_iter().chain(how).chain([dates]).collect::<Vec<_>>().join("\n");
    let tone = |strength: u8, id: &str| KeyEntry::Tone(Tone::Plain(strength), Vec::new(), locale.say(id, &[]));
    let mut key = Vec::new();
    let ends = match (moved, thirds) {
        (false, false) => None,
        (false, true) => Some(("dumbbell-first", "dumbbell-last")),
        (true, false) => Some(("dumbbell-before", "dumbbell-after")),
        (true, true) => Some(("dumbbell-before-or-first", "dumbbell-after-or-last")),
    };
    if let Some((first, last)) = ends {
        key.extend([tone(1, first), tone(2, last)]);
        key.extend(between.then(|| KeyEntry::Tick(locale.say("dumbbell-between", &[]))));
        key.push(tone(0, "shift-key-range"));
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
        caution: cautions,
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
                "means",
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

/// The means of a row.
enum Means {
    /// Before and after each shift that was found.
    Shift(Vec<Side>),
    /// Of the first and of the last third of the days, where there was no shift.
    Thirds([Side; 2]),
    /// None: there are too few days.
    Few,
}

impl Means {
    /// What belongs to the verdict: a shift parts the days at its date, and thirds would part them elsewhere.
    fn of(view: &View<'_>, issue: &Issue, pair: &Pair) -> Means {
        if let Finding::Moved(steps, _) = Finding::of(pair) {
            let before = steps.first().map(|step| step.before);
            return Means::Shift(before.into_iter().chain(steps.iter().map(|step| step.after)).collect());
        }
        let series = view.series(&pair.speaker, pair.index);
        series.and_then(|series| thirds(&series.days, issue, FEWEST_DAYS)).map_or(Means::Few, Means::Thirds)
    }

    fn sides(&self) -> &[Side] {
        match self {
            Means::Shift(sides) => sides,
            Means::Thirds(sides) => sides,
            Means::Few => &[],
        }
    }

    /// What they are, as a table says it.
    fn word(&self) -> &'static str {
        match self {
            Means::Shift(_) => "before and after the shift",
            Means::Thirds(_) => "first and last third",
            Means::Few => "",
        }
    }
}

fn cells(pair: &Pair, issue: &Issue, means: &Means) -> Vec<String> {
    let mut cells = vec![pair.speaker.clone(), pair.issue.clone(), pair.days.to_string(), means.word().to_owned()];
    let sides = means.sides();
    for side in [sides.first(), sides.last()] {
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

fn row(view: &View<'_>, issue: &Issue, pair: &Pair, means: &Means) -> FigureRow {
    let locale = view.locale;
    let days = locale.units(pair.grain, pair.days);
    let [first, between @ .., last] = means.sides() else {
        let item = |mark: &Marked<'_>| RowItem {
            form: Form::Dot(issue.rank(f64::from(mark.position)), mark.kind),
            tone: Tone::Plain(1),
            tooltip: mark.tooltip.clone(),
            link: mark.statement.source_url.clone(),
            statement: mark.id().to_owned(),
        };
        let items = view.marks_of(&pair.speaker, pair.index).map(item).collect();
        // Days that are too few for thirds may be enough to test.
        // If none could be tested, the title says so.
        let tested = view.pairs().any(|pair| pair.tested);
        let finding = tested.then(|| brief(locale, pair, issue));
        let note = locale.clauses(&std::iter::once(days).chain(finding).collect::<Vec<_>>());
        return FigureRow { words: pair.speaker.clone(), note, items, weight: (false, pair.days) };
    };
    let level = |side: &Side| locale.level_on(issue, side.mean);
    let numbers = match means {
        Means::Shift(_) => {
            let before: Vec<String> = std::iter::once(first).chain(between).map(level).collect();
            locale.say("dumbbell-moved", &[("before", &before.join(" → ")), ("after", &level(last))])
        }
        _ => format!("{} → {}", level(first), level(last)),
    };
    // The means show movement where none was found, and hide a day, so the finding stands beside them.
    let note = locale.clauses(&[numbers, brief(locale, pair, issue), days]);
    let item = |form: Form, strength: u8| RowItem::plain(form, Tone::Plain(strength), note.clone());
    let rank = |side: &Side| issue.rank(side.mean);
    let ranks = || means.sides().iter().map(rank);
    let ends = (ranks().fold(f64::MAX, f64::min), ranks().fold(f64::MIN, f64::max));
    let mut items = vec![item(Form::Link(ends.0, ends.1), 1)];
    items.extend(between.iter().map(|side| item(Form::Tick(rank(side)), 0)));
    for (side, half, strength) in [(first, Half::Upper, 1), (last, Half::Lower, 2)] {
        let range = side.error.map(|error| reach(issue, side.mean, error));
        items.push(item(Form::HalfTick(half, rank(side), range), strength));
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
