//! Several speakers: on one issue a panel for each, with named levels; otherwise, or if there are many, a row
//! for each and a column for each issue, in which a mark is the higher, the higher its position.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use crate::chart::figure::{
    Across, Body, Companion, Figure, FigureRow, Form, KeyEntry, RowChart, RowItem, RowPanel, Sharing, Tone,
};
use crate::chart::kind::finding::{FEWEST_OF_DRIFT, Finding, ends_of_drift, thirds, told};
use crate::chart::kind::headline::{Headline, headline};
use crate::chart::kind::timeline::{Quotes, TimelinePart, levels};
use crate::chart::kind::view::{MOST_SPEAKERS, Marked, View, not_drawn, statements};
use crate::chart::locale::Locale;
use crate::codebook::{Issue, IssueIndex};
use crate::error::Result;
use crate::shift::place::Side;

/// The order of the speakers, after those who moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// On one issue by average position, highest first; on several by number of statements, most first. Equal
    /// speakers by name.
    Position,
    /// By name.
    Name,
}

/// The most speakers with a panel of their own.
const MOST_PANELS: usize = 12;

/// A speaker with the statements that are drawn.
type Row<'v, 's> = (&'v str, Vec<&'v Marked<'s>>);

/// Builds a panel for each speaker. `None` if there are several issues or too many speakers, so that only rows
/// can show them.
///
/// # Errors
/// [`crate::error::Error::Request`] if there is no position to draw.
pub fn compared(view: &View<'_>, order: Order) -> Result<Option<Figure>> {
    let rows = sorted(view, order);
    let issues: Vec<IssueIndex> = view.issues().map(|(index, _)| index).collect();
    let [index] = issues[..] else { return Ok(None) };
    if rows.is_empty() || rows.len() > MOST_PANELS {
        return Ok(None);
    }
    let part = |(speaker, _): &Row<'_, '_>| {
        let speaker = (*speaker).to_owned();
        // The title names an only speaker.
        let title = if rows.len() > 1 { speaker.clone() } else { view.corpus.codebook.issue(index).name.clone() };
        TimelinePart { title, speaker, index }
    };
    let marks = view.marks_said();
    let how = if rows.len() > 1 { format!("{marks}\n{}", ordered(view, order)) } else { marks };
    let figure = levels(view, &rows.iter().map(part).collect::<Vec<_>>(), &Quotes::Of(Vec::new()), &how)?;
    Ok(Some(figure))
}

/// The drawn speakers in order, those who moved first.
fn sorted<'v, 's>(view: &'v View<'s>, order: Order) -> Vec<Row<'v, 's>> {
    let mut by_speaker: BTreeMap<&str, Vec<&Marked<'_>>> = BTreeMap::new();
    for mark in view.marks() {
        by_speaker.entry(mark.speaker()).or_default().push(mark);
    }
    // Those who moved are in the order in which the title names them.
    let mut moved: BTreeMap<&str, usize> = BTreeMap::new();
    for told in told(view).iter().filter(|told| told.finding.moved()) {
        let next = moved.len();
        moved.entry(&told.pair.speaker).or_insert(next);
    }
    let mut speakers: Vec<Row<'v, 's>> = by_speaker.into_iter().collect();
    if order == Order::Position {
        let one_issue = view.issues().count() == 1;
        let key = |row: &Row<'_, '_>| if one_issue { mean(&row.1) } else { statements(row.1.iter().copied()) as f64 };
        speakers.sort_by(|a, b| key(b).total_cmp(&key(a)).then(a.0.cmp(b.0)));
    }
    speakers.sort_by_key(|(speaker, _)| moved.get(speaker).copied().unwrap_or(usize::MAX));
    speakers
}

/// The order of the speakers, as a sentence.
fn ordered(view: &View<'_>, order: Order) -> String {
    let mut issues = view.issues();
    let by = match (order, issues.next(), issues.next()) {
        (Order::Name, ..) => view.locale.say("ordered-by-name", &[]),
        (Order::Position, Some(_), None) => view.locale.say("ordered-by-position", &[]),
        _ => view.locale.say("ordered-by-count", &[]),
    };
    let moved = view.pairs().any(|pair| Finding::of(pair).moved());
    view.locale.say(if moved { "movers-first" } else { "in-order" }, &[("ordered", &by)])
}

/// Builds the rows of speakers.
///
/// # Errors
/// [`crate::error::Error::Request`] if there is no position to draw.
pub fn speakers(view: &View<'_>, order: Order) -> Result<Figure> {
    let (from, to) = view.span()?;
    view.check_marks()?;
    let locale = view.locale;
    let mut speakers = sorted(view, order);
    if speakers.len() > MOST_SPEAKERS {
        let mut counts: Vec<(usize, &str)> =
            speakers.iter().map(|(speaker, marks)| (statements(marks.iter().copied()), *speaker)).collect();
        counts.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        let most: BTreeSet<&str> = counts.into_iter().take(MOST_SPEAKERS).map(|(_, speaker)| speaker).collect();
        speakers.retain(|(speaker, _)| most.contains(speaker));
    }
    let panels = view.issues().map(|(index, issue)| {
        let count_on_issue = |labels: &[&Marked<'_>]| labels.iter().filter(|mark| mark.issue == index).count();
        let rows = speakers.iter().map(|(speaker, labels)| {
            let speaker_marks: Vec<&Marked<'_>> = labels.iter().copied().filter(|mark| mark.issue == index).collect();
            row(view, (index, issue), speaker, &speaker_marks, (from, to))
        });
        let count = view.marks_on(index).map(|mark| mark.speaker()).collect::<BTreeSet<_>>().len();
        let said = locale.many("statements", statements(view.marks_on(index)));
        let mut note = locale.say(
            "speakers-note",
            &[("statements", &said), ("speakers", &locale.many("speakers", count)), ("count", &count)],
        );
        let moved = view.pairs().any(|pair| pair.index == index && Finding::of(pair).moved());
        let drawn = speakers.iter().filter(|(_, labels)| count_on_issue(labels) > 0).count();
        if drawn < count {
            note = locale.clauses(&[note, locale.say("speakers-drawn", &[("count", &drawn)])]);
        }
        RowPanel {
            title: issue.name.clone(),
            note: view.with_conflicts(&note, index),
            across: Across::Days(from, to),
            positions: issue.levels.iter().map(|level| level.position.0).collect(),
            note_head: locale.say(if moved { "speakers-head" } else { "speakers-head-mean" }, &[]),
            rows: rows.collect(),
        }
    });
    let panels: Vec<RowPanel> = panels.collect();
    let Headline { title, cautions, rest } = headline(view);
    let marks = view.marks_said();
    let how = [marks, locale.say("speakers-subtitle", &[]), ordered(view, order)];
    let subtitle = rest.into_iter().chain(how).collect::<Vec<_>>().join("\n");
    let mut description = format!("{title}, {}.", view.dates());
    for panel in &panels {
        let drawn_rows = panel.rows.iter().filter(|row| !row.items.is_empty());
        let rows: Vec<String> = drawn_rows.map(|row| format!("{}: {}", row.words, row.note)).collect();
        description += &format!(" {}: {}. {}.", panel.title, panel.note, rows.join("; "));
    }
    let by_month = view.marks().iter().any(Marked::by_month);
    let month = by_month.then(|| KeyEntry::Month(locale.say("key-month", &[])));
    let key = view.levels_key().into_iter().chain(view.marks_key()).chain(month).collect();
    let more = not_drawn(locale, "not-drawn-statements", &panels);
    Ok(Figure {
        language: locale.tag(),
        calendar: locale.calendar(),
        title,
        caution: cautions,
        subtitle,
        lead: None,
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
    let sum: f64 = labels.iter().map(|mark| f64::from(mark.position) * mark.stands_for as f64).sum();
    sum / statements(labels.iter().copied()).max(1) as f64
}

/// The days of a statement that are shown: its own, or those on which it may have been made.
fn within(mark: &Marked<'_>, (from, to): (NaiveDate, NaiveDate)) -> [f64; 2] {
    [mark.from(), mark.to()].map(|day| f64::from(day.clamp(from, to).num_days_from_ce()))
}

fn row(
    view: &View<'_>,
    (index, issue): (IssueIndex, &Issue),
    speaker: &str,
    labels: &[&Marked<'_>],
    days: (NaiveDate, NaiveDate),
) -> FigureRow {
    let highest = issue.levels.len().saturating_sub(1).max(1) as f64;
    let item = |mark: &&Marked<'_>| {
        let rank = issue.levels.iter().position(|level| level.position.0 == mark.position).unwrap_or(0) as f64;
        let by = 2.0 * rank / highest - 1.0;
        let form = match (mark.by_month(), within(mark, days)) {
            (true, [from, to]) => Form::LiftedBar(from, to, by, mark.kind),
            (false, [day, _]) => Form::Lifted(day, by, mark.kind),
        };
        let (tooltip, link) = (mark.tooltip.clone(), mark.statement.source_url.clone());
        RowItem { form, tone: Tone::Position(mark.position), tooltip, link, statement: mark.id().to_owned() }
    };
    let finding = view.pair(speaker, index).map(Finding::of);
    let thirds = view.series(speaker, index).and_then(|series| thirds(&series.days, issue, FEWEST_OF_DRIFT));
    let means = means(view.locale, issue, finding.as_ref(), thirds.as_ref(), labels);
    let count = statements(labels.iter().copied());
    let note = if count == 0 { String::new() } else { view.locale.clauses(&[count.to_string(), means]) };
    FigureRow {
        words: speaker.to_owned(),
        note,
        items: labels.iter().map(item).collect(),
        weight: (finding.is_some_and(|finding| finding.moved()), count),
    }
}

/// The mean, or what it was before and after if the position moved.
fn means(
    locale: &Locale,
    issue: &Issue,
    finding: Option<&Finding<'_>>,
    thirds: Option<&[Side; 2]>,
    labels: &[&Marked<'_>],
) -> String {
    let means: Vec<f64> = match finding {
        Some(Finding::Moved(steps, _)) => {
            let first = steps.first().map(|step| step.before.mean);
            first.into_iter().chain(steps.iter().map(|step| step.after.mean)).collect()
        }
        Some(Finding::Drifted(drift)) => ends_of_drift(drift, thirds).to_vec(),
        _ => vec![mean(labels)],
    };
    means.into_iter().map(|mean| locale.level_on(issue, mean)).collect::<Vec<_>>().join(" → ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::figure::MarkKind;
    use crate::date::{Precision, StatementDate};
    use crate::statement::Statement;

    #[test]
    fn a_month_is_drawn_over_its_shown_days() {
        let day = |text: &str| -> NaiveDate { text.parse().expect("a date") };
        let date = StatementDate { written: day("2025-06-01"), precision: Precision::Month };
        let statement = Statement::new("a", date, "Ada", "Yes.".to_owned());
        let june = Marked {
            number: 1,
            statement: &statement,
            who: &statement.speaker,
            issue: IssueIndex(0),
            position: 0,
            kind: MarkKind::Hand,
            by_rules: false,
            tooltip: String::new(),
            stands_for: 1,
        };
        let at = |from: &str, to: &str| {
            within(&june, (day(from), day(to)))
                .map(|day| NaiveDate::from_num_days_from_ce_opt(day as i32).expect("a day"))
        };
        assert_eq!(at("2025-02-01", "2025-09-30"), [day("2025-06-01"), day("2025-06-30")]);
        assert_eq!(at("2025-06-30", "2025-09-30"), [day("2025-06-30"); 2]);
        assert_eq!(at("2025-02-01", "2025-06-03"), [day("2025-06-01"), day("2025-06-03")]);
    }
}
