//! What the rest stands on: how many statements there are per month and issue, and who labelled them.

use chrono::{Datelike, NaiveDate};

use crate::chart::figure::{Across, Body, Figure, Form, Item, KeyEntry, MarkKind, Row, RowPanel, Table, Tone};
use crate::chart::months::{counted, describe, months_between};
use crate::chart::source::{Labelled, Source};
use crate::codebook::Issue;
use crate::error::Result;
use crate::words::many;

/// By hand, and by rules alone: dark and light.
const ORIGINS: [(bool, Tone, &str); 2] =
    [(false, Tone::Plain(2), "labelled by coders"), (true, Tone::Plain(0), "labelled by rules alone")];

/// Builds the coverage of a speaker: a panel per issue, a row per month.
///
/// # Errors
/// [`crate::error::Error::Request`] where there is no position to draw.
pub fn coverage(source: &Source<'_>) -> Result<Figure> {
    let (from, to) = source.span()?;
    let panels = source.issues().map(|(index, issue)| {
        let own: Vec<&Labelled<'_>> = source.labelled(index).collect();
        let rows: Vec<Row> = months_between(from, to).map(|month| row(month, &own)).collect();
        let empty = rows.iter().filter(|row| row.items.is_empty()).count();
        let mut note = many(own.len(), "statement");
        if empty > 0 {
            note += &format!("; none in {}", many(empty, "month"));
        }
        let conflicts = source.conflicts(index);
        if conflicts > 0 {
            note += &format!("; {conflicts} more in conflict, without a position");
        }
        RowPanel {
            title: issue.name.clone(),
            note,
            across: Across::Counts,
            positions: Vec::new(),
            note_head: "on".to_owned(),
            rows,
        }
    });
    let panels: Vec<RowPanel> = panels.collect();
    let title = format!("{}: statements collected, by month", source.speaker());
    let subtitle = "Statements with a position, which the other charts are made of. Where there is no bar none was \
                    collected; more may have been said."
        .to_owned();
    let drawn = |rules: bool| source.rows().iter().any(|row| (row.kind == MarkKind::Rules) == rules);
    let key = ORIGINS.iter().filter(|(rules, ..)| drawn(*rules));
    let key = key.map(|(_, tone, words)| KeyEntry::Tone(*tone, Vec::new(), (*words).to_owned())).collect();
    let description = describe(&title, &panels);
    let origin = |label: &Labelled<'_>, _: &Issue| match label.kind {
        MarkKind::Rules => (1, "rules".to_owned()),
        MarkKind::Hand | MarkKind::HandAgainstRules => (0, "hand".to_owned()),
    };
    let (footer, companion) = (source.footer(), counted(source, "origin", origin));
    Ok(Figure { title, subtitle, key, body: Body::Rows(Table { panels }), footer, description, companion })
}

fn row(month: NaiveDate, own: &[&Labelled<'_>]) -> Row {
    let here = || own.iter().filter(|label| (label.from.year(), label.from.month()) == (month.year(), month.month()));
    let mut items = Vec::new();
    let mut at = 0.0;
    for (rules, tone, words) in ORIGINS {
        let count = here().filter(|label| (label.kind == MarkKind::Rules) == rules).count();
        if count > 0 {
            let next = at + count as f64;
            let tooltip = format!("{}: {} {words}", month.format("%B %Y"), many(count, "statement"));
            items.push(Item { form: Form::Stretch(at, next, count.to_string()), tone, tooltip });
            at = next;
        }
    }
    let mut days: Vec<NaiveDate> = here().filter(|label| !label.by_month).map(|label| label.from).collect();
    days.dedup();
    let note = if items.is_empty() { String::new() } else { many(days.len(), "day") };
    Row { words: month.format("%b %Y").to_string(), note, items }
}
